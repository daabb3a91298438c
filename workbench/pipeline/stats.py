"""Statistics of a project: progress and edit scores, a document at a time and in all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.model import State
from workbench.pipeline.score import edit_scores

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.model import Score, TranslationUnit
    from workbench.pipeline.project import Project

BANDS: tuple[tuple[str, float], ...] = (
    ("0", 0.0),
    ("1-5", 5.0),
    ("6-15", 15.0),
    ("16-25", 25.0),
    ("26-50", 50.0),
)
LAST_BAND = ">50"


@dataclass(frozen=True, slots=True)
class DocumentStats:
    """Counts of units and characters by state, and the edit scores of what was reviewed."""

    name: str
    total: int
    states: tuple[tuple[str, int], ...]
    source_characters: int
    target_characters: int
    doubtful: int
    scores: tuple[Score, ...]
    bands: tuple[tuple[str, int], ...]

    @property
    def done(self) -> int:
        """Units that are reviewed or final."""
        counts = dict(self.states)
        return counts[State.REVIEWED] + counts[State.FINAL]


def stats(project: Project, *, document: str | None = None) -> list[DocumentStats]:
    """The statistics of each document, and of all together (named "total") where there are several."""
    records = [project.document(document)] if document else project.documents()
    each = [(record.name, project.store.units(record.id)) for record in records]
    lang = project.settings.target_lang
    result = [_count(name, units, lang) for name, units in each]
    if len(each) > 1:
        result.append(_count("total", [unit for _, units in each for unit in units], lang))
    return result


def _count(name: str, units: Sequence[TranslationUnit], lang: str) -> DocumentStats:
    from workbench import metrics

    done = [unit for unit in units if unit.state in (State.REVIEWED, State.FINAL)]
    counts = dict.fromkeys([label for label, _ in BANDS] + [LAST_BAND], 0)
    drafted = [unit for unit in done if unit.drafts]
    for (rate,) in metrics.segment_scores(
        [unit.draft for unit in drafted], [unit.target for unit in drafted], metrics=("edit",), lang=lang
    ):
        counts[_band(rate.value)] += 1
    return DocumentStats(
        name=name,
        total=len(units),
        states=tuple((str(state), sum(1 for unit in units if unit.state is state)) for state in State),
        source_characters=sum(len(unit.source) for unit in units),
        target_characters=sum(len(unit.target) for unit in units),
        doubtful=sum(1 for unit in units if unit.is_doubtful),
        scores=tuple(edit_scores(done, lang=lang)),
        bands=tuple(counts.items()),
    )


def _band(rate: float) -> str:
    """The band of change a percentage falls into; a started percent counts as whole."""
    for label, top in BANDS:
        if rate <= top:
            return label
    return LAST_BAND
