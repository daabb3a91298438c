"""MQM: the categories of errors, what each costs, and the quality score of what was judged.

Terms and formulas of the scoring model as on themqm.org ("The MQM Scoring Models", "Values and Scores") and in Lommel
et al., "The Multi-Range Theory of Translation Quality Measurement" (2024); the preset "google" after Freitag et al.,
"Experts, Errors, and Context" (TACL 2021). docs/quality.md has both with worked examples.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from workbench.errors import NotFoundError
from workbench.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from workbench.model import Annotation

CATEGORIES: dict[str, tuple[str, ...]] = {
    "accuracy": (
        "mistranslation", "over-translation", "under-translation", "addition", "omission", "do-not-translate",
        "untranslated",
    ),
    "terminology": ("inconsistent-with-resource", "inconsistent-use", "wrong-term"),
    "linguistic": (
        "grammar", "punctuation", "spelling", "unintelligible", "character-encoding", "textual-conventions",
    ),
    "style": (
        "organizational", "third-party", "inconsistent-with-reference", "register", "awkward", "unidiomatic",
        "inconsistent",
    ),
    "locale": (
        "number-format", "currency-format", "measurement-format", "time-format", "date-format", "address-format",
        "telephone-format", "shortcut-key",
    ),
    "audience": ("culture-specific-reference", "offensive"),
    "design": ("layout", "markup-tag", "truncation", "missing-text", "link"),
    "other": ("non-translation", "source-error"),
}  # fmt: skip
"""MQM-Core: its dimensions and what each is divided into; "other" is for what it leaves to its users."""

NO_ERROR = "no-error"
"""The category of an annotation which says that somebody looked and found nothing."""

NON_TRANSLATION = "other/non-translation"
PUNCTUATION = "linguistic/punctuation"
MAXIMUM = 100.0
"""The maximum score value (MSV)."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What errors cost.

    `severities` are the severity penalty multipliers; `categories` the error type weights (ETW), which multiply them,
    by dimension or by dimension/subtype, the finer one counting; `points` are penalties that take the place of the
    product, by category and severity. At most `errors_per_segment` errors of one reviewer count in a segment, the
    gravest; None = all. Where `critical_fails` a single critical error is enough not to pass.
    """

    name: str
    severities: Mapping[Severity, float]
    categories: Mapping[str, float] = field(default_factory=dict)
    points: Mapping[tuple[str, Severity], float] = field(default_factory=dict)
    errors_per_segment: int | None = None
    critical_fails: bool = True

    def penalty(self, category: str, severity: Severity) -> float:
        """The penalty points of one error."""
        dimension = category.partition("/")[0]
        for name in (category, dimension):
            if (name, severity) in self.points:
                return self.points[name, severity]
        weight = self.categories.get(category, self.categories.get(dimension, 1.0))
        return weight * self.severities[severity]

    def segment_penalty(self, errors: Iterable[tuple[str, Severity]]) -> float:
        """The penalty points of what one reviewer found in one segment."""
        costs = sorted((self.penalty(*error) for error in errors if error[0] != NO_ERROR), reverse=True)
        return sum(costs[: self.errors_per_segment])

    def with_own(
        self,
        *,
        severities: Mapping[Severity, float] | None = None,
        categories: Mapping[str, float] | None = None,
        points: Mapping[tuple[str, Severity], float] | None = None,
    ) -> Weights:
        """These weights with some of one's own in their place."""
        given = severities or categories or points
        return replace(
            self,
            name=f"{self.name}+own" if given else self.name,
            severities={**self.severities, **(severities or {})},
            categories={**self.categories, **(categories or {})},
            points={**self.points, **(points or {})},
        )


PRESETS: dict[str, Weights] = {
    "core": Weights(
        "core", {Severity.NEUTRAL: 0.0, Severity.MINOR: 1.0, Severity.MAJOR: 5.0, Severity.CRITICAL: 25.0}
    ),
    # Its authors dropped "critical": where a reviewer gives it, it counts as major.
    "google": Weights(
        "google",
        {Severity.NEUTRAL: 0.0, Severity.MINOR: 1.0, Severity.MAJOR: 5.0, Severity.CRITICAL: 5.0},
        points={
            (PUNCTUATION, Severity.MINOR): 0.1,
            **{
                (NON_TRANSLATION, severity): 25.0 for severity in Severity if severity is not Severity.NEUTRAL
            },
        },
        errors_per_segment=5,
        critical_fails=False,
    ),
}


