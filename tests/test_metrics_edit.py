"""Rates of edited characters and their denominators."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench import diff, metrics


@pytest.mark.parametrize(
    ("draft", "final", "edit", "ped", "cer"),
    [
        ("我爱北京", "我爱上海", 50, 50, 50),
        ("我爱", "我爱上海", 50, 50, 50),
        ("我爱上海的夜", "我爱上海", 50, 100 / 3, 50),
        (" 好的 ", "好的", 100, 50, 0),
        ("👍🏽", "👍", 100, 50, 100),
    ],
)
def test_by_whose_length(draft: str, final: str, edit: float, ped: float, cer: float) -> None:
    scores = metrics.unit_scores(draft, final, metrics=("edit", "ped", "cer"))
    assert [score.value for score in scores] == pytest.approx([edit, ped, cer])


def test_a_corpus_sums_edits_and_lengths_before_it_divides() -> None:
    (score,) = metrics.score(["甲", "乙乙乙乙乙乙乙乙乙"], ["丙", "乙乙乙乙乙乙乙乙乙"], metrics=["edit"])
    assert score.value == 10


@given(st.text(alphabet="甲乙丙丁ab", max_size=30), st.text(alphabet="甲乙丙丁ab", min_size=1, max_size=30))
def test_the_rate_counts_the_edits_of_the_script(old: str, new: str) -> None:
    steps = [step for step in diff.edits(old, new) if step.op != "equal"]
    edited = sum(max(len(step.old_span), len(step.new_span)) for step in steps)
    (score,) = metrics.unit_scores(old, new, metrics=["edit"])
    assert score.value == pytest.approx(100 * edited / len(new))
