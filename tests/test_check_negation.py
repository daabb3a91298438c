"""Negation: denials that are lost, and English denials that Chinese says without one."""

from __future__ import annotations

import pytest

from workbench.checks import CheckContext, message, run, select
from workbench.model import Issue, TranslationUnit

CHECKS = select("negation")


def found(source: str, target: str, *, context: CheckContext | None = None) -> list[Issue]:
    return run(TranslationUnit("u", 0, source, target), context or CheckContext(), checks=CHECKS)


def kinds(issues: list[Issue]) -> list[tuple[object, str]]:
    return [(issue.value("kind"), message(issue)) for issue in issues]


@pytest.mark.parametrize(
    ("source", "target", "asked"),
    [
        ("This hose is not suitable for oil.", "这根软管适合输送油。", "not"),
        ("We can't expect that.", "我们能指望那样。", "can't"),
        ("He never saw it.", "他看到过。", "never"),
        ("I have no idea what it is.", "我知道那是个主意。", "no"),
        ("They don’t work on Sundays.", "他们周日上班。", "don’t"),
        ("We had never heard that before.", "我们以前听说过。", "never"),
        ("She has not been there before, and she likes it.", "她之前去过，很喜欢。", "not"),
        ("Only members can come in, but they do not pay.", "只有会员能进，但他们要付钱。", "not"),
        ("The hard part does not take long.", "困难的部分花时间很长。", "not"),
        ("Open not only here but everywhere.", "仅这里开放，各地都开放。", "not only"),
        ("The owner says no.", "店主说行。", "no"),
    ],
)
def test_found(source: str, target: str, asked: str) -> None:
    assert [issue.value("asked") for issue in found(source, target)] == [asked]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("This hose is not suitable.", "这根软管不适合。"),
        ("He never saw it.", "他没见过。"),
        ("It failed without warning.", "它突然失效，毫无预兆。"),
        ("Don't hesitate to ask.", "欢迎随时提问。"),
        ("Not only here but there too.", "这里那里都有。"),
        ("There is no doubt that it works.", "它肯定能用。"),
        ("I can't wait to see you.", "我盼着见到你。"),
        ("He didn't know until he had arrived.", "他到了以后才知道。"),
        ("It is hardly new.", "它算不上新。"),
        ("Days and nights without a break.", "昼夜不停歇。"),
        ("Entry without charge.", "免费入场。"),
        ("A toll-free number, to be called without charge.", "拨打该免费电话。"),
        ("It rained without a break.", "雨不断地下。"),
        ("They worked day and night without a pause.", "他们昼夜不停歇地工作。"),
        ("The talk went on without end.", "谈话无休止地进行。"),
        ("His curiosity never ends.", "他始终好奇。"),
        ("He did not eat before he had paid.", "他付了钱才吃。"),
        ("That is not affordable.", "太贵了。"),
        ("Item no. five", "第五项"),
        ("It does not work.", "It does work."),
    ],
)
def test_silent(source: str, target: str) -> None:
    assert kinds(found(source, target)) == []


def test_words_that_hold_a_denial_deny_nothing() -> None:
    assert len(found("It is not red.", "未来不过如此，红得很，特别红。")) == 1


def test_says_what_is_denied() -> None:
    assert kinds(found("He never saw it.", "他看到过。")) == [
        ("lost", "the source says “never”, nothing in the target denies")
    ]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("I cannot but respect her work.", "我不禁敬佩她的工作。"),
        ("You can't miss the house.", "你一定会看到那座房子。"),
        ("Notice is due no later than 5 days before the sale.", "最晚要在出售前5天通知。"),
        ("This ruins their plan, at least not ours.", "这毁了他们的计划，我们的倒保住了。"),
        ("We do not sell tickets more than a week ahead.", "我们只卖一周以内的票。"),
        # Nothing is denied where the source has a word that may lie behind it.
        ("We have reached a deal except on prices.", "除价格外，双方没有达成协议。"),
    ],
)
def test_said_without_a_denial(source: str, target: str) -> None:
    assert kinds(found(source, target)) == []


@pytest.mark.parametrize(
    ("source", "target", "kind"),
    [
        ("The two firms have reached a deal.", "两家公司没有达成协议。", "added"),
        ("The parties shall disclose their accounts.", "各方不得披露账目。", "added"),
        ("This toy is safe for babies.", "这种玩具对婴儿不安全。", "added"),
        ("He said he would come.", "他说他不会来。", "added"),
        ("This rule does not apply to minors.", "这条规定适用于未成年人。", "lost"),
    ],
)
def test_added_or_hidden(source: str, target: str, kind: str) -> None:
    assert [issue.value("kind") for issue in found(source, target)] == [kind]
