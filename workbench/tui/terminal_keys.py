"""Which keys a terminal can send, which of them others swallow, and what this terminal sends for each key pressed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.tui.keys import LIST_KEYS, key_words, split_keys

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workbench.review.commands import Command

SWALLOWED: Mapping[str, str] = {
    "ctrl+a": "the prefix of screen",
    "ctrl+b": "the prefix of tmux",
    "ctrl+space": "switches the input method",
    "ctrl+@": "switches the input method",
    "shift+space": "full and half width in input methods",
    "ctrl+full_stop": "Chinese or Latin punctuation in input methods",
    "ctrl+comma": "switches the input method",
    "ctrl+semicolon": "the clipboard of input methods",
    "space": "chooses a candidate in input methods",
    "f10": "the menu of the window",
    "f11": "full screen",
}
"""Keys that may never arrive, and who takes them."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_OTHERS = {"h": "Backspace", "i": "Tab", "m": "Enter"}
_PLAIN = {"enter": b"\r", "tab": b"\t", "shift+tab": b"\x1b[Z", "escape": b"\x1b", "backspace": b"\x7f"} | {
    "ctrl+backslash": b"\x1c",
    "ctrl+right_square_bracket": b"\x1d",
    "ctrl+underscore": b"\x1f",
    "ctrl+@": b"\x00",
    "slash": b"/",
    "question_mark": b"?",
    "space": b" ",
}
_CURSOR = {"up": "A", "down": "B", "right": "C", "left": "D", "end": "F", "home": "H"}
_TILDE = {"insert": 2, "delete": 3, "pageup": 5, "pagedown": 6} | {
    f"f{number}": code for number, code in zip(range(5, 13), (15, 17, 18, 19, 20, 21, 23, 24), strict=True)
}
_FIRST_KEYS = {"f1": "P", "f2": "Q", "f3": "R", "f4": "S"}
_MODIFIERS = {"shift": 1, "alt": 2, "ctrl": 4}


def plain_bytes(key: str) -> bytes | None:
    """What a terminal without a keyboard protocol sends for a key, as xterm does; None where it cannot send it."""
    if key in _PLAIN:
        return _PLAIN[key]
    *modifiers, name = key.split("+")
    if len(key) == 1 and key.isprintable():
        return key.encode()
    if not set(modifiers) <= set(_MODIFIERS):
        return None
    number = 1 + sum(_MODIFIERS[one] for one in modifiers)
    if name in _CURSOR:
        return f"\x1b[{f'1;{number}' if modifiers else ''}{_CURSOR[name]}".encode()
    if name in _TILDE:
        return f"\x1b[{_TILDE[name]}{f';{number}' if modifiers else ''}~".encode()
    if name in _FIRST_KEYS:
        return (f"\x1b[1;{number}" if modifiers else "\x1bO").encode() + _FIRST_KEYS[name].encode()
    if len(name) == 1 and name in _LETTERS and modifiers == ["ctrl"]:
        return None if name in _OTHERS else bytes([_LETTERS.index(name) + 1])
    if len(name) == 1 and name in _LETTERS and modifiers == ["alt"]:
        return b"\x1b" + name.encode()
    # ESC O begins the function keys.
    if len(name) == 1 and name in _LETTERS and set(modifiers) == {"alt", "shift"} and name != "o":
        return b"\x1b" + name.upper().encode()
    return None


def is_safe(key: str) -> bool:
    """Whether every terminal sends the key, and neither an input method nor a multiplexer keeps it."""
    return plain_bytes(key) is not None and key not in SWALLOWED


def why_unsafe(key: str) -> str:
    """Why a key may not arrive, "" where nothing is known against it."""
    if key in SWALLOWED:
        return SWALLOWED[key]
    letter = key.removeprefix("ctrl+")
    if key == f"ctrl+{letter}" and letter in _OTHERS:
        return f"is {_OTHERS[letter]} in a plain terminal"
    return "" if plain_bytes(key) is not None else "only with the kitty keyboard protocol"


