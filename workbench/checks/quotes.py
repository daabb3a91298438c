"""Quotes: a quotation mark of the target without its partner, or a quotation of the source that is no
longer one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.checks.base import Check, CheckContext, text_value
from workbench.checks.pairs import Lone, lone_marks
from workbench.checks.profile import REGIONS, Profile, Quotes
from workbench.checks.texts import HAN, HAN_CHAR, HOLE, excerpt, surroundings, view
from workbench.model import Fix, Issue, Severity, Span, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』", "«": "»", "﹁": "﹂", "﹃": "﹄"}
_INNER = {"“": "‘’", "‘": "“”", "「": "『』", "『": "「」"}
_BY_REGION = {opener: closer for marks in REGIONS.values() for opener, closer in marks}
_ANY = re.compile('["“”‘’「」『』«»＂〝〞‟„﹁﹂]')
_DOUBLE = re.compile('["“”„«»＂]')
_TITLE = re.compile("[《〈]")
# ’ inside a Latin word is an apostrophe; " after a digit may be inches.
_APOSTROPHE = re.compile(r"(?<=[A-Za-z0-9])[’'](?=[A-Za-z])|[’‘'](?=\d0s|em\b|til\b|tis\b|cause\b|n\b)")
_STRAIGHT_OPEN = re.compile(r"(?:(?<=\A)|(?<=[\s(\[—–-]))\"(?=\S)")
_SINGLE = re.compile(rf"(?<![A-Za-z0-9='])'([{HAN}][^'\"\n]{{0,80}})'(?![A-Za-z0-9'])")
_STRAIGHT_CLOSE = re.compile('"')
_INCHES = re.compile(r"(?<=\d)[\"”″](?!\w)(?<!\d\d\d\d[\"”])")


def find(unit: TranslationUnit, context: CheckContext) -> Iterator[Issue]:
    """Lone marks that the source does not have too; then quotations that have gone."""
    target, source = view(unit.target).masked, view(unit.source).masked
    shown, asked = _ANY.search(target), _DOUBLE.search(source)
    if shown is None:
        if asked is not None and context.chinese:
            yield from _gone(unit, source, target)
        return
    lone = lone_quotes(target)
    if not lone:
        if context.chinese and not context.ui and '"' in target:
            yield from _straight(unit, target, context.house.quotes[0])
        if context.chinese and not context.ui and "'" in target:
            yield from _single(unit, target, context.house.quotes)
        if context.chinese and context.house.named and not context.ui:
            yield from _of_another_region(unit, target, context.house)
        elif context.chinese:
            yield from _nested(unit, target)
        return
    allowed = _allowed(source)
    turned = _turned(unit, lone)
    if turned is not None:
        yield turned
        return
    for item in lone:
        if item.opening in allowed:
            allowed.remove(item.opening)
            continue
        span = Span(item.position, item.position + 1)
        yield CHECK.issue(
            unit,
            target_span=span,
            anchor=surroundings(unit.target, span),
            kind="opening" if item.opening else "closing",
            shown=unit.target[item.position],
            around=excerpt(unit.target, span),
        )


def _turned(unit: TranslationUnit, lone: list[Lone]) -> Issue | None:
    """The one finding on two lone marks that are a pair but for the form of one: “…“, ”…” or “…"."""
    if len(lone) != 2:
        return None
    first, second = lone
    other = {**_PAIRS, **{closer: opener for opener, closer in _PAIRS.items()}}
    if first.mark == second.mark and first.mark in other:
        wrong = second if first.opening else first
        better = other[first.mark]
    elif first.mark in _PAIRS and second.mark in '"＂':
        wrong, better = second, _PAIRS[first.mark]
    elif first.mark in '"＂' and second.mark in _PAIRS.values():
        wrong, better = first, other[second.mark]
    else:
        return None
    span = Span(wrong.position, wrong.position + 1)
    return CHECK.issue(
        unit,
        target_span=span,
        fix=Fix(span, better),
        anchor=surroundings(unit.target, span),
        kind="turned",
        shown=wrong.mark,
        better=better,
        around=excerpt(unit.target, span),
    )


def _straight(unit: TranslationUnit, target: str, marks: tuple[str, str]) -> Iterator[Issue]:
    """Pairs of straight marks around Chinese."""
    opener, closer = marks
    places = [match.start() for match in re.finditer('"', _INCHES.sub(HOLE, target))]
    for start, last in zip(places[::2], places[1::2], strict=False):
        span = Span(start, last + 1)
        body = unit.target[start + 1 : last]
        # key="值" is code.
        if HAN_CHAR.search(body) and not target[:start].endswith("="):
            better = f"{opener}{body}{closer}"
            yield CHECK.issue(
                unit,
                target_span=span,
                fix=Fix(span, better),
                kind="straight",
                shown=f'"{body}"',
                better=better,
            )


def _single(unit: TranslationUnit, target: str, marks: Quotes) -> Iterator[Issue]:
    """Pairs of straight single marks around Chinese: inner marks where they stand inside other ones."""
    for match in _SINGLE.finditer(target):
        span = Span(*match.span())
        before = target[: span.start]
        inside = any(before.count(pair[0]) > before.count(pair[1]) for pair in marks) or before.count('"') % 2
        opener, closer = marks[1 if inside else 0]
        better = f"{opener}{match[1]}{closer}"
        yield CHECK.issue(
            unit, target_span=span, fix=Fix(span, better), kind="straight", shown=match.group(), better=better
        )


