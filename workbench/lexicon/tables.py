"""The dictionary as arrays, and looking up a whole document in them at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from workbench.lexicon.column import Column

Ints = "NDArray[np.int64]"


@dataclass(frozen=True, slots=True)
class Tables:
    """CC-CEDICT's simplified words as a trie, and for each word the numbers of its English keys.

    `edges[k]` is node << 16 | UTF-16 code, sorted; its child is node k + 1. `ends[node]` is the word that ends there
    or -1. Word w has the keys `keys[starts[w]:starts[w + 1]]`. `sounds` are number of a
    syllable << 16 | a character that is read so (pinyin without tones), sorted. `first[code]` is the root's child
    for a character, 0 where none.
    """

    edges: NDArray[np.uint64]
    ends: NDArray[np.int32]
    starts: NDArray[np.int32]
    keys: NDArray[np.int32]
    vocabulary: Column
    words: Column
    sounds: NDArray[np.uint32]
    syllables: Column
    first: NDArray[np.int32] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        first = np.zeros(1 << 16, np.int32)
        roots = int(np.searchsorted(self.edges, np.uint64(1 << 16)))
        first[self.edges[:roots].astype(np.int64)] = np.arange(1, roots + 1)
        object.__setattr__(self, "first", first)

    def matches(
        self, codes: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Every dictionary word in a sequence of code points: starts, lengths and word numbers, shortest first.

        A code point of 0 or beyond the Basic Multilingual Plane is part of no word, so 0 parts texts.
        """
        codes = np.where(codes > 0xFFFF, 0, codes)
        nodes = self.first[codes].astype(np.int64)
        starts = np.flatnonzero(nodes)
        nodes = nodes[starts]
        padded = np.concatenate([codes, np.zeros(1, np.int64)])
        found: list[tuple[NDArray[np.int64], int, NDArray[np.int64]]] = []
        length = 1
        while len(starts):
            words = self.ends[nodes].astype(np.int64)
            ending = words >= 0
            found.append((starts[ending], length, words[ending]))
            following = padded[np.minimum(starts + length, len(codes))]
            wanted = (nodes << 16 | following).astype(np.uint64)
            at = np.searchsorted(self.edges, wanted)
            at = np.minimum(at, len(self.edges) - 1)
            going = (self.edges[at] == wanted) & (following > 0)
            starts, nodes = starts[going], at[going] + 1
            length += 1
        if not found:
            empty = np.zeros(0, np.int64)
            return empty, empty, empty
        return (
            np.concatenate([piece[0] for piece in found]),
            np.concatenate([np.full(len(piece[0]), piece[1], np.int64) for piece in found]),
            np.concatenate([piece[2] for piece in found]),
        )
