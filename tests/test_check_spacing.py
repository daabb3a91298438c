"""Spacing: uneven spaces between Chinese and Latin; a habit kept throughout is no fault."""

from __future__ import annotations

import pytest

from workbench.checks import CHECKS, CheckContext, apply, message, run_document, select
from workbench.model import Issue, TranslationUnit

SPACING = select("spacing")


def found(target: str) -> list[Issue]:
    return in_document(target)[0]


def in_document(*targets: str) -> list[list[Issue]]:
    units = [
        TranslationUnit(str(place), place, "Some source.", target) for place, target in enumerate(targets)
    ]
    return [issues for _unit, issues in run_document(units, CheckContext(), checks=SPACING)]


@pytest.mark.parametrize(
    ("target", "mended"),
    [
        ("我们用 AI 和 Python做事", "我们用 AI 和 Python 做事"),
        ("我们用AI和Python 做事", "我们用AI和Python做事"),
        ("共 12 至15 人", "共 12 至 15 人"),
    ],
)
def test_found_and_mended(target: str, mended: str) -> None:
    issues = found(target)
    assert apply(target, issues) == mended
    assert found(mended) == []


@pytest.mark.parametrize(
    "target",
    [
        "我们用 AI 和 Python 做事",
        "我们用AI和Python做事",
        "共 3天，用 AI 做事",
        "用 AI做事",
        "见 {0}和 https://example.com",
    ],
)
def test_silent(target: str) -> None:
    assert [message(issue) for issue in found(target)] == []


def test_it_is_off_by_default() -> None:
    assert SPACING[0] in CHECKS
    assert SPACING[0] not in select(None)
    assert SPACING[0] in select("+spacing")


def test_the_habit_is_that_of_the_document() -> None:
    spaced = ["用 AI 做事", "学 Python 语言", "买 iPhone 手机"]
    issues = in_document(*spaced, "用AI 做事")
    assert [len(each) for each in issues] == [0, 0, 0, 1]
    assert apply("用AI 做事", issues[3]) == "用 AI 做事"
    # Without a habit of most of the document each text is judged by itself.
    assert in_document("用 AI 做事", "用AI做事") == [[], []]
