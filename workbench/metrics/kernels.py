"""Loops over characters and tokens in the subset of Python that numba compiles: n-grams that two texts share.

They take arrays of one dimension, or pointers to them when compiled, and allocate nothing; `machine.py` compiles them
and `compiled.py` calls them. As plain Python they give the same numbers, slowly.

Places of equal n-grams form groups. The next order parts each group by the token that follows, and drops places whose
n-gram the other text lacks: nothing is hashed, and a group of one place on either side needs one comparison.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Codes: TypeAlias = NDArray[np.uint32]
    Flags: TypeAlias = NDArray[np.uint8]
    Long: TypeAlias = NDArray[np.int64]
    Work: TypeAlias = NDArray[np.int32]

SECTIONS = 14
"""Parts of `room` numbers that the loops' work space needs, the slots of words beside."""

BLANKS, SIGNS = 0x3001, 0x80
"""Code points below these are looked up: white space, and punctuation at words' ends."""


def count_tokens(
    tokens: Long, starts: Long, pairs: int, order: int, table: Long, work: Work, room: int, found: Long
) -> int:
    """Matched n-grams of each pair: text `pair` of the starts against text `pairs + pair`; a column an order.

    `table` holds a 0 for every token there may be, `room` is more than the longest text has.
    """
    for pair in range(pairs):
        known = own_size = other_size = 0
        for at in range(starts[pairs + pair], starts[pairs + pair + 1]):
            held = table[tokens[at]]
            if held >> 32 == pair + 1:
                work[room + other_size] = held & 0xFFFFFFFF
            else:
                table[tokens[at]] = (pair + 1) << 32 | known
                work[room + other_size] = known
                known += 1
            other_size += 1
        for at in range(starts[pair], starts[pair + 1]):
            held = table[tokens[at]]
            work[own_size] = held & 0xFFFFFFFF if held >> 32 == pair + 1 else -1
            own_size += 1
        share(work, room, own_size, other_size, known, order, found, pair * order, 1)
    return 0


def count_characters(
    codes: Codes,
    starts: Long,
    first_own: int,
    first_other: int,
    pairs: int,
    order: int,
    word_order: int,
    blank: Flags,
    signs: Flags,
    table: Long,
    work: Work,
    room: int,
    slots: Work,
    found: Long,
) -> int:
    """chrF's statistics of each pair: for each order of characters, then of words, n-grams of either text and of both.

    Texts are numbered by `starts`; the pairs' begin at `first_own` and `first_other`. White space is left out.
    """
    width = 3 * (order + word_order)
    for pair in range(pairs):
        own_start, own_end = starts[first_own + pair], starts[first_own + pair + 1]
        other_start, other_end = starts[first_other + pair], starts[first_other + pair + 1]
        known = own_size = other_size = 0
        for at in range(other_start, other_end):
            code = codes[at]
            if code >= 0x3001 or not blank[code]:
                held = table[code]
                if held >> 32 == pair + 1:
                    work[room + other_size] = held & 0xFFFFFFFF
                else:
                    table[code] = (pair + 1) << 32 | known
                    work[room + other_size] = known
                    known += 1
                other_size += 1
        for at in range(own_start, own_end):
            code = codes[at]
            if code >= 0x3001 or not blank[code]:
                held = table[code]
                work[own_size] = held & 0xFFFFFFFF if held >> 32 == pair + 1 else -1
                own_size += 1
        put_totals(own_size, other_size, order, found, pair * width)
        share(work, room, own_size, other_size, known, order, found, pair * width + 2, 3)
        if word_order:
            other_size = cut_words(codes, other_start, other_end, blank, signs, work, 2 * room)
            own_size = cut_words(codes, own_start, own_end, blank, signs, work, 4 * room)
            known = number_words(codes, own_size, other_size, work, room, slots)
            put_totals(own_size, other_size, word_order, found, pair * width + 3 * order)
            at = pair * width + 3 * order + 2
            share(work, room, own_size, other_size, known, word_order, found, at, 3)
    return 0


def put_totals(own_size: int, other_size: int, order: int, found: Long, at: int) -> None:
    """How many n-grams either text has; the hypothesis's only where the reference has any, as in sacrebleu."""
    for size in range(order):
        found[at + 3 * size] = max(own_size - size, 0) if other_size > size else 0
        found[at + 3 * size + 1] = max(other_size - size, 0)


def cut_words(codes: Codes, start: int, end: int, blank: Flags, signs: Flags, work: Work, base: int) -> int:
    """Write the bounds of chrF++'s words, two numbers a word, and return how many words there are.

    A sign at a word's end is a word of its own, or else one at its beginning.
    """
    count = 0
    at = start
    while at < end:
        while at < end and codes[at] < 0x3001 and blank[codes[at]]:
            at += 1
        first = at
        while at < end and (codes[at] >= 0x3001 or not blank[codes[at]]):
            at += 1
        if at == first:
            break
        middle = at
        if at - first > 1:
            if codes[at - 1] < 0x80 and signs[codes[at - 1]]:
                middle = at - 1
            elif codes[first] < 0x80 and signs[codes[first]]:
                middle = first + 1
        work[base + 2 * count] = first
        work[base + 2 * count + 1] = middle
        count += 1
        if middle < at:
            work[base + 2 * count] = middle
            work[base + 2 * count + 1] = at
            count += 1
    return count


