"""Whole blocks that did not find a partner in their place: moved ones, repeated ones, ones that only a side has."""

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
_SHORTEST_GAP = 10
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
    """A line for each block that was moved or repeated or that the other side does not have, with its segments."""
    x = list(stretches([bead.source for bead in beads], beads))
    y = list(stretches([bead.target for bead in beads], beads))
    if not x and not y:
        return []
    lines: list[str] = []
    explained: set[tuple[str, int]] = set()
    if x and y:
        for left, right, (x0, x1, y0, y1) in _moved(source, target, x, y, source_lang, target_lang):
            lines.append(
                f"segments {y0 + 1} to {y1 + 1} of the target fit segments {x0 + 1} to {x1 + 1} of the source:"
                " blocks were moved"
            )
            explained |= {("source", left.start), ("target", right.start)}
    for name, texts, some in (("source", source, x), ("target", target, y)):
        for stretch, first, last in _repeated(
            texts, [one for one in some if (name, one.start) not in explained]
        ):
            lines.append(
                f"{stretch} of the {name} repeat segments {first + 1} to {last + 1} of it: the block is there twice"
            )
            explained.add((name, stretch.start))
    for name, other, texts, some in (("source", "target", source, x), ("target", "source", target, y)):
        for stretch in some:
            if (name, stretch.start) in explained or not _alone(stretch, beads, name):
                continue
            lines.append(
                f"{len(stretch)} segments of the {name} in a row ({len(stretch) / len(texts):.0%} of it),"
                f" {stretch.start + 1} to {stretch.stop}, have no partner in the {other}"
            )
    return lines


def stretches(ranges: Sequence[range], beads: Sequence[Bead]) -> Iterator[Stretch]:
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
        if count >= _SHORTEST and count >= _LEAST_LOOSE * (last - first):
            yield Stretch(first, last, range(begin, end))


def _alone(stretch: Stretch, beads: Sequence[Bead], name: str) -> bool:
    """Whether hardly anything of the other side stands where the stretch does."""
    inside = [beads[at] for at in stretch.beads]
    other = sum(len(bead.target if name == "source" else bead.source) for bead in inside)
    return len(stretch) >= _SHORTEST_GAP and other * 4 <= len(stretch)


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
