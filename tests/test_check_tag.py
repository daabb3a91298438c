"""Tags: lost, added, changed and crossed markup."""

from __future__ import annotations

import pytest

from workbench.checks import CheckContext, message, run, select
from workbench.model import Issue, TranslationUnit

CHECKS = select("tag")


def found(source: str, target: str, *, context: CheckContext | None = None) -> list[Issue]:
    return run(TranslationUnit("u", 0, source, target), context or CheckContext(), checks=CHECKS)


def kinds(issues: list[Issue]) -> list[tuple[object, str]]:
    return [(issue.value("kind"), message(issue)) for issue in issues]


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("A <b>big</b> dog", "一只大狗", ["lost", "lost"]),
        ("A <b>big</b> dog", "一只<b>大狗", ["lost"]),
        ("A dog", "一只<br/>狗", ["added"]),
        ('<a href="x">A</a>', '<a href="y">甲</a>', ["added", "lost"]),
        ("<b><i>A</i></b>", "<b><i>甲</b></i>", ["crossed"]),
        ("<b>A</b>", "</b>甲<b>", ["crossed"]),
    ],
)
def test_found(source: str, target: str, expected: list[str]) -> None:
    assert sorted(str(issue.value("kind")) for issue in found(source, target)) == expected


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("A <b>big</b> dog", "一只<b>大</b>狗"),
        ("Line<br />two", "第一行<br/>第二行"),
        ("<b>A</b> and <i>B</i>", "<i>乙</i>和<b>甲</b>"),
        ("1 < 2 and 3 > 2", "一小于二，三大于二"),
        ("I <3 you", "我爱你"),
    ],
)
def test_silent(source: str, target: str) -> None:
    assert kinds(found(source, target)) == []


def test_says_which() -> None:
    assert kinds(found("<b>A", "甲")) == [("lost", "the tag <b> of the source is not in the target")]
