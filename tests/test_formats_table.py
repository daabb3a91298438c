"""CSV and TSV: exact round trips through spreadsheets, anybody's headers, and lines for what is wrong."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench import formats
from workbench.errors import FormatError
from workbench.formats import ReadOptions, WriteOptions
from workbench.formats.table import fold_notes, guard, unfold_notes, unguard
from workbench.model import Content, Document, Draft, State, TranslationUnit

MENU = Content(
    Document("menu", "csv", "en", "zh"),
    units=(
        TranslationUnit(
            "menu:1",
            0,
            'Tea, "green"',
            "绿茶",
            State.REVIEWED,
            (Draft("menu:1/0", "绿色茶", "argos", 87.5),),
            0.93,
            notes=("house style", "seen by Lin"),
            version=3,
            changed_at=datetime(2026, 11, 5, 9, 30, tzinfo=UTC),
            changed_by="mei",
            extra=(("page", '"7"'),),
        ),
        TranslationUnit("menu:2", 1, "=HYPERLINK()\nline two", "'-5 度"),
    ),
)
MENU_CSV = (
    "id,document,position,source,draft,target,state,notes,bead_score,engine,match,changed_at,changed_by,version,page\r\n"
    'menu:1,menu,0,"Tea, ""green""",绿色茶,绿茶,reviewed,"house style\nseen by Lin",0.93,argos,87.5,'
    "2026-11-05T09:30:00+00:00,mei,3,7\r\n"
    "menu:2,menu,1,\"'=HYPERLINK()\nline two\",,''-5 度,initial,,,,,,,,\r\n"
)


def read(text: str, *, name: str = "t.csv", **options: object) -> Content:
    return formats.read_bytes(text.encode(), name=name, options=ReadOptions(**options))  # type: ignore[arg-type]


def test_what_is_written_and_comes_back() -> None:
    assert formats.write_bytes(MENU, format="csv").decode() == MENU_CSV
    assert read(MENU_CSV, name="other.csv") == MENU
    assert formats.write_bytes(MENU, format="tsv").decode().split("\r\n")[0].split("\t")[:2] == [
        "id",
        "document",
    ]


def test_excel_gets_a_byte_order_mark() -> None:
    data = formats.write_bytes(MENU, format="csv", options=WriteOptions(excel=True))
    assert data == b"\xef\xbb\xbf" + MENU_CSV.encode()
    assert formats.read_bytes(data, name="menu.csv") == MENU


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\t1", "'\t1"),
        ("\r1", "'\r1"),
        ("\n1", "'\n1"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("''=1", "'''=1"),
        ("'quoted'", "'quoted'"),
        ("'", "'"),
        ("a=1", "a=1"),
        ("a, -1", "a, -1"),
        ("a;=1", "a;'=1"),
        ("a,'=1", "a,''=1"),
        ('a;"=1"', 'a;\'"=1"'),
        ("a\n- b\n- c", "a\n'- b\n'- c"),
        ("\t=1\t=2", "'\t'=1\t'=2"),
        ("", ""),
    ],
)
def test_cells_that_a_spreadsheet_would_run(cell: str, safe: str) -> None:
    assert guard(cell) == safe
    assert unguard(safe) == cell


cells = st.text(st.sampled_from("'\"=-\t\r\n＝a ;,") | st.characters(exclude_categories=["Cs"]), max_size=6)


@given(cells)
def test_guarding_is_exactly_undone(cell: str) -> None:
    assert unguard(guard(cell)) == cell
    assert not guard(cell).startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=3), st.sampled_from(["csv", "tsv"]))
def test_no_cell_under_any_delimiter_begins_a_formula(rows: list[tuple[str, str]], name: str) -> None:
    units = tuple(TranslationUnit(f"t:{n}", n, *row) for n, row in enumerate(rows))
    text = formats.write_bytes(Content(Document("t", name), units=units), format=name).decode()
    for delimiter in ",;\t":
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            assert not [cell for cell in record if cell.lstrip('"\t\r\n')[:1] in tuple("=+-@＝＋－＠")]


