"""chrF and chrF++ with sacrebleu's defaults: character 6-grams, and word bigrams for chrF++."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain, count
from typing import TYPE_CHECKING

from workbench.metrics import sacre
from workbench.metrics.base import Metric

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from workbench.metrics.base import Statistics

CHARACTER_ORDER = 6


def _metric(name: str, title: str, word_order: int) -> Metric:
    def statistics(hypotheses: Sequence[str], references: Sequence[str], _lang: str) -> Statistics:
        """A line a segment: for each order the n-grams of hypothesis, reference and both."""
        import numpy as np

        texts = [*hypotheses, *references]
        parts = [_counts(*_characters(texts), CHARACTER_ORDER)]
        if word_order:
            parts.append(_counts(*_words(texts), word_order))
        return np.concatenate(parts, axis=1)

    def value(totals: Sequence[int], _lang: str, _sentence: bool) -> float:
        """chrF in percent."""
        return sacre.value(sacre.chrf(word_order), totals)

    def signature(_lang: str, _sentence: bool) -> str:
        """As sacrebleu prints it."""
        return sacre.signature(sacre.chrf(word_order))

    return Metric(name, title, "higher", statistics, value, signature)


def _counts(tokens: NDArray[np.int64], lengths: NDArray[np.int64], order: int) -> Statistics:
    """The n-grams of hypothesis, reference and both; the hypothesis's only where the reference has any."""
    import numpy as np

    from workbench.metrics import ngrams

    pairs = len(lengths) // 2
    table = np.empty((pairs, order, 3), dtype=np.int64)
    table[:, :, 1] = ngrams.totals(lengths[pairs:], order)
    table[:, :, 0] = ngrams.totals(lengths[:pairs], order) * (table[:, :, 1] > 0)
    table[:, :, 2] = ngrams.shared(tokens, lengths, order)
    return table.reshape(pairs, 3 * order)


def _characters(texts: list[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The characters that are not white space, and how many each text has."""
    import numpy as np

    from workbench.metrics.tokenizers import code_points

    solid = ["".join(text.split()) for text in texts]
    return code_points("".join(solid)), np.fromiter(map(len, solid), dtype=np.int64, count=len(solid))


def _words(texts: list[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The words as sacrebleu parts them from their punctuation, as numbers, and how many each text has."""
    import numpy as np

    cut = sacre.chrf(2)._remove_punctuation
    lists: list[list[str]] = [cut(text) for text in texts]
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    tokens = np.array([numbers[word] for word in chain.from_iterable(lists)], dtype=np.int64)
    return tokens, np.fromiter(map(len, lists), dtype=np.int64, count=len(lists))


METRIC = _metric("chrf", "chrF", 0)
PLUS_PLUS = _metric("chrf++", "chrF++", 2)
