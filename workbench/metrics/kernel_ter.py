"""The search of TER as loops that numba compiles: the same edits as `shifts.py`, whose rules they follow.

The table of the distance is held forwards and backwards, so that a candidate costs only the rows that its shift
changes: the path from there on is known. In these rows only cells are filled that can still lead to a better
distance than the best so far (Ukkonen 1985).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.metrics.kernels import Long, Work

WIDTH = 52
"""Cells that are stored of a row: the beam of 25 to either side, and what rounding adds."""

CANDIDATES = 1024
"""Room for candidates: the search ends at 1000, which the last runs of words may exceed."""

SECTIONS = 9 + 2 * WIDTH
"""Parts of `room` numbers that the work space needs, besides three times CANDIDATES."""

LATE, OUTSIDE = -1, -2
"""Instead of edits: the search was given up, or the texts' lengths need a wider beam."""


def count_edits(
    tokens: Long,
    starts: Long,
    first_own: int,
    first_other: int,
    pairs: int,
    limit: int,
    work: Work,
    room: int,
    found: Long,
) -> int:
    """The edits of each pair of texts, or LATE after `limit` rows of the pair's tables, or OUTSIDE.

    `room` is at least two more than the longest text has tokens.
    """
    for pair in range(pairs):
        own, other = starts[first_own + pair], starts[first_other + pair]
        size = starts[first_own + pair + 1] - own
        reference_size = starts[first_other + pair + 1] - other
        same = size == reference_size
        at = 0
        while same and at < size:
            same = tokens[own + at] == tokens[other + at]
            at += 1
        if same:
            found[pair] = 0
        elif size == 0 or reference_size == 0:
            found[pair] = max(size, reference_size)
        elif reference_size > 50 * size:
            found[pair] = OUTSIDE
        else:
            for at in range(size):
                work[at] = tokens[own + at]
            found[pair] = search(tokens, other, size, reference_size, limit, work, room)
    return 0


def search(
    tokens: Long, other: int, size: int, reference_size: int, limit: int, work: Work, room: int
) -> int:
    """Shifts and edits that turn work[:size] into the reference at tokens[other:]."""
    ratio = reference_size / size
    for row in range(1, size + 1):
        middle = int(row * ratio)
        work[2 * room + row] = max(0, middle - 25)
        work[3 * room + row] = min(reference_size, middle + 24) if row < size else reference_size
    counted = shifts = spent = 0
    while True:
        spent += 2 * size
        distance = fill(tokens, other, size, reference_size, work, room)
        if distance == 0:
            return shifts
        align(tokens, other, size, reference_size, work, room)
        before = counted
        counted = collect(tokens, other, size, reference_size, counted, work, room)
        if counted >= 1000 or counted == before:
            return shifts + distance
        candidates = (9 + 2 * 52) * room
        known = distance + abs(size - reference_size) <= 46
        best, best_distance, best_length = -1, distance, 0
        for length in range(10, 0, -1):
            if best >= 0 and known and distance - 2 * length >= best_distance:
                break
            for candidate in range(counted - before):
                at = candidates + 3 * candidate
                if work[at + 2] != length:
                    continue
                wanted = best_distance
                if length == best_length:
                    start, goal = work[candidates + 3 * best], work[candidates + 3 * best + 1]
                    if work[at] < start or (work[at] == start and work[at + 1] < goal):
                        wanted += 1
                first, last = shift(work, room, size, work[at], length, work[at + 1])
                spent += last - first
                if spent > limit:
                    return -1
                reached = measure(tokens, other, size, reference_size, first, last, wanted, work, room)
                if reached < wanted:
                    best, best_distance, best_length = candidate, reached, length
        if best < 0:
            return shifts + distance
        shifts += 1
        at = candidates + 3 * best
        first, last = shift(work, room, size, work[at], best_length, work[at + 1])
        for place in range(first, last):
            work[place] = work[room + place]


def fill(tokens: Long, other: int, size: int, reference_size: int, work: Work, room: int) -> int:
    """Fill the tables of the distances from the beginning and to the end; the distance of the words."""
    forward, backward = 9 * room, (9 + 52) * room
    for row in range(1, size + 1):
        low, high = work[2 * room + row], work[3 * room + row]
        last_low, last_high = work[2 * room + row - 1], work[3 * room + row - 1]
        if row == 1:
            last_low, last_high = 0, reference_size
        word = work[row - 1]
        here, above = forward + row * 52 - low, forward + (row - 1) * 52 - last_low
        value = 1 << 29
        for cell in range(low, high + 1):
            value += 1
            if last_low <= cell <= last_high:
                value = min(value, (cell if row == 1 else work[above + cell]) + 1)
            if cell and last_low <= cell - 1 <= last_high:
                step = 0 if tokens[other + cell - 1] == word else 1
                value = min(value, (cell - 1 if row == 1 else work[above + cell - 1]) + step)
            work[here + cell] = value
    for row in range(size, 0, -1):
        low, high = work[2 * room + row], work[3 * room + row]
        here = backward + row * 52 - low
        if row == size:
            for cell in range(low, high + 1):
                work[here + cell] = reference_size - cell
        else:
            next_low, next_high = work[2 * room + row + 1], work[3 * room + row + 1]
            below = backward + (row + 1) * 52 - next_low
            word = work[row]
            value = 1 << 29
            for cell in range(high, low - 1, -1):
                value += 1
                if next_low <= cell <= next_high:
                    value = min(value, work[below + cell] + 1)
                if next_low <= cell + 1 <= next_high:
                    step = 0 if tokens[other + cell] == word else 1
                    value = min(value, work[below + cell + 1] + step)
                work[here + cell] = value
    return int(work[forward + size * 52 + reference_size - work[2 * room + size]])


