"""Agreement between reviewers: worked examples, definitions at the edges, properties."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.metrics.agreement import alpha, kappa, span_f1
from workbench.model import Span

LABELS = st.lists(st.tuples(st.sampled_from("nmMc"), st.sampled_from("nmMc")), min_size=1, max_size=40)


def test_the_worked_example_of_kappa() -> None:
    # Ten units: 4 both say error, 3 both say none, 2 only the first, 1 only the second.
    first = [True] * 4 + [False] * 3 + [True] * 2 + [False]
    second = [True] * 4 + [False] * 3 + [False] * 2 + [True]
    # po = 0.7; pe = 0.6 * 0.5 + 0.4 * 0.5 = 0.5; (0.7 - 0.5) / 0.5 = 0.4
    assert kappa(first, second) == pytest.approx(0.4)


def test_kappa_where_chance_alone_would_agree() -> None:
    assert kappa(["none"] * 5, ["none"] * 5) == 1.0
    assert kappa(["none"] * 5, ["major"] * 5) == 0.0
    assert kappa([], []) is None
    with pytest.raises(ValueError, match="2 labels and 1"):
        kappa([1, 2], [1])


def test_kappa_below_chance() -> None:
    assert kappa([True, False], [False, True]) == -1.0


@given(LABELS)
def test_kappa_is_symmetric_at_most_one_and_one_for_the_same(labels: list[tuple[str, str]]) -> None:
    first, second = [one for one, _ in labels], [other for _, other in labels]
    found = kappa(first, second)
    assert found == kappa(second, first)
    assert found is not None
    assert -1 <= found <= 1
    assert kappa(first, first) == 1.0
    assert (found == 1.0) == (first == second)


def test_the_worked_example_of_alpha() -> None:
    # Two reviewers, three units: (90, 80), (60, 60), (30, 50); a fourth has one rating and does not count.
    # Do = (100 + 0 + 400) * 2 / 6 = 166.67; De = the mean squared difference of the 30 ordered pairs = 913.33.
    values = [90, 80, 60, 60, 30, 50]
    expected = sum((a - b) ** 2 for a in values for b in values) / 30
    assert expected == pytest.approx(913.3333, abs=1e-4)
    found = alpha([[90, 80], [60, 60], [30, 50], [70]])
    assert found == pytest.approx(1 - (2 * (100 + 0 + 400) / 6) / expected)
    assert found == pytest.approx(0.8175, abs=1e-4)


@given(st.lists(st.lists(st.integers(0, 100), min_size=1, max_size=4), min_size=1, max_size=12))
def test_alpha_is_what_its_definition_says(units: list[list[int]]) -> None:
    rated = [one for one in units if len(one) > 1]
    values = [value for one in rated for value in one]
    count = len(values)
    if not count or len(set(values)) == 1:
        assert alpha(units) == (1.0 if count else None)
        return
    observed = sum(sum((a - b) ** 2 for a in one for b in one) / (len(one) - 1) for one in rated) / count
    expected = sum((a - b) ** 2 for a in values for b in values) / (count * (count - 1))
    assert alpha(units) == pytest.approx(1 - observed / expected)


def test_alpha_without_anything_to_compare() -> None:
    assert alpha([]) is None
    assert alpha([[50], [60]]) is None
    assert alpha([[70, 70], [70, 70, 70]]) == 1.0


@given(st.lists(st.lists(st.integers(0, 100), min_size=2, max_size=4), min_size=1, max_size=20))
def test_alpha_is_at_most_one_and_knows_no_order(units: list[list[int]]) -> None:
    found = alpha(units)
    assert found is not None
    assert found <= 1 + 1e-12
    assert alpha([one[::-1] for one in reversed(units)]) == pytest.approx(found)
    assert alpha([[one[0]] * len(one) for one in units]) == pytest.approx(1.0)


def test_the_worked_example_of_spans() -> None:
    # The first marks 2..6, the second 4..8: two code points of four each. In the other unit only one marks two.
    units = [([Span(2, 6)], [Span(4, 8)]), ([Span(0, 2)], [])]
    assert span_f1(units) == pytest.approx(2 * 2 / (4 + 4 + 2))
    assert span_f1([([], [])]) is None
    assert span_f1([([Span(0, 3), Span(2, 5)], [Span(0, 5)])]) == 1.0


SPANS = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 6)).map(lambda one: Span(one[0], one[0] + one[1]))
)


@given(st.lists(st.tuples(SPANS, SPANS)))
def test_spans_are_symmetric_and_one_for_the_same(units: list[tuple[list[Span], list[Span]]]) -> None:
    found = span_f1(units)
    assert found == span_f1([(second, first) for first, second in units])
    assert found is None or 0 <= found <= 1
    assert span_f1([(first, first) for first, _ in units]) in (None, 1.0)
