"""Filters in words: how they are read, said and refused, and which units they let through; samples and saved views."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from session_parts import CHECKS

from workbench.errors import CommandError, NotFoundError
from workbench.model import Concept, Document, Draft, State, Term, TranslationUnit
from workbench.review.script import run_script
from workbench.review.session import ReviewSession
from workbench.store import open_store
from workbench.termbase import Termbase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbench.store import Store

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TEXTS = (
    ("Good morning.", "早上好.", "早上好.", 0.9, State.INITIAL, "mt"),
    ("They gave 5.2 billion RMB.", "他们捐了520亿元人民币。", "他们捐了520亿元。", 0.4, State.INITIAL, "mt"),
    ("Thanks.", "谢谢（大家。", "谢谢。", 1.0, State.TRANSLATED, "mt"),
    ("Good morning.", "大家早。", "早上好.", 0.8, State.REVIEWED, "memory"),
    ("The second is ＲＭＢ.", "第二是人民幣。", "第二是人民幣。", 0.7, State.FINAL, "mt"),
    ("", "多余。", "", 0.6, State.INITIAL, ""),
)


def units() -> list[TranslationUnit]:
    return [
        TranslationUnit(
            f"u{number}", number, source, target, state,
            drafts=(Draft("d", draft, engine, 75.0 if engine == "memory" else None),) if engine else (),
            bead_score=score, notes=("ask Li",) if number == 2 else (),
        )
        for number, (source, target, draft, score, state, engine) in enumerate(TEXTS)
    ]  # fmt: skip


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store(":memory:", clock=lambda: NOW) as store:
        store.save_document(Document("talk", "text"), units())
        yield store


def begin(store: Store, author: str = "ann") -> ReviewSession:
    return ReviewSession(store, "talk", author, checks=CHECKS, termbase=Termbase(), clock=lambda: NOW)


def numbers(session: ReviewSession) -> list[int]:
    return [unit.number for unit in session.page(0, 100)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("open", [1, 2, 3, 6]),
        ("-open", [4, 5]),
        ("state:initial,final", [1, 2, 5, 6]),
        ("state:done", [4, 5]),
        ("translated", [3]),
        ("repeated", [1, 4]),
        ("-repeated open", [2, 3, 6]),
        ("edited", [2, 3, 4]),
        ("untouched", [1, 5, 6]),
        ("edit:>60", [4]),
        ("edit:0..30", [1, 2, 5]),
        ("sure:<70", [2, 6]),
        ("length:>17", [2, 5]),
        ("unit:2..3", [2, 3]),
        ("engine:memory", [4]),
        ("match:>=75", [4]),
        ("commented", [3]),
        ("issues", [1, 2, 3]),
        ("check:number", [2]),
        ("check:number,brackets", [2, 3]),
        ("severity:critical", [2]),
        ("check:punctuation severity:critical", []),
        ("-issues", [4, 5, 6]),
        ("text:rmb", [2, 5]),
        ("source:rmb open", [2]),
        ("target:/[0-9]{3}亿/", [2]),
        ('target:"人民币"t', [2, 5]),
        ("note:li", [3]),
        ("issues text:大", [3]),
        ("issues text:早", [1]),
        ("id:u4", [5]),
        ("draft:早上", [1, 4]),
        ("-text:元 -text:好", [3, 4, 5, 6]),
        ("source:/^$/", [6]),
        ("open text: good m", [1]),
        ("sample:every 2", [1, 3, 5]),
        ("open sample:every 3", [1, 6]),
        ("sample:edited 1", [4]),
        ("sample:doubtful 2", [2, 6]),
        ("sample:edited 50%", [2, 3, 4]),
    ],
)
def test_a_filter_lets_through(store: Store, words: str, expected: list[int]) -> None:
    session = begin(store)
    if not expected:
        with pytest.raises(CommandError, match="no unit for the filter"):
            session.set_filter(words)
        return
    session.set_filter(words)
    assert numbers(session) == expected
    assert session.parse_filter(str(session.filter)) == session.filter


def test_who_and_when(store: Store) -> None:
    session = begin(store, "Li Wei")
    session.goto(1)
    session.edit("早。")
    for words in ('by:"Li Wei"', "changed:today", "changed:2026-03-01", "changed:ever", "changed:2d"):
        session.set_filter(words)
        assert numbers(session) == [1], words
    for words in ("by:ann", "changed:..2026-02-27", "changed:yesterday"):
        with pytest.raises(CommandError, match="no unit for the filter"):
            session.set_filter(words)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("open", "open"),
        ("open severity:critical by:Li changed:today source:RMB",
         "open · with critical issues · by Li · changed today · source has “RMB”"),
        ("check:number,date severity:critical", "critical issues of number or date"),
        ("-repeated edit:>30 text: a b", "not repeated · edited >30% · has “a b”"),
        ("sample:random 5% seed 7", "sample: random 5% seed 7"),
    ],
)  # fmt: skip
def test_a_filter_is_said_in_words(store: Store, words: str, said: str) -> None:
    from workbench.review.filtering import in_words

    assert in_words(begin(store).parse_filter(words)) == said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("state:foo", "no state 'foo'; there are initial, translated, reviewed, final, open, done"),
        ("edit:abc", "edit: takes a number or a range, such as >30, <5 or 10..20, not 'abc'"),
        ("sure:9..1", "sure: a range goes from the lower to the higher number, not '9..1'"),
        ("unit:9", "there is no unit 9: the document has 6"),
        ("changed:soon", "changed: takes today, yesterday, 7d, 2h, ever, 2026-11-03 or 2026-11-01..2026-11-07, not "
         "'soon'"),
        ("text:/(/", "not an expression: missing ) at position 1"),
        ("sample:every x", "no sample 'every x'; there are sample:every 10, sample:edited 20, sample:doubtful 5%, "
         "sample:random 50 seed 7"),
        ("sample:random 200%", "a sample has at most 100%, not 200%"),
    ],
)  # fmt: skip
def test_a_wrong_filter_is_refused_in_one_line(store: Store, words: str, said: str) -> None:
    with pytest.raises(CommandError) as caught:
        begin(store).set_filter(words)
    assert str(caught.value) == said


def test_a_random_sample_is_the_same_for_the_same_seed(store: Store) -> None:
    session = begin(store)
    found = {}
    for words in ("sample:random 2 seed 1", "sample:random 2 seed 1 ", "sample:random 2 seed 5"):
        session.set_filter("all")
        session.set_filter(words)
        found[words] = numbers(session)
    first, again, other = found.values()
    assert len(first) == 2
    assert first == again != other


def test_views_are_kept_for_everybody_and_the_filter_comes_back(store: Store) -> None:
    session = begin(store)
    with pytest.raises(CommandError, match="there is no filter to save"):
        session.save_view("money")
    assert (
        list(
            run_script(
                session, ["filter open text: rmb", "save view money talk", "filter all", "view Money  Talk"]
            )
        )[-1]
        == "view money talk: filter open text: rmb: 1 of 6 units; unit 2 of 6, initial"
    )
    session.save_place()
    other = begin(store)
    assert (str(other.filter), numbers(other)) == ("open text: rmb", [2])
    with pytest.raises(NotFoundError):
        begin(store, "bob").view("mony")
    begin(store, "bob").drop_view("money talk")
    with pytest.raises(CommandError, match="none was saved"):
        other.view("money talk")


def test_what_a_filter_lets_through_is_shown_before_all_was_read(store: Store) -> None:
    session = begin(store)
    session.goto(4)
    assert not session.show_so_far()
    steps = session.looking("set_filter", "text:早")
    assert next(steps) == 6
    assert session.show_so_far()
    assert (numbers(session), session.unit.position + 1) == ([1, 4], 4)
    assert not session.show_so_far()  # nothing more was found
    assert session.forget_so_far()
    assert (session.count, session.unit.position + 1, str(session.filter)) == (6, 4, "all")
    assert not session.forget_so_far()
    assert list(steps) == []
    assert session.set_filter("text:早") == "filter text: 早: 2 of 6 units; unit 4 of 6, reviewed"


def test_what_others_change_meanwhile_is_followed_from_where_one_stood(store: Store) -> None:
    session, other = begin(store), begin(store, "bob")
    session.goto(3)
    steps = session.looking("set_filter", "text:早")
    next(steps)
    assert session.show_so_far()
    assert numbers(session) == [1, 4]
    other.goto(1)
    other.split(5, 1)
    assert session.poll()
    assert (session.count, session.unit.source, str(session.filter)) == (7, "Thanks.", "all")
    assert session.show_so_far()
    assert session.forget_so_far()
    assert (session.count, session.unit.source) == (7, "Thanks.")


def test_a_place_saved_while_a_filter_is_read_is_where_one_stood(store: Store) -> None:
    session = begin(store)
    session.goto(3)
    next(session.looking("set_filter", "text:早"))
    assert session.show_so_far()
    session.save_place()
    again = begin(store)
    assert (again.unit.source, str(again.filter), again.count) == ("Thanks.", "all", 6)


def test_a_filter_that_was_left_shows_nothing_later(store: Store) -> None:
    session = begin(store)
    session.check_some(2)
    steps = session.looking("set_filter", "issues")
    session.forget_so_far()
    next(steps)  # the thread of a filter that was stopped ends its step
    next(session.looking("search", "RMB"), None)
    assert not session.show_so_far()
    assert session.count == 6


def test_a_glossary_read_meanwhile_leaves_no_old_filter(store: Store) -> None:
    session = begin(store)
    next(session.looking("set_filter", "text:早"))
    assert session.show_so_far()
    termbase = Termbase([Concept("thanks", (Term("thanks", "en"), Term("谢谢", "zh")))])
    session.use_termbase(termbase)
    session.forget_so_far()
    assert (str(session.filter), session.filter) == ("all", session.parse_filter("all"))


def test_units_with_issues_are_shown_as_they_are_found(store: Store) -> None:
    session = begin(store)
    session.check_some(2)
    assert numbers(session)[:2] == [1, 2]
    steps = session.looking("set_filter", "issues")
    next(steps)
    assert session.show_so_far()
    assert numbers(session) == [1, 2]
    session.forget_so_far()
    assert list(steps) == []
    assert session.set_filter("issues").startswith("filter issues: 3 of 6 units")
