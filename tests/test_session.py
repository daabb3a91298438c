"""The rules of reviewing, one by one, without a screen."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from session_parts import CHECKS

from workbench.errors import CommandError, NotFoundError, StaleUnitError
from workbench.model import Annotation, Concept, Document, Draft, Severity, State, Term, TranslationUnit
from workbench.review.session import ReviewSession
from workbench.store import Store, UnitRow, open_store
from workbench.termbase import Termbase

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
PAIRS = [
    ("The festival opened on Monday.", "电影节周一开幕。"),
    ("It cost 5.2 billion yuan.", "它花了5.2亿元。"),
    ("He spoke (at length) about it.", "他（详细地谈到了它."),
    ("They agreed.", "他们同意了。"),
    ("The end.", "完。"),
]
TERMS = Termbase([Concept("c1", (Term("festival", "en"), Term("艺术节", "zh")))])


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = open_store(tmp_path / "review.db", clock=lambda: NOON)
    units = [
        TranslationUnit(
            "",
            index,
            source,
            target,
            drafts=(Draft("d", target, "argos"),),
            bead_score=0.2 if index == 3 else 0.9,
            source_segments=(source,),
            draft_segments=(target,),
        )
        for index, (source, target) in enumerate(PAIRS)
    ]
    store.save_document(Document("talk", "txt"), units)
    return store


def review(store: Store, author: str = "ann", **options: object) -> ReviewSession:
    settings = {"checks": CHECKS, "termbase": TERMS, "clock": lambda: NOON} | options
    return ReviewSession(store, "talk", author, **settings)


@pytest.fixture
def session(store: Store) -> ReviewSession:
    return review(store)


def targets(session: ReviewSession) -> list[str]:
    return [unit.target for unit in session.store.units("talk")]


def states(session: ReviewSession) -> str:
    return "".join(unit.state[0] for unit in session.store.units("talk"))


# Texts and states


def test_editing_saves_a_text_and_leaves_the_unit_open(session: ReviewSession) -> None:
    assert session.edit("艺术节周一开幕。", seconds=3.5, keystrokes=6) == "unit 1 saved"
    assert (session.unit.target, session.unit.state, session.unit.draft) == (
        "艺术节周一开幕。",
        State.INITIAL,
        "电影节周一开幕。",
    )
    (entry,) = session.history()
    assert (entry.post_edit.text, entry.post_edit.author, entry.post_edit.saved_at) == (
        "艺术节周一开幕。",
        "ann",
        NOON,
    )
    assert (entry.post_edit.seconds, entry.post_edit.keystrokes) == (3.5, 6)
    with pytest.raises(CommandError, match="as it was"):
        session.edit("艺术节周一开幕。")


def test_confirming_goes_to_the_next_open_unit(session: ReviewSession) -> None:
    assert session.confirm("艺术节周一开幕。") == "unit 1 reviewed; unit 2 of 5, initial"
    session.goto(3)
    session.confirm()
    session.goto(2)
    assert session.confirm() == "unit 2 reviewed; unit 4 of 5, initial"
    assert states(session) == "rrrii"
    session.next()
    assert session.confirm() == "unit 5 reviewed; unit 4 of 5, initial"
    assert session.confirm() == "unit 4 reviewed; no open unit is left"
    assert session.number == 4
    assert session.confirm() == "unit 4 is reviewed already; no open unit is left"


def test_confirming_an_untouched_draft_is_a_post_edit_too(session: ReviewSession) -> None:
    session.confirm(seconds=2.0)
    (edit,) = session.store.post_edits_of("talk")
    assert (edit.text, edit.seconds) == ("电影节周一开幕。", 2.0)


def test_an_empty_target_is_not_confirmed(session: ReviewSession) -> None:
    with pytest.raises(CommandError, match="empty"):
        session.confirm("  ")
    assert states(session) == "iiiii"


def test_a_translators_confirm_leaves_work_for_the_reviewer(store: Store) -> None:
    translator, reviewer = review(store, "tom", role="translator"), review(store, "rae")
    translator.confirm("艺术节周一开幕。")
    assert states(translator) == "tiiii"
    reviewer.goto(5)
    assert reviewer.next_open() == "unit 1 of 5, translated"
    reviewer.edit("艺术节星期一开幕。")
    assert states(reviewer) == "tiiii"
    reviewer.confirm()
    assert states(reviewer) == "riiii"
    reviewer.goto(1)
    reviewer.edit("艺术节礼拜一开幕。")
    assert states(reviewer) == "iiiii"


def test_signing_off_follows_review(session: ReviewSession, store: Store) -> None:
    with pytest.raises(CommandError, match="only a reviewed unit"):
        session.sign_off()
    session.confirm()
    session.goto(1)
    session.sign_off()
    assert states(session) == "fiiii"
    with pytest.raises(CommandError, match="only a reviewer"):
        review(store, role="translator").sign_off()


def test_unconfirming_and_rejecting_open_a_unit_again(session: ReviewSession) -> None:
    with pytest.raises(CommandError, match="not confirmed"):
        session.unconfirm()
    session.confirm()
    session.goto(1)
    session.unconfirm()
    assert states(session) == "iiiii"
    with pytest.raises(CommandError, match="reason"):
        session.reject(" ")
    session.reject("wrong festival")
    assert session.unit.notes == ("[open, rejected] ann, 2026-03-01T12:00:00Z: wrong festival",)


def test_draft_and_source_can_be_put_in_place_of_the_target(session: ReviewSession) -> None:
    with pytest.raises(CommandError, match="draft already"):
        session.restore_draft()
    session.copy_source()
    assert session.unit.target == "The festival opened on Monday."
    session.restore_draft()
    assert session.unit.target == "电影节周一开幕。"
    session.undo()
    assert session.unit.target == "The festival opened on Monday."


def test_an_unknown_role_is_refused(store: Store) -> None:
    with pytest.raises(NotFoundError, match="translator, reviewer"):
        review(store, role="boss")


# Issues


def found(session: ReviewSession) -> list[str]:
    return [issue.check for issue in session.issues()]


def test_an_issue_is_fixed_by_its_number(session: ReviewSession) -> None:
    session.goto(3)
    assert sorted(found(session)) == ["brackets", "punctuation"]
    number = found(session).index("punctuation") + 1
    session.apply_fix(number)
    assert session.unit.target == "他（详细地谈到了它。"
    with pytest.raises(CommandError, match="issue 1 has no sure fix"):
        session.apply_fix(1)
    with pytest.raises(CommandError, match="there is no issue 2: the unit has 1"):
        session.apply_fix(2)


def test_all_fixes_are_one_decision(session: ReviewSession) -> None:
    session.goto(3)
    session.edit("他详细地谈到了它,对吧.")
    assert session.apply_all_fixes() == "unit 3: 2 fixed"
    assert session.unit.target == "他详细地谈到了它，对吧。"
    session.undo()
    assert session.unit.target == "他详细地谈到了它,对吧."
    session.goto(4)
    with pytest.raises(CommandError, match="no issue of this unit"):
        session.apply_all_fixes()


def test_a_waived_issue_stays_waived_while_the_text_around_it_changes(
    session: ReviewSession, store: Store
) -> None:
    session.goto(3)
    session.waive(found(session).index("brackets") + 1, "on purpose")
    assert found(session) == ["punctuation"]
    session.edit("他（非常详细地谈到了它.")
    assert found(session) == ["punctuation"]
    again = review(store)
    again.goto(3)
    assert [issue.check for issue in again.assess(again.unit, again.unit.target).waived] == ["brackets"]
    session.unwaive(1)
    assert sorted(found(session)) == ["brackets", "punctuation"]
    session.undo()
    assert found(session) == ["punctuation"]
    with pytest.raises(CommandError, match="no waived issue 2"):
        session.unwaive(2)


def test_an_error_is_annotated(session: ReviewSession) -> None:
    text = session.unit.target
    session.annotate("accuracy/mistranslation", "major", "wrong word")
    session.annotate("style", Severity.MINOR)
    assert session.annotations() == (
        Annotation(
            "talk:1", "accuracy/mistranslation", Severity.MAJOR, "ann", None, "wrong word", target=text
        ),
        Annotation("talk:1", "style", Severity.MINOR, "ann", target=text),
    )
    session.undo()
    assert len(session.annotations()) == 1
    with pytest.raises(CommandError, match="no category 'mood'"):
        session.annotate("mood", "major")
    with pytest.raises(CommandError, match="no severity 'huge'"):
        session.annotate("style", "huge")


def test_assessing_judges_any_text_and_stores_nothing(session: ReviewSession, store: Store) -> None:
    number = store.changes_since(0)
    judged = session.assess(session.unit, "艺术节周一开幕.")
    assert [issue.check for issue in judged.issues] == ["punctuation"]
    assert [match.term.text for match in judged.terms] == ["festival"]
    assert [match.term.text for match in judged.target_terms] == ["艺术节"]
    assert {score.metric for score in judged.scores} >= {"edit", "ter", "chrf", "bleu"}
    assert [edit.op for edit in judged.edits] == ["replace", "equal", "replace"]
    assert store.changes_since(0) == number


# Moving and filters


def test_moving_stops_at_both_ends(session: ReviewSession) -> None:
    with pytest.raises(CommandError, match="first unit"):
        session.previous()
    session.last()
    assert session.number == 5
    with pytest.raises(CommandError, match="last unit"):
        session.next()
    with pytest.raises(CommandError, match="the document has 5"):
        session.goto(6)
    session.first()
    assert (session.number, session.position) == (1, 0)


def test_the_next_issue_and_the_next_doubt_go_around(session: ReviewSession) -> None:
    assert session.next_issue() == "unit 2 of 5, initial"
    assert session.next_issue() == "unit 3 of 5, initial"
    assert session.next_issue() == "unit 2 of 5, initial"
    assert session.previous_issue() == "unit 3 of 5, initial"
    assert session.next_doubt() == "unit 4 of 5, initial"
    with pytest.raises(CommandError, match="no other doubtful"):
        session.next_doubt()


def test_what_is_confirmed_is_no_longer_doubtful(session: ReviewSession) -> None:
    session.goto(4)
    assert session.page(3, 1)[0].doubtful
    session.confirm()
    assert not session.page(3, 1)[0].doubtful
    assert session.progress().doubtful == 0


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("all", [1, 2, 3, 4, 5]),
        ("open", [2, 3, 4, 5]),
        ("reviewed", [1]),
        ("issues", [2, 3]),
        ("doubt", [4]),
        ("notes", [5]),
        ("open notes", [5]),
        ("text: THE", [1, 4, 5]),
        ("open text: the", [4, 5]),
    ],
)
def test_filters(session: ReviewSession, words: str, numbers: list[int]) -> None:
    session.goto(5)
    session.note("the last one")
    session.goto(1)
    session.confirm()
    session.set_filter(words)
    assert str(session.filter) == words
    assert [row.number for row in session.page(0, 10)] == numbers
    assert list(session.queue) == [f"talk:{number}" for number in numbers]
    assert (session.count, session.total) == (len(numbers), 5)
    assert session.number in numbers


def test_a_filter_that_lets_nothing_through_is_not_set(session: ReviewSession) -> None:
    with pytest.raises(CommandError, match="no unit for the filter reviewed"):
        session.set_filter("reviewed")
    with pytest.raises(CommandError, match="no filter 'closed'"):
        session.set_filter("closed")
    assert (str(session.filter), session.count) == ("all", 5)


def test_the_queue_stays_while_one_works_through_it(session: ReviewSession) -> None:
    session.set_filter("open")
    session.confirm()
    session.confirm()
    assert [row.state for row in session.page(0, 3)] == [State.REVIEWED, State.REVIEWED, State.INITIAL]
    assert session.position == 2
    session.set_filter("open")
    assert [row.number for row in session.page(0, 9)] == [3, 4, 5]


def test_going_to_a_hidden_unit_lifts_the_filter(session: ReviewSession) -> None:
    session.set_filter("issues")
    session.goto(5)
    assert (str(session.filter), session.number, session.count) == ("all", 5, 5)


def test_searching_goes_around(session: ReviewSession) -> None:
    assert session.search("他") == "unit 3 of 5, initial"
    assert session.search("他") == "unit 4 of 5, initial"
    assert session.search("他") == "unit 3 of 5, initial"
    assert session.search("FESTIVAL") == "unit 1 of 5, initial"
    with pytest.raises(CommandError, match="no other unit holds 'festival'"):
        session.search("festival")
    with pytest.raises(CommandError, match="no unit holds '%'"):
        session.search("%")


def test_rows_say_what_the_list_shows(session: ReviewSession) -> None:
    assert session.page(2, 1)[0].issue_count is None
    session.check_all()
    session.goto(3)
    session.note("see page 2")
    assert session.page(2, 1) == [
        UnitRow(
            "talk:3", 3, *PAIRS[2], State.INITIAL, False, 2, Severity.MAJOR, 1, 1
        )
    ]  # fmt: skip
    assert session.page(5, 3) == []


# Splitting and merging


def test_a_unit_is_split_and_its_parts_keep_draft_and_segments(session: ReviewSession) -> None:
    session.goto(3)
    session.edit("他谈到了（详细地）它。")
    session.split(len("He spoke"), len("他谈到了"))
    left, right = session.store.units("talk", start=2, count=2)
    assert (left.source, left.target, left.draft) == ("He spoke", "他谈到了", "他")
    assert (right.source, right.target, right.draft) == (
        "(at length) about it.",
        "（详细地）它。",
        "（详细地谈到了它.",
    )
    assert (left.source_segments, right.source_segments) == (("He spoke",), ("(at length) about it.",))
    assert (left.draft_segments, right.draft_segments) == (("他",), ("（详细地谈到了它.",))
    assert (left.id, right.id, session.total, session.number) == ("talk:3", "talk:6", 6, 3)
    assert [unit.position for unit in session.store.units("talk")] == [0, 1, 2, 3, 4, 5]
    session.undo()
    assert session.total == 5
    session.redo()
    assert [row.id for row in session.page(0, 6)][2:4] == ["talk:3", "talk:6"]


def test_waivers_go_with_both_parts_of_a_split(session: ReviewSession) -> None:
    session.goto(3)
    session.waive(found(session).index("brackets") + 1)
    session.split(8, 1)
    session.next()
    assert (session.unit.id, found(session)) == ("talk:6", ["punctuation"])
    assert [issue.check for issue in session.waived_issues()] == ["brackets"]
    session.undo()
    assert session.store.waivers("talk") == session.store.waivers("talk")[:1]


def test_both_parts_of_a_split_are_to_be_confirmed_again(session: ReviewSession) -> None:
    session.goto(3)
    session.confirm()
    assert states(session) == "iirii"
    session.goto(3)
    session.split(8, 1)
    assert states(session) == "iiiiii"
    session.undo()
    assert states(session) == "iirii"


def test_a_split_needs_text_on_both_sides(session: ReviewSession) -> None:
    for source_at, target_at in ((0, 0), (30, 8), (99, 1), (1, -1)):
        with pytest.raises(CommandError):
            session.split(source_at, target_at)
    assert session.total == 5


def test_units_are_merged_and_come_apart_again(session: ReviewSession) -> None:
    session.confirm()
    session.goto(1)
    session.note("one")
    session.next()
    session.note("two")
    session.annotate("accuracy", "major", "two")
    session.waive(1)
    before = session.store.units("talk")
    session.previous()
    session.merge()
    merged = session.unit
    assert merged.source == "The festival opened on Monday. It cost 5.2 billion yuan."
    assert merged.target == "电影节周一开幕。它花了5.2亿元。"
    assert merged.draft == "电影节周一开幕。它花了5.2亿元。"
    assert merged.source_segments == ("The festival opened on Monday.", "It cost 5.2 billion yuan.")
    assert merged.draft_segments == ("电影节周一开幕。", "它花了5.2亿元。")
    assert (merged.state, merged.notes, merged.bead_score) == (State.INITIAL, ("one", "two"), 1.0)
    assert [one.comment for one in session.annotations()] == ["two"]
    assert found(session) == []
    assert (session.total, [row.number for row in session.page(0, 9)]) == (4, [1, 2, 3, 4])
    session.undo()
    assert [replace(one, version=0) for one in session.store.units("talk")] == [
        replace(one, version=0) for one in before
    ]
    session.last()
    with pytest.raises(CommandError, match="no unit after"):
        session.merge()


def test_a_split_unit_stays_in_a_filtered_queue(session: ReviewSession) -> None:
    session.set_filter("issues")
    session.goto(3)
    session.split(8, 1)
    assert [row.id for row in session.page(0, 9)] == ["talk:2", "talk:3", "talk:6"]
    session.undo()
    assert [row.id for row in session.page(0, 9)] == ["talk:2", "talk:3"]


# Undo, places, other people


def test_undo_goes_to_the_unit_and_survives_a_restart(session: ReviewSession, store: Store) -> None:
    session.confirm("艺术节周一开幕。")
    session.confirm("它花了52亿元。")
    again = review(store)
    again.last()
    assert again.undo() == "confirm undone; unit 2 of 5, initial"
    assert again.undo() == "confirm undone; unit 1 of 5, initial"
    with pytest.raises(CommandError, match="nothing to undo"):
        again.undo()
    assert again.redo() == "confirm done again; unit 1 of 5, reviewed"
    assert states(again) == "riiii"


def test_the_place_is_restored(session: ReviewSession, store: Store) -> None:
    session.set_filter("open text: e")
    session.last()
    session.close()
    again = review(store)
    assert (str(again.filter), again.number) == ("open text: e", 5)
    assert review(store, "bob").number == 1


def test_without_a_close_the_place_is_that_of_the_last_decision(session: ReviewSession, store: Store) -> None:
    session.goto(4)
    session.note("here")
    session.goto(1)
    assert review(store).number == 4


def test_a_stale_unit_is_refused_shown_anew_and_can_be_decided_again(
    session: ReviewSession, store: Store
) -> None:
    assert session.unit.target == "电影节周一开幕。"
    review(store, "bob").edit("鲍勃的话。")
    with pytest.raises(StaleUnitError):
        session.confirm("安的话。")
    assert session.unit.target == "鲍勃的话。"
    session.confirm("安的话。")
    assert targets(session)[0] == "安的话。"


def test_polling_brings_what_others_did(session: ReviewSession, store: Store) -> None:
    session.goto(3)
    session.edit("安的话。")
    assert session.poll() == []
    other = review(store, "bob")
    other.goto(1)
    other.edit("鲍勃的话。")
    other.merge()
    assert sorted(session.poll()) == ["talk:1", "talk:2"]
    assert (session.number, session.total, session.unit.target) == (2, 4, "安的话。")
    assert session.poll() == []


def test_polling_follows_an_import(session: ReviewSession, store: Store) -> None:
    session.set_filter("text: the")
    session.goto(4)
    units = store.units("talk")
    fresh = TranslationUnit("", 0, "A new beginning for them.", "新的开始。")
    store.save_document(Document("talk", "txt"), [fresh, *units[1:]])
    assert sorted(session.poll()) == ["talk:1", "talk:6"]
    assert session.unit.source == "They agreed."
    assert [row.number for row in session.page(0, 9)] == [1, 4, 5]


# The document as a whole


def test_progress_follows_every_decision(session: ReviewSession) -> None:
    session.check_all()
    commands = [
        lambda: session.confirm("艺术节周一开幕。"),
        lambda: session.next_issue(),
        lambda: session.waive(1),
        lambda: session.split(9, 3),
        lambda: session.merge(),
        lambda: session.undo(),
        lambda: session.undo(),
        lambda: session.unwaive(1),
        lambda: session.copy_source(),
        lambda: session.undo(),
        lambda: session.goto(4),
        lambda: session.confirm(),
        lambda: session.reject("no"),
    ]
    for command in commands:
        command()
        quick, states = session.progress(), session.states()
        session._recount()
        assert {state: count for state, count in states.items() if count} == session.states()
        assert quick == session.progress()


def test_a_decision_is_not_counted_twice_where_another_thread_counts(
    session: ReviewSession, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.progress()
    decide = store.decide

    def counted(*arguments: Any, **named: Any) -> Any:
        decided = decide(*arguments, **named)
        session.progress()  # another thread reads the store just behind the decision
        return decided

    monkeypatch.setattr(store, "decide", counted)
    session._recount()
    session.confirm("艺术节周一开幕。")
    quick = session.progress()
    session._recount()
    assert quick == session.progress()


def test_document_scores_follow_the_edits(session: ReviewSession, store: Store) -> None:
    def edit_rate(one: ReviewSession) -> tuple[float, int]:
        score = next(score for score in one.document_scores() if score.metric == "edit")
        return round(score.value, 3), score.unit_count

    assert edit_rate(session) == (0.0, 0)
    session.confirm("艺术节周一开幕。")
    assert edit_rate(session) == (25.0, 1) == edit_rate(review(store))
    session.confirm("它花了52亿元。")
    assert edit_rate(session)[1] == 2
    assert edit_rate(session) == edit_rate(review(store))
    session.undo()
    session.undo()
    assert edit_rate(session) == (0.0, 0)


def test_checking_in_a_thread_does_not_disturb_decisions(session: ReviewSession) -> None:
    failures: list[BaseException] = []

    def check() -> None:
        try:
            for _ in range(30):
                session.check_some(2)
                session.progress()
                session.document_scores()
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=check)
    thread.start()
    for number in range(10):
        session.goto(number % 5 + 1)
        session.edit(f"第{number}次。")
    thread.join()
    session.check_all()
    session._recount()
    assert failures == []
    assert session.progress().unchecked == 0


def test_a_document_without_units(store: Store) -> None:
    store.save_document(Document("void", "txt"), [])
    session = ReviewSession(store, "void", "ann", checks=CHECKS, termbase=TERMS)
    assert (session.count, session.page(0, 10), session.progress().total) == (0, [], 0)
    for act in (session.next, session.confirm, session.next_open, session.undo, session.merge, session.last):
        with pytest.raises(CommandError):
            act()
    session.close()
