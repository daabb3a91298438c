"""The source of the unit: text to read, in which words are selected with the mouse or from the keyboard."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.geometry import Offset

from workbench.model import Span
from workbench.tui import atoms
from workbench.tui.paint import graphemes, shown_map
from workbench.tui.sheet import Sheet
from workbench.tui.wrap import lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from workbench.tui.sheet import Paragraph

COMMAND = "source"


class SourcePane(Sheet, can_focus=True):
    """The source as the first paragraph, notes below it. What is selected stays so until the text is another."""

    BINDING_GROUP_TITLE = "Source"
    HINTS = (
        ("Esc", "to list", "list"),
        ("Shift+arrows", "select", ""),
        ("w b", "by words", ""),
        ("Enter", "to the target", "type"),
        ("F1", "help", "help"),
    )
    """What the bottom line shows while this has the keys."""
    ALLOW_SELECT = False  # the screen's own selection, which knows nothing of what we paint
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(f"{shift}{key}", f"go('{where}', {bool(shift)})", show=False)
            for shift in ("", "shift+")
            for key, where in (
                ("left", "left"),
                ("right", "right"),
                ("up", "up"),
                ("down", "down"),
                ("home", "start"),
                ("end", "end"),
            )
        ),
        *(
            Binding(keys, f"go('{where}', {shift})", show=False)
            for keys, where, shift in (
                ("ctrl+left,alt+left,alt+b", "word left", False),
                ("ctrl+right,alt+right,alt+f", "word right", False),
                ("ctrl+shift+left", "word left", True),
                ("ctrl+shift+right", "word right", True),
                ("w", "word right", True),
                ("b", "word left", True),
            )
        ),
        Binding("ctrl+a", "all", show=False),
        Binding("ctrl+c", "copy", show=False),
        Binding("enter,tab", "leave", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(id="source")
        self._plain: tuple[Paragraph, ...] = ()
        self._anchor = 0
        self._caret = 0
        self._is_dragged = False
        self.is_newest = False
        """Whether something was selected here after anything was in the target."""

    @property
    def source(self) -> str:
        """The text that is selected in."""
        return self._plain[0].text if self._plain else ""

    @property
    def selected_span(self) -> Span | None:
        """What is selected, None where nothing is."""
        first, last = sorted((self._anchor, self._caret))
        return Span(first, last) if first < last else None

    @property
    def selected_text(self) -> str:
        """The selected words, "" where there are none."""
        span = self.selected_span
        return span.of(self.source) if span is not None else ""

    def focus_on_click(self) -> bool:
        """Leave the keys where they are: one selects here with the mouse while one types."""
        return False

    def show(self, paragraphs: Sequence[Paragraph], *, keep_place: bool = False) -> None:
        """Replace what is shown; another text has nothing selected."""
        before, self._plain = self.source, tuple(paragraphs)
        if self.source != before:
            self._anchor = self._caret = 0
            self.is_newest = False
        super().show(self._marked(), keep_place=keep_place)

    def select(self, span: Span) -> None:
        """Select a part of the source."""
        self._put(span.end, anchor=span.start)

    def select_word(self, at: int) -> None:
        """Select the word at a place of the source."""
        from workbench.tui.words import word_starts

        starts = (*word_starts(self.source), len(self.source))
        start = max((one for one in starts if one <= at), default=0)
        end = min((one for one in starts if one > at), default=len(self.source))
        self._put(start + len(self.source[start:end].rstrip()), anchor=start)

    def reveal(self, offset: int) -> None:
        """Scroll so that a place of the source is in view."""
        row, height, top = self._cell(offset).y, self.scrollable_content_region.height, self.scroll_offset.y
        if height > 0 and not top <= row < top + height:
            self.scroll_to(y=max(0, row - height // 2), animate=False, immediate=True, force=True)

    # Keys

    def action_go(self, where: str, select: bool) -> None:
        """Move the caret; `select` = what lies between is selected."""
        places = atoms.stops(self.source)
        caret = self._caret
        match where:
            case "left":
                caret = atoms.before(places, caret)
            case "right":
                caret = atoms.behind(places, caret)
            case "start":
                caret = 0
            case "end":
                caret = len(self.source)
            case "up" | "down":
                cell = self._cell(caret)
                caret = self._offset(cell.x, cell.y + (1 if where == "down" else -1))
            case _:
                caret = self._word(caret, forward=where.endswith("right"))
        self._put(caret, anchor=self._anchor if select else caret)

    def action_all(self) -> None:
        """Select all of the source."""
        self._put(len(self.source), anchor=0)

    def action_copy(self) -> None:
        """Copy what is selected; with nothing selected it is an interrupt, as everywhere."""
        if self.selected_text:
            self.app.copy_to_clipboard(self.selected_text)
        else:
            self.app.call_later(self.app.run_action, "interrupt")

    def action_leave(self) -> None:
        """Give the keys to the target; what is selected stays."""
        self.screen.set_focus(self.screen.query_one("#editor"))

    def on_focus(self) -> None:
        """Show the caret."""
        self._repaint()

    def on_blur(self) -> None:
        """Hide the caret."""
        self._repaint()

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor stands."""
        place = self._cell(self._caret) - Offset(0, self.scroll_offset.y)
        return self.content_region.offset + place

    # Mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to select."""
        row = self._row(event)
        if event.button == 1 and 0 <= row < len(self._rows()):
            self._is_dragged = True
            self.capture_mouse()
            at = self._offset(event.x - self.gutter.left, row)
            self._put(at, anchor=self._anchor if event.shift else at)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select up to the mouse."""
        if self._is_dragged:
            self._put(self._offset(event.x - self.gutter.left, self._row(event)), anchor=self._anchor)

    def on_mouse_up(self) -> None:
        """End selecting."""
        if self._is_dragged:
            self._is_dragged = False
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Select the word at two clicks, everything at three."""
        if event.chain == 2 and 0 <= self._row(event) < len(self._rows()):
            self.select_word(self._offset(event.x - self.gutter.left, self._row(event)))
        elif event.chain == 3:
            self.action_all()
        else:
            super().on_click(event)

    # Within

    def _row(self, event: events.MouseEvent) -> int:
        return event.y + self.scroll_offset.y - self.gutter.top

    def _word(self, caret: int, *, forward: bool) -> int:
        from workbench.tui.words import word_starts

        starts = word_starts(self.source)
        if forward:
            return min((one for one in starts if one > caret), default=len(self.source))
        return max((one for one in starts if one < caret), default=0)

    def _put(self, caret: int, *, anchor: int) -> None:
        if (caret, anchor) != (self._caret, self._anchor):
            self._caret, self._anchor = caret, anchor
            self.is_newest = caret != anchor
            self._repaint()
            self.reveal(caret)

    def _repaint(self) -> None:
        super().show(self._marked(), keep_place=True)

    def _marked(self) -> tuple[Paragraph, ...]:
        """What is shown, with the selection and the caret."""
        if not self._plain:
            return ()
        first, *rest = self._plain
        spans = first.spans
        if (span := self.selected_span) is not None:
            spans = (*spans, (span.start, span.end, "selected"))
        elif self.has_focus and self._caret < len(first.text):
            spans = (*spans, (self._caret, atoms.behind(atoms.stops(first.text), self._caret), "selected"))
        return (replace(first, spans=spans), *rest)

    def _rows(self) -> list[tuple[int, int]]:
        """The lines of the source as offsets of what is shown."""
        text, _ = shown_map(self.source)
        return lines(text, max(4, self.scrollable_content_region.width or self.size.width))

    def _cell(self, offset: int) -> Offset:
        """The column and line at which a place of the source stands."""
        text, offsets = shown_map(self.source)
        at = offset if offsets is None else offsets[min(offset, len(offsets) - 1)]
        rows = self._rows()
        row = max(0, bisect_right([begin for begin, _ in rows], at) - 1)
        return Offset(cell_len(text[rows[row][0] : at]), row)

    def _offset(self, x: int, y: int) -> int:
        """The place of the source at a column and a line."""
        text, offsets = shown_map(self.source)
        rows = self._rows()
        if y < 0:
            return 0
        if y >= len(rows):
            return len(self.source)
        begin, end = rows[y]
        at, used = end, 0
        for start, _stop, cells in graphemes(text[begin:end]):
            if used + cells > x:
                at = begin + start
                break
            used += cells
        plain = at if offsets is None else max(0, bisect_right(offsets, at) - 1)
        return atoms.snapped(atoms.stops(self.source), plain)
