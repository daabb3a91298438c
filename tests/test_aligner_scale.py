"""Long documents: lost and moved parts, bounds of the band, text without anything to hold on to."""

from __future__ import annotations

import random

import numpy as np
import pytest

from workbench.aligner import align
from workbench.aligner.band import anchors, find_band, rising
from workbench.model import Bead

WHO = [
    "farmer 农民",
    "teacher 老师",
    "captain 船长",
    "nurse 护士",
    "painter 画家",
    "judge 法官",
    "thief 小偷",
    "baker 面包师",
]
DID = [
    "repaired 修理了",
    "bought 买了",
    "lost 丢了",
    "painted 画了",
    "stole 偷了",
    "found 找到了",
    "sold 卖了",
]
WHAT = [
    "bridge 桥",
    "boat 船",
    "letter 信",
    "clock 钟",
    "horse 马",
    "camera 相机",
    "piano 钢琴",
    "mirror 镜子",
    "map 地图",
]
WHERE = [
    "harbour 港口",
    "market 市场",
    "museum 博物馆",
    "station 车站",
    "village 村庄",
    "garden 花园",
    "island 岛",
]


def document(count: int, seed: int = 3) -> tuple[list[str], list[str]]:
    """Sentences out of some thirty words; one in four has a number."""
    chance = random.Random(seed)
    source, target = [], []
    for _ in range(count):
        who, did, what, where = (chance.choice(part).split() for part in (WHO, DID, WHAT, WHERE))
        number = chance.randrange(10, 5000) if chance.random() < 0.25 else 0
        source.append(
            f"The {who[0]} {did[0]} {f'{number} times ' if number else ''}the {what[0]} at the {where[0]}."
        )
        target.append(f"{who[1]}在{where[1]}{f'{number}次' if number else ''}{did[1]}{what[1]}。")
    return source, target


def links(beads: list[Bead]) -> set[tuple[int, int]]:
    return {(i, j) for bead in beads for i in bead.source for j in bead.target}


def covers(beads: list[Bead], source: int, target: int) -> bool:
    return [at for bead in beads for at in bead.source] == list(range(source)) and [
        at for bead in beads for at in bead.target
    ] == list(range(target))


@pytest.mark.parametrize(
    ("first", "last"), [(0, 270), (300, 570), (630, 900)], ids=["at the start", "inside", "at the end"]
)
def test_three_tenths_missing_do_not_leave_the_band(first: int, last: int) -> None:
    source, target = document(900)
    beads = align(source, target[:first] + target[last:])
    right = {(at, at if at < first else at - 270) for at in range(900) if not first <= at < last}
    assert len(links(beads) & right) >= 0.99 * len(right)
    assert covers(beads, 900, 630)
    mirrored = align(target[:first] + target[last:], source, source_lang="zh", target_lang="en")
    assert [Bead(bead.target, bead.source, bead.score) for bead in mirrored] == beads


def test_many_small_gaps() -> None:
    source, target = document(900)
    kept = [at for at in range(900) if at % 10 not in (3, 4, 7)]
    beads = align(source, [target[at] for at in kept])
    right = {(at, place) for place, at in enumerate(kept)}
    assert len(links(beads) & right) >= 0.97 * len(right)


def test_what_a_moved_chapter_leaves_in_place_is_aligned() -> None:
    source, target = document(900)
    moved = target[:200] + target[290:600] + target[200:290] + target[600:]
    right = {(at, at) for at in [*range(200), *range(600, 900)]} | {(at, at - 90) for at in range(290, 600)}
    assert len(links(align(source, moved)) & right) >= 0.98 * len(right)


def test_false_anchors_are_not_believed() -> None:
    """Two languages without a dictionary that share a few short words by chance: only lengths tell."""
    chance = random.Random(8)
    shared = ["par", "mon", "tas", "liv", "sol", "ker", "ban", "rit", "dum", "fel", "gos", "hav"]
    source, target = [], []
    for _ in range(300):
        length = chance.randrange(3, 30)
        words = "".join(chance.choices("abcdefghilmnoprstu", k=6 * length))
        other = "".join(chance.choices("abcdefghilmnoprstu", k=6 * length))
        source.append(f"Q{words} {chance.choice(shared) if chance.random() < 0.3 else chr(97)}.")
        target.append(f"Z{other} {chance.choice(shared) if chance.random() < 0.3 else chr(97)}.")
    beads = align(source, target, source_lang="de", target_lang="fi")
    assert len(links(beads) & {(at, at) for at in range(300)}) > 280


UNKIND = {
    "alike": (["It rained."] * 500, ["下雨了。"] * 500),
    "a cycle": ([f"Row {at % 20}" for at in range(700)], [f"第{at % 20}行" for at in range(640)]),
    "a table": ([f"{at % 7} {at % 3}" for at in range(700)], [f"{at % 7}  {at % 3}" for at in range(700)]),
    "one-sided": (document(3000)[0], document(4)[1]),
    "empty segments": ([""] * 500, [""] * 450),
    "one long segment": (["word " * 3000], document(600)[1]),
    "unrelated": (document(400)[0], document(380, seed=9)[1]),
}


@pytest.mark.parametrize("name", UNKIND)
def test_unkind_documents_are_covered_all_the_same(name: str) -> None:
    source, target = UNKIND[name]
    beads = align(source, target)
    assert covers(beads, len(source), len(target))
    assert all(0 <= bead.score <= 1 for bead in beads)


@pytest.mark.parametrize("n", [200, 2_000, 20_000, 200_000])
@pytest.mark.parametrize("share", [0.1, 1.0, 1.3])
def test_the_band_of_a_document_without_anchors_is_linear(n: int, share: float) -> None:
    band = find_band([], n, int(n * share))
    columns = band.high - band.low + 1
    assert columns.max() <= 1650
    assert columns.sum() <= max(8_000_000, 260 * n)
    assert band.low[0] == 0
    assert band.high[-1] == int(n * share)
    assert (np.diff(band.low) >= 0).all()
    assert (np.diff(band.high) >= 0).all()
    assert (band.low[1:] <= band.high[:-1]).all()


def test_the_longest_chain_of_random_points_is_known_for_what_it_is() -> None:
    from workbench.aligner.alignment import evidence_of

    source, target = document(900)
    shuffled = target[:]
    random.Random(2).shuffle(shuffled)
    true, swapped = evidence_of(source, target, source_lang="en", target_lang="zh")
    assert not swapped
    false, _ = evidence_of(source, shuffled, source_lang="en", target_lang="zh")
    assert len(anchors(true)) > 100
    assert anchors(false) == []
    assert rising([(0, 5), (1, 4), (2, 6)]) in ([(0, 5), (2, 6)], [(1, 4), (2, 6)])


def test_anchors_are_found_where_no_token_is_rare() -> None:
    from workbench.aligner.alignment import evidence_of

    chance = random.Random(6)
    source, target = [], []
    for _ in range(6000):
        parts = [chance.choice(part).split() for part in (WHO, DID, WHAT, WHERE, WHO, WHAT)]
        source.append(
            "The {} {} the {} at the {} for the {} with the {}.".format(*(part[0] for part in parts))
        )
        target.append("{4}用{5}在{3}为{0}{1}{2}。".format(*(part[1] for part in parts)))
    evidence, swapped = evidence_of(source, target[:2000] + target[4000:], source_lang="en", target_lang="zh")
    assert not swapped
    chain = anchors(evidence)
    assert len(chain) >= 40
    right = sum(x == (y if y < 2000 else y + 2000) for x, y in chain)
    assert right >= 0.95 * len(chain)
