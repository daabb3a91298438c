"""Drafting of all units that lack a draft, behind the screen: one reviews meanwhile, drafts are kept as they come."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING

from workbench.errors import CommandError, WorkbenchError
from workbench.tui.background import on_thread
from workbench.tui.status import StatusLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from workbench.review.session import ReviewSession
    from workbench.tui.desk import Desk

SAY_SECONDS = 0.25


class DraftingAll:
    """One run at a time; the key that began it stops it too, and Esc."""

    def __init__(self, desk: Desk, save: Callable[[], bool]) -> None:
        self._desk, self._save = desk, save
        self._session: ReviewSession | None = None
        self._said = ""

    @property
    def is_at_work(self) -> bool:
        """Whether units are being drafted."""
        return self._session is not None

    def toggle(self) -> None:
        """Begin, or end behind the batch at work."""
        if self.stop():
            return
        if self._desk.session is None:
            raise CommandError("the project is still being opened")
        if self._save():
            self._session = session = self._desk.session
            session.is_held = self._is_held
            self._desk.run_worker(self._run(session, session.looking("draft_missing")), group="drafting")

    def stop(self) -> bool:
        """End behind the batch at work; whether there was anything to end."""
        if self._session is None:
            return False
        self._session.stop_drafting()
        return True

    async def _run(self, session: ReviewSession, steps: Iterator[int]) -> None:
        work = asyncio.ensure_future(on_thread(lambda: deque(steps, maxlen=0)))
        seen = ""
        try:
            while not (await asyncio.wait({work}, timeout=SAY_SECONDS))[0]:
                seen = self._say(session, seen)
            work.result()
            if session is self._desk.session:
                self._desk.look_around()
            self._desk.flash(session.end_drafting(), kind="good")
        except WorkbenchError as error:
            kept = f"{session.drafted}; " if session.drafted else ""
            self._desk.flash(f"{kept}{error}", kind="error")
        finally:
            self._session = None

    def _say(self, session: ReviewSession, seen: str) -> str:
        """How far it has come, where the bottom line says nothing else; what is said now."""
        done = session.drafted
        if done and done != seen and session is self._desk.session:
            self._desk.look_around()
        line = self._desk.query_one(StatusLine)
        if line.message in ("", self._said):
            self._desk.show_work(f"drafting… {done} (Esc in the list stops)".replace("  ", " "))
            self._said = line.message
        return done

    def _is_held(self, unit_id: str) -> bool:
        desk = self._desk
        return (
            desk.unit is not None
            and desk.unit.id == unit_id
            and desk.editor is not None
            and desk.editor.is_changed
        )
