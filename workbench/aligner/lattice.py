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
    ) -> None:
        self.band = band
        self.rows, self.width = kinds.shape
        self.kinds = kinds
        self.inside = band.inside()
        self.outside = np.where(self.inside, 0.0, -np.inf)
        self.worths = np.zeros(KINDS) if worths is None else worths
        self.nodes = np.where(self.inside, self.worths[kinds], 0.0)
        self.scores = scores
        self.open_end = open_end
        low = band.low
        before = np.arange(self.rows)[:, None] - _A
        after = np.arange(self.rows)[:, None] + _A
        back = low[:, None] - _B - low[np.maximum(before, 0)]
        ahead = low[:, None] + _B - low[np.minimum(after, self.rows - 1)]
        # Rows are padded so that a shifted row never reaches into its neighbours.
        self.pad = int(max(np.abs(back).max(), np.abs(ahead).max(), LONGEST)) + 1
        self.stride = self.width + 2 * self.pad
        types = np.arange(len(TYPES))
        lead = LONGEST
        self.pull = ((before + lead) * len(TYPES) + types) * self.stride + back + self.pad
        self.push = after * self.stride + ahead + self.pad
        self.columns = np.arange(self.width)

    def valued(self, worths: Floats) -> Lattice:
        """The same lattice with other worths of nodes."""
        return Lattice(self.scores, self.kinds, self.band, worths=worths, open_end=self.open_end)

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

    def pushed(self) -> Floats:
        """Room for what each node sends on by each bead: [row + LONGEST, type, padded column]."""
        return np.full((self.rows + LONGEST, len(TYPES), self.stride), -np.inf)


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
        sent, before = _forward(lattice, log_priors)
        arrive, ahead = _backward(lattice, log_priors)
        total = ahead[0, 0] + lattice.nodes[0, 0]
        inner = slice(lattice.pad, lattice.pad + lattice.width)
        flat = arrive.ravel()
        reached = flat.take(lattice.push[:, :, None] + lattice.columns, mode="clip")
        beads = np.exp(sent[LONGEST:, :, inner] + reached - total)
        null_y = np.zeros((lattice.rows, lattice.width))
        going = before[:, :-1] + log_priors[NULL_Y] + arrive[: lattice.rows, inner][:, 1:]
        null_y[:, :-1] = np.exp(going - total)
        visits = np.exp(before + ahead - total)
    return Posterior(beads, null_y, visits)


def _forward(lattice: Lattice, log_priors: Floats) -> tuple[Floats, Floats]:
    """Log weights of all ways to each node, sent on along each bead; and at the nodes themselves."""
    sent = lattice.pushed()
    flat = sent.reshape(-1)
    inner = slice(lattice.pad, lattice.pad + lattice.width)
    found = np.empty((lattice.rows, lattice.width))
    priors = log_priors[:-1, None]
    steps = lattice.nodes + log_priors[NULL_Y]
    steps[:, 0] = 0.0
    climbs = np.cumsum(steps, axis=1)
    own = lattice.nodes - climbs
    for i in range(lattice.rows):
        if i:
            gathered = flat.take(lattice.pull[i][:, None] + lattice.columns)
            top = np.maximum(gathered.max(axis=0), _LOWEST)
            gathered -= top
            here = np.log(np.exp(gathered, out=gathered).sum(axis=0))
            here += top
        else:
            here = np.full(lattice.width, -np.inf)
            here[0] = 0.0
        here += own[i]
        here = np.logaddexp.accumulate(here)
        here += climbs[i]
        here += lattice.outside[i]
        found[i] = here
        np.add(lattice.scores[i], priors, out=sent[i + LONGEST, :, inner])
        sent[i + LONGEST, :, inner] += here
    return sent, found


def _backward(lattice: Lattice, log_priors: Floats) -> tuple[Floats, Floats]:
    """Log weights of all ways from each node to the end: with the node's own worth (padded), and without."""
    rows, width = lattice.rows, lattice.width
    arrive = np.full((rows + LONGEST, lattice.stride), -np.inf)
    flat = arrive.reshape(-1)
    inner = slice(lattice.pad, lattice.pad + width)
    found = np.empty((rows, width))
    scored = lattice.scores + log_priors[:-1, None]
    # A 0-1 bead goes from column j to j + 1 of the same row.
    steps = np.zeros((rows, width))
    steps[:, :-1] = lattice.nodes[:, 1:] + log_priors[NULL_Y]
    climbs = np.cumsum(steps[:, ::-1], axis=1)[:, ::-1]
    last = int(lattice.band.high[-1] - lattice.band.low[-1])
    for i in range(rows - 1, -1, -1):
        if i == rows - 1:
            here = np.where(np.isfinite(lattice.outside[i]), 0.0, -np.inf) if lattice.open_end else None
            if here is None:
                here = np.full(width, -np.inf)
                here[last] = 0.0
        else:
            gathered = flat.take(lattice.push[i][:, None] + lattice.columns)
            gathered += scored[i]
            top = np.maximum(gathered.max(axis=0), _LOWEST)
            gathered -= top
            here = np.log(np.exp(gathered, out=gathered).sum(axis=0))
            here += top
        here -= climbs[i]
        here = np.logaddexp.accumulate(here[::-1])[::-1]
        here += climbs[i]
        here += lattice.outside[i]
        found[i] = here
        arrive[i, inner] = here + lattice.nodes[i]
    return arrive, found


def decode(chances: Posterior, lattice: Lattice, *, less: float) -> list[tuple[int, int, int, int, float]]:
    """The path with the most beads expected to be right: (first x, last x + 1, first y, last y + 1, chance).

    `less` is taken from the chance of each bead with one side only: two of them must not win over the pair that they
    would make merely because they are two.
    """
    low, high = lattice.band.low, lattice.band.high
    sent = lattice.pushed()
    flat = sent.reshape(-1)
    inner = slice(lattice.pad, lattice.pad + lattice.width)
    came = np.empty((lattice.rows, lattice.width), np.int8)
    gains = chances.beads.copy()
    gains[:, NULL_X] -= less
    gains[lattice.scores < _BARRED] = -np.inf
    climbs = np.zeros((lattice.rows, lattice.width))
    np.cumsum(chances.null_y[:, :-1] - less, axis=1, out=climbs[:, 1:])
    for i in range(lattice.rows):
        if i:
            gathered = flat.take(lattice.pull[i][:, None] + lattice.columns)
            kind = gathered.argmax(axis=0)
            here = gathered[kind, lattice.columns]
        else:
            kind = np.zeros(lattice.width, np.int64)
            here = np.full(lattice.width, -np.inf)
            here[0] = 0.0
        level = here - climbs[i]
        top = np.maximum.accumulate(level)
        came[i] = np.where(top > level, NULL_Y, kind)
        np.add(gains[i], top + climbs[i] + lattice.outside[i], out=sent[i + LONGEST, :, inner])
        if i == lattice.rows - 1:
            final = top + climbs[i] + lattice.outside[i]
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
