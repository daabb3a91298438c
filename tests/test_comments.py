"""Comments: threads as notes hold them, their places, their commands, filters, and files that carry them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from session_parts import CHECKS

from workbench import formats
from workbench.errors import CommandError
from workbench.model import Content, Document, Span, TranslationUnit
from workbench.review.commands import arguments, find
from workbench.review.commenting_threads import (
    Message,
    Thread,
    found_again,
    message_of,
    note_of,
    one_line,
    place_of,
    thread_of,
)
from workbench.review.script import run_script
from workbench.review.session import ReviewSession
from workbench.store import Store, open_store
from workbench.termbase import Termbase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
NOON_TEXT = "2026-03-01T12:00:00Z"


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store("sqlite://", clock=lambda: NOON) as store:
        units = [
            TranslationUnit("", 0, "It cost 5.2 billion yuan. It was dear.", "花了52亿元。很贵。"),
            TranslationUnit("", 1, "We paid.", "我们付了钱。"),
            TranslationUnit("", 2, "Nobody knew.", "没有人知道。", notes=("ask her",)),
        ]
        store.save_document(Document("talk", "txt"), units)
        yield store


def open_session(store: Store, author: str = "ann") -> ReviewSession:
    return ReviewSession(store, "talk", author, checks=CHECKS, termbase=Termbase(), clock=lambda: NOON)


@pytest.mark.parametrize(
    ("note", "thread"),
    [
        ("ask her", Thread((Message("ask her"),))),
        ("[see page 3]", Thread((Message("[see page 3]"),))),
        ("[open up] now", Thread((Message("[open up] now"),))),
        ("[open, on target 3-5 “亿”] x", Thread((Message("[open, on target 3-5 “亿”] x"),))),
        ("[open] who?", Thread((Message("who?"),), "open")),
        (
            f"[open] ann, {NOON_TEXT}: who?",
            Thread((Message("who?", "ann", NOON),), "open"),
        ),
        (
            f"[resolved, on target 2-5 “52亿”] ann, {NOON_TEXT}: so? » Li Wei, {NOON_TEXT}: yes: so",
            Thread(
                (Message("so?", "ann", NOON), Message("yes: so", "Li Wei", NOON)),
                "resolved",
                side="target",
                span=Span(2, 5),
                quote="52亿",
            ),
        ),
        (
            f"[open, rejected] bob, {NOON_TEXT}: half is missing",
            Thread((Message("half is missing", "bob", NOON),), "open", is_rejection=True),
        ),
        (
            f"[open, on source 0-3 “a”]”] ann, {NOON_TEXT}: odd",
            Thread((Message("odd", "ann", NOON),), "open", side="source", span=Span(0, 3), quote="a”]"),
        ),
    ],
)
def test_a_note_is_read_as_a_thread_and_written_again(note: str, thread: Thread) -> None:
    assert thread_of(note) == thread
    assert note_of(thread) == note


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(
    st.lists(st.tuples(WORDS, WORDS.filter(one_line)), min_size=1, max_size=4),
    st.sampled_from(["open", "resolved"]),
    st.booleans(),
    WORDS,
)
def test_every_thread_is_read_back(
    said: list[tuple[str, str]], status: str, is_rejection: bool, quote: str
) -> None:
    messages = tuple(message_of(text, f"w{one_line(author)}", NOON) for author, text in said)
    span = Span(7, 7 + len(quote)) if quote else None
    side = "source" if span else None
    thread = Thread(messages, status, is_rejection, side, span, quote)  # type: ignore[arg-type]
    assert thread_of(note_of(thread)) == thread


@pytest.mark.parametrize(
    ("quote", "start", "text", "span"),
    [
        ("亿", 3, "花了52亿元。", Span(4, 5)),
        ("人", 9, "人工，工人，人", Span(6, 7)),
        ("人", 0, "人工，工人", Span(0, 1)),
        ("亿", 3, "花了钱。", None),
        ("", 0, "花了钱。", None),
    ],
)
def test_words_are_found_again(quote: str, start: int, text: str, span: Span | None) -> None:
    assert found_again(quote, start, text) == span


def test_a_comment_is_answered_settled_and_opened_again(store: Store) -> None:
    ann, bob = open_session(store), open_session(store, "bob")
    assert ann.comment("is that the figure?", Span(2, 5)) == "unit 1: comment 1 on “52亿”"
    bob.poll()
    bob.goto(1)
    assert bob.reply(1, "yes,\nsee » the report") == "unit 1: reply to comment 1"
    assert bob.unit.notes == (
        f"[open, on target 2-5 “52亿”] ann, {NOON_TEXT}: is that the figure?"
        f" » bob, {NOON_TEXT}: yes, see the report",
    )
    assert bob.resolve(1) == "unit 1: comment 1 resolved"
    with pytest.raises(CommandError, match="resolved already"):
        bob.resolve(1)
    assert bob.reopen(1) == "unit 1: comment 1 is open again"
    bob.undo()
    bob.undo()
    assert bob.threads()[0].is_open
    bob.redo()
    assert [one.status for one in bob.threads()] == ["resolved"]
    assert bob.uncomment(1) == "unit 1: comment 1 removed"
    assert bob.unit.notes == ()


def test_a_note_is_a_comment_that_can_be_answered(store: Store) -> None:
    session = open_session(store)
    session.note("check the name")
    assert session.unit.notes == ("check the name",)
    session.reply(1, "checked")
    session.resolve(1)
    assert session.unit.notes == (f"[resolved] check the name » ann, {NOON_TEXT}: checked",)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("reply 1 what", "the unit has no comment"),
        ("comment @0-99 what", "the target has no characters 0-99: it has 10"),
        ("comment @source:3-3 what", "the source has no characters 3-3"),
        ("comment", "comment needs a text"),
        ("resolve x", "resolve needs a number"),
        ("reopen 1", "the unit has no comment"),
    ],
)
def test_what_does_not_apply_is_refused(store: Store, line: str, reason: str) -> None:
    session = open_session(store)
    name, _, words = line.partition(" ")
    command = find(name)
    with pytest.raises(CommandError, match=reason):
        getattr(session, command.method)(*arguments(command, words))
    assert session.unit.notes == ()


def test_a_script_comments_filters_and_goes_there(store: Store) -> None:
    lines = [
        "comment @source:8-19 in which year?",
        "filter comments",
        "expect count 2",
        "filter open comments",
        "expect count 1",
        "goto 1",
        "resolve",
        "filter all",
        "next comment",
        "expect unit 3",
        "previous comment",
        "expect unit 1",
    ]
    answers = list(run_script(open_session(store), lines))
    assert answers[0] == "unit 1: comment 1 on “5.2 billion”"
    assert answers[8] == "unit 3 of 3, initial"
    (note,) = store.unit("talk:1").notes
    assert note == f"[resolved, on source 8-19 “5.2 billion”] ann, {NOON_TEXT}: in which year?"


def test_the_list_tells_an_open_comment_from_a_note(store: Store) -> None:
    session = open_session(store)
    session.comment("who?")
    rows = session.page(0, 3)
    assert [(row.note_count, row.is_questioned) for row in rows] == [(1, True), (0, False), (1, False)]
    session.resolve(1)
    assert [row.is_questioned for row in session.page(0, 3)] == [False, False, False]


def test_a_note_that_only_looks_like_a_thread_is_no_open_comment(store: Store) -> None:
    session = open_session(store)
    session.note('he said ","[open] and left')
    with pytest.raises(CommandError, match="no unit for the filter"):
        session.set_filter("open comments")


def test_comments_go_with_their_words_through_split_merge_and_undo(store: Store) -> None:
    session = open_session(store)
    session.comment("dear or expensive?", Span(7, 9))
    session.comment("the figure?", Span(2, 5))
    held = session.unit.notes
    session.split(26, 7)
    first, second = store.units("talk")[:2]
    assert first.notes == (held[1],)
    assert second.notes == (f"[open, on target 0-2 “很贵”] ann, {NOON_TEXT}: dear or expensive?",)
    session.goto(1)
    session.merge()
    merged = session.unit
    assert merged.notes == (held[1], held[0])
    places = [place_of(thread, merged.source, merged.target) for thread in session.threads()]
    assert [place.of(merged.target) for place in places if place] == ["52亿", "很贵"]
    session.undo()
    session.undo()
    assert session.unit.notes == held


@pytest.mark.parametrize("name", ["talk.tmx", "talk.xlf", "talk.csv", "talk.jsonl"])
def test_files_carry_comments_and_bring_them_back(store: Store, tmp_path: Path, name: str) -> None:
    session = open_session(store)
    session.comment("is that the figure?", Span(2, 5))
    session.reply(1, "yes")
    session.note("a note beside it")
    units = tuple(store.units("talk"))
    path = tmp_path / name
    formats.write(Content(Document("talk", "txt"), units=units), path)
    assert [unit.notes for unit in formats.read(path).units] == [unit.notes for unit in units]
    assert "is that the figure?" in path.read_text(encoding="utf-8")
