"""A TOML file of settings: its tables, its lines, and errors that name the line at fault."""

from __future__ import annotations

import difflib
import json
import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from workbench.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE_NAME = "workbench.toml"

Types: TypeAlias = "Mapping[str, type | tuple[type, ...]]"
"""The settings of a table by name, and what their values must be."""

_TYPE_WORDS: dict[type | tuple[type, ...], str] = {
    str: "text in quotes",
    bool: "true or false",
    dict: "a table",
    (str, dict): "text in quotes or a table",
    int: "a whole number",
    (int, float): "a number",
}


@dataclass(frozen=True, slots=True)
class TomlFile:
    """A file as tables and as text; a file that is not there has neither."""

    path: Path
    text: str
    tables: dict[str, Any]

    @classmethod
    def read(cls, path: Path) -> TomlFile:
        """Raises ConfigError with the line at fault."""
        text = _text(path)
        try:
            return cls(path, text, tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"\(at line (\d+), column \d+\)|\(at end of document\)", str(error))
            line = int(found[1]) if found and found[1] else text.count("\n") + 1
            reason = re.sub(r"\s*\(at [^)]*\)\s*$", "", str(error))
            raise ConfigError(f"not valid TOML: {reason}", file=str(path), line=line) from error

    def error(self, reason: str, *keys: str) -> ConfigError:
        """An error that names the line of the first of the keys that is there."""
        return ConfigError(reason, file=str(self.path), line=line_of(self.text, *keys))

    def error_within(self, reason: str, table: tuple[str, ...], *path: str) -> ConfigError:
        """An error that names the line of a key of that table, or of a text that stands behind it."""
        return ConfigError(reason, file=str(self.path), line=self.line_within(table, *path))

    def line_within(self, table: tuple[str, ...], *path: str) -> int | None:
        """The line of a key of [TABLE], or of a text that stands behind it; of the last that can be told."""
        lines = self.text.splitlines()
        header = r"\s*\.\s*".join(rf"""["']?{re.escape(name)}["']?""" for name in table)
        begin = re.compile(rf"""^\s*\[+\s*{header}\s*[\].]""")
        at = next((number for number, line in enumerate(lines) if begin.match(line)), None)
        if at is None:
            return line_of(self.text, *path[:1], *reversed(table))
        for depth, step in enumerate(path):
            wanted = re.compile(rf"^\s*(?:\[.*\.)?\s*{re.escape(step)}\s*[=\]]") if not depth else None
            spelled = (step, json.dumps(step, ensure_ascii=False)[1:-1])
            for number in range(at, len(lines)):
                if wanted.match(lines[number]) if wanted else any(one in lines[number] for one in spelled):
                    at = number
                    break
            else:
                break
        return at + 1

    def check(self, table: dict[str, Any], types: Types, *within: str) -> None:
        """Raises ConfigError where the table `within` has a setting that there is not, or of another kind."""
        prefix = "".join(f"{name}." for name in within)

        def fail(reason: str, key: str) -> ConfigError:
            return self.error_within(reason, within, key) if len(within) > 1 else self.error(reason, key)

        for key, value in table.items():
            wanted = types.get(key)
            if wanted is None:
                raise fail(unknown(prefix + key, key, tuple(types)), key)
            if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool):
                raise fail(f"{prefix}{key} must be {_TYPE_WORDS[wanted]}", key)


def unknown(name: str, key: str, known: tuple[str, ...]) -> str:
    """The words for a setting that there is not, with the nearest one that there is."""
    near = difflib.get_close_matches(key, known, 1)
    hint = f", did you mean {near[0]!r}?" if near else f" (there are: {', '.join(known)})"
    return f"unknown setting {name!r}{hint}"


def setting_error(folder: Path, reason: str, *keys: str) -> ConfigError:
    """An error of the project's workbench.toml that names the line of the first of the keys that is there."""
    path = folder / FILE_NAME
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        text = ""
    return ConfigError(reason, file=str(path), line=line_of(text, *keys))


def line_of(text: str, *keys: str) -> int | None:
    """The line that sets the first of the keys that one does; else the one of the table of that name."""
    for key in keys:
        name = f'"?{re.escape(key)}"?'
        for pattern in (
            rf"\s*{name}\s*[=.]",
            rf"\s*\[+(?:[^\]=]*\.)?\s*{name}\s*[\].]",
            rf".*[{{,]\s*{name}\s*=",
        ):
            for number, line in enumerate(text.splitlines(), 1):
                if re.match(pattern, line):
                    return number
    return None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError("not UTF-8 text", file=str(path)) from error
    except OSError as error:
        raise ConfigError(error.strerror or "cannot be read", file=str(path)) from error
