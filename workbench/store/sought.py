"""Looking for units by filters, for saved views, and for decisions that span documents: a part of the Store."""

from __future__ import annotations

from array import array
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select

from workbench.errors import NotFoundError
from workbench.store import counting, deciding, journal, reading, scanning, sides
from workbench.store.records import SavedView
from workbench.store.schema import JOURNAL, SAVED_VIEW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from workbench.model import State, TranslationUnit
    from workbench.store.codec import AnyRow
    from workbench.store.database import Database
    from workbench.store.records import Change, Decided, Filter, Order


class Sought:
    """The part of the Store that reads through texts; every piece of it is a transaction of its own."""

    _database: Database
    _clock: Callable[[], datetime]

    if TYPE_CHECKING:

        def _order(self, connection: Connection, document: AnyRow) -> Order: ...

    def states(self, document_id: str) -> dict[State, int]:
        """How many units a document has in each state that one of them is in: told by an index alone."""
        with self._database.reading() as connection:
            return counting.states(connection, reading.document_row(connection, document_id).key)

    def ranks(self, document_id: str, wish: Filter) -> array[int]:
        """The ranks of the wanted units, in order; a rank stands for its unit as long as the order's version holds."""
        if not wish.needs_reading:
            with self._database.reading() as connection:
                document = reading.document_row(connection, document_id)
                if wish.is_everything:
                    return self._order(connection, document).ranks
                return reading.ranks(connection, document.key, wish)
        found = array("q")
        for _count, ranks in self.scan(document_id, wish):
            found.extend(ranks)
        return found

    def sides_equal(self, document_id: str, source: str) -> list[TranslationUnit]:
        """The units whose source is exactly this one, in order, as `sides_behind` gives them."""
        with self._database.reading() as connection:
            key = reading.document_row(connection, document_id).key
            return sides.sides_equal(connection, key, source)

    def was_translated(self, document_id: str) -> bool:
        """Whether a unit was ever in the state translated, as far as 20,000 of the decisions tell."""
        with self._database.reading() as connection:
            return sides.was_translated(connection, reading.document_row(connection, document_id).key)

    def scan(
        self, document_id: str, wish: Filter, *, after: int | None = None, forward: bool = True
    ) -> Iterator[tuple[int, Sequence[int]]]:
        """How many units were read, and the ranks of those of them that are wanted, piece by piece.

        From the rank `after` on, or from there back. Where the filter picks some of what it lets through, all that
        are picked come with the last piece.
        """
        with self._database.reading() as connection:
            document = reading.document_row(connection, document_id)
            ranks = self._order(connection, document).ranks
        repeated = frozenset[int]()
        if any(term.where[:1] == ("repeated",) for term in wish.terms):
            repeated = self._repeated(document.key, ranks)
        scan = scanning.Scan(document.key, wish, repeated=repeated)
        held, values = array("q"), array("d")
        for piece in scanning.pieces(ranks, after=after, forward=forward):
            with self._database.reading() as connection:
                found = scan.look(connection, piece)
                if wish.pick is not None:
                    held.extend(found)
                    values.extend(scan.values(connection, piece, found))
            yield len(piece), () if wish.pick is not None else found
        if wish.pick is not None:
            yield 0, sorted(wish.pick.choose(held, values))

    def step(self, document_id: str, wish: Filter, *, rank: int, forward: bool = True) -> int | None:
        """The rank of the nearest wanted unit after (or before) a rank, None where there is none."""
        if wish.pick is not None:
            wanted = [one for one in self.ranks(document_id, wish) if (one > rank) == forward and one != rank]
            return (min if forward else max)(wanted, default=None)
        if wish.needs_reading:
            for _count, found in self.scan(document_id, wish, after=rank, forward=forward):
                if found:
                    return found[0] if forward else found[-1]
            return None
        with self._database.reading() as connection:
            key = reading.document_row(connection, document_id).key
            return reading.step(connection, key, wish, rank=rank, forward=forward)

    def _repeated(self, document: int, ranks: Sequence[int]) -> frozenset[int]:
        found, numbers = array("q"), array("q")
        for piece in scanning.pieces(ranks, after=None, forward=True):
            with self._database.reading() as connection:
                some, their = scanning.hashes(connection, document, piece)
            found.extend(some)
            numbers.extend(their)
        return scanning.repeated(found, numbers)

    # Saved views

    def views(self) -> list[SavedView]:
        """The views that were saved in the project, by name."""
        query = select(SAVED_VIEW).order_by(SAVED_VIEW.c.name)
        with self._database.reading() as connection:
            return [SavedView(row.name, row.filter, row.author) for row in connection.execute(query)]

    def save_view(self, view: SavedView) -> None:
        """Keep a view in place of the one of the same name."""
        with self._database.writing() as connection:
            connection.execute(delete(SAVED_VIEW).where(SAVED_VIEW.c.name == view.name))
            made = insert(SAVED_VIEW).values(name=view.name, filter=view.filter, author=view.author)
            connection.execute(made)

    def drop_view(self, name: str) -> None:
        """Forget a view. Raises NotFoundError."""
        known = tuple(view.name for view in self.views())
        if name not in known:
            raise NotFoundError("view", name, known=known)
        with self._database.writing() as connection:
            connection.execute(delete(SAVED_VIEW).where(SAVED_VIEW.c.name == name))

    # Decisions

    def newest_decision(self, document_id: str, author: str) -> int:
        """A number for the author's last decision on a document that stands; 0 where there is none."""
        with self._database.reading() as connection:
            document = reading.document_row(connection, document_id)
            here = (
                JOURNAL.c.document == document.key,
                JOURNAL.c.author == author,
                JOURNAL.c.status == "done",
            )
            return connection.scalar(select(func.max(JOURNAL.c.key)).where(*here)) or 0

    def is_next_turn_large(self, document_id: str, author: str, *, back: bool) -> bool:
        """Whether what undo (`back`) or redo would turn next changed so many units that the journal packs them."""
        with self._database.reading() as connection:
            document = reading.document_row(connection, document_id)
            status = "done" if back else "undone"
            here = (
                JOURNAL.c.document == document.key,
                JOURNAL.c.author == author,
                JOURNAL.c.status == status,
            )
            start = func.substr(JOURNAL.c.changes, 1, len(journal.SQUEEZED))
            query = select(start).where(*here).limit(1)
            found = connection.scalar(query.order_by(JOURNAL.c.key.desc() if back else JOURNAL.c.key))
            return bool(found == journal.SQUEEZED)

    def decide_together(
        self,
        author: str,
        name: str,
        changes: Sequence[tuple[str, Sequence[Change]]],
        *,
        report: Callable[[int], None] | None = None,
    ) -> list[tuple[str, Decided]]:
        """Carry out one decision on units of several documents, all or nothing; it is undone as one.

        `report` hears now and then how many changes are written; what it raises leaves everything as it was. Raises
        StaleUnitError where a unit's version is no longer the one that its new value carries.
        """
        at = self._clock()
        with self._database.writing() as connection:
            made: list[tuple[str, Decided]] = []
            written = 0
            for document_id, some in changes:
                document = reading.document_row(connection, document_id)
                heard = None if report is None else partial(_heard, report, written)
                decided = deciding.decide(connection, document, author, name, some, at=at, report=heard)
                made.append((document_id, decided))
                written += len(some)
            deciding.tie(connection, author, name, at=at)
            return made


def _heard(report: Callable[[int], None], before: int, count: int) -> None:
    report(before + count)
