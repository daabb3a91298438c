"""The page of all keys in the documentation, made from the tables that the screen is made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.tui.help import EDITOR_KEYS
from workbench.tui.keys import LIST_KEYS, commands, key_words, split_keys

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_HEAD = """# All keys

Made by `workbench keys --to page`; a test keeps it equal. Where two keys stand behind each other (`Alt+K d`) the first
opens a bar and the second is a letter of it. What each command takes in a script is in
[the list of review commands](review.md#commands), what a terminal may swallow in [terminals](terminals.md). `[keys]` in
`workbench.toml` changes them; `workbench keys --test` shows what yours sends. F1 on the screen shows the keys of where
you are first, Ctrl+P finds a command by its name.
"""


def page(keymap: Mapping[str, str] | None = None) -> str:
    """The page as Markdown, with the keys of `keymap` in place of the default ones."""
    known = commands(keymap)
    parts = [_HEAD]
    for group in dict.fromkeys(command.group for command in known):
        rows = [
            (f"`{command.name}`", _keys(command.keys), command.help)
            for command in known
            if command.group == group
        ]
        parts.append(f"## {group}\n\n{_table(('command', 'keys', 'what it does'), rows)}")
    more: dict[str, list[str]] = {}
    for key, name in LIST_KEYS.items():
        more.setdefault(name, []).append(key)
    pairs = [(f"`{name}`", _keys(",".join(held))) for name, held in more.items()]
    parts.append(f"## In the list only\n\n{_table(('command', 'further keys'), pairs)}")
    pairs = [(names.replace("  ", ", "), what) for names, what in EDITOR_KEYS]
    parts.append(f"## Of the editor itself\n\n{_table(('keys', 'what they do'), pairs)}")
    return "\n".join(parts)


def _keys(keys: str) -> str:
    return ", ".join(key_words(key).replace("|", "\\|") for key in split_keys(keys)) or "–"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
