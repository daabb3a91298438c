"""Selecting in the source, and what is done with a selection: terms, comments, look-ups, the clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from test_tui_screen import message, on_screen, press, review, units, write_document

from workbench.model import Span
from workbench.tui.modals import Prompt, Reading
from workbench.tui.screenshot import quiet, type_text

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.tui.app import ReviewApp

PAIRS = (
    ("They met the Harbour Board\u202e again.", "他们又见了海港局。"),
    ("The hall seats 300 people.", "大厅可容纳300人。"),
)
SOURCE = PAIRS[0][0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project of two units whose first source holds a character that is shown as a symbol."""
    write_document(tmp_path, "talk", PAIRS)
    (tmp_path / "workbench.toml").write_text('author = "wei"\n', encoding="utf-8")
    return tmp_path


def selected(app: ReviewApp) -> str:
    assert app.desk.panel is not None
    return app.desk.panel.source.selected_text


@on_screen
async def test_a_term_takes_what_is_selected_on_both_sides(folder: Path) -> None:
    async with review(folder, size=(120, 40)) as (app, pilot):
        await press(app, pilot, "enter", *["shift+left"] * 4)
        await press(app, pilot, "alt+shift+q", "ctrl+right", "ctrl+right", "ctrl+right")
        assert (app.desk.place_of_keys, selected(app)) == ("source", "")
        await press(app, pilot, "ctrl+shift+right", *["shift+left"])
        assert selected(app) == "Harbour"
        await press(app, pilot, "enter")
        assert app.desk.place_of_keys == "editor"
        await press(app, pilot, "ctrl+n")
        assert isinstance(app.screen, Prompt)
        assert app.screen.query_one("Line").value == "Harbour"
        await press(app, pilot, "enter")
        assert app.screen.query_one("Line").value == "海港局。"
        type_text(app, "海港")
        await press(app, pilot, "enter", "enter", "enter")
        assert message(app) == "Harbour is in the glossary"
        await press(app, pilot, "alt+z")
        assert message(app) == "Harbour is out of the glossary again"
    assert not (folder / "glossary.yaml").exists()


@on_screen
async def test_letters_and_arrows_in_the_source_stay_there(folder: Path) -> None:
    async with review(folder, size=(120, 40)) as (app, pilot):
        await press(app, pilot, "shift+f6", "w", "w", "n", "j", "down")
        assert (selected(app), app.desk.now_session().position) == ("", 0)
        await press(app, pilot, "ctrl+a")
        assert selected(app) == SOURCE
        await press(app, pilot, "home", "shift+end", "b")
        assert selected(app) == SOURCE.removesuffix(".")
        await press(app, pilot, "escape", "j")
        assert (app.desk.place_of_keys, app.desk.now_session().position, selected(app)) == ("list", 1, "")


@on_screen
async def test_the_mouse_selects_in_the_source_and_leaves_the_keys_to_the_target(folder: Path) -> None:
    async with review(folder, size=(120, 40)) as (app, pilot):
        assert app.desk.panel is not None
        sheet = app.desk.panel.source
        await press(app, pilot, "enter")
        at = 1 + SOURCE.index("Harbour")  # behind the space at the left
        await pilot.mouse_down(sheet, offset=(at, 1))
        await pilot.hover(sheet, offset=(at + 4, 1))
        await pilot.mouse_up(sheet, offset=(at + 4, 1))
        assert (selected(app), app.desk.place_of_keys) == ("Harb", "editor")
        # Behind the symbol of the hidden character, which takes eight cells.
        await pilot.click(sheet, offset=(SOURCE.index("again") + 10, 1), times=2)
        assert selected(app) == "again"
        assert sheet.selected_span == Span(28, 33)
        await press(app, pilot, "alt+shift+f")
        assert "again" in message(app) or app.screen is not app.desk
        await press(app, pilot, "escape")
        await pilot.click(sheet, offset=(at, 1))
        assert selected(app) == ""


@on_screen
async def test_a_comment_on_the_source_is_about_what_is_selected(folder: Path) -> None:
    async with review(folder, size=(120, 40)) as (app, pilot):
        assert app.desk.panel is not None
        app.desk.panel.source.select(Span(13, 26))
        await press(app, pilot, "alt+shift+k", "s")
        type_text(app, "which one?")
        await press(app, pilot, "enter", "escape")
        await quiet(app)
        assert [one.quote for one in app.desk.now_session().threads()] == ["Harbour Board"]


@on_screen
async def test_what_was_selected_last_is_looked_up(folder: Path) -> None:
    (folder / "glossary.yaml").write_text("Harbour Board: 海港局\n大厅: hall\n", encoding="utf-8")
    async with review(folder, size=(120, 40)) as (app, pilot):
        assert app.desk.panel is not None
        await press(app, pilot, "enter", "left", *["shift+left"] * 3)
        app.desk.panel.source.select(Span(13, 20))
        await press(app, pilot, "alt+shift+l")
        assert isinstance(app.screen, Reading)
        assert app.screen._title == "Glossary: Harbour"
        await press(app, pilot, "escape", "shift+right", "alt+shift+l")
        assert isinstance(app.screen, Reading)
        assert app.screen._title == "Glossary: 港局"


@on_screen
async def test_the_whole_target_has_a_key_of_its_own(folder: Path) -> None:
    async with review(folder, size=(120, 40)) as (app, pilot):
        await press(app, pilot, "enter", "shift+left", "shift+left", "alt+shift+y")
        assert app.clipboard == "局。"
        await press(app, pilot, "alt+shift+j")
        assert app.clipboard == PAIRS[0][1]
        assert message(app) == "the target copied (9 characters)"


@on_screen
async def test_the_best_match_has_a_key_of_its_own(folder: Path) -> None:
    near = (
        ("The hall seats 300 people now.", "现在大厅坐300人。"),
        ("The hall seats 450 people now.", "大厅。"),
    )
    write_document(folder, "talk", near)
    async with review(folder, size=(120, 40)) as (app, pilot):
        await press(app, pilot, "f2", "alt+shift+b")
        assert message(app).startswith("unit 2: match of ")
    assert [text for text, _state in units(folder)] == ["现在大厅坐300人。", "现在大厅坐300人。"]
