"""The loop of `workbench keys --test`: a terminal in raw mode, a line for each key pressed."""

from __future__ import annotations

import os
import select
import sys
import termios
import time
import tty
from typing import TYPE_CHECKING

from workbench.errors import UsageError
from workbench.tui import prepare
from workbench.tui.key_reader import ALT_AS_BEFORE, ALT_IS_ESCAPE, KeyReader
from workbench.tui.keys import commands, key_words
from workbench.tui.terminal_keys import ASK, Abilities, command_of, shown_bytes, unsent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workbench.review.commands import Command

ANSWER_SECONDS = 1.0
_PUSH, _POP = b"\x1b[>25u", b"\x1b[<u"
_PASTING, _NOT_PASTING = b"\x1b[?2004h", b"\x1b[?2004l"
_END = "ctrl+c"


def run(keymap: Mapping[str, str] | None = None) -> int:
    """Show what the terminal sends until Ctrl+C is pressed. Raises UsageError where there is no terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("keys --test needs a terminal")
    prepare(os.environ)
    source, sink = sys.stdin.fileno(), sys.stdout.fileno()
    known = commands(keymap)
    before = termios.tcgetattr(source)
    kitty = False
    tty.setraw(source)
    try:
        abilities = Abilities.of(_reply(source, sink))
        kitty = abilities.kitty and os.environ.get("TEXTUAL_DISABLE_KITTY_KEY") != "1"
        os.write(sink, _PASTING + ALT_IS_ESCAPE.encode() + (_PUSH if kitty else b""))
        for line in _opening(abilities, known, kitty=kitty):
            _say(sink, line)
        _watch(source, sink, known)
    finally:
        os.write(sink, (_POP if kitty else b"") + ALT_AS_BEFORE.encode() + _NOT_PASTING)
        termios.tcsetattr(source, termios.TCSADRAIN, before)
    return 0


def _opening(abilities: Abilities, known: Sequence[Command], *, kitty: bool) -> list[str]:
    """What is said before the first key."""
    names = [
        f"{name}={os.environ[name]}" for name in ("TERM", "TERM_PROGRAM", "COLORTERM") if name in os.environ
    ]
    lines = [f"terminal: {', '.join(names)}{', in tmux' if 'TMUX' in os.environ else ''}", *abilities.lines()]
    if abilities.kitty and not kitty:
        lines.append("the review does not ask for that protocol here: input methods would lose text")
    missing = unsent(known, kitty=kitty)
    lines += ["", "these may not arrive:" if missing else "every key of the review can arrive"]
    lines += [f"  {one}" for one in missing]
    return [*lines, "", "Press keys, or type with your input method; Ctrl+C ends.", ""]


def _reply(source: int, sink: int) -> bytes:
    """What the terminal answers to all questions, within the time."""
    os.write(sink, ASK)
    reply = b""
    end = time.monotonic() + ANSWER_SECONDS
    while not Abilities.is_whole(reply) and (left := end - time.monotonic()) > 0:
        if select.select([source], [], [], left)[0]:
            reply += os.read(source, 1024)
    return reply


def _say(sink: int, line: str) -> None:
    os.write(sink, f"{line}\r\n".encode("utf-8", "replace"))


def _watch(source: int, sink: int, known: Sequence[Command]) -> None:
    """One line for each key, text or paste until the key that ends it."""
    from codecs import getincrementaldecoder

    from textual import events

    parser = KeyReader()
    decoder = getincrementaldecoder("utf-8")("replace")
    sent = b""
    while True:
        ready = select.select([source], [], [], 0.05)[0]
        found = []
        if ready:
            data = os.read(source, 4096)
            if not data:
                return
            sent += data
            found = list(parser.feed(decoder.decode(data)))
        found += parser.tick()
        for number, event in enumerate(found):
            shown = shown_bytes(sent) if number == 0 else ""
            if isinstance(event, events.Key):
                does = command_of(event.key, known)
                typed = f"types {event.character}" if event.is_printable and not does else ""
                _say(sink, f"{shown:<24} {key_words(event.key):<20} {does or typed}".rstrip())
                if event.key == _END:
                    return
            elif isinstance(event, events.Paste):
                _say(sink, f"{'a paste':<24} {len(event.text)} characters".rstrip())
        if found:
            sent = b""
