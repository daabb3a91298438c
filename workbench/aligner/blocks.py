"""Whole blocks without a partner in their place: moved or repeated, on one side only, or beside what does not fit."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workbench.model import Bead

# A bead less sure than this does not settle its segments.
_UNSETTLED = 0.5
# Segments of a block at least; settled ones between two parts of one block at most; share that is not settled.
_SHORTEST = 6
_BETWEEN = 2
_LEAST_LOOSE = 0.75
# Segments of a side in a row without a partner that are told of: this many, or fewer where they are this share of it.
_SHORTEST_GAP = 10
_SHORT_GAP = 5
_GAP_SHARE = 0.05
# Share of a stretch's segments that may stand on the other side of it, for the stretch to be alone.
_BESIDE = 0.25
# What beads of two stretches that face each other are worth together, at most, for them to be of different texts.
_MOST_FIT = 0.45
# Lines of one kind that are written out; the others are counted.
_MOST_LINES = 5
# Pairs that rise together, at least and as a share of the shorter block, for one to be the translation of the other.
_LEAST_TIES = 4
_TIED = 0.2
# Share of a block's segments of some length that stand elsewhere on their side too, for it to be a repetition.
_REPEATED = 0.4
_LONG_ENOUGH = 8


@dataclass(frozen=True, slots=True)
class Stretch:
    """Segments start..stop-1 of one side that no sure bead holds, and the numbers of the beads they are in."""

    start: int
    stop: int
    beads: range

    def __len__(self) -> int:
        return self.stop - self.start

    def __str__(self) -> str:
        return f"segments {self.start + 1} to {self.stop}"


def find(
    source: Sequence[str], target: Sequence[str], beads: Sequence[Bead], *, source_lang: str, target_lang: str
) -> list[str]:
    """A line for each block that was moved, repeated or does not fit, or that the other side lacks, with its segments.

    Of each kind a few are written out and the rest counted; a last line has the total, where some were left out.
    """
    x = list(stretches([bead.source for bead in beads], beads, shortest=_SHORT_GAP))
    y = list(stretches([bead.target for bead in beads], beads, shortest=_SHORT_GAP))
    if not x and not y:
        return []
    explained: set[tuple[str, int]] = set()
    moved: list[str] = []
    long_x, long_y = ([one for one in some if len(one) >= _SHORTEST] for some in (x, y))
    if long_x and long_y:
        for left, right, (x0, x1, y0, y1) in _moved(source, target, long_x, long_y, source_lang, target_lang):
            moved.append(
                f"segments {y0 + 1} to {y1 + 1} of the target fit segments {x0 + 1} to {x1 + 1} of the source:"
                " blocks were moved"
            )
            explained |= {("source", left.start), ("target", right.start)}
    repeated: list[str] = []
    for name, texts, some in (("source", source, long_x), ("target", target, long_y)):
        for stretch, first, last in _repeated(
            texts, [one for one in some if (name, one.start) not in explained]
        ):
            repeated.append(
                f"{stretch} of the {name} repeat segments {first + 1} to {last + 1} of it: the block is there twice"
            )
            explained.add((name, stretch.start))
    left_x, left_y = (
        [one for one in some if (name, one.start) not in explained]
        for name, some in (("source", x), ("target", y))
    )
    unfit = _unfit(left_x, left_y, beads)
    kinds = [moved, repeated, [line for _, line in unfit]]
    for name, other, texts, some in (
        ("source", "target", source, left_x),
        ("target", "source", target, left_y),
    ):
        kinds.append(
            [
                f"{len(one)} segments of the {name} in a row ({len(one) / len(texts):.0%} of it),"
                f" {one.start + 1} to {one.stop}, have no partner in the {other}"
                for one in some
                if _alone(one, beads, name, len(texts))
                and not any(_meet(one.beads, inside) for inside, _ in unfit)
            ]
        )
    lines = [line for kind in kinds for line in _first(kind)]
    if any(len(kind) > _MOST_LINES for kind in kinds):
        lines.append(_total(len(source), len(target), beads))
    return lines


def unfit(beads: Sequence[Bead]) -> tuple[int, list[str]]:
    """How many segments of the source stand in parts that do not fit the target's, and a line for each such part."""
    x = list(stretches([bead.source for bead in beads], beads))
    y = list(stretches([bead.target for bead in beads], beads))
    found = _unfit(x, y, beads)
    return sum(len(beads[at].source) for inside, _ in found for at in inside), [line for _, line in found]


def _first(lines: list[str]) -> list[str]:
    """The lines of one kind that are shown, and how many more there are."""
    more = len(lines) - _MOST_LINES
    return lines if more <= 0 else [*lines[:_MOST_LINES], f"and {more} more like the last"]


def _total(source: int, target: int, beads: Sequence[Bead]) -> str:
    """How many segments of each side have no partner."""
    left = sum(len(bead.source) for bead in beads if not bead.target)
    right = sum(len(bead.target) for bead in beads if not bead.source)
    return f"in all {left} of {source} segments of the source and {right} of {target} of the target have no partner"


