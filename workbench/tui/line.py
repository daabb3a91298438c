"""The line of a prompt: one edits in it as in the editor, by graphemes and words, and any text may stand in it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Size
from textual.strip import Strip
from textual.widgets._input import Input, Selection

from workbench.tui import atoms
from workbench.tui.editing import is_joiner
from workbench.tui.ordered import OrderedKeys
from workbench.tui.paint import Veil, graphemes
from workbench.tui.words import word_before, word_behind

if TYPE_CHECKING:
    from textual import events


class Line(OrderedKeys, Input):
    """One line to type in. `value` holds it with private characters for unsafe ones; `text` is what was typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("alt+b,alt+left", "cursor_left_word", show=False),
        Binding("alt+f,alt+right", "cursor_right_word", show=False),
        Binding("ctrl+delete,alt+delete", "delete_right_word", show=False),
        # An Enter typed before the screen was there arrives as a line feed.
        Binding("ctrl+j", "submit", show=False),
    ]

    def __init__(self, text: str = "", *, restrict: str | None = None, id: str | None = None) -> None:
        self.veil = Veil()
        value = self.veil.put_on(text.replace("\n", " "))
        super().__init__(value, restrict=restrict, select_on_focus=True, compact=True, id=id)
        self.cursor_blink = False

    @property
    def text(self) -> str:
        """The line as typed, every character as it is."""
        return self.veil.take_off(self.value)

    @property
    def _shown(self) -> str:
        return self.veil.paint(self.value)

    @property
    def _stops(self) -> tuple[int, ...]:
        return atoms.stops(self._shown, codes_open=True)

    @property
    def selected_text(self) -> str:
        """The selection as it was typed."""
        return self.veil.take_off(super().selected_text)

    def validate_selection(self, selection: Selection) -> Selection:
        """Keep both ends of the selection out of graphemes."""
        places = self._stops
        return Selection(*(atoms.snapped(places, max(0, end)) for end in selection))

    def replace(self, text: str, start: int, end: int) -> None:
        """Put text in place of a part of the line."""
        super().replace(self.veil.put_on(" ".join(text.split("\n"))), start, end)

    async def _on_key(self, event: events.Key) -> None:
        # Textual takes a joiner for a key without a text.
        if event.character is not None and is_joiner(event.character):
            event.stop()
            event.prevent_default()
            self.replace(event.character, *self.selection)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        if line := " ".join(event.text.split()):
            self.replace(line, *self.selection)

    # By graphemes and words.

    def _step(self, target: int, *, select: bool) -> None:
        self.selection = Selection(self.selection.start if select else target, target)

    def action_cursor_left(self, select: bool = False) -> None:
        """Go one grapheme to the left."""
        if select or self.selection.is_empty:
            self._step(atoms.before(self._stops, self.cursor_position), select=select)
        else:
            self.cursor_position = min(self.selection)

    def action_cursor_right(self, select: bool = False) -> None:
        """Go one grapheme to the right."""
        if select or self.selection.is_empty:
            self._step(atoms.behind(self._stops, self.cursor_position), select=select)
        else:
            self.cursor_position = max(self.selection)

    def action_cursor_left_word(self, select: bool = False) -> None:
        """Go to the start of the word before."""
        self._step(word_before(self._shown, self.cursor_position), select=select)

    def action_cursor_right_word(self, select: bool = False) -> None:
        """Go to the start of the next word."""
        self._step(word_behind(self._shown, self.cursor_position), select=select)

    def _delete_to(self, target: int) -> None:
        if self.selection.is_empty:
            self.delete(self.cursor_position, target)
        else:
            self.delete_selection()

    def action_delete_left(self) -> None:
        """Delete the selection, or the grapheme before the cursor."""
        self._delete_to(atoms.before(self._stops, self.cursor_position))

    def action_delete_right(self) -> None:
        """Delete the selection, or the grapheme behind the cursor."""
        self._delete_to(atoms.behind(self._stops, self.cursor_position))

    def action_delete_left_word(self) -> None:
        """Delete the selection, or the word before the cursor."""
        self._delete_to(word_before(self._shown, self.cursor_position))

    def action_delete_right_word(self) -> None:
        """Delete the selection, or up to the next word."""
        self._delete_to(word_behind(self._shown, self.cursor_position))

    # Cells.

    def _position_to_cell(self, position: int) -> int:
        return cell_len(self._shown[:position])

    @property
    def content_width(self) -> int:
        """The cells of the line, and one for the cursor behind it."""
        return cell_len(self._shown) + 1

    @property
    def cursor_screen_offset(self) -> Offset:
        """The cell of the caret on the screen: the window of an input method opens there."""
        x, y, _width, _height = self.content_region
        return Offset(x + self._position_to_cell(self.cursor_position) - self.scroll_offset.x, y)

    def _cell_offset_to_index(self, offset: int) -> int:
        offset += self.scroll_offset.x
        used = 0
        for start, _end, cells in graphemes(self._shown):
            if offset < used + cells:
                return start
            used += cells
        return len(self.value)

    def _watch_value(self, value: str) -> None:
        super()._watch_value(value)
        self.virtual_size = Size(self.content_width, 1)

    def render_line(self, y: int) -> Strip:
        """The part of the line that is in view; no style begins or ends inside a grapheme."""
        width = self.scrollable_content_region.width
        base = self.rich_style
        if y:
            return Strip.blank(width, base)
        text, (start, end) = self._shown + " ", sorted(self.selection)
        caret = self.cursor_position
        behind = atoms.behind(atoms.stops(text, codes_open=True), caret)
        segments = []
        for low, high in pairwise(sorted({0, start, end, caret, behind, len(text)})):
            style = base
            if start <= low and high <= end:
                style = style + self.get_component_rich_style("input--selection")
            if self.has_focus and low == caret:
                style = style + self.get_component_rich_style("input--cursor")
            segments.append(Segment(text[low:high], style))
        left = self.scroll_offset.x
        return Strip(segments).crop(left, left + width).adjust_cell_length(width, base)