@dataclass(frozen=True, slots=True)
class MqmScore:
    """The penalties of what was judged, and what follows from them.

    `apt` = absolute penalty total; `ewc` = evaluation word count (or characters, as `counted` says); `rwc` = reference
    word count; `segments` = how many were judged. `errors` counts by category and severity; where several reviewers
    judged a segment it counts the errors of all of them, while `apt` takes their mean.
    """

    apt: float
    ewc: int
    segments: int
    counted: str
    weights: str
    rwc: int = 1000
    errors: tuple[tuple[str, Severity, int], ...] = ()
    critical_fails: bool = True

    @property
    def pwpt(self) -> float | None:
        """The per-word penalty total APT / EWC, None where nothing was judged."""
        return self.apt / self.ewc if self.ewc else None

    @property
    def npt(self) -> float | None:
        """The normed penalty total APT x RWC / EWC: penalty points for each 1,000 words or characters."""
        return self.apt * self.rwc / self.ewc if self.ewc else None

    @property
    def oqs(self) -> float | None:
        """The overall quality score (1 - PWPT) x 100, below 0 where the penalties are more than the words."""
        return MAXIMUM * (1 - self.apt / self.ewc) if self.ewc else None

    @property
    def per_segment(self) -> float | None:
        """The mean penalty of a segment, which is the score of Freitag et al. (2021): lower is better."""
        return self.apt / self.segments if self.segments else None

    def count(self, severity: Severity) -> int:
        """How many errors of a severity there are."""
        return sum(number for _category, grade, number in self.errors if grade is severity)

    def passes(self, threshold: float) -> bool:
        """Whether the overall quality score reaches the threshold, without a critical error where one is enough."""
        fatal = self.critical_fails and self.count(Severity.CRITICAL) > 0
        return self.oqs is not None and self.oqs >= threshold and not fatal


def score(
    judged: Iterable[tuple[int, Sequence[Sequence[tuple[str, Severity]]]]],
    weights: Weights,
    *,
    counted: str = "words",
    rwc: int = 1000,
) -> MqmScore:
    """The score of judged segments: for each its words or characters, and the errors that each reviewer found in it.

    A segment's penalty is the mean of its reviewers'; one that nobody found an error in is given with no reviewers or
    with empty lists of errors.
    """
    apt, ewc, segments = 0.0, 0, 0
    errors: Counter[tuple[str, Severity]] = Counter()
    for size, reviewers in judged:
        segments += 1
        ewc += size
        if not reviewers:
            continue
        apt += sum(map(weights.segment_penalty, reviewers)) / len(reviewers)
        for found in reviewers:
            errors.update(error for error in found if error[0] != NO_ERROR)
    ordered = sorted(errors.items(), key=lambda item: (-item[1], item[0][0], -item[0][1].rank))
    return MqmScore(
        apt,
        ewc,
        segments,
        counted,
        weights.name,
        rwc,
        tuple((category, severity, number) for (category, severity), number in ordered),
        weights.critical_fails,
    )


def find_category(name: str) -> str:
    """The category of that name, as `dimension` or `dimension/subtype`; a subtype alone will do where only one has it.

    What stands behind the stroke may be one's own. Raises NotFoundError for a dimension that there is not.
    """
    wanted = name.strip().lower().replace(" ", "-").replace("_", "-")
    dimension, stroke, subtype = wanted.partition("/")
    if wanted == NO_ERROR or (dimension in CATEGORIES and (subtype or not stroke)):
        return wanted
    found = [f"{one}/{wanted}" for one, subtypes in CATEGORIES.items() if wanted in subtypes]
    if len(found) == 1:
        return found[0]
    raise NotFoundError("category", name, known=(*CATEGORIES, NO_ERROR))


def errors_of(annotations: Iterable[Annotation]) -> list[tuple[str, Severity]]:
    """What annotations say, as `score` takes it."""
    return [(one.category, one.severity) for one in annotations]
