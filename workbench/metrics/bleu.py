"""BLEU, with sacrebleu's tokenizer for the target language, smoothing and formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.metrics import sacre
from workbench.metrics.base import Metric

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.metrics.base import Statistics

ORDER = 4


def statistics(hypotheses: Sequence[str], references: Sequence[str], lang: str) -> Statistics:
    """A line a segment: both lengths in tokens, matched n-grams and hypothesis n-grams of orders 1 to 4."""
    tokenizer = sacre.bleu_tokenizer(lang)
    if tokenizer not in ("zh", "13a"):
        return sacre.statistics(sacre.bleu(tokenizer, False), hypotheses, references)
    import numpy as np

    from workbench.metrics import ngrams, tokenizers

    tokens, lengths = tokenizers.tokenize([*hypotheses, *references], tokenizer)
    count = len(hypotheses)
    table = np.empty((count, 2 + 2 * ORDER), dtype=np.int64)
    table[:, 0], table[:, 1] = lengths[:count], lengths[count:]
    table[:, 2 : 2 + ORDER] = ngrams.shared(tokens, lengths, ORDER)
    table[:, 2 + ORDER :] = ngrams.totals(lengths[:count], ORDER)
    return table


def value(totals: Sequence[int], lang: str, sentence: bool) -> float:
    """BLEU in percent; of one segment with effective order."""
    return sacre.value(sacre.bleu(sacre.bleu_tokenizer(lang), sentence), totals)


def signature(lang: str, sentence: bool) -> str:
    """As sacrebleu prints it."""
    return sacre.signature(sacre.bleu(sacre.bleu_tokenizer(lang), sentence))


METRIC = Metric("bleu", "BLEU", "higher", statistics, value, signature)