@given(
    st.lists(st.text(st.sampled_from('[]",\n\r a') | st.characters(exclude_categories=["Cs"]), max_size=5))
)
def test_notes_of_one_cell_come_apart_exactly(notes: list[str]) -> None:
    assert unfold_notes(fold_notes(notes)) == tuple(notes)


@pytest.mark.parametrize(
    ("notes", "cell"),
    [
        ((), ""),
        (("one",), "one"),
        (("one", "two"), "one\ntwo"),
        (("[sic] see 2",), "[sic] see 2"),
        (("two\nlines",), '["two\\nlines"]'),
        (('["x"]',), '["[\\"x\\"]"]'),
        (("",), '[""]'),
    ],
)
def test_notes_in_a_cell(notes: tuple[str, ...], cell: str) -> None:
    assert fold_notes(notes) == cell


def test_a_corrected_table_comes_back_by_id() -> None:
    """Semicolons, moved and missing columns, a mark, other newlines: what a spreadsheet may make of it."""
    text = (
        "\ufeffstate;target;id;source;notes\r\n"
        "Reviewed;'=合计（已改）;menu:2;'=SUM();looks fine\r\n"
        ";;;;\r\n"
        "final;“绿茶”;menu:1;Tea;\r\n"
    )
    units = read(text).units
    assert [(unit.id, unit.source, unit.target, unit.state, unit.notes) for unit in units] == [
        ("menu:2", "=SUM()", "=合计（已改）", State.REVIEWED, ("looks fine",)),
        ("menu:1", "Tea", "“绿茶”", State.FINAL, ()),
    ]


def test_empty_last_cells_may_be_left_off_an_exported_table() -> None:
    assert read("id,source,target,state,notes,page\nm:1,One,一,final\n").units[0].target == "一"


@pytest.mark.parametrize(
    ("header", "langs"),
    [
        ("source,target", ("en", "zh")),
        ("Source , TARGET", ("en", "zh")),
        ("src,tgt", ("en", "zh")),
        ("原文,译文", ("en", "zh")),
        ("en,zh", ("en", "zh")),
        ("EN-us,zh_cn", ("en-US", "zh-CN")),
        ("English,Chinese", ("en", "zh")),
        ("英文,简体中文", ("en", "zh-CN")),
        ("source,zh-CN", ("en", "zh-CN")),
    ],
)
def test_headers_of_all_kinds(header: str, langs: tuple[str, str]) -> None:
    content = read(f"{header}\nOne,一\n")
    assert (content.document.source_lang, content.document.target_lang) == langs
    assert [(unit.source, unit.target, unit.id) for unit in content.units] == [("One", "一", "")]


def test_language_columns_follow_the_wanted_direction() -> None:
    content = read("zh,en\n一,One\n")
    assert (content.units[0].source, content.units[0].target) == ("One", "一")
    content = read("zh,en\n一,One\n", source_lang="zh", target_lang="en")
    assert (content.units[0].source, content.units[0].target) == ("一", "One")
    assert read("en,fr,zh\nOne,un,一\n", target_lang="zh").units[0].extra == (("fr", '"un"'),)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters_are_told_from_the_header(delimiter: str) -> None:
    text = (
        delimiter.join(["source", "target", "a,b;c"])
        + "\n"
        + delimiter.join(["One; two", "一，二", "x"])
        + "\n"
    )
    if delimiter in ",;":
        text = text.replace("a,b;c", '"a,b;c"').replace("One; two", '"One; two"')
    for name in ("t.csv", "t.tsv"):
        (unit,) = read(text, name=name).units
        assert (unit.source, unit.target, unit.extra) == ("One; two", "一，二", (("a,b;c", '"x"'),))


def test_the_separator_line_of_excel() -> None:
    assert read("sep=;\r\nsource;target\r\nOne;一\r\n", line_ids=True).units[0].id == "3"


