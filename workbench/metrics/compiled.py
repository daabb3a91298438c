"""The counting of shared n-grams as a compiled loop, where the extra `fast` (numba) is installed: the same numbers.

Importing numba costs about as much as counting 20,000 lines without it, so it is left alone for less.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Integers = NDArray[np.int64]

ENOUGH = 1_500_000
"""Tokens of a run from which importing numba pays."""

_seen = 0


def wanted(tokens: int) -> bool:
    """Whether to count with the compiled loop, after so many more tokens; WORKBENCH_FAST=0 or 1 decides it."""
    global _seen
    _seen += tokens
    choice = os.environ.get("WORKBENCH_FAST", "")
    if choice in ("0", "1"):
        return choice == "1" and available()
    return ("numba" in sys.modules or _seen >= ENOUGH) and available()


@cache
def available() -> bool:
    """Whether numba is installed."""
    return importlib.util.find_spec("numba") is not None


def shared(tokens: Integers, lengths: Integers, order: int) -> Integers:
    """As `ngrams.shared` with one reference to a hypothesis."""
    found: Integers = _kernel(_count)(tokens, lengths, order)
    return found


def solid(texts: Sequence[str]) -> tuple[Integers, Integers]:
    """The characters of all texts that are not white space, in a row, and how many each text has."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    sizes = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    tokens, lengths = _kernel(_squeeze)(codes, sizes, _blank())
    return tokens, lengths


@cache
def _blank() -> NDArray[np.bool_]:
    """Whether each code point up to U+3000, where the last one stands, is white space."""
    return np.array([chr(code).isspace() for code in range(0x3001)])


@cache
def _kernel(function: Callable[..., Any]) -> Callable[..., Any]:
    import numba

    compiled: Any = numba.njit(cache=True, nogil=True)(function)
    return compiled  # type: ignore[no-any-return]


def _squeeze(codes, sizes, blank):  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    tokens = np.empty(len(codes), np.int64)
    lengths = np.empty(len(sizes), np.int64)
    at = found = 0
    for text in range(len(sizes)):
        before = found
        for _ in range(sizes[text]):
            code = codes[at]
            at += 1
            if code >= len(blank) or not blank[code]:
                tokens[found] = code
                found += 1
        lengths[text] = found - before
    return tokens[:found], lengths


def _count(tokens, lengths, order):  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    """Each n-gram of the reference gets a number through a hash table with linear probing; a longer n-gram is the
    number of its beginning and one token more, so that keys are compared whole and no two n-grams are confused.
    Where the other side lacks an n-gram, the longer ones that begin with it are not looked at."""
    pairs = len(lengths) // 2
    offsets = np.zeros(len(lengths) + 1, np.int64)
    for at in range(len(lengths)):
        offsets[at + 1] = offsets[at] + lengths[at]
    longest = 1
    for at in range(pairs):
        longest = max(longest, lengths[at], lengths[pairs + at])
    size = 2
    while size < 2 * longest:
        size *= 2
    keys = np.empty(size, np.uint64)
    numbers = np.empty(size, np.int32)
    counts = np.empty(longest + 1, np.int32)
    hit = np.empty(longest + 1, np.bool_)
    places = np.empty((2, longest + 1), np.int32)
    before = np.empty((2, longest + 1), np.int32)
    found = np.zeros((pairs, order), np.int64)
    multiplier = np.uint64(0x9E3779B97F4A7C15)
    for pair in range(pairs):
        own, other = offsets[pair], offsets[pairs + pair]
        own_size, other_size = lengths[pair], lengths[pairs + pair]
        own_left, other_left = own_size, other_size
        for at in range(own_size):
            places[0, at] = at
            before[0, at] = 0
        for at in range(other_size):
            places[1, at] = at
            before[1, at] = 0
        for length in range(1, order + 1):
            # Places are in order: those too near the end are the last ones.
            while own_left and places[0, own_left - 1] + length > own_size:
                own_left -= 1
            while other_left and places[1, other_left - 1] + length > other_size:
                other_left -= 1
            if not own_left or not other_left:
                break
            bits = 1
            while (1 << bits) < 2 * other_left:
                bits += 1
            mask = np.uint64((1 << bits) - 1)
            shift = np.uint64(64 - bits)
            numbers[: 1 << bits] = -1
            known = 0
            for at in range(other_left):
                key = (np.uint64(before[1, at]) << np.uint64(32)) | np.uint64(
                    tokens[other + places[1, at] + length - 1]
                )
                place = (key * multiplier) >> shift
                while numbers[place] >= 0 and keys[place] != key:
                    place = (place + np.uint64(1)) & mask
                if numbers[place] < 0:
                    numbers[place] = known
                    keys[place] = key
                    counts[known] = 0
                    hit[known] = False
                    known += 1
                counts[numbers[place]] += 1
                before[1, at] = numbers[place]
            matched = kept = 0
            for at in range(own_left):
                key = (np.uint64(before[0, at]) << np.uint64(32)) | np.uint64(
                    tokens[own + places[0, at] + length - 1]
                )
                place = (key * multiplier) >> shift
                while numbers[place] >= 0 and keys[place] != key:
                    place = (place + np.uint64(1)) & mask
                number = numbers[place]
                if number >= 0:
                    hit[number] = True
                    places[0, kept] = places[0, at]
                    before[0, kept] = number
                    kept += 1
                    if counts[number] > 0:
                        counts[number] -= 1
                        matched += 1
            own_left = kept
            kept = 0
            for at in range(other_left):
                if hit[before[1, at]]:
                    places[1, kept] = places[1, at]
                    before[1, kept] = before[1, at]
                    kept += 1
            other_left = kept
            found[pair, length - 1] = matched
            if not matched:
                break
    return found
