"""Residue: words left in English, against names, kept words and quoted ones."""

from __future__ import annotations

import pytest

from workbench.checks import CheckContext, message, run, select
from workbench.model import Issue, TranslationUnit

CHECKS = select("residue")


def found(source: str, target: str, *, context: CheckContext | None = None) -> list[Issue]:
    return run(TranslationUnit("u", 0, source, target), context or CheckContext(), checks=CHECKS)


def kinds(issues: list[Issue]) -> list[tuple[object, str]]:
    return [(issue.value("kind"), message(issue)) for issue in issues]


@pytest.mark.parametrize(
    ("source", "target", "shown"),
    [
        ("I am saving money.", "我正在saving钱。", "saving"),
        ("A huge shock to me.", "真让我 shock 了。", "shock"),
        ("He went to the old market today.", "他今天去了the old market。", "the old market"),
        ("We will accept it.", "我们将accept它，好吗。", "accept"),
    ],
)
def test_found(source: str, target: str, shown: str) -> None:
    assert [issue.value("shown") for issue in found(source, target)] == [shown]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("I am saving money.", "我在攒钱。"),
        ("The Bank of England said", "Bank of England 表示"),
        ("Open the app and fix the bug", "打开 app，修复 bug"),
        ("The Latin word cella means room", "拉丁语cella的意思是房间"),
        ('They call it "market" here', "他们在这里称之为“market”"),
        ("A hot market (market) here", "火热的市场 (market)"),
        ("My iPhone has 5 mm glass", "我的 iPhone 有 5 mm 玻璃"),
        ("Write to user@example.com about saving", "写信到 user@example.com"),
        ("Taínos lived here", "这里住过泰诺人 Taínos"),
        ("The saving", "The saving"),
    ],
)
def test_silent(source: str, target: str) -> None:
    assert kinds(found(source, target)) == []


def test_a_term_that_the_glossary_keeps_may_stay() -> None:
    from workbench.termbase import loads

    assert found("Use the token here", "在这里使用token", context=CheckContext(loads("token: token"))) == []
    assert kinds(found("Use the token here", "在这里使用token")) == [("run", "left in English: token")]


def test_code_is_no_language() -> None:
    source = "Set <code>timeout</code> to a second or more."
    assert found(source, "将 <code>timeout</code> 设为一秒或更长。") == []
    assert [issue.value("shown") for issue in found("Set the timeout.", "设置timeout。")] == ["timeout"]


def test_an_office_of_state_is_translated() -> None:
    issues = found("She is at the Department of Energy now.", "她现在在Department of Energy工作。")
    assert [(issue.value("shown"), issue.severity.name) for issue in issues] == [
        ("Department of Energy", "MINOR")
    ]
    assert found("A game called Call of Duty", "一款叫Call of Duty的游戏") == []
