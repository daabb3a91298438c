"""Terminology: missing, too few, deprecated and forbidden renderings."""

from __future__ import annotations

import pytest

from workbench.checks import CheckContext, apply, message, run, select
from workbench.model import Issue, Severity, Span, TranslationUnit
from workbench.termbase import loads

GLOSSARY = """
Tech for Good: 科技向善
AI: [人工智能, AI]
Tencent: 腾讯
Tencent Meeting: 腾讯会议
WeChat:
  zh: 微信
  forbidden: [威信]
  deprecated: 微讯
  note: the product's own name
interpreting: [口译, 传译]
simultaneous interpreting: {zh: 同声传译, forbidden: 同传}
TASI: 腾讯同传
bank (river): {en: bank, zh: 河岸}
bank (money): {en: bank, zh: 银行}
Lingxi: {en: [Lingxi, Ms. Interpreter], zh: 灵犀}
Open Harbour: 开放港
WTO: 世贸组织
WHO: {zh: 世卫组织, forbidden: WHO}
"""
CONTEXT = CheckContext(loads(GLOSSARY))


def found(source: str, target: str) -> list[Issue]:
    return run(TranslationUnit("u", 0, source, target), CONTEXT, checks=select("terminology"))


@pytest.mark.parametrize(
    ("source", "target", "messages"),
    [
        (
            "Tech for Good matters.",
            "技术向善很重要。",
            ["“Tech for Good” should be 科技向善, which the target does not have"],
        ),
        (
            "AI helps AI.",
            "人工智能有帮助。",
            ["“AI” (2nd of 2) should be 人工智能 / AI, which the target has once"],
        ),
        (
            "Tencent made Tencent Meeting.",
            "该公司开发了腾讯会议。",
            ["“Tencent” should be 腾讯, which the target does not have"],
        ),
        (
            "WeChat is new.",
            "威信是新的。",
            ["“WeChat” should be 微信: 威信 is forbidden (the product's own name)"],
        ),
        (
            "WeChat is new.",
            "微讯是新的。",
            ["“WeChat” should be 微信: 微讯 is deprecated (the product's own name)"],
        ),
        (
            "WeChat, WeChat, WeChat",
            "微信、威信",
            [
                "“WeChat” should be 微信: 威信 is forbidden (the product's own name)",
                "“WeChat” (3rd of 3) should be 微信, which the target has twice (the product's own name)",
            ],
        ),
        (
            "Live simultaneous interpreting",
            "现场同传",
            ["“simultaneous interpreting” should be 同声传译: 同传 is forbidden"],
        ),
        (
            "Open Harbour is new.",
            "“Open Harbour”是新的。",
            ["“Open Harbour” should be 开放港, which the target does not have"],
        ),
        (
            "Open Harbour is new.",
            "敞开港（Open Harbour）是新的。",
            ["“Open Harbour” should be 开放港, which the target does not have"],
        ),
        ("The WHO met.", "WHO开会了。", ["“WHO” should be 世卫组织: WHO is forbidden"]),
        (
            "Lingxi (Ms. Interpreter) is here.",
            "译小姐来了。",
            ["“Lingxi” should be 灵犀, which the target does not have"],
        ),
        (
            "Lingxi met Ms. Interpreter.",
            "灵犀来了。",
            ["“Ms. Interpreter” (2nd of 2) should be 灵犀, which the target has once"],
        ),
        (
            "Lingxi, Lingxi",
            "灵犀来了。",
            ["“Lingxi” (2nd of 2) should be 灵犀, which the target has once"],
        ),
        ("The bank", "那个地方", ["“bank” should be 河岸 / 银行, which the target does not have"]),
    ],
)
def test_found(source: str, target: str, messages: list[str]) -> None:
    assert [message(issue) for issue in found(source, target)] == messages


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Tech for Good matters.", "科技向善很重要。"),
        ("tech-for-good matters", "科技向善很重要"),
        ("AI helps AI.", "人工智能帮助AI。"),
        ("AI is here.", "人工智能，人工智能来了。"),
        ("Tencent made Tencent Meeting.", "腾讯开发了腾讯会议。"),
        ("Tencent Meeting", "腾讯会议"),
        ("Something else", "威信和同传"),
        ("TASI does simultaneous interpreting", "腾讯同传提供同声传译"),
        ("About simultaneous interpreting", "关于腾讯同传的同声传译"),
        ("The bank of the river and the bank", "河岸和银行"),
        ("He said so.", "他说过。"),
        ("AI", ""),
        # A name kept beside its rendering, or in the brackets of the source; an acronym wherever it is kept.
        ("Ms. Interpreter is here.", "灵犀（Ms. Interpreter）来了。"),
        ("Open Harbour, the new Open Harbour", "开放港，即新的Open Harbour"),
        ("Li (Open Harbour) spoke.", "李先生 (Open Harbour) 发言。"),
        ("The WTO met.", "WTO开会了。"),
        ("The trade body (WTO) met.", "世界贸易组织（WTO）开会了。"),
        # Two names of one thing side by side.
        ("Lingxi (Ms. Interpreter) is here.", "灵犀来了。"),
        ("Lingxi, also known as Ms. Interpreter, is here.", "灵犀来了。"),
        ("Lingxi or “Ms. Interpreter”", "灵犀"),
    ],
)
def test_silent(source: str, target: str) -> None:
    assert [message(issue) for issue in found(source, target)] == []


