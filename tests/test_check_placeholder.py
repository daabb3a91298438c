"""Placeholders and entities: lost, added, and what only looks like one."""

from __future__ import annotations

import pytest

from workbench.checks import CheckContext, message, run, select
from workbench.model import Issue, TranslationUnit

CHECKS = select("placeholder")


def found(source: str, target: str, *, context: CheckContext | None = None) -> list[Issue]:
    return run(TranslationUnit("u", 0, source, target), context or CheckContext(), checks=CHECKS)


def kinds(issues: list[Issue]) -> list[tuple[object, str]]:
    return [(issue.value("kind"), message(issue)) for issue in issues]


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Hello {0}", "你好", [("lost", "{0}")]),
        ("Hello {name}, {name}", "你好 {name}", [("lost", "{name}")]),
        ("%s files", "个文件", [("lost", "%s")]),
        ("%1$s of %2$s", "%1$s 个", [("lost", "%2$s")]),
        ("%(count)d left", "剩 %(cuont)d", [("lost", "%(count)d"), ("added", "%(cuont)d")]),
        ("Use ${HOME}", "使用 ${home}", [("lost", "${HOME}"), ("added", "${home}")]),
        ("Contact #PRS_ORG# now", "立即联系", [("lost", "#PRS_ORG#")]),
        ("{{user}} left", "用户离开", [("lost", "{{user}}")]),
        ("Tom &copy; Ann", "汤姆和安", [("lost", "&copy;")]),
        ("Hello", "你好 {0}", [("added", "{0}")]),
    ],
)
def test_found(source: str, target: str, expected: list[tuple[str, str]]) -> None:
    issues = sorted(found(source, target), key=lambda issue: str(issue.value("kind")), reverse=True)
    assert [(i.value("kind"), dict(i.values).get("asked") or i.value("shown")) for i in issues] == expected


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("{0} of {1}", "{1} 的 {0}"),
        ("%1$s %2$s", "%2$s %1$s"),
        ("%s is 100% sure", "%s 100% 确定"),
        ("50% discount and 5%off", "五折，再减5%"),
        ("Tom &amp; Ann", "汤姆 & 安"),
        ("Tom &nbsp;Ann", "汤姆 安"),
        ("R&D; more", "研发；更多"),
        ("A set {a, b, c} of #1", "集合 {甲, 乙, 丙}，第一"),
    ],
)
def test_silent(source: str, target: str) -> None:
    assert kinds(found(source, target)) == []


def test_says_which() -> None:
    assert kinds(found("Hello {0}", "你好")) == [("lost", "{0} of the source is not in the target")]
