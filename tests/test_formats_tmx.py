"""TMX: valid against its DTD when written, read from any tool, and refused in human sentences."""

from __future__ import annotations

import io
import re
import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from workbench import formats
from workbench.errors import FormatError
from workbench.formats import ReadOptions, WriteOptions
from workbench.formats.tmx_reader import fit
from workbench.formats.tmx_reader import stream as stream_units
from workbench.model import Content, Document, Draft, State, TranslationUnit

DTD = etree.DTD(str(Path(__file__).parent / "data" / "tmx14.dtd"))

LETTER = Content(
    Document("letter", "jsonl", "en", "zh"),
    units=(
        TranslationUnit(
            "letter:1",
            0,
            "R&D cost <5 €.",
            "研发费用低于5欧元。",
            State.REVIEWED,
            (Draft("letter:1/0", "研发费用<5欧元。", "argos", 0.0),),
            0.93,
            origin="align",
            notes=("checked with Ms Lin",),
            changed_at=datetime(2026, 11, 5, 9, 30, tzinfo=UTC),
            changed_by="mei",
            extra=(("client", '"Acme"'), ("tags", '["a", "b"]'), ("rank", "3")),
        ),
        TranslationUnit("letter:2", 1, "Not yet.", ""),
    ),
)
LETTER_TMX = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
<header creationtool="workbench" creationtoolversion="VERSION" segtype="sentence" o-tmf="workbench" \
adminlang="en" srclang="en" datatype="plaintext" creationdate="20261106T000000Z"/>
<body>
<tu tuid="letter:1">
<note>checked with Ms Lin</note>
<prop type="x-document">letter</prop>
<prop type="x-state">reviewed</prop>
<prop type="x-draft">研发费用&lt;5欧元。</prop>
<prop type="x-mt-engine">argos</prop>
<prop type="x-match">0.0</prop>
<prop type="x-origin">align</prop>
<prop type="x-bead-score">0.93</prop>
<prop type="client">Acme</prop>
<prop type="tags">a</prop>
<prop type="tags">b</prop>
<prop type="x-json:rank">3</prop>
<tuv xml:lang="en"><seg>R&amp;D cost &lt;5 €.</seg></tuv>
<tuv xml:lang="zh-CN" creationdate="20261105T093000Z" creationid="mei" changedate="20261105T093000Z" changeid="mei">\
<seg>研发费用低于5欧元。</seg></tuv>
</tu>
<tu tuid="letter:2">
<prop type="x-document">letter</prop>
<prop type="x-state">initial</prop>
<tuv xml:lang="en"><seg>Not yet.</seg></tuv>
</tu>
</body>
</tmx>
"""


def valid(data: bytes) -> etree._Element:
    root = etree.fromstring(data)
    assert DTD.validate(root), DTD.error_log
    return root


def read(body: str, *, header: str = '<header srclang="en"/>', **options: object) -> Content:
    data = f"<tmx>{header}<body>\n{body}\n</body></tmx>".encode()
    return formats.read_bytes(data, name="m.tmx", options=ReadOptions(**options))  # type: ignore[arg-type]


def pair(source: str, target: str) -> str:
    return f'<tu><tuv xml:lang="en"><seg>{source}</seg></tuv><tuv xml:lang="zh-CN"><seg>{target}</seg></tuv></tu>'


def test_what_is_written() -> None:
    data = formats.write_bytes(
        LETTER, format="tmx", options=WriteOptions(written_at=datetime(2026, 11, 6, tzinfo=UTC))
    )
    valid(data)
    assert re.sub(r'(creationtoolversion=")[^"]+', r"\1VERSION", data.decode()) == LETTER_TMX


def test_what_was_written_comes_back() -> None:
    content = formats.read_bytes(LETTER_TMX.encode(), name="other.tmx")
    assert content == Content(Document("letter", "tmx", "en", "zh-CN"), units=LETTER.units)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(texts, texts, texts, texts), min_size=1, max_size=3))
def test_whatever_is_written_is_valid(rows: list[tuple[str, str, str, str]]) -> None:
    units = tuple(
        TranslationUnit(
            a, n, b, c, drafts=(Draft("", d),), origin=a, notes=(b,), changed_by=c, extra=((d, '"x"'),)
        )
        for n, (a, b, c, d) in enumerate(rows)
    )
    root = valid(formats.write_bytes(Content(Document("d", "x"), units=units), format="tmx"))
    assert len(root.findall("body/tu")) == len(rows)


@pytest.mark.parametrize(
    ("lang", "tag"),
    [("zh", "zh-CN"), ("zh_cn", "zh-CN"), ("zh-Hans", "zh-Hans"), ("zh-TW", "zh-TW"), ("de", "de")],
)
def test_no_region_is_invented_but_for_zh(lang: str, tag: str) -> None:
    content = replace(LETTER, document=replace(LETTER.document, target_lang=lang))
    root = valid(formats.write_bytes(content, format="tmx"))
    assert root.find("body/tu/tuv[2]").get("{http://www.w3.org/XML/1998/namespace}lang") == tag
    assert root.find("header").get("srclang") == "en"


# Files of other tools

MEMOQ = """<?xml version="1.0" encoding="UTF-16"?>
<tmx version="1.4"><header creationtool="x" srclang="EN-us" datatype="unknown"/>
<body><tu changedate="20240102T030405Z" changeid="kim" usagecount="3"><prop type="client">Acme</prop>
<tuv xml:lang="en-US"><prop type="x-context-pre">Before</prop><seg>Open.</seg></tuv>
<tuv xml:lang="ZH-CN"><note>short</note><seg>打开。</seg></tuv></tu></body></tmx>"""


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_memory_in_utf16(encoding: str) -> None:
    content = formats.read_bytes(MEMOQ.encode(encoding), name="m.tmx")
    assert (content.document.source_lang, content.document.target_lang) == ("en-US", "zh-CN")
    (unit,) = content.units
    assert (unit.source, unit.target, unit.notes) == ("Open.", "打开。", ("short",))
    assert (unit.changed_by, unit.changed_at) == ("kim", datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC))
    assert unit.extra == (
        ("client", '"Acme"'),
        ("tmx:tu@usagecount", '"3"'),
        ("tmx:source:x-context-pre", '"Before"'),
    )
    again = valid(formats.write_bytes(content, format="tmx"))
    assert again.find("body/tu").get("usagecount") == "3"
    assert again.find("body/tu/tuv[1]/prop").text == "Before"


@pytest.mark.parametrize("declared", ["UTF-8", "GB18030", "ISO-8859-1"])
def test_declared_encodings(declared: str) -> None:
    text = "café" if declared == "ISO-8859-1" else "你好"
    data = f'<?xml version="1.0" encoding="{declared}"?><tmx><header srclang="en"/><body>{pair("x", text)}</body></tmx>'
    assert formats.read_bytes(data.encode(declared), name="m.tmx").units[0].target == text


def test_doctypes_namespaces_and_old_language_attributes() -> None:
    data = b"""<!DOCTYPE tmx PUBLIC "-//LISA OSCAR:1998//DTD for Translation Memory eXchange//EN" "http://127.0.0.1:9/tmx14.dtd">
    <tmx version="1.1" xmlns="http://www.lisa.org/tmx14"><header srclang="*all*"/><body>
    <tu><tuv lang="EN"><seg>One</seg></tuv><tuv LANG="zh_hans_cn"><seg>&#19968;</seg></tuv></tu></body></tmx>"""
    content = formats.read_bytes(data, name="m.tmx")
    assert (content.document.source_lang, content.document.target_lang) == ("en", "zh-Hans-CN")
    assert [(unit.source, unit.target) for unit in content.units] == [("One", "一")]