MORE = """
person: 人
AI: {en: AI, keep: true}
Orchard Pay: {keep: true}
gear: {zh: 齿轮, always: true, forbidden: 牙轮}
US: 美国
January: 1月
bridge: 桥
"""


@pytest.mark.parametrize(
    ("source", "target", "messages"),
    [
        ("A person came.", "人工来了。", ["“person” should be 人, which the target does not have"]),
        ("A person came.", "有人来了，有个人。", []),
        (
            "Orchard Pay is new.",
            "果园支付是新的。",
            ["“Orchard Pay” is to stay as it is, which the target does not have"],
        ),
        ("Orchard Pay is new.", "Orchard Pay是新的。", []),
        ("Nothing of the kind.", "牙轮转动。", ["“gear” should be 齿轮: 牙轮 is forbidden"]),
        ("It cost US$5 in January.", "2021 年 1 月花了5美元。", []),
        ("SEND ALL OF THEM TO US", "全部寄给我们", []),
        ("The US ones", "那些", ["“US” should be 美国, which the target does not have"]),
        # A name that is part of a longer one, kept whole.
        ("Bridge Music plays.", "Bridge Music在播放。", []),
        # The second time a word stands for it.
        ("The bridge is old and the bridge is narrow.", "这座桥很旧，它也很窄。", []),
        (
            "The bridge is old and it is narrow by the bridge.",
            "这座桥很旧，它也很窄。",
            ["“bridge” (2nd of 2) should be 桥, which the target has once"],
        ),
    ],
)
def test_more(source: str, target: str, messages: list[str]) -> None:
    unit = TranslationUnit("u", 0, source, target)
    issues = run(unit, CheckContext(loads(MORE)), checks=select("terminology"))
    assert [message(issue) for issue in issues] == messages


def test_the_fix_puts_the_preferred_rendering() -> None:
    (issue,) = found("WeChat is new.", "这个威信是新的。")
    assert issue.target_span == Span(2, 4)
    assert issue.source_span == Span(0, 6)
    assert issue.severity is Severity.MAJOR
    assert apply("这个威信是新的。", [issue]) == "这个微信是新的。"


def test_too_few_is_less_severe_than_none() -> None:
    assert [issue.severity for issue in found("AI and AI", "人工智能")] == [Severity.MINOR]
    assert [issue.severity for issue in found("AI and AI", "智能")] == [Severity.MAJOR, Severity.MAJOR]


PARTS = """
cloud: 云
tariff: 关税
WeChat: {zh: 微信, forbidden: 威信}
Orchard.com: {keep: true}
API: 接口
"""


@pytest.mark.parametrize(
    ("source", "target", "messages"),
    [
        ("See https://wechat.com/cloud now.", "立即参见https://wechat.com/cloud。", []),
        ("Mail tariff@example.com.", "请致信tariff@example.com。", []),
        ("{cloud} of %(cloud)s and `cloud`", "{cloud}、%(cloud)s和`cloud`", []),
        ('<a title="cloud">New</a>', '<a title="cloud">新</a>', []),
        (
            "{cloud} is a cloud.",
            "{cloud}是个东西。",
            ["“cloud” should be 云, which the target does not have"],
        ),
        ("WeChat is new: wechat.com/a", "微信是新的：wechat.com/a", []),
        # The acronym inside an address is no rendering.
        (
            "The API is new.",
            "见https://example.com/API。",
            ["“API” should be 接口, which the target does not have"],
        ),
        # A term that is such a part as a whole.
        ("Orchard.com grows.", "Orchard.com在成长。", []),
        (
            "Orchard.com grows.",
            "果园在成长。",
            ["“Orchard.com” is to stay as it is, which the target does not have"],
        ),
    ],
)
def test_what_is_no_language_holds_no_terms(source: str, target: str, messages: list[str]) -> None:
    unit = TranslationUnit("u", 0, source, target)
    issues = run(unit, CheckContext(loads(PARTS)), checks=select("terminology"))
    assert [message(issue) for issue in issues] == messages


def test_every_missing_occurrence_is_quoted_as_it_stands() -> None:
    unit = TranslationUnit("u", 0, "Bridges, a bridge, the Bridge and bridge's end", "桥")
    issues = run(unit, CheckContext(loads(MORE)), checks=select("terminology"))
    assert [(message(issue), issue.source_span) for issue in issues] == [
        ("“bridge” (2nd of 4) should be 桥, which the target has once", Span(11, 17)),
        ("“Bridge” (3rd of 4) should be 桥, which the target has once", Span(23, 29)),
        ("“bridge” (4th of 4) should be 桥, which the target has once", Span(34, 40)),
    ]
