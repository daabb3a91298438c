"""The review screen: what each of its parts shows of the session, and the work behind it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import Container
from textual.events import Key
from textual.message import Message
from textual.screen import Screen

from workbench.errors import CommandError, WorkbenchError
from workbench.tui.background import Background
from workbench.tui.grid import Grid
from workbench.tui.header import Header
from workbench.tui.status import StatusLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.timer import Timer

    from workbench.model import TranslationUnit
    from workbench.review.session import ReviewSession
    from workbench.tui.app import ReviewApp
    from workbench.tui.editor import Editor
    from workbench.tui.panel import UnitPanel
    from workbench.tui.unit_view import UnitView

REST_SECONDS = 0.06
"""The list's cursor must rest so long before the unit under it is opened: held keys then cost little."""
ASSESS_SECONDS = 0.12
"""Typing must rest so long before the text is judged."""
POLL_SECONDS = 3.0
CHECKED_AT_ONCE = 8
CHECKS_SHOWN_EVERY = 5
EARLY_KEYS = 200

WIDE_COLUMNS = 120
MEDIUM_COLUMNS = 70
MEDIUM_LINES = 22
TALL_LINES = 34


class Desk(Screen[None]):
    """Header, list of units, panel of the focused unit, status line.

    The first frame is painted before a session is there; `begin` brings it. Only painting is done on the screen's
    thread: what judges and scores runs behind, and results that are not of the newest request are dropped.
    """

    DEFAULT_CSS = """
    Desk { layout: vertical; }
    Desk Header, Desk StatusLine { height: 1; background: $bar; }
    Desk #body { height: 1fr; layout: vertical; }
    Desk Grid { height: 1fr; min-height: 3; }
    Desk.-wide #body { layout: horizontal; }
    Desk.-wide Grid { width: 1fr; height: 100%; }
    Desk:ansi Header, Desk:ansi StatusLine { background: ansi_default; }
    """
    AUTO_FOCUS: ClassVar[str | None] = "#grid"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (MEDIUM_COLUMNS, "-medium"), (WIDE_COLUMNS, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (MEDIUM_LINES, "-middling"), (TALL_LINES, "-tall")]  # noqa: RUF012

    class Worked(Message):
        """The thread behind the screen is done with something."""

        def __init__(self, session: ReviewSession, key: str, generation: int, result: Any) -> None:
            self.session, self.key, self.generation, self.result = session, key, generation, result
            super().__init__()

    def __init__(self, title: str) -> None:
        super().__init__(id="desk")
        self._title = title
        self.session: ReviewSession | None = None
        self.unit: TranslationUnit | None = None
        self.panel: UnitPanel | None = None
        self.kept: dict[str, str] = {}
        self.late_results = 0
        self._unit_worker = Background(self._deliver)
        self._document_worker = Background(self._deliver)
        self._rest: Timer | None = None
        self._pause: Timer | None = None
        self._lines_wanted: int | None = None
        self._checks_unshown = 0
        self._undelivered = 0
        self._early: list[tuple[str, str | None]] = []

    def compose(self) -> ComposeResult:
        """What the first frame shows."""
        yield Header(self._title)
        with Container(id="body"):
            yield Grid()
        yield StatusLine()

    @property
    def editor(self) -> Editor | None:
        """The editor, None before the session is open."""
        return self.panel.editor if self.panel is not None else None

    @property
    def is_settled(self) -> bool:
        """Whether the panel holds the unit that the session stands at."""
        return self.panel is not None and self._rest is None

    @property
    def is_quiet(self) -> bool:
        """Whether everything on screen is up to date."""
        panel = self.panel
        if panel is None or not self.is_settled or self._pause is not None or self._undelivered:
            return False
        if not (self._unit_worker.is_idle and self._document_worker.is_idle):
            return False
        return self.unit is None or (panel.view is not None and panel.view.text == panel.editor.value)

    # The session

    def begin(self, session: ReviewSession) -> None:
        """Show a session in place of the one before."""
        self.session = session
        self.unit = None
        self.kept.clear()
        grid = self.query_one(Grid)
        grid.fetch = session.page
        grid.message = "no unit here"
        self._show_list()
        if self.panel is not None:
            self._begin_work()

    def begin_unit(self) -> None:
        """Show the unit beside the list."""
        from workbench.tui.panel import UnitPanel

        async def mount() -> None:
            panel = UnitPanel()
            await self.query_one("#body").mount(panel)
            self.panel = panel
            self.set_interval(POLL_SECONDS, self._poll)
            self._begin_work()
            early, self._early = self._early, []
            for key, character in early:
                self.app.post_message(Key(key, character))

        self.call_after_refresh(mount)

    def _begin_work(self) -> None:
        self.load_unit()
        self._ask_document_scores()
        self._document_worker.ask("check", self._check_some)

    def show_queue(self) -> None:
        """Read again everything but the unit: the list, the progress, the document's scores."""
        self._show_list()
        self._ask_document_scores()

    def _show_list(self) -> None:
        session = self._session()
        self._show_progress()
        self.query_one(Grid).show(count=session.count, position=session.position, largest=session.total)

    def _ask_document_scores(self) -> None:
        self.query_one(Header).show_scores(None)
        self._document_worker.ask("document", self._session().document_scores)

    def show_all(self, *, keep_caret: bool = False) -> None:
        """Read again everything: something was decided."""
        self.show_queue()
        editor = self.editor
        caret = editor.selection if editor is not None and keep_caret else None
        self.load_unit()
        if editor is not None and caret is not None:
            editor.selection = caret

    def show_move(self) -> None:
        """The session stands at another unit: move the cursor at once, open the unit when it rests."""
        session, grid = self._session(), self.query_one(Grid)
        if grid.count != session.count:
            self.show_queue()
        else:
            grid.move(session.position)
        if self.editor is not None and self.editor.has_focus:
            self.load_unit()
            return
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REST_SECONDS, self.load_unit)

    def settle(self) -> None:
        """Open the unit that the session stands at now, if it is still to be opened."""
        if self._rest is not None:
            self.load_unit()

    def load_unit(self) -> None:
        """Open the unit that the session stands at: at once in source and editor, soon in the panes."""
        if self._rest is not None:
            self._rest.stop()
            self._rest = None
        panel, session = self.panel, self._session()
        if panel is None:
            return
        unit = self.unit = session.unit if session.count else None
        panel.load(unit, typed=self.kept.get(unit.id) if unit is not None else None)
        if unit is None:
            self._unit_worker.drop("unit")
        else:
            self.assess()

    def unit_saved(self, unit: TranslationUnit) -> None:
        """What was typed is saved: the unit is a newer one, the text is the same."""
        self.unit = unit
        if self.panel is not None:
            self.panel.saved(unit)

    # Work behind the screen

    def assess(self) -> None:
        """Have the unit's text judged and scored."""
        if self._pause is not None:
            self._pause.stop()
            self._pause = None
        session, unit, editor = self._session(), self.unit, self.editor
        if unit is None or editor is None:
            return
        text = editor.value

        def job() -> UnitView:
            from workbench import checks
            from workbench.tui.unit_view import view_of

            lang = session.document.target_lang
            return view_of(unit, session.assess(unit, text), message=checks.message, target_lang=lang)

        self._unit_worker.ask("unit", job)

    def on_text_area_changed(self) -> None:
        """Something was typed: what the panes say is of the text before."""
        panel = self.panel
        if panel is None or self.unit is None:
            return
        panel.show_titles()
        if panel.editor.is_changed or (panel.view is not None and panel.view.text != panel.editor.value):
            panel.mark_stale()
            self._unit_worker.drop("unit")
            if self._pause is not None:
                self._pause.stop()
            self._pause = self.set_timer(ASSESS_SECONDS, self.assess)

    def _check_some(self) -> int:
        return self._session().check_some(CHECKED_AT_ONCE)

    def _deliver(self, key: str, generation: int, result: Any) -> None:
        if self.session is not None:
            self._undelivered += 1
            self.post_message(self.Worked(self.session, key, generation, result))

    def on_desk_worked(self, message: Worked) -> None:
        """Take a result, unless something newer was asked for meanwhile."""
        self._undelivered -= 1
        worker = self._unit_worker if message.key == "unit" else self._document_worker
        if message.session is not self.session or not worker.is_newest(message.key, message.generation):
            self.late_results += 1
        elif isinstance(message.result, WorkbenchError):
            self.flash(str(message.result), kind="error")
        elif isinstance(message.result, Exception):
            raise message.result
        elif message.key == "unit" and self.panel is not None:
            self.panel.show(message.result)
        elif message.key == "document":
            self.query_one(Header).show_scores(message.result)
        elif message.key == "check":
            self._show_checked(message.result)

    def _show_checked(self, count: int) -> None:
        """Some units were checked: go on until none is left, and show what was found now and then."""
        self._checks_unshown += 1 if count else 0
        if count:
            self._document_worker.ask("check", self._check_some)
        if self._checks_unshown and (not count or self._checks_unshown >= CHECKS_SHOWN_EVERY):
            self._checks_unshown = 0
            self.query_one(Grid).reread()
            self._show_progress()

    def _poll(self) -> None:
        """See what others changed meanwhile; what is being typed stays."""
        session = self.session
        if session is None or self.app.screen is not self:
            return
        try:
            changed = session.poll()
        except WorkbenchError as error:
            self.flash(str(error), kind="error")
            return
        if not changed:
            return
        self.show_queue()
        self._document_worker.ask("check", self._check_some)
        if self.unit is None or self.unit.id not in changed:
            return
        if self.editor is not None and self.editor.is_changed:
            self.kept[self.unit.id] = self.editor.value
            self.flash("somebody else changed this unit; what you typed is kept here", kind="error")
        self.load_unit()

    # The screen itself

    def bind_key(self, key: str, command: str, *, in_list: bool = False) -> None:
        """Have a key run a command; `in_list` = unless one is typing.

        Keys are taken before any widget sees them: a widget would handle them in its own time, and the keys behind
        one that moves the focus would go to the wrong place.
        """
        self._bindings.bind(
            key, f"start_{'in_list' if in_list else 'anywhere'}('{command}')", show=False, priority=True
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the list's keys to the editor while one is typing."""
        del parameters
        return action != "start_in_list" or self.editor is None or self.focused is not self.editor

    def on_key(self, event: Key) -> None:
        """Keep what is pressed before anything can be done with it."""
        if self.panel is None and len(self._early) < EARLY_KEYS:
            event.stop()
            self._early.append((event.key, event.character))

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

    async def action_start_in_list(self, command: str) -> None:
        """Run a command from the list."""
        await self.action_start_anywhere(command)

    def on_status_line_chosen(self, message: StatusLine.Chosen) -> None:
        """Run the command whose hint was clicked."""
        self._start(message.command)

    def on_sheet_chosen(self) -> None:
        """An issue was clicked: fix it."""
        self._start("fix")

    def on_grid_wanted(self, message: Grid.Wanted) -> None:
        """Go to another place of the queue."""
        app: ReviewApp = self.app  # type: ignore[assignment]
        if app.relay is not None:
            app.relay.go_to_position(message.position)

    def on_editor_enter_refused(self) -> None:
        """Say what confirms: Enter alone never does."""
        self.flash("Enter does nothing here, input methods use it: F2 confirms, Esc goes back to the list")

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show the keys that matter there, and the terminal's cursor where one types."""
        self._show_focus(event.widget is self.editor)

    def on_descendant_blur(self) -> None:
        """Hide the terminal's cursor."""
        self._show_focus(False)

    def on_screen_resume(self) -> None:
        """Come back from a question."""
        self._show_focus(self.editor is not None and self.focused is self.editor)

    def _show_focus(self, typing: bool) -> None:
        app: ReviewApp = self.app  # type: ignore[assignment]
        app.show_cursor(typing)
        if app.relay is not None:
            app.relay.show_hints(typing=typing)

    def _start(self, command: str) -> None:
        app: ReviewApp = self.app  # type: ignore[assignment]
        if app.relay is not None:
            app.relay.start(command)

    def focus_list(self) -> None:
        """Give the keys to the list."""
        self.set_focus(self.query_one(Grid))

    def next_section(self) -> None:
        """Show the next of the panes that share a place."""
        if self.panel is not None:
            self.panel.next_section()

    def toggle_unit_lines(self) -> None:
        """One line or two for each unit of the list."""
        grid = self.query_one(Grid)
        self._lines_wanted = 1 if grid.unit_lines == 2 else 2
        grid.set_unit_lines(self._lines_wanted)

    def on_resize(self, event: events.Resize) -> None:
        """Two lines a unit where there is room."""
        roomy = event.size.height >= TALL_LINES or event.size.width < MEDIUM_COLUMNS
        self.query_one(Grid).set_unit_lines(self._lines_wanted or (2 if roomy else 1))
        if self.panel is not None:
            self.call_after_refresh(self.panel.show_sections)

    def show_hints(self, hints: Sequence[tuple[str, str, str]]) -> None:
        """Show the keys that matter now."""
        self.query_one(StatusLine).show_hints(hints)

    def flash(self, message: str, *, kind: str = "note") -> None:
        """Show one line at the bottom for a while."""
        self.query_one(StatusLine).flash(message, kind=kind)

    def clear_flash(self) -> None:
        """Take the message at the bottom away."""
        self.query_one(StatusLine).clear()

    def close_workers(self) -> None:
        """Begin no other work behind the screen."""
        self._unit_worker.close()
        self._document_worker.close()

    def _show_progress(self) -> None:
        session = self._session()
        progress, words = session.progress(), str(session.filter)
        self.query_one(Header).show_progress(
            document=session.document.name,
            done=progress.reviewed + progress.final,
            total=progress.total,
            filter_words="" if words == "all" else words,
        )

    def _session(self) -> ReviewSession:
        if self.session is None:
            raise CommandError("the project is still being opened")
        return self.session
