"""Judgements that come back: errors and ratings of a table, joined to units by document and segment."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.errors import InputError
from workbench.metrics.mqm import NO_ERROR
from workbench.model import Annotation, Rating

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from typing import Protocol

    from workbench.model import Severity, Span, TranslationUnit
    from workbench.pipeline.project import Project
    from workbench.store import Change

    class JudgedLine(Protocol):
        """What somebody said of a text, as `report.mqm_read` reads it."""

        @property
        def line(self) -> int: ...
        @property
        def document(self) -> str: ...
        @property
        def number(self) -> int: ...
        @property
        def rater(self) -> str: ...
        @property
        def source(self) -> str: ...
        @property
        def target(self) -> str: ...
        @property
        def category(self) -> str: ...
        @property
        def severity(self) -> Severity: ...
        @property
        def span(self) -> Span | None: ...
        @property
        def source_span(self) -> Span | None: ...
        @property
        def comment(self) -> str: ...
        @property
        def rating(self) -> int | None: ...


_ENDS = str.maketrans(dict.fromkeys("\t\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029", " "))


@dataclass(frozen=True, slots=True)
class JudgementImport:
    """What an import of judgements did: `added` errors (and notes that there is none) and ratings, `kept` as before."""

    name: str
    errors: int
    ratings: int
    kept: int

    def __str__(self) -> str:
        text = f"{self.name}: {self.errors} judgements of errors and {self.ratings} ratings added"
        return f"{text}, {self.kept} were there already"


def import_judgements(project: Project, lines: Iterable[JudgedLine], *, name: str) -> JudgementImport:
    """Add to the units what the lines say of them, one undo step a document; what is there already is not added again.

    A line belongs to the unit with its number in its document, and must have its source. Raises InputError with the
    line at fault, and then nothing is stored.
    """
    from workbench.store import Change, utc_now

    found: dict[str, dict[int, list[JudgedLine]]] = {}
    for line in lines:
        found.setdefault(line.document, {}).setdefault(line.number, []).append(line)
    known = [record.id for record in project.documents()]
    now = utc_now()
    counts = [0, 0, 0]
    planned: dict[str, list[Change]] = {}
    for document, numbers in found.items():
        first = next(iter(numbers.values()))[0]
        if document not in known:
            there = ", ".join(known) or "none"
            raise InputError(
                f"no document {document!r} in the project (there are: {there})", file=name, line=first.line
            )
        units = project.store.units(document)
        noted: dict[str, list[Annotation]] = defaultdict(list)
        for annotation in project.store.annotations(document):
            noted[annotation.unit_id].append(annotation)
        rated: dict[str, list[Rating]] = defaultdict(list)
        for rating in project.store.ratings(document):
            rated[rating.unit_id].append(rating)
        for number, said in numbers.items():
            unit = _unit(units, number, said, name)
            errors, ratings, new = _merged(unit, said, noted.get(unit.id, ()), rated.get(unit.id, ()), now)
            for at, count in enumerate(new):
                counts[at] += count
            if new[0] or new[1]:
                planned.setdefault(document, []).append(Change(unit, annotations=errors, ratings=ratings))
    for document, changes in planned.items():
        project.store.decide(document, project.settings.author, f"import {name}", changes)
    return JudgementImport(name, *counts)


def _unit(
    units: Sequence[TranslationUnit], number: int, said: Sequence[JudgedLine], name: str
) -> TranslationUnit:
    """The unit of that number. Raises InputError where there is none, or a line has another source."""
    document = said[0].document
    if number > len(units):
        reason = f"{document} has {len(units)} units, no segment {number}"
        raise InputError(reason, file=name, line=said[0].line)
    unit = units[number - 1]
    for one in said:
        if _plain(one.source) != _plain(unit.source):
            reason = f"segment {number} of {document} has another source in the project: {unit.source[:40]!r}"
            raise InputError(reason, file=name, line=one.line)
    return unit


def _merged(
    unit: TranslationUnit,
    said: Sequence[JudgedLine],
    noted: Sequence[Annotation],
    rated: Sequence[Rating],
    now: datetime,
) -> tuple[tuple[Annotation, ...], tuple[Rating, ...], tuple[int, int, int]]:
    """The unit's annotations and ratings with what was said, and how many are new errors, new ratings, and old."""
    errors, ratings = list(noted), {one.author: one for one in rated}
    new_errors = new_ratings = kept = 0
    for line in said:
        text = _text(unit, line.target)
        if line.rating is not None:
            old = ratings.get(line.rater)
            if old is not None and (old.value, old.target) == (line.rating, text):
                kept += 1
            else:
                ratings[line.rater] = Rating(unit.id, line.rating, line.rater, text, now)
                new_ratings += 1
            if line.category == NO_ERROR:
                continue
        error = Annotation(
            unit.id, line.category, line.severity, line.rater, line.span, line.comment, text, line.source_span
        )
        if error in errors:
            kept += 1
        else:
            errors.append(error)
            new_errors += 1
    return tuple(errors), tuple(ratings.values()), (new_errors, new_ratings, kept)


def _text(unit: TranslationUnit, given: str) -> str:
    """The unit's target or draft where that is the text given, but for tabs and line ends; else the text given."""
    texts = (unit.target, *(draft.text for draft in unit.drafts))
    return next((text for text in texts if _plain(text) == _plain(given)), given)


def _plain(text: str) -> str:
    return text.replace("<v>", "‹v›").replace("</v>", "‹/v›").translate(_ENDS)
