"""Statistics of a project: progress, edit scores, effort, quality and agreement, a document at a time and in all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench import metrics as family
from workbench.metrics.base import CHUNK, Setting
from workbench.metrics.effort import BANDS, LAST_BAND, Effort, band
from workbench.model import State
from workbench.pipeline.effort import DONE, By, EffortTally, as_confirmed, steps_of
from workbench.pipeline.quality import agreement_of, judgements, qualities
from workbench.pipeline.score import EDIT_METRICS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workbench.metrics.judgement import Agreement, Quality
    from workbench.model import Score, TranslationUnit
    from workbench.pipeline.project import Project

__all__ = ["BANDS", "LAST_BAND", "DocumentStats", "Group", "Overview", "overview", "stats"]

ALL_METRICS_UP_TO = 10_000
"""Done units up to which all edit scores are taken; beyond it the edit rate alone, which costs next to nothing."""

TOTAL = "total"


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


@dataclass(frozen=True, slots=True)
class Group:
    """Effort and quality of a document, reviewer, day or engine; `quality` is None where nobody judged anything."""

    name: str
    effort: Effort | None
    quality: Quality | None


@dataclass(frozen=True, slots=True)
class Overview:
    """All statistics of a project: `documents` and `groups` end with one named "total" where there are several.

    `is_shortened` = of so many units only some edit scores were taken; `threshold` is the quality score to be reached,
    if one is set.
    """

    by: By
    documents: tuple[DocumentStats, ...]
    groups: tuple[Group, ...]
    agreement: Agreement | None
    is_shortened: bool = False
    threshold: float | None = None

    @property
    def whole(self) -> Group | None:
        """The group of everything."""
        return self.groups[-1] if self.groups else None


def stats(project: Project, *, document: str | None = None) -> list[DocumentStats]:
    """The progress and edit scores of each document, and of all together (named "total") where there are several."""
    return list(overview(project, document=document).documents)


def overview(
    project: Project,
    *,
    document: str | None = None,
    by: By = "document",
    metrics: Sequence[str] | None = None,
) -> Overview:
    """The statistics of a project, or of one document. Raises NotFoundError, ConfigError.

    Without `metrics` all edit scores are taken, or of more than `ALL_METRICS_UP_TO` done units the edit rate alone.
    """
    records = [project.document(document)] if document else project.documents()
    settings = project.settings
    is_shortened = metrics is None and sum(record.done_count for record in records) > ALL_METRICS_UP_TO
    metrics = metrics or (EDIT_METRICS[:1] if is_shortened else EDIT_METRICS)
    tally = EffortTally(by)
    units: dict[str, list[TranslationUnit]] = {}
    counts = []
    confirmed = {}
    for record in records:
        confirmed[record.id] = project.store.confirmed(record.id)
        held = units[record.id] = as_confirmed(project.store.units(record.id), confirmed[record.id])
        edits = _Edits(metrics, record.target_lang or settings.target_lang)
        rates = edits.measure([unit for unit in held if unit.state in DONE and unit.drafts])
        langs = {"source_lang": record.source_lang, "target_lang": record.target_lang}
        steps = edits.shares(steps_of(held, confirmed[record.id])) if by == "reviewer" else None
        tally.add(record.name, held, project.store.work(record.id), rates, **langs, steps=steps)
        counts.append(_Counts(record.name, held, edits, rates))
    documents = [one.stats() for one in counts]
    if len(counts) > 1:
        documents.append(sum(counts[1:], counts[0]).stats(TOTAL))
    found = judgements(project, records, units=units)
    whole, parts = qualities(found, settings, by, records)
    efforts = tally.groups()
    groups = [Group(name, efforts.get(name), parts.get(name)) for name in sorted({*efforts, *parts})]
    if (len(records) if by == "document" else len(groups)) != 1 or not groups:
        groups.append(Group(TOTAL, tally.total(), whole))
    return Overview(
        by,
        tuple(documents),
        tuple(groups),
        agreement_of(records, found, confirmed) if whole is not None else None,
        is_shortened,
        settings.mqm.threshold,
    )


class _Edits:
    """The additive statistics of the edit scores of some units."""

    def __init__(self, metrics: Sequence[str], lang: str) -> None:
        self._metrics = [family.find(name) for name in dict.fromkeys(metrics)]
        self._lang = lang
        self.count = 0
        self.totals: list[list[int]] = []

    def measure(self, units: Sequence[TranslationUnit]) -> dict[str, float]:
        """Take up units and give the edit rate of each by its id."""
        import numpy as np

        edit = family.find("edit")
        rates: dict[str, float] = {}
        for start in range(0, len(units), CHUNK):
            some = units[start : start + CHUNK]
            drafts, targets = [unit.draft for unit in some], [unit.target for unit in some]
            tables = {one.name: one.statistics(drafts, [targets], self._lang) for one in self._metrics}
            changed = tables["edit"] if "edit" in tables else edit.statistics(drafts, [targets], self._lang)
            alone = edit.values(changed.astype(np.float64), Setting(self._lang, sentence=True))
            rates.update(zip([unit.id for unit in some], alone.tolist(), strict=True))
            self._add(len(some), [tables[one.name].sum(axis=0).tolist() for one in self._metrics])
        return rates

    def shares(
        self, steps: Mapping[str, Sequence[tuple[str, str, str]]]
    ) -> dict[str, list[tuple[str, float]]]:
        """The edit rate of each step of units that several people confirmed; they are not taken up."""
        import numpy as np

        edit = family.find("edit")
        flat = [step for some in steps.values() for step in some]
        if not flat:
            return {}
        table = edit.statistics([old for _, old, _ in flat], [[new for _, _, new in flat]], self._lang)
        values = iter(edit.values(table.astype(np.float64), Setting(self._lang, sentence=True)).tolist())
        return {unit_id: [(who, next(values)) for who, _, _ in some] for unit_id, some in steps.items()}

    def __add__(self, other: _Edits) -> _Edits:
        both = _Edits([one.name for one in self._metrics], self._lang)
        for one in (self, other):
            if one.count:
                both._add(one.count, one.totals)
        return both

    def _add(self, count: int, sums: list[list[int]]) -> None:
        self.count += count
        self.totals = (
            [
                [a + b for a, b in zip(one, more, strict=True)]
                for one, more in zip(self.totals, sums, strict=True)
            ]
            if self.totals
            else sums
        )

    def scores(self) -> tuple[Score, ...]:
        """The corpus scores, none where there are no units."""
        setting = Setting(self._lang)
        return tuple(
            one.from_totals(total, self.count, setting)
            for one, total in zip(self._metrics, self.totals, strict=False)
        )


class _Counts:
    """What is counted of a document's units, and adds up."""

    def __init__(
        self, name: str, units: Sequence[TranslationUnit], edits: _Edits, rates: dict[str, float]
    ) -> None:
        self.name = name
        self.edits = edits
        self.numbers = {
            **{str(state): 0 for state in State},
            "doubtful": sum(1 for unit in units if unit.is_doubtful),
            "source": sum(len(unit.source) for unit in units),
            "target": sum(len(unit.target) for unit in units),
        }
        for unit in units:
            self.numbers[str(unit.state)] += 1
        self.bands = dict.fromkeys([*(label for label, _ in BANDS), LAST_BAND], 0)
        for rate in rates.values():
            self.bands[band(rate)] += 1

    def __add__(self, other: _Counts) -> _Counts:
        both = _Counts(self.name, (), self.edits + other.edits, {})
        both.numbers = {name: number + other.numbers[name] for name, number in self.numbers.items()}
        both.bands = {name: number + other.bands[name] for name, number in self.bands.items()}
        return both

    def stats(self, name: str = "") -> DocumentStats:
        return DocumentStats(
            name=name or self.name,
            total=sum(self.numbers[str(state)] for state in State),
            states=tuple((str(state), self.numbers[str(state)]) for state in State),
            source_characters=self.numbers["source"],
            target_characters=self.numbers["target"],
            doubtful=self.numbers["doubtful"],
            scores=self.edits.scores(),
            bands=tuple(self.bands.items()),
        )
