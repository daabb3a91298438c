"""N-grams that two texts share, counted for many pairs of texts at once: what BLEU and chrF are made of."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from workbench.metrics import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]

BLOCK = 1 << 15
"""About how many tokens are counted together: the sorted keys of a block stay in the processor's cache."""

_PAD, _SHARED = 0, 3


def shared(tokens: Integers, lengths: Integers, order: int, *, sides: int = 2) -> Integers:
    """How many n-grams of orders 1 to `order` each hypothesis shares with its references, clipped as BLEU does.

    `tokens` holds the numbers (from 0, below 2^31) of all hypotheses' tokens, then of all first references', then of
    all second ones' and so on up to `sides`; `lengths` the number of tokens of each text in that order. Of several
    references the one that has an n-gram most often counts. The answer has a line a hypothesis and a column an order.
    """
    pairs = len(lengths) // sides
    if sides == 2 and compiled.wanted(len(tokens)):
        return compiled.shared(tokens, lengths, order)
    found = np.zeros((pairs, order), dtype=np.int64)
    offsets = np.concatenate(([0], np.cumsum(lengths)))
    together = np.cumsum(lengths.reshape(sides, pairs).sum(axis=0))
    first = 0
    while first < pairs:
        before = together[first - 1] if first else 0
        last = max(first + 1, int(np.searchsorted(together, before + BLOCK, side="right")))
        _count_block(tokens, offsets, (first, last), sides, found)
        first = last
    return found


def beside(
    tokens: Integers, lengths: Integers, system: int, systems: int, references: int
) -> tuple[Integers, Integers]:
    """Of texts of several systems and then of the references, those of one system and of the references."""
    if systems == 1:
        return tokens, lengths
    count = len(lengths) // (systems + references)
    ends = np.concatenate(([0], np.cumsum(lengths.reshape(-1, count).sum(axis=1))))
    own = tokens[ends[system] : ends[system + 1]], lengths[system * count : (system + 1) * count]
    rest = tokens[ends[systems] :], lengths[systems * count :]
    return np.concatenate((own[0], rest[0])), np.concatenate((own[1], rest[1]))


def totals(lengths: Integers, order: int) -> Integers:
    """How many n-grams of orders 1 to `order` texts of those lengths have: a line a text, a column an order."""
    found: Integers = np.maximum(lengths[:, None] - np.arange(order), 0)
    return found


def _count_block(
    tokens: Integers, offsets: Integers, lines: tuple[int, int], sides: int, found: Integers
) -> None:
    """Count the lines first..last, in halves where their numbers do not fit a key, into `found`."""
    first, last = lines
    pairs, order = len(offsets) // sides, found.shape[1]
    starts = range(0, sides * pairs, pairs)
    parts = [tokens[offsets[start + first] : offsets[start + last]] for start in starts]
    if not len(parts[0]) or not any(map(len, parts[1:])):
        return
    lengths = np.concatenate([np.diff(offsets[start + first : start + last + 1]) for start in starts])
    local = _local_numbers(np.concatenate(parts), lengths, len(parts[0]), sides)
    bits, side_bits = int(local.max()).bit_length(), (sides - 1).bit_length()
    if order * bits + (last - first).bit_length() + side_bits > 63:
        if last - first > 1:
            middle = (first + last) // 2
            _count_block(tokens, offsets, (first, middle), sides, found)
            _count_block(tokens, offsets, (middle, last), sides, found)
        else:
            found[first] = _count_one([part.tolist() for part in parts], order)
        return
    keys = _keys(local, lengths, order, bits, sides)
    if not len(keys):
        return
    keys.sort()
    of_side = keys & ((1 << side_bits) - 1)
    in_references = [np.append(0, np.cumsum(of_side == side)) for side in range(1, sides)]
    for size in range(1, order + 1):
        prefixes = keys >> (side_bits + bits * (order - size))
        bounds = np.concatenate(([0], np.flatnonzero(prefixes[1:] != prefixes[:-1]) + 1, [len(keys)]))
        most, in_hypothesis = np.diff(in_references[0][bounds]), np.diff(bounds)
        in_hypothesis -= most
        for counts in in_references[1:]:
            more = np.diff(counts[bounds])
            in_hypothesis -= more
            np.maximum(most, more, out=most)
        clipped = np.minimum(most, in_hypothesis)
        groups = prefixes[bounds[:-1]]
        clipped[groups & ((1 << bits) - 1) == _PAD] = 0
        groups >>= bits * size
        found[first:last, size - 1] = np.bincount(groups, weights=clipped, minlength=last - first)


def _local_numbers(tokens: Integers, lengths: Integers, hypotheses_size: int, sides: int) -> Integers:
    """Each token's number within its line: from 3 on where hypothesis and a reference have it, else 1 or 2.

    Few tokens are shared within one line, so that six of these numbers fit into one integer.
    """
    pairs = len(lengths) // sides
    size = len(tokens)
    place_bits = size.bit_length()
    token_bits = int(tokens.max()).bit_length()
    keys = np.repeat(np.tile(np.arange(pairs) << token_bits, sides), lengths)
    keys |= tokens
    keys <<= place_bits
    keys |= np.arange(size)
    keys.sort()
    places = keys & ((1 << place_bits) - 1)
    groups = keys >> place_bits
    new = np.ones(size, dtype=np.bool_)
    np.not_equal(groups[1:], groups[:-1], out=new[1:])
    starts = np.flatnonzero(new)
    in_hypothesis = places[starts] < hypotheses_size
    in_reference = places[np.append(starts[1:], size) - 1] >= hypotheses_size
    common = in_hypothesis & in_reference
    pair_of_group = groups[starts] >> token_bits
    earlier = np.append(0, np.cumsum(np.bincount(pair_of_group[common], minlength=pairs)))
    ranks = np.cumsum(common) - 1 - earlier[pair_of_group] + _SHARED
    numbers = np.where(common, ranks, np.where(in_hypothesis, 1, 2))
    local = np.empty(size, dtype=np.int64)
    local[places] = numbers[np.cumsum(new) - 1]
    return local


def _keys(local: Integers, lengths: Integers, order: int, bits: int, sides: int) -> Integers:
    """One integer a token that begins with a shared token: the line, the next `order` tokens, and the side.

    Sorted, n-grams of every order stand together, a lower order being a prefix of a higher one.
    """
    pairs = len(lengths) // sides
    gap, side_bits = order - 1, (sides - 1).bit_length()
    numbers = np.tile(np.arange(pairs) << (bits * order + side_bits), sides)
    heads = np.repeat(numbers | np.repeat(np.arange(sides), pairs), lengths + gap)
    padded = np.zeros(len(heads) + gap, dtype=np.int64)
    padded[np.arange(len(local)) + gap * np.repeat(np.arange(sides * pairs), lengths)] = local
    keys, width = padded, 1
    while width < order:
        step = min(width, order - width)
        keys = keys[:-step] << (bits * step) | keys[step:] & ((1 << (bits * step)) - 1)
        width += step
    begins = padded[: len(heads)] >= _SHARED
    found: Integers = keys[begins] << side_bits | heads[begins]
    return found


def _count_one(sides: list[list[int]], order: int) -> list[int]:
    """The same for one hypothesis and its references, of any length."""
    counts = []
    for size in range(1, order + 1):
        grams = [Counter(zip(*(tokens[step:] for step in range(size)), strict=False)) for tokens in sides]
        most: Counter[tuple[int, ...]] = Counter()
        for reference in grams[1:]:
            most |= reference
        counts.append((grams[0] & most).total())
    return counts
