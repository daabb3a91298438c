"""The tokenizer and English stems."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.tokens import stem, words


def texts(text: str, lang: str = "en") -> list[str]:
    return [token.text for token in words(text, lang)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It costs $3.50, doesn't it?", ["It", "costs", "$", "3.50", ",", "doesn't", "it", "?"]),
        ("See https://a.example/b?c=1.", ["See", "https://a.example/b?c=1", "."]),
        ("Write to ann@mail.example!", ["Write", "to", "ann@mail.example", "!"]),
        ("The U.S. team’s plan", ["The", "U.S.", "team’s", "plan"]),
        ("state-of-the-art", ["state-of-the-art"]),
        ("我用WeChat付了1,200元。", ["我", "用", "WeChat", "付", "了", "1,200", "元", "。"]),
        ("卡拉OK", ["卡", "拉", "OK"]),
        ("OK吗", ["OK", "吗"]),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_kinds() -> None:
    assert [token.kind for token in words("价格 is 5%!", "zh")] == [
        "word",
        "word",
        "word",
        "number",
        "symbol",
        "punct",
    ]


@given(st.text())
def test_tokens_are_all_of_the_text_but_white_space(text: str) -> None:
    found = words(text, "en")
    assert all(token.span.of(text) == token.text for token in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    covered = "".join(token.text for token in found)
    # Marks that stand alone (a combining accent without its letter) belong to no token.
    assert set("".join(text.split())) - set(covered) <= {
        c for c in text if not c.isascii() or not c.isprintable()
    }


@pytest.mark.parametrize(
    "family",
    [
        "city cities city's",
        "stop stops stopped stopping",
        "make makes making made",
        "use used using uses",
        "go goes going went gone",
        "study studies studied studying",
        "box boxes",
        "die died dying",
        "child children",
        "run runs ran running",
        "quick quickly",
        "setting settings",
        "fall falls fell fallen",
    ],
)
def test_inflections_share_a_stem(family: str) -> None:
    assert len({stem(word) for word in family.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("new", "news"), ("bus", "business"), ("thing", "th"), ("red", "r"), ("was", "wa")]
)
def test_different_words_keep_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@given(st.text(max_size=20))
def test_stem_takes_any_text(word: str) -> None:
    assert stem(word) == stem(word.upper().lower()) or word.upper().lower() != word.lower()
