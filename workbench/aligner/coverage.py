"""How the tokens of segments are covered by windows of the other side: log-likelihood ratios against chance."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
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
# Multiplications that a matrix product may take at a time.
_PIECE = 200_000


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
    widths = range(1, min(LONGEST, width) + 1)
    windows = [sizes[by - 1][columns[0] : columns[1] - by + 1] for by in widths]
    length = np.log(np.maximum(np.concatenate(windows), 1.0))
    fit = product(_summed(known.curve[values], owners, height), _between(length))
    fit += gains
    fit -= hits * length
    fit *= known.weight
    starts = [sum(len(each) for each in windows[:at]) for at in range(len(windows) + 1)]
    found = [fit[:, first:last] for first, last in pairwise(starts)]
    found += [np.zeros((height, 0))] * (LONGEST - len(found))
    if width < 2:
        none = np.zeros((height, 0))
        return Fits(found, none, none)
    length = length[:width]
    count = np.bincount(owners, minlength=height).astype(np.float64)[:, None]
    logit = np.bincount(owners, known.logit[values], minlength=height)[:, None] / np.maximum(count, 1)
    stays = np.log(moved) - np.log(1 - moved) - logit
    crossed = []
    for own, other in ((slice(1, width), slice(width - 1)), (slice(width - 1), slice(1, width))):
        # Tokens that the own partner lacks and its neighbour has: by chance, or because part of the segment moved.
        value = hits[:, starts[1] : starts[2]] - hits[:, own]
        value *= stays - length[other]
        value += gains[:, starts[1] : starts[2]]
        value -= gains[:, own]
        value += (count - hits[:, own]) * np.log(1 - moved)
        value *= known.weight
        crossed.append(value)
    return Fits(found, crossed[0], crossed[1])


def product(left: Floats, right: Floats) -> Floats:
    """The matrix product, in pieces small enough that it is not spread over threads, which would cost more than it."""
    step = max(_PIECE // max(left.size, 1), 1)
    if step >= right.shape[1]:
        return np.asarray(left @ right, np.float64)
    found = np.empty((left.shape[0], right.shape[1]))
    for first in range(0, right.shape[1], step):
        np.matmul(left, right[:, first : first + step], out=found[:, first : first + step])
    return found


def _between(length: Floats) -> Floats:
    """What takes a curve's values on the grid to those at some lengths: [place on the grid, length]."""
    place = np.clip(length / _GRID[1], 0, len(_GRID) - 1.001)
    at = place.astype(np.int64)
    part = place - at
    found = np.zeros((len(_GRID), len(length)))
    columns = np.arange(len(length))
    found[at, columns] = 1 - part
    found[at + 1, columns] = part
    return found


def _hits(
    side: Side,
    known: Rates,
    held: tuple[NDArray[np.int64], NDArray[np.int64]],
    height: int,
    columns: tuple[int, int],
) -> tuple[Floats, Floats]:
    """[segment, window] the summed gain and the number of the segment's tokens that a window covers.

    Windows of one column come first, by where they start, then those of two and so on.

    What is listed is each meeting of a token with a column that covers it, with the distance from the column before
    that does so too: a window grown by one column has one more token where that distance reaches over the window.
    """
    values, owners = held
    width = columns[1] - columns[0]
    present = np.zeros(len(side.classes), bool)
    present[values] = True
    tokens, at = side.covered.slice(*columns)
    kept = np.flatnonzero(present[tokens])
    bits = width.bit_length()
    pairs = np.sort(tokens[kept].astype(np.int64) << bits | at[kept])
    tokens, at = pairs >> bits, pairs & ((1 << bits) - 1)
    # From the column before that has the token too, LONGEST - 1 at most: the widths of window that count it once only.
    same = np.flatnonzero(tokens[1:] == tokens[:-1])
    gap = np.full(len(at), LONGEST - 1)
    gap[same + 1] = np.minimum(at[same + 1] - at[same], LONGEST) - 1
    begins = np.ones(len(tokens), bool)
    begins[same + 1] = False
    runs = np.flatnonzero(begins)
    first, number = np.zeros((2, len(side.classes)), np.int64)
    first[tokens[runs]] = runs
    number[tokens[runs]] = np.diff(runs, append=len(tokens))
    counts = number[values]
    place = np.repeat(np.arange(len(values)), counts)
    entry = np.arange(len(place)) + np.repeat(first[values] - np.cumsum(counts) + counts, counts)
    cells = (owners * width)[place] + (gap * (height * width) + at)[entry]
    widest = min(LONGEST, width)
    gains, hits = np.empty((2, height, widest * width - widest * (widest - 1) // 2))
    for sums, each in ((gains, known.gain[values][place]), (hits, None)):
        fresh = np.bincount(cells, each, minlength=LONGEST * height * width).reshape(LONGEST, height, width)
        for by in range(LONGEST - 1, 0, -1):
            fresh[by - 1] += fresh[by]
        sums[:, :width] = fresh[0]
        end = width
        for by in range(1, widest):
            start, end = end, end + width - by
            np.add(sums[:, start - width + by - 1 : start - 1], fresh[by][:, by:], out=sums[:, start:end])
    return gains, hits


def _summed(values: NDArray[np.float32], owners: NDArray[np.int64], count: int) -> Floats:
    """Sums of the values [place, …] of each owner; owners ascend."""
    at = np.searchsorted(owners, np.arange(count + 1))
    found = np.zeros((count, values.shape[1]))
    some = np.flatnonzero(at[1:] > at[:-1])
    found[some] = np.add.reduceat(values, at[some], axis=0, dtype=np.float64)
    return found
