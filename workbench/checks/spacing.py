"""Spacing: Chinese and Latin set apart by spaces here and not there, in one document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.checks.base import Check, CheckContext, text_value
from workbench.checks.texts import HAN, excerpt, surroundings, view
from workbench.model import Fix, Issue, Severity, Span, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_TOUCHING = re.compile(f"(?<=[{HAN}])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%])(?=[{HAN}])")
_APART = re.compile(f"(?<=[{HAN}]) (?=[A-Za-z0-9])|(?<=[A-Za-z0-9%]) (?=[{HAN}])")
# A number and what it counts stand together in both habits: 3天, 第5次, 2019年.
_COUNTED = re.compile("(?:(?<=第)|(?<=[0-9%])(?=[年月日号时分秒天个次万亿元岁名人届期章条款页级度]))")

# The share of all places that makes a habit of a document.
_HABIT = 0.8


class Spaces:
    """How often the texts of a document set Chinese and Latin apart, and how often not."""

    def __init__(self) -> None:
        self.apart = self.touching = 0

    def add(self, unit: TranslationUnit) -> None:
        """Count a unit."""
        apart, touching = places(unit.target)
        self.apart += len(apart)
        self.touching += len(touching)

    def subtract(self, unit: TranslationUnit) -> None:
        """Take out a unit that was added."""
        apart, touching = places(unit.target)
        self.apart -= len(apart)
        self.touching -= len(touching)

    def near(self, unit: TranslationUnit) -> Collection[str]:  # noqa: ARG002
        """None: a habit is that of the document as a whole."""
        return ()


def places(target: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Where Chinese and Latin stand apart, and where they touch."""
    masked = view(target).masked
    touching = [
        match.span() for match in _TOUCHING.finditer(masked) if not _COUNTED.match(masked, match.start())
    ]
    return [match.span() for match in _APART.finditer(masked)], touching


def find(unit: TranslationUnit, context: CheckContext) -> Iterator[Issue]:
    """Each place that departs from the habit of the document, or of the text where the document has none."""
    if not context.chinese:
        return
    apart, touching = places(unit.target)
    if not apart and not touching:
        return
    document = context.summary(Spaces)
    ours, others = document.apart, document.touching
    if max(ours, others) < _HABIT * (ours + others):
        ours, others = len(apart), len(touching)
    if ours == others or not min(ours, others):
        return
    spaced = ours > others
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
        return f"no space between Chinese and Latin, as elsewhere: {around}"
    return f"a space between Chinese and Latin, unlike elsewhere: {around}"


CHECK = Check(
    id="spacing",
    title="Spaces between Chinese and Latin are not even",
    severity=Severity.MINOR,
    category="linguistic-conventions/whitespace",
    find=find,
    render=render,
    scope="document",
    summary=Spaces,
    default=False,
)
