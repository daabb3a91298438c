"""Making the sure fixes of a file or project: what changes is told first, a document of a project is one undo step."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.checks import CHECKS, DocumentSummaries
from workbench.checks.fixing import FORM, fixed
from workbench.errors import NotFoundError
from workbench.formats.base import document_of
from workbench.model import PostEdit, State
from workbench.pipeline.rules import rules_of, validate

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from workbench.checks import Check, CheckContext
    from workbench.checks.fixing import Choose
    from workbench.model import Content, Issue, TranslationUnit
    from workbench.pipeline.project import Project
    from workbench.pipeline.rules import Rules
    from workbench.termbase import Termbase

OPEN = (State.INITIAL,)
"""The states that are touched unless more is asked for: what nobody has confirmed."""


@dataclass(frozen=True, slots=True)
class FixedUnit:
    """A unit as it was, its new target, and the findings whose fixes made it; `index` is its place in the document."""

    index: int
    unit: TranslationUnit
    target: str
    made: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class FixedDocument:
    """What the fixes change in a document; `passed` counts the confirmed units that would have changed too."""

    name: str
    units: tuple[FixedUnit, ...]
    unit_count: int
    passed: int = 0

    @property
    def counts(self) -> Counter[str]:
        """How many fixes of each check."""
        return Counter(issue.check for unit in self.units for issue in unit.made)


def checks_to_fix(spec: str | None, chosen: Sequence[Check]) -> tuple[Check, ...]:
    """The checks whose fixes are made: the named ones, else those of `chosen` that change the form only.

    "all" stands for all of `chosen`. Raises NotFoundError.
    """
    names = [name.strip() for name in (spec or "").split(",") if name.strip()]
    known = tuple(check.id for check in CHECKS)
    for name in names:
        if name != "all" and name not in known:
            raise NotFoundError("check", name, known=known)
    if not names:
        return tuple(check for check in chosen if check.id in FORM)
    wanted = set(names) | ({check.id for check in chosen} if "all" in names else set())
    return tuple(check for check in CHECKS if check.id in wanted)


def fix_content(
    content: Content,
    rules: Rules,
    termbase: Termbase | None = None,
    *,
    checks: str | None = None,
    states: Collection[State] = OPEN,
    wanted: Callable[[TranslationUnit], bool] | None = None,
    choose: Choose | None = None,
) -> FixedDocument:
    """What the fixes change in the units of a file that are in one of the states and `wanted`."""
    document = content.document
    context = rules.context(
        termbase, source_lang=document.source_lang or "en", target_lang=document.target_lang or "zh"
    )
    chosen = checks_to_fix(checks, rules.checks)
    names = [document_of(unit, document) for unit in content.units]
    summaries = DocumentSummaries(chosen)
    for index, (unit, name) in enumerate(zip(content.units, names, strict=True)):
        summaries.put(unit, document=name, key=str(index))
    return _fixed_document(
        document.name,
        [
            (unit, replace(context, summaries=summaries, document=name))
            for unit, name in zip(content.units, names, strict=True)
        ],
        chosen,
        states=states,
        wanted=wanted,
        choose=choose,
    )


def with_targets(content: Content, changed: FixedDocument) -> Content:
    """The content that was fixed, with the new targets; a unit that was done is open again."""
    units = list(content.units)
    for one in changed.units:
        held = units[one.index]
        units[one.index] = replace(held, target=one.target, state=_state_after(held, "reviewer"))
    return replace(content, units=tuple(units))


def fix_project(
    project: Project,
    *,
    document: str | None = None,
    checks: str | None = None,
    profile: str = "",
    termbase: Termbase | None = None,
    states: Collection[State] = OPEN,
    wanted: Callable[[TranslationUnit], bool] | None = None,
    choose: Choose | None = None,
) -> list[FixedDocument]:
    """What the fixes change in each document of a project (or in one); nothing is stored yet.

    Findings that were waived keep what they are about. Raises NotFoundError, ConfigError.
    """
    validate(project.settings)
    records = project.documents()
    wished = [project.document(document)] if document else records
    base = termbase if termbase is not None else project.termbase
    rules_by_name = {one.name: rules_of(project.settings, one.name, profile=profile) for one in wished}
    fixing = {name: checks_to_fix(checks, rules.checks) for name, rules in rules_by_name.items()}
    summaries = DocumentSummaries({check: None for some in fixing.values() for check in some})
    if summaries.kinds:
        for record in records:
            summaries.put_all(project.store.units(record.id), document=record.name)
    results = []
    for record in wished:
        rules, chosen = rules_by_name[record.name], fixing[record.name]
        context = rules.context(base, source_lang=record.source_lang, target_lang=record.target_lang)
        context = replace(context, summaries=summaries, document=record.name)
        waived: dict[str, set[str]] = {}
        for waiver in project.store.waivers(record.id):
            waived.setdefault(waiver.unit_id, set()).add(waiver.fingerprint)
        results.append(
            _fixed_document(
                record.name,
                [(unit, context) for unit in project.store.units(record.id)],
                chosen,
                states=states,
                wanted=wanted,
                choose=choose,
                waived=waived,
            )
        )
    return results


def store_fixes(project: Project, changed: Iterable[FixedDocument]) -> None:
    """Keep what the fixes change: one decision of the author, and so one undo step, for each document.

    Raises StaleUnitError where somebody else has changed a unit meanwhile; that document is then left as it was.
    """
    from workbench.store.records import Change, utc_now

    settings = project.settings
    for document in changed:
        now = utc_now()
        changes = [
            Change(
                replace(one.unit, target=one.target, state=_state_after(one.unit, settings.role)),
                post_edit=PostEdit(one.unit.id, one.target, settings.author, now),
            )
            for one in document.units
        ]
        if changes:
            name = "fix " + ", ".join(check.id for check in CHECKS if check.id in document.counts)
            project.store.decide(document.name, settings.author, name, changes)


def _state_after(unit: TranslationUnit, role: str) -> State:
    """The state of a unit whose text was changed, as in review: open again, but for a reviewer translated stays so."""
    stays = unit.state is State.TRANSLATED and role == "reviewer"
    return State.TRANSLATED if stays else State.INITIAL


def _fixed_document(
    name: str,
    units: Sequence[tuple[TranslationUnit, CheckContext]],
    checks: Sequence[Check],
    *,
    states: Collection[State],
    wanted: Callable[[TranslationUnit], bool] | None,
    choose: Choose | None,
    waived: dict[str, set[str]] | None = None,
) -> FixedDocument:
    changed: list[FixedUnit] = []
    passed = 0
    for index, (unit, context) in enumerate(units):
        if wanted is not None and not wanted(unit):
            continue
        is_open = unit.state in states
        result = fixed(
            unit,
            context,
            checks=checks,
            waived=(waived or {}).get(unit.id, ()),
            choose=choose if is_open else None,
        )
        if result.target != unit.target:
            passed += not is_open
            if is_open:
                changed.append(FixedUnit(index, unit, result.target, result.made))
    return FixedDocument(name, tuple(changed), len(units), passed)
