"""Judging on the screen: the second level of MQM, the place of an error, ratings, and how silence counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from terminal import Terminal
from test_tui_screen import message, on_screen, press, review, write_document
from test_tui_terminal import CTRL_Q, SCREEN

from workbench.model import Severity, Span
from workbench.review.project import open_project
from workbench.tui.editor import Stopwatch

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project of one document of two units, in which a minute of silence counts at most."""
    write_document(
        tmp_path, "talk", (("The session begins.", "会议开始。"), ("We went home.", "我们回家了。"))
    )
    (tmp_path / "workbench.toml").write_text('author = "wei"\nidle_seconds = 60\n', encoding="utf-8")
    return tmp_path


@on_screen
async def test_an_error_has_a_kind_and_the_place_that_is_selected(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "enter", "home", "shift+right", "shift+right")
        # The first of the common errors, with a comment, major.
        await press(app, pilot, "alt+e", "1", "comma", "M", *"wrong", "enter")
        assert message(app) == "unit 1: major accuracy/mistranslation error noted in “会议”"
    with open_project(folder) as project:
        (noted,) = project.store.annotations("talk")
        assert (noted.category, noted.severity, noted.span, noted.target, noted.comment) == (
            "accuracy/mistranslation",
            Severity.MAJOR,
            Span(0, 2),
            "会议开始。",
            "wrong",
        )


@on_screen
async def test_a_unit_is_rated_and_undone(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "ctrl+t", "8", "5", "enter")
        assert message(app) == "unit 1 rated 85"
        await press(app, pilot, "ctrl+t", "1", "0", "1", "enter")
        assert message(app) == "a rating goes from 0 to 100, not 101"
        assert app.desk.session is not None
        assert [one.value for one in app.desk.session.ratings()] == [85]
        await press(app, pilot, "alt+z")
        assert app.desk.session.ratings() == ()


@on_screen
async def test_the_setting_says_how_long_a_silence_counts(folder: Path) -> None:
    async with review(folder) as (app, _pilot):
        assert app.desk.editor is not None
        assert app.desk.editor.watch_.idle_seconds == 60


def test_a_long_silence_counts_as_what_the_setting_says() -> None:
    now = 0.0
    watch = Stopwatch(lambda: now)
    for moment, total in ((40.0, 40.0), (240.0, 240.0), (7440.0, 540.0), (7441.0, 541.0)):
        now = moment
        watch.tick()
        assert watch.seconds == total
    watch.restart()
    watch.idle_seconds = 60
    now += 3600
    watch.tick()
    assert watch.seconds == 60


def test_rating_in_a_terminal(folder: Path) -> None:
    with Terminal(SCREEN, folder=folder, columns=80, lines=24) as terminal:
        terminal.wait_for("Source 1")
        terminal.send("\x14")
        terminal.wait_for("How good is it?")
        terminal.send("70\r")
        terminal.wait_for("unit 1 rated 70")
        terminal.send(CTRL_Q)
        assert terminal.exit_code() == 0
