"""Chinese terms: not inside other words, simplified and traditional, spaces, and the same answers as a plain search."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.model import Concept, Span, Term
from workbench.termbase import GlossarySettings, Termbase, loads
from workbench.termbase.boundaries import Listed, Words

GLOSSARY = """
person: 人
parliament: 国会
bank: 银行
university: 大学
yuan: 元
chairman: 主席
film: 电影
graduate student: 研究生
worker: 工人
water: 水
Liang Anna: 梁安娜
"""


def shown(termbase: Termbase, text: str) -> list[str]:
    return [match.span.of(text) for match in termbase.find(text, "zh")]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("这个人", ["人"]),
        ("人工", []),
        ("国会开会了", ["国会"]),
        ("中国会议", []),
        ("两国会谈", []),
        ("100元", ["元"]),
        ("100美元", []),
        # A longer word made with the term: as its head, beside another word, with an affix, or of the same meaning.
        ("中国人", ["人"]),
        ("中国银行", ["银行"]),
        ("副主席", ["主席"]),
        ("大学生", ["大学"]),
        ("电影院", ["电影"]),
        ("水资源", ["水"]),
        # A term that the dictionary does not know stands where its characters make no other words.
        ("梁安娜说", ["梁安娜"]),
        ("研究生来了", ["研究生"]),
        ("工人", ["工人"]),
    ],
)
def test_a_term_is_not_found_in_another_word(text: str, terms: list[str]) -> None:
    assert shown(loads(GLOSSARY), text) == terms


def test_the_other_word_is_named() -> None:
    found = loads(GLOSSARY).find_inside("人工和中国会议", "zh")
    assert [(match.term.text, match.span, word) for match, word in found] == [
        ("人", Span(0, 1), "人工"),
        ("国会", Span(4, 6), "中国"),
    ]


def test_boundaries_can_be_switched_off() -> None:
    termbase = loads("$settings: {boundaries: false}\nperson: 人\n")
    assert shown(termbase, "人工") == ["人"]
    assert termbase.find_inside("人工", "zh") == []


def test_scripts_are_folded_on_request_only() -> None:
    plain = "parliament: 国会\nTaiwan: 台灣\n"
    assert shown(loads(plain), "國會在台湾") == []
    assert shown(loads("$settings: {fold_scripts: true}\n" + plain), "國會在台湾") == ["國會", "台湾"]


def test_traditional_text_has_the_same_boundaries() -> None:
    termbase = loads("parliament: 國會\nperson: 人\n", target_lang="zh-TW")
    assert [match.term.text for match in termbase.find("國會的人", "zh-TW")] == ["國會", "人"]
    assert termbase.find("中國會議的人為因素", "zh-TW") == []


@pytest.mark.parametrize(
    ("term", "text", "span"),
    [
        ("9月", "在 9 月底", Span(2, 5)),
        ("9月", "在19 月", None),
        ("WeChat支付", "用 WeChat 支付", Span(2, 11)),
        ("WeChat 支付", "用WeChat支付", Span(1, 9)),
        ("科技向善", "科技 向善", Span(0, 5)),
        ("AI Lab", "AI  Lab", Span(0, 7)),
        ("AI Lab", "AILab", None),
    ],
)
def test_spaces_beside_chinese_part_no_term(term: str, text: str, span: Span | None) -> None:
    termbase = Termbase([Concept("x", (Term("x", "en"), Term(term, "zh")))])
    assert [match.span for match in termbase.find(text, "zh")] == ([span] if span else [])


ALPHABET = "甲乙丙丁a1"
DICTIONARY = ["甲乙", "乙丙", "丙丁", "乙丙丁", "丁甲", "甲乙丙丁"]
MEANINGS = {"甲乙": ("xa",), "乙丙丁": ("xb",), "丁甲": ("xc", "xa")}
SMALL = Words(Listed(DICTIONARY), lambda word: MEANINGS.get(word, ()))


def plain_search(termbase: Termbase, text: str) -> list[tuple[str, Span]]:
    """Every term at every place that is not in another word by the rule below; the longest from the left."""
    hits = []
    for order, concept in enumerate(termbase.concepts):
        term = concept.terms[1].text.lower()
        for start in range(len(text) - len(term) + 1):
            end = start + len(term)
            if text[start:end].lower() != term:
                continue
            if edge(text, start) or edge(text, end) or in_another_word(text, start, end, concept.id):
                continue
            hits.append((start, -end, order, concept.id))
    kept: list[tuple[str, Span]] = []
    for start, end, _, name in sorted(hits):
        span = Span(start, -end)
        if not kept or start >= kept[-1][1].end or kept[-1][1] == span:
            kept.append((name, span))
    return kept


def edge(text: str, place: int) -> bool:
    """Whether the place is inside a Latin word or number."""
    around = text[max(0, place - 1) : place + 1]
    return 0 < place < len(text) and around.isascii() and around.isalnum()


def in_another_word(text: str, start: int, end: int, meaning: str) -> bool:
    """By trying every way to cut the whole text into words."""
    if text[start].isascii() and text[end - 1].isascii():
        return False
    cost, words = cheapest(text)
    if cheapest(text[:start])[0] // 1000 + 1 + cheapest(text[end:])[0] // 1000 <= cost // 1000:
        return False
    at = 0
    for word in words:
        if at <= start and end <= at + len(word):
            first, last = start - at, end - at
            rests = [rest for rest in (word[:first], word[last:]) if rest]
            if all(rest in DICTIONARY for rest in rests) and (end - start > 1 or last == len(word)):
                return False
            means = MEANINGS.get(word, ())
            own_means = MEANINGS.get(text[start:end], ())
            same = meaning in means or (end - start > 1 and (not means or set(means) & set(own_means)))
            return not same
        at += len(word)
    return True


@cache
def cheapest(text: str) -> tuple[int, tuple[str, ...]]:
    """The cost of the cheapest cut of a text into words and single characters, and its words."""
    if not text:
        return 0, ()
    ways = []
    for length in range(len(text), 0, -1):
        word = text[-length:]
        if length == 1 or word in DICTIONARY:
            cost, words = cheapest(text[:-length])
            ways.append((cost + (1000 if length > 1 else 1001), (*words, word)))
    return min(ways, key=lambda way: way[0])


CHINESE = st.text(alphabet=ALPHABET, min_size=1, max_size=4)


@settings(max_examples=200, deadline=None)
@given(st.lists(CHINESE, min_size=1, max_size=5, unique=True), st.text(alphabet=ALPHABET, max_size=8))
def test_the_automaton_finds_what_a_plain_search_finds(terms: list[str], text: str) -> None:
    concepts = [
        Concept(name, (Term(name, "en"), Term(term, "zh")))
        for name, term in zip(["xa", "xb", "xc", "xd", "xe"], terms, strict=False)
    ]
    termbase = Termbase(concepts, words=SMALL)
    assert [(match.concept.id, match.span) for match in termbase.find(text, "zh")] == plain_search(
        termbase, text
    )


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30), st.lists(st.text(min_size=1, max_size=4), max_size=4), st.booleans())
def test_any_text_can_be_searched(text: str, terms: list[str], folds: bool) -> None:
    concepts = [Concept(str(i), (Term(t, "en"), Term(t, "zh"))) for i, t in enumerate(terms)]
    termbase = Termbase(concepts, settings=GlossarySettings(fold_scripts=folds))
    nested = termbase.find(text, "zh", nested=True)
    assert {(m.concept.id, m.span) for m in termbase.find(text, "zh")} <= {
        (m.concept.id, m.span) for m in nested
    }
