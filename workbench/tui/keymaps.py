"""Key maps: the workbench's own, those of other tools as far as terminals send their keys, and the user's on top."""

from __future__ import annotations

import difflib
import unicodedata
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from workbench.review.commands import COMMANDS
from workbench.tui.keys import SCREEN_COMMANDS, split_keys
from workbench.tui.terminal_keys import is_safe, plain_bytes, why_unsafe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbench.config.keys import KeySettings

OMEGAT: Mapping[str, str] = MappingProxyType(
    {
        "next": "ctrl+n,alt+down,ctrl+down",
        "previous": "ctrl+p,alt+up,ctrl+up",
        "next_open": "ctrl+u,alt+n",
        "goto": "ctrl+j,ctrl+g",
        "match": "ctrl+r,alt+shift+m",
        "documents": "ctrl+l,f5",
        "palette": "alt+shift+e",
        "term": "alt+shift+g",
        "fix_kind": "alt+shift+i",
    }
)
"""OmegaT's keys. Enter, which confirms there, is for input methods here; Ctrl+I and Ctrl+Shift+letter never arrive."""

TRADOS: Mapping[str, str] = MappingProxyType(
    {
        "confirm": "f2,ctrl+enter,alt+c",
        "unconfirm": "alt+u,ctrl+shift+enter",
        "concordance": "f3,alt+shift+f,ctrl+f c",
        "copy_source": "ctrl+insert,alt+s",
        "match": "ctrl+t,alt+shift+m",
        "term": "ctrl+f2,ctrl+n",
        "split": "alt+shift+t,alt+t,alt+k t",
        "rate": "alt+shift+r",
        "theme": "alt+shift+w",
    }
)
"""The keys of Trados Studio. Ctrl+Enter arrives with the kitty protocol only, so F2 is shown; Ctrl+H is Backspace."""

KEYMAPS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"default": MappingProxyType({}), "omegat": OMEGAT, "trados": TRADOS}
)
"""What each map gives other keys than the table of commands does; who had these keys keeps the rest of their own."""

_MOTIONS = ("left", "right", "up", "down", "home", "end")
TYPED = frozenset(
    [
        "space",
        "enter",
        "backspace",
        "delete",
        "tab",
        "shift+tab",
        *_MOTIONS,
        *(f"shift+{key}" for key in _MOTIONS),
    ]
)
"""Keys with which one types and selects: no command may take them from the editor."""
_OWN = {"type": ("enter",), "complete": ("tab",), "next_completion": ("shift+tab",)}
_MODIFIERS = frozenset(("ctrl", "alt", "shift", "super", "hyper", "meta"))
_NAMED = frozenset(
    ("escape", "insert", "pageup", "pagedown", "minus", *(f"f{number}" for number in range(1, 25)))
)


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of every command by its name, none of them twice, and a line for each thing that was wrong."""

    keys: Mapping[str, str]
    problems: tuple[str, ...] = ()


def resolve(settings: KeySettings | None) -> Keys:
    """The keys that the settings ask for. What cannot be had is passed over and said; the other keys stay."""
    held = {command.name: split_keys(command.keys) for command in (*COMMANDS, *SCREEN_COMMANDS)}
    if settings is None:
        return Keys({name: ",".join(keys) for name, keys in held.items()})
    before: dict[str, list[str]] = {}
    for name, keys in KEYMAPS[settings.keymap].items():
        if name in held:
            _give(held, name, split_keys(keys))
            before[name] = held[name]
    owner = {key: name for name, keys in held.items() for key in keys}
    problems: list[str] = []
    taken: dict[str, str] = {}
    for name, wanted, line in settings.keys:
        where = f"workbench.toml{f':{line}' if line else ''}: [keys]"
        if name not in held:
            near = difflib.get_close_matches(name, held, 1)
            hint = f", did you mean {near[0]!r}?" if near else " (workbench keys lists them)"
            problems.append(f"{where} there is no command {name!r}{hint}")
            continue
        good = []
        for key in split_keys(wanted):
            reason = _why_not(name, key)
            if key in taken and taken[key] != name:
                reason = f"is {taken[key]} already"
            if reason:
                problems.append(f"{where} {name}: {key!r} {reason}")
                continue
            taken[key] = name
            good.append(key)
        if not good and split_keys(wanted):
            continue
        problems += _said_of_taking(held, owner, name, good, taken, where)
        _give(held, name, good)
        if good and not any(is_safe(key.partition(" ")[0]) for key in good):
            why = why_unsafe(good[0].partition(" ")[0])
            problems.append(f"{where} {name}: no key that every terminal sends ({good[0]}: {why})")
    return Keys({name: ",".join(keys) for name, keys in held.items()}, tuple(problems))


def _give(held: dict[str, list[str]], name: str, keys: list[str]) -> None:
    """Give a command its keys, which others lose."""
    for other, its in held.items():
        if other != name and any(key in keys for key in its):
            held[other] = [key for key in its if key not in keys]
    held[name] = keys


def _said_of_taking(
    held: Mapping[str, list[str]],
    owner: Mapping[str, str],
    name: str,
    keys: list[str],
    taken: Mapping[str, str],
    where: str,
) -> list[str]:
    """A line for each key that another command had, with what is left to that one."""
    said = []
    for key in keys:
        other = owner.get(key, name)
        if other == name or key not in held[other]:
            continue
        rest = [one for one in held[other] if taken.get(one, other) == other and one not in keys]
        left = f"which keeps {', '.join(rest)}" if rest else "which has no key left"
        said.append(f"{where} {name}: {key!r} was the key of {other}, {left}")
    return said


def _why_not(name: str, key: str) -> str:
    """Why a command cannot have a key, "" where it can."""
    first, space, letter = key.partition(" ")
    if space and (not letter or " " in letter):
        return "is no key: at most one letter or key stands behind a key that opens a bar"
    *modifiers, last = first.split("+")
    if not _MODIFIERS.issuperset(modifiers) or not _is_key(last):
        return "is no key"
    if first in _OWN.get(name, ()):
        return ""
    if first in TYPED or (modifiers in ([], ["shift"]) and len(last) == 1):
        return "is needed for typing"
    if first == "ctrl+c":
        return "copies and interrupts"
    return ""


def _is_key(name: str) -> bool:
    if len(name) == 1:
        return name.isprintable()
    if name in _NAMED or name in TYPED or name == "@" or plain_bytes(name) is not None:
        return True
    try:
        unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return False
    return True
