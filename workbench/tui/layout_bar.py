"""The bar that shows, hides, sizes and moves the parts of the screen, and the commands behind its letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.message import Message

from workbench.review.commands import Command
from workbench.tui.layout import LIST, SOURCE
from workbench.tui.painted import Painted
from workbench.tui.panes import BY_NAME, PANES

if TYPE_CHECKING:
    from textual import events
    from textual.geometry import Size
    from textual.strip import Strip

    from workbench.tui.arranging import Arranging
    from workbench.tui.painted import Piece


def words_of(name: str) -> str:
    """What a part of the screen is called in a sentence."""
    return BY_NAME[name].words if name in BY_NAME else name


def _the(name: str) -> str:
    return words_of(name) if name == "both" else f"the {words_of(name)}"


KEY = "alt+shift+v"
SHOW = "show_"
_SHOWN = (*((pane.letter, pane.name) for pane in PANES), ("o", SOURCE), ("l", LIST))
COMMANDS: tuple[Command, ...] = (
    Command("layout", f"{KEY},f10", "show, hide and size the panes: a letter for each", "", group="Panes"),
    *(
        Command(f"{SHOW}{name}", f"{KEY} {letter}", f"show or hide {_the(name)}", "", group="Panes")
        for letter, name in _SHOWN
    ),
    Command("larger", f"{KEY} up", "make the chosen part of the screen larger", "", group="Panes", palette=False),
    Command("smaller", f"{KEY} down", "make the chosen part of the screen smaller", "", group="Panes", palette=False),
    Command("wider", f"{KEY} right", "make the left column wider", "", group="Panes", palette=False),
    Command("narrower", f"{KEY} left", "make the left column narrower", "", group="Panes", palette=False),
    Command("next_part", f"{KEY} tab", "choose the next part of the screen", "", group="Panes", palette=False),
    Command("other_column", f"{KEY} x", "put the chosen pane into the other column", "", group="Panes"),
    Command("tabs", f"{KEY} a", "show the panes as tabs, or each in a place of its own", "", group="Panes"),
    Command("layouts", f"{KEY} enter", "choose among the layouts by their names", "", group="Panes"),
    Command("keep_layout", f"{KEY} w", "keep the layout under a name of your own", "", group="Panes"),
)  # fmt: skip
LETTERS = {command.keys.partition(f"{KEY} ")[2]: command.name for command in COMMANDS[1:]}
_HEAD, _GAP = 9, 2


class LayoutBar(Painted, can_focus=True):
    """Takes a letter for each part of the screen, digits for the layouts, arrows for sizes."""

    BINDING_GROUP_TITLE = "Layout"
    SCOPED_CSS = False
    DEFAULT_CSS = """
    LayoutBar { height: auto; border-top: solid $primary; border-title-color: $primary; background: $background;
        display: none; overflow-y: hidden; }
    LayoutBar:ansi { background: ansi_default; }
    """

    HINTS = (
        ("Esc", "end", "list"),
        ("a letter", "shows or hides", ""),
        ("Tab", "other part", ""),
        ("arrows", "sizes", ""),
        ("Enter", "layouts", "layouts"),
        ("F1", "help", "help"),
    )
    """What the bottom line shows while this has the keys."""

    class Wanted(Message):
        """A command was chosen; `name` is that of a layout where it is `layout`."""

        def __init__(self, command: str) -> None:
            self.command = command
            super().__init__()

    def __init__(self, arranging: Arranging) -> None:
        super().__init__(id="layout-bar")
        self._arranging = arranging
        self.border_title = "Panes"

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as it takes at this width."""
        del container, viewport
        return len(self._lines(width))

    def _rows(self) -> list[tuple[str, list[tuple[str, str, str, str]]]]:
        """What each line begins with, and its cells: key, label, style of the label, command."""
        held, layout = self._arranging, self._arranging.layout
        shown = []
        for letter, name in _SHOWN:
            is_shown = layout.part(name) is not None
            shown.append(
                (
                    letter,
                    f"{'✓' if is_shown else ' '}{words_of(name).capitalize()}",
                    "" if is_shown else "dim",
                    f"{SHOW}{name}",
                )
            )
        part = layout.part(held.chosen)
        size = f" {part.size}" if part is not None else ""
        sizes = [
            ("Tab", f"{words_of(held.chosen).capitalize()}{size}", "strong", "next_part"),
            ("Up Down", "its size", "", "larger"),
            ("Left Right", f"columns {layout.share}%", "", "wider"),
            ("x", "other column", "", "other_column"),
            ("a", f"{'✓' if layout.tabbed else ' '}as tabs", "", "tabs"),
        ]
        now = str(layout)
        layouts = [
            (str(number), name, "strong" if str(one) == now else "", f"layout {name}")
            for number, (name, one) in enumerate(held.layouts.all().items(), 1)
            if number < 10
        ]
        layouts += [("Enter", "choose", "", "layouts"), ("w", "keep as…", "", "keep_layout")]
        return [("Show", shown), ("Size", sizes), ("Layouts", layouts)]

    def _lines(self, width: int) -> list[list[tuple[int, tuple[str, str, str, str]]]]:
        """The cells line by line with their columns."""
        lines: list[list[tuple[int, tuple[str, str, str, str]]]] = []
        for _head, cells in self._rows():
            lines.append([])
            column = _HEAD
            for cell in cells:
                size = cell_len(cell[0]) + 1 + cell_len(cell[1])
                if column > _HEAD and column + size > width:
                    lines.append([])
                    column = _HEAD
                lines[-1].append((column, cell))
                column += size + _GAP
        return lines

    def render_line(self, y: int) -> Strip:
        """One line of letters."""
        width = self.size.width
        lines = self._lines(width)
        if y >= len(lines):
            return self.strip_of([], width)
        heads = {cells[0][0]: head for head, cells in self._rows()}
        head = heads.get(lines[y][0][1][0], "") if lines[y] else ""
        pieces: list[Piece] = [(f" {head}".ljust(_HEAD), "dim")]
        for _column, (key, label, style, _command) in lines[y]:
            pieces += [(key, "key"), (f" {label}", style), (" " * _GAP, "")]
        return self.strip_of(pieces, width)

    def on_key(self, event: events.Key) -> None:
        """Run the command of a key, at once, so that no key overtakes another."""
        name = LETTERS.get(event.key) or LETTERS.get(event.character or "", "")
        if not name and event.key == "shift+tab":
            name = "previous_part"
        if not name and (event.character or "").isdigit():
            layouts = list(self._arranging.layouts.all())
            number = int(event.character or "0")
            name = f"layout {layouts[number - 1]}" if 0 < number <= len(layouts) else ""
        if name:
            event.stop()
            event.prevent_default()
            self.post_message(self.Wanted(name))

    def on_click(self, event: events.Click) -> None:
        """Run the command under the mouse."""
        lines = self._lines(self.size.width)
        row = event.y - self.gutter.top
        for column, (key, label, _style, command) in lines[row] if 0 <= row < len(lines) else ():
            if column <= event.x < column + cell_len(key) + 1 + cell_len(label):
                self.post_message(self.Wanted(command))
