"""The bar of letters that repair the alignment, under the list while one goes through it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.message import Message

from workbench.tui.painted import Painted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.geometry import Size
    from textual.strip import Strip

    from workbench.review.commands import Command
    from workbench.tui.painted import Piece

ROWS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("Target", (("target_to_next", "last to next"), ("target_to_previous", "first to previous"),
                ("target_from_next", "next's first"), ("target_from_previous", "previous's last"))),
    ("Source", (("source_to_next", "last to next"), ("source_to_previous", "first to previous"),
                ("source_from_next", "next's first"), ("source_from_previous", "previous's last"))),
    ("Pairs", (("split", "split"), ("merge", "merge next"), ("merge_previous", "merge previous"),
               ("shift_down", "shift down"), ("shift_up", "shift up"))),
    ("Alone", (("mark_dropped", "dropped"), ("mark_added", "added"), ("unmark", "unmark"),
               ("next_doubt", "next doubt"), ("previous_doubt", "previous doubt"))),
    ("Anew", (("realign", "align to the end"), ("realign_to_confirmed", "to next confirmed"),
              ("undo", "undo"), ("redo", "redo"))),
)  # fmt: skip
"""What the bar shows: the commands, with few words for each."""

_NAMES = tuple(command for _head, commands in ROWS for command, _label in commands)
_STEPS = {"left": -1, "right": 1}
_MOVES = {"up": "previous", "down": "next", "home": "first", "end": "last"}
_HEAD = 8
_GAP = 2


@dataclass(frozen=True, slots=True)
class _Cell:
    """A command's place in the bar."""

    line: int
    column: int
    letter: str
    label: str
    command: str

    @property
    def width(self) -> int:
        return cell_len(self.letter) + 1 + cell_len(self.label)


def letters_of(known: Sequence[Command]) -> dict[str, str]:
    """Name of command → the letter behind the key that opens the bar."""
    found: dict[str, str] = {}
    for command in known:
        for key in command.keys.split(","):
            _opening, space, letter = key.strip().partition(" ")
            if space and command.name in _NAMES:
                found[command.name] = letter
    return found


class RepairBar(Painted, can_focus=True):
    """Takes a letter for each command; the arrows and Enter choose one too, where an input method takes letters."""

    BINDING_GROUP_TITLE = "Repair of the alignment"
    SCOPED_CSS = False  # what gives way to the bar is the screen's
    DEFAULT_CSS = """
    RepairBar { height: auto; border-top: solid $rule; border-title-color: $primary; background: $background;
        display: none; overflow-y: hidden; }
    RepairBar:focus { border-top: solid $primary; }
    .-repairing UnitPanel #detail { display: none; }
    .-repairing.-wide UnitPanel #detail { display: block; }
    .-repairing.-tiny UnitPanel { display: none; }
    RepairBar:ansi { background: ansi_default; }
    """

    HINTS = (
        ("Esc", "end", "list"),
        ("a letter", "does it", ""),
        ("Up Down", "other units", ""),
        ("Left Right Enter", "choose", ""),
        ("F1", "help", "help"),
    )
    """What the bottom line shows while this has the keys."""

    class Wanted(Message):
        """A command was chosen."""

        def __init__(self, command: str) -> None:
            self.command = command
            super().__init__()

    def __init__(self) -> None:
        super().__init__(id="repair")
        self._letters: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self.chosen = 0
        self.border_title = "Repair the alignment"

    def take_letters(self, letters: dict[str, str]) -> None:
        """Take the letter of each command."""
        self._letters = letters
        self._names = {letter: name for name, letter in letters.items()}

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the commands take at this width."""
        del container, viewport
        return 1 + max(cell.line for cell in self._cells(width))

    def _cells(self, width: int) -> list[_Cell]:
        cells: list[_Cell] = []
        line = -1
        for _head, commands in ROWS:
            line, column = line + 1, _HEAD
            for name, label in commands:
                cell = _Cell(line, column, self._letters.get(name, ""), label, name)
                if column > _HEAD and column + cell.width > width:
                    line, column = line + 1, _HEAD
                    cell = _Cell(line, column, cell.letter, label, name)
                cells.append(cell)
                column += cell.width + _GAP
        return cells

    def render_line(self, y: int) -> Strip:
        """One line of commands."""
        width = self.size.width
        cells = self._cells(width)
        firsts = {cells[_first(row)].line: head for row, (head, _commands) in enumerate(ROWS)}
        head = firsts.get(y, "")
        pieces: list[Piece] = [(f" {head}".ljust(_HEAD), "dim")]
        for index, cell in enumerate(cells):
            if cell.line != y:
                continue
            over = " cursor" if index == self.chosen and self.has_focus else ""
            pieces += [
                (cell.letter, f"key strong{over}"),
                (f" {cell.label}", over.strip()),
                (" " * _GAP, ""),
            ]
        return self.strip_of(pieces, width)

    async def on_key(self, event: events.Key) -> None:
        """Run the command of a letter; with the arrows go to another unit, or choose another command.

        All at once and here, so that no key overtakes another.
        """
        if event.key in _STEPS:
            self.chosen = (self.chosen + _STEPS[event.key]) % len(_NAMES)
            name = ""
        else:
            name = _NAMES[self.chosen] if event.key == "enter" else _MOVES.get(event.key, "")
            name = name or self._names.get(event.character or "", "")
            if not name:
                return
        event.stop()
        event.prevent_default()
        if name in _NAMES:
            self.chosen = _NAMES.index(name)
        self.refresh()
        if name:
            await self.screen.run_action(f"start_anywhere('{name}')")

    def on_click(self, event: events.Click) -> None:
        """Run the command under the mouse."""
        for cell in self._cells(self.size.width):
            if cell.line == event.y - 1 and cell.column <= event.x < cell.column + cell.width:
                self.post_message(self.Wanted(cell.command))


def _first(row: int) -> int:
    """The index of a row's first command."""
    return sum(len(commands) for _head, commands in ROWS[:row])
