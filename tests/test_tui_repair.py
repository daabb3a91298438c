"""Repairing the alignment on the screen: the bar of letters, its questions, work that can be stopped."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from terminal import Terminal
from test_tui_screen import message, on_screen, press, review, rows, until, write_document
from test_tui_terminal import CTRL_Q, ESCAPE, SCREEN

from workbench.model import Document, State, TranslationUnit
from workbench.review.project import open_project
from workbench.review.session import ReviewSession
from workbench.tui.grid import Grid
from workbench.tui.modals import Picker
from workbench.tui.repair_bar import RepairBar
from workbench.tui.screenshot import quiet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAIRS = (
    ("The session begins at nine.", "会议九点开始。"),
    ("Nobody left before the end.", "结束前没有人离开。"),
    ("The survey cost 5.2 billion yuan.", "这项调查花了52亿元。"),
    ("She wrote it twice, and then a third time.", "她写了两遍，然后又写了第三遍。"),
    ("We went home.", "我们回家了。"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project of one document of five units."""
    write_document(tmp_path, "talk", PAIRS)
    (tmp_path / "workbench.toml").write_text('author = "wei"\n', encoding="utf-8")
    return tmp_path


def pairs(folder: Path) -> list[tuple[str, str]]:
    with open_project(folder) as project:
        return [(unit.source, unit.target) for unit in project.units("talk")]


@on_screen
async def test_letters_repair_and_the_list_shows_it(folder: Path) -> None:
    async with review(folder, size=(80, 24)) as (app, pilot):
        bar = app.desk.query_one(RepairBar)
        assert not bar.display
        await press(app, pilot, "alt+k")
        assert app.focused is bar
        assert len(rows(app)) >= 9
        assert all(len(line.rstrip()) <= 80 for line in rows(app, RepairBar))
        assert " ".join(rows(app, RepairBar)[0].split()) == (
            "Target d last to next u first to previous f next's first b previous's last"
        )
        await press(app, pilot, "down", "s")
        assert message(app) == "targets moved down from unit 2: 5 units changed"
        assert "?" in rows(app)[1][:10]
        await press(app, pilot, "x")
        assert rows(app)[1][6:10].strip() == "-"
        await press(app, pilot, "z", "z", "down", "a")
        assert message(app) == "unit 4: the target is marked as added; its source stands alone before it"
        assert app.desk.unit is not None
        assert (app.desk.unit.position, app.desk.unit.origin) == (3, "added")
        await press(app, pilot, "f2")
        assert app.focused is bar
        await press(app, pilot, "escape")
        assert app.focused is app.desk.query_one(Grid)
        assert not bar.display
    assert pairs(folder)[2:4] == [(PAIRS[2][0], ""), ("", PAIRS[2][1])]


@on_screen
async def test_arrows_and_enter_choose_where_letters_do_not_arrive(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "ctrl+r", "left", "left", "right", "right", "enter")
        assert message(app) == "a sentence of the target moved from unit 1 to unit 2"
        await press(app, pilot, "alt+z", "e")
        assert app.focused is app.desk.query_one(RepairBar)
        await press(app, pilot, "escape", "enter", "alt+k")
        assert app.focused is app.desk.query_one(RepairBar)
    assert pairs(folder) == list(PAIRS)


@on_screen
async def test_a_split_asks_for_both_places_the_likeliest_first(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "down", "down", "down", "alt+k", "t")
        await until(lambda: isinstance(app.screen, Picker))
        assert [name for name, _ in app.screen._choices] == [  # type: ignore[attr-defined]
            "她写了两遍，│然后又写了第三遍。",
            "all of the target stays in the first unit",
            "all of the target goes to the second",
        ]
        first = app.screen
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, Picker) and app.screen is not first)
        assert [name for name, _ in app.screen._choices] == [  # type: ignore[attr-defined]
            "She wrote it twice, │and then a third time.",
            "all of the source stays in the first unit",
            "all of the source goes to the second",
        ]
        await press(app, pilot, "enter")
        assert message(app) == "unit 4 split in two"
        assert app.focused is app.desk.query_one(RepairBar)
    assert pairs(folder)[3:5] == [
        ("She wrote it twice,", "她写了两遍，"),
        ("and then a third time.", "然后又写了第三遍。"),
    ]


