"""What a metric is: additive integer statistics of a segment, and the score and signature of their sum.

To add a metric:
1. Write `workbench/metrics/NAME.py` with a `METRIC = Metric(...)`; import heavy libraries inside functions.
2. `statistics(hypotheses, references, lang)` gives an integer array, one line a segment, whose column sums
   are all that a corpus score needs; `value(totals, lang, sentence)` turns a sum into the score.
3. `signature(lang, sentence)` names every setting that changes the number, and a version.
4. Enter it in `METRICS` of `workbench/metrics/__init__.py`; the order there is the order users see.
5. Write `tests/test_metrics_NAME.py` and a paragraph of `docs/scoring.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from workbench.errors import UsageError
from workbench.model import Score

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    Statistics: TypeAlias = NDArray[np.int64]

CHUNK = 2048
"""How many segments are measured at once: enough to be fast, few enough to keep memory flat."""


class DeadlineError(Exception):
    """A metric did not finish in the seconds it was given; never reaches a user."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One way to score hypotheses against references, a segment or a corpus at a time.

    `sentence` in the callables is True for the score of one segment, which some metrics smooth differently.
    `deadline`, where a metric has it, is `statistics` of one pair, raising DeadlineError when the time is up.
    """

    name: str
    title: str
    better: Literal["higher", "lower"]
    statistics: Callable[[Sequence[str], Sequence[str], str], Statistics]
    value: Callable[[Sequence[int], str, bool], float]
    signature: Callable[[str, bool], str]
    deadline: Callable[[str, str, str, float], Statistics] | None = None

    def score(self, hypotheses: Iterable[str], references: Iterable[str], *, lang: str = "zh") -> Score:
        """The corpus score. Raises UsageError where the two differ in number."""
        return score_all((self,), hypotheses, references, lang=lang)[0]

    def from_totals(self, totals: Sequence[int], unit_count: int, *, lang: str, sentence: bool) -> Score:
        """The score of statistics that were summed over `unit_count` segments."""
        value = self.value(totals, lang, sentence)
        return Score(self.name, value, unit_count, self.signature(lang, sentence))


def score_all(
    metrics: Sequence[Metric], hypotheses: Iterable[str], references: Iterable[str], *, lang: str
) -> list[Score]:
    """Corpus scores of all metrics in one pass over the pairs, holding one chunk of them at a time."""
    totals: list[list[int]] = [[] for _ in metrics]
    count = 0
    for some_hypotheses, some_references in chunks(hypotheses, references):
        count += len(some_hypotheses)
        for index, metric in enumerate(metrics):
            sums = metric.statistics(some_hypotheses, some_references, lang).sum(axis=0).tolist()
            totals[index] = (
                [a + b for a, b in zip(totals[index], sums, strict=True)] if totals[index] else sums
            )
    if not count:
        raise UsageError("nothing to score: there are no segments")
    return [
        metric.from_totals(total, count, lang=lang, sentence=False)
        for metric, total in zip(metrics, totals, strict=True)
    ]


def chunks(
    hypotheses: Iterable[str], references: Iterable[str], *, size: int = CHUNK
) -> Iterator[tuple[list[str], list[str]]]:
    """The pairs, `size` at a time. Raises UsageError naming both counts where the two differ in number."""
    from itertools import islice

    left, right = iter(hypotheses), iter(references)
    count = 0
    while True:
        some, others = list(islice(left, size)), list(islice(right, size))
        if len(some) != len(others):
            left_count = count + len(some) + sum(1 for _ in left)
            right_count = count + len(others) + sum(1 for _ in right)
            raise UsageError(f"{left_count} hypotheses but {right_count} references: each needs its own")
        if not some:
            return
        yield some, others
        count += len(some)
