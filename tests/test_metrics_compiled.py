"""The compiled counting of n-grams, and the plain loop that it is made from, give the numbers of the arrays."""

from __future__ import annotations

import importlib.util

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench import metrics
from workbench.metrics import compiled, ngrams

sides = st.lists(st.lists(st.integers(0, 4), max_size=14), min_size=1, max_size=4)


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_seen", 0)
    monkeypatch.delenv("WORKBENCH_FAST", raising=False)


@pytest.mark.filterwarnings("ignore:overflow encountered:RuntimeWarning")
@settings(max_examples=200, deadline=None)
@given(sides, st.data(), st.integers(1, 6))
def test_the_loop_counts_as_the_arrays_do(
    hypotheses: list[list[int]], data: st.DataObject, order: int
) -> None:
    references = data.draw(st.lists(st.lists(st.integers(0, 4), max_size=14), min_size=len(hypotheses),
                                    max_size=len(hypotheses)))  # fmt: skip
    lists = [*hypotheses, *references]
    tokens = np.array([token for tokens in lists for token in tokens], dtype=np.int64)
    lengths = np.array([len(tokens) for tokens in lists], dtype=np.int64)
    expected = ngrams.shared(tokens, lengths, order)
    assert compiled._count(tokens, lengths, order).tolist() == expected.tolist()


def test_little_text_does_not_wait_for_numba(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "available", lambda: True)
    monkeypatch.delitem(__import__("sys").modules, "numba", raising=False)
    assert not compiled.wanted(1000)
    assert compiled.wanted(compiled.ENOUGH)
    monkeypatch.setenv("WORKBENCH_FAST", "0")
    assert not compiled.wanted(compiled.ENOUGH)
    monkeypatch.setattr(compiled, "available", lambda: False)
    monkeypatch.setenv("WORKBENCH_FAST", "1")
    assert not compiled.wanted(1)


@pytest.mark.fast
@pytest.mark.skipif(importlib.util.find_spec("numba") is None, reason="the extra fast is not installed")
def test_scores_are_the_same_with_numba(monkeypatch: pytest.MonkeyPatch) -> None:
    hypotheses = ["他说“好”—嗯…", "哈" * 10_000, "", "GPT-4在2024年", "一"] * 40
    references = ["他说：“好。”嗯——", "哈" * 9_000, "一", "", "一"] * 40
    found = []
    for choice in ("0", "1"):
        monkeypatch.setenv("WORKBENCH_FAST", choice)
        found.append(metrics.score(hypotheses, references, metrics=("bleu", "chrf", "chrf++")))
    assert found[0] == found[1]
    assert "numba" in __import__("sys").modules


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(st.sampled_from("的一 \t\u3000\x85a👍\ud800\u2028")), max_size=6))
def test_white_space_is_dropped_as_python_drops_it(texts: list[str]) -> None:
    codes = np.array([ord(char) for text in texts for char in text], dtype=np.uint32)
    sizes = np.array([len(text) for text in texts], dtype=np.int64)
    tokens, lengths = compiled._squeeze(codes, sizes, compiled._blank())
    solid = ["".join(text.split()) for text in texts]
    assert tokens.tolist() == [ord(char) for text in solid for char in text]
    assert lengths.tolist() == [len(text) for text in solid]
