"""ESA, Error Span Annotation: a score from 0 to 100 a segment, given after its errors were marked.

Kocmi et al., "Error Span Annotation: A Balanced Approach for Human Evaluation of Machine Translation" (WMT 2024). The
interval is that of the percentile bootstrap over segments.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LOWEST, HIGHEST = 0, 100
SAMPLES = 1000
SEED = 12345


@dataclass(frozen=True, slots=True)
class EsaScore:
    """The mean rating of `segments` segments, and the middle 95% of the means of resampled ones."""

    mean: float
    low: float
    high: float
    segments: int
    ratings: int


def score(ratings: Iterable[Sequence[float]], *, samples: int = SAMPLES, seed: int = SEED) -> EsaScore | None:
    """The score of segments, for each the ratings that its reviewers gave; None where nobody rated any.

    A segment's score is the mean of its ratings, the whole the mean of its segments.
    """
    import numpy as np

    rated = [values for values in ratings if values]
    if not rated:
        return None
    values = np.array([sum(one) / len(one) for one in rated])
    # A resample draws segments with replacement: how often each distinct value comes is multinomial.
    distinct, counts = np.unique(values, return_counts=True)
    drawn = np.random.default_rng(seed).multinomial(len(values), counts / len(values), size=samples)
    means = np.sort(drawn @ distinct / len(values))
    outside = samples // 40
    return EsaScore(
        mean=float(values.mean()),
        low=float(means[outside]),
        high=float(means[samples - outside - 1]),
        segments=len(rated),
        ratings=sum(map(len, rated)),
    )
