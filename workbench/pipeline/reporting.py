"""What a report tells of a project or bilingual file: units, findings, changes, scores, effort, put together."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from workbench import metrics as family
from workbench.checks import DocumentFindings
from workbench.errors import UsageError
from workbench.pipeline.effort import DONE, as_confirmed
from workbench.pipeline.groups import edit_labels, grouped, length_labels
from workbench.pipeline.measuring import measure
from workbench.pipeline.score import EDIT_METRICS, unit_labels
from workbench.pipeline.sides import Side
from workbench.pipeline.stats import ALL_METRICS_UP_TO, BANDS, LAST_BAND, overview

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from workbench.model import Annotation, Content, Issue, Rating, Score, TranslationUnit
    from workbench.pipeline.measuring import Measured
    from workbench.pipeline.project import Project
    from workbench.pipeline.rules import Rules
    from workbench.pipeline.stats import Overview
    from workbench.store import Work
    from workbench.termbase import Termbase

GROUPS = ("document", "engine", "reviewer", "length")
"""What the scores of a review are broken down by, each where there is more than one group."""

Breakdown = tuple[str, tuple[tuple[str, str, "Sequence[Score]"], ...]]


@dataclass(frozen=True, slots=True)
class ReviewedUnit:
    """A unit with what was found, noted and spent on it; `edit` = the edit rate of its draft in percent, if any."""

    document: int
    unit: TranslationUnit
    issues: tuple[Issue, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    edit: float | None = None
    seconds: float = 0.0
    ratings: tuple[Rating, ...] = ()


@dataclass(frozen=True, slots=True)
class Reviewed:
    """All that a report on drafts and their review tells.

    `scored_count` units count for `scores`, `bands` and `groups`: those reviewed of a project, all drafted of a file.
    `langs` = source and target language of each document. `groups` = (by, (group, "draft", scores) each). `checked` is
    False where no checks were run. `people` and `days` are effort and quality by reviewer and by day, None where nobody
    has worked yet.
    """

    name: str
    documents: tuple[str, ...]
    source_lang: str
    target_lang: str
    units: tuple[ReviewedUnit, ...]
    langs: tuple[tuple[str, str], ...] = ()
    waived_count: int = 0
    checked: bool = True
    is_project: bool = False
    scored_count: int = 0
    changed_count: int = 0
    reviewers: tuple[tuple[str, int], ...] = ()
    bands: tuple[tuple[str, int], ...] = ()
    scores: tuple[Score, ...] = ()
    groups: tuple[Breakdown, ...] = ()
    people: Overview | None = None
    days: Overview | None = None
    warnings: tuple[str, ...] = field(default=())


def review_of_project(
    project: Project,
    *,
    document: str | None = None,
    metrics: Sequence[str] | None = None,
    checks: str | None = None,
    termbase: Termbase | None = None,
    checked: bool = True,
    workers: int = 1,
) -> Reviewed:
    """A project's review, or that of one document. Raises NotFoundError, ConfigError.

    Without `metrics` all edit scores are taken, or of more than `ALL_METRICS_UP_TO` units the edit rate alone.
    """
    from workbench.pipeline.findings import check_project

    if checked:
        found = check_project(project, document=document, checks=checks, termbase=termbase, workers=workers)
    else:
        records = [project.document(document)] if document else project.documents()
        found = [
            _unchecked(one.name, project.store.units(one.id), (one.source_lang, one.target_lang))
            for one in records
        ]
    found = [_as_confirmed(project, one) for one in found]
    people = overview(project, document=document, by="reviewer", metrics=("edit",))
    return _review(
        project.folder.name if document is None else document,
        found,
        langs=(project.settings.source_lang, project.settings.target_lang),
        annotations=[(one.name, noted) for one in found for noted in project.store.annotations(one.name)],
        ratings=[(one.name, rating) for one in found for rating in project.store.ratings(one.name)],
        work=[(one.name, work) for one in found for work in project.store.work(one.name)],
        people=people if people.groups else None,
        days=overview(project, document=document, by="day", metrics=("edit",)),
        metrics=metrics,
        checked=checked,
        is_project=True,
    )


def review_of_content(
    content: Content,
    rules: Rules | None,
    termbase: Termbase | None = None,
    *,
    name: str,
    metrics: Sequence[str] | None = None,
    workers: int = 1,
) -> Reviewed:
    """The review that a bilingual file holds, its drafts against its targets; without rules nothing is checked."""
    from workbench.formats.base import document_of
    from workbench.pipeline.findings import check_content

    langs = (content.document.source_lang or "en", content.document.target_lang or "zh")
    if rules is None:
        whole = _unchecked(name, content.units, langs)
    else:
        whole = check_content(content, rules, termbase, workers=workers)
    parts: dict[str, list[tuple[TranslationUnit, tuple[Issue, ...]]]] = {}
    for unit, issues in whole.units:
        own = document_of(unit, content.document)
        parts.setdefault(name if own == content.document.name else own, []).append((unit, issues))
    found = [
        DocumentFindings(one, tuple(units), source_lang=langs[0], target_lang=langs[1])
        for one, units in parts.items()
    ]
    return _review(name, found, langs=langs, metrics=metrics, checked=rules is not None)


def systems_groups(measured: Measured, labels: Mapping[str, Sequence[str]]) -> tuple[Breakdown, ...]:
    """The scores of systems by domain, document (at most 60 of them) and length, where there is more than one group."""
    given = {key: labels[key] for key in ("domain", "document") if key in labels}
    given["length"] = length_labels(measured.lengths[""])
    return tuple(
        (by, tuple(grouped(measured, own, by))) for by, own in given.items() if 1 < len(set(own)) <= 60
    )


def _as_confirmed(project: Project, found: DocumentFindings) -> DocumentFindings:
    units = as_confirmed([unit for unit, _ in found.units], project.store.confirmed(found.name))
    issues = (issues for _, issues in found.units)
    return replace(found, units=tuple(zip(units, issues, strict=True)))


def _unchecked(name: str, units: Iterable[TranslationUnit], langs: tuple[str, str]) -> DocumentFindings:
    found = tuple((unit, ()) for unit in units)
    return DocumentFindings(name, found, source_lang=langs[0], target_lang=langs[1])


def _review(
    name: str,
    found: Sequence[DocumentFindings],
    *,
    langs: tuple[str, str],
    metrics: Sequence[str] | None,
    checked: bool,
    annotations: Sequence[tuple[str, Annotation]] = (),
    ratings: Sequence[tuple[str, Rating]] = (),
    work: Sequence[tuple[str, Work]] = (),
    people: Overview | None = None,
    days: Overview | None = None,
    is_project: bool = False,
) -> Reviewed:
    spoken = tuple((one.source_lang, one.target_lang) for one in found)
    langs = spoken[0] if len(set(spoken)) == 1 else langs
    units = _units(found, annotations, ratings, work, lang=langs[1])
    scored = [one for one in units if one.edit is not None and (one.unit.state in DONE or not is_project)]
    bands = Counter(edit_labels([one.edit or 0.0 for one in scored]))
    shortened = metrics is None and len(scored) > ALL_METRICS_UP_TO
    metrics = metrics or (EDIT_METRICS[:1] if shortened else EDIT_METRICS)
    scores, groups, warnings = _scores(scored, [one.name for one in found], metrics, langs[1])
    if shortened:
        told = f"of more than {ALL_METRICS_UP_TO:,} units the edit rate alone is scored"
        warnings = (*warnings, f"{told} (--metric {','.join(EDIT_METRICS)} takes all)")
    done = Counter(one.unit.changed_by for one in units if one.unit.state in DONE and one.unit.changed_by)
    return Reviewed(
        name,
        tuple(one.name for one in found),
        *langs,
        units,
        spoken,
        waived_count=sum(one.waived for one in found),
        checked=checked,
        is_project=is_project,
        scored_count=len(scored),
        changed_count=sum(1 for one in scored if one.unit.draft != one.unit.target),
        reviewers=tuple(done.most_common()),
        bands=tuple((label, bands[label]) for label in (*(label for label, _ in BANDS), LAST_BAND))
        if scored
        else (),
        scores=scores,
        groups=groups,
        people=people,
        days=days,
        warnings=warnings,
    )


def _units(
    found: Sequence[DocumentFindings],
    annotations: Sequence[tuple[str, Annotation]],
    ratings: Sequence[tuple[str, Rating]],
    work: Sequence[tuple[str, Work]],
    *,
    lang: str,
) -> tuple[ReviewedUnit, ...]:
    """Each unit of all documents, in order, with what was noted of it and spent on it."""
    noted: dict[tuple[str, str], list[Annotation]] = defaultdict(list)
    for document, annotation in annotations:
        noted[document, annotation.unit_id].append(annotation)
    rated: dict[tuple[str, str], list[Rating]] = defaultdict(list)
    for document, rating in ratings:
        rated[document, rating.unit_id].append(rating)
    seconds: dict[tuple[str, str], float] = defaultdict(float)
    for document, one_work in work:
        seconds[document, one_work.unit_id] += one_work.seconds
    pairs = [(at, one, unit, issues) for at, one in enumerate(found) for unit, issues in one.units]
    rates = _edit_rates([unit for _, _, unit, _ in pairs], lang)
    return tuple(
        ReviewedUnit(
            at,
            unit,
            issues,
            tuple(noted.get((one.name, unit.id), ())),
            rate,
            seconds.get((one.name, unit.id), 0.0),
            tuple(rated.get((one.name, unit.id), ())),
        )
        for (at, one, unit, issues), rate in zip(pairs, rates, strict=True)
    )


def _edit_rates(units: Sequence[TranslationUnit], lang: str) -> list[float | None]:
    """The edit rate of each unit's draft against its target, None without a draft or without a target."""
    drafted = [unit for unit in units if unit.drafts and unit.target]
    scores = family.segment_scores(
        [unit.draft for unit in drafted], [unit.target for unit in drafted], metrics=("edit",), lang=lang
    )
    rates = iter(scores)
    return [next(rates)[0].value if unit.drafts and unit.target else None for unit in units]


def _scores(
    scored: Sequence[ReviewedUnit], documents: Sequence[str], metrics: Sequence[str], lang: str
) -> tuple[tuple[Score, ...], tuple[Breakdown, ...], tuple[str, ...]]:
    """The scores of the drafts as they were against what review made of them: of all, and of each group."""
    if not scored:
        return (), (), ()
    units = [one.unit for one in scored]
    drafts = Side("draft", texts=[unit.draft for unit in units])
    targets = Side("the targets", texts=[unit.target for unit in units])
    try:
        measured = measure([drafts], [targets], metrics, lang=lang, keep=True)
    except UsageError as error:
        return (), (), (str(error),)
    labels: dict[str, Sequence[str]] = dict(unit_labels(units, [documents[one.document] for one in scored]))
    labels["length"] = length_labels(measured.lengths[""])
    groups = tuple(
        (by, tuple(grouped(measured, labels[by], by))) for by in GROUPS if len(set(labels[by])) > 1
    )
    return tuple(measured.scores("draft")), groups, measured.warnings
