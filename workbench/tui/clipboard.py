"""The clipboard: what is copied goes to the terminal (OSC 52), to tmux, and to the programs of the desktop."""

from __future__ import annotations

import base64
import shutil
import subprocess
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

OSC_BYTES = 74_994
"""A longer text is not sent to the terminal: many drop a sequence of more than 100,000 characters, some with a bell."""
TOOL_SECONDS = 2.0
_SCREEN_PIECE = 240
"""GNU screen drops what it is to pass on in larger pieces."""


def sequences(text: str, environ: Mapping[str, str]) -> list[str]:
    """What is sent to a terminal so that it puts the text into its clipboard; nothing for a text that is too long.

    Inside tmux also wrapped, so that it goes through where `allow-passthrough` is on; inside screen wrapped only.
    """
    data = text.encode("utf-8", "replace")
    if len(data) > OSC_BYTES:
        return []
    plain = f"\x1b]52;c;{base64.b64encode(data).decode('ascii')}\a"
    if "TMUX" in environ:
        inner = plain.replace("\x1b", "\x1b\x1b")
        return [plain, f"\x1bPtmux;{inner}\x1b\\"]
    if "STY" in environ:
        pieces = [plain[at : at + _SCREEN_PIECE] for at in range(0, len(plain), _SCREEN_PIECE)]
        return ["".join(f"\x1bP{piece}\x1b\\" for piece in pieces)]
    return [plain]


def tools(
    environ: Mapping[str, str],
    *,
    platform: str = sys.platform,
    which: Callable[[str], str | None] = shutil.which,
) -> list[list[str]]:
    """The commands that take a text for the clipboard from their input: tmux's, and the first of the desktop's.

    tmux lets no program inside it set its buffers by OSC 52 unless `set-clipboard` is "on"; `load-buffer -w` does, and
    hands it on to the terminal outside.
    """
    found: list[list[str]] = []
    if "TMUX" in environ and which("tmux"):
        found.append(["tmux", "load-buffer", "-w", "-"])
    desktop: list[tuple[bool, list[str]]] = [
        (platform == "darwin", ["pbcopy"]),
        ("WAYLAND_DISPLAY" in environ, ["wl-copy"]),
        ("DISPLAY" in environ, ["xclip", "-selection", "clipboard"]),
        ("DISPLAY" in environ, ["xsel", "--clipboard", "--input"]),
        ("WSL_DISTRO_NAME" in environ, ["clip.exe"]),
        ("TERMUX_VERSION" in environ, ["termux-clipboard-set"]),
    ]
    fitting = (command for there, command in desktop if there and which(command[0]))
    return [*found, *([first] if (first := next(fitting, None)) else [])]


def hand_to_tools(text: str, environ: Mapping[str, str]) -> threading.Thread | None:
    """Give the text to the tools on a thread of its own; None where there is none."""
    commands = tools(environ)
    if not commands:
        return None
    thread = threading.Thread(
        target=_hand_over, args=(text, commands, dict(environ)), name="clipboard", daemon=True
    )
    thread.start()
    return thread


def _hand_over(text: str, commands: list[list[str]], environ: dict[str, str]) -> None:
    for command in commands:
        # The clip.exe of Windows reads UTF-16.
        data = text.encode("utf-16-le" if command[0] == "clip.exe" else "utf-8", "replace")
        # xclip goes on in the background and would hold any pipe open.
        with suppress(OSError, subprocess.SubprocessError):
            subprocess.run(
                command,
                input=data,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=TOOL_SECONDS,
                env=environ,
                check=False,
            )


def said_of(what: str, text: str) -> str:
    """The line that says what was copied."""
    count = f"{len(text):,} character{'' if len(text) == 1 else 's'}"
    if len(text.encode("utf-8", "replace")) > OSC_BYTES:
        return (
            f"{what} copied ({count}: too long for the clipboard of most terminals; Ctrl+V here puts it in)"
        )
    return f"{what} copied ({count})"
