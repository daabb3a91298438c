"""The ground of all widgets that paint their own lines: named styles and strips of exact width."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeAlias

from rich.segment import Segment
from textual.geometry import Size  # noqa: TC002 - Textual reads the annotations
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.style import Style

Piece: TypeAlias = tuple[str, str]
"""Safe text and the names of its styles, separated by spaces ("" = plain)."""

STYLES = (
    "dim",
    "accent",
    "strong",
    "good",
    "warn",
    "bad",
    "insert",
    "delete",
    "term",
    "number",
    "key",
    "cursor",
    "cursor-blurred",
    "focus",
    "hit",
    "selected",
)


def resize_content(widget: ScrollView, size: Size) -> None:
    """Give a widget another size of content; Textual's own way lays out the whole screen anew each time."""
    if size != widget.virtual_size:
        widget.set_reactive(ScrollView.virtual_size, size)
        widget._scroll_update(size)


class CalmScrollBar(ScrollBar):
    """A scroll bar that is painted again only where its thumb moves: in a long list most steps do not move it."""

    def validate_position(self, position: float) -> float:
        """The last position at which the thumb moved: it does so by eighths of a cell."""
        least = (self.window_virtual_size - self.window_size) / max(1, 8 * self.outer_size.height)
        return position if least <= 1 else int(position / least + 1e-6) * least


class Painted(ScrollView, can_focus=False, inherit_bindings=False):
    """A widget that paints its lines itself, in the styles named in STYLES."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"paint--{name}" for name in STYLES}
    DEFAULT_CSS = """
    Painted { overflow-x: hidden; scrollbar-size-vertical: 1; scrollbar-color: $panel; scrollbar-color-hover: $primary;
        scrollbar-color-active: $primary; scrollbar-background: $background;
        scrollbar-background-hover: $background; scrollbar-background-active: $background; }
    Painted .paint--dim { color: $dim; }
    Painted .paint--accent { color: $primary; }
    Painted .paint--strong { text-style: bold; }
    Painted .paint--good { color: $success; }
    Painted .paint--warn { color: $warning; }
    Painted .paint--bad { color: $error; }
    Painted .paint--insert { color: $success; text-style: underline; }
    Painted .paint--delete { color: $error; text-style: strike; }
    Painted .paint--term { text-style: underline; }
    Painted .paint--number { color: $primary; }
    Painted .paint--key { color: $primary; text-style: bold; }
    Painted .paint--cursor { background: $panel; }
    Painted .paint--cursor-blurred { background: $bar; }
    Painted .paint--focus { text-style: bold; }
    Painted .paint--selected { text-style: reverse; }
    Painted .paint--hit { color: $background; background: $warning; }
    Painted:ansi .paint--hit { color: ansi_default; background: ansi_default; text-style: reverse bold; }
    Painted:ansi .paint--dim { color: ansi_default; text-style: dim; }
    Painted:ansi .paint--warn { text-style: bold underline; }
    Painted:ansi .paint--number { text-style: bold; }
    Painted:ansi .paint--cursor { background: ansi_default; text-style: reverse; }
    Painted:ansi .paint--cursor-blurred { background: ansi_default; text-style: bold; }
    """

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._styles_known: dict[str, Style] = {}

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """As Textual's, but a calm one."""
        if self._vertical_scrollbar is None:
            self._vertical_scrollbar = bar = CalmScrollBar(
                name="vertical", thickness=self.scrollbar_size_vertical
            )
            bar.display = False
            self.app._start_widget(self, bar)
        return self._vertical_scrollbar

    def style_of(self, names: str) -> Style:
        """The style of the widget with the named ones laid over it."""
        style = self._styles_known.get(names)
        if style is None:
            style = self.rich_style
            for name in names.split():
                style = style + self.get_component_rich_style(f"paint--{name}", partial=True)
            self._styles_known[names] = style
        return style

    def notify_style_update(self) -> None:
        """Forget what was made of the old colours."""
        super().notify_style_update()
        self._styles_known.clear()

    def strip_of(self, pieces: Iterable[Piece], width: int, *, over: str = "") -> Strip:
        """A line of exactly `width` cells; the styles named in `over` lie over all of it."""
        segments = [
            Segment(text, self.style_of(f"{names} {over}" if over else names))
            for text, names in pieces
            if text
        ]
        return Strip(segments).adjust_cell_length(width, self.style_of(over))
