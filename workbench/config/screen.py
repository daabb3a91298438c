"""The table [screen]: how the review screen is laid out at first, and the project's own layouts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.config.file import TomlFile, Types

_TYPES: Types = {"layout": str, "layouts": dict, "tour": bool}


@dataclass(frozen=True, slots=True)
class ScreenSettings:
    """What [screen] says; `layouts` are names and lines, looked at where panes are known."""

    layout: str = ""
    layouts: tuple[tuple[str, str], ...] = ()
    tour: bool = True


def parse(file: TomlFile) -> ScreenSettings:
    """The table [screen] as a value. Raises ConfigError with the line at fault."""
    raw = file.tables.get("screen", {})
    if not isinstance(raw, dict):
        raise file.error("screen must be a table", "screen")
    file.check(raw, _TYPES, "screen")
    layouts = raw.get("layouts", {})
    for name, line in layouts.items():
        if not isinstance(line, str):
            raise file.error_within(f"layout {name!r} must be a text", ("screen", "layouts"), name)
    return ScreenSettings(raw.get("layout", ""), tuple(layouts.items()), raw.get("tour", True))