def test_creation_is_kept_apart_from_change() -> None:
    tu = (
        '<tu><tuv xml:lang="en"><seg>One</seg></tuv>'
        '<tuv xml:lang="zh-CN" creationdate="20200101T000000Z" creationid="kim" '
        'changedate="2021-02-03T04:05:06Z" changeid="mei"><seg>一</seg></tuv></tu>'
    )
    (unit,) = read(tu).units
    assert (unit.changed_by, unit.changed_at) == ("mei", datetime(2021, 2, 3, 4, 5, 6, tzinfo=UTC))
    target = valid(formats.write_bytes(read(tu), format="tmx")).find("body/tu/tuv[2]")
    assert [target.get(key) for key in ("creationdate", "creationid", "changedate", "changeid")] == [
        "20200101T000000Z",
        "kim",
        "20210203T040506Z",
        "mei",
    ]


def test_unreadable_dates_stay_as_they_are() -> None:
    (unit,) = read(pair("One", "一").replace('"zh-CN"', '"zh-CN" changedate="yesterday"')).units
    assert unit.changed_at is None
    assert unit.extra == (("tmx:target@changedate", '"yesterday"'),)


# Languages


@pytest.mark.parametrize(
    ("tag", "wanted", "nearness"),
    [
        ("zh-CN", "zh-CN", 3),
        ("zh-cn", "zh-CN", 3),
        ("zh", "zh-CN", 2),
        ("zh-CN", "zh", 2),
        ("zh-Hans", "zh-CN", 2),
        ("zh-SG", "zh-CN", 1),
        ("zh-TW", "zh", 0),
        ("zh-Hant", "zh-CN", 0),
        ("zh-HK", "zh-TW", 1),
        ("en-GB", "en-US", 1),
        ("sr-Latn", "sr-Cyrl", 0),
        ("de", "en", 0),
    ],
)
def test_nearness_of_languages(tag: str, wanted: str, nearness: int) -> None:
    assert fit(tag, wanted) == nearness


