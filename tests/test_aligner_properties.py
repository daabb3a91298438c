"""Properties of alignment: spans, cover, itself, a light revision of itself, mirrors, ready segments, subtitles."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import workbench
from workbench.cli import main
from workbench.pipeline.align import split_lines

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.model import Alignment

POOL = [
    ("The ferry leaves at 7.40 from the second pier.", "渡轮七点四十分从第二码头出发。"),
    ("Mrs. Halloran sold her piano to the school.", "哈洛兰太太把钢琴卖给了学校。"),
    ("“Who broke the lantern?” asked the guard.", "“谁打碎了灯笼？”守卫问道。"),
    ("Prices rose by 3.5% in April... and then fell.", "四月价格上涨了3.5%……然后下跌。"),
    ("Nobody answered!", "没有人回答！"),
    ("No.", "不。"),
    ("The U.S. team arrived in Lisbon with 14 boxes of tea", "美国队带着14箱茶叶抵达里斯本"),
    ("(See the map on page 9.) The road ends there.", "（见第9页的地图。）路到那里为止。"),
]
PAIRS = st.lists(st.sampled_from(POOL), min_size=1, max_size=9)
DRAFTS = st.lists(
    st.tuples(st.sampled_from(POOL), st.sampled_from(["kept", "kept", "kept", "lost", "twice"])), max_size=9
)
LANGS = st.sampled_from([("en", "zh"), ("zh", "en")])


def ranges(alignment: Alignment) -> list[tuple[list[int], list[int]]]:
    return [(list(bead.source), list(bead.target)) for bead in alignment.beads]


def covered(alignment: Alignment) -> None:
    assert [at for bead in alignment.beads for at in bead.source] == list(range(len(alignment.source)))
    assert [at for bead in alignment.beads for at in bead.target] == list(range(len(alignment.target)))


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, str]:
    """A running text and its draft with lost and repeated sentences, in paragraphs."""
    source, target = "", ""
    for (english, chinese), fate in draw(DRAFTS):
        gap = draw(st.sampled_from([" ", "\n", "\n\n", "  "]))
        source += english + gap
        target += {"kept": chinese, "lost": "", "twice": chinese * 2}[fate] + gap.strip(" ")
    return source, target


@settings(max_examples=30, deadline=None)
@given(texts())
def test_spans_rebuild_the_text_and_beads_cover_both_sides(pair: tuple[str, str]) -> None:
    english, chinese = pair
    alignment = workbench.align(english, chinese)
    covered(alignment)
    for text, segments in ((english, alignment.source), (chinese, alignment.target)):
        assert all(one.text == one.span.of(text) for one in segments)
        assert all(before.span.end <= after.span.start for before, after in pairwise(segments))
        assert "".join(text.split()) == "".join("".join(one.text.split()) for one in segments)


@settings(max_examples=30, deadline=None)
@given(PAIRS, st.sampled_from([0, 1]))
def test_a_text_and_itself_are_one_to_one(pairs: list[tuple[str, str]], side: int) -> None:
    text = ("", " ")[side == 0].join(pair[side] for pair in pairs)
    lang = ("en", "zh")[side]
    alignment = workbench.align(text, text, source_lang=lang, target_lang=lang)
    assert ranges(alignment) == [([at], [at]) for at in range(len(alignment.source))]


@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("at", range(8))
def test_a_lightly_revised_copy_is_one_to_one(side: int, at: int) -> None:
    lang = ("en", "zh")[side]
    old = [pair[side] for pair in POOL]
    new = [f"{text} Really!" if lang == "en" else f"真的，{text}" for text in old[at : at + 1]]
    alignment = workbench.align(old, old[:at] + new + old[at + 1 :], source_lang=lang, target_lang=lang)
    assert ranges(alignment) == [([one], [one]) for one in range(8)]


@settings(max_examples=25, deadline=None)
@given(DRAFTS, st.booleans())
def test_swapping_the_sides_mirrors_the_beads(draft: list[tuple[tuple[str, str], str]], marked: bool) -> None:
    source = [english for (english, _), _ in draft]
    target = [pair[1] for pair, fate in draft for _ in range({"kept": 1, "lost": 0, "twice": 2}[fate])]
    left, right = ([at for at in (0, 2) if marked and at < len(side)] for side in (source, target))
    there = workbench.align(source, target, source_breaks=left, target_breaks=right)
    back = workbench.align(
        target, source, source_lang="zh", target_lang="en", source_breaks=right, target_breaks=left
    )
    assert ranges(back) == [(right, left) for left, right in ranges(there)]
    assert [bead.score for bead in back.beads] == [bead.score for bead in there.beads]


@settings(max_examples=25, deadline=None)
@given(PAIRS, LANGS, st.sampled_from(["\n", "\n\n"]))
def test_ready_segments_are_never_cut_or_joined(
    pairs: list[tuple[str, str]], langs: tuple[str, str], gap: str
) -> None:
    sides = [gap.join(pair[0] for pair in pairs), gap.join(pair[1] for pair in pairs)]
    if langs[0] == "zh":
        sides.reverse()
    (source, source_breaks), (target, target_breaks) = split_lines(sides[0]), split_lines(sides[1])
    assert source_breaks == (list(range(len(pairs))) if gap == "\n\n" else [0])
    alignment = workbench.align(
        source,
        target,
        source_lang=langs[0],
        target_lang=langs[1],
        source_breaks=source_breaks,
        target_breaks=target_breaks,
    )
    covered(alignment)
    assert [one.text for one in alignment.source] == sides[0].split(gap)
    assert [one.text for one in alignment.target] == sides[1].split(gap)


CUES = [
    ("- Where is it? - Here. Take it.", "- 在哪里？- 在这儿。拿去吧。"),
    ("I told her that the boat", "我告诉过她，那条船"),
    ("would sink. She laughed!", "会沉的。她笑了！"),
    ("♪ Row, row ♪", "♪ 划呀，划 ♪"),
    ("Dr. Lund… 20 years ago.", "伦德医生……二十年前。"),
]


def test_subtitles_align_cue_by_cue(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, side in (("talk.en.txt", 0), ("talk.zh.txt", 1)):
        (tmp_path / name).write_text("\n".join(cue[side] for cue in CUES) + "\n", encoding="utf-8")
    paths = [str(tmp_path / "talk.en.txt"), str(tmp_path / "talk.zh.txt")]
    assert main(["align", *paths, "--one-per-line", "--to", "beads"]) == 0
    lines = [line.rsplit(":", 1)[0] for line in capsys.readouterr().out.splitlines()]
    assert lines == ["[0]:[0]", "[1]:[1]", "[2]:[2]", "[3]:[3]", "[4]:[4]"]
