"""The frame of the review screen: where its parts stand, which key goes where, what the bottom line says."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Container
from textual.screen import Screen

from workbench.errors import CommandError
from workbench.tui.arranging import Arranging
from workbench.tui.clicking import choose_line
from workbench.tui.dragging import Dragging
from workbench.tui.early_keys import EarlyKeys
from workbench.tui.grid import Grid
from workbench.tui.header import Header
from workbench.tui.status import StatusLine
from workbench.tui.warming import warm_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.events import Key

    from workbench.store.glimpse import Glimpse
    from workbench.tui.app import ReviewApp
    from workbench.tui.editor import Editor
    from workbench.tui.layout_bar import LayoutBar
    from workbench.tui.pane import Pane
    from workbench.tui.panel import UnitPanel
    from workbench.tui.repair_bar import RepairBar
    from workbench.tui.sheet import Sheet
    from workbench.tui.tour import TourBar

_FOLDERS = re.compile(r"(?<!\S)(?:[A-Za-z]:)?[/\\](?:[^\s/\\:]+[/\\])+(?=[^\s/\\:])")
"""The folders of an absolute path: in one line of the screen the file's name must do."""

WIDE_COLUMNS = 120
MEDIUM_COLUMNS = 70
SMALL_LINES = 10
MEDIUM_LINES = 22
TALL_LINES = 34


