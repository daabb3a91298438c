"""Samples for review: every n-th unit, the most edited, the most doubtful, or some at random, by number or percent."""

from __future__ import annotations

import random
import re
from math import ceil
from typing import TYPE_CHECKING, Any

from workbench.errors import CommandError
from workbench.store.records import Pick

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

KINDS = ("every", "edited", "doubtful", "random")
USAGE = "sample:every 10, sample:edited 20, sample:doubtful 5%, sample:random 50 seed 7"
_AMOUNT = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,3})?)(%?)")


def edit_rate(target: str, drafts: Sequence[Sequence[Any]]) -> float:
    """Characters to change from the draft to the target, in percent of the target; 0 where there is no draft."""
    if not drafts:
        return 0.0
    draft = drafts[0][1]
    if draft == target:
        return 0.0
    from rapidfuzz.distance import Levenshtein

    return 100.0 * Levenshtein.distance(draft, target) / max(1, len(target))


def parse_pick(words: Sequence[str]) -> Pick:
    """What "every 10", "edited 20%" or "random 50 seed 7" stand for. Raises CommandError."""
    said = " ".join(words)
    kind = words[0].lower() if words else ""
    amount = _AMOUNT.fullmatch(words[1]) if len(words) > 1 else None
    if kind not in KINDS or amount is None or float(amount[1]) <= 0:
        raise CommandError(f"no sample {said!r}; there are {USAGE}")
    number, is_percent = float(amount[1]), bool(amount[2])
    if not is_percent and number != int(number):
        raise CommandError(f"a sample has whole units, not {amount[1]}: {amount[1]}% is a share")
    if is_percent and number > 100:
        raise CommandError(f"a sample has at most 100%, not {amount[0]}")
    seed = 0
    if len(words) > 2:
        if kind != "random" or len(words) != 4 or words[2] != "seed" or not words[3].isdecimal():
            raise CommandError(f"no sample {said!r}; there are {USAGE}")
        seed = int(words[3])
    if kind == "every" and is_percent:
        raise CommandError(f"every n-th unit is given by a number: sample:every {round(100 / number)}")

    def count_of(ranks: Sequence[int]) -> int:
        return ceil(len(ranks) * number / 100) if is_percent else int(number)

    if kind == "every":
        return Pick(said, choose=lambda ranks, _values: list(ranks[:: int(number)]))
    if kind == "random":
        return Pick(said, choose=lambda ranks, _values: _at_random(ranks, count_of(ranks), seed))
    columns, value = _MEASURES[kind]
    return Pick(said, columns, value, lambda ranks, values: _greatest(ranks, values, count_of(ranks)))


def _at_random(ranks: Sequence[int], count: int, seed: int) -> list[int]:
    places = random.Random(seed).sample(range(len(ranks)), min(count, len(ranks)))
    return [ranks[place] for place in places]


def _greatest(ranks: Sequence[int], values: Sequence[float], count: int) -> list[int]:
    """The ranks with the greatest values above nought, the first ones among equals."""
    some = (place for place in range(len(ranks)) if values[place] > 0)
    return [ranks[place] for place in sorted(some, key=lambda place: -values[place])[:count]]


_MEASURES: dict[str, tuple[tuple[str, ...], Callable[..., float]]] = {
    "edited": (("target", "drafts"), edit_rate),
    "doubtful": (("bead_score",), lambda score: 1.0 - float(score)),
}
