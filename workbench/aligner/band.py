"""Where to look: a band of the lattice around the chain of telling tokens that both sides share."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from workbench.aligner.lattice import Band
from workbench.aligner.seeds import Seeds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from workbench.aligner.evidence import Evidence, Side
    from workbench.aligner.fixed import Step

# Below this many nodes the whole lattice is looked at.
WHOLE = 20_000
MARGIN = 24
_RARE = 6
_KEPT = 150
_SHORT = 50
# A chain is believed that holds this share of the points, or so many times what a random order would (2 √points).
_BELIEVED = 0.6
_BEYOND_CHANCE = 1.4
# Columns at most of a row, and nodes at most of a whole document that has few anchors.
_WIDEST = 1600
_NARROWEST = 200
_MOST_NODES = 6_000_000


def find_band(chain: list[tuple[int, int]], n: int, m: int) -> Band:
    """The whole lattice of a short document; for a long one what lies near the anchors."""
    if n * m <= WHOLE:
        return Band(np.zeros(n + 1, np.int64), np.full(n + 1, m, np.int64))
    return _around(chain, n, m)


def missing(chain: list[tuple[int, int]], n: int, m: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which segments of each side lie deep in a stretch that the other side does not have."""
    x_gone, y_gone = np.zeros(n, bool), np.zeros(m, bool)
    for (x0, y0), (x1, y1) in pairwise([(0, 0), *chain, (n, m)]):
        tall, broad = x1 - x0, y1 - y0
        for gone, start, end, own, opposite in ((x_gone, x0, x1, tall, broad), (y_gone, y0, y1, broad, tall)):
            kept = _KEPT + 3 * opposite
            if own > 2 * kept + _KEPT:
                gone[start + kept : end - kept] = True
    return x_gone, y_gone


def anchors(evidence: Evidence, fixed: Sequence[Step] = ()) -> list[tuple[int, int]]:
    """Pairs of segments that rare tokens tie together, rising on both sides: the longest such chain.

    Both ends of the `fixed` beads are among them, and nothing that crosses one.
    """
    bounds = [(step.first_x, step.last_x, step.first_y, step.last_y) for step in fixed if step.paired]
    points = ties(evidence)
    by_chance = 2 * len(points) ** 0.5
    if len(rising(points)) < min(_BELIEVED * len(points), _BEYOND_CHANCE * by_chance):
        points = []
    return _filled(evidence, _with_bounds(bounds, points))


