"""Alignment: what beads cover, symmetry, faults of drafts, languages, long documents, doubtful segments."""

from __future__ import annotations

import json
import random
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.aligner import DOUBTFUL, align, align_documents, warnings
from workbench.aligner.band import anchors, find_band, missing, rising
from workbench.aligner.edges import agreement, quoted, tag_sums
from workbench.aligner.lattice import Lattice, decode, posterior
from workbench.aligner.reading import fold
from workbench.aligner.roles import CHINESE, chinese_role, english_role
from workbench.aligner.scores import Fits, _allow_recut
from workbench.aligner.values import chinese_value, english_value
from workbench.aligner.weights import TYPES, WEIGHTS
from workbench.model import Bead, Segment, Span
from workbench.segmenter import paragraph_starts, segment

if TYPE_CHECKING:
    from collections.abc import Sequence

FICTION = (
    (Path(__file__).parents[1] / "benchmarks" / "literary" / "development.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
)
EN = [
    "The harbour was closed on Monday because of a heavy storm.",
    "Three ships waited outside for almost two days.",
    "Captain Moreau said that nobody was hurt.",
    "The city has spent 5.2 billion yuan on a new wall since 2016.",
    "Fishermen repaired their nets and drank tea in the small market.",
    "Is the wall high enough?",
    "Engineers at Delta Works believe that it will last a century.",
    "The museum beside the lighthouse opens again next week.",
]
ZH = [
    "由于强风暴，港口周一关闭。",
    "三艘船在外面等了将近两天。",
    "莫罗船长说没有人受伤。",
    "自2016年以来，该市已在新的海墙上花费了52亿元。",
    "渔民们在小市场里修补渔网，喝茶。",
    "这堵墙够高吗？",
    "Delta Works 的工程师们相信它能使用一个世纪。",
    "灯塔旁边的博物馆下周重新开放。",
]
ZH_TRADITIONAL = [
    "由於強風暴，港口週一關閉。",
    "三艘船在外面等了將近兩天。",
    "莫羅船長說沒有人受傷。",
    "自2016年以來，該市已在新的海牆上花費了52億元。",
    "漁民們在小市場裡修補漁網，喝茶。",
    "這堵牆夠高嗎？",
    "Delta Works 的工程師們相信它能使用一個世紀。",
    "燈塔旁邊的博物館下週重新開放。",
]


def pairs(beads: list[Bead]) -> list[tuple[list[int], list[int]]]:
    return [(list(bead.source), list(bead.target)) for bead in beads]


def one_to_one(count: int) -> list[tuple[list[int], list[int]]]:
    return [([at], [at]) for at in range(count)]


def test_a_faithful_draft_pairs_one_to_one() -> None:
    beads = align(EN, ZH)
    assert pairs(beads) == one_to_one(len(EN))
    assert all(bead.score > DOUBTFUL for bead in beads)


def test_a_dropped_sentence_has_no_partner() -> None:
    beads = align(EN, ZH[:4] + ZH[5:])
    assert ([4], []) in pairs(beads)
    assert ([7], [6]) in pairs(beads)


def test_an_added_sentence_has_no_partner() -> None:
    added = "更多精彩内容请关注我们的公众号。"
    assert ([], [2]) in pairs(align(EN, [*ZH[:2], added, *ZH[2:]]))


def test_merged_and_split_sentences() -> None:
    merged = [*ZH[:1], ZH[1].rstrip("。") + "，" + ZH[2], *ZH[3:]]
    assert ([1, 2], [1]) in pairs(align(EN, merged))
    split = [*ZH[:3], "自2016年以来。", "该市已在新的海墙上花费了52亿元。", *ZH[4:]]
    assert ([3], [3, 4]) in pairs(align(EN, split))


def test_swapped_sentences_are_one_bead() -> None:
    swapped = [*ZH[:3], ZH[4], ZH[3], *ZH[5:]]
    assert ([3, 4], [3, 4]) in pairs(align(EN, swapped))


def test_a_clause_moved_to_the_neighbour_is_one_bead() -> None:
    recut = [*ZH[:3], ZH[3].rstrip("。") + "，渔民们在小市场里修补渔网。", "他们喝茶。", *ZH[5:]]
    assert ([3, 4], [3, 4]) in pairs(align(EN, recut))


def test_clauses_that_moved_out_of_a_long_sentence_make_one_bead() -> None:
    source = [
        *EN[:2],
        "Captain Moreau said that nobody was hurt, and the mayor thanked the crew for its courage in the long night.",
        "Fishermen repaired their nets and engineers measured the wall in the morning while children collected"
        " broken bottles on the beach.",
        *EN[5:],
    ]
    target = [
        *ZH[:2],
        "莫罗船长说没有人受伤，市长感谢船员们在漫长夜晚里的勇气，工程师们早上测量了墙，渔民们修补了渔网。",
        "孩子们在海滩上收集破碎的瓶子。",
        *ZH[5:],
    ]
    assert ([2, 3], [2, 3]) in pairs(align(source, target))


def test_a_recut_pair_scores_as_two_pairs_and_what_moved() -> None:
    pairs_fit = np.array([[5.0, 0.0], [0.0, 5.0]])
    moved, stayed = np.array([[0.0], [4.0]]), np.array([[-3.0], [-3.0]])
    x = Fits([pairs_fit], from_first=moved, from_second=stayed)
    y = Fits([pairs_fit], from_first=stayed, from_second=np.array([[4.0], [0.0]]))
    fit = np.array([[-50.0]])
    _allow_recut(fit, x, y, -2.0)
    # Twice two pairs of 5, 4 from either side for the clause that stands with the first pair, 2 for its rarity.
    assert fit[0, 0] == pytest.approx(4 * 5.0 + 4.0 + 4.0 - 2.0, abs=0.01)


@pytest.mark.parametrize(
    ("odds", "kinds"),
    [(0.5, "1-1 1-1"), (1.1, "1-1 1-1"), (1.9, "1-1 1-1"), (2.1, "2-2"), (4.1, "2-2"), (20.0, "2-2")],
)
def test_two_pairs_are_merged_only_where_that_is_clearly_better(odds: float, kinds: str) -> None:
    scores = np.full((3, len(TYPES), 3), -np.inf)
    scores[0, TYPES.index((1, 1)), 0] = scores[1, TYPES.index((1, 1)), 1] = 0.0
    scores[0, TYPES.index((2, 2)), 0] = np.log(odds)
    lattice = Lattice(scores, np.zeros((3, 3), np.int8), find_band([], 2, 2))
    path = decode(posterior(lattice, np.zeros(len(TYPES) + 1)), lattice, less=0.2)
    assert " ".join(f"{b - a}-{d - c}" for a, b, c, d, _ in path) == kinds
    chance = odds / (1 + odds) if kinds == "2-2" else 1 / (1 + odds)
    assert [bead[4] for bead in path] == pytest.approx([chance] * len(path))


def test_what_only_one_side_has_is_set_aside() -> None:
    x_gone, y_gone = missing([(10, 10), (11, 2000)], 20, 2010)
    assert not x_gone.any()
    assert y_gone[200:1800].all()
    assert not y_gone[:100].any()
    assert not y_gone[1900:].any()


def test_a_sentence_left_in_english_is_found() -> None:
    assert pairs(align(EN, [*ZH[:2], EN[2], *ZH[3:]])) == one_to_one(len(EN))


@pytest.mark.parametrize("lang", ["zh-TW", "zh-HK", "zh-Hant", "zh"])
def test_traditional_chinese_aligns_as_well(lang: str) -> None:
    assert pairs(align(EN, ZH_TRADITIONAL, target_lang=lang)) == one_to_one(len(EN))
    dropped = align(EN, ZH_TRADITIONAL[:4] + ZH_TRADITIONAL[5:], target_lang=lang)
    assert ([4], []) in pairs(dropped)


def test_folding_is_for_traditional_text_only() -> None:
    assert fold("漁網", "zh-TW") == "渔网"
    assert fold("干杯，了解", "zh-CN") == "干杯，了解"


@pytest.mark.parametrize("drop", [[], [4], [0, 6]])
def test_swapping_the_sides_mirrors_the_beads(drop: list[int]) -> None:
    target = [text for at, text in enumerate(ZH) if at not in drop]
    there = align(EN, target, source_breaks=(0, 4), target_breaks=(0, 3))
    back = align(target, EN, source_lang="zh", target_lang="en", source_breaks=(0, 3), target_breaks=(0, 4))
    assert [Bead(bead.target, bead.source, bead.score) for bead in back] == there


def test_other_languages_align_by_names_numbers_and_length() -> None:
    french = [
        "Le port a été fermé lundi à cause d'une forte tempête.",
        "Le capitaine Moreau a déclaré que personne n'avait été blessé.",
        "La ville a dépensé 5.2 milliards depuis 2016.",
    ]
    english = [EN[0], EN[2], EN[3]]
    assert pairs(align(english, french, target_lang="fr")) == one_to_one(3)
    assert pairs(align(ZH, list(ZH[:3]) + list(ZH[4:]), source_lang="zh"))[3] == ([3], [])


SENTENCES = st.lists(
    st.sampled_from([*EN, *ZH, "", " ", "a", "。", "...", "5", "\x00", "😀", "Yes.", "Yes."]), max_size=12
)
ANY = st.lists(st.text(max_size=12), max_size=5)


@settings(max_examples=40, deadline=None)
@given(
    source=st.one_of(SENTENCES, ANY),
    target=st.one_of(SENTENCES, ANY),
    langs=st.sampled_from(["en zh", "zh en", "en en", "zh zh-TW"]),
)
def test_beads_cover_both_sides_once_in_order(source: list[str], target: list[str], langs: str) -> None:
    source_lang, target_lang = langs.split()
    beads = align(source, target, source_lang=source_lang, target_lang=target_lang)
    assert [at for bead in beads for at in bead.source] == list(range(len(source)))
    assert [at for bead in beads for at in bead.target] == list(range(len(target)))
    assert all(bead.source or bead.target for bead in beads)
    assert all(0 <= bead.score <= 1 for bead in beads)
    back = align(target, source, source_lang=target_lang, target_lang=source_lang)
    assert pairs(back) == [(right, left) for left, right in pairs(beads)]


@settings(max_examples=25, deadline=None)
@given(texts=st.one_of(SENTENCES, ANY), lang=st.sampled_from(["en", "zh"]))
def test_a_text_aligns_with_itself_one_to_one(texts: list[str], lang: str) -> None:
    assert pairs(align(texts, texts, source_lang=lang, target_lang=lang)) == one_to_one(len(texts))


def made_up(count: int) -> tuple[list[str], list[str]]:
    """A long document out of the short one, each sentence with a name of its own now and then."""
    chance = random.Random(5)
    source, target = [], []
    for _ in range(count):
        at = chance.randrange(len(EN))
        name = "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(3)).title()
        extra = chance.random() < 0.5
        source.append(f"{name} wrote {chance.randrange(10_000)}: {EN[at]}" if extra else EN[at])
        number = source[-1].split(" wrote ")[1].split(":")[0] if extra else ""
        target.append(f"{name} 写了{number}：{ZH[at]}" if extra else ZH[at])
    return source, target


def test_a_long_document_with_a_third_missing() -> None:
    source, target = made_up(900)
    beads = align(source, target[:300] + target[600:])
    found = {(bead.source[0], bead.target[0]) for bead in beads if bead.kind == "1-1"}
    right = {(at, at if at < 300 else at - 300) for at in [*range(295), *range(605, 900)]}
    assert len(found & right) >= 0.99 * len(right)
    assert [at for bead in beads for at in bead.source] == list(range(900))


def test_the_longest_rising_chain() -> None:
    assert rising([(0, 0), (1, 9), (2, 2), (3, 3), (3, 1), (5, 4)]) == [(0, 0), (2, 2), (3, 3), (5, 4)]
    assert rising([]) == []


def test_anchors_rise() -> None:
    from workbench.aligner.evidence import gather
    from workbench.lexicon import load

    source, target = made_up(400)
    chain = anchors(gather(source, target, x_lang="en", y_lang="zh", lexicon=load()))
    assert len(chain) > 100
    assert all(a < b and c < d for (a, c), (b, d) in pairwise(chain))
    assert sum(a == b for a, b in chain) > 0.95 * len(chain)


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("5.2 billion", "52亿"),
        ("1,200", "1200"),
        ("25", "二十五"),
        ("2019", "二〇一九"),
        ("227 million", "2.27亿"),
    ],
)
def test_values_are_written_alike(english: str, chinese: str) -> None:
    assert english_value(english) == chinese_value(chinese)


