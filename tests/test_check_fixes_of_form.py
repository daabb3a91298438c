"""What the fixes of form must not make of a text, and what they leave in none that they touch."""

from __future__ import annotations

import pytest

from workbench.checks import CHECKS, CheckContext
from workbench.checks.fixing import FORM, fixed
from workbench.model import TranslationUnit

FORMS = [check for check in CHECKS if check.id in FORM and check.default]


def mended(source: str, target: str) -> str:
    return fixed(TranslationUnit("u", 0, source, target), CheckContext(), checks=FORMS).target


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Leonardo DiCaprio is here.", "莱昂纳多.迪卡普里奥来了。"),
        ('Now set key="value".', '现在设置key="值"。'),
        ("Chapter 3. Results", "第3章.结果"),
        ("They lead three to two", "以三:二领先"),
        ("It's here", "这是O'Reilly的'n'"),
    ],
)
def test_left_alone(source: str, target: str) -> None:
    assert mended(source, target) == target


@pytest.mark.parametrize(
    ("source", "target", "better"),
    [
        ("1. First", "一.首先", "一、首先"),
        ("ABC, 123", "ＡＢＣ，１２３", "ABC，123"),
        ("1,200", "１，２００", "1,200"),
        ("First line.\nSecond line.", "第一行.\n第二行.", "第一行。\n第二行。"),
        ("“One” and 'two'.", "“一”和'二'.", "“一”和“二”。"),
        ("He said “it is 'two'”.", "他说“是'二'”。", "他说“是‘二’”。"),
        ("Britain (U.K.).", "英国(U.K.).", "英国（U.K.）。"),
        ("He came. He left.", "他来了.他走了.", "他来了。他走了。"),
    ],
)
def test_made_whole(source: str, target: str, better: str) -> None:
    assert mended(source, target) == better
    assert mended(source, better) == better
