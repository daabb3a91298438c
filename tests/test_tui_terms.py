"""On the screen: terms are added, a changed glossary is noticed, all of a kind are fixed, units around are judged."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from terminal import Terminal
from test_tui_screen import message, on_screen, press, review, rows, until, write_document
from test_tui_terminal import CTRL_Q, ESCAPE, SCREEN

from workbench.pipeline.project import open_folder
from workbench.tui.background import Background, wait_for_threads
from workbench.tui.modals import Picker, Preview, Prompt
from workbench.tui.screenshot import quiet, type_text
from workbench.tui.sheet import Sheet

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.tui.app import ReviewApp

PAIRS = (
    ("They met the Harbour Board.", "他们见了海港局,谈了很久."),
    ("Press the red button.", "按下红色按钮。"),
    ("Nobody came, they said.", "他们说,没有人来。"),
    ("Press the red button.", "请按红色的键。"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project of one document of four units, without a glossary."""
    write_document(tmp_path, "talk", PAIRS)
    (tmp_path / "workbench.toml").write_text('author = "wei"\n', encoding="utf-8")
    return tmp_path


def panes(app: ReviewApp) -> str:
    """What the panes about the unit say, the lines of each as one where they were only folded."""
    return "\n".join(sheet.text for sheet in app.desk.query(Sheet) if (sheet.id or "").startswith("pane-"))


def targets(folder: Path) -> list[str]:
    with open_folder(folder) as project:
        return [unit.target for unit in project.units("talk")]


@on_screen
async def test_a_term_is_added_from_the_selection_and_counts_at_once(folder: Path) -> None:
    async with review(folder, size=(120, 40)) as (app, pilot):
        await press(app, pilot, "enter", "ctrl+home", "right", "right", "right", "right")
        await press(app, pilot, "shift+right", "shift+right", "shift+right", "ctrl+n")
        assert isinstance(app.screen, Prompt)
        assert app.screen.query_one("Line").value == "Harbour Board"
        await press(app, pilot, "enter")
        assert app.screen.query_one("Line").value == "海港局"
        type_text(app, "港务局")
        await press(app, pilot, "enter")
        assert isinstance(app.screen, Picker)
        await press(app, pilot, "enter")
        type_text(app, "a body")
        await press(app, pilot, "enter")
        await quiet(app)
        assert message(app) == "Harbour Board is in the glossary"
        shown = panes(app)
        assert "✗ Harbour Board → 港务局   not found   (a body)" in shown
    assert (folder / "glossary.yaml").read_text(encoding="utf-8") == (
        "Harbour Board:\n  zh: 港务局\n  note: a body\n"
    )


@on_screen
async def test_a_term_without_a_rendering_is_kept(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "ctrl+n", "enter", "enter", "enter")
        await quiet(app)
        assert message(app) == "Harbour Board is in the glossary"
    assert (folder / "glossary.yaml").read_text(encoding="utf-8") == "Harbour Board:\n  keep: true\n"


