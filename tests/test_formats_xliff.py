"""XLIFF: what is read of 1.2 and 2.x, what is written, what is refused, and that it is valid."""

# ruff: noqa: E501 - XML in one line is easier to compare
from __future__ import annotations

import io
import os
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree
from test_formats import cleaned, contents

from workbench import formats
from workbench.errors import FormatError
from workbench.formats import ReadOptions
from workbench.model import Content, Document, Draft, State, TranslationUnit

DATA = Path(__file__).parent / "data"
# The schemas of OASIS as Debian's php-symfony-translation has them; the folder of another copy in the variable.
SCHEMAS = Path(
    os.environ.get(
        "WORKBENCH_XLIFF_SCHEMAS", "/usr/share/php/Symfony/Component/Translation/Resources/schemas"
    )
)
HEAD_12 = '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">'
HEAD_21 = '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0" version="2.1" '
LANGS_21 = 'srcLang="en" trgLang="zh-CN">'


def old(
    units: str, *, head: str = HEAD_12, file: str = 'source-language="en" target-language="zh-CN"'
) -> bytes:
    return f'{head}\n<file original="talk" {file} datatype="plaintext"><body>\n{units}\n</body></file></xliff>'.encode()


def new(units: str, *, langs: str = LANGS_21) -> bytes:
    return f'{HEAD_21}{langs}\n<file id="f" original="talk">\n{units}\n</file></xliff>'.encode()


def units_of(data: bytes) -> list[TranslationUnit]:
    return list(formats.read_bytes(data, name="x.xlf").units)


def told(unit: TranslationUnit) -> tuple[str, str, str, str]:
    return unit.id, unit.source, unit.target, str(unit.state)


def test_a_plain_file_of_1_2() -> None:
    (unit,) = units_of(
        old(
            '<trans-unit id="a:1" resname="title"><source>One &amp; two</source><target state="translated">一和二</target>'
            '<note from="PM">short</note><note>twice</note></trans-unit>'
        )
    )
    assert told(unit) == ("a:1", "One & two", "一和二", "translated")
    assert unit.notes == ("short", "twice")
    content = formats.read_bytes(old("<trans-unit id='1'><source>a</source></trans-unit>"), name="x.xlf")
    assert (content.document.name, content.document.format) == ("talk", "xliff12")
    assert (content.document.source_lang, content.document.target_lang) == ("en", "zh-CN")


@pytest.mark.parametrize(
    ("attributes", "approved", "state"),
    [
        ("", "", "initial"),
        ("", ' approved="yes"', "reviewed"),
        (' state="new"', "", "initial"),
        (' state="needs-translation"', "", "initial"),
        (' state="needs-review-translation"', ' approved="yes"', "initial"),
        (' state="translated"', "", "translated"),
        (' state="translated"', ' approved="yes"', "reviewed"),
        (' state="signed-off"', "", "reviewed"),
        (' state="final"', ' approved="yes"', "final"),
        (' state="x-mine"', "", "initial"),
    ],
)
def test_states_of_1_2(attributes: str, approved: str, state: str) -> None:
    (unit,) = units_of(
        old(f'<trans-unit id="1"{approved}><source>One</source><target{attributes}>一</target></trans-unit>')
    )
    assert unit.state == state


@pytest.mark.parametrize(
    ("conf", "state"),
    [("Draft", "initial"), ("Translated", "translated"), ("ApprovedTranslation", "reviewed"),
     ("ApprovedSignOff", "final"), ("RejectedSignOff", "initial")],
)  # fmt: skip
def test_states_of_trados_and_memoq(conf: str, state: str) -> None:
    data = old(
        '<trans-unit id="t"><source>A. B.</source><seg-source><g id="1"><mrk mtype="seg" mid="7">A.</mrk></g></seg-source>'
        '<target><g id="1"><mrk mtype="seg" mid="7">甲。</mrk></g></target>'
        f'<s:seg-defs xmlns:s="http://sdl.com/FileTypes/SdlXliff/1.0"><s:seg id="7" conf="{conf}"/></s:seg-defs></trans-unit>'
    )
    assert [told(unit) for unit in units_of(data)] == [("t", "A.", "甲。", state)]
    memoq = old(
        '<trans-unit id="1" mq:status="ManuallyConfirmed" xmlns:mq="MQXliff"><source>A</source><target>甲</target></trans-unit>'
    )
    assert units_of(memoq)[0].state == "translated"


