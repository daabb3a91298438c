"""What a metric is: additive integer statistics of a segment, and the score and signature of their sum.

To add a metric:
1. Write `workbench/metrics/NAME.py` with a `METRIC = Metric(...)`; import heavy libraries inside functions.
2. `statistics(hypotheses, references, lang)` gives an integer array, one line a segment, whose column sums
   are all that a corpus score needs; `value(totals, setting)` turns a sum into the score.
3. `values(table, setting)` does the same for many sums at once, for the resampling of significance tests.
4. `signature(setting)` names everything that changes the number, and a version.
5. Enter it in `METRICS` of `workbench/metrics/__init__.py`; the order there is the order users see.
6. Write `tests/test_metrics_NAME.py` and a paragraph of `docs/scoring.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal, TypeAlias, cast

from workbench.errors import UsageError
from workbench.model import Score

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    Statistics: TypeAlias = NDArray[np.int64]

LONG = 4000
"""Characters of a pair from which arrays are worth their set-up."""

CHUNK = 2048
"""How many segments are measured at once: enough to be fast, few enough to keep memory flat."""


class DeadlineError(Exception):
    """A metric did not finish in the seconds it was given; never reaches a user."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a score depends on besides the texts; `sentence` = the score of one segment, which some metrics smooth."""

    lang: str = "zh"
    references: int = 1
    sentence: bool = False


@dataclass(frozen=True, slots=True)
class Metric:
    """One way to score hypotheses against references, a segment or a corpus at a time.

    `statistics` takes the hypotheses, one or more sets of references (each as long as the hypotheses) and their
    language. `deadline`, where a metric has it, does it for one pair and raises DeadlineError when the time is up.
    `values` has a row of totals for each score that it gives. `alone`, where a metric has it, gives the statistics of
    one pair with less set-up, or None where `statistics` is the better way; `together` those of several systems
    against the same references, with less work than one by one.
    """

    name: str
    title: str
    better: Literal["higher", "lower"]
    statistics: Callable[[Sequence[str], Sequence[Sequence[str]], str], Statistics]
    value: Callable[[Sequence[int], Setting], float]
    values: Callable[[NDArray[np.float64], Setting], NDArray[np.float64]]
    signature: Callable[[Setting], str]
    deadline: Callable[[str, str, str, float], Statistics] | None = None
    alone: Callable[[str, str, str], tuple[int, ...] | None] | None = None
    together: Callable[[Sequence[Sequence[str]], Sequence[Sequence[str]], str], list[Statistics]] | None = (
        None
    )

    def of_systems(
        self, systems: Sequence[Sequence[str]], references: Sequence[Sequence[str]], lang: str
    ) -> list[Statistics]:
        """The statistics of each system against the same references."""
        if self.together is not None:
            return self.together(systems, references, lang)
        return [self.statistics(each, references, lang) for each in systems]

    def of_pair(self, draft: str, target: str, lang: str) -> tuple[int, ...]:
        """The statistics of one draft and one target."""
        found = self.alone(draft, target, lang) if self.alone is not None else None
        if found is not None:
            return found
        return tuple(self.statistics([draft], [[target]], lang)[0].tolist())

    def from_totals(self, totals: Sequence[int], unit_count: int, setting: Setting) -> Score:
        """The score of statistics that were summed over `unit_count` segments."""
        return Score(self.name, self.value(totals, setting), unit_count, self.signature(setting))


def score_all(
    metrics: Sequence[Metric],
    hypotheses: Iterable[str],
    references: Sequence[Iterable[str]],
    *,
    lang: str,
) -> list[Score]:
    """Corpus scores of all metrics in one pass over the lines, holding one chunk of them at a time."""
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
    setting = Setting(lang, len(references))
    return [metric.from_totals(total, count, setting) for metric, total in zip(metrics, totals, strict=True)]


def chunks(
    hypotheses: Iterable[str], references: Sequence[Iterable[str]], *, size: int = CHUNK
) -> Iterator[tuple[list[str], list[list[str]]]]:
    """The lines of all sides, `size` at a time.

    Raises UsageError naming both counts where the sides differ in number, or where there is no reference.
    """
    if not references:
        raise UsageError("there is nothing to score against: no references")
    sides = [iter(hypotheses), *map(iter, references)]
    count = 0
    while True:
        parts = [list(islice(side, size)) for side in sides]
        if any(len(part) != len(parts[0]) for part in parts):
            counts = [
                count + len(part) + sum(1 for _ in side) for part, side in zip(parts, sides, strict=True)
            ]
            theirs = ", ".join(str(each) for each in counts[1:])
            raise UsageError(f"{counts[0]} hypotheses but {theirs} references: each needs its own")
        if not parts[0]:
            return
        yield parts[0], parts[1:]
        count += len(parts[0])


def reference_sets(
    references: Iterable[str] | Sequence[Iterable[str]],
) -> Sequence[Iterable[str]]:
    """Sets of references, also where only one was given as plain strings.

    Raises UsageError where a string stands for a whole set.
    """
    if isinstance(references, str):
        raise UsageError("references are a list of texts, not one text")
    if isinstance(references, (list, tuple)):
        if not references or isinstance(references[0], str):
            return [references]
        if any(isinstance(each, str) for each in references):
            raise UsageError("references mix texts with lists of texts")
        return references
    return [cast("Iterable[str]", references)]


def refuse_transposed(hypothesis_count: int, references: Sequence[Iterable[str]]) -> None:
    """Raise UsageError where the references were given segment by segment, which scores would not show."""
    lengths = {len(each) for each in references if isinstance(each, (list, tuple))}
    if len(references) == hypothesis_count and hypothesis_count not in lengths and len(lengths) == 1:
        raise UsageError("give one list for each set of references, not one for each segment")
