"""The life of the review screen: first frame, opening behind it, signals, colours, leaving."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.events import Event, Key, Paste
from textual.message import Message

from workbench.errors import WorkbenchError
from workbench.tui import themes
from workbench.tui.desk import Desk
from workbench.tui.key_reader import ALT_AS_BEFORE, ALT_IS_ESCAPE
from workbench.tui.steps import SAY_SECONDS, Steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.geometry import Offset
    from textual.screen import Screen
    from textual.timer import Timer

    from workbench.review.session import ReviewSession
    from workbench.store.glimpse import Glimpse
    from workbench.tui import ProjectLike
    from workbench.tui.relay import Relay

SHOW_CURSOR = "\x1b[?25h\x1b[6 q"
SIGNAL_SECONDS = 8.0
"""After a signal the screen may take so long to leave: longer than the store waits for a lock."""
CURSOR_SHAPE = "\x1b[0 q"
"""The shape that the user chose for the cursor of the terminal."""
HIDE_CURSOR = f"\x1b[?25l{CURSOR_SHAPE}"


class ReviewApp(App[None]):
    """Opens a project behind its first frame and reviews its documents.

    `refusal` is why it could not be opened, `failure` a bug that ended it.
    """

    TITLE = "workbench"
    ENABLE_COMMAND_PALETTE = False
    PAUSE_GC_ON_SCROLL: ClassVar[bool] = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", show=False, priority=True),
        Binding("ctrl+c", "interrupt", show=False, system=True),
    ]

    class Opened(Message):
        """The project is there, with the session to begin with, or why it is not."""

        def __init__(self, outcome: tuple[ProjectLike, ReviewSession] | Exception) -> None:
            self.outcome = outcome
            super().__init__()

    class Foreseen(Message):
        """What the list will show is known; the session is still to come."""

        def __init__(self, project: ProjectLike, glimpse: Glimpse) -> None:
            self.project, self.glimpse = project, glimpse
            super().__init__()

    class Ready(Message):
        """All that the unit and the keys need is imported."""

    def __init__(
        self,
        open_project: Callable[[], ProjectLike],
        *,
        theme: str | None = None,
        title: str = "",
        tour: bool = False,
    ) -> None:
        environ = dict(os.environ)
        name = themes.choose(theme, environ)
        # Without colours the terminal's own palette is a must: all else would be turned into greys.
        super().__init__(ansi_color=True if "NO_COLOR" in environ else None)
        for one in themes.themes().values():
            self.register_theme(one)
        self.theme = name
        self.refusal: WorkbenchError | None = None
        self.failure: Exception | None = None
        self.project: ProjectLike | None = None
        self.relay: Relay | None = None
        self._open_project = open_project
        self._theme_wanted = theme
        self._title = title
        self._offers_tour = tour
        self.farewell = ""
        """What is to be said once the screen has gone."""
        self._leaving = False
        self._cursor_shown = False
        self.real_cursor = True
        """Whether the terminal's own cursor is shown at the caret."""
        self._rows_painted = threading.Event()
        self._steps = Steps(end="Ctrl+Q leaves, and nothing of it is kept")
        self._saying: Timer | None = None
        self._is_fitted = False

    def get_default_screen(self) -> Screen[Any]:
        """The review screen itself."""
        return Desk(self._title)

    @property
    def desk(self) -> Desk:
        """The review screen, under whatever lies over it."""
        screen = self.screen_stack[0]
        assert isinstance(screen, Desk)
        return screen

    @property
    def is_quiet(self) -> bool:
        """Whether the project is open and nothing is being computed for the screen."""
        return self.relay is not None and not self.relay.is_busy and self.desk.is_quiet

    async def on_event(self, event: Event) -> None:
        """Handle an event; a key comes before the work behind the screen."""
        if isinstance(event, (Key, Paste)):
            self.desk.document_checks.key_came()
        await super().on_event(event)

    def on_mount(self) -> None:
        """Begin to open the project as soon as the first frame is out."""
        loop = asyncio.get_running_loop()
        for number, code in ((signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)):
            try:
                loop.add_signal_handler(number, self._end, code)
            except (RuntimeError, ValueError):  # not the main thread: whoever runs us there sees to signals
                break
        self._write(ALT_IS_ESCAPE)
        # At once: what is called later finds the terminal given away.
        self.app_suspend_signal.subscribe(self, self._suspended, immediate=True)
        self.app_resume_signal.subscribe(self, self._resumed)
        self.call_after_refresh(self._start_opening)

    def _start_opening(self) -> None:
        self._saying = self.set_interval(SAY_SECONDS, self._say_step)
        threading.Thread(target=self._open, name="opening", daemon=True).start()

    def _say_step(self) -> None:
        """Say what opening is at, where that takes its time: an import."""
        if words := self._steps.words:
            self.desk.show_work(words)

    def _open(self) -> None:
        try:
            project = self._open_project()
            if hasattr(project, "on_step"):
                project.on_step = self._steps.hear
            foresee: Callable[[], Glimpse | None] | None = getattr(project, "glimpse", None)
            if foresee is not None and (glimpse := foresee()) is not None:
                self.post_message(self.Foreseen(project, glimpse))
                self._rows_painted.wait(1.0)
            session = project.review(None)
            # Counted here: it takes its time in a large document.
            session.progress()
            self.post_message(self.Opened((project, session)))
            # What the unit and the keys need is imported here, so that it costs the screen nothing; and once the rows
            # are painted, since importing would take its turns from painting them.
            self._rows_painted.wait(1.0)
            import workbench.checks
            import workbench.tui.panel
            import workbench.tui.relay  # noqa: F401

            self.post_message(self.Ready())
        except Exception as error:
            self.post_message(self.Opened(error))

    def on_review_app_opened(self, message: Opened) -> None:
        """Show the list of the first document, or leave with the reason why it cannot be shown."""
        if isinstance(message.outcome, WorkbenchError):
            self.refusal = message.outcome
            self.exit(return_code=message.outcome.exit_code)
            return
        if isinstance(message.outcome, Exception):
            raise message.outcome
        self.project, session = message.outcome
        if self._saying is not None:
            self._saying.stop()
            self.desk.clear_flash()
        self._widen(self.project)
        folder = getattr(self.project, "folder", None)
        self.desk.folder = Path(folder) if folder is not None else None
        self.desk.begin(session)
        if greeting := getattr(self.project, "greeting", ""):
            self.desk.flash(greeting)
        self.call_after_refresh(self._rows_painted.set)

    def on_review_app_foreseen(self, message: Foreseen) -> None:
        """Show the list before its session is there."""
        if self.project is None:
            self._widen(message.project)
            self.desk.foresee(message.glimpse)
            self.call_after_refresh(self._rows_painted.set)

    def _widen(self, project: ProjectLike) -> None:
        """Measure texts as the project's settings say that the terminal shows them."""
        settings = getattr(project, "settings", None)
        is_wide, is_narrow = (
            getattr(settings, name, usual) != usual
            for name, usual in (("ambiguous_width", 1), ("emoji_width", 2))
        )
        if (is_wide or is_narrow) and not self._is_fitted:
            from workbench.tui import widths

            self._is_fitted = True
            if is_wide:
                widths.widen()
            if is_narrow:
                widths.narrow_emoji()
            self.desk.refresh(layout=True)

    def on_review_app_ready(self) -> None:
        """Show the unit and take keys."""
        from workbench.tui.keymaps import resolve
        from workbench.tui.relay import Relay

        if self.project is None:
            return
        settings = getattr(self.project, "settings", None)
        try:
            bound = resolve(getattr(settings, "keys", None))
            self.relay = Relay(self.desk, self.project, keymap=bound.keys)
            self._say_of_keys(bound.problems)
            self.real_cursor = getattr(settings, "real_cursor", True)
            self.desk.completes = getattr(settings, "completion", True)
            if self._theme_wanted is None and (wanted := getattr(settings, "theme", "")):
                self.theme = themes.choose(wanted, os.environ)
        except WorkbenchError as error:
            self.refusal = error
            self.exit(return_code=error.exit_code)
            return
        self.desk.begin_unit()
        self.relay.bind()
        if self._offers_tour and self.desk.arranging.wants_tour:
            self._begin_tour(self.project)
        gc.freeze()
        gc.enable()

    def _begin_tour(self, project: ProjectLike) -> None:
        """Begin the tour where the documents are those of the sample."""
        from workbench.tui.tour import is_sample

        if is_sample({document.name for document in project.documents()}):
            self.call_after_refresh(self.desk.start_tour)

    def _say_of_keys(self, problems: tuple[str, ...]) -> None:
        """Say what is wrong with the user's keys: the first now, all of them at the end."""
        if problems:
            more = f" (and {len(problems) - 1} more: workbench keys)" if len(problems) > 1 else ""
            self.desk.flash(f"{problems[0]}{more}", kind="error")
            self.farewell = "\n".join(problems)

    async def action_leave(self) -> None:
        """Save what was typed and leave."""
        await self.desk.take_keys()
        self.leave(0)

    def action_interrupt(self) -> None:
        """Save what was typed and leave as after an interrupt."""
        self.leave(130)

    def _end(self, code: int) -> None:
        """Save and leave because of a signal, even where the terminal is gone and cannot be written to."""
        watchdog = threading.Timer(SIGNAL_SECONDS, os._exit, (code,))
        watchdog.daemon = True
        watchdog.start()
        self.leave(code)

    def leave(self, code: int) -> None:
        """Save what was typed and leave with this exit code.

        Where saving is refused the first request to leave only says so; a second one leaves.
        """
        saved = self._save_at_the_end(must_end=self._leaving or code not in (0, 130))
        if not saved and not self._leaving and code in (0, 130):
            self._leaving = True
            return
        self._leaving = True
        if self.desk.session is not None and saved:
            with suppress(WorkbenchError):
                self.desk.session.save_place()
        self.desk.close_workers()
        self.exit(return_code=code)

    def _save_at_the_end(self, *, must_end: bool) -> bool:
        """Save what was typed; where the screen must end, somewhere at least."""
        relay, desk = self.relay, self.desk
        if relay is None:
            return True
        relay.stop()
        saved = relay.save()
        if not saved and must_end and relay.is_stale:
            # The session holds the newer version now; what somebody else wrote stays in the unit's history.
            saved = relay.save()
        if not saved and must_end and desk.unit is not None and desk.editor is not None:
            path = desk.write_unsaved(desk.unit, desk.editor.value) if desk.editor.is_changed else None
            if path is not None:
                self.farewell = f"{path}: what you typed last could not be stored; the next review offers it"
        return saved

    def on_unmount(self) -> None:
        """Let go of the store."""
        if self.project is not None:
            self.project.close()

    def _fatal_error(self) -> None:
        """End after a bug: save what was typed, leave the report to whoever called."""
        self.failure = self._exception
        if self.relay is not None:
            with suppress(Exception):
                self._save_at_the_end(must_end=True)
        self._close_messages_no_wait()

    def copy_to_clipboard(self, text: str) -> None:
        """Copy to the app's own clipboard, to that of the terminal, and by the tools of tmux and the desktop."""
        from workbench.tui.clipboard import hand_to_tools, sequences

        # No terminal takes lone surrogates.
        self._clipboard = text.encode("utf-8", "replace").decode("utf-8")
        if self._driver is not None:
            for sequence in sequences(self._clipboard, os.environ):
                self._driver.write(sequence)
            if not self.is_headless:
                hand_to_tools(self._clipboard, os.environ)

    @property
    def cursor_position(self) -> Offset:
        """Where the terminal's cursor goes with each painting: to the caret, wherever the layout has moved it."""
        focused = self.screen_stack[-1].focused if self.screen_stack else None
        # Whatever is typed into has it; asking by type would import the editor before the first frame.
        place: Offset | None = (
            getattr(focused, "cursor_screen_offset", None)
            if focused is not None and focused.is_attached
            else None
        )
        return self._caret if place is None else place

    @cursor_position.setter
    def cursor_position(self, place: Offset) -> None:
        self._caret = place

    def show_cursor(self, typing: bool) -> None:
        """Show the terminal's own cursor while something is typed: input methods stand where it stands."""
        typing = typing and self.real_cursor
        if typing != self._cursor_shown:
            self._cursor_shown = typing
            self._write(SHOW_CURSOR if typing else HIDE_CURSOR)

    @property
    def is_cursor_shown(self) -> bool:
        """Whether the terminal's own cursor is shown, as a bar."""
        return self._cursor_shown

    def _suspended(self, _app: App[Any]) -> None:
        """Give the terminal its own shape of cursor back while something else has it."""
        self._write(ALT_AS_BEFORE + (CURSOR_SHAPE if self._cursor_shown else ""))

    def _write(self, sequence: str) -> None:
        if self._driver is not None:
            self._driver.write(sequence)
            self._driver.flush()

    def _resumed(self, _app: App[Any]) -> None:
        """Show the cursor again: the terminal was set up anew."""
        self._write(ALT_IS_ESCAPE)
        if self._cursor_shown:
            self._cursor_shown = False
            self.show_cursor(True)
