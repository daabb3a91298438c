"""Punctuation: what is found, how it is mended, and what stays silent."""

from __future__ import annotations

import pytest

from workbench.checks import CheckContext, apply, message, run, select
from workbench.model import Issue, TranslationUnit

CHECKS = select("punctuation")


def found(source: str, target: str, *, context: CheckContext | None = None) -> list[Issue]:
    return run(TranslationUnit("u", 0, source, target), context or CheckContext(), checks=CHECKS)


def kinds(issues: list[Issue]) -> list[tuple[object, str]]:
    return [(issue.value("kind"), message(issue)) for issue in issues]


@pytest.mark.parametrize(
    ("source", "target", "mended"),
    [
        ("It works.", "它能用", "它能用。"),
        ("Does it work?", "它能用吗", "它能用吗？"),
        ("It works!", "它能用", "它能用！"),
        ('He said, "It works."', "他说：“它能用”", "他说：“它能用。”"),
        ("Does it work?", "它能用吗。", "它能用吗？"),
        ("It works.", "它能用.", "它能用。"),
        ("It works well, I think.", "我觉得,它很好用。", "我觉得，它很好用。"),
        ("First, eat; then: sleep.", "先吃饭; 然后: 睡觉。", "先吃饭；然后：睡觉。"),
        ("In 2019, it worked.", "此外,2019年它能用。", "此外，2019年它能用。"),
        ("We use AI, robots and more.", "我们用AI,机器人等。", "我们用AI，机器人等。"),
        ("It is (as a test) here.", "它（测试）,在这里。", "它（测试），在这里。"),
        ("Really? Yes.", "真的?是的。", "真的？是的。"),
        ("Written in Python.", "用 Python 编写，运行在 Linux.", "用 Python 编写，运行在 Linux。"),
        ("Well... maybe.", "嗯...也许。", "嗯……也许。"),
        ("It stays calm...", "很平静。。。", "很平静……"),
        ("One -- two.", "一个--两个。", "一个——两个。"),
        ("Good, very good.", "好，，很好。", "好，很好。"),
    ],
)
def test_found_and_mended(source: str, target: str, mended: str) -> None:
    issues = found(source, target)
    assert issues
    assert apply(target, issues) == mended
    assert found(source, mended) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("It works.", "它能用。"),
        ("It works", "它能用"),
        ("It works", "它能用。"),
        ("Chapter 3.", "第三章"),
        ("Founded by Apple Inc.", "由苹果公司创立"),
        ("Sold in the U.S.", "在美国销售"),
        ("Version 3.5 costs 1,000 yuan at 10:30.", "3.5版在10:30售价1,000元。"),
        ("Visit https://example.com/a,b.", "请访问https://example.com/a,b。"),
        ("It works...", "它能用……"),
        ("He left.", "他走了……"),
        ("Stop!", "停下。"),
        ('"Is it good?" he asked.', "“好不好？”他问。"),
        ("Tell me what you want.", "告诉我你想要什么。"),
        ("Apples, pears, plums", "A, B, C"),
        ("Good?!", "好吗？！"),
        ("Use a.b,c in code: `x,y`.", "代码里用`x,y`。"),
    ],
)
def test_silent(source: str, target: str) -> None:
    assert kinds(found(source, target)) == []


def test_ui_texts_may_end_without_a_mark_and_keep_ascii() -> None:
    ui = CheckContext(profile="ui")
    assert found("Save the file: {0}.", "保存文件: {0}", context=ui) == []


def test_says_both_readings() -> None:
    assert kinds(found("Does it work?", "它能用吗。")) == [
        ("end changed", "the source ends with a question mark, the target with 。")
    ]
    assert kinds(found("A, b", "一,二")) == [("ascii", "ASCII , among Chinese characters (一,二): ，")]


def test_other_languages_are_left_alone() -> None:
    assert found("Es geht.", "It works", context=CheckContext(source_lang="de", target_lang="en")) == []


@pytest.mark.parametrize(
    ("source", "target", "mended"),
    [
        ("Who is there?", "门口是谁。", "门口是谁？"),
        ("Well. Who knows?", "好吧。谁知道！", "好吧。谁知道？"),
        ("Tea, milk, and sugar", "茶、奶、和糖", "茶、奶和糖"),
        ("Is it?!", "是吗？!", "是吗？！"),
        ("But… yes", "但…行", "但……行"),
        ("Name: this, that", "名称﹕这﹐那", "名称：这，那"),
        ("Good.", "好．", "好。"),
    ],
)
def test_marks_of_the_wrong_form(source: str, target: str, mended: str) -> None:
    issues = found(source, target)
    assert len({issue.value("kind") for issue in issues}) == 1
    assert apply(target, issues) == mended
    assert found(source, mended) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Who knows!", "谁知道！"),
        ("Can you confirm the address, please?", "请确认地址。"),
        ("Freedom, peace", "自由、和平"),
        ("5-10 people; Rome-Milan", "5—10人；罗马—米兰"),
        ("But… yes", "但……行"),
    ],
)
def test_marks_that_may_stand(source: str, target: str) -> None:
    assert kinds(found(source, target)) == []
