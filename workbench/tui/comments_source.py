"""Choosing words of the source: the source as text in which one selects, as in an editor, and changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widgets._text_area import TextArea

from workbench.model import Span
from workbench.tui.modals import _LEAVE, BACK
from workbench.tui.once import Dialog, Hint
from workbench.tui.paint import is_unsafe

if TYPE_CHECKING:
    from textual.app import ComposeResult


class SourceSelection(Dialog[Span | None]):
    """The span of the source that was selected when Enter was pressed, None where it was left."""

    HINTS: ClassVar[tuple[Hint, ...]] = (
        *BACK,
        ("Shift+arrows", "select", ""),
        ("Enter", "take what is selected", "enter"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*_LEAVE, Binding("enter", "take", show=False, priority=True)]
    DEFAULT_CSS = """
    SourceSelection { align: center bottom; background: $background 0%; }
    SourceSelection > Container { width: 100%; height: auto; max-height: 12; background: $bar;
        border-top: solid $primary; border-title-color: $primary; padding: 0 1; }
    SourceSelection TextArea { height: auto; max-height: 10; border: none; padding: 0; background: $bar; }
    SourceSelection:ansi > Container, SourceSelection:ansi TextArea { background: ansi_default; }
    """

    def __init__(self, source: str) -> None:
        super().__init__()
        self._source = source

    def compose(self) -> ComposeResult:
        """The source."""
        with Container() as box:
            box.border_title = "Select in the source"
            shown = "".join(
                "\N{APL FUNCTIONAL SYMBOL QUAD QUESTION}" if one != "\n" and is_unsafe(one) else one
                for one in self._source
            )
            area = TextArea(shown, read_only=True, soft_wrap=True, show_line_numbers=False)
            area.cursor_blink = False
            yield area

    def on_mount(self) -> None:
        """Give the keys to the text."""
        self.set_focus(self.query_one(TextArea))

    def action_take(self) -> None:
        """Leave with what is selected."""
        area = self.query_one(TextArea)
        lines = self._source.split("\n")
        ends = sorted((area.selection.start, area.selection.end))
        first, last = (sum(len(line) + 1 for line in lines[:row]) + column for row, column in ends)
        if first == last:
            self.app.bell()
            return
        self.dismiss(Span(first, last))
