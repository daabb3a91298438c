"""Where lines of Chinese and Latin text may break: at any Chinese character, never 。 first nor 《 last."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from workbench.tui.paint import graphemes

# What may not begin a line, and what may not end one (JIS X 4051 / GB/T 15834, the common part).
NOT_FIRST = frozenset("，。、；：？！）》〉」』】〕〗｝］％‰℃°”’…—～·,.;:?!)]}%々ー")
NOT_LAST = frozenset("（《〈「『【〔〖｛［“‘([{$￥¥＃#@")

_Kind = Literal["space", "wide", "other"]


def _kind(grapheme: str, cells: int) -> _Kind:
    if grapheme.isspace() and grapheme != "\N{NO-BREAK SPACE}":
        return "space"
    return "wide" if cells >= 2 else "other"


def may_break(before: str, after: str, *, wide: bool) -> bool:
    """Whether a line may end between two graphemes that are no spaces; `wide`: either takes two cells."""
    return wide and after[0] not in NOT_FIRST and before[0] not in NOT_LAST


@lru_cache(maxsize=1024)
def line_starts(text: str, width: int) -> tuple[int, ...]:
    """The code-point offsets at which the second and further lines of one paragraph of safe text begin.

    A line takes at most `width` cells, but for one space that may hang over the edge. Words longer than a
    line are cut between graphemes.
    """
    if width <= 0:
        return ()
    starts: list[int] = []
    used = 0
    line_start = 0
    chance = 0  # the last place in this line where it may break, with the cells before it
    used_at_chance = 0
    before = ""
    before_kind: _Kind = "other"
    for start, end, cells in graphemes(text):
        grapheme = text[start:end]
        kind = _kind(grapheme, cells)
        if start > line_start:
            after_space = before_kind == "space" and kind != "space"
            beside_wide = kind != "space" and "wide" in (before_kind, kind)
            if after_space or may_break(before, grapheme, wide=beside_wide and before_kind != "space"):
                chance, used_at_chance = start, used
        hangs = kind == "space" and used == width
        if used + cells > width and start > line_start and not hangs:
            if chance > line_start:
                starts.append(chance)
                used -= used_at_chance
                line_start = chance
            if used + cells > width and start > line_start:
                starts.append(start)
                used = 0
                line_start = start
            chance, used_at_chance = line_start, 0
        used += cells
        before, before_kind = grapheme, kind
    return tuple(starts)


def lines(text: str, width: int) -> list[tuple[int, int]]:
    """The lines of one paragraph as (start, end) offsets; an empty paragraph is one empty line."""
    starts = line_starts(text, width)
    return list(zip((0, *starts), (*starts, len(text)), strict=True))
