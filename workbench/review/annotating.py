"""Annotating: errors that a person confirms in a unit, with category, severity and place; ratings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.errors import CommandError, NotFoundError
from workbench.model import Annotation, Rating, Severity
from workbench.review.following import carried_span
from workbench.review.history import History
from workbench.store.records import Change

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.model import Span

_RESERVED = "nmcx"
COMMON = (
    "accuracy/mistranslation",
    "accuracy/omission",
    "accuracy/addition",
    "terminology/wrong-term",
    "linguistic/grammar",
    "linguistic/punctuation",
    "style/unidiomatic",
    "style/awkward",
    "locale/number-format",
)
"""The errors that a digit names, from 1."""
SEVERITY_LETTERS = {
    "n": Severity.NEUTRAL,
    "m": Severity.MINOR,
    "M": Severity.MAJOR,
    "c": Severity.CRITICAL,
}


def letters_of(names: Sequence[str]) -> dict[str, str]:
    """A letter for each name: its first one that is free; those of severities are never taken."""
    letters: dict[str, str] = {}
    for name in names:
        free = (letter for letter in name if letter.isalpha() and letter not in _RESERVED)
        letters[next(letter for letter in free if letter not in letters)] = name
    return letters


def place_in(annotation: Annotation, target: str) -> Span | None:
    """Where the error stands in the target as it is now; None for the whole unit, or where the words are gone."""
    span = annotation.span
    if span is None or annotation.target in ("", target):
        return span if span is not None and span.end <= len(target) else None
    return carried_span(annotation.target, target, span)


class Annotating(History):
    """The commands by which a person judges a unit."""

    def annotate(
        self,
        category: str,
        severity: str | Severity,
        comment: str = "",
        span: Span | None = None,
        source_span: Span | None = None,
    ) -> str:
        """Confirm an error in the unit, with its MQM category and severity, and where it stands in target or source.

        The category `no-error` says that the unit was judged and holds none.
        """
        from workbench.metrics import mqm

        unit = self.unit
        try:
            category = mqm.find_category(category)
        except NotFoundError as error:
            raise CommandError(f"no category {category!r}; there are {', '.join(error.known)}") from None
        grade = _severity(severity)
        for side, text, where in (("target", unit.target, span), ("source", unit.source, source_span)):
            if where is not None and not (len(where) and where.end <= len(text)):
                raise CommandError(
                    f"the {side} has no characters {where.start}-{where.end}: it has {len(text)}"
                )
        is_error = category != mqm.NO_ERROR
        annotation = Annotation(
            unit.id,
            category,
            grade,
            self.author,
            span if is_error else None,
            comment.strip(),
            target=unit.target,
            source_span=source_span if is_error else None,
        )
        self._decide("annotate", Change(unit, annotations=(*self.annotations(), annotation)))
        if not is_error:
            return f"unit {unit.position + 1}: no error found"
        words = span.of(unit.target) if span else source_span.of(unit.source) if source_span else ""
        behind = " of the source" if source_span and not span else ""
        place = f" in “{words}”{behind}" if words else ""
        return f"unit {unit.position + 1}: {grade} {category} error noted{place}"

    def unannotate(self, number: int = 1) -> str:
        """Take an annotation away."""
        unit, (annotation, others) = self.unit, self._noted(number)
        self._decide("unannotate", Change(unit, annotations=(*others[: number - 1], *others[number - 1 :])))
        return f"unit {unit.position + 1}: {annotation.category} is no longer noted"

    def grade(self, number: int, severity: str | Severity) -> str:
        """Give an annotation another severity."""
        unit, grade = self.unit, _severity(severity)
        annotation, others = self._noted(number)
        if annotation.severity is grade:
            raise CommandError(f"annotation {number} is {grade} already")
        changed = replace(annotation, severity=grade)
        kept = (*others[: number - 1], changed, *others[number - 1 :])
        self._decide("grade", Change(unit, annotations=kept))
        return f"unit {unit.position + 1}: {annotation.category} is {grade} now"

    def rate(self, value: int) -> str:
        """Say from 0 to 100 how good the target is, in place of what the same author said before."""
        from workbench.metrics import esa

        unit = self.unit
        if not esa.LOWEST <= value <= esa.HIGHEST:
            raise CommandError(f"a rating goes from {esa.LOWEST} to {esa.HIGHEST}, not {value}")
        others = [one for one in self.ratings() if one.author != self.author]
        rating = Rating(unit.id, value, self.author, unit.target, self._clock())
        self._decide("rate", Change(unit, ratings=(*others, rating)))
        return f"unit {unit.position + 1} rated {value}"

    # Within

    def _noted(self, number: int) -> tuple[Annotation, tuple[Annotation, ...]]:
        """The annotation of that number, and the others in their order."""
        noted = self.annotations()
        if not noted:
            raise CommandError("nobody has noted an error in the unit")
        if not 1 <= number <= len(noted):
            raise CommandError(f"there is no annotation {number}: the unit has {len(noted)}")
        return noted[number - 1], (*noted[: number - 1], *noted[number:])


def _severity(severity: str | Severity) -> Severity:
    try:
        return Severity(severity)
    except ValueError:
        raise CommandError(f"no severity {severity!r}; there are {', '.join(Severity)}") from None
