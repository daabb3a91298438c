"""The one editor of the review screen: a TextArea made fit for Chinese and for text nobody vouches for."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.document._document import Document
from textual.document._edit import Edit  # noqa: TC002 - Textual reads the annotations of handlers
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widgets._text_area import TextArea

from workbench.model import Span
from workbench.tui import atoms
from workbench.tui.completion_shown import Completing
from workbench.tui.editing import Stopwatch, is_joiner, one_line
from workbench.tui.ordered import OrderedKeys
from workbench.tui.paint import Veil
from workbench.tui.painted import resize_content
from workbench.tui.wrap import line_starts
from workbench.tui.wrapped import ReviewDocument, ReviewNavigator

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.style import Style
    from textual import events
    from textual.document._document import EditResult, Location, Selection
    from textual.geometry import Region


class Editor(OrderedKeys, Completing):
    """Edits the target of one unit. What it holds is read with `value`; `load` takes any text whatever."""

    BINDING_GROUP_TITLE = "Editor"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "editor--mark",
        "editor--hidden",
        "editor--code",
        "editor--offer",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+home", "cursor_text_start", "Start of the text", show=False),
        Binding("ctrl+end", "cursor_text_end", "End of the text", show=False),
        Binding("alt+b,alt+left", "cursor_word_left", "Word left", show=False),
        Binding("alt+f,alt+right", "cursor_word_right", "Word right", show=False),
        Binding("ctrl+delete", "delete_word_right", "Delete word right", show=False),
    ]

    class EnterRefused(Message):
        """Enter was pressed where a unit is one line: nothing happened."""

    class LinesJoined(Message):
        """Several lines were pasted where a unit is one line: they are one now."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.veil = Veil()
        self.unit_id = ""
        self.loaded = ""
        self.keystrokes = 0
        self.watch_ = Stopwatch(clock)
        self._lines_allowed = False
        self._codes_open = False
        self._marks: tuple[tuple[int, int], ...] = ()
        self._lines_shown = 0
        self._waiting: dict[str, tuple[float, int]] = {}
        super().__init__(id="editor", highlight_cursor_line=False)
        self.cursor_blink = False
        self.match_cursor_bracket = False

    @property
    def value(self) -> str:
        """The text as typed, every character as it is in the document."""
        self.put_in()
        return self.veil.take_off(self.text)

    @property
    def is_changed(self) -> bool:
        """Whether the text differs from what was loaded."""
        return self.value != self.loaded

    @property
    def seconds(self) -> float:
        """The seconds of work on the unit since they were stored last."""
        self.watch_.tick()
        return self.watch_.seconds

    @property
    def caret(self) -> int:
        """The offset of the cursor in the text."""
        self.put_in()
        return self._offset(self.cursor_location)

    @property
    def selected_span(self) -> Span | None:
        """Where the selection stands in the text, None where nothing is selected."""
        self.put_in()
        ends = sorted(map(self._offset, self.selection))
        return Span(*ends) if ends[0] < ends[1] else None

    def _offset(self, location: Location) -> int:
        row, column = location
        return sum(len(self.document[above]) + 1 for above in range(row)) + column

    def load(self, unit_id: str, text: str, *, base: str | None = None, lines: bool = False) -> None:
        """Show the text of a unit, cursor at its end.

        `base` is what counts as unchanged (the text itself by default); `lines` allows line ends to be typed.
        """
        self.put_in()
        if unit_id != self.unit_id:
            self._turn_watch(unit_id)
            self.phrases = ()
            self.codes_open = False
        self.unit_id = unit_id
        self.loaded = text if base is None else base
        self._marks = ()
        self._lines_allowed = lines or "\n" in text
        self.load_text(self.veil.put_on(text, anew=True))
        self.move_cursor(self.document.end)
        self.withdraw()

    def accept(self, text: str) -> None:
        """Take the text as saved: from now on it is what counts as unchanged."""
        self.loaded = text
        self.restart_watch()

    def restart_watch(self) -> None:
        """Count seconds and keystrokes from nought: those so far are stored, or belong to another unit."""
        self.keystrokes = 0
        self.watch_.restart()

    def _turn_watch(self, unit_id: str) -> None:
        """Go on counting for another unit; what is not stored of this one waits until it is opened again."""
        self._waiting[self.unit_id] = (self.seconds, self.keystrokes)
        self.restart_watch()
        self.watch_.seconds, self.keystrokes = self._waiting.pop(unit_id, (0.0, 0))

    def mark(self, spans: Sequence[Span]) -> None:
        """Underline these spans of the text; they last until the text changes."""
        self._marks = tuple((span.start, span.end) for span in spans)
        self.refresh()

    @property
    def codes_open(self) -> bool:
        """Whether one can type inside tags and placeholders; false again for each unit."""
        return self._codes_open

    @codes_open.setter
    def codes_open(self, opened: bool) -> None:
        self._codes_open = opened
        if isinstance(self.navigator, ReviewNavigator):
            self.navigator.codes_open = opened
            self.selection = self.selection  # out of a code that is closed now

    def replace_text(self, text: str, span: Span | None = None) -> None:
        """Put text in place of a span, or of everything, as one step that Ctrl+Z takes back."""
        self.put_in()
        now = self.value
        start, end = (span.start, span.end) if span is not None else (0, len(now))
        places = self._location(start), self._location(end)
        if result := self._replace_via_keyboard(text, *places):
            self.move_cursor(result.end_location)

    def select_span(self, span: Span) -> None:
        """Select a part of the text."""
        self.selection = type(self.selection)(self._location(span.start), self._location(span.end))
        self.scroll_cursor_visible()

    def place_caret(self, offset: int) -> None:
        """Put the cursor at an offset of the text."""
        self.move_cursor(self._location(offset))

    def _location(self, offset: int) -> Location:
        """The line and column of an offset in the text."""
        for row, line in enumerate(self.document.lines):
            if offset <= len(line):
                return row, offset
            offset -= len(line) + 1
        return self.document.end

    def insert_text(self, text: str) -> None:
        """Put text in place of the selection, as if pasted."""
        self.put_in()
        if result := self._replace_via_keyboard(text, *self.selection):
            self.move_cursor(result.end_location)

    # What TextArea does otherwise.

    def _set_document(self, text: str, language: str | None) -> None:
        del language
        self._highlight_query = None
        self.document = Document(text)
        self.wrapped_document = ReviewDocument(self.document, paint=self.veil.paint)
        self.navigator = ReviewNavigator(self.wrapped_document)
        self.navigator.codes_open = self._codes_open
        self._build_highlight_map()
        self.move_cursor((0, 0))
        self._rewrap_and_refresh_virtual_size()

    def _refresh_size(self) -> None:
        lines = self.wrapped_document.height
        resize_content(self, Size(0, lines))
        if lines != self._lines_shown:
            self._lines_shown = lines
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the text takes at this width."""
        del container, viewport
        return sum(1 + len(line_starts(self.veil.paint(line), width)) for line in self.document.lines)

    def _validate_selection(self, selection: Selection) -> Selection:
        selection = super()._validate_selection(selection)
        navigator = self.navigator
        if not isinstance(navigator, ReviewNavigator):
            return selection
        return type(selection)(navigator.snapped(selection.start), navigator.snapped(selection.end))

    def edit(self, edit: Edit) -> EditResult:
        """Perform an edit and count it."""
        self.keystrokes += 1
        self.watch_.tick()
        self._marks = ()
        result = super().edit(edit)
        self.look_for_offers()
        return result

    async def _on_key(self, event: events.Key) -> None:
        if self.read_only:
            return
        character = event.character if "alt+" not in event.key else None
        if character is not None and (event.is_printable or is_joiner(character)):
            event.stop()
            event.prevent_default()
            self.type_in(character, event.time)
            return
        self.put_in()
        self.withdraw()
        if event.key != "enter":
            return
        if not self._lines_allowed:
            event.stop()
            event.prevent_default()
            self.post_message(self.EnterRefused())

    def _rewrap_and_refresh_virtual_size(self) -> None:
        super()._rewrap_and_refresh_virtual_size()
        self._recompute_cursor_offset()  # type: ignore[no-untyped-call]

    async def _on_mouse_down(self, event: events.MouseDown) -> None:
        self.put_in()
        self.withdraw()
        await super()._on_mouse_down(event)
        event.prevent_default()

    def _on_blur(self, event: events.Blur) -> None:
        self.put_in()
        self.withdraw()
        super()._on_blur(event)
        event.prevent_default()

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        if not self.read_only:
            self.insert_text(event.text)

    def _replace_via_keyboard(self, insert: str, start: Location, end: Location) -> EditResult | None:
        if len(insert) > 1:
            insert = insert.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
            if "\n" in insert and not self._lines_allowed:
                insert = one_line(insert)
                self.post_message(self.LinesJoined())
        return super()._replace_via_keyboard(self.veil.put_on(insert), start, end)

    @property
    def selected_text(self) -> str:
        """The selection as it is in the document."""
        return self.veil.take_off(super().selected_text)

    def action_cut(self) -> None:
        """Cut the selection, or everything where nothing is selected."""
        if self.read_only:
            return
        if self.selection.is_empty:
            self.select_all()
        self.app.copy_to_clipboard(self.selected_text)
        self._delete_via_keyboard(*self.selection)

    def action_cursor_text_start(self) -> None:
        """Go to the start of the text."""
        self.move_cursor((0, 0))

    def action_cursor_text_end(self) -> None:
        """Go to the end of the text."""
        self.move_cursor(self.document.end)

    def get_cursor_word_left_location(self) -> Location:
        """Where a word motion to the left ends."""
        assert isinstance(self.navigator, ReviewNavigator)
        return self.navigator.word_left(self.cursor_location)

    def get_cursor_word_right_location(self) -> Location:
        """Where a word motion to the right ends."""
        assert isinstance(self.navigator, ReviewNavigator)
        return self.navigator.word_right(self.cursor_location)

    def action_delete_word_right(self) -> None:
        """Delete the selection, or up to the next word."""
        if self.selection.is_empty:
            self._delete_via_keyboard(self.cursor_location, self.get_cursor_word_right_location())
        else:
            self._delete_via_keyboard(*self.selection)

    # Painting.

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines that the region shows."""
        return super(TextArea, self).render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One shown line: marks, selection and cursor over the text with its symbols."""
        base = self.rich_style
        width = self.size.width
        wrapped = self.wrapped_document
        row = y + self.scroll_offset.y
        if row >= len(wrapped._offset_to_line_info):
            return Strip.blank(width, base)
        line, section = wrapped._offset_to_line_info[row]
        sections = wrapped.get_sections(line)
        begin = sum(map(len, sections[:section]))
        text = sections[section]
        last = section == len(sections) - 1
        layers = self._layers(line, begin, begin + len(text))
        segments: list[Segment] = []
        cuts = sorted(
            {0, len(text), *(cut for low, high, _ in layers for cut in (low, high) if 0 < cut < len(text))}
        )
        for low, high in pairwise(cuts):
            style = base
            for first, after, layer in layers:
                if first <= low and high <= after:
                    style = style + layer
            segments.append(Segment(text[low:high], style))
        if last and self.cursor_location == (line, begin + len(text)):
            segments += self.behind_the_text(width - cell_len(text))
        return Strip(segments).adjust_cell_length(width, base)

    def _layers(self, line: int, begin: int, end: int) -> list[tuple[int, int, Style]]:
        """The styled ranges of one shown line, as offsets into it, lowest layer first."""
        layers: list[tuple[int, int, Style]] = []

        def add(start: int, stop: int, name: str) -> None:
            low, high = max(start, begin), min(stop, end)
            if low < high:
                style = self.get_component_rich_style(name, partial=True)
                layers.append((low - begin, high - begin, style))

        text = self.document[line]
        for index, character in enumerate(text[begin:end], begin):
            if self.veil.hides(character):
                add(index, index + 1, "editor--hidden")
        if not self._codes_open:
            for start, stop in atoms.atoms(self.veil.paint(text)):
                add(start, stop, "editor--code")
        line_offset = sum(len(self.document[above]) + 1 for above in range(line))
        for start, stop in self._marks:
            add(start - line_offset, stop - line_offset, "editor--mark")
        first, last = sorted(self.selection)
        if first != last and first[0] <= line <= last[0]:
            low = first[1] if first[0] == line else 0
            high = last[1] if last[0] == line else len(text)
            add(low, high, "text-area--selection")
        row, column = self.cursor_location
        if self._draw_cursor and row == line and column < len(text):
            navigator = self.navigator
            add(column, navigator.get_location_right((row, column))[1], "text-area--cursor")
        return layers
