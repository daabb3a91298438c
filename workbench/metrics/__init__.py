"""The metrics: sacrebleu's and rates of edited characters, for corpora, single units and live documents.

Nothing heavy is imported until a score is asked for.
"""

from __future__ import annotations

from collections.abc import Sized
from functools import cache
from typing import TYPE_CHECKING

from workbench.errors import NotFoundError
from workbench.metrics import base, bleu, chrf, document, edit, ter
from workbench.metrics.base import Metric, Setting
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
    "Setting",
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
    """The metric of that name, as the command line spells it: `bleu`, or `bleu:char` with a tokenizer of sacrebleu.

    Raises NotFoundError.
    """
    wanted = name.lower()
    for metric in METRICS:
        if metric.name == wanted:
            return metric
    family, _, tokenizer = wanted.partition(":")
    if family == "bleu" and tokenizer:
        return _bleu_with(tokenizer)
    raise NotFoundError("metric", name, known=tuple(metric.name for metric in METRICS))


@cache
def _bleu_with(tokenizer: str) -> Metric:
    if tokenizer not in bleu.TOKENIZERS:
        raise NotFoundError("tokenizer", tokenizer, known=bleu.TOKENIZERS)
    return bleu.metric(tokenizer)


def score(
    hypotheses: Iterable[str],
    references: Iterable[str] | Sequence[Iterable[str]],
    *,
    metrics: Sequence[str] = ("bleu", "chrf", "ter"),
    lang: str = "zh",
) -> list[Score]:
    """Corpus scores of hypotheses against references, `lang` being the language of both.

    Several references are a list of lists: one list for each set, each as long as the hypotheses. Generators will do:
    one chunk of lines is held at a time. Raises UsageError where the sides differ in number or are empty,
    NotFoundError for an unknown metric.
    """
    sets = base.reference_sets(references)
    if isinstance(hypotheses, Sized) and len(sets) > 1:
        base.refuse_transposed(len(hypotheses), sets)
    return base.score_all([find(name) for name in metrics], hypotheses, sets, lang=lang)


def segment_scores(
    hypotheses: Sequence[str],
    references: Sequence[str] | Sequence[Sequence[str]],
    *,
    metrics: Sequence[str] = ("bleu", "chrf", "ter"),
    lang: str = "zh",
) -> list[list[Score]]:
    """The scores of every segment alone, in the order of the metrics; BLEU with effective order."""
    chosen = [find(name) for name in metrics]
    sets = base.reference_sets(references)
    setting = Setting(lang, len(sets), sentence=True)
    found: list[list[Score]] = []
    for some, others in base.chunks(hypotheses, sets):
        tables = [metric.statistics(some, others, lang).tolist() for metric in chosen]
        for lines in zip(*tables, strict=True):
            found.append(
                [metric.from_totals(line, 1, setting) for metric, line in zip(chosen, lines, strict=True)]
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
            scores.append(metric.from_totals(numbers, 1, Setting(lang, sentence=True)))
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
