"""Making drafts: batches, codes and terms, safe fixes, loops and lost endings decoded again, matches first."""

from __future__ import annotations

import pytest

import workbench
from tests.drafting_engine import Toy
from workbench.checks import CheckContext
from workbench.errors import EngineError, NotFoundError, UsageError
from workbench.memory import Match
from workbench.model import Concept, Draft, Term, TermStatus
from workbench.pipeline.draft_repair import better, faults
from workbench.pipeline.drafting import Drafter, batches
from workbench.pipeline.drafting_parts import guarded, lost_parts
from workbench.termbase import Termbase


def drafter(toy: Toy, **more: object) -> Drafter:
    return Drafter(toy, source_lang="en", target_lang="zh", **more)  # type: ignore[arg-type]


def test_a_raw_draft_and_its_repair_are_both_kept() -> None:
    (made,) = drafter(Toy()).make(["The report is ready."])
    assert made.drafts == (
        Draft("made:fixed:punctuation", "报告准备好了。", "toy", None, "made:raw"),
        Draft("made:raw", "报告准备好了.", "toy"),
    )


def test_a_draft_without_a_fault_stands_alone() -> None:
    (made,) = drafter(Toy()).make(["Well"])
    assert [one.text for one in made.drafts] == ["译文：Well", "译文:Well"]
    (made,) = drafter(Toy()).make(["{0}"])
    assert made.drafts == (Draft("made:raw", "{0}", "toy"),)


def test_a_loop_is_decoded_again_and_the_record_says_so() -> None:
    toy = Toy()
    (made,) = drafter(toy).make(["The test was negative."])
    assert toy.careful == ["The test was negative."]
    assert [(one.id, one.text, one.repaired_from) for one in made.drafts] == [
        ("made:fixed:punctuation", "测试结果为阴性。", "made:again:loop"),
        ("made:again:loop", "测试结果为阴性.", "made:raw"),
        ("made:raw", "测试为阴性阴性阴性阴性.", None),
    ]
    assert made.faults == ("loop",)


def test_a_lost_ending_is_decoded_again() -> None:
    source = "The storm, which came from the west, destroyed many houses and roads."
    (made,) = drafter(Toy()).make([source])
    assert made.text == "从西边来的风暴摧毁了许多房屋和道路。"
    assert made.faults == ("short",)
    assert made.drafts[-1] == Draft("made:raw", "风暴,", "toy")


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("The test was negative.", "测试为阴性阴性阴性阴性。", ("loop",)),
        ("Thank you.", "(掌声) (掌声)", ("loop",)),
        ("Thank you. (Applause)", "谢谢。（掌声）", ()),
        ("No, no, no, he said.", "不，不，不，他说。", ()),
        ("It is done.", "", ("empty",)),
        ("", "", ()),
        ("The word is rare.", "这个词很⁇。", ("unknown",)),
        (
            "Already broadcasting in two languages, the station starts a third one.",
            "该台已用两种语言广播，",
            ("short",),
        ),
        ("Firstly,", "首先，", ()),
        ("We met, and then we left.", "我们见面，然后离开了。", ()),
        (
            "The old bridge over the river was closed in March, because engineers found cracks in two of its pillars.",
            "这座桥三月关闭。",
            ("short",),
        ),
    ],
)
def test_what_is_worth_decoding_again(source: str, text: str, found: tuple[str, ...]) -> None:
    assert faults(source, text, CheckContext()) == found


def test_the_second_text_is_taken_only_where_it_is_better() -> None:
    assert better(("loop",), ())
    assert not better(("loop",), ("loop",))
    assert not better(("short", "long"), ("empty",))
    assert better(("loop", "long"), ("short",))


@pytest.mark.parametrize(
    ("source", "marked", "head", "tail"),
    [
        ("Press <b>Save</b> now.", "Press ZQ1 Save ZQ2 now.", "", ""),
        ("<i>All of it</i>", "All of it", "<i>", "</i>"),
        ("<p><i>All</i> of it</p>", "ZQ1 All ZQ2 of it", "<p>", "</p>"),
        ("{name}5 has left.", "ZQ1 5 has left.", "", ""),
        ("See https://a.example/x?y=1 for more.", "See ZQ1 for more.", "", ""),
        ("Nothing special.", "Nothing special.", "", ""),
    ],
)
def test_codes_are_marked(source: str, marked: str, head: str, tail: str) -> None:
    parts = guarded(source)
    assert (parts.marked, parts.head, parts.tail) == (marked, head, tail)


def test_codes_come_back_in_their_places() -> None:
    parts = guarded("Press <b>Save</b> now, {name}.")
    assert parts.restored("现在按 ZQ1 保存 ZQ2 ，ZQ3。") == "现在按<b>保存</b>，{name}。"
    assert parts.restored("ZQ3，现在按ZQ1保存ZQ2。") == "{name}，现在按<b>保存</b>。"
    assert parts.restored("现在按ZQ2保存ZQ1，ZQ3。") is None, "tags in another order"
    assert parts.restored("现在按ZQ1保存，ZQ3。") is None, "one is lost"
    assert parts.restored("现在按ZQ1保存ZQ2，ZQ3ZQ3。") is None, "one stands twice"


