"""Searching and replacing on the screen: the bar with its switches, the count of hits, hits in clipped rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from test_tui_screen import message, on_screen, press, review, rows, units, until, write_document

from workbench.tui.header import Header
from workbench.tui.modals import Prompt
from workbench.tui.screenshot import quiet, type_text
from workbench.tui.search_bar import SearchBar, Switches, SwitchRow
from workbench.tui.search_list import UnitList, excerpt
from workbench.tui.sheet import Paragraph, Sheet

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from workbench.tui.app import ReviewApp

FAR = "海港局周一再次开会谈了很久" * 3
LONG = "The harbour board met again on Monday and talked for a very long time before they agreed."
PAIRS = (
    ("The hall seats 300 people.", "大厅可容纳300人。"),
    ("The Session began.", "会议在大会议程里开始。"),
    (LONG, f"{FAR}最后才同意了預算。"),
    ("The session ended.", "会议结束。"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project of two documents, one of four units, the other of one."""
    write_document(tmp_path, "talk", PAIRS)
    write_document(tmp_path, "z", (("A session.", "一次会议。"),))
    (tmp_path / "workbench.toml").write_text('author = "wei"\n', encoding="utf-8")
    return tmp_path


def said(app: ReviewApp) -> str:
    """The line below the switches."""
    return app.screen.query_one("#hint", Sheet).text


async def says(app: ReviewApp, words: str) -> None:
    await until(lambda: said(app) == words)


def top(app: ReviewApp) -> str:
    return app.desk.query_one(Header).render_line(0).text


async def search(app: ReviewApp, pilot: Pilot[None], words: str, *switches: str) -> None:
    await press(app, pilot, "f3", *switches)
    type_text(app, words)
    await press(app, pilot, "enter")


@pytest.mark.parametrize(
    ("typed", "switches", "query"),
    [
        ("会议", {}, "会议"),
        ("会议", {"whole": True, "case": True}, '"会议"cb'),
        ("a+(b)", {"regex": True}, "/a+(b)/"),
        ("a/b", {"regex": True, "note": False}, "source,target:/a/b/"),
        ("target:元", {"source": False}, "target:元"),
        ('"国家"t', {"width": True}, '"国家"wt'),
        ("/x/", {"traditional": True, "source": False, "target": False}, "note:/x/t"),
    ],
)
def test_what_a_line_stands_for(typed: str, switches: dict[str, bool], query: str) -> None:
    assert str(Switches(**switches).query(typed)) == query


def test_of_a_long_text_what_is_around_the_hits_is_shown() -> None:
    long = Paragraph("甲" * 200 + "会议" + "乙" * 200, ((200, 202, "hit"),), lead="1 ")
    shown = excerpt(long)
    assert shown.text == "…" + "甲" * 80 + "会议" + "乙" * 80 + "…"
    assert [shown.text[start:end] for start, end, _style in shown.spans] == ["会议"]
    short = Paragraph("开会议了", ((1, 3, "hit"),))
    assert excerpt(short) == short
    assert excerpt(Paragraph("丙" * 300)).text == "丙" * 80 + "…"


@on_screen
async def test_the_bar_counts_and_switches(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "f3")
        assert isinstance(app.screen, SearchBar)
        type_text(app, "session")
        await says(app, "2 units")
        await press(app, pilot, "alt+c")
        await says(app, "1 unit")
        row = app.screen.query_one(SwitchRow)
        assert row.render_line(0).text.startswith("Alt+ C ✓case   W ·whole words   R ·regex")
        await press(app, pilot, "alt+c", "alt+p")
        await says(app, "3 units")
        await press(app, pilot, "alt+s", "alt+t", "alt+n")
        assert said(app) == "✗ nowhere to search: switch on source, target or notes"
        await pilot.click(row, offset=(cell_len(row.render_line(0).text.partition("S ·source")[0]), 0))
        await says(app, "3 units")
        await press(app, pilot, "escape")
        assert app.screen is app.desk


