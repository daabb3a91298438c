"""What a user is told of an alignment as a whole: nothing of a true pair, the segments at fault of another."""

from __future__ import annotations

import random
import re

import pytest

from workbench.aligner import align, warnings
from workbench.aligner.blocks import Stretch, stretches
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


def document(count: int, seed: int = 1) -> tuple[list[str], list[str]]:
    chance = random.Random(seed)
    source, target = [], []
    for _ in range(count):
        who, did, what, where = (chance.choice(part).split() for part in (WHO, DID, WHAT, WHERE))
        number = chance.randrange(10, 5000)
        source.append(f"The {who[0]} {did[0]} {number} times the {what[0]} at the {where[0]}.")
        target.append(f"{who[1]}在{where[1]}{number}次{did[1]}{what[1]}。")
    return source, target


SOURCE, TARGET = document(100)


def told(source: list[str], target: list[str], source_lang: str = "en", target_lang: str = "zh") -> list[str]:
    beads = align(source, target, source_lang=source_lang, target_lang=target_lang)
    return warnings(source, target, beads, source_lang=source_lang, target_lang=target_lang)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (SOURCE, TARGET),
        (SOURCE, [text for at, text in enumerate(TARGET) if at % 9]),
        (SOURCE, TARGET[:30] + TARGET[33:]),
        (SOURCE, [*TARGET[:30], *SOURCE[30:33], *TARGET[33:]]),
        (SOURCE, [*TARGET[:30], TARGET[31], TARGET[30], *TARGET[32:]]),
        (SOURCE[:4], TARGET[:4]),
        (SOURCE[:2], []),
        ([], []),
    ],
    ids=[
        "faithful",
        "sentences lost here and there",
        "three lost",
        "three untranslated",
        "two swapped",
        "short",
        "no draft",
        "empty",
    ],
)
def test_a_true_pair_gives_no_warning(source: list[str], target: list[str]) -> None:
    assert told(source, target) == []
    assert told(target, source, source_lang="zh", target_lang="en") == []


def test_swapped_sides() -> None:
    hint = "; are the two sides swapped? Give the other file first, or --source-lang zh --target-lang en"
    assert told(TARGET, SOURCE) == [
        f"the source was said to be 'en' but 100% of its letters are Chinese characters{hint}",
        f"the target was said to be 'zh' but 0% of its letters are Chinese characters{hint}",
    ]


def test_the_draft_of_another_document() -> None:
    lines = told(SOURCE, document(100, seed=9)[1])
    assert len(lines) == 1
    assert lines[0].startswith("the two sides hardly fit:")
    assert lines[0].endswith("is the draft of another document?")


def test_a_moved_block() -> None:
    lines = told(SOURCE, TARGET[:20] + TARGET[45:80] + TARGET[20:45] + TARGET[80:])
    assert lines == ["segments 56 to 80 of the target fit segments 21 to 45 of the source: blocks were moved"]


def test_a_block_that_the_draft_lacks() -> None:
    assert told(SOURCE, TARGET[:40] + TARGET[60:]) == [
        "20 segments of the source in a row (20% of it), 41 to 60, have no partner in the target"
    ]


def test_a_block_that_only_the_draft_has() -> None:
    assert told(SOURCE[:40] + SOURCE[60:], TARGET) == [
        "20 segments of the target in a row (20% of it), 41 to 60, have no partner in the source"
    ]


def test_a_block_that_stands_twice() -> None:
    assert told(SOURCE, TARGET[:80] + TARGET[20:40] + TARGET[80:]) == [
        "segments 81 to 100 of the target repeat segments 21 to 40 of it: the block is there twice"
    ]


def test_a_block_left_untranslated() -> None:
    assert told(SOURCE, TARGET[:50] + SOURCE[50:65] + TARGET[65:]) == [
        "segments 51 to 65 of the target are without a Chinese character; were they left untranslated?"
    ]


def test_a_block_of_the_source_in_the_other_language() -> None:
    assert told(SOURCE[:50] + TARGET[50:65] + SOURCE[65:], TARGET) == [
        "segments 51 to 65 of the source are in Chinese characters"
    ]


def test_stretches_reach_over_a_settled_segment() -> None:
    null, sure, bad = range(0), 0.99, 0.1
    beads = [
        *(Bead(range(at, at + 1), range(at, at + 1), sure) for at in range(3)),
        *(Bead(range(at, at + 1), null, sure) for at in range(3, 7)),
        Bead(range(7, 8), range(3, 4), sure),
        *(Bead(range(at, at + 1), range(at - 4, at - 3), bad) for at in range(8, 12)),
        *(Bead(range(at, at + 1), range(at - 4, at - 3), sure) for at in range(12, 15)),
    ]
    assert list(stretches([bead.source for bead in beads], beads)) == [Stretch(3, 12, range(3, 12))]
    assert list(stretches([bead.target for bead in beads], beads)) == []


def test_a_part_that_is_of_another_document() -> None:
    chance = random.Random(9)
    parts = "雨雪风云雾霜", "昨夜今早傍晚午后", "山坡草原沙漠湖面", "落下散去吹来停住"
    other = ["".join(chance.choice(part) for part in parts) + "，天气预报没有料到。" for _ in range(100)]
    for first, last in ((50, 100), (30, 60), (40, 55)):
        lines = told(SOURCE, TARGET[:first] + other[first:last] + TARGET[last:])
        found = re.match(
            r"segments (\d+) to (\d+) of the source and (\d+) to (\d+) of the target hardly fit each other"
            r" \(mean score 0\.\d\d\); is this part of the draft from another document\?",
            lines[0],
        )
        assert found is not None
        assert len(lines) == 1
        for at, wanted in zip(map(int, found.groups()), (first + 1, last, first + 1, last), strict=True):
            assert abs(at - wanted) <= 15


@pytest.mark.parametrize(
    ("count", "missing", "is_told"),
    [(100, 4, False), (100, 5, True), (100, 9, True), (60, 5, True), (20, 4, False)],
)
def test_a_short_chapter_is_missed_where_it_is_a_share_of_the_document(
    count: int, missing: int, is_told: bool
) -> None:
    source, target = document(count)
    lines = told(source, target[:10] + target[10 + missing :])
    wanted = f"{missing} segments of the source in a row ({missing / count:.0%} of it), 11 to {10 + missing},"
    assert lines == ([f"{wanted} have no partner in the target"] if is_told else [])


def test_many_lines_of_a_kind_are_counted() -> None:
    source, target = document(400)
    holes = [at for first in range(20, 400, 40) for at in range(first, first + 12)]
    lines = told(source, [text for at, text in enumerate(target) if at not in holes])
    assert len(lines) == 7
    assert (
        lines[0] == "12 segments of the source in a row (3% of it), 21 to 32, have no partner in the target"
    )
    assert lines[5:] == [
        "and 5 more like the last",
        "in all 120 of 400 segments of the source and 0 of 280 of the target have no partner",
    ]