THREE = (
    '<tu><tuv xml:lang="zh-TW"><seg>軟體</seg></tuv><tuv xml:lang="en"><seg>software</seg></tuv>'
    '<tuv xml:lang="zh-CN"><seg>软件</seg></tuv></tu>'
)


def test_the_wanted_language_is_taken_and_the_others_said() -> None:
    said: list[str] = []
    taiwan = '<tu><tuv xml:lang="en"><seg>disk</seg></tuv><tuv xml:lang="zh-TW"><seg>磁碟</seg></tuv></tu>'
    content = read(THREE + taiwan, target_lang="zh", warn=said.append)
    assert [unit.target for unit in content.units] == ["软件"]
    assert content.document.target_lang == "zh-CN"
    assert said == [
        "m.tmx:2: units without en and zh-CN were left out: zh-TW (1)",
        "m.tmx: other languages were left out: zh-TW (1)",
    ]
    assert [unit.target for unit in read(THREE, target_lang="zh-Hant").units] == ["軟體"]


def test_a_memory_in_the_other_direction() -> None:
    content = read(pair("One", "一"), source_lang="zh", target_lang="en")
    assert (content.document.source_lang, content.document.target_lang) == ("zh-CN", "en")
    assert (content.units[0].source, content.units[0].target) == ("一", "One")


# Inline elements

BOLD = '<bpt i="1" type="bold">&lt;b&gt;</bpt>Save<ept i="1">&lt;/b&gt;</ept> <ph x="2"/> <hi type="term">now</hi>!'


def test_inline_elements_are_shown_as_text_and_written_back() -> None:
    content = read(pair(BOLD, BOLD.replace("Save", "保存").replace("now", "现在")))
    (unit,) = content.units
    assert (unit.source, unit.target) == ("<b>Save</b> {2} now!", "<b>保存</b> {2} 现在!")
    data = formats.write_bytes(content, format="tmx")
    valid(data)
    assert BOLD in data.decode()
    assert formats.read_bytes(data, name="m.tmx").units == content.units


@pytest.mark.parametrize(
    ("target", "written"),
    [
        (
            "{2}：<b>存</b>！",
            '<ph x="2"/>：<bpt i="1" type="bold">&lt;b&gt;</bpt>存<ept i="1">&lt;/b&gt;</ept>！',
        ),
        ("<b>存</b>", "&lt;b&gt;存&lt;/b&gt;"),
        ("存", "存"),
    ],
)
def test_inline_elements_of_an_edited_text(target: str, written: str) -> None:
    content = read(pair("x", BOLD))
    unit = replace(content.units[0], target=target)
    data = formats.write_bytes(replace(content, units=(unit,)), format="tmx")
    valid(data)
    assert f'<tuv xml:lang="zh-CN"><seg>{written}</seg>' in data.decode()
    assert formats.read_bytes(data, name="m.tmx").units[0].target == target


@pytest.mark.parametrize(
    "xml",
    [
        "<b>x</b>",
        '<bpt x="1">&lt;b&gt;</bpt>',
        "<ph",
        '<it pos="middle"/>',
        '<hi onclick="x">y</hi>',
        "&boom;",
        "<sub>x</sub>",
        "</seg></tuv><tuv>",
    ],
)
def test_foreign_xml_in_an_extra_is_never_written(xml: str) -> None:
    unit = TranslationUnit("1", 0, "x", "y", extra=(("tmx:target-seg", formats.base.dump_value(xml)),))
    root = valid(formats.write_bytes(Content(Document("d", "x"), units=(unit,)), format="tmx"))
    assert root.find("body/tu/tuv[2]/seg").text == "y"


def test_comments_in_a_segment_are_not_text() -> None:
    assert read(pair("One<!-- 1 --> two<?pi?>.", "一")).units[0].source == "One two."


