"""Fixed beads: kept as they are, anchors for what lies between them, refused where they cannot be kept."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import workbench
from workbench.aligner import align, align_documents
from workbench.errors import UsageError
from workbench.model import Bead, Segment, Span

EN = [
    "The bakery on the corner opens at six.",
    "Her brother carried the flour upstairs.",
    "Nobody had paid for the 40 loaves.",
    "The oven was cold again.",
    "A letter from Geneva lay on the table.",
    "Why did he leave the window open?",
    "In 1987 the mill burned down.",
    "The children slept until noon.",
]
ZH = [
    "街角的面包店六点开门。",
    "她的哥哥把面粉扛上楼。",
    "没有人付那40个面包的钱。",
    "烤炉又凉了。",
    "桌上放着一封来自日内瓦的信。",
    "他为什么让窗户开着？",
    "1987年磨坊烧毁了。",
    "孩子们一直睡到中午。",
]

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")


def bead(source: list[int], target: list[int], score: float = 1.0) -> Bead:
    return Bead(span(source), span(target), score)


def span(indices: list[int]) -> range:
    return range(indices[0], indices[-1] + 1) if indices else range(0)


def pairs(beads: list[Bead]) -> list[tuple[list[int], list[int]]]:
    return [(list(each.source), list(each.target)) for each in beads]


def test_a_fixed_bead_is_kept_and_the_rest_fits_around_it() -> None:
    beads = align(EN, ZH, fixed=[bead([1, 2], [1, 2, 3], 0.2)])
    assert bead([1, 2], [1, 2, 3]) in beads
    assert pairs(beads) == [
        ([0], [0]),
        ([1, 2], [1, 2, 3]),
        ([3], []),
        *(([at], [at]) for at in range(4, 8)),
    ]


def test_a_fixed_bead_may_be_of_a_type_that_is_never_found() -> None:
    beads = align(EN, ZH, fixed=[bead([0, 1, 2, 3, 4, 5], [0, 1, 2, 3, 4, 5])])
    assert pairs(beads) == [(list(range(6)), list(range(6))), ([6], [6]), ([7], [7])]


def test_an_empty_side_may_be_written_in_any_way() -> None:
    for empty in (range(0), range(5, 5), range(9, 2)):
        assert ([3], []) in pairs(align(EN, ZH, fixed=[Bead(range(3, 4), empty, 1.0)]))


def test_a_segment_fixed_without_a_partner_is_no_anchor() -> None:
    beads = align(EN, ZH, fixed=[bead([3], []), bead([], [3])])
    assert sorted(pairs(beads)) == sorted(
        [([3], []), ([], [3]), *(([at], [at]) for at in range(8) if at != 3)]
    )


def test_several_segments_fixed_without_a_partner_stay_one_bead() -> None:
    assert ([2, 3, 4], []) in pairs(align(EN, [*ZH[:2], *ZH[5:]], fixed=[bead([2, 3, 4], [])]))
    assert pairs(align(EN[:4], [], fixed=[bead([1, 2], [])])) == [([0], []), ([1, 2], []), ([3], [])]
    assert pairs(align([], ZH[:3], fixed=[bead([], [0, 1])])) == [([], [0, 1]), ([], [2])]


def test_what_lies_between_two_fixed_beads_on_one_side_only_has_no_partner() -> None:
    beads = align(EN, ZH, fixed=[bead([2], [1]), bead([3], [5])])
    assert pairs(beads)[2:8] == [([2], [1]), ([], [2]), ([], [3]), ([], [4]), ([3], [5]), ([4], [])]


def test_equal_sides_follow_what_is_fixed_too() -> None:
    beads = align(EN, EN, target_lang="en", fixed=[bead([2], [3])])
    assert ([2], [3]) in pairs(beads)
    assert ([0], [0]) in pairs(beads)
    assert ([7], [7]) in pairs(beads)


def test_fixing_one_wrong_bead_mends_what_hangs_on_it() -> None:
    # The same sentence twice, its translation once: nothing but the reviewer knows which of them was translated.
    source = [*EN[:3], EN[3], EN[3], *EN[4:]]
    first = align(source, ZH, fixed=[bead([3], [3])])
    second = align(source, ZH, fixed=[bead([4], [3])])
    assert ([4], []) in pairs(first)
    assert ([3], []) in pairs(second)


@pytest.mark.parametrize(
    ("fixed", "reason"),
    [
        (
            [bead([0], [0]), bead([0], [1])],
            r"the fixed bead \[0\]:\[1\] overlaps the one before it, or is out of order",
        ),
        ([bead([2], [0]), bead([1], [1])], r"the fixed bead \[1\]:\[1\] overlaps"),
        ([bead([1], [2]), bead([2], [1])], r"the fixed bead \[2\]:\[1\] overlaps"),
        ([bead([7, 8], [7])], r"the fixed bead \[7, 8\]:\[7\] is not among the 8 segments of the source"),
        ([bead([7], [8])], "is not among the 8 segments of the target"),
        ([Bead(range(-1, 1), range(1), 1.0)], "is not among the 8 segments of the source"),
        ([Bead(range(0, 4, 2), range(1), 1.0)], "is not among the 8 segments of the source"),
        ([bead([], [])], "a fixed bead has no segments"),
    ],
)
def test_beads_that_cannot_be_kept_are_refused(fixed: list[Bead], reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        align(EN, ZH, fixed=fixed)


POOL = [*zip(EN, ZH, strict=True), ("Yes.", "是。"), ("Yes.", "是的。"), ("12", "12")]


@st.composite
def documents(draw: st.DrawFn) -> tuple[list[str], list[str], list[Bead]]:
    """A document, its draft with faults, and some beads that do not cross."""
    chosen = draw(st.lists(st.sampled_from(POOL), max_size=14))
    source = [english for english, _ in chosen]
    target = [chinese for _, chinese in chosen if draw(st.integers(0, 9)) < 8]
    fixed, x, y = [], 0, 0
    for _ in range(draw(st.integers(0, 4))):
        x0, y0 = x + draw(st.integers(0, 3)), y + draw(st.integers(0, 3))
        x1, y1 = (
            min(x0 + draw(st.integers(0, 3)), len(source)),
            min(y0 + draw(st.integers(0, 3)), len(target)),
        )
        left, right = range(x0, x1), range(y0, y1)
        if left or right:
            fixed.append(Bead(left, right, 0.5))
            x, y = max(x, x1) if left else x, max(y, y1) if right else y
    return source, target, fixed


@settings(max_examples=40, deadline=None)
@given(documents(), st.booleans())
def test_fixed_beads_are_in_the_result_which_covers_both_sides(
    document: tuple[list[str], list[str], list[Bead]], marked: bool
) -> None:
    source, target, fixed = document
    breaks = (0, 4) if marked else ()
    beads = align(source, target, fixed=fixed, source_breaks=breaks, target_breaks=breaks)
    assert [at for each in beads for at in each.source] == list(range(len(source)))
    assert [at for each in beads for at in each.target] == list(range(len(target)))
    for each in fixed:
        assert Bead(each.source, each.target, 1.0) in beads


@settings(max_examples=25, deadline=None)
@given(documents())
def test_swapping_the_sides_mirrors_the_beads(document: tuple[list[str], list[str], list[Bead]]) -> None:
    source, target, fixed = document
    back = [Bead(each.target, each.source, 1.0) for each in fixed]
    there = align(source, target, fixed=fixed)
    mirrored = align(target, source, source_lang="zh", target_lang="en", fixed=back)
    assert [Bead(each.target, each.source, each.score) for each in mirrored] == there


@settings(max_examples=25, deadline=None)
@given(documents(), st.data())
def test_fixing_what_was_found_changes_nothing(
    document: tuple[list[str], list[str], list[Bead]], data: st.DataObject
) -> None:
    source, target, _ = document
    found = align(source, target)
    assert pairs(align(source, target, fixed=found)) == pairs(found)
    # A null bead keeps no place of its own, so only pairs are fixed where others stay free.
    some = [each for each in found if each.source and each.target and data.draw(st.booleans())]
    again = align(source, target, fixed=some)
    assert all(Bead(each.source, each.target, 1.0) in again for each in some)


def long_document(count: int) -> tuple[list[str], list[str]]:
    chance = random.Random(11)
    source, target = [], []
    for _ in range(count):
        english, chinese = chance.choice(POOL[:8])
        name = "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(3)).title()
        number = chance.randrange(10_000)
        source.append(f"{name} wrote {number}: {english}")
        target.append(f"{name} 写了{number}：{chinese}")
    return source, target


def test_a_long_document_bends_to_what_is_fixed() -> None:
    source, target = long_document(600)
    # Everything from 200 on is said to be a hundred sentences later than it is.
    fixed = [bead([200], [300]), bead([598, 599], [599])]
    beads = align(source, target, fixed=fixed)
    assert all(each in beads for each in fixed)
    found = {(each.source[0], each.target[0]) for each in beads if each.source and each.target}
    assert len([pair for pair in found if pair[0] == pair[1] and pair[0] < 200]) > 190
    assert all(y < 300 for x, y in found if x < 200)
    assert all(y > 300 for x, y in found if x > 200)
    assert len([pair for pair in found if pair[0] == pair[1] and pair[0] > 300]) > 280


def test_fixed_segments_are_neither_cut_nor_joined() -> None:
    english = [*EN[:3], "Nobody knew why...", "The old man laughed.", *EN[3:]]
    chinese = [*ZH[:3], "没有人知道为什么……老人笑了。", *ZH[3:]]
    source, target = segments(english, "en"), segments(chinese, "zh")
    texts = {"source_text": "\n".join(english), "target_text": "\n".join(chinese)}
    cut = align_documents(source, target, **texts)
    assert "没有人知道为什么……" in [each.text for each in cut.target]
    fixed = bead([3, 4], [3])
    kept = align_documents(source, target, fixed=[fixed], **texts)
    assert fixed in kept.beads
    assert [each.text for each in kept.source] == english
    assert [each.text for each in kept.target] == chinese


def segments(texts: list[str], lang: str) -> list[Segment]:
    """Segments of a text with a line each, all but the last of which end in doubt."""
    found, start = [], 0
    for text in texts:
        found.append(Segment(text, Span(start, start + len(text)), lang, boundary_score=0.5))
        start += len(text) + 1
    return found


def test_the_public_verb_takes_fixed_beads() -> None:
    fixed = [bead([1, 2], [1, 2])]
    assert fixed[0] in workbench.align("\n".join(EN), "\n".join(ZH), fixed=fixed).beads
    assert fixed[0] in workbench.align(EN, ZH, fixed=fixed).beads
    with pytest.raises(UsageError, match="is not among"):
        workbench.align(EN, ZH, fixed=[bead([9], [1])])