def _segments(texts: Sequence[str], lang: str) -> list[Segment]:
    """Segments of a text that has one of `texts` a line."""
    starts = [sum(len(each) + 1 for each in texts[:at]) for at in range(len(texts))]
    return [
        Segment(text, Span(start, start + len(text)), lang) for text, start in zip(texts, starts, strict=True)
    ]


def test_a_sentence_cut_too_late_is_cut_again() -> None:
    source = _segments([*EN[:3], "Nobody knew why...", "The old man laughed.", *EN[3:]], "en")
    target = _segments([*ZH[:3], "没有人知道为什么……老人笑了。", *ZH[3:]], "zh")
    result = align_documents(source, target)
    texts = [
        (
            " ".join(result.source[at].text for at in bead.source),
            " ".join(result.target[at].text for at in bead.target),
        )
        for bead in result.beads
    ]
    assert ("Nobody knew why...", "没有人知道为什么……") in texts
    assert ("The old man laughed.", "老人笑了。") in texts


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("The keeper lit the lamp; the nurse closed the window.", "守灯人点亮了灯。|护士关上了窗户。"),
        ("Here is the plan: the nurse closes the window.", "计划如下。|护士关上窗户。"),
        ("The keeper lit the lamp — the nurse closed the window.", "守灯人点亮了灯。|护士关上了窗户。"),
        ("(The keeper lit the lamp) The nurse closed the window.", "（守灯人点亮了灯。）|护士关上了窗户。"),
        ("“Light the lamp?” is what the nurse asked.", "“点灯吗？”|护士这样问道。"),
        ("“Light the lamp!” cried the nurse.", "“点灯！”|护士喊道。"),
        ("The keeper went to the U.S. Embassy with the nurse.", "守灯人去了美国。|他和护士在大使馆。"),
        ("The keeper lit the lamp.|The nurse closed the window.", "守灯人点亮了“灯”护士关上了窗户。"),
        ("The keeper lit the lamp.|The nurse closed the window.", "守灯人点亮了灯；护士关上了窗户。"),
    ],
)
def test_whole_sentences_are_never_cut_into_clauses(english: str, chinese: str) -> None:
    sources, targets = english.split("|"), chinese.split("|")
    source = segment("\n".join([*EN[:3], *sources, *EN[3:]]), lang="en")
    target = segment("\n".join([*ZH[:3], *targets, *ZH[3:]]), lang="zh")
    result = align_documents(source, target)
    assert [each.text for each in result.source] == [*EN[:3], *sources, *EN[3:]]
    assert [each.text for each in result.target] == [*ZH[:3], *targets, *ZH[3:]]


