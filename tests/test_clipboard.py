"""What is copied, opened in an editor, suspended: what a terminal and tmux get, the text that comes back."""

from __future__ import annotations

import base64
import os
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from terminal import Terminal
from test_tui_screen import folder, message, on_screen, review, units
from test_tui_terminal import CTRL_Q, END, SCREEN, opened, typing_in_unit_1

from workbench.errors import CommandError
from workbench.tui import rescue
from workbench.tui.clipboard import OSC_BYTES, said_of, sequences, tools
from workbench.tui.external import editor_command
from workbench.tui.screenshot import quiet

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["folder"]

SOURCE = "The session begins at nine."
COPY_SOURCE, COPY, EXTERNAL, SUSPEND = "\x1bS", "\x1bY", "\x1bX", "\x1bZ"


def osc(text: str) -> bytes:
    return b"\x1b]52;c;" + base64.b64encode(text.encode()) + b"\x07"


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, ["\x1b]52;c;5L2g\a"]),
        ({"TMUX": "x"}, ["\x1b]52;c;5L2g\a", "\x1bPtmux;\x1b\x1b]52;c;5L2g\a\x1b\\"]),
        ({"STY": "x"}, ["\x1bP\x1b]52;c;5L2g\a\x1b\\"]),
    ],
)
def test_a_terminal_gets_osc_52(environ: dict[str, str], expected: list[str]) -> None:
    assert sequences("你", environ) == expected


def test_screen_gets_it_in_pieces() -> None:
    (whole,) = sequences("x" * 600, {"STY": "1"})
    pieces = whole.split("\x1b\\")[:-1]
    assert [len(piece) for piece in pieces] == [242, 242, 242, 90]
    assert "".join(piece.removeprefix("\x1bP") for piece in pieces) == sequences("x" * 600, {})[0]


def test_a_text_too_long_is_not_sent_and_said() -> None:
    assert len(sequences("x" * OSC_BYTES, {})) == 1
    assert sequences("中" * (OSC_BYTES // 3 + 1), {}) == []
    assert said_of("the target", "x" * (OSC_BYTES + 1)) == (
        "the target copied (74,995 characters: too long for the clipboard of most terminals; Ctrl+V here puts it in)"
    )
    assert said_of("the source", "你") == "the source copied (1 character)"


@pytest.mark.parametrize(
    ("environ", "there", "expected"),
    [
        ({}, {"xclip", "wl-copy", "tmux"}, []),
        ({"DISPLAY": ":0"}, {"xclip", "xsel"}, [["xclip", "-selection", "clipboard"]]),
        ({"DISPLAY": ":0"}, {"xsel"}, [["xsel", "--clipboard", "--input"]]),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "w"}, {"xsel", "wl-copy"}, [["wl-copy"]]),
        ({"TMUX": "1", "DISPLAY": ":0"}, {"tmux"}, [["tmux", "load-buffer", "-w", "-"]]),
        ({"WSL_DISTRO_NAME": "u"}, {"clip.exe"}, [["clip.exe"]]),
    ],
)
def test_tools_of_the_desktop(environ: dict[str, str], there: set[str], expected: list[list[str]]) -> None:
    assert tools(environ, platform="linux", which=lambda name: name if name in there else None) == expected


def test_on_a_mac_pbcopy_is_used() -> None:
    assert tools({}, platform="darwin", which=lambda name: name) == [["pbcopy"]]


def test_source_target_and_selection_are_copied_by_key(folder: Path) -> None:
    with opened(folder) as terminal:
        terminal.send(COPY_SOURCE)
        terminal.wait_for("the source copied (27 characters)")
        typing_in_unit_1(terminal)
        terminal.send(END + "好")
        terminal.wait_for("会议九点开始。好")
        terminal.send(COPY)
        terminal.wait_for("the target copied (8 characters)")
        terminal.send("\x1b[1;2D\x1b[1;2D" + COPY)
        terminal.wait_for("the selection copied (2 characters)")
        # What was copied here is put in by Ctrl+V.
        terminal.send(END + "\x16")
        terminal.wait_for("会议九点开始。好。好")
        terminal.send(CTRL_Q)
        assert terminal.exit_code() == 0
    found = [terminal.raw.find(osc(text)) for text in (SOURCE, "会议九点开始。好", "。好")]
    assert -1 not in found
    assert found == sorted(found)


