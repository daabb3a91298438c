"""Puts a layout on the screen: which parts are shown, in which column, how large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.tui.layout import FIXED, LIST, SOURCE, TARGET, Layout, Part, read

if TYPE_CHECKING:
    from workbench.tui.frame import Frame
    from workbench.tui.sheet import Sheet

WIDE_COLUMNS = 120
BARS = 2
"""Lines of the screen above and below both columns."""


class Arranging:
    """Holds the layout of a frame and applies it anew when it, or the size of the terminal, has changed."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._layout: Layout | None = None
        self._placed: dict[str, Sheet] = {}
        self._order: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        self._count = 0

    @property
    def layout(self) -> Layout:
        """The layout in force."""
        if self._layout is None:
            from workbench.tui.layout import BUILT_IN
            from workbench.tui.panes import BY_NAME

            self._layout = read(BUILT_IN[0][2], BY_NAME, lenient=True)
        return self._layout

    def show(self, layout: Layout) -> None:
        """Take another layout."""
        self._layout = layout
        self.apply()

    @property
    def is_wide(self) -> bool:
        """Whether both columns stand beside each other."""
        return self._frame.size.width >= WIDE_COLUMNS

    def apply(self) -> None:
        """Show what the layout says, as far as there is room."""
        panel = self._frame.panel
        if panel is None or not panel.is_mounted:
            return
        layout = self.layout
        wide = self.is_wide
        apart = wide and not layout.tabbed and layout.fits(self._frame.size.height - BARS)
        left = [part for part in layout.left if wide and part.name not in FIXED]
        right = [part for part in layout.right if apart and part.name not in FIXED]
        self._place(left, right)
        for part in (*left, *right):
            self._placed[part.name].styles.height = f"{part.size}fr"
        self._size_columns(layout, wide=wide, has_left=bool(left))
        tabbed = [part for part in layout.right if part.name not in FIXED and not apart]
        self._size_unit(layout, wide=wide, tabs=sum(part.size for part in tabbed))
        panel.take_layout(layout, placed=self._placed)

    def _place(self, left: list[Part], right: list[Part]) -> None:
        """See that each of these panes has a place, in this order; those that others had are taken away."""
        from workbench.tui.panel import place_for

        frame, panel = self._frame, self._frame.panel
        assert panel is not None
        wanted = (tuple(part.name for part in left), tuple(part.name for part in right))
        if wanted == self._order:
            return
        for sheet in self._placed.values():
            sheet.remove()
        self._placed = {}
        for parts, column in ((left, frame.query_one("#left")), (right, panel)):
            sheets = []
            for part in parts:
                self._count += 1
                self._placed[part.name] = place_for(part, self._count)
                sheets.append(self._placed[part.name])
            if sheets:
                column.mount(*sheets)
        self._order = wanted

    def _size_columns(self, layout: Layout, *, wide: bool, has_left: bool) -> None:
        from workbench.tui.grid import Grid

        grid, left = self._frame.query_one(Grid), self._frame.query_one("#left")
        listed = layout.part(LIST)
        grid.display = listed is not None
        left.display = listed is not None or has_left
        left.styles.width = f"{layout.share}%" if wide else None
        grid.styles.height = f"{listed.size}fr" if wide and listed is not None else None
        if not grid.display and self._frame.focused is grid:
            self._frame.set_focus(None)

    def _size_unit(self, layout: Layout, *, wide: bool, tabs: int) -> None:
        panel = self._frame.panel
        assert panel is not None
        for widget, name in ((panel.source, SOURCE), (panel.editor, TARGET)):
            part = layout.part(name)
            widget.styles.height = f"{part.size}fr" if wide and part is not None else None
        panel.detail.styles.display = None if tabs or (not wide and layout.panes) else "none"
        filling = layout.part(LIST) is None
        if wide:
            panel.detail.styles.height = f"{tabs or 1}fr"
        elif filling:
            panel.detail.styles.height = "1fr"
        else:
            panel.detail.styles.height = layout.tab_lines or None
        panel.styles.height = "1fr" if filling and not wide else None