@on_screen
async def test_an_expression_that_is_none_is_one_line_in_the_bar(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "f3", "alt+r")
        type_text(app, "会议(")
        await press(app, pilot, "enter")
        assert isinstance(app.screen, SearchBar)
        assert said(app) == "✗ not an expression: missing ) at position 3"
        await press(app, pilot, "backspace", "enter")
        assert (app.screen is app.desk, app.desk.now_session().position) == (True, 1)
        await until(lambda: "/会议/ 1 of 2" in top(app))


@on_screen
async def test_where_one_is_among_the_hits(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await search(app, pilot, "会议")
        await until(lambda: "“会议” 1 of 2" in top(app))
        await press(app, pilot, "alt+shift+h")
        assert "“会议” 2 of 2" in top(app)
        await press(app, pilot, "k")
        assert "“会议” 2  " in top(app)
        await press(app, pilot, "enter")
        type_text(app, "会议")
        await press(app, pilot, "ctrl+s")
        await until(lambda: "“会议” 2 of 3" in top(app))
        await press(app, pilot, "escape", "ctrl+f", "x")
        assert "会议" not in top(app)


@on_screen
async def test_a_hit_in_the_clipped_part_of_a_row_is_in_view(folder: Path) -> None:
    async with review(folder, size=(80, 24)) as (app, pilot):
        assert "預算" not in "".join(rows(app))
        await search(app, pilot, "预算", "alt+v")
        assert rows(app)[2].rstrip().endswith("同意了預算。")
        assert "  …" in rows(app)[2]
        assert app.desk.editor is not None
        assert app.desk.editor.caret == PAIRS[2][1].index("預算")


@on_screen
async def test_hits_of_the_project_are_chosen_from_a_list(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await search(app, pilot, "会议", "alt+p")
        await until(lambda: isinstance(app.screen, UnitList))
        await press(app, pilot, "end", "enter")
        await until(lambda: app.desk.now_session().document.name == "z" and app.screen is app.desk)
        await quiet(app)
        await until(lambda: "“会议” 1 of 1" in top(app))


@on_screen
async def test_whole_words_are_replaced_and_single_ones_left_out(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "ctrl+f", "r", "alt+w")
        assert isinstance(app.screen, SearchBar)
        type_text(app, "会议")
        await says(app, "2 units")
        await press(app, pilot, "enter")
        type_text(app, "大会")
        await press(app, pilot, "enter")
        assert isinstance(app.screen, UnitList)
        assert "2 {+大+}会[-议-]在大会议程里开始。" in app.screen.query_one(Sheet).text
        await press(app, pilot, "down", "space", "enter")
        assert message(app) == "replaced: 1 in 1 unit"
        assert [units(folder)[n][0] for n in (1, 3)] == ["大会在大会议程里开始。", "会议结束。"]
        await press(app, pilot, "alt+z")
        assert units(folder)[1][0] == PAIRS[1][1]


@on_screen
async def test_quotes_around_the_new_text_are_part_of_it(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "ctrl+f", "r")
        type_text(app, "会议结束")
        await press(app, pilot, "enter")
        type_text(app, '"散会"')
        await press(app, pilot, "enter", "enter")
        assert message(app) == "replaced: 1 in 1 unit"
        assert units(folder)[3][0] == '"散会"。'


@on_screen
async def test_a_group_that_there_is_not_is_asked_again(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "ctrl+f", "r", "alt+r")
        type_text(app, "([0-9]+)人")
        await press(app, pilot, "enter")
        type_text(app, "$2位")
        await press(app, pilot, "enter")
        assert isinstance(app.screen, Prompt)
        assert app.screen._question == "✗ /([0-9]+)人/ has no group 2: it has 1"
        type_text(app, r"\1位")
        await press(app, pilot, "enter", "enter")
        assert units(folder)[0][0] == "大厅可容纳300位。"


@on_screen
async def test_an_expression_that_never_ends_is_refused_in_the_bar(folder: Path) -> None:
    write_document(folder, "talk", (("A.", "a" * 60 + "b"),))
    async with review(folder) as (app, pilot):
        await press(app, pilot, "f3", "alt+r")
        type_text(app, "(a|aa)+$")
        await until(lambda: said(app).startswith("✗ /(a|aa)+$/ takes too long"))
        await press(app, pilot, "escape")
