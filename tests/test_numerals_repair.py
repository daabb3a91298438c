"""Fixes of values: what a careful translator would write in the manner that stands there, or nothing."""

from __future__ import annotations

import pytest

from workbench.numerals import compare


@pytest.mark.parametrize(
    ("source", "target", "fix"),
    [
        # The hour of a speed stands before the number once.
        ("He drove at 65 mph.", "他以每小时65公里的速度行驶。", "每小时65英里"),
        ("It was 65 mph.", "时速65公里。", "时速65英里"),
        # Digits stay digits, with the same scale, separators and width.
        ("It cost $10,500.", "花费1万5千美元。", "1.05万美元"),
        ("It holds 15,200 people.", "可容纳15,800人。", "15,200"),
        ("It costs 80,000 yuan.", "花费50000元。", "80000元"),
        ("It sold 300 units.", "售出３２０台。", "３００"),
        ("He earned 8,854 yuan.", "他挣了15万元。", "8854元"),
        # Two is 两 before a measure word.
        ("Two people came.", "三个人来了。", "两"),
        ("There are two reasons.", "有三个原因。", "两"),
        ("Two hours passed.", "三小时过去了。", "两小时"),
        ("The race covers 12 miles.", "全程十二公里。", "十二英里"),
        # Symbols stay symbols.
        ("It runs at 3 GHz.", "频率为3 MHz。", "3 GHz"),
        ("It runs at 3 GHz.", "频率为3兆赫。", "3吉赫"),
        ("It is 20 MB.", "大小为20 GB。", "20 MB"),
        ("It weighs 5 kg.", "重5 g。", "5 kg"),
        ("It was 98°F.", "体温为98℃。", "98℉"),
        ("It was 98°F.", "气温98°C。", "98°F"),
        ("It was 98°F.", "气温摄氏98度。", "华氏98度"),
        ("It costs €35.", "售价$35。", "€35"),
        # Traditional text gets traditional characters.
        ("It has 2 million users.", "它有兩億用戶。", "兩百萬"),
        ("The film lasts 30 minutes.", "影片長30小時。", "30分鐘"),
    ],
)
def test_a_fix_keeps_the_manner_of_the_target(source: str, target: str, fix: str) -> None:
    (difference,) = compare(source, target, "en", "zh")
    assert difference.fix == fix
    assert difference.target is not None
    span = difference.target.span
    assert compare(source, target[: span.start] + fix + target[span.end :], "en", "zh") == ()


@pytest.mark.parametrize(
    ("source", "target"),
    [
        # 一 is not the whole number of 一个半.
        ("It lasted 3 hours.", "持续了一个半小时。"),
        ("It costs 7 yuan.", "售价5块5。"),
    ],
)
def test_a_part_of_a_number_is_not_replaced(source: str, target: str) -> None:
    (difference,) = compare(source, target, "en", "zh")
    assert difference.fix == ""


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Two heads are better than one.", "三个臭皮匠，顶个诸葛亮。"),
        ("The $64,000 question is when.", "最关键的问题是什么时候。"),
    ],
)
def test_sayings_state_no_number(source: str, target: str) -> None:
    assert compare(source, target, "en", "zh") == ()