def number_words(codes: Codes, own_size: int, other_size: int, work: Work, room: int, slots: Work) -> int:
    """Number the reference's words from 0 and the hypothesis's alike, -1 where the reference lacks one."""
    mask = 1
    while mask <= 2 * other_size:
        mask = 2 * mask + 1
    for slot in range(mask + 1):
        slots[slot] = -1
    known = 0
    for side in range(2):
        base = (4 if side else 2) * room
        for word in range(own_size if side else other_size):
            start, end = work[base + 2 * word], work[base + 2 * word + 1]
            key = 0
            for at in range(start, end):
                key = (key * 1000003 + int(codes[at])) & 0xFFFFFFFFFF
            slot = (key ^ key >> 20) & mask
            number = -1
            while slots[slot] >= 0:
                held = 2 * room + 2 * slots[slot]
                if work[held + 1] - work[held] == end - start:
                    step = 0
                    while step < end - start and codes[work[held] + step] == codes[start + step]:
                        step += 1
                    if step == end - start:
                        number = work[room + slots[slot]]
                        break
                slot = (slot + 1) & mask
            if number < 0 and side == 0:
                slots[slot] = word
                number = known
                known += 1
            if side:
                work[word] = number
            else:
                work[room + word] = number
    return known


def share(
    work: Work,
    room: int,
    own_size: int,
    other_size: int,
    known: int,
    order: int,
    found: Long,
    at: int,
    step: int,
) -> None:
    """Count the n-grams that two texts share, clipped, into found[at], found[at + step] …, an order each.

    work[:room] holds the hypothesis's tokens as numbers below `known`, or -1, work[room:] the reference's.
    """
    # A group has its places in the hypothesis (own) and in the reference (other); both lists end where the next begin.
    own, own_next, own_end, own_end_next = 6 * room, 7 * room, 2 * room, 3 * room
    other, other_next, other_end, other_end_next = 8 * room, 9 * room, 4 * room, 5 * room
    stamp, part, own_count, other_count = 10 * room, 11 * room, 12 * room, 13 * room
    for place in range(own_size):
        work[own + place] = place
    for place in range(other_size):
        work[other + place] = place
    for number in range(known):
        work[stamp + number] = 0
    for size in range(order):
        found[at + size * step] = 0
    work[own_end], work[other_end] = own_size, other_size
    groups = 1
    mark = 0
    for size in range(order):
        matched = groups_next = own_first = other_first = own_out = other_out = 0
        for group in range(groups):
            own_last, other_last = work[own_end + group], work[other_end + group]
            if own_last - own_first == 1 and other_last - other_first == 1:
                place, other_place = work[own + own_first] + size, work[other + other_first] + size
                if place < own_size and other_place < other_size and work[place] == work[room + other_place]:
                    matched += 1
                    work[own_next + own_out] = work[own + own_first]
                    work[other_next + other_out] = work[other + other_first]
                    own_out += 1
                    other_out += 1
                    work[own_end_next + groups_next] = own_out
                    work[other_end_next + groups_next] = other_out
                    groups_next += 1
            else:
                mark += 1
                parts = 0
                for index in range(other_first, other_last):
                    place = work[other + index] + size
                    if place < other_size:
                        number = work[room + place]
                        if work[stamp + number] != mark:
                            work[stamp + number] = mark
                            work[part + number] = parts
                            work[own_count + parts] = 0
                            work[other_count + parts] = 0
                            parts += 1
                        work[other_count + work[part + number]] += 1
                for index in range(own_first, own_last):
                    place = work[own + index] + size
                    if place < own_size:
                        number = work[place]
                        if number >= 0 and work[stamp + number] == mark:
                            work[own_count + work[part + number]] += 1
                for index in range(parts):
                    many, others = work[own_count + index], work[other_count + index]
                    if many:
                        matched += min(many, others)
                        work[own_count + index], work[other_count + index] = own_out, other_out
                        own_out += many
                        other_out += others
                        work[own_end_next + groups_next] = own_out
                        work[other_end_next + groups_next] = other_out
                        groups_next += 1
                    else:
                        work[other_count + index] = -1
                if size + 1 < order:
                    for index in range(other_first, other_last):
                        place = work[other + index] + size
                        if place < other_size:
                            goal = other_count + work[part + work[room + place]]
                            if work[goal] >= 0:
                                work[other_next + work[goal]] = work[other + index]
                                work[goal] += 1
                    for index in range(own_first, own_last):
                        place = work[own + index] + size
                        if place < own_size:
                            number = work[place]
                            if number >= 0 and work[stamp + number] == mark:
                                goal = own_count + work[part + number]
                                work[own_next + work[goal]] = work[own + index]
                                work[goal] += 1
            own_first, other_first = own_last, other_last
        found[at + size * step] = matched
        if not matched:
            break
        groups = groups_next
        own, own_next = own_next, own
        other, other_next = other_next, other
        own_end, own_end_next = own_end_next, own_end
        other_end, other_end_next = other_end_next, other_end
