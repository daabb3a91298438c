"""What the results of alignment say: ratios to the peers, other directions and scripts, bead types, reliability."""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from benchmarks import datasets, scorer
from benchmarks.tables import Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from benchmarks.datasets import Dataset

_EDGES = (0.0, 0.3, 0.5, 0.7, 0.9, 0.97, 0.99, 1.01)
_DRAWS = 1000
_TYPES = ("1-1", "2-1", "1-2", "3-1", "1-3", "2-2", "1-0", "0-1")


def ratios(names: Sequence[str], totals: Mapping[tuple[str, str], Any]) -> Table:
    """Ours against each peer, by kind of set; an error is what is missing to an F1 of 1."""
    head = [
        "kind",
        "peer",
        "F1 ours",
        "F1 peer",
        "difference, 95% of draws",
        "errors ours/peer",
        "link errors",
        "speed ours/peer",
        "memory ours/peer",
    ]
    table = Table("Ours against the peers, in this run", head)
    own, *peers = names
    for kind in datasets.KINDS:
        for peer in peers:
            if (kind, own) not in totals or (kind, peer) not in totals:
                continue
            ours, theirs = totals[kind, own], totals[kind, peer]
            table.add(
                kind,
                peer,
                number(ours.f1("strict"), 4),
                number(theirs.f1("strict"), 4),
                interval(ours.strict, theirs.strict),
                errors(ours.f1("strict"), theirs.f1("strict")),
                errors(ours.f1("link"), theirs.f1("link")),
                f"{ours.speed / theirs.speed:.2f}" if ours.speed and theirs.speed else "–",
                f"{ours.peak_mb / theirs.peak_mb:.2f}" if theirs.peak_mb else "–",
            )
    return table


def interval(ours: Sequence[scorer.Tally], theirs: Sequence[scorer.Tally]) -> str:
    """Between what our F1 less theirs lies in 95% of the draws of as many documents (paired bootstrap)."""
    if len(ours) < 2 or len(ours) != len(theirs):
        return "–"
    chance = random.Random(1)
    found = []
    for _ in range(_DRAWS):
        drawn = chance.choices(range(len(ours)), k=len(ours))
        left, right = (sum((side[at] for at in drawn), scorer.Tally()) for side in (ours, theirs))
        found.append(left.f1 - right.f1)
    found.sort()
    return f"{found[_DRAWS // 40]:+.3f} to {found[-_DRAWS // 40 - 1]:+.3f}"