SEGMENTED = old(
    head=HEAD_12.replace(" version", ' xmlns:c="urn:c" version'),
    units='<trans-unit id="t">\n<source>The <g id="5">price</g> rose. It fell by <x id="6"/>.</source>\n'
    '<seg-source><mrk mtype="seg" mid="1">The <g id="5">price</g> rose.</mrk> '
    '<mrk mtype="seg" mid="2">It fell by <x id="6"/>.</mrk></seg-source>\n'
    '<target><mrk mtype="seg" mid="1"><g id="5">价格</g>上涨了.</mrk> '
    '<mrk mtype="seg" mid="2"><mrk mtype="x-c" c:cid="9">下跌</mrk>了<x id="6"/>.</mrk></target>\n'
    '<alt-trans match-quality="85%" origin="TM one" mid="2"><target>跌了<x id="6"/>。</target></alt-trans>\n'
    '<alt-trans alttranstype="previous-version"><target>旧</target></alt-trans>\n</trans-unit>',
)


def test_segments_of_1_2_are_units_and_alternatives_are_drafts() -> None:
    one, two = units_of(SEGMENTED)
    assert told(one) == ("t/1", "The <g5>price</g5> rose.", "<g5>价格</g5>上涨了.", "initial")
    assert told(two) == ("t/2", "It fell by {6}.", "下跌了{6}.", "initial")
    assert two.drafts == (Draft("t/2/0", "跌了{6}。", "TM one", 85.0),)
    assert one.drafts == ()


NEW = new(
    '<unit id="u1">\n<mtc:matches><mtc:match ref="#b" similarity="77.5" origin="TM"><source>It fell.</source>'
    '<target>它跌了。</target></mtc:match><mtc:match ref="#a" type="mt" matchQuality="40" origin="argos"><source>x</source>'
    "<target>价涨</target></mtc:match></mtc:matches>\n"
    '<notes><note category="style">formal</note></notes>\n'
    '<originalData><data id="d1">&lt;b></data><data id="d2">&lt;/b></data></originalData>\n'
    '<segment id="a" state="translated" subState="acme:ok"><source>The <pc id="c1" dataRefStart="d1" dataRefEnd="d2">price</pc>'
    ' rose<cp hex="0007"/>.</source><target><pc id="c1" dataRefStart="d1" dataRefEnd="d2">价格</pc>上涨了.</target></segment>\n'
    "<ignorable><source> </source></ignorable>\n"
    '<segment id="b"><source>It fell by <ph id="c2" equiv="{n}"/>, <sc id="c3" dataRef="d1"/>a<ec startRef="c3" dataRef="d2"/>.'
    "</source></segment>\n</unit>"
)


def test_segments_of_2_1_with_codes_matches_and_notes() -> None:
    one, two = units_of(NEW)
    assert told(one) == ("u1/a", "The <b>price</b> rose\x07.", "<b>价格</b>上涨了.", "translated")
    assert told(two) == ("u1/b", "It fell by {n}, <b>a</b>.", "", "initial")
    assert one.drafts == (Draft("u1/a/0", "价涨", "argos", None),)
    assert two.drafts == (Draft("u1/b/0", "它跌了。", "TM", 77.5),)
    assert (one.notes, two.notes) == (("formal",), ())


