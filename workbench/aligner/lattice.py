"""Sums and best paths over the lattice of beads inside a band: forward, backward, posteriors, decoding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from workbench.aligner.weights import LONGEST, NULL_X, NULL_Y, TYPES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_A = np.array([a for a, _ in TYPES])
_B = np.array([b for _, b in TYPES])
_LOWEST = -1e300
# Beads with a lower score reach across what they must not, and are never chosen.
_BARRED = -1e5
# A node visited less often than this is given up, unless it is this near to one that is not.
_UNLIKELY = 1e-4
_AROUND = 3
# A bead of several segments on both sides as likely as this, or this many times as likely as the best way to part it
# into beads with both sides, stays whole: two doubtful pairs are easier to check than one that merges them.
_CLEAR = 0.8
_CLEARLY = 2.0
# What can meet at a node: no paragraph, one of x, one of y, both.
KINDS = 4


@dataclass(frozen=True, slots=True)
class Band:
    """For each row of nodes 0..n the columns low..high (both inside); low and high never fall."""

    low: NDArray[np.int64]
    high: NDArray[np.int64]

    @property
    def width(self) -> int:
        """The columns of the widest row."""
        return int((self.high - self.low).max()) + 1

    def inside(self) -> NDArray[np.bool_]:
        """Which places [row, column - low[row]] are in the band."""
        return np.arange(self.width)[None, :] <= (self.high - self.low)[:, None]


class Shape:
    """Where the beads of a band come from and go to, in rows padded so that none reaches into its neighbours."""

    def __init__(self, band: Band) -> None:
        self.band = band
        self.rows, self.width = len(band.low), band.width
        self.inside = band.inside()
        self.columns = np.arange(self.width)
        low = band.low
        rows = np.arange(self.rows)[:, None]
        self.back = low[:, None] - _B - low[np.maximum(rows - _A, 0)]
        ahead = low[:, None] + _B - low[np.minimum(rows + _A, self.rows - 1)]
        self.pad = int(max(np.abs(self.back).max(), np.abs(ahead).max(), LONGEST)) + 1
        self.stride = self.width + 2 * self.pad
        self.before = (rows - _A + LONGEST) * self.stride + self.pad
        # Row after row, [type, way]: the way on, and the way back with rows and columns counted from the end.
        ways = np.stack(
            [2 * self.before - self.pad + self.back, 2 * self.before - self.pad - ahead[::-1]], axis=2
        )
        ways[:, :, 1] += self.stride
        self.ways = ways[:, :, :, None]
        outside = np.where(self.inside, 0.0, -np.inf)
        self.outside = np.stack([outside, outside[::-1, ::-1]], axis=1)

    def by_end(self, values: Floats) -> Floats:
        """Values of beads [row, type, column] by the node where they end; of those that leave the band any value."""
        first = ((np.arange(self.rows)[:, None] - _A) * len(TYPES) + np.arange(len(TYPES))) * self.width
        places = (first + self.back)[:, :, None] + self.columns
        return np.asarray(values.ravel().take(places, mode="clip"), np.float64)


class Lattice:
    """Scores of beads by their starting node [row, type, column - low[row]], and each node's own worth.

    `kinds` says of each node what meets there (paragraphs of both sides, of one, of none), `worths` what that is worth.
    """

    def __init__(
        self,
        scores: Floats,
        kinds: NDArray[np.int8],
        band: Band,
        *,
        worths: Floats | None = None,
        open_end: bool = False,
        shape: Shape | None = None,
    ) -> None:
        self.band = band
        self.shape = Shape(band) if shape is None else shape
        self.rows, self.width = kinds.shape
        self.kinds = kinds
        self.inside, self.columns = self.shape.inside, self.shape.columns
        self.worths = np.zeros(KINDS) if worths is None else worths
        self.nodes = np.where(self.inside, self.worths[kinds], 0.0)
        self.scores = scores
        self.open_end = open_end

    def valued(self, worths: Floats) -> Lattice:
        """The same lattice with other worths of nodes."""
        return Lattice(
            self.scores, self.kinds, self.band, worths=worths, open_end=self.open_end, shape=self.shape
        )

    def scored(self, scores: Floats) -> Lattice:
        """The same lattice with other scores of beads."""
        return Lattice(
            scores, self.kinds, self.band, worths=self.worths, open_end=self.open_end, shape=self.shape
        )

    def narrowed(self, visits: Floats) -> tuple[Lattice, NDArray[np.int64]]:
        """The lattice near the nodes that are likely enough to be visited, and its columns' places in this one."""
        likely = visits > _UNLIKELY
        columns = np.arange(self.width)
        first = np.where(likely, columns, self.width).min(axis=1) + self.band.low - _AROUND
        last = np.where(likely, columns, -1).max(axis=1) + self.band.low + _AROUND
        low = np.maximum(np.minimum.accumulate(first[::-1])[::-1], self.band.low)
        high = np.minimum(np.maximum.accumulate(last), self.band.high)
        band = Band(low, np.maximum(high, low))
        at = np.minimum((low - self.band.low)[:, None] + np.arange(band.width), self.width - 1)
        scores = np.take_along_axis(self.scores, at[:, None, :], axis=2)
        kinds = np.take_along_axis(self.kinds, at, axis=1)
        return Lattice(scores, kinds, band, worths=self.worths, open_end=self.open_end), at


