"""What is typed is kept: while a command looks, beside other people, where the store refuses, when a signal ends it."""

from __future__ import annotations

import signal
import sqlite3
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest
from terminal import Terminal
from test_tui_screen import PAIRS, folder, message, on_screen, press, review, units, until, write_document
from test_tui_terminal import CTRL_Q, SCREEN, opened, typing_in_unit_1

from workbench.errors import StoreError
from workbench.review.project import open_project
from workbench.tui.screenshot import quiet, type_text
from workbench.tui.status import FLASH_SECONDS, StatusLine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from workbench.tui.app import ReviewApp

__all__ = ["folder"]

SLOW = {"f8": (), "alt+o": (), "f4": ("down", "down", "down", "enter")}
"""The keys of commands that look through the document, with the answers to what they ask: "issues"."""


class Gate:
    """Holds the checking of the session in its thread until it is opened."""

    def __init__(self, app: ReviewApp) -> None:
        self.is_open = threading.Event()
        self.reached = threading.Event()
        session = app.desk.session
        assert session is not None
        looking = session.looking

        def held(method: str, *arguments: str) -> Iterator[int]:
            steps = looking(method, *arguments)

            def look() -> Iterator[int]:
                self.reached.set()
                while not self.is_open.wait(0.02):
                    yield 0
                yield from steps

            return look()

        session.looking = held  # type: ignore[method-assign]


@pytest.mark.parametrize("key", SLOW)
@on_screen
async def test_what_is_typed_while_a_command_looks_is_saved(folder: Path, key: str) -> None:
    async with review(folder) as (app, pilot):
        gate = Gate(app)
        await pilot.press("enter", key)
        for answer in SLOW[key]:
            await pilot.press(answer)
        await until(gate.reached.is_set)
        type_text(app, "边等边写")
        await pilot.pause()
        assert app.desk.editor is not None
        await until(lambda: app.desk.editor is not None and "边等边写" in app.desk.editor.value)
        gate.is_open.set()
        await quiet(app)
        assert app.desk.session is not None
        assert (app.desk.session.position, str(app.desk.session.filter)) != (0, "all")
        assert app.desk.editor.value == app.desk.session.unit.target
    found = [target for target, _ in units(folder)]
    assert found == ["会议九点开始。边等边写", *(pair[1] for pair in PAIRS[1:])]


