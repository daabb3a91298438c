"""What the HTML pages share: the frame with its policy, the ground style, and escaped, marked and compared text."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import TYPE_CHECKING

import workbench
from workbench import diff, langs
from workbench.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workbench.model import Severity, Span

STYLE = """
:root { color-scheme:light dark;
  --ink:#1d2330; --soft:#5b6475; --line:#d9dee7; --paper:#fff; --ground:#f4f6f9; --accent:#2457a6;
  --critical:#a4161a; --major:#b45309; --minor:#8a6d00; --neutral:#5b6475; --mark:#fde9a9; --mark-ink:#1d2330;
  --ins:#d7f0dc; --del:#fadadd; }
@media (prefers-color-scheme: dark) { :root { --ink:#e6e9ef; --soft:#a2acbd; --line:#3a4252; --paper:#1f2430;
  --ground:#171b24; --accent:#8ab4f8; --critical:#ff8a8f; --major:#f7b267; --minor:#e3cc66; --neutral:#a2acbd;
  --mark:#6b5716; --mark-ink:#fff; --ins:#1e4a2b; --del:#5b2529; } }
@media print { :root { color-scheme:light; --ink:#000; --soft:#444; --line:#bbb; --paper:#fff; --ground:#fff;
  --accent:#2457a6; --critical:#a4161a; --major:#b45309; --minor:#8a6d00; --neutral:#444; --mark:#fde9a9;
  --mark-ink:#000; --ins:#d7f0dc; --del:#fadadd; }
  * { -webkit-print-color-adjust:exact; print-color-adjust:exact; } }
* { box-sizing:border-box; }
body { margin:0; background:var(--ground); color:var(--ink);
  font:16px/1.55 system-ui,-apple-system,"Segoe UI","Noto Sans","Noto Sans CJK SC","PingFang SC",
  "Microsoft YaHei",sans-serif; }
:lang(zh-Hans) { font-family:"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif; }
:lang(zh-Hant) { font-family:"PingFang TC","Microsoft JhengHei","Noto Sans CJK TC","Noto Sans TC",sans-serif; }
main { margin:0 auto; padding:1.5rem 1rem 4rem; }
h1 { font-size:1.6rem; line-height:1.25; margin:0 0 .2rem; overflow-wrap:anywhere; }
h2 { font-size:1.15rem; margin:2rem 0 .6rem; overflow-wrap:anywhere; }
p { margin:.2rem 0; } .soft { color:var(--soft); }
table { border-collapse:collapse; margin:1rem 0; width:100%; background:var(--paper); border:1px solid var(--line); }
th,td { padding:.35rem .6rem; text-align:left; border-bottom:1px solid var(--line); }
.wide { overflow-x:auto; }
td.n,th.n { text-align:right; font-variant-numeric:tabular-nums; } tfoot td { font-weight:600; border-bottom:0; }
.controls { position:sticky; top:0; background:var(--ground); padding:.6rem 0; display:flex; gap:.6rem 1rem;
  flex-wrap:wrap; align-items:center; border-bottom:1px solid var(--line); z-index:1; }
input[type=search],select { font:inherit; padding:.3rem .6rem; border:1px solid var(--line); border-radius:.3rem;
  background:var(--paper); color:var(--ink); min-width:0; } input[type=search] { flex:1 1 14rem; }
.controls label { white-space:nowrap; }
mark { background:var(--mark); color:var(--mark-ink); border-radius:.15rem; } mark.point { padding:0 .1rem; }
mark.critical { box-shadow:inset 0 -2px var(--critical); } mark.major { box-shadow:inset 0 -2px var(--major); }
mark.minor { box-shadow:inset 0 -2px var(--minor); } mark.neutral { box-shadow:inset 0 -2px var(--neutral); }
b.critical { color:var(--critical); } b.major { color:var(--major); } b.minor { color:var(--minor); }
b.neutral { color:var(--neutral); }
code { font:inherit; color:var(--accent); } del { background:var(--del); }
ins { background:var(--ins); text-decoration:none; border-bottom:1px solid currentColor; }
@media print { body { font-size:10pt; } .controls { display:none !important; } main { max-width:none; padding:0; } }
"""

DOUBT = "A finding may be wrong: it is for a person to judge."
EMPTY = "<i class=soft>(empty)</i>"
_AROUND = 16
"""Characters of unchanged text that a short difference shows on either side of a change."""


def page(
    title: str, *, style: str, body: Iterable[str], script: str = "", early: str = "", foot: str = DOUBT
) -> str:
    """A whole page in one piece; the script `early` runs before the body is read.

    Its policy allows no script and no style but its own, and no connection.
    """
    style = STYLE + style
    scripts = " ".join(_digest(one) for one in (early, script) if one) or "'none'"
    policy = f"default-src 'none'; style-src {_digest(style)}; script-src {scripts}; base-uri 'none'"
    return (
        "".join(
            [
                '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
                f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n',
                '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
                f"<title>{safe(title)}</title>\n",
                f"<script>{early}</script>\n" if early else "",
                f"<style>{style}</style>\n</head>\n<body>\n<main>\n",
                *body,
                f'<p class="soft">workbench {safe(workbench.__version__)}. ',
                f"{safe(foot)}</p>\n</main>\n",
                f"<script>{script}</script>\n" if script else "",
                "</body>\n</html>\n",
            ]
        )
        .encode("utf-8", "replace")
        .decode("utf-8")
    )


def _digest(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def safe(text: str) -> str:
    """Text for an element or a quoted attribute: escaped, and what would steer or hide text shown as a symbol."""
    return escape(visible(text))


def lang_tag(lang: str) -> str:
    """The tag for a `lang` attribute; Chinese without a script gets the one that its region writes."""
    if not langs.is_chinese(lang) or "-hans" in lang.lower() or "-hant" in lang.lower():
        return safe(lang)
    first, *rest = lang.split("-")
    return safe("-".join([first, "Hant" if langs.is_traditional(lang) else "Hans", *rest]))


Marks = list[tuple["Span", "Severity"]]


def marked(
    text: str, spans: Iterable[tuple[Span | None, Severity]], start: int = 0, end: int | None = None
) -> str:
    """The text (or a part) with the spans marked, each place by the gravest severity; an empty span is a caret."""
    end = len(text) if end is None else end
    wanted: Marks = [(span, severity) for span, severity in spans if span is not None]
    places = (place for span, _ in wanted for place in (span.start, span.end))
    cuts = sorted({start, end, *(place for place in places if start < place < end)})
    points = {span.start: severity for span, severity in wanted if not len(span)}
    pieces: list[str] = []
    for place, close in zip(cuts, [*cuts[1:], end], strict=True):
        if place in points and (place < end or end == len(text)):
            pieces.append(f'<mark class="point {points[place]}">‸</mark>')
        over = [one for span, one in wanted if span.start <= place and close <= span.end and place < close]
        piece = safe(text[place:close])
        if over and piece:
            piece = f'<mark class="{max(over, key=lambda one: one.rank)}">{piece}</mark>'
        pieces.append(piece)
    return "".join(pieces)


def difference(old: str, new: str) -> str:
    """The old text with what goes struck out and what comes underlined, long unchanged parts cut short."""
    steps = diff.edits(old, new)
    pieces: list[str] = []
    for number, step in enumerate(steps):
        gone, come = step.old_span.of(old), step.new_span.of(new)
        if step.op == "equal":
            head, tail = gone[:_AROUND] if number else "", gone[-_AROUND:] if number < len(steps) - 1 else ""
            pieces.append(safe(gone if len(gone) <= len(head) + len(tail) else f"{head}…{tail}"))
            continue
        pieces.append(f"<del>{shown(gone)}</del>" if gone else "")
        pieces.append(f"<ins>{shown(come)}</ins>" if come else "")
    return "".join(pieces)


def shown(text: str) -> str:
    """Changed text, its spaces as ␣ where nothing else is there to be seen."""
    return safe(text) if text.strip() else safe(text).replace(" ", "␣").replace("\u3000", "␣␣")


def two_sides(old: str, new: str, spans: Sequence[tuple[Span | None, Severity]] = ()) -> tuple[str, str]:
    """Both texts whole: the old with what goes in <del>, the new with what comes in <ins> and its spans marked."""
    before: list[str] = []
    after: list[str] = []
    for step in diff.edits(old, new):
        gone = step.old_span.of(old)
        come = step.new_span.of(new)
        if step.op == "equal":
            before.append(safe(gone))
            after.append(marked(new, spans, step.new_span.start, step.new_span.end))
            continue
        if gone:
            before.append(f"<del>{shown(gone)}</del>")
        if come:
            inside = (
                marked(new, spans, step.new_span.start, step.new_span.end) if come.strip() else shown(come)
            )
            after.append(f"<ins>{inside}</ins>")
    return "".join(before), "".join(after)
