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

    from workbench.metrics.base import Setting, Statistics

CHARACTER_ORDER = 6
BETA = 2


def _metric(name: str, title: str, word_order: int) -> Metric:
    def statistics(hypotheses: Sequence[str], references: Sequence[Sequence[str]], _lang: str) -> Statistics:
        """A line a segment: for each order the n-grams of hypothesis, reference and both.

        Of several references the one with the best chrF counts, the first of equal ones.
        """
        import numpy as np

        tables = [_against(hypotheses, each, word_order) for each in references]
        if len(tables) == 1:
            return tables[0]
        best = np.argmax([_f_scores(table.astype(np.float64)) for table in tables], axis=0)
        chosen: Statistics = np.stack(tables)[best, np.arange(len(hypotheses))]
        return chosen

    def value(totals: Sequence[int], _setting: Setting) -> float:
        """chrF in percent."""
        return sacre.value(sacre.chrf(word_order), totals)

    def values(table: NDArray[np.float64], _setting: Setting) -> NDArray[np.float64]:
        """chrF in percent of each row of totals."""
        return _f_scores(table)

    def signature(setting: Setting) -> str:
        """As sacrebleu prints it."""
        return sacre.signature(sacre.chrf(word_order, references=setting.references))

    return Metric(name, title, "higher", statistics, value, values, signature)


def _against(hypotheses: Sequence[str], references: Sequence[str], word_order: int) -> Statistics:
    import numpy as np

    texts = [*hypotheses, *references]
    parts = [_counts(*_characters(texts), CHARACTER_ORDER)]
    if word_order:
        parts.append(_counts(*_words(texts), word_order))
    return np.concatenate(parts, axis=1)


def _f_scores(table: NDArray[np.float64]) -> NDArray[np.float64]:
    """The F score of each row, in percent: the mean precision and recall of the orders that both sides have.

    Added up in sacrebleu's order, so that equally good references stay equal to the last bit.
    """
    import numpy as np

    precision, recall, orders = (np.zeros(len(table)) for _ in range(3))
    for at in range(0, table.shape[1], 3):
        own, other, both = table[:, at], table[:, at + 1], table[:, at + 2]
        counts = (own > 0) & (other > 0)
        precision += np.where(counts, both / np.maximum(own, 1), 0.0)
        recall += np.where(counts, both / np.maximum(other, 1), 0.0)
        orders += counts
    precision /= np.maximum(orders, 1)
    recall /= np.maximum(orders, 1)
    factor = BETA**2
    top = (1 + factor) * precision * recall
    bottom = factor * precision + recall
    return 100 * np.where(bottom > 0, top / np.where(bottom > 0, bottom, 1.0), 0.0)


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
