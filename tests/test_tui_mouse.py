"""The mouse: borders are dragged, panes scrolled, units and lines of panes clicked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from terminal import Terminal
from test_tui_screen import message, on_screen, press, review, units, write_document
from test_tui_terminal import CTRL_Q, opened

from workbench.tui.comments import CommentsDialog
from workbench.tui.grid import Grid
from workbench.tui.layout import read
from workbench.tui.status import StatusLine

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot
    from textual.widget import Widget


PAIRS = (
    ("The hall seats 300 people.", "大厅可容纳300人,"),
    ("They met the Harbour Board.", "他们见了海。"),
    *((f"Sentence number {n} is here.", f"第{n}句在这里。") for n in range(3, 41)),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_document(tmp_path, "talk", PAIRS)
    (tmp_path / "workbench.toml").write_text('author = "wei"\n', encoding="utf-8")
    (tmp_path / "glossary.yaml").write_text("Harbour Board: 港务局\n", encoding="utf-8")
    return tmp_path


async def drag(pilot: Pilot[None], widget: Widget, start: tuple[int, int], *ways: tuple[int, int]) -> None:
    x, y = widget.region.x + start[0], widget.region.y + start[1]
    await pilot.mouse_down(offset=(x, y))
    for way in ways:
        place = (x + way[0], max(0, y + way[1]))
        await pilot.hover(offset=place)
        await pilot.pause()
    await pilot.mouse_up(offset=place)
    await pilot.pause()


def kept(folder: Path) -> str:
    return str(json.loads((folder / ".workbench" / "screen.json").read_text(encoding="utf-8"))["wei"]["last"])


def test_lines_become_shares() -> None:
    known = ("issues", "terms", "draft")
    layout = read("55% list | source:4 target:4 issues:4 terms:3 draft:2", known)
    lines = {"source": 9, "target": 5, "tabs": 8}
    assert str(layout.with_heights(lines)) == "55% list:3 | source:9 target:5 issues:3 terms:3 draft:2"
    both = read("40% list:6 draft:3 | target:4", known)
    assert str(both.with_heights({"list": 20, "draft": 14})) == "40% list:20 draft:14 | target:4"


@on_screen
async def test_borders_are_dragged_and_kept(folder: Path) -> None:
    async with review(folder, size=(140, 40)) as (app, pilot):
        panel = app.desk.panel
        assert panel is not None
        await drag(pilot, panel, (0, 20), (-4, 0), (-7, 0))
        assert (panel.region.x, app.desk.arranging.layout.share) == (70, 50)
        target, source = panel.editor.region.height, panel.source.region.height
        await drag(pilot, panel.editor, (20, 0), (0, -1), (0, -2))
        assert (panel.editor.region.height, panel.source.region.height) == (target + 2, source - 2)
        # As far as a title and two lines of the source.
        await drag(pilot, panel.editor, (20, 0), (0, -20))
        assert panel.source.region.height == 3
        assert kept(folder).startswith("50% list:3 | source:3 target:")
    async with review(folder, size=(140, 40)) as (app, pilot):
        assert app.desk.panel is not None
        assert (app.desk.panel.region.x, app.desk.panel.source.region.height) == (70, 3)


@on_screen
async def test_below_each_other_the_tabs_are_sized_and_chosen(folder: Path) -> None:
    async with review(folder, size=(80, 24)) as (app, pilot):
        panel = app.desk.panel
        assert panel is not None
        await drag(pilot, panel.detail, (30, 0), (0, -2), (0, -3))
        assert panel.detail.region.height == 8
        await drag(pilot, panel.source, (30, 0), (0, 4))
        assert panel.detail.region.height == 4
        title = "".join(text for _name, text in panel.tab_titles())
        await pilot.click(panel.detail, offset=(2 + title.index("Draft"), 0))
        assert panel.current == "draft"
        await drag(pilot, panel.detail, (30, 0), (0, -30))
        assert app.desk.query_one(Grid).region.height == 3


@on_screen
async def test_the_wheel_scrolls_what_is_under_the_mouse(folder: Path) -> None:
    async with review(folder, size=(80, 24)) as (app, pilot):
        grid = app.desk.query_one(Grid)
        for _ in range(3):
            await pilot._post_mouse_events([_scroll()], widget=grid, offset=(10, 3))
        await pilot.pause()
        assert (grid.scroll_offset.y > 0, grid.position) == (True, 0)
        await press(app, pilot, "j")
        assert (grid.scroll_offset.y, grid.position) == (0, 1)


def _scroll() -> type:
    from textual.events import MouseScrollDown

    return MouseScrollDown


@on_screen
async def test_two_clicks_open_the_editor_at_the_character(folder: Path) -> None:
    async with review(folder, size=(80, 24)) as (app, pilot):
        grid = app.desk.query_one(Grid)
        row = grid.render_line(1).text
        before = row[: row.index("见")]
        column = len(before) + sum(character > "\u2e80" for character in before)
        await pilot.click(grid, offset=(column, 1), times=2)
        await press(app, pilot)
        assert app.desk.editor is not None
        assert (app.desk.place_of_keys, app.desk.editor.caret) == ("editor", 2)
        assert app.desk.panel is not None
        await pilot.click(grid, offset=(row.index("Harbour") + 1, 1), times=2)
        await press(app, pilot)
        assert app.desk.panel.source.selected_text == "Harbour"


@on_screen
async def test_lines_of_panes_are_clicked(folder: Path) -> None:
    async with review(folder, size=(140, 60)) as (app, pilot):
        panel = app.desk.panel
        assert panel is not None
        await press(app, pilot, "j")
        app.desk.now_session().comment("who?")
        app.desk.show_all()
        await press(app, pilot, "f10", "c", "escape", "enter", "left")
        await pilot.click(panel.placed["terms"], offset=(6, 1))
        await press(app, pilot)
        assert panel.editor.value == "他们见了海港务局。"
        await pilot.click(panel.placed["comments"], offset=(6, 1))
        await pilot.pause()
        assert isinstance(app.screen, CommentsDialog)
        await press(app, pilot, "escape")
        await press(app, pilot, "escape", "k")
        await pilot.click(panel.placed["issues"], offset=(6, 1))
        await press(app, pilot)
    assert [text for text, _state in units(folder)][:2] == ["大厅可容纳300人，", "他们见了海港务局。"]


@on_screen
async def test_a_hint_is_a_key(folder: Path) -> None:
    async with review(folder, size=(80, 24)) as (app, pilot):
        line = app.desk.query_one(StatusLine)
        at = line.render_line(0).text.index("F2")
        await pilot.click(line, offset=(at, 0))
        await press(app, pilot)
        assert message(app).startswith("unit 1 reviewed")


def test_reports_of_a_terminal_drag_a_border(folder: Path) -> None:
    with opened(folder, columns=140, lines=40) as terminal:
        terminal.wait_for("Matches")
        terminal.wait_for(lambda text: "checking" not in text)
        x = _column(terminal)
        for report in (f"<0;{x + 1};20M", f"<32;{x - 3};20M", f"<32;{x - 6};20M", f"<0;{x - 6};20m"):
            terminal.send(f"\x1b[{report}")
        terminal.wait_for(lambda _text: _column(terminal) == x - 7)
        terminal.send(CTRL_Q)
        assert terminal.exit_code() == 0
    assert kept(folder).startswith("50% list:3 | ")


def _column(terminal: Terminal) -> int:
    """The column of the border between list and unit."""
    row = terminal.screen.buffer[20]
    return next(x for x in range(terminal.screen.columns) if row[x].data == "│")
