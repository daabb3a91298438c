"""How often translations of this document cover tokens: fitted to the beads that are likely after a first look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from workbench.aligner.evidence import distinct
from workbench.aligner.weights import LONGEST, NULL_X, TYPES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from workbench.aligner.evidence import Lists, Side
    from workbench.aligner.lattice import Lattice, Posterior
    from workbench.aligner.weights import Weights

    Integers = NDArray[np.int64]

_LIKELY = 0.5


def likely_beads(lattice: Lattice, chances: Posterior, row: int) -> tuple[Integers, Integers]:
    """For each segment of each side the number of the likely bead with both sides that holds it, or -1."""
    rows, kinds, columns = np.nonzero(chances.beads[:, :NULL_X] > _LIKELY)
    x = np.full(row + lattice.rows + LONGEST, -1)
    y = np.full(int(lattice.band.high.max()) + LONGEST, -1)
    columns = columns + lattice.band.low[rows]
    for number, (i, kind, j) in enumerate(zip(rows + row, kinds, columns, strict=True)):
        a, b = TYPES[kind]
        x[i : i + a] = number
        y[j : j + b] = number
    return x, y


def fitted_cover(
    side: Side, cover: tuple[float, ...], beads: tuple[Integers, Integers], weights: Weights
) -> tuple[float, ...]:
    """By class of token of `side`, the chance that a translation covers it: as expected, or less in a free translation.

    `beads` are the numbers of the likely beads of the segments of this side and of the other. Only words and names are
    fitted, and only downwards: beads were found by what they cover, so they flatter.
    """
    own, other = beads
    kinds = len(side.classes)
    held, covered = _within(side.tokens, own, kinds), _within(side.covered, other, kinds)
    held = held[side.coverage[held % kinds] > 0]
    hit = np.isin(held, covered, assume_unique=True)
    classes = side.classes[held % kinds]
    count = np.bincount(classes, minlength=len(cover))
    hits = np.bincount(classes[hit], minlength=len(cover))
    expected = np.array(cover)
    found = (hits + weights.cover_strength * expected) / (count + weights.cover_strength)
    free = np.isin(np.arange(len(cover)), weights.cover_fitted) & (found < expected)
    return tuple(np.where(free, np.maximum(found, 0.05), expected).tolist())


def _within(lists: Lists, beads: Integers, kinds: int) -> Integers:
    """Bead number * kinds + token, once each, of the tokens listed for segments that are in a bead."""
    inside = min(len(beads), len(lists.starts) - 1)
    rows = np.flatnonzero(beads[:inside] >= 0)
    tokens, place = lists.expand(rows)
    return (
        distinct(beads[rows][place] * kinds + tokens) if len(rows) and len(tokens) else np.zeros(0, np.int64)
    )
