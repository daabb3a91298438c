"""Read-only text on screen: paragraphs with styled spans, wrapped by our rules, never parsed for markup."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.geometry import Size
from textual.message import Message

from workbench.tui.paint import shown_map
from workbench.tui.painted import Painted, resize_content
from workbench.tui.wrap import lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.strip import Strip

    from workbench.tui.painted import Piece


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Document text or our own: `spans` (start, end, style names) may overlap; `style` lies under all of it.

    `lead` (safe text, one style) stands before the first line, further lines are indented by as much.
    A click on the paragraph is reported with its `key`.
    """

    text: str
    spans: tuple[tuple[int, int, str], ...] = ()
    style: str = ""
    lead: str = ""
    lead_style: str = ""
    key: str = ""


class Sheet(Painted):
    """Paragraphs, scrolled when they are too many."""

    # The cell of the scroll bar is kept free: text need not be wrapped anew when it appears.
    DEFAULT_CSS = """
    Sheet { overflow-y: auto; scrollbar-gutter: stable; scrollbar-size-horizontal: 0; }
    """

    class Chosen(Message):
        """A paragraph with a key was clicked."""

        def __init__(self, key: str) -> None:
            self.key = key
            super().__init__()

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.paragraphs: tuple[Paragraph, ...] = ()
        self._lines: list[tuple[list[Piece], str]] = []
        self._starts: list[int] = []
        self._lines_width = -1
        self._in_view: int | None = None

    def show(self, paragraphs: Sequence[Paragraph], *, keep_place: bool = False) -> None:
        """Replace what is shown; `keep_place` does not go back to the top."""
        if tuple(paragraphs) == self.paragraphs:
            return
        height = self._height_wanted()
        auto = self.styles.height is not None and self.styles.height.is_auto
        self.paragraphs, self._in_view = tuple(paragraphs), None
        self._wrap(self.scrollable_content_region.width or self.size.width)
        if not keep_place:
            self.scroll_to(y=0, animate=False, immediate=True)
        self.refresh(layout=auto and height != self._height_wanted())

    def _height_wanted(self) -> int:
        least = self.styles.min_height
        return max(len(self._lines), int(least.value) - self.gutter.height if least is not None else 0)

    @property
    def text(self) -> str:
        """What is shown, line by line."""
        return "\n".join("".join(text for text, _ in pieces) for pieces, _ in self._lines)

    def _wrap(self, width: int) -> None:
        self._lines, self._starts = [], []
        for paragraph in self.paragraphs:
            self._starts.append(len(self._lines))
            self._lines += _lines_of(paragraph, width)
        self._lines_width = width
        resize_content(self, Size(width, len(self._lines)))

    def keep_in_view(self, index: int) -> None:
        """Have the paragraph in view, a third of the height below the top, also at another size."""
        self._in_view = index
        if index < len(self._starts):
            top = max(0, self._starts[index] - self.size.height // 3)
            self.scroll_to(y=top, animate=False, immediate=True, force=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the text takes at this width."""
        del container, viewport
        width -= self.scrollbar_gutter.width
        if width != self._lines_width:
            self._wrap(width)
        return len(self._lines)

    def _on_resize(self, event: events.Resize) -> None:
        del event
        width = self.scrollable_content_region.width
        if width != self._lines_width:
            self._wrap(width)
            self.refresh()
        if self._in_view is not None:
            self.keep_in_view(self._in_view)

    def on_click(self, event: events.Click) -> None:
        """Report the paragraph under the mouse."""
        row = event.y + self.scroll_offset.y - self.gutter.top
        if 0 <= row < len(self._lines) and (key := self._lines[row][1]):
            self.post_message(self.Chosen(key))

    def render_line(self, y: int) -> Strip:
        """One wrapped line."""
        row = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        return self.strip_of(self._lines[row][0] if row < len(self._lines) else [], width)


def _lines_of(paragraph: Paragraph, width: int) -> list[tuple[list[Piece], str]]:
    """The lines of a paragraph, each with the paragraph's key."""
    text, offsets = shown_map(paragraph.text)
    spans = paragraph.spans
    if offsets is not None:
        spans = tuple((offsets[start], offsets[end], names) for start, end, names in spans)
    indent = cell_len(paragraph.lead)
    result: list[tuple[list[Piece], str]] = []
    for begin, end in lines(text, max(4, width - indent)):
        lead: Piece = (" " * indent, "") if result else (paragraph.lead, paragraph.lead_style)
        touching = [span for span in spans if span[0] < end and span[1] > begin]
        cuts = sorted({begin, end, *(cut for span in touching for cut in span[:2] if begin < cut < end)})
        pieces: list[Piece] = [lead]
        for low, high in pairwise(cuts):
            names = " ".join(name for start, stop, name in touching if start <= low and high <= stop)
            pieces.append((text[low:high], f"{paragraph.style} {names}".strip()))
        result.append((pieces, paragraph.key))
    return result
