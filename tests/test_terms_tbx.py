"""TBX: what is read of versions 2 and 3 in both styles, what is written, and that it comes back."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from workbench.errors import FormatError
from workbench.model import Concept, Term, TermStatus
from workbench.termbase import loads, tbx

V2 = """<?xml version="1.0"?>
<martif type="TBX-Basic" xml:lang="en"><martifHeader/><text><body>
<termEntry id="c1"><descripGrp><descrip type="subjectField">law</descrip></descripGrp>
<langSet xml:lang="en-US"><descrip type="definition">what a court says</descrip>
<tig><term>court order</term></tig></langSet>
<langSet xml:lang="zh_CN"><ntig><termGrp><term>法院<hi>命令</hi></term>
<termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></termGrp></ntig>
<tig><term>法庭令</term><note>short</note></tig></langSet>
<langSet xml:lang="de"><tig><term>Beschluss</term></tig></langSet></termEntry>
<termEntry id="c2"><langSet xml:lang="en"><tig><term>alone</term></tig></langSet></termEntry>
</body></text></martif>"""
DCT = """<tbx style="dct" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
 xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
<tbxHeader><fileDesc><sourceDesc><p>own</p></sourceDesc></fileDesc></tbxHeader><text><body>
<conceptEntry id="c1"><min:subjectField>law</min:subjectField>
<langSec xml:lang="en"><basic:definition>what a court says</basic:definition>
<termSec><term>court order</term>
<min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec></langSec>
<langSec xml:lang="zh"><termSec><term>法院命令</term>
<min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec>
<termSec><term>法庭令</term></termSec></langSec></conceptEntry></body></text></tbx>"""


def test_version_2_is_read() -> None:
    assert tbx.read(V2.encode(), name="g.tbx") == [
        Concept(
            "court order",
            (
                Term("court order", "en"),
                Term("法庭令", "zh"),
                Term("法院命令", "zh", TermStatus.DEPRECATED),
            ),
            "law",
            "what a court says",
            "short",
        )
    ]


def test_version_3_is_read_in_the_style_of_tags() -> None:
    (concept,) = tbx.read(DCT.encode(), name="g.tbx")
    assert (concept.domain, concept.definition) == ("law", "what a court says")
    assert [(term.text, str(term.status)) for term in concept.terms] == [
        ("court order", "preferred"),
        ("法庭令", "preferred"),
        ("法院命令", "forbidden"),
    ]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("<a/>", "g.tbx:1: not TBX: it begins with <a>"),
        ("<tbx>\n<text>", "g.tbx:2: not well-formed XML: "),
        ("", "g.tbx: empty: there is no XML in it"),
        (
            "<tbx><text><body>\n<conceptEntry><langSec/></conceptEntry></body></text></tbx>",
            "g.tbx:2: a language section without xml:lang",
        ),
    ],
)
def test_bad_files_are_named_with_their_line(text: str, error: str) -> None:
    with pytest.raises(FormatError) as caught:
        tbx.read(text.encode(), name="g.tbx")
    assert str(caught.value).startswith(error)


# The structure of the core of version 3 as far as it is written, in our own words.
STRUCTURE = """<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="urn:iso:std:iso:30042:ed-2"
 datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
<start><element name="tbx"><attribute name="type"><value>TBX-Basic</value></attribute>
 <attribute name="style"><value>dca</value></attribute><attribute name="xml:lang"><data type="language"/></attribute>
 <element name="tbxHeader"><element name="fileDesc"><element name="titleStmt">
  <element name="title"><text/></element></element>
  <element name="sourceDesc"><element name="p"><text/></element></element></element></element>
 <element name="text"><optional><element name="body">
  <oneOrMore><ref name="entry"/></oneOrMore></element></optional></element>
