"""MQM scores: penalties, the presets, the formulas, with the numbers of docs/quality.md."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import NotFoundError
from workbench.metrics import mqm
from workbench.model import Severity

MINOR, MAJOR, CRITICAL, NEUTRAL = Severity.MINOR, Severity.MAJOR, Severity.CRITICAL, Severity.NEUTRAL
CORE, GOOGLE = mqm.PRESETS["core"], mqm.PRESETS["google"]

ERRORS = st.tuples(
    st.sampled_from(
        [
            *mqm.CATEGORIES,
            *(f"{one}/{sub}" for one, subs in mqm.CATEGORIES.items() for sub in subs),
            mqm.NO_ERROR,
        ]
    ),
    st.sampled_from(list(Severity)),
)
SEGMENTS = st.tuples(st.integers(1, 200), st.lists(st.lists(ERRORS, max_size=8), max_size=3))


@pytest.mark.parametrize(
    ("weights", "category", "severity", "points"),
    [
        (CORE, "accuracy", NEUTRAL, 0.0),
        (CORE, "accuracy/omission", MINOR, 1.0),
        (CORE, "style", MAJOR, 5.0),
        (CORE, "linguistic/punctuation", MINOR, 1.0),
        (CORE, "terminology/wrong-term", CRITICAL, 25.0),
        (GOOGLE, "accuracy", MINOR, 1.0),
        (GOOGLE, "accuracy", MAJOR, 5.0),
        (GOOGLE, "accuracy", CRITICAL, 5.0),
        (GOOGLE, "linguistic/punctuation", MINOR, 0.1),
        (GOOGLE, "linguistic/punctuation", MAJOR, 5.0),
        (GOOGLE, "other/non-translation", MAJOR, 25.0),
    ],
)
def test_the_presets_cost_what_they_say(
    weights: mqm.Weights, category: str, severity: Severity, points: float
) -> None:
    assert weights.penalty(category, severity) == points


def test_the_worked_example_of_the_docs() -> None:
    # 400 characters in three units: one without errors, one with a minor and a major, one with two minors.
    judged: list[tuple[int, list[list[tuple[str, Severity]]]]] = [
        (150, [[]]),
        (130, [[("accuracy/omission", MAJOR), ("linguistic/punctuation", MINOR)]]),
        (120, [[("style", MINOR), ("terminology/wrong-term", MINOR)]]),
    ]
    found = mqm.score(judged, CORE, counted="characters")
    assert (found.apt, found.ewc, found.segments) == (8.0, 400, 3)
    assert found.pwpt == pytest.approx(0.02)
    assert found.npt == pytest.approx(20.0)
    assert found.oqs == pytest.approx(98.0)
    assert found.passes(98.0)
    assert not found.passes(98.1)
    google = mqm.score(judged, GOOGLE, counted="characters")
    assert google.apt == pytest.approx(7.1)
    assert google.per_segment == pytest.approx(7.1 / 3)


def test_the_mean_of_the_reviewers_of_a_segment_counts() -> None:
    # Freitag et al.: a segment's score is the mean over its raters; 5 + 0, and 1.
    found = mqm.score([(10, [[("accuracy", MAJOR)], []]), (10, [[("style", MINOR)]])], CORE)
    assert found.apt == 3.5
    assert found.errors == (("accuracy", MAJOR, 1), ("style", MINOR, 1))


def test_google_counts_five_errors_a_segment_the_gravest() -> None:
    many = [("style", MINOR)] * 4 + [("accuracy", MAJOR)] * 3
    assert GOOGLE.segment_penalty(many) == 3 * 5 + 2 * 1
    assert CORE.segment_penalty(many) == 3 * 5 + 4 * 1


def test_own_weights_stand_in_place_of_those_of_the_preset() -> None:
    own = CORE.with_own(
        severities={MAJOR: 10.0},
        categories={"terminology": 2.0, "terminology/inconsistent-use": 0.5},
        points={("design", MINOR): 0.25},
    )
    assert own.name == "core+own"
    assert own.penalty("terminology/wrong-term", MAJOR) == 20.0
    assert own.penalty("terminology/inconsistent-use", MAJOR) == 5.0
    assert own.penalty("design/layout", MINOR) == 0.25
    assert own.penalty("accuracy", MAJOR) == 10.0
    assert CORE.with_own().name == "core"


def test_one_critical_error_fails_where_it_is_enough() -> None:
    judged = [(10_000, [[("accuracy", CRITICAL)]])]
    core, google = mqm.score(judged, CORE), mqm.score(judged, GOOGLE)
    assert core.oqs == pytest.approx(99.75)
    assert not core.passes(95)
    assert google.passes(95)


def test_nothing_judged_has_no_score() -> None:
    nothing = mqm.score([], CORE)
    assert (nothing.oqs, nothing.npt, nothing.pwpt, nothing.per_segment) == (None, None, None, None)
    assert not nothing.passes(0)


def test_more_penalties_than_words_go_below_nought() -> None:
    assert mqm.score([(2, [[("accuracy", MAJOR)]])], CORE).oqs == pytest.approx(-150.0)


@pytest.mark.parametrize(
    ("given_name", "found"),
    [
        ("accuracy", "accuracy"),
        ("Accuracy/Omission", "accuracy/omission"),
        ("omission", "accuracy/omission"),
        ("wrong term", "terminology/wrong-term"),
        ("accuracy/house-rule", "accuracy/house-rule"),
        ("no-error", "no-error"),
        ("non-translation", "other/non-translation"),
    ],
)
def test_categories_are_found(given_name: str, found: str) -> None:
    assert mqm.find_category(given_name) == found


@pytest.mark.parametrize("name", ["mood", "mood/bad", "", "accuracy/"])
def test_other_categories_are_refused(name: str) -> None:
    with pytest.raises(NotFoundError, match="there are: accuracy, terminology"):
        mqm.find_category(name)


@given(st.lists(SEGMENTS), st.lists(SEGMENTS), st.sampled_from([CORE, GOOGLE]))
def test_penalties_add_up(
    some: list[tuple[int, list[list[tuple[str, Severity]]]]],
    others: list[tuple[int, list[list[tuple[str, Severity]]]]],
    weights: mqm.Weights,
) -> None:
    one, other, both = (mqm.score(each, weights) for each in (some, others, some + others))
    assert both.apt == pytest.approx(one.apt + other.apt)
    assert (both.ewc, both.segments) == (one.ewc + other.ewc, one.segments + other.segments)
    for severity in Severity:
        assert both.count(severity) == one.count(severity) + other.count(severity)


@given(st.lists(ERRORS, max_size=8), ERRORS, st.sampled_from([CORE, GOOGLE]))
def test_another_error_never_costs_less(
    errors: list[tuple[str, Severity]], another: tuple[str, Severity], weights: mqm.Weights
) -> None:
    assert weights.segment_penalty([*errors, another]) >= weights.segment_penalty(errors) - 1e-9


@given(st.lists(ERRORS, max_size=20))
def test_a_segment_of_google_costs_five_grave_errors_at_most(errors: list[tuple[str, Severity]]) -> None:
    plain = [error for error in errors if error[0] != mqm.NON_TRANSLATION]
    assert GOOGLE.segment_penalty(plain) <= 25


def test_the_calibrated_score_of_the_docs() -> None:
    found = mqm.score([(1000, [[("style", Severity.MINOR)] * 12])], mqm.PRESETS["core"])
    assert (found.npt, found.oqs) == (12.0, pytest.approx(98.8))
    acceptable, passing = 20, 90
    assert 100 - found.npt * (100 - passing) / acceptable == 94  # type: ignore[operator]
    assert found.passes(100 - acceptable / 10)
