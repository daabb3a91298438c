"""What one edits whole: graphemes (UAX 29), and the tags, placeholders and entities of a text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import lru_cache

from workbench.checks.texts import view
from workbench.tui.paint import graphemes

KINDS = ("tag", "entity", "placeholder")
"""The parts of a text that mean nothing any more once a character of them is missing."""


@lru_cache(maxsize=256)
def atoms(text: str) -> tuple[tuple[int, int], ...]:
    """Where <b>, &amp;, {name}, %s and their like stand in one line of text."""
    return tuple((part.span.start, part.span.end) for part in view(text).of_kind(*KINDS))


@lru_cache(maxsize=512)
def stops(text: str, *, codes_open: bool = False) -> tuple[int, ...]:
    """The offsets at which a cursor may stand in one line: before each grapheme, and the end; in no code.

    With `codes_open` it may stand inside codes too.
    """
    places = [start for start, _, _ in graphemes(text)]
    if codes_open or not (held := atoms(text)):
        return (*places, len(text))
    kept: list[int] = []
    at = 0
    for place in places:
        while at < len(held) and held[at][1] <= place:
            at += 1
        if at < len(held) and held[at][0] < place:
            continue
        kept.append(place)
    return (*kept, len(text))


def before(places: tuple[int, ...], column: int) -> int:
    """The last of the places that is smaller than the column, the first one where none is."""
    return places[max(0, bisect_left(places, column) - 1)]


def behind(places: tuple[int, ...], column: int) -> int:
    """The first of the places that is larger than the column, the last one where none is."""
    return places[min(len(places) - 1, bisect_right(places, column))]


def snapped(places: tuple[int, ...], column: int) -> int:
    """The column, or the last place before it where a cursor may stand."""
    return places[max(0, bisect_right(places, column) - 1)]