@dataclass(frozen=True, slots=True)
class Posterior:
    """Chances of beads: `beads` [row, type, column] by starting node, `null_y` [row, column] of 0-1 beads."""

    beads: Floats
    null_y: Floats
    visits: Floats

    def picked(self, at: NDArray[np.int64]) -> Posterior:
        """The chances at some columns of each row."""
        beads = np.take_along_axis(self.beads, at[:, None, :], axis=2)
        null_y, visits = (np.take_along_axis(each, at, axis=1) for each in (self.null_y, self.visits))
        return Posterior(beads, null_y, visits)

    def counts(self) -> Floats:
        """The number of beads expected of each type, 0-1 last."""
        return np.append(self.beads.sum(axis=(0, 2)), self.null_y.sum())


def posterior(lattice: Lattice, log_priors: Floats) -> Posterior:
    """How likely each bead of the band is, all alignments considered."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore", under="ignore"):
        ways, beads = _both_ways(lattice, log_priors)
        before, ahead = ways[:, 0], ways[::-1, 1, ::-1]
        total = ahead[0, 0] + lattice.nodes[0, 0]
        here = before - total
        beads += here[:, None]
        np.exp(beads, out=beads)
        null_y = np.zeros((lattice.rows, lattice.width))
        null_y[:, :-1] = np.exp(here[:, :-1] + log_priors[NULL_Y] + ahead[:, 1:] + lattice.nodes[:, 1:])
        visits = np.exp(here + ahead)
    return Posterior(beads, null_y, visits)


def _both_ways(lattice: Lattice, log_priors: Floats) -> tuple[Floats, Floats]:
    """Log weights of all ways to each node, its own worth included, and from it, without: [row, way, column].

    The way from a node is that to it in the lattice turned by half a turn, rows and columns counted from the end: both
    are walked at once. Second, by starting node, the log weight of each bead and all that may come after it.
    """
    shape, nodes = lattice.shape, lattice.nodes
    rows, width = lattice.rows, lattice.width
    scores = lattice.scores + log_priors[:-1, None]
    beads = np.empty((rows, len(TYPES), 2, width))
    beads[:, :, 0] = shape.by_end(scores)
    beads[:, :, 1] = scores[::-1, :, ::-1]
    state = np.full((rows + LONGEST, 2, shape.stride), -np.inf)
    known = state.reshape(-1)
    worth = np.stack([nodes, nodes[::-1, ::-1]], axis=1)
    # What 0-1 beads from the row's start on are worth, and a row of nodes less that.
    climbs = np.zeros((rows, 2, width))
    climbs[:, 0, 1:] = nodes[:, 1:]
    climbs[:, 1, 1:] = worth[:, 1, :-1]
    climbs[:, :, 1:] += log_priors[NULL_Y]
    np.cumsum(climbs, axis=2, out=climbs)
    own = -climbs
    own[:, 0] += nodes
    worth[:, 0] = 0.0
    climbs += shape.outside
    found = np.empty((rows, 2, width))
    here = _starts(lattice)
    top, level = np.empty((2, width)), np.empty(beads.shape[1:])
    place = np.empty(beads.shape[1:], np.int64)
    inner = state[LONGEST:, :, shape.pad : shape.pad + width]
    beads[0, :, 1] = -np.inf
    walk = zip(beads, shape.ways, own, climbs, worth, found, inner, strict=True)
    for row, (each, ways, less, more, sent, there, kept) in enumerate(walk):
        if row:
            each += known.take(np.add(ways, shape.columns, out=place))
            np.maximum.reduce(each, axis=0, out=top, initial=_LOWEST)
            np.subtract(each, top, out=level)
            np.add.reduce(np.exp(level, out=level), axis=0, out=here)
            np.log(here, out=here)
            here += top
        here += less
        np.logaddexp.accumulate(here, axis=1, out=there)
        there += more
        np.add(there, sent, out=kept)
    return found, beads[::-1, :, 1, ::-1]


def _starts(lattice: Lattice) -> Floats:
    """The log weights [way, column] from which the sums begin: at the first node, and at the last or all of its row."""
    found = np.full((2, lattice.width), -np.inf)
    found[0, 0] = 0.0
    if lattice.open_end:
        found[1] = lattice.shape.outside[0, 1]
    else:
        found[1, lattice.width - 1 - int(lattice.band.high[-1] - lattice.band.low[-1])] = 0.0
    return found


def decode(chances: Posterior, lattice: Lattice, *, less: float) -> list[tuple[int, int, int, int, float]]:
    """The path with the most beads expected to be right: (first x, last x + 1, first y, last y + 1, chance).

    `less` is taken from the chance of each bead with one side only: two of them must not win over the pair that they
    would make merely because they are two.
    """
    low, high = lattice.band.low, lattice.band.high
    shape, width = lattice.shape, lattice.width
    gains = chances.beads.copy()
    gains[:, NULL_X] -= less
    gains[lattice.scores < _BARRED] = -np.inf
    gains = shape.by_end(gains)
    climbs = np.zeros((lattice.rows, width))
    np.cumsum(chances.null_y[:, :-1] - less, axis=1, out=climbs[:, 1:])
    leaves = climbs + shape.outside[:, 0]
    state = np.full((lattice.rows + LONGEST, shape.stride), -np.inf)
    known = state.reshape(-1)
    inner = state[LONGEST:, shape.pad : shape.pad + width]
    places = (shape.before + shape.back)[:, :, None]
    place, top = np.empty(gains.shape[1:], np.int64), np.empty(width)
    kinds = np.empty((lattice.rows, width), np.int64)
    levels = np.full((lattice.rows, width), -np.inf)
    climbed = np.empty((lattice.rows, width), bool)
    levels[0, 0] = 0.0
    for i, (each, at, level, climb, kept) in enumerate(
        zip(gains, places, levels, climbs, inner, strict=True)
    ):
        if i:
            each += known.take(np.add(at, shape.columns, out=place))
            np.argmax(each, axis=0, out=kinds[i])
            np.maximum.reduce(each, axis=0, out=level)
            level -= climb
        np.maximum.accumulate(level, out=top)
        np.greater(top, level, out=climbed[i])
        np.add(top, leaves[i], out=kept)
    final = inner[-1]
    kinds[0] = 0
    came = np.where(climbed, NULL_Y, kinds)
    path: list[tuple[int, int, int, int, float]] = []
    i = lattice.rows - 1
    j = int(low[i] + final.argmax()) if lattice.open_end else int(high[i])
    while i > 0 or j > low[0]:
        number = int(came[i, j - low[i]])
        a, b = (0, 1) if number == NULL_Y else TYPES[number]
        at = j - b - low[i - a]
        chance = chances.null_y[i, at] if number == NULL_Y else chances.beads[i - a, number, at]
        path.append((i - a, i, j - b, j, float(chance)))
        i, j = i - a, j - b
    return [part for bead in path[::-1] for part in _parted(bead, chances, lattice)]


def _parted(
    bead: tuple[int, int, int, int, float], chances: Posterior, lattice: Lattice
) -> list[tuple[int, int, int, int, float]]:
    """The bead, or the best way to part it into beads with both sides where it is not clearly better than that."""
    first_x, last_x, first_y, last_y, whole = bead
    if min(last_x - first_x, last_y - first_y) < 2 or whole >= _CLEAR:
        return [bead]
    # For each node inside the bead the chance of the best way to it from the bead's start, and the beads of that way.
    ways: dict[tuple[int, int], tuple[float, list[tuple[int, int, int, int, float]]]] = {
        (first_x, first_y): (1.0, [])
    }
    for i in range(first_x, last_x):
        for j in range(first_y, last_y):
            at = j - int(lattice.band.low[i])
            if (i, j) not in ways or not 0 <= at < lattice.width:
                continue
            likely, way = ways[i, j]
            visit = float(chances.visits[i, at]) if way else 1.0
            for number, (a, b) in enumerate(TYPES[:NULL_X]):
                end = i + a, j + b
                if end[0] > last_x or end[1] > last_y or (not way and end == (last_x, last_y)):
                    continue
                chance = float(chances.beads[i, number, at])
                reached = likely * chance / visit if visit else 0.0
                if reached > ways.get(end, (0.0, []))[0]:
                    ways[end] = reached, [*way, (i, end[0], j, end[1], chance)]
    likely, way = ways.get((last_x, last_y), (0.0, []))
    return way if way and whole < _CLEARLY * likely else [bead]
