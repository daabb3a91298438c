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
    from collections.abc import Callable

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
    found: Integers = _kernel()(tokens, lengths, order)
    return found


@cache
def _kernel() -> Callable[[Integers, Integers, int], Integers]:
    import numba

    compiled: Any = numba.njit(cache=True, nogil=True)(_count)
    return compiled  # type: ignore[no-any-return]


def _count(tokens, lengths, order):  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    """Each n-gram of the reference gets a number through a hash table with linear probing; a longer n-gram is the
    number of its beginning and one token more, so that keys are compared whole and no two n-grams are confused."""
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
    numbers = np.empty(size, np.int64)
    counts = np.empty(longest + 1, np.int64)
    before_reference = np.empty(longest + 1, np.int64)
    before_hypothesis = np.empty(longest + 1, np.int64)
    found = np.zeros((pairs, order), np.int64)
    multiplier = np.uint64(0x9E3779B97F4A7C15)
    for pair in range(pairs):
        own, other = offsets[pair], offsets[pairs + pair]
        own_size, other_size = lengths[pair], lengths[pairs + pair]
        bits = 1
        while (1 << bits) < 2 * other_size:
            bits += 1
        mask = np.uint64((1 << bits) - 1)
        shift = np.uint64(64 - bits)
        before_reference[:other_size] = 0
        before_hypothesis[:own_size] = 0
        for length in range(1, order + 1):
            if other_size < length or own_size < length:
                break
            numbers[: 1 << bits] = -1
            known = 0
            for at in range(other_size - length + 1):
                key = (np.uint64(before_reference[at]) << np.uint64(32)) | np.uint64(
                    tokens[other + at + length - 1]
                )
                place = (key * multiplier) >> shift
                while numbers[place] >= 0 and keys[place] != key:
                    place = (place + np.uint64(1)) & mask
                if numbers[place] < 0:
                    numbers[place] = known
                    keys[place] = key
                    counts[known] = 0
                    known += 1
                counts[numbers[place]] += 1
                before_reference[at] = numbers[place]
            matched = 0
            for at in range(own_size - length + 1):
                if before_hypothesis[at] < 0:
                    continue
                key = (np.uint64(before_hypothesis[at]) << np.uint64(32)) | np.uint64(
                    tokens[own + at + length - 1]
                )
                place = (key * multiplier) >> shift
                while numbers[place] >= 0 and keys[place] != key:
                    place = (place + np.uint64(1)) & mask
                number = numbers[place]
                before_hypothesis[at] = number
                if number >= 0 and counts[number] > 0:
                    counts[number] -= 1
                    matched += 1
            found[pair, length - 1] = matched
            if not matched:
                break
    return found
