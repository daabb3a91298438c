"""Noted errors and comments go where their words go when units are cut, joined, or their text is moved or edited."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from session_parts import CHECKS

from workbench.errors import CommandError
from workbench.model import Document, Draft, Span, TranslationUnit
from workbench.review.commenting_threads import thread_of
from workbench.review.following import carried_span, cut_span
from workbench.review.session import ReviewSession
from workbench.store import open_store
from workbench.termbase import Termbase
from workbench.tui.unit_view import _noted_in

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
Pairs = list[tuple[str, str]]
TWO = [("Alpha beta. Gamma.", "甲乙丙。丁戊。"), ("Delta. Echo.", "己庚。辛壬。")]


def opened(pairs: Pairs) -> ReviewSession:
    """A review of these pairs; every sentence ends with a full stop."""
    store = open_store("sqlite://", clock=lambda: NOON)
    units = []
    for index, (source, target) in enumerate(pairs):
        segments = tuple(f"{one}。" for one in target.split("。") if one)
        sources = tuple(f"{one}." for one in source.rstrip(".").split(". ") if one)
        units.append(
            TranslationUnit(
                "", index, source, target,
                drafts=(Draft("d", target, "argos"),), source_segments=sources, draft_segments=segments,
            )
        )  # fmt: skip
    store.save_document(Document("talk", "txt"), units)
    return ReviewSession(store, "talk", "ann", checks=CHECKS, termbase=Termbase(), clock=lambda: NOON)


def marked(session: ReviewSession) -> list[tuple[str, str, str, str]]:
    """Unit id, category, and the words in target and source of every noted error."""
    units = {unit.id: unit for unit in session.store.units("talk")}
    return [
        (
            one.unit_id.removeprefix("talk:"),
            one.category.partition("/")[0],
            "" if one.span is None else one.span.of(one.target),
            "" if one.source_span is None else one.source_span.of(units[one.unit_id].source),
        )
        for one in session.store.annotations("talk")
    ]


def noted(session: ReviewSession) -> None:
    """Errors in the first unit: in 乙丙, in 戊, in Gamma, in 丁 with Gamma, in no words, over the full stop."""
    session.annotate("accuracy", "minor", "", Span(1, 3))
    session.annotate("style", "minor", "", Span(5, 6))
    session.annotate("other", "minor", "", None, Span(12, 17))
    session.annotate("terminology", "minor", "", Span(4, 5), Span(12, 17))
    session.annotate("linguistic", "major")
    session.annotate("locale", "minor", "", Span(2, 5))


BEFORE = [
    ("1", "accuracy", "乙丙", ""),
    ("1", "style", "戊", ""),
    ("1", "other", "", "Gamma"),
    ("1", "terminology", "丁", "Gamma"),
    ("1", "linguistic", "", ""),
    ("1", "locale", "丙。丁", ""),
]
# Each repair of the first unit, and where the errors noted in it stand afterwards.
FOLLOWED: dict[str, tuple[Any, list[tuple[str, str, str, str]]]] = {
    "a split": (
        lambda one: one.split(11, 4),
        [
            ("1", "accuracy", "乙丙", ""),
            ("1", "linguistic", "", ""),
            ("1", "locale", "", ""),
            ("3", "style", "戊", ""),
            ("3", "other", "", "Gamma"),
            ("3", "terminology", "丁", "Gamma"),
        ],
    ),
    "a split of the target alone": (
        lambda one: one.split(18, 4),
        [
            ("1", "accuracy", "乙丙", ""),
            ("1", "other", "", "Gamma"),
            ("1", "linguistic", "", ""),
            ("1", "locale", "", ""),
            ("3", "style", "戊", ""),
            ("3", "terminology", "丁", ""),
        ],
    ),
    "a merge": (lambda one: one.merge(), BEFORE),
    "a merge with what was noted behind": (
        lambda one: (one.goto(2), one.merge_previous()),
        BEFORE,
    ),
    "a sentence of the target down": (
        lambda one: one.target_to_next(),
        [
            ("1", "accuracy", "乙丙", ""),
            ("1", "other", "", "Gamma"),
            ("1", "linguistic", "", ""),
            ("1", "locale", "", ""),
            ("2", "style", "戊", ""),
            ("2", "terminology", "丁", ""),
        ],
    ),
    "a sentence of the source down": (
        lambda one: one.source_to_next(),
        [
            ("1", "accuracy", "乙丙", ""),
            ("1", "style", "戊", ""),
            ("1", "terminology", "丁", ""),
            ("1", "linguistic", "", ""),
            ("1", "locale", "丙。丁", ""),
            ("2", "other", "", "Gamma"),
        ],
    ),
    "a sentence of the next target up": (lambda one: one.target_from_next(), BEFORE),
    "the column of targets down": (
        lambda one: one.shift_down(),
        [
            ("1", "other", "", "Gamma"),
            ("1", "linguistic", "", ""),
            ("2", "accuracy", "乙丙", ""),
            ("2", "style", "戊", ""),
            ("2", "terminology", "丁", ""),
            ("2", "locale", "丙。丁", ""),
        ],
    ),
    "the source marked as dropped": (
        lambda one: one.mark_dropped(),
        [
            ("1", "other", "", "Gamma"),
            ("1", "linguistic", "", ""),
            ("3", "accuracy", "乙丙", ""),
            ("3", "style", "戊", ""),
            ("3", "terminology", "丁", ""),
            ("3", "locale", "丙。丁", ""),
        ],
    ),
}


@pytest.mark.parametrize("name", FOLLOWED)
def test_noted_errors_go_with_their_words_and_undo_brings_them_back(name: str) -> None:
    repair, after = FOLLOWED[name]
    session = opened(TWO)
    noted(session)
    before = session.store.annotations("talk")
    assert marked(session) == BEFORE
    repair(session)
    assert sorted(marked(session)) == sorted(after)
    session.undo()
    assert session.store.annotations("talk") == before
    session.redo()
    assert sorted(marked(session)) == sorted(after)


def test_what_was_noted_in_the_second_unit_of_a_merge_stands_behind() -> None:
    session = opened(TWO)
    session.goto(2)
    session.annotate("accuracy", "minor", "", Span(3, 5), Span(7, 11))
    session.comment("sure?", Span(0, 2))
    session.comment("who?", Span(0, 5), "source")
    session.goto(1)
    session.merge()
    (one,) = session.annotations()
    assert (one.span, one.source_span, one.target) == (Span(10, 12), Span(26, 30), session.unit.target)
    assert marked(session) == [("1", "accuracy", "辛壬", "Echo")]
    assert [(thread.side, thread.span, thread.quote) for thread in session.threads()] == [
        ("target", Span(7, 9), "己庚"),
        ("source", Span(19, 24), "Delta"),
    ]


def test_an_error_of_the_draft_stays_one_of_the_draft() -> None:
    session = opened(TWO)
    session.annotate("accuracy", "minor", "", Span(4, 6))
    session.edit("甲乙丙。完全两样。")
    session.goto(1)
    session.split(11, 4)
    first, second = session.store.units("talk")[:2]
    assert (first.target, second.target) == ("甲乙丙。", "完全两样。")
    (one,) = session.store.annotations("talk", unit_ids=[second.id])
    assert (one.target, one.span) == ("丁戊。", Span(0, 2))


def test_comments_go_with_their_words() -> None:
    session = opened([("One. Two.", "好。好。"), ("Three.", "三。")])
    session.comment("the second one", Span(2, 3))
    session.comment("the source", Span(5, 8), "source")
    session.comment("all of it")
    held = session.unit.notes
    session.split(4, 2)
    units = session.store.units("talk")
    assert [[thread_of(note).messages[0].text for note in unit.notes] for unit in units] == [
        ["all of it"],
        ["the second one", "the source"],
        [],
    ]
    assert [thread_of(note).span for note in units[1].notes] == [Span(0, 1), Span(0, 3)]
    session.undo()
    session.target_to_next()
    units = session.store.units("talk")
    assert [(thread_of(note).span, thread_of(note).quote) for note in units[1].notes] == [(Span(0, 1), "好")]
    session.undo()
    assert session.unit.notes == held


def test_a_comment_stands_at_its_words_after_an_edit() -> None:
    session = opened([("One. Two.", "好。好。")])
    session.comment("the second one", Span(2, 3))
    held = session.unit.notes
    session.edit("真好。好。")
    assert session.threads()[0].span == Span(3, 4)
    session.confirm("真。好。")
    assert session.threads()[0].span == Span(2, 3)
    session.edit("真。")
    # The words are gone: the comment stays, and knows where they were.
    assert (session.threads()[0].span, session.threads()[0].quote) == (Span(2, 3), "好")
    for _ in range(3):
        session.undo()
    assert session.unit.notes == held


def test_that_there_is_no_error_is_said_of_both_halves_and_once_of_the_whole() -> None:
    session = opened(TWO)
    session.annotate("no-error", "neutral")
    session.split(11, 4)
    assert [(one.unit_id, one.target) for one in session.store.annotations("talk")] == [
        ("talk:1", "甲乙丙。"),
        ("talk:3", "丁戊。"),
    ]
    session.goto(1)
    session.merge()
    assert [one.target for one in session.store.annotations("talk")] == ["甲乙丙。丁戊。"]


@pytest.mark.parametrize(
    ("old", "new", "span", "there"),
    [
        ("甲乙丙", "零甲乙丙", Span(1, 2), Span(2, 3)),
        ("甲乙丙", "甲乙", Span(2, 3), None),
        ("甲乙丙", "甲丁丙", Span(0, 2), None),
        ("今天开会，明天开会", "明天开会", Span(2, 4), None),
        ("甲", "甲", Span(0, 2), None),
    ],
)
def test_where_words_stand_after_a_change(old: str, new: str, span: Span, there: Span | None) -> None:
    assert carried_span(old, new, span) == there


@pytest.mark.parametrize(
    ("text", "span", "at", "halves"),
    [
        ("ab cd", Span(0, 2), 2, (Span(0, 2), None)),
        ("ab cd", Span(0, 3), 3, (Span(0, 2), None)),
        ("ab cd", Span(2, 5), 2, (None, Span(0, 2))),
        ("ab cd", Span(1, 4), 3, (None, None)),
        ("ab cd", Span(2, 3), 3, (None, None)),
    ],
)
def test_where_words_stand_after_a_cut(
    text: str, span: Span, at: int, halves: tuple[Span | None, Span | None]
) -> None:
    assert cut_span(text, span, at) == halves


REPAIRS = (
    *("merge", "merge_previous", "target_to_next", "target_from_next", "source_to_next", "source_from_next"),
    *("target_to_previous", "target_from_previous", "source_to_previous", "source_from_previous"),
    *("shift_down", "shift_up", "mark_dropped", "mark_added"),
)
LETTERS = [("Ab cd. Ef gh.", "甲乙丙。丁戊。"), ("Ij kl. Mn.", "己庚。辛壬。"), ("Op. Qr.", "癸子。丑。")]


@settings(max_examples=60, deadline=None)
@given(
    spots=st.lists(
        st.tuples(
            st.integers(1, 3), st.sampled_from(["source", "target"]), st.integers(0, 5), st.integers(1, 3)
        ),
        max_size=3,
    ),
    steps=st.lists(st.tuples(st.integers(1, 4), st.sampled_from(REPAIRS)), max_size=4),
)
def test_no_word_in_error_becomes_another_and_undo_restores_all(
    spots: list[tuple[int, str, int, int]], steps: list[tuple[int, str]]
) -> None:
    session = opened(LETTERS)
    words: set[str] = set()
    for number, side, start, length in spots:
        session.goto(number)
        text = getattr(session.unit, side)
        span = Span(start, start + length)
        words.add(span.of(text).strip())
        try:
            spans = (span, None) if side == "target" else (None, span)
            session.annotate("style", "minor", "", *spans)
        except CommandError:
            continue
    states = [(session.store.annotations("talk"), [unit.notes for unit in session.store.units("talk")])]
    for number, name in steps:
        count = session.store.last_change()
        try:
            session.goto(number)
            getattr(session, name)()
        except CommandError:
            continue
        if session.store.last_change() == count:
            continue
        found = session.store.annotations("talk")
        assert len(found) == len(states[0][0])
        assert {word.strip() for _, _, *sides in marked(session) for word in sides} <= words | {""}
        states.append((found, [unit.notes for unit in session.store.units("talk")]))
    while len(states) > 1:
        states.pop()
        session.undo()
        assert (
            session.store.annotations("talk"),
            [unit.notes for unit in session.store.units("talk")],
        ) == states[-1]


def test_the_pane_says_where_words_in_error_were_and_that_they_are_gone() -> None:
    session = opened(TWO)
    session.annotate("accuracy", "minor", "", Span(4, 6), Span(12, 17))
    noted = session.annotations()
    assert [one.text for one in _noted_in(session.unit, "新甲乙丙。丁戊。", noted)] == [
        "noted: accuracy, minor “丁戊” source “Gamma” (ann)"
    ]
    assert [one.text for one in _noted_in(session.unit, "甲乙丙。", noted)] == [
        "noted: accuracy, minor “丁戊” (gone) source “Gamma” (ann)"
    ]
