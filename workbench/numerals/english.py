"""The English reader: every value that an English text states, with the span that states it."""

from __future__ import annotations

import re
from fractions import Fraction

from workbench.numerals import english_words
from workbench.numerals.english_dates import PATTERNS as DATES
from workbench.numerals.english_dates import read_date
from workbench.numerals.english_numbers import and_part, read_number
from workbench.numerals.english_patterns import AND_HALF, MORE, NUMBER
from workbench.numerals.units import dimension, english_unit
from workbench.numerals.values import Kind, Value, Weight, code_of, value_at

_VAGUE = "tens|dozens|scores|hundreds|thousands|millions|billions|trillions|lakhs|crores"
_FEW = "few|several|couple(?:[ ]of)?"
_VAGUE_SIZE = {"tens": 10, "dozens": 10, "scores": 10, "hundreds": 100, "lakhs": 10**5, "crores": 10**7}
_SCALES = "hundred|thousand|million|billion|trillion|dozen|lakh|crore"
_TIME_WORDS = "second|minute|hour|day|week|month|year|decade"
_MULTIPLES = {
    "doubl": 2, "doubly": 2, "double": 2, "twofold": 2, "twice": 2, "tripl": 3, "triple": 3, "trebl": 3, "treble": 3,
    "thrice": 3, "quadrupl": 4, "quadruple": 4, "quintupl": 5, "quintuple": 5,
}  # fmt: skip

_SAYINGS = (
    "cloud nine|seventh heaven|eleventh hour|forty winks|sixes and sevens|third wheel|thanks a million|catch-22"
    "|six of one,? (?:and )?half a dozen of the other|whole nine yards|five o['’]clock shadow"
    "|dressed to the nines|four-letter words?|a thousand times no|two heads are better than one"
).replace(" ", "[ ]")

_TOKEN = re.compile(
    rf"""(?<![A-Za-z0-9_])(?:
    (?P<skip>https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.]+|(?:24/7|50[-/]50|\$64,?000[ ](?i:question))(?![\w]))
    |(?=[A-Za-z])(?:(?P<saying>(?=[fcsetFCSETw])(?i:fifty-fifty|{_SAYINGS})(?![\w]))
    |(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b)
    |(?P<war>World[ ]War[ ](?:I{{1,2}}|One|Two|[12])\b|WW(?:I{{1,2}}|[12])\b)
    |(?P<offer>(?i:buy[ ](?P<bought>[a-z]+|\d{{1,2}}),?[ ](?:and[ ])?get[ ](?P<given>[a-z]+|\d{{1,2}}))(?![\w%])))
    |(?P<shortyear>['’‘]\d\d(?![\w'’]|[.,]\d))
    |{DATES}
    |(?P<chain>\d+(?:\.\d+){{2,}}|\d+(?:-\d+){{2,}})(?![\w])
    |(?P<score>\d{{1,4}}(?:\.\d{{1,2}})?\s?(?:[x×X&]|\bby\b)\s?\d{{1,4}}(?:\.\d{{1,2}})?(?![0-9]|\.\d)|\d{{1,2}}:\d{{1,2}}(?![:\d]))
    |(?P<vague>(?i:(?:ten|(?:an?\s)?hundred)[ ](?:thousands|millions|billions)\b(?![ ]of[ ](?:{_VAGUE}))
        |(?:{_VAGUE})\b(?:[ ]of[ ](?:{_VAGUE})\b)*
        |(?:a[ ])?(?:{_FEW})(?:[ -](?:{_SCALES})s?\b|[ ](?={_TIME_WORDS}))))
    |{NUMBER}
    |(?P<code>[A-Za-z]+-?\d[A-Za-z0-9]*(?:[-./]\d+)*)
    |(?P<multiple>(?i:(?:half\sas\s)?doubl(?:e|es|ed|ing|y)|tripl(?:e|es|ed|ing)|trebl(?:e|es|ed|ing)|quadrupl(?:e|es|ed|ing)|quintupl(?:e|es|ed|ing)|twice|thrice|halv(?:ed|es|ing)|[a-z]+-?fold)\b)
    |(?P<article>(?i:an?)[ ](?P<aunit>(?i:minute|hour|day|week|month|year)\b))
    |(?P<hint>(?i:both|pairs?|couple|twins?|duo|trio|once|runner-up|decades?|century|centuries|fortnight|single
        |(?<=[Aa][ ])gross(?=[ ]of[ ])|noon|midday|midnight)\b)
    |(?P<roman>(?:I{{2,3}}|I?V|VI{{1,3}}|IX|XI{{0,3}}|XI?V|XVI{{1,3}}|XI?X)(?![\w'’.-]))
    )""",
    re.VERBOSE,
)
# The words that any of the expressions above begins with, in lower case; only where one of them, a digit or a
# symbol stands is the long pattern tried.
_OPENING = """
http https www a an half minus negative tens dozens scores hundreds thousands millions billions trillions
lakhs crores few several couple double doubles doubled doubling doubly triple triples tripled tripling
treble trebles trebled trebling quadruple quadruples quadrupled quadrupling quintuple quintuples quintupled
quintupling twice thrice halved halves halving both pair pairs twin twins duo trio once runner decade
decades century centuries fortnight single noon midday midnight quarter quarters fourty fifty twenties
thirties forties fifties sixties seventies eighties nineties jan feb mar apr may jun jul aug sep sept oct
nov dec monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays
fridays saturdays sundays world ww wwi wwii buy gross cloud seventh sixes thanks catch
whole dressed january february march april june july august september october november december us usd u hk hkd au
aud c ca cad can nz nzd s sgd nt twd eur gbp jp jpy cn cny rmb rs inr krw rub chf n r
"""
_STARTERS = frozenset(_OPENING.split()).union(
    english_words.ONES, english_words.TENS, english_words.SCALES, english_words.ORDINALS, ("hundred", "dozen")
)
_CANDIDATE = re.compile(r"(?<![A-Za-z0-9_])(?:([A-Za-z]+)(?=(.?))|[0-9$€£¥₹₩₽₿.'’‘½¼¾⅓⅔−-])", re.DOTALL)


