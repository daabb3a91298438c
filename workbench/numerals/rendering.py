"""Values written out: for people to read in a message, and as numerals in either language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.numerals.han import write
from workbench.numerals.values import Kind, Value

if TYPE_CHECKING:
    from fractions import Fraction

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def render_value(value: Value) -> str:
    """The value for people: "5,200,000,000 CNY", "98.6%", "15:30", "2019-12-18"."""
    if value.kind is Kind.TIME:
        return "–".join(_time(number) for number in value.numbers)
    if value.kind is Kind.WEEKDAY:
        return _WEEKDAYS[int(value.numbers[0]) - 1]
    if value.kind is Kind.DATE:
        return _date(value)
    if value.kind is Kind.CODE:
        return value.code
    if value.kind is Kind.PERCENT:
        return "–".join(render_number(number * 100) for number in value.numbers) + "%"
    if value.text.isdigit() and value.text.isascii() and len(value.text) < 5:
        return value.text
    shown = "–".join(render_number(number) for number in value.numbers)
    if value.kind is Kind.MULTIPLE:
        readings = sorted((value.numbers[0], *value.others)) if len(value.numbers) == 1 else ()
        return " or ".join(f"× {render_number(number)}" for number in readings) or f"× {shown}"
    if value.kind is Kind.ORDINAL:
        shown = f"no. {shown}"
    elif value.kind is Kind.CENTURY:
        shown = f"century {shown}"
    elif value.kind is Kind.DECADE:
        shown = f"the {shown.replace(',', '')}s"
    elif value.kind is Kind.VAGUE:
        shown = f"some {shown}s" if value.number != 1 else "some"
    return f"{shown} {value.unit}" if value.unit else shown


def render_number(number: Fraction) -> str:
    """A number with separators, as a decimal where it has an end, with a power of ten where it is long."""
    if number.denominator != 1:
        decimal = _decimal(number)
        return decimal if decimal else f"{number.numerator}/{number.denominator}"
    if abs(number) < 10**16:
        return f"{number.numerator:,}"
    whole, power = int(number), 0
    while whole % 10 == 0 and power < 400:
        whole, power = whole // 10, power + 1
    if abs(whole) >= 10**16:
        return f"about {'−' if whole < 0 else ''}10{_raised(number)}"
    return f"{whole:,} × 10{str(power).translate(_RAISED)}"


def _raised(number: Fraction) -> str:
    bits = abs(int(number)).bit_length()
    return str(bits * 30103 // 100000).translate(_RAISED)


def _decimal(number: Fraction) -> str:
    """The decimal expansion, "" where it has no end within twelve places."""
    for places in range(1, 13):
        scaled = number * 10**places
        if scaled.denominator == 1:
            whole = abs(int(scaled))
            if whole >= 10**24:
                return ""
            sign = "-" if scaled < 0 else ""
            return f"{sign}{whole // 10**places:,}.{whole % 10**places:0{places}d}"
    return ""


def _time(minutes: Fraction) -> str:
    whole = int(minutes)
    seconds = int((minutes - whole) * 60)
    shown = f"{whole // 60:02d}:{whole % 60:02d}"
    return f"{shown}:{seconds:02d}" if seconds else shown


def _date(value: Value) -> str:
    parts = []
    if value.year:
        parts.append(f"{value.year}")
    if value.month and value.day:
        parts.append(f"{value.month:02d}-{value.day:02d}")
    elif value.month:
        parts.append(f"{value.month:02d}" if value.year else f"month {value.month}")
    elif value.day:
        parts.append(f"day {value.day}")
    shown = "-".join(parts)
    extra = ", ".join(render_number(number) for number in value.numbers)
    return ", ".join(part for part in (shown, extra) if part)


def chinese_short(number: Fraction) -> str:
    """A number the way Chinese news writes it: 5,200,000,000 → 52亿, 15,000 → 1.5万, 8,854 → 8854.

    Digits before 万 or 亿 take at most two decimals; a number that does not come out so is written in digits.
    """
    if number < 0:
        return "-" + chinese_short(-number)
    for scale, size in (("万亿", 10**12), ("亿", 10**8), ("万", 10**4)):
        if number >= size:
            shown = number / size
            if (shown * 100).denominator == 1:
                return _plain(shown) + scale
    return _plain(number)


def chinese_scaled(number: Fraction, scale: str) -> str:
    """The number in digits before the given scale: (520000000, 亿) → 5.2亿; "" where it takes over four decimals."""
    size = 1
    for char in scale:
        size *= {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}.get(char, 0)
    if not size or (number / size * 10**4).denominator != 1:
        return ""
    return _plain(number / size) + scale


def chinese_numeral(number: Fraction) -> str:
    """The number in Chinese numerals, "" where it is not whole."""
    return write(int(number), liang=True) if number.denominator == 1 else ""


def _plain(number: Fraction) -> str:
    if number.denominator == 1:
        return str(number.numerator)
    return (_decimal(number) or f"{number.numerator}/{number.denominator}").replace(",", "")


def english_short(number: Fraction) -> str:
    """A number the way English news writes it: 5.2 billion, 1.5 million, 8,854."""
    for word, size in (("trillion", 10**12), ("billion", 10**9), ("million", 10**6)):
        if abs(number) >= size and (number / size * 100).denominator == 1:
            return f"{_plain(number / size)} {word}"
    return render_number(number)
