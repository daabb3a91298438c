"""Keeping a document's progress up to date without counting all its units again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbench.model import State, TranslationUnit
    from workbench.store.records import Filter, Progress, UnitRow


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a unit counts in a document's progress; `issue_count` None = not checked."""

    state: State
    doubtful: bool
    issue_count: int | None


def standing_of_row(row: UnitRow) -> Standing:
    """What counts of a unit as it is listed."""
    return Standing(row.state, row.doubtful, row.issue_count)


def standing_of_unit(unit: TranslationUnit, wish: Filter, issue_count: int | None) -> Standing:
    """What counts of a unit as it will be listed."""
    doubtful = wish.doubts(unit.state, unit.bead_score, unit.source, unit.target, unit.origin)
    return Standing(unit.state, doubtful, issue_count)


def moved(progress: Progress, before: Iterable[Standing], after: Iterable[Standing]) -> Progress:
    """The progress with some units counted as they are now instead of as they were."""
    for units, by in ((before, -1), (after, 1)):
        for unit in units:
            state = str(unit.state)
            progress = replace(
                progress,
                total=progress.total + by,
                with_issues=progress.with_issues + (by if unit.issue_count else 0),
                doubtful=progress.doubtful + (by if unit.doubtful else 0),
                unchecked=progress.unchecked + (by if unit.issue_count is None else 0),
                **{state: getattr(progress, state) + by},
            )
    return progress
