"""Placeholders: {0}, %s, %(name)s, ${x}, #NAME# and HTML entities that the target lost, changed or added."""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import TYPE_CHECKING

from workbench.checks.base import Check, CheckContext, text_value
from workbench.checks.texts import Part, view
from workbench.model import Issue, Severity, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBERED = re.compile(r"%\d+\$")


def find(unit: TranslationUnit, _context: CheckContext) -> Iterator[Issue]:
    """What is in one side only, as often as it is."""
    yield from compare(CHECK, unit, ("placeholder", "entity"))


def compare(check: Check, unit: TranslationUnit, kinds: tuple[str, ...]) -> Iterator[Issue]:
    """The parts of these kinds that one side has more often than the other."""
    source = view(unit.source).of_kind(*kinds)
    target = view(unit.target).of_kind(*kinds)
    if not source and not target:
        return
    asked, shown = Counter(map(_name, source)), Counter(map(_name, target))
    lost, added = asked - shown, shown - asked
    for part in reversed(source):
        name = _name(part)
        if lost[name] > 0:
            lost[name] -= 1
            if not _stands_decoded(part, unit.target):
                yield check.issue(unit, source_span=part.span, kind="lost", asked=part.text)
    for part in reversed(target):
        name = _name(part)
        if added[name] > 0:
            added[name] -= 1
            if not _stands_decoded(part, unit.source):
                yield check.issue(unit, target_span=part.span, kind="added", shown=part.text)


def _name(part: Part) -> str:
    """What has to be the same on both sides: not the order of numbered ones, not the spaces of a tag."""
    if part.kind == "tag":
        return re.sub(r"\s+", " ", part.text).replace(" />", "/>").replace(" >", ">")
    return _NUMBERED.sub("%", part.text)


def _stands_decoded(part: Part, other: str) -> bool:
    """Whether the other side has the character that an entity stands for."""
    if part.kind != "entity":
        return False
    char = html.unescape(part.text)
    return char != part.text and (char in other or (char == "\xa0" and " " in other))


def render(issue: Issue) -> str:
    """The finding in words."""
    if text_value(issue, "kind") == "lost":
        return f"{text_value(issue, 'asked')} of the source is not in the target"
    return f"{text_value(issue, 'shown')} of the target is not in the source"


CHECK = Check(
    id="placeholder",
    title="A placeholder is lost or added",
    severity=Severity.CRITICAL,
    category="accuracy/omission",
    find=find,
    render=render,
)
