"""Repairing the alignment: what each command makes of the pairs, literally, and that undo brings them back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from session_parts import CHECKS

from workbench import checks, formats
from workbench.checks.base import CheckContext
from workbench.errors import CommandError
from workbench.model import Annotation, Document, Draft, Severity, Span, State, TranslationUnit
from workbench.review.project import open_project
from workbench.review.realigning import realigned
from workbench.review.repairing import StoppedError
from workbench.review.script import run_script
from workbench.review.session import ReviewSession
from workbench.review.splitting import places
from workbench.store import Change, Store, open_store
from workbench.termbase import Termbase

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
Pairs = list[tuple[str, str]]


def opened(pairs: Pairs, *, score: float = 0.5) -> ReviewSession:
    """A review of these pairs; sentences are parted by "|" and are the segments of their unit."""
    store = open_store("sqlite://", clock=lambda: NOON)
    units = []
    for index, (source, target) in enumerate(pairs):
        sources, targets = (tuple(filter(None, side.split("|"))) for side in (source, target))
        text = "".join(targets)
        units.append(
            TranslationUnit(
                "",
                index,
                " ".join(sources),
                text,
                drafts=(Draft("", text, "draft"),),
                bead_score=score,
                source_segments=sources,
                draft_segments=targets,
                origin=f"{len(sources)}-{len(targets)}",
            )
        )
    store.save_document(Document("talk", "txt"), units)
    return reopened(store)


def reopened(store: Store) -> ReviewSession:
    return ReviewSession(store, "talk", "ann", checks=CHECKS, termbase=Termbase(), clock=lambda: NOON)


def pairs(session: ReviewSession) -> Pairs:
    """The pairs as they are now, their segments parted by "|"."""
    units = session.store.units("talk")
    for unit in units:
        assert (
            "".join(unit.source_segments) == unit.source.replace(" ", "")
            or " ".join(unit.source_segments) == unit.source
        )
        assert "".join(unit.draft_segments) == unit.draft
    return [("|".join(unit.source_segments), "|".join(unit.draft_segments)) for unit in units]


def marks(session: ReviewSession) -> list[str]:
    return [unit.origin for unit in session.store.units("talk")]


def doubtful(session: ReviewSession) -> list[int]:
    return [row.number for row in session.page(0, 99) if row.doubtful]


FOUR: Pairs = [("A one.|A two.", "甲一。|甲二。"), ("B.", "乙。"), ("C.", "丙。"), ("D.", "丁。")]

# Where one stands, the command, the pairs after it, and the unit that one then stands at.
CASES: dict[str, tuple[Pairs, int, str, Pairs, int]] = {
    "the last target sentence goes down": (
        FOUR, 1, "target_to_next",
        [("A one.|A two.", "甲一。"), ("B.", "甲二。|乙。"), ("C.", "丙。"), ("D.", "丁。")], 1,
    ),
    "the first target sentence goes up": (
        [("A.", "甲。"), ("B.", "甲二。|乙。")], 2, "target_to_previous",
        [("A.", "甲。|甲二。"), ("B.", "乙。")], 2,
    ),
    "the next unit's first target sentence is fetched": (
        [("A.", "甲。"), ("B.", "甲二。|乙。")], 1, "target_from_next",
        [("A.", "甲。|甲二。"), ("B.", "乙。")], 1,
    ),
    "the previous unit's last target sentence is brought back": (
        FOUR, 2, "target_from_previous",
        [("A one.|A two.", "甲一。"), ("B.", "甲二。|乙。"), ("C.", "丙。"), ("D.", "丁。")], 2,
    ),
    "the last source sentence goes down": (
        FOUR, 1, "source_to_next",
        [("A one.", "甲一。|甲二。"), ("A two.|B.", "乙。"), ("C.", "丙。"), ("D.", "丁。")], 1,
    ),
    "the first source sentence goes up": (
        [("A.", "甲。"), ("A two.|B.", "乙。")], 2, "source_to_previous",
        [("A.|A two.", "甲。"), ("B.", "乙。")], 2,
    ),
    "the next unit's first source sentence is fetched": (
        [("A.", "甲。"), ("A two.|B.", "乙。")], 1, "source_from_next",
        [("A.|A two.", "甲。"), ("B.", "乙。")], 1,
    ),
    "the previous unit's last source sentence is brought back": (
        FOUR, 2, "source_from_previous",
        [("A one.", "甲一。|甲二。"), ("A two.|B.", "乙。"), ("C.", "丙。"), ("D.", "丁。")], 2,
    ),
    "the only sentence leaves a side empty": (
        FOUR, 2, "target_to_next",
        [("A one.|A two.", "甲一。|甲二。"), ("B.", ""), ("C.", "乙。|丙。"), ("D.", "丁。")], 2,
    ),
    "a unit of which nothing is left goes": (
        [("A.", "甲。"), ("", "多。"), ("B.", "乙。")], 2, "target_to_previous",
        [("A.", "甲。|多。"), ("B.", "乙。")], 1,
    ),
    "it goes also where the next unit takes its last text": (
        [("A.", "甲。"), ("", "多。"), ("B.", "乙。")], 3, "target_from_previous",
        [("A.", "甲。"), ("B.", "多。|乙。")], 2,
    ),
    "a unit is joined with the one before it": (
        FOUR, 2, "merge_previous",
        [("A one.|A two.|B.", "甲一。|甲二。|乙。"), ("C.", "丙。"), ("D.", "丁。")], 1,
    ),
    "all targets go down, the last into a unit of its own": (
        FOUR, 2, "shift_down",
        [("A one.|A two.", "甲一。|甲二。"), ("B.", ""), ("C.", "乙。"), ("D.", "丙。"), ("", "丁。")], 2,
    ),
    "targets go down to the first gap": (
        [("A.", "甲。"), ("B.", "乙。"), ("C.", ""), ("D.", "丁。")], 1, "shift_down",
        [("A.", ""), ("B.", "甲。"), ("C.", "乙。"), ("D.", "丁。")], 1,
    ),
    "a target alone moves its whole column into the gaps": (
        [("A.", "甲。"), ("", "乙。"), ("B.", "丙。"), ("C.", "")], 2, "shift_down",
        [("A.", "甲。"), ("B.", "乙。"), ("C.", "丙。")], 2,
    ),
    "all targets go up, the first into a unit of its own": (
        FOUR, 2, "shift_up",
        [("A one.|A two.", "甲一。|甲二。"), ("", "乙。"), ("B.", "丙。"), ("C.", "丁。"), ("D.", "")], 3,
    ),
    "all targets go up into a gap, and what is left without text goes": (
        [("A.", ""), ("B.", "甲。"), ("", "乙。")], 1, "shift_up",
        [("A.", "甲。"), ("B.", "乙。")], 1,
    ),
    "targets go up to the first gap": (
        [("A.", ""), ("B.", "甲。"), ("C.", ""), ("D.", "丁。")], 1, "shift_up",
        [("A.", "甲。"), ("B.", ""), ("C.", ""), ("D.", "丁。")], 1,
    ),
    "the first unit's target goes before it": (
        [("A.", "多。"), ("B.", "甲。"), ("C.", "乙。")], 1, "shift_up",
        [("", "多。"), ("A.", "甲。"), ("B.", "乙。"), ("C.", "")], 2,
    ),
    "a pair is parted where its source was dropped": (
        FOUR, 2, "mark_dropped",
        [("A one.|A two.", "甲一。|甲二。"), ("B.", ""), ("", "乙。"), ("C.", "丙。"), ("D.", "丁。")], 2,
    ),
    "a pair is parted where its target was added": (
        FOUR, 2, "mark_added",
        [("A one.|A two.", "甲一。|甲二。"), ("B.", ""), ("", "乙。"), ("C.", "丙。"), ("D.", "丁。")], 3,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_pairs_before_and_after(name: str) -> None:
    before, number, command, after, stands_at = CASES[name]
    session = opened(before)
    ids = [unit.id for unit in session.store.units("talk")]
    whole = [replace(unit, version=0) for unit in session.store.units("talk")]
    session.goto(number)
    answer = next(run_script(session, [command.replace("_", " ")]))
    assert pairs(session) == after
    assert session.number == stands_at
    assert answer.count("\n") == 0
    kept = [unit.id for unit in session.store.units("talk") if unit.id in ids]
    assert kept == [unit_id for unit_id in ids if unit_id in kept]
    session = reopened(session.store)
    assert session.undo().endswith(f"unit {session.number} of {len(before)}, initial")
    assert [replace(unit, version=0) for unit in session.store.units("talk")] == whole
    session.redo()
    assert pairs(session) == after


@pytest.mark.parametrize(
    ("before", "number", "command", "reason"),
    [
        (FOUR, 4, "target_to_next", "there is no unit after this one to move a sentence to"),
        (FOUR, 1, "target_to_previous", "there is no unit before this one to move a sentence to"),
        (FOUR, 1, "source_from_previous", "there is no unit before this one to take a sentence from"),
        (FOUR, 1, "merge_previous", "there is no unit before this one to merge with"),
        ([("A.", ""), ("B.", "乙。")], 1, "target_to_next", "the target of unit 1 is empty"),
        ([("A.", ""), ("B.", "乙。")], 2, "target_from_previous", "the target of unit 1 is empty"),
        ([("A.", ""), ("B.", "乙。")], 1, "shift_down", "the target is empty: there is nothing to move down"),
        ([("A.", ""), ("B.", "")], 1, "shift_up", "there is no target behind this unit that could move up"),
        ([("", "甲。"), ("B.", "")], 1, "shift_up", "the source is empty"),
        (
            [("", "甲。"), ("B.", "")],
            1,
            "mark_dropped",
            "the unit has no source that could have been dropped",
        ),
        ([("A.", ""), ("B.", "")], 1, "mark_added", "the unit has no target that could have been added"),
        (FOUR, 1, "unmark", "the unit is marked neither as dropped nor as added"),
        ([("A.", ""), ("B.", "")], 1, "realign", "there is nothing to align: one side is empty from here on"),
    ],
)
def test_what_cannot_be_done_changes_nothing(before: Pairs, number: int, command: str, reason: str) -> None:
    session = opened(before)
    held = session.store.units("talk")
    session.goto(number)
    with pytest.raises(CommandError) as refusal:
        getattr(session, command)()
    assert str(refusal.value).startswith(reason)
    assert session.store.units("talk") == held


def test_sentences_come_from_the_segmenter_where_the_text_was_edited() -> None:
    session = opened([("A.", "甲一。|甲二。"), ("B.", "乙。")])
    session.edit("甲一改了。甲二也改了！")
    session.target_to_next()
    first, second = session.store.units("talk")
    assert (first.target, second.target) == ("甲一改了。", "甲二也改了！乙。")
    # The draft behind the text is cut where the text was.
    assert (first.draft, second.draft) == ("甲一。", "甲二。乙。")
    assert second.draft_segments == ("甲二。", "乙。")


def test_chinese_without_marks_is_cut_between_characters_but_not_inside_numbers_and_names() -> None:
    unit = TranslationUnit("u", 0, "", "市长3点50分到AB厂")
    assert [f"{unit.target[:at]}|{unit.target[at:]}" for at in places(unit, "target", "zh")] == [
        "市|长3点50分到AB厂",
        "市长|3点50分到AB厂",
        "市长3|点50分到AB厂",
        "市长3点|50分到AB厂",
        "市长3点50|分到AB厂",
        "市长3点50分|到AB厂",
        "市长3点50分到|AB厂",
        "市长3点50分到AB|厂",
    ]
    assert places(replace(unit, target="Nothing"), "target", "en") == []


ALONE: Pairs = [("A.", "甲。"), ("", "添一。"), ("Left out.", ""), ("B.", "乙。")]


def test_a_side_that_the_aligner_left_alone_is_doubtful_until_it_is_marked() -> None:
    session = opened(ALONE, score=0.99)
    assert [unit.is_doubtful for unit in session.store.units("talk")] == [False, True, True, False]
    assert (doubtful(session), session.progress().doubtful) == ([2, 3], 2)
    assert session.next_doubt() == "unit 2 of 4, initial"
    session.set_filter("doubt")
    assert [row.number for row in session.page(0, 9)] == [2, 3]
    session.mark_added()
    assert session.progress().doubtful == 1
    session.goto(3)
    session.mark_dropped()
    session.set_filter("all")
    assert (doubtful(session), session.progress().doubtful) == ([], 0)
    assert [unit.is_doubtful for unit in session.store.units("talk")] == [False] * 4
    session.unmark()
    assert (doubtful(session), session.progress().doubtful) == ([3], 1)


def test_what_is_still_to_be_translated_is_not_doubtful() -> None:
    store = open_store("sqlite://", clock=lambda: NOON)
    store.save_document(Document("talk", "xliff"), [TranslationUnit("", 0, "A.", " \u3000")])
    session = reopened(store)
    assert (doubtful(session), session.progress().doubtful) == ([], 0)


def test_white_space_is_no_counterpart() -> None:
    store = open_store("sqlite://", clock=lambda: NOON)
    unit = TranslationUnit("", 0, "\u3000\n", "添。", origin="0-1")
    store.save_document(Document("talk", "txt"), [unit])
    session = reopened(store)
    assert (doubtful(session), session.progress().doubtful, unit.is_doubtful) == ([1], 1, True)


def test_an_added_unit_is_marked_before_it_is_confirmed() -> None:
    session = opened(ALONE, score=0.99)
    session.goto(2)
    with pytest.raises(CommandError, match=r"^there is no source: mark the unit as added \(Alt\+K a\)"):
        session.confirm()
    session.mark_added()
    session.confirm()
    assert session.store.units("talk")[1].state is State.REVIEWED


def test_a_target_that_was_added_on_purpose_is_not_held_against_a_source() -> None:
    unit = TranslationUnit(
        "u", 0, "", "这是译者自己添上的一句，比没有的原文长得多，还有{name}和<b>粗</b>,如此。", origin="0-1"
    )
    found = [
        [one.check for one in checks.run(each, CheckContext())]
        for each in (unit, replace(unit, origin="added"))
    ]
    assert found == [["placeholder", "tag", "tag", "length"], []]


def test_what_a_repair_puts_together_is_sure_and_what_it_leaves_alone_is_doubtful() -> None:
    session = opened(FOUR)
    assert doubtful(session) == [1, 2, 3, 4]
    session.target_to_next()
    assert (doubtful(session), marks(session)) == ([3, 4], ["hand", "hand", "1-1", "1-1"])
    session.goto(3)
    session.shift_down()
    assert (doubtful(session), marks(session)) == ([3, 5], ["hand", "hand", "1-0", "shifted", "0-1"])
    assert session.previous_doubt() == "unit 5 of 5, initial"
    session.goto(3)
    session.mark_dropped()
    assert (doubtful(session), marks(session)) == ([5], ["hand", "hand", "dropped", "shifted", "0-1"])
    assert session.progress().doubtful == 1


def test_repairs_open_confirmed_units_again() -> None:
    session = opened(FOUR)
    session.confirm()
    session.goto(1)
    session.target_to_next()
    assert [unit.state for unit in session.store.units("talk")][:2] == [State.INITIAL, State.INITIAL]


def test_what_is_said_of_a_unit_goes_where_its_sentence_goes() -> None:
    session = opened([("A.", "甲一.|甲二。"), ("B.", "乙。")])
    session.waive(1)
    (unit, _other) = session.store.units("talk")
    noted = Annotation(unit.id, "style", Severity.MINOR, "ann", Span(0, 2))
    session.store.decide("talk", "ann", "annotate", [Change(unit, annotations=(noted,))])
    session.poll()
    session.goto(1)
    session.target_to_next()
    assert [one.unit_id for one in session.store.waivers("talk")] == ["talk:1", "talk:2"]
    assert session.store.annotations("talk") == [replace(noted, target="甲一.")]


def test_notes_of_a_unit_of_which_nothing_is_left_stay() -> None:
    session = opened([("A.", "甲。"), ("", "多。")])
    session.goto(2)
    session.note("where from?")
    session.target_to_previous()
    assert session.unit.notes == ("where from?",)


def test_a_shift_stops_before_what_is_fixed() -> None:
    five: Pairs = [*FOUR, ("E.", "戊。")]

    def confirm(session: ReviewSession) -> None:
        session.confirm()

    fixing: list[Callable[[ReviewSession], object]] = [
        confirm,
        lambda session: session.edit("改。"),
        lambda session: session.note("see"),
        lambda session: session.annotate("style", "minor"),
        lambda session: session.mark_dropped(),
    ]
    for fix in fixing:
        session = opened(five)
        session.goto(4)
        fix(session)
        held = session.store.units("talk")[3]
        session.goto(2)
        session.shift_down()
        found = [(unit.source, unit.target) for unit in session.store.units("talk")]
        assert found[1:4] == [("B.", ""), ("C.", "乙。"), ("", "丙。")]
        assert session.store.unit(held.id) == replace(held, position=4)
    session = opened(five)
    session.confirm()
    session.goto(1)
    with pytest.raises(CommandError, match="unit 1 is reviewed: open it again first"):
        session.shift_down()


def test_a_column_may_be_shifted_twice() -> None:
    session = opened(FOUR)
    session.goto(2)
    session.shift_down()
    session.next()
    session.shift_down()
    assert [unit.target for unit in session.store.units("talk")][1:] == [
        "",
        "",
        "乙。",
        "丙。丁。"[:2],
        "丁。",
    ]


def test_a_dropped_source_is_confirmed_with_an_empty_target() -> None:
    session = opened(FOUR)
    session.goto(2)
    with pytest.raises(CommandError, match="mark it as dropped"):
        session.confirm("")
    session.mark_dropped()
    assert session.issues() == ()
    assert session.confirm() == "unit 2 reviewed; unit 3 of 5, initial"
    assert session.mark_added() == "unit 3: the target is marked as added"
    session.confirm()
    assert session.progress().reviewed == 2
    session.goto(2)
    with pytest.raises(CommandError, match="dropped already"):
        session.mark_dropped()
    assert session.unmark() == "unit 2 is no longer marked as dropped"
    assert (session.unit.state, session.unit.origin, session.unit.bead_score) == (State.INITIAL, "1-0", 0.0)
    with pytest.raises(CommandError, match="the target is empty"):
        session.confirm()


def test_a_dropped_unit_that_gets_a_target_is_an_ordinary_one() -> None:
    session = opened(FOUR)
    session.mark_dropped()
    session.edit("补上。")
    assert (session.unit.origin, session.unit.target) == ("hand", "补上。")


def test_a_stale_neighbour_is_not_moved_to() -> None:
    session = opened(FOUR)
    assert session.unit.id == "talk:1"
    other = reopened(session.store)
    other.edit("甲一改。甲二。")
    with pytest.raises(CommandError, match="changed elsewhere"):
        session.target_to_next()
    session.target_to_next()
    assert [unit.target for unit in session.store.units("talk")][:2] == ["甲一改。", "甲二。乙。"]


def test_a_split_has_places_and_the_likeliest_of_them() -> None:
    session = opened(
        [
            (
                "It cost 5.2 billion yuan, a record.|The mayor opened it in May.",
                "它花了52亿元，创下纪录。|市长五月为它揭幕。",
            )
        ]
    )
    source, target = session.unit.source, session.unit.target
    places = session.cut_places("source")
    assert [source[at:] for at in places] == [
        "a record. The mayor opened it in May.",
        "The mayor opened it in May.",
    ]
    at = target.index("市长")
    assert places[session.likeliest_cut("source", at, places)] == source.index("The mayor")
    at = target.index("创下")
    assert places[session.likeliest_cut("source", at, places)] == source.index("a record")
    assert session.cut_places("target") == [target.index("创下"), target.index("市长")]


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("It rained, and we left. Nobody minded.", [11, 24]),
        ("no clause here", [3, 10]),
        ("one", []),
    ],
)
def test_a_source_can_be_cut_after_its_clauses(text: str, starts: list[int]) -> None:
    assert opened([(text, "甲。")]).cut_places("source") == starts


# Aligning anew

TALK: Pairs = [
    ("The session begins at nine.", "会议九点开始。"),
    ("Nobody left before the end.", "结束前没有人离开。"),
    ("The survey cost 5.2 billion yuan.", "这项调查花了52亿元。"),
    ("She wrote it twice in 2019.", "她在2019年写了两遍。"),
    ("We went home by train.", "我们坐火车回家。"),
    ("The mayor opened the bridge in May.", "市长五月为大桥揭幕。"),
]


def drifted() -> ReviewSession:
    """The talk with every target from the second unit on one unit too low."""
    sources, targets = [list(side) for side in zip(*TALK, strict=True)]
    lower = [targets[0], "", *targets[1:]]
    return opened(list(zip([*sources, ""], lower, strict=True)))


def sides(session: ReviewSession) -> Pairs:
    return [(unit.source, unit.target) for unit in session.store.units("talk")]


def test_a_drift_is_repaired_by_aligning_anew() -> None:
    session = drifted()
    before = sides(session)
    assert session.realign() == "aligned anew: 7 units, 5 pairs changed, 0 fixed kept"
    assert sides(session) == TALK
    assert [unit.id for unit in session.store.units("talk")] == [f"talk:{number}" for number in range(1, 7)]
    assert marks(session) == ["1-1"] * 6
    session = reopened(session.store)
    session.undo()
    assert sides(session) == before
    session.redo()
    assert sides(session) == TALK
    assert session.realign() == "aligned anew: 6 units, 0 pairs changed, 0 fixed kept"


def test_aligning_anew_begins_at_the_current_unit_and_ends_at_a_confirmed_one() -> None:
    session = drifted()
    session.goto(6)
    session.confirm("市长五月为大桥揭幕了。")
    session.goto(2)
    before = sides(session)
    answer = session.realign_to_confirmed()
    assert answer.startswith("aligned anew: 4 units,")
    assert sides(session)[:1] == before[:1]
    assert sides(session)[-2:] == before[-2:]
    assert ("The survey cost 5.2 billion yuan.", "这项调查花了52亿元。") in sides(session)


@pytest.mark.parametrize(
    "fix",
    [
        lambda session: session.confirm("她在2019年写了两遍。"),
        lambda session: session.edit("她写过两遍（2019年）。"),
        lambda session: session.note("odd"),
        lambda session: session.annotate("style", "minor"),
        lambda session: session.target_from_next(),
    ],
)
def test_what_is_fixed_is_kept_and_aligned_around(fix: Callable[[ReviewSession], object]) -> None:
    session = drifted()
    session.goto(4)
    fix(session)
    fixed = session.store.units("talk")[3]
    session.first()
    assert session.realign().endswith(" fixed kept")
    now = {unit.id: unit for unit in session.store.units("talk")}
    assert replace(now[fixed.id], position=0) == replace(fixed, position=0)
    assert sides(session)[0] == TALK[0]
    texts = ["".join(side) for side in zip(*sides(session), strict=True)]
    assert "".join(texts[0].split()) == "".join("".join(source for source, _ in TALK).split())


def test_marks_are_kept_when_aligning_anew() -> None:
    session = opened([*TALK[:2], ("", "这句原文没有。"), ("This one was left out.", ""), *TALK[2:]])
    session.goto(3)
    session.mark_added()
    session.goto(4)
    session.mark_dropped()
    session.goto(1)
    before = sides(session)
    assert session.realign() == "aligned anew: 8 units, 0 pairs changed, 2 fixed kept"
    assert sides(session) == before
    assert marks(session)[2:4] == ["added", "dropped"]


def test_what_changed_meanwhile_is_not_aligned_over() -> None:
    session = drifted()
    for _ in session.looking("realign"):
        pass
    other = reopened(session.store)
    other.goto(3)
    other.edit("完全不同。")
    before = sides(session)
    with pytest.raises(CommandError, match="the document was changed while it was aligned anew"):
        session.realign()
    assert sides(session) == before
    session.goto(1)
    assert session.realign().endswith("1 fixed kept")


def test_a_script_repairs() -> None:
    session = drifted()
    lines = [
        "goto 2",
        "shift up",
        "expect target 结束前没有人离开。",
        "goto 1",
        "realign",
        "print origin",
        "undo",
    ]
    answers = list(run_script(session, lines))
    assert answers[1] == "targets moved up from unit 2: 6 units changed"
    assert answers[4] == "aligned anew: 6 units, 0 pairs changed, 0 fixed kept"
    assert answers[6].startswith("shift up undone")


def test_a_unit_set_aside_by_an_import_is_said_when_undo_passes_over_it() -> None:
    session = opened(FOUR)
    session.edit("甲。")
    session.goto(4)
    session.edit("丁改。")
    session.store.save_document(Document("talk", "txt"), session.store.units("talk")[:3])
    session.poll()
    assert session.undo() == (
        "edit undone; unit 1 of 3, initial; edit was passed over: an import took the units out"
    )
    session.store.save_document(Document("talk", "txt"), session.store.units("talk")[1:])
    session.poll()
    with pytest.raises(CommandError, match="nothing to redo; edit was passed over: an import took"):
        session.redo()
    with pytest.raises(CommandError, match=r"nothing to redo$"):
        session.redo()


def test_repairs_outlive_an_import_of_a_changed_file() -> None:
    session = opened(FOUR)
    session.target_to_next()
    session.goto(1)
    session.mark_dropped()
    held = session.store.units("talk")
    fresh = [replace(unit, bead_score=0.3, origin="1-1", source_segments=("X",)) for unit in held]
    session.store.save_document(Document("talk", "txt"), fresh)
    found = session.store.units("talk")
    assert [(unit.origin, unit.bead_score) for unit in found][:3] == [
        ("dropped", 1.0),
        ("0-1", 0.0),
        ("hand", 1.0),
    ]
    assert found[3].bead_score == 0.3


def test_a_unit_put_in_front_stays_there_when_its_file_is_imported_again() -> None:
    session = opened(FOUR)
    session.shift_up()
    before = sides(session)
    session.store.save_document(Document("talk", "txt"), session.store.units("talk")[1:])
    assert sides(session) == before


def test_repairs_outlive_an_import_of_other_paragraphs(tmp_path: Path) -> None:
    (tmp_path / "segments").mkdir()
    source, target = (tmp_path / "segments" / f"talk.{lang}.txt" for lang in ("en", "zh"))
    source.write_text("\n\n".join(pair[0] for pair in TALK), encoding="utf-8")
    target.write_text("\n\n".join(pair[1] for pair in TALK), encoding="utf-8")
    with open_project(tmp_path, author="ann") as project:
        session = project.review("talk")
        session.goto(2)
        session.shift_down()
        session.mark_dropped()
        session.confirm()
        repaired = sides(session)
        source.write_text(source.read_text(encoding="utf-8") + "\n\nThe end.", encoding="utf-8")
        target.write_text(target.read_text(encoding="utf-8") + "\n\n完。", encoding="utf-8")
        project.import_all()
        session.poll()
        assert sides(session) == [*repaired, ("The end.", "完。")]
        assert [unit.origin for unit in project.units("talk")][1:3] == ["dropped", "shifted"]


def test_marks_leave_with_the_file_and_a_dropped_unit_can_be_corrected(tmp_path: Path) -> None:
    (tmp_path / "segments").mkdir()
    for side, lang in ((0, "en"), (1, "zh")):
        text = "\n\n".join(pair[side] for pair in TALK)
        (tmp_path / "segments" / f"talk.{lang}.txt").write_text(text, encoding="utf-8")
    with open_project(tmp_path, author="ann") as project:
        session = project.review("talk")
        session.mark_dropped()
        session.confirm()
        session.mark_added()
        session.confirm()
        for name in ("out.tmx", "out.csv", "out.jsonl"):
            written = project.export(tmp_path / name)
            found = formats.read(tmp_path / name)
            assert [(unit.source, unit.target, unit.origin) for unit in found.units] == [
                (TALK[0][0], "", "dropped"),
                ("", TALK[0][1], "added"),
            ]
            assert len(written.units) == 2
        text = (tmp_path / "out.jsonl").read_text(encoding="utf-8")
        (tmp_path / "back.jsonl").write_text(
            text.replace('"notes": []', '"notes": ["fine"]'), encoding="utf-8"
        )
        (report,) = project.import_files([tmp_path / "back.jsonl"])
        assert (report.corrected, report.conflicts) == (2, ())


def test_repairs_cut_by_the_rules_of_the_project(tmp_path: Path) -> None:
    (tmp_path / "workbench.toml").write_text(
        'author = "ann"\n\n[segmentation.en]\nabbreviations = ["Zupf."]\n', encoding="utf-8"
    )
    unit = TranslationUnit("", 0, "See Zupf. Anna said so. We left.", "见安娜所言。我们走了。")
    with open_project(tmp_path) as project:
        project.store.save_document(Document("talk", "txt"), [unit, TranslationUnit("", 1, "Bye.", "再见。")])
        session = project.review("talk")
        session.source_to_previous() if session.number > 1 else session.source_to_next()
        assert [one.source for one in project.units("talk")] == ["See Zupf. Anna said so.", "We left. Bye."]
        session.goto(2)
        session.source_from_previous()
        assert [one.source for one in project.units("talk")] == ["", "See Zupf. Anna said so. We left. Bye."]


def test_work_that_was_stopped_ends_and_leaves_nothing_behind() -> None:
    session = drifted()
    before = sides(session)
    steps = session.looking("realign")
    next(steps)
    session.stop_looking()
    with pytest.raises(StoppedError):
        next(steps)
    assert session._prepared is None
    # Stopped when it was all but done: who gave it up takes no further step.
    late = session.looking("realign")
    assert [next(late), next(late)] == [len(before), 0]
    late.close()
    assert session._prepared is None
    assert sides(session) == before
    assert session.realign().startswith("aligned anew:")


def test_aligning_a_long_stretch_tells_how_far_it_is_and_can_be_stopped_inside() -> None:
    units = [
        TranslationUnit("", at, f"Guest {at} paid {at * 7} euros.", f"第{at}位客人付了{at * 7}欧元。")
        for at in range(1500)
    ]
    told: list[int] = []
    realigned(units, is_fixed=lambda unit: False, source_lang="en", target_lang="zh", at_section=told.append)
    assert max(told) > 500

    def stop(done: int) -> None:
        if done > 500:
            raise StoppedError

    with pytest.raises(StoppedError):
        realigned(units, is_fixed=lambda unit: False, source_lang="en", target_lang="zh", at_section=stop)
