"""TER: the edits of every segment equal sacrebleu's own; the deadline."""

from __future__ import annotations

import random
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sacrebleu.metrics.lib_ter import translation_edit_rate

from workbench import metrics
from workbench.metrics import compiled, kernel_ter, machine, sacre, ter
from workbench.metrics.shifts import count_edits

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNS = ".,-012 \n'sS\"&;()!?:/ab"
CHINESE = "我们的是了，。！？、《》“”—…中國ひらカタㇰ㈠㍿\u3000"
PIECES = ["it's ", "'s", "'s!", "'s中", "&lt;", "\n-", "1,000.5", "İ", "５", "..", ".,", "5-6"]

texts = st.one_of(
    st.text(alphabet=SIGNS, max_size=25),
    st.text(alphabet=CHINESE + SIGNS[:6], max_size=25),
    st.lists(st.sampled_from([*PIECES, "中", "a", " "]), max_size=8).map("".join),
    st.text(max_size=15),
)


def jumbled(chance: random.Random, words: int, length: int, changes: int) -> tuple[list[str], list[str]]:
    """A reference, and a hypothesis with that many runs of words moved, repeated, dropped or replaced."""
    reference = [str(chance.randrange(words)) for _ in range(length)]
    hypothesis = list(reference)
    for _ in range(changes):
        start = chance.randrange(len(hypothesis) + 1)
        run = hypothesis[start : start + chance.randint(1, 15)]
        kind = chance.random()
        if kind < 0.6:
            del hypothesis[start : start + len(run)]
            goal = chance.randint(0, len(hypothesis))
            hypothesis[goal:goal] = run
        elif kind < 0.75:
            del hypothesis[start : start + len(run)]
        elif kind < 0.9:
            hypothesis[start:start] = run
        else:
            hypothesis[start : start + len(run)] = [str(chance.randrange(words)) for _ in run]
    return hypothesis, reference


@pytest.fixture(autouse=True)
def _pure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_FAST", "0")


