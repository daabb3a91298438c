"""chrF and chrF++ with sacrebleu's defaults: character 6-grams, and word bigrams for chrF++."""

from __future__ import annotations

import string
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from workbench.metrics import sacre
from workbench.metrics.base import LONG, Metric

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from workbench.metrics.base import Setting, Statistics

CHARACTER_ORDER = 6
BETA = 2

_SIGNS = frozenset(string.punctuation)


def _metric(name: str, title: str, word_order: int) -> Metric:
    def statistics(hypotheses: Sequence[str], references: Sequence[Sequence[str]], _lang: str) -> Statistics:
        """A line a segment: for each order the n-grams of hypothesis, reference and both.

        Of several references the one with the best chrF counts, the first of equal ones.
        """
        return together([hypotheses], references, _lang)[0]

    def together(
        systems: Sequence[Sequence[str]], references: Sequence[Sequence[str]], _lang: str
    ) -> list[Statistics]:
        """The same of several systems, for which the references are cut into words once."""
        import numpy as np

        tables = [_against(systems, each, word_order) for each in references]
        if len(tables) == 1:
            return tables[0]
        found: list[Statistics] = []
        for each in zip(*tables, strict=True):
            best = np.argmax([_f_scores(table.astype(np.float64)) for table in each], axis=0)
            found.append(np.stack(each)[best, np.arange(len(best))])
        return found

    def alone(draft: str, target: str, _lang: str) -> tuple[int, ...] | None:
        """The same of one pair, for which arrays are too heavy; None where they are not."""
        if len(draft) + len(target) > LONG:
            return None
        return _pair(_grams(draft, word_order), _grams(target, word_order))

    def values(table: NDArray[np.float64], _setting: Setting) -> NDArray[np.float64]:
        """chrF in percent of each row of totals."""
        return _f_scores(table)

    def signature(setting: Setting) -> str:
        """As sacrebleu prints it."""
        return sacre.signature(
            setting.references, case="mixed", eff="yes", nc=CHARACTER_ORDER, nw=word_order, space="no"
        )

    return Metric(name, title, "higher", statistics, value, values, signature, alone=alone, together=together)


def _against(
    systems: Sequence[Sequence[str]], references: Sequence[str], word_order: int
) -> list[Statistics]:
    import numpy as np

    from workbench.metrics import compiled
    from workbench.metrics.ngrams import beside

    texts = [line for side in (*systems, references) for line in side]
    if compiled.wanted(sum(map(len, texts))):
        return compiled.chrf(systems, references, CHARACTER_ORDER, word_order)
    kinds = [(_characters(texts), CHARACTER_ORDER)]
    if word_order:
        kinds.append((_words(texts), word_order))
    found = []
    for at in range(len(systems)):
        parts = [
            _counts(*beside(tokens, lengths, at, len(systems), 1), order)
            for (tokens, lengths), order in kinds
        ]
        found.append(np.concatenate(parts, axis=1) if word_order else parts[0])
    return found


_Grams: TypeAlias = "list[tuple[int, Counter[str] | Counter[tuple[str, ...]]]]"


@lru_cache(maxsize=16)
def _grams(text: str, word_order: int) -> _Grams:
    """How many n-grams a text has and which, by order; kept, for a draft is measured at every keystroke."""
    solid = "".join(text.split())
    found: _Grams = []
    for size in range(1, CHARACTER_ORDER + 1):
        count = max(len(solid) - size + 1, 0)
        found.append((count, Counter([solid[at : at + size] for at in range(count)])))
    words = _cut(text) if word_order else []
    for size in range(1, word_order + 1):
        runs = zip(*(words[step:] for step in range(size)), strict=False)
        found.append((max(len(words) - size + 1, 0), Counter(runs)))
    return found


def _pair(own: _Grams, other: _Grams) -> tuple[int, ...]:
    numbers: list[int] = []
    for (own_count, mine), (other_count, theirs) in zip(own, other, strict=True):
        both: set[Any] = mine.keys() & theirs.keys()
        matched = sum([min(mine[gram], theirs[gram]) for gram in both])
        numbers += (own_count if other_count else 0, other_count, matched)
    return tuple(numbers)


def value(totals: Sequence[int], _setting: Setting) -> float:
    """chrF in percent, in sacrebleu's order of operations, so that it is the same to the last bit."""
    precision = recall = 0.0
    orders = 0
    for own, other, both in zip(totals[::3], totals[1::3], totals[2::3], strict=True):
        if own and other:
            precision += both / own
            recall += both / other
            orders += 1
    if not precision + recall:
        return 0.0
    precision /= orders
    recall /= orders
    factor = BETA**2
    score = (1 + factor) * precision * recall
    score /= (factor * precision) + recall
    return 100 * score


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
    from workbench.metrics.tokenizers import numbered

    return numbered([_cut(text) for text in texts])


def _cut(text: str) -> list[str]:
    """The words of a text; a sign at a word's end is a word of its own, or else one at its beginning."""
    found: list[str] = []
    for word in text.split():
        if len(word) == 1:
            found.append(word)
        elif word[-1] in _SIGNS:
            found += (word[:-1], word[-1])
        elif word[0] in _SIGNS:
            found += (word[0], word[1:])
        else:
            found.append(word)
    return found


METRIC = _metric("chrf", "chrF", 0)
PLUS_PLUS = _metric("chrf++", "chrF++", 2)
