"""Spacing: uneven spaces between Chinese and Latin; a habit kept throughout is no fault."""

from __future__ import annotations

import pytest

from workbench.checks import CHECKS, CheckContext, apply, message, run, select
from workbench.model import Issue, TranslationUnit

SPACING = select("spacing")


def found(target: str) -> list[Issue]:
    return run(TranslationUnit("u", 0, "Some source.", target), CheckContext(), checks=SPACING)


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
