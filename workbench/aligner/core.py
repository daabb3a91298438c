"""From evidence to beads: the lattice section by section, priors estimated on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from workbench.aligner.band import WHOLE, anchors, find_band, missing
from workbench.aligner.fixed import Pins, Step, restored
from workbench.aligner.lattice import Band, Lattice, decode, posterior
from workbench.aligner.scores import Scorer
from workbench.aligner.weights import LONGEST, TYPES, WEIGHTS, Weights

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from workbench.aligner.evidence import Evidence

# Rows of a section at most, nodes of a section, and rows scored at a time.
SECTION = 1024
NODES = 150_000
BLOCK = 64
# A change of priors that moves a document's likelihood by less than this is none.
_SETTLED = 1.0
_SURE_BORDER = 0.999


def best_path(
    evidence: Evidence,
    *,
    x_breaks: Sequence[int],
    y_breaks: Sequence[int],
    fixed: Sequence[Step] = (),
    weights: Weights = WEIGHTS,
    at_section: Callable[[int], None] | None = None,
) -> list[Step]:
    """The beads most likely right, in order, covering both sides once; the `fixed` ones are among them."""
    n, m = len(evidence.x), len(evidence.y)
    x_marked, y_marked = _marked(x_breaks, n), _marked(y_breaks, m)
    chain: list[tuple[int, int]] = []
    x_gone, y_gone = np.zeros(n, bool), np.zeros(m, bool)
    if n * m > WHOLE:
        chain = anchors(evidence, fixed)
        x_gone, y_gone = missing(chain, n, m)
    for step in fixed:
        x_gone[step.first_x : step.last_x] = True
        y_gone[step.first_y : step.last_y] = True
    x_rows, y_rows = np.flatnonzero(~x_gone), np.flatnonzero(~y_gone)
    pins = Pins.of(fixed, x_rows, y_rows)
    steps: list[Step] = []
    if len(x_rows) and len(y_rows):
        scorer = Scorer(
            evidence if len(x_rows) == n and len(y_rows) == m else evidence.pick(x_rows, y_rows),
            weights,
            whole=evidence,
            x_breaks=np.append(x_marked[x_rows], False),
            y_breaks=np.append(y_marked[y_rows], False),
            x_walls=_walls(x_rows),
            y_walls=_walls(y_rows),
        )
        x_at, y_at = (
            np.searchsorted(x_rows, [x for x, _ in chain]),
            np.searchsorted(y_rows, [y for _, y in chain]),
        )
        near = list(zip(x_at.tolist(), y_at.tolist(), strict=True))
        band = pins.held(find_band(near, len(x_rows), len(y_rows)))
        steps = _walk(scorer, band, pins, weights, at_section)
    return restored(steps, fixed, x_rows=x_rows, y_rows=y_rows, n=n, m=m)


def window_path(
    evidence: Evidence, x_rows: range, y_rows: range, *, weights: Weights = WEIGHTS
) -> list[Step]:
    """The best path of some neighbouring segments alone, judged by what is common in the whole document."""
    rows, columns = np.arange(x_rows.start, x_rows.stop), np.arange(y_rows.start, y_rows.stop)
    part = evidence.pick(rows, columns)
    none = np.zeros(len(rows) + 1, bool), np.zeros(len(columns) + 1, bool)
    scorer = Scorer(
        part, weights, whole=evidence, x_breaks=none[0], y_breaks=none[1], x_walls=none[0], y_walls=none[1]
    )
    band = Band(np.zeros(len(rows) + 1, np.int64), np.full(len(rows) + 1, len(columns)))
    priors = weights.draft()
    lattice = _lattice(scorer, band, 0, open_end=False)
    path = decode(posterior(lattice, np.log(priors)), lattice, less=weights.less)
    x, y = x_rows.start, y_rows.start
    return [Step(a + x, b + x, c + y, d + y, chance) for a, b, c, d, chance in path]


def _walls(rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Before which segments others were left out, so that no bead may reach across."""
    return np.concatenate([[False], np.diff(rows) > 1, [False]]) if len(rows) else np.zeros(1, bool)


