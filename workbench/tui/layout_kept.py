"""The layouts that a person keeps in a project, and the one that the screen was left with."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from workbench.errors import ConfigError, OutputError
from workbench.tui import layout

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from workbench.tui.layout import Layout

FILE = ".workbench/screen.json"
DEFAULT = "wide"
LAST = "as it was left"


@dataclass(slots=True)
class Layouts:
    """All layouts by name: those that everybody has, those of the project's settings, and a person's own.

    Of the same name a person's own counts before the project's, and the project's before the built-in one.
    """

    own: dict[str, str] = field(default_factory=dict)
    of_project: dict[str, Layout] = field(default_factory=dict)
    last: str = ""
    """The layout that the screen was left with, as it is written."""
    known: Collection[str] = ()
    has_toured: bool = False
    """Whether the tour was shown."""

    def all(self) -> dict[str, Layout]:
        """Every layout by name, in the order of their digits in the bar."""
        result = {**layout.built_in(self.known), **self.of_project}
        for name, line in self.own.items():
            try:
                result[name] = layout.read(line, self.known, lenient=True)
            except ConfigError:  # written by another version, or by hand
                continue
        return result

    def start(self, wanted: str) -> Layout:
        """The layout to begin with: as the screen was left, else the `wanted` one. Raises ConfigError."""
        if self.last:
            try:
                return layout.read(self.last, self.known, lenient=True)
            except ConfigError:
                pass
        name, found = wanted or DEFAULT, self.all()
        if name not in found:
            raise ConfigError(
                f"[screen] there is no layout {name!r}; there are: {', '.join(found)}", file="workbench.toml"
            )
        return found[name]


def load(
    folder: Path | None, author: str, *, known: Collection[str], of_project: Mapping[str, str]
) -> Layouts:
    """The layouts of a person in a project. Raises ConfigError where one of the project's cannot be read."""
    held = _read(folder).get(author)
    mine: dict[str, Any] = held if isinstance(held, dict) else {}
    own, last = mine.get("layouts"), mine.get("last")
    result = Layouts(
        own={str(name): str(line) for name, line in own.items()} if isinstance(own, dict) else {},
        last=last if isinstance(last, str) else "",
        known=known,
        has_toured=bool(mine.get("toured")),
    )
    for name, line in of_project.items():
        try:
            result.of_project[name] = layout.read(line, known)
        except ConfigError as error:
            raise ConfigError(f"[screen.layouts] {name}: {error}", file="workbench.toml") from error
    return result


def keep(folder: Path | None, author: str, layouts: Layouts) -> None:
    """Write a person's layouts beside the store; a folder that cannot be written to keeps none."""
    if folder is None or not (folder / FILE).parent.is_dir():
        return
    held = _read(folder)
    held[author] = {"last": layouts.last, "layouts": layouts.own, "toured": layouts.has_toured}
    from workbench.formats.files import save

    try:
        save(folder / FILE, [(json.dumps(held, ensure_ascii=False, indent=1) + "\n").encode("utf-8")])
    except (OSError, OutputError):
        return


def _read(folder: Path | None) -> dict[str, Any]:
    if folder is None:
        return {}
    try:
        held = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return held if isinstance(held, dict) else {}
