"""Plain text: paragraphs as blocks with their lines, and the same bytes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench import formats
from workbench.errors import InputError
from workbench.formats import ReadOptions, WriteOptions
from workbench.model import Content, Document, TranslationUnit

LETTER = "\ufeffDear all,\r\n\r\nWe moved.\rNew address:\n  1 High Street  \n\n\n".encode()


def test_blocks_are_paragraphs_with_their_lines() -> None:
    content = formats.read_bytes(LETTER, name="post/letter.en.txt")
    assert content.document.name == "letter.en"
    assert [(block.text, block.location) for block in content.blocks] == [
        ("Dear all,", "line 1"),
        ("We moved.", "line 3"),
        ("New address:", "line 4"),
        ("1 High Street", "line 5"),
    ]


def test_wrapped_lines_stay_in_their_paragraph() -> None:
    content = formats.read_bytes(b"One\ntwo.\n\nThree.\n", name="a.txt", options=ReadOptions(wrapped=True))
    assert [(block.text, block.location) for block in content.blocks] == [
        ("One\ntwo.", "line 1"),
        ("Three.", "line 4"),
    ]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\r\t\x85"), min_size=1))
def test_writing_gives_the_text_again(text: str) -> None:
    if text.strip():
        content = formats.read_bytes(text.encode(), name="a.txt")
        assert formats.write_bytes(content, format="text").decode() == text.removeprefix("\ufeff")


def test_units_are_written_one_a_paragraph() -> None:
    units = (
        TranslationUnit("1", 0, "One.", "一。"),
        TranslationUnit("2", 1, "Two.", ""),
        TranslationUnit("3", 2, "", "三。"),
    )
    content = Content(Document("d", "jsonl"), units=units)
    assert formats.write_bytes(content, format="text").decode() == "一。\n\n三。\n"
    assert (
        formats.write_bytes(content, format="text", options=WriteOptions(side="source")) == b"One.\n\nTwo.\n"
    )


def test_other_encodings_are_said() -> None:
    said: list[str] = []
    data = "大家好，我们搬家了。\n".encode("gb18030")
    content = formats.read_bytes(data, name="a.txt", options=ReadOptions(warn=said.append))
    assert content.blocks[0].text == "大家好，我们搬家了。"
    assert said == ["a.txt: read as gb18030"]


@pytest.mark.parametrize("data", [b"", b" \n\r\n\t", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_a_file_without_text_is_refused(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        formats.read_bytes(data, name="a.txt")
    assert str(caught.value) == "a.txt: empty file: there is no text in it"
