"""What two sides' segments have that can tell which belong together, as arrays over the whole document."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from workbench.aligner.reading import Reading, read
from workbench.langs import is_chinese

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Integers = NDArray[np.signedinteger]

    from workbench.lexicon import Lexicon


# Segments related at a time, so that a long document needs little more memory than its result.
_AT_A_TIME = 4000


def distinct(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """The values each once, ascending; sorting beats numpy's hashing `unique` several times over."""
    ordered = np.sort(values)
    fresh = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=fresh[1:])
    return ordered[fresh]


@dataclass(frozen=True, slots=True)
class Lists:
    """A list of numbers for each of n owners: owner k has `values[starts[k]:starts[k + 1]]`."""

    starts: Integers
    values: Integers

    @classmethod
    def of(cls, owners: NDArray[np.int64], values: NDArray[np.int64], count: int) -> Lists:
        """Lists from pairs, each value once an owner, in ascending order."""
        if len(owners):
            width = int(values.max()) + 1
            pairs = distinct(owners * width + values)
            owners, values = pairs // width, pairs % width
        starts = np.zeros(count + 1, np.int64)
        np.cumsum(np.bincount(owners, minlength=count), out=starts[1:])
        return cls(starts, values)

    def owners(self) -> NDArray[np.int64]:
        """The owner of each value."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    def expand(self, rows: NDArray[np.int64]) -> tuple[Integers, NDArray[np.int64]]:
        """The values of the given owners one after another, and for each the place in `rows` it comes from."""
        counts = self.starts[rows + 1] - self.starts[rows]
        place = np.repeat(np.arange(len(rows)), counts)
        ends = np.cumsum(counts)
        inside = np.arange(len(place)) - np.repeat(ends - counts, counts)
        return self.values[self.starts[rows][place] + inside], place

    def slice(self, first: int, last: int) -> tuple[Integers, NDArray[np.int64]]:
        """The values of owners first..last-1, and each one's owner counted from `first`."""
        begin, end = self.starts[first], self.starts[last]
        counts = np.diff(self.starts[first : last + 1])
        return self.values[begin:end], np.repeat(np.arange(last - first), counts)

    def pick(self, rows: NDArray[np.int64]) -> Lists:
        """The lists of the given owners alone, which become 0, 1, 2 …"""
        values, _ = self.expand(rows)
        starts = np.zeros(len(rows) + 1, np.int64)
        np.cumsum(self.starts[rows + 1] - self.starts[rows], out=starts[1:])
        return Lists(starts, values)


@dataclass(frozen=True, slots=True)
class Side:
    """One side: sizes of its segments, the tokens of each, and by token its class and how often it is covered.

    `edges` says which segments begin and which end with a quotation mark. `covered` lists for each segment of the OTHER
    side the tokens of this side that it covers.
    """

    size: NDArray[np.float64]
    tokens: Lists
    classes: NDArray[np.int64]
    frequency: NDArray[np.float64]
    covered: Lists
    coverage: NDArray[np.float64]
    edges: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.size)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Both sides of a document."""

    x: Side
    y: Side

    def pick(self, x_rows: NDArray[np.int64], y_rows: NDArray[np.int64]) -> Evidence:
        """The evidence of some segments alone; how common tokens are stays as in the whole document."""
        x, y = self.x, self.y
        return Evidence(
            _picked(x, x_rows, y_rows),
            _picked(y, y_rows, x_rows),
        )


def _picked(side: Side, own: NDArray[np.int64], other: NDArray[np.int64]) -> Side:
    tokens, covered = side.tokens.pick(own), side.covered.pick(other)
    return replace(side, size=side.size[own], tokens=tokens, covered=covered, edges=side.edges[:, own])


def gather(
    x_texts: Sequence[str], y_texts: Sequence[str], *, x_lang: str, y_lang: str, lexicon: Lexicon
) -> Evidence:
    """Read both sides and relate their tokens by the dictionary and by identity."""
    x = read(x_texts, lang=x_lang, lexicon=lexicon)
    y = read(y_texts, lang=y_lang, lexicon=lexicon, names=x.names)
    x_ids, y_ids = _identical(x, y)
    by_y = [np.stack([y_ids, x_ids])]
    if is_chinese(y_lang) and not is_chinese(x_lang):
        by_y.append(_dictionary(x, y, lexicon))
    pairs = np.concatenate(by_y, axis=1)
    to_x = Lists.of(pairs[0], pairs[1], y.total)  # by token of y: the tokens of x that it covers
    to_y = Lists.of(pairs[1], pairs[0], x.total)
    x_covered = _covered(y, to_x)
    y_covered = _covered(x, to_y)
    return Evidence(_side(x, x_covered), _side(y, y_covered))


def _identical(x: Reading, y: Reading) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The tokens that both sides write alike."""
    both = [(x.numbers[name], y.numbers[name]) for name in x.numbers.keys() & y.numbers.keys()]
    pairs = np.array(both, np.int64).reshape(-1, 2)
    if x.lexical is None or y.lexical is None:
        return pairs[:, 0], pairs[:, 1]
    shared, at_x, at_y = np.intersect1d(x.lexical, y.lexical, return_indices=True)
    del shared
    return np.concatenate([pairs[:, 0], at_x]), np.concatenate([pairs[:, 1], at_y])


def _dictionary(x: Reading, y: Reading, lexicon: Lexicon) -> NDArray[np.int64]:
    """Pairs (token of y, token of x) that the dictionary holds for translations."""
    if y.lexical is None:
        return np.zeros((2, 0), np.int64)
    local = np.full(len(lexicon.tables.vocabulary), -1, np.int64)
    for name in x.numbers.keys() & lexicon.key_numbers.keys():
        local[lexicon.key_numbers[name]] = x.numbers[name]
    words = Lists(lexicon.tables.starts, lexicon.tables.keys)
    keys, place = words.expand(y.lexical)
    ids = local[keys]
    known = ids >= 0
    return np.stack([place[known], ids[known]])


def _covered(other: Reading, relation: Lists) -> Lists:
    """For each segment of a side, the tokens of the opposite side that any of its tokens covers."""
    order = np.argsort(other.all_owners, kind="stable")
    owners, tokens = other.all_owners[order], other.all_tokens[order]
    starts, values = [np.zeros(1, np.int64)], [np.zeros(0, np.int32)]
    for first in range(0, other.count, _AT_A_TIME):
        last = min(first + _AT_A_TIME, other.count)
        part = slice(*np.searchsorted(owners, [first, last]).tolist())
        ids, place = relation.expand(tokens[part])
        lists = Lists.of(owners[part][place] - first, ids, last - first)
        starts.append(lists.starts[1:] + starts[-1][-1])
        values.append(lists.values.astype(np.int32))
    return Lists(np.concatenate(starts), np.concatenate(values))


def _side(reading: Reading, covered: Lists) -> Side:
    total = reading.total
    tokens = Lists.of(reading.owners, reading.tokens, reading.count)
    return Side(
        size=reading.size,
        tokens=tokens,
        classes=reading.classes,
        frequency=np.bincount(tokens.values, minlength=total).astype(np.float64),
        covered=covered,
        edges=reading.edges,
        coverage=np.bincount(covered.values, minlength=total).astype(np.float64),
    )
