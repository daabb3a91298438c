"""The metrics: sacrebleu's and rates of edited characters, for corpora, single units and live documents.

Nothing heavy is imported until a score is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.errors import NotFoundError
from workbench.metrics import base, bleu, chrf, document, edit, ter
from workbench.metrics.base import Metric
from workbench.metrics.document import Measured

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workbench.model import Score

__all__ = [
    "LIVE",
    "METRICS",
    "DocumentScores",
    "Measured",
    "Metric",
    "find",
    "measure",
    "score",
    "segment_scores",
    "unit_scores",
]

METRICS: tuple[Metric, ...] = (
    bleu.METRIC,
    chrf.METRIC,
    chrf.PLUS_PLUS,
    ter.METRIC,
    ter.HTER,
    edit.METRIC,
    edit.PED,
    edit.CER,
)

LIVE = ("edit", "ter", "chrf", "bleu")
"""The metrics shown while a unit is edited."""


def find(name: str) -> Metric:
    """The metric of that name, as the command line spells it. Raises NotFoundError."""
    for metric in METRICS:
        if metric.name == name.lower():
            return metric
    raise NotFoundError("metric", name, known=tuple(metric.name for metric in METRICS))


def score(
    hypotheses: Iterable[str],
    references: Iterable[str],
    *,
    metrics: Sequence[str] = ("bleu", "chrf", "ter"),
    lang: str = "zh",
) -> list[Score]:
    """Corpus scores of hypotheses against references, `lang` being the language of both.

    Generators will do: one chunk of lines is held at a time. Raises UsageError where the
    sides differ in number or are empty, NotFoundError for an unknown metric.
    """
    return base.score_all([find(name) for name in metrics], hypotheses, references, lang=lang)


def segment_scores(
    hypotheses: Sequence[str],
    references: Sequence[str],
    *,
    metrics: Sequence[str] = ("bleu", "chrf", "ter"),
    lang: str = "zh",
) -> list[list[Score]]:
    """The scores of every segment alone, in the order of the metrics; BLEU with effective order."""
    chosen = [find(name) for name in metrics]
    found: list[list[Score]] = []
    for some, others in base.chunks(hypotheses, references):
        tables = [metric.statistics(some, others, lang).tolist() for metric in chosen]
        for lines in zip(*tables, strict=True):
            found.append(
                [
                    metric.from_totals(line, 1, lang=lang, sentence=True)
                    for metric, line in zip(chosen, lines, strict=True)
                ]
            )
    return found


def unit_scores(
    draft: str,
    target: str,
    *,
    metrics: Sequence[str] = LIVE,
    lang: str = "zh",
    deadline_seconds: float | None = None,
) -> list[Score]:
    """The scores of one unit: hypothesis = the draft, reference = the target as it stands.

    With a deadline, a score that was not ready in time is absent from the list: show the last one as stale
    and ask again without a deadline on another thread. An empty side gives a defined score (TER 100 for
    a draft against nothing).
    """
    chosen = [find(name) for name in metrics]
    measured = document.measure(draft, target, chosen, lang=lang, deadline_seconds=deadline_seconds)
    scores = []
    for metric in chosen:
        numbers = measured.statistics[metric.name]
        if numbers is not None:
            scores.append(metric.from_totals(numbers, 1, lang=lang, sentence=True))
    return scores


def measure(
    draft: str,
    target: str,
    *,
    metrics: Sequence[str] = LIVE,
    lang: str = "zh",
    deadline_seconds: float | None = None,
) -> Measured:
    """The additive statistics of one unit, for `DocumentScores.put_measured`. Pure: safe on any thread."""
    chosen = [find(name) for name in metrics]
    return document.measure(draft, target, chosen, lang=lang, deadline_seconds=deadline_seconds)


class DocumentScores(document.DocumentScores):
    """A document's scores that follow its edits, each edit at the cost of one unit."""

    def __init__(self, metrics: Sequence[str] = LIVE, *, lang: str = "zh") -> None:
        super().__init__([find(name) for name in metrics], lang=lang)
