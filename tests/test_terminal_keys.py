"""Keys and terminals: what each can send, what the key test shows, the caret on a real terminal."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from terminal import Terminal
from test_tui_editing import folder
from test_tui_terminal import SCREEN, row_of, typing_in_unit_1
from textual import events

from workbench.tui import keys
from workbench.tui.editor import Editor
from workbench.tui.key_reader import KeyReader
from workbench.tui.terminal_keys import (
    SWALLOWED,
    Abilities,
    command_of,
    is_safe,
    plain_bytes,
    shown_bytes,
    unsent,
    why_unsafe,
)

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["folder"]

TEST = [sys.executable, "-m", "workbench", "keys", "--test"]


def test_every_command_has_a_key_that_nobody_swallows() -> None:
    for command in keys.commands():
        own = keys.split_keys(command.keys)
        safe = [key for key in own if all(is_safe(part) for part in key.split())]
        assert not own or safe, command.name


def test_what_a_plain_terminal_sends_is_read_as_that_key() -> None:
    wanted = {
        key for command in keys.commands() for one in keys.split_keys(command.keys) for key in one.split()
    }
    wanted |= set(keys.LIST_KEYS)
    for key in sorted(wanted):
        sent = plain_bytes(key)
        if sent is None or sent == b"\x1b":
            continue
        parser = KeyReader()
        (event,) = (*parser.feed(sent.decode()), *parser.feed(""))
        assert isinstance(event, events.Key)
        assert event.key == key or (key[-1].isupper() and event.character == key), key


def test_the_keys_of_the_editor_are_not_taken_by_commands() -> None:
    editing = {
        key
        for klass in Editor.__mro__
        for binding in vars(klass).get("BINDINGS", ())
        for key in keys.split_keys(getattr(binding, "key", ""))
    }
    taken = {key: one.name for one in keys.commands() for key in keys.split_keys(one.keys)}
    both = {key: taken[key] for key in editing & set(taken)}
    # F6 and F7 select in TextArea, which nobody misses here: Shift and the arrows do.
    assert set(both) <= {"f6", "f7", "tab", "shift+tab"}, both


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("f2", ""),
        ("alt+c", ""),
        ("alt+down", ""),
        ("ctrl+h", "is Backspace in a plain terminal"),
        ("ctrl+i", "is Tab in a plain terminal"),
        ("ctrl+enter", "only with the kitty keyboard protocol"),
        ("alt+1", "only with the kitty keyboard protocol"),
        ("ctrl+shift+s", "only with the kitty keyboard protocol"),
        ("ctrl+b", "the prefix of tmux"),
        ("ctrl+space", "switches the input method"),
    ],
)
def test_why_a_key_may_not_arrive(key: str, reason: str) -> None:
    assert why_unsafe(key) == reason
    assert is_safe(key) is not bool(reason)


def test_bindings_that_a_terminal_cannot_send_are_listed_with_those_that_do_the_same() -> None:
    plain = [str(one) for one in unsent(keys.commands(), kitty=False)]
    assert sorted(plain) == [
        "Ctrl+Enter (confirm): only with the kitty keyboard protocol; F2 or Alt+C does it",
        "F10 (layout): the menu of the window; Alt+Shift+V does it",
        "F11 (statistics): full screen; Alt+Shift+P does it",
    ]
    assert [one.key for one in unsent(keys.commands(), kitty=True)] == ["f10", "f11"]
    own = {one.command: one.reason for one in unsent(keys.commands({"confirm": "ctrl+b"}), kitty=True)}
    assert own["confirm"] == SWALLOWED["ctrl+b"]


def test_what_arrived_is_written_readably() -> None:
    assert shown_bytes(b"\x1b[1;3B") == "ESC [ 1 ; 3 B"
    assert shown_bytes("\x01中\x7f ".encode()) == "^A 中 DEL SPACE"
    assert command_of("f2", keys.commands()).startswith("confirm: save")
    assert command_of("f24", keys.commands()) == ""


def test_a_terminals_answers_are_read() -> None:
    reply = b"\x1b[?1u\x1b[?2026;2$y\x1b[1;3R\x1b[1;3R\x1b[1;3R\x1b[1;3R\x1b[1;3R\x1b[?62;c"
    assert Abilities.is_whole(reply)
    abilities = Abilities.of(reply)
    assert (abilities.kitty, abilities.synchronised, abilities.widths) == (True, True, (2, 2, 2, 2, 2))
    assert "set ambiguous_width = 2" in abilities.lines()[-1]
    narrow = Abilities.of(b"\x1b[1;3R\x1b[1;2R\x1b[1;2R\x1b[1;7R\x1b[1;3R\x1b[?1;2c")
    assert narrow.lines()[-1] == "signs with a selector take one cell: set emoji_width = 1 in workbench.toml"
    silent = Abilities.of(b"")
    assert (silent.kitty, silent.synchronised, silent.widths) == (False, False, ())


def test_the_key_test_shows_each_key_and_gives_the_terminal_back(tmp_path: Path) -> None:
    with Terminal(TEST, folder=tmp_path, columns=110, lines=30) as terminal:
        shown = terminal.wait_for("Ctrl+C ends")
        assert "kitty keyboard protocol: no" in shown
        assert "Ctrl+Enter (confirm): only with the kitty keyboard protocol; F2 or Alt+C does it" in shown
        terminal.send("\x1bOQ")
        terminal.wait_for("ESC O Q")
        terminal.send("\x1bc")
        terminal.wait_for("Alt+C  ")
        terminal.send("\x1b[1;5B\t\x1b[Z")
        terminal.wait_for("Shift+Tab")
        terminal.send("中")
        terminal.send("\x1b[200~一二三\x1b[201~")
        terminal.wait_for("3 characters")
        terminal.send("\x03")
        assert terminal.exit_code() == 0
        rows = [" ".join(row.split()) for row in terminal.text().split("\n")]
    assert any(row.startswith("ESC O Q F2 confirm: save") for row in rows)
    assert any(row.startswith("ESC c Alt+C confirm: save") for row in rows)
    assert any("Ctrl+Down next: go to the next unit" in row for row in rows)
    assert any(row.startswith("Tab complete: put in") for row in rows)
    assert any(row.startswith("Shift+Tab next completion: offer") for row in rows)
    assert any(row.startswith("中 ") and row.endswith("types 中") for row in rows)
    assert terminal.raw.endswith(b"\x1b[?2004l")


def test_the_key_test_needs_a_terminal(tmp_path: Path) -> None:
    done = subprocess.run(
        TEST, cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "keys --test needs a terminal" in done.stderr
    assert done.stdout == ""


# The caret on a real terminal: `folder` is the project of test_tui_editing.


def caret(terminal: Terminal) -> tuple[int, int]:
    return terminal.screen.cursor.x, terminal.screen.cursor.y


def behind_the_last(terminal: Terminal, character: str) -> tuple[int, int]:
    """The cell behind the last time the wide character is on screen below the list."""
    screen = terminal.screen
    top = row_of(terminal, "Target")
    return max(
        (
            (x + 2, y)
            for y in range(top, row_of(terminal, "[Issues"))
            for x in range(screen.columns)
            if screen.buffer[y][x].data == character
        ),
        key=lambda place: (place[1], place[0]),
        default=(-1, -1),
    )


def opened_here(folder: Path, *, columns: int = 80, lines: int = 24) -> Terminal:
    terminal = Terminal(SCREEN, folder=folder, columns=columns, lines=lines)
    terminal.wait_for("Source 1", seconds=90)
    return terminal


def test_the_cursor_stays_at_the_caret_through_wrapping_resizing_and_codes(folder: Path) -> None:
    with opened_here(folder) as terminal:
        typing_in_unit_1(terminal)
        # 21 cells are there; of 40 characters of two cells 28 fit into the 78 cells of the line.
        terminal.send("\x1b[200~" + "好" * 40 + "\x1b[201~")
        terminal.wait_for("typed, not saved yet")
        terminal.wait_for(lambda _: caret(terminal) == (1 + 2 * 12, row_of(terminal, "Target") + 2))
        terminal.resize(100, 30)
        terminal.wait_for(lambda text: "─" * 90 in text)
        terminal.wait_for(lambda _: caret(terminal) == behind_the_last(terminal, "好"), seconds=60)
        assert not terminal.screen.cursor.hidden
        terminal.send("\x11")
        assert terminal.exit_code() == 0
    # The shape of the cursor is given back on leaving while one types.
    assert terminal.raw.rindex(b"\x1b[0 q") > terminal.raw.rindex(b"\x1b[6 q")


def test_a_large_paste_and_a_burst_arrive_whole(folder: Path) -> None:
    with opened_here(folder, lines=30) as terminal:
        typing_in_unit_1(terminal)
        terminal.send("会" * 300)
        terminal.wait_for("typed, not saved yet")
        terminal.send("\x1bOQ")
        terminal.wait_for("1/3")
        terminal.send("\x1b[200~" + "长" * 5000)
        terminal.pump(0.2)
        terminal.send("长" * 5000 + "\x1b[201~")
        terminal.wait_for("typed, not saved yet")
        terminal.send("\x1bOQ")
        terminal.wait_for("2/3", seconds=60)
        terminal.send("\x11")
        assert terminal.exit_code(seconds=60) == 0
    from test_tui_screen import units

    found = [target for target, _ in units(folder)]
    assert found[0].count("会") == 300
    assert found[1].count("长") == 10_000


def test_without_the_real_cursor_none_is_shown(folder: Path) -> None:
    (folder / "workbench.toml").write_text("real_cursor = false\n", encoding="utf-8")
    with opened_here(folder) as terminal:
        typing_in_unit_1(terminal)
        terminal.send("会议")
        terminal.wait_for("会议")
        assert terminal.screen.cursor.hidden
        terminal.send("\x11")
        assert terminal.exit_code() == 0
    assert b"\x1b[6 q" not in terminal.raw


def test_ambiguous_characters_take_two_cells_where_the_terminal_says_so(folder: Path) -> None:
    (folder / "workbench.toml").write_text("ambiguous_width = 2\n", encoding="utf-8")
    with opened_here(folder) as terminal:
        typing_in_unit_1(terminal)
        terminal.send("“”")
        width = len("这项目花了亿美元。") * 2 + 3
        terminal.wait_for("typed, not saved yet")
        terminal.wait_for(lambda _: caret(terminal)[0] == 1 + width + 4)
        assert "─" not in terminal.text()
        terminal.send("\x11")
        assert terminal.exit_code() == 0


def test_a_sign_with_a_selector_takes_one_cell_where_the_terminal_says_so(folder: Path) -> None:
    (folder / "workbench.toml").write_text("emoji_width = 1\n", encoding="utf-8")
    with opened_here(folder) as terminal:
        typing_in_unit_1(terminal)
        before = caret(terminal)[0]
        terminal.send("⚠\ufe0f1\ufe0f\u20e3好")
        terminal.wait_for("typed, not saved yet")
        terminal.wait_for(lambda _: caret(terminal)[0] == before + 4)
        terminal.send("\x1b[D\x1b[D")
        terminal.wait_for(lambda _: caret(terminal)[0] == before + 1)
        terminal.send("\x11")
        assert terminal.exit_code() == 0