def _next(text: str, position: int) -> re.Match[str] | None:
    """The first expression from `position` on, what `_TOKEN.search` finds, only sooner."""
    if "@" in text:
        return _TOKEN.search(text, position)
    for candidate in _CANDIDATE.finditer(text, position):
        word = candidate[1]
        if word is not None and not _begins(word, candidate[2]):
            continue
        found = _TOKEN.match(text, candidate.start())
        if found:
            return found
    return None


def _begins(word: str, following: str) -> bool:
    lower = word.lower()
    return (
        lower in _STARTERS
        or following in _DIGITS_AND_MARKS
        or lower.endswith(("fold", "ths", "rds"))
        or word.strip("IVX") == ""
    )


_DIGITS_AND_MARKS = frozenset("0123456789-$¥")


def find_values(text: str) -> list[Value]:
    """The values of an English text, in order, without overlaps."""
    values: list[Value] = []
    position = 0
    while True:
        found = _next(text, position)
        if not found:
            return values
        name = found.lastgroup or ""
        if name in ("skip", "saying"):
            value = None
        elif name == "number":
            value = read_number(text, found)
        else:
            value = _READERS[name](text, found) if name in _READERS else read_date(found)
        if value is None:
            position = max(_resume(found, name), found.start() + 1)
        else:
            values.append(value)
            position = max(value.span.end, found.start() + 1)


def _resume(found: re.Match[str], name: str) -> int:
    """Where to read on behind a match that was no value: inside "mid-2019" behind the hyphen."""
    if name == "code":
        return found.start() + found.group().index("-") + 1
    return found.end() if name in ("skip", "saying") else found.start() + 1


def _chain(text: str, found: re.Match[str]) -> Value:
    numbers = tuple(int(part) for part in re.findall(r"\d+", found.group()))
    return value_at(
        text, found.start(), found.end(), Kind.CODE, numbers, code=re.sub(r"\D", "", found.group())
    )


