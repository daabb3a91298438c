"""The table of an edit distance that looks only near the diagonal, as bit vectors: sacrebleu's and Tercom's beam.

After Myers, "A Fast Bit-Vector Algorithm for Approximate String Matching" (1999) and Hyyrö, "A Bit-Vector Algorithm
for Computing Levenshtein and Damerau Edit Distances" (2003). A row of the table stands for a word of the hypothesis,
bit j - 1 for the reference's word j. Neighbouring cells differ by -1, 0 or 1, inside the band too, so a row is two
integers: where it rises (`plus`) and where it falls (`minus`) from the cell on the left. Cells outside the band count
as infinite. Bits are set so that they never win: to the right of the band the row above rises all the way and words
never match; to the left of it nothing rises, falls or matches, and where the band's left edge stands still, its cell
can only come from the one above.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TypeAlias

BEAM = 25
"""How many cells to the left of the diagonal are looked at (one less to the right); holds up to 50 times the words."""


_Row: TypeAlias = tuple[int, int, int, int]


_Band: TypeAlias = tuple[int, int, int, int, int, int]
"""The first and last cell of a row, and masks for the step into it: where words may match, what is kept of the row
above, what the left edge passed by, and what lies beyond the right edge.
"""


class Table:
    """Distances of hypotheses of `size` words to one reference, both strings with a character a word."""

    def __init__(self, reference: str, size: int) -> None:
        self.reference = reference
        self.positions: dict[str, list[int]] = {}
        self._matches: dict[str, int] = {}
        for place, word in enumerate(reference):
            self.positions.setdefault(word, []).append(place)
            self._matches[word] = self._matches.get(word, 0) | 1 << place
        self._full = (1 << len(reference)) - 1
        self._bands = _bands(len(reference), size)
        self._difference = abs(len(reference) - size)
        self._whole = all(band[0] == 0 and band[1] == len(reference) for band in self._bands)
        self._rows: list[_Row] = [(self._full, 0, 0, 0)]
        self._edges = [0]
        self._distance = 0
        self._measured: tuple[str, int, list[_Row], list[int]] | None = None

    def unbanded(self, distance: int) -> bool:
        """Whether a Levenshtein distance is surely the same with the band."""
        return self._whole or distance + self._difference <= 2 * (BEAM - 2)

    def fill(self, words: str, first: int = 0, last: int | None = None) -> int:
        """The distance of `words`, remembering the table; only words[first:last] differ from the last filled ones."""
        if self._measured is None or self._measured[0] is not words:
            self.measure(words, first, len(words) if last is None else last)
        assert self._measured is not None
        _, self._distance, rows, edges = self._measured
        self._measured = None
        after = first + 1 + len(rows)
        if after < len(self._edges):
            moved = edges[-1] - self._edges[after - 1]
            edges += [edge + moved for edge in self._edges[after:]]
        self._rows[first + 1 : after] = rows
        self._edges[first + 1 :] = edges
        return self._distance

    def measure(self, words: str, first: int, last: int) -> int:
        """The distance of `words`, of which only words[first:last] differ from the last filled ones."""
        distance, rows, edges = self._run(words, first, last)
        self._measured = (words, distance, rows, edges)
        return distance

    def _run(self, words: str, first: int, last: int) -> tuple[int, list[_Row], list[int]]:
        """The distance; and rows and left edges from first + 1 to where they go on as they were filled.

        A row is (plus, minus, level, below): in `level` cells the cell up-left has the same value, in `below` cells
        the one above is one less. An edge is the value at the left end of the row's band.
        """
        held, full, matches = self._rows, self._full, self._matches
        plus, minus, _, _ = held[first]
        edge = self._edges[first]
        rows: list[_Row] = []
        edges: list[int] = []
        for number, (word, band) in enumerate(
            zip(words[first:], self._bands[first + 1 :], strict=True), first + 1
        ):
            low, _, allowed, keep, passed, beyond = band
            equal = matches.get(word, 0) & allowed
            if low:
                if passed:
                    edge += (plus & passed).bit_count() - (minus & passed).bit_count()
                plus &= keep
                minus &= keep
            level = (((equal & plus) + plus) ^ plus | equal | minus) & full
            below = minus | full ^ (level | plus)
            above = level & plus
            if low:
                edge += (below >> (low - 1) & 1) - (above >> (low - 1) & 1)
            else:
                edge += 1
            rising = below << 1 | 1
            minus = rising & level & ~beyond
            plus = (above << 1 | ~(level | rising)) & full | beyond
            rows.append((plus, minus, level, below))
            edges.append(edge)
            if last <= number < len(held) and plus == held[number][0] and minus == held[number][1]:
                return self._distance + edge - self._edges[number], rows, edges
        low = self._bands[-1][0]
        return edge + (plus >> low).bit_count() - (minus >> low).bit_count(), rows, edges

    def alignment(self, words: str) -> tuple[list[int], list[int], list[int]]:
        """Of the last filled words: for each word of the reference the place of the hypothesis that it stands with or
        after (-1 before all), errors in the hypothesis, and errors in the reference, each as 0 or 1.

        Among equally short paths a match or substitution is preferred, then a superfluous word, then a missing one.
        """
        reference, rows, bands = self.reference, self._rows, self._bands
        i, j = len(words), len(reference)
        align, reference_errors, hypothesis_errors = [0] * j, [1] * j, [1] * i
        while i > 0 and j > 0:
            _, _, level, below = rows[i]
            low, high = bands[i - 1][:2]
            bit = 1 << (j - 1)
            same = words[i - 1] == reference[j - 1]
            if low < j <= high + 1 and (same or not level & bit):
                i, j = i - 1, j - 1
                align[j] = i
                if same:
                    reference_errors[j] = hypothesis_errors[i] = 0
            elif low <= j <= high and below & bit:
                i -= 1
            else:
                j -= 1
                align[j] = i - 1
        align[:j] = [-1] * j
        return align, hypothesis_errors, reference_errors


@lru_cache(maxsize=64)
def _bands(reference_size: int, size: int) -> list[_Band]:
    """The band of each row, row 0 with all its cells."""
    ratio = reference_size / size
    full = (1 << reference_size) - 1
    whole = (0, reference_size, full, -1, 0, 0)
    bands = [whole]
    last_low, last_high = 0, reference_size
    for i in range(1, size + 1):
        diagonal = math.floor(i * ratio)
        low = diagonal - BEAM if diagonal > BEAM else 0
        high = diagonal + BEAM - 1 if i < size and diagonal + BEAM <= reference_size else reference_size
        if low == 0 and high == reference_size and last_high >= high - 1:
            bands.append(whole)
        else:
            still = 0 < low == last_low
            first_bit = low if still else max(0, low - 1)
            matches = ((1 << (last_high + 1)) - 1) & full & -(1 << first_bit)
            passed = (1 << low) - (1 << last_low)
            bands.append((low, high, matches, -(1 << first_bit), passed, full ^ ((1 << high) - 1)))
        last_low, last_high = low, high
    return bands