@on_screen
async def test_a_split_can_leave_the_target_whole_so_that_a_dropped_sentence_stands_alone(
    tmp_path: Path,
) -> None:
    units = [
        TranslationUnit(
            "", 0, "The mayor came at noon. She would not sit down.", "市长中午到场并拒绝入座", origin="2-1"
        ),
        TranslationUnit("", 1, "We went home.", "我们回家了。", origin="1-1"),
    ]
    (tmp_path / "workbench.toml").write_text('author = "wei"\n', encoding="utf-8")
    with open_project(tmp_path) as project:
        project.store.save_document(Document("talk", "txt"), units)
    async with review(tmp_path) as (app, pilot):
        await press(app, pilot, "alt+k", "t")
        await until(lambda: isinstance(app.screen, Picker))
        first = app.screen
        names = [name for name, _ in first._choices]  # type: ignore[attr-defined]
        assert (names[0], names[5], names[-2:]) == (
            "市│长中午到场并拒绝入座",
            "市长中午到场│并拒绝入座",
            ["all of the target stays in the first unit", "all of the target goes to the second"],
        )
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, Picker) and app.screen is not first)
        assert [name for name, _ in app.screen._choices] == [  # type: ignore[attr-defined]
            "The mayor came at noon. │She would not sit down.",
            "all of the source goes to the second",
        ]
        await press(app, pilot, "enter")
        assert message(app) == "unit 1 split in two"
        assert "?" in rows(app)[1][:10]
    assert pairs(tmp_path)[:2] == [
        ("The mayor came at noon.", "市长中午到场并拒绝入座"),
        ("She would not sit down.", ""),
    ]


@on_screen
async def test_a_split_cuts_the_target_at_the_caret(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "down", "down", "down", "enter", "home", *["right"] * 6)
        await pilot.press("alt+t")
        await until(lambda: isinstance(app.screen, Picker))
        assert app.screen._title == "Cut the source at"  # type: ignore[attr-defined]
        await press(app, pilot, "down", "enter")
    assert pairs(folder)[3:5] == [(PAIRS[3][0], "她写了两遍，"), ("", "然后又写了第三遍。")]


@on_screen
async def test_aligning_anew_can_be_stopped_and_what_it_finds_late_is_dropped(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    looking = ReviewSession.looking

    def slowly(self: ReviewSession, method: str, *arguments: str) -> Iterator[int]:
        steps = looking(self, method, *arguments)

        def wait() -> Iterator[int]:
            yield 0
            go_on.wait(20)
            yield from steps

        return wait() if method == "realign" else steps

    async with review(folder) as (app, pilot):
        await press(app, pilot, "alt+k", "s")
        held = pairs(folder)
        monkeypatch.setattr(ReviewSession, "looking", slowly)
        await pilot.press("r")
        await until(lambda: message(app).startswith("aligning"))
        # What is pressed meanwhile decides nothing.
        await pilot.press("x")
        assert message(app).startswith("still at work")
        await pilot.press("escape")
        await until(lambda: message(app) == "stopped: nothing was changed")
        assert app.focused is app.desk.query_one(RepairBar)
        go_on.set()
        await quiet(app)
        assert pairs(folder) == held
        await press(app, pilot, "r")
        await until(lambda: message(app).startswith("aligned anew:"))
        assert message(app) == "aligned anew: 6 units, 5 pairs changed, 0 fixed kept"
    assert pairs(folder) == list(PAIRS)


@on_screen
async def test_noted_errors_have_a_mark_in_the_list(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        assert "*" not in rows(app)[0]
        await press(app, pilot, "alt+e", "a", "m")
        assert rows(app)[0][:13].rstrip().endswith("*")


def test_the_bar_in_a_terminal(folder: Path) -> None:
    with Terminal(SCREEN, folder=folder, columns=80, lines=24) as terminal:
        terminal.wait_for("Source 1")
        terminal.send("\x1bk")
        terminal.wait_for("Repair the alignment")
        terminal.send("\x1b[B" + "d")
        terminal.wait_for("moved from unit 2 to unit 3")
        terminal.wait_for("1-0, left over")
        terminal.send("\x12" + "zx")
        terminal.wait_for("the source is marked as dropped; its target stands alone behind it")
        terminal.wait_for("dropped: no translation, on purpose")
        terminal.send("\x1bOQ")
        terminal.wait_for("1/6")
        terminal.send(ESCAPE)
        terminal.wait_for(lambda text: "Repair the alignment" not in text)
        terminal.send(CTRL_Q)
        assert terminal.exit_code() == 0
    with open_project(folder) as project:
        unit = project.units("talk")[1]
    assert (unit.target, unit.state, unit.origin) == ("", State.REVIEWED, "dropped")
