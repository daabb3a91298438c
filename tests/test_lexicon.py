"""The dictionary, its keys, and its cache."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from workbench import lexicon
from workbench.lexicon import STOP_WORDS, key
from workbench.lexicon import lexicon as lexicon_module
from workbench.lexicon.build import gloss_keys

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def loaded() -> lexicon.Lexicon:
    return lexicon.load()


@pytest.mark.parametrize(
    ("english", "word"),
    [
        ("discovery", "发现"),
        ("discovered", "发现"),
        ("apples", "苹果"),
        ("London", "伦敦"),
        ("colours", "颜色"),
    ],
)
def test_translations(loaded: lexicon.Lexicon, english: str, word: str) -> None:
    assert loaded.translates(english, word)


def test_unknown_words(loaded: lexicon.Lexicon) -> None:
    assert not loaded.translates("apple", "汽车")
    assert loaded.meanings("苹果汽车发现") == ()
    assert "苹果" in loaded
    assert "" not in loaded
    assert "😀" not in loaded
    assert 3 not in loaded
    assert len(loaded) > 100_000


@pytest.mark.parametrize(
    ("gloss", "expected"),
    [
        ("to discover", ["discov"]),
        ("(coll.) train station", ["train", key("station")]),
        ("CL:個|个[ge4]", []),
        ("variant of 苹果", []),
        ("abbr. for 中華|中华[Zhong1 hua2], China", ["abbr"]),
        ("the of to", []),
        ("a very long gloss that explains at length rather than gives words back to the reader here", []),
    ],
)
def test_glosses_become_keys(gloss: str, expected: list[str]) -> None:
    assert gloss_keys(gloss) == expected


@pytest.mark.parametrize(
    "family", ["announce announcement announced", "colour color colors", "discover discovery"]
)
def test_families_share_a_key(family: str) -> None:
    assert len({key(word) for word in family.split()}) == 1


def test_stop_words_are_left_out(loaded: lexicon.Lexicon) -> None:
    assert "the" in STOP_WORDS
    assert "the" not in loaded.key_numbers


def test_every_match_in_a_text_is_found(loaded: lexicon.Lexicon) -> None:
    text = "他发现苹果\n伦敦😀"
    codes = np.array([ord(char) for char in text], np.int64)
    starts, lengths, numbers = loaded.tables.matches(codes)
    found = {text[a : a + n] for a, n in zip(starts.tolist(), lengths.tolist(), strict=True)}
    assert {"他", "发现", "苹果", "伦敦"} <= found
    assert not any("\n" in word for word in found)
    assert {loaded.tables.words[number] for number in numbers.tolist()} == found


def test_no_match_in_nothing(loaded: lexicon.Lexicon) -> None:
    starts, _, _ = loaded.tables.matches(np.zeros(0, np.int64))
    assert len(starts) == 0


def test_the_cache_is_read_back(loaded: lexicon.Lexicon, tmp_path: Path) -> None:
    path = tmp_path / "folder" / "tables.npz"
    lexicon_module._write(path, loaded.tables)
    again = lexicon_module._read(path)
    assert again is not None
    assert again.words == loaded.tables.words
    assert np.array_equal(again.edges, loaded.tables.edges)
    assert [file.name for file in path.parent.iterdir()] == ["tables.npz"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"no archive at all"])
def test_a_damaged_cache_is_not_used(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "tables.npz"
    path.write_bytes(content)
    assert lexicon_module._read(path) is None


def test_a_truncated_cache_is_not_used(loaded: lexicon.Lexicon, tmp_path: Path) -> None:
    path = tmp_path / "tables.npz"
    lexicon_module._write(path, loaded.tables)
    path.write_bytes(path.read_bytes()[:-200_000])
    assert lexicon_module._read(path) is None


def test_a_cache_that_cannot_be_written_is_no_error(loaded: lexicon.Lexicon, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("in the way")
    lexicon_module._write(file / "tables.npz", loaded.tables)
    assert file.read_text() == "in the way"


def test_names_are_spelt_in_pinyin(loaded: lexicon.Lexicon) -> None:
    assert ("ruo", "lan") in loaded.spellings("ruolan")
    assert set(loaded.spellings("xian")) == {("xian",), ("xi", "an")}
    assert loaded.spellings("smith") == []
    assert {"若", "弱"} <= {chr(code) for code in loaded.sounding("ruo")}
    assert loaded.sounding("xyz").tolist() == []
