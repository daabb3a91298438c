"""Effort: the time and keystrokes that review took, how fast it went, and how much of the drafts it left alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Literal, TypeAlias

from workbench.metrics.effort import BANDS, LAST_BAND, Effort, band, counted, size
from workbench.model import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from workbench.model import TranslationUnit
    from workbench.store import Work

By: TypeAlias = Literal["document", "reviewer", "day", "engine"]
"""What effort and quality can be grouped by."""

DONE = (State.REVIEWED, State.FINAL)
UNNAMED = "–"
"""The group of what has no reviewer, day or engine."""


def unit_group(unit: TranslationUnit, document: str, by: By) -> str:
    """The group of a unit that is done: its document, who changed it last and when (UTC), or its draft's engine."""
    if by == "document":
        return document
    if by == "reviewer":
        return unit.changed_by or UNNAMED
    if by == "day":
        return f"{unit.changed_at:%Y-%m-%d}" if unit.changed_at else UNNAMED
    return (unit.drafts[0].engine if unit.drafts else "") or UNNAMED


class EffortTally:
    """Adds up effort document by document; a unit counts once in every group in which time was spent on it."""

    def __init__(self, by: By, *, source_lang: str, target_lang: str) -> None:
        self._by = by
        self._langs = source_lang, target_lang
        self._groups: dict[str | None, _Sums] = defaultdict(_Sums)

    def add(
        self,
        document: str,
        units: Sequence[TranslationUnit],
        work: Iterable[Work],
        rates: Mapping[str, float],
    ) -> None:
        """Take up a document: its units, the work on them, and the edit rate of each done unit that has a draft."""
        by_id = {unit.id: unit for unit in units}
        sizes: dict[str, tuple[int, int]] = {}
        for one in work:
            unit = by_id.get(one.unit_id)
            if self._by == "engine":
                group = UNNAMED if unit is None else unit_group(unit, document, "engine")
            else:
                group = {"document": document, "reviewer": one.author, "day": one.day}[self._by] or UNNAMED
            if one.seconds > 0 and unit is not None and one.unit_id not in sizes:
                sizes[one.unit_id] = size(unit.source, self._langs[0]), size(unit.target, self._langs[1])
            for name in (group, None):
                sums = self._groups[name]
                sums.worked.add((document, one.unit_id))
                sums.keystrokes += one.keystrokes
                if one.seconds > 0:
                    sums.seconds += one.seconds
                    sums.time(document, one.unit_id, sizes.get(one.unit_id))
        for unit_id, rate in rates.items():
            for name in (unit_group(by_id[unit_id], document, self._by), None):
                sums = self._groups[name]
                sums.drafted += 1
                sums.bands[band(rate)] += 1

    def total(self) -> Effort:
        """The effort on everything."""
        return self._effort(self._groups[None])

    def groups(self) -> dict[str, Effort]:
        """The effort by group, in the order of the names."""
        names = sorted(name for name in self._groups if name is not None)
        return {name: self._effort(self._groups[name]) for name in names}

    def _effort(self, sums: _Sums) -> Effort:
        return Effort(
            worked=len(sums.worked),
            timed=len(sums.timed),
            seconds=sums.seconds,
            keystrokes=sums.keystrokes,
            source_size=sums.source_size,
            target_size=sums.target_size,
            source_counted=counted(self._langs[0]),
            target_counted=counted(self._langs[1]),
            drafted=sums.drafted,
            bands=tuple((label, sums.bands[label]) for label in (*(name for name, _ in BANDS), LAST_BAND)),
        )


class _Sums:
    def __init__(self) -> None:
        self.worked: set[tuple[str, str]] = set()
        self.timed: set[tuple[str, str]] = set()
        self.seconds = 0.0
        self.keystrokes = self.source_size = self.target_size = self.drafted = 0
        self.bands: Counter[str] = Counter()

    def time(self, document: str, unit_id: str, sizes: tuple[int, int] | None) -> None:
        """Note time on a unit; one that is no longer in the document has no size: its text is in another one."""
        if (document, unit_id) not in self.timed:
            self.timed.add((document, unit_id))
            if sizes is not None:
                self.source_size += sizes[0]
                self.target_size += sizes[1]
