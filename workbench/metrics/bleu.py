"""BLEU with sacrebleu's tokenizers, smoothing and formula: `bleu` takes the target language's, `bleu:NAME` that one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.metrics import sacre
from workbench.metrics.base import Metric

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from workbench.metrics.base import Setting, Statistics

ORDER = 4
TOKENIZERS = ("zh", "13a", "char", "intl", "none", "ja-mecab", "ko-mecab", "spm", "flores101", "flores200")
"""sacrebleu's tokenizers; those after `none` need packages or models that it asks for itself."""

_OURS = ("zh", "13a")


def metric(tokenizer: str | None = None) -> Metric:
    """BLEU with that tokenizer of sacrebleu, or with the one for the target language."""

    def chosen(lang: str) -> str:
        return tokenizer or sacre.bleu_tokenizer(lang)

    def statistics(hypotheses: Sequence[str], references: Sequence[Sequence[str]], lang: str) -> Statistics:
        """A line a segment: both lengths in tokens, matched n-grams and hypothesis n-grams of orders 1 to 4."""
        if chosen(lang) in _OURS:
            return _counted(hypotheses, references, chosen(lang))
        return sacre.statistics(sacre.bleu(chosen(lang)), hypotheses, references)

    def value(totals: Sequence[int], setting: Setting) -> float:
        """BLEU in percent; of one segment with effective order."""
        return sacre.value(sacre.bleu(chosen(setting.lang), effective_order=setting.sentence), totals)

    def signature(setting: Setting) -> str:
        """As sacrebleu prints it."""
        own = sacre.bleu(
            chosen(setting.lang), effective_order=setting.sentence, references=setting.references
        )
        return sacre.signature(own)

    name = f"bleu:{tokenizer}" if tokenizer else "bleu"
    return Metric(name, "BLEU", "higher", statistics, value, values, signature)


def _counted(hypotheses: Sequence[str], references: Sequence[Sequence[str]], tokenizer: str) -> Statistics:
    import numpy as np

    from workbench.metrics import ngrams, tokenizers

    texts = [*hypotheses]
    for each in references:
        texts += each
    tokens, lengths = tokenizers.tokenize(texts, tokenizer)
    count = len(hypotheses)
    table = np.empty((count, 2 + 2 * ORDER), dtype=np.int64)
    own = lengths[:count]
    table[:, 0] = own
    others = np.sort(lengths[count:].reshape(len(references), count), axis=0)
    # The reference whose length is nearest counts, of two as near the shorter.
    nearest = np.abs(others - own).argmin(axis=0)
    table[:, 1] = others[nearest, np.arange(count)]
    table[:, 2 : 2 + ORDER] = ngrams.shared(tokens, lengths, ORDER, sides=1 + len(references))
    table[:, 2 + ORDER :] = ngrams.totals(own, ORDER)
    return table


def values(table: NDArray[np.float64], setting: Setting) -> NDArray[np.float64]:
    """BLEU in percent of each row of totals, with sacrebleu's `exp` smoothing (Chen and Cherry 2014, method 3)."""
    import numpy as np

    own, other = table[:, 0], table[:, 1]
    matched, total = table[:, 2 : 2 + ORDER], table[:, 2 + ORDER :]
    counted = np.logical_and.accumulate(total > 0, axis=1)
    missed = counted & (matched == 0)
    shown = np.where(missed, 0.5 ** np.cumsum(missed, axis=1), matched)
    with np.errstate(divide="ignore", invalid="ignore"):
        logarithms = np.where(counted, np.log(100 * shown / total), 0.0 if setting.sentence else -np.inf)
        orders = counted.sum(axis=1) if setting.sentence else np.full(len(table), ORDER)
        short = np.where(own < other, np.exp(1 - other / own), 1.0)
        found: NDArray[np.float64] = short * np.exp(logarithms.sum(axis=1) / orders)
    found[~matched.any(axis=1) | (own == 0)] = 0.0
    return found


METRIC = metric()