def test_a_gap_where_the_mark_is_missing_is_an_end() -> None:
    english = "\n".join([*EN[:3], "The keeper lit the lamp.", "The nurse closed the window.", *EN[3:]])
    chinese = "\n".join([*ZH[:3], "守灯人点亮了灯 护士关上了窗户。", *ZH[3:]])
    result = align_documents(segment(english, lang="en"), segment(chinese, lang="zh"))
    assert [each.text for each in result.target[3:5]] == ["守灯人点亮了灯", "护士关上了窗户。"]
    assert pairs(list(result.beads)) == one_to_one(10)


def test_a_doubtful_boundary_inside_a_bead_is_taken_back() -> None:
    english = "\n".join([*EN[:3], "He shouted at Zeta! and nobody heard him in the market.", *EN[3:]])
    chinese = "\n".join([*ZH[:3], "他对着Zeta大喊，市场里没有人听见。", *ZH[3:]])
    source, target = segment(english, lang="en"), segment(chinese, lang="zh")
    assert any(each.text.endswith("Zeta!") for each in source)
    breaks = {
        "source_breaks": paragraph_starts(english, source),
        "target_breaks": paragraph_starts(chinese, target),
    }
    kept = align_documents(source, target, **breaks)
    assert len(kept.source) == len(source)
    joined = align_documents(source, target, source_text=english, target_text=chinese, **breaks)
    assert "He shouted at Zeta! and nobody heard him in the market." in [each.text for each in joined.source]
    assert all(each.text == each.span.of(english) for each in joined.source)


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_mended_segments_still_rebuild_their_texts(data: st.DataObject) -> None:
    marks = ["……", " — ", "! ", "; ", "”", " ", "\n", "，"]
    parts = st.lists(st.sampled_from([*EN[:4], *ZH[:4], *marks]), max_size=10).map("".join)
    english, chinese = data.draw(parts), data.draw(parts)
    source, target = segment(english, lang="en"), segment(chinese, lang="zh")
    result = align_documents(source, target, source_text=english, target_text=chinese)
    for text, segments in ((english, result.source), (chinese, result.target)):
        assert all(each.text == each.span.of(text) for each in segments)
        assert "".join("".join(each.text.split()) for each in segments) == "".join(text.split())
    assert [at for bead in result.beads for at in bead.source] == list(range(len(result.source)))
    assert [at for bead in result.beads for at in bead.target] == list(range(len(result.target)))


