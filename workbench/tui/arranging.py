"""Puts a layout on the screen: which parts are shown, in which column, how large."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.tui import layout_kept
from workbench.tui.layout import FIXED, LIST, SOURCE, TARGET, Layout, Part, read

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.config.screen import ScreenSettings
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
        self._chosen = ""
        self._folder: Path | None = None
        self._author = ""
        self._tours = False
        self.layouts = layout_kept.Layouts()

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

    # What the bar does

    def open(self, folder: Path | None, author: str, screen: ScreenSettings | None) -> None:
        """Take a person's layouts in a project, and the one that the screen was left with. Raises ConfigError."""
        from workbench.tui.panes import BY_NAME

        self._folder, self._author = folder, author
        of_project = dict(screen.layouts) if screen is not None else {}
        self._tours = screen is None or screen.tour
        self.layouts = layout_kept.load(folder, author, known=BY_NAME, of_project=of_project)
        self._layout = self.layouts.start(screen.layout if screen is not None else "")

    @property
    def wants_tour(self) -> bool:
        """Whether the tour is to be shown, and was not yet."""
        return self._tours and not self.layouts.has_toured

    def keep(self) -> None:
        """Write down the layout as it is, for the next start."""
        self.layouts.last = str(self.layout)
        layout_kept.keep(self._folder, self._author, self.layouts)

    @property
    def chosen(self) -> str:
        """The part that is made larger and smaller: chosen in the bar, else the current pane."""
        panel = self._frame.panel
        names = [part.name for part in (*self.layout.left, *self.layout.right)]
        if self._chosen in names:
            return self._chosen
        current = panel.current if panel is not None else ""
        return current if current in names else TARGET

    def choose(self, by: int) -> None:
        """Choose the next part, or the one before."""
        names = [part.name for part in (*self.layout.left, *self.layout.right)]
        self._chosen = names[(names.index(self.chosen) + by) % len(names)]
        panel = self._frame.panel
        if panel is not None:
            panel.choose(self._chosen)

    def run(self, command: str) -> str:
        """Carry out a command of the bar; what is to be said of it."""
        verb, _space, name = command.partition(" ")
        layout = self.layout
        said = ""
        match verb:
            case "layout":
                layout, said = self.layouts.all()[name], f"layout: {name}"
            case "larger" | "smaller":
                by = 1 if verb == "larger" else -1
                layout = self._sized(by)
            case "wider" | "narrower":
                layout = layout.widened(1 if verb == "wider" else -1)
            case "next_part" | "previous_part":
                self.choose(1 if verb == "next_part" else -1)
            case "other_column":
                layout = layout.moved(self.chosen)
            case "tabs":
                layout = replace(layout, tabbed=not layout.tabbed)
            case _:
                name = verb.removeprefix("show_")
                layout = layout.toggled(name)
                if layout.part(name) is not None:
                    self._chosen = name
        self.show(layout)
        panel = self._frame.panel
        if panel is not None and verb.startswith("show_") and layout.part(self._chosen) is not None:
            panel.choose(self._chosen)
        return said or self._missing_room()

    def _sized(self, by: int) -> Layout:
        """The chosen part larger or smaller; what shares the place of the tabs, or of the list above them, by lines."""
        layout, chosen, panel = self.layout, self.chosen, self._frame.panel
        if self.is_wide or panel is None or chosen in (SOURCE, TARGET):
            return layout.sized(chosen, by)
        lines = layout.tab_lines or panel.detail.outer_size.height
        return layout.with_tab_lines(lines - by if chosen == LIST else lines + by)

    def _missing_room(self) -> str:
        """Why a pane that is to be shown is not seen."""
        if not self.layout.panes or self.is_wide:
            return ""
        frame = self._frame
        if frame.has_class("-narrow") or frame.has_class("-short") or frame.has_class("-tiny"):
            return "no room for panes here: F6 shows them over the list"
        return ""

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
