"""Whitespace: at the edges, doubled, inside Chinese text or beside Chinese punctuation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.checks.base import Check, CheckContext, text_value
from workbench.checks.texts import HAN, excerpt, surroundings, view
from workbench.model import Fix, Issue, Severity, Span, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPACE = "[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]"
_ANY = re.compile(_SPACE)
_RUN = re.compile(f"{_SPACE}{{2,}}|[\t\u3000]")
_BESIDE = "，。！？；：、（）《》【】「」『』“”"
_HAN_GAP = re.compile(f"(?<=[{HAN}]){_SPACE}+(?=[{HAN}])")
# A space after 。 stays: sentences joined from several segments or lines have one.
_MARK_GAP = re.compile(
    f"(?<=[{HAN}]){_SPACE}+(?=[，。！？；：、）】」』])|(?<=[，；：、（【「『]){_SPACE}+(?=[{HAN}])"
)
_LEAD = re.compile(rf"\A(?:{_SPACE}|[\r\n])+")
_TAIL = re.compile(rf"(?:{_SPACE}|[\r\n])+\Z")
_HAN_ONLY = re.compile(f"[{HAN}]+\\Z")
_NAMES = {"\u3000": "ideographic space", "\t": "tab", "\u00a0": "no-break space", " ": "space"}


def find(unit: TranslationUnit, context: CheckContext) -> Iterator[Issue]:
    """Edges that differ from the source's; then runs and gaps inside."""
    text = unit.target
    if not text or text.isspace():
        return
    yield from _edges(unit)
    masked = view(text).masked
    if not _ANY.search(masked):
        return
    lead, tail = _LEAD.match(text), _TAIL.search(text)
    start, end = (lead.end() if lead else 0), (tail.start() if tail else len(text))
    taken: list[tuple[int, int]] = []
    patterns = ((_HAN_GAP, "inside"), (_MARK_GAP, "mark")) if context.chinese else ()
    for pattern, kind in (*patterns, (_RUN, "double")):
        for match in pattern.finditer(masked, start, end):
            if any(match.start() < stop and first < match.end() for first, stop in taken):
                continue
            taken.append(match.span())
            span = Span(*match.span())
            if kind == "inside" and _kept(unit):
                continue
            yield _issue(unit, span, " " if kind == "double" else "", kind)


def _kept(unit: TranslationUnit) -> bool:
    """Whether a space between Chinese characters may be meant: a list of words set apart by spaces
    throughout."""
    pieces = [piece for piece in re.split(_SPACE + "+", unit.target.strip()) if piece]
    return len(pieces) >= 3 and all(len(piece) <= 4 and _HAN_ONLY.match(piece) for piece in pieces)


def _edges(unit: TranslationUnit) -> Iterator[Issue]:
    """Space before or after the text that the source does not have."""
    for pattern, kind in ((_LEAD, "leading"), (_TAIL, "trailing")):
        match, source = pattern.search(unit.target), pattern.search(unit.source)
        if match and (source is None or source.group() != match.group()):
            wanted = source.group() if source is not None else ""
            yield _issue(unit, Span(*match.span()), wanted, kind)


def _issue(unit: TranslationUnit, span: Span, text: str, kind: str) -> Issue:
    shown = span.of(unit.target)
    return CHECK.issue(
        unit,
        target_span=span,
        fix=Fix(span, text),
        anchor="" if kind in ("leading", "trailing") else surroundings(unit.target, span),
        kind=kind,
        count=len(shown),
        shown=_NAMES.get(shown[0], "space"),
        around=excerpt(unit.target, span, width=4),
    )


def render(issue: Issue) -> str:
    """The finding in words."""
    kind, shown, around = (text_value(issue, name) for name in ("kind", "shown", "around"))
    if kind in ("leading", "trailing"):
        return f"{kind} {shown} that the source does not have"
    if kind == "inside":
        return f"{shown} inside Chinese text: {around}"
    if kind == "mark":
        return f"{shown} beside a Chinese mark: {around}"
    return (
        f"{text_value(issue, 'count')} spaces in a row: {around}"
        if shown == "space"
        else f"{shown}: {around}"
    )


CHECK = Check(
    id="whitespace",
    title="Space at the edge, doubled, or inside Chinese text",
    severity=Severity.MINOR,
    category="linguistic-conventions/whitespace",
    find=find,
    render=render,
)