def test_a_good_alignment_gives_no_warning() -> None:
    assert warnings(EN, ZH, align(EN, ZH)) == []
    assert warnings(EN, ZH[:4] + ZH[5:], align(EN, ZH[:4] + ZH[5:])) == []
    assert warnings([], [], []) == []


def test_swapped_sides_are_told() -> None:
    lines = warnings(ZH, EN, align(ZH, EN))
    assert len(lines) == 2
    assert lines[0].startswith("the source was said to be 'en' but 9")
    assert all("are the two sides swapped?" in line for line in lines)


def test_the_draft_of_another_document_is_told() -> None:
    other = [
        "将面粉和黄油揉在一起，放入冰箱冷藏。",
        "苹果去皮，切成薄片。",
        "撒上糖和肉桂粉，拌匀。",
        "烤箱预热至一百八十度。",
        "把面团擀开，铺在烤盘里。",
        "烤四十分钟，直到表面金黄。",
        "放凉以后再切。",
        "配上一勺冰淇淋味道更好。",
    ]
    lines = warnings(EN, other, align(EN, other))
    assert len(lines) == 1
    assert lines[0].startswith("the two sides hardly fit:")


def test_a_long_gap_is_told() -> None:
    source, target = made_up(60)
    lines = warnings(source, target[:20] + target[40:], align(source, target[:20] + target[40:]))
    assert len(lines) == 1
    assert "of the source in a row" in lines[0]
    assert lines[0].endswith("have no partner in the target")


