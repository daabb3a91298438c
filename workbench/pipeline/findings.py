"""The findings of a whole file or project: by document, waived ones taken out, with the lines of the files."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbench import formats
from workbench.checks import CHECKS, DocumentFindings
from workbench.checks.found import Place
from workbench.errors import InputError
from workbench.formats.base import document_of
from workbench.formats.files import load
from workbench.pipeline.check import Job, run_jobs
from workbench.pipeline.rules import Rules, rules_of, validate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workbench.checks import Check
    from workbench.model import Content, Issue, TranslationUnit, Waiver
    from workbench.pipeline.project import Project
    from workbench.pipeline.sources import SourceFiles
    from workbench.termbase import Termbase


def check_content(
    content: Content,
    rules: Rules,
    termbase: Termbase | None = None,
    *,
    path: str = "",
    lines: Sequence[int | None] = (),
    workers: int = 1,
) -> DocumentFindings:
    """The findings on the units of a bilingual file; where it joins several documents, these are told apart."""
    document = content.document
    source_lang, target_lang = document.source_lang or "en", document.target_lang or "zh"
    context = rules.context(termbase, source_lang=source_lang, target_lang=target_lang)
    names = tuple(document_of(unit, document) for unit in content.units)
    (found,) = run_jobs([Job(content.units, rules, context, names)], workers=workers)
    units = tuple((unit, tuple(issues)) for unit, issues in zip(content.units, found, strict=True))
    return DocumentFindings(
        document.name,
        units,
        path,
        tuple(lines),
        source_lang,
        target_lang,
    )


def check_project(
    project: Project,
    *,
    document: str | None = None,
    checks: str | None = None,
    profile: str = "",
    termbase: Termbase | None = None,
    workers: int = 1,
) -> list[DocumentFindings]:
    """The findings on each document of a project (or on one) that stand, by the project's settings.

    `checks`, `profile` and `termbase` go before those of the project. Raises NotFoundError, ConfigError.
    """
    validate(project.settings)
    records = project.documents()
    wanted = [project.document(document)] if document else records
    base = termbase if termbase is not None else project.termbase
    jobs: dict[str, Job] = {}
    for record in records:
        rules = rules_of(project.settings, record.name, checks=checks, profile=profile)
        context = rules.context(base, source_lang=record.source_lang, target_lang=record.target_lang)
        if record in wanted or any(check.scope == "project" for check in rules.checks):
            units = project.store.units(record.id)
            jobs[record.id] = Job(units, rules, context, [record.name] * len(units))
    here = [jobs[record.id] for record in wanted]
    others = [job for name, job in jobs.items() if name not in {record.id for record in wanted}]
    files = {one.name: one for one in project.files(problems=[])}
    results: list[DocumentFindings] = []
    for record, job, found in zip(wanted, here, run_jobs(here, workers=workers, around=others), strict=True):
        made = DocumentFindings(
            record.name,
            tuple((unit, tuple(issues)) for unit, issues in zip(job.units, found, strict=True)),
            source_lang=record.source_lang,
            target_lang=record.target_lang,
        )
        made = without_waived(made, project.store.waivers(record.id), job.rules.checks)
        results.append(_placed(made, files.get(record.name)))
    return results


def without_waived(
    findings: DocumentFindings, waivers: Iterable[Waiver], checks: Sequence[Check]
) -> DocumentFindings:
    """The findings without the waived ones, which are counted, with the waivers that waive nothing any more.

    A waiver of a check that did not run, by these `checks`, is not judged; one of a check that is no more is unused.
    """
    waived: dict[tuple[str, str], Waiver] = {(one.unit_id, one.fingerprint): one for one in waivers}
    if not waived:
        return findings
    present = {(issue.unit_id, issue.fingerprint) for issue in findings.issues}
    ran = {check.id for check in checks}
    known = {check.id for check in CHECKS}
    unused = tuple(
        one
        for key, one in waived.items()
        if key not in present and ((name := check_of(one.fingerprint)) in ran or name not in known)
    )
    standing = findings.only(lambda _unit, _line, issue: (issue.unit_id, issue.fingerprint) not in waived)
    return replace(standing, waived=len(findings.issues) - len(standing.issues), unused=unused)


def check_of(fingerprint: str) -> str:
    """The id of the check that a fingerprint was made by, as `workbench.checks.base.fingerprint` makes it."""
    return _MADE.sub("", fingerprint)


_MADE = re.compile(r"-[0-9a-f]{12}(?:-\d+)?\Z")


def drop_unused(project: Project, found: Iterable[DocumentFindings]) -> int:
    """Take the unused waivers out of the store, as one decision a document; how many there were."""
    from workbench.store.records import Change

    dropped = 0
    for one in found:
        gone = {(waiver.unit_id, waiver.fingerprint) for waiver in one.unused}
        if not gone:
            continue
        ids = list(dict.fromkeys(waiver.unit_id for waiver in one.unused))
        held = project.store.waivers(one.name, unit_ids=ids)
        units = project.store.units_by_id(ids, document_id=one.name)
        changes = [
            Change(
                unit,
                waivers=tuple(
                    waiver
                    for waiver in held
                    if waiver.unit_id == unit.id and (waiver.unit_id, waiver.fingerprint) not in gone
                ),
            )
            for unit in units
        ]
        project.store.decide(one.name, project.settings.author, "drop unused waivers", changes)
        dropped += len(gone)
    return dropped


def _placed(found: DocumentFindings, files: SourceFiles | None) -> DocumentFindings:
    """The findings with the file that the document came from and the lines on which its units begin."""
    if files is None:
        return found
    units = [unit for unit, _issues in found.units]
    lines: list[int | None] = []
    places: dict[str, Place] = {}
    try:
        if files.bilingual:
            lines = _bilingual_lines(files, units)
        else:
            lines = [place and place.line for place in _places(files.source, units, target=False)]
            if files.draft is not None:
                found_places = zip(units, _places(files.draft, units, target=True), strict=True)
                places = {unit.id: place for unit, place in found_places if place is not None}
    except InputError:
        pass
    return replace(
        found,
        path=_seen(files.source),
        lines=tuple(lines),
        target_path=_seen(files.draft) if places and files.draft is not None else "",
        places=places,
    )


def _seen(path: Path) -> str:
    """The path as seen from the current folder, where it lies in it."""
    try:
        return path.resolve().relative_to(Path.cwd().resolve()).as_posix()
    except (ValueError, OSError):
        return str(path)


def _places(path: Path, units: Iterable[TranslationUnit], *, target: bool) -> list[Place | None]:
    """Where each unit's source or target begins in a text, searched in order; None where it is not there any more."""
    text, _encoding = formats.decode(load(path), name=str(path))
    places: list[Place | None] = []
    place, line = 0, 1
    for unit in units:
        whole, segments = (
            (unit.target, unit.draft_segments) if target else (unit.source, unit.source_segments)
        )
        wanted = (segments or (whole,))[0].strip()
        at = text.find(wanted, place) if wanted else -1
        if at < 0:
            places.append(None)
            continue
        line += text.count("\n", place, at)
        column = at - text.rfind("\n", 0, at)
        places.append(Place(line, column if wanted == whole else None))
        place = at + len(wanted)
        line += wanted.count("\n")
    return places


def _bilingual_lines(files: SourceFiles, units: Iterable[TranslationUnit]) -> list[int | None]:
    """The line of each unit in a bilingual file, by its source and its turn among those of the same source."""
    lines: list[int | None] = []
    content = formats.read(files.source, options=formats.ReadOptions(lines=lines))
    held: dict[str, list[int | None]] = {}
    for unit, line in zip(content.units, lines, strict=False):
        held.setdefault(unit.source, []).append(line)
    waiting = {source: iter(some) for source, some in held.items()}
    return [next(waiting[unit.source], None) if unit.source in waiting else None for unit in units]


def issues_of(found: Iterable[DocumentFindings]) -> list[Issue]:
    """Every finding of several documents."""
    return [issue for one in found for issue in one.issues]