def test_what_is_not_to_be_translated_is_left_out_and_said() -> None:
    said: list[str] = []
    data = new(
        '<group id="g" translate="no"><unit id="1"><segment><source>A</source></segment></unit>'
        '<unit id="2" translate="yes"><segment><source>B</source></segment></unit></group>'
    )
    found = formats.read_bytes(data, name="x.xlf", options=ReadOptions(warn=said.append)).units
    assert [unit.source for unit in found] == ["B"]
    assert said == ['x.xlf: 1 unit with translate="no" left out']


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<tmx/>", "x.xlf:1: not an XLIFF file: its root element is <tmx>"),
        (b'<xliff version="3.0"/>', "x.xlf:1: not an XLIFF file that can be read: its version is '3.0' (1.0 to 1.2, 2.0 to 2.2)"),
        (b"<xliff/>", "x.xlf:1: not an XLIFF file that can be read: it has no version (1.0 to 1.2, 2.0 to 2.2)"),
        (HEAD_12.encode() + b"</xliff>", "x.xlf: an XLIFF file without a <file>"),
        (old(""), "x.xlf: empty file: there is no unit in it"),
        (old("<trans-unit id='1' translate='no'><source>A</source></trans-unit>"),
         'x.xlf: no unit in it is to be translated (all have translate="no")'),
        (old("<trans-unit id='1'/>"), "x.xlf:3: a <trans-unit> with 0 <source>: it has exactly one"),
        (old("<trans-unit id='1'><source/><target/><target/></trans-unit>"),
         "x.xlf:3: a <trans-unit> with 2 <target>: it has at most one"),
        (old("<trans-unit id='1'><source/><target state='odd'>a</target></trans-unit>"),
         "x.xlf:3: the state 'odd' is none of XLIFF 1.2's"),
        (old("<trans-unit id='1'><source>a</source><target xml:lang='de'>b</target></trans-unit>"),
         "x.xlf:3: a <target> in de, in a file whose targets are in zh-CN"),
        (old("", file=""), "x.xlf:2: no source-language: nothing says which language the sources are in"),
        (new("<unit id='1'><segment><source>a</source><target>b</target></segment></unit>", langs='srcLang="en">'),
         "x.xlf:3: a <target>, but <xliff> has no trgLang to say which language it is in"),
        (new("", langs='srcLang="?">'), "x.xlf:1: srcLang is '?', which is no language tag"),
        (new("<unit id='1'/>"), "x.xlf:3: a <unit> without <segment>"),
        (new("<unit id='1'><segment state='done'><source>a</source></segment></unit>"),
         "x.xlf:3: the state 'done' is none of initial, translated, reviewed, final"),
        (b'<!DOCTYPE xliff [<!ENTITY a "b">]>' + old("<trans-unit id='1'><source>&a;</source></trans-unit>"),
         "x.xlf: declares entities in its DOCTYPE, which are never read: write the text out"),
        (old("<trans-unit id='1'><source>&a;</source></trans-unit>"), "x.xlf:3: not well-formed XML: entity 'a' not defined"),
        (old("<trans-unit id='1'>"), "x.xlf:4: not well-formed XML: opening and ending tag mismatch: trans-unit line 3 and body"),
        (
            old("<trans-unit id='1'><source>a</source></trans-unit>").replace(
                b"</xliff>", b'\n<file original="b" source-language="en" target-language="de" datatype="x"/></xliff>'
            ),
            "x.xlf:5: a <file> from en to de, after one from en to zh-CN: one pair of languages at a time",
        ),
    ],
)  # fmt: skip
def test_what_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(FormatError) as caught:
        formats.read_bytes(data, name="x.xlf")
    assert str(caught.value) == reason


def test_languages_that_are_asked_for() -> None:
    data = new(
        "<unit id='1'><segment><source>a</source><target>b</target></segment></unit>", langs='srcLang="en">'
    )
    options = ReadOptions(target_lang="zh")
    assert formats.read_bytes(data, name="x.xlf", options=options).document.target_lang == "zh"
    with pytest.raises(FormatError, match=r"^x\.xlf:1: trgLang is zh-CN, not de$"):
        formats.read_bytes(NEW, name="x.xlf", options=ReadOptions(target_lang="de"))


