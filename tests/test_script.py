"""Review scripts: what they print, where they stop, and what stays."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from session_parts import CHECKS

from workbench.errors import ScriptError
from workbench.model import Document, Draft, State, TranslationUnit
from workbench.review.script import run_script
from workbench.review.session import ReviewSession
from workbench.store import Store, open_store
from workbench.termbase import Termbase

PAIRS = [("Good morning.", "早上好."), ("It cost 5.2 billion yuan.", "花了5.2亿元。"), ("Thanks.", "谢谢。")]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = open_store(tmp_path / "review.db")
    units = [TranslationUnit("", 0, source, target, drafts=(Draft("d", target),)) for source, target in PAIRS]
    store.save_document(Document("talk", "txt"), units)
    return store


def run(store: Store, script: str) -> list[str]:
    noon = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    session = ReviewSession(store, "talk", "ann", checks=CHECKS, termbase=Termbase(), clock=lambda: noon)
    return list(run_script(session, script.split("\n"), name="fix.review"))


def test_a_script_is_carried_out_line_by_line(store: Store) -> None:
    script = """
        # the first one has a half-width stop
        fix
        confirm
        expect unit 2
        print issues
        edit 花了52亿元。
        expect issues 0
        confirm
        undo
        redo
        goto 3
        confirm 多谢。
        expect state reviewed
        filter reviewed
        expect count 3
    """
    assert run(store, script) == [
        "unit 1: punctuation fixed",
        "unit 1 reviewed; unit 2 of 3, initial",
        "unit is as expected",
        "1",
        "unit 2 saved",
        "issues is as expected",
        "unit 2 reviewed; unit 3 of 3, initial",
        "confirm undone; unit 2 of 3, initial",
        "confirm done again; unit 2 of 3, reviewed",
        "unit 3 of 3, initial",
        "unit 3 reviewed; no open unit is left",
        "state is as expected",
        "filter reviewed: 3 of 3 units; unit 3 of 3, reviewed",
        "count is as expected",
    ]
    assert [unit.target for unit in store.units("talk")] == ["早上好。", "花了52亿元。", "多谢。"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("fly", "no command named 'fly' (there are: next, previous"),
        ("goto 7", "there is no unit 7: the document has 3"),
        ("goto", "goto needs a number"),
        ("fix 4", "there is no issue 4: the unit has 1"),
        ("unwaive", "the unit has no waived issue"),
        ("expect target 花了52亿元。", "expected target '花了52亿元。', found '花了5.2亿元。'"),
        ("expect mood good", "no value named 'mood'"),
        ("split 0 0", "a split must leave some text on both sides"),
    ],
)
def test_the_first_line_that_cannot_be_carried_out_ends_the_script(
    store: Store, line: str, reason: str
) -> None:
    with pytest.raises(ScriptError) as stop:
        run(store, f"confirm 早上好。\n\n{line}\nconfirm 别的。")
    assert (stop.value.file, stop.value.line) == ("fix.review", 3)
    assert str(stop.value).startswith(f"fix.review:3: {reason}")
    assert [unit.state for unit in store.units("talk")] == [State.REVIEWED, State.INITIAL, State.INITIAL]
    place = store.place("talk", "ann")
    assert place is not None
    assert place.unit_id == "talk:2"


def test_each_answer_comes_before_the_next_line_is_begun(store: Store) -> None:
    session = ReviewSession(store, "talk", "ann", checks=CHECKS, termbase=Termbase())
    answers = run_script(session, ["confirm 早上好。", "confirm 五十二亿元。"])
    assert next(answers) == "unit 1 reviewed; unit 2 of 3, initial"
    assert store.unit("talk:2").state is State.INITIAL
    answers.close()
    assert store.unit("talk:1").state is State.REVIEWED


def test_an_empty_script_does_nothing(store: Store) -> None:
    assert run(store, "\ufeff# only a remark\n\n") == []


def test_a_script_on_an_empty_document(store: Store) -> None:
    store.save_document(Document("void", "txt"), [])
    session = ReviewSession(store, "void", "ann", checks=CHECKS, termbase=Termbase())
    with pytest.raises(ScriptError, match="<script>:1: document void has no units"):
        list(run_script(session, ["confirm"]))
