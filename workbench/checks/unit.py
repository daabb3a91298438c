"""Unit: the same number of another thing: 24 hours and 24分钟, $3 and 3欧元."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.checks.base import Check, CheckContext
from workbench.checks.values import find_topic, render_topic
from workbench.model import Issue, Severity, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Iterator


def find(unit: TranslationUnit, context: CheckContext) -> Iterator[Issue]:
    """A number that is right with a unit or currency that is not; a right conversion is no finding."""
    yield from find_topic(CHECK, "unit", unit, context)


CHECK = Check(
    id="unit",
    title="A unit or currency that says something else",
    severity=Severity.MAJOR,
    category="accuracy/mistranslation",
    find=find,
    render=render_topic,
)
