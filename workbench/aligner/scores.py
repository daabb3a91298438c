"""How well each possible bead fits: log-likelihood ratios against chance, over a block of the lattice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from workbench.aligner.coverage import Fits, coverage, product, rates
from workbench.aligner.edges import agreement, tag_sums
from workbench.aligner.fitting import fitted_cover, likely_beads
from workbench.aligner.lattice import KINDS, Lattice
from workbench.aligner.weights import LONGEST, NULL_X, TYPES, Weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from workbench.aligner.evidence import Evidence
    from workbench.aligner.lattice import Posterior


def windows(values: NDArray[np.float64], widest: int) -> list[NDArray[np.float64]]:
    """Sums of 1..widest neighbours, by where the window starts; short at the end."""
    sums = np.concatenate([np.zeros(1), np.cumsum(values)])
    return [sums[width:] - sums[:-width] for width in range(1, widest + 1)]


_WALL = -1e6
# Segments of one side and of the other in a bead, and those it can be summed up from.
_SHAPES = {(own, b) for a, b in TYPES[:NULL_X] for own in range(1, a + 1)}
_SHAPES |= {(own, a) for a, b in TYPES[:NULL_X] for own in range(1, b + 1)}
# Lengths are trusted less than their scatter would allow, for other evidence is not independent of them.
_LOOSE = 1.35


class Scorer:
    """Scores of all beads of a document, block by block."""

    def __init__(
        self,
        evidence: Evidence,
        weights: Weights,
        *,
        whole: Evidence | None = None,
        x_breaks: NDArray[np.bool_],
        y_breaks: NDArray[np.bool_],
        x_walls: NDArray[np.bool_],
        y_walls: NDArray[np.bool_],
    ) -> None:
        self.evidence, self.weights = evidence, weights
        x, y = (whole or evidence).x, (whole or evidence).y
        self.x_rates = rates(x, y, weights.cover_x, weights.lexical_x, weights)
        self.y_rates = rates(y, x, weights.cover_y, weights.lexical_y, weights)
        self._whole = x, y
        self._begins, self._closes = (agreement(x.edges[at], y.edges[at], weights) for at in (0, 1))
        self._x_tags = tag_sums(evidence.x.edges, evidence.x.size, weights)
        self._y_tags = tag_sums(evidence.y.edges, evidence.y.size, weights)
        self._cover = weights.cover_x, weights.cover_y
        base = weights.length_base
        self.x_background = [_moments(np.log(size + base)) for size in windows(x.size, LONGEST)]
        self.y_background = [_moments(np.log(size + base)) for size in windows(y.size, LONGEST)]
        self.x_sizes, self.y_sizes = windows(evidence.x.size, LONGEST), windows(evidence.y.size, LONGEST)
        self.x_breaks, self.y_breaks = x_breaks, y_breaks
        self.breaks = bool(x_breaks.any() and y_breaks.any())
        self.x_inner = _inner(x_breaks, x_walls, weights.break_inside)
        self.y_inner = _inner(y_breaks, y_walls, weights.break_inside)
        self.ratio = weights.ratio
        self.spread = weights.length_spread

    def block(self, rows: tuple[int, int], columns: tuple[int, int]) -> NDArray[np.float64]:
        """Scores [i - rows[0], type, j - columns[0]] of beads that start at node (i, j), without priors.

        Nodes run over rows[0]..rows[1]-1 and columns[0]..columns[1]; a bead that leaves the document has -inf.
        """
        x, y = self.evidence.x, self.evidence.y
        last_x, last_y = min(len(x), rows[1] + LONGEST - 1), min(len(y), columns[1] + LONGEST)
        wide_x, wide_y = (rows[0], last_x), (columns[0], last_y)
        x_fits = coverage(x, self.x_rates, wide_x, wide_y, self.y_sizes, self.weights.moved)
        y_fits = coverage(y, self.y_rates, wide_y, wide_x, self.x_sizes, self.weights.moved)
        height, width = rows[1] - rows[0], columns[1] - columns[0] + 1
        x_sums, y_sums = _runs(x_fits.whole), _runs(y_fits.whole)
        left, right = self._left(rows[0], height, last_x), self._right(columns[0], width, last_y)
        found = np.full((height, len(TYPES), width), -np.inf)
        for number, (a, b) in enumerate(TYPES):
            if number == NULL_X:
                found[:, number] = 0.0
                continue
            tall, broad = min(height, last_x - rows[0] - a + 1), min(width, last_y - columns[0] - b + 1)
            if tall <= 0 or broad <= 0:
                continue
            fit = x_sums[a, b][:tall, :broad] + y_sums[b, a][:broad, :tall].T
            if a == b == 2:
                _allow_recut(fit, x_fits, y_fits, self.weights.recut)
            np.add(fit, product(left[a, b == 1], right[b, a == 1]), out=found[:tall, number, :broad])
        return found

    def _left(self, first: int, height: int, last: int) -> dict[tuple[int, bool], NDArray[np.float64]]:
        """What `_right` is to be multiplied by, [place, 7]: by segments of x in a bead and whether y has one there."""
        weight, base, edges = self.weights.length, self.weights.length_base, self.evidence.x.edges
        found: dict[tuple[int, bool], NDArray[np.float64]] = {}
        for a in range(1, LONGEST + 1):
            tall = min(height, last - first - a + 1)
            if tall <= 0:
                break
            size = self.x_sizes[a - 1][first : first + tall]
            length = np.log(size * self.ratio + base)
            apart = _apart(np.log(size + base), self.x_background[a - 1])
            own = weight * (-0.5 * (length / self.spread) ** 2 - np.log(self.spread) - 0.5 * apart)
            own += _inside(self.x_inner, first, a, tall)
            begins = edges[0, first : first + tall].astype(np.float64)
            closes = edges[1, first + a - 1 : first + a - 1 + tall].astype(np.float64)
            one = np.ones(tall)
            for tagged in (False, True):
                sure = own + _inside(self._x_tags, first, a, tall) if tagged else own
                parts = (
                    weight * length / self.spread**2,
                    sure,
                    one,
                    one - begins,
                    begins,
                    one - closes,
                    closes,
                )
                found[a, tagged] = np.stack(parts, axis=1)
        return found

    def _right(self, first: int, width: int, last: int) -> dict[tuple[int, bool], NDArray[np.float64]]:
        """The part of y in the worth of lengths, borders and edges, [7, place]: by its segments in a bead, as above."""
        weight, base, edges = self.weights.length, self.weights.length_base, self.evidence.y.edges
        found: dict[tuple[int, bool], NDArray[np.float64]] = {}
        for b in range(1, LONGEST + 1):
            broad = min(width, last - first - b + 1)
            if broad <= 0:
                break
            length = np.log(self.y_sizes[b - 1][first : first + broad] + base)
            apart = _apart(length, self.y_background[b - 1])
            own = weight * (-0.5 * (length / self.spread) ** 2 - 0.5 * apart)
            own += _inside(self.y_inner, first, b, broad)
            begins = self._begins[:, edges[0, first : first + broad].astype(np.int8)]
            closes = self._closes[:, edges[1, first + b - 1 : first + b - 1 + broad].astype(np.int8)]
            for tagged in (False, True):
                sure = own + _inside(self._y_tags, first, b, broad) if tagged else own
                found[b, tagged] = np.stack((length, np.ones(broad), sure, *begins, *closes))
        return found

    def fit_ratio(self, lattice: Lattice, chances: Posterior, row: int) -> Lattice:
        """The lattice, whose first row is `row`, with lengths scored by the ratio that its likely beads show.

        The ratio stays for what follows. Cheap where the lattice is narrow.
        """
        sizes = [self._sizes(lattice, row, a, b) for a, b in TYPES[:NULL_X]]
        x_sum = y_sum = count = 0.0
        for number, (x, y) in enumerate(sizes):
            chance = np.where(lattice.inside, chances.beads[:, number], 0.0)
            x_sum, y_sum = x_sum + float((chance * x).sum()), y_sum + float((chance * y).sum())
            count += float(chance.sum())
        if min(x_sum, y_sum) <= 0:
            return lattice
        strength = self.weights.ratio_strength
        log_ratio = (count * np.log(y_sum / x_sum) + strength * np.log(self.ratio)) / (count + strength)
        old, self.ratio = self.ratio, float(np.exp(np.clip(log_ratio, -1.0, 1.0)))
        base, old_spread = self.weights.length_base, self.spread
        self.spread = self._fitted_spread(lattice, chances, sizes)
        scores = lattice.scores.copy()
        for number, (x, y) in enumerate(sizes):
            right = np.log(y + base)
            before, after = (np.log(x * ratio + base) - right for ratio in (old, self.ratio))
            gain = 0.5 * ((before / old_spread) ** 2 - (after / self.spread) ** 2) - np.log(
                self.spread / old_spread
            )
            scores[:, number] += self.weights.length * gain
        return lattice.scored(scores)

    def _fitted_spread(
        self,
        lattice: Lattice,
        chances: Posterior,
        sizes: list[tuple[NDArray[np.float64], NDArray[np.float64]]],
    ) -> float:
        """How far lengths scatter: as the weights say, or more where the likely beads scatter more."""
        base, strength = self.weights.length_base, self.weights.ratio_strength
        count, total = strength, strength * (self.weights.length_spread / _LOOSE) ** 2
        for number, (x, y) in enumerate(sizes):
            chance = np.where(lattice.inside, chances.beads[:, number], 0.0)
            total += float((chance * (np.log(x * self.ratio + base) - np.log(y + base)) ** 2).sum())
            count += float(chance.sum())
        return float(np.clip(_LOOSE * np.sqrt(total / count), self.weights.length_spread, 0.5))

    def _sizes(
        self, lattice: Lattice, row: int, a: int, b: int
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Sizes of both sides of the beads of one type that start at each node (at the end of the text, of any)."""
        x, y = self.x_sizes[a - 1], self.y_sizes[b - 1]
        if not len(x) or not len(y):
            return np.ones((lattice.rows, 1)), np.ones((lattice.rows, lattice.width))
        rows = np.minimum(np.arange(row, row + lattice.rows), len(x) - 1)
        return x[rows][:, None], y[np.minimum(lattice.band.low[:, None] + lattice.columns, len(y) - 1)]

    def fit_cover(self, lattice: Lattice, chances: Posterior, row: int) -> bool:
        """Expect as many words to be covered as the likely beads show; whether beads have to be scored anew."""
        own, other = likely_beads(lattice, chances, row)
        weights = self.weights
        cover = (
            fitted_cover(self.evidence.x, weights.cover_x, (own, other), weights),
            fitted_cover(self.evidence.y, weights.cover_y, (other, own), weights),
        )
        moved = np.abs(np.array(cover) - np.array(self._cover)).max()
        if moved < weights.cover_slack:
            return False
        self._cover = cover
        x, y = self._whole
        self.x_rates = rates(x, y, cover[0], weights.lexical_x, weights)
        self.y_rates = rates(y, x, cover[1], weights.lexical_y, weights)
        return True

    def kinds(self, row: int, low: NDArray[np.int64], width: int) -> NDArray[np.int8]:
        """What meets at the nodes of rows `row`, `row` + 1 …: 1 where x starts a paragraph + 2 where y does."""
        columns = np.minimum(low[:, None] + np.arange(width), len(self.y_breaks) - 1)
        found = self.x_breaks[row : row + len(low), None] + 2 * self.y_breaks[columns]
        return np.asarray(found, np.int8)

    def worths(
        self, lattice: Lattice | None = None, visits: NDArray[np.float64] | None = None
    ) -> NDArray[np.float64]:
        """What each kind of node is worth: how much likelier on the right path than by chance.

        What the weights expect of paragraphs is corrected by how often they met on the paths seen so far.
        """
        if not self.breaks:
            return np.zeros(KINDS)
        x_rate, y_rate = _rate(self.x_breaks), _rate(self.y_breaks)
        both = self.weights.break_kept * min(x_rate, y_rate)
        expected = np.array([0.0, x_rate - both, y_rate - both, both])
        expected[1:3] = np.maximum(expected[1:3], 0.1 * both)
        expected[0] = max(1.0 - float(expected.sum()), 0.05)
        counts = expected * self.weights.break_strength
        if lattice is not None and visits is not None:
            counts = counts + np.bincount(lattice.kinds.ravel(), weights=visits.ravel(), minlength=KINDS)
        chance = np.outer([1 - y_rate, y_rate], [1 - x_rate, x_rate]).ravel()
        return np.asarray(self.weights.breaks * np.log(counts / counts.sum() / chance), np.float64)