</element></start>
<define name="entry"><element name="conceptEntry"><attribute name="id"><data type="ID"/></attribute>
 <zeroOrMore><choice><ref name="data"/><element name="note"><text/></element></choice></zeroOrMore>
 <oneOrMore><element name="langSec"><attribute name="xml:lang"><data type="language"/></attribute>
  <oneOrMore><element name="termSec"><element name="term"><text/></element>
   <zeroOrMore><element name="termNote"><attribute name="type"><value>administrativeStatus</value></attribute>
    <choice><value>preferredTerm-admn-sts</value><value>admittedTerm-admn-sts</value>
    <value>deprecatedTerm-admn-sts</value><value>supersededTerm-admn-sts</value></choice></element></zeroOrMore>
   <zeroOrMore><element name="note"><text/></element></zeroOrMore></element></oneOrMore>
  </element></oneOrMore></element></define>
<define name="data"><element name="descrip"><attribute name="type"><choice><value>subjectField</value>
 <value>definition</value></choice></attribute><text/></element></define></grammar>"""
SCHEMA = etree.RelaxNG(etree.fromstring(STRUCTURE))
GLOSSARY = """
cat: [猫, 猫咪]
WeChat: {zh: 微信, forbidden: 威信, deprecated: 微讯, case: true, domain: apps, definition: a service, note: a & b}
bank (money): {en: [bank, house], zh: 银行, always: true}
B4H: {keep: true}
Tech: {zh: 科技, first_mention: true}
"""


def test_what_is_written_keeps_the_structure_and_comes_back() -> None:
    concepts = list(loads(GLOSSARY).concepts)
    data = tbx.write(concepts)
    SCHEMA.assertValid(etree.fromstring(data))
    assert tbx.read(data, name="g.tbx") == concepts
    SCHEMA.assertValid(etree.fromstring(tbx.write([])))


WORDS = (
    st.text(alphabet="ab<&>'\" 甲乙", min_size=1, max_size=6)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(WORDS, st.lists(WORDS, min_size=1, max_size=4, unique=True), st.booleans(), WORDS),
        max_size=4,
    )
)
def test_any_concepts_come_back(rows: list[tuple[str, list[str], bool, str]]) -> None:
    order = (TermStatus.PREFERRED, TermStatus.ADMITTED, TermStatus.FORBIDDEN, TermStatus.DEPRECATED)
    concepts = [
        Concept(
            head,
            (
                Term(head, "en", case=case),
                *(
                    Term(text, "zh", status, case and status in order[:2])
                    for text, status in zip(texts, order, strict=False)
                ),
            ),
            note=note,
        )
        for head, texts, case, note in rows
    ]
    data = tbx.write(concepts)
    SCHEMA.assertValid(etree.fromstring(data))
    assert tbx.read(data, name="g.tbx") == concepts


REGIONS = b"""<tbx xmlns="urn:iso:std:iso:30042:ed-2" type="TBX-Basic" style="dca" xml:lang="en"><text><body>
<conceptEntry id="c1"><langSec xml:lang="en-GB"><termSec><term>lift</term></termSec></langSec>
<langSec xml:lang="zh-CN"><termSec><term>\xe7\x94\xb5\xe6\xa2\xaf</term></termSec></langSec>
<langSec xml:lang="zh-TW"><termSec><term>\xe5\x8d\x87\xe9\x99\x8d\xe6\xa9\x9f</term></termSec></langSec>
</conceptEntry></body></text></tbx>"""


@pytest.mark.parametrize(
    ("target_lang", "regions", "renderings", "left_out"),
    [
        ("zh", (), ["电梯"], {"zh-TW": 1}),
        ("zh-CN", (), ["电梯"], {"zh-TW": 1}),
        ("zh-TW", (), ["升降機"], {"zh-CN": 1}),
        ("zh", ("zh-TW",), ["升降機"], {"zh-CN": 1}),
        ("zh", ("zh-TW", "zh-cn"), ["电梯", "升降機"], {}),
    ],
)
def test_regions_stay_apart(
    target_lang: str, regions: tuple[str, ...], renderings: list[str], left_out: dict[str, int]
) -> None:
    left: Counter[str] = Counter()
    (concept,) = tbx.read(REGIONS, name="r", target_lang=target_lang, regions=regions, left_out=left)
    assert [term.text for term in concept.in_lang("zh")] == renderings
    assert left == left_out
