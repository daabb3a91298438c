"""The right rendering of a source value, written in the manner of the wrong one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.numerals.chinese_numbers import MEASURES
from workbench.numerals.han import HAN, SCALED, fold, read_numeral, read_scaled, unfold
from workbench.numerals.rendering import chinese_numeral, chinese_scaled, chinese_short
from workbench.numerals.units import chinese_name, chinese_unit, dimension, latin_name, same_unit
from workbench.numerals.values import Kind, Value, Weight

if TYPE_CHECKING:
    from fractions import Fraction

_NUMERAL = re.compile(rf"{SCALED}|[{HAN}]+")
_SCALE_END = re.compile("[十百千万亿]+$")
_SYMBOLS = {"EUR": "€", "GBP": "£", "JPY": "¥", "USD": "$"}
_SCALES = {"celsius": "摄氏", "fahrenheit": "华氏"}
_SPEEDS = ("时速", "每小时")
_WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")


def repair(source: Value, target: Value, following: str = "", *, traditional: bool = False) -> str:
    """What should stand in place of the Chinese `target` to say `source`; "" where that is not sure.

    Digits stay digits, Chinese numerals Chinese numerals, symbols symbols. `following` is the text behind the
    target value, where a measure word may stand; `traditional` writes traditional characters.
    """
    if not _is_sure(source) or not _is_sure(target) or source.kind is not target.kind:
        return ""
    shown, plain = target.text, fold(target.text)
    found = _NUMERAL.search(plain)
    if found is None or _read(found.group()) != target.numbers[0]:
        return ""
    number, unit = source.numbers[0], source.unit
    if number == target.numbers[0]:
        written = _with_unit(plain, found.start(), found.end(), unit, target.unit)
        if not written:
            return ""
        head, kept = written
        tail = shown[found.start() : found.end()] + kept
    elif unit and not (target.unit and same_unit(unit, target.unit)):
        return ""
    else:
        head = shown[: found.start()]
        numeral = _numeral(found.group(), number, plain[found.end() :] + fold(following[:3]))
        if not numeral:
            return ""
        if shown[found.start()] in "０１２３４５６７８９":
            numeral = numeral.translate(_WIDE)
        tail = numeral + shown[found.end() :]
    fixed = head + tail
    return unfold(fixed) if traditional else fixed


def _is_sure(value: Value) -> bool:
    return (
        value.kind is Kind.QUANTITY
        and value.weight > Weight.SLIGHT
        and len(value.numbers) == 1
        and not value.others
        and not value.approximate
        and value.numbers[0] > 0
    )


def _read(shown: str) -> Fraction | None:
    """The number the bare numeral says: 一 of 一个半小时 is not one and a half."""
    numeral = read_scaled(shown) if shown[0].isdigit() else read_numeral(shown)
    return numeral.number if numeral is not None and numeral.upper is None else None


def _numeral(shown: str, number: Fraction, following: str) -> str:
    """The number in the manner of a numeral: 1,200 → 1,300, 5亿 → 52亿, 三 → 两 before a measure word."""
    if not any(char.isdigit() for char in shown):
        if number == 2:
            counted = following[:1] in MEASURES or chinese_unit(following, 0) is not None
            return "两" if counted and following else ""
        return chinese_numeral(number)
    scale = _SCALE_END.search(shown)
    if scale is None and number.denominator == 1:
        if "," in shown and number >= 1000:
            return f"{number.numerator:,}"
        if shown.isdigit() and len(shown) > 4 and number < 10**8:
            return str(number.numerator)
    if scale is not None and len(re.findall(r"[\d.,]+", shown)) == 1:
        kept = chinese_scaled(number, scale.group())
        if kept and not re.match(r"0|\d{5}", kept):
            figures = kept[: -len(scale.group())]
            if scale.group()[0] in "万亿" or (figures.isdigit() and len(figures) == 1):
                return kept
    written = chinese_short(number)
    return "" if "/" in written else written


def _with_unit(plain: str, start: int, end: int, unit: str, wrong: str) -> tuple[str, str] | None:
    """What stands before and behind the number of the target value when it has the right unit."""
    if unit == "dollar" or not unit or dimension(unit) != dimension(wrong):
        return None
    head, tail = plain[:start], plain[end:]
    gap = " " if tail.startswith(" ") else ""
    tail = tail.strip()
    if head:
        return _with_head(head.strip(), gap, tail, unit, wrong)
    if not re.search("[\u3400-\u9fff]", tail):
        name = _symbol(tail, unit)
        return ("", gap + name) if name else None
    name = chinese_name(unit)
    measured = tail.startswith("个")
    if not name or (measured and unit not in ("hour", "month")):
        return None
    return "", gap + (f"个{name}" if measured and not name.startswith("个") else name)


def _with_head(head: str, gap: str, tail: str, unit: str, wrong: str) -> tuple[str, str] | None:
    """The same for 每小时65公里, 摄氏10度 and €35, which say a part of the unit before the number."""
    if head in _SPEEDS and dimension(unit) == "speed":
        name = chinese_name(unit)
        return (head, gap + name.removesuffix("/小时")) if name.endswith("/小时") else None
    if head == _SCALES.get(wrong) and unit in _SCALES and tail == "度":
        return _SCALES[unit], gap + tail
    if head in _SYMBOLS.values() and not tail and unit in _SYMBOLS:
        return _SYMBOLS[unit], ""
    return None


def _symbol(tail: str, unit: str) -> str:
    """The symbol of the unit, a sign for a sign (℃) and letters for letters (MHz)."""
    if unit in _SCALES:
        sign = {"℃": "℉", "℉": "℃"}.get(tail)
        return sign or (tail[:-1] + ("C" if unit == "celsius" else "F") if tail[-1:] in ("C", "F") else "")
    return latin_name(unit)
