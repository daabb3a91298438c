"""What the review screen shows of the session, and the work behind it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from textual.message import Message

from workbench.errors import CommandError, WorkbenchError
from workbench.tui import rescue
from workbench.tui.background import Background
from workbench.tui.document_checks import DocumentChecks
from workbench.tui.frame import Frame
from workbench.tui.grid import Grid
from workbench.tui.header import Header
from workbench.tui.status import StatusLine

if TYPE_CHECKING:
    from pathlib import Path

    from textual.timer import Timer

    from workbench.model import TranslationUnit
    from workbench.review.session import ReviewSession
    from workbench.termbase import Termbase
    from workbench.tui.unit_view import UnitView

REST_SECONDS, HELD_SECONDS = 0.05, 0.15
"""The list's cursor must rest so long before the unit under it is opened, longer while a key is held down."""
ASSESS_SECONDS = 0.12
"""Typing must rest so long before the text is judged."""
POLL_SECONDS = 3.0
KEEP_SECONDS = 2.0
"""What is being typed is kept in a file so often, if it changed."""


class Desk(Frame):
    """The review screen. Its first frame is painted before a session is there; `begin` brings it.

    Only painting is done on the screen's thread; results that are not of the newest request are dropped.
    """

    class Worked(Message):
        """The thread behind the screen is done with something."""

        def __init__(self, session: ReviewSession, key: str, generation: int, result: Any) -> None:
            self.session, self.key, self.generation, self.result = session, key, generation, result
            super().__init__()

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.session: ReviewSession | None = None
        self.unit: TranslationUnit | None = None
        self.kept: dict[str, str] = {}
        """What was typed into units that somebody else changed meanwhile, by the unit's id."""
        self._half_typed: dict[str, str] = {}
        """What stands in files because it is not in the store yet, by the unit's id."""
        self.folder: Path | None = None
        """Where the project is, for text that its store will not have."""
        self.late_results = 0
        self._unit_worker = Background(self._deliver)
        self._document_worker = Background(self._deliver)
        self._pane_worker = Background(self._deliver)
        self.document_checks = DocumentChecks(self, self._document_worker)
        self._rest: Timer | None = None
        self._moved_at = float("-inf")
        self._pause: Timer | None = None
        self._undelivered = 0

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
        if self.document_checks.is_resting:
            return False
        if not (self._unit_worker.is_idle and self._document_worker.is_idle and self._pane_worker.is_idle):
            return False
        return self.unit is None or (panel.view is not None and panel.view.text == panel.editor.value)

    # The session

    def begin(self, session: ReviewSession) -> None:
        """Show a session in place of the one before."""
        self.session = session
        self.unit = None
        self.document_checks.begin()
        self.kept.clear()
        self._take_up_unsaved()
        grid = self.query_one(Grid)
        grid.fetch = session.page
        grid.hits = session.hits_in
        grid.message = "no unit here"
        self._show_list()
        if self.panel is not None:
            self._begin_work()

    def begin_unit(self) -> None:
        """Show the unit beside the list."""
        from workbench.tui.layout_bar import LayoutBar
        from workbench.tui.panel import UnitPanel
        from workbench.tui.repair_bar import RepairBar

        async def mount() -> None:
            panel, self.repair_bar, self.layout_bar = UnitPanel(), RepairBar(), LayoutBar(self.arranging)
            await self.mount(self.repair_bar, self.layout_bar, before=self.query_one(StatusLine))
            await self.query_one("#body").mount(panel)
            self.panel = panel
            self.arranging.apply()
            self.set_interval(POLL_SECONDS, self.look_around)
            self.set_interval(KEEP_SECONDS, self.keep_half_typed)
            self._begin_work()
            self._early.hand_over(self.app)

        self.call_after_refresh(mount)

    def _begin_work(self) -> None:
        self.load_unit()
        self._ask_document_scores()
        self.document_checks.ask("check")

    def show_queue(self) -> None:
        """Read again everything but the unit: the list, the progress, the document's scores."""
        self._show_list()
        self._ask_document_scores()
        self.document_checks.ask("recheck")

    def _show_list(self) -> None:
        session = self.now_session()
        self._show_progress()
        self.query_one(Grid).show(count=session.count, position=session.position, largest=session.total)

    def _ask_document_scores(self) -> None:
        self.query_one(Header).show_scores(None)
        self._document_worker.ask("document", self.now_session().document_scores)

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
        session, grid = self.now_session(), self.query_one(Grid)
        if grid.count != session.count:
            self.show_queue()
        else:
            grid.move(session.position)
        if self.editor is not None and self.editor.has_focus:
            self.load_unit()
            return
        if self._rest is not None:
            self._rest.stop()
        before, self._moved_at = self._moved_at, (now := time.monotonic())
        delay = HELD_SECONDS if now - before < HELD_SECONDS else REST_SECONDS
        self._rest = self.set_timer(delay, self.load_unit)

    def settle(self) -> None:
        """Open the unit that the session stands at now, if it is still to be opened."""
        if self._rest is not None:
            self.load_unit()

    def load_unit(self) -> None:
        """Open the unit that the session stands at: at once in source and editor, soon in the panes."""
        if self._rest is not None:
            self._rest.stop()
            self._rest = None
        panel, session = self.panel, self.now_session()
        if panel is None:
            return
        unit = self.unit = session.unit if session.count else None
        panel.editor.watch_.idle_seconds = session.idle_seconds
        panel.load(unit, typed=self.kept.get(unit.id) if unit is not None else None)
        if unit is None:
            self._unit_worker.drop("unit")
        else:
            self.assess()
        self.look_for_panes()

    def look_for_panes(self) -> None:
        """Have the panes find out what they show of the unit, behind the screen."""
        if self.panel is not None:
            self.panel.look(self.now_session(), self.unit, self._pane_worker)

    # What was typed

    def keep_typed(self) -> str:
        """Keep what is being typed into a unit that was changed elsewhere; say where it is kept."""
        editor, unit = self.editor, self.unit
        if editor is None or unit is None or not editor.is_changed:
            return ""
        self.kept[unit.id] = editor.value
        if self.now_session().store.ranks_of(self.now_session().document.id, [unit.id]):
            return "somebody else changed this unit; what you typed is kept here: save it again"
        return self._keep_elsewhere(unit, editor.value)

    def _keep_elsewhere(self, unit: TranslationUnit, text: str) -> str:
        """Keep what was typed into a unit that is gone: as a note, or else in a file."""
        try:
            said = self.now_session().keep_typed(unit, text)
        except WorkbenchError as error:
            path = self.write_unsaved(unit, text)
            return f"{error}; what you typed is in {path.name}" if path is not None else str(error)
        self.forget(unit.id)
        return said

    def forget(self, unit_id: str) -> None:
        """What was typed into the unit is stored, or is not wanted."""
        was_kept = self.kept.pop(unit_id, None) is not None
        if (self._half_typed.pop(unit_id, None) is not None or was_kept) and self.folder is not None:
            rescue.drop(self.folder, self.now_session().document.id, unit_id)

    def keep_half_typed(self) -> None:
        """Keep in a file what is being typed, so that nothing but the last seconds is lost even by kill -9."""
        editor, unit = self.editor, self.unit
        if editor is None or unit is None or editor.unit_id != unit.id:
            return
        if not editor.is_changed:
            if unit.id in self._half_typed:
                self.forget(unit.id)
        elif self._half_typed.get(unit.id) != editor.value:
            self._half_typed[unit.id] = editor.value
            self.write_unsaved(unit, editor.value)

    def write_unsaved(self, unit: TranslationUnit, text: str) -> Path | None:
        """Write what was typed to a file, for the next start."""
        session = self.now_session()
        if self.folder is None:
            return None
        unsaved = rescue.Unsaved(session.document.id, unit.id, session.author, unit.source, text)
        return rescue.write(self.folder, unsaved)

    def _take_up_unsaved(self) -> None:
        """Put back what could not be stored when the screen ended, and stand at its unit."""
        session = self.now_session()
        if self.folder is None:
            return
        for unsaved in rescue.read(self.folder, session.document.id, session.author):
            self.kept[unsaved.unit] = unsaved.text
            if not session.stand_at(unsaved.unit):
                from workbench.model import TranslationUnit

                gone = TranslationUnit(id=unsaved.unit, source=unsaved.source, target="", position=0)
                self.flash(self._keep_elsewhere(gone, unsaved.text))
            elif session.unit.target == unsaved.text:
                self.forget(unsaved.unit)
            else:
                self.flash("here is what could not be saved when the screen ended: save it now", kind="error")

    def unit_saved(self, unit: TranslationUnit) -> None:
        """What was typed is saved: the unit is a newer one, the text is the same."""
        self.unit = unit
        self.query_one(Grid).reread()
        if self.panel is not None:
            self.panel.saved(unit)

    # Work behind the screen

    def assess(self) -> None:
        """Have the unit's text judged and scored."""
        if self._pause is not None:
            self._pause.stop()
            self._pause = None
        session, unit, editor = self.now_session(), self.unit, self.editor
        if unit is None or editor is None:
            return
        text, in_conflict = editor.value, unit.id in self.kept

        def job() -> UnitView:
            from workbench import checks, diff
            from workbench.tui.passes_view import with_passes
            from workbench.tui.search import with_hits
            from workbench.tui.unit_view import beside_theirs, view_of

            lang = session.document.target_lang
            noted = session.store.annotations(session.document.id, unit_ids=[unit.id])
            judged = session.assess(unit, text)
            view = view_of(unit, judged, message=checks.message, target_lang=lang, annotations=noted)
            view = with_hits(view, session)
            if in_conflict:
                return beside_theirs(view, unit.target, unit.changed_by, diff.edits(unit.target, text))
            if session.role == "reviewer":
                return with_passes(view, session.passes(unit, text))
            return view

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

    def _deliver(self, key: str, generation: int, result: Any) -> None:
        if self.session is not None:
            self._undelivered += 1
            self.post_message(self.Worked(self.session, key, generation, result))

    def on_desk_worked(self, message: Worked) -> None:
        """Take a result, unless something newer was asked for meanwhile."""
        self._undelivered -= 1
        workers = {"unit": self._unit_worker, "pane": self._pane_worker}
        kind, _space, pane = message.key.partition(" ")
        worker = workers.get(kind, self._document_worker)
        if message.session is not self.session or not worker.is_newest(message.key, message.generation):
            self.late_results += 1
        elif isinstance(message.result, WorkbenchError):
            self.flash(str(message.result), kind="error")
        elif isinstance(message.result, Exception):
            raise message.result
        elif message.key == "unit" and self.panel is not None:
            self.panel.show(message.result)
        elif kind == "pane" and self.panel is not None:
            self.panel.show_pane(pane, message.result)
        elif message.key == "document":
            self.query_one(Header).show_scores(message.result)
        elif message.key in ("check", "recheck"):
            self.document_checks.done(message.key, message.result)
        elif message.key == "glossary":
            self._use_glossary(message.result)

    def show_checks(self) -> None:
        """Show what the checks behind the screen have found by now."""
        self.query_one(Grid).reread()
        self._show_progress()

    def look_around(self) -> None:
        """See what others changed meanwhile; what is being typed stays."""
        session = self.session
        if session is None or self.app.screen is not self:
            return
        try:
            changed = session.poll()
        except WorkbenchError as error:
            self.flash(str(error), kind="error")
            return
        if session.is_glossary_changed:
            self._document_worker.ask("glossary", session.read_glossary)
        if not changed:
            return
        self.show_queue()
        self.document_checks.ask("check")
        if self.unit is None or self.unit.id not in changed:
            return
        if self.editor is not None and self.editor.is_changed:
            self.flash(self.keep_typed(), kind="error")
            self.show_queue()
        self.load_unit()

    def _use_glossary(self, termbase: Termbase) -> None:
        """Judge by the glossary as its file is now."""
        self.now_session().use_termbase(termbase)
        self._show_list()
        self.assess()
        self.document_checks.ask("check")
        count = "1 concept" if len(termbase) == 1 else f"{len(termbase):,} concepts"
        self.flash(f"the glossary was changed: {count} now")

    def show_work(self, message: str) -> None:
        """Say what takes its time, until it is cleared."""
        self.query_one(StatusLine).show_work(message)

    def close_workers(self) -> None:
        """Begin no other work behind the screen."""
        for worker in (self._unit_worker, self._document_worker, self._pane_worker):
            worker.close()

    on_unmount = close_workers

    def _show_progress(self) -> None:
        session = self.now_session()
        counts = session.states()
        self.query_one(Header).show_progress(
            document=session.document.name,
            done=sum(count for state, count in counts.items() if state in session.done_states),
            total=sum(counts.values()),
            filter_words=session.filter_in_words,
        )

    def now_session(self) -> ReviewSession:
        """The session that is shown. Raises CommandError before it is there."""
        if self.session is None:
            raise CommandError("the project is still being opened")
        return self.session
