"""Anchors where no token is rare: a few neighbouring segments looked for in the whole other side by all they share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from workbench.aligner.evidence import Evidence

# Segments of y between two samples, segments of a sample, samples at most.
_APART = 64
_SAMPLE = 3
_MOST = 2000
# Tokens that more than this share of segments have tell too little for what they cost.
_COMMON = 0.3
# How much better than anywhere else, in nats, a sample must fit where it fits best.
_MARGIN = 4.0


class Seeds:
    """Finds where segments of y fit x, by the summed weight of the tokens of x that they cover."""

    def __init__(self, evidence: Evidence) -> None:
        x = evidence.x
        count = len(x)
        told = (x.frequency > 0) & (x.frequency <= count * _COMMON) & (x.coverage > 0)
        self._weight = np.where(told, np.log(count / np.maximum(x.frequency, 1)), 0.0)
        self._covered = x.covered
        owners, values = x.tokens.owners(), x.tokens.values
        kept = told[values]
        owners, values = owners[kept], values[kept]
        self._total = np.bincount(owners, self._weight[values], minlength=count)
        order = np.argsort(values, kind="stable")
        self._places = owners[order]
        self._starts = np.searchsorted(values[order], np.arange(len(told) + 1))

    def find(self, rows: range, columns: range) -> list[tuple[int, int]]:
        """Pairs (segment in `rows` of x, segment in `columns` of y) that clearly belong together, by y."""
        samples = min(len(columns) // _APART + 1, _MOST)
        found: list[tuple[int, int]] = []
        for j in (
            np.linspace(columns.start, max(columns.stop - _SAMPLE, columns.start), samples)
            .astype(int)
            .tolist()
        ):
            size = min(_SAMPLE, columns.stop - j)
            height = len(rows) - size + 1
            if height < 1:
                continue
            fit = np.zeros(height)
            for at in range(size):
                fit += self._fits(j + at)[rows.start + at : rows.start + at + height]
            best = int(fit.argmax())
            top = float(fit[best])
            fit[max(best - _SAMPLE, 0) : best + _SAMPLE + 1] = -np.inf
            if top - float(fit.max()) > _MARGIN:
                found.append((rows.start + best, j))
        return found

    def _fits(self, j: int) -> NDArray[np.float64]:
        """How well segment j of y fits each segment of x: what it covers less what it does not."""
        tokens, _ = self._covered.slice(j, j + 1)
        tokens = tokens[self._weight[tokens] > 0]
        first, last = self._starts[tokens], self._starts[tokens + 1]
        counts = last - first
        at = np.arange(int(counts.sum())) + np.repeat(first - np.cumsum(counts) + counts, counts)
        worth = np.repeat(self._weight[tokens], counts)
        hit = np.bincount(self._places[at], worth, minlength=len(self._total))
        return np.asarray(2.0 * hit - self._total, np.float64)
