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
_MIRRORED = [TYPES.index((b, a)) for a, b in TYPES[:-1]] + [NULL_Y, NULL_X]


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything that was fitted on development data, by kind of evidence."""

    # By class of token (see `reading`): chance that an aligned segment covers it.
    cover_x: tuple[float, ...] = (0.86, 0.64, 0.968, 0.93, 0.30, 0.2, 0.5, 0.7, 0.90, 0.5)
    cover_y: tuple[float, ...] = (0.74, 0.60, 0.945, 0.558, 0.934, 0.18, 0.53, 0.59, 0.968, 0.75)
    lexical_x: float = 0.538
    lexical_y: float = 0.7
    moved: float = 0.225
    recut: float = -1.0
    # Tokens as many as which it takes to change what is expected of a class, and the change worth scoring anew for.
    cover_strength: float = 200.0
    cover_slack: float = 0.03
    cover_fitted: tuple[int, ...] = (0, 1, 5, 6, 7)
    # Beads begin and end with a quotation on both sides or on neither; what says who spoke stands with the speech.
    edge: float = 0.4
    edge_kept: float = 0.9
    tag: float = 1.5
    tag_size: float = 40.0
    own_share: float = 0.228
    floor: float = 0.45
    length: float = 1.0
    length_spread: float = 0.21
    length_base: float = 12.2
    # Size of y for one of x, and how many beads it takes to believe a document as much.
    ratio: float = 1.03
    ratio_strength: float = 8.0
    break_inside: float = -4.0
    breaks: float = 0.8
    break_kept: float = 0.9
    break_strength: float = 20.0
    prior: tuple[float, ...] = (
        0.82,
        0.04,
        0.0205,
        0.01,
        0.003,
        0.003,
        5e-4,
        5e-4,
        5e-4,
        5e-4,
        1e-4,
        1e-4,
        1e-4,
        0.1,
    )
    prior_null_y: float = 0.0705
    # The same for free translation, where two in five beads are not 1-1.
    free: tuple[float, ...] = (
        0.6,
        0.11,
        0.11,
        0.033,
        0.02,
        0.045,
        4e-3,
        6e-3,
        4e-3,
        9e-3,
        1e-3,
        3e-3,
        2e-3,
        0.06,
        0.025,
    )
    # And for a draft without faults.
    clean: tuple[float, ...] = (
        0.99,
        2e-3,
        2e-3,
        1e-3,
        1e-4,
        1e-4,
        1e-4,
        1e-4,
        1e-5,
        1e-5,
        1e-5,
        1e-5,
        1e-5,
        2e-3,
        2e-3,
    )
    # For a novel: often several segments for one, hardly any without a partner. Tried both ways round.
    novel: tuple[float, ...] = (
        0.6,
        0.05,
        0.19,
        0.025,
        0.008,
        0.07,
        4e-3,
        9e-3,
        2e-3,
        0.018,
        5e-4,
        6e-3,
        2e-3,
        0.008,
        0.008,
    )
    # How much of the first look's priors is the novel's.
    start: float = 0.5
    prior_strength: float = 60.0
    rounds: int = 3
    # Taken from the chance of beads with one side only when the path is chosen.
    less: float = 0.2

    def estimate(self, counts: NDArray[np.float64]) -> NDArray[np.float64]:
        """Chances of the bead types in a document with such counts: between its kind's and its own."""
        novel = _shares(self.novel)
        kinds = np.array([self.draft(), _shares(self.free), _shares(self.clean), novel, novel[_MIRRORED]])
        likelihood = np.log(kinds) @ counts
        share = np.exp(likelihood - likelihood.max())
        base = (share / share.sum()) @ kinds
        found = counts + self.prior_strength * base
        return np.asarray(found / found.sum(), np.float64)

    def priors(self) -> NDArray[np.float64]:
        """Chances of the bead types before anything is known of the document, 0-1 last, summing to 1."""
        novel = _shares(self.novel)
        return np.asarray((1 - self.start) * self.draft() + self.start * novel, np.float64)

    def draft(self) -> NDArray[np.float64]:
        """The same for a draft, of which as much is known as that it is one."""
        return _shares((*self.prior, self.prior_null_y))


def _shares(chances: tuple[float, ...]) -> NDArray[np.float64]:
    found = np.array(chances, np.float64)
    return np.asarray(found / found.sum(), np.float64)


WEIGHTS = Weights()
