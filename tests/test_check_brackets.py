"""Brackets: lone brackets, and lone ones that are no fault."""

from __future__ import annotations

import pytest

from workbench.checks import CheckContext, message, run, select
from workbench.model import Issue, TranslationUnit

CHECKS = select("brackets")


def found(source: str, target: str, *, context: CheckContext | None = None) -> list[Issue]:
    return run(TranslationUnit("u", 0, source, target), context or CheckContext(), checks=CHECKS)


def kinds(issues: list[Issue]) -> list[tuple[object, str]]:
    return [(issue.value("kind"), message(issue)) for issue in issues]


@pytest.mark.parametrize(
    ("source", "target", "kind", "shown"),
    [
        ("The G7 (here)", "七国集团 (G7 外长", "opening", "("),
        ("The G7 (here)", "七国集团 G7) 外长", "closing", ")"),
        ("The book (here)", "《书名", "opening", "《"),
        ("The list [1]", "列表 1】", "closing", "】"),
        ("An object", "}对象", "closing", "}"),
    ],
)
def test_found(source: str, target: str, kind: str, shown: str) -> None:
    assert [(i.value("kind"), i.value("shown")) for i in found(source, target)] == [(kind, shown)]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("The G7 (here)", "七国集团（G7）外长"),
        ("Both (a [b])", "两者（甲[乙]）"),
        ("It opens (here", "从这里（开始"),
        ("a) first", "a) 第一"),
        ("1) first 2) second", "1）第一 2）第二"),
        ("Nice :)", "真好 :)"),
        ("Sad :-(", "难过 :-("),
        ("Mixed (width)", "混用（宽度)"),
        ("Code {0} and `f(`", "代码 {0} 和 `f(`"),
    ],
)
def test_silent(source: str, target: str) -> None:
    assert kinds(found(source, target)) == []


def test_says_where() -> None:
    assert kinds(found("The G7 here", "集团 (G7 外长")) == [
        ("opening", "( without its closing bracket: 集团 (G7 外长")
    ]
