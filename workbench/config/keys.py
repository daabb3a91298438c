"""The setting `keymap` and the table [keys]: which keys do what on the review screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.config.file import TomlFile

KEYMAPS = ("default", "omegat", "trados")


@dataclass(frozen=True, slots=True)
class KeySettings:
    """The key map by name, and the user's own keys on top: (command, keys apart by commas, line in workbench.toml).

    What commands and keys there are is known where they are bound; a wrong one is said there and passed over.
    """

    keymap: str = "default"
    keys: tuple[tuple[str, str, int], ...] = ()


def parse(file: TomlFile) -> KeySettings:
    """What the file says of keys. Raises ConfigError for an unknown key map, and for keys that are no text."""
    name = file.tables.get("keymap", "default")
    if name not in KEYMAPS:
        raise file.error(f"keymap must be one of {', '.join(KEYMAPS)}", "keymap")
    found = []
    for command, value in file.tables.get("keys", {}).items():
        keys = value if isinstance(value, list) else [value]
        if not all(isinstance(key, str) for key in keys):
            raise file.error_within(f"keys.{command} must be text in quotes", ("keys",), command)
        line = file.line_within(("keys",), command) or 0
        found.append((command, ",".join(keys), line))
    return KeySettings(name, tuple(found))
