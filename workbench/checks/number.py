"""Number: a quantity, percentage, ordinal or multiple that source and target do not state alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.checks.base import Check, CheckContext
from workbench.checks.values import find_topic, render_topic
from workbench.model import Issue, Severity, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Iterator


def find(unit: TranslationUnit, context: CheckContext) -> Iterator[Issue]:
    """A quantity, percentage, ordinal, multiple or fraction whose value differs, is missing or was added."""
    yield from find_topic(CHECK, "number", unit, context)


CHECK = Check(
    id="number",
    title="A number that says something else",
    severity=Severity.MAJOR,
    category="accuracy/mistranslation",
    find=find,
    render=render_topic,
)
