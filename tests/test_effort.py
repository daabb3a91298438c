"""Effort: time, pace, untouched drafts and bands, by document, reviewer, day and engine."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from session_parts import CHECKS

from workbench.cli import stats
from workbench.metrics.effort import BANDS, LAST_BAND, band, counted, size
from workbench.model import Document, Draft, Severity, TranslationUnit
from workbench.pipeline.effort import By, EffortTally
from workbench.pipeline.project import Project
from workbench.pipeline.stats import Overview, overview
from workbench.report.bars import bars
from workbench.report.stats import to_text
from workbench.report.tables import width
from workbench.review.session import ReviewSession
from workbench.store import Work
from workbench.store.records import Spent
from workbench.termbase import Termbase

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TALK = [
    ("The hall was full to the last seat.", "大厅座无虚席。", "argos"),
    ("Nobody left before the end.", "没人在结束前离开。", "deepl"),
]
CALL = [("Good morning, everyone.", "大家早上好。", "argos")]
LANGS = {"source_lang": "en", "target_lang": "zh"}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Ann confirms a unit untouched on Monday; Bob edits one, undoes it, and confirms it otherwise on Tuesday."""
    (tmp_path / "workbench.toml").write_text('author = "ann"\n', encoding="utf-8")
    project = Project(tmp_path)
    for name, pairs in (("talk", TALK), ("call", CALL)):
        units = [
            TranslationUnit("", 0, source, target, drafts=(Draft("d", target, engine),))
            for source, target, engine in pairs
        ]
        project.store.save_document(Document(name, "txt"), units)

    def review(author: str, days: int) -> ReviewSession:
        store = project.store
        now = MONDAY + timedelta(days=days)
        store._clock = lambda: now
        return ReviewSession(store, "talk", author, checks=CHECKS, termbase=Termbase(), clock=lambda: now)

    review("ann", 0).confirm(seconds=36.0, keystrokes=0)
    bob = review("bob", 1)
    bob.goto(2)
    bob.edit("没有人离开。", seconds=20.0, keystrokes=8)
    bob.undo()
    bob.confirm("没人在会议结束前离开。", seconds=16.0, keystrokes=4)
    return project


def test_sizes_are_words_of_english_and_characters_of_chinese() -> None:
    assert (size("The hall  was full.", "en"), counted("en")) == (4, "words")
    assert (size("大厅 座无虚席。", "zh-CN"), counted("zh-CN")) == (7, "characters")
    assert size(" \n", "en") == size(" \n", "zh") == 0


def test_the_worked_example_of_the_docs(project: Project) -> None:
    effort = overview(project).groups[-1].effort
    assert effort is not None
    # 36 + 20 + 16 seconds, the undone edit among them; 8 + 5 words; 7 + 11 characters.
    assert (effort.worked, effort.timed, effort.seconds, effort.keystrokes) == (2, 2, 72.0, 12)
    assert (effort.source_size, effort.target_size) == (13, 18)
    assert effort.source_per_hour == pytest.approx(13 / 72 * 3600) == pytest.approx(650)
    assert effort.target_per_hour == pytest.approx(18 / 72 * 3600) == pytest.approx(900)
    assert (effort.drafted, effort.untouched, effort.untouched_share) == (2, 1, 50.0)
    # Two characters came in, of eleven: 18.2%.
    assert dict(effort.bands) == {"0": 1, "1-5": 0, "6-15": 0, "16-25": 1, "26-50": 0, ">50": 0}


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("document", {"talk": 72.0}),
        ("reviewer", {"ann": 36.0, "bob": 36.0}),
        ("day", {"2026-03-02": 36.0, "2026-03-03": 36.0}),
        ("engine", {"argos": 36.0, "deepl": 36.0}),
    ],
)
def test_effort_is_grouped(project: Project, by: By, groups: dict[str, float]) -> None:
    found = overview(project, by=by)
    seconds = {group.name: group.effort.seconds for group in found.groups if group.effort is not None}
    assert seconds == {**groups, "total": 72.0}


