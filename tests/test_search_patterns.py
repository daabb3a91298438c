"""What is searched for: text and expressions, blind to case, width and, where wanted, script."""

from __future__ import annotations

import pytest

from workbench.errors import CommandError
from workbench.review.searching_patterns import parse_query
from workbench.store.scanning import lines_with


@pytest.mark.parametrize(
    ("words", "text", "spans"),
    [
        ("rmb 99", "共RMB 99元", [(1, 7)]),
        ("rmb 99", "ＲＭＢ　９９", [(0, 6)]),
        ("(1)", "见（１）", [(1, 4)]),
        ('"RMB"c', "rmb RMB", [(4, 7)]),
        ('"RMB"w', "ＲＭＢ rmb", [(4, 7)]),
        ('"国家"t', "國家和国家", [(0, 2), (3, 5)]),
        ("国家", "國家", []),
        (r"/(\d+)元[。.]/", "共１２元．", [(1, 5)]),
        (r"/[a-c]+\(x\)/", "ＡＢc（Ｘ）", [(0, 6)]),
        (r"/[^a-c]/w", "aＢ", [(1, 2)]),
        ("/a b/", "A　B", [(0, 3)]),
        ("ratio: 3", "Ratio: 3", [(0, 8)]),
        ("/x*/", "axxb", [(1, 3)]),
        ('"会议"b', "大会议程。会议开始", [(5, 7)]),
        ('"人"b', "人工智能的人", [(5, 6)]),
        ('"银行"b', "中国银行", [(2, 4)]),
        ('"art"b', "start art, Art5 art的", [(6, 9), (16, 19)]),
        ('"國會"bt', "国会今天开会", [(0, 2)]),
        ("/x*/b", "axxb xx", [(5, 7)]),
    ],
)
def test_places(words: str, text: str, spans: list[tuple[int, int]]) -> None:
    assert parse_query(words).spans(text) == spans


@pytest.mark.parametrize(
    ("words", "fields", "again"),
    [
        ("元", ("source", "target", "note"), "元"),
        ("target:两个 词", ("target",), 'target:"两个 词"'),
        ('target:"词"bc', ("target",), 'target:"词"cb'),
        ("source,note:/x/ct", ("source", "note"), "source,note:/x/ct"),
        ("ratio:3", ("source", "target", "note"), '"ratio:3"'),
    ],
)
def test_a_query_says_how_it_is_written(words: str, fields: tuple[str, ...], again: str) -> None:
    query = parse_query(words)
    assert query.fields == fields
    assert str(query) == again
    assert parse_query(again) == query


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("  ", "search for what?"),
        ("/(/", "not an expression: missing ) at position 1"),
        (
            "/a/q",
            "behind the last / stand c = case counts, w = width counts, t = simplified = traditional, "
            "b = whole words; not 'q'",
        ),
        ("x" * 1001, "that is too long to search for: 1,001 characters, at most 1,000"),
    ],
)
def test_what_is_no_query_is_refused_in_one_line(words: str, said: str) -> None:
    with pytest.raises(CommandError) as caught:
        parse_query(words)
    assert str(caught.value) == said


def test_an_expression_that_takes_too_long_is_refused() -> None:
    with pytest.raises(CommandError, match="takes too long"):
        parse_query("/(a|aa)+$/").spans("a" * 60 + "b")


def test_empty_texts_are_found_by_what_matches_nothing() -> None:
    query = parse_query("/^$/")
    assert query.found("")
    assert not query.found("a")


def test_lines_are_told_by_number() -> None:
    pattern = parse_query("b").pattern
    assert list(lines_with(pattern, "ab\n\nbbb\na\nab")) == [0, 2, 4]


@pytest.mark.parametrize(
    ("words", "does"),
    [
        (r"/\d+元/", True),
        ("/^a.*b$/", True),
        (r"/a\sb/", False),
        ("/[^a]b/", False),
        ("/a*/", False),
        ("a b", True),
    ],
)
def test_what_may_be_looked_for_in_joined_lines(words: str, does: bool) -> None:
    assert parse_query(words).stays_in_lines is does
