"""Search, hits, replacing in a document and in the project, concordance and look-up, without a screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from time import process_time
from typing import TYPE_CHECKING

import pytest
from session_parts import CHECKS

from workbench.errors import CommandError, StaleUnitError
from workbench.model import Concept, Document, State, Term, TranslationUnit
from workbench.review.replacing import parse_replace, replaced
from workbench.review.searching_count import HitCount
from workbench.review.searching_patterns import parse_query
from workbench.review.session import ReviewSession
from workbench.store import Change, open_store
from workbench.termbase import Termbase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbench.store import Store

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TERMS = Termbase([Concept("c", (Term("opening session", "en"), Term("开幕会", "zh")), note="not 开场")])
TALK = (
    ("The session cost 12 yuan.", "会议花了12 元。", State.INITIAL),
    ("It is over.", "会议<b>结束</b>了。", State.INITIAL),
    ("The session again.", "又是会议。", State.REVIEWED),
    ("Nothing.", "没有。", State.INITIAL),
)


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store(":memory:", clock=lambda: NOW) as store:
        for name, texts in (("talk", TALK), ("paper", (("A session.", "一次会议。", State.INITIAL),))):
            store.save_document(
                Document(name, "text"),
                [
                    TranslationUnit(f"u{n}", n, source, target, state)
                    for n, (source, target, state) in enumerate(texts)
                ],
            )
        yield store


def begin(store: Store, document: str = "talk", author: str = "ann") -> ReviewSession:
    return ReviewSession(store, document, author, checks=CHECKS, termbase=TERMS, clock=lambda: NOW)


def targets(store: Store, document: str = "talk") -> list[str]:
    return [unit.target for unit in store.units(document)]


def test_search_goes_round_and_marks_its_hits(store: Store) -> None:
    session = begin(store)
    assert session.search("SESSION") == "unit 3 of 4, reviewed"
    assert session.next_hit() == "unit 1 of 4, initial"
    assert session.previous_hit() == "unit 3 of 4, reviewed"
    assert session.hits_in("The Session again.", "source") == [(4, 11)]
    assert session.hits_in("The Session again.", "id") == []
    session.forget_search()
    assert session.hits_in("The Session again.", "source") == []
    with pytest.raises(CommandError, match="nothing was searched for yet"):
        session.next_hit()
    with pytest.raises(CommandError, match="no unit holds 'xyz'"):
        session.search("xyz")
    assert session.search("target:/<b>/") == "unit 2 of 4, initial"
    with pytest.raises(CommandError, match=r"no other unit holds /<b>/"):
        session.next_hit()


def test_an_expression_that_takes_long_is_not_marked(store: Store) -> None:
    session = begin(store)
    session.search("/(a|aa)+$|会/")
    assert session.hits_in("开会", "target") == [(1, 2)]
    began = process_time()
    assert [session.hits_in("a" * 60 + "b会", "target") for _ in range(40)] == [[]] * 40
    assert process_time() - began < 0.4
    session.search("会")
    assert session.hits_in("开会", "target") == [(1, 2)]


def test_hits_are_counted_piece_by_piece(store: Store) -> None:
    session = begin(store)
    count = HitCount(parse_query("会议"))
    steps = session.counting(count)
    assert (str(count), session.hit_place(count)) == ("…", "…")
    next(steps)
    assert session.hit_place(count) == "1 of 3+"
    assert list(steps) == []
    assert [(session.next(), session.hit_place(count))[1] for _ in range(3)] == ["2 of 3", "3 of 3", "3"]
    session.set_filter("open")
    assert counted(session, "会议") == "2"
    assert counted(session, "会议", everywhere=True) == "4"
    assert counted(session, '"会"b', everywhere=True) == "none"


def counted(session: ReviewSession, words: str, *, everywhere: bool = False) -> str:
    count = HitCount(parse_query(words))
    for _read in session.counting(count, everywhere=everywhere):
        pass
    return str(count)


def test_search_stays_in_the_filter(store: Store) -> None:
    session = begin(store)
    session.set_filter("open")
    with pytest.raises(CommandError, match="no other unit holds 'session'"):
        session.search("session")


@pytest.mark.parametrize(
    ("words", "text", "made"),
    [
        ("会议 => 大会", "会议，会议", ("大会，大会", 2)),
        ("/([0-9]+) 元/ => $1元", "12 元和１３　元", ("12元和１３元", 2)),
        (r"/(?P<n>\d)(x)?/ => [\g<n>${n}\1$2$$]", "1", ("[111$]", 1)),
        ("/[0-9]*/ => x", "a12b", ("axb", 1)),
        ("会议 =>", "开会议了", ("开了", 1)),
        ('"a " => " b "', "xa y", ("x b y", 1)),
        ('"a => b"c => c => d', "x a => b", ("x c => d", 1)),
        ("/a => (b)/ => $1", "a => b", ("b", 1)),
        ("/usr => /opt", "in /usr", ("in /opt", 1)),
        ("善意 => “善意”", "善意的话", ("“善意”的话", 1)),
        (r"a => $1\1", "a", (r"$1\1", 1)),
        ('"会议"b => 大会', "会议在大会议程里", ("大会在大会议程里", 1)),
        ("/[0-9]+/b => 9", "A1 12 亿3", ("A1 9 亿9", 2)),
    ],
)
def test_replaced(words: str, text: str, made: tuple[str, int]) -> None:
    assert replaced(parse_replace(words), text) == made


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "会议",
            "replace needs what and with what: replace WHAT => WITH, such as: replace /([0-9]+) 元/ => $1元",
        ),
        ("/(a)/ => $2", "/(a)/ has no group 2: it has 1"),
        ("/(?P<n>a)/ => ${m}", "/(?P<n>a)/ has no group m: it has 1"),
        ("source:a => b", "only targets are changed: leave out where to search"),
        ("飞机 => 火车", "no target holds “飞机”"),
        ("/x*/ => y", "no target holds /x*/ with at least one character"),
    ],
)
def test_what_cannot_be_replaced_is_said_in_one_line(store: Store, words: str, said: str) -> None:
    before = targets(store)
    with pytest.raises(CommandError) as caught:
        begin(store).replace(words)
    assert str(caught.value) == said
    assert targets(store) == before


def test_replacing_is_one_step_of_undo_and_leaves_done_units(store: Store) -> None:
    session = begin(store)
    before = targets(store)
    assert session.replace("会议 => 大会") == "replaced: 2 in 2 units, 1 done left alone"
    assert targets(store) == ["大会花了12 元。", "大会<b>结束</b>了。", "又是会议。", "没有。"]
    assert session.history()[-1].decision == "replace"
    assert session.undo().startswith("replace undone")
    assert targets(store) == before
    assert session.redo().startswith("replace done again")
    assert session.replace("confirmed 会议 => 大会") == "replaced: 1 in 1 unit"
    assert store.units("talk")[2].state is State.INITIAL


def test_single_units_are_left_out_and_a_filter_narrows(store: Store) -> None:
    session = begin(store)
    session.replace("会议 => 大会", but={("talk", "u0")})
    assert targets(store)[:2] == ["会议花了12 元。", "大会<b>结束</b>了。"]
    session.set_filter("unit:4")
    with pytest.raises(CommandError, match="no target holds"):
        session.replace("会议 => 大会")


def test_codes_are_never_broken(store: Store) -> None:
    with pytest.raises(CommandError, match="1 left alone because a code would break"):
        begin(store).replace("b> => i>")
    assert targets(store)[1] == "会议<b>结束</b>了。"


def test_the_project_is_one_step_of_undo(store: Store) -> None:
    session = begin(store)
    assert (
        session.project_replace("会议 => 大会") == "replaced: 3 in 3 units of 2 documents, 1 done left alone"
    )
    assert (targets(store)[0], targets(store, "paper")) == ("大会花了12 元。", ["一次大会。"])
    other = begin(store, "paper")
    assert other.undo() == "replace undone; unit 1 of 1, initial"
    assert (targets(store)[0], targets(store, "paper")) == ("会议花了12 元。", ["一次会议。"])
    other.redo()
    assert (targets(store)[0], targets(store, "paper")) == ("大会花了12 元。", ["一次大会。"])
    session.poll()
    session.edit("另一个。")
    with pytest.raises(CommandError, match="cannot be turned back"):
        other.undo()
    assert targets(store, "paper") == ["一次大会。"]


@pytest.mark.parametrize(("words", "shown"), [("text:over", 2), ("text:session", 2), ("sample:every 4", 1)])
def test_undo_of_a_change_in_all_documents_leaves_the_filter_as_it_is(
    store: Store, words: str, shown: int
) -> None:
    session = begin(store)
    session.set_filter(words)
    session.project_replace("confirmed 会议 => 大会")
    session.undo()
    assert (len(session.queue), targets(store)[2]) == (shown, "又是会议。")


def test_nothing_is_replaced_where_a_unit_was_changed_meanwhile(store: Store) -> None:
    session = begin(store)
    for wanted in (parse_replace("会议 => 大会"), parse_replace("会议 => 大会", everywhere=True)):
        made = session.replacements(wanted)
        unit = store.units("talk")[1]
        store.decide("talk", "bob", "edit", [Change(replace(unit, target=unit.target + "！"))])
        before = (targets(store), targets(store, "paper"))
        with pytest.raises(StaleUnitError):
            session.apply_replacements(made)
        assert (targets(store), targets(store, "paper")) == before


def test_the_concordance_gives_reviewed_units_first(store: Store) -> None:
    session = begin(store, "paper")
    assert session.concordance("session").split("\n") == [
        "“session” in 3 units",
        "talk:3 reviewed: The session again. | 又是会议。",
        "paper:1 initial: A session. | 一次会议。",
        "talk:1 initial: The session cost 12 yuan. | 会议花了12 元。",
    ]
    with pytest.raises(CommandError, match="no unit of the project holds “xyz”"):
        session.concordance("xyz")


def test_the_glossary_is_looked_up_by_a_part_of_a_term(store: Store) -> None:
    session = begin(store)
    assert session.lookup("sess") == "opening session = 开幕会; not 开场"
    assert session.lookup("幕") == "opening session = 开幕会; not 开场"
    with pytest.raises(CommandError, match="no term of the glossary holds 'xyz'"):
        session.lookup("xyz")


def test_long_documents_are_read_in_pieces_both_ways() -> None:
    with open_store(":memory:") as store:
        units = [TranslationUnit("", n, f"Line {n}.", f"第{n}行\n" if n % 7 else "行") for n in range(9000)]
        store.save_document(Document("talk", "text"), units)
        session = begin(store)
        session.goto(20)
        assert session.search("Line 8999.") == "unit 9000 of 9000, initial"
        assert session.search("source:/^Line 5[.]/") == "unit 6 of 9000, initial"
        assert session.search("target:第4001行") == "unit 4002 of 9000, initial"
        session.search("/Line 1.99/")
        assert session.previous_hit() == "unit 2000 of 9000, initial"
        session.set_filter("target:/^行$/ -source:7")
        assert session.count == sum(1 for n in range(0, 9000, 7) if "7" not in str(n))
        steps = list(session.looking("set_filter", "text: zzz"))
        assert sum(steps) == 9000


def test_replacing_that_is_stopped_leaves_everything_as_it_was(store: Store) -> None:
    session = begin(store)
    made = session.replacements(parse_replace("会 => 大会", everywhere=True))
    before = store.last_change()

    def stop(_count: int) -> None:
        raise CommandError("stopped")

    with pytest.raises(CommandError, match="stopped"):
        session.write_replacements(made, report=stop)
    assert (targets(store)[0], targets(store, "paper"), store.last_change()) == (
        "会议花了12 元。",
        ["一次会议。"],
        before,
    )
    heard: list[int] = []
    session.write_replacements(made, report=heard.append)
    assert heard == [1, 3]
    assert session.apply_replacements(made) == "replaced: 3 in 3 units of 2 documents, 1 done left alone"
    assert (session.unit.target, targets(store, "paper")) == ("大会议花了12 元。", ["一次大会议。"])
    session.undo()
    assert (session.unit.target, targets(store, "paper")) == ("会议花了12 元。", ["一次会议。"])
