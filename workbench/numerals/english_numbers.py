"""English numerals with what stands around them: sign, currency, magnitude, percent, range, unit, ordinal, fraction."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from workbench.numerals import english_words
from workbench.numerals.english_patterns import (
    AND_HALF,
    BELOW,
    CENTURY,
    GLYPHS,
    INCHES,
    JOINT,
    LESS,
    LETTERS,
    LINE,
    MAGNITUDE,
    MIXED,
    MORE,
    MORE_OR_LESS,
    OF_PERCENT,
    OF_SCALE,
    OF_UNIT,
    OUT_OF,
    PERCENT,
    PLACE,
    PLACED,
    ROUND,
    SCORE,
    SECOND,
    SIZES,
    SUFFIX,
    TIMES,
)
from workbench.numerals.units import currency_of, dimension, english_unit
from workbench.numerals.values import Kind, Value, Weight, code_of, value_at


@dataclass(slots=True)
class _Core:
    """A numeral without what stands around it; `raw` is the number before a magnitude."""

    number: Fraction
    raw: Fraction
    end: int
    form: str
    others: tuple[Fraction, ...] = ()
    approximate: bool = False
    round: bool = False

    @property
    def scaled(self) -> bool:
        return self.raw != self.number


def and_part(found: re.Match[str]) -> Fraction:
    """The part that a match of AND_HALF adds."""
    words = found[1].lower()
    return Fraction(1, 2) if words.endswith("half") else Fraction(3 if words.startswith("three") else 1, 4)


def read_number(text: str, found: re.Match[str]) -> Value | None:
    """The value that a match of NUMBER begins, None where it is none ("a quarter" of nothing)."""
    currency = currency_of(found["money"]) if found["money"] else ""
    core = _core(text, found, currency)
    if core is None:
        return None
    sign = -1 if found["below"] or found["minus"] else 1
    start = found.start()
    if core.form in ("digits", "ordinal") and not currency:
        special = _ordinal(text, start, core) or _code(text, start, core)
        if special:
            return special
    if core.form in ("digits", "words") and sign > 0:
        ranged = _range(text, start, core, currency)
        if ranged:
            return ranged
        if not currency:
            parted = (None if core.scaled else _out_of(text, start, core)) or _times(text, start, core)
            if parted:
                return parted
    return _quantity(text, start, core, currency, sign)


def _core(text: str, found: re.Match[str], currency: str) -> _Core | None:
    if found["words"] is not None:
        return _word_core(text, found.start("words"), found["words"])
    if found["glyph"] is not None:
        number = GLYPHS[found["glyph"]]
        return _Core(number, number, found.end(), "fraction")
    shown = found["digits"] or "0" + found["point"]
    end = found.end()
    number = _digits(shown)
    if found["digits"] and number.denominator == 1 and not currency:
        line = LINE.match(text, end)
        if line and 0 < number < int(line[1]):
            below = int(line[1])
            joined = Fraction(int(f"{number}{below}"))
            return _Core(
                number / below, number / below, line.end(), "fraction", (number, Fraction(below), joined)
            )
    mixed = MIXED.match(text, end)
    if mixed and (mixed[3] or 0 < int(mixed[1]) < int(mixed[2])):
        number += GLYPHS[mixed[3]] if mixed[3] else Fraction(int(mixed[1]), int(mixed[2]))
        end = mixed.end()
    half = AND_HALF.match(text, end)
    if half:
        number += and_part(half)
        end = half.end()
    return _magnitude(text, _Core(number, number, end, "digits"), currency)


def _digits(shown: str) -> Fraction:
    return Fraction(re.sub(r"[,\s]", "", shown))


def _word_core(text: str, start: int, words: str) -> _Core | None:
    read = english_words.read(words)
    if read is None:
        return None
    end = start + read.length
    form = {"cardinal": "words"}.get(read.form, read.form)
    if (
        read.form == "fraction"
        and re.match(r"(?i)(?:an?[\s-])?quarters?\b", words)
        and not re.match(r"\s+of\b", text[end:])
    ):
        form = "quarter"
    of_scale = OF_SCALE.match(text, end) if form in ("fraction", "quarter") else None
    if of_scale:
        size = SIZES[of_scale[1].lower()]
        return _Core(read.number * size, read.number, of_scale.end(), "words")
    score = SCORE.match(text, end) if form == "words" and read.number <= 10 else None
    if score:
        number = 20 * read.number + {"ten": 10, "seven": 7}.get((score[1] or "").lower(), 0)
        return _Core(number, number, score.end(), form)
    raw = read.number
    scale = re.search(r"(?i)[\s-](thousand|million|billion|trillion|lakh|crore)\Z", words[: read.length])
    if scale:
        raw = read.number / SIZES[scale[1].lower()]
    dozen = words[: read.length].lower().endswith("dozen")
    idle = bool(ROUND.fullmatch(words[: read.length]))
    return _Core(read.number, raw, end, form, read.others, approximate=dozen, round=idle)


def _magnitude(text: str, core: _Core, currency: str) -> _Core:
    """The core with the words that scale it: 5.2 billion, 450m, 3 hundred thousand."""
    others: tuple[Fraction, ...] = ()
    end = core.end
    for _ in range(2):
        found = MAGNITUDE.match(text, end)
        if not found:
            break
        word = (found[1] or found[2] or found[3]).lower()
        if found[3] and not currency:
            others = (core.number,)
        elif found[2] == "mil" and not currency and found.group()[0].isspace():
            break
        core.number *= SIZES[word]
        end = found.end()
        if not found[1]:
            break
    core.end, core.others = end, others
    return core


def _ordinal(text: str, start: int, core: _Core) -> Value | None:
    """ "14th", "second", "19th century", "49th minute"."""
    end, weight = core.end, Weight.FIRM
    if core.form == "digits":
        suffix = SUFFIX.match(text, end)
        if not suffix:
            return None
        end = suffix.end()
        weight = Weight.PLAIN if core.number <= 3 else weight
    elif core.number <= 3:
        placed = PLACED.search(text, max(0, start - 16), start) or PLACE.match(text, end)
        weight = Weight.PLAIN if placed else Weight.SLIGHT
    elif core.number <= 12:
        weight = Weight.PLAIN
    century = CENTURY.match(text, end)
    if century:
        return value_at(text, start, century.end(), Kind.CENTURY, (core.number,))
    named = english_unit(text, end)
    unit = ""
    if named and dimension(named[0]) == "time":
        unit, end = named
    return value_at(
        text, start, end, Kind.ORDINAL, (core.number,), unit=unit, weight=weight, others=core.others
    )


def _code(text: str, start: int, core: _Core) -> Value | None:
    """ "5G", "1080p": digits with letters that are no unit, magnitude or multiple."""
    letters = LETTERS.match(text, core.end)
    if (
        core.form != "digits"
        or not letters
        or core.scaled
        or TIMES.match(text, core.end)
        or PERCENT.match(text, core.end)
    ):
        return None
    named = english_unit(text, core.end)
    if named and named[1] >= letters.end():
        return None
    shown = text[start : letters.end()]
    return value_at(
        text, start, letters.end(), Kind.CODE, (core.number,), weight=Weight.SLIGHT, code=code_of(shown)
    )


def _range(text: str, start: int, core: _Core, currency: str) -> Value | None:
    """ "10-15 minutes", "$5 to $10 million", "3-2": two numbers that share what stands behind the second."""
    joint = JOINT.match(text, core.end)
    if not joint:
        return None
    second = SECOND.match(text, joint.end())
    if not second:
        return None
    word = joint.group().strip()
    other_currency = currency_of(second["money"]) if second["money"] else ""
    if second["words"]:
        other = _word_core(text, second.start("words"), second["words"])
        if other is None or other.form != "words":
            return None
    else:
        number = _digits(second["digits"])
        other = _magnitude(text, _Core(number, number, second.end(), "digits"), currency or other_currency)
    tail = text[other.end : other.end + 1]
    if (
        core.form != other.form
        or SUFFIX.match(text, other.end)
        or (tail.isalpha() and not english_unit(text, other.end))
    ):
        return None
    if not word.isalpha() and core.form == "words" and word != "–":
        return None
    shares = other.scaled or bool(PERCENT.match(text, other.end)) or bool(english_unit(text, other.end))
    if word in ("and", "or") and (not shares or core.scaled or core.raw >= other.raw or core.raw == 1):
        return None
    numbers, others = [core.number, other.number], list(core.others)
    if other.scaled and not core.scaled and core.raw <= other.raw:
        numbers[0] = core.raw * other.number / other.raw
        others.append(core.raw)
    elif (
        core.raw >= 1000
        and other.number < 100
        and len(second["digits"] or "") == 2
        and not other.scaled
        and (other.number >= 10 or core.raw % 100 < other.number)
    ):
        if other.number < 10:
            others.append(other.number)  # 2008-09 may be a month
        numbers[1] = core.raw - core.raw % 100 + other.number
    if word in ("and", "or"):
        others.append(core.raw)
    others += other.others
    merged = _Core(numbers[0], core.raw, other.end, core.form, tuple(others))
    return _quantity(text, start, merged, currency or other_currency, 1, upper=numbers[1])


def _out_of(text: str, start: int, core: _Core) -> Value | None:
    """ "One in five", "nine out of 10"."""
    found = OUT_OF.match(text, core.end)
    if not found or core.number.denominator != 1 or core.number <= 0:
        return None
    if found[1][0].isdigit():
        below, end = _digits(found[1]), found.end(1)
    else:
        words = english_words.read(found[1])
        if words is None or words.form != "cardinal" or words.length != len(found[1]):
            return None
        below, end = words.number, found.end(1)
    if not core.number < below <= 10**7 or below.denominator != 1:
        return None
    if english_unit(text, end) or MAGNITUDE.match(text, end) or PERCENT.match(text, end):
        return None
    return value_at(
        text,
        start,
        end,
        Kind.FRACTION,
        (core.number / below,),
        weight=_weight(core, ""),
        others=(core.number, below),
    )


def _times(text: str, start: int, core: _Core) -> Value | None:
    times = TIMES.match(text, core.end)
    if not times:
        return None
    more = MORE.match(text, times.end())
    if core.scaled and not more:
        return None  # 16 billion times is how often
    less = None if more else LESS.match(text, times.end())
    end = more.end() if more else less.end() if less else times.end()
    by = text[max(0, start - 3) : start].lower() == "by "
    others = (core.number + 1,) if more or by else (1 / core.number,) if less and core.number else ()
    start -= 3 * by
    return value_at(text, start, end, Kind.MULTIPLE, (core.number,), weight=_weight(core, ""), others=others)


def _quantity(
    text: str, start: int, core: _Core, currency: str, sign: int, *, upper: Fraction | None = None
) -> Value | None:
    """A number with its percent sign, unit and sign."""
    end, unit, kind = core.end, currency, Kind.QUANTITY
    numbers = [sign * core.number] + ([] if upper is None else [upper])
    percent = PERCENT.match(text, end)
    if percent and not currency:
        part = 1000 if percent[1] and percent[1].lower()[:5] in ("‰", "per m", "permi") else 100
        part = 10000 if (percent[2] or "").lower() == "basis" else part
        others = tuple(number / part for number in core.others)
        return value_at(
            text,
            start,
            percent.end(),
            Kind.PERCENT,
            tuple(number / part for number in numbers),
            others=others,
        )
    if core.form in ("fraction", "quarter"):
        kind = Kind.FRACTION
        of_percent = OF_PERCENT.match(text, end)
        if of_percent:
            return value_at(text, start, of_percent.end(), Kind.PERCENT, (core.number / 100,))
        of_unit = OF_UNIT.match(text, end)
        named = english_unit(text, of_unit.end() if of_unit else end)
        if named and dimension(named[0]) == "time":
            return value_at(
                text, start, named[1], Kind.QUANTITY, (core.number,), unit=named[0], weight=Weight.PLAIN
            )
    else:
        named = english_unit(text, end)
        if named and (not currency or dimension(named[0]) == "money"):
            unit, end = (currency if currency and named[0] == "dollar" else named[0]), named[1]
            half = AND_HALF.match(text, end)
            inches = INCHES.match(text, end) if unit == "foot" and upper is None else None
            if half and upper is None:
                numbers[0] += and_part(half)
                end = half.end()
            elif inches:
                numbers[0] += Fraction(int(inches[1] or inches[2]), 12)
                end = inches.end()
    if not unit and upper is None and not core.scaled and core.form == "digits":
        core.others = (*core.others, *_parts(text[start : core.end]))
    points = _POINTS.match(text, end) if not unit and upper is None else None
    if points and core.form == "digits":
        end = points.end()
        core.others = (*core.others, core.number / 100)
    below = BELOW.match(text, end)
    if below and upper is None:
        numbers[0], end = -abs(numbers[0]), below.end()
        unit = unit or "degree"
    about = MORE_OR_LESS.match(text, end)
    return value_at(
        text, start, about.end() if about else end, kind, tuple(numbers), unit=unit, weight=_weight(core, unit),
        others=core.others, approximate=bool(about) or core.approximate,
    )  # fmt: skip


_POINTS = re.compile(r"[\s-]points?\b(?!\s(?:in|for|per)\b)")


def _parts(shown: str) -> tuple[Fraction, ...]:
    """18.12 may be a day and a month, 2.10 a season and an episode."""
    found = re.fullmatch(r"(\d{1,2})\.(\d{1,2})", shown)
    parts = (Fraction(int(found[1])), Fraction(int(found[2]))) if found else ()
    return parts if all(part > 1 for part in parts) else ()


def _weight(core: _Core, unit: str) -> Weight:
    """How firm a numeral is: words for small numbers and halves are often put in another way."""
    if core.form == "digits":
        return Weight.FIRM
    if core.form == "quarter" or core.approximate:
        return Weight.PLAIN
    if core.form == "fraction":
        return Weight.SLIGHT if core.number == Fraction(1, 2) or core.others else Weight.FIRM
    if core.number <= 1:
        return Weight.SLIGHT
    idle = core.round and not unit
    return Weight.PLAIN if core.number <= 12 or idle else Weight.FIRM
