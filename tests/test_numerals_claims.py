"""One number of which the two sides say contrary things: bounds, directions, ends of years and decades."""

from __future__ import annotations

import pytest

from workbench.numerals import compare


def problems(source: str, target: str) -> list[str]:
    return [difference.problem for difference in compare(source, target, "en", "zh")]


@pytest.mark.parametrize(
    ("source", "wrong", "right"),
    [
        ("Up to 50 people may enter.", "至少50人可以入场。", "最多50人可以入场。"),
        ("More than 50 people came.", "来的不到50人。", "来的超过50人。"),
        ("At least 12 died.", "至多12人死亡。", "至少12人死亡。"),
        (
            "The password needs at least 12 characters.",
            "密码不得超过十二个字符。",
            "密码不得少于十二个字符。",
        ),
        ("No more than 12 may enter.", "至少12人可以入场。", "不超过12人可以入场。"),
        ("It takes less than 30 minutes.", "需要超过30分钟。", "需要不到30分钟。"),
        ("No fewer than 40 boats sank.", "最多40艘船沉没。", "不少于40艘船沉没。"),
    ],
)
def test_bounds(source: str, wrong: str, right: str) -> None:
    assert problems(source, wrong) == ["bound"]
    assert problems(source, right) == []


@pytest.mark.parametrize(
    ("source", "wrong", "right"),
    [
        ("Profits fell by 20%.", "利润增长20%。", "利润下降20%。"),
        ("Sales rose 15 percent.", "销售额下滑了15%。", "销售额上升了15%。"),
        ("The count dropped by about 300.", "数量增加约300。", "数量减少约300。"),
    ],
)
def test_directions(source: str, wrong: str, right: str) -> None:
    assert problems(source, wrong) == ["direction"]
    assert problems(source, right) == []


@pytest.mark.parametrize(
    ("source", "wrong", "right"),
    [
        ("It began in the late 1990s.", "始于90年代初。", "始于90年代末。"),
        ("It began in the early 1960s.", "始于20世纪60年代末期。", "始于20世纪60年代初期。"),
        ("It opens by the end of 2025.", "到2025年初开业。", "到2025年底开业。"),
    ],
)
def test_ends(source: str, wrong: str, right: str) -> None:
    assert problems(source, wrong) == ["end"]
    assert problems(source, right) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        # Words that are of both sorts say nothing.
        ("Prices are up to 50% higher.", "价格最高高出50%。"),
        ("Some 50 people came.", "不到50人来了。"),
        # Two of the same number: which is which is not sure.
        ("At least 12 died and at most 12 were hurt.", "至多12人死亡，至少12人受伤。"),
        # A smaller loss is a rise said otherwise.
        ("The loss fell by 20%.", "亏损收窄20%。"),
        ("It fell to 20%.", "降至20%。"),
    ],
)
def test_what_is_not_sure_is_silent(source: str, target: str) -> None:
    assert problems(source, target) == []