def _rate(breaks: NDArray[np.bool_]) -> float:
    """How often a paragraph starts, kept away from never and always."""
    return float(np.clip(breaks.mean(), 0.02, 0.9))


def _runs(fits: list[NDArray[np.float64]]) -> dict[tuple[int, int], NDArray[np.float64]]:
    """[first segment, window] how well runs of segments fit windows, by the segments of a run and of a window."""
    found: dict[tuple[int, int], NDArray[np.float64]] = {}
    for own, other in sorted(_SHAPES):
        fit = fits[other - 1]
        found[own, other] = found[own - 1, other][:-1] + fit[own - 1 :] if own > 1 else fit
    return found


def _apart(length: NDArray[np.float64], background: tuple[float, float]) -> NDArray[np.float64]:
    """The log density of lengths among all the segments of a side, but for a constant."""
    mean, spread = background
    return np.asarray(-0.5 * ((length - mean) / spread) ** 2 - np.log(spread), np.float64)


def _allow_recut(fit: NDArray[np.float64], x: Fits, y: Fits, cost: float) -> None:
    """Raise the fit of 2-2 beads whose segments pair one to one but for a part that stands with the other pair."""
    tall, broad = fit.shape
    own = x.whole[0][:tall, :broad] + y.whole[0][:broad, :tall].T
    own = own + x.whole[0][1 : tall + 1, 1 : broad + 1] + y.whole[0][1 : broad + 1, 1 : tall + 1].T
    ahead = own + x.from_first[1 : tall + 1, :broad] + y.from_second[:broad, :tall].T
    back = own + x.from_second[:tall, :broad] + y.from_first[1 : broad + 1, :tall].T
    np.logaddexp(fit, np.logaddexp(ahead, back) + cost, out=fit)


def _inner(breaks: NDArray[np.bool_], walls: NDArray[np.bool_], cost: float) -> NDArray[np.float64]:
    """Summed costs of the borders before each segment: a bead should not hold a break and cannot hold a wall."""
    return np.concatenate([np.zeros(1), np.cumsum(np.where(walls, _WALL, np.where(breaks, cost, 0.0))[1:])])


def _inside(sums: NDArray[np.float64], first: int, by: int, count: int) -> NDArray[np.float64]:
    """What the borders inside `by` segments are worth, for each of `count` places from `first` on."""
    return np.asarray(sums[first + by - 1 : first + by - 1 + count] - sums[first : first + count], np.float64)


def _moments(values: NDArray[np.float64]) -> tuple[float, float]:
    """Mean and spread, the spread kept from being too small."""
    if not len(values):
        return 0.0, 1.0
    return float(values.mean()), max(float(values.std()), 0.35)
