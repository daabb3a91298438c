"""The list of units: paints only the lines on screen, from pages that it asks for."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message

from workbench.report.visible import visible
from workbench.tui.paint import clip, graphemes, shown_map
from workbench.tui.painted import Painted, resize_content

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.strip import Strip

    from workbench.store.records import UnitRow
    from workbench.tui.painted import Piece

PAGE_UNITS = 64
PAGES_KEPT = 8
LONGEST = 5000
"""So many characters of a text are looked through for hits."""
STRIPS_KEPT = 384
MARGIN_UNITS = 1

ORIGIN_MARKS = {"dropped": ("-", "accent"), "added": ("+", "accent")}
# State, doubt, issues and notes can be told apart without colour. No symbol here is of ambiguous width.
STATE_MARKS = {
    "initial": ("◦ ", "dim"),
    "translated": ("✎ ", "accent"),
    "reviewed": ("✓ ", "good"),
    "final": ("✓✓", "good"),
}
WORST_MARKS = {
    "critical": ("✗", "bad strong"),
    "major": ("!", "bad"),
    "minor": ("~", "warn"),
    "neutral": ("i", "dim"),
}


def _nothing() -> None:
    pass


class Grid(Painted, can_focus=True):
    """All units of the queue, the cursor on one of them."""

    BINDING_GROUP_TITLE = "List of units"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
    ]

    class Wanted(Message):
        """The cursor is wanted at another place of the queue."""

        def __init__(self, position: int, *, clicked: bool = False) -> None:
            self.position = position
            self.clicked = clicked
            super().__init__()

        def can_replace(self, message: Message) -> bool:
            """Only the last place wanted counts."""
            return isinstance(message, Grid.Wanted)

    class Opened(Message):
        """The unit at the cursor was clicked twice: at a place of its "source" or "target"."""

        def __init__(self, side: str, offset: int) -> None:
            self.side, self.offset = side, offset
            super().__init__()

    def __init__(self) -> None:
        super().__init__(id="grid")
        self.fetch: Callable[[int, int], Sequence[UnitRow]] | None = None
        self.hits: Callable[[str, str], Sequence[tuple[int, int]]] | None = None
        """Where what was searched for stands in a text of a side, "source" or "target"."""
        self.on_moved: Callable[[], None] = _nothing
        self.on_shown: Callable[[], None] = _nothing
        """Called when the cursor has moved, and when what is shown was read again."""
        self.count = 0
        self.position = 0
        self.unit_lines = 1
        self.message = "opening…"
        self._number_width = 3
        self._pages: OrderedDict[int, Sequence[UnitRow]] = OrderedDict()
        self._strips: LRUCache[tuple[int, int, int, str], Strip] = LRUCache(STRIPS_KEPT)

    def show(self, *, count: int, position: int, largest: int) -> None:
        """Take the queue's new length and position, and read again what is on screen.

        `largest` is the largest number that a unit has.
        """
        self._pages.clear()
        self._strips.clear()
        self.count = count
        self.position = position
        self._number_width = max(3, len(str(largest)))
        self._resized()
        self.refresh()
        self.on_shown()

    def reread(self) -> None:
        """Read again what is on screen."""
        self._pages.clear()
        self._strips.clear()
        self.refresh()
        self.on_shown()

    def move(self, position: int) -> None:
        """Put the cursor elsewhere; nothing is read again that is known."""
        old, self.position = self.position, position
        top = self.scroll_offset.y
        self._reveal()
        if self.scroll_offset.y == top:
            self.refresh(self._region(old), self._region(position))
        else:
            self.refresh()
        self.on_moved()

    def set_unit_lines(self, lines: int) -> None:
        """Give every unit one line or two."""
        if lines != self.unit_lines:
            self.unit_lines = lines
            self._strips.clear()
            self._resized()
            self.refresh()

    def unit_at(self, position: int) -> UnitRow | None:
        """The unit at a place of the queue, None where there is none."""
        if self.fetch is None or not 0 <= position < self.count:
            return None
        number, offset = divmod(position, PAGE_UNITS)
        page = self._pages.get(number)
        if page is None:
            page = self.fetch(number * PAGE_UNITS, PAGE_UNITS)
            self._pages[number] = page
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page[offset] if offset < len(page) else None

    @property
    def units_shown(self) -> int:
        """How many whole units are on screen at a time."""
        return max(1, self.size.height // self.unit_lines)

    def action_page(self, direction: int) -> None:
        """Go a screenful up (-1) or down (1)."""
        step = max(1, self.units_shown - 1)
        self.post_message(self.Wanted(max(0, min(self.count - 1, self.position + direction * step))))

    def on_click(self, event: events.Click) -> None:
        """Ask for the unit under the mouse."""
        position = (event.y + self.scroll_offset.y) // self.unit_lines
        if position >= self.count:
            return
        self.post_message(self.Wanted(position, clicked=True))
        if event.chain == 2 and (unit := self.unit_at(position)) is not None:
            line = (event.y + self.scroll_offset.y) % self.unit_lines
            self.post_message(self.Opened(*self._clicked(unit, line, event.x)))

    def _clicked(self, unit: UnitRow, line: int, x: int) -> tuple[str, int]:
        """The side of a unit and the place in it that stand at a column of its row."""
        width = self.scrollable_content_region.width
        lead = self._number_width + 10
        room = max(4, (width - lead - 2) // 2)
        if self.unit_lines > 1:
            side, start, room = ("target" if line else "source"), lead, width - lead
        elif x < lead + room + 1:
            side, start = "source", lead
        else:
            side, start, room = "target", lead + room + 2, max(0, width - lead - room - 2)
        text: str = getattr(unit, side)
        shown, _spans, begin = self._window(text, side, room)
        x -= start + (cell_len("…") if begin else 0)
        place, used = begin, 0
        for _low, high, cells in graphemes(shown[begin:]):
            if used + cells > x:
                break
            used, place = used + cells, begin + high
        offsets = shown_map(text[:LONGEST])[1]
        return side, place if offsets is None else max(0, bisect_right(offsets, place) - 1)

    def _on_resize(self, event: events.Resize) -> None:
        del event
        self._strips.clear()
        self._resized()

    def on_focus(self) -> None:
        """Show the cursor as that of the keys."""
        self.refresh(self._region(self.position))

    def on_blur(self) -> None:
        """Show the cursor as resting."""
        self.refresh(self._region(self.position))

    def notify_style_update(self) -> None:
        """Forget what was painted in the old colours."""
        super().notify_style_update()
        self._strips.clear()

    def _resized(self) -> None:
        resize_content(self, Size(self.size.width, self.count * self.unit_lines))
        self._reveal()

    def _region(self, position: int) -> Region:
        top = position * self.unit_lines - self.scroll_offset.y
        return Region(0, top, self.size.width, self.unit_lines)

    def _reveal(self) -> None:
        height = self.size.height
        if height <= 0 or not self.count:
            return
        margin = min(MARGIN_UNITS, max(0, (self.units_shown - 1) // 2)) * self.unit_lines
        first = self.position * self.unit_lines
        top = self.scroll_offset.y
        highest = max(0, self.count * self.unit_lines - height)
        wanted = min(top, max(0, first - margin))
        wanted = max(wanted, min(highest, first + self.unit_lines + margin - height))
        if wanted != top:
            self.scroll_to(y=wanted, animate=False, immediate=True, force=True)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a region. A line that was painted before is the same strip, with all that was made of it."""
        if self.styles.gutter.totals != (0, 0) or self.opacity != 1.0:
            return super().render_lines(crop)
        width, background = self.scrollable_content_region.width, self.background_colors[1]
        filters = self.get_line_filters()
        lines = []
        for y in crop.line_range:
            strip = self._line(y, width)
            for one in filters:
                strip = strip.apply_filter(one, background)
            lines.append(strip.crop(crop.x, crop.right))
        return lines

    def render_line(self, y: int) -> Strip:
        """One line of the list."""
        return self._line(y, self.scrollable_content_region.width)

    def _line(self, y: int, width: int) -> Strip:
        position, line = divmod(y + self.scroll_offset.y, self.unit_lines)
        if position >= self.count:
            return self.strip_of([(f"  {self.message}" if y == 1 and not self.count else "", "dim")], width)
        over = ""
        if position == self.position:
            over = "cursor" if self.has_focus else "cursor-blurred"
        key = (position, line, width, over)
        strip = self._strips.get(key)
        if strip is None:
            unit = self.unit_at(position)
            strip = self.strip_of(self._pieces(unit, line, width, over), width, over=over)
            self._strips[key] = strip
        return strip

    def _pieces(self, unit: UnitRow | None, line: int, width: int, over: str) -> list[Piece]:
        if unit is None:
            return []
        pointer = ("▸" if over else " ", "accent strong")
        number = self._number_width
        lead = number + 10
        if self.unit_lines > 1 and line > 0:
            return [(" " * lead, ""), *self._part(unit.target, "target", "", width - lead)[0]]
        marks: list[Piece] = [pointer, (f"{unit.number:>{number}} ", "dim"), STATE_MARKS[unit.state.value]]
        marks.append(("?", "warn") if unit.doubtful else ORIGIN_MARKS.get(unit.origin, (" ", "")))
        marks.append(_issue_mark(unit))
        marks.append(_comment_mark(unit))
        marks += [("*" if unit.is_noted else " ", "accent"), (" ", "")]
        if self.unit_lines > 1:
            return [*marks, *self._part(unit.source, "source", "dim", width - lead)[0]]
        room = max(4, (width - lead - 2) // 2)
        source, used = self._part(unit.source, "source", "dim", room)
        target, _ = self._part(unit.target, "target", "", max(0, width - lead - room - 2))
        return [*marks, *source, (" " * (room - used + 2), ""), *target]

    def _part(self, text: str, side: str, style: str, room: int) -> tuple[list[Piece], int]:
        """So much of a text as there is room for, with what was searched for marked, and the cells it takes."""
        shown, spans, begin = self._window(text, side, room)
        lead = "…" if begin else ""
        shown, used = clip(lead + shown[begin:], room)
        pieces: list[Piece] = []
        last = 0
        for start, end in spans:
            low, high = (max(0, at - begin + len(lead)) for at in (start, end))
            if last <= low < min(high, len(shown)):
                pieces += [(shown[last:low], style), (shown[low:high], "hit")]
                last = high
        return [*pieces, (shown[last:], style)], used

    def _window(self, text: str, side: str, room: int) -> tuple[str, Sequence[tuple[int, int]], int]:
        """A text as it is shown, the hits in it, and where it begins in a row so that the first of them is seen."""
        shown = visible(text[:LONGEST])
        spans = self.hits(shown, side) if self.hits is not None else ()
        if not spans or cell_len(shown[: spans[0][1]]) < room:
            return shown, spans, 0
        begin, left = spans[0][0], room // 4
        for low, high, cells in reversed(graphemes(shown[max(0, begin - room) : begin])):
            left -= cells
            if left < 0:
                break
            begin -= high - low
        return shown, spans, begin


def _comment_mark(unit: UnitRow) -> Piece:
    """Whether people said something of the unit, and whether that waits for an answer."""
    return ("@", "warn") if unit.is_questioned else ("#" if unit.note_count else " ", "accent")


def _issue_mark(unit: UnitRow) -> Piece:
    """The worst severity's symbol and the number of issues in two cells; a dot where nobody looked yet."""
    if unit.issue_count is None:
        return " .", "dim"
    if not unit.issue_count:
        return "  ", ""
    mark, style = WORST_MARKS[unit.worst.value if unit.worst else "neutral"]
    return f"{mark}{unit.issue_count if unit.issue_count < 10 else '+'}", style
