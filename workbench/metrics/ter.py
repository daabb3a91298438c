"""TER, and HTER whose reference is a post-edit; for Chinese normalized, with Asian support."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from workbench.metrics import sacre
from workbench.metrics.base import Metric
from workbench.metrics.shifts import count_edits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.metrics.base import Statistics


def statistics(hypotheses: Sequence[str], references: Sequence[str], lang: str) -> Statistics:
    """A line a segment: edits with shifts, and the reference's tokens."""
    return _statistics(hypotheses, references, lang, None)


def statistics_until(draft: str, target: str, lang: str, seconds: float) -> Statistics:
    """The statistics of one pair. Raises DeadlineError when the seconds are over first."""
    return _statistics([draft], [target], lang, time.monotonic() + seconds)


def _statistics(
    hypotheses: Sequence[str], references: Sequence[str], lang: str, until: float | None
) -> Statistics:
    import numpy as np

    tokens = sacre.ter_tokens(lang)
    table = np.empty((len(hypotheses), 2), dtype=np.int64)
    for index, (hypothesis, reference) in enumerate(zip(hypotheses, references, strict=True)):
        wanted = tokens(reference)
        table[index] = count_edits(tokens(hypothesis), wanted, until=until), len(wanted)
    return table


def value(totals: Sequence[int], lang: str, _sentence: bool) -> float:
    """Edits in percent of the reference's tokens."""
    return sacre.value(sacre.ter(lang), totals)


def signature(lang: str, _sentence: bool) -> str:
    """As sacrebleu prints it."""
    return sacre.signature(sacre.ter(lang))


METRIC = Metric("ter", "TER", "lower", statistics, value, signature, statistics_until)
HTER = Metric("hter", "HTER", "lower", statistics, value, signature, statistics_until)
