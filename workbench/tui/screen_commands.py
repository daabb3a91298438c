"""The commands that show something and change nothing: panes, help, palette, bars, colours, statistics, the tour."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from workbench.tui.statistics import show_statistics
from workbench.tui.themes import NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from workbench.review.commands import Command
    from workbench.tui import ProjectLike
    from workbench.tui.desk import Desk


class ScreenCommands:
    """What they set off; `known` are all commands by name, with their keys."""

    def __init__(self, desk: Desk, project: ProjectLike, known: Mapping[str, Command]) -> None:
        self._desk = desk
        self._known = known
        self.commands: dict[str, Callable[[], Any]] = {
            "pane": desk.next_section,
            "lines": desk.toggle_unit_lines,
            "source": desk.go_to_source,
            "source_up": partial(desk.scroll_part, "source", -1),
            "source_down": partial(desk.scroll_part, "source", 1),
            "pane_up": partial(desk.scroll_part, "pane", -1),
            "pane_down": partial(desk.scroll_part, "pane", 1),
            "help": self.help,
            "palette": self.palette,
            "repair": self.repair,
            "theme": self.next_theme,
            "statistics": partial(show_statistics, desk, project),
            "tour": desk.start_tour,
            "quit": self.quit,
        }

    def help(self) -> None:
        """Show what has the keys, the current pane, then all commands and keys."""
        from workbench.tui.help import help_paragraphs
        from workbench.tui.modals import Reading

        place, pane = self._desk.place_of_keys, self._desk.current_pane
        paragraphs = help_paragraphs(tuple(self._known.values()), place=place, pane=pane)
        self._desk.app.push_screen(Reading("Help", paragraphs))

    def palette(self) -> None:
        """Find a command by its name."""
        from workbench.tui.palette import Palette, in_order

        desk, app = self._desk, self._desk.app
        view = desk.panel.view if desk.panel is not None else None
        typing = desk.place_of_keys == "editor"
        relay = getattr(app, "relay", None)

        def chosen(name: str | None) -> None:
            if name is not None and relay is not None:
                relay.start(name)

        app.push_screen(Palette(in_order(self._known.values(), desk.unit, view, typing=typing)), chosen)

    def repair(self) -> None:
        """Open the bar that repairs the alignment."""
        from workbench.tui.repair_bar import letters_of

        self._desk.settle()
        self._desk.open_repair(letters_of(tuple(self._known.values())))

    def next_theme(self) -> None:
        """Take the next palette."""
        names = [name for name in NAMES if name != "auto"]
        theme = names[(names.index(self._desk.app.theme) + 1) % len(names)]
        self._desk.app.theme = theme
        self._desk.flash(f"colours: {theme}")

    def quit(self) -> None:
        """Save and leave."""
        self._desk.app.call_later(self._desk.app.run_action, "leave")
