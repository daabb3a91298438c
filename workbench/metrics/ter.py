"""TER, and HTER whose reference is a post-edit; for Chinese normalized, with Asian support."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.metrics import sacre
from workbench.metrics.base import Metric

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.metrics.base import Statistics


def statistics(hypotheses: Sequence[str], references: Sequence[str], lang: str) -> Statistics:
    """A line a segment: edits with shifts, and the reference's tokens."""
    return sacre.statistics(sacre.ter(lang), hypotheses, references)


def value(totals: Sequence[int], lang: str, _sentence: bool) -> float:
    """Edits in percent of the reference's tokens."""
    return sacre.value(sacre.ter(lang), totals)


def signature(lang: str, _sentence: bool) -> str:
    """As sacrebleu prints it."""
    return sacre.signature(sacre.ter(lang))


METRIC = Metric("ter", "TER", "lower", statistics, value, signature)
HTER = Metric("hter", "HTER", "lower", statistics, value, signature)
