"""The review screen on a real store: what keys do, what is saved, what is shown, without a terminal."""

from __future__ import annotations

import asyncio
import functools
import threading
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from rich.cells import cell_len
from textual.events import Key
from textual.widgets import Input

from workbench.errors import StoreError
from workbench.model import State
from workbench.review.project import open_project
from workbench.tui.app import ReviewApp
from workbench.tui.grid import Grid
from workbench.tui.header import Header
from workbench.tui.history_pane import HistoryDialog
from workbench.tui.modals import Menu, Picker, Prompt, Reading
from workbench.tui.paint import is_unsafe
from workbench.tui.relay import Relay
from workbench.tui.screenshot import export_svg, quiet, type_text
from workbench.tui.sheet import Sheet
from workbench.tui.status import StatusLine

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine
    from pathlib import Path

    from textual.pilot import Pilot

    from workbench.review.project import ReviewProject

PAIRS = (
    ("The session begins at nine.", "会议九点开始。"),
    ("Nobody left before the end.", "结束前没有人离开。"),
    ("The survey took three hours.", "这项调查花了三个小时."),
    ("We share one aim: Tech for Good.", "我们有一个共同目标：科技为善。"),
    ("She wrote [bold]twice[/bold] \x1b[31mhere\u202e.", "她在这里写了\x1b[31m两次[bold]\u202e。"),
    ("We went home.", "我们回家了。"),
)
GLOSSARY = "Tech for Good:\n  zh: 科技向善\n  forbidden: 科技为善\n"


