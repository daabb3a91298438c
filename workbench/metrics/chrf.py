"""chrF and chrF++ with sacrebleu's defaults: character 6-grams, and word bigrams for chrF++."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.metrics import sacre
from workbench.metrics.base import Metric

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.metrics.base import Statistics


def _metric(name: str, title: str, word_order: int) -> Metric:
    def statistics(hypotheses: Sequence[str], references: Sequence[str], _lang: str) -> Statistics:
        """A line a segment: for each order the n-grams of hypothesis, reference and both."""
        return sacre.statistics(sacre.chrf(word_order), hypotheses, references)

    def value(totals: Sequence[int], _lang: str, _sentence: bool) -> float:
        """chrF in percent."""
        return sacre.value(sacre.chrf(word_order), totals)

    def signature(_lang: str, _sentence: bool) -> str:
        """As sacrebleu prints it."""
        return sacre.signature(sacre.chrf(word_order))

    return Metric(name, title, "higher", statistics, value, signature)


METRIC = _metric("chrf", "chrF", 0)
PLUS_PLUS = _metric("chrf++", "chrF++", 2)