def test_names_in_pinyin_are_evidence() -> None:
    english = ["Ruolan wept.", "Shouzheng nodded.", "Jiezhi paused.", "Xiaoyu hummed."]
    chinese = ["若兰哭了。", "守正答应了一声。", "介之停了停。", "小宇哼起了歌。"]
    beads = align([english[1], *english], [*chinese, chinese[1]])
    assert [tuple(bead.source) for bead in beads if not bead.target] == [(0,)]
    assert [tuple(bead.target) for bead in beads if not bead.source] == [(4,)]


def test_where_quotations_open_and_close() -> None:
    edges = quoted(["“走。”", "他说：“走。”", "", "'Go,' she said."])
    assert edges.tolist() == [[True, False, False, True], [True, True, False, False]]


def test_edges_that_agree_count_for_a_bead() -> None:
    half = np.array([True, False] * 10)
    worth = agreement(half, half, WEIGHTS)
    assert min(worth[1, 1], worth[0, 0]) > 0.2
    assert max(worth[0, 1], worth[1, 0]) < -0.5


def test_who_spoke_is_told_from_what_follows() -> None:
    edges = quoted(["“走吧。”", "他说。", "“好。”", "天黑了，街上一个人也没有，只有风从河那边吹过来。"])
    assert np.diff(tag_sums(edges, np.array([9.0, 7.0, 4.0, 70.0]), WEIGHTS)).tolist() == [
        WEIGHTS.tag,
        0,
        0,
        0,
    ]


