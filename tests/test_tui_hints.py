"""The bottom line shows the keys of what has the keys: at each width whole hints, the most needed first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from test_tui_screen import folder, on_screen, press, review
from textual.containers import Container

from workbench.tui.modals import Menu, Prompt
from workbench.tui.palette import CommandMenu
from workbench.tui.sheet import Sheet
from workbench.tui.status import StatusLine

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.tui.app import ReviewApp

__all__ = ["folder"]

SHOWN = [
    ((), 60, "Enter type  F2 confirm  F9 fix  F1 help  Ctrl+Q quit"),
    (("enter",), 60, "Esc to list  F2 confirm  F9 fix  F1 help  Ctrl+Q quit"),
    (("alt+k",), 60, "Esc end  a letter does it  Up Down other units"),
    (("alt+k",), 80, "Esc end  a letter does it  Up Down other units  Left Right Enter choose"),
    (("alt+shift+v",), 80, "Esc end  a letter shows or hides  Tab other part  arrows sizes  Enter layouts"),
    (("alt+shift+k",), 60, "Esc back  c new  r reply  o settle  x remove  a reopen"),
    (("alt+shift+k",), 80, "Esc back  c new  r reply  o settle  x remove  a reopen  n p units  s on source"),
    (("alt+e",), 60, "Esc back  , with a comment  Tab in the source"),
    (("alt+e", "comma", "a"), 80, "Esc back  , no comment  Tab in the source  Backspace one back"),
    (("alt+m",), 60, "Esc back  Enter go on"),
    (("f4",), 60, "Esc back  Enter choose  Up Down go"),
    (("alt+h",), 60, "Esc back  Enter go back to this text  Up Down other texts"),
    (("alt+shift+p",), 60, "Esc back  a all documents  arrows PgUp PgDn scroll"),
    (("alt+shift+p", "a"), 60, "Esc back  a this document  arrows PgUp PgDn scroll"),
    (("alt+shift+q",), 60, "Esc to list  Shift+arrows select  w b by words"),
    (("f3",), 60, "Esc back  Enter go on  Alt+letter switches"),
    (("ctrl+f",), 60, "Esc back  a letter does it"),
    (("f1",), 60, "Esc back  arrows PgUp PgDn scroll"),
]


def bottom(app: ReviewApp) -> str:
    """The last line of the screen that has the keys."""
    line = app.screen.query_one(StatusLine)
    assert line.region.bottom == app.size.height
    return line.render_line(0).text.strip()


@pytest.mark.parametrize(("keys", "columns", "shown"), SHOWN)
def test_the_bottom_line_shows_the_keys_that_work(
    folder: Path, keys: tuple[str, ...], columns: int, shown: str
) -> None:
    @on_screen
    async def look() -> None:
        async with review(folder, size=(columns, 24)) as (app, pilot):
            before = bottom(app)
            await press(app, pilot, *keys)
            assert bottom(app) == shown
            await press(app, pilot, *(["escape"] if keys else []))
            assert bottom(app) == before

    look()


@on_screen
async def test_a_click_on_a_hint_of_a_dialog_presses_its_key(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "alt+m", "text:好")
        line = app.screen.query_one(StatusLine)
        await pilot.click(line, offset=(line.render_line(0).text.index("Enter"), 0))
        await press(app, pilot)
        assert not isinstance(app.screen, Prompt)
        assert app.desk.session is not None
        assert app.desk.session.unit.notes[0].endswith("好")


@on_screen
async def test_what_is_said_while_a_dialog_is_open_is_seen(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "alt+shift+p")
        app.desk.flash("the glossary was changed")
        assert bottom(app) == "the glossary was changed"
        app.desk.clear_flash()
        assert bottom(app).startswith("Esc back")


@on_screen
async def test_a_question_too_long_for_its_edge_is_shown_in_lines(folder: Path) -> None:
    question = (
        "Rendering of “一个舞台上的两种语言：二〇一九年戛纳国际创意节札记” (empty: it is not translated)"
    )
    async with review(folder, size=(60, 20)) as (app, pilot):
        app.push_screen(Prompt(question))
        await pilot.pause()
        sheet = app.screen.query_one("#question", Sheet)
        assert sheet.text.replace("\n", "").replace(" ", "") == question.replace(" ", "")
        assert all(cell_len(row) <= 58 for row in sheet.text.split("\n"))
        assert not app.screen.query_one(Container).border_title


@on_screen
async def test_the_palette_uses_the_height_for_commands_in_a_line_each(folder: Path) -> None:
    async with review(folder, size=(60, 20)) as (app, pilot):
        await press(app, pilot, "ctrl+p")
        menu = app.screen.query_one(CommandMenu)
        assert menu.size.height == 12
        assert [" ".join(menu.render_line(y).text.split()) for y in range(3)] == [
            "▸ first Alt+Home",
            "last Alt+End",
            "goto Ctrl+G",
        ]
        assert app.screen.query_one("#about", Sheet).text == "go to the first unit"
        await press(app, pilot, "text:undo", "down", "up")
        assert " ".join(menu.render_line(0).text.split()) == "▸ undo Alt+Z Alt+K z"
        assert app.screen.query_one("#about", Sheet).text == "take back the last decision"
        await press(app, pilot, "text:没有", "enter")
        assert app.screen.query_one("#about", Sheet).text == "no command is called so"
        assert bottom(app) == "Esc back  Enter do it  Up Down PgUp PgDn choose"


@on_screen
async def test_what_filters_do_is_read_whole_in_a_narrow_screen(folder: Path) -> None:
    async with review(folder, size=(60, 20)) as (app, pilot):
        await press(app, pilot, "f4")
        menu = app.screen.query_one(Menu)
        rows = [menu.render_line(y).text.split() for y in range(menu.size.height)]
        assert rows[3] == ["▸", "issues", "units", "in", "which", "the", "checks", "found", "something"][1:]
        assert rows[-1] == ["words…", "several", "at", "once:", "open", "issues", "text:", "亿"]
        assert not any("…" in word for row in rows for word in row[1:])
