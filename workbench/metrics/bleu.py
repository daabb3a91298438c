"""BLEU, with sacrebleu's tokenizer for the target language, smoothing and formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.metrics import sacre
from workbench.metrics.base import Metric

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.metrics.base import Statistics


def statistics(hypotheses: Sequence[str], references: Sequence[str], lang: str) -> Statistics:
    """A line a segment: both lengths in tokens, matched n-grams and hypothesis n-grams of orders 1 to 4."""
    return sacre.statistics(sacre.bleu(sacre.bleu_tokenizer(lang), False), hypotheses, references)


def value(totals: Sequence[int], lang: str, sentence: bool) -> float:
    """BLEU in percent; of one segment with effective order."""
    return sacre.value(sacre.bleu(sacre.bleu_tokenizer(lang), sentence), totals)


def signature(lang: str, sentence: bool) -> str:
    """As sacrebleu prints it."""
    return sacre.signature(sacre.bleu(sacre.bleu_tokenizer(lang), sentence))


METRIC = Metric("bleu", "BLEU", "higher", statistics, value, signature)
