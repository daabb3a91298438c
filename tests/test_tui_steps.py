"""Long work says its steps, and ends before the next one when it is stopped."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

import pytest
from test_tui_screen import message, on_screen, press, review, rows, until, write_document

from workbench.errors import CommandError
from workbench.review.project import open_project
from workbench.tui.grid import Grid
from workbench.tui.steps import Steps, done_in_steps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def test_a_step_is_said_with_its_seconds() -> None:
    now = 100.0
    steps = Steps(end="Esc stops", clock=lambda: now)
    assert steps.words == ""
    steps.hear("importing talk (1 of 2)")
    now = 112.4
    assert steps.words == "importing talk (1 of 2)… 12 s (Esc stops)"


def test_importing_tells_its_steps_and_keeps_what_was_whole(tmp_path: Path) -> None:
    for name in ("talk", "z"):
        write_document(tmp_path, name, (("A session.", "一次会议。"),))
    (tmp_path / "workbench.toml").write_text("", encoding="utf-8")
    steps: list[str] = []

    def hear(step: str) -> None:
        steps.append(step)
        if step.endswith("unit of z"):
            raise CommandError("stopped")

    with open_project(tmp_path) as project:
        project.on_step = hear
        with pytest.raises(CommandError, match="stopped"):
            project.import_new()
        assert [record.name for record in project.documents()] == ["talk"]
    assert steps == [
        "importing talk (1 of 2)",
        "storing 1 unit of talk",
        "importing z (2 of 2)",
        "storing 1 unit of z",
    ]


def test_work_ends_before_the_step_behind_which_it_is_stopped() -> None:
    stop, at_work, heard = threading.Event(), threading.Event(), list[str]()
    told: list[Callable[[str], None]] = []

    def work() -> str:
        told[0]("one")
        at_work.set()
        stop.wait(10)
        told[0]("two")
        return "done"

    async def run() -> Any:
        task = asyncio.ensure_future(
            done_in_steps(work, told.append, heard.append, stop, "stopped: as it was")
        )
        await asyncio.to_thread(at_work.wait)
        stop.set()
        return await task

    with pytest.raises(CommandError, match=r"^stopped: as it was$"):
        asyncio.run(run())


@on_screen
async def test_many_changes_are_taken_back_behind_the_screen(tmp_path: Path) -> None:
    pairs = [(f"Session {n}.", f"会议{n}，{n * 7919 % 100003}。") for n in range(1, 1201)]
    write_document(tmp_path, "talk", pairs)
    (tmp_path / "workbench.toml").write_text('author = "wei"\none_per_line = true\n', encoding="utf-8")
    async with review(tmp_path) as (app, pilot):
        session = app.desk.now_session()
        before = [unit.target for unit in session.store.units("talk")]
        session.replace("会议 => 大会")
        assert session.is_long_turn(back=True)
        threads = set[str]()
        undo = session.store.undo

        def seen(document_id: str, author: str) -> Any:
            threads.add(threading.current_thread().name)
            return undo(document_id, author)

        session.store.undo = seen  # type: ignore[method-assign]
        await pilot.press("alt+z")
        await until(lambda: message(app).startswith("replace undone; unit 1 of "))
        assert threads == {"slow command"}
        assert [unit.target for unit in session.store.units("talk")] == before
        await pilot.press("alt+y")
        await until(lambda: message(app).startswith("replace done again"))
        assert "会议" not in "".join(unit.target for unit in session.store.units("talk"))


@on_screen
async def test_many_replacements_are_stopped_with_escape(tmp_path: Path) -> None:
    write_document(tmp_path, "talk", [(f"Session {n}.", f"会议{n}。") for n in range(1, 252)])
    (tmp_path / "workbench.toml").write_text('author = "wei"\n', encoding="utf-8")
    async with review(tmp_path) as (app, pilot):
        session = app.desk.now_session()
        store, writing, go_on = session.store, threading.Event(), threading.Event()
        decide = store.decide_together

        def slow(author: str, name: str, changes: Any, *, report: Callable[[int], None]) -> Any:
            writing.set()
            go_on.wait(10)
            return decide(author, name, changes, report=report)

        store.decide_together = slow  # type: ignore[method-assign, assignment]
        await pilot.press("ctrl+f", "r", "会", "议", "enter", "大", "会", "enter")
        await until(lambda: "Replace 251 in 251 units" in str(getattr(app.screen, "_title", "")))
        await pilot.press("enter")
        await until(writing.is_set)
        await until(lambda: message(app) == "replacing… 0 of 251 (Esc stops)")
        await pilot.press("escape")
        go_on.set()
        await until(lambda: message(app) == "stopped: nothing was replaced")
        assert {unit.target[:2] for unit in store.units("talk")} == {"会议"}


@on_screen
async def test_what_is_typed_while_many_are_replaced_is_kept(tmp_path: Path) -> None:
    write_document(tmp_path, "talk", [(f"Session {n}.", f"会议{n}。") for n in range(1, 252)])
    (tmp_path / "workbench.toml").write_text('author = "wei"\n', encoding="utf-8")
    async with review(tmp_path) as (app, pilot):
        store, writing, go_on = app.desk.now_session().store, threading.Event(), threading.Event()
        decide = store.decide_together

        def slow(author: str, name: str, changes: Any, *, report: Callable[[int], None]) -> Any:
            writing.set()
            go_on.wait(10)
            return decide(author, name, changes, report=report)

        store.decide_together = slow  # type: ignore[method-assign, assignment]
        await pilot.press("ctrl+f", "r", "会", "议", "enter", "大", "会", "enter")
        await until(lambda: "Replace 251 in 251 units" in str(getattr(app.screen, "_title", "")))
        await pilot.press("enter")
        await until(lambda: writing.is_set() and app.focused is not None)
        await pilot.press("enter", "好")
        editor = app.desk.editor
        assert editor is not None
        assert editor.value == "会议1。好"
        go_on.set()
        await until(lambda: message(app) == "replaced: 251 in 251 units")
        assert (editor.value, app.desk.kept) == ("会议1。好", {"talk:1": "会议1。好"})
        assert next(iter(store.units("talk"))).target == "大会1。"


@on_screen
async def test_what_is_typed_while_many_changes_are_taken_back_is_kept(tmp_path: Path) -> None:
    write_document(tmp_path, "talk", [(f"Session {n}.", f"会议{n}。") for n in range(1, 4)])
    (tmp_path / "workbench.toml").write_text('author = "wei"\n', encoding="utf-8")
    async with review(tmp_path) as (app, pilot):
        session = app.desk.now_session()
        session.edit("第一。")
        session.replace("会议 => 大会")
        session.goto(2)
        app.desk.show_all()
        undo, turning, go_on = session.store.undo, threading.Event(), threading.Event()

        def slow(document_id: str, author: str) -> Any:
            turning.set()
            go_on.wait(10)
            return undo(document_id, author)

        session.store.undo = slow  # type: ignore[method-assign]
        session.is_long_turn = lambda *, back: back  # type: ignore[method-assign]
        await pilot.press("alt+z")
        await until(turning.is_set)
        await pilot.press("enter", "好")
        go_on.set()
        await until(lambda: message(app).startswith("replace undone; unit 2 of "))
        assert app.desk.kept == {"talk:2": "大会2。好"}
        assert session.undo().startswith("edit undone; unit 1 of ")


@on_screen
async def test_the_list_shows_what_leaving_a_unit_saved(tmp_path: Path) -> None:
    write_document(tmp_path, "talk", [(f"Session {n}.", f"会议{n}。") for n in range(1, 4)])
    (tmp_path / "workbench.toml").write_text('author = "wei"\n', encoding="utf-8")
    async with review(tmp_path) as (app, pilot):
        await press(app, pilot, "enter", "text:好", "alt+down")
        assert (
            app.desk.now_session().store.find_units(["talk:1"], document_id="talk")[0].target == "会议1。好"
        )
        assert rows(app)[0].rstrip().endswith("会议1。好")


@on_screen
async def test_who_is_ended_while_a_filter_is_read_comes_back_to_where_they_were(tmp_path: Path) -> None:
    write_document(tmp_path, "talk", [(f"Session {n}.", f"会议{n}。") for n in range(1, 5)])
    (tmp_path / "workbench.toml").write_text('author = "wei"\n', encoding="utf-8")
    async with review(tmp_path) as (app, pilot):
        session = app.desk.now_session()
        session.set_filter("text:议2 text:会")
        session.save_view("two")
        session.set_filter("all")
        session.goto(3)
        app.desk.show_all()
        go_on = threading.Event()

        def slow(*_arguments: Any, **_named: Any) -> Iterator[tuple[int, list[int]]]:
            yield 2, [session.queue._ranks[1]]
            go_on.wait(10)

        session.store.scan = slow  # type: ignore[method-assign]
        grid = app.desk.query_one(Grid)
        await pilot.press("ctrl+f", "v", "enter")
        await until(lambda: grid.count == 1)
        await pilot.press("escape")
        await until(lambda: message(app).startswith("stopped: nothing was "))
        assert (grid.count, session.unit.target) == (4, "会议3。")
        await pilot.press("ctrl+f", "v", "enter")
        await until(lambda: grid.count == 1)
        app.leave(143)
        go_on.set()
    with open_project(tmp_path) as project:
        again = project.review("talk")
        assert (again.unit.target, str(again.filter), again.count) == ("会议3。", "all", 4)
