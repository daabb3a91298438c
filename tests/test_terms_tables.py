"""Glossaries as tables: headings guessed and mapped, rows with their faults, and that what is written comes back."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import FormatError, InputError, UsageError
from workbench.model import Concept, Term, TermStatus
from workbench.pipeline.terms import export_terms, new_concept, read_concepts
from workbench.pipeline.terms_headings import columns
from workbench.termbase import Termbase, dumps, loads
from workbench.termbase.merging import merged


def said(concept: Concept) -> str:
    terms = ", ".join(f"{term.text}:{term.status[0]}" for term in concept.terms)
    return "; ".join(part for part in (terms, concept.domain, concept.note) if part)


def read(text: str, format: str = "csv", **mapping: str) -> list[str]:
    table = read_concepts(text.encode(), name=f"g.{format}", format=format, mapping=mapping)
    return [said(concept) for concept in table.concepts] + table.warnings


@pytest.mark.parametrize(
    ("text", "mapping", "expected"),
    [
        ("English,Chinese,Notes\nlift,电梯,in houses\n", {}, ["lift:p, 电梯:p; in houses"]),
        ("中文;英文;领域\n电梯;lift;houses\n", {}, ["lift:p, 电梯:p; houses"]),
        ("source\ttarget\nlift\t电梯\n", {}, ["lift:p, 电梯:p"]),
        ("en-GB,zh-CN\nlift,电梯\n", {}, ["lift:p, 电梯:p"]),
        ("Term,Translation,Status\nlift,电梯,Do not use\n", {}, ["lift:p, 电梯:f"]),
        ("Terms of the house\n,\nEnglish (UK),zh_CN\nlift,电梯\n", {}, ["lift:p, 电梯:p"]),
        ("lift,电梯\nflat,公寓\n", {}, ["lift:p, 电梯:p", "flat:p, 公寓:p"]),
        ("电梯,lift,n\n公寓,flat,\n", {}, ["lift:p, 电梯:p; n", "flat:p, 公寓:p"]),
        ("A,B,C\nx,lift,电梯\n", {"source": "B", "target": "3", "note": "A"}, ["lift:p, 电梯:p; x"]),
        (
            "source,target,forbidden,deprecated\nlift | elevator,电梯|升降机,吊车,起重机; 升降机\n",
            {},
            ["lift:p, elevator:a, 电梯:p, 升降机:a, 吊车:f, 起重机:d"],
        ),
        ("source,target,DNT\nB4H,,yes\nlift,电梯,\n", {}, ["B4H:p, B4H:p", "lift:p, 电梯:p"]),
        (
            "source,target\nlift,\n,电梯\n,\nflat,公寓\n",
            {},
            ["flat:p, 公寓:p", "g.csv:2: no translation: left out", "g.csv:3: no source term: left out"],
        ),
        ('source,target\n"a\nb",甲\n', {}, ["a:p, b:a, 甲:p"]),
    ],
)
def test_tables_are_read(text: str, mapping: dict[str, str], expected: list[str]) -> None:
    assert read(text, **mapping) == expected


@pytest.mark.parametrize(
    ("text", "mapping", "error"),
    [
        (
            "foo,bar\n1,2\n",
            {},
            "g.csv:1: no headings that are known, but 'foo', 'bar': say which with --map source=1,target=2",
        ),
        ("", {}, "g.csv: empty: there is no row in it"),
        (
            "English,foo\nlift,x\n",
            {},
            "g.csv:1: no column for the target among 'English', 'foo': say which with --map source=…,target=…",
        ),
        ("a,b\n1,2\n", {"source": "c"}, "g.csv:1: no column 'c' (there are: a, b)"),
        ("a,b\n1,2\n", {"sauce": "a"}, "--map: no field named 'sauce' (there are: "),
        (
            "source,target,status\na,甲,nice\n",
            {},
            "g.csv:2: the status 'nice' is none of preferred, admitted,",
        ),
        ("source,target,case\na,甲,maybe\n", {}, "g.csv:2: case is 'maybe', neither true nor false"),
        ('source,target\na,"甲\n', {}, "g.csv:2: not a table: unexpected end of data"),
    ],
)
def test_bad_tables_are_named_with_their_line(text: str, mapping: dict[str, str], error: str) -> None:
    with pytest.raises((InputError, UsageError)) as caught:
        read(text, **mapping)
    assert str(caught.value).startswith(error)


def test_short_units_of_a_memory_are_terms() -> None:
    units = "".join(
        f'<tu><tuv xml:lang="en"><seg>{en}</seg></tuv><tuv xml:lang="zh"><seg>{zh}</seg></tuv></tu>'
        for en, zh in [
            ("lift", "电梯"),
            ("The lift is broken.", "电梯坏了。"),
            ("an unusually long name of a lift", "很长的名字"),
            ("WiFi", "WiFi"),
        ]
    )
    header = (
        '<header creationtool="x" creationtoolversion="1" segtype="phrase" o-tmf="x" adminlang="en" srclang="en" '
        'datatype="plaintext"/>'
    )
    text = f'<tmx version="1.4">{header}<body>{units}</body></tmx>'
    assert read(text, "tmx") == [
        "lift:p, 电梯:p",
        "WiFi:p, WiFi:p",
        "2 units are sentences, or longer than 5 words: left out "
        "('The lift is broken.', 'an unusually long name of a lift')",
    ]


GLOSSARY = """
cat: [猫, 猫咪]
WeChat: {zh: 微信, forbidden: [威信, 唯信], deprecated: 微讯, case: true, domain: apps, definition: d e, note: a; b}
bank (money): {en: [bank, house], zh: 银行, always: true}
B4H: {keep: true}
Tech: {zh: 科技, first_mention: true}
"=1+1": "-甲|乙;丙\\\\"
"""


@pytest.mark.parametrize("format", ["csv", "tsv", "xlsx", "tbx", "yaml"])
def test_a_glossary_comes_back(format: str) -> None:
    if format == "xlsx":
        pytest.importorskip("openpyxl")
    termbase = loads(GLOSSARY)
    data = export_terms(termbase, format)
    assert tuple(read_concepts(data, name="g", format=format).concepts) == termbase.concepts


TEXT = (
    st.text(alphabet="ab'|;\\ 甲乙=-+@\",", min_size=1, max_size=6)
    .map(lambda t: " ".join(t.split()))
    .filter(bool)
)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(TEXT, st.lists(TEXT, min_size=1, max_size=4, unique=True), st.booleans(), TEXT), max_size=4
    ),
    st.sampled_from(["csv", "tsv"]),
)
def test_any_concepts_come_back(rows: list[tuple[str, list[str], bool, str]], format: str) -> None:
    order = (TermStatus.PREFERRED, TermStatus.ADMITTED, TermStatus.FORBIDDEN, TermStatus.DEPRECATED)
    concepts = [
        Concept(
            head,
            (
                Term(head, "en", case=case),
                *(Term(t, "zh", s, case and s in order[:2]) for t, s in zip(texts, order, strict=False)),
            ),
            note=note,
        )
        for head, texts, case, note in rows
    ]
    data = export_terms(Termbase(concepts), format)
    if concepts:
        assert read_concepts(data, name="g", format=format).concepts == concepts


def test_a_workbook_that_is_none(tmp_path: object) -> None:
    pytest.importorskip("openpyxl")
    with pytest.raises(InputError, match=r"g\.xlsx: not an XLSX workbook that can be read"):
        read_concepts(b"PK\x03\x04 no", name="g.xlsx", format="xlsx")


def test_a_concept_of_a_selection() -> None:
    concept = new_concept(" cloud\n computing, ", "云计算。", note="n")
    assert said(concept) == "cloud computing:p, 云计算:p; n"
    assert said(new_concept("B4H", "", status="keep")) == "B4H:p, B4H:p"
    for source, target, status in [
        ("", "甲", ""),
        ("a", "", ""),
        ("a", "b", "keep"),
        ("a", "甲", "odd"),
        ("a\0", "甲", ""),
    ]:
        with pytest.raises(UsageError):
            new_concept(source, target, status=status)


TEXTS = (
    st.text("ab |;\\\\=+-'甲乙", min_size=1, max_size=6).map(lambda text: " ".join(text.split())).filter(bool)
)
NAMES = st.lists(TEXTS, min_size=1, max_size=3, unique_by=str.lower)


@st.composite
def glossaries(draw: st.DrawFn) -> list[Concept]:
    """Concepts with names and renderings in common, of every shape that a glossary has."""
    concepts = []
    for identity in draw(st.lists(TEXTS, max_size=4, unique=True)):
        names = draw(NAMES | st.just(["plan"]))
        shown = draw(st.lists(TEXTS, min_size=2, max_size=4, unique=True))
        case = draw(st.booleans())
        accepted = draw(st.integers(1, len(shown)))
        terms = [Term(text, "en", RANKS[at > 0], case) for at, text in enumerate(names)]
        terms += [Term(text, "zh", RANKS[at > 0], case) for at, text in enumerate(shown[:accepted])]
        terms += [Term(text, "zh", TermStatus.FORBIDDEN) for text in shown[accepted:]]
        texts = {label: draw(st.just("") | TEXTS) for label in ("domain", "note")}
        inflect = draw(st.sampled_from(["", "noun", "verb"]))
        concepts.append(Concept(identity, tuple(terms), **texts, inflect=inflect))
    return concepts


RANKS = (TermStatus.PREFERRED, TermStatus.ADMITTED)


@settings(max_examples=30, deadline=None)
@given(glossaries(), st.sampled_from(["csv", "tsv", "tbx"]))
def test_an_exported_glossary_comes_back_as_it_was(concepts: list[Concept], shape: str) -> None:
    held = loads(dumps(concepts))
    data = export_terms(held, shape)
    table = read_concepts(data, name="g", format=shape)
    merge = merged("", table.concepts, apart=table.apart)
    assert (loads(merge.text).concepts, merge.conflicts) == (held.concepts, ())


def test_entries_of_one_name_stay_apart_in_a_table() -> None:
    text = "plan: 计划\nplan (again): {en: plan, zh: 方案}\n"
    text += "party: 政党\nparty (contract): {en: party, zh: 方, forbidden: 政党}\n"
    pytest.importorskip("openpyxl")
    for shape in ("csv", "xlsx"):
        table = read_concepts(export_terms(loads(text), shape), name="g", format=shape)
        merge = merged("", table.concepts, apart=table.apart)
        assert (loads(merge.text).concepts, merge.conflicts) == (loads(text).concepts, ())


@pytest.mark.parametrize(
    ("heads", "source", "target"),
    [
        ("Term (EN),Term (ZH)", 0, 1),
        ("Term (FR),Term (EN),Term (ZH)", 1, 2),
        ("English term,Chinese term", 0, 1),
        ("中文术语,英文术语", 1, 0),
        ("EN,ZH", 0, 1),
        ("Term in English,Chinese translation", 0, 1),
        ("English (UK),Chinese (Simplified)", 0, 1),
        ("术语（英文）,术语（中文）", 0, 1),
    ],
)
def test_headings(heads: str, source: int, target: int) -> None:
    rows = [(1, heads.split(",")), (2, ["x", "y", "z"])]
    found, heading = columns(rows, {}, name="g", source_lang="en", target_lang="zh")
    assert (found["source"], found["target"], heading) == (source, target, 1)


def test_columns_by_number_leave_the_headings_out() -> None:
    for text, names in (
        ("Foo,Bar\nlift,电梯\ncrane,起重机\n", ["lift", "crane"]),
        ("lift,电梯\ncrane,起重机\n", ["lift", "crane"]),
        ("AI,AI\ncrane,起重机\n", ["AI", "crane"]),
    ):
        table = read_concepts(
            text.encode(), name="g.csv", format="csv", mapping={"source": "1", "target": "2"}
        )
        assert [concept.id for concept in table.concepts] == names


def test_a_sheet_of_a_workbook() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.title = "About"
    book.active.append(["Our words", "made in spring"])
    sheet = book.create_sheet("Words")
    sheet.append(["English", "Chinese"])
    sheet.append(["lift", "电梯"])
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(FormatError, match=r"another sheet with --sheet \(About, Words\)"):
        read_concepts(out.getvalue(), name="g.xlsx", format="xlsx")
    with pytest.raises(FormatError, match=r"no sheet 'Wrods' \(there are: About, Words\)"):
        read_concepts(out.getvalue(), name="g.xlsx", format="xlsx", sheet="Wrods")
    table = read_concepts(out.getvalue(), name="g.xlsx", format="xlsx", sheet="Words")
    assert [concept.id for concept in table.concepts] == ["lift"]


def test_names_with_marks_and_codes_are_terms_of_a_memory() -> None:
    unit = '<tu><tuv xml:lang="en"><seg>{}</seg></tuv><tuv xml:lang="zh"><seg>{}</seg></tuv></tu>'
    units = [
        unit.format('Big <bpt i="1">&lt;b&gt;</bpt>tree<ept i="1">&lt;/b&gt;</ept>', "大树"),
        unit.format("P.Q. Inc.", "皮丘公司"),
        unit.format("Yippee!", "一皮"),
        unit.format("He left, they came.", "他走了。"),
    ]
    text = f'<tmx version="1.4"><header srclang="en"/><body>{"".join(units)}</body></tmx>'
    table = read_concepts(text.encode(), name="m.tmx", format="tmx")
    assert [concept.id for concept in table.concepts] == ["Big tree", "P.Q. Inc.", "Yippee!"]
    assert table.warnings == [
        "1 units are sentences, or longer than 5 words: left out ('He left, they came.')"
    ]