def test_the_desktop_gets_what_is_copied(folder: Path, tmp_path: Path) -> None:
    tool = tmp_path / "bin" / "wl-copy"
    tool.parent.mkdir()
    tool.write_text(
        f'#!/bin/sh\ncat > "{tmp_path}/copied.part"; mv "{tmp_path}/copied.part" "{tmp_path}/copied"\n'
    )
    tool.chmod(0o755)
    env = {"WAYLAND_DISPLAY": "wayland-0", "PATH": f"{tool.parent}:{os.environ['PATH']}"}
    with Terminal(SCREEN, folder=folder, env=env) as terminal:
        terminal.wait_for("Source 1")
        terminal.send(COPY_SOURCE)
        terminal.wait_for(lambda _: (tmp_path / "copied").exists())
        terminal.send(CTRL_Q)
        assert terminal.exit_code() == 0
    assert (tmp_path / "copied").read_text(encoding="utf-8") == SOURCE


@pytest.mark.tmux
def test_tmux_gets_what_is_copied_though_it_ignores_osc_52(folder: Path) -> None:
    server = f"workbench-clip-{os.getpid()}"

    def tmux(*words: str) -> str:
        command = ["tmux", "-u", "-L", server, *words]
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout

    def wait_for(text: str, *words: str) -> None:
        end = time.monotonic() + 30
        while text not in (shown := tmux(*words)):
            assert time.monotonic() < end, shown
            time.sleep(0.05)

    assert shutil.which("tmux")
    try:
        tmux("new-session", "-d", "-s", "review", "-x", "80", "-y", "24", *SCREEN)
        assert tmux("show-options", "-s", "-v", "set-clipboard").strip() in ("", "external")
        wait_for("Source 1", "capture-pane", "-p", "-t", "review")
        tmux("send-keys", "-t", "review", "M-S")
        wait_for(SOURCE, "show-buffer")
        tmux("send-keys", "-t", "review", "C-q")
    finally:
        tmux("kill-server")


def fake_editor(path: Path, script: str) -> Path:
    editor = path / "my-editor"
    editor.write_text(
        f"#!{sys.executable}\nimport pathlib, sys\npath = pathlib.Path(sys.argv[-1])\n{script}\n"
    )
    editor.chmod(0o755)
    return editor


def test_the_target_comes_back_from_the_editor_as_an_edit(folder: Path, tmp_path: Path) -> None:
    editor = fake_editor(
        tmp_path,
        "print('IN THE EDITOR', sys.argv[1], flush=True)\nsys.stdin.readline()\n"
        "path.write_text(path.read_text('utf-8').replace('九点', '十点'), 'utf-8')",
    )
    with Terminal(SCREEN, folder=folder, env={"VISUAL": f"{editor} --wait"}) as terminal:
        terminal.wait_for("Source 1")
        typing_in_unit_1(terminal)
        terminal.send(END + "好")
        terminal.wait_for("会议九点开始。好")
        mark = len(terminal.raw)
        terminal.send(EXTERNAL)
        terminal.wait_for("IN THE EDITOR --wait")
        left = terminal.raw[mark:]
        assert b"\x1b[0 q" in left
        assert b"\x1b[?1049l" in left
        assert b"\x1b[?2004l" in left
        mark = len(terminal.raw)
        terminal.send("\r")
        terminal.wait_for("会议十点开始。好")
        terminal.wait_for("taken from")
        back = terminal.raw[mark:]
        for mode in (b"\x1b[?1049h", b"\x1b[?2004h", b"\x1b[?25h\x1b[6 q"):
            assert mode in back, mode
        terminal.send("\x1a")
        terminal.wait_for("会议九点开始。好")
        terminal.send("\x19")
        terminal.wait_for("会议十点开始。好")
        terminal.send(CTRL_Q)
        assert terminal.exit_code() == 0
    assert units(folder)[0][0] == "会议十点开始。好"