def align(tokens: Long, other: int, size: int, reference_size: int, work: Work, room: int) -> None:
    """For each word of the reference the place of the hypothesis that it stands with or after; errors on both sides.

    Among equally short paths a match or substitution is preferred, then a superfluous word, then a missing one.
    """
    forward, places, wrong, missed = 9 * room, 4 * room, 5 * room, 6 * room
    for at in range(size):
        work[wrong + at] = 1
    for at in range(reference_size):
        work[places + at] = -1
        work[missed + at] = 1
    row, cell = size, reference_size
    while row > 0 and cell > 0:
        value = work[forward + row * 52 + cell - work[2 * room + row]]
        if row == 1:
            aslant, above = cell - 1, cell
        else:
            low, high = work[2 * room + row - 1], work[3 * room + row - 1]
            base = forward + (row - 1) * 52 - low
            aslant = work[base + cell - 1] if low <= cell - 1 <= high else 1 << 29
            above = work[base + cell] if low <= cell <= high else 1 << 29
        step = 0 if tokens[other + cell - 1] == work[row - 1] else 1
        if aslant + step == value:
            row -= 1
            cell -= 1
            work[places + cell] = row
            if step == 0:
                work[wrong + row] = 0
                work[missed + cell] = 0
        elif above + 1 == value:
            row -= 1
        else:
            cell -= 1
            work[places + cell] = row - 1


def collect(
    tokens: Long, other: int, size: int, reference_size: int, counted: int, work: Work, room: int
) -> int:
    """Write the candidates (start, goal, length) and return how many have been counted in all rounds."""
    places, wrong, missed = 4 * room, 5 * room, 6 * room
    out = (9 + 2 * 52) * room
    for start in range(size):
        for place in range(max(0, start - 50), min(reference_size, start + 51)):
            aligned = work[places + place]
            errors = misses = length = 0
            while (
                length < 10
                and start + length < size
                and place + length < reference_size
                and work[start + length] == tokens[other + place + length]
            ):
                errors += work[wrong + start + length]
                misses += work[missed + place + length]
                length += 1
                if errors == 0 or misses == 0:
                    continue
                if start <= aligned < start + length:
                    break
                last_goal = -1
                for offset in range(-1, length):
                    goal = 0 if place + offset < 0 else work[places + place + offset] + 1
                    if goal != last_goal:
                        last_goal = goal
                        work[out] = start
                        work[out + 1] = goal
                        work[out + 2] = length
                        out += 3
                        counted += 1
                if counted >= 1000:
                    return counted
    return counted


def shift(work: Work, room: int, size: int, start: int, length: int, goal: int) -> tuple[int, int]:
    """Write the part of the words that moving `length` of them from `start` changes; its first place and its end.

    A goal inside the moved words counts from their start in what is left, as in Tercom.
    """
    end = start + length
    if goal < start:
        first, last = goal, end
        cut = start
    elif goal > end:
        first, last = start, goal
        cut = end
    else:
        first, last = start, min(size, length + goal)
        cut = end
    out = room + first
    for place in range(cut, last):
        work[out] = work[place]
        out += 1
    for place in range(first, cut):
        work[out] = work[place]
        out += 1
    return first, last


def measure(
    tokens: Long,
    other: int,
    size: int,
    reference_size: int,
    first: int,
    last: int,
    wanted: int,
    work: Work,
    room: int,
) -> int:
    """The distance of the words with those from `first` to `last` as `shift` wrote them, if it is less than wanted."""
    forward, backward = 9 * room, (9 + 52) * room
    row_now, row_before = 7 * room, 8 * room
    if first == 0:
        low, high = 0, min(reference_size, wanted)
        for cell in range(low, high + 1):
            work[row_before + cell] = cell
    else:
        low, high = work[2 * room + first], work[3 * room + first]
        for cell in range(low, high + 1):
            work[row_before + cell] = work[forward + first * 52 + cell - low]
    for row in range(first + 1, last + 1):
        least, most = max(low, work[2 * room + row]), work[3 * room + row]
        word = work[room + row - 1]
        rest = (reference_size - size) + row
        begin, end = -1, -1
        value = 1 << 29
        for cell in range(least, most + 1):
            if cell > high + 1 and value >= wanted:
                break
            value += 1
            if cell <= high:
                value = min(value, work[row_before + cell] + 1)
            if low < cell <= high + 1:
                step = 0 if tokens[other + cell - 1] == word else 1
                value = min(value, work[row_before + cell - 1] + step)
            work[row_now + cell] = value
            if value + abs(rest - cell) < wanted:
                end = cell
                if begin < 0:
                    begin = cell
        if begin < 0:
            return wanted
        low, high = begin, end
        row_now, row_before = row_before, row_now
    base = backward + last * 52 - work[2 * room + last]
    best = wanted
    for cell in range(low, high + 1):
        best = min(best, work[row_before + cell] + work[base + cell])
    return best