@on_screen
async def test_a_term_can_be_left_at_every_question(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        for enters in range(4):
            await press(app, pilot, "ctrl+n", "enter")
            type_text(app, "局")
            await press(app, pilot, *["enter"] * enters, *["escape"] * (4 - enters))
            assert app.screen is app.desk
            if enters == 2:
                break
    assert not (folder / "glossary.yaml").exists()


@on_screen
async def test_a_glossary_that_cannot_be_used_is_one_line(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        (folder / "glossary.yaml").write_text("a: [b\n", encoding="utf-8")
        await press(app, pilot, "ctrl+n", "enter", "enter", "enter")
        assert "glossary.yaml:" in message(app)
        assert "\n" not in message(app)
    assert (folder / "glossary.yaml").read_text(encoding="utf-8") == "a: [b\n"


@on_screen
async def test_a_glossary_changed_elsewhere_is_taken_up(folder: Path) -> None:
    async with review(folder, size=(120, 40)) as (app, _pilot):
        (folder / "glossary.yaml").write_text("Harbour Board: 港务局\n", encoding="utf-8")
        app.desk.look_around()
        await until(lambda: "glossary" in message(app))
        await quiet(app)
        assert message(app) == "the glossary was changed: 1 concept now"
        assert "✗ Harbour Board → 港务局" in panes(app)
        (folder / "glossary.yaml").write_text("Harbour Board: [\n", encoding="utf-8")
        app.desk.look_around()
        await until(lambda: "glossary.yaml:" in message(app))
        app.desk.clear_flash()
        app.desk.look_around()
        await quiet(app)
        assert message(app) == ""


@on_screen
async def test_all_of_a_kind_are_shown_then_fixed_then_undone(folder: Path) -> None:
    async with review(folder, size=(100, 30)) as (app, pilot):
        await press(app, pilot, "ctrl+l")
        await until(lambda: isinstance(app.screen, Picker))
        await press(app, pilot, "enter")
        await until(lambda: isinstance(app.screen, Preview))
        await pilot.pause()
        assert [line.strip() for line in app.screen.query_one("#reading", Sheet).text.split("\n")] == [
            "1  他们见了海港局[-,-]{+，+}谈了很久[-.-]{+。+}",
            "3  他们说[-,-]{+，+}没有人来。",
        ]
        # Esc goes back to the kinds, and from there to the list.
        await press(app, pilot, "escape", "escape")
        assert app.screen is app.desk
        assert targets(folder)[0] == PAIRS[0][1]
        await press(app, pilot, "ctrl+l")
        await until(lambda: isinstance(app.screen, Picker))
        await press(app, pilot, "enter")
        await until(lambda: isinstance(app.screen, Preview))
        await press(app, pilot, "enter")
        await until(lambda: app.screen is app.desk)
        await quiet(app)
        assert message(app) == "punctuation fixed: 3 in 2 units"
        assert targets(folder)[0] == "他们见了海港局，谈了很久。"
        await press(app, pilot, "alt+z")
        assert message(app) == "fix punctuation undone; unit 1 of 4, initial"
    assert targets(folder) == [target for _source, target in PAIRS]


@on_screen
async def test_nothing_to_fix_is_one_line(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        for _ in range(2):
            await press(app, pilot, "alt+a")
            await press(app, pilot, "down", "down")
        await press(app, pilot, "ctrl+l")
        await until(lambda: message(app) != "")
        assert message(app) == "no open unit has an issue with a sure fix"


@on_screen
async def test_a_decision_changes_what_the_list_says_of_other_units(folder: Path) -> None:
    async with review(folder, size=(120, 40)) as (app, pilot):
        await quiet(app)
        assert [("~1" in row or "!1" in row) for row in rows(app) if "Press" in row] == [False, True]
        await press(app, pilot, "down", "enter", "ctrl+end")
        type_text(app, "！")
        await press(app, pilot, "ctrl+s")
        await quiet(app)
        await press(app, pilot, "escape", "down", "down")
        await quiet(app)
        assert "the same source is rendered otherwise" in panes(app)


def test_terms_and_kinds_in_a_terminal(folder: Path) -> None:
    with Terminal(SCREEN, folder=folder) as terminal:
        terminal.wait_for("Harbour Board.")
        terminal.wait_for("Issues")
        terminal.send("\x0e")
        terminal.wait_for("Term in the source")
        terminal.send("\r")
        terminal.wait_for("Rendering of “Harbour Board”")
        terminal.send("港务局\r")
        terminal.wait_for("the rendering to use")
        terminal.send("\r")
        terminal.wait_for("Note")
        terminal.send("\r")
        terminal.wait_for("Harbour Board is in the glossary")
        terminal.send("\x0c")
        terminal.wait_for("Fix all of which kind?")
        terminal.send("\r")
        terminal.wait_for("Enter change all of them")
        terminal.send("\r")
        terminal.wait_for("punctuation fixed: 3 in 2 units")
        terminal.send(ESCAPE + CTRL_Q)
        assert terminal.exit_code() == 0
    assert targets(folder)[2] == "他们说，没有人来。"
    assert (folder / "glossary.yaml").read_text(encoding="utf-8") == "Harbour Board: 港务局\n"


def test_work_behind_the_screen_is_waited_for_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    others, every = set(threading.enumerate()), threading.enumerate
    # Threads that other tests left behind are no concern of this one.
    monkeypatch.setattr(threading, "enumerate", lambda: [one for one in every() if one not in others])
    begun, let_go = threading.Event(), threading.Event()
    worker = Background(lambda _key, _generation, _result: None)
    worker.ask("check", lambda: (begun.set(), let_go.wait()))
    assert begun.wait(5.0)
    worker.close()
    assert not wait_for_threads(0.05)
    let_go.set()
    assert wait_for_threads(5.0)