def test_a_project_without_review_has_no_effort(tmp_path: Path) -> None:
    (tmp_path / "workbench.toml").write_text("", encoding="utf-8")
    project = Project(tmp_path)
    project.store.save_document(Document("talk", "txt"), [TranslationUnit("", 0, "A b.", "甲。")])
    text = to_text(overview(project))
    assert "effort" not in text
    assert "no edit scores" in text


def test_time_on_a_unit_that_is_gone_still_counts() -> None:
    tally = EffortTally("document")
    tally.add("talk", [], [Work("talk:9", "ann", "2026-03-02", 5.0, 3, "edit", False)], {}, **LANGS)
    effort = tally.total()
    assert (effort.worked, effort.timed, effort.seconds, effort.source_size) == (1, 1, 5.0, 0)


def test_who_judges_or_signs_off_a_confirmed_unit_did_not_review_its_draft(project: Project) -> None:
    carol = ReviewSession(project.store, "talk", "carol", checks=CHECKS, termbase=Termbase())
    carol.goto(1)
    carol.rate(90)
    carol.goto(2)
    carol.sign_off()
    groups = {group.name: group.effort for group in overview(project, by="reviewer").groups}
    kept = {name: effort.untouched_share for name, effort in groups.items() if effort is not None}
    assert kept == {"ann": 100.0, "bob": 0.0, "total": 50.0}


def test_time_of_judging_counts_beside_that_of_confirming(project: Project) -> None:
    carol = ReviewSession(project.store, "talk", "carol", checks=CHECKS, termbase=Termbase())
    carol.goto(1)
    for act in (lambda: carol.rate(90), lambda: carol.annotate("style", "minor"), carol.sign_off, carol.undo):
        carol.at_work = Spent("talk:1", 4.0, 1)
        act()
    # Undo ends no work; a script's decision took no time.
    carol.at_work = None
    carol.note("look")
    work = [one[1:] for one in project.store.work("talk") if one.author == "carol"]
    day = work[0][1]
    assert work == [
        ("carol", day, 4.0, 1, "rate", False),
        ("carol", day, 4.0, 1, "annotate", False),
        ("carol", day, 4.0, 1, "sign off", True),
    ]
    groups = {group.name: group.effort for group in overview(project, by="reviewer").groups}
    effort = groups["carol"]
    assert effort is not None
    assert (effort.worked, effort.timed, effort.seconds, effort.source_size) == (1, 1, 12.0, 8)
    assert groups["total"] is not None
    assert (groups["total"].worked, groups["total"].seconds) == (2, 84.0)


def test_time_at_work_goes_with_the_text_that_is_saved(project: Project) -> None:
    bob = ReviewSession(project.store, "talk", "bob", checks=CHECKS, termbase=Termbase())
    bob.goto(1)
    bob.at_work = Spent("talk:1", 6.0, 2)
    bob.confirm("大厅坐满了。")
    assert bob.at_work is None
    assert [(one.seconds, one.keystrokes) for one in project.store.post_edits("talk:1")] == [
        (36.0, 0),
        (6.0, 2),
    ]
    assert len(project.store.work("talk")) == 4


def test_a_document_is_counted_in_its_own_language(tmp_path: Path) -> None:
    (tmp_path / "workbench.toml").write_text("", encoding="utf-8")
    project = Project(tmp_path)
    unit = TranslationUnit(
        "", 0, "大厅座无虚席。", "The hall was full.", drafts=(Draft("d", "A full hall."),)
    )
    project.store.save_document(Document("back", "txt", "zh-CN", "en"), [unit])
    session = ReviewSession(project.store, "back", "ann", checks=CHECKS, termbase=Termbase())
    session.annotate("style", Severity.MINOR)
    session.confirm(seconds=36.0)
    (group,) = overview(project).groups
    assert group.effort is not None
    assert (group.effort.source_counted, group.effort.source_size) == ("characters", 7)
    assert (group.effort.target_counted, group.effort.target_size) == ("words", 4)
    assert group.quality is not None
    assert group.quality.mqm is not None
    assert (group.quality.mqm.counted, group.quality.mqm.ewc) == ("words", 4)


