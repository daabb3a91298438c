"""How the tokens of segments are covered by windows of the other side: log-likelihood ratios against chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from workbench.aligner.weights import LONGEST

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from workbench.aligner.evidence import Side
    from workbench.aligner.weights import Weights

    Floats = NDArray[np.float64]

# Logarithms of lengths between which the penalty for chance is interpolated.
_GRID = np.linspace(0.0, np.log(8000.0), 24)


@dataclass(frozen=True, slots=True)
class Rates:
    """By token of one side: chance of being covered by a partner, and what it counts.

    `gain` is what a covered token counts, before the length of the window is taken off it, `curve` [token, length]
    what any token counts against windows of the lengths of the grid, `logit` the log odds of being covered.
    """

    cover: Floats
    gain: Floats
    logit: Floats
    curve: NDArray[np.float32]
    weight: float


def rates(side: Side, other: Side, cover: tuple[float, ...], weight: float, weights: Weights) -> Rates:
    """How telling each token of `side` is in this document."""
    count = max(len(other), 1)
    covering = side.coverage
    chance = (
        np.maximum(covering - weights.own_share * np.minimum(side.frequency, covering), 0.0) + weights.floor
    )
    odds = (
        chance / np.maximum(count - chance, 1.0) / max(float(other.size.mean()) if len(other) else 1.0, 1.0)
    )
    covers = np.array(cover)[side.classes] * (covering > 0)
    telling = np.flatnonzero(covers > 0)
    logit, gain = np.zeros(len(covers)), np.zeros(len(covers))
    logit[telling] = np.log(covers[telling] / (1 - covers[telling]))
    gain[telling] = logit[telling] - np.log(odds[telling])
    curve = np.log1p(-covers)[:, None] + np.log1p(odds[:, None] * np.exp(_GRID))
    return Rates(covers, gain, logit, curve.astype(np.float32), weight)


@dataclass(frozen=True, slots=True)
class Fits:
    """How segments fit windows of the other side: `whole[k]` [segment, start] windows of k + 1 segments.

    `from_first` and `from_second` say of a segment and a window of two what speaks for part of it being translated in
    the one although the other, its own partner, has the rest.
    """

    whole: list[Floats]
    from_first: Floats
    from_second: Floats


def coverage(
    side: Side,
    known: Rates,
    rows: tuple[int, int],
    columns: tuple[int, int],
    sizes: list[Floats],
    moved: float,
) -> Fits:
    """For window widths 1..LONGEST of the other side: the fit of each segment in `rows` with each window.

    A token covered counts log(cover / chance), one not covered log((1 - cover) / (1 - chance)), where the odds of
    chance grow with the length of the window.
    """
    values, owners = side.tokens.slice(*rows)
    telling = known.cover[values] > 0
    values, owners = values[telling], owners[telling]
    height, width = rows[1] - rows[0], columns[1] - columns[0]
    if not len(values) or not width:
        whole = [np.zeros((height, max(width - by, 0))) for by in range(LONGEST)]
        return Fits(whole, whole[1], whole[1])
    gains, hits = _hits(side, known, (values, owners), height, columns)
    curve = _summed(known.curve[values], owners, height)
    found: list[Floats] = []
    for by in range(1, LONGEST + 1):
        if by > width:
            found.append(np.zeros((height, 0)))
            continue
        length = np.log(np.maximum(sizes[by - 1][columns[0] : columns[1] - by + 1], 1.0))
        place = np.clip(length / _GRID[1], 0, len(_GRID) - 1.001)
        at = place.astype(np.int64)
        part = place - at
        fit = gains[by - 1] - hits[by - 1] * length
        fit += curve[:, at] * (1 - part) + curve[:, at + 1] * part
        fit *= known.weight
        found.append(fit)
    length = np.log(np.maximum(sizes[0][columns[0] : columns[1]], 1.0))
    count = np.bincount(owners, minlength=height).astype(np.float64)[:, None]
    logit = np.bincount(owners, known.logit[values], minlength=height)[:, None] / np.maximum(count, 1)
    crossed = []
    for own, other in ((slice(1, None), slice(None, -1)), (slice(None, -1), slice(1, None))):
        # Tokens that the own partner lacks and its neighbour has: by chance, or because part of the segment moved.
        if width < 2:
            crossed.append(np.zeros((height, 0)))
            continue
        more_gains, more_hits = gains[1] - gains[0][:, own], hits[1] - hits[0][:, own]
        lacking = count - hits[0][:, own]
        value = more_gains + more_hits * (np.log(moved) - logit - length[other])
        value += (lacking - more_hits) * np.log(1 - moved)
        crossed.append(value * known.weight)
    return Fits(found, crossed[0], crossed[1])


def _hits(
    side: Side,
    known: Rates,
    held: tuple[NDArray[np.int64], NDArray[np.int64]],
    height: int,
    columns: tuple[int, int],
) -> tuple[list[Floats], list[Floats]]:
    """By window width: [segment, start] the summed gain and the number of the segment's tokens that a window covers.

    What is listed is each meeting of a token with a column that covers it, with the distance from the column before
    that does so too: a window grown by one column has one more token where that distance reaches over the window.
    """
    values, owners = held
    width = columns[1] - columns[0]
    present = np.zeros(len(side.classes), bool)
    present[values] = True
    tokens, at = side.covered.slice(*columns)
    kept = present[tokens]
    tokens, at = tokens[kept], at[kept]
    order = np.argsort(tokens, kind="stable")
    tokens, at = tokens[order], at[order]
    gap = np.full(len(at), LONGEST)
    gap[1:] = np.where(tokens[1:] == tokens[:-1], at[1:] - at[:-1], LONGEST)
    first, last = np.searchsorted(tokens, values), np.searchsorted(tokens, values, side="right")
    counts = last - first
    place = np.repeat(np.arange(len(values)), counts)
    entry = np.arange(len(place)) + np.repeat(first - np.cumsum(counts) + counts, counts)
    cells, gaps, worth = owners[place] * width + at[entry], gap[entry], known.gain[values][place]
    gains: list[Floats] = []
    hits: list[Floats] = []
    for by in range(1, LONGEST + 1):
        if by > width:
            break
        if by > 1:
            wide = gaps >= by
            cells, gaps, worth = cells[wide], gaps[wide], worth[wide]
        gain, hit = (
            np.bincount(cells, each, minlength=height * width).reshape(height, width).astype(np.float64)
            for each in (worth, None)
        )
        gains.append(gains[-1][:, :-1] + gain[:, by - 1 :] if gains else gain)
        hits.append(hits[-1][:, :-1] + hit[:, by - 1 :] if hits else hit)
    return gains, hits


def _summed(values: NDArray[np.float32], owners: NDArray[np.int64], count: int) -> Floats:
    """Sums of the values [place, …] of each owner; owners ascend."""
    ends = np.zeros((len(values) + 1, values.shape[1]))
    np.cumsum(values, axis=0, dtype=np.float64, out=ends[1:])
    at = np.searchsorted(owners, np.arange(count + 1))
    return np.asarray(ends[at[1:]] - ends[at[:-1]], np.float64)
