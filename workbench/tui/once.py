"""Dialogs: they end once, however fast the keys come, and the bottom line shows the keys that work in them."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

from workbench.tui.status import StatusLine

Answer = TypeVar("Answer")
Hint = tuple[str, str, str]
"""A key as people call it, what it does, and its name, "" where it is several."""


class Dialog(ModalScreen[Answer]):
    """A modal screen. Textual takes the top screen away at each `dismiss`, whichever that is by then."""

    HINTS: ClassVar[tuple[Hint, ...]] = (("Esc", "back", "escape"),)
    """What the bottom line shows, the most needed first."""
    DEFAULT_CSS = """
    Dialog > StatusLine { dock: bottom; height: 1; background: $bar; }
    Dialog:ansi > StatusLine { background: ansi_default; }
    """

    def on_mount(self) -> None:
        """Show the keys."""
        if not self.query(StatusLine):
            line = StatusLine()
            line.show_hints(self.hints())
            self.mount(line)

    def hints(self) -> tuple[Hint, ...]:
        """The keys that work now."""
        return self.HINTS

    def show_hints(self) -> None:
        """Other keys work now."""
        for line in self.query(StatusLine):
            line.show_hints(self.hints())

    def on_status_line_chosen(self, message: StatusLine.Chosen) -> None:
        """Press the key whose hint was clicked."""
        if message.command:
            self.app.simulate_key(message.command)

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """End with an answer; a second time changes nothing."""
        if self.app.screen_stack[-1:] != [self]:
            return AwaitComplete()
        return super().dismiss(result)