def number(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


def errors(ours: float | None, theirs: float | None) -> str:
    return "–" if ours is None or theirs is None or theirs >= 1 else f"{(1 - ours) / (1 - theirs):.3f}"


def other_ways(sets: Sequence[Dataset], extras: Mapping[Any, Any]) -> Table:
    """Ours with paragraphs given, with Traditional Chinese, and from Chinese: F1, and how many beads are as before."""
    ways = ("", "breaks", "zh-TW", "zh-HK", "zh to en")
    head = ["set", "as given", "paragraphs given", "zh-TW (s2twp)", "zh-HK (s2hk)", "zh to en"]
    table = Table(
        "Ours in other ways: strict F1 (share of beads that are the same as without)",
        head,
        words=1,
    )
    for one in sets:
        if (one.name, "") not in extras:
            continue
        cells = []
        first = [scorer.pairs(beads) for beads in extras[one.name, ""][1]]
        for way in ways:
            if (one.name, way) not in extras:
                cells.append("–")
                continue
            result, found = extras[one.name, way]
            same = sum(len(before & scorer.pairs(beads)) for before, beads in zip(first, found, strict=True))
            share = same / max(sum(map(len, first)), 1)
            cells.append(f"{result.f1('strict'):.4f}" + (f" ({share:.4f})" if way else ""))
        table.add(one.name, *cells)
    return table


def by_type(names: Sequence[str], totals: Mapping[tuple[str, str], Any]) -> Table:
    """The share of gold beads found, by how many sentences they have on each side."""
    table = Table(
        "Recall by type of bead (English-Chinese; in brackets how many gold has)",
        ["kind", "system", *_TYPES, "other"],
    )
    for kind in (datasets.FAULTS, datasets.FREE):
        for name in names:
            if (kind, name) not in totals or not totals[kind, name].types:
                continue
            count: Counter[tuple[str, bool]] = Counter()
            for (type_, found), times in totals[kind, name].types.items():
                count[type_ if type_ in _TYPES else "other", found] += times
            cells = []
            for type_ in (*_TYPES, "other"):
                gold = count[type_, True] + count[type_, False]
                cells.append(f"{count[type_, True] / gold:.3f} ({gold})" if gold else "–")
            table.add(kind, name, *cells)
    return table


def judged(one: Dataset, extras: Mapping[Any, Any]) -> list[tuple[float, bool]]:
    """Each of our beads' score and whether gold has the bead."""
    if (one.name, "") not in extras:
        return []
    found = []
    for document, beads in zip(one.documents, extras[one.name, ""][1], strict=True):
        gold = scorer.pairs(document["beads"])
        found += [(bead[2], (tuple(bead[0]), tuple(bead[1])) in gold) for bead in beads]
    return found


def reliability(sets: Sequence[Dataset], extras: Mapping[Any, Any]) -> Table:
    """How often our beads of a score are right."""
    table = Table(
        "Reliability of a bead's score, all sets", ["score", "beads", "right", "mean score"], words=1
    )
    every = [each for one in sets for each in judged(one, extras)]
    for low, high in pairwise(_EDGES):
        part = [each for each in every if low <= each[0] < high]
        if part:
            right = sum(good for _, good in part) / len(part)
            mean = sum(score for score, _ in part) / len(part)
            table.add(f"{low:.2f} to {min(high, 1):.2f}", str(len(part)), f"{right:.3f}", f"{mean:.3f}")
    return table


def lowest_tenth(sets: Sequence[Dataset], extras: Mapping[Any, Any]) -> Table:
    """How many of our wrong beads are in the tenth with the lowest scores, by set and in all."""
    head = ["set", "beads", "wrong", "of them in the lowest tenth", "share", "scores up to"]
    table = Table("Wrong beads among the tenth with the lowest scores", head, words=1)
    by_set = {one.name: judged(one, extras) for one in sets}
    for name, found in [*by_set.items(), ("all", [each for part in by_set.values() for each in part])]:
        lowest = sorted(found, key=lambda each: each[0])[: len(found) // 10]
        if not lowest:
            continue
        wrong, caught = (sum(not good for _, good in part) for part in (found, lowest))
        share = f"{caught / wrong:.3f}" if wrong else "–"
        table.add(name, str(len(found)), str(wrong), str(caught), share, f"{lowest[-1][0]:.3f}")
    return table


def warned(sets: Sequence[Dataset], extras: Mapping[Any, Any], strangers: Mapping[str, list[Any]]) -> Table:
    """How often a user is warned: of right pairs, of drafts of another document, of sides that are swapped."""
    head = ["set", "right pairs", "warned", "another document's draft", "warned", "sides swapped", "warned"]
    table = Table("Warnings of the whole alignment, by document", head, words=1)
    total: Counter[int] = Counter()
    for one in sets:
        if (one.name, "") not in extras:
            continue
        beads = extras[one.name, ""][1]
        right = list(zip(one.documents, beads, strict=True))
        others = list(zip(datasets.mismatched(one.documents), strangers.get(one.name, []), strict=False))
        swapped = [({"en": document["zh"], "zh": document["en"]}, []) for document in one.documents]
        counts = []
        for documents in (right, others, swapped):
            counts += [len(documents), sum(map(told, documents))]
        total.update(dict(enumerate(counts)))
        table.add(one.name, *map(str, counts))
    table.add("all", *(str(total[at]) for at in range(6)))
    return table


def told(case: tuple[Mapping[str, Any], Sequence[Sequence[Any]]]) -> bool:
    """Whether the aligner warns of the fit of a pair; long gaps, which are often true, do not count."""
    from workbench import aligner
    from workbench.model import Bead

    document, found = case
    beads = [Bead(spread(bead[0]), spread(bead[1]), bead[2]) for bead in found]
    lines = aligner.warnings(document["en"], document["zh"], beads)
    return any("segments of the" not in each for each in lines)


def spread(indices: Sequence[int]) -> range:
    return range(indices[0], indices[-1] + 1) if indices else range(0)
