"""Checks that need the units around, in a session: found at once, kept right by decisions, waivers, others and undo."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench import checks
from workbench.errors import CommandError
from workbench.model import Document, Issue, Origin, TranslationUnit
from workbench.review.script import run_script
from workbench.review.session import ReviewSession
from workbench.store import Filter, Store, open_store
from workbench.termbase import GlossarySettings, Termbase, loads

PAIRS = [
    ("Press the red button.", "按下红色按钮。"),
    ("We came home late.", "我们很晚才回家。"),
    ("Press the red button.", "按下红色按钮。"),
    ("Press the red button.", "请按红色的键。"),
    ("The guests have left.", "客人都走了。"),
]
CONSISTENT = checks.select("consistency")


def saved(store: Store, pairs: list[tuple[str, str]] = PAIRS, name: str = "talk") -> None:
    units = [
        TranslationUnit(f"{name}:{number}", number, source, target)
        for number, (source, target) in enumerate(pairs)
    ]
    store.save_document(Document(name, "txt"), units)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = open_store(tmp_path / "review.db")
    saved(store)
    return store


def review(store: Store, author: str = "ann", **options: object) -> ReviewSession:
    return ReviewSession(store, "talk", author, **{"checks": CONSISTENT, "termbase": Termbase()} | options)


@pytest.fixture
def session(store: Store) -> ReviewSession:
    session = review(store)
    session.check_all()
    return session


def counts(session: ReviewSession) -> list[int | None]:
    return [row.issue_count for row in session.page(0, 50)]


def afresh(session: ReviewSession) -> list[int]:
    """How many issues each unit has, judged by summaries made anew."""
    context = checks.CheckContext(session.termbase)
    found = checks.run_document(session.store.units("talk"), context, checks=CONSISTENT, document="talk")
    waived = {(one.unit_id, one.fingerprint) for one in session.store.waivers("talk")}
    return [sum((unit.id, one.fingerprint) not in waived for one in issues) for unit, issues in found]


def said(issues: tuple[Issue, ...]) -> list[str]:
    return [checks.message(issue) for issue in issues]


def test_the_odd_rendering_is_found_listed_and_gone_to(session: ReviewSession) -> None:
    assert counts(session) == [0, 0, 0, 1, 0]
    assert session.progress().with_issues == 1
    assert session.next_issue() == "unit 4 of 5, initial"
    assert said(session.issues()) == [
        "the same source is rendered otherwise in talk:0 (2 times): 按下红色按钮。"
    ]
    assert said(session.assess(session.unit, "按下红色按钮。").issues) == []
    assert session.set_filter("issues") == "filter issues: 1 of 5 units; unit 4 of 5, initial"


def test_nothing_is_said_before_the_units_around_are_known(store: Store) -> None:
    session = review(store)
    session.goto(4)
    assert session.issues() == ()
    session.look_around()
    assert len(session.issues()) == 1


def test_a_decision_has_the_units_near_it_judged_again(session: ReviewSession) -> None:
    session.edit("请按红色的键。")
    session.look_around()
    # Two against two now: the first one in the document is right.
    assert counts(session) == [0, 0, 1, 0, 0]
    assert session.progress().with_issues == 1
    session.undo()
    session.look_around()
    assert counts(session) == [0, 0, 0, 1, 0]
    session.redo()
    session.look_around()
    assert counts(session) == [0, 0, 1, 0, 0]


def test_a_unit_that_nobody_else_stands_near_concerns_nobody(session: ReviewSession) -> None:
    session.goto(2)
    horizon = session.horizon
    session.confirm("我们到家时很晚。")
    assert session.recheck_some() == 1
    assert session.recheck_some() == 1
    assert session.recheck_some() == 0
    assert session.horizon == horizon + 1


def test_splitting_and_merging_move_the_others_and_change_no_finding(session: ReviewSession) -> None:
    session.goto(2)
    session.split(7, 3)
    session.look_around()
    assert counts(session) == [0, 0, 0, 0, 1, 0]
    session.goto(5)
    assert said(session.assess(session.unit, "按红键。").issues) == [
        "the same source is rendered otherwise in talk:0 (2 times): 按下红色按钮。"
    ]
    session.goto(2)
    session.merge()
    session.check_all()
    assert counts(session) == [0, 0, 0, 1, 0]


def test_a_waiver_holds_over_everything(session: ReviewSession) -> None:
    session.goto(4)
    session.waive(1, "a label, not a sentence")
    session.look_around()
    assert counts(session) == [0, 0, 0, 0, 0]
    session.goto(1)
    session.note("seen")
    session.look_around()
    assert session.progress().with_issues == 0
    session.goto(4)
    assert len(session.waived_issues()) == 1
    session.unwaive()
    session.look_around()
    assert counts(session) == [0, 0, 0, 1, 0]


def test_what_somebody_else_decides_counts(store: Store, session: ReviewSession) -> None:
    other = review(store, "bob")
    other.goto(4)
    other.edit("按下红色按钮。")
    assert session.poll() == ["talk:3"]
    session.look_around()
    assert counts(session) == [0, 0, 0, 0, 0]


def test_other_documents_count_and_are_followed(store: Store) -> None:
    saved(
        store,
        [("The guests have left.", "来宾已经离开。"), ("The guests have left.", "来宾已经离开。")],
        "news",
    )
    session = review(store)
    session.check_all()
    assert counts(session) == [0, 0, 0, 1, 1]
    session.goto(5)
    assert said(session.issues()) == [
        "the same source is rendered otherwise in news news:0 (2 times): 来宾已经离开。"
    ]
    news = ReviewSession(store, "news", "bob", checks=CONSISTENT, termbase=Termbase())
    for _ in range(2):
        news.edit("客人都走了。")
        news.next() if news.position == 0 else None
    session.poll()
    session.look_around()
    assert counts(session) == [0, 0, 0, 1, 0]


def test_findings_that_hold_are_not_made_again(store: Store, session: ReviewSession) -> None:
    session.save_place()
    again = review(store)
    steps = []
    while step := again.recheck_some():
        steps.append(step)
    # Five units read, five judged: none is checked.
    assert steps == [6, 6]
    assert counts(again) == [0, 0, 0, 1, 0]


def test_findings_of_a_time_when_others_read_otherwise_are_mended(
    store: Store, session: ReviewSession
) -> None:
    session.save_place()
    elsewhere = review(store, "bob")
    elsewhere.goto(4)
    # Ended before the units near were judged.
    elsewhere.edit("按下红色按钮。")
    elsewhere.goto(1)
    elsewhere.edit("按红键。")
    again = review(store)
    again.check_all()
    assert counts(again) == afresh(again) == [1, 0, 0, 0, 0]


def test_terms_of_a_document_are_followed(store: Store) -> None:
    glossary = loads("red button: [红色按钮, 红键]\n")
    termbase = Termbase(glossary.concepts, settings=GlossarySettings(consistent=True))
    session = review(store, checks=checks.select("term-use"), termbase=termbase)
    session.goto(4)
    session.edit("请按红键。")
    session.check_all()
    assert counts(session) == [0, 0, 0, 1, 0]
    session.goto(1)
    session.edit("按下红键。")
    session.look_around()
    assert counts(session) == [0, 0, 1, 0, 0]


def test_a_source_that_was_dropped_wants_no_target() -> None:
    unit = TranslationUnit("u", 0, "It cost 5.2 billion yuan (at least).", "", origin=str(Origin.DROPPED))
    assert checks.run(unit, checks.CheckContext()) == []
    assert checks.run(replace(unit, target="它花了5.2亿元"), checks.CheckContext()) != []
    assert checks.run(replace(unit, origin="1-0"), checks.CheckContext()) != []


def test_a_session_without_such_checks_reads_nothing(store: Store) -> None:
    session = review(store, checks=checks.select("width,punctuation"))
    assert session.recheck_some() == 0
    assert session.horizon == 0


def test_a_script_speaks_of_all_issues(store: Store) -> None:
    script = ["goto 4", "expect issues 1", "waive 1 as the buttons say", "expect issues 0"]
    assert list(run_script(review(store), script))[-1] == "issues is as expected"


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["edit", "merge", "split", "undo", "redo", "waive", "confirm", "look"]),
        st.integers(1, 6),
        st.sampled_from(["按下红色按钮。", "请按红色的键。", "客人都走了。", "按。"]),
    ),
    max_size=12,
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=ACTIONS)
def test_after_any_decisions_the_findings_are_those_of_a_fresh_look(
    tmp_path_factory: pytest.TempPathFactory, actions: list[tuple[str, int, str]]
) -> None:
    with open_store(tmp_path_factory.mktemp("any") / "review.db") as store:
        saved(store)
        session = review(store)
        for action, number, text in actions:
            try:
                session.goto(number)
                if action in ("edit", "confirm"):
                    getattr(session, action)(text)
                elif action == "split":
                    session.split(5, 2)
                elif action == "look":
                    session.check_all()
                else:
                    getattr(session, action)()
            except CommandError:
                continue
        session.check_all()
        assert counts(session) == afresh(session)
        assert store.progress("talk", Filter(checks=session.filter.checks)).unchecked == 0


def test_a_finding_told_before_a_split_was_taken_up_does_not_stay(tmp_path: Path) -> None:
    with open_store(tmp_path / "review.db") as store:
        saved(store)
        session = review(store)
        session.goto(1)
        session.check_all()
        session.split(5, 2)
        session.goto(4)
        session.edit("客人都走了。")
        session.check_all()
        assert counts(session) == [0, 0, 0, 0, 1, 0]
