"""The bottom line: the keys that matter now, or one message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.message import Message

from workbench.report.visible import visible
from workbench.tui.paint import clip
from workbench.tui.painted import Painted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.strip import Strip
    from textual.timer import Timer

    from workbench.tui.painted import Piece

HINTS_AT_MOST = 8
LAST_HINTS = ("help", "quit")
FLASH_SECONDS = 6.0
FLASH_STYLES = {"note": "accent", "good": "good", "error": "bad strong"}


class StatusLine(Painted):
    """At most eight keys with what they do; a message takes their place for a while."""

    class Chosen(Message):
        """A key's hint was clicked."""

        def __init__(self, command: str) -> None:
            self.command = command
            super().__init__()

    def __init__(self) -> None:
        super().__init__(id="status")
        self.message = ""
        self._kind = "note"
        self._hints: list[tuple[str, str, str]] = []
        self._places: list[tuple[int, int, str]] = []
        self._timer: Timer | None = None

    def show_hints(self, hints: Sequence[tuple[str, str, str]]) -> None:
        """Take (key, what it does, command) of the keys to show, the most needed first."""
        self._hints = list(hints[:HINTS_AT_MOST])
        self.refresh()

    def flash(self, message: str, *, kind: str = "note") -> None:
        """Show one line for a while; `kind` is note, good or error."""
        self.message, self._kind = " ".join(visible(message).split()), kind
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(FLASH_SECONDS, self.clear)
        self.refresh()

    def show_work(self, message: str) -> None:
        """Show one line until `clear`: something takes its time."""
        self.flash(message)
        if self._timer is not None:
            self._timer.stop()

    def clear(self) -> None:
        """Take the message away."""
        if self._timer is not None:
            self._timer.stop()
        if self.message:
            self.message = ""
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Run the command whose hint is under the mouse."""
        for start, end, command in self._places:
            if command and not self.message and start <= event.x < end:
                self.post_message(self.Chosen(command))

    def render_line(self, y: int) -> Strip:
        """The line."""
        width = self.size.width
        if y:
            return self.strip_of([], width)
        if self.message:
            mark = "✗ " if self._kind == "error" else ""
            text, _ = clip(mark + self.message, width - 2)
            return self.strip_of([(" ", ""), (text, FLASH_STYLES[self._kind])], width)
        pieces: list[Piece] = []
        self._places = []
        used = 0
        for key, label, command in self._fitting(width):
            size = _size(key, label)
            self._places.append((used, used + size, command))
            pieces += [(" ", ""), (key, "key"), (f" {label} ", "")]
            used += size
        return self.strip_of(pieces, width)

    def _fitting(self, width: int) -> list[tuple[str, str, str]]:
        """The most needed hints that there is room for; help and quit stand last."""
        chosen: list[tuple[str, str, str]] = []
        used = 0
        for hint in self._hints:
            used += _size(hint[0], hint[1])
            if used > width:
                break
            chosen.append(hint)
        return sorted(chosen, key=lambda hint: hint[2] in LAST_HINTS)


def _size(key: str, label: str) -> int:
    return cell_len(key) + cell_len(label) + 3