@pytest.mark.parametrize("keeps_marks", [True, False])
@pytest.mark.parametrize(
    "source",
    [
        "Press <b>Save</b> now.",
        "Write to a@b.example or see https://a.example/x.",
        "Hello {name}, you have %d messages in `inbox`.",
        "<p>All of <i>it</i></p>",
    ],
)
def test_no_engine_loses_a_code(source: str, keeps_marks: bool) -> None:
    (made,) = drafter(Toy(keeps_marks=keeps_marks)).make([source])
    assert lost_parts(source, made.text) == []
    assert "ZQ" not in made.text


def test_where_marks_are_lost_the_pieces_between_are_translated() -> None:
    (made,) = drafter(Toy(keeps_marks=False)).make(["Press <b>Save</b> now."])
    assert made.text == "译文：Press <b>译文：Save</b>译文：now。"


def test_terms_are_asked_for_and_those_not_kept_are_told() -> None:
    termbase = Termbase(
        (
            Concept("1", (Term("report", "en"), Term("报告", "zh"), Term("报表", "zh", TermStatus.ADMITTED))),
            Concept(
                "2", (Term("storm", "en"), Term("暴风雨", "zh"), Term("台风", "zh", TermStatus.FORBIDDEN))
            ),
            Concept("3", (Term("Acme", "en"),)),
        )
    )
    toy = Toy()
    made = drafter(toy, termbase=termbase).make(["The report is ready.", "The storm hit Acme."])
    assert toy.terms == {
        "The report is ready.": [("report", ("报告", "报表"))],
        "The storm hit Acme.": [("storm", ("暴风雨",)), ("Acme", ("Acme",))],
    }
    assert [one.lost_terms for one in made] == [(), ("storm",)]


class _Memory:
    def __init__(self, matches: dict[str, Match]) -> None:
        self._matches = matches

    def find(self, source: str, limit: int = 5, threshold: float = 70.0) -> list[Match]:
        match = self._matches.get(source)
        return [match] if match is not None and match.percent >= threshold else []


def test_matches_come_first_and_whole_ones_need_no_engine() -> None:
    memory = _Memory(
        {
            "The report is ready.": Match("The report is ready.", "报告已就绪。", 100.0, "talk:3"),
            "Please close the door.": Match("Please close the doors.", "请把门都关上。", 88.0, "talk:4"),
            "See {0}.": Match("See {1}.", "见{1}。", 97.0, "talk:5"),
            "Well": Match("Wall", "墙。", 60.0, "talk:6"),
        }
    )
    toy = Toy()
    made = drafter(toy, memory=memory).make(
        ["The report is ready.", "Please close the door.", "See {0}.", "Well"]
    )
    assert made[0].drafts == (Draft("made:match:talk:3", "报告已就绪。", "memory", 100.0),)
    assert [(one.text, one.engine, one.match) for one in made[1].drafts] == [
        ("请把门都关上。", "memory", 88.0),
        ("请关门。", "toy", None),
        ("请关门.", "toy", None),
    ]
    assert made[2].drafts[0].engine == "toy", "a match with other codes is none to begin from"
    assert [one.engine for one in made[3].drafts] == ["toy", "toy"]
    assert "The report is ready." not in [text for some in toy.asked for text in some]


def test_alternatives_are_kept_behind_the_draft() -> None:
    (made,) = drafter(Toy(), alternatives=3).make(["The report is ready."])
    assert [(one.id, one.text) for one in made.drafts] == [
        ("made:fixed:punctuation", "报告准备好了。"),
        ("made:raw", "报告准备好了."),
        ("made:other:2", "报告准备好了（2）。"),
        ("made:other:3", "报告准备好了（3）。"),
    ]


def test_batches_hold_texts_of_about_one_length() -> None:
    assert list(batches(["aaa", "b", "cc", "dddd", ""], 2)) == [[3, 0], [2, 1], [4]]
    order = [at for some in batches(["x" * (n % 7) for n in range(100)], 3) for at in some]
    assert sorted(order) == list(range(100))
    assert max(order[:48]) == 47, "it goes through a long document roughly in its order"


def test_draft_gives_one_draft_a_text() -> None:
    toy = Toy(batch_size=2)
    made = workbench.draft(
        ["The report is ready.", "", "Please close the door.", "The report is ready."], engine=toy
    )
    assert [one.text for one in made] == ["报告准备好了。", "", "请关门。", "报告准备好了。"]
    assert toy.closed == 0, "who opened an engine closes it"
    assert workbench.draft([], engine=toy) == []


def test_draft_refuses_what_is_no_list_of_texts_and_unknown_engines() -> None:
    with pytest.raises(UsageError, match="draft takes a list of texts"):
        workbench.draft("One text", engine=Toy())
    with pytest.raises(NotFoundError, match="no engine named 'none'"):
        workbench.draft(["One"], engine="none")
    with pytest.raises(EngineError, match="the toy is broken"):
        workbench.draft(["One"], engine=Toy(fail_after=0))


def test_a_segment_that_the_engine_cannot_translate_keeps_none_of_the_others() -> None:
    toy = Toy(batch_size=3)
    made = drafter(toy).make(["The report is ready.", "This is unspeakable.", "Please close the door."])
    assert [one.text for one in made] == ["报告准备好了。", "", "请关门。"]
    with pytest.raises(EngineError, match="the toy cannot say this"):
        drafter(toy).make(["This is unspeakable."])
    with pytest.raises(EngineError, match="the toy is broken"):
        drafter(Toy(fail_after=0)).make(["One", "Two"])