@contextmanager
def looped() -> Iterator[None]:
    """The compiled search where numba is installed, else the same loops as plain Python."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_FAST", "1")
        if not machine.available():
            patch.setattr(machine, "available", lambda: True)
            patch.setattr(machine, "ready", lambda function: True)
            patch.setattr(compiled, "run", lambda function, *values: function(*values))
        yield


def looped_edits(hypothesis: list[str], reference: list[str]) -> int:
    """The edits of the compiled search."""
    tokens = np.array([int(word) for word in (*hypothesis, *reference)], dtype=np.int64)
    with looped():
        lengths = np.array([len(hypothesis), len(reference)])
        return int(compiled.edits(tokens, lengths, 1, 1)[0][0])


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=3), st.booleans())
@example(
    [("a", "0's中"), ("b..5", "b..5"), ("it's\t1...5", "it's\t1...5"), ("&amp;quot;", "&amp;quot;")], True
)
def test_statistics_as_sacrebleu(pairs: list[tuple[str, str]], chinese: bool) -> None:
    hypotheses, references = [list(side) for side in zip(*pairs, strict=True)]
    lang = "zh" if chinese else "en"
    theirs = sacre.statistics(sacre.ter(lang), hypotheses, [references])
    assert ter.statistics(hypotheses, [references], lang).tolist() == theirs.tolist()
    with looped():
        assert ter.statistics(hypotheses, [references], lang).tolist() == theirs.tolist()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from([2, 3, 8, 30]), st.integers(0, 30), st.integers(0, 5))
def test_shifts_as_sacrebleu(seed: int, words: int, length: int, changes: int) -> None:
    hypothesis, reference = jumbled(random.Random(seed), words, length, changes)
    expected = translation_edit_rate(hypothesis, reference)[0]
    assert count_edits(hypothesis, reference) == expected
    assert looped_edits(hypothesis, reference) == expected


@pytest.mark.parametrize(
    ("seed", "words", "length", "changes"),
    [(1, 300, 110, 6), (2, 40, 55, 7), (3, 5, 50, 6), (4, 100, 70, 25), (5, 300, 90, 9)],
)
def test_long_texts_where_the_band_and_the_limit_bind(
    seed: int, words: int, length: int, changes: int
) -> None:
    hypothesis, reference = jumbled(random.Random(seed), words, length, changes)
    expected = translation_edit_rate(hypothesis, reference)[0]
    assert count_edits(hypothesis, reference) == expected
    assert looped_edits(hypothesis, reference) == expected


@pytest.mark.parametrize(
    ("hypothesis_size", "reference_size"),
    [
        (1, 50),
        (1, 51),
        (1, 60),
        (2, 101),
        (3, 140),
        (30, 100),
        (100, 30),
        (5, 200),
        (30, 55),
        (55, 30),
        (60, 1),
    ],
)
def test_very_different_lengths(hypothesis_size: int, reference_size: int) -> None:
    for seed in range(3):
        chance = random.Random(seed)
        words = chance.choice([2, 5, 50])
        hypothesis = [str(chance.randrange(words)) for _ in range(hypothesis_size)]
        reference = [str(chance.randrange(words)) for _ in range(reference_size)]
        expected = translation_edit_rate(hypothesis, reference)[0]
        assert count_edits(hypothesis, reference) == expected
        if seed > 0:
            continue
        # The loop that is meant to be compiled takes seconds as plain Python.
        found = looped_edits(hypothesis, reference)
        assert found == (kernel_ter.OUTSIDE if reference_size > 50 * hypothesis_size else expected)


def test_a_shift_counts_as_one_edit() -> None:
    assert count_edits("abcdefgh", "efghabcd") == 1
    assert ter.statistics(["首次在戛纳使用"], [["在戛纳首次使用"]], "zh").tolist() == [[1, 7]]


@pytest.mark.parametrize(("run", "edits"), [(10, 1), (11, 2), (20, 2)])
def test_a_shift_moves_ten_words_at_most(run: int, edits: int) -> None:
    moved, rest = "0123456789abcdefghij"[:run], "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    assert count_edits(rest + moved, moved + rest) == edits
    assert translation_edit_rate(list(rest + moved), list(moved + rest))[0] == edits


def test_a_deadline_leaves_the_score_out_and_stops_in_time() -> None:
    chance = random.Random(9)
    hypothesis, reference = (
        "".join(chance.choice("的一是不了人我在有他") for _ in range(400)) for _ in range(2)
    )
    started = time.monotonic()
    scores = metrics.unit_scores(hypothesis, reference, deadline_seconds=-1)
    assert time.monotonic() - started < 5
    assert [score.metric for score in scores] == ["edit", "chrf", "bleu"]
    scores = metrics.unit_scores("甲乙", "乙甲", deadline_seconds=60)
    assert [(score.metric, score.value) for score in scores][:2] == [("edit", 100), ("ter", 50)]


def test_a_wider_beam_and_several_references_with_the_compiled_search() -> None:
    short, long = "甲乙", "乙" * 120
    with looped():
        found = ter.statistics([short, short], [[long, "乙甲"], ["乙甲", long]], "zh").tolist()
    assert found == [[1, 122], [1, 122]]


def test_the_compiled_search_keeps_to_the_deadline() -> None:
    draft = "天地玄黄宇宙洪荒日月盈昃辰宿列张" * 4
    with looped():
        scores = metrics.unit_scores(draft, draft[30:] + draft[:20], deadline_seconds=-1)
        assert [score.metric for score in scores] == ["edit", "chrf", "bleu"]
        scores = metrics.unit_scores("甲乙", "乙甲", deadline_seconds=60)
    assert [(score.metric, score.value) for score in scores][:2] == [("edit", 100), ("ter", 50)]


def test_one_in_a_hurry_does_not_wait_for_the_compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setenv("WORKBENCH_FAST", "")
    monkeypatch.setattr(machine, "available", lambda: True)
    monkeypatch.setattr(machine, "ready", lambda function: False)
    monkeypatch.setattr(machine, "compile_aside", asked.append)
    scores = metrics.unit_scores("甲乙", "乙甲", metrics=("ter",), deadline_seconds=60)
    assert [score.value for score in scores] == [50]
    assert asked == [kernel_ter.count_edits]
