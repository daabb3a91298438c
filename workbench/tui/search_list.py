"""A list of units over the review screen: hits to go to, or changes to look at and leave out one by one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Container

from workbench.tui.once import Dialog, Hint
from workbench.tui.sheet import Paragraph, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

AROUND = 80
"""So many characters around hits and changes are shown of a long text."""
PAGE = 40
"""So many units are painted at a time: moving the cursor paints them anew."""


def excerpt(paragraph: Paragraph) -> Paragraph:
    """A paragraph without what stands far before the first and far behind the last of its spans."""
    text, spans = paragraph.text, paragraph.spans
    first, last = min((one[0] for one in spans), default=0), max((one[1] for one in spans), default=0)
    begin = first - AROUND if first > 2 * AROUND else 0
    end = last + AROUND if len(text) - last > 2 * AROUND else len(text)
    lead = "…" if begin else ""
    moved = len(lead) - begin
    return replace(
        paragraph,
        text=f"{lead}{text[begin:end]}{'…' if end < len(text) else ''}",
        spans=tuple((start + moved, stop + moved, names) for start, stop, names in spans),
    )


class UnitList(Dialog[int | None]):
    """Units, each of a few paragraphs: the index of the chosen one where Enter was pressed, None where it was left.

    With `ticked` Space leaves a unit out or takes it in again, `a` does so with all; `ticks` tells which are in.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", show=False),
        Binding("ctrl+c", "app.interrupt", show=False),
        Binding("enter", "choose", show=False),
        Binding("up,k", "step(-1)", show=False),
        Binding("down,j", "step(1)", show=False),
        Binding("pageup,b", "step(-10)", show=False),
        Binding("pagedown", "step(10)", show=False),
        Binding("home,g", "step(-1000000)", show=False),
        Binding("end,G", "step(1000000)", show=False),
        Binding("space", "tick", show=False),
        Binding("a", "tick_all", show=False),
    ]
    DEFAULT_CSS = """
    UnitList { align: center middle; background: $background 60%; }
    UnitList > Container { width: 100%; max-width: 130; height: 100%; background: $bar; border: round $primary;
        border-title-color: $primary; border-subtitle-color: $dim; padding: 0 1; }
    UnitList Sheet { height: 1fr; background: $bar; overflow-y: auto; }
    UnitList:ansi > Container, UnitList:ansi Sheet { background: ansi_default; }
    """

    def __init__(self, title: str, units: Sequence[Sequence[Paragraph]], *, ticked: bool = False) -> None:
        super().__init__()
        self._title = title
        self._units = units
        self._is_ticked = ticked
        self.ticks = [True] * len(units) if ticked else []
        self.current = 0
        self._page = -1

    def compose(self) -> ComposeResult:
        """The list in a box."""
        with Container():
            yield Sheet(id="units")

    def hints(self) -> tuple[Hint, ...]:
        """The keys, those of ticks where there are some."""
        if not self._is_ticked:
            return (("Esc", "back", "escape"), ("Enter", "go there", "enter"), ("Up Down", "other units", ""))
        return (
            ("Esc", "back", "escape"),
            ("Enter", "change the chosen", "enter"),
            ("Space", "leave out", "space"),
            ("a", "all", "a"),
        )

    def on_mount(self) -> None:
        """Show the first page."""
        self._show()

    def action_step(self, count: int) -> None:
        """Go up or down."""
        self.current = max(0, min(len(self._units) - 1, self.current + count))
        self._show()

    def action_choose(self) -> None:
        """Take the current unit, or all that are ticked."""
        self.dismiss(self.current)

    def action_tick(self) -> None:
        """Leave the current unit out, or take it in again, and go on."""
        if self._is_ticked:
            self.ticks[self.current] = not self.ticks[self.current]
            self.action_step(1)

    def action_tick_all(self) -> None:
        """Leave all units out, or take all in where none is."""
        if self._is_ticked:
            self.ticks = [not any(self.ticks)] * len(self.ticks)
            self._show()

    def on_sheet_chosen(self, message: Sheet.Chosen) -> None:
        """Go to the unit under the mouse."""
        self.current = int(message.key)
        self._show()

    def _show(self) -> None:
        box, sheet = self.query_one(Container), self.query_one(Sheet)
        box.border_title = f"{self._title} ({self.current + 1}/{len(self._units)})"
        box.border_subtitle = f"{sum(self.ticks)} chosen" if self._is_ticked else ""
        first = self.current // PAGE * PAGE
        paragraphs: list[Paragraph] = []
        place = 0
        for index in range(first, min(len(self._units), first + PAGE)):
            here = index == self.current
            place = len(paragraphs) if here else place
            for line, paragraph in enumerate(self._units[index]):
                mark = ("▸ " if here else "  ") if line == 0 else "  "
                if self._is_ticked:
                    mark += ("✓ " if self.ticks[index] else "- ") if line == 0 else "  "
                style = "accent strong" if here else "dim"
                paragraphs.append(
                    replace(paragraph, lead=mark + paragraph.lead, lead_style=style, key=str(index))
                )
        sheet.show(paragraphs, keep_place=True)
        sheet.keep_in_view(place)
