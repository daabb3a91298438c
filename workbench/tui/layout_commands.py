"""The commands of the layout: those of the bar's letters, and those that ask."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from workbench.tui.layout import BUILT_IN
from workbench.tui.layout_bar import COMMANDS
from workbench.tui.modals import Picker, Prompt

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbench.tui.desk import Desk

_ABOUT = {name: about for name, about, _line in BUILT_IN}


class LayoutCommands:
    """What keys and the palette set off."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.commands: dict[str, Callable[[], object]] = {
            **{command.name: partial(desk.change_layout, command.name) for command in COMMANDS},
            "layout": desk.open_layout,
            "layouts": self.choose,
            "keep_layout": self.keep,
        }

    def choose(self) -> None:
        """Choose among the layouts by their names."""
        found = self._desk.arranging.layouts.all()
        now = str(self._desk.arranging.layout)
        lines = [str(one) for one in found.values()]
        choices = [(name, _ABOUT.get(name, str(one))) for name, one in found.items()]

        def chosen(index: int | None) -> None:
            if index is not None:
                self._desk.change_layout(f"layout {choices[index][0]}")

        current = lines.index(now) if now in lines else 0
        self._desk.app.push_screen(Picker("Layout", choices, current=current), chosen)

    def keep(self) -> None:
        """Keep the layout under a name."""

        def named(name: str | None) -> None:
            if name:
                arranging = self._desk.arranging
                arranging.layouts.own[name] = str(arranging.layout)
                arranging.keep()
                self._desk.flash(f"kept: layout {name}", kind="good")

        self._desk.app.push_screen(Prompt("Keep the layout as"), named)
