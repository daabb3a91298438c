"""Errors noted with few keys: letters, severities, places in target and source, removing and grading."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from session_parts import CHECKS
from test_tui_screen import message, on_screen, press, review, rows, write_document

from workbench.errors import CommandError
from workbench.metrics import mqm
from workbench.model import Annotation, Document, Severity, Span, TranslationUnit
from workbench.review.annotating import letters_of, place_in
from workbench.review.script import run_script
from workbench.review.session import ReviewSession
from workbench.store import Store, open_store
from workbench.termbase import Termbase
from workbench.tui.mqm_bar import MqmBar
from workbench.tui.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store("sqlite://") as store:
        store.save_document(Document("talk", "txt"), [TranslationUnit("", 0, "The hall.", "大厅很大。")])
        yield store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_document(tmp_path, "talk", (("The session begins.", "会议开始。"), ("We left.", "我们走了。")))
    (tmp_path / "workbench.toml").write_text('author = "wei"\n', encoding="utf-8")
    return tmp_path


def open_session(store: Store) -> ReviewSession:
    return ReviewSession(store, "talk", "ann", checks=CHECKS, termbase=Termbase())


def test_letters_of_categories() -> None:
    assert letters_of(tuple(mqm.CATEGORIES)) == {
        "a": "accuracy",
        "t": "terminology",
        "l": "linguistic",
        "s": "style",
        "o": "locale",
        "u": "audience",
        "d": "design",
        "h": "other",
    }
    assert letters_of(mqm.CATEGORIES["accuracy"]) == {
        "i": "mistranslation",
        "o": "over-translation",
        "u": "under-translation",
        "a": "addition",
        "s": "omission",
        "d": "do-not-translate",
        "t": "untranslated",
    }


def test_every_kind_of_every_category_has_a_letter_that_no_severity_has() -> None:
    for kinds in mqm.CATEGORIES.values():
        letters = letters_of(kinds)
        assert list(letters.values()) == list(kinds)
        assert not set(letters) & set("nmMcx")


@pytest.mark.parametrize(
    ("span", "target", "place"),
    [
        (Span(2, 3), "大厅很大。", Span(2, 3)),
        (Span(3, 4), "这个大厅很大。", Span(5, 6)),
        (Span(0, 2), "很大，大厅。", Span(3, 5)),
        (Span(3, 4), "大厅不小。", None),
        (Span(2, 4), "大厅不小。", None),
        (None, "大厅很大。", None),
    ],
)
def test_the_place_of_an_error_is_found_in_the_text_as_it_is_now(
    span: Span | None, target: str, place: Span | None
) -> None:
    noted = Annotation("u", "style", Severity.MINOR, "ann", span, target="大厅很大。")
    assert place_in(noted, target) == place


def test_a_script_notes_grades_and_removes(store: Store) -> None:
    lines = [
        "annotate wrong-term minor @0-2 hall of a house",
        "annotate source-error neutral @source:4-8",
        "grade 1 major",
        "unannotate 2",
        "undo",
        "undo",
    ]
    assert list(run_script(open_session(store), lines))[:4] == [
        "unit 1: minor terminology/wrong-term error noted in “大厅”",
        "unit 1: neutral other/source-error error noted in “hall” of the source",
        "unit 1: terminology/wrong-term is major now",
        "unit 1: other/source-error is no longer noted",
    ]
    first, second = store.annotations("talk")
    assert (first.severity, first.span, first.source_span) == (Severity.MINOR, Span(0, 2), None)
    assert (second.severity, second.span, second.source_span) == (Severity.NEUTRAL, None, Span(4, 8))


def test_what_is_not_noted_cannot_be_changed(store: Store) -> None:
    session = open_session(store)
    with pytest.raises(CommandError, match="nobody has noted an error"):
        session.unannotate(1)
    session.annotate("style", "minor")
    with pytest.raises(CommandError, match="no annotation 2: the unit has 1"):
        session.grade(2, "major")
    with pytest.raises(CommandError, match="is minor already"):
        session.grade(1, "minor")
    with pytest.raises(CommandError, match="no severity 'grave'"):
        session.grade(1, "grave")
    with pytest.raises(CommandError, match="the source has no characters 0-99"):
        session.annotate("style", "minor", "", None, Span(0, 99))


@on_screen
async def test_the_bar_shows_its_letters_before_any_key(folder: Path) -> None:
    async with review(folder, size=(60, 20)) as (app, pilot):
        await press(app, pilot, "alt+e")
        assert isinstance(app.screen, MqmBar)
        sheet = app.screen.query_one(Sheet)
        shown = "\n".join(sheet.render_line(y).text for y in range(sheet.size.height))
        assert "a\N{NO-BREAK SPACE}accuracy" in shown
        assert "h\N{NO-BREAK SPACE}other" in shown


@on_screen
async def test_three_keys_note_an_error_where_it_is_selected(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        assert app.desk.session is not None
        await press(app, pilot, "enter", "home", "shift+right", "shift+right", "alt+e", "1", "M")
        assert message(app) == "unit 1: major accuracy/mistranslation error noted in “会议”"
        assert Span(0, 2) in (app.desk.panel.view.marks if app.desk.panel and app.desk.panel.view else ())
        await press(app, pilot, "escape", "alt+e", "a", "s", "c")
        assert message(app) == "unit 1: critical accuracy/omission error noted"
        assert "*" in rows(app)[0]
        await press(app, pilot, "alt+e", "x", "down", "enter")
        assert message(app) == "unit 1: accuracy/omission is no longer noted"
        await press(app, pilot, "alt+e", "g", "home", "enter")
        assert message(app) == "unit 1: accuracy/mistranslation is neutral now"
        await press(app, pilot, "alt+z", "alt+z", "alt+z", "alt+z")
        assert app.desk.session.annotations() == ()


@on_screen
async def test_the_bar_goes_back_and_is_worked_by_arrows_and_left(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        assert app.desk.session is not None
        await press(app, pilot, "alt+e", "t", "backspace", "l", "escape")
        assert not isinstance(app.screen, MqmBar)
        assert app.desk.session.annotations() == ()
        await press(app, pilot, "alt+e", "enter", "right", "enter")
        assert message(app) == "unit 1: minor accuracy error noted"
        await press(app, pilot, "alt+e", "0")
        assert message(app) == "unit 1: no error found"


@on_screen
async def test_an_error_of_the_source_has_its_place_there(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        assert app.desk.session is not None
        await press(
            app, pilot, "alt+e", "tab", "h", "n", "shift+right", "shift+right", "shift+right", "enter"
        )
        assert message(app) == "unit 1: neutral other error noted in “The” of the source"
        (noted,) = app.desk.session.annotations()
        assert (noted.span, noted.source_span) == (None, Span(0, 3))
