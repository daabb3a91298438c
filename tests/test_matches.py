"""Matches of the project: read from the store, kept up with it, put in, propagated, exported and brought back."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench import open_project
from workbench.errors import CommandError
from workbench.model import State
from workbench.pipeline.matches import project_memory
from workbench.review.project import ReviewProject
from workbench.review.roles import everything
from workbench.review.script import run_script
from workbench.tui import keys

HEAD = "id,source,target,state\r\n"
TARIFF = (
    "1,The fee is 45 dollars a month.,费用为每月45美元。,reviewed\r\n"
    "2,Open the door.,打开门。,initial\r\n"
    "3,The fee is 60 dollars a month.,,initial\r\n"
    "4,Open the door.,,initial\r\n"
    "5,Open the door.,开门！,reviewed\r\n"
    "6,Open the door.,,initial\r\n"
)
MANUAL = (
    "m1,The fee is 45 dollars a month.,每月收费45美元。,reviewed\r\nm2,Open the door.,请开门。,translated\r\n"
)


@pytest.fixture
def project(tmp_path: Path) -> ReviewProject:
    (tmp_path / "segments").mkdir()
    (tmp_path / "workbench.toml").write_text('author = "zoe"\n', encoding="utf-8")
    for name, rows in (("tariff", TARIFF), ("manual", MANUAL)):
        (tmp_path / "segments" / f"{name}.csv").write_text(HEAD + rows, encoding="utf-8", newline="")
    opened = open_project(tmp_path)
    opened.import_new()
    return opened


def test_units_of_all_documents_are_found_once_people_are_done_with_them(project: ReviewProject) -> None:
    memory = project_memory(project)
    found = memory.find("The fee is 60 dollars a month.")
    assert [(one.percent, one.target, one.document) for one in found] == [
        (97, "每月收费45美元。", "manual"),
        (97, "费用为每月45美元。", "tariff"),
    ]
    assert {one.target for one in memory.find("Open the door.")} == {"请开门。", "开门！"}
    assert len(memory) == 4
    assert len(project_memory(project.store, "en", "zh-TW")) == 0


def test_what_is_decided_afterwards_is_known_at_once(project: ReviewProject) -> None:
    memory = project_memory(project)
    memory.find("Open the door.")
    session = project.review("tariff")
    session.goto(2)
    session.confirm("把门打开。")
    found = memory.find("Open the door.")
    assert (found[0].target, found[0].author, found[0].unit_id) == ("把门打开。", "zoe", "2")
    session.undo()
    assert "把门打开。" not in {one.target for one in memory.find("Open the door.")}


def test_context_is_that_of_the_documents(project: ReviewProject) -> None:
    memory = project_memory(project)
    fee = "The fee is 45 dollars a month."
    assert [one.percent for one in memory.find(fee, after="Open the door.")] == [101, 101]
    assert [one.percent for one in memory.find(fee, before="x", after="Open the door.")] == [100, 100]
    session = project.review("tariff")
    session.goto(2)
    session.merge()
    assert sorted(one.percent for one in memory.find(fee, after="Open the door.")) == [100, 101]


def test_a_match_becomes_the_target_and_a_draft(project: ReviewProject) -> None:
    session = project.review("tariff")
    session.goto(3)
    assert [one.percent for one in session.matches()] == [97, 97]
    assert session.match(2) == "unit 3: match of 97% from tariff"
    unit = session.unit
    assert (unit.target, unit.state) == ("费用为每月45美元。", State.INITIAL)
    assert [(one.engine, one.match, one.text) for one in unit.drafts] == [
        ("memory", 97.0, "费用为每月45美元。")
    ]
    with pytest.raises(CommandError, match="the target is that match already"):
        session.match(2)
    with pytest.raises(CommandError, match="there is no match 3: the unit has 2"):
        session.match(3)
    assert session.undo() == "match undone; unit 3 of 6, initial"
    assert (session.unit.target, session.unit.drafts) == ("", ())


def test_the_draft_that_a_unit_began_with_stays_the_first(project: ReviewProject) -> None:
    session = project.review("tariff")
    session.goto(2)
    began = session.unit.drafts
    session.match(1)
    assert session.unit.drafts[: len(began)] == began
    assert session.unit.drafts[-1].match == 100.0
    session.match(2)
    assert [one.engine for one in session.unit.drafts[len(began) :]] == ["memory", "memory"]


def test_a_unit_is_never_its_own_match(project: ReviewProject) -> None:
    session = project.review("tariff")
    session.goto(1)
    assert [one.document for one in session.matches()] == ["manual"]


def test_a_confirmed_text_goes_to_equal_open_units_as_one_step(project: ReviewProject) -> None:
    session = project.review("tariff")
    session.goto(2)
    assert session.count_repetitions(session.unit) == 2
    answer = session.confirm()
    offer = "unit 5 reads otherwise; 2 with the same source: propagate"
    assert answer == f"unit 2 reviewed; unit 3 of 6, initial; {offer}"
    assert session.propagate() == "2 units reviewed as unit 2; unit 5 reads otherwise"
    units = session.store.units("tariff")
    assert [(one.target, str(one.state)) for one in units] == [
        ("费用为每月45美元。", "reviewed"),
        ("打开门。", "reviewed"),
        ("", "initial"),
        ("打开门。", "reviewed"),
        ("开门！", "reviewed"),
        ("打开门。", "reviewed"),
    ]
    assert [(one.engine, one.match) for one in units[3].drafts] == [("memory", 100.0)]
    session.undo()
    assert [one.target for one in session.store.units("tariff")][3:] == ["", "开门！", ""]
    fresh = project.review("tariff")
    fresh.goto(3)
    with pytest.raises(CommandError, match="confirm the unit first"):
        fresh.propagate()


def test_a_reviewer_offers_a_text_to_what_is_translated_and_tells_apart_what_reads_otherwise(
    project: ReviewProject,
) -> None:
    session = project.review("tariff")
    session.goto(6)
    session.confirm("请开门。")
    session.goto(5)
    session.unconfirm()
    session.role, session._everything = "translator", everything("translator")
    session.confirm("开门！")
    session.role, session._everything = "reviewer", everything("reviewer")
    session.goto(4)
    session.reject("not this")
    session.goto(2)
    assert session.count_repetitions(session.unit) == 2
    answer = session.confirm("打开门。")
    offer = "unit 6 reads otherwise; 2 with the same source: propagate (1 translated otherwise)"
    assert answer.endswith(f"; {offer}")
    assert session.propagate() == "2 units reviewed as unit 2; unit 6 reads otherwise"
    units = session.store.units("tariff")
    assert [(one.target, str(one.state)) for one in units if one.source == units[1].source] == [
        ("打开门。", "reviewed"),
        ("打开门。", "reviewed"),
        ("打开门。", "reviewed"),
        ("请开门。", "reviewed"),
    ]
    assert not session.threads() or not any(thread.is_open for thread in session.threads())
    session.goto(2)
    with pytest.raises(CommandError, match="no open unit has the source of unit 2; unit 6 reads otherwise"):
        session.propagate()
    session.undo()
    states = [str(one.state) for one in session.store.units("tariff")][3:]
    assert states == ["initial", "translated", "reviewed"]


def test_matches_in_a_script(project: ReviewProject) -> None:
    session = project.review("tariff")
    lines = ["goto 3", "print matches", "match 2", "expect target 费用为每月45美元。", "confirm", "goto 2"]
    answers = list(run_script(session, [*lines, "confirm", "propagate"]))
    assert answers[1:4] == ["97 97", "unit 3: match of 97% from tariff", "target is as expected"]
    assert answers[-1] == "2 units reviewed as unit 2; unit 5 reads otherwise"


@pytest.mark.parametrize("format", ["tmx", "csv", "jsonl"])
def test_all_drafts_with_engine_and_match_are_exported_and_come_back(
    project: ReviewProject, tmp_path: Path, format: str
) -> None:
    from workbench import formats

    session = project.review("tariff")
    session.goto(2)
    session.match(1)
    out = tmp_path / f"out.{format}"
    project.export(out, document="tariff", done_only=False)
    units = {unit.id: unit for unit in formats.read(out).units}
    assert [(one.text, one.engine, one.match) for one in units["2"].drafts] == [
        (one.text, one.engine, one.match) for one in session.unit.drafts
    ]
    assert units["2"].drafts[-1].match == 100.0


def test_the_key_of_an_offer_stands_where_a_narrow_line_shows_it() -> None:
    commands = {command.name: command for command in keys.commands(None)}
    answer = (
        "unit 2 reviewed; unit 3 of 6, initial; unit 6 reads otherwise; 2 with the same source: propagate"
    )
    assert keys.with_keys(answer, commands) == (
        "unit 2 reviewed; 2 with the same source: Alt+Shift+C confirms them too; unit 3 of 6, initial; "
        "unit 6 reads otherwise"
    )
    left = "unit 4 reviewed; nothing translated left: next_open goes on to 297 untranslated"
    assert keys.with_keys(left, commands) == (
        "unit 4 reviewed; nothing translated left: Alt+N goes on to 297 untranslated"
    )
    both = f"{left}; 1 with the same source: propagate"
    assert keys.with_keys(both, commands) == (
        "unit 4 reviewed; 1 with the same source: Alt+Shift+C confirms them too; "
        "nothing translated left: Alt+N goes on to 297 untranslated"
    )
    assert keys.with_keys("unit 4 saved", commands) == "unit 4 saved"
