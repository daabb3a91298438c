"""Where words begin in text that is typed: Chinese by the dictionary, Latin letters and digits as runs."""

from __future__ import annotations

import re
import threading
from functools import lru_cache
from typing import TYPE_CHECKING

from workbench.checks.texts import view
from workbench.tui.atoms import atoms, stops

if TYPE_CHECKING:
    from workbench.lexicon import Lexicon
    from workbench.model import Span

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3005\u3007\U00020000-\U000323af]+")
_NUMERAL = re.compile("[〇零一二三四五六七八九十百千万亿两廿卅]{2,}")
_ALONE = frozenset("的了在是和与或也就都而及把被对从向到不我你他她它这那有为以之其将由于个")
"""Characters that are words by themselves more often than the end or the start of one."""
_WORD, _SINGLE = 1000, 1001
_JOINERS = ".,:'’-_@/+&"
"""Marks that belong to a word between letters or digits: 3.5, don't, state-of-the-art, a@b."""

_lock = threading.Lock()


def prepare() -> Lexicon:
    """Read the dictionary, a tenth of a second the first time; any thread may call it."""
    from workbench import lexicon

    with _lock:
        return lexicon.load()


def warm() -> None:
    """Read all that the first word needs, on a thread while nobody waits for it."""
    words("预备")


@lru_cache(maxsize=512)
def words(han: str) -> tuple[tuple[int, int], ...]:
    """A run of Chinese characters as words: the fewest that cover it, as (start, end).

    Of two ways with as many words the one that leaves 的, 了, 在 and their like alone wins, then the one whose last
    words are longer. Numerals (五十二亿) are one word.
    """
    from workbench.termbase.scripts import simplified

    folded = simplified(han)
    if len(folded) != len(han):
        folded = han
    longest = _words_ending(folded)
    costs, origins = [0], [0]
    for stop in range(1, len(han) + 1):
        single = _WORD if folded[stop - 1] in _ALONE else _SINGLE
        best, origin = costs[stop - 1] + single, stop - 1
        for begin in longest.get(stop, ()):
            if costs[begin] + _WORD <= best:
                best, origin = costs[begin] + _WORD, begin
        costs.append(best)
        origins.append(origin)
    found: list[tuple[int, int]] = []
    at = len(han)
    while at:
        found.append((origins[at], at))
        at = origins[at]
    return tuple(found[::-1])


def _words_ending(text: str) -> dict[int, list[int]]:
    """The starts of all words of two characters and more by their ends, the shortest word first."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
    starts, lengths, _numbers = prepare().tables.matches(codes)
    ending: dict[int, list[int]] = {}
    for start, length in zip(starts.tolist(), lengths.tolist(), strict=True):
        if length > 1:
            ending.setdefault(start + length, []).append(start)
    for match in _NUMERAL.finditer(text):
        ending.setdefault(match.end(), []).append(match.start())
    for begins in ending.values():
        begins.sort(reverse=True)
    return ending


@lru_cache(maxsize=256)
def word_starts(text: str) -> tuple[int, ...]:
    """Where the words and the runs of other marks of one line begin; spaces belong to what stands before them.

    Inline codes and placeholders are words; so are numbers with their separators and Latin words with their hyphens.
    """
    found: list[int] = []
    before = ""
    edges = stops(text)
    for index, start in enumerate(edges[:-1]):
        end = edges[index + 1]
        kind = _kind(text, start, end)
        if kind == "joiner":
            following = text[end : end + 1]
            kind = "latin" if before == "latin" and following.isalnum() and following.isascii() else "mark"
        if kind == "code" or (kind != before and kind != "space"):
            found.append(start)
        before = kind
    result: list[int] = []
    for start in found:
        run = _HAN.match(text, start)
        if run is None:
            result.append(start)
        else:
            result += [start + first for first, _ in words(run.group())]
    return tuple(result)


def word_before(text: str, column: int) -> int:
    """Where a word motion to the left ends in one line. A URL is passed whole, from inside by its parts."""
    start = max((start for start in word_starts(text) if start < column), default=0)
    url = _url_passed(text, start, column)
    return start if url is None else url.start


def word_behind(text: str, column: int) -> int:
    """Where a word motion to the right ends in one line. A URL is passed whole, from inside by its parts."""
    starts = [start for start in word_starts(text) if start > column]
    start = min(starts, default=len(text))
    url = _url_passed(text, start, column)
    return start if url is None else min((one for one in starts if one >= url.end), default=len(text))


def _url_passed(text: str, start: int, column: int) -> Span | None:
    """The URL that a place is inside of, where the column is not."""
    for part in view(text).of_kind("url"):
        if part.span.start < start < part.span.end and not part.span.start < column < part.span.end:
            return part.span
    return None


def _kind(text: str, start: int, end: int) -> str:
    """What a place of the text belongs to."""
    first = text[start]
    if (start, end) in atoms(text):
        return "code"
    if first.isspace():
        return "space"
    if _HAN.match(first):
        return "han"
    if first in _JOINERS:
        return "joiner"
    return "latin" if first.isalnum() else "mark"
