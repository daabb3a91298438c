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

    from workbench.metrics.base import Statistics


_UNSETTLED = re.compile(r"'[sS]|[.,]{2}[0-9]")


def statistics(hypotheses: Sequence[str], references: Sequence[str], lang: str) -> Statistics:
    """A line a segment: edits with shifts, and the reference's tokens."""
    return _statistics(hypotheses, references, lang, None)


def statistics_until(draft: str, target: str, lang: str, seconds: float) -> Statistics:
    """The statistics of one pair. Raises DeadlineError when the seconds are over first."""
    return _statistics([draft], [target], lang, time.monotonic() + seconds)


def _statistics(
    hypotheses: Sequence[str], references: Sequence[str], lang: str, until: float | None
) -> Statistics:
    import numpy as np

    count = len(hypotheses)
    texts = _tokens([*hypotheses, *_prepared(references, lang)], lang)
    edits = [count_edits(texts[index], texts[count + index], until=until) for index in range(count)]
    return np.array([edits, [len(text) for text in texts[count:]]], dtype=np.int64).T


def _prepared(references: Sequence[str], lang: str) -> list[str]:
    """The references as sacrebleu tokenizes them: twice. Once is done here, for those few where it changes anything."""
    once = sacre.ter(lang)._preprocess_segment
    return [once(text) if _UNSETTLED.search(text) else text for text in references]


def _tokens(texts: list[str], lang: str) -> Sequence[Sequence[str | int]]:
    """The tokens of each text, as numbers for Chinese, where sacrebleu's tokenizer takes as long as the search."""
    if not sacre.asian(lang):
        return [sacre.ter(lang)._preprocess_segment(text).split() for text in texts]
    from workbench.metrics.tokenizers import tokenize

    tokens, lengths = tokenize(texts, "tercom")
    listed = tokens.tolist()
    ends = list(accumulate(lengths.tolist(), initial=0))
    return [listed[start:end] for start, end in pairwise(ends)]


def value(totals: Sequence[int], lang: str, _sentence: bool) -> float:
    """Edits in percent of the reference's tokens."""
    return sacre.value(sacre.ter(lang), totals)


def signature(lang: str, _sentence: bool) -> str:
    """As sacrebleu prints it."""
    return sacre.signature(sacre.ter(lang))


METRIC = Metric("ter", "TER", "lower", statistics, value, signature, statistics_until)
HTER = Metric("hter", "HTER", "lower", statistics, value, signature, statistics_until)
