"""A dialog ends once: keys that came behind the one that ended it take no other screen away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from test_tui_screen import on_screen, review, rows, write_document

from workbench.tui.history_pane import HistoryDialog
from workbench.tui.modals import Picker, Prompt, Reading
from workbench.tui.once import Dialog
from workbench.tui.palette import Palette
from workbench.tui.search import FindMenu

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_document(tmp_path, "talk", (("The session begins.", "会议开始。"),))
    return tmp_path


def test_every_dialog_ends_once() -> None:
    assert all(issubclass(one, Dialog) for one in (FindMenu, HistoryDialog, Palette, Picker, Prompt, Reading))


@on_screen
async def test_ending_a_dialog_twice_leaves_the_review_on_screen(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        answers: list[str | None] = []
        app.push_screen(first := Prompt("Search"), answers.append)
        app.push_screen(second := Prompt("Note"), answers.append)
        await pilot.pause()
        first.dismiss("not on top: nothing ends")
        second.dismiss("one")
        second.dismiss("two")
        first.dismiss("three")
        first.dismiss("four")
        await pilot.pause()
        assert answers == ["one", "three"]
        assert "The session begins." in rows(app)[0]
