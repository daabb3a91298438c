"""Scoring without a screen: hypotheses against references, and drafts against what review made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench import metrics as family
from workbench.formats.base import load_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.model import Score, TranslationUnit

EDIT_METRICS = ("edit", "ter", "chrf", "bleu")


def score(
    hypotheses: Sequence[str],
    references: Sequence[str] | Sequence[Sequence[str]],
    metrics: Sequence[str] = ("bleu", "chrf", "ter"),
    *,
    lang: str = "zh",
) -> list[Score]:
    """Corpus scores of aligned lines, one a metric, each with its signature.

    Several references are a list of lists, one for each set of references.

    Raises UsageError when the sides differ in length, NotFoundError for an unknown metric.
    """
    return family.score(hypotheses, references, metrics=tuple(metrics), lang=lang)


def unit_labels(units: Sequence[TranslationUnit], documents: Sequence[str]) -> dict[str, list[str]]:
    """What units can be grouped by: their document, who changed them last and when, the draft's engine, the state.

    The domain too, where the units name one.
    """
    domains = [next((load_value(v) for key, v in unit.extra if key == "domain"), "") for unit in units]
    named = {"domain": [str(one) for one in domains]} if any(domains) else {}
    return named | {
        "document": list(documents),
        "reviewer": [unit.changed_by for unit in units],
        "engine": [unit.drafts[0].engine if unit.drafts else "" for unit in units],
        "state": [str(unit.state) for unit in units],
        "date": [f"{unit.changed_at:%Y-%m-%d}" if unit.changed_at else "" for unit in units],
    }


def edit_scores(
    units: Sequence[TranslationUnit], *, metrics: Sequence[str] = EDIT_METRICS, lang: str = "zh"
) -> list[Score]:
    """How far review moved the drafts: the draft is the hypothesis, the target as it stands now the reference.

    Units without a draft are left out; the scores of no units at all are an empty list.
    """
    pairs = [(unit.draft, unit.target) for unit in units if unit.drafts]
    if not pairs:
        return []
    return family.score(
        [draft for draft, _ in pairs], [target for _, target in pairs], metrics=tuple(metrics), lang=lang
    )