@pytest.mark.parametrize("chapter", [json.loads(line) for line in FICTION], ids=lambda each: str(each["id"]))
def test_chapters_of_fiction_keep_their_beads(chapter: dict[str, Any]) -> None:
    source, target = (
        [chapter[f"{side}_raw"][start:end] for start, end in chapter[f"{side}_sents"]]
        for side in ("en", "zh")
    )
    found = {(tuple(bead.source), tuple(bead.target)) for bead in align(source, target)}
    right = found & {(tuple(left), tuple(right)) for left, right in chapter["beads"]}
    assert len(right) >= 0.86 * len(chapter["beads"])


def test_a_speech_and_who_spoke_are_one_bead() -> None:
    chapter = next(json.loads(line) for line in FICTION if '"science"' in line)
    english, chinese = (
        [chapter[f"{side}_raw"][start:end] for start, end in chapter[f"{side}_sents"]]
        for side in ("en", "zh")
    )
    beads = [bead for bead in align(english, chinese) if len(bead.target) == 2]
    pairs = [(english[bead.source[0]], [chinese[at] for at in bead.target]) for bead in beads]
    assert ('"And how does one tell which?"', ["“怎么分辨呢？”", "沈若兰问。"]) in pairs


def test_a_document_of_many_sentences_for_one_expects_more_of_them() -> None:
    counts = np.zeros(len(TYPES) + 1)
    counts[[TYPES.index((1, 1)), TYPES.index((2, 1)), TYPES.index((3, 1))]] = 60, 25, 12
    before, after = WEIGHTS.priors(), WEIGHTS.estimate(counts)
    assert after[TYPES.index((3, 1))] > 0.06 > before[TYPES.index((3, 1))]
    assert after[TYPES.index((1, 0))] < 0.02 < before[TYPES.index((1, 0))]


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("i'm", "我"),
        ("i'm", "俺"),
        ("your", "您"),
        ("our", "咱们"),
        ("them", "她们"),
        ("don't", "没"),
        ("never", "别"),
        ("what", "啥"),
        ("why", "为何"),
        ("how", "怎"),
    ],
)
def test_small_words_have_the_same_role(english: str, chinese: str) -> None:
    match = CHINESE.match(chinese)
    assert match is not None
    assert english_role(english) == chinese_role(match.group())


def test_other_words_have_no_role() -> None:
    assert english_role("lamp") == english_role("it's") == ""