CONTENT = Content(
    Document("talk", "jsonl", "en", "zh"),
    units=(
        TranslationUnit(
            "talk:1", 0, "One\x07 <b>", "一\x07", State.REVIEWED,
            (Draft("talk:1/0", "壹", "argos"), Draft("d 2", "一", "memory", 82.5, repaired_from="乙")),
            0.25, ("One",), ("一",), "1-1", ("see 2",), 3, datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), "li",
            (("domain", '"fee"'), ("row", "7")),
        ),
        TranslationUnit("two words", 1, "Two", ""),
    ),
)  # fmt: skip


def test_what_2_1_is_written() -> None:
    written = formats.write_bytes(CONTENT, format="xliff").decode()
    assert written.split("\n", 2)[2] == (
        '<file id="f1" original="talk" xml:space="preserve">\n'
        '<unit id="talk:1">\n<mtc:matches>\n'
        '<mtc:match id="m1" ref="#s1" type="mt" origin="argos"><source>One<cp hex="0007"/> &lt;b&gt;</source>'
        "<target>壹</target></mtc:match>\n"
        '<mtc:match id="m2" ref="#s1" type="tm" origin="memory" similarity="82.5"><mda:metadata>'
        '<mda:metaGroup category="workbench">\n<mda:meta type="id">d 2</mda:meta>\n'
        '<mda:meta type="repaired_from">乙</mda:meta>\n</mda:metaGroup>\n</mda:metadata>'
        '<source>One<cp hex="0007"/> &lt;b&gt;</source><target>一</target></mtc:match>\n</mtc:matches>\n'
        '<mda:metadata>\n<mda:metaGroup category="workbench">\n<mda:meta type="origin">1-1</mda:meta>\n'
        '<mda:meta type="bead_score">0.25</mda:meta>\n<mda:meta type="source_segments">["One"]</mda:meta>\n'
        '<mda:meta type="draft_segments">["一"]</mda:meta>\n<mda:meta type="version">3</mda:meta>\n'
        '<mda:meta type="changed_at">2026-01-02T03:04:05+00:00</mda:meta>\n<mda:meta type="changed_by">li</mda:meta>\n'
        '</mda:metaGroup>\n<mda:metaGroup category="workbench-extra">\n<mda:meta type="domain">fee</mda:meta>\n'
        '</mda:metaGroup>\n<mda:metaGroup category="workbench-json">\n<mda:meta type="row">7</mda:meta>\n'
        "</mda:metaGroup>\n</mda:metadata>\n<notes>\n<note>see 2</note>\n</notes>\n"
        '<segment id="s1" state="reviewed">\n<source>One<cp hex="0007"/> &lt;b&gt;</source>\n'
        '<target>一<cp hex="0007"/></target>\n</segment>\n</unit>\n'
        '<unit id="u1">\n<mda:metadata>\n<mda:metaGroup category="workbench">\n<mda:meta type="id">two words</mda:meta>\n'
        '</mda:metaGroup>\n</mda:metadata>\n<segment id="s1" state="initial">\n<source>Two</source>\n</segment>\n</unit>\n'
        "</file>\n</xliff>\n"
    )
    assert formats.read_bytes(written.encode(), name="x.xlf").units == CONTENT.units


def test_what_1_2_is_written() -> None:
    written = formats.write_bytes(CONTENT, format="xliff12").decode()
    assert (
        '<trans-unit id="talk:1" approved="yes">\n<source>One &lt;b&gt;</source>\n<target state="signed-off">一</target>'
        in written
    )
    assert '<alt-trans match-quality="82.5" origin="memory">\n<target>一</target>' in written
    assert '<trans-unit id="two words" approved="no">\n<source>Two</source>\n</trans-unit>' in written
    bare = replace(CONTENT.units[0], source="One <b>", target="一")
    assert formats.read_bytes(written.encode(), name="x.xlf").units == (bare, CONTENT.units[1])


def test_no_units_are_a_file_too() -> None:
    for name in ("xliff", "xliff12"):
        etree.fromstring(formats.write_bytes(replace(CONTENT, units=()), format=name))


# Codes