class Frame(Screen[None]):
    """Header, list of units, later the panel of the focused unit, status line."""

    DEFAULT_CSS = """
    Frame { layout: vertical; }
    Frame Header, Frame StatusLine { height: 1; background: $bar; }
    Frame #body { height: 1fr; layout: vertical; }
    Frame #left { height: 1fr; min-height: 3; layout: vertical; }
    Frame Grid { height: 1fr; }
    Frame.-short #left, Frame.-tiny #left { min-height: 1; }
    Frame.-tiny.-typing #left, Frame.-tiny.-typing Header { display: none; }
    Frame.-wide #body { layout: horizontal; }
    Frame.-wide #left { width: 55%; height: 100%; }
    Frame:ansi Header, Frame:ansi StatusLine { background: ansi_default; }
    """
    AUTO_FOCUS: ClassVar[str | None] = "#grid"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (MEDIUM_COLUMNS, "-medium"), (WIDE_COLUMNS, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-tiny"),
        (SMALL_LINES, "-short"),
        (MEDIUM_LINES, "-middling"),
        (TALL_LINES, "-tall"),
    ]

    def __init__(self, title: str) -> None:
        super().__init__(id="desk")
        self._title = title
        self.completes = True
        """Whether words are offered while one types."""
        self.panel: UnitPanel | None = None
        self.repair_bar: RepairBar | None = None
        self.layout_bar: LayoutBar | None = None
        self.tour: TourBar | None = None
        self.wanted_thread = 0
        """The comment to begin with when comments are read."""
        self._lines_wanted: int | None = None
        self._early = EarlyKeys()
        self.arranging = Arranging(self)
        self._dragging = Dragging(self)

    def compose(self) -> ComposeResult:
        """What the first frame shows."""
        yield Header(self._title)
        with Container(id="body"), Container(id="left"):
            yield Grid()
        yield StatusLine()

    @property
    def editor(self) -> Editor | None:
        """The editor, None before the session is open."""
        return self.panel.editor if self.panel is not None else None

    def _forward_event(self, event: events.Event) -> None:
        if event.is_forwarded or not self._dragging.takes(event):
            super()._forward_event(event)

    def bind_key(self, key: str, command: str, *, in_list: bool = False, in_editor: bool = False) -> None:
        """Have a key run a command; `in_list` = unless one is typing, `in_editor` = only while one types.

        Keys are taken before any widget sees them: a widget would handle them in its own time, and the keys behind
        one that moves the focus would go to the wrong place.
        """
        where = "in_list" if in_list else "in_editor" if in_editor else "anywhere"
        self._bindings.bind(key, f"start_{where}('{command}')", show=False, priority=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the list's keys to the editor while one is typing, and the editor's to the others else.

        While the panel is being put in its place every key is kept for it, as before the keys were bound.
        """
        del parameters
        if self.panel is None and action.startswith("start_"):
            return False
        if action == "start_in_editor":
            return self.focused is not None and self.focused is self.editor
        if action != "start_in_list" or self.focused is None:
            return True
        return self.place_of_keys == "list"

    def on_key(self, event: Key) -> None:
        """Keep what is pressed before anything can be done with it."""
        self._early.keep(event)

    async def action_start_anywhere(self, command: str) -> None:
        """Run a command; where it asks something, the keys behind it are for the question."""
        app: ReviewApp = self.app  # type: ignore[assignment]
        await self.take_keys()
        self._start(command)
        while app.relay is not None and app.relay.is_about_to_ask and app.screen is self:
            await asyncio.sleep(0)

    async def take_keys(self) -> None:
        """Wait until the editor has taken the keys that were pressed before this one."""
        if self.editor is not None and self.focused is self.editor:
            taken = asyncio.Event()
            self.editor.call_later(taken.set)
            await taken.wait()
            self.editor.put_in()

    async def action_start_in_list(self, command: str) -> None:
        """Run a command from the list."""
        await self.action_start_anywhere(command)

    async def action_start_in_editor(self, command: str) -> None:
        """Run a command on what is being typed."""
        await self.action_start_anywhere(command)

    def on_status_line_chosen(self, message: StatusLine.Chosen) -> None:
        """Run the command whose hint was clicked."""
        self._start(message.command)

    def on_sheet_chosen(self, message: Sheet.Chosen) -> None:
        """A line of a pane was clicked."""
        choose_line(self, message.key)

    def on_grid_wanted(self, message: Grid.Wanted) -> None:
        """Go to another place of the queue."""
        app: ReviewApp = self.app  # type: ignore[assignment]
        if app.relay is not None:
            app.relay.go_to_position(message.position)

    def on_grid_opened(self, message: Grid.Opened) -> None:
        """Go into the target, at the place that was clicked twice; in the source the word there is selected."""
        self._start("type")
        panel = self.panel
        if panel is None or self.focused is not panel.editor:
            return
        if message.side == "target":
            panel.editor.place_caret(min(message.offset, len(panel.editor.value)))
        else:
            panel.source.select_word(message.offset)

    def on_editor_enter_refused(self) -> None:
        """Say what confirms: Enter alone never does."""
        self.flash("Enter is for input methods: F2 confirms, Esc to list")

    def on_editor_lines_joined(self) -> None:
        """Say what became of the lines that were pasted."""
        self.flash("the pasted lines were joined: this unit is one line")

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show the keys that matter there, and the terminal's cursor where one types."""
        if self.repair_bar is not None:
            self.repair_bar.display = event.widget is self.repair_bar
            self.set_class(self.repair_bar.display, "-repairing")
        if self.layout_bar is not None and self.layout_bar.display and event.widget is not self.layout_bar:
            self.layout_bar.display = False
            self.arranging.keep()
        self._show_focus()

    def on_descendant_blur(self) -> None:
        """Hide the terminal's cursor, unless the editor has the keys by now: what one widget loses, another has."""
        self._show_focus()

    def on_screen_resume(self) -> None:
        """Come back from a question."""
        self._show_focus()

    def _show_focus(self) -> None:
        app: ReviewApp = self.app  # type: ignore[assignment]
        typing = self.editor is not None and self.focused is self.editor
        if typing and self.editor is not None:
            self.editor.completes = self.completes
            warm_words()
        app.show_cursor(typing or self.place_of_keys == "source")
        self.set_class(typing and self.has_class("-tiny"), "-typing")
        if hints := getattr(self.focused, "HINTS", ()):
            self.show_hints(hints)
        elif app.relay is not None:
            app.relay.show_hints(typing=typing)

    def _start(self, command: str) -> None:
        app: ReviewApp = self.app  # type: ignore[assignment]
        if app.relay is not None:
            app.relay.start(command)

    def at_hit(self) -> None:
        """The unit that is opened next was searched for: what was found in it is to be seen."""
        grid = self.query_one(Grid)
        grid.reread()
        if self.panel is not None:
            self.panel.hits = grid.hits

    def open_repair(self, letters: dict[str, str]) -> None:
        """Give the keys to the bar that repairs the alignment."""
        if self.repair_bar is not None:
            self.repair_bar.take_letters(letters)
            # At once: the keys behind this one are for the bar.
            self.add_class("-repairing")
            self.repair_bar.display = True
            self.set_focus(self.repair_bar)

    @property
    def is_repairing(self) -> bool:
        """Whether the bar that repairs the alignment has the keys."""
        return self.has_class("-repairing")

    async def on_repair_bar_wanted(self, message: RepairBar.Wanted) -> None:
        """Run a command of the bar."""
        await self.action_start_anywhere(message.command)

    def open_layout(self) -> None:
        """Give the keys to the bar that shows, hides and sizes the panes."""
        if self.layout_bar is not None:
            self.layout_bar.display = True
            self.set_focus(self.layout_bar)

    def look_for_panes(self) -> None:
        """Have panes that appear find out what they show."""

    def change_layout(self, command: str) -> None:
        """Carry out a command of that bar, opened or not."""
        before = self.arranging.layout.panes
        said = self.arranging.run(command)
        if said:
            self.flash(said)
        if set(self.arranging.layout.panes).difference(before):
            self.look_for_panes()
        if self.layout_bar is not None and self.layout_bar.display:
            self.layout_bar.refresh(layout=True)
        else:
            self.arranging.keep()

    def on_layout_bar_wanted(self, message: LayoutBar.Wanted) -> None:
        """Run a command of the bar."""
        if message.command in ("layouts", "keep_layout"):
            self._start(message.command)
        else:
            self.change_layout(message.command)

    def start_tour(self) -> None:
        """Begin the tour, or end it where it is under way."""
        app: ReviewApp = self.app  # type: ignore[assignment]
        if self.tour is not None:
            self.on_tour_bar_ended()
        elif app.relay is not None:
            from workbench.tui.tour import TourBar

            self.tour = TourBar(app.relay.commands)
            self.mount(self.tour, before=self.query_one(StatusLine))

    def on_tour_bar_ended(self) -> None:
        """Take the tour away; it is not begun by itself again."""
        if self.tour is not None:
            self.tour.remove()
            self.tour = None
            self.arranging.layouts.has_toured = True
            self.arranging.keep()

    @property
    def place_of_keys(self) -> str:
        """What has the keys: list, source, editor, repair or layout."""
        source = self.panel.source if self.panel is not None else None
        bars = {"repair": self.repair_bar, "layout": self.layout_bar}
        places = {"editor": self.editor, "source": source, **bars}
        return next((name for name, one in places.items() if one is not None and one is self.focused), "list")

    @property
    def current_pane(self) -> Pane | None:
        """The pane that F6 went to last."""
        from workbench.tui.panes import BY_NAME

        return BY_NAME.get(self.panel.current) if self.panel is not None else None

    def focus_list(self) -> None:
        """Give the keys to the list."""
        grid = self.query_one(Grid)
        self.set_focus(grid if grid.display else None)

    def go_to_source(self) -> None:
        """Give the keys to the source, to select in it. Raises CommandError where it is not shown."""
        if self.panel is None or not self.panel.source.display:
            raise CommandError("the source is not shown: Alt+Shift+V o shows it")
        self.set_focus(self.panel.source)

    @property
    def selected_text(self) -> str:
        """What was selected last, in the source or in the target; "" where nothing is."""
        if self.panel is None:
            return ""
        source, target = self.panel.source.selected_text, self.panel.editor.selected_text
        return source or target if self.panel.source.is_newest or not target else target

    def on_text_area_selection_changed(self) -> None:
        """What is selected in the target counts before what was in the source."""
        if self.panel is not None and not self.panel.editor.selection.is_empty:
            self.panel.source.is_newest = False

    def foresee(self, glimpse: Glimpse) -> None:
        """Show the list as its session will; keys are kept until that is there."""
        self.query_one(Header).show_progress(
            document=glimpse.document,
            done=glimpse.done,
            total=glimpse.total,
            filter_words="" if glimpse.filter == "all" else glimpse.filter,
        )
        grid = self.query_one(Grid)
        grid.fetch = glimpse.page
        grid.show(count=glimpse.count, position=glimpse.position, largest=glimpse.total)

    def next_section(self) -> None:
        """Show the next of the panes that share a place; where they have none, all of them over the screen."""
        if self.panel is None:
            return
        if self.panel.placed or self.panel.detail.display:
            self.panel.next_section()
            return
        from workbench.tui.modals import Reading

        self.app.push_screen(Reading("About this unit", self.panel.all_sections()))

    def scroll_part(self, part: str, direction: int) -> None:
        """Scroll the source or the panes by what is shown of them at a time."""
        if self.panel is not None:
            sheet = self.panel.sheet_of(part)
            step = direction * max(1, sheet.size.height - 1)
            sheet.scroll_relative(y=step, animate=False, immediate=True, force=True)

    def toggle_unit_lines(self) -> None:
        """One line or two for each unit of the list."""
        grid = self.query_one(Grid)
        self._lines_wanted = 1 if grid.unit_lines == 2 else 2
        grid.set_unit_lines(self._lines_wanted)

    def on_resize(self, event: events.Resize) -> None:
        """Two lines a unit where there is room."""
        roomy = event.size.height >= TALL_LINES or event.size.width < MEDIUM_COLUMNS
        self.query_one(Grid).set_unit_lines(self._lines_wanted or (2 if roomy else 1))
        self.call_after_refresh(self.arranging.apply)

    def show_hints(self, hints: Sequence[tuple[str, str, str]]) -> None:
        """Show the keys that matter now."""
        self.query_one(StatusLine).show_hints(hints)

    def flash(self, message: str, *, kind: str = "note") -> None:
        """Show one line at the bottom for a while."""
        if kind == "error":
            message = _FOLDERS.sub("", message)
        for line in self._bottom_lines():
            line.flash(message, kind=kind)

    def clear_flash(self) -> None:
        """Take the message at the bottom away."""
        for line in self._bottom_lines():
            line.clear()

    def _bottom_lines(self) -> list[StatusLine]:
        """That of the screen, and that of the dialog over it."""
        over = self.app.screen
        return [*self.query(StatusLine), *(over.query(StatusLine) if over is not self else ())]
