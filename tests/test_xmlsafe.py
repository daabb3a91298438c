"""Hardened XML: hostile documents are refused in a plain sentence, nothing is expanded or fetched."""

from __future__ import annotations

import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from workbench.errors import FormatError
from workbench.xmlsafe import clean, iterate, line_of, parse

LAUGHS = (
    b'<!DOCTYPE a [<!ENTITY l0 "ha">'
    + b"".join(b'<!ENTITY l%d "%s">' % (n + 1, b"&l%d;" % n * 10) for n in range(12))
    + b"]>"
)
ENTITIES = "declares entities in its DOCTYPE, which are never read: write the text out"
GROWTH = "declares entities that grow when they are read"

HOSTILE = {
    "billion laughs in text": (LAUGHS + b"<a>&l12;</a>", {f"x: {ENTITIES}", f"x:1: {GROWTH}"}),
    "billion laughs in an attribute": (LAUGHS + b'<a b="&l12;"/>', {f"x: {ENTITIES}", f"x:1: {GROWTH}"}),
    "external entity": (
        b'<!DOCTYPE a [<!ENTITY p SYSTEM "file:///etc/passwd">]><a>&p;</a>',
        {f"x: {ENTITIES}"},
    ),
    "parameter entity": (
        b'<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/">%p;]><a/>',
        {f"x: {ENTITIES}"},
    ),
    "harmless entity": (b'<!DOCTYPE a [<!ENTITY p "x">]><a>&p;</a>', {f"x: {ENTITIES}"}),
    "depth": (b"<a>" * 5000 + b"</a>" * 5000, {"x:1: elements are nested more than 256 deep"}),
    "cut off": (b"<a>\n<b>", None),
    "wrong order": (
        b"<a>\n<b></a>",
        {"x:2: not well-formed XML: opening and ending tag mismatch: b line 2 and a"},
    ),
    "control": (b"<a>\n\x01</a>", {"x:2: not well-formed XML: the character U+0001, which XML cannot hold"}),
    "reference to a control": (b"<a>\n&#2;</a>", None),
    "encoding that lies": (b"<a>\n\xff</a>", None),
    "unknown encoding": (b'<?xml version="1.0" encoding="klingon"?><a/>', None),
    "empty": (b"", {"x: empty: there is no XML in it"}),
    "no XML": (b"Hello", None),
    "undefined entity": (b"<a>\n&nbsp;</a>", {"x:2: not well-formed XML: entity 'nbsp' not defined"}),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_parse_refuses(case: str) -> None:
    data, wanted = HOSTILE[case]
    started = time.monotonic()
    with pytest.raises(FormatError) as caught:
        parse(data, name="x")
    assert time.monotonic() - started < 2
    said = str(caught.value)
    assert said in wanted if wanted else said.startswith("x:")
    assert "\n" not in said


@pytest.mark.parametrize("case", HOSTILE)
def test_iterate_refuses(case: str) -> None:
    data, wanted = HOSTILE[case]
    with pytest.raises(FormatError) as caught:
        list(iterate(io.BytesIO(data), name="x", tags=("a",)))
    said = str(caught.value)
    assert said in wanted if wanted else said.startswith("x")
    assert "\n" not in said


def test_a_doctype_is_never_loaded(tmp_path: pytest.TempPathFactory) -> None:
    tree = parse(b'<!DOCTYPE a SYSTEM "file:///nowhere/a.dtd"><a>x</a>', name="x")
    assert tree.getroot().text == "x"


def test_entities_that_only_an_external_dtd_could_define() -> None:
    data = b'<!DOCTYPE a SYSTEM "a.dtd"><a>\n<b c="x&nbsp;y"/></a>'
    with pytest.raises(FormatError, match=r"^x:2: entity 'nbsp' not defined: write its character$"):
        list(iterate(io.BytesIO(data), name="x", tags=("a",)))


def test_iterate_gives_the_named_elements_in_any_namespace() -> None:
    data = b'<a xmlns="urn:x">\n<b/><c/>\n<b><c/></b></a>'
    seen = [(event, line_of(element)) for event, element in iterate(io.BytesIO(data), name="x", tags=("b",))]
    assert seen == [("start", 1), ("start", 2), ("end", 2), ("start", 3), ("end", 3)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_iterate_reads_unicode_with_and_without_marks(encoding: str) -> None:
    data = "<a>中文</a>".encode(encoding)
    assert [
        element.text for event, element in iterate(io.BytesIO(data), name="x", tags=("a",)) if event == "end"
    ] == ["中文"]


def test_lines_beyond_65535_are_right() -> None:
    data = b"<a>" + b"\n" * 70_000 + b"<b/></a>"
    assert [line_of(element) for _, element in iterate(io.BytesIO(data), name="x", tags=("b",))][-1] == 70_001


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\x00b\x08c\x0bd", "abcd"),
        ("tab\tline\ncr\r", "tab\tline\ncr\r"),
        ("\x85\u2028\ufeff\x7f\x9f", "\x85\u2028\ufeff\x7f\x9f"),
        ("\ufffe\uffff\ud800x", "x"),
        ("𠮷😀", "𠮷😀"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(st.text())
def test_clean_text_can_stand_in_xml(text: str) -> None:
    element = etree.Element("a")
    element.text = clean(text)
    assert (parse(etree.tostring(element, encoding="utf-8"), name="x").getroot().text or "") == clean(text)
