"""The tour, the statistics, the help and the palette of the review screen."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from test_tui_screen import message, on_screen, press

from workbench.metrics.effort import BANDS, Effort
from workbench.model import Draft, Score, State, TranslationUnit
from workbench.pipeline.starting import init
from workbench.pipeline.stats import DocumentStats, Group, Overview
from workbench.review.project import open_project
from workbench.tui import keys
from workbench.tui.app import ReviewApp
from workbench.tui.help import PLACES, help_paragraphs
from workbench.tui.modals import Reading
from workbench.tui.palette import applies
from workbench.tui.panes import BY_NAME, PANES
from workbench.tui.screenshot import quiet
from workbench.tui.sheet import Sheet
from workbench.tui.statistics import Statistics
from workbench.tui.statistics_view import statistics_paragraphs
from workbench.tui.tour import STEPS, TourBar, is_sample

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from textual.pilot import Pilot


@asynccontextmanager
async def sample(
    folder: Path, *, size: tuple[int, int] = (100, 30), tour: bool = True
) -> AsyncIterator[tuple[ReviewApp, Pilot[None]]]:
    if not (folder / "workbench.toml").is_file():
        init(folder, sample=True)
    app = ReviewApp(lambda: open_project(folder, author="wei"), theme="dark", tour=tour)
    async with app.run_test(size=size) as pilot:
        await quiet(app)
        await pilot.pause()
        yield app, pilot


def tour_words(app: ReviewApp) -> str:
    return app.desk.tour.words if app.desk.tour is not None else ""


@on_screen
async def test_the_tour_asks_for_one_real_key_after_the_other_and_is_shown_once(tmp_path: Path) -> None:
    async with sample(tmp_path) as (app, pilot):
        assert tour_words(app).endswith("Press Down.")
        await press(app, pilot, "up")
        assert tour_words(app).endswith("Press Down.")
        asked = []
        for key in ("down", "f8", "enter", "f2", "alt+z", "escape", "alt+shift+v"):
            await press(app, pilot, key)
            asked.append(tour_words(app).rpartition("Press ")[2])
        assert asked == ["F8.", "Enter.", "F2.", "Alt+Z.", "Esc.", "Alt+Shift+V.", "F1."]
        await press(app, pilot, "escape", "f1")
        assert app.desk.tour is None
    async with sample(tmp_path) as (app, pilot):
        assert app.desk.tour is None
        await press(app, pilot, "alt+shift+u")
        assert "Press Down." in tour_words(app)
        await press(app, pilot, "alt+shift+u")
        assert app.desk.tour is None


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
@on_screen
async def test_the_tour_leaves_list_and_editor_in_view(tmp_path: Path, size: tuple[int, int]) -> None:
    async with sample(tmp_path, size=size) as (app, _pilot):
        bar = app.desk.query_one(TourBar)
        panel = app.desk.panel
        assert panel is not None
        assert bar.region.y >= panel.region.bottom
        assert panel.editor.size.height >= 2
        assert app.desk.query_one("#grid").size.height >= 2
        assert bar.region.height <= 4


@on_screen
async def test_the_tour_is_for_the_sample_and_can_be_declined(tmp_path: Path) -> None:
    async with sample(tmp_path / "one", tour=False) as (app, _pilot):
        assert app.desk.tour is None
    init(tmp_path / "two", sample=True)
    with (tmp_path / "two/workbench.toml").open("a", encoding="utf-8") as file:
        file.write("\n[screen]\ntour = false\n")
    async with sample(tmp_path / "two") as (app, _pilot):
        assert app.desk.tour is None
    assert is_sample({"cannes-lions-2019"})
    assert not is_sample({"talk"})
    assert not is_sample(set())


def test_every_step_of_the_tour_and_every_key_in_the_help_is_of_a_command_that_there_is() -> None:
    known = {command.name for command in keys.commands()}
    assert {step.command for step in STEPS} <= known
    for _title, _about, names in PLACES.values():
        assert set(names) <= known
    for pane in PANES:
        assert set(pane.commands) <= known, pane.name


def test_help_begins_with_what_has_the_keys_and_the_pane() -> None:
    paragraphs = help_paragraphs(keys.commands(), place="editor", pane=BY_NAME["matches"])
    heads = [one.text for one in paragraphs if one.style == "accent strong"]
    assert heads[:3] == ["The target", "The pane Matches", "All keys"]
    lines = [(one.lead.strip(), one.text) for one in paragraphs]
    assert lines.index(("F2  Alt+C  Ctrl+Enter", "save, mark as done and go to the next open unit")) < 4
    assert help_paragraphs(keys.commands())[0].text.startswith("The list on top moves")


@on_screen
async def test_f1_explains_where_one_is(tmp_path: Path) -> None:
    async with sample(tmp_path, tour=False) as (app, pilot):
        for opening, title in (
            ((), "The list of units"),
            (("enter",), "The target"),
            (("f10",), "The bar of the"),
        ):
            await press(app, pilot, *opening, "f1")
            assert isinstance(app.screen, Reading)
            assert app.screen.query_one(Sheet).text.startswith(title)
            await press(app, pilot, "escape")
            await press(app, pilot, "escape")


@pytest.mark.parametrize(
    ("name", "state", "typing", "fits"),
    [
        ("confirm", State.INITIAL, False, True),
        ("confirm", State.REVIEWED, False, False),
        ("unconfirm", State.REVIEWED, False, True),
        ("sign_off", State.REVIEWED, False, True),
        ("sign_off", State.INITIAL, False, False),
        ("restore_draft", State.INITIAL, False, False),
        ("tidy", State.INITIAL, True, True),
        ("tidy", State.INITIAL, False, False),
        ("goto", State.FINAL, False, True),
        ("unmark", State.INITIAL, False, False),
    ],
)
def test_what_applies_now_stands_first_in_the_palette(
    name: str, state: State, typing: bool, fits: bool
) -> None:
    unit = TranslationUnit("1", 0, "We left.", "我们走了。", state, drafts=(Draft("1", "我们走了。"),))
    command = {one.name: one for one in keys.commands()}[name]
    assert applies(command, unit, None, typing=typing) is fits


def effort(seconds: float, size: int, units: int, keystrokes: int) -> Effort:
    bands = tuple((label, 0) for label, *_rest in BANDS)
    return Effort(units, units, seconds, keystrokes, size, 0, "words", "characters", units, bands)


def test_plots_show_progress_edits_issues_and_pace() -> None:
    document = DocumentStats(
        name="talk",
        total=40,
        states=(("initial", 28), ("translated", 2), ("reviewed", 9), ("final", 1)),
        source_characters=0,
        target_characters=0,
        doubtful=3,
        scores=(Score("ter", 12.34, 10, "sig"),),
        bands=(("0", 6), ("1-10", 3), ("over 50", 1)),
    )
    groups = (
        Group("2026-11-20", effort(3600, 500, 20, 400), None),
        Group("2026-11-21", effort(1800, 500, 10, 50), None),
        Group("total", effort(5400, 1000, 30, 450), None),
    )
    overview = Overview("day", (document,), groups, None)
    issues = {("number", "major"): 4, ("width", "minor"): 8, ("tag", "critical"): 1}
    shown = [one.text for one in statistics_paragraphs(overview, issues, columns=60)]
    assert shown == [
        "Progress   10 of 40 units are done",
        "◦  initial                  28  ==========================",
        "✎  translated                2  ==",
        "✓  reviewed                  9  ========",
        "✓✓ final                     1  =",
        "?  3 units whose alignment is doubtful",
        "",
        "Edits   how much of the draft was changed: character edit rate, units",
        "0%                      6  60%  ==========================",
        "1-10%                   3  30%  =============",
        "over 50%                1  10%  ====",
        "TER 12.3",
        "",
        "Issues   what the checks find now, by kind",
        "~  width                     8  ==========================",
        "!  number                    4  =============",
        "✗  tag                       1  ===",
        "",
        "Pace   words of the source an hour, by day",
        "2026-11-20                 500  =============",
        "2026-11-21               1,000  ==========================",
        "90 minutes at 30 units: 180.0 s and 15.0 keys for each",
    ]


def test_plots_of_a_project_name_its_documents_and_nothing_is_said_to_be_nothing() -> None:
    empty = DocumentStats("a", 4, (("initial", 4), ("reviewed", 0), ("final", 0)), 0, 0, 0, (), (("0", 0),))
    overview = Overview(
        "day", (empty, replace(empty, name="b"), replace(empty, name="total", total=8)), (), None
    )
    shown = [one.text for one in statistics_paragraphs(overview, {}, columns=60)]
    assert any(line.startswith("a                          0/4") for line in shown)
    assert "nothing that had a draft is done yet" in shown
    assert "none" in shown
    assert "no time is on record yet" in shown


@on_screen
async def test_statistics_are_counted_behind_the_screen_for_one_document_or_all(tmp_path: Path) -> None:
    async with sample(tmp_path, tour=False) as (app, pilot):
        await press(app, pilot, "f9", "f2", "alt+shift+p")
        screen = app.screen
        assert isinstance(screen, Statistics)
        while not screen.is_counted:
            await pilot.pause(0.02)
        text = screen.query_one(Sheet).text
        assert "1 of 43 units are done" in text
        assert "!  number" in text or "✗  number" in text
        await press(app, pilot, "a")
        while not screen.is_counted:
            await pilot.pause(0.02)
        assert "all documents" in str(screen.query_one("Statistics > Container").border_title)
        await press(app, pilot, "escape")
        assert not isinstance(app.screen, Statistics)
        assert message(app) == ""
