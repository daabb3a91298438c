"""The number, date and unit checks: hand-written renderings right and wrong, messages, fixes, fingerprints."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.checks import date, number, unit
from workbench.checks.base import CheckContext
from workbench.model import Issue, Severity, TranslationUnit

CONTEXT = CheckContext()
CHECKS = (number.CHECK, date.CHECK, unit.CHECK)


def found(source: str, target: str, context: CheckContext = CONTEXT) -> list[Issue]:
    pair = TranslationUnit(id="1", position=0, source=source, target=target)
    return [issue for check in CHECKS for issue in check.find(pair, context)]


def message(issue: Issue) -> str:
    return next(check for check in CHECKS if check.id == issue.check).render(issue)


def cases(mark: str) -> list[tuple[str, str]]:
    """The (source, rendering) pairs of tests/data/values.txt with this mark."""
    pairs, source = [], ""
    for line in (Path(__file__).parent / "data" / "values.txt").read_text("utf-8").splitlines():
        if line.startswith(mark + " "):
            pairs.append((source, line[2:]))
        elif line and line[0] not in "#+-":
            source = line
    return pairs


RIGHT, WRONG = cases("+"), cases("-")


def test_the_table_is_read() -> None:
    assert len(RIGHT) > 400
    assert len(WRONG) > 400


@pytest.mark.parametrize(("source", "target"), RIGHT)
def test_right_renderings_are_silent(source: str, target: str) -> None:
    assert found(source, target) == []


@pytest.mark.parametrize(("source", "target"), WRONG)
def test_wrong_renderings_are_found(source: str, target: str) -> None:
    issues = found(source, target)
    assert issues
    for issue in issues:
        assert message(issue)
        for span, text in ((issue.source_span, source), (issue.target_span, target)):
            assert span is None or span.end <= len(text)


@pytest.mark.parametrize(("source", "target"), WRONG)
def test_a_fix_leaves_fewer_findings_and_is_idempotent(source: str, target: str) -> None:
    issues = found(source, target)
    for issue in issues:
        if issue.fix is not None:
            repaired = issue.fix.apply(target)
            assert repaired != target
            assert len(found(source, repaired)) < len(issues)


@pytest.mark.parametrize(
    ("source", "target", "check", "text"),
    [
        (
            "Donations totalled 5.2 billion yuan.",
            "捐款总额达5.2亿元。",
            "number",
            "wrong by a power of ten: source 5.2 billion yuan = 5,200,000,000 CNY;"
            " target 5.2亿元 = 520,000,000 CNY; right would be 52亿元",
        ),
        (
            "Wait 24 hours.",
            "请等24分钟。",
            "unit",
            "another unit: source 24 hours = 24 hour; target 24分钟 = 24 minute; right would be 24小时",
        ),
        ("It opened in 1989.", "它于1998年开业。", "date", "source 1989; target 1998年 = 1998"),
        (
            "It closes on 24 December.",
            "它于11月24日关闭。",
            "date",
            "source 24 December = 12-24; target 11月24日 = 11-24",
        ),
        ("All 30 seats were sold.", "座位全部售出。", "number", "source 30; the target does not say it"),
        ("All seats were sold.", "30个座位全部售出。", "number", "target 30; the source does not say it"),
        (
            "Turnout was 61%.",
            "投票率为61。",
            "number",
            "the percent sign is lost: source 61%; target 61; right would be 61%",
        ),
    ],
)
def test_messages_show_both_readings(source: str, target: str, check: str, text: str) -> None:
    (issue,) = found(source, target)
    assert issue.check == check
    assert message(issue) == text


@pytest.mark.parametrize(
    ("source", "target", "repaired"),
    [
        ("It cost $3 trillion.", "花费3亿美元。", "花费3万亿美元。"),
        ("It has 360 million users.", "它有3600万用户。", "它有3.6亿用户。"),
        ("Ten thousand yuan was paid.", "支付了十万元。", "支付了一万元。"),
        ("It has 8,854 entries.", "共有8845件作品。", "共有8854件作品。"),
        ("It takes 15 minutes.", "需要15小时。", "需要15分钟。"),
        ("It costs €35.", "售价35美元。", "售价35欧元。"),
        ("Turnout was 61%.", "投票率为61 。", "投票率为61% 。"),
        ("He waited 12 hours.", "他等了12个分钟。", "他等了12个小时。"),
    ],
)
def test_sure_fixes_keep_the_manner_of_the_target(source: str, target: str, repaired: str) -> None:
    (issue,) = found(source, target)
    assert issue.fix is not None
    assert issue.fix.apply(target) == repaired
    assert found(source, repaired) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Between 5 and 10 came.", "来了50到100人。"),
        ("It cost $35.", "售价35欧元。"),
        ("More than 40 people came.", "来了400多人。"),
        ("They doubled.", "增加了两倍。"),
    ],
)
def test_what_is_not_sure_has_no_fix(source: str, target: str) -> None:
    issues = found(source, target)
    assert issues
    assert all(issue.fix is None for issue in issues)


def test_severities() -> None:
    assert [issue.severity for issue in found("It has 2 million users.", "它有200亿用户。")] == [
        Severity.CRITICAL
    ]
    assert [issue.severity for issue in found("It has 21 rooms.", "它有12个房间。")] == [Severity.MAJOR]
    assert [issue.severity for issue in found("It has rooms.", "它有12个房间。")] == [Severity.MINOR]


def test_the_fingerprint_survives_edits_elsewhere() -> None:
    before = found("They sold 21 of 30 cars.", "他们卖出了30辆车中的12辆。")
    after = found("They sold 21 of 30 cars.", "总的来说，他们在30辆汽车里卖掉了12辆。")
    assert [issue.fingerprint for issue in before] == [issue.fingerprint for issue in after]
    assert len(before) == 1


def test_urls_placeholders_and_empty_sides_are_left_alone() -> None:
    assert found("See https://example.org/a1/2022 for it.", "详见 https://example.org/a1/2023 。") == []
    assert found("Order #NUMBER# is here.", "订单 #NUMBER# 已到。") == []
    assert found("It has 30 rooms.", "") == []
    assert found("", "它有30个房间。") == []


def test_other_directions() -> None:
    chinese = CheckContext(source_lang="zh", target_lang="en")
    assert found("捐款总额达52亿元。", "Donations totalled 5.2 billion yuan.", chinese) == []
    assert found("捐款总额达52亿元。", "Donations totalled 52 billion yuan.", chinese) != []
    traditional = CheckContext(target_lang="zh-TW")
    assert found("It sold 2.3 million copies in 30 minutes.", "30分鐘內售出230萬冊。", traditional) == []
    assert found("It sold 2.3 million copies in 30 minutes.", "30小時內售出230億冊。", traditional) != []


def test_a_right_conversion_is_no_finding() -> None:
    assert found("The town is 50 miles away.", "小镇在80公里以外。") == []
    assert found("The town is 50 miles away.", "小镇在50公里以外。") != []
