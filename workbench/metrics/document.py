"""The scores of a document while it is edited: sums of its units' statistics, so an edit costs one unit."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.metrics.base import DeadlineError, Setting

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from workbench.metrics.base import Metric
    from workbench.model import Score


@dataclass(frozen=True, slots=True)
class Measured:
    """The statistics of one draft and target by metric; None where the deadline came first."""

    statistics: Mapping[str, tuple[int, ...] | None]

    @property
    def complete(self) -> bool:
        """Whether every metric was measured to its end."""
        return all(numbers is not None for numbers in self.statistics.values())


def measure(
    draft: str, target: str, metrics: Sequence[Metric], *, lang: str, deadline_seconds: float | None = None
) -> Measured:
    """The statistics of one unit, hypothesis = draft, reference = target. Pure: safe on any thread.

    With a deadline, a metric that can take long (TER) gives None when the seconds are over before it is done.
    """
    end = None if deadline_seconds is None else time.monotonic() + deadline_seconds
    found: dict[str, tuple[int, ...] | None] = {}
    for metric in sorted(metrics, key=lambda metric: metric.deadline is not None):
        if end is None or metric.deadline is None:
            found[metric.name] = metric.of_pair(draft, target, lang)
        else:
            try:
                table = metric.deadline(draft, target, lang, end - time.monotonic())
                found[metric.name] = tuple(table[0].tolist())
            except DeadlineError:
                found[metric.name] = None
    return Measured(found)


class DocumentScores:
    """Scores of all units put so far; putting or dropping one adds or subtracts its statistics alone.

    A unit whose TER missed its deadline counts with its last known TER (or not at all in TER, if it never had
    one) and is listed in `stale` until it is put again.
    """

    def __init__(self, metrics: Sequence[Metric], *, lang: str = "zh") -> None:
        self.metrics = tuple(metrics)
        self.lang = lang
        self._units: dict[str, dict[str, tuple[int, ...]]] = {}
        self._totals: dict[str, list[int]] = {}
        self._counts: dict[str, int] = {metric.name: 0 for metric in self.metrics}
        self._stale: set[str] = set()

    @property
    def stale(self) -> frozenset[str]:
        """The units whose current text is not yet in every score."""
        return frozenset(self._stale)

    def __len__(self) -> int:
        return len(self._units)

    def put(
        self, unit_id: str, draft: str, target: str, *, deadline_seconds: float | None = None
    ) -> Measured:
        """Measure the unit and count it in place of what it was."""
        measured = measure(draft, target, self.metrics, lang=self.lang, deadline_seconds=deadline_seconds)
        self.put_measured(unit_id, measured)
        return measured

    def put_all(self, units: Iterable[tuple[str, str, str]]) -> None:
        """Put many (unit id, draft, target) at once, faster than one by one."""
        listed = list({unit_id: (unit_id, draft, target) for unit_id, draft, target in units}.values())
        if not listed:
            return
        drafts, targets = [draft for _, draft, _ in listed], [target for _, _, target in listed]
        tables = {
            metric.name: metric.statistics(drafts, [targets], self.lang).tolist() for metric in self.metrics
        }
        for index, (unit_id, _, _) in enumerate(listed):
            self.put_measured(
                unit_id, Measured({name: tuple(table[index]) for name, table in tables.items()})
            )

    def put_measured(self, unit_id: str, measured: Measured) -> None:
        """Count what `measure` found, perhaps on another thread, in place of what the unit was."""
        held = self._units.setdefault(unit_id, {})
        for name, numbers in measured.statistics.items():
            if numbers is not None:
                self._add(name, held.get(name), numbers)
                held[name] = numbers
        if measured.complete:
            self._stale.discard(unit_id)
        else:
            self._stale.add(unit_id)

    def drop(self, unit_id: str) -> None:
        """Take the unit out of the scores; nothing happens where it was never in."""
        for name, numbers in self._units.pop(unit_id, {}).items():
            self._add(name, numbers, None)
        self._stale.discard(unit_id)

    def scores(self) -> list[Score]:
        """One score a metric, in the order given; the cost does not depend on the document's length."""
        return [
            metric.from_totals(
                self._totals.get(metric.name) or metric.statistics([""], [[""]], self.lang)[0].tolist(),
                self._counts[metric.name],
                Setting(self.lang),
            )
            for metric in self.metrics
        ]

    def _add(self, name: str, old: tuple[int, ...] | None, new: tuple[int, ...] | None) -> None:
        """Move the sums of a metric from a unit's old statistics to its new ones."""
        width = len(new or old or ())
        totals = self._totals.setdefault(name, [0] * width)
        for index in range(width):
            totals[index] += (new[index] if new else 0) - (old[index] if old else 0)
        self._counts[name] += (new is not None) - (old is not None)
