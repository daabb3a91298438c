"""When two values say the same: atoms of values, with readings, units and conversions taken into account."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from workbench.numerals.units import UNITS, convert, dimension, same_unit
from workbench.numerals.values import Kind, Value, Weight

_SUMMED = frozenset(("time", "length", "mass", "money"))
_PART = {"year": 1, "month": 2, "day": 3}
_TOLERANCE = Fraction(3, 100)
_PLAIN_KINDS = frozenset(
    (Kind.QUANTITY, Kind.ORDINAL, Kind.MULTIPLE, Kind.CENTURY, Kind.DECADE, Kind.FRACTION)
)


@dataclass(frozen=True, slots=True)
class Atom:
    """One number of a value that the other side has to answer; `part` is year, month or day in a date."""

    index: int
    value: Value
    number: Fraction
    part: str = ""

    def meets(self, other: Atom) -> bool:
        """Whether the number of one is a reading of the other."""
        return (
            self.number == other.number
            or self.number in other.value.others
            or other.number in self.value.others
        )

    @property
    def readings(self) -> frozenset[Fraction]:
        """The numbers it may stand for."""
        return frozenset((self.number, *self.value.others))


def atoms(value: Value, index: int) -> list[Atom]:
    """What a value states, one number at a time."""
    parts = [
        Atom(index, value, Fraction(number), name)
        for name, number in (("year", value.year), ("month", value.month), ("day", value.day))
        if number
    ]
    return parts + [Atom(index, value, number) for number in value.numbers]


def compounds(values: list[Value]) -> list[tuple[int, Atom]]:
    """Neighbours that make one measure together, 一小时三十分钟 or 5 feet 6 inches: the first's index and the sum."""
    sums = []
    for index, (one, two) in enumerate(pairwise(values)):
        if not one.unit or one.unit == two.unit or len(one.numbers) != 1 or len(two.numbers) != 1:
            continue
        if two.span.start - one.span.end > 5:
            continue
        if one.unit == "GBP" and two.unit == "ounce":
            one = replace(one, unit="pound mass")
        rest = convert(two.numbers[0], unit=two.unit, to=one.unit)
        if dimension(one.unit) == "money" and two.unit in ("cent", "penny"):
            rest = two.numbers[0] / 100
        if rest is not None and dimension(one.unit) in _SUMMED and 0 < rest < 1:
            total = one.numbers[0] + rest
            sums.append((index, Atom(index, replace(one, numbers=(total,), others=()), total)))
    return sums


def matches(one: Atom, two: Atom) -> bool:
    """Whether one atom answers the other."""
    if one.part and two.part:
        return one.part == two.part and _same_part(one.part, one.number, two.number)
    if one.part or two.part:
        dated, plain = (one, two) if one.part else (two, one)
        return _part_in_number(dated, plain)
    kinds = {one.value.kind, two.value.kind}
    if Kind.WEEKDAY in kinds:
        return len(kinds) == 1 and one.number == two.number
    if Kind.TIME in kinds:
        return _same_time(one, two)
    if Kind.VAGUE in kinds:
        return _same_vague(one, two)
    if Kind.CODE in kinds:
        if _unlike_letters(one.value, two.value):
            return False
        return _same_code(one.value, two.value) or (one.value.kind is not two.value.kind and one.meets(two))
    if kinds == {Kind.MULTIPLE, Kind.PERCENT}:
        multiple, percent = (one, two) if one.value.kind is Kind.MULTIPLE else (two, one)
        return percent.number in (multiple.number, multiple.number - 1)
    if Kind.PERCENT in kinds and kinds & {Kind.QUANTITY, Kind.ORDINAL} and one.number.denominator == 1:
        return False
    if kinds == {Kind.MULTIPLE, Kind.FRACTION}:
        multiple, fraction = (one, two) if one.value.kind is Kind.MULTIPLE else (two, one)
        return fraction.number in multiple.readings
    if kinds == {Kind.FRACTION, Kind.PERCENT} and _decimal_of(one, two):
        return True
    if _short_year(one, two) or _short_year(two, one):
        return True
    if kinds == {Kind.DECADE, Kind.QUANTITY}:
        decade, plain = (one, two) if one.value.kind is Kind.DECADE else (two, one)
        aged = plain.value.unit == "year" and len(plain.value.numbers) == 2 and decade.number < 100
        if aged and decade.number <= plain.number < decade.number + 10:
            return True
    if Kind.DECADE in kinds and (_same_decade(one.number, two.number) or _whole_century(one, two)):
        return True
    return _same_number(one, two)