def on_screen(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """Run an async test in a loop of its own."""

    @functools.wraps(test)
    def run(*arguments: Any, **named: Any) -> None:
        asyncio.run(test(*arguments, **named))

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project of one document of six units."""
    write_document(tmp_path, "talk", PAIRS)
    (tmp_path / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    (tmp_path / "workbench.toml").write_text('author = "wei"\n', encoding="utf-8")
    return tmp_path


def write_document(folder: Path, name: str, pairs: tuple[tuple[str, str], ...]) -> None:
    (folder / "segments").mkdir(exist_ok=True)
    for side, lang in ((0, "en"), (1, "zh")):
        text = "\n\n".join(pair[side] for pair in pairs) + "\n"
        (folder / "segments" / f"{name}.{lang}.txt").write_text(text, encoding="utf-8")


@asynccontextmanager
async def review(
    folder: Path, *, size: tuple[int, int] = (100, 30), opened: Callable[[], Any] | None = None
) -> AsyncIterator[tuple[ReviewApp, Pilot[None]]]:
    app = ReviewApp(opened or (lambda: open_project(folder)), theme="dark")
    # Nobody types on here: the checks behind the screen need not wait for the keys to rest.
    with mock.patch("workbench.tui.document_checks.REST_SECONDS", 0.02):
        async with app.run_test(size=size) as pilot:
            await quiet(app)
            yield app, pilot


async def press(app: ReviewApp, pilot: Pilot[None], *pressed: str) -> None:
    """Press keys; what begins with "text:" is typed."""
    for key in pressed:
        if key.startswith("text:"):
            type_text(app, key.removeprefix("text:"))
            await pilot.pause()
        else:
            await pilot.press(key)
    await quiet(app)


def units(folder: Path) -> list[tuple[str, State]]:
    with open_project(folder) as project:
        return [(unit.target, unit.state) for unit in project.units("talk")]


def message(app: ReviewApp) -> str:
    return app.desk.query_one(StatusLine).message


def rows(app: ReviewApp, widget: type[Any] = Grid) -> list[str]:
    found = app.desk.query_one(widget)
    return [found.render_line(y).text for y in range(found.size.height)]


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.01)


@on_screen
async def test_typed_chinese_is_confirmed_and_the_next_open_unit_comes(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        assert app.focused is app.desk.query_one(Grid)
        await press(app, pilot, "enter", "backspace", "text:，各位。", "f2")
        assert app.desk.unit is not None
        assert app.desk.unit.source == PAIRS[1][0]
        assert app.focused is app.desk.editor
        assert message(app).startswith("unit 1 reviewed")
        assert "1/6 ✓" in rows(app, Header)[0]
        assert "✓" in rows(app)[0]
        assert units(folder)[0] == ("会议九点开始，各位。", State.REVIEWED)
        assert app.desk.session is not None
        first = app.desk.session.store.post_edits(app.desk.session.queue[0], document_id="talk")[-1]
        assert (first.author, first.keystrokes > 0) == ("wei", True)


@on_screen
async def test_a_burst_of_keys_is_taken_in_its_order(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        burst = [("enter", "\r"), ("end", None), ("backspace", "\x7f"), ("backspace", "\x7f"), ("了", "了")]
        burst += [("吗", "吗"), ("f2", None), ("end", None), ("！", "！"), ("escape", "\x1b"), ("j", "j")]
        for key, character in burst:
            app.post_message(Key(key, character))
        await until(lambda: app.desk.session is not None and app.desk.session.position == 2)
        await quiet(app)
        await pilot.pause()
    assert units(folder)[0] == ("会议九点开了吗", State.REVIEWED)
    assert units(folder)[1] == ("结束前没有人离开。！", State.INITIAL)


@on_screen
async def test_keys_pressed_before_the_project_is_open_are_kept(folder: Path) -> None:
    may_open = threading.Event()

    def opening() -> ReviewProject:
        may_open.wait(20)
        return open_project(folder)

    app = ReviewApp(opening, theme="dark", title="talk")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "j")
        assert "opening…" in "\n".join(rows(app))
        assert "talk" in rows(app, Header)[0]
        may_open.set()
        await quiet(app)
        await until(lambda: app.desk.session is not None and app.desk.session.position == 2)


@on_screen
async def test_a_key_pressed_while_the_unit_is_put_in_its_place_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bind = Relay.bind

    def bind_and_press(relay: Relay) -> None:
        bind(relay)
        relay.desk.app.post_message(Key("enter", "\r"))

    monkeypatch.setattr(Relay, "bind", bind_and_press)
    async with review(folder) as (app, _pilot):
        await until(lambda: app.focused is not None and app.focused is app.desk.editor)


@on_screen
async def test_the_ends_of_the_text_while_typing_and_of_the_list_otherwise(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "j", "enter", "ctrl+home", "我", "ctrl+end", "text:！")
        assert app.desk.session is not None
        assert app.desk.editor is not None
        assert app.desk.session.position == 1
        assert app.desk.editor.value == "我结束前没有人离开。！"
        await press(app, pilot, "escape", "ctrl+end")
        assert app.desk.session.position == 5
        await press(app, pilot, "ctrl+home")
        assert app.desk.session.position == 0


@pytest.mark.parametrize(
    "leaving", [("alt+down",), ("alt+end",), ("f5", "escape"), ("escape", "k", "j", "j")]
)
@on_screen
async def test_half_typed_text_is_saved_when_the_unit_is_left(folder: Path, leaving: tuple[str, ...]) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "j", "enter", "吗", *leaving)
        assert units(folder)[1] == ("结束前没有人离开。吗", State.INITIAL)


@pytest.mark.parametrize(("key", "code"), [("ctrl+q", 0), ("ctrl+c", 130)])
@on_screen
async def test_leaving_saves_what_was_typed_and_the_place(folder: Path, key: str, code: int) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "j", "j", "enter", "吗")
        await pilot.press(key)
        await until(lambda: app._exit)
    assert app.return_code == code
    assert units(folder)[2][0] == "这项调查花了三个小时.吗"
    async with review(folder) as (app, pilot):
        assert app.desk.session is not None
        assert app.desk.session.position == 2


@on_screen
async def test_enter_neither_confirms_nor_breaks_the_line(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "enter", "enter", "enter")
        assert app.desk.editor is not None
        assert app.desk.editor.value == "会议九点开始。"
        assert "F2 confirms" in message(app)
    assert units(folder)[0][1] is State.INITIAL


@on_screen
async def test_an_issue_is_fixed_undone_and_waived(folder: Path) -> None:
    async with review(folder, size=(160, 48)) as (app, pilot):
        await press(app, pilot, "f8")
        assert app.desk.session is not None
        assert app.desk.session.position == 2
        await press(app, pilot, "f9")
        if isinstance(app.screen, Picker):
            await press(app, pilot, "enter")
        assert app.desk.editor is not None
        assert app.desk.editor.value == "这项调查花了三个小时。"
        await press(app, pilot, "alt+z")
        assert app.desk.editor.value == "这项调查花了三个小时."
        before = len(app.desk.session.issues())
        await press(app, pilot, "alt+w")
        if isinstance(app.screen, Picker):
            await press(app, pilot, "enter")
        assert isinstance(app.screen, Prompt)
        await press(app, pilot, *"brand", "enter")
        assert len(app.desk.session.issues()) == before - 1
        assert app.desk.panel is not None
        assert "waived" in app.desk.panel.text


@on_screen
async def test_terms_and_differences_are_shown_with_symbols(folder: Path) -> None:
    async with review(folder, size=(160, 48)) as (app, pilot):
        await press(app, pilot, "j", "j", "j")
        assert app.desk.panel is not None
        assert "✗ Tech for Good → 科技向善" in app.desk.panel.text
        await press(app, pilot, "enter", "left", "backspace", "backspace", "向", "善")
        text = app.desk.panel.text
        assert "科技[-为-]{+向+}善" in text
        assert "✓ Tech for Good → 科技向善" in text
        for signature in ("edit|unit:codepoint", "tok:tercom", "nc:6", "tok:zh"):
            assert signature in text


@on_screen
async def test_what_cannot_be_done_is_one_line_and_changes_nothing(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "alt+z")
        assert message(app) == "nothing to undo"
        await press(app, pilot, "ctrl+g", "9", "9", "enter")
        assert message(app) == "there is no unit 99: the document has 6"
        await press(app, pilot, "k")
        assert message(app) == "this is the first unit"
        await press(app, pilot, "ctrl+s")
        assert message(app).startswith("nothing was typed")
        assert app.desk.session is not None
        assert app.desk.session.position == 0


@on_screen
async def test_questions_can_be_left_and_answered(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "ctrl+g", "4", "escape")
        assert app.desk.session is not None
        assert app.desk.session.position == 0
        await press(app, pilot, "ctrl+g", "4", "enter")
        assert app.desk.session.position == 3
        await press(app, pilot, "slash", *"home", "enter")
        assert app.desk.session.position == 5
        await press(app, pilot, "alt+m", *"ask her", "enter")
        assert app.desk.session.unit.notes == ("ask her",)
        assert "# ask her" in app.desk.panel.source.text if app.desk.panel else False
        await press(app, pilot, "f4", "end", "up", "enter", *"home", "enter")
        assert app.desk.session.count == 1
        await press(app, pilot, "ctrl+g", "2", "enter")
        assert message(app) == "unit 2 of 6, initial; filter lifted"
        await press(app, pilot, "f4", "t", "enter", *"home", "enter")
        assert "only: has “home”" in rows(app, Header)[0]
        await press(app, pilot, "f4", "s", "enter", "text:every 4", "enter")
        assert list(app.desk.session.queue) == ["talk:1", "talk:5"]
        assert "only: sample: every 4" in rows(app, Header)[0]
        await press(app, pilot, "f4", "d", "a", "enter")
        assert app.desk.session.count == 6
        await press(app, pilot, "f4", "o", "enter")
        assert str(app.desk.session.filter) == "open"


@on_screen
async def test_a_filter_that_there_is_not_is_asked_again_with_what_was_typed(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "f4", "w", "enter", "text:opne text:home", "enter")
        assert isinstance(app.screen, Prompt)
        assert app.screen._question.startswith("✗ no filter 'opne'")
        assert app.screen.query_one(Input).value == "opne text:home"
        await press(app, pilot, "escape")
        assert app.desk.session.count == 6


@on_screen
async def test_an_error_that_was_noted_is_shown_with_the_issues(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "alt+e", "a", "comma", "m", *"left out", "enter")
        assert app.desk.panel is not None
        assert "* noted: accuracy, minor: left out (wei)" in app.desk.panel.text
        assert "1 noted" in str(app.desk.panel.detail.border_title)


@on_screen
async def test_small_screens_show_the_panes_over_the_list(folder: Path) -> None:
    async with review(folder, size=(60, 20)) as (app, pilot):
        await press(app, pilot, "j", "j")
        await press(app, pilot, "f6")
        assert isinstance(app.screen, Reading)
        shown = app.screen.query_one(Sheet).text
        assert "Issues  1" in shown
        assert "Terms" in shown
        assert "tok:tercom" in shown
        await press(app, pilot, "f6")
        assert not isinstance(app.screen, Reading)


@on_screen
async def test_a_pane_chosen_does_not_hide_the_issues_of_the_next_unit(folder: Path) -> None:
    async with review(folder, size=(80, 24)) as (app, pilot):
        await press(app, pilot, "f6", "j")
        assert app.desk.panel is not None
        assert "[Issues" not in str(app.desk.panel.detail.border_title)
        await press(app, pilot, "j")
        assert "[Issues 1]" in str(app.desk.panel.detail.border_title)


@on_screen
async def test_the_editor_grows_with_its_text_and_stays_in_the_smallest_screen(folder: Path) -> None:
    async with review(folder, size=(80, 24)) as (app, pilot):
        grid, panel = app.desk.query_one(Grid), app.desk.panel
        assert panel is not None
        assert (grid.size.height, panel.source.size.height, panel.editor.size.height) == (12, 1, 2)
        await press(app, pilot, "enter", "text:" + "他们先走了。" * 20)
        assert panel.editor.size.height == 4
        assert grid.size.height == 10
    async with review(folder, size=(20, 6)) as (app, pilot):
        assert app.desk.query_one(Grid).display
        await press(app, pilot, "enter")
        assert app.desk.editor is not None
        assert app.desk.editor.region.bottom <= 5
        assert app.desk.editor.size.height >= 1
        await press(app, pilot, "escape", "j")
        assert app.desk.query_one(Grid).display
        assert app.focused is app.desk.query_one(Grid)


@on_screen
async def test_a_unit_is_cut_at_the_caret_and_joined_again(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "ctrl+g", "4", "enter", "enter", "home", *["right"] * 8, "alt+t")
        assert isinstance(app.screen, Picker)
        await press(app, pilot, "enter")
        assert app.desk.session is not None
        assert app.desk.session.total == 7
        assert units(folder)[3][0] == "我们有一个共同目"
        await press(app, pilot, "alt+j")
        assert units(folder)[3][0] == "我们有一个共同目标：科技为善。"


@on_screen
async def test_somebody_elses_change_is_not_overwritten_unseen(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "enter", "吗")
        with open_project(folder, author="ana") as other:
            other.review("talk").edit("会议十点开始。")
        await press(app, pilot, "f2")
        assert "somebody else changed this unit" in message(app)
        assert app.desk.editor is not None
        assert app.desk.editor.value == "会议九点开始。吗"
        assert units(folder)[0] == ("会议十点开始。", State.INITIAL)
        await press(app, pilot, "f2")
        assert units(folder)[0] == ("会议九点开始。吗", State.REVIEWED)


@on_screen
async def test_a_store_that_refuses_keeps_the_text_on_screen(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "enter", "吗")

        def refuse(*_words: object, **_more: object) -> str:
            raise StoreError("review.db is locked by another program")

        assert app.desk.session is not None
        monkeypatch.setattr(app.desk.session, "edit", refuse)
        await press(app, pilot, "alt+down")
        assert message(app) == "review.db is locked by another program"
        assert app.desk.session.position == 0
        await press(app, pilot, "ctrl+q")
        assert not app._exit
        assert app.desk.editor is not None
        assert app.desk.editor.value.endswith("吗")
        monkeypatch.undo()
        await pilot.press("ctrl+q")
        await until(lambda: app._exit)
    assert units(folder)[0][0] == "会议九点开始。吗"


@on_screen
async def test_slow_scores_delay_no_key_and_late_ones_are_dropped(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        session, desk = app.desk.session, app.desk
        assert session is not None
        assert desk.panel is not None
        release = threading.Event()
        assessed: list[str] = []
        quick = session.assess

        def slow(unit: Any, text: str, **more: Any) -> Any:
            assessed.append(text)
            release.wait(20)
            return quick(unit, text, **more)

        session.assess = slow  # type: ignore[method-assign]
        shown_before = desk.panel.view
        await pilot.press("enter", "一")
        await until(lambda: len(assessed) == 1)
        # The worker hangs; keys still paint, the old values are marked as outdated.
        await pilot.press("二", "三")
        await pilot.pause()
        assert desk.panel.editor.render_line(0).text.startswith("会议九点开始。一二三")
        assert str(desk.panel.detail.border_title).startswith("~ ")
        assert desk.panel.view is shown_before
        late = desk.late_results
        release.set()
        await quiet(app)
        assert desk.late_results == late + 1
        assert desk.panel.view is not None
        assert desk.panel.view.text == "会议九点开始。一二三"
        assert not str(desk.panel.detail.border_title).startswith("~ ")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36), (160, 48), (40, 10)])
@on_screen
async def test_every_size_shows_list_and_editor_in_whole_cells(folder: Path, size: tuple[int, int]) -> None:
    async with review(folder, size=size) as (app, _pilot):
        grid, panel = app.desk.query_one(Grid), app.desk.panel
        assert panel is not None
        assert grid.size.height >= 3
        assert panel.editor.size.height >= 2
        assert (panel.detail.display or len(panel.placed) == 5) is (size[1] >= 22 and size[0] >= 70)
        assert (grid.region.right <= panel.region.x) is (size[0] >= 120)
        for widget in (
            grid,
            panel.source,
            panel.editor,
            app.desk.query_one(Header),
            app.desk.query_one(StatusLine),
        ):
            for y in range(widget.size.height):
                strip = widget.render_line(y)
                assert cell_len(strip.text) == strip.cell_length, strip.text


@on_screen
async def test_no_control_character_and_no_markup_reaches_the_screen(folder: Path) -> None:
    async with review(folder, size=(160, 48)) as (app, pilot):
        await press(app, pilot, "ctrl+g", "5", "enter", "enter", "好")
        panel = app.desk.panel
        assert panel is not None
        painted = [*rows(app), panel.source.text, panel.text]
        painted += [panel.editor.render_line(y).text for y in range(panel.editor.size.height)]
        assert not is_unsafe("".join(painted).replace("\n", ""))
        assert any("␛[31mhere⟨U+202E⟩" in line for line in painted)
        assert any("[bold]twice[/bold]" in line for line in painted)
        assert panel.editor.value == PAIRS[4][1] + "好"
        await press(app, pilot, "alt+m", *"[red]note[/red]", "enter", "alt+h")
        assert isinstance(app.screen, HistoryDialog)
        await press(app, pilot, "escape", "f5", "escape")
    assert units(folder)[4][0] == PAIRS[4][1] + "好"


@on_screen
async def test_another_document_can_be_picked(folder: Path) -> None:
    write_document(folder, "walk", (("It rained.", "下雨了。"), ("We walked on.", "我们继续走。")))
    async with review(folder) as (app, pilot):
        await press(app, pilot, "enter", "吗", "f5")
        assert isinstance(app.screen, Picker)
        await press(app, pilot, "down", "enter")
        await until(lambda: app.desk.session is not None and app.desk.session.document.name == "walk")
        await quiet(app)
        assert app.desk.unit is not None
        assert app.desk.unit.source == "It rained."
        assert "walk" in rows(app, Header)[0]
    assert units(folder)[0][0] == "会议九点开始。吗"


@on_screen
async def test_the_palette_finds_and_runs_a_command(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        # At once, as a person types who knows the name.
        await press(app, pilot, "j", "ctrl+p", *"copy source", "enter")
        await until(lambda: app.desk.unit is not None and app.desk.unit.target == PAIRS[1][0])
    assert units(folder)[1][0] == PAIRS[1][0]


@on_screen
async def test_the_mouse_moves_types_and_runs(folder: Path) -> None:
    async with review(folder, size=(80, 24)) as (app, pilot):
        await pilot.click(Grid, offset=(20, 4))
        await quiet(app)
        assert app.desk.session is not None
        assert app.desk.session.position == 4
        await pilot.click("#editor", offset=(8, 1))
        assert app.focused is app.desk.editor
        assert app.desk.editor is not None
        assert app.desk.editor.caret == 3
        start = next(low for low, _, name in app.desk.query_one(StatusLine)._places if name == "help")
        await pilot.click(StatusLine, offset=(start + 1, 0))
        await pilot.pause()
        assert isinstance(app.screen, Reading)


@on_screen
async def test_no_colour_is_sent_where_none_is_wanted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = ReviewApp(lambda: open_project(folder))
    async with app.run_test(size=(100, 30)):
        await quiet(app)
        for y in range(30):
            for segment in app.desk._compositor.render_strips()[y]:
                style = segment.style
                filtered = [segment]
                for line_filter in app._filters:
                    if line_filter.enabled:
                        filtered = line_filter.apply(filtered, app.background_colors[1])
                style = filtered[0].style
                assert style is None or style.color is None or style.color.is_default
                assert style is None or style.bgcolor is None or style.bgcolor.is_default


def test_a_picture_is_written_without_a_terminal(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "screen.svg"
    export_svg(lambda: open_project(folder), path, size=(100, 30), keys=("j", "enter", "text:吗"))
    picture = path.read_text(encoding="utf-8")
    assert picture.startswith("<svg")
    assert "结束前没有人离开。吗" in picture.replace("&#160;", " ")


@pytest.mark.parametrize(
    ("typed", "line"),
    [("issues", "issues"), ("o", "open"), ("re", "reviewed"), ("rej", "rejected"), ("xi", "issues")],
)
@on_screen
async def test_a_line_of_a_menu_is_found_by_its_first_letters(folder: Path, typed: str, line: str) -> None:
    async with review(folder) as (app, pilot):
        await press(app, pilot, "f4", *typed)
        menu = app.screen.query_one(Menu)
        assert menu._choices[menu.current][0] == line


@on_screen
async def test_a_project_that_cannot_be_opened_ends_the_screen_with_its_reason(folder: Path) -> None:
    def refuse() -> Any:
        raise StoreError("review.db: not a database")

    app = ReviewApp(refuse, theme="dark")
    async with app.run_test():
        await until(lambda: app._exit)
    assert str(app.refusal) == "review.db: not a database"
    assert app.return_code == 2
