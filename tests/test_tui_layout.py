"""Layouts of the review screen: what is shown where, how it is written, kept and changed by keys."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from test_tui_screen import PAIRS, message, on_screen, press, review, rows, write_document

from workbench.config import load
from workbench.errors import ConfigError
from workbench.tui import layout, layout_kept
from workbench.tui.grid import Grid
from workbench.tui.layout_bar import LayoutBar
from workbench.tui.panes import BY_NAME, PANES

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.tui.app import ReviewApp

WIDE = "55% list:3 | source:4 target:4 issues:4 terms:3 matches:4 draft:3 scores:2"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project of one document of six units."""
    write_document(tmp_path, "talk", PAIRS)
    (tmp_path / "workbench.toml").write_text('author = "wei"\n', encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "line",
    [
        WIDE,
        "45% list:5 running:5 | source:3 target:4 draft:4",
        "60%  | source:1 target:1 tabbed",
        "55% list:3 | target:3 issues:12 tabbed tabs:7",
    ],
)
def test_a_layout_is_written_as_it_is_read(line: str) -> None:
    assert str(layout.read(line, BY_NAME)) == line


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("list target", "has a | between"),
        ("list | source", "has the target on its right"),
        ("list | target isues", "there is no pane 'isues'"),
        ("list issues | target issues", "shows 'issues' once only"),
        ("90% list | target", "'90%': the number is from 20 to 80"),
        ("list | target:0", "'target:0': the number is from 1 to 99"),
        ("list | target tabs:x", "'tabs:x': the number is from 2 to 30"),
        ("source | target", "the source stands on the right"),
        ("| list target", "the list stands on the left"),
    ],
)
def test_a_layout_that_cannot_be_says_why(line: str, reason: str) -> None:
    with pytest.raises(ConfigError, match=reason.replace("|", r"\|")):
        layout.read(line, BY_NAME)


def test_parts_are_shown_hidden_sized_and_moved() -> None:
    began = layout.read("55% list:5 | source:4 target:4 issues:3", BY_NAME)
    assert str(began.toggled("issues")) == "55% list:5 | source:4 target:4"
    assert str(began.toggled("running")) == "55% list:5 | source:4 target:4 issues:3 running:3"
    assert str(began.moved("issues")) == "55% list:5 issues:3 | source:4 target:4"
    assert str(began.moved("issues").moved("issues")) == str(began)
    assert str(began.sized("issues", 1).widened(-1)) == "50% list:5 | source:4 target:4 issues:4"
    assert str(began.sized("issues", -9).widened(99)) == "80% list:5 | source:4 target:4 issues:1"
    assert began.toggled("target") is began
    assert str(began.toggled("list").toggled("source")) == "55%  | target:4 issues:3"


def test_parts_have_places_of_their_own_only_where_each_has_room() -> None:
    wide = layout.read(WIDE, BY_NAME)
    assert [lines for lines in (20, 24, 32, 46) if wide.fits(lines)] == [24, 32, 46]


def test_no_letter_stands_for_two_panes() -> None:
    letters = [pane.letter for pane in PANES]
    assert len(set(letters)) == len(letters)
    assert not set(letters) & set("olxaw")


def test_layouts_are_kept_for_each_person_and_bad_ones_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / ".workbench").mkdir()
    mine = layout_kept.load(tmp_path, "wei", known=BY_NAME, of_project={"team": "50% list | target draft"})
    assert str(mine.start("team")) == "50% list:3 | target:3 draft:3"
    mine.own["night"], mine.last = WIDE, "40% list:3 | target:3"
    layout_kept.keep(tmp_path, "wei", mine)
    layout_kept.keep(tmp_path, "ana", layout_kept.Layouts(last="nonsense"))
    again = layout_kept.load(tmp_path, "wei", known=BY_NAME, of_project={})
    assert (str(again.start("")), list(again.all())[-1]) == ("40% list:3 | target:3", "night")
    hers = layout_kept.load(tmp_path, "ana", known=BY_NAME, of_project={})
    assert str(hers.start("")) == WIDE
    (tmp_path / ".workbench/screen.json").write_text("[", encoding="utf-8")
    assert layout_kept.load(tmp_path, "wei", known=BY_NAME, of_project={}).last == ""


