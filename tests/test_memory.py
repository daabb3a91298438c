"""The memory of reviewed units: percentages, order, what is never found, and the same as comparing with all."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.memory import Reviewed, UnitMemory, percent
from workbench.memory.changes import changes

SOURCE = "The fee is 45 dollars a month."


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("The fee is 45 dollars a month.", 100),
        ("the FEE is  45 dollars a month. ", 99),
        ("Ｔｈｅ fee is ４５ dollars a month.", 99),
        ("The fee is 60 dollars a month.", 97),
        ("The fee is 1,600.50 dollars a month.", 97),
        ("The fees is 45 dollars a month.", 89),
        ("The fee is 45 dollars a year.", 86),
        ("The fee is 45 dollars a month", 89),
        ("The fee is 60 dollars a year.", 84),
        ("Open the door.", 15),
    ],
)
def test_percent_of_two_sources(other: str, expected: int) -> None:
    assert percent(SOURCE, other) == expected
    assert percent(other, SOURCE) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Click <b>Save</b>.", 'Click <i class="x">Save</i>.', 97),
        ("Hello {name}, welcome.", "Hello {user}, welcome.", 97),
        ("See https://example.org/a for more.", "See https://example.org/b for more.", 97),
        ("Copied %d of %s files", "Copied %s of %d files", 97),
        ("第3章很长。", "第4章很长。", 97),
        ("One", "Two", 0),
    ],
)
def test_values_alone_are_never_100(one: str, other: str, expected: int) -> None:
    assert percent(one, other) == expected


def test_one_word_of_many_stays_below_other_values() -> None:
    words = [f"w{chr(97 + number)}" for number in range(26)] * 4
    assert percent(" ".join(words), " ".join([*words[:-1], "other"])) == 96


def memory(*units: Reviewed) -> UnitMemory:
    made = UnitMemory()
    for unit in units:
        made.put(unit)
    return made


def test_the_best_come_first_and_then_the_newest() -> None:
    old, new = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)
    held = memory(
        Reviewed("a", "1", "The fee is 45 dollars a month.", "旧", at=old),
        Reviewed("a", "2", "The fee is 45 dollars a month.", "新", at=new),
        Reviewed("a", "3", "The fee is 60 dollars a month.", "六十", at=new),
        Reviewed("a", "4", "Open the door.", "开门"),
    )
    found = held.find(SOURCE)
    assert [(one.percent, one.target) for one in found] == [(100, "新"), (100, "旧"), (97, "六十")]
    assert [one.target for one in held.find(SOURCE, limit=1)] == ["新"]
    assert [one.target for one in held.find(SOURCE, threshold=98)] == ["新", "旧"]


def test_equal_targets_are_one_match_of_the_newest_unit() -> None:
    old, new = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)
    held = memory(
        Reviewed("a", "1", SOURCE, "费用", "ann", old), Reviewed("b", "9", SOURCE, "费用", "ben", new)
    )
    assert [(one.unit_id, one.author) for one in held.find(SOURCE)] == [("9", "ben")]


def test_neighbours_that_agree_make_101_and_win_over_newer_ones() -> None:
    old, new = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)
    held = memory(
        Reviewed("a", "1", "Yes, of course.", "当然。", "ann", old, "Is it open?", "Come in."),
        Reviewed("a", "2", "Yes, of course.", "是的。", "ann", new, "Is it shut?", "Go away."),
    )
    found = held.find("Yes, of course.", before="Is it open?", after="Come in.")
    assert [(one.percent, one.target) for one in found] == [(101, "当然。"), (100, "是的。")]
    assert [one.percent for one in held.find("Yes, of course.")] == [100, 100]
    assert [one.percent for one in held.find("Yes, of course.", before="Is it open?")] == [100, 100]


def test_a_unit_is_not_its_own_match_and_goes_when_it_is_dropped() -> None:
    held = memory(Reviewed("a", "1", SOURCE, "费用"), Reviewed("b", "1", SOURCE, "另一个"))
    assert [one.document for one in held.find(SOURCE, but=("a", "1"))] == ["b"]
    held.drop("b", "1")
    assert held.find(SOURCE, but=("a", "1")) == []
    held.put(Reviewed("a", "1", "Open the door.", "开门"))
    assert held.find(SOURCE) == []
    assert [one.target for one in held.find("Open the door!")] == ["开门"]
    assert len(held) == 1


def test_nothing_is_found_for_nothing() -> None:
    held = memory(Reviewed("a", "1", SOURCE, "费用"))
    assert held.find("") == held.find("  ") == held.find(SOURCE, limit=0) == UnitMemory().find(SOURCE) == []


WORDS = st.lists(st.sampled_from(["the", "fee", "is", "45", "60", "month", "<b>", "门", "."]), max_size=9)


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, max_size=30), WORDS, st.sampled_from([10.0, 50.0, 70.0, 90.0]))
def test_it_finds_what_comparing_with_every_source_finds(
    sources: list[list[str]], wanted: list[str], threshold: float
) -> None:
    held, source = UnitMemory(), " ".join(wanted)
    texts = [" ".join(words) for words in sources]
    for number, text in enumerate(texts):
        held.put(Reviewed("a", str(number), text, f"{number}"))
    found = sorted((one.percent, one.source) for one in held.find(source, limit=99, threshold=threshold))
    every = sorted((percent(source, text), text) for text in texts if percent(source, text) >= threshold)
    if threshold >= 50:
        assert found == (every if source.strip() else [])
    else:
        assert set(found) <= set(every)


def test_changes_are_of_whole_words() -> None:
    old, new = "The fee is 45 dollars.", "The new fee is 60 dollars."
    said = [(one.op, one.old_span.of(old), one.new_span.of(new)) for one in changes(old, new)]
    assert [one for one in said if one[0] != "equal"] == [("insert", "", "new "), ("replace", "45", "60")]
    assert "".join(one[1] for one in said) == old
    assert "".join(one[2] for one in said) == new
