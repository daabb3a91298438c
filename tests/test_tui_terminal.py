"""The review screen in a real terminal: cells, the cursor's place, bytes, signals, exit codes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from terminal import Terminal
from test_tui_screen import PAIRS, folder, units

from workbench.errors import UsageError
from workbench.model import State
from workbench.tui import run

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["folder"]

SCREEN = [
    sys.executable,
    "-c",
    "import sys; from workbench import tui; from workbench.review.project import open_project;"
    "sys.exit(tui.run(lambda: open_project('.')))",
]
F2, DOWN, END, BACKSPACE, ESCAPE = "\x1bOQ", "\x1b[B", "\x1b[F", "\x7f", "\x1b"
CTRL_C, CTRL_Q = "\x03", "\x11"


def opened(folder: Path, *, columns: int = 80, lines: int = 24) -> Terminal:
    terminal = Terminal(SCREEN, folder=folder, columns=columns, lines=lines)
    terminal.wait_for("Source 1")
    return terminal


def typing_in_unit_1(terminal: Terminal) -> None:
    terminal.send("\r")
    terminal.wait_for("Esc to list")


def row_of(terminal: Terminal, text: str) -> int:
    rows = terminal.text().split("\n")
    return next(index for index, row in enumerate(rows) if text in row)


def test_the_cursor_stands_behind_the_chinese_that_was_typed(folder: Path) -> None:
    with opened(folder) as terminal:
        assert terminal.screen.cursor.hidden
        typing_in_unit_1(terminal)
        terminal.send(END + BACKSPACE + "，各位")
        terminal.wait_for("会议九点开始，各位")
        row = row_of(terminal, "Target") + 1
        # One cell of margin, nine characters of two cells.
        terminal.wait_for(lambda _: (terminal.screen.cursor.y, terminal.screen.cursor.x) == (row, 1 + 2 * 9))
        assert not terminal.screen.cursor.hidden
        terminal.send("\x1b[D\x1b[D")
        terminal.wait_for(lambda _: terminal.screen.cursor.x == 1 + 2 * 7)
        terminal.send(ESCAPE)
        terminal.wait_for(lambda _: terminal.screen.cursor.hidden)
        terminal.send(CTRL_Q)
        assert terminal.exit_code() == 0
    assert b"\x1b[?1049h" in terminal.raw
    assert b"\x1b[?1049l" in terminal.raw
    assert terminal.raw.rindex(b"\x1b[?25h") > terminal.raw.rindex(b"\x1b[?25l")


def test_a_question_shows_what_is_typed(folder: Path) -> None:
    with opened(folder) as terminal:
        terminal.send("\x1bOR")
        terminal.wait_for("─Search─")
        terminal.send("went 回家")
        terminal.wait_for("went 回家")
        terminal.send(ESCAPE)
        terminal.wait_for(lambda text: "─Search─" not in text)
        terminal.send("\x07")
        terminal.wait_for("Go to unit number")
        # No pasted text may stop the screen; only digits are taken.
        terminal.send("\x1b[200~" + "1" * 40 + "x\x1b[201~")
        terminal.send("-2x")
        row = row_of(terminal, "Go to unit number") + 1
        terminal.wait_for(lambda text: text.split("\n")[row].strip() == "2")
        terminal.send("\r")
        terminal.wait_for("Source 2")


def test_rows_stand_in_columns_and_no_document_steers_the_terminal(folder: Path) -> None:
    with opened(folder, columns=120, lines=24) as terminal:
        terminal.send("\x1b[18~")
        terminal.wait_for(lambda text: PAIRS[1][1] in text.split("\n")[4])
        # A wide character is followed by an empty cell, never by half of another; every target begins at one cell.
        for number, (_, target) in enumerate(PAIRS):
            row = terminal.screen.buffer[2 + 2 * number]
            assert [row[13].data, row[14].data] == [target[0], ""]
            assert row[12].data == " "
        terminal.send(DOWN * 4)
        terminal.wait_for("Source 5")
        assert "␛[31mhere⟨U+202E⟩" in terminal.wait_for("[bold]twice[/bold]")
        terminal.send(CTRL_Q)
        assert terminal.exit_code() == 0
    assert b"\x1b[31mhere" not in terminal.raw
    assert "\u202e".encode() not in terminal.raw


TYPED = (
    (b"\x1b[200~" + "第一，第二\n".encode() + b"\x1b[201~", "第一，第二"),
    (b"\x1b[0;;22909:65292u", "好，"),
    ("𠮷👨‍👩‍👧".encode(), "𠮷👨‍👩‍👧"),
    ("了👨‍👩‍👧".encode() + b"\x7f", "了"),
    ("\x1b[200~a\u202eb\x1b[201~".encode(), "a\u202eb"),
)


def test_input_methods_and_pasting_give_whole_texts(folder: Path) -> None:
    with opened(folder) as terminal:
        typing_in_unit_1(terminal)
        for number, (sent, _) in enumerate(TYPED, 1):
            terminal.send(sent)
            terminal.send(F2)
            terminal.wait_for(f"{number}/6")
        terminal.send(CTRL_Q)
        assert terminal.exit_code() == 0
    found = [target for target, _ in units(folder)]
    assert found[:5] == [pair[1] + typed for pair, (_, typed) in zip(PAIRS[:5], TYPED, strict=True)]


def test_pasted_lines_become_one_line(folder: Path) -> None:
    with opened(folder) as terminal:
        typing_in_unit_1(terminal)
        terminal.send("\x1b[200~\n请看\r\n 大家，\nthe end\nof it\n\x1b[201~")
        terminal.wait_for("the pasted lines were joined")
        terminal.send("\r" + F2)
        terminal.wait_for("1/6")
        terminal.send(CTRL_Q)
        assert terminal.exit_code() == 0
    assert units(folder)[0][0] == "会议九点开始。请看大家，the end of it"


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (None, 130)])
def test_half_typed_text_outlives_every_polite_end(
    folder: Path, number: signal.Signals | None, code: int
) -> None:
    with opened(folder) as terminal:
        typing_in_unit_1(terminal)
        terminal.send("还没写完")
        terminal.wait_for("还没写完")
        if number is None:
            terminal.send(CTRL_C)
        else:
            terminal.signal(number)
        assert terminal.exit_code() == code
        assert "Traceback" not in terminal.text()
    assert b"\x1b[?1049l" in terminal.raw
    assert units(folder)[0] == ("会议九点开始。还没写完", State.INITIAL)


def test_a_lost_connection_loses_nothing(folder: Path) -> None:
    terminal = opened(folder)
    typing_in_unit_1(terminal)
    terminal.send("还没写完")
    terminal.wait_for("还没写完")
    os.close(terminal._master)
    terminal.process.wait(20)
    assert units(folder)[0] == ("会议九点开始。还没写完", State.INITIAL)


def test_another_size_is_laid_out_anew(folder: Path) -> None:
    with opened(folder) as terminal:
        terminal.resize(160, 48)
        terminal.wait_for("Scores")
        terminal.wait_for(lambda text: "│" in text.split("\n")[3])
        terminal.resize(60, 20)
        terminal.wait_for(lambda text: "Scores" not in text and "Source 1" in text)
        assert PAIRS[0][0] in terminal.text()
        assert "Issues" not in terminal.text()


def test_the_first_frame_needs_no_database(folder: Path) -> None:
    code = (
        "import sys, time; from workbench import tui\n"
        "def opening():\n"
        "    heavy = [name for name in ('sqlalchemy', 'numpy', 'lxml', 'sacrebleu', 'textual.widgets._text_area')"
        " if name in sys.modules]\n"
        "    open('heavy.txt', 'w').write(' '.join(heavy))\n"
        "    time.sleep(1)\n"
        "    from workbench.review.project import open_project\n"
        "    return open_project('.')\n"
        "sys.exit(tui.run(opening, title='talk'))"
    )
    with Terminal([sys.executable, "-c", code], folder=folder, fresh=True) as terminal:
        assert "talk" in terminal.wait_for("opening…")
        terminal.wait_for("Source 1")
        terminal.send(CTRL_Q)
        assert terminal.exit_code() == 0
    assert (folder / "heavy.txt").read_text() == ""


def test_a_project_that_cannot_be_opened_is_one_line(folder: Path) -> None:
    (folder / "glossary.yaml").write_text("a: b\nc: [\n", encoding="utf-8")
    with Terminal(SCREEN, folder=folder) as terminal:
        assert terminal.exit_code() == 2
    after = terminal.raw.decode().rpartition("\x1b[?1049l")[2]
    (line,) = [line for line in after.split("\r\n") if "glossary" in line]
    assert "glossary.yaml:3: not YAML" in line
    assert "Traceback" not in after


def test_a_bug_is_raised_to_the_caller_after_the_text_was_saved(folder: Path) -> None:
    code = (
        "import sys; from workbench import tui; from workbench.review.project import open_project\n"
        "from workbench.tui.frame import Frame\n"
        "def refused(self): raise ZeroDivisionError\n"
        "Frame.on_editor_enter_refused = refused\n"
        "try:\n"
        "    tui.run(lambda: open_project('.'))\n"
        "except ZeroDivisionError:\n"
        "    sys.exit(70)"
    )
    with Terminal([sys.executable, "-c", code], folder=folder) as terminal:
        terminal.wait_for("Source 1")
        typing_in_unit_1(terminal)
        terminal.send("还没写完")
        terminal.wait_for("还没写完")
        terminal.send("\r")
        assert terminal.exit_code() == 70
        assert "Traceback" not in terminal.text()
    assert units(folder)[0][0] == "会议九点开始。还没写完"


def test_without_a_terminal_it_says_so(folder: Path) -> None:
    done = subprocess.run(
        SCREEN, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert "the review screen needs a terminal" in done.stderr
    if not sys.stdin.isatty():
        with pytest.raises(UsageError):
            run(lambda: None)  # type: ignore[arg-type, return-value]


@pytest.mark.tmux
def test_in_tmux_keys_arrive_and_the_cursor_follows(folder: Path) -> None:
    server = f"workbench-{os.getpid()}"

    def tmux(*words: str) -> str:
        command = ["tmux", "-u", "-L", server, *words]
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout

    def wait_for(text: str) -> str:
        end = time.monotonic() + 30
        while text not in (shown := tmux("capture-pane", "-p", "-t", "review")):
            assert time.monotonic() < end, shown
            time.sleep(0.05)
        return shown

    assert shutil.which("tmux")
    try:
        tmux("new-session", "-d", "-s", "review", "-x", "80", "-y", "24", *SCREEN)
        wait_for("Source 1")
        tmux("send-keys", "-t", "review", "Enter")
        wait_for("Esc to list")
        tmux("send-keys", "-t", "review", "-l", "你好")
        shown = wait_for("会议九点开始。你好")
        row = next(index for index, line in enumerate(shown.split("\n")) if "Target" in line) + 1
        place = tmux(
            "display-message", "-p", "-t", "review", "#{cursor_x},#{cursor_y},#{cursor_flag}"
        ).strip()
        assert place == f"{1 + 2 * 9},{row},1"
        tmux("set-buffer", "，再见")
        tmux("paste-buffer", "-p", "-t", "review")
        wait_for("会议九点开始。你好，再见")
        tmux("send-keys", "-t", "review", "M-c")
        wait_for("1/6")
        tmux("send-keys", "-t", "review", "C-q")
    finally:
        tmux("kill-server")
    assert units(folder)[0] == ("会议九点开始。你好，再见", State.REVIEWED)
