"""English dates, decades and times of day: "18 December 2019", "the 1880s", "3:30 p.m.", "half past three"."""

from __future__ import annotations

import re
from fractions import Fraction

from workbench.model import Span
from workbench.numerals import english_words
from workbench.numerals.values import Kind, Value, Weight

_FULL = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_MONTHS = {name.lower(): number for number, name in enumerate(_FULL, 1)}
_MONTHS.update((name[:3].lower(), number) for number, name in enumerate(_FULL, 1))
_MONTHS["sept"] = 9
_MONTH = (
    "(?:"
    + "|".join([*_FULL, *(name.upper() for name in _FULL)])
    + r"|(?:Sept|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b\.?)"
)
_ABBR = "(?:Sept|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_SHORT_MONTH = re.compile(r"(?:Sept|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\.?\Z")
# Month names that are also words or names of people: what a reader misses in a translation is not sure then.
_DOUBTFUL = {
    **dict.fromkeys(("may", "march"), Weight.SLIGHT),
    **dict.fromkeys(("april", "june", "august"), Weight.PLAIN),
}
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?!\d)"
_SUFFIX = r"(?:st|nd|rd|th)?"
_RANGE = r"\s?(?:[-–—&]|to|and)\s?"
_HOURS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_HALF = r"(?:[aApP]\.?\s?[mM](?![A-Za-z0-9])\.?)"

PATTERNS = rf"""(?P<clock>(?:(?P<from>[01]?\d|2[0-4])(?:[:.](?P<frommin>[0-5]\d))?\s?(?:[-–—]|to|until)\s?)?
        (?:(?P<hour>[01]?\d|2[0-4])(?:[:.](?P<min>[0-5]\d))?|(?P<hourword>(?i:{_HOURS}))(?=\s))\s?(?P<half>{_HALF}))
    |(?P<daytime>(?P<h>[01]?\d|2[0-4]):(?P<m>[0-5]\d)(?::(?P<s>[0-5]\d))?(?![\d:])(?:\s(?P<hpart>in\sthe\s(?:early\s)?(?:morning|afternoon|evening)|at\snight))?)
    |(?P<oclock>(?:(?P<odigit>1[0-2]|[1-9])|(?P<oword>(?i:{_HOURS}))(?=\s))\s?o['’]clock\b(?:\s(?P<opart>in\sthe\s(?:early\s)?(?:morning|afternoon|evening)|at\snight))?)
    |(?P<atday>(?:(?P<adigit>1[0-2]|[1-9])|(?P<aword>(?i:{_HOURS})))\s(?P<apart>in\sthe\s(?:early\s)?(?:morning|afternoon|evening)|at\snight)\b)
    |(?P<past>(?i:(?P<part>half|(?:a\s)?quarter)\s(?P<side>past|to|after)\s(?:(?P<pdigit>1[0-2]|[1-9])|(?P<pword>{_HOURS}))\b(?!\s?%))(?:\s(?P<ppart>in\sthe\s(?:early\s)?(?:morning|afternoon|evening)|at\snight))?)
    |(?P<minutes>(?i:(?P<mdigit>[1-5]?\d)|(?P<mword>(?:twenty[-\s])?(?:one|two|three|four|five|six|seven|eight|nine)|ten|eleven|twelve|twenty))\s(?:(?i:minutes\s)(?P<mside>past|to|after|before)|(?P<bside>past))\s(?:(?P<m12digit>1[0-2]|[1-9])|(?P<m12word>(?i:{_HOURS}))|(?P<m12noon>noon|midday|midnight))\b(?!\s?[%\d])(?:\s(?P<mpart>in\sthe\s(?:early\s)?(?:morning|afternoon|evening)|at\snight))?)
    |(?P<attime>(?i:(?P<atmin>twenty(?:-five)?)\sto\s(?P<athour>{_HOURS}))\b(?!\s(?:[a-z]+s|people|per|%)\b))
    |(?P<iso>(?P<iy>[12]\d{{3}})(?P<isep>[-/.])(?P<im>0?[1-9]|1[0-2])(?P=isep)(?P<id>{_DAY})(?![\w]))
    |(?P<slashed>(?P<sa>{_DAY})(?P<ssep>[-/.])(?P<sb>{_DAY})(?P=ssep)(?P<sy>[12]\d{{3}}|\d{{2}})(?![\w]))
    |(?P<months>(?P<ma>{_ABBR})\.?\s?(?:[-–—]|to)\s?(?P<mb>{_ABBR})\b\.?)
    |(?P<date>(?:(?P<d1>{_DAY}){_SUFFIX}(?:{_RANGE}(?P<d2>{_DAY}){_SUFFIX})?(?:\sof)?[ \u00a0-])?
        (?P<month>{_MONTH})(?![A-Za-z])
        (?:[ \u00a0](?:the[ ])?(?P<d3>{_DAY}){_SUFFIX}(?![\w:]|[.,]\d)(?:{_RANGE}(?P<d4>{_DAY}){_SUFFIX}(?![\w:.]))?)?
        (?:(?:,|[ ]of)?[ \u00a0](?P<year>[12]\d{{3}})(?![\d,-]\d|\d))?)
    |(?P<decade>['’‘]?(?:(?P<dec>[12]\d{{2}}0|[0-9]0)['’]?s(?![A-Za-z0-9])|(?P<decword>(?i:twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))\b))"""