@pytest.mark.parametrize(
    ("toml", "reason"),
    [
        ("[screen]\nlayout = 3\n", "workbench.toml:2: "),
        ('[screen]\ncolour = "red"\n', "workbench.toml:2: "),
        ("[screen.layouts]\nmine = 4\n", "workbench.toml:2: layout 'mine' must be a text"),
    ],
)
def test_settings_of_the_screen_that_cannot_be_name_their_line(
    tmp_path: Path, toml: str, reason: str
) -> None:
    (tmp_path / "workbench.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load(tmp_path)
    assert reason in str(caught.value)


def titles(app: ReviewApp) -> list[str]:
    assert app.desk.panel is not None
    return list(app.desk.panel.placed)


@on_screen
async def test_letters_of_the_bar_show_hide_and_size_panes_and_the_screen_comes_back_so(folder: Path) -> None:
    async with review(folder, size=(160, 48)) as (app, pilot):
        assert titles(app) == ["issues", "terms", "matches", "draft", "scores"]
        grid = app.desk.query_one(Grid)
        width = grid.size.width
        await press(app, pilot, "alt+shift+v", "s", "t", "r", "left", "left")
        assert isinstance(app.focused, LayoutBar)
        assert titles(app) == ["issues", "matches", "draft", "running"]
        assert grid.size.width < width - 12
        panel = app.desk.panel
        assert panel is not None
        height = panel.placed["running"].outer_size.height
        await press(app, pilot, "up", "up", "x")
        assert list(app.desk.arranging.layout.left)[-1] == layout.Part("running", 5)
        assert panel.placed["running"].region.x < panel.region.x
        assert panel.placed["running"].outer_size.height > height
        assert "▸◦ 会议九点开始。" in panel.placed["running"].text
        await press(app, pilot, "escape", "j")
        assert not app.desk.query_one(LayoutBar).display
        assert "▸◦ 结束前没有人离开。" in panel.placed["running"].text
    held = json.loads((folder / ".workbench/screen.json").read_text(encoding="utf-8"))
    assert held["wei"]["last"].startswith("45% list:3 running:5 | source:4")
    async with review(folder, size=(160, 48)) as (app, _pilot):
        assert titles(app) == ["running", "issues", "matches", "draft"]


@on_screen
async def test_the_bar_takes_digits_and_names_and_keeps_a_layout(folder: Path) -> None:
    async with review(folder, size=(160, 48)) as (app, pilot):
        await press(app, pilot, "f10", "6")
        assert (titles(app), message(app)) == ([], "layout: list")
        await press(app, pilot, "i", "w", *"mine", "enter")
        assert message(app) == "kept: layout mine"
        await press(app, pilot, "f10", "5")
        assert not app.desk.query_one(Grid).display
        await press(app, pilot, "escape", "j")
        assert app.desk.session is not None
        assert app.desk.session.position == 1
        await press(app, pilot, "f10", "enter", "m", "enter")
        assert str(app.desk.arranging.layout) == "55% list:3 | source:1 target:1 issues:3"
        assert app.desk.query_one(Grid).display


@on_screen
async def test_in_80_columns_panes_are_tabs_that_can_be_made_larger(folder: Path) -> None:
    async with review(folder, size=(80, 24)) as (app, pilot):
        panel = app.desk.panel
        assert panel is not None
        before = panel.detail.outer_size.height
        await press(app, pilot, "alt+shift+v", "up", "up", "r", "s", "escape")
        assert panel.detail.outer_size.height == before + 2
        title = str(panel.detail.border_title)
        assert "[Running text 1 of 6]" in title
        assert "Scores" not in title
        await press(app, pilot, "alt+shift+v", "l", "escape")
        assert panel.detail.outer_size.height > before + 2
        assert not app.desk.query_one(Grid).display


@on_screen
async def test_a_click_in_the_running_text_goes_to_the_unit(folder: Path) -> None:
    async with review(folder, size=(160, 48)) as (app, pilot):
        await press(app, pilot, "f10", "b", "escape")
        panel = app.desk.panel
        assert panel is not None
        sheet = panel.placed["both"]
        assert "She wrote" in sheet.text
        line = sheet.text.split("\n").index("   结束前没有人离开。")
        await pilot.click(sheet, offset=(6, line + 1))
        await press(app, pilot)
        assert app.desk.session is not None
        assert app.desk.session.position == 1
        assert "▸" in rows(app)[2]
