"""The compiled loops, and the same loops as plain Python, give the numbers of the arrays; objects are kept."""

from __future__ import annotations

import importlib.util
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench import metrics
from workbench.metrics import chrf, compiled, kernels, machine, ngrams

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

sides = st.lists(st.lists(st.integers(0, 4), max_size=14), min_size=1, max_size=4)


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """No tokens seen yet, and a way to run the loops uncompiled."""
    monkeypatch.setattr(compiled, "_seen", 0)
    monkeypatch.delenv("WORKBENCH_FAST", raising=False)


@contextmanager
def uncompiled() -> Iterator[None]:
    """The loops as plain Python."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled, "run", lambda function, *values: function(*values))
        yield


@settings(max_examples=100, deadline=None)
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
    with uncompiled():
        assert compiled.shared(tokens, lengths, order).tolist() == expected.tolist()


def test_little_text_does_not_wait_for_numba(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "available", lambda: True)
    monkeypatch.setattr(machine, "ready", lambda function: False)
    assert not compiled.wanted(1000)
    assert not compiled.wanted(compiled.READY)
    monkeypatch.setattr(machine, "ready", lambda function: True)
    assert compiled.wanted(1)
    monkeypatch.setattr(machine, "ready", lambda function: False)
    assert compiled.wanted(compiled.ENOUGH)
    monkeypatch.setenv("WORKBENCH_FAST", "0")
    assert not compiled.wanted(compiled.ENOUGH)
    monkeypatch.setattr(machine, "available", lambda: False)
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
    assert kernels.count_characters in machine._entries


alphabet = "的一的一 \t\u3000\x85a.,!👍\ud800\u2028"
short = st.text(st.sampled_from(alphabet), max_size=16)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(short, short, short), min_size=1, max_size=4), st.sampled_from([0, 2]))
def test_chrf_as_the_arrays_count_it(lines: list[tuple[str, str, str]], word_order: int) -> None:
    first, second, references = [list(side) for side in zip(*lines, strict=True)]
    expected = [table.tolist() for table in chrf._against([first, second], references, word_order)]
    with uncompiled():
        found = compiled.chrf([first, second], references, chrf.CHARACTER_ORDER, word_order)
    assert [table.tolist() for table in found] == expected


def test_words_of_one_key_are_told_apart_and_repeated_ones_are_one() -> None:
    with uncompiled():
        found = compiled.chrf([["好 好 天 (a b! !!"]], ["好 (a 好 c b!"], 1, 2)
    # Words: 好 好 天 ( a b ! ! ! against 好 ( a 好 c b !
    assert found[0].tolist() == [[9, 7, 6, 9, 7, 6, 8, 6, 2]]


@pytest.mark.fast
@pytest.mark.skipif(importlib.util.find_spec("numba") is None, reason="the extra fast is not installed")
def test_machine_code_is_kept_and_a_damaged_object_is_compiled_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "_folder", lambda: tmp_path / "kept")
    for turn in ("compiled", "loaded", "damaged", "compiled anew"):
        monkeypatch.setattr(machine, "_entries", {})
        assert machine.ready(kernels.count_tokens) == (turn != "compiled")
        numbers = np.array([1, 2, 3, 1, 2, 4])
        assert compiled.shared(numbers, np.array([3, 3]), 2).tolist() == [[2, 1]]
        (file,) = (tmp_path / "kept").iterdir()
        whole = file.read_bytes()
        if turn == "loaded":
            file.write_bytes(whole[:-9])
