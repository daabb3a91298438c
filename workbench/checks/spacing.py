"""Spacing: Chinese and Latin set apart by spaces here and not there, in one text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.checks.base import Check, CheckContext, text_value
from workbench.checks.texts import HAN, excerpt, surroundings, view
from workbench.model import Fix, Issue, Severity, Span, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOUCHING = re.compile(f"(?<=[{HAN}])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%])(?=[{HAN}])")
_APART = re.compile(f"(?<=[{HAN}]) (?=[A-Za-z0-9])|(?<=[A-Za-z0-9%]) (?=[{HAN}])")
# A number and what it counts stand together in both habits: 3天, 第5次, 2019年.
_COUNTED = re.compile("(?:(?<=第)|(?<=[0-9%])(?=[年月日号时分秒天个次万亿元岁名人届期章条款页级度]))")


def find(unit: TranslationUnit, context: CheckContext) -> Iterator[Issue]:
    """Each place that departs from what the text does more often; none where it does both alike."""
    if not context.chinese:
        return
    masked = view(unit.target).masked
    apart = [match.span() for match in _APART.finditer(masked)]
    if not apart:
        return
    touching = [
        match.span() for match in _TOUCHING.finditer(masked) if not _COUNTED.match(masked, match.start())
    ]
    if len(apart) == len(touching):
        return
    spaced = len(apart) > len(touching)
    for start, end in touching if spaced else apart:
        span = Span(start, end)
        yield CHECK.issue(
            unit,
            target_span=span,
            fix=Fix(span, " " if spaced else ""),
            anchor=surroundings(unit.target, span),
            kind="missing" if spaced else "extra",
            around=excerpt(unit.target, span, width=4),
        )


def render(issue: Issue) -> str:
    """The finding in words."""
    around = text_value(issue, "around")
    if text_value(issue, "kind") == "missing":
        return f"no space between Chinese and Latin, as elsewhere in the text: {around}"
    return f"a space between Chinese and Latin, unlike elsewhere in the text: {around}"


CHECK = Check(
    id="spacing",
    title="Spaces between Chinese and Latin are not even",
    severity=Severity.MINOR,
    category="linguistic-conventions/whitespace",
    find=find,
    render=render,
    default=False,
)