@pytest.mark.parametrize(
    ("target", "written"),
    [
        ("<g5>价格</g5>涨了{6}。", '<g id="5">价格</g>涨了<x id="6"/>。'),
        ("{6}<g5>价</g5>", '<x id="6"/><g id="5">价</g>'),
        ("<g5>{6}</g5>", '<g id="5"><x id="6"/></g>'),
        ("涨了{6}", '涨了<x id="6"/>'),
        ("{6}{6}", '<x id="6"/>{6}'),
        ("<g5>涨", "&lt;g5&gt;涨"),
        ("</g5>涨<g5>", "&lt;/g5&gt;涨&lt;g5&gt;"),
        ("没有", "没有"),
    ],
)
def test_codes_go_where_the_text_shows_them(target: str, written: str) -> None:
    data = old(
        '<trans-unit id="1"><source>The <g id="5">price</g> by <x id="6"/></source><target/></trans-unit>'
    )
    content = formats.read_bytes(data, name="x.xlf")
    made = formats.write_bytes(with_targets(content, target), format="xliff12")
    assert f"<target>{written}</target>".encode() in made
    assert made.replace(f"<target>{written}</target>".encode(), b"<target/>") == data


def with_targets(content: Content, *targets: str, state: State = State.INITIAL) -> Content:
    units = zip(content.units, targets, strict=True)
    return replace(content, units=tuple(replace(unit, target=target, state=state) for unit, target in units))


def test_codes_of_one_version_are_codes_of_the_other() -> None:
    content = formats.read_bytes(SEGMENTED, name="x.xlf")
    bare = replace(content, document=replace(content.document, skeleton=b""))
    made = formats.write_bytes(bare, format="xliff").decode()
    assert (
        '<source>The <pc id="c1" dispStart="&lt;g5&gt;" dispEnd="&lt;/g5&gt;">price</pc> rose.</source>'
        in made
    )
    assert '<target>下跌了<ph id="c1" disp="{6}"/>.</target>' in made
    assert [told(unit) for unit in units_of(made.encode())] == [told(unit) for unit in content.units]
    content = formats.read_bytes(NEW.replace(b'<cp hex="0007"/>', b""), name="x.xlf")
    bare = replace(content, document=replace(content.document, skeleton=b""))
    made = formats.write_bytes(bare, format="xliff12").decode()
    assert '<source>The <bpt id="1">&lt;b&gt;</bpt>price<ept id="1">&lt;/b&gt;</ept> rose.</source>' in made
    assert [told(unit) for unit in units_of(made.encode())] == [told(unit) for unit in content.units]


# Back into the same file


def test_an_xliff_is_written_back_into_itself() -> None:
    content = formats.read_bytes(SEGMENTED, name="x.xlf")
    assert formats.write_bytes(content, format="xliff") == SEGMENTED
    made = formats.write_bytes(with_targets(content, "<g5>价格</g5>上涨了。", "下跌了{6}。"), format="xliff")
    assert made == SEGMENTED.replace("了.</mrk>".encode(), "了。</mrk>".encode()).replace(
        b'<x id="6"/>.</mrk></target>', '<x id="6"/>。</mrk></target>'.encode()
    )
    content = formats.read_bytes(NEW, name="x.xlf")
    made = formats.write_bytes(
        with_targets(content, "<b>价</b>涨。", "它跌了{n}。", state=State.FINAL), format="xliff"
    )
    assert made == NEW.replace(
        '<target><pc id="c1" dataRefStart="d1" dataRefEnd="d2">价格</pc>上涨了.'.encode(),
        '<target><pc id="c1" dataRefStart="d1" dataRefEnd="d2">价</pc>涨。'.encode(),
    ).replace(b'"translated" subState="acme:ok"', b'"final"').replace(b'<segment id="b">', b'<segment id="b" state="final">').replace(
        b".</source></segment>", '.</source><target>它跌了<ph id="c2" equiv="{n}"/>。</target></segment>'.encode()
    )  # fmt: skip


