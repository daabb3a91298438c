"""Which encoding a file is in: said when sure, refused with the candidates when not."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import EncodingError, FormatError, InputError
from workbench.formats import decode
from workbench.formats.encoding import line_at

EN = "The committee will meet on Thursday to discuss the plan.\n"
ZH = "委员会将于星期四开会，讨论这个计划。\n"
ZH_HANT = "委員會將於星期四開會，討論這個計劃。\n"
FR = "The “café” is open – it’s très agréable.\n"


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        (EN, "ascii", "utf-8"),
        (ZH, "utf-8", "utf-8"),
        (ZH, "utf-8-sig", "utf-8"),
        (ZH, "utf-16", "utf-16-le"),
        (ZH, "utf-16-le", "utf-16-le"),
        (ZH, "utf-16-be", "utf-16-be"),
        (EN, "utf-16-le", "utf-16-le"),
        (EN, "utf-16-be", "utf-16-be"),
        (EN + ZH, "utf-32", "utf-32-le"),
        (ZH, "gb2312", "gb18030"),
        (ZH, "gbk", "gb18030"),
        (EN + ZH, "gb18030", "gb18030"),
        (ZH_HANT, "gb18030", "gb18030"),
        (ZH_HANT, "big5", "big5"),
        (EN + ZH_HANT, "big5", "big5"),
        (FR, "cp1252", "cp1252"),
        ("Müller & Söhne, 100 €", "cp1252", "cp1252"),
        ("第一章", "gb18030", "gb18030"),
        ("\x1b[31mred\x1b[0m\x07", "ascii", "utf-8"),
        ("", "utf-8", "utf-8"),
    ],
)
def test_encodings(text: str, encoding: str, found: str) -> None:
    assert decode(text.encode(encoding), name="x") == (text, found)


def test_a_given_encoding_is_taken() -> None:
    assert decode("会議".encode("shift_jis"), name="x", encoding="shift_jis") == ("会議", "shift_jis")
    with pytest.raises(EncodingError, match=r"^x: there is no encoding 'klingon'$"):
        decode(b"a", name="x", encoding="klingon")
    with pytest.raises(EncodingError, match=r"^x:2: not UTF-8 as it claims \(byte 0xFF\)$"):
        decode(b"a\n\xff", name="x", encoding="utf-8")


@pytest.mark.parametrize(
    ("data", "kind", "said"),
    [
        (b"one\ntwo\x00\n", FormatError, "x:2: binary file: a NUL byte"),
        (EN.encode() * 50 + b"\x00", FormatError, "x:51: binary file: a NUL byte"),
        (b"\x89PNG\r\n\x1a\n\x00", FormatError, "x: binary file: an image"),
        (b"PK\x03\x04\x14\x00", FormatError, "x: binary file: a ZIP archive, as docx and xlsx are"),
        (b"%PDF-1.7\n", FormatError, "x: binary file: a PDF"),
        (bytes(range(1, 32)) * 9, FormatError, "x: binary file: too many control characters for a text"),
        (
            ZH.encode() + b"one \xff bad\n",
            EncodingError,
            "x:2: damaged UTF-8: byte 0xFF fits in no character",
        ),
        (ZH.encode()[:-2], EncodingError, "x:1: damaged UTF-8: byte 0xE3 fits in no character"),
        (codecs.BOM_UTF16_LE + b"a\x00\n\x00b", EncodingError, "x:2: not UTF-16-LE as it claims (byte 0x62)"),
        (b"a\n\xff\xfe\xfd\x81", EncodingError, "x:2: not UTF-8 (byte 0xFF), nor gb18030, big5, cp1252"),
        (
            "马".encode("gb18030") + b" (M) " + "褐履".encode("gb18030"),
            EncodingError,
            "x: not UTF-8, and it could be gb18030 or big5 or cp1252: save it as UTF-8",
        ),
    ],
)
def test_refusals(data: bytes, kind: type[InputError], said: str) -> None:
    with pytest.raises(kind) as caught:
        decode(data, name="x")
    assert str(caught.value) == said


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_utf8_comes_back_exactly(text: str) -> None:
    controls = sum(1 for char in text if (char < " " and char not in "\t\n\r\f\x1b") or char == "\x7f")
    if controls * 10 <= len(text.encode()):
        assert decode(codecs.BOM_UTF8 + text.encode(), name="x") == (text, "utf-8")


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=3))
def test_a_zero_byte_in_ascii_is_never_taken_for_utf16(text: str) -> None:
    with pytest.raises(FormatError, match="NUL"):
        decode(text.encode() * 3 + b"\x00", name="x")


def test_lines_end_at_cr_lf_and_crlf_alone() -> None:
    text = "a\r\nb\rc\nd\x85e\u2028f\x0bg"
    assert [line_at(text, text.index(char)) for char in "abcdefg"] == [1, 2, 3, 4, 4, 4, 4]
