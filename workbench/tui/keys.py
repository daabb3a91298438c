"""Which keys do what: the commands of the review, those of the screen alone, and how keys are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.errors import ConfigError
from workbench.review.commands import COMMANDS, Command
from workbench.review.matching import PROPAGATE
from workbench.tui import external, layout_bar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SCREEN_COMMANDS: tuple[Command, ...] = (
    Command("type", "enter", "go into the target and type", "", group="Screen", footer=True, palette=False),
    Command("list", "escape", "go back to the list of units", "", group="Screen", footer=True, palette=False),
    Command(
        "complete",
        "tab",
        "put in what is offered, or offer terms and words",
        "",
        group="Typing",
        palette=False,
    ),
    Command("next_completion", "shift+tab", "offer something else", "", group="Typing", palette=False),
    Command(
        "value", "ctrl+o", "put the right number or term at the caret; again: the next", "", group="Typing"
    ),
    Command(
        "tidy",
        "f12,ctrl+underscore",
        "mend widths, quotes and spaces in the selection or the text",
        "",
        group="Typing",
    ),
    Command(
        "codes",
        "ctrl+backslash",
        "type inside tags and placeholders, or leave them whole",
        "",
        group="Typing",
    ),
    Command("pane", "f6,alt+v", "show the next of issues, terms, matches, draft, scores", "", group="Screen"),
    Command(
        "source", "alt+shift+q,shift+f6", "go into the source and select words there", "", group="Screen"
    ),
    Command("source_up", "shift+pageup", "scroll the source up", "", group="Screen", palette=False),
    Command("source_down", "shift+pagedown", "scroll the source down", "", group="Screen", palette=False),
    Command(
        "pane_up",
        "alt+pageup",
        "scroll the issues, terms, matches, scores up",
        "",
        group="Screen",
        palette=False,
    ),
    Command(
        "pane_down",
        "alt+pagedown",
        "scroll the issues, terms, matches, scores down",
        "",
        group="Screen",
        palette=False,
    ),
    *layout_bar.COMMANDS,
    *external.COMMANDS,
    Command("lines", "f7", "one line or two for each unit of the list", "", group="Screen"),
    Command("documents", "f5", "go to another document of the project", "", group="Screen"),
    Command("find", "ctrl+f", "search, replace, look up, views: a letter for each", "", group="Screen"),
    Command("repair", "alt+k,ctrl+r", "repair the alignment: a letter for each command", "", group="Screen"),
    Command(
        "statistics",
        "alt+shift+p,f11",
        "progress, edits, issues by kind and pace, as plots",
        "",
        group="Screen",
    ),
    Command("tour", "alt+shift+u", "show the tour of the screen again", "", group="Screen"),
    Command("history", "alt+h", "read every saved text of the unit, and go back to one", "", group="Screen"),
    Command(
        "comments", "alt+shift+k", "read the comments on the unit, answer and settle them", "", group="Screen"
    ),
    Command(
        "theme",
        "alt+shift+t",
        "change the colours: dark, light, in high contrast, the terminal's own",
        "",
        group="Screen",
    ),
    Command(
        "palette", "ctrl+p", "find any command by its name", "", group="Screen", footer=True, palette=False
    ),
    Command("help", "f1", "all commands and keys", "", group="Screen", footer=True),
    Command("quit", "ctrl+q", "save what was typed and leave", "", group="Screen", footer=True),
)
"""What the screen does by itself; a script has no use for it."""

OPENING_KEYS: Mapping[str, str] = {
    "repair": "alt+k",
    "annotate": "alt+e",
    "comments": "alt+shift+k",
    "history": "alt+h",
    "find": "ctrl+f",
}
"""The commands whose keys stand before those of a bar or a dialog in the table of commands, and these keys."""

LIST_KEYS: Mapping[str, str] = {
    "down": "next",
    "j": "next",
    "up": "previous",
    "k": "previous",
    "home": "first",
    "ctrl+home": "first",
    "g": "first",
    "end": "last",
    "ctrl+end": "last",
    "G": "last",
    "n": "next_open",
    "p": "previous_open",
    "slash": "search",
    "question_mark": "help",
    "ctrl+z": "suspend",
    "e": "type",
    "i": "type",
}
"""Further keys while the list has the focus: they move and ask, none decides anything."""

TYPING = "Typing"
"""The group of commands whose keys count only while one types."""

HINT_WORDS = {"next_open": "next open", "next_issue": "next issue", "palette": "commands", "list": "to list"}
HINTS = ("type", "list", "confirm", "help", "quit", "fix", "next_issue", "undo", "next_open", "palette")
"""The commands of the footer, those to keep in a narrow screen first."""
_NAMES = {
    "escape": "Esc",
    "enter": "Enter",
    "question_mark": "?",
    "slash": "/",
    "pageup": "PgUp",
    "pagedown": "PgDn",
}


def key_words(key: str) -> str:
    """A key as people call it: "ctrl+enter" → "Ctrl+Enter", "f2" → "F2", "alt+k d" → "Alt+K d"."""
    if " " in key:
        return " ".join(map(key_words, key.split()))
    if key in _NAMES:
        return _NAMES[key]
    if len(key) == 1:
        return key
    return "+".join(
        _NAMES.get(part, part.upper() if len(part) <= 1 else part.capitalize()) for part in key.split("+")
    )


def commands(keymap: Mapping[str, str] | None = None) -> tuple[Command, ...]:
    """Every command with its keys, those of `keymap` (name → keys) in place of its own.

    Raises ConfigError for a name that there is not, and where two commands would share a key.
    """
    from dataclasses import replace

    known = (*COMMANDS, *SCREEN_COMMANDS)
    wanted = dict(keymap or {})
    opening = {key: (split_keys(wanted.get(name, "")) or [key])[0] for name, key in OPENING_KEYS.items()}
    result = tuple(
        replace(command, keys=_behind(wanted.pop(command.name, command.keys), opening)) for command in known
    )
    if wanted:
        raise ConfigError(f"[keys] there is no command {next(iter(wanted))!r}", file="workbench.toml")
    owner: dict[str, str] = {}
    for command in result:
        for key in split_keys(command.keys):
            if key in owner:
                raise ConfigError(
                    f"[keys] {key!r} is of both {owner[key]} and {command.name}", file="workbench.toml"
                )
            owner[key] = command.name
    return result


def _behind(keys: str, opening: Mapping[str, str]) -> str:
    """The keys of a command, those that stand behind an opening key behind the one that opens now."""
    return ",".join(
        f"{opening.get(first, first)} {letter}" if space else first
        for first, space, letter in (key.partition(" ") for key in split_keys(keys))
    )


def split_keys(keys: str) -> list[str]:
    """The keys of a comma-separated list."""
    return [key.strip() for key in keys.split(",") if key.strip()]


def hints(known: Sequence[Command], *, typing: bool) -> list[tuple[str, str, str]]:
    """The footer: (key, what it does, command), the most needed first, in the list or while typing."""
    footer = {command.name: command for command in known if command.footer and command.keys}
    hidden = ("type", "palette") if typing else ("list", "palette")
    return [
        (key_words(split_keys(footer[name].keys)[0]), HINT_WORDS.get(name, footer[name].title), name)
        for name in HINTS
        if name in footer and name not in hidden
    ]


_OFFERED = {"next_open": "", PROPAGATE: " confirms them too"}
"""Commands that an answer may offer and what their keys do then; of several the last one is shown first."""


def with_keys(answer: str, commands: Mapping[str, Command]) -> str:
    """An answer of the session with the keys of the commands that it offers, which a narrow line must not cut off."""
    first, *parts = answer.split("; ")
    for name, does in _OFFERED.items():
        key = f": {key_words(commands[name].key)}{does}"
        first = first.replace(f": {name}", key)
        offers = [part.replace(f": {name}", key) for part in parts if f": {name}" in part]
        parts = offers + [part for part in parts if f": {name}" not in part]
    return "; ".join((first, *parts))
