"""The history of a unit: who made it what and when, what each text changed, and going back to one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from session_parts import CHECKS
from test_tui_screen import message, on_screen, press, review, write_document

from workbench.errors import CommandError
from workbench.model import Document, Draft, TranslationUnit
from workbench.review.project import open_project
from workbench.review.script import run_script
from workbench.review.session import ReviewSession
from workbench.store import Store, open_store
from workbench.termbase import Termbase
from workbench.tui.history_pane import HistoryDialog, about, difference_of, look_up
from workbench.tui.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store("sqlite://", clock=lambda: NOON) as store:
        unit = TranslationUnit("", 0, "The hall was full.", "厅满了。", drafts=(Draft("d", "厅满了。"),))
        store.save_document(Document("talk", "txt"), [unit, TranslationUnit("", 1, "We left.", "")])
        yield store


def open_session(store: Store, author: str = "ann") -> ReviewSession:
    return ReviewSession(store, "talk", author, checks=CHECKS, termbase=Termbase(), clock=lambda: NOON)


def test_every_text_is_listed_and_compared_with_the_one_before(store: Store) -> None:
    ann = open_session(store)
    ann.edit("大厅满了。", seconds=4)
    ann.edit("大厅坐满了。")
    ann.undo()
    ann.confirm("大厅座无虚席。")
    ann.goto(1)
    versions = ann.versions()
    assert [
        (one.number, one.decision, one.author, one.before, one.text, one.undone, one.is_now)
        for one in versions
    ] == [
        (0, "draft", "", "", "厅满了。", False, False),
        (1, "edit", "ann", "厅满了。", "大厅满了。", False, False),
        (2, "edit", "ann", "大厅满了。", "大厅坐满了。", True, False),
        (3, "confirm", "ann", "大厅满了。", "大厅座无虚席。", False, True),
    ]
    assert [one.state for one in ann.history()] == [None, None, "reviewed"]
    assert versions[1].at == NOON
    assert difference_of(versions[3]).text == "大厅{+座无+}[-满了-]{+虚席+}。"
    assert look_up(ann, ann.unit).count == "3"


def test_times_are_those_of_this_place(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        session = open_session(store)
        session.edit("大厅满了。", seconds=4)
        assert about(session.versions()[1]) == "1  ann  2026-03-01 20:00:00  edit  4 s  (now)"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_going_back_is_a_decision_that_can_be_undone(store: Store) -> None:
    lines = [
        "confirm 大厅座无虚席。",
        "goto 1",
        "expect state reviewed",
        "revert 0",
        "expect target 厅满了。",
        "expect state initial",
        "revert 1",
        "expect target 大厅座无虚席。",
        "undo",
        "undo",
        "expect target 大厅座无虚席。",
        "expect state reviewed",
    ]
    answers = list(run_script(open_session(store), lines))
    assert answers[3] == "unit 1: back to the draft"
    assert answers[6] == "unit 1: back to version 1 of ann"


@pytest.mark.parametrize(
    ("unit", "number", "reason"),
    [(1, 0, "version 0 is the text as it is"), (1, 4, "there is no version 4"), (2, 0, "no earlier text")],
)
def test_a_text_that_is_not_there_is_refused(store: Store, unit: int, number: int, reason: str) -> None:
    session = open_session(store)
    session.goto(unit)
    with pytest.raises(CommandError, match=reason):
        session.revert(number)


@on_screen
async def test_the_history_is_read_and_gone_back_in(tmp_path: Path) -> None:
    write_document(tmp_path, "talk", (("The hall was full.", "厅满了。"), ("We left.", "我们走了。")))
    async with review(tmp_path) as (app, pilot):
        assert app.desk.session is not None
        await press(app, pilot, "enter", "end", "大", "escape", "ctrl+s", "alt+h")
        assert isinstance(app.screen, HistoryDialog)
        assert app.screen.query_one(Sheet).text.strip() == "厅满了。{+大+}"
        await press(app, pilot, "down")
        assert app.screen.query_one(Sheet).text.strip() == "厅满了。"
        await press(app, pilot, "enter")
        assert message(app) == "unit 1: back to the draft"
        assert app.desk.session.unit.target == "厅满了。"
        await press(app, pilot, "alt+z")
        assert app.desk.session.unit.target == "厅满了。大"
    with open_project(tmp_path) as project:
        assert [one.undone for one in project.store.history("talk:1", document_id="talk")] == [False, True]
