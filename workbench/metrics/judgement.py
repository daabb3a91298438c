"""Judgements of people as values: what one reviewer said of a text, and what many of them come to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.model import Annotation, Severity, TranslationUnit

if TYPE_CHECKING:
    from workbench.metrics.esa import EsaScore
    from workbench.metrics.mqm import MqmScore

NO_SEVERITY = "none"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one reviewer said of one text of a unit: the errors in it and, where it was rated, from 0 to 100.

    `explicit` = somebody noted something; else the unit was only confirmed.
    """

    document: str
    unit: TranslationUnit
    author: str
    text: str
    errors: tuple[Annotation, ...] = ()
    rating: int | None = None
    explicit: bool = True

    @property
    def worst(self) -> str:
        """The gravest severity of its errors, "none" where there is no error."""
        return str(max((one.severity for one in self.errors), key=lambda one: one.rank, default=NO_SEVERITY))

    @property
    def has_error(self) -> bool:
        """Whether an error was found that is more than neutral."""
        return any(one.severity is not Severity.NEUTRAL for one in self.errors)


@dataclass(frozen=True, slots=True)
class Quality:
    """The quality of a group of units: by errors, by ratings, each None where nobody gave any in the project."""

    mqm: MqmScore | None
    esa: EsaScore | None


@dataclass(frozen=True, slots=True)
class Pair:
    """How far two reviewers agree on the `units` whose same text both judged, `rated` of which both rated.

    `presence` and `severity` are Cohen's kappa of whether there is an error and of the gravest one; `spans` is the F1
    of marked code points; `ratings` Krippendorff's alpha. None = nothing to compare.
    """

    first: str
    second: str
    units: int
    presence: float | None
    severity: float | None
    spans: float | None
    rated: int
    ratings: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement of all pairs of reviewers, and Krippendorff's alpha of the ratings of all of them."""

    pairs: tuple[Pair, ...]
    ratings: float | None
    rated: int