_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _weekday(text: str, found: re.Match[str]) -> Value:
    number = _WEEKDAYS.index(found.group()[:3].lower()) + 1
    return value_at(text, found.start(), found.end(), Kind.WEEKDAY, (number,), weight=Weight.PLAIN)


def _war(text: str, found: re.Match[str]) -> Value:
    number = 2 if found.group().endswith(("II", "Two", "2")) else 1
    return value_at(text, found.start(), found.end(), Kind.ORDINAL, (number,), weight=Weight.PLAIN)


def _offer(text: str, found: re.Match[str]) -> Value | None:
    """ "Buy three, get one": how many are bought and how many given."""
    numbers = [
        Fraction(int(word)) if word.isdigit() else Fraction(english_words.ONES.get(word.lower(), 0))
        for word in (found["bought"], found["given"])
    ]
    if not all(numbers):
        return None
    return value_at(
        text, found.start(), found.end(), Kind.QUANTITY, (numbers[0], numbers[1]), weight=Weight.PLAIN
    )


def _short_year(text: str, found: re.Match[str]) -> Value | None:
    """ "Class of '24"; a quotation may begin with a number too: '24 hours later'."""
    if english_unit(text, found.end()) or text[: found.start()].endswith(("(", "“", '"')):
        return None
    number = int(found.group()[1:])
    return value_at(
        text, found.start(), found.end(), Kind.QUANTITY, (number,), others=(1900 + number, 2000 + number)
    )


def _score(text: str, found: re.Match[str]) -> Value | None:
    numbers = tuple(Fraction(part) for part in re.findall(r"\d+(?:\.\d+)?", found.group()))
    named = english_unit(text, found.end())
    if named is None and text[found.end() : found.end() + 1].isalnum():
        return None
    unit, end = named or ("", found.end())
    return value_at(text, found.start(), end, Kind.QUANTITY, numbers, unit=unit)


def _code(text: str, found: re.Match[str]) -> Value | None:
    letters = re.match(r"[A-Za-z]+-", found.group())
    if letters and letters.group().islower():
        return None
    numbers = tuple(int(part) for part in re.findall(r"\d+", found.group()))
    code = code_of(found.group())
    return value_at(text, found.start(), found.end(), Kind.CODE, numbers, weight=Weight.SLIGHT, code=code)


def _vague(text: str, found: re.Match[str]) -> Value | None:
    words = re.findall(r"[a-z]+", found.group().lower())
    size = Fraction(1)
    for word in words:
        size *= (
            _VAGUE_SIZE.get(word)
            or english_words.SCALES.get(word.rstrip("s"))
            or _VAGUE_SIZE.get(word + "s")
            or 1
        )
    others: tuple[Fraction, ...] = (2 * size,) if "couple" in words else ()
    if "dozens" in words or "dozen" in words:
        others = (*others, 12 * size / 10)
    end, unit = found.end(), ""
    named = english_unit(text, end + 3 * text.startswith(" of ", end))
    if named:
        unit, end = named
    elif size == 1:
        return None
    weight = Weight.SLIGHT if size == 1 else Weight.FIRM
    return value_at(
        text,
        found.start(),
        end,
        Kind.VAGUE,
        (size,),
        unit=unit,
        weight=weight,
        others=others,
        approximate=True,
    )


def _multiple(text: str, found: re.Match[str]) -> Value | None:
    word = found.group().lower()
    if word.startswith("halv"):
        return value_at(
            text, found.start(), found.end(), Kind.FRACTION, (Fraction(1, 2),), weight=Weight.PLAIN
        )
    if word.endswith("fold"):
        count = english_words.read(word[:-4].rstrip("-"))
        if count is None or count.length != len(word[:-4].rstrip("-")):
            return None
        number, others = count.number, _growth_readings(text, found.end(), count.number)
        return value_at(text, found.start(), others[1], Kind.MULTIPLE, (number,), others=others[0])
    number = Fraction(next(n for stem, n in _MULTIPLES.items() if word.startswith(stem)))
    weight = Weight.PLAIN if word.endswith(("ed", "ing")) else Weight.SLIGHT
    return value_at(text, found.start(), found.end(), Kind.MULTIPLE, (number,), weight=weight)


