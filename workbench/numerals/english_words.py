"""English number words: "two hundred and five thousand", "half a million", "three quarters", "twenty-first"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

ONES = dict(
    zip(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        range(20),
        strict=True,
    )
)
TENS = dict(
    zip(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
        range(20, 100, 10),
        strict=True,
    )
)
SCALES = {
    "thousand": 10**3,
    "lakh": 10**5,
    "million": 10**6,
    "crore": 10**7,
    "billion": 10**9,
    "trillion": 10**12,
    "quadrillion": 10**15,
}
ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "eleventh": 11,
    "twelfth": 12,
    "hundredth": 100,
    "thousandth": 1000,
    "millionth": 10**6,
    "billionth": 10**9,
}
ORDINALS.update((word + "th", number) for word, number in ONES.items() if 13 <= number <= 19)
ORDINALS.update((word[:-1] + "ieth", number) for word, number in TENS.items())
_PLURAL_PARTS = {word + "s": number for word, number in ORDINALS.items() if number > 2}
_PARTS = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4}

_CARDINAL = "|".join(sorted([*ONES, *TENS, *SCALES, "hundred", "dozen", "fourty"], key=len, reverse=True))
_ORDINAL = "|".join(sorted([*ORDINALS, *_PLURAL_PARTS], key=len, reverse=True))
_WORD = rf"(?:{_CARDINAL}|{_ORDINAL}|half|halves|quarters?)"
_GAP = r"(?:\s+and\s+a\s+|\s+and\s+|[\s\u00a0]?[-‑][\s\u00a0]?|\s+)"
# "a" counts only before a word that is a number by itself then: a hundred, a dozen, a third, a quarter.
PATTERN = (
    rf"(?i:(?:an?[\s-]+(?=(?:hundred|thousand|million|billion|trillion|lakh|crore|dozen|half|quarter|{_ORDINAL})\b))?"
    rf"(?:half[\s-]+an?[\s-]+(?=(?:hundred|thousand|million|billion|trillion|dozen|lakh|crore)\b)|half[\s-]+(?=(?:dozen|million|billion|trillion)\b))?"
    rf"\b{_WORD}(?:{_GAP}{_WORD})*(?![A-Za-z0-9]))"
)
_TOKEN = re.compile(rf"(?i)\band\s+a\b|\band\b|\ban?\b|\b(?:{_WORD})\b")
_SMALL = {**ONES, **TENS, "fourty": 40}


@dataclass(frozen=True, slots=True)
class Words:
    """A number said in words: its value, whether it is an ordinal or a fraction, and how many characters it took."""

    number: Fraction
    length: int
    form: str
    others: tuple[Fraction, ...] = ()


@dataclass(slots=True)
class _State:
    total: Fraction = Fraction(0)
    current: Fraction | None = None
    scale: Fraction = Fraction(10**18)
    last: str = ""
    end: int = 0

    def value(self) -> Fraction:
        return self.total + (self.current or 0)

    def started(self) -> bool:
        return self.current is not None or self.total > 0


def read(text: str, *, start: Fraction | None = None) -> Words | None:
    """The longest number at the beginning of `text`, None where there is none.

    `start` is a number in digits that stands before the words ("5.2" before "million").
    """
    state = _State(current=start, last="digits" if start is not None else "")
    tokens = [(token.group().lower(), token.start(), token.end()) for token in _TOKEN.finditer(text)]
    index = 0
    while index < len(tokens):
        word, _, end = tokens[index]
        if word in ("a", "an"):
            index += 1
            continue
        if word.startswith("and"):
            following = tokens[index + 1][0] if index + 1 < len(tokens) else ""
            if not _joins(state, following, with_a=word != "and"):
                break
            index += 1
            continue
        part = _part(state, word, tokens, index)
        if part is not None:
            return part
        if not _extend(state, word):
            break
        state.end = end
        index += 1
    if not state.started():
        return None
    return Words(state.value(), state.end, "cardinal")


def _joins(state: _State, following: str, *, with_a: bool) -> bool:
    """Whether "and" continues the number: two hundred and five, one and a half."""
    if not state.started():
        return False
    if with_a:
        return following in ("half", "quarter")
    if following in ("half", "quarter", "halves", "quarters"):
        return False
    small = following in _SMALL or following in ORDINALS
    return small and state.last in ("hundred", "scale")


def _part(state: _State, word: str, tokens: list[tuple[str, int, int]], index: int) -> Words | None:
    """The number that a half, quarter, ordinal or fraction word completes, None where `word` is none of them."""
    end = tokens[index][2]
    before = tokens[index - 1][0] if index else ""
    if word in _PARTS:
        parts = _PARTS[word]
        if before.startswith("and"):
            return _and_part(state, Fraction(1, parts), tokens, index)
        if word == "half" and _next_scale(tokens, index):
            return None
        if state.started():
            return Words(state.value() / parts, end, "fraction")
        return Words(Fraction(1, parts), end, "fraction")
    if word in _PLURAL_PARTS and state.started() and state.value() > 0:
        return Words(state.value() / _PLURAL_PARTS[word], end, "fraction")
    if word not in ORDINALS:
        return None
    number = Fraction(ORDINALS[word])
    if not state.started():
        if before == "a" and number > 2:
            return Words(1 / number, end, "fraction", (number,))
        return Words(number, end, "ordinal")
    if (
        state.last in ("tens", "hundred", "scale")
        and number < 100
        and not (state.last == "tens" and number > 9)
    ):
        return Words(state.value() + number, end, "ordinal", (state.value(),) if word == "second" else ())
    if state.last == "ones" and number > 2 and state.value() < number:
        return Words(state.value() / number, end, "fraction")
    if state.last == "ones" and number >= 100:
        return Words(state.value() * number, end, "ordinal")
    return None


def _and_part(state: _State, part: Fraction, tokens: list[tuple[str, int, int]], index: int) -> Words:
    """ "One and a half million", "a million and a half": the part is one of what is being counted."""
    end = tokens[index][2]
    if state.last == "scale" and state.current is None:
        return Words(state.total + part * state.scale, end, "cardinal")
    number = state.value() + part
    following = tokens[index + 1] if index + 1 < len(tokens) else ("", 0, 0)
    scale = SCALES.get(following[0])
    return Words(number * scale, following[2], "cardinal") if scale else Words(number, end, "cardinal")


def _next_scale(tokens: list[tuple[str, int, int]], index: int) -> bool:
    rest = [word for word, _, _ in tokens[index + 1 : index + 3] if word not in ("a", "an")]
    return bool(rest) and (rest[0] in SCALES or rest[0] in ("hundred", "dozen"))


def _extend(state: _State, word: str) -> bool:
    """Take one more word into the number; False where it begins another one."""
    if word == "half":
        if state.started():
            return False
        state.current, state.last = Fraction(1, 2), "half"
    elif word in _SMALL:
        number = Fraction(_SMALL[word])
        tens = word in TENS or word == "fourty"
        if state.current is None:
            if state.total and state.scale < number:
                return False
            state.current = number
        elif (state.last == "tens" and 0 < number < 10) or state.last == "hundred":
            state.current += number
        elif state.last == "ones" and tens and 16 <= state.current <= 19 and not state.total:
            state.current = state.current * 100 + number
        else:
            return False
        state.last = "tens" if tens else "ones"
    elif word == "hundred":
        if state.last in ("hundred", "tens") or (state.current is not None and state.current >= 100):
            return False
        state.current = (Fraction(1) if state.current is None else state.current) * 100
        state.last = "hundred"
    elif word == "dozen":
        if state.last in ("dozen", "scale"):
            return False
        state.current, state.last = (Fraction(1) if state.current is None else state.current) * 12, "dozen"
    else:
        return _scale(state, Fraction(SCALES.get(word, 0)))
    return True


def _scale(state: _State, scale: Fraction) -> bool:
    if not scale or scale >= state.scale or state.last in ("dozen", "scale"):
        return False
    state.total += (1 if state.current is None else state.current) * scale
    state.current, state.scale, state.last = None, scale, "scale"
    return True


def spelt(words: str) -> Fraction:
    """The number that a whole text spells out, 0 where it is none."""
    found = read(words)
    return found.number if found is not None and found.length == len(words) else Fraction(0)


def spell(number: int, *, with_and: bool = False) -> str:
    """A whole number in English words: 5,200,000 → "five million two hundred thousand"."""
    if number < 0:
        return "minus " + spell(-number, with_and=with_and)
    names = {value: word for word, value in {**ONES, **TENS}.items()}
    if number < 20:
        return names[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return names[tens * 10] + (f"-{names[ones]}" if ones else "")
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        joint = " and " if with_and else " "
        return names[hundreds] + " hundred" + (joint + spell(rest) if rest else "")
    for word in ("quadrillion", "trillion", "billion", "million", "thousand"):
        scale = SCALES[word]
        if number >= scale:
            count, rest = divmod(number, scale)
            joint = " and " if with_and and 0 < rest < 100 else " "
            return f"{spell(count, with_and=with_and)} {word}" + (
                joint + spell(rest, with_and=with_and) if rest else ""
            )
    raise AssertionError(number)