_DECADES = {word[:-1] + "ies": number for word, number in english_words.TENS.items()}


def read_date(found: re.Match[str]) -> Value | None:
    """The value of a match of one of PATTERNS, None where it is no date or time after all."""
    return _READERS[found.lastgroup or ""](found)


def _time(
    found: re.Match[str], minutes: list[Fraction], *, open_half: bool, weight: Weight = Weight.FIRM
) -> Value:
    others: tuple[Fraction, ...] = ()
    if open_half:
        others = tuple((minute + 720) % 1440 for minute in minutes)
    return Value(
        Span(found.start(), found.end()),
        found.group(),
        Kind.TIME,
        tuple(minutes),
        weight=weight,
        others=others,
    )


def _clock(found: re.Match[str]) -> Value | None:
    hour = int(found["hour"]) if found["hour"] else english_words.ONES[found["hourword"].lower()]
    if hour > 12 and not found["min"]:
        return None
    late = found["half"][0] in "pP"
    until = Fraction(_on_half(hour, late=late) * 60 + int(found["min"] or 0))
    if not found["from"]:
        return _time(found, [until], open_half=False)
    begin = Fraction(int(found["from"]) % 24 * 60 + int(found["frommin"] or 0))
    value = _time(found, [begin, until], open_half=False)
    return Value(
        value.span, value.text, Kind.TIME, (begin if int(found["from"]) > 12 else (begin + 720 * late) % 1440, until),
        others=(begin % 1440, (begin + 720) % 1440),
    )  # fmt: skip


def _on_half(hour: int, *, late: bool) -> int:
    if hour > 12:
        return hour % 24
    return hour % 12 + (12 if late else 0)


def _daytime(found: re.Match[str]) -> Value:
    hour, minute = int(found["h"]), int(found["m"])
    seconds = Fraction(int(found["s"] or 0), 60)
    moment = hour % 24 * 60 + minute + seconds
    return _on_part(found, moment, "hpart", open_half=hour <= 12 and found["h"][0] != "0")


def _oclock(found: re.Match[str]) -> Value:
    hour = int(found["odigit"]) if found["odigit"] else english_words.ONES[found["oword"].lower()]
    return _on_part(found, Fraction(hour * 60), "opart")


def _past(found: re.Match[str]) -> Value:
    hour = int(found["pdigit"]) if found["pdigit"] else english_words.ONES[found["pword"].lower()]
    part = 30 if found["part"].lower() == "half" else 15
    sign = -1 if found["side"].lower() == "to" else 1
    return _on_part(found, Fraction((hour * 60 + sign * part) % 1440), "ppart")


