"""What the panes show: the source's marks, the matches, the running text; seen in a terminal's cells."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from test_tui_screen import on_screen, press, review, rows, units, write_document
from test_tui_terminal import opened

from workbench.memory import Match
from workbench.model import State, TranslationUnit
from workbench.review.project import open_project
from workbench.tui import layout
from workbench.tui.match_view import match_paragraphs
from workbench.tui.panes import BY_NAME
from workbench.tui.running_view import running_paragraphs
from workbench.tui.unit_view import source_paragraphs

if TYPE_CHECKING:
    from pathlib import Path

PAIRS = (
    ("The hall seats 300 people.", "大厅可容纳300人。"),
    ("The hall seats 450 people.", "这个大厅有450个座位。"),
    ("Nobody left before the end.", "没有人提前离开。"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project whose second unit resembles the first, which is reviewed."""
    write_document(tmp_path, "talk", PAIRS)
    (tmp_path / "workbench.toml").write_text('author = "wei"\n', encoding="utf-8")
    with open_project(tmp_path) as project:
        project.review("talk", clock=lambda: datetime(2026, 11, 20, 9, 0, tzinfo=UTC)).confirm()
    return tmp_path


@pytest.mark.parametrize(
    ("source", "marked"),
    [
        ("The fair in Old Harbour drew 227 people.", ["Old Harbour", "227"]),
        ("Mary Lane spoke. Then she left.", ["Mary Lane"]),
        ("Nobody left.", []),
        ("We used WeChat and TASI there.", ["WeChat", "TASI"]),
        ("It rose 3.5% by May.", ["May", "3.5%"]),
    ],
)
def test_names_and_numbers_of_the_source_are_marked(source: str, marked: list[str]) -> None:
    paragraph = source_paragraphs(TranslationUnit("1", 0, source, ""))[0]
    assert [source[start:end] for start, end, _style in paragraph.spans] == marked


def test_a_match_says_what_differs_what_to_change_and_where_it_is_from() -> None:
    at = datetime(2026, 11, 20, tzinfo=UTC)
    match = Match(
        percent=90.0,
        source=PAIRS[0][0],
        target=PAIRS[0][1],
        document="talk",
        unit_id="1",
        author="wei",
        at=at,
    )
    target, source, about = match_paragraphs(PAIRS[1][0], [match], source_lang="en", target_lang="zh-CN")
    assert (target.lead, target.key) == ("1 90% ", "match 1")
    assert target.text == "大厅可容纳300人。  change: “300” → “450”"
    assert [target.text[start:end] for start, end, style in target.spans if style == "bad"] == ["300"]
    assert source.text == "The hall seats [-300-]{+450+} people."
    assert about.text == "talk by wei, 2026-11-20"


def test_the_running_text_marks_the_current_unit_and_says_what_is_missing() -> None:
    some = [
        TranslationUnit("a", 4, "One.", "一。", State.REVIEWED),
        TranslationUnit("b", 5, "Two.", ""),
        TranslationUnit("c", 6, "", "三。"),
    ]
    target, focus = running_paragraphs(some, 5, both=False)
    assert [(one.lead, one.text, one.key) for one in target] == [
        (" ✓ ", "一。", "goto 5"),
        ("▸◦ ", "(no target)", "goto 6"),
        (" ◦ ", "三。", "goto 7"),
    ]
    assert (focus, target[focus].style) == (1, "dim cursor")
    both, focus = running_paragraphs(some, 6, both=True)
    assert [one.text for one in both] == ["One.", "一。", "Two.", "三。"]
    assert focus == 3


@on_screen
async def test_the_match_is_put_in_by_its_key_and_by_a_click(folder: Path) -> None:
    async with review(folder, size=(160, 48)) as (app, pilot):
        await press(app, pilot, "ctrl+g", "2", "enter")
        assert app.desk.panel is not None
        sheet = app.desk.panel.placed["matches"]
        assert "The hall seats [-300-]{+450+} people." in sheet.text
        await press(app, pilot, "alt+shift+m")
        assert units(folder)[1][0] == PAIRS[0][1]
        await press(app, pilot, "alt+z")
        assert units(folder)[1][0] == PAIRS[1][1]
        await pilot.click(sheet, offset=(8, 1))
        await press(app, pilot)
        assert units(folder)[1][0] == PAIRS[0][1]
        assert "大厅可容纳300人。" in "".join(rows(app))


@on_screen
async def test_terms_are_offered_before_words_of_the_draft_and_these_before_those_of_matches(
    folder: Path,
) -> None:
    pairs = (
        ("The hall seats 300 people today.", "会议厅今天可坐300人。"),
        ("The hall seats 450 people today.", "会场今天可坐450人。"),
    )
    write_document(folder, "talk", pairs)
    (folder / "glossary.yaml").write_text("hall: 会堂\n", encoding="utf-8")
    with open_project(folder) as project:
        project.import_all()
        project.review("talk").confirm()
    async with review(folder, size=(160, 48)) as (app, pilot):
        await press(app, pilot, "ctrl+g", "2", "enter", "enter", "ctrl+home")
        editor = app.desk.editor
        assert editor is not None
        editor.insert_text("会")
        editor.look_for_offers()
        offered = []
        for _ in range(8):
            assert editor.offer is not None
            offered.append((editor.offer.phrase.kind, editor.offer.phrase.text))
            await press(app, pilot, "shift+tab")
        assert list(dict.fromkeys(kind for kind, _text in offered)) == ["term", "draft", "match"]
        assert offered[:2] == [("term", "会堂"), ("draft", "会场")]
        assert ("match", "会议厅") in offered


def test_panes_in_the_cells_of_a_terminal(folder: Path) -> None:
    with opened(folder) as terminal:
        terminal.wait_for("Source 1")
        terminal.send("j")
        terminal.wait_for("Source 2")
        terminal.resize(160, 48)
        terminal.wait_for("[-300-]{+450+}")
        lines = terminal.text().split("\n")
        tops = [next(n for n, line in enumerate(lines) if f"─{title}" in line) for title in
                ("Source", "Target", "Issues", "Terms", "Matches", "Draft", "Scores")]  # fmt: skip
        assert tops == sorted(tops)
        assert len({cell_len(lines[top][: lines[top].index("─")]) for top in tops}) == 1
        terminal.resize(80, 24)
        terminal.wait_for("[Draft")
        assert "Matches 1, " in terminal.text()


def test_every_built_in_layout_is_of_panes_that_there_are() -> None:
    for name, _about, line in layout.BUILT_IN:
        assert layout.read(line, BY_NAME).panes or name == "list"