def _filled(evidence: Evidence, chain: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The chain with more anchors where it has none for longer than the band is broad."""
    n, m = len(evidence.x), len(evidence.y)
    broadest = _broadest(n)
    gaps = [
        (x0, y0, x1, y1)
        for (x0, y0), (x1, y1) in pairwise([(-1, -1), *chain, (n, m)])
        if max(x1 - x0, y1 - y0) > broadest and min(x1 - x0, y1 - y0) > _SHORT
    ]
    if not gaps:
        return chain
    seeds = Seeds(evidence)
    for x0, y0, x1, y1 in gaps:
        points = sorted(
            seeds.find(range(x0 + 1, x1), range(y0 + 1, y1)), key=lambda point: (point[0], -point[1])
        )
        more = rising(points)
        if len(more) >= min(_BELIEVED * len(points), _BEYOND_CHANCE * 2 * len(points) ** 0.5):
            chain = chain + more
    return sorted(chain)


def _broadest(n: int) -> int:
    """How many columns of a row are looked at where there are no anchors, in a document of n segments."""
    return int(np.clip(_MOST_NODES // (n + 1), _NARROWEST, _WIDEST))


def ties(evidence: Evidence) -> list[tuple[int, int]]:
    """Pairs of segments that share rare tokens and have no better partner, by x, then falling y."""
    pairs, votes = _pairs(evidence)
    if not len(pairs):
        return []
    n, m = len(evidence.x), len(evidence.y)
    left, right = pairs // m, pairs % m
    best_x, best_y = np.zeros(n), np.zeros(m)
    np.maximum.at(best_x, left, votes)
    np.maximum.at(best_y, right, votes)
    mutual = (votes >= best_x[left]) & (votes >= best_y[right])
    left, right, votes = left[mutual], right[mutual], votes[mutual]
    strong = votes >= min(np.log(n * m) * 0.5, float(np.quantile(votes, 0.5)))
    order = np.lexsort((-right[strong], left[strong]))
    return list(zip(left[strong][order].tolist(), right[strong][order].tolist(), strict=True))


def _with_bounds(
    bounds: list[tuple[int, int, int, int]], points: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The longest rising chain of the points between fixed beads, with the ends of those."""
    if not bounds:
        return rising(points)
    first_x, last_x, first_y, last_y = (np.array(each) for each in zip(*bounds, strict=True))
    xs, ys = (np.array(each) for each in zip(*points, strict=True)) if points else (np.zeros(0), np.zeros(0))
    at = np.searchsorted(first_x, xs, side="right")
    same = (at == np.searchsorted(first_y, ys, side="right")) & (
        at == np.searchsorted(last_x, xs, side="right")
    )
    same &= at == np.searchsorted(last_y, ys, side="right")
    kept = rising([point for point, inside in zip(points, same.tolist(), strict=True) if inside])
    ends = {(a, c) for a, _, c, _ in bounds} | {(b, d) for _, b, _, d in bounds}
    return sorted({*kept, *ends})


def _pairs(evidence: Evidence) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Pairs i * m + j of segments that share rare tokens, and the summed weight of what they share."""
    m = len(evidence.y)
    x_pairs, x_votes = _votes(evidence.x, len(evidence.y))
    y_pairs, y_votes = _votes(evidence.y, len(evidence.x))
    y_pairs = (y_pairs % _FACTOR) * m + y_pairs // _FACTOR
    x_pairs = (x_pairs // _FACTOR) * m + x_pairs % _FACTOR
    pairs, inverse = np.unique(np.concatenate([x_pairs, y_pairs]), return_inverse=True)
    votes = np.bincount(inverse, weights=np.concatenate([x_votes, y_votes]), minlength=len(pairs))
    return pairs, votes.astype(np.float64)


_FACTOR = 1 << 31


def _votes(side: Side, others: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Pairs own * _FACTOR + other of segments for each rare token they share, with the token's weight."""
    rare = (side.frequency > 0) & (side.frequency <= _RARE) & (side.coverage > 0) & (side.coverage <= _RARE)
    own, held = side.tokens.owners(), side.tokens.values
    other, covered = side.covered.owners(), side.covered.values
    own, held = own[rare[held]], held[rare[held]]
    other, covered = other[rare[covered]], covered[rare[covered]]
    order = np.argsort(covered, kind="stable")
    other, covered = other[order], covered[order]
    first, last = np.searchsorted(covered, held), np.searchsorted(covered, held, side="right")
    each = last - first
    place = np.repeat(np.arange(len(held)), each)
    inside = np.arange(len(place)) - np.repeat(np.cumsum(each) - each, each)
    partners = other[first[place] + inside]
    weight = np.log(max(others, 2)) - np.log(np.maximum(side.frequency * side.coverage, 1.0))
    return own[place] * _FACTOR + partners, np.maximum(weight[held[place]], 0.1)


def rising(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest chain of points that rise strictly on both axes; points are sorted by x, then falling y."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (_, y) in enumerate(points):
        at = bisect_left(tails, y)
        if at == len(tails):
            tails.append(y)
            ends.append(index)
        else:
            tails[at] = y
            ends[at] = index
        before.append(ends[at - 1] if at else -1)
    chain: list[tuple[int, int]] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.append(points[at])
        at = before[at]
    return chain[::-1]


def _around(chain: list[tuple[int, int]], n: int, m: int) -> Band:
    """The band from two anchors before each row to two after it, so that one false anchor cannot mislead."""
    places = np.array([(0, 0), (0, 0), *chain, (n, m), (n, m)], np.int64)
    rows = np.arange(n + 1)
    at = np.searchsorted(places[2:-2, 0], rows, side="right") + 1  # the last anchor at or before each row
    low = places[np.maximum(at - 1, 0), 1] - MARGIN
    high = places[np.minimum(at + 2, len(places) - 1), 1] + MARGIN
    # Where anchors are far apart on both sides only the neighbourhood of the diagonal is looked at.
    before, after = places[at - 1], places[np.minimum(at + 2, len(places) - 1)]
    share = (rows - before[:, 0]) / np.maximum(after[:, 0] - before[:, 0], 1)
    middle = (before[:, 1] + share * (after[:, 1] - before[:, 1])).astype(np.int64)
    widest = _broadest(n)
    wide = high - low > widest
    low = np.where(wide, np.maximum(low, middle - widest // 2), low)
    high = np.where(wide, np.minimum(high, middle + widest // 2), high)
    low, high = np.clip(low, 0, m), np.clip(high, 0, m)
    low[0], high[-1] = 0, m
    high = np.maximum.accumulate(high)
    low = np.minimum.accumulate(low[::-1])[::-1]
    return Band(low, high)