@on_screen
async def test_a_slow_command_says_how_far_it_is_and_escape_stops_it(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        gate = Gate(app)
        await pilot.press("f8")
        await until(lambda: message(app).startswith("looking… "))
        assert message(app) == "looking… 6 of 6 (Esc stops)"
        line = app.desk.query_one(StatusLine)
        assert line._timer is not None
        await pilot.press("f2")
        assert units(folder)[0][1].value == "initial"
        await pilot.press("escape")
        await quiet(app)
        assert not gate.is_open.is_set()
        assert message(app) == "stopped: nothing was moved"
        assert app.desk.session is not None
        assert app.desk.session.position == 0


@on_screen
async def test_a_message_of_work_outlasts_other_messages(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.tui.status.FLASH_SECONDS", 0.1)
    assert FLASH_SECONDS > 1
    async with review(folder) as (app, pilot):
        line = app.desk.query_one(StatusLine)
        line.flash("a word")
        line.show_work("looking…")
        await pilot.pause(0.4)
        assert line.message == "looking…"
        line.clear()
        line.flash("a word")
        await until(lambda: line.message == "")


@on_screen
async def test_what_is_typed_while_another_document_is_opened_is_saved(folder: Path) -> None:
    write_document(folder, "walk", PAIRS[:2])
    async with review(folder) as (app, pilot):
        may_open, asked = threading.Event(), threading.Event()
        assert app.project is not None
        begin = app.project.review

        def slowly(name: str | None = None) -> Any:
            asked.set()
            may_open.wait(20)
            return begin(name)

        app.project.review = slowly  # type: ignore[method-assign, assignment]
        await pilot.press("enter", "f5", "down", "enter")
        await until(asked.is_set)
        type_text(app, "边等边写")
        await until(lambda: app.desk.editor is not None and "边等边写" in app.desk.editor.value)
        may_open.set()
        await quiet(app)
        assert app.desk.session is not None
        assert app.desk.session.document.name == "walk"
    assert units(folder)[0][0] == "会议九点开始。边等边写"


@on_screen
async def test_nothing_is_saved_to_another_unit_than_the_editor_holds(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "enter", "text:各位")
        assert app.desk.session is not None
        app.desk.session.last()
        await pilot.press("ctrl+q")
        await until(lambda: app._exit)
    found = [target for target, _ in units(folder)]
    assert found == ["会议九点开始。各位", *(pair[1] for pair in PAIRS[1:])]


@pytest.mark.parametrize("noticed", ["polled", "f2", "alt+down", "ctrl+q"])
@on_screen
async def test_text_of_a_unit_that_was_joined_away_becomes_a_note(
    folder: Path, noticed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Only what the test does may notice it.
    monkeypatch.setattr("workbench.tui.desk.POLL_SECONDS", 1000.0)
    async with review(folder) as (app, pilot):
        await press(app, pilot, "down", "enter", "text:，一个也没有")
        with open_project(folder, author="ana") as other:
            other.review("talk").merge()
        if noticed == "polled":
            app.desk.look_around()
            await quiet(app)
        else:
            await press(app, pilot, noticed)
        assert "kept as a note on unit 1" in message(app)
        assert not app._exit
        assert app.desk.unit is not None
        assert app.desk.unit.source == f"{PAIRS[0][0]} {PAIRS[1][0]}"
        assert app.desk.kept == {}
    with open_project(folder) as project:
        (first, *rest) = project.units("talk")
    assert first.notes == ("typed by wei into a unit that is no longer here: 结束前没有人离开。，一个也没有",)
    assert [unit.target for unit in rest] == [pair[1] for pair in PAIRS[2:]]


@on_screen
async def test_somebody_elses_text_is_shown_against_what_was_typed(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "enter", "backspace", "text:吗")
        with open_project(folder, author="ana") as other:
            other.review("talk").edit("会议十点开始。")
        await press(app, pilot, "f2")
        assert app.desk.panel is not None
        view = app.desk.panel.view
        assert view is not None
        said, differences = view.sections["draft"]
        assert said.text.startswith("stored, by ana")
        assert differences.text == "会议[-十-]{+九+}点开始[-。-]{+吗+}"
        shown = app.desk.panel.detail
        text = "\n".join(shown.render_line(y).text for y in range(shown.size.height))
        assert "stored, by ana" in text
        await press(app, pilot, "f2")
        assert "theirs" not in str(app.desk.panel.view)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_saves_over_what_somebody_else_stored(
    folder: Path, number: signal.Signals, code: int
) -> None:
    with opened(folder) as terminal:
        typing_in_unit_1(terminal)
        terminal.send("还没写完")
        terminal.wait_for("还没写完")
        with open_project(folder, author="ana") as other:
            other.review("talk").edit("会议十点开始。")
        terminal.signal(number)
        assert terminal.exit_code() == code
    with open_project(folder) as project:
        (first, *_rest) = project.units("talk")
        texts = [entry.post_edit.text for entry in project.store.history(first.id, document_id="talk")]
    assert first.target == "会议九点开始。还没写完"
    assert "会议十点开始。" in texts


def test_a_signal_while_the_store_is_locked_leaves_the_text_in_a_file(folder: Path) -> None:
    impatient = (
        "from workbench.store import open_store\n"
        "open_store.__kwdefaults__['timeout_seconds'] = 0.1\n"
        f"{SCREEN[2]}"
    )
    with Terminal([*SCREEN[:2], impatient], folder=folder) as terminal:
        terminal.wait_for("Source 1")
        typing_in_unit_1(terminal)
        terminal.send("还没写完")
        terminal.wait_for("还没写完")
        lock = sqlite3.connect(folder / ".workbench" / "review.db", isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        terminal.signal(signal.SIGTERM)
        assert terminal.exit_code() == 143
        lock.execute("ROLLBACK")
        lock.close()
    (path,) = (folder / ".workbench").glob("unsaved-*.txt")
    assert "会议九点开始。还没写完" in path.read_text(encoding="utf-8")
    assert path.name.encode() in terminal.raw
    assert units(folder)[0][0] == "会议九点开始。"
    with Terminal(terminal.process.args, folder=folder) as again:  # type: ignore[arg-type]
        again.wait_for("could not be saved when the screen ended")
        again.wait_for("还没写完")
        again.send(CTRL_Q)
        assert again.exit_code() == 0
    assert units(folder)[0][0] == "会议九点开始。还没写完"
    assert not path.exists()


@on_screen
async def test_a_store_that_goes_on_refusing_leaves_the_text_in_a_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "down", "enter")
        assert app.desk.editor is not None
        app.desk.editor.insert_text("吗")

        def refuse(*_words: object, **_more: object) -> str:
            raise StoreError("review.db is locked by another program")

        assert app.desk.session is not None
        monkeypatch.setattr(app.desk.session, "edit", refuse)
        await pilot.press("ctrl+q", "ctrl+q")
        await until(lambda: app._exit)
        assert "could not be stored" in app.farewell
    async with review(folder) as (app, pilot):
        assert app.desk.editor is not None
        assert app.desk.editor.value == "结束前没有人离开。吗"
        assert app.desk.editor.is_changed
        await press(app, pilot, "end")


@pytest.mark.parametrize("end", [CTRL_Q, signal.SIGTERM])
def test_a_slow_command_does_not_delay_leaving(folder: Path, end: str | signal.Signals) -> None:
    code = (
        "import sys, time; from workbench import tui\n"
        "from workbench.review.movement import Movement\n"
        "from workbench.review.project import open_project\n"
        "def looking(self, *words):\n"
        "    time.sleep(0.1); yield 0; time.sleep(60)\n"
        "Movement.looking = looking\n"
        "sys.exit(tui.run(lambda: open_project('.')))"
    )
    with Terminal([sys.executable, "-c", code], folder=folder) as terminal:
        terminal.wait_for("Source 1")
        terminal.send("\x1b[19~")
        terminal.wait_for("looking…")
        began = time.monotonic()
        if isinstance(end, str):
            terminal.send(end)
        else:
            terminal.signal(end)
        assert terminal.exit_code() == (0 if isinstance(end, str) else 143)
        assert time.monotonic() - began < 5


@pytest.mark.parametrize("typed", ["-", "+", "0", "999999999999"])
@on_screen
async def test_no_number_typed_ends_the_screen(folder: Path, typed: str) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "ctrl+g", f"text:{typed}", "enter", "escape")
        assert app.failure is None
        assert app.desk.session is not None
        assert app.desk.session.position == 0


@on_screen
async def test_seconds_of_work_count_without_a_word_typed(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        now = [100.0]
        assert app.desk.editor is not None
        assert app.desk.session is not None
        app.desk.editor.watch_._clock = lambda: now[0]
        app.desk.editor.restart_watch()
        ids = list(app.desk.session.queue)
        now[0] += 7
        await press(app, pilot, "f2")
        now[0] += 5
        await press(app, pilot, "alt+s")
        now[0] += 4
        await press(app, pilot, "alt+m", "text:一", "enter")
        now[0] += 3
        await press(app, pilot, "f2")
        store = app.desk.session.store
        assert [edit.seconds for edit in store.post_edits(ids[0], document_id="talk")] == [7.0]
        assert [edit.seconds for edit in store.post_edits(ids[1], document_id="talk")] == [5.0, 3.0]
        assert [(one.decision, one.seconds) for one in store.work("talk")] == [
            ("confirm", 7.0),
            ("copy source", 5.0),
            ("note", 4.0),
            ("confirm", 3.0),
        ]


@on_screen
async def test_seconds_of_judging_are_stored_without_an_edit(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        now = [100.0]
        assert app.desk.editor is not None
        assert app.desk.session is not None
        app.desk.editor.watch_._clock = lambda: now[0]
        app.desk.editor.restart_watch()
        for key, seconds in (
            ("alt+e 1 M", 9),
            ("ctrl+t 8 5 enter", 6),
            ("f2", 5),
            # Refused: this unit is not reviewed. Its seconds wait for the next decision.
            ("alt+g", 2),
        ):
            now[0] += seconds
            await press(app, pilot, *key.split())
        # A silence counts as five minutes at most; what is undone was worked on all the same.
        now[0] += 4000
        await press(app, pilot, "alt+r", "text:why", "enter", "alt+z")
        work = [(one.decision, one.seconds, one.undone) for one in app.desk.session.store.work("talk")]
        assert work == [
            ("annotate", 9.0, False),
            ("rate", 6.0, False),
            ("confirm", 5.0, False),
            ("reject", 302.0, True),
        ]


@on_screen
async def test_seconds_of_a_look_count_once_the_unit_is_decided_on(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        now = [100.0]
        assert app.desk.editor is not None
        assert app.desk.session is not None
        app.desk.editor.watch_._clock = lambda: now[0]
        app.desk.editor.restart_watch()
        ids = list(app.desk.session.queue)
        now[0] += 7
        await press(app, pilot, "alt+down")
        now[0] += 5
        await press(app, pilot, "alt+up")
        now[0] += 4
        await press(app, pilot, "f2")
        now[0] += 3
        await press(app, pilot, "f2")
        store = app.desk.session.store
        saved = [store.post_edits(ids[at], document_id="talk")[0].seconds for at in range(2)]
        assert saved == [11.0, 8.0]
