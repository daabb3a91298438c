"""Consistency: one source in two renderings, two sources in one, in a document and across those of a project."""

from __future__ import annotations

import tracemalloc

import pytest

from workbench.checks import CheckContext, DocumentSummaries, message, run, run_document, select
from workbench.checks.wording import Place, Use, Wording
from workbench.model import TranslationUnit

CHECKS = select("consistency")


def findings(pairs: list[tuple[str, str]], *, profile: str = "") -> list[tuple[str, str]]:
    units = [TranslationUnit(str(number), number, *pair) for number, pair in enumerate(pairs, 1)]
    return [
        (unit.id, message(issue))
        for unit, issues in run_document(units, CheckContext(profile=profile), checks=CHECKS)
        for issue in issues
    ]


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        (
            [("Press the red button.", "按红色按钮。"), ("Press the red button.", "按下红键。")],
            [("2", "the same source is rendered otherwise in 1: 按红色按钮。")],
        ),
        (
            # The one that stands alone is reported, wherever it is.
            [
                ("Press the red button.", "按下红键。"),
                ("Press the red button.", "按红色按钮。"),
                ("Press  the red button. ", "按红色按钮。"),
            ],
            [("1", "the same source is rendered otherwise in 2 (2 times): 按红色按钮。")],
        ),
        (
            [("Close the main window.", "请打开主窗口。"), ("Open the main window.", "请打开主窗口。")],
            [("2", "the same target renders another source in 1: close the main window")],
        ),
        (
            [
                ("The train leaves at dawn.", "列车在黎明出发。"),
                ("The horse leaves at dawn.", "列车在黎明出发。"),
            ],
            [("2", "the same target renders another source in 1: the train leaves at dawn")],
        ),
    ],
)
def test_found(pairs: list[tuple[str, str]], expected: list[tuple[str, str]]) -> None:
    assert findings(pairs) == expected


@pytest.mark.parametrize(
    "pairs",
    [
        [("Press the red button.", "按红色按钮。"), ("Press the red button.", " 按红色按钮。")],
        [("Press the red button.", "按红色按钮。"), ("Press the red button.", "")],
        [("Press the red button.", "按红色按钮。"), ("Press the green button.", "按绿色按钮。")],
        # One word says what its context says.
        [("Open it now", "打开"), ("Open it now", "营业中")],
        # Short answers, and sources that say the same in other words, other capitals, other marks.
        [("All right then.", "好的。"), ("Sure, fine.", "好的。")],
        [("Where are you going?", "您要去哪里呢？"), ("where are you going", "您要去哪里呢？")],
        [
            ("I am glad to help you.", "我很高兴能帮助您。"),
            ("I am happy to assist you.", "我很高兴能帮助您。"),
        ],
        [("Go to the main page.", "前往主页面查看。"), ("Go to your main page.", "前往主页面查看。")],
        [("", "无"), ("", "没有")],
    ],
)
def test_silent(pairs: list[tuple[str, str]]) -> None:
    assert findings(pairs) == []


def test_a_user_interface_says_each_word_one_way() -> None:
    pairs = [("Open", "打开"), ("Open", "开启")]
    assert findings(pairs, profile="ui") == [("2", "the same source is rendered otherwise in 1: 打开")]


def test_across_the_documents_of_a_project_the_other_document_is_named() -> None:
    summaries = DocumentSummaries(CHECKS)
    one = TranslationUnit("1", 0, "Press the red button.", "按红色按钮。")
    other = TranslationUnit("1", 0, "Press the red button.", "按下红键。")
    summaries.put(one, document="manual")
    summaries.put(other, document="news")
    context = CheckContext(summaries=summaries, document="news")
    assert [message(issue) for issue in run(other, context, checks=CHECKS)] == [
        "the same source is rendered otherwise in manual 1: 按红色按钮。"
    ]
    assert run(one, CheckContext(summaries=summaries, document="manual"), checks=CHECKS) == []


def test_a_text_that_is_being_typed_is_judged_in_place_of_the_one_that_was_put() -> None:
    summaries = DocumentSummaries(CHECKS)
    units = [
        TranslationUnit("1", 0, "Press the red button.", "按红色按钮。"),
        TranslationUnit("2", 1, "Press the red button.", "按下红键。"),
    ]
    summaries.put_all(units)
    context = CheckContext(summaries=summaries)
    typed = TranslationUnit("2", 1, "Press the red button.", "按红色按钮。")
    assert len(run(units[1], context, checks=CHECKS)) == 1
    assert run(typed, context, checks=CHECKS) == []
    # The first place still sees what was put for the second, but it came first.
    assert run(units[0], context, checks=CHECKS) == []


def test_a_waiver_of_a_finding_holds_while_other_units_change() -> None:
    pairs = [("Press the red button.", "按红色按钮。"), ("Press the red button.", "按下红键。")]
    units = [TranslationUnit(str(number), number, *pair) for number, pair in enumerate(pairs)]
    more = [*units, TranslationUnit("9", 9, "Press the red button.", "按红色按钮。")]
    prints = [
        [
            issue.fingerprint
            for _unit, issues in run_document(some, CheckContext(), checks=CHECKS)
            for issue in issues
        ]
        for some in (units, more)
    ]
    assert prints[0] == prints[1]
    assert len(prints[0]) == 1


def test_many_units_take_little_memory() -> None:
    units = [
        TranslationUnit(
            f"u{at}", at, f"The {at}th guest came in late and sat down.", f"第{at}位客人来晚了，坐了下来。"
        )
        for at in range(2000)
    ]
    tracemalloc.start()
    try:
        wording = Wording()
        for unit in units:
            wording.add(unit)
        assert tracemalloc.get_traced_memory()[0] < 2000 * 300
    finally:
        tracemalloc.stop()
    group = wording.renderings("The 7th  guest came in late and sat down.")
    assert group is not None
    assert group.uses(text="别的。", place=Place("", 9, "v"))[1] == Use(
        units[7].target, 1, Place("", 7, "u7")
    )
    for unit in units:
        wording.subtract(unit)
    assert wording.renderings(units[7].source) is None