def test_two_people_on_one_unit_count_it_once_each() -> None:
    unit = TranslationUnit("u", 0, "One two three.", "一二三。")
    work = [Work("u", author, "2026-03-02", 10.0, 1, "edit", False) for author in ("ann", "bob", "ann")]
    tally = EffortTally("reviewer")
    tally.add("talk", [unit], work, {}, **LANGS)
    groups = tally.groups()
    assert {name: (one.worked, one.seconds, one.source_size) for name, one in groups.items()} == {
        "ann": (1, 20.0, 3),
        "bob": (1, 10.0, 3),
    }
    assert (tally.total().seconds, tally.total().source_size) == (30.0, 3)


@pytest.mark.parametrize(
    ("rate", "name"),
    [
        (0, "0"),
        (0.1, "1-5"),
        (5, "1-5"),
        (5.01, "6-15"),
        (25, "16-25"),
        (50, "26-50"),
        (50.1, ">50"),
        (900, ">50"),
    ],
)
def test_a_started_percent_counts_as_whole(rate: float, name: str) -> None:
    assert band(rate) == name
    assert name in [*(label for label, _ in BANDS), LAST_BAND]


def test_of_many_units_only_the_edit_rate_is_taken(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def names(found: Overview) -> list[str]:
        return [score.metric for score in found.documents[-1].scores]

    assert names(overview(project)) == ["edit", "ter", "chrf", "bleu"]
    monkeypatch.setattr("workbench.pipeline.stats.ALL_METRICS_UP_TO", 1)
    assert names(overview(project)) == ["edit"]
    assert "--metric edit,ter,chrf,bleu" in to_text(overview(project))
    assert names(overview(project, metrics=("chrf", "bleu"))) == ["chrf", "bleu"]


def test_the_command_prints_effort_as_text_and_as_json(project: Project) -> None:
    folder = str(project.folder)
    project.close()
    text = CliRunner().invoke(stats.command, [folder, "--by", "reviewer"]).output
    rows = [line.split() for line in text.splitlines()]
    header = [
        "effort",
        "by",
        "reviewer",
        "units",
        "timed",
        "hours",
        "s/unit",
        "keys/unit",
        "source",
        "words/h",
    ]
    assert next(row for row in rows if row[:1] == ["effort"])[: len(header)] == header
    assert ["ann", "1", "1", "0.01", "36.0", "0.0", "800", "700", "100%"] in rows
    assert ["bob", "1", "1", "0.01", "36.0", "12.0", "500", "1,100", "0%"] in rows
    records = json.loads(CliRunner().invoke(stats.command, [folder, "--to", "json"]).output)
    assert [record["document"] for record in records] == ["call", "talk", "total"]
    assert records[0]["effort"] is None
    assert records[-1]["effort"]["source_words_per_hour"] == pytest.approx(650)
    assert records[-1]["mqm"] is records[-1]["esa"] is None


def test_bars_are_as_long_as_their_values() -> None:
    text = bars("hours", [("monday", 8.0, "8 h"), ("星期二", 4.0, "4 h"), ("none", 0.0, "0 h")], columns=40)
    assert text.splitlines() == [
        "hours",
        f"  monday  8 h  {'#' * 25}",
        f"  星期二  4 h  {'#' * 12}",
        "  none    0 h",
    ]
    assert bars("nothing", []) == ""


@given(
    st.lists(
        st.tuples(st.text(max_size=50), st.floats(0, 1e9), st.text("0123456789 h", max_size=9)), max_size=8
    ),
    st.integers(40, 200),
)
def test_no_bar_is_wider_than_the_terminal(rows: list[tuple[str, float, str]], columns: int) -> None:
    lines = bars("title", rows, columns=columns).splitlines()
    assert all(width(line) <= columns for line in lines)
    assert len(lines) == (len(rows) + 1 if rows else 0)
