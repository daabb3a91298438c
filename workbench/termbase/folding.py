"""Folding text for matching: case, width, hyphens and spaces, with every character's place kept or known."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from itertools import pairwise

# Folding keeps every character in its place, so that a span of the folded text is a span of the original.
_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_WIDTH |= dict.fromkeys("\t\n\r\u00a0\u3000\u2002\u2003\u2009", " ")
_FOLD = _WIDTH | dict.fromkeys("-\uff0d\u2010\u2011\u2012\u2013", " ") | dict.fromkeys("’ʼ‘＇", "'")
_WIDE, _FOLDED = frozenset(_WIDTH), frozenset(_FOLD)
_ASCII_KEYS = "-\t\n\r"
_ASCII_BARE = bytes(
    code if chr(code).isalnum() or code == ord("_") else ord(" ") for code in range(128)
).ljust(256)
SPACES = re.compile(r" {2,}")
# In Chinese no space parts a word either: 9 月 is 9月.
CHINESE_SPACES = re.compile(" +")


def fold(text: str) -> str:
    """The text in lower case, half width, with hyphens as spaces; as long as `text`, character by character."""
    return _lowered(_replaced(text, _FOLD, _FOLDED))


def _lowered(text: str) -> str:
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


def narrow(text: str) -> str:
    """The text in half width, its capitals kept."""
    return _replaced(text, _WIDTH, _WIDE)


def folded_and_narrow(text: str) -> tuple[str, str]:
    """The text as `fold` gives it, and as `_narrow` does."""
    if text.isascii():
        return fold(text), narrow(text)
    plain = folded = text
    for char in _FOLDED.intersection(text):
        folded = folded.replace(char, _FOLD[char])
        if char in _WIDE:
            plain = plain.replace(char, _WIDTH[char])
    return _lowered(folded), plain


def _replaced(text: str, table: dict[str, str], keys: frozenset[str]) -> str:
    """The text with some characters replaced; a text has few different ones, so this beats `str.translate`."""
    for char in _ASCII_KEYS if text.isascii() else keys.intersection(text):
        if char in text and char in table:
            text = text.replace(char, table[char])
    return text


def bare(folded: str) -> str:
    """The folded text with a space in place of all that is no letter, digit or underscore."""
    if folded.isascii():
        return folded.encode("ascii").translate(_ASCII_BARE).decode("ascii")
    for char in set(folded):
        if not char.isalnum() and char != "_":
            folded = folded.replace(char, " ")
    return folded


def squeezed(text: str, *, spaced: bool) -> str:
    """The text without surplus spaces."""
    if " " not in text:
        return text
    if spaced:
        return (SPACES.sub(" ", text) if "  " in text else text).strip()
    places = runs(text, CHINESE_SPACES)
    return cut(text, places).strip()


def runs(folded: str, surplus: re.Pattern[str]) -> list[tuple[int, int]]:
    """Where the text without its surplus spaces goes on: (place in it, place in the original), in order.

    A run of spaces between words leaves one; one beside a Chinese character leaves none.
    """
    places, gone = [(0, 0)], 0
    for match in surplus.finditer(folded):
        left = 1 if surplus is SPACES or not _beside_han(folded, match.start(), match.end()) else 0
        if left == len(match.group()):
            continue
        gone += len(match.group()) - left
        places.append((match.end() - gone, match.end()))
    return places


def _beside_han(text: str, start: int, end: int) -> bool:
    """Whether a Chinese character stands at either end of the stretch."""
    return (start > 0 and _is_han(text[start - 1])) or _is_han(text[end : end + 1])


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff"


def cut(text: str, places: list[tuple[int, int]]) -> str:
    """The text without its surplus spaces."""
    pieces = []
    for (start, old), (stop, _) in pairwise([*places, (-1, 0)]):
        pieces.append(text[old:] if stop < 0 else text[old : old + stop - start])
    return "".join(pieces)


def original(place: int, places: list[tuple[int, int]]) -> int:
    new, old = places[bisect_right(places, (place, sys.maxsize)) - 1]
    return old + place - new


def same_capitals(exact: str, shown: str) -> bool:
    """Whether the text shows the term in its own capitals; hyphens and spaces are one."""
    return exact == shown or _replaced(exact, _FOLD, _FOLDED) == _replaced(shown, _FOLD, _FOLDED)
