"""What two texts say of one number where it cannot both be so: at least and 至多, fell and 增长, late and 年代初."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.numerals.values import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbench.numerals.values import Value

# A bound stands right before its number, in Chinese behind it too. What is negated (no more than, 不超过) is of the
# other sort; words that are both (over, 高达, 达到) are of none.
_LOW = re.compile(
    r"\b(?:at\sleast|at\sa\sminimum|a\sminimum\sof|minimum\sof|no\sfewer\sthan|not?\sless\sthan"
    r"|(?<!no\s)(?<!not\s)(?<!n['’]t\s)more\sthan|upwards\sof|in\sexcess\sof)\s(?:the\s)?\Z",
    re.IGNORECASE,
)
_HIGH = re.compile(
    r"\b(?:at\smost|up\sto|a\smaximum\sof|maximum\sof|not?\smore\sthan|no\slonger\sthan"
    r"|(?<!no\s)(?<!not\s)(?<!n['’]t\s)(?:less|fewer)\sthan)\s(?:the\s)?\Z",
    re.IGNORECASE,
)
_LOW_CHINESE = re.compile(
    r"(?:至少|最少|起码|不[得能可]?少于|不[得能可]?低于|不下|(?<![不没未得能可])(?:超过|多于|高于))(?:有|要|为)?\s?\Z"
)
_HIGH_CHINESE = re.compile(
    r"(?:至多|最多|顶多|不[得能可]?多于|不[得能可]?超过|不[得能可]?高于|(?<![差想看])不到|不足|(?<![不得能可])(?:少于|低于))(?:有|要|为)?\s?\Z"
)

_UP = (
    "ris(?:e|es|en|ing)|rose|increas(?:e|es|ed|ing)|grew|grow(?:s|n|ing)?|climb(?:s|ed|ing)?|jump(?:s|ed|ing)?"
    "|surg(?:e|es|ed|ing)|soar(?:s|ed|ing)?"
)
_DOWN = (
    "f[ae]ll(?:s|en|ing)?|drop(?:s|ped|ping)?|decreas(?:e|es|ed|ing)|declin(?:e|es|ed|ing)|slump(?:s|ed|ing)?"
    "|plung(?:e|es|ed|ing)|tumbl(?:e|es|ed|ing)|plummet(?:s|ed|ing)?"
)
_BY = r"\s(?:by\s)?(?:(?:about|around|roughly|nearly|almost|some|over|more\sthan|at\sleast|just|only|another|an?)\s)?\Z"
_RISES = re.compile(rf"\b(?:{_UP}){_BY}", re.IGNORECASE)
_FALLS = re.compile(rf"\b(?:{_DOWN}){_BY}", re.IGNORECASE)
_ABOUT = r"了?(?:大?[约約]|[将將]?近|超[过過]?|逾|至少|不足)?\s?\Z"
_RISES_CHINESE = re.compile(rf"(?:增长|增長|增加|上升|上涨|上漲|攀升|飙升|飆升|激增){_ABOUT}")
_FALLS_CHINESE = re.compile(rf"(?:下降|下跌|减少|減少|下滑|降低|暴跌|骤降|驟降){_ABOUT}")

# Which end of a year or decade.
_BEGINS = re.compile(
    r"\b(?:early|(?:beginning|start)\sof)[\s-](?:in\s)?(?:the\s)?(?:year\s)?\Z", re.IGNORECASE
)
_ENDS = re.compile(r"\b(?:late|(?:end|close)\sof)[\s-](?:in\s)?(?:the\s)?(?:year\s)?\Z", re.IGNORECASE)
_BEGINS_CHINESE = re.compile(r"年?(?:初|年初|伊始|早期|前期)")
_ENDS_CHINESE = re.compile(r"年?(?:末|底|年底|年末|晚期|后期|後期)")

_ERA = re.compile(r"\s(?:BC|BCE|B\.C\.)(?![A-Za-z])")
_OUR_ERA = re.compile(r"(?<!前)公元(?!前)\s?\Z|\A公元(?!前)")

_COUNTED = frozenset((Kind.QUANTITY, Kind.PERCENT))
_DATED = frozenset((Kind.DATE, Kind.DECADE, Kind.QUANTITY))


def contradictions(
    source: str, target: str, values: list[Value], others: list[Value]
) -> Iterator[tuple[str, int, int]]:
    """Problem ("bound", "direction", "end") and indices of values that say the same number and contrary things of it.

    `source` is English, `target` Chinese. Only a number that stands once on either side is looked at.
    """
    for at, other in enumerate(others):
        before = target[max(0, other.span.start - 6) : other.span.start]
        after = target[other.span.end : other.span.end + 3]
        said = _said_in_chinese(other, before, after)
        if not said:
            continue
        equal = [index for index, value in enumerate(values) if _key(value) == _key(other)]
        if len(equal) != 1 or sum(_key(rival) == _key(other) for rival in others) != 1:
            continue
        value = values[equal[0]]
        head = source[max(0, value.span.start - 40) : value.span.start]
        for problem, pattern in said:
            if pattern.search(head):
                yield problem, equal[0], at
                break


def _key(value: Value) -> tuple[object, ...]:
    """What makes two values the same number: a decade with or without its century, a year as 2025年 or as 2025."""
    if value.kind is Kind.DECADE:
        return ("decade", value.numbers[0] % 100)
    if value.kind is Kind.DATE and value.year and not value.month and not value.numbers:
        return ("number", value.year)
    if value.kind is Kind.PERCENT:
        return ("percent", *value.numbers)
    return ("number", *value.numbers) if value.kind is Kind.QUANTITY else (value.kind, value.span)


def _said_in_chinese(value: Value, before: str, after: str) -> list[tuple[str, re.Pattern[str]]]:
    """What the Chinese text says of its value, as the problem and the English pattern that contradicts it."""
    said = []
    if value.kind in _COUNTED and len(value.numbers) == 1:
        if _LOW_CHINESE.search(before):
            said.append(("bound", _HIGH))
        elif _HIGH_CHINESE.search(before):
            said.append(("bound", _LOW))
        if _RISES_CHINESE.search(before):
            said.append(("direction", _FALLS))
        elif _FALLS_CHINESE.search(before):
            said.append(("direction", _RISES))
    if value.kind in _DATED and (value.kind is not Kind.QUANTITY or value.unit == "year"):
        if _BEGINS_CHINESE.match(after):
            said.append(("end", _ENDS))
        elif _ENDS_CHINESE.match(after):
            said.append(("end", _BEGINS))
    return said
