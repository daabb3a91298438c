"""Compiled counting where the extra `fast` (numba) is installed: the same numbers, from the loops of `kernels.py`.

What that needs is imported only where it is used.
"""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Integers = NDArray[np.int64]

ENOUGH = 1_500_000
"""Tokens of a run from which compiling pays, which is done once on a machine."""

READY = 300_000
"""Tokens of a run from which loading what was compiled pays."""

ENOUGH_PAIRS = 1000
"""Pairs from which compiling the search of TER pays."""

_seen = 0


def wanted(tokens: int) -> bool:
    """Whether to count with the compiled loops, after so many more tokens; WORKBENCH_FAST=0 or 1 decides it."""
    global _seen
    _seen += tokens
    choice = os.environ.get("WORKBENCH_FAST", "")
    if choice == "0" or (choice != "1" and _seen < READY):
        return False
    from workbench.metrics import kernels, machine

    if not machine.available():
        return False
    if choice == "1" or _seen >= ENOUGH:
        return True
    return machine.ready(kernels.count_tokens) and machine.ready(kernels.count_characters)


def shared(tokens: Integers, lengths: Integers, order: int) -> Integers:
    """As `ngrams.shared` with one reference to a hypothesis."""
    from workbench.metrics import kernels

    pairs = len(lengths) // 2
    found = np.zeros((pairs, order), dtype=np.int64)
    if not len(tokens):
        return found
    room = int(lengths.max()) + 1
    table = np.zeros(int(tokens.max()) + 1, dtype=np.int64)
    run(
        kernels.count_tokens,
        tokens,
        _starts(lengths),
        pairs,
        order,
        table,
        _work(room),
        room,
        found.reshape(-1),
    )
    return found


def chrf(
    systems: Sequence[Sequence[str]], references: Sequence[str], order: int, word_order: int
) -> list[Integers]:
    """The statistics of chrF of every system against the same references."""
    from workbench.metrics import kernels

    texts = [line for side in (*systems, references) for line in side]
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    room = int(lengths.max(initial=0)) + 1
    slots = np.empty(8 * room if word_order else 1, dtype=np.int32)
    pairs = len(references)
    work, starts = _work(room), _starts(lengths)
    tables = []
    for at in range(len(systems)):
        found = np.zeros((pairs, 3 * (order + word_order)), dtype=np.int64)
        run(
            kernels.count_characters, codes, starts, at * pairs, len(systems) * pairs, pairs, order, word_order,
            *_looked_up(), np.zeros(0x110000, dtype=np.int64), work, room, slots, found.reshape(-1),
        )  # fmt: skip
        tables.append(found)
    return tables


def edits(
    tokens: Integers, lengths: Integers, pairs: int, reference_sets: int, rows: int = 1 << 62
) -> list[Integers]:
    """TER's edits of each pair by set of references, or LATE after so many rows of tables, or OUTSIDE."""
    from workbench.metrics import kernel_ter

    room = int(lengths.max(initial=0)) + 2
    work = np.empty(kernel_ter.SECTIONS * room + 3 * kernel_ter.CANDIDATES, dtype=np.int32)
    starts = _starts(lengths)
    found = [np.zeros(pairs, dtype=np.int64) for _ in range(reference_sets)]
    for at, numbers in enumerate(found, 1):
        run(kernel_ter.count_edits, tokens, starts, 0, at * pairs, pairs, rows, work, room, numbers)
    return found


def searches(pairs: int, *, hurried: bool = False) -> bool:
    """Whether to search for shifts with the compiled loops; WORKBENCH_FAST=0 or 1 decides it.

    Who is `hurried` does not wait for them to be compiled, but has them compiled for the next time.
    """
    choice = os.environ.get("WORKBENCH_FAST", "")
    if choice == "0":
        return False
    from workbench.metrics import kernel_ter, machine

    if not machine.available():
        return False
    if machine.ready(kernel_ter.count_edits):
        return True
    if hurried:
        machine.compile_aside(kernel_ter.count_edits)
        return False
    return choice == "1" or pairs >= ENOUGH_PAIRS


def run(function: Callable[..., Any], *values: NDArray[Any] | int) -> int:
    """Call the compiled function with arrays and integers."""
    from workbench.metrics import machine

    return machine.entry(function)(*(each if isinstance(each, int) else each.ctypes.data for each in values))


def _starts(lengths: Integers) -> Integers:
    return np.concatenate(([0], np.cumsum(lengths)))


def _work(room: int) -> NDArray[np.int32]:
    from workbench.metrics import kernels

    return np.empty(kernels.SECTIONS * room, dtype=np.int32)


@cache
def _looked_up() -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Whether each of the first code points is white space, and whether it is ASCII punctuation."""
    import string

    from workbench.metrics import kernels

    blank = np.array([chr(code).isspace() for code in range(kernels.BLANKS)], dtype=np.uint8)
    signs = np.array([chr(code) in string.punctuation for code in range(kernels.SIGNS)], dtype=np.uint8)
    return blank, signs
