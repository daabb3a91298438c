"""Says in the top line where among the hits of a search the current unit is: "3 of 41", "3 of 41+" while it counts."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.tui.grid import Grid
from workbench.tui.header import Header
from workbench.tui.search_bar import counted

if TYPE_CHECKING:
    from textual.timer import Timer

    from workbench.review.searching_count import HitCount
    from workbench.tui.desk import Desk

REST_SECONDS = 0.3


class HitCounter:
    """Counts anew when the search, the queue or a text has changed; a move only says where one is."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._count: HitCount | None = None
        self._of: tuple[object, ...] = ()
        self._stop = threading.Event()
        self._rest: Timer | None = None
        self._header = desk.query_one(Header)
        grid = desk.query_one(Grid)
        grid.on_moved, grid.on_shown = self._moved, self._shown

    def _moved(self) -> None:
        session = self._desk.session
        if session is None or session.query is None:
            self._count = None
            self._stop.set()
        elif self._count is not None and self._count.query == session.query:
            self._say()
            return
        else:
            self._shown()
        self._header.show_hits("", "")

    def _shown(self) -> None:
        """Something else is in the list: count once it rests."""
        session = self._desk.session
        if self._rest is not None:
            self._rest.stop()
            self._rest = None
        if session is None or session.query is None:
            self._stop.set()
            self._count = None
            self._header.show_hits("", "")
        else:
            self._rest = self._desk.set_timer(REST_SECONDS, self._begin)

    def _begin(self) -> None:
        from workbench.review.searching_count import HitCount

        self._rest = None
        session = self._desk.session
        if session is None or session.query is None:
            return
        of = (session.document.id, str(session.query), str(session.filter), session.store.last_change())
        if of == self._of and self._count is not None:
            self._say()
            return
        self._of = of
        self._stop.set()
        self._stop = threading.Event()
        count = HitCount(session.query)
        self._desk.run_worker(self._run(count, self._stop), exclusive=True, group="hits")

    async def _run(self, count: HitCount, stop: threading.Event) -> None:
        session = self._desk.now_session()
        try:
            async for _ in counted(session.counting(count), stop):
                # A count that there was before stays until the new one has come as far.
                if self._count is None or len(count) >= len(self._count):
                    self._count = count
                self._say()
        except WorkbenchError:
            self._count = None
            return
        if count.is_complete and session is self._desk.session:
            self._count = count
            self._say()

    def _say(self) -> None:
        session, count = self._desk.session, self._count
        if session is not None and count is not None and session.query == count.query:
            self._header.show_hits(count.query.in_words, session.hit_place(count))