def _growth_readings(text: str, end: int, number: Fraction) -> tuple[tuple[Fraction, ...], int]:
    """ "Five times more" and "a fivefold increase" are read as × 5 and as × 6."""
    more = MORE.match(text, end)
    return ((number + 1,), more.end()) if more else ((), end)


_LAST = re.compile(r"(?i)\b(?:past|last|next|previous|another|a)\s\Z")
_HINTS: dict[str, tuple[Kind, int, str]] = {
    "both": (Kind.QUANTITY, 2, ""),
    "pair": (Kind.QUANTITY, 2, ""),
    "couple": (Kind.QUANTITY, 2, ""),
    "twin": (Kind.QUANTITY, 2, ""),
    "duo": (Kind.QUANTITY, 2, ""),
    "trio": (Kind.QUANTITY, 3, ""),
    "once": (Kind.QUANTITY, 1, ""),
    "single": (Kind.QUANTITY, 1, ""),
    "gross": (Kind.QUANTITY, 144, ""),
    "runner-up": (Kind.ORDINAL, 2, ""),
    "decade": (Kind.QUANTITY, 1, "decade"),
    "century": (Kind.QUANTITY, 1, "century"),
    "fortnight": (Kind.QUANTITY, 1, "fortnight"),
    "noon": (Kind.TIME, 720, ""),
    "midday": (Kind.TIME, 720, ""),
    "midnight": (Kind.TIME, 0, ""),
}


def _hint(text: str, found: re.Match[str]) -> Value:
    word = found.group().lower()
    if word in ("decades", "centuries"):
        size = 10 if word == "decades" else 100
        return value_at(
            text,
            found.start(),
            found.end(),
            Kind.VAGUE,
            (size,),
            unit="year",
            weight=Weight.SLIGHT,
            approximate=True,
        )
    kind, number, unit = _HINTS.get(word) or _HINTS[word.rstrip("s")]
    others = (1440,) if word == "midnight" else ()
    plain = word in ("fortnight", "gross") or (
        unit and _LAST.search(text, max(0, found.start() - 12), found.start())
    )
    return value_at(
        text,
        found.start(),
        found.end(),
        kind,
        (number,),
        unit=unit,
        weight=Weight.PLAIN if plain else Weight.SLIGHT,
        others=others,
    )


def _article(text: str, found: re.Match[str]) -> Value | None:
    named = english_unit(text, found.start("aunit") - 1)
    if not named or dimension(named[0]) != "time":
        return None
    half = AND_HALF.match(text, named[1])
    number = Fraction(1)
    if half:
        number += and_part(half)
    weight = Weight.PLAIN if half else Weight.SLIGHT
    end = half.end() if half else named[1]
    return value_at(text, found.start(), end, Kind.QUANTITY, (number,), unit=named[0], weight=weight)


_ROMAN = {"I": 1, "V": 5, "X": 10}


def _roman(text: str, found: re.Match[str]) -> Value:
    digits = [_ROMAN[letter] for letter in found.group()]
    number = sum(
        -digit if index + 1 < len(digits) and digit < digits[index + 1] else digit
        for index, digit in enumerate(digits)
    )
    weight = Weight.PLAIN if len(digits) > 1 else Weight.SLIGHT
    return value_at(text, found.start(), found.end(), Kind.ORDINAL, (number,), weight=weight)


_READERS = {
    "weekday": _weekday,
    "war": _war,
    "offer": _offer,
    "shortyear": _short_year,
    "chain": _chain,
    "score": _score,
    "code": _code,
    "vague": _vague,
    "multiple": _multiple,
    "hint": _hint,
    "article": _article,
    "roman": _roman,
}
