"""Finding terms: case, inflection, boundaries, longest match, and the same answers as a plain search."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.model import Concept, Span, Term
from workbench.termbase import Termbase, loads
from workbench.termbase.inflection import term_forms
from workbench.termbase.matching import fold, is_fixed


def base(*english: str, case: bool = False) -> Termbase:
    return Termbase(
        [Concept(text, (Term(text, "en", case=case), Term("某", "zh")), inflect="verb") for text in english]
    )


def shown(termbase: Termbase, text: str, lang: str = "en", *, nested: bool = False) -> list[str]:
    return [match.span.of(text) for match in termbase.find(text, lang, nested=nested)]


@pytest.mark.parametrize(
    ("term", "text", "expected"),
    [
        ("network", "Networks and a network's edge", ["Networks", "network"]),
        (
            "neural network",
            "neural-network, Neural\u00a0Networks",
            ["neural-network", "Neural\u00a0Networks"],
        ),
        ("neural network", "neural  network and neural\nnetwork", ["neural  network", "neural\nnetwork"]),
        ("neural network", "neural, network", []),
        ("company", "companies, Company, accompany", ["companies", "Company"]),
        ("organize", "organized organizes organizing organizer", ["organized", "organizes", "organizing"]),
        ("plan", "planned, planning, plane", ["planned", "planning"]),
        ("box", "boxes and boxing, boxer", ["boxes", "boxing"]),
        ("child", "Children and child's play", ["Children", "child"]),
        ("analysis", "two analyses", ["analyses"]),
        ("take", "took, taken, takes", ["took", "taken", "takes"]),
        ("set up", "sets up, setting up, set-up", ["sets up", "setting up", "set-up"]),
        ("right of way", "rights of way", ["rights of way"]),
        ("Cannes Lions", "a Cannes Lion", ["Cannes Lion"]),
        ("news", "new news", ["news"]),
        ("AI", "AI, AIs, ai, AI's, said, Ai", ["AI", "AIs", "AI"]),
        ("US", "Tell us about the US.", ["US"]),
        ("us", "Tell us", ["us"]),
        ("can", "can't can", ["can"]),
        ("C++", "C++ and c", ["C++"]),
        (".NET", "Use .NET here", [".NET"]),
        ("R&D", "R&D, R D", ["R&D"]),
        ("COVID-19", "COVID-19, COVID 19, covid-19", ["COVID-19", "COVID 19"]),
        ("5G", "5G, 15G", ["5G"]),
        ("AI", "ＡＩ works", ["ＡＩ"]),
        ("café", "Cafés, café", ["café"]),
        ("naïve model", "naïve models", ["naïve models"]),
    ],
)
def test_english(term: str, text: str, expected: list[str]) -> None:
    assert shown(base(term), text) == expected


@pytest.mark.parametrize(
    ("entry", "text", "expected"),
    [
        # A noun by its renderings has no verb forms.
        ("lead: 铅", "lead, leads, led, leading", ["lead", "leads"]),
        ("state: 国家", "states stated the state's", ["states", "state"]),
        ("interest: 利息", "interested in interests", ["interests"]),
        ("court: [法院, 法庭]", "Courts courted courtiers", ["Courts"]),
        ("market: 某某市", "marketing markets", ["markets"]),
        # A verb by one of them, or by itself.
        ("lead: [铅, 领导]", "led by leading", ["led", "leading"]),
        ("plan: 计划", "planned plans", ["planned", "plans"]),
        ("translate: 某某", "translated", ["translated"]),
        ("set up: 某某", "set up, setting up", ["set up", "setting up"]),
        # The entry says otherwise.
        ("lead: {zh: 铅, inflect: verb}", "led", ["led"]),
        ("plan: {zh: 计划, inflect: noun}", "planned plans", ["plans"]),
        ("plan: {zh: 计划, inflect: none}", "planned plans plan's", ["plan"]),
        # Words of a longer term, and those with a capital.
        ("climate change: 气候变化", "climate changes, climate changing", ["climate changes"]),
        ("Apple: 苹果", "apple pie, Apple, Apples, APPLE, appled", ["Apple", "Apples", "APPLE"]),
        ("Google: 谷歌", "Googled by Google", ["Google"]),
        ("Cloud: {en: [Cloud, cloud], zh: 云}", "cloud", ["cloud"]),
        ("WeChat: 微信", "wechat", ["wechat"]),
        ("Reach Track: 道", "a reach track", ["reach track"]),
    ],
)
def test_forms_go_with_what_a_term_is(entry: str, text: str, expected: list[str]) -> None:
    assert shown(loads(entry), text) == expected


def test_case_terms_match_in_their_own_capitals_only() -> None:
    termbase = base("Reach Track", case=True)
    assert shown(termbase, "the Reach Track, the reach track, Reach Tracks") == [
        "Reach Track",
        "Reach Tracks",
    ]


@pytest.mark.parametrize(
    ("term", "text", "expected"),
    [
        ("人工智能", "用人工智能做人工智能", ["人工智能", "人工智能"]),
        ("AI", "使用AI技术，SAID，AI5", ["AI"]),
        ("WeChat支付", "用ＷeChat支付吧", ["ＷeChat支付"]),
        ("T恤", "一件T恤", ["T恤"]),
    ],
)
def test_chinese(term: str, text: str, expected: list[str]) -> None:
    assert shown(Termbase([Concept("x", (Term("x", "en"), Term(term, "zh")))]), text, "zh") == expected


def test_the_longest_term_wins_and_the_others_are_there_on_request() -> None:
    termbase = base("translation", "machine translation", "neural machine translation")
    text = "neural machine translation and translation"
    assert shown(termbase, text) == ["neural machine translation", "translation"]
    assert shown(termbase, text, nested=True) == [
        "neural machine translation",
        "machine translation",
        "translation",
        "translation",
    ]


def test_homonyms_are_all_found() -> None:
    termbase = loads("bank 1: {en: bank, zh: 银行}\nbank 2: {en: bank, zh: 河岸}\n")
    assert [(match.concept.id, match.span) for match in termbase.find("a bank", "en")] == [
        ("bank 1", Span(2, 6)),
        ("bank 2", Span(2, 6)),
    ]


def test_an_empty_termbase_finds_nothing() -> None:
    assert Termbase().find("anything", "en") == []
    assert Termbase().find("", "zh") == []
    assert not Termbase()


def test_spans_are_of_the_original_text() -> None:
    text = "İstanbul  —  the NEURAL\u3000network ﬁeld"
    (match,) = base("neural network").find(text, "en")
    assert match.span.of(text) == "NEURAL\u3000network"


def test_the_digest_changes_with_a_term_and_not_with_a_line() -> None:
    assert loads("a: 甲").digest == loads("\n\na: 甲").digest
    assert loads("a: 甲").digest != loads("a: 乙").digest


def reference(termbase: Termbase, text: str) -> list[tuple[str, Span]]:
    """Every form of every term at every place; the longest from the left."""
    folded = fold(text)
    hits = []
    for order, concept in enumerate(termbase.concepts):
        term = concept.terms[0]
        fixed = is_fixed(term)
        for root, endings in term_forms(fold(term.text).strip(), fixed=fixed):
            for ending in endings:
                form = root + ending
                for start in range(len(text)):
                    end = start + len(form)
                    if folded[start:end] != form or (start and re.match(r"\w", folded[start - 1])):
                        continue
                    if form[-1].isalnum() and re.match(r"\w", folded[end : end + 1]):
                        continue
                    if re.match(r"'(?!s)[^\W\d_]", folded[end : end + 2]) and form[-1].isalnum():
                        continue
                    if fixed and fold_case(text[start : start + len(root)]) != fold_case(term.text):
                        continue
                    if term.text == "Tech" and text[start].islower():
                        continue
                    if term.text == "US" and text.isupper() and text.count(" ") >= 3:
                        continue
                    hits.append((start, -end, order, concept.id))
    kept: list[tuple[str, Span]] = []
    for start, end, _order, name in sorted(hits):
        span = Span(start, -end)
        free = not kept or start >= kept[-1][1].end or kept[-1][1] == span
        if free and (name, span) not in kept:
            kept.append((name, span))
    return kept


def fold_case(text: str) -> str:
    return text.replace("-", " ")


WORDS = [
    "ai",
    "AI",
    "plan",
    "company",
    "tech",
    "for",
    "good",
    "Tech",
    "us",
    "US",
    "set",
    "up",
    "take",
    "box",
    "5G",
]
TERMS = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join), unique=True, max_size=6
)
RUNNING = st.lists(
    st.sampled_from(
        [
            *WORDS,
            "plans",
            "planned",
            "companies",
            "took",
            "boxes",
            "sets",
            "AIs",
            "said",
            "goods",
            "can't",
            "'s",
        ]
    ),
    max_size=12,
)
SEPARATORS = st.sampled_from([" ", "-", ", ", "", ".", "'"])


@settings(max_examples=120, deadline=None)
@given(TERMS, RUNNING, SEPARATORS, SEPARATORS)
def test_the_automaton_finds_what_a_plain_search_finds(
    terms: list[str], words: list[str], one: str, other: str
) -> None:
    termbase = base(*terms)
    text = "".join(word + (one if index % 2 else other) for index, word in enumerate(words))
    assert [(match.concept.id, match.span) for match in termbase.find(text, "en")] == reference(
        termbase, text
    )


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40), st.lists(st.text(min_size=1, max_size=6), max_size=4))
def test_any_text_can_be_searched_for_any_term(text: str, terms: list[str]) -> None:
    termbase = Termbase([Concept(str(i), (Term(t, "en"), Term(t, "zh"))) for i, t in enumerate(terms)])
    for lang in ("en", "zh"):
        for match in termbase.find(text, lang, nested=True):
            assert 0 <= match.span.start < match.span.end <= len(text)


def test_a_lone_surrogate_hides_no_term_and_breaks_nothing() -> None:
    base = Termbase([Concept("hall", (Term("hall", "en"), Term("大厅", "zh")))])
    assert [match.span for match in base.find("\ud800 the hall", "en")] == [Span(6, 10)]
    assert [match.span for match in base.find("\udfff大厅", "zh")] == [Span(1, 3)]