@dataclass(frozen=True, slots=True)
class Unsent:
    """A binding that may not arrive, and the keys that do the same."""

    command: str
    key: str
    reason: str
    others: tuple[str, ...]

    def __str__(self) -> str:
        rest = " or ".join(map(key_words, self.others)) or "nothing else"
        return f"{key_words(self.key)} ({self.command.replace('_', ' ')}): {self.reason}; {rest} does it"


def unsent(commands: Sequence[Command], *, kitty: bool) -> list[Unsent]:
    """The bindings that a terminal cannot send or that others take; `kitty` = it has the keyboard protocol."""
    found = []
    for command in commands:
        own = [key for key in split_keys(command.keys) if " " not in key]
        good = tuple(key for key in own if is_safe(key))
        for key in own:
            reason = why_unsafe(key)
            if reason and not (kitty and key not in SWALLOWED):
                found.append(Unsent(command.name, key, reason, good))
    return found


def command_of(key: str, commands: Sequence[Command]) -> str:
    """What a key does on the review screen, "" where it does nothing there."""
    for command in commands:
        if key in split_keys(command.keys):
            return f"{command.name.replace('_', ' ')}: {command.help}"
    if key in LIST_KEYS:
        return f"in the list: {LIST_KEYS[key].replace('_', ' ')}"
    return ""


def shown_bytes(data: bytes) -> str:
    """What arrived, readable: "ESC [ 1 ; 3 B", "^A", "中"."""
    parts = []
    for character in data.decode("utf-8", "replace"):
        if character == "\x1b":
            parts.append("ESC")
        elif character == " ":
            parts.append("SPACE")
        elif character < " ":
            parts.append(f"^{chr(ord(character) + 64)}")
        else:
            parts.append("DEL" if character == "\x7f" else character)
    return " ".join(parts)


WIDTHS = (
    ("中", "Chinese"),
    ("“", "“ ” … —"),
    ("⚠️", "emoji with a selector"),
    ("👨‍👩‍👧", "joined emoji"),
    ("🇨🇳", "flags"),
)
"""What is measured of a terminal, and what it stands for."""
_PLACE = re.compile(rb"\x1b\[(\d+);(\d+)R")
_KITTY = re.compile(rb"\x1b\[\?(\d+)u")
_SYNCHRONISED = re.compile(rb"\x1b\[\?2026;([0-4])\$y")
_WHO = re.compile(rb"\x1b\[\?[\d;]*c")
ASK = (
    b"\x1b[?u\x1b[?2026$p"
    + b"".join(b"\r" + text.encode() + b"\x1b[6n" for text, _ in WIDTHS)
    + b"\r\x1b[K\x1b[c"
)
"""Asks a terminal what it can do; the answer to the last question, which all of them answer, ends the reply."""


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a terminal said of itself; `widths` are the cells that each text of WIDTHS takes."""

    kitty: bool
    synchronised: bool
    widths: tuple[int, ...]

    @classmethod
    def of(cls, reply: bytes) -> Abilities:
        """What a reply to ASK says."""
        mode = _SYNCHRONISED.search(reply)
        return cls(
            kitty=_KITTY.search(reply) is not None,
            synchronised=mode is not None and mode[1] in (b"1", b"2"),
            widths=tuple(int(match[2]) - 1 for match in _PLACE.finditer(reply)),
        )

    @staticmethod
    def is_whole(reply: bytes) -> bool:
        """Whether the terminal has answered the last question."""
        return _WHO.search(reply) is not None

    def lines(self) -> list[str]:
        """What is to be said of it."""
        said = [
            f"kitty keyboard protocol: {'yes' if self.kitty else 'no'}",
            f"frames in one piece (mode 2026): {'yes' if self.synchronised else 'no'}",
        ]
        if len(self.widths) == len(WIDTHS):
            cells = ", ".join(f"{about} {cell}" for (_, about), cell in zip(WIDTHS, self.widths, strict=True))
            said.append(f"cells: {cells}")
            if self.widths[1] == 2:
                said.append(
                    "characters of ambiguous width take two cells: set ambiguous_width = 2 in workbench.toml"
                )
            if self.widths[2] == 1:
                said.append("signs with a selector take one cell: set emoji_width = 1 in workbench.toml")
        return said
