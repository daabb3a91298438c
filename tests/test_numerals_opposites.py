"""Words of time, eras, changes and ratios turned round, and discounts said as what is left."""

from __future__ import annotations

import pytest

from workbench.numerals import compare


def problems(source: str, target: str) -> list[str]:
    return [difference.problem for difference in compare(source, target, "en", "zh")]


@pytest.mark.parametrize(
    ("problem", "source", "wrong", "right"),
    [
        ("time", "Yesterday he left.", "他明天离开。", "他昨天离开了。"),
        ("time", "She arrives tomorrow.", "她昨天到了。", "她明天到。"),
        ("time", "It opens next year.", "它去年开业。", "它明年开业。"),
        ("time", "We met at noon.", "我们在午夜见面。", "我们在中午见面。"),
        ("era", "The wall fell in 500 BC.", "城墙于公元500年倒塌。", "城墙于公元前500年倒塌。"),
        ("order", "The rate rose from 20 to 25 percent.", "税率从25%上调至20%。", "税率从20%上调至25%。"),
        ("order", "Mix them at a ratio of 2:1.", "混合比例为1:2。", "混合比例为2:1。"),
        ("wrong", "We saw single-digit growth.", "我们实现了两位数增长。", "我们实现了个位数增长。"),
        ("wrong", "We saw double-digit growth.", "我们实现了三位数增长。", "我们实现了两位数增长。"),
        ("wrong", "Everything is 20% off.", "全场二折。", "全场八折。"),
    ],
)
def test_what_is_turned_round_is_found(problem: str, source: str, wrong: str, right: str) -> None:
    assert problems(source, wrong) == [problem]
    assert problems(source, right) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        # A day may be counted from another one.
        ("Yesterday he said he would leave today.", "他昨天说明天就走。"),
        # Half is half on and off.
        ("Everything is 50% off.", "全场五折。"),
        # One of two scores may stand first.
        ("They lost 1:2.", "他们以2:1落败。"),
        # A span of years, a height in two units.
        ("The 2008-09 season was long.", "2008至2009赛季很长。"),
        ("The file is dated 2008-09.", "该文件的日期为2008年9月。"),
        ("She was 5ft 3in tall.", "她身高1.6米。"),
        ("She was 5 ft 3 in tall.", "她身高5英尺3英寸。"),
    ],
)
def test_what_is_right_is_silent(source: str, target: str) -> None:
    assert problems(source, target) == []


def test_a_height_in_feet_and_inches_is_compared() -> None:
    assert problems("She was 5ft 3in tall.", "她身高1.8米。") == ["wrong"]
