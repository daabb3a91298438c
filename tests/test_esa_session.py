"""Rating units in a review, and noting where errors stand: stored, undone, kept through repairs and edits."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from session_parts import CHECKS

from workbench.errors import CommandError
from workbench.model import Annotation, Document, Draft, Rating, Severity, Span, TranslationUnit
from workbench.review import commands
from workbench.review.session import ReviewSession
from workbench.store import Store, open_store
from workbench.store.journal import unpack
from workbench.termbase import Termbase

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
PAIRS = [("The hall was full.", "大厅座无虚席。"), ("Nobody left.", "没人离开。"), ("The end.", "完。")]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = open_store(tmp_path / "review.db", clock=lambda: NOON)
    units = [TranslationUnit("", 0, *pair, drafts=(Draft("d", pair[1], "argos"),)) for pair in PAIRS]
    store.save_document(Document("talk", "txt"), units)
    return store


def review(store: Store, author: str = "ann") -> ReviewSession:
    return ReviewSession(store, "talk", author, checks=CHECKS, termbase=Termbase(), clock=lambda: NOON)


def values(session: ReviewSession) -> dict[str, int]:
    return {one.author: one.value for one in session.ratings()}


def test_a_unit_is_rated_once_by_each(store: Store) -> None:
    ann, bob = review(store), review(store, "bob")
    assert ann.rate(85) == "unit 1 rated 85"
    assert ann.ratings() == (Rating("talk:1", 85, "ann", "大厅座无虚席。", NOON),)
    bob.poll()
    bob.rate(60)
    ann.poll()
    ann.rate(90)
    assert values(ann) == {"ann": 90, "bob": 60}


def test_undo_of_a_rating_restores_the_one_before(store: Store) -> None:
    session = review(store)
    session.rate(40)
    session.rate(70)
    session.undo()
    assert values(session) == {"ann": 40}
    session.undo()
    assert values(session) == {}
    session.redo()
    session.redo()
    assert values(session) == {"ann": 70}


def test_a_rating_keeps_the_text_that_it_is_about(store: Store) -> None:
    session = review(store)
    session.rate(40)
    session.edit("大厅挤满了人。")
    assert session.ratings()[0].target == "大厅座无虚席。"


@pytest.mark.parametrize("value", [-1, 101])
def test_a_rating_goes_from_0_to_100(store: Store, value: int) -> None:
    session = review(store)
    with pytest.raises(CommandError, match=f"from 0 to 100, not {value}"):
        session.rate(value)
    assert session.ratings() == ()


@pytest.mark.parametrize("command", ["merge", "split 4 3", "target_to_next"])
def test_what_is_put_together_anew_is_to_be_rated_anew_and_undo_brings_back(
    store: Store, command: str
) -> None:
    session = review(store)
    session.rate(85)
    commands.run(session, *commands.read_line(command))
    assert [rating.unit_id for rating in store.ratings("talk")] == []
    session.undo()
    session.goto(1)
    assert values(session) == {"ann": 85}


def test_a_rated_unit_is_fixed_and_survives_an_import(store: Store) -> None:
    review(store).rate(85)
    assert store.judged_ids("talk")[0] == {"talk:1"}
    store.save_document(Document("talk", "txt"), store.units("talk"))
    assert [rating.value for rating in store.ratings("talk")] == [85]


def test_an_error_has_a_place(store: Store) -> None:
    session = review(store)
    assert session.annotate("wrong-term", "minor", "word", Span(0, 2)) == (
        "unit 1: minor terminology/wrong-term error noted in “大厅”"
    )
    assert session.annotations() == (
        Annotation(
            "talk:1", "terminology/wrong-term", Severity.MINOR, "ann", Span(0, 2), "word", "大厅座无虚席。"
        ),
    )
    for span in (Span(2, 2), Span(5, 8)):
        with pytest.raises(CommandError, match="the target has no characters"):
            session.annotate("style", "minor", "", span)


def test_a_unit_without_errors_can_be_said_to_have_none(store: Store) -> None:
    session = review(store)
    assert session.annotate("no-error", "neutral") == "unit 1: no error found"
    assert not session.page(0, 1)[0].is_noted
    session.annotate("style", "minor")
    assert session.page(0, 1)[0].is_noted


def test_a_decision_from_before_texts_were_kept_can_still_be_undone() -> None:
    old = (
        '[{"unit":1,"before":{"annotations":[]},"after":{"annotations":[{"category":"style","severity":"minor",'
        '"author":"ann","span_start":null,"span_end":null,"comment":""}]}}]'
    )
    assert unpack(old)[0]["after"]["annotations"][0]["target"] == ""


def test_the_work_on_units_counts_also_where_it_was_undone(store: Store) -> None:
    session = review(store)
    session.edit("大厅挤满了人。", seconds=12.5, keystrokes=9)
    session.undo()
    session.confirm(seconds=4, keystrokes=0)
    assert [tuple(one) for one in store.work("talk")] == [
        ("talk:1", "ann", "2026-03-01", 12.5, 9, "edit", True),
        ("talk:1", "ann", "2026-03-01", 4.0, 0, "confirm", False),
    ]
