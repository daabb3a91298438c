"""Findings as one HTML page that needs no network: a summary, each unit with its findings marked, a filter."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from workbench import checks
from workbench.model import Severity
from workbench.report import html
from workbench.report.html import EMPTY, difference, lang_tag, marked, safe
from workbench.report.page_parts import SCRIPT, STYLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workbench.checks import DocumentFindings
    from workbench.model import Issue, TranslationUnit

_GRAVEST_FIRST = tuple(reversed(Severity))


def to_html(found: Sequence[DocumentFindings]) -> str:
    """The page. All text of the units is escaped, and what would steer or hide text is shown as a symbol."""
    names = ", ".join(one.path or one.name for one in found[:3]) + (" …" if len(found) > 3 else "")
    title = f"Findings: {names}" if names else "Findings"
    body = (*_head(found, title), *(part for one in found for part in _document(one)))
    return html.page(title, style=STYLE, body=body, script=SCRIPT)


def _head(found: Sequence[DocumentFindings], title: str) -> Iterator[str]:
    """The title, what there is by check and severity, and the controls of the filter."""
    issues = [issue for one in found for issue in one.issues]
    units = sum(len(one.units) for one in found)
    hit = sum(1 for one in found for _unit, own in one.units if own)
    waived = sum(one.waived for one in found)
    yield f"<h1>{safe(title)}</h1>\n<p class=soft>{units} units, {hit} of them with findings; {len(issues)} findings"
    yield f"; {waived} more were waived</p>\n" if waived else "</p>\n"
    yield from _table(issues)
    if not issues:
        return
    yield '<div class="controls"><input type="search" id="words" placeholder="Filter by words" '
    yield 'aria-label="Filter by words">'
    yield '<select id="check" aria-label="Check"><option value="">every check</option>'
    present = {issue.check for issue in issues}
    for name in [check.id for check in checks.CHECKS if check.id in present]:
        yield f'<option value="{safe(name)}">{safe(name)}</option>'
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
            what = safe(titles.get(name, ""))
            yield f"<tr><td><code>{safe(name)}</code></td>"
            yield f'<td class="what">{what}</td>{cells}</tr>'
    totals = [
        sum(number for (_name, severity), number in counts.items() if severity is one) for one in levels
    ]
    cells = "".join(f'<td class="n">{number}</td>' for number in (*totals, sum(totals)))
    yield f'</tbody><tfoot><tr><td>All</td><td class="what"></td>{cells}</tr></tfoot></table></div>\n'


def _document(found: DocumentFindings) -> Iterator[str]:
    if not found.issues:
        return
    yield f"<section>\n<h2>{safe(found.name)}</h2>\n"
    for index, (unit, issues) in enumerate(found.units):
        if issues:
            yield from _unit(found, unit, issues, found.line(index))
    yield "</section>\n"


def _unit(
    found: DocumentFindings, unit: TranslationUnit, issues: Sequence[Issue], line: int | None
) -> Iterator[str]:
    place = f"{found.path}:{line}" if found.path and line is not None else found.path
    yield f'<article><div class="where"><bdi>{safe(unit.id)}</bdi>'
    yield f" · <bdi>{safe(place)}</bdi></div>\n" if place else "</div>\n"
    for text, lang, spans in (
        (unit.source, found.source_lang, [(one.source_span, one.severity) for one in issues]),
        (unit.target, found.target_lang, [(one.target_span, one.severity) for one in issues]),
    ):
        yield f'<div class="text" lang="{lang_tag(lang)}"><bdi>{marked(text, spans) or EMPTY}</bdi></div>\n'
    yield "<ul>"
    for issue in issues:
        yield f'<li class="{issue.severity}" data-severity="{issue.severity}" data-check="{safe(issue.check)}">'
        yield f'<b class="{issue.severity}">{issue.severity}</b> <code>{safe(issue.check)}</code> '
        yield f"<bdi>{safe(checks.message(issue))}</bdi>"
        if issue.fix is not None:
            yield f'<span class="fix">fix: <bdi lang="{lang_tag(found.target_lang)}">'
            yield f"{difference(unit.target, issue.fix.apply(unit.target))}</bdi></span>"
        yield "</li>"
    yield "</ul></article>\n"