def _unlike_letters(one: Value, two: Value) -> bool:
    """Whether gate 14B, which may be fourteen billion, meets a gate 14D."""
    shown = [re.fullmatch(r"\d+\s?([A-Za-z])", value.text) for value in (one, two)]
    return shown[0] is not None and shown[1] is not None and shown[0][1].lower() != shown[1][1].lower()


def _other_zeros(one: str, two: str) -> bool:
    """Whether lot 0047 and lot 047 differ: digits that begin with a nought are no amount."""
    numbered = one.isdigit() and two.isdigit() and len(one) > 3 and one.startswith("00")
    return numbered and len(one) != len(two)


def _short_year(short: Atom, full: Atom) -> bool:
    """Whether 88年 is the end of 1986-88."""
    ends = len(full.value.numbers) == 2 and full.value.unit in ("", "year") and 1000 <= full.number < 3000
    return ends and short.value.unit == "year" and short.number < 100 and full.number % 100 == short.number


def _decimal_of(one: Atom, two: Atom) -> bool:
    """Whether one is a third and the other 33%: a fraction without an end, to the nearest percent."""
    fraction, percent = (one, two) if one.value.kind is Kind.FRACTION else (two, one)
    endless = (10**12 * fraction.number).denominator != 1
    return endless and abs(fraction.number - percent.number) < Fraction(1, 100)


def _same_part(part: str, one: Fraction, two: Fraction) -> bool:
    if one == two:
        return True
    low, high = sorted((one, two))
    return part == "year" and low < 100 and high % 100 == low


def _part_in_number(dated: Atom, plain: Atom) -> bool:
    """2019年 answers a bare 2019, 26日 answers a bare 26 or the 26th or 26 days."""
    kind, unit = plain.value.kind, plain.value.unit
    if kind is Kind.DECADE:
        return False
    if kind not in _PLAIN_KINDS and kind not in (Kind.CODE, Kind.DATE):
        return False
    if dated.part == "year":
        fits = unit in ("", "year")
        short = dated.number % 100 in plain.readings and plain.number < 100
        return fits and (dated.number in plain.readings or short)
    if dated.part == "month":
        return unit in ("", "month") and dated.number in plain.readings
    return unit in ("", "day") and dated.number in plain.readings