@pytest.mark.parametrize(
    ("attributes", "kept"),
    [
        (
            'segtype="phrase" usagecount="2" lastusagedate="20250101T000000Z"',
            ["segtype", "usagecount", "lastusagedate"],
        ),
        ('segtype="Sentence" o-tmf="x" colour="red"', ["o-tmf"]),
    ],
)
def test_attributes_of_a_unit_are_kept_as_far_as_the_dtd_has_them(attributes: str, kept: list[str]) -> None:
    content = read(pair("One", "一").replace("<tu>", f"<tu {attributes}>"))
    assert valid(formats.write_bytes(content, format="tmx")).find("body/tu").keys() == kept


# Refusals

EN = '<tuv xml:lang="en"><seg>x</seg></tuv>'
REFUSED = {
    "<tu/>": "m.tmx:2: a <tu> without <tuv>: it holds no text",
    "<tu>\n<tuv><seg>x</seg></tuv></tu>": "m.tmx:3: a <tuv> without xml:lang: nothing says which language it is in",
    '<tu><tuv xml:lang="English (US)"><seg>x</seg></tuv></tu>': (
        "m.tmx:2: xml:lang is 'English (US)', which is no language tag"
    ),
    f'<tu>{EN}\n<tuv xml:lang="zh"></tuv></tu>': "m.tmx:3: a <tuv> with 0 <seg>: it has exactly one",
    f'<tu>{EN}\n<tuv xml:lang="zh"><seg/><seg/></tuv></tu>': "m.tmx:3: a <tuv> with 2 <seg>: it has exactly one",
    THREE: "m.tmx:2: there are several languages besides en (zh-CN, zh-TW): name one",
    f'<tu>{EN}<prop type="x-state">done</prop></tu>': (
        "m.tmx:2: the state 'done' is none of initial, translated, reviewed, final"
    ),
    f'<tu>{EN}<prop type="x-bead-score">2</prop></tu>': "m.tmx:2: x-bead-score is '2', no number from 0 to 1",
    '<tu><tuv xml:lang="de"><seg>x</seg></tuv></tu>': "m.tmx:2: no unit has en (there are: de)",
    "": "m.tmx: empty file: there is no unit in it",
    f"<tu>{EN}": "m.tmx:3: not well-formed XML: opening and ending tag mismatch: tu line 2 and body",
    "<tu>&nbsp;</tu>": "m.tmx:2: not well-formed XML: entity 'nbsp' not defined",
}


@pytest.mark.parametrize("body", REFUSED)
def test_refusals(body: str) -> None:
    with pytest.raises(FormatError) as caught:
        read(body)
    assert str(caught.value) == REFUSED[body]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<html/>", "m.tmx:1: not a TMX file: its root element is <html>"),
        (b"<tmx><header/></tmx>", "m.tmx: a TMX file without a <body>"),
        (b"", "m.tmx: empty: there is no XML in it"),
        (b"PK\x03\x04", "m.tmx:1: not well-formed XML: start tag expected, '<' not found"),
        (
            b'<!DOCTYPE tmx [<!ENTITY a "x">]><tmx><body/></tmx>',
            "m.tmx: declares entities in its DOCTYPE, which are never read: write the text out",
        ),
        (
            b'<!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx><header srclang="en"/><body><tu><tuv xml:lang="en">\n'
            b"<seg>a&nbsp;b</seg></tuv></tu></body></tmx>",
            "m.tmx:2: the entity &nbsp; is not defined: write its character",
        ),
    ],
)
def test_files_that_are_no_tmx(data: bytes, said: str) -> None:
    with pytest.raises(FormatError) as caught:
        formats.read_bytes(data, name="m.tmx")
    assert str(caught.value) == said


def test_streaming_takes_no_more_memory_for_more_units() -> None:
    class Endless(io.RawIOBase):
        """A memory of as many units as asked for, made while it is read."""

        def __init__(self, count: int) -> None:
            self._parts = iter(
                [
                    b'<tmx><header srclang="en"/><body>',
                    *[pair("word " * 20, "词" * 20).encode()] * count,
                    b"</body></tmx>",
                ]
            )

        def read(self, size: int = -1) -> bytes:
            return next(self._parts, b"")

    def peak(count: int) -> int:
        _, units = stream_units(Endless(count), "m.tmx", ReadOptions())  # type: ignore[arg-type]
        tracemalloc.start()
        assert sum(1 for _ in units) == count
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    peak(10)
    assert peak(4000) < peak(400) + 100_000
