"""What is turned round: yesterday and 明天, noon and 午夜, BC and 公元, from 20 to 25 and 从25到20, off and 二折."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from workbench.numerals.values import Kind, Value, value_at

if TYPE_CHECKING:
    from collections.abc import Iterator

# English words, what they cannot be in Chinese, and what in either text makes the finding unsure.
_TIMES = tuple(
    (re.compile(english, re.IGNORECASE), re.compile(chinese), re.compile(unsure, re.IGNORECASE))
    for english, chinese, unsure in (
        (r"\byesterday\b", "明[天日晨晚早]", r"\b(?:today|tomorrow|tonight|next|will)\b|[昨今次前翌隔]"),
        (r"\btomorrow\b", "昨[天日晨晚夜]", r"\b(?:today|yesterday|last|was|had)\b|[明今次翌隔]"),
        (r"\blast\syear\b", "明年", r"\b(?:next|this\syear|coming)\b|[去前上今昨]年"),
        (r"\bnext\syear\b", "去年|上年", r"\b(?:last|this\syear|previous|past)\b|[明来次今下]年"),
        (r"\blast\sweek\b", "下个?(?:周|星期|礼拜)", r"\b(?:next|this\sweek|coming)\b|上"),
        (r"\bnext\sweek\b", "上个?(?:周|星期|礼拜)", r"\b(?:last|this\sweek|past)\b|下"),
        (r"\blast\smonth\b", "下个?月", r"\b(?:next|this\smonth|coming)\b|上"),
        (r"\bnext\smonth\b", "上个?月", r"\b(?:last|this\smonth|past)\b|下"),
        (r"\b(?:noon|midday)\b", "午夜|子夜", r"\bmid-?night\b|[中正]午|1?2[点時时:]|十二"),
        (r"\bmidnight\b", "[中正]午", r"\b(?:noon|midday)\b|午夜|子夜|半夜|深夜|零|0|十二|12"),
    )
)
_GATE = re.compile("[明昨下上去]|[午子]夜|[中正]午|公元|折|比|[从從由]|位[数數]")
_BEFORE_OUR_ERA = re.compile(r"\s?(?:BCE?|B\.\s?C\.)(?![A-Za-z])")
_OF_OUR_ERA = re.compile(r"\s?(?:AD|CE|A\.\s?D\.)(?![A-Za-z])")
_OFF = re.compile(r"\s(?:off|discount)\b", re.IGNORECASE)
_DIGITS = re.compile(r"\b(single|double|triple|one|two|three|four|five|six)[- ]digits?\b", re.IGNORECASE)
_DIGITS_CHINESE = re.compile("([个個一单單两兩双雙二三四五六])位[数數]")
_PLACES = {
    **dict.fromkeys(("single", "one", *"个個一单單"), 1), **dict.fromkeys(("double", "two", *"两兩双雙二"), 2),
    **dict.fromkeys(("triple", "three", "三"), 3), "four": 4, "四": 4, "five": 5, "五": 5, "six": 6, "六": 6,
}  # fmt: skip
_BETWEEN = re.compile(r"[^，。；、\d]{0,6}[至到为為]")


def opposites(
    source: str, target: str, values: list[Value], others: list[Value]
) -> Iterator[tuple[str, Value, Value]]:
    """Problem ("time", "era", "order" or "wrong") and the two values that say the opposite of each other.

    `source` is English, `target` Chinese. A word that is no number (yesterday) comes as a value without any.
    """
    if not _GATE.search(target):
        return
    for english, chinese, unsure in _TIMES:
        there = chinese.search(target)
        here = english.search(source) if there else None
        if here and there and not unsure.search(source) and not unsure.search(target):
            yield "time", _word(source, here), _word(target, there)
    here, there = _DIGITS.search(source), _DIGITS_CHINESE.search(target)
    if here and there and _PLACES[here[1].lower()] != _PLACES[there[1]] and not _several(source, target):
        yield "wrong", _word(source, here), _word(target, there)
    for other in others:
        for value in values:
            if value.numbers == other.numbers and _unlike(source, target, value, other):
                yield ("wrong" if other.text.endswith("折") else "era"), value, other
    yield from _turned(source, target, values, others)


def _several(source: str, target: str) -> bool:
    """Whether either text speaks of more than one number of digits."""
    return len(_DIGITS.findall(source)) > 1 or len(_DIGITS_CHINESE.findall(target)) > 1


def _word(text: str, found: re.Match[str]) -> Value:
    return value_at(text, found.start(), found.end(), Kind.DATE, ())


def _unlike(source: str, target: str, value: Value, other: Value) -> bool:
    """Whether 500 BC meets 公元500年, or 20% off 二折."""
    after = source[value.span.end : value.span.end + 10]
    if other.kind is Kind.PERCENT:
        half = other.numbers[0] * 2 == 1
        return other.text.endswith("折") and not half and _OFF.match(after) is not None
    if other.unit != "year":
        return False
    shown = target[max(0, other.span.start - 3) : other.span.start].strip()
    if shown.endswith("公元前"):
        return _OF_OUR_ERA.match(after) is not None
    return shown.endswith("公元") and _BEFORE_OUR_ERA.match(after) is not None


def _turned(
    source: str, target: str, values: list[Value], others: list[Value]
) -> Iterator[tuple[str, Value, Value]]:
    """From 20 to 25 percent and 从25%上调至20%; a ratio of 2:1 and 比例为1:2."""
    for value in values:
        if len(value.numbers) != 2 or value.numbers[0] == value.numbers[1]:
            continue
        head = source[max(0, value.span.start - 9) : value.span.start].lower()
        if head.endswith("from "):
            for one, two in pairwise(others):
                between = target[one.span.end : two.span.start]
                if (
                    one.numbers == value.numbers[1:]
                    and two.numbers == value.numbers[:1]
                    and target[one.span.start - 1 : one.span.start] in ("从", "從", "由")
                    and _BETWEEN.fullmatch(between)
                ):
                    yield "order", value, two
        elif head.endswith("ratio of "):
            for one in others:
                shown = target[max(0, one.span.start - 5) : one.span.start]
                if one.numbers == (value.numbers[1], value.numbers[0]) and re.search("比[例率值]", shown):
                    yield "order", value, one