def _same_time(one: Atom, two: Atom) -> bool:
    if one.value.kind is two.value.kind:
        return one.meets(two)
    time, plain = (one, two) if one.value.kind is Kind.TIME else (two, one)
    if plain.value.kind not in _PLAIN_KINDS or (plain.value.unit and dimension(plain.value.unit) != "time"):
        return False
    if plain.value.unit in ("second", "minute") and plain.number in time.readings:
        return True
    hours = (
        {moment // 60 for moment in time.readings}
        | {moment // 60 % 12 for moment in time.readings}
        | {moment // 60 or 24 for moment in time.readings}
    )
    minute = time.number % 60
    if len(plain.value.numbers) == 2:
        return plain.number in hours or plain.number == minute
    spelled = {moment // 60 * 100 + moment % 60 for moment in time.readings}
    return (minute == 0 and plain.number in hours) or plain.number in spelled


def _same_vague(one: Atom, two: Atom) -> bool:
    if one.value.unit and two.value.unit and not same_unit(one.value.unit, two.value.unit):
        return convert(one.number, unit=one.value.unit, to=two.value.unit) == two.number
    if one.meets(two):
        return True
    if one.value.kind is two.value.kind:
        return False
    vague, plain = (one, two) if one.value.kind is Kind.VAGUE else (two, one)
    if vague.number == 1 and bool(vague.value.unit) != bool(plain.value.unit):
        return False
    least = 1 if vague.value.text[:1] in ("上", "近") else 2
    return any(least * size <= plain.number <= 10 * size for size in vague.readings)


def _same_code(one: Value, two: Value) -> bool:
    return bool(one.code) and one.code == two.code


def _same_decade(one: Fraction, two: Fraction) -> bool:
    low, high = sorted((one, two))
    return low == high or (low < 100 and high % 100 == low)


def _whole_century(one: Atom, two: Atom) -> bool:
    """The 1800s are the 19th century."""
    low, high = sorted((one.number, two.number))
    return {one.value.kind, two.value.kind} == {Kind.DECADE, Kind.CENTURY} and high == (low - 1) * 100


def _same_number(one: Atom, two: Atom) -> bool:
    units = one.value.unit, two.value.unit
    if units[0] and units[1] and not same_unit(*units):
        return _converted(one, two)
    if Kind.FRACTION in (one.value.kind, two.value.kind) and one.number != two.number and any(units):
        return False
    if one.meets(two):
        return not _other_zeros(one.value.text, two.value.text)
    return _rounded(one, two) or _rounded(two, one) or _negated(one, two, units)


_INEXACT = frozenset("多余餘几幾来來")


def _rounded(rough: Atom, exact: Atom) -> bool:
    """Whether 200多 may stand for 215."""
    if (
        not rough.value.approximate
        or not set(rough.value.text) & _INEXACT
        or exact.value.kind is not Kind.QUANTITY
    ):
        return False
    return rough.number < exact.number < rough.number + _step(rough.number)


def _negated(one: Atom, two: Atom, units: tuple[str, str]) -> bool:
    """Whether the sign may stand in another word (下降5% for -5%); for temperatures it may not."""
    if one.number == -two.number:
        return not {dimension(unit) for unit in units} & {"temperature", "degree"}
    return False


def _step(number: Fraction) -> int:
    """The place of a round number's last figure: 200多 may be anything up to 300."""
    step, whole = 1, int(number)
    while whole and whole % 10 == 0 and step < 10**15:
        whole, step = whole // 10, step * 10
    return step


def _converted(one: Atom, two: Atom) -> bool:
    """10 miles and 16公里, 18 months and 一年半: the same within three in a hundred."""
    units = [atom.value.unit for atom in (one, two)]
    if "GBP" in units and "mass" in {dimension(unit) for unit in units}:
        units = ["pound mass" if unit == "GBP" else unit for unit in units]
    number = convert(one.number, unit=units[0], to=units[1])
    if number is None:
        return False
    tolerance = _tolerance(units[0], units[1]) * max(abs(number), abs(two.number))
    if "celsius" in units:
        # A rise of 9°F is one of 5℃; readings are rounded to whole degrees.
        change = one.number * UNITS[units[0]].size / UNITS[units[1]].size
        if abs(change - two.number) <= _TOLERANCE * abs(change):
            return True
        tolerance = max(tolerance, Fraction(3, 5) if units[1] == "celsius" else Fraction(11, 10))
    if tolerance == 0 and (one.value.approximate or two.value.approximate):
        tolerance = _TOLERANCE * abs(number)
    return abs(number - two.number) <= tolerance


_CLOCK = frozenset(("second", "minute", "quarter hour", "hour", "day", "week", "fortnight"))
_CALENDAR = frozenset(("month", "quarter", "year", "decade", "century"))


def _tolerance(one: str, two: str) -> Fraction:
    """How far a conversion may be off: sixty minutes are one hour exactly, four weeks are a month to the tenth."""
    pair = {one, two}
    if pair <= _CLOCK or pair <= _CALENDAR:
        return Fraction(0)
    return Fraction(9, 100) if pair & {"week", "fortnight"} else _TOLERANCE


def unit_conflict(one: Value, two: Value) -> bool:
    """Whether two values state the same number of different things: 24 hours and 24分钟, $3 and 3欧元."""
    if not one.unit or not two.unit or same_unit(one.unit, two.unit):
        return False
    if not dimension(one.unit) or not dimension(two.unit) or not set(one.numbers) & set(two.numbers):
        return False
    vague = one.kind is Kind.VAGUE and two.kind is Kind.VAGUE
    if min(one.weight, two.weight) is Weight.SLIGHT and not vague:
        return one.numbers == two.numbers and dimension(one.unit) == dimension(two.unit) == "time"
    return not any(matches(a, b) for a in atoms(one, 0) for b in atoms(two, 0))