def _nested(unit: TranslationUnit, target: str) -> Iterator[Issue]:
    """Pairs right inside a pair of the same marks."""
    stack: list[tuple[str, int]] = []
    for place, mark in enumerate(_APOSTROPHE.sub(HOLE, target)):
        if mark in _INNER:
            stack.append((mark, place))
        elif stack and mark == _PAIRS[stack[-1][0]]:
            opener, start = stack.pop()
            if stack and stack[-1][0] == opener:
                span, inner = Span(start, place + 1), _INNER[opener]
                better = f"{inner[0]}{unit.target[start + 1 : place]}{inner[1]}"
                yield CHECK.issue(
                    unit,
                    target_span=span,
                    fix=Fix(span, better),
                    kind="nested",
                    shown=span.of(unit.target),
                    better=better,
                )


def _of_another_region(unit: TranslationUnit, target: str, house: Profile) -> Iterator[Issue]:
    """Pairs around Chinese that the region of the profile does not use, those inside them with the outermost."""
    bare = _APOSTROPHE.sub(HOLE, target)
    right = dict(house.quotes)
    better = list(unit.target)
    stack: list[tuple[str, int]] = []
    spans: list[Span] = []
    for place, mark in enumerate(bare):
        if mark in _BY_REGION:
            stack.append((mark, place))
        elif stack and mark == _BY_REGION[stack[-1][0]]:
            depth, (opener, start) = len(stack) - 1, stack.pop()
            better[start], better[place] = house.quotes[depth % 2]
            if opener not in right and HAN_CHAR.search(bare, start, place):
                spans = [span for span in spans if span.start < start] + [Span(start, place + 1)]
    for span in spans:
        text = "".join(better[span.start : span.end])
        yield CHECK.issue(
            unit,
            target_span=span,
            fix=Fix(span, text),
            kind="region",
            shown=span.of(unit.target),
            better=text,
            region=house.region,
        )


def lone_quotes(text: str) -> list[Lone]:
    """The quotation marks of a text that have no partner, straight ones told apart by where they stand."""
    bare = _APOSTROPHE.sub(HOLE, text)
    lone = [
        item
        for item in lone_marks(bare, _PAIRS)
        if item.mark != "’" or not (item.position and text[item.position - 1].isascii())
    ]
    straight = [match.start() for match in re.finditer('["＂]', bare)]
    if len(straight) % 2:
        inches = {match.start() for match in _INCHES.finditer(bare)}
        left = [place for place in straight if place not in inches]
        if len(left) % 2:
            lone.append(_odd(bare, left))
    return sorted(lone, key=lambda item: item.position)


def _odd(text: str, places: list[int]) -> Lone:
    """The one straight mark too many: the first where it can only close, else the last."""
    first = places[0]
    if first > 0 and not text[first - 1].isspace() and text[first - 1] not in "(（[—–-:：，。“‘":
        return Lone(text[first], first, opening=False)
    last = places[-1]
    closes = len(places) > 1 and (last == len(text) - 1 or not text[last + 1].isalnum())
    return Lone(text[last], last, opening=not closes)


def _allowed(source: str) -> list[bool]:
    """What the source has too: a quotation that goes on over several segments opens or closes here only."""
    curled = _STRAIGHT_OPEN.sub("“", _INCHES.sub(HOLE, source))
    allowed = [item.opening for item in lone_quotes(_STRAIGHT_CLOSE.sub("”", curled))]
    stripped = source.strip()
    if stripped[:1] in ("'", "`"):
        allowed.append(True)
    if stripped[-1:] in ("'", "’"):
        allowed.append(False)
    return allowed


def _gone(unit: TranslationUnit, source: str, target: str) -> Iterator[Issue]:
    """The source quotes something, the target has no mark at all."""
    marks = [match.start() for match in _DOUBLE.finditer(_INCHES.sub(HOLE, source))]
    if len(marks) < 2 or _TITLE.search(target) or not view(unit.target).has_han:
        return
    span = Span(marks[0], marks[-1] + 1)
    yield CHECK.issue(unit, source_span=span, kind="gone", asked=span.of(unit.source))


def render(issue: Issue) -> str:
    """The finding in words."""
    if text_value(issue, "kind") == "gone":
        return f"the source quotes ({text_value(issue, 'asked')}), the target has no quotation mark"
    if text_value(issue, "kind") == "turned":
        shown, better = text_value(issue, "shown"), text_value(issue, "better")
        return f"{shown} where the pair needs {better}: {text_value(issue, 'around')}"
    if text_value(issue, "kind") == "nested":
        return (
            f"the same marks inside one another: {text_value(issue, 'shown')} → {text_value(issue, 'better')}"
        )
    if text_value(issue, "kind") == "region":
        region, shown = text_value(issue, "region"), text_value(issue, "shown")
        return f"quotation marks that are not those of {region}: {shown} → {text_value(issue, 'better')}"
    if text_value(issue, "kind") == "straight":
        return f"straight quotation marks around Chinese: {text_value(issue, 'better')}"
    other = "closing" if text_value(issue, "kind") == "opening" else "opening"
    return f"{text_value(issue, 'shown')} without its {other} quotation mark: {text_value(issue, 'around')}"


CHECK = Check(
    id="quotes",
    title="A quotation mark has no partner, or a quotation is lost",
    severity=Severity.MINOR,
    category="linguistic-conventions/punctuation",
    find=find,
    render=render,
)