def _walk(
    scorer: Scorer,
    band: Band,
    pins: Pins,
    weights: Weights,
    at_section: Callable[[int], None] | None = None,
) -> list[Step]:
    """The best path section by section, each starting at a sure place of the one before."""
    n = len(scorer.evidence.x)
    steps: list[Step] = []
    priors = weights.priors()
    row = column = 0
    while True:
        if at_section is not None:
            at_section(row)
        width = int((band.high[row : row + SECTION] - band.low[row : row + SECTION]).max()) + 1
        rows = max(min(SECTION, NODES // width), 4 * LONGEST)
        overlap = max(rows // 10, LONGEST)
        last = n if n - row <= rows + overlap else row + rows + overlap
        found, priors = _section(scorer, band, (row, column), last, priors, pins, weights)
        if last == n:
            return steps + found
        kept = _cut(found, row + rows, row + rows * 3 // 4)
        steps += found[:kept]
        row, column = found[kept - 1].last_x, found[kept - 1].last_y


def _cut(found: list[Step], row: int, least: int) -> int:
    """How many steps to keep: to the surest border between two 1-1 beads in rows `least` to `row`, if there is one."""
    best, at = -1.0, 0
    for index in range(len(found) - 1, 0, -1):
        before, after = found[index - 1], found[index]
        if after.first_x > row:
            continue
        at = at or index
        if after.first_x < least or best > _SURE_BORDER:
            break
        if before.last_x - before.first_x == before.last_y - before.first_y == 1:
            sure = min(before.chance, after.chance)
            if sure > best:
                best, at = sure, index
    return at or len(found)


def _marked(starts: Sequence[int], count: int) -> NDArray[np.bool_]:
    """Where paragraphs start; the start of the document tells nothing, so it is left out."""
    marked = np.zeros(count + 1, bool)
    marked[[start for start in starts if 0 < start < count]] = True
    return marked


def _section(
    scorer: Scorer,
    band: Band,
    start: tuple[int, int],
    last: int,
    priors: NDArray[np.float64],
    pins: Pins,
    weights: Weights,
) -> tuple[list[Step], NDArray[np.float64]]:
    """The best path from a node to row `last`, and the priors as this section and the fixed beads in it have them."""
    row, column = start
    low = np.maximum(band.low[row : last + 1], column)
    part = Band(low, np.maximum(band.high[row : last + 1], low))
    low[0] = column
    lattice = _lattice(scorer, part, row, open_end=last < len(scorer.evidence.x))
    pins.bar(lattice.scores, row, part.low)
    seen = pins.seen(row, last)
    chances = posterior(lattice, np.log(priors))
    for turn in range(weights.rounds):
        before, counts = priors, chances.counts() + seen
        priors = weights.estimate(counts)
        if turn and counts @ np.abs(np.log(priors / before)) < _SETTLED:
            break
        if scorer.breaks:
            lattice = lattice.valued(scorer.worths(lattice, chances.visits))
        if turn == 0:
            lattice, kept = lattice.narrowed(chances.visits)
            near = chances.picked(kept)
            lattice = scorer.fit_ratio(lattice, near, row)
            if scorer.fit_cover(lattice, near, row):
                worths = lattice.worths
                lattice = _lattice(scorer, lattice.band, row, open_end=lattice.open_end).valued(worths)
                pins.bar(lattice.scores, row, lattice.band.low)
        chances = posterior(lattice, np.log(priors))
    path = decode(chances, lattice, less=weights.less)
    return [Step(a + row, b + row, c, d, chance) for a, b, c, d, chance in path], priors


def _lattice(scorer: Scorer, band: Band, row: int, *, open_end: bool) -> Lattice:
    """The scores of a band whose first row is `row` of the document."""
    rows, width = len(band.low), band.width
    scores = np.full((rows, len(TYPES), width), -np.inf)
    for first in range(0, rows - 1, BLOCK):
        last = min(first + BLOCK, rows - 1)
        left, right = int(band.low[first]), int(band.high[last - 1])
        block = scorer.block((row + first, row + last), (left, right))
        for at in range(first, last):
            shift = int(band.low[at]) - left
            count = int(band.high[at] - band.low[at]) + 1
            scores[at, :, :count] = block[at - first, :, shift : shift + count]
    kinds = scorer.kinds(row, band.low, width)
    return Lattice(scores, kinds, band, worths=scorer.worths(), open_end=open_end)