def test_a_target_that_was_not_there_is_made_as_the_source_is_segmented() -> None:
    start, end = SEGMENTED.index(b"<target>"), SEGMENTED.index(b"<alt-trans")
    data = SEGMENTED[:start] + SEGMENTED[end:]
    content = formats.read_bytes(data, name="x.xlf")
    made = formats.write_bytes(with_targets(content, "<g5>价</g5>涨", ""), format="xliff")
    assert made == data.replace(
        b"</seg-source>",
        '</seg-source><target><mrk mtype="seg" mid="1"><g id="5">价</g>涨</mrk> <mrk mtype="seg" mid="2"></mrk></target>'.encode(),
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_byte_order_marks_and_utf_16_stay(encoding: str) -> None:
    data = NEW.decode().encode(encoding)
    content = formats.read_bytes(data, name="x.xlf")
    made = formats.write_bytes(with_targets(content, "<b>价</b>涨。", ""), format="xliff")
    assert '<pc id="c1" dataRefStart="d1" dataRefEnd="d2">价</pc>涨。' in made.decode(encoding)
    assert made[:2] == data[:2]


def test_other_units_are_written_anew() -> None:
    content = formats.read_bytes(SEGMENTED, name="x.xlf")
    for changed in (
        replace(content, units=content.units[:1]),
        replace(content, units=content.units[::-1]),
        replace(content, units=tuple(replace(unit, source="x") for unit in content.units)),
    ):
        made = formats.write_bytes(changed, format="xliff")
        assert b'version="2.1"' in made
        assert [told(unit) for unit in units_of(made)] == [told(unit) for unit in changed.units]


# Valid, whole and flat


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(content=contents())
def test_whatever_is_written_is_valid_and_comes_back(content: Content) -> None:
    grammar = etree.RelaxNG(etree.parse(DATA / "xliff21-written.rng"))
    made = formats.write_bytes(content, format="xliff")
    grammar.assertValid(etree.fromstring(made))
    read = formats.read_bytes(made, name="x.xlf")
    for found, wanted in zip(read.units, content.units, strict=True):
        assert (found.source, found.target, found.state) == (wanted.source, wanted.target, wanted.state)
        assert [one.text for one in found.drafts] == [one.text for one in wanted.drafts]
    for name in ("xliff", "xliff12"):
        made = formats.write_bytes(cleaned(content), format=name)
        read = formats.read_bytes(made, name="x.xlf")
        bare = replace(read, document=replace(read.document, skeleton=b""))
        assert formats.write_bytes(bare, format=name) == made


@pytest.mark.schemas
@pytest.mark.skipif(
    not (SCHEMAS / "xliff-core-2.0.xsd").exists(), reason="the schemas of OASIS are not installed"
)
@pytest.mark.parametrize(
    ("name", "file"), [("xliff", "xliff-core-2.0.xsd"), ("xliff12", "xliff-core-1.2-strict.xsd")]
)
def test_valid_against_the_schemas_of_oasis(name: str, file: str, tmp_path: Path) -> None:
    text = (SCHEMAS / file).read_text(encoding="utf-8")
    text = re.sub(
        r'schemaLocation="[^"]*xml\.xsd"', f'schemaLocation="{(SCHEMAS / "xml.xsd").as_uri()}"', text
    )
    (tmp_path / file).write_text(text, encoding="utf-8")
    schema = etree.XMLSchema(etree.parse(tmp_path / file))
    for content in (CONTENT, *(formats.read_bytes(data, name="x.xlf") for data in (SEGMENTED, NEW))):
        bare = replace(content, document=replace(content.document, skeleton=b""))
        schema.assertValid(etree.fromstring(formats.write_bytes(bare, format=name)))


def test_a_large_file_is_read_in_flat_memory(tmp_path: Path) -> None:
    import tracemalloc

    def many(count: int) -> io.BytesIO:
        body = "".join(
            f'<group id="g{at}"><unit id="{at}"><segment><source>Text {at}</source><target>文</target></segment></unit></group>'
            for at in range(count)
        )
        return io.BytesIO(new(body))

    def peak(count: int) -> int:
        source = many(count)
        tracemalloc.start()
        _, units = formats.find("xliff").stream(source, "x.xlf", ReadOptions())  # type: ignore[misc]
        assert sum(1 for _ in units) == count
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    assert peak(1000) < peak(100) + 300_000
