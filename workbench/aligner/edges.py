"""How segments begin and end: where quotations open and close, and what only says who spoke."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from workbench.aligner.weights import Weights

_QUOTES = tuple("\"“”‘’'「」『』")


def quoted(texts: Sequence[str]) -> NDArray[np.bool_]:
    """[0, segment] which segments begin with a quotation mark, [1, segment] which end with one."""
    pairs = [(text.startswith(_QUOTES), text.endswith(_QUOTES)) for text in texts]
    return np.array(pairs, bool).reshape(-1, 2).T


def agreement(x: NDArray[np.bool_], y: NDArray[np.bool_], weights: Weights) -> NDArray[np.float64]:
    """[whether x has it, whether y has it] how much likelier that is of a bead's edges than of any two segments."""
    x_rate, y_rate = ((each.sum() + 0.5) / (len(each) + 1) for each in (x, y))
    both = weights.edge_kept * min(x_rate, y_rate)
    joint = np.array([[1 - x_rate - y_rate + both, y_rate - both], [x_rate - both, both]])
    joint = np.maximum(joint, 0.03 * both)
    chance = np.outer([1 - x_rate, x_rate], [1 - y_rate, y_rate])
    return np.asarray(weights.edge * np.log(joint / joint.sum() / chance), np.float64)


def tag_sums(edges: NDArray[np.bool_], size: NDArray[np.float64], weights: Weights) -> NDArray[np.float64]:
    """Summed worths, by border before each segment, of tags: short segments after a quotation that say who spoke.

    English often has them in the sentence of the speech where Chinese parts them: “……？”|他问。
    """
    begins, closes = edges
    tags = closes[:-1] & ~begins[1:] & ~closes[1:] & (size[1:] < weights.tag_size)
    return np.cumsum(np.concatenate([np.zeros(1), weights.tag * tags, np.zeros(1)]))