def test_tables_of_others_are_taken_as_they_are() -> None:
    (unit,) = read("source,target,Reviewer\n'=x,'tis,\n").units
    assert (unit.source, unit.target, unit.extra) == ("'=x", "'tis", ())


def test_columns_that_look_like_the_workbenchs_own_stay_extras() -> None:
    extra = (
        ("Origin", '"a"'),
        ("extra:x", '"b"'),
        (" pad ", '"c"'),
        ("", '"d"'),
        ("status", '"e"'),
        ("=1", '"f"'),
    )
    content = Content(Document("t", "csv"), units=(TranslationUnit("t:1", 0, "One", "一", extra=extra),))
    assert read(formats.write_bytes(content, format="csv").decode()).units == content.units


def test_a_time_that_a_spreadsheet_rewrote_is_left_out_with_a_warning() -> None:
    said: list[str] = []
    (unit,) = read("id,source,target,state,changed_at\nt:1,One,一,,5/11/2026 9:30\n", warn=said.append).units
    assert unit.changed_at is None
    assert said == ["t.csv:2: the time '5/11/2026 9:30' is not ISO 8601 and was left out"]


def test_a_decimal_comma_is_a_decimal_point() -> None:
    assert read('source,target,bead_score\nOne,一,"0,5"\n').units[0].bead_score == 0.5


HEADER = "id,source,target,state\n"
REFUSED = {
    "": "t.csv: empty file: there is no table in it",
    "\n\n": "t.csv: empty file: there is no table in it",
    HEADER: "t.csv: empty file: there is no unit below the header",
    "one,two\n": "t.csv:1: no column is named source (the first line has 'one', 'two')",
    "\n\nsource,b\nx,y\n": "t.csv:3: no column is named target (the first line has 'source', 'b')",
    HEADER + "1,a\n": "t.csv:2: 2 cells, where the header has 4",
    HEADER + '1,"a\nb",c,\n2,a,b,c,d\n': "t.csv:4: 5 cells, where the header has 4",
    "source,target,x\na,b\n": "t.csv:2: 2 cells, where the header has 3",
    HEADER + "1,a,b,done\n": "t.csv:2: the state 'done' is none of initial, translated, reviewed, final",
    HEADER + '1,"a,b,c\n2,x,y,z\n': "t.csv:2: a cell that opens with a quotation mark here is never closed",
    HEADER + '1,a,b,\n2,"a"b,c,d\n': "t.csv:3: text after the closing quotation mark of a cell",
    "id,source,target,state,position\n1,a,b,,x\n": "t.csv:2: the position 'x' is no whole number",
    "source,target,bead_score\na,b,7\n": "t.csv:2: the bead_score '7' is no number from 0 to 1",
    "source,target,bead_score\na,b,nan\n": "t.csv:2: the bead_score 'nan' is no number from 0 to 1",
}


@pytest.mark.parametrize("text", REFUSED)
def test_refusals(text: str) -> None:
    with pytest.raises(FormatError) as caught:
        read(text)
    assert str(caught.value) == REFUSED[text]


def test_cells_keep_their_newlines_and_lines_count_all_of_them() -> None:
    text = 'source,target\r"a\rb",x\r\n"c\n\r\nd",y\n"e\x85f\u2028g",z\nbad\n'
    with pytest.raises(FormatError, match=r"^t\.csv:8: 1 cells, where the header has 2$"):
        read(text)
    assert [unit.source for unit in read(text.replace("bad\n", "")).units] == [
        "a\rb",
        "c\n\r\nd",
        "e\x85f\u2028g",
    ]


def test_a_table_in_the_encoding_of_chinese_excel() -> None:
    said: list[str] = []
    data = "原文,译文\r\nGood morning.,大家早上好。\r\n".encode("gb18030")
    assert (
        formats.read_bytes(data, name="t.csv", options=ReadOptions(warn=said.append)).units[0].target
        == "大家早上好。"
    )
    assert said == ["t.csv: read as gb18030"]
    assert formats.read_bytes(
        "source\ttarget\r\nOne\t一\r\n".encode("utf-16"), name="t.txt", format="tsv"
    ).units
