"""The date check: dates, times, weekdays, decades and centuries that the two sides do not state alike."""

from __future__ import annotations

import pytest

from workbench.checks import CheckContext, message, run, select
from workbench.model import Issue, Severity, TranslationUnit

CHECKS = select("date")


def found(source: str, target: str) -> list[Issue]:
    return run(TranslationUnit("u", 0, source, target), CheckContext(), checks=CHECKS)


@pytest.mark.parametrize(
    ("source", "target", "text"),
    [
        ("It opened in 1989.", "它于1998年开业。", "source 1989; target 1998年 = 1998"),
        (
            "It closes on 24 December.",
            "它于11月24日关闭。",
            "source 24 December = 12-24; target 11月24日 = 11-24",
        ),
        ("Come on Tuesday.", "请周三来。", "source Tuesday; target 周三 = Wednesday"),
        (
            "It starts at 3:30 p.m.",
            "上午3点半开始。",
            "source 3:30 p.m. = 15:30; target 上午3点半 = 03:30",
        ),
        (
            "It began in the late 1990s.",
            "始于90年代初。",
            "beginning and end are exchanged: source 1990s = the 1990s; target 90年代 = the 90s",
        ),
        ("Yesterday he left.", "他明天离开。", "another time: source Yesterday; target 明天"),
        (
            "The wall fell in 500 BC.",
            "城墙于公元500年倒塌。",
            "before and after the year one are exchanged: source 500; target 500年 = 500 year",
        ),
    ],
)
def test_messages_show_both_readings(source: str, target: str, text: str) -> None:
    (issue,) = found(source, target)
    assert (issue.check, issue.severity, message(issue)) == ("date", Severity.MAJOR, text)
    assert issue.fix is None


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("It opened in 1989.", "它于1989年开业。"),
        ("It closes on 24 December.", "它于十二月二十四日关闭。"),
        ("It starts at 3:30 p.m.", "15:30开始。"),
        ("It began in the 1990s.", "始于上世纪九十年代。"),
        ("It has 12 rooms.", "它有21个房间。"),  # the number check's
        ("It opened in 1989.", ""),
    ],
)
def test_right_renderings_are_silent(source: str, target: str) -> None:
    assert found(source, target) == []
