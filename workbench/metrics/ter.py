"""TER, and HTER whose reference is a post-edit; for Chinese normalized, with Asian support."""

from __future__ import annotations

import re
import time
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from workbench.metrics import sacre
from workbench.metrics.base import Metric
from workbench.metrics.shifts import count_edits

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from workbench.metrics.base import Setting, Statistics


_UNSETTLED = re.compile(r"'[sS]|[.,]{2}[0-9]")


def statistics(hypotheses: Sequence[str], references: Sequence[Sequence[str]], lang: str) -> Statistics:
    """A line a segment: edits with shifts to the nearest reference, and the tokens of all references together."""
    return _statistics(hypotheses, references, lang, None)


def statistics_until(draft: str, target: str, lang: str, seconds: float) -> Statistics:
    """The statistics of one pair. Raises DeadlineError when the seconds are over first."""
    return _statistics([draft], [[target]], lang, time.monotonic() + seconds)


def _statistics(
    hypotheses: Sequence[str], references: Sequence[Sequence[str]], lang: str, until: float | None
) -> Statistics:
    import numpy as np

    count = len(hypotheses)
    prepared = [text for each in references for text in _prepared(each, lang)]
    texts = _tokens([*hypotheses, *prepared], lang)
    table = np.zeros((count, 2), dtype=np.int64)
    for at in range(count):
        others = texts[count + at :: count]
        table[at, 0] = min(count_edits(texts[at], other, until=until) for other in others)
        table[at, 1] = sum(map(len, others))
    return table


def _prepared(references: Sequence[str], lang: str) -> list[str]:
    """The references as sacrebleu tokenizes them: twice. Once is done here, for those few where it changes anything."""
    return [
        sacre.ter(lang)._preprocess_segment(text) if _UNSETTLED.search(text) else text for text in references
    ]


def _tokens(texts: list[str], lang: str) -> Sequence[Sequence[str | int]]:
    """The tokens of each text, as numbers for Chinese, where sacrebleu's tokenizer takes as long as the search."""
    if not sacre.asian(lang):
        return [sacre.ter(lang)._preprocess_segment(text).split() for text in texts]
    from workbench.metrics.tokenizers import tokenize

    tokens, lengths = tokenize(texts, "tercom")
    listed = tokens.tolist()
    ends = list(accumulate(lengths.tolist(), initial=0))
    return [listed[start:end] for start, end in pairwise(ends)]


def value(totals: Sequence[int], setting: Setting) -> float:
    """Edits in percent of the references' mean number of tokens."""
    tokens = totals[1] / setting.references
    if tokens:
        return 100 * (totals[0] / tokens)
    return 100.0 if totals[0] else 0.0


def values(table: NDArray[np.float64], setting: Setting) -> NDArray[np.float64]:
    """TER in percent of each row of totals."""
    from workbench.metrics.edit import rates

    return rates(table[:, 0], table[:, 1] / setting.references)


def signature(setting: Setting) -> str:
    """As sacrebleu prints it."""
    apart = sacre.asian(setting.lang)
    return sacre.signature(setting.references, case="lc", tok="tercom", norm=apart, punct=True, asian=apart)


METRIC = Metric("ter", "TER", "lower", statistics, value, values, signature, statistics_until)
HTER = Metric("hter", "HTER", "lower", statistics, value, values, signature, statistics_until)
