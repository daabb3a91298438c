"""The numbers of the model: how likely a translation covers a token, how lengths vary, how common each bead is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Bead types (segments of x, segments of y); 0-1 is the lattice's own.
TYPES = (
    (1, 1),
    (1, 2),
    (2, 1),
    (2, 2),
    (1, 3),
    (3, 1),
    (2, 3),
    (3, 2),
    (1, 4),
    (4, 1),
    (1, 5),
    (5, 1),
    (3, 3),
    (1, 0),
)
NULL_X = len(TYPES) - 1
NULL_Y = len(TYPES)
LONGEST = 5


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything that was fitted on development data, by kind of evidence."""

    # By class of token (see `reading`): chance that an aligned segment covers it.
    cover_x: tuple[float, ...] = (0.74, 0.60, 0.93, 0.93, 0.30, 0.2, 0.5, 0.7, 0.90)
    cover_y: tuple[float, ...] = (0.74, 0.60, 0.88, 0.66, 0.97, 0.18, 0.53, 0.72, 0.93)
    lexical_x: float = 0.7
    lexical_y: float = 0.7
    moved: float = 0.25
    recut: float = -1.5
    own_share: float = 0.5
    floor: float = 0.35
    length: float = 0.7
    length_spread: float = 0.24
    length_base: float = 8.0
    ratio: float = 1.0
    break_inside: float = -4.0
    breaks: float = 0.8
    break_kept: float = 0.9
    break_strength: float = 20.0
    prior: tuple[float, ...] = (
        0.82,
        0.04,
        0.045,
        0.012,
        0.003,
        0.003,
        5e-4,
        5e-4,
        5e-4,
        5e-4,
        1e-4,
        1e-4,
        1e-4,
        0.05,
    )
    prior_null_y: float = 0.02
    prior_strength: float = 30.0
    rounds: int = 2

    def priors(self) -> NDArray[np.float64]:
        """Chances of the bead types, 0-1 last, summing to 1."""
        found = np.array([*self.prior, self.prior_null_y], np.float64)
        return np.asarray(found / found.sum(), np.float64)


WEIGHTS = Weights()
