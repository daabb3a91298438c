"""How likely two values that nothing answers were meant to be the same one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.numerals.matching import unit_conflict
from workbench.numerals.units import dimension
from workbench.numerals.values import Kind, Value, Weight

if TYPE_CHECKING:
    from fractions import Fraction


def topic(value: Value) -> str:
    return (
        "date" if value.kind in (Kind.DATE, Kind.TIME, Kind.WEEKDAY, Kind.DECADE, Kind.CENTURY) else "number"
    )


_COMPARABLE = frozenset(
    (
        Kind.ORDINAL,
        Kind.MULTIPLE,
        Kind.TIME,
        Kind.VAGUE,
        Kind.DATE,
        Kind.FRACTION,
        Kind.DECADE,
        Kind.CENTURY,
        Kind.WEEKDAY,
    )
)


def likeness(one: Value, two: Value, *, source: str, target: str) -> int:
    """How likely the two open values were meant to be the same one; 0 = they have nothing to do with each other."""
    low = min(one.weight, two.weight)
    if unit_conflict(one, two):
        return 90
    if one.kind is Kind.CODE or two.kind is Kind.CODE:
        return _code_likeness(one, two)
    same_kind = one.kind is two.kind or akin(one, two) or akin(two, one)
    same_unit = bool(one.unit and two.unit) and dimension(one.unit) == dimension(two.unit) != ""
    score = 0
    if same_kind:
        score += 12
    if same_unit:
        score += 20
    elif one.unit and two.unit:
        score -= 15
    if is_slip(one, two):
        score += 30
    if _near(one, two):
        score += 15
    score += 8 - 16 * abs(one.span.start * len(target) - two.span.start * len(source)) // max(
        1, len(source) * len(target)
    )
    if low is Weight.FIRM:
        return score if same_kind or topic(one) == topic(two) or score > 20 else 0
    if low is Weight.PLAIN:
        firm = max(one.weight, two.weight) is Weight.FIRM
        return (
            score
            if same_kind
            and (
                same_unit
                or one.kind in _COMPARABLE
                or two.kind in _COMPARABLE
                or (firm and score > 12)
                or score > 14
            )
            else 0
        )
    sure = max(one.weight, two.weight) > Weight.SLIGHT
    if sure and one.kind is Kind.VAGUE and two.kind is Kind.VAGUE and is_slip(one, two):
        return score
    if sure and same_unit and dimension(one.unit) == "time" and one.kind is two.kind is Kind.QUANTITY:
        return score
    return (
        score
        if same_kind and sure and one.kind in (Kind.ORDINAL, Kind.MULTIPLE, Kind.DATE, Kind.FRACTION)
        else 0
    )


def akin(one: Value, two: Value) -> bool:
    """Whether values of two kinds are renderings of each other: 60% and 三分之二, a dozen and 数十, thrice and 四次."""
    pair = one.kind, two.kind
    if pair == (Kind.QUANTITY, Kind.VAGUE):
        return one.approximate
    if pair == (Kind.DECADE, Kind.QUANTITY):
        return two.unit == "year"
    if pair == (Kind.QUANTITY, Kind.DATE):
        number = one.numbers[0]
        return not one.unit and (
            (bool(two.year) and 1000 <= number < 3000) or (bool(two.day) and number <= 31)
        )
    if pair == (Kind.DECADE, Kind.DATE):
        return bool(two.year) and not two.month
    if pair == (Kind.ORDINAL, Kind.QUANTITY):
        return one.text.strip("IVX") == "" and not two.unit and two.weight > Weight.SLIGHT
    return pair in (
        (Kind.PERCENT, Kind.FRACTION),
        (Kind.MULTIPLE, Kind.QUANTITY),
        (Kind.MULTIPLE, Kind.FRACTION),
        (Kind.MULTIPLE, Kind.PERCENT),
    )


def _near(one: Value, two: Value) -> bool:
    """Whether the two are written with the same number of digits, one of them different."""
    first, second = re.findall(r"\d", one.text), re.findall(r"\d", two.text)
    return (
        bool(first)
        and len(first) == len(second)
        and sum(a != b for a, b in zip(first, second, strict=True)) <= 1
    )


def _code_likeness(one: Value, two: Value) -> int:
    if one.kind is not two.kind:
        counted = two.kind is Kind.QUANTITY and two.weight is Weight.PLAIN and not two.unit
        return 30 if counted and re.fullmatch(r"G\d{1,2}", one.code) else 0
    return 60 if re.sub(r"\d+", "#", one.code) == re.sub(r"\d+", "#", two.code) else 0


def is_slip(source: Value, target: Value) -> bool:
    """Whether the two differ by a power of ten and nothing else."""
    if source.kind is not target.kind or len(source.numbers) != 1 or len(target.numbers) != 1:
        return False
    one, other = source.numbers[0], target.numbers[0]
    if not one or not other or source.kind not in (Kind.QUANTITY, Kind.PERCENT, Kind.VAGUE):
        return False
    return _significant(one) == _significant(other)


def _significant(number: Fraction) -> Fraction:
    """The number scaled by tens into 1..10; 0 for what is too large to be worth it."""
    number = abs(number)
    steps = 0
    while number >= 10 and steps < 40:
        number, steps = number / 10, steps + 1
    while number < 1 and steps < 40:
        number, steps = number * 10, steps + 1
    return number if steps < 40 else number * 0