def _minutes(found: re.Match[str]) -> Value:
    """ "Ten past four", "20 minutes to nine"."""
    count = int(found["mdigit"]) if found["mdigit"] else int(english_words.spelt(found["mword"]))
    hour = int(found["m12digit"] or 0) or (
        english_words.ONES[found["m12word"].lower()] if found["m12word"] else 12
    )
    before = (found["mside"] or found["bside"]).lower() in ("to", "before")
    return _on_part(found, Fraction((hour * 60 + (-count if before else count)) % 1440), "mpart")


def _attime(found: re.Match[str]) -> Value:
    """ "Twenty to five", which no range could be."""
    hour = english_words.ONES[found["athour"].lower()]
    return _time(
        found, [Fraction((hour * 60 - int(english_words.spelt(found["atmin"]))) % 1440)], open_half=True
    )


def _atday(found: re.Match[str]) -> Value:
    hour = int(found["adigit"] or 0) or english_words.ONES[found["aword"].lower()]
    return _on_part(found, Fraction(hour * 60), "apart")


def _on_part(found: re.Match[str], moment: Fraction, group: str, *, open_half: bool = True) -> Value:
    """The time with its part of the day: "half past eight in the evening"; without one either half is meant."""
    part = (found[group] or "").lower()
    if not part or moment >= 780:
        return _time(found, [moment], open_half=open_half and not part)
    late = part.endswith(("afternoon", "evening")) or (part.endswith("night") and moment >= 360)
    return _time(found, [moment % 720 + (720 if late else 0)], open_half=False)


def _dated(
    found: re.Match[str], year: int, month: int, day: int, *rest: int, weight: Weight = Weight.FIRM
) -> Value:
    return Value(
        Span(found.start(), found.end()), found.group(), Kind.DATE, tuple(Fraction(number) for number in rest),
        weight=weight, year=year, month=month, day=day,
    )  # fmt: skip


def _iso(found: re.Match[str]) -> Value:
    return _dated(found, int(found["iy"]), int(found["im"]), int(found["id"]))


def _slashed(found: re.Match[str]) -> Value:
    first, second, year = int(found["sa"]), int(found["sb"]), int(found["sy"])
    year += 0 if year > 99 else 2000 if year < 50 else 1900
    if first > 12 >= second:
        return _dated(found, year, second, first)
    if second > 12 >= first:
        return _dated(found, year, first, second)
    return _dated(found, year, 0, 0, first, second)


def _date(found: re.Match[str]) -> Value | None:
    name = found["month"]
    days = [int(found[group]) for group in ("d1", "d2", "d3", "d4") if found[group]]
    year = int(found["year"] or 0)
    if not days and not year and _SHORT_MONTH.match(name):
        if not name.endswith("."):
            return None
        return _dated(found, 0, _MONTHS[name.lower().rstrip(".")], 0, weight=Weight.SLIGHT)
    weight = Weight.FIRM if days or year else _DOUBTFUL.get(name.lower(), Weight.FIRM)
    day, *rest = days or [0]
    return _dated(found, year, _MONTHS[name.lower().rstrip(".")], day, *rest, weight=weight)


def _months(found: re.Match[str]) -> Value:
    return _dated(found, 0, _MONTHS[found["ma"].lower()], 0, _MONTHS[found["mb"].lower()])


def _decade(found: re.Match[str]) -> Value:
    word = found["decword"]
    number = int(found["dec"]) if found["dec"] else _DECADES[word.lower()]
    return Value(
        Span(found.start(), found.end()), found.group(), Kind.DECADE, (Fraction(number),),
        weight=Weight.PLAIN if word or number in (0, 2000) else Weight.FIRM,
    )  # fmt: skip


_READERS = {
    "clock": _clock,
    "daytime": _daytime,
    "oclock": _oclock,
    "past": _past,
    "atday": _atday,
    "attime": _attime,
    "minutes": _minutes,
    "iso": _iso,
    "slashed": _slashed,
    "months": _months,
    "date": _date,
    "decade": _decade,
}
