"""Quality as people judged it: who found which errors in which text, MQM and ESA scores, agreement of reviewers."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations, groupby
from typing import TYPE_CHECKING, NamedTuple

from workbench import config
from workbench.errors import NotFoundError
from workbench.langs import is_chinese
from workbench.metrics import agreement, esa, mqm
from workbench.metrics.effort import size
from workbench.metrics.judgement import Agreement, Judgement, Pair, Quality
from workbench.model import Severity
from workbench.pipeline.effort import DONE, UNNAMED, By, unit_group

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workbench.config import Settings
    from workbench.metrics.mqm import Weights
    from workbench.model import Annotation, TranslationUnit
    from workbench.pipeline.project import Project
    from workbench.store import DocumentRecord


def weights_of(settings: Settings) -> Weights:
    """What errors cost by the table [mqm] of a project. Raises ConfigError with the line."""
    given = settings.mqm

    def fail(reason: str, key: str) -> Exception:
        return config.setting_error(settings.folder, f"mqm: {reason}", key, "mqm")

    def severity(name: str) -> Severity:
        if name not in set(Severity):
            raise fail(f"no severity {name!r}; there are {', '.join(Severity)}", name)
        return Severity(name)

    def category(name: str) -> str:
        try:
            return mqm.find_category(name)
        except NotFoundError as error:
            raise fail(str(error), name) from None

    if given.preset not in mqm.PRESETS:
        raise fail(f"no preset {given.preset!r}; there are {', '.join(mqm.PRESETS)}", "preset")
    if given.per not in ("", "characters", "words"):
        raise fail(f"per is characters or words, not {given.per!r}", "per")
    return mqm.PRESETS[given.preset].with_own(
        severities={severity(name): value for name, value in given.severity},
        categories={category(name): value for name, value in given.category},
        points={(category(name), severity(grade)): value for name, grade, value in given.points},
    )


def judgements(
    project: Project,
    records: Sequence[DocumentRecord],
    *,
    units: dict[str, list[TranslationUnit]] | None = None,
) -> list[Judgement]:
    """All judgements in these documents, in the order of the units.

    A unit that was confirmed without a word has one, of no error. `units` are those of the documents where they
    have been read already.
    """
    found: list[Judgement] = []
    for record in records:
        held = units[record.id] if units else project.store.units(record.id)
        said = _said(project, record)
        for unit in held:
            here = said.get(unit.id)
            if here:
                found += (
                    Judgement(record.name, unit, author, text or unit.target, tuple(errors), rating)
                    for (author, text), (errors, rating) in here.items()
                )
            elif unit.state in DONE:
                text = unit.draft if unit.drafts else unit.target
                found.append(Judgement(record.name, unit, unit.changed_by or UNNAMED, text, explicit=False))
    return found


def _said(
    project: Project, record: DocumentRecord
) -> dict[str, dict[tuple[str, str], tuple[list[Annotation], int | None]]]:
    """By unit id, author and text the errors and the rating."""
    said: dict[str, dict[tuple[str, str], tuple[list[Annotation], int | None]]] = defaultdict(dict)
    for one in project.store.annotations(record.id):
        errors, _rating = said[one.unit_id].setdefault((one.author, one.target), ([], None))
        if one.category != mqm.NO_ERROR:
            errors.append(one)
    for rating in project.store.ratings(record.id):
        here, key = said[rating.unit_id], (rating.author, rating.target)
        here[key] = (here[key][0] if key in here else [], rating.value)
    return said


def qualities(
    found: Sequence[Judgement], settings: Settings, by: By, records: Sequence[DocumentRecord]
) -> tuple[Quality | None, dict[str, Quality]]:
    """The quality of everything judged, None where nobody noted or rated anything, and that of each group by name.

    By reviewer a group holds what that person judged.
    """
    weights = weights_of(settings)
    annotated = any(one.errors or (one.explicit and one.rating is None) for one in found)
    rated = any(one.rating is not None for one in found)
    if not annotated and not rated:
        return None, {}
    langs = {one.name: (one.source_lang, one.target_lang) for one in records}
    kinds = {is_chinese(target) for _, target in langs.values()}
    in_chinese = kinds.pop() if len(kinds) == 1 else is_chinese(settings.target_lang)
    per = settings.mqm.per or ("characters" if in_chinese else "words")
    everything: list[_Judged] = []
    groups: dict[str, list[_Judged]] = defaultdict(list)
    for _key, some in groupby(found, key=lambda one: (one.document, one.unit.id)):
        here = list(some)
        judged = _judged(here, per, langs)
        everything.append(judged)
        if by != "reviewer":
            groups[unit_group(here[0].unit, here[0].document, by)].append(judged)
        else:
            for author in dict.fromkeys(one.author for one in here):
                own = [one for one in here if one.author == author]
                groups[author].append(judged if len(own) == len(here) else _judged(own, per, langs))

    def quality(some: Sequence[_Judged]) -> Quality:
        scored = ((one.size, one.errors) for one in some)
        return Quality(
            mqm=mqm.score(scored, weights, counted=per, rwc=settings.mqm.reference) if annotated else None,
            esa=esa.score(one.ratings for one in some) if rated else None,
        )

    whole = quality(everything)
    if list(groups.values()) == [everything]:
        return whole, dict.fromkeys(groups, whole)
    return whole, {name: quality(groups[name]) for name in sorted(groups)}


class _Judged(NamedTuple):
    """A unit as it was judged: its size, the errors that each reviewer found, the ratings."""

    size: int
    errors: Sequence[Sequence[tuple[str, Severity]]]
    ratings: Sequence[int]


def _judged(some: Sequence[Judgement], per: str, langs: Mapping[str, tuple[str, str]]) -> _Judged:
    first = some[0]
    size = _size(first, per, *langs[first.document])
    if not first.explicit:
        return _Judged(size, (), ())
    errors: dict[str, list[tuple[str, Severity]]] = defaultdict(list)
    for one in some:
        errors[one.author] += mqm.errors_of(one.errors)
    ratings = [one.rating for one in some if one.rating is not None]
    return _Judged(size, tuple(errors.values()), ratings)


def _size(one: Judgement, per: str, source_lang: str, target_lang: str) -> int:
    if per == "characters":
        return len("".join(one.text.split()))
    if not is_chinese(source_lang):
        return size(one.unit.source, source_lang)
    return size(one.text, target_lang)


def agreement_of(
    records: Sequence[DocumentRecord],
    found: Sequence[Judgement],
    confirmed: Mapping[str, Sequence[tuple[str, str, str]]],
) -> Agreement | None:
    """How far reviewers agree, None where no text was judged by two.

    `confirmed` = by document the unit, author and text of each confirmation, oldest first. Whoever confirmed a
    text without noting an error in it judged it as free of errors.
    """
    texts: dict[tuple[str, str, str], dict[str, Judgement]] = defaultdict(dict)
    for one in found:
        if one.explicit:
            texts[one.document, one.unit.id, one.text][one.author] = one
    for record in records:
        _add_confirmed(record.name, confirmed[record.id], texts)
    pairs: dict[tuple[str, str], list[tuple[Judgement, Judgement]]] = defaultdict(list)
    for judged in texts.values():
        for first, second in combinations(sorted(judged), 2):
            pairs[first, second].append((judged[first], judged[second]))
    if not pairs:
        return None
    ratings = [[one.rating for one in judged.values() if one.rating is not None] for judged in texts.values()]
    return Agreement(
        pairs=tuple(_pair(*names, both) for names, both in sorted(pairs.items())),
        ratings=agreement.alpha(ratings),
        rated=sum(1 for one in ratings if len(one) > 1),
    )


def _add_confirmed(
    document: str,
    confirmed: Sequence[tuple[str, str, str]],
    texts: dict[tuple[str, str, str], dict[str, Judgement]],
) -> None:
    """Add the confirmations of texts that somebody else said something of."""
    said = {key[1:]: judged for key, judged in texts.items() if key[0] == document}
    if not said:
        return
    for unit_id, author, text in confirmed:
        judged = said.get((unit_id, text))
        if judged and author not in judged:
            unit = next(iter(judged.values())).unit
            judged[author] = Judgement(document, unit, author, text, explicit=False)


def _pair(first: str, second: str, both: Sequence[tuple[Judgement, Judgement]]) -> Pair:
    rated = [
        [one.rating, other.rating]
        for one, other in both
        if one.rating is not None and other.rating is not None
    ]
    return Pair(
        first,
        second,
        units=len(both),
        presence=agreement.kappa([one.has_error for one, _ in both], [other.has_error for _, other in both]),
        severity=agreement.kappa([one.worst for one, _ in both], [other.worst for _, other in both]),
        spans=agreement.span_f1(
            ([e.span for e in one.errors if e.span], [e.span for e in other.errors if e.span])
            for one, other in both
        ),
        rated=len(rated),
        ratings=agreement.alpha(rated),
    )
