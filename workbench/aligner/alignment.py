"""The verb of the family: from two lists of segments to beads with scores."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from workbench.model import Bead

if TYPE_CHECKING:
    from collections.abc import Sequence

DOUBTFUL = 0.5
_PRIORS = {(1, 1): 0.88, (1, 2): 0.04, (2, 1): 0.04, (1, 0): 0.015, (0, 1): 0.015, (2, 2): 0.01}


def align(
    source: Sequence[str],
    target: Sequence[str],
    *,
    source_lang: str = "en",
    target_lang: str = "zh",
    source_breaks: Sequence[int] = (),
    target_breaks: Sequence[int] = (),
) -> list[Bead]:
    """Beads that cover both sides once, in order, by the segments' lengths (Gale and Church 1993)."""
    del source_lang, target_lang, source_breaks, target_breaks
    lengths = [len(text) for text in source], [len(text) for text in target]
    ratio = (sum(lengths[1]) or 1) / (sum(lengths[0]) or 1)
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(len(source) + 1):
        for j in range(len(target) + 1):
            for (a, b), prior in _PRIORS.items():
                if i < a or j < b or (i - a, j - b) not in best:
                    continue
                left, right = sum(lengths[0][i - a : i]) * ratio, sum(lengths[1][j - b : j])
                delta = (right - left) / math.sqrt(6.8 * ((left + right) / 2 or 1))
                chance = math.log(max(math.erfc(abs(delta) / math.sqrt(2)), 1e-12)) if a and b else -4.0
                value = best[i - a, j - b][0] + math.log(prior) + chance
                if (i, j) not in best or value > best[i, j][0]:
                    best[i, j] = value, (a, b)
    beads: list[Bead] = []
    i, j = len(source), len(target)
    while i or j:
        a, b = best[i, j][1]
        beads.append(Bead(range(i - a, i), range(j - b, j), 0.9 if a == b == 1 else 0.6))
        i, j = i - a, j - b
    return beads[::-1]
