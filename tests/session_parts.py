"""Three small checks of which the tests know exactly what they find."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.checks import Check, CheckContext
from workbench.model import Fix, Issue, Severity, Span, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

FULL_WIDTH = {".": "。", ",": "，"}


def find_marks(unit: TranslationUnit, _context: CheckContext) -> Iterator[Issue]:
    for match in re.finditer(r"(?<=[\u4e00-\u9fff])[.,]", unit.target):
        span = Span(*match.span())
        yield MARKS.issue(unit, target_span=span, fix=Fix(span, FULL_WIDTH[match[0]]))


def find_brackets(unit: TranslationUnit, _context: CheckContext) -> Iterator[Issue]:
    if unit.target.count("（") != unit.target.count("）"):
        yield BRACKETS.issue(unit, anchor="uneven")


def find_magnitude(unit: TranslationUnit, _context: CheckContext) -> Iterator[Issue]:
    if "5.2 billion" in unit.source and "52亿" not in unit.target:
        yield MAGNITUDE.issue(unit, anchor="5.2 billion")


def say(issue: Issue) -> str:
    return issue.check


MARKS = Check(
    id="punctuation", title="Marks", severity=Severity.MINOR, category="locale", find=find_marks, render=say
)
BRACKETS = Check(
    id="brackets", title="Brackets", severity=Severity.MAJOR, category="style", find=find_brackets, render=say
)
MAGNITUDE = Check(
    id="number",
    title="Numbers",
    severity=Severity.CRITICAL,
    category="accuracy",
    find=find_magnitude,
    render=say,
)
CHECKS = (MARKS, BRACKETS, MAGNITUDE)
