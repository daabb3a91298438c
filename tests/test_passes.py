"""Two passes: translator and reviewer, their states, what each does next, what each sees, whose work counts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from session_parts import CHECKS
from test_tui_screen import on_screen, press, review, write_document

from workbench.cli.review import command
from workbench.model import Document, Draft, TranslationUnit
from workbench.pipeline.project import Project
from workbench.pipeline.stats import overview
from workbench.review.passes import Passes
from workbench.review.project import open_project
from workbench.review.session import ReviewSession
from workbench.store import Store, open_store
from workbench.termbase import Termbase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
PAIRS = (("The hall was full.", "厅满了。"), ("We left.", "我们走了。"), ("It rained.", "下雨。"))


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store("sqlite://", clock=lambda: NOON) as store:
        fill(store)
        yield store


def fill(store: Store) -> None:
    units = [
        TranslationUnit("", at, source, target, drafts=(Draft("d", target),))
        for at, (source, target) in enumerate(PAIRS)
    ]
    store.save_document(Document("talk", "txt"), units)


def as_role(store: Store, author: str, role: str) -> ReviewSession:
    return ReviewSession(
        store, "talk", author, checks=CHECKS, termbase=Termbase(), clock=lambda: NOON, role=role
    )


def states(store: Store) -> str:
    return "".join(str(unit.state)[0] for unit in store.units("talk"))


def test_each_confirms_to_a_state_of_their_own(store: Store) -> None:
    tina = as_role(store, "tina", "translator")
    assert tina.confirm("大厅满了。") == "unit 1 translated; unit 2 of 3, initial"
    rob = as_role(store, "rob", "reviewer")
    assert rob.confirm() == "unit 1 reviewed; nothing translated left: next_open goes on to 2 untranslated"
    assert states(store) == "rii"


def test_a_reviewer_goes_to_what_is_translated_first(store: Store) -> None:
    tina = as_role(store, "tina", "translator")
    tina.goto(3)
    tina.confirm("下雨了。")
    rob = as_role(store, "rob", "reviewer")
    assert rob.next_open() == "unit 3 of 3, translated"
    left = "nothing translated left: next_open goes on to 2 untranslated"
    assert rob.confirm() == f"unit 3 reviewed; {left}"
    # Confirming never goes to what is not translated before the reviewer has asked for it.
    assert rob.confirm() == f"unit 3 is reviewed already; {left}"
    assert rob.number == 3
    assert rob.next_open() == "unit 1 of 3, initial"
    assert rob.confirm() == "unit 1 reviewed; unit 2 of 3, initial"
    assert rob.confirm() == "unit 2 reviewed; no open unit is left"


def test_a_reviewer_is_told_also_after_a_restart_and_goes_where_the_filter_asks(store: Store) -> None:
    as_role(store, "tina", "translator").confirm()
    as_role(store, "rob", "reviewer").confirm()
    rob = as_role(store, "rob", "reviewer")
    told = "nothing translated left: next_open goes on to 2 untranslated"
    assert rob.previous_open() == told
    assert rob.previous_open() == "unit 3 of 3, initial"
    for words in ("open", "initial", "state:initial"):
        rob = as_role(store, "rob", "reviewer")
        rob.set_filter(words)
        assert rob.next_open() in ("unit 2 of 3, initial", "unit 3 of 3, initial")
    rob = as_role(store, "rob", "reviewer")
    rob.set_filter("text: 了")
    assert rob.next_open() == told


def test_who_works_alone_goes_on_to_every_open_unit(store: Store) -> None:
    alone = as_role(store, "rob", "reviewer")
    assert alone.next_open() == "unit 2 of 3, initial"
    assert alone.confirm() == "unit 2 reviewed; unit 3 of 3, initial"


def test_translated_units_that_come_in_are_first_again(store: Store) -> None:
    tina, rob = as_role(store, "tina", "translator"), as_role(store, "rob", "reviewer")
    tina.confirm()
    rob.poll()
    rob.goto(1)
    rob.confirm()
    rob.next_open()
    assert rob.number == 2
    tina.goto(3)
    tina.confirm()
    rob.poll()
    assert rob.confirm() == "unit 2 reviewed; unit 3 of 3, translated"
    assert rob.confirm() == "unit 3 reviewed; no open unit is left"


def test_a_translator_goes_to_what_was_sent_back_first(store: Store) -> None:
    tina, rob = as_role(store, "tina", "translator"), as_role(store, "rob", "reviewer")
    for number in (1, 2, 3):
        tina.goto(number)
        tina.confirm()
    tina.goto(1)
    tina.unconfirm()
    rob.poll()
    rob.goto(3)
    assert rob.reject("it rained the whole day") == "unit 3 rejected"
    tina.poll()
    tina.goto(2)
    assert tina.next_open() == "unit 3 of 3, initial"
    assert tina.threads()[0].is_rejection
    tina.set_filter("rejected")
    assert tina.count == 1
    tina.confirm("下了一整天雨。")
    (thread,) = (store.unit("talk:3").notes,)
    assert thread == ("[resolved, rejected] rob, 2026-03-01T12:00:00Z: it rained the whole day",)
    assert tina.undo().startswith("confirm undone")
    assert tina.threads()[0].is_open
    tina.set_filter("all")
    tina.goto(1)
    assert tina.next_open() == "unit 3 of 3, initial"


def test_a_reviewer_sees_draft_translation_and_own_text(store: Store) -> None:
    tina, rob = as_role(store, "tina", "translator"), as_role(store, "rob", "reviewer")
    assert rob.passes(rob.unit, "厅满了。") is None
    tina.confirm("大厅满了。")
    rob.poll()
    rob.goto(1)
    rob.edit("大厅坐满了。")
    assert str(rob.unit.state) == "translated"
    wanted = Passes("厅满了。", "大厅满了。", "tina", "大厅座无虚席。")
    assert rob.passes(rob.unit, "大厅座无虚席。") == wanted
    rob.confirm("大厅座无虚席。")
    rob.goto(1)
    assert rob.passes(rob.unit, rob.unit.target) == wanted
    rob.reject("again")
    assert rob.passes(rob.unit, rob.unit.target) is None


def test_each_counts_for_what_they_changed_of_what_they_got(tmp_path: Path) -> None:
    (tmp_path / "workbench.toml").write_text("", encoding="utf-8")
    with Project(tmp_path) as project:
        fill(project.store)
        tina = as_role(project.store, "tina", "translator")
        rob = as_role(project.store, "rob", "reviewer")
        tina.confirm("大厅座无虚席。")
        rob.poll()
        rob.goto(1)
        rob.confirm()
        groups = {one.name: one.effort for one in overview(project, by="reviewer").groups}
        bands = {name: dict(one.bands) for name, one in groups.items() if one is not None}
        assert {name: one[">50"] for name, one in bands.items()} == {"rob": 0, "tina": 1, "total": 1}
        assert {name: one["0"] for name, one in bands.items()} == {"rob": 1, "tina": 0, "total": 0}


def test_the_role_is_given_on_the_command_line(tmp_path: Path) -> None:
    write_document(tmp_path, "talk", PAIRS)
    script = tmp_path / "script.txt"
    script.write_text("confirm\n", encoding="utf-8")
    for role, said in (
        ("translator", "unit 1 translated; unit 2"),
        ("reviewer", "unit 1 reviewed; nothing"),
    ):
        options = ["--author", role, "--role", role, "--script", str(script)]
        done = CliRunner().invoke(command, [str(tmp_path), *options])
        assert (done.exit_code, done.output[: len(said)]) == (0, said)


@on_screen
async def test_the_screen_shows_both_steps_to_a_reviewer(tmp_path: Path) -> None:
    write_document(tmp_path, "talk", PAIRS)
    (tmp_path / "workbench.toml").write_text('author = "rob"\n', encoding="utf-8")
    with open_project(tmp_path) as project:
        project.import_new()
        as_role(project.store, "tina", "translator").confirm("大厅满了。")
    async with review(tmp_path, size=(160, 48)) as (app, pilot):
        await press(app, pilot, "g", "enter", "end", "backspace", "好")
        assert app.desk.panel is not None
        assert app.desk.panel.view is not None
        shown = [one.text for one in app.desk.panel.view.sections["draft"]]
        assert shown == [
            "1 draft to tina: changed",
            "{+大+}厅满了。",
            "2 tina to now: changed",
            "大厅满了[-。-]{+好+}",
        ]
