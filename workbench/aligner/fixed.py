"""Beads that the user has fixed: checked, taken out of the lattice, and put back among the beads that were found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from workbench.aligner.lattice import Band
from workbench.aligner.weights import NULL_X, NULL_Y, TYPES
from workbench.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from workbench.model import Bead


@dataclass(frozen=True, slots=True)
class Step:
    """One bead of a path: half-open ranges and the chance that it is right."""

    first_x: int
    last_x: int
    first_y: int
    last_y: int
    chance: float

    @property
    def paired(self) -> bool:
        """Whether the bead has both sides."""
        return self.last_x > self.first_x and self.last_y > self.first_y


def check(fixed: Sequence[Bead], source: int, target: int) -> None:
    """Raise UsageError unless the beads are in order, apart from each other and inside both sides.

    The empty side of a bead says nothing about its place: a segment without a partner is no anchor.
    """
    ends = [0, 0]
    for bead in fixed:
        for at, (name, each, count) in enumerate(
            (("source", bead.source, source), ("target", bead.target, target))
        ):
            if not each:
                continue
            where = f"the fixed bead {list(bead.source)}:{list(bead.target)}"
            if each.step != 1 or each.start < 0 or each.stop > count:
                raise UsageError(f"{where} is not among the {count} segments of the {name}")
            if each.start < ends[at]:
                raise UsageError(f"{where} overlaps the one before it, or is out of order")
            ends[at] = each.stop
        if not (bead.source or bead.target):
            raise UsageError("a fixed bead has no segments")


def step_of(bead: Bead, *, swapped: bool) -> Step:
    """The step of a fixed bead, its sides in the order of the evidence."""
    x, y = (bead.target, bead.source) if swapped else (bead.source, bead.target)
    return Step(x.start, x.start + len(x), y.start, y.start + len(y), 1.0)


@dataclass(frozen=True, slots=True)
class Pins:
    """Nodes that every path goes through, in the numbers of the segments that are left once fixed ones are out.

    `rows` and `columns` are those of the fixed beads with both sides; `places` has the row of each fixed bead and
    `counts` [bead, type] of what type it is, segments without a partner one by one.
    """

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    places: NDArray[np.int64]
    counts: NDArray[np.float64]

    @classmethod
    def of(cls, fixed: Sequence[Step], x_rows: NDArray[np.int64], y_rows: NDArray[np.int64]) -> Pins:
        """The pins of fixed beads where only the given segments of each side are left."""
        pairs = [step for step in fixed if step.paired]
        rows = np.searchsorted(x_rows, [step.first_x for step in pairs])
        columns = np.searchsorted(y_rows, [step.first_y for step in pairs])
        counts = np.zeros((len(fixed), NULL_Y + 1))
        places = np.zeros(len(fixed), np.int64)
        row = 0
        for at, step in enumerate(fixed):
            kind = step.last_x - step.first_x, step.last_y - step.first_y
            if kind[0]:
                row = int(np.searchsorted(x_rows, step.first_x))
            places[at] = row
            if not step.paired:
                counts[at, NULL_X if kind[0] else NULL_Y] = sum(kind)
            elif kind in TYPES:
                counts[at, TYPES.index(kind)] = 1
        return cls(np.asarray(rows, np.int64), np.asarray(columns, np.int64), places, counts)

    def seen(self, first: int, last: int) -> NDArray[np.float64]:
        """How many fixed beads of each type stand at rows `first` to `last`."""
        inside = (self.places >= first) & (self.places <= last)
        return np.asarray(self.counts[inside].sum(axis=0), np.float64)

    def held(self, band: Band) -> Band:
        """The band with all pins in it, and without what no path through them can reach."""
        if not len(self.rows):
            return band
        rows = np.arange(len(band.low))
        first, last = np.searchsorted(self.rows, rows), np.searchsorted(self.rows, rows, side="right")
        columns = np.concatenate([[0], self.columns, band.high[-1:]])
        least, most = columns[first], columns[last + 1]
        low, high = np.clip(band.low, least, most), np.clip(band.high, least, most)
        np.minimum.at(low, self.rows, self.columns)
        np.maximum.at(high, self.rows, self.columns)
        # Neighbouring rows must meet, so that a segment without a partner can lead from one to the next.
        low[1:] = np.minimum(low[1:], high[:-1])
        return Band(low, high)

    def bar(self, scores: NDArray[np.float64], row: int, low: NDArray[np.int64]) -> None:
        """Take away beads that start before a pin of their row or end behind one, from scores of a band at `row`."""
        inside = (self.rows >= row) & (self.rows < row + len(low))
        for pinned, column in zip(self.rows[inside].tolist(), self.columns[inside].tolist(), strict=True):
            at = pinned - row
            scores[at, :, : max(column - int(low[at]), 0)] = -np.inf
            for number, (a, b) in enumerate(TYPES):
                if a <= at:
                    scores[at - a, number, max(column - b + 1 - int(low[at - a]), 0) :] = -np.inf


def restored(
    steps: Iterable[Step],
    fixed: Sequence[Step],
    *,
    x_rows: NDArray[np.int64],
    y_rows: NDArray[np.int64],
    n: int,
    m: int,
) -> list[Step]:
    """The steps in the numbers of the whole document, with the fixed beads and what was left out between them."""
    found: list[Step] = []
    alone = [step for step in fixed if not step.paired]
    x_alone = {step.first_x: step.last_x for step in alone if step.last_x > step.first_x}
    y_alone = {step.first_y: step.last_y for step in alone if step.last_y > step.first_y}
    x = y = 0

    def fill(to_x: int, to_y: int) -> None:
        nonlocal x, y
        while x < to_x:
            found.append(Step(x, x_alone.get(x, x + 1), y, y, 1.0))
            x = found[-1].last_x
        while y < to_y:
            found.append(Step(x, x, y, y_alone.get(y, y + 1), 1.0))
            y = found[-1].last_y

    def put(first_x: int, last_x: int, first_y: int, last_y: int, chance: float) -> None:
        nonlocal x, y
        fill(first_x, first_y)
        found.append(Step(first_x, last_x, first_y, last_y, chance))
        x, y = last_x, last_y

    pairs = [step for step in fixed if step.paired]
    rows = np.searchsorted(x_rows, [step.first_x for step in pairs]).tolist()
    columns = np.searchsorted(y_rows, [step.first_y for step in pairs]).tolist()
    waiting = list(zip(rows, columns, pairs, strict=True))[::-1]
    for step in steps:
        while waiting and waiting[-1][0] <= step.first_x and waiting[-1][1] <= step.first_y:
            pair = waiting.pop()[2]
            put(pair.first_x, pair.last_x, pair.first_y, pair.last_y, pair.chance)
        first_x = int(x_rows[step.first_x]) if step.last_x > step.first_x else x
        first_y = int(y_rows[step.first_y]) if step.last_y > step.first_y else y
        put(
            first_x,
            first_x + step.last_x - step.first_x,
            first_y,
            first_y + step.last_y - step.first_y,
            step.chance,
        )
    for _, _, pair in reversed(waiting):
        put(pair.first_x, pair.last_x, pair.first_y, pair.last_y, pair.chance)
    fill(n, m)
    return found
