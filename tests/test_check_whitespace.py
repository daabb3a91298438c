"""Whitespace: edges, runs, gaps in Chinese, and spaces that are meant."""

from __future__ import annotations

import pytest

from workbench.checks import CheckContext, apply, message, run, select
from workbench.model import Issue, TranslationUnit

CHECKS = select("whitespace")


def found(source: str, target: str, *, context: CheckContext | None = None) -> list[Issue]:
    return run(TranslationUnit("u", 0, source, target), context or CheckContext(), checks=CHECKS)


def kinds(issues: list[Issue]) -> list[tuple[object, str]]:
    return [(issue.value("kind"), message(issue)) for issue in issues]


@pytest.mark.parametrize(
    ("source", "target", "kind", "mended"),
    [
        ("Good.", " 好。", "leading", "好。"),
        ("Good.", "\u3000好。", "leading", "好。"),
        ("Good.", "好。 ", "trailing", "好。"),
        (" Good.", "好。", None, "好。"),
        ("Note 1: yes", "注  1：是", "double", "注 1：是"),
        ("An account", "帐  户", "inside", "帐户"),
        ("An account", "帐 户修复", "inside", "帐户修复"),
        ("Now, leader", "现在， 领导人", "mark", "现在，领导人"),
        ("Gordon, Ann", "戈登 、安", "mark", "戈登、安"),
        ("Tab here", "用\tAI", "double", "用 AI"),
    ],
)
def test_found_and_mended(source: str, target: str, kind: str | None, mended: str) -> None:
    issues = found(source, target)
    assert [issue.value("kind") for issue in issues] == ([kind] if kind else [])
    assert apply(target, issues) == mended
    assert found(source, mended) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("We use AI here in 2019.", "2019 年我们在这里用 AI。"),
        ("We use AI here in 2019.", "2019年我们在这里用AI。"),
        (" Good. ", " 好。 "),
        ("Good.\n", "好。\n"),
        ("Red, green, blue, black", "红 绿 蓝 黑"),
        ("a {0} b", "甲 {0} 乙"),
        ("", "   "),
        ("The code `a  b`", "代码 `a  b`"),
    ],
)
def test_silent(source: str, target: str) -> None:
    assert kinds(found(source, target)) == []


def test_says_where() -> None:
    assert kinds(found("An account", "修复帐 户吧")) == [("inside", "space inside Chinese text: 修复帐 户吧")]
    assert kinds(found("Good.", "好。  ")) == [("trailing", "trailing space that the source does not have")]
