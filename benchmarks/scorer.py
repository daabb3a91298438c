"""The one scorer of alignment and segmentation: counts per document that add up, and precision, recall, F1 of them.

strict  a bead is right when gold has the same bead. As in the scorers of Vecalign and Bertalign, precision is over all
        beads said, those with an empty side too; recall is over the gold beads that have both sides.
lax     a bead is right when it shares a sentence of each side with gold.
null    the sentences without a partner, whether a bead with an empty side says so or no bead holds them.
link    from raw text: pairs of gold units that beads tie together, and units that nothing is tied to. A bead touches a
        unit when what they have in common is at least half of the unit or half of the bead's side, white space aside.
ends    of segmentation: sentence ends strictly inside paragraphs; the ends of paragraphs are given and not counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Indices: TypeAlias = tuple[int, ...]
Pair: TypeAlias = tuple[Indices, Indices]
Spans: TypeAlias = "Sequence[Sequence[int]]"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of what was said is right, and how much of gold was found; tallies add up over documents."""

    right: int = 0
    said: int = 0
    found: int = 0
    gold: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.right + other.right,
            self.said + other.said,
            self.found + other.found,
            self.gold + other.gold,
        )

    @property
    def precision(self) -> float:
        return self.right / self.said if self.said else 0.0

    @property
    def recall(self) -> float:
        return self.found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def overlap(gold: set[Any], said: set[Any]) -> Tally:
    """The tally of two sets whose members are right when they are equal."""
    common = len(gold & said)
    return Tally(common, len(said), common, len(gold))


def pairs(beads: Iterable[Sequence[Sequence[int]]]) -> set[Pair]:
    """Beads as pairs of sorted indices; a bead with nothing on either side is left out."""
    return {(tuple(sorted(bead[0])), tuple(sorted(bead[1]))) for bead in beads if bead[0] or bead[1]}


def score_beads(
    gold: Iterable[Sequence[Sequence[int]]],
    said: Iterable[Sequence[Sequence[int]]],
) -> dict[str, Tally]:
    """The tallies `strict`, `lax` and `null` of one document whose gold covers both sides."""
    right, told = pairs(gold), pairs(said)
    right_both, told_both = both(right), both(told)
    return {
        "strict": Tally(len(right & told), len(told), len(right_both & told_both), len(right_both)),
        "lax": Tally(touching(told, right), len(told), touching(right_both, told_both), len(right_both)),
        "null": null_tally(right, right_both, told_both),
    }


def both(beads: set[Pair]) -> set[Pair]:
    return {bead for bead in beads if bead[0] and bead[1]}


def touching(beads: set[Pair], others: set[Pair]) -> int:
    """How many beads are among the others or share a sentence of each side with one and the same of them."""
    partners: dict[int, set[int]] = defaultdict(set)
    for source, target in others:
        for at in source:
            partners[at].update(target)
    return sum(
        bead in others or any(not partners[at].isdisjoint(bead[1]) for at in bead[0] if at in partners)
        for bead in beads
    )


def null_tally(right: set[Pair], right_both: set[Pair], told_both: set[Pair]) -> Tally:
    everything = [{at for bead in right for at in bead[side]} for side in (0, 1)]

    def alone(beads: set[Pair]) -> set[tuple[int, int]]:
        held = [{at for bead in beads for at in bead[side]} for side in (0, 1)]
        return {(side, at) for side in (0, 1) for at in everything[side] - held[side]}

    return overlap(alone(right_both), alone(told_both))


def right_by_type(
    gold: Iterable[Sequence[Sequence[int]]], said: Iterable[Sequence[Sequence[int]]]
) -> Counter[tuple[str, bool]]:
    """How many gold beads of each type ("2-1") were found and how many were not."""
    told = pairs(said)
    return Counter((f"{len(bead[0])}-{len(bead[1])}", bead in told) for bead in pairs(gold))


def score_links(
    document: dict[str, Any], en_spans: Spans, zh_spans: Spans, beads: Iterable[Sequence[Sequence[int]]]
) -> Tally:
    """The tally of links of one document, from a system's own sentences as spans of `en_raw` and `zh_raw`."""
    left = units_of(document["en_sents"], en_spans, document["en_raw"])
    right = units_of(document["zh_sents"], zh_spans, document["zh_raw"])
    gold = {(i, j) for bead in document["beads"] for i in bead[0] for j in bead[1]}
    said = {(i, j) for bead in beads for i in touched(left, bead[0]) for j in touched(right, bead[1])}
    sizes = len(document["en_sents"]), len(document["zh_sents"])
    return overlap(with_nulls(gold, sizes), with_nulls(said, sizes))


Touch: TypeAlias = tuple[list[int], list[int], list[dict[int, int]]]


def units_of(units: Spans, spans: Spans, raw: str) -> Touch:
    """Sizes of units, sizes of spans, and for each span how much it shares with which unit, white space aside."""
    place = places(raw)
    bounds = [(place[start], place[end]) for start, end in units]
    shared: list[dict[int, int]] = []
    for start, end in spans:
        low, high = place[start], place[end]
        shared.append(
            {
                number: common
                for number, (first, last) in enumerate(bounds)
                if (common := min(high, last) - max(low, first)) > 0
            }
        )
    return (
        [last - first for first, last in bounds],
        [place[end] - place[start] for start, end in spans],
        shared,
    )


def touched(side: Touch, indices: Sequence[int]) -> set[int]:
    """The units that a bead's side touches."""
    units, spans, shared = side
    size = sum(spans[at] for at in indices)
    common: Counter[int] = Counter()
    for at in indices:
        common.update(shared[at])
    return {unit for unit, count in common.items() if 2 * count >= units[unit] or 2 * count >= size}


def with_nulls(links: set[Any], sizes: tuple[int, int]) -> set[Any]:
    left, right = {i for i, _ in links}, {j for _, j in links}
    alone = {(i, None) for i in range(sizes[0]) if i not in left}
    return links | alone | {(None, j) for j in range(sizes[1]) if j not in right}


def places(raw: str) -> list[int]:
    """For each position of a text how many characters other than white space stand before it."""
    return list(accumulate((not character.isspace() for character in raw), initial=0))


def score_ends(raw: str, gold: Spans, said: Spans) -> Tally:
    """The tally of sentence ends strictly inside the paragraphs of `raw`, which blank lines part."""
    place = places(raw)
    given = {0, place[-1]}
    at = raw.find("\n\n")
    while at >= 0:
        given.add(place[at])
        at = raw.find("\n\n", at + 2)

    def ends(spans: Spans) -> set[int]:
        return {place[end] for start, end in spans if place[end] > place[start]} - given

    return overlap(ends(gold), ends(said))