def test_an_editor_that_fails_changes_nothing(folder: Path, tmp_path: Path) -> None:
    editor = fake_editor(tmp_path, "path.write_text('x'); sys.exit(3)")
    with Terminal(SCREEN, folder=folder, env={"VISUAL": str(editor)}) as terminal:
        terminal.wait_for("Source 1")
        terminal.send(EXTERNAL)
        terminal.wait_for("ended with code 3")
        terminal.send(CTRL_Q)
        assert terminal.exit_code() == 0
    assert units(folder)[0][0] == "会议九点开始。"


def test_which_editor() -> None:
    there = {"PATH": os.environ["PATH"]}
    assert editor_command({**there, "EDITOR": "cat -u", "VISUAL": ""}) == ["cat", "-u"]
    assert editor_command({**there, "EDITOR": "cat", "VISUAL": "sh"}) == ["sh"]
    with pytest.raises(CommandError, match=r"^\$VISUAL names no-such-editor, which is not there$"):
        editor_command({"VISUAL": "no-such-editor"})


def test_suspended_and_back_the_terminal_is_as_it_was(folder: Path) -> None:
    with opened(folder) as terminal:
        typing_in_unit_1(terminal)
        terminal.send(END + "好")
        terminal.wait_for("会议九点开始。好")
        mark = len(terminal.raw)
        terminal.send(SUSPEND)
        terminal.wait_for(lambda _: stopped(terminal.process.pid))
        terminal.pump(0.1)
        left = terminal.raw[mark:]
        for mode in (b"\x1b[0 q", b"\x1b[?1049l", b"\x1b[?2004l", b"\x1b[?25h"):
            assert mode in left, mode
        # Whatever comes now finds what was half-typed.
        (kept,) = rescue.read(folder, "talk", "wei")
        assert kept.text == "会议九点开始。好"
        mark = len(terminal.raw)
        os.killpg(terminal.process.pid, signal.SIGCONT)
        terminal.wait_for(lambda _: b"\x1b[?25h\x1b[6 q" in terminal.raw[mark:])
        assert b"\x1b[?1049h" in terminal.raw[mark:]
        terminal.send("吗")
        terminal.wait_for("会议九点开始。好吗")
        terminal.send(CTRL_Q)
        assert terminal.exit_code() == 0
    assert units(folder)[0][0] == "会议九点开始。好吗"
    assert rescue.read(folder, "talk", "wei") == []


def stopped(pid: int) -> bool:
    shown = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return shown.stdout.startswith("T")


def test_kill_9_loses_no_more_than_the_last_seconds(folder: Path) -> None:
    with opened(folder) as terminal:
        typing_in_unit_1(terminal)
        terminal.send(END + "写到一半")
        terminal.wait_for("写到一半")
        terminal.wait_for(lambda _: bool(rescue.read(folder, "talk", "wei")))
        terminal.signal(signal.SIGKILL)
        terminal.process.wait()
    assert units(folder)[0][0] == "会议九点开始。"
    with opened(folder) as terminal:
        terminal.wait_for("here is what could not be saved")
        terminal.wait_for("会议九点开始。写到一半")
        terminal.send("\x13")
        terminal.wait_for("saved")
        terminal.send(CTRL_Q)
        assert terminal.exit_code() == 0
    assert units(folder)[0][0] == "会议九点开始。写到一半"
    assert rescue.read(folder, "talk", "wei") == []


@on_screen
async def test_what_is_typed_and_taken_back_leaves_no_file(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await pilot.press("enter", "a")
        app.desk.keep_half_typed()
        assert [one.text for one in rescue.read(folder, "talk", "wei")] == ["会议九点开始。a"]
        await pilot.press("backspace")
        app.desk.keep_half_typed()
        assert rescue.read(folder, "talk", "wei") == []
        await pilot.press("b")
        app.desk.keep_half_typed()
        await pilot.press("f2")
        await quiet(app)
        assert rescue.read(folder, "talk", "wei") == []


@on_screen
async def test_without_a_terminal_of_its_own_the_screen_says_so(folder: Path) -> None:
    async with review(folder) as (app, pilot):
        await pilot.press("alt+shift+z")
        assert message(app) == "there is no shell to go back to"
