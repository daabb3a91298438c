"""Findings as one HTML page that needs no network: a summary, each unit with its findings marked, a filter."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from html import escape
from typing import TYPE_CHECKING

import workbench
from workbench import checks, diff
from workbench.model import Severity
from workbench.report.page_parts import SCRIPT, STYLE
from workbench.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workbench.checks import DocumentFindings
    from workbench.model import Issue, Span, TranslationUnit

_GRAVEST_FIRST = tuple(reversed(Severity))
_AROUND = 16
"""Characters of unchanged text that a difference shows on either side of a change."""


def to_html(found: Sequence[DocumentFindings]) -> str:
    """The page. All text of the units is escaped, and what would steer or hide text is shown as a symbol.

    Its policy allows no script and no style but its own, and no connection.
    """
    policy = f"default-src 'none'; style-src {_digest(STYLE)}; script-src {_digest(SCRIPT)}; base-uri 'none'"
    names = ", ".join(one.path or one.name for one in found[:3]) + (" …" if len(found) > 3 else "")
    title = f"Findings: {names}" if names else "Findings"
    return (
        "".join(
            [
                '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
                f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n',
                '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
                f"<title>{_safe(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n",
                *_head(found, title),
                *(part for one in found for part in _document(one)),
                f'<p class="soft">workbench {_safe(workbench.__version__)}. ',
                "A finding may be wrong: it is for a person to judge.</p>\n",
                f"</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n",
            ]
        )
        .encode("utf-8", "replace")
        .decode("utf-8")
    )


def _digest(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _safe(text: str) -> str:
    return escape(visible(text))


def _head(found: Sequence[DocumentFindings], title: str) -> Iterator[str]:
    """The title, what there is by check and severity, and the controls of the filter."""
    issues = [issue for one in found for issue in one.issues]
    units = sum(len(one.units) for one in found)
    hit = sum(1 for one in found for _unit, own in one.units if own)
    waived = sum(one.waived for one in found)
    yield f"<h1>{_safe(title)}</h1>\n<p class=soft>{units} units, {hit} of them with findings; {len(issues)} findings"
    yield f"; {waived} more were waived</p>\n" if waived else "</p>\n"
    yield from _table(issues)
    if not issues:
        return
    yield '<div class="controls"><input type="search" id="words" placeholder="Filter by words" '
    yield 'aria-label="Filter by words">'
    yield '<select id="check" aria-label="Check"><option value="">every check</option>'
    present = {issue.check for issue in issues}
    for name in [check.id for check in checks.CHECKS if check.id in present]:
        yield f'<option value="{_safe(name)}">{_safe(name)}</option>'
    yield "</select>"
    for severity in _GRAVEST_FIRST:
        if any(issue.severity is severity for issue in issues):
            yield f'<label><input type="checkbox" name="severity" value="{severity}" checked> {severity}</label>'
    yield f'<span id="shown" class="soft">{len(issues)} shown</span></div>\n'
    yield '<p id="none">No finding matches the filter.</p>\n'


def _table(issues: Sequence[Issue]) -> Iterator[str]:
    """How many findings each check has at each severity."""
    counts = Counter((issue.check, issue.severity) for issue in issues)
    levels = [one for one in _GRAVEST_FIRST if any(severity is one for _check, severity in counts)]
    if not levels:
        yield "<p>No findings.</p>\n"
        return
    titles = {check.id: check.title for check in checks.CHECKS}
    order = [*titles, *sorted({check for check, _severity in counts} - set(titles))]
    yield '<div class="wide"><table><thead><tr><th>Check</th><th class="what">What it finds</th>'
    yield (
        "".join(f'<th class="n">{one}</th>' for one in levels) + '<th class="n">all</th></tr></thead><tbody>'
    )
    for name in order:
        own = [counts[name, one] for one in levels]
        if any(own):
            cells = "".join(f'<td class="n">{number or "–"}</td>' for number in (*own, sum(own)))
            what = _safe(titles.get(name, ""))
            yield f"<tr><td><code>{_safe(name)}</code></td>"
            yield f'<td class="what">{what}</td>{cells}</tr>'
    totals = [
        sum(number for (_name, severity), number in counts.items() if severity is one) for one in levels
    ]
    cells = "".join(f'<td class="n">{number}</td>' for number in (*totals, sum(totals)))
    yield f'</tbody><tfoot><tr><td>All</td><td class="what"></td>{cells}</tr></tfoot></table></div>\n'


def _document(found: DocumentFindings) -> Iterator[str]:
    if not found.issues:
        return
    yield f"<section>\n<h2>{_safe(found.name)}</h2>\n"
    for index, (unit, issues) in enumerate(found.units):
        if issues:
            yield from _unit(found, unit, issues, found.line(index))
    yield "</section>\n"


def _unit(
    found: DocumentFindings, unit: TranslationUnit, issues: Sequence[Issue], line: int | None
) -> Iterator[str]:
    place = f"{found.path}:{line}" if found.path and line is not None else found.path
    yield f'<article><div class="where"><bdi>{_safe(unit.id)}</bdi>'
    yield f" · <bdi>{_safe(place)}</bdi></div>\n" if place else "</div>\n"
    for text, lang, spans in (
        (unit.source, found.source_lang, [(one.source_span, one.severity) for one in issues]),
        (unit.target, found.target_lang, [(one.target_span, one.severity) for one in issues]),
    ):
        yield f'<div class="text" lang="{_safe(lang)}"><bdi>{_marked(text, spans)}</bdi></div>\n'
    yield "<ul>"
    for issue in issues:
        yield f'<li class="{issue.severity}" data-severity="{issue.severity}" data-check="{_safe(issue.check)}">'
        yield f'<b class="{issue.severity}">{issue.severity}</b> <code>{_safe(issue.check)}</code> '
        yield f"<bdi>{_safe(checks.message(issue))}</bdi>"
        if issue.fix is not None:
            yield f'<span class="fix">fix: <bdi lang="{_safe(found.target_lang)}">'
            yield f"{_difference(unit.target, issue.fix.apply(unit.target))}</bdi></span>"
        yield "</li>"
    yield "</ul></article>\n"


def _marked(text: str, spans: Iterable[tuple[Span | None, Severity]]) -> str:
    """The text with the spans marked, each place by the gravest of its severities; an empty span is a caret."""
    wanted = [(span, severity) for span, severity in spans if span is not None]
    cuts = sorted({0, len(text), *(place for span, _ in wanted for place in (span.start, span.end))})
    points = {span.start: severity for span, severity in wanted if not len(span)}
    pieces: list[str] = []
    for place, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        if place in points:
            pieces.append(f'<mark class="point {points[place]}">‸</mark>')
        over = [one for span, one in wanted if span.start <= place and end <= span.end and place < end]
        piece = _safe(text[place:end])
        if over and piece:
            piece = f'<mark class="{max(over, key=lambda one: one.rank)}">{piece}</mark>'
        pieces.append(piece)
    return "".join(pieces) or "<i class=soft>(empty)</i>"


def _difference(old: str, new: str) -> str:
    """The old text with what goes struck out and what comes underlined, long unchanged parts cut short."""
    steps = diff.edits(old, new)
    pieces: list[str] = []
    for number, step in enumerate(steps):
        gone, come = step.old_span.of(old), step.new_span.of(new)
        if step.op == "equal":
            head, tail = gone[:_AROUND] if number else "", gone[-_AROUND:] if number < len(steps) - 1 else ""
            pieces.append(_safe(gone if len(gone) <= len(head) + len(tail) else f"{head}…{tail}"))
            continue
        pieces.append(f"<del>{_shown(gone)}</del>" if gone else "")
        pieces.append(f"<ins>{_shown(come)}</ins>" if come else "")
    return "".join(pieces)


def _shown(text: str) -> str:
    """Changed text, its spaces as ␣ where nothing else is there to be seen."""
    return _safe(text) if text.strip() else _safe(text).replace(" ", "␣").replace("\u3000", "␣␣")
