"""BLEU with sacrebleu's tokenizers, smoothing and formula: `bleu` takes the target language's, `bleu:NAME` that one."""

from __future__ import annotations

import math
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from workbench.metrics import sacre
from workbench.metrics.base import LONG, Metric

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from workbench.metrics.base import Setting, Statistics

ORDER = 4
TOKENIZERS = ("zh", "13a", "char", "intl", "none", "ja-mecab", "ko-mecab", "spm", "flores101", "flores200")
"""sacrebleu's tokenizers; those after `none` need packages or models that it asks for itself."""

_OURS = ("zh", "13a")
_NAMED = (*_OURS, "char", "intl", "none")


def metric(tokenizer: str | None = None) -> Metric:
    """BLEU with that tokenizer of sacrebleu, or with the one for the target language."""

    def chosen(lang: str) -> str:
        return tokenizer or sacre.bleu_tokenizer(lang)

    def statistics(hypotheses: Sequence[str], references: Sequence[Sequence[str]], lang: str) -> Statistics:
        """A line a segment: both lengths in tokens, matched n-grams and hypothesis n-grams of orders 1 to 4."""
        return together([hypotheses], references, lang)[0]

    def together(
        systems: Sequence[Sequence[str]], references: Sequence[Sequence[str]], lang: str
    ) -> list[Statistics]:
        """The same of several systems, for which the references are tokenized once."""
        if chosen(lang) in _OURS:
            return _counted(systems, references, chosen(lang))
        theirs = sacre.bleu(chosen(lang))
        return [sacre.statistics(theirs, each, references) for each in systems]

    def alone(draft: str, target: str, lang: str) -> tuple[int, ...] | None:
        """The same of one pair, for which arrays are too heavy; None where they are not, or sacrebleu is needed."""
        if chosen(lang) not in _OURS or len(draft) + len(target) > LONG:
            return None
        return _pair(_grams(draft, chosen(lang)), _grams(target, chosen(lang)))

    def signature(setting: Setting) -> str:
        """As sacrebleu prints it."""
        own = chosen(setting.lang)
        # Tokenizers that load a model have signatures of their own.
        shown = own if own in _NAMED else sacre.bleu(own).tokenizer_signature
        return sacre.signature(
            setting.references, case="mixed", eff=setting.sentence, tok=shown, smooth="exp"
        )

    name = f"bleu:{tokenizer}" if tokenizer else "bleu"
    return Metric(
        name, "BLEU", "higher", statistics, value, values, signature, alone=alone, together=together
    )


def _counted(
    systems: Sequence[Sequence[str]], references: Sequence[Sequence[str]], tokenizer: str
) -> list[Statistics]:
    """The statistics of each system, from one pass of the tokenizer over all lines."""
    from workbench.metrics import tokenizers
    from workbench.metrics.ngrams import beside

    texts = [line for side in (*systems, *references) for line in side]
    tokens, lengths = tokenizers.tokenize(texts, tokenizer)
    return [
        _table(*beside(tokens, lengths, at, len(systems), len(references)), len(references))
        for at in range(len(systems))
    ]


def _table(tokens: NDArray[np.int64], lengths: NDArray[np.int64], reference_sets: int) -> Statistics:
    import numpy as np

    from workbench.metrics import ngrams

    count = len(lengths) // (1 + reference_sets)
    table = np.empty((count, 2 + 2 * ORDER), dtype=np.int64)
    own = lengths[:count]
    table[:, 0] = own
    others = np.sort(lengths[count:].reshape(reference_sets, count), axis=0)
    # The reference whose length is nearest counts, of two as near the shorter.
    nearest = np.abs(others - own).argmin(axis=0)
    table[:, 1] = others[nearest, np.arange(count)]
    table[:, 2 : 2 + ORDER] = ngrams.shared(tokens, lengths, ORDER, sides=1 + reference_sets)
    table[:, 2 + ORDER :] = ngrams.totals(own, ORDER)
    return table


@lru_cache(maxsize=16)
def _grams(text: str, tokenizer: str) -> tuple[int, list[Counter[tuple[str, ...]]]]:
    """How many tokens a text has, and its n-grams of each order; kept, for a draft is measured at every keystroke."""
    from workbench.metrics.tokenizers import words

    tokens = words(text, tokenizer)
    return len(tokens), [
        Counter(zip(*(tokens[step:] for step in range(size)), strict=False)) for size in range(1, ORDER + 1)
    ]


def _pair(
    own: tuple[int, list[Counter[tuple[str, ...]]]], other: tuple[int, list[Counter[tuple[str, ...]]]]
) -> tuple[int, ...]:
    matched = []
    for mine, theirs in zip(own[1], other[1], strict=True):
        both = mine.keys() & theirs.keys()
        matched.append(sum([min(mine[gram], theirs[gram]) for gram in both]))
    return own[0], other[0], *matched, *(max(own[0] - size, 0) for size in range(ORDER))


def value(totals: Sequence[int], setting: Setting) -> float:
    """BLEU in percent with sacrebleu's `exp` smoothing (Chen and Cherry 2014, method 3); of a segment effective order.

    In sacrebleu's order of operations, so that it is the same to the last bit.
    """
    own, other, matched, total = totals[0], totals[1], totals[2 : 2 + ORDER], totals[2 + ORDER :]
    if not own or not any(matched):
        return 0.0
    logarithms, smoothing = [], 1.0
    for both, all_own in zip(matched, total, strict=True):
        if not all_own:
            break
        if not both:
            smoothing *= 2
        logarithms.append(math.log(100.0 * both / all_own if both else 100.0 / (smoothing * all_own)))
    if len(logarithms) < ORDER and not setting.sentence:
        return 0.0
    brevity = math.exp(1 - other / own) if own < other else 1.0
    return brevity * math.exp(sum(logarithms) / len(logarithms))


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
