"""Where words begin and end in Chinese text, as far as it decides whether a term stands there or another word."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

_LONGEST = 8
_KEPT = 1 << 14
# What makes a longer word of a word and leaves its meaning in it: 美国人, 候选人, 副主席.
_AFFIXES = frozenset("人者员家们性化学界式型级率力队站国州市省县区副总前非反超")
# A tiling is dear by its words, then by those of a single character.
_WORD, _SINGLE = 1000, 1001


def _no_meanings(word: str) -> tuple[str, ...]:  # noqa: ARG001
    return ()


class Book(Protocol):
    """The words of a dictionary."""

    def __contains__(self, word: object, /) -> bool: ...

    def stops(self, text: str, start: int) -> list[int]:
        """Where the words end that begin at a place of a text, the shortest word first."""

    def joins(self, pair: str) -> bool:
        """Whether two characters stand side by side in a word."""


class Listed:
    """A dictionary of a few words."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._joints = {word[at : at + 2] for word in self._words for at in range(len(word) - 1)}

    def __contains__(self, word: object) -> bool:
        return word in self._words

    def stops(self, text: str, start: int) -> list[int]:
        """As of a dictionary."""
        last = min(len(text), start + _LONGEST)
        return [stop for stop in range(start + 1, last + 1) if text[start:stop] in self._words]

    def joins(self, pair: str) -> bool:
        """As of a dictionary."""
        return pair in self._joints


class Words:
    """A dictionary's words, and whether a text shows one of them in the place of a term.

    `meanings` gives the keys of a word's translations, () where they are not known.
    """

    def __init__(self, book: Book, meanings: Callable[[str], tuple[str, ...]] = _no_meanings) -> None:
        self._book = book
        self.meanings = lru_cache(maxsize=_KEPT)(meanings)
        self._joins = lru_cache(maxsize=_KEPT)(book.joins)
        self._read = lru_cache(maxsize=_KEPT)(self._reading)
        self._compound = lru_cache(maxsize=_KEPT)(self._is_compound)

    def other(self, text: str, start: int, end: int, keys: Callable[[], Collection[str]]) -> str:
        """The word that stands at `start`..`end` of a simplified text instead of the term, "" for the term itself.

        The text around is cut into the fewest words, with the term as one and without. Where it takes fewer without,
        these are right, but for a longer word made with the term: it has the term as its head or beside another word
        (银行 in 中国银行), or means what the term means. `keys` are those of the term's translations.
        """
        joins = self._joins
        if not joins(text[start - 1 : start + 1]) and not joins(text[end - 1 : end + 1]):
            return ""
        left, right = start, end
        while left > 0 and start - left < _LONGEST and joins(text[left - 1 : left + 1]):
            left -= 1
        while right < len(text) and right - end < _LONGEST and joins(text[right - 1 : right + 1]):
            right += 1
        word, first = self._read(text[left:right], start - left, end - left)
        if not word or first < 0:
            return word
        first, last = start - left - first, end - left - first
        if self._compound(word, first, last) or not set(keys()).isdisjoint(self.meanings(word)):
            return ""
        return word

    def __contains__(self, word: object) -> bool:
        """Whether the dictionary has a word."""
        return isinstance(word, str) and len(word) > 1 and word in self._book

    def tiles(self, text: str) -> list[str]:
        """A text cut into the fewest words; characters that are in no word stand alone."""
        return [text[start:end] for start, end in self._tiled(text)[1]]

    def _reading(self, text: str, start: int, end: int) -> tuple[str, int]:
        """The word that a stretch has in the place of a term, with where it begins if it holds all of the term, else
        -1; "" for the term itself."""
        without, tiles = self._tiled(text)
        sides = self._tiled(text[:start])[0] // _WORD + self._tiled(text[end:])[0] // _WORD
        if sides + 1 <= without // _WORD:
            return "", -1
        for first, last in tiles:
            if first <= start and end <= last:
                return text[first:last], first
        return next(text[a:b] for a, b in tiles if a < start < b or a < end < b), -1

    def _tiled(self, text: str) -> tuple[int, list[tuple[int, int]]]:
        """What the cheapest tiling of a stretch costs, and its words."""
        costs = [_SINGLE * place for place in range(len(text) + 1)]
        origins = [max(0, place - 1) for place in range(len(text) + 1)]
        for begin in range(len(text)):
            cost = costs[begin]
            if cost + _SINGLE < costs[begin + 1]:
                costs[begin + 1], origins[begin + 1] = cost + _SINGLE, begin
            for stop in self._book.stops(text, begin):
                # Of equals the longest word at the end.
                if stop > begin + 1 and cost + _WORD < costs[stop]:
                    costs[stop], origins[stop] = cost + _WORD, begin
        tiles = []
        at = len(text)
        while at:
            tiles.append((origins[at], at))
            at = origins[at]
        return costs[-1], tiles[::-1]

    def _is_compound(self, word: str, start: int, end: int) -> bool:
        """Whether a longer word is made with the term as one of its parts."""
        rests = [rest for rest in (word[:start], word[end:]) if rest]
        longer = end - start > 1
        if all(rest in self or (longer and rest in _AFFIXES) for rest in rests) and (
            longer or end == len(word)
        ):
            return True
        meanings = self.meanings(word)
        return longer and (not meanings or not set(self.meanings(word[start:end])).isdisjoint(meanings))


@lru_cache(maxsize=1)
def dictionary() -> Words:
    """The words of CC-CEDICT."""
    from workbench import lexicon

    loaded = lexicon.load()
    return Words(loaded, loaded.meanings)


@lru_cache(maxsize=1 << 14)
def translation_keys(text: str) -> frozenset[str]:
    """The keys of an English term's words, as the dictionary compares them."""
    from workbench import lexicon

    words = (word.strip("'’.,") for word in text.lower().replace("-", " ").split())
    return frozenset(lexicon.key(word) for word in words if word and word not in lexicon.STOP_WORDS)
