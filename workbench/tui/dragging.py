"""Borders between the parts of the screen, moved with the mouse; a click on a title makes its pane the current one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import events

from workbench.tui.layout import FIXED, LIST, SHARES, SOURCE, TARGET

if TYPE_CHECKING:
    from textual.widget import Widget

    from workbench.tui.frame import Frame
    from workbench.tui.layout import Layout

_LEAST_FIXED, _LEAST = 3, 2
"""A title and some text."""


@dataclass(frozen=True, slots=True)
class Border:
    """A border: between the columns, or above `name` within the parts of a column, or above the tabs (`name` = "")."""

    kind: str
    name: str = ""
    start: int = 0
    tab_lines: int = 0


class Dragging:
    """Takes the mouse's events from a frame as long as a border is held."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._held: Border | None = None
        self._has_moved = False
        self._skips_click = False

    def takes(self, event: events.Event) -> bool:
        """Whether an event is for a border, and for nobody else."""
        if isinstance(event, events.Click):
            skips, self._skips_click = self._skips_click, False
            return skips
        if isinstance(event, events.MouseDown):
            self._skips_click = False
            self._held = self._at(event.x, event.y) if event.button == 1 else None
            self._has_moved = False
        elif self._held is None:
            return False
        elif isinstance(event, events.MouseMove):
            self._has_moved |= self._move(self._held, event.x, event.y)
        elif isinstance(event, events.MouseUp):
            if self._has_moved:
                self._frame.arranging.keep()
            else:
                self._choose(self._held, event.x)
            self._held, self._skips_click = None, True
            return True
        return self._held is not None and isinstance(event, events.MouseEvent)

    # Where the borders are

    def _columns(self) -> list[list[tuple[str, Widget]]]:
        """The parts of each column from top to bottom; the tabs count as one, called "tabs"."""
        panel = self._frame.panel
        if panel is None:
            return []
        from workbench.tui.grid import Grid

        fixed: dict[str, Widget] = {
            LIST: self._frame.query_one(Grid),
            SOURCE: panel.source,
            TARGET: panel.editor,
        }
        layout = self._frame.arranging.layout
        columns: list[list[tuple[str, Widget]]] = []
        for parts in (layout.left, layout.right):
            known = {**fixed, **panel.placed}
            columns.append([(part.name, known[part.name]) for part in parts if part.name in known])
        columns[1] += [("tabs", panel.detail)]
        return [[(name, one) for name, one in column if one.region.height] for column in columns]

    def _at(self, x: int, y: int) -> Border | None:
        """The border at a cell, None where there is none."""
        panel = self._frame.panel
        if panel is None:
            return None
        if not self._frame.arranging.is_wide:
            for name, sheet in ((SOURCE, panel.source), ("tabs", panel.detail)):
                if panel.detail.region.height and sheet.region.height and sheet.region.y == y:
                    return Border("tabs", name, y, self._tab_lines)
            return None
        if panel.region.x == x and panel.region.contains(x, y):
            return Border("columns")
        for column in self._columns():
            for index, (name, widget) in enumerate(column):
                if widget.region.y == y and widget.region.contains(x, y) and name != LIST:
                    return Border("rows" if index else "title", name, y)
        return None

    @property
    def _tab_lines(self) -> int:
        panel = self._frame.panel
        return panel.detail.region.height if panel is not None else 0

    # What becomes of them

    def _move(self, border: Border, x: int, y: int) -> bool:
        """Put a border where the mouse is; whether that changed anything."""
        arranging, layout = self._frame.arranging, self._frame.arranging.layout
        if border.kind == "columns":
            share = round(100 * x / max(1, self._frame.size.width))
            made = replace(layout, share=max(SHARES[0], min(SHARES[-1], share)))
        elif border.kind == "tabs":
            room = self._frame.query_one("#left").region.height - _LEAST_FIXED
            most = self._tab_lines + max(0, room)
            made = layout.with_tab_lines(max(_LEAST, min(most, border.tab_lines + border.start - y)))
        elif border.kind == "rows":
            made = self._with_row(layout, border.name, y)
        else:
            return False
        if made == layout:
            return False
        arranging.show(made)
        return True

    def _with_row(self, layout: Layout, name: str, y: int) -> Layout:
        """The layout with the border above a part at a line: what the part gets, the one above it loses."""
        for column in self._columns():
            names = [one for one, _ in column]
            if name not in names:
                continue
            heights = [widget.region.height for _, widget in column]
            index = names.index(name)
            above, both = column[index - 1], heights[index - 1] + heights[index]
            least = [_LEAST_FIXED if one in FIXED else _LEAST for one in names]
            if both < least[index - 1] + least[index]:
                return layout
            wanted = y - above[1].region.y
            heights[index - 1] = max(least[index - 1], min(both - least[index], wanted))
            heights[index] = both - heights[index - 1]
            return layout.with_heights(dict(zip(names, heights, strict=True)))
        return layout

    def _choose(self, border: Border, x: int) -> None:
        """Make the pane whose title was clicked the current one."""
        panel = self._frame.panel
        if panel is None:
            return
        if border.name != "tabs":
            panel.choose(border.name)
            return
        column = panel.detail.region.x + 2
        for name, title in panel.tab_titles():
            if column <= x < column + cell_len(title):
                panel.choose(name)
            column += cell_len(title)
