"""N-grams that two texts share, counted for many pairs of texts at once: what BLEU and chrF are made of."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]

BLOCK = 1 << 15
"""About how many tokens are counted together: the sorted keys of a block stay in the processor's cache."""

_PAD, _SHARED = 0, 3


def shared(tokens: Integers, lengths: Integers, order: int) -> Integers:
    """How many n-grams of orders 1 to `order` each hypothesis shares with its reference, clipped as BLEU does.

    `tokens` holds the numbers (from 0, below 2^31) of all hypotheses' tokens, then of all references'; `lengths` the
    number of tokens of each. The answer has a line a pair and a column an order.
    """
    pairs = len(lengths) // 2
    found = np.zeros((pairs, order), dtype=np.int64)
    offsets = np.concatenate(([0], np.cumsum(lengths)))
    both = offsets[1 : pairs + 1] + offsets[pairs + 1 :] - offsets[pairs]
    first = 0
    while first < pairs:
        before = both[first - 1] if first else 0
        last = max(first + 1, int(np.searchsorted(both, before + BLOCK, side="right")))
        _count_block(tokens, offsets, first, last, found)
        first = last
    return found


def totals(lengths: Integers, order: int) -> Integers:
    """How many n-grams of orders 1 to `order` texts of those lengths have: a line a text, a column an order."""
    found: Integers = np.maximum(lengths[:, None] - np.arange(order), 0)
    return found


def _count_block(tokens: Integers, offsets: Integers, first: int, last: int, found: Integers) -> None:
    """Count the pairs first..last, in halves where their numbers do not fit a key, into `found`."""
    pairs, order = len(offsets) // 2, found.shape[1]
    hypotheses = tokens[offsets[first] : offsets[last]]
    references = tokens[offsets[pairs + first] : offsets[pairs + last]]
    if not len(hypotheses) or not len(references):
        return
    lengths = np.concatenate(
        (np.diff(offsets[first : last + 1]), np.diff(offsets[pairs + first : pairs + last + 1]))
    )
    local = _local_numbers(np.concatenate((hypotheses, references)), lengths, len(hypotheses))
    bits = int(local.max()).bit_length()
    if order * bits + (last - first).bit_length() + 1 > 63:
        if last - first > 1:
            middle = (first + last) // 2
            _count_block(tokens, offsets, first, middle, found)
            _count_block(tokens, offsets, middle, last, found)
        else:
            found[first] = _count_one(hypotheses.tolist(), references.tolist(), order)
        return
    keys = _keys(local, lengths, order, bits)
    if not len(keys):
        return
    keys.sort()
    in_references = np.append(0, np.cumsum(keys & 1))
    for size in range(1, order + 1):
        prefixes = keys >> (1 + bits * (order - size))
        bounds = np.concatenate(([0], np.flatnonzero(prefixes[1:] != prefixes[:-1]) + 1, [len(keys)]))
        in_reference = np.diff(in_references[bounds])
        sizes = np.diff(bounds)
        clipped = np.minimum(in_reference, sizes - in_reference)
        groups = prefixes[bounds[:-1]]
        clipped[groups & ((1 << bits) - 1) == _PAD] = 0
        groups >>= bits * size
        found[first:last, size - 1] = np.bincount(groups, weights=clipped, minlength=last - first)


def _local_numbers(tokens: Integers, lengths: Integers, hypotheses_size: int) -> Integers:
    """Each token's number within its pair: from 3 on where both sides have it, else 1 (hypothesis) or 2 (reference).

    Few tokens are shared by one pair, so that six of these numbers fit into one integer.
    """
    pairs = len(lengths) // 2
    size = len(tokens)
    place_bits = size.bit_length()
    token_bits = int(tokens.max()).bit_length()
    keys = np.repeat(np.tile(np.arange(pairs) << token_bits, 2), lengths)
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


def _keys(local: Integers, lengths: Integers, order: int, bits: int) -> Integers:
    """One integer a token that begins with a shared token: the pair, the next `order` tokens, and the side (1 bit).

    Sorted, n-grams of every order stand together, a lower order being a prefix of a higher one.
    """
    pairs = len(lengths) // 2
    gap = order - 1
    heads = np.repeat(np.tile(np.arange(pairs) << (bits * order + 1), 2), lengths + gap)
    heads[int(lengths[:pairs].sum()) + gap * pairs :] |= 1
    padded = np.zeros(len(heads) + gap, dtype=np.int64)
    padded[np.arange(len(local)) + gap * np.repeat(np.arange(2 * pairs), lengths)] = local
    keys, width = padded, 1
    while width < order:
        step = min(width, order - width)
        keys = keys[:-step] << (bits * step) | keys[step:] & ((1 << (bits * step)) - 1)
        width += step
    begins = padded[: len(heads)] >= _SHARED
    found: Integers = keys[begins] << 1 | heads[begins]
    return found


def _count_one(hypothesis: list[int], reference: list[int], order: int) -> list[int]:
    """The same for one pair of any length."""
    counts = []
    for size in range(1, order + 1):
        grams = [
            Counter(zip(*(tokens[step:] for step in range(size)), strict=False))
            for tokens in (hypothesis, reference)
        ]
        counts.append((grams[0] & grams[1]).total())
    return counts
