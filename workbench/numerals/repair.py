"""The right rendering of a source value, written in the manner of the wrong one."""

from __future__ import annotations

import re

from workbench.numerals.han import HAN, SCALED, fold
from workbench.numerals.rendering import chinese_numeral, chinese_scaled, chinese_short
from workbench.numerals.units import chinese_name, dimension, same_unit
from workbench.numerals.values import Kind, Value, Weight

_NUMERAL = re.compile(rf"{SCALED}|[{HAN}]+")


def repair(source: Value, target: Value) -> str:
    """What should stand in place of the Chinese `target` to say `source`; "" where that is not sure."""
    if not _is_sure(source) or not _is_sure(target) or source.kind is not target.kind:
        return ""
    shown = target.text
    number, unit = source.numbers[0], source.unit
    found = _NUMERAL.search(fold(shown))
    if found is None or source.kind is Kind.PERCENT:
        return ""
    if number == target.numbers[0]:
        return _with_unit(shown, found.end(), unit, target.unit)
    if unit and not (target.unit and same_unit(unit, target.unit)):
        return ""
    digits = any(char.isdigit() for char in found.group())
    if digits:
        scale = re.search("[十百千万亿]+$", fold(found.group()))
        written = chinese_short(number)
        kept = chinese_scaled(number, scale.group()) if scale else ""
        if kept and not re.match(r"0|\d{5}", kept):
            written = kept
        if "/" in written:
            return ""
    else:
        written = chinese_numeral(number)
    return shown[: found.start()] + written + shown[found.end() :] if written else ""


def _is_sure(value: Value) -> bool:
    return (
        value.kind is Kind.QUANTITY
        and value.weight > Weight.SLIGHT
        and len(value.numbers) == 1
        and not value.others
        and not value.approximate
        and value.numbers[0] > 0
    )


def _with_unit(shown: str, end: int, unit: str, wrong: str) -> str:
    """The target value with the name of the right unit."""
    name = chinese_name(unit)
    if not name or unit == "dollar" or dimension(unit) != dimension(wrong):
        return ""
    tail = fold(shown[end:])
    gap = " " if tail.startswith(" ") else ""
    measured = tail.strip().startswith("个")
    if measured and unit not in ("hour", "month"):
        return ""
    return shown[:end] + gap + (f"个{name}" if measured and not name.startswith("个") else name)
