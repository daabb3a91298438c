"""ESA scores: means, and intervals that are those of a bootstrap."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.metrics import esa


def test_the_worked_example_of_the_docs() -> None:
    # Four segments; the second was rated by two reviewers, the last by nobody.
    found = esa.score([[90], [60, 80], [100], []])
    assert found is not None
    assert found.mean == pytest.approx((90 + 70 + 100) / 3)
    assert (found.segments, found.ratings) == (3, 4)
    assert 70 <= found.low < found.mean < found.high <= 100


def test_nobody_rated_anything() -> None:
    assert esa.score([]) is None
    assert esa.score([[], []]) is None


def test_the_same_seed_gives_the_same_interval() -> None:
    ratings = [[value] for value in (10, 40, 75, 75, 90, 100)]
    assert esa.score(ratings, seed=7) == esa.score(ratings, seed=7)
    assert esa.score(ratings, seed=7) != esa.score(ratings, seed=8)


def test_the_interval_is_that_of_drawing_segments_with_replacement() -> None:
    values = np.random.default_rng(1).integers(0, 101, 400)
    found = esa.score([[int(value)] for value in values], samples=20_000)
    assert found is not None
    draws = np.random.default_rng(2).choice(values, (20_000, 400)).mean(axis=1)
    assert found.low == pytest.approx(np.quantile(draws, 0.025), abs=0.25)
    assert found.high == pytest.approx(np.quantile(draws, 0.975), abs=0.25)


@given(st.lists(st.lists(st.integers(0, 100), min_size=1, max_size=3), min_size=1, max_size=30))
def test_the_mean_lies_between_the_ratings_and_the_interval_too(ratings: list[list[int]]) -> None:
    found = esa.score(ratings, samples=200)
    assert found is not None
    lowest, highest = min(map(min, ratings)), max(map(max, ratings))
    assert lowest - 1e-9 <= found.low <= found.high <= highest + 1e-9
    assert lowest - 1e-9 <= found.mean <= highest + 1e-9