def _unfit(x: list[Stretch], y: list[Stretch], beads: Sequence[Bead]) -> list[tuple[range, str]]:
    """Where stretches of both sides face each other, and a line that says so: beads, line."""
    ends = sorted({(one.beads.start, one.beads.stop) for one in (*x, *y)})
    areas: list[list[int]] = []
    for start, stop in ends:
        if areas and start - areas[-1][1] <= max(_BETWEEN, _BESIDE * (areas[-1][1] - areas[-1][0])):
            areas[-1][1] = max(areas[-1][1], stop)
        else:
            areas.append([start, stop])
    found = []
    for start, stop in areas:
        inside = beads[start:stop]
        sides = [
            [bead.source for bead in inside if bead.source],
            [bead.target for bead in inside if bead.target],
        ]
        counts = [sum(map(len, side)) for side in sides]
        if min(counts) < max(_SHORTEST, _BESIDE * max(counts)):
            continue
        pairs = [
            (len(bead.source) + len(bead.target), bead.score)
            for bead in inside
            if bead.source and bead.target
        ]
        fit = sum(size * score for size, score in pairs) / sum(counts)
        if fit <= _MOST_FIT:
            (a, b), (c, d) = ((side[0].start + 1, side[-1].stop) for side in sides)
            found.append(
                (
                    range(start, stop),
                    f"segments {a} to {b} of the source and {c} to {d} of the target hardly fit each other"
                    f" (mean score {fit:.2f}); is this part of the draft from another document?",
                )
            )
    return found


def stretches(
    ranges: Sequence[range], beads: Sequence[Bead], *, shortest: int = _SHORTEST
) -> Iterator[Stretch]:
    """The runs of segments of one side that are in no sure bead, here and there a settled one among them."""
    loose = [not (bead.source and bead.target) or bead.score < _UNSETTLED for bead in beads]
    if not any(loose):
        return
    parts: list[list[int]] = []  # [first segment, last + 1, loose ones, first bead, last bead + 1]
    for is_loose, run in groupby((at for at, each in enumerate(ranges) if each), key=loose.__getitem__):
        if not is_loose:
            continue
        numbers = list(run)
        first, last = ranges[numbers[0]].start, ranges[numbers[-1]].stop
        part = [first, last, last - first, numbers[0], numbers[-1] + 1]
        if parts and first - parts[-1][1] <= _BETWEEN and parts[-1][2] >= _BETWEEN:
            before = parts.pop()
            part = [before[0], last, before[2] + part[2], before[3], part[4]]
        parts.append(part)
    for first, last, count, begin, end in parts:
        if count >= shortest and count >= _LEAST_LOOSE * (last - first):
            yield Stretch(first, last, range(begin, end))


def _alone(stretch: Stretch, beads: Sequence[Bead], name: str, count: int) -> bool:
    """Whether hardly anything of the other side, or of its own with one, stands where the stretch does."""
    inside = [beads[at] for at in stretch.beads]
    other = sum(len(bead.target if name == "source" else bead.source) for bead in inside)
    if len(stretch) >= _SHORTEST_GAP:
        return other * 4 <= len(stretch)
    return not other and len(stretch) >= max(_SHORT_GAP, _GAP_SHARE * count)


def _moved(
    source: Sequence[str],
    target: Sequence[str],
    x: list[Stretch],
    y: list[Stretch],
    source_lang: str,
    target_lang: str,
) -> Iterator[tuple[Stretch, Stretch, tuple[int, int, int, int]]]:
    """Stretches of the two sides that tell of each other but stand in different places, and first and last segments."""
    from workbench.aligner.alignment import evidence_of
    from workbench.aligner.band import rising, ties

    x_at = [at for stretch in x for at in range(stretch.start, stretch.stop)]
    y_at = [at for stretch in y for at in range(stretch.start, stretch.stop)]
    evidence, swapped = evidence_of(
        [source[at] for at in x_at],
        [target[at] for at in y_at],
        source_lang=source_lang,
        target_lang=target_lang,
    )
    x_home = [number for number, stretch in enumerate(x) for _ in range(len(stretch))]
    y_home = [number for number, stretch in enumerate(y) for _ in range(len(stretch))]
    found: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for first, second in ties(evidence):
        i, j = (second, first) if swapped else (first, second)
        found.setdefault((x_home[i], y_home[j]), []).append((x_at[i], y_at[j]))
    for (left, right), points in sorted(found.items()):
        if _meet(x[left].beads, y[right].beads):
            continue
        chain = rising(sorted(points, key=lambda point: (point[0], -point[1])))
        least = max(_LEAST_TIES, _TIED * min(len(x[left]), len(y[right])))
        if len(chain) >= least:
            yield x[left], y[right], (chain[0][0], chain[-1][0], chain[0][1], chain[-1][1])


def _meet(first: range, second: range) -> bool:
    return first.start < second.stop and second.start < first.stop


def _repeated(texts: Sequence[str], some: list[Stretch]) -> Iterator[tuple[Stretch, int, int]]:
    """The stretches whose segments stand elsewhere on the same side word for word, and where: first and last."""
    if not some:
        return
    places: dict[str, list[int]] = {}
    for at, text in enumerate(texts):
        if len(text) >= _LONG_ENOUGH:
            places.setdefault(text, []).append(at)
    for stretch in some:
        telling = [at for at in range(stretch.start, stretch.stop) if len(texts[at]) >= _LONG_ENOUGH]
        offsets: dict[int, list[int]] = {}
        for at in telling:
            for other in places[texts[at]][:20]:
                if not stretch.start <= other < stretch.stop:
                    offsets.setdefault((other - at) // 8, []).append(other)
        best = max(offsets.values(), key=len, default=[])
        if len(best) >= max(_LEAST_TIES, _REPEATED * len(telling)):
            yield stretch, min(best), max(best)
