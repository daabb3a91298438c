"""The editor's view of its text in lines: Chinese wrapping, grapheme-wise columns, word stops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.document._document_navigator import DocumentNavigator
from textual.document._wrapped_document import WrappedDocument

from workbench.tui import atoms
from workbench.tui.paint import graphemes
from workbench.tui.words import word_before, word_behind
from workbench.tui.wrap import line_starts

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.document._document import DocumentBase, Location


class ReviewDocument(WrappedDocument):
    """A document wrapped by the rules of `wrap.line_starts`, every column of which is a grapheme's start.

    `paint` turns a line into what is shown, code point for code point; all widths are those of that.
    """

    def __init__(self, document: DocumentBase, *, paint: Callable[[str], str], tab_width: int = 4) -> None:
        self.paint = paint
        super().__init__(document, width=0, tab_width=tab_width)

    def wrap(self, width: int, tab_width: int | None = None) -> None:
        """Wrap the whole document anew: a unit is short."""
        self._width = width
        if tab_width:
            self._tab_width = tab_width
        self._wrap_offsets = [list(line_starts(self.paint(line), width)) for line in self.document.lines]
        self._tab_width_cache = [[0] for _ in self._wrap_offsets]
        self._offset_to_line_info = []
        self._line_index_to_offsets = []
        for index, starts in enumerate(self._wrap_offsets):
            first = len(self._offset_to_line_info)
            count = len(starts) + 1
            self._offset_to_line_info.extend((index, section) for section in range(count))
            self._line_index_to_offsets.append(list(range(first, first + count)))

    def wrap_range(self, start: Location, old_end: Location, new_end: Location) -> None:
        """Wrap again after an edit."""
        del start, old_end, new_end
        self.wrap(self._width)

    def get_sections(self, line_index: int) -> list[str]:
        """The shown lines of one line of the text."""
        painted = self.paint(self.document[line_index])
        starts = self._wrap_offsets[line_index]
        return [painted[begin:end] for begin, end in zip((0, *starts), (*starts, len(painted)), strict=True)]

    def get_target_document_column(self, line_index: int, x_offset: int, y_offset: int) -> int:
        """The column of the grapheme at a cell; on any cell of a wide one it is that one's start."""
        sections = self.get_sections(line_index)
        section_index = y_offset % len(sections)
        section = sections[section_index]
        base = sum(map(len, sections[:section_index]))
        used = 0
        last_start = 0
        for start, _, cells in graphemes(section):
            if used + cells > x_offset:
                return base + start
            used += cells
            last_start = start
        if section_index == len(sections) - 1:
            return base + len(section)
        return base + last_start


class ReviewNavigator(DocumentNavigator):
    """Cursor motion by graphemes, by whole codes and by words."""

    codes_open = False
    """Whether the cursor may stand inside tags and placeholders."""

    def get_location_left(self, location: Location) -> Location:
        """One grapheme or code to the left, or the end of the line above."""
        line, column = location
        if column == 0:
            return super().get_location_left(location)
        return line, atoms.before(self.stops(line), column)

    def get_location_right(self, location: Location) -> Location:
        """One grapheme or code to the right, or the start of the line below."""
        line, column = location
        if column >= len(self._line(line)):
            return super().get_location_right(location)
        return line, atoms.behind(self.stops(line), column)

    def get_location_end(self, location: Location) -> Location:
        """The last place on the shown line."""
        line, column = super().get_location_end(location)
        return line, atoms.snapped(self.stops(line), column)

    def snapped(self, location: Location) -> Location:
        """The start of the grapheme or code that the location is inside of."""
        line, column = location
        return line, atoms.snapped(self.stops(line), column)

    def word_left(self, location: Location) -> Location:
        """The start of the word before, or the end of the line above."""
        line, column = location
        if column == 0:
            return self.get_location_left(location)
        return line, word_before(self._line(line), column)

    def word_right(self, location: Location) -> Location:
        """The start of the word after, the end of the line, or the start of the line below."""
        line, column = location
        text = self._line(line)
        if column >= len(text):
            return self.get_location_right(location)
        return line, word_behind(text, column)

    def stops(self, line: int) -> tuple[int, ...]:
        """The columns of a line at which the cursor may stand."""
        return atoms.stops(self._line(line), codes_open=self.codes_open)

    def _line(self, index: int) -> str:
        wrapped = self._wrapped_document
        line = wrapped.document[index]
        return wrapped.paint(line) if isinstance(wrapped, ReviewDocument) else line
