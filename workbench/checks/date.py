"""Date: a date, decade, century or time of day that source and target do not state alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.checks.base import Check, CheckContext
from workbench.checks.values import find_topic, render_topic
from workbench.model import Issue, Severity, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Iterator


def find(unit: TranslationUnit, context: CheckContext) -> Iterator[Issue]:
    """A date, decade, century or time of day that differs, is missing or was added."""
    yield from find_topic(CHECK, "date", unit, context)


CHECK = Check(
    id="date",
    title="A date or time that says something else",
    severity=Severity.MAJOR,
    category="accuracy/mistranslation",
    find=find,
    render=render_topic,
)
