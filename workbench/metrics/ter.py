"""TER, and HTER whose reference is a post-edit; for Chinese normalized, with Asian support."""

from __future__ import annotations

import re
import time
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from workbench.metrics import sacre
from workbench.metrics.base import DeadlineError, Metric
from workbench.metrics.shifts import count_edits

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from workbench.metrics.base import Setting, Statistics


ROWS_A_SECOND = 5_000_000
"""Rows of tables that the compiled search fills in a second, on a slow machine."""

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

    from workbench.metrics import compiled

    count = len(hypotheses)
    prepared = [text for each in references for text in _prepared(each, lang)]
    tokens, lengths = _tokens([*hypotheses, *prepared], lang)
    if compiled.searches(count, hurried=until is not None):
        fewest = _compiled(tokens, lengths, (count, len(references)), until)
    else:
        listed = tokens.tolist()
        texts = [listed[start:end] for start, end in pairwise(accumulate(lengths.tolist(), initial=0))]
        fewest = np.array(
            [
                min(count_edits(texts[at], other, until=until) for other in texts[count + at :: count])
                for at in range(count)
            ],
            dtype=np.int64,
        )
    return np.stack((fewest, lengths[count:].reshape(-1, count).sum(axis=0)), axis=1)


def _compiled(
    tokens: NDArray[np.int64], lengths: NDArray[np.int64], shape: tuple[int, int], until: float | None
) -> NDArray[np.int64]:
    """The fewest edits of each hypothesis to any of its references, by the compiled search."""
    import numpy as np

    from workbench.metrics import compiled
    from workbench.metrics.kernel_ter import LATE, OUTSIDE

    count, sets = shape
    rows = 1 << 62 if until is None else max(0, int((until - time.monotonic()) * ROWS_A_SECOND))
    found = np.stack(compiled.edits(tokens, lengths, count, sets, rows))
    if (found == LATE).any():
        raise DeadlineError
    starts = np.append(0, np.cumsum(lengths)).tolist()
    for at, pair in np.argwhere(found == OUTSIDE).tolist():
        own, other = pair, count * (at + 1) + pair
        found[at, pair] = count_edits(
            tokens[starts[own] : starts[own + 1]].tolist(),
            tokens[starts[other] : starts[other + 1]].tolist(),
            until=until,
        )
    fewest: NDArray[np.int64] = found.min(axis=0)
    return fewest


def _prepared(references: Sequence[str], lang: str) -> list[str]:
    """The references as sacrebleu tokenizes them: twice. Once is done here, for those few where it changes anything."""
    return [
        sacre.ter(lang)._preprocess_segment(text) if _UNSETTLED.search(text) else text for text in references
    ]


def _tokens(texts: list[str], lang: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The tokens of all texts as numbers, and how many each has; for Chinese without sacrebleu, which takes as long
    to tokenize as the search does.
    """
    from workbench.metrics.tokenizers import numbered, tokenize

    if sacre.asian(lang):
        return tokenize(texts, "tercom")
    return numbered([sacre.ter(lang)._preprocess_segment(text).split() for text in texts])


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
