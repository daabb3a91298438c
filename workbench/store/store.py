"""The Store: what the rest of the workbench asks of the database, in values of the model."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from workbench.errors import NotFoundError
from workbench.model import State
from workbench.store import belonging, counting, deciding, reading, saving, sides
from workbench.store.issue_kinds import issue_kinds
from workbench.store.records import Filter, Order, Place, Progress
from workbench.store.schema import DOCUMENT, PLACE, POST_EDIT, PRESENT, UNIT
from workbench.store.sought import Sought

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from workbench.model import Annotation, Document, PostEdit, Rating, TranslationUnit, Waiver
    from workbench.store.codec import AnyRow
    from workbench.store.database import Database
    from workbench.store.records import (
        Change,
        Decided,
        DocumentRecord,
        Finding,
        HistoryEntry,
        Spent,
        UnitRow,
        Work,
    )

_ALL = Filter()
_ORDERS_KEPT = 4


class Store(Sought):
    """The review work of all documents; usable from several threads, and by several processes at once.

    A document's id is its name. A unit is known by its id within its document: where an id is in several documents,
    the methods that take a unit's id need `document_id` too. Every method is one transaction.
    """

    def __init__(self, database: Database, *, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._orders: OrderedDict[int, Order] = OrderedDict()
        self._orders_lock = Lock()

    @property
    def name(self) -> str:
        """The file or address of the store, fit to be shown."""
        return self._database.name

    def close(self) -> None:
        """Close the connections; everything decided is on the disk already."""
        self._database.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    # Documents

    def documents(self) -> list[DocumentRecord]:
        """Every document, by name."""
        with self._database.reading() as connection:
            return reading.documents(connection)

    def document(self, document_id: str) -> DocumentRecord:
        """One document. Raises NotFoundError."""
        with self._database.reading() as connection:
            return reading.documents(connection, document_id)[0]

    def save_document(
        self,
        document: Document,
        units: Sequence[TranslationUnit],
        *,
        source_digest: str = "",
        draft_digest: str = "",
    ) -> None:
        """Import a document's units in their order; what reviewers did to those that are stored already stays.

        Of a unit whose id is stored, only the place, and the segments and bead score where no reviewer has split or
        merged it, follow the import. A unit whose id is "" gets the id "NAME:N", N never used before. Stored units that
        are missing are set aside, and come back with all their work when their id does.
        """
        with self._database.writing() as connection:
            saving.save_document(
                connection,
                document,
                units,
                source_digest=source_digest,
                draft_digest=draft_digest,
                at=self._clock(),
            )

    # Units

    def order(self, document_id: str) -> Order:
        """The ranks of a document's units; the same object as long as the order does not change."""
        with self._database.reading() as connection:
            return self._order(connection, reading.document_row(connection, document_id))

    def _order(self, connection: Connection, document: AnyRow) -> Order:
        with self._orders_lock:
            held = self._orders.get(document.key)
        if held is None or held.version != document.order_version:
            ranks = counting.all_ranks(connection, document.key, document.order_version)
            held = Order(document.order_version, document.rank_epoch, ranks)
            with self._orders_lock:
                self._orders[document.key] = held
                if len(self._orders) > _ORDERS_KEPT:
                    self._orders.popitem(last=False)
        return held

    def units(self, document_id: str, *, start: int = 0, count: int | None = None) -> list[TranslationUnit]:
        """The units of a document from the one at position `start`."""
        with self._database.reading() as connection:
            document = reading.document_row(connection, document_id)
            order = self._order(connection, document)
            end = len(order.ranks) if count is None else start + count
            return reading.units_at(connection, document.key, order, order.ranks[start:end])

    def units_set_aside(self, document_id: str) -> list[TranslationUnit]:
        """The units that an import took out, with their review work; saving one again brings it back."""
        with self._database.reading() as connection:
            return reading.units_set_aside(connection, reading.document_row(connection, document_id).key)

    def unit(self, unit_id: str, *, document_id: str | None = None) -> TranslationUnit:
        """One unit by its id. Raises NotFoundError."""
        with self._database.reading() as connection:
            row = reading.unit_row(connection, unit_id, document_id)
            document = reading.document_row(connection, row.document_id)
            order = self._order(connection, document)
            return reading.units_at(connection, document.key, order, [row.rank])[0]

    def units_by_id(self, ids: Sequence[str], *, document_id: str) -> list[TranslationUnit]:
        """The units of those ids, in that order. Raises NotFoundError."""
        found = self.find_units(ids, document_id=document_id)
        if len(found) < len(ids):
            present = {unit.id for unit in found}
            raise NotFoundError("unit", next(unit_id for unit_id in ids if unit_id not in present))
        return found

    def unit_ids(self, document_id: str, wish: Filter = _ALL) -> list[str]:
        """The ids of the wanted units, in order."""
        with self._database.reading() as connection:
            return reading.ids(connection, reading.document_row(connection, document_id).key, wish)

    def ranks_of(self, document_id: str, ids: Collection[str]) -> dict[str, int]:
        """The ranks of units by id; those that are not in the document are left out."""
        with self._database.reading() as connection:
            key = reading.document_row(connection, document_id).key
            return reading.ranks_of(connection, key, list(ids))

    def touched_units(self, document_id: str) -> list[TranslationUnit]:
        """The units whose state is no longer initial, in order."""
        with self._database.reading() as connection:
            document = reading.document_row(connection, document_id)
            ranks = reading.ranks(connection, document.key, Filter(kinds=("open",), done=(State.INITIAL,)))
            return reading.units_at(connection, document.key, self._order(connection, document), ranks)

    def find_units(self, ids: Sequence[str], *, document_id: str) -> list[TranslationUnit]:
        """The units of those ids that are in the document, in the order of the ids."""
        with self._database.reading() as connection:
            document = reading.document_row(connection, document_id)
            ranks = reading.ranks_of(connection, document.key, ids)
            wished = [ranks[unit_id] for unit_id in ids if unit_id in ranks]
            return reading.units_at(connection, document.key, self._order(connection, document), wished)

    def versions(self, document_id: str, ids: Sequence[str]) -> dict[str, int]:
        """The versions of the units of those ids that are in the document."""
        with self._database.reading() as connection:
            key = reading.document_row(connection, document_id).key
            return belonging.versions(connection, key, ids)

    def units_at(self, document_id: str, ranks: Sequence[int]) -> list[TranslationUnit]:
        """The units at those ranks, in that order; ranks that are gone are left out."""
        with self._database.reading() as connection:
            document = reading.document_row(connection, document_id)
            return reading.units_at(connection, document.key, self._order(connection, document), ranks)

    def rows_at(self, document_id: str, ranks: Sequence[int], wish: Filter) -> list[UnitRow]:
        """What a list shows of the units at those ranks; `wish` says what is doubtful and whose findings count."""
        with self._database.reading() as connection:
            document = reading.document_row(connection, document_id)
            return reading.rows_at(connection, document.key, self._order(connection, document), ranks, wish)

    def ids_at(self, document_id: str, ranks: Sequence[int]) -> list[str]:
        """The ids of the units at those ranks, in that order."""
        with self._database.reading() as connection:
            document = reading.document_row(connection, document_id)
            return reading.ids_at(connection, document.key, self._order(connection, document), ranks)

    def sides_behind(self, document_id: str, rank: int, *, count: int) -> list[TranslationUnit]:
        """The next units behind a rank with no more than texts and state; their `position` is their rank."""
        with self._database.reading() as connection:
            key = reading.document_row(connection, document_id).key
            return sides.sides_behind(connection, key, rank, count)

    def sides_of(self, document_id: str, ids: Collection[str]) -> list[TranslationUnit]:
        """The units of those ids that are in the document, in any order, as `sides_behind` gives them."""
        with self._database.reading() as connection:
            key = reading.document_row(connection, document_id).key
            return sides.sides_of(connection, key, list(ids))

    def rows_of(self, document_id: str, ids: Sequence[str], wish: Filter) -> list[UnitRow]:
        """What a list shows of the units of those ids that are in the document."""
        with self._database.reading() as connection:
            document = reading.document_row(connection, document_id)
            ranks = list(reading.ranks_of(connection, document.key, ids).values())
            return reading.rows_at(connection, document.key, self._order(connection, document), ranks, wish)

    # What belongs to units

    def post_edits(self, unit_id: str, *, document_id: str | None = None) -> list[PostEdit]:
        """The post-edits of a unit that count, oldest first."""
        return [
            entry.post_edit for entry in self.history(unit_id, document_id=document_id) if not entry.undone
        ]

    def post_edits_of(self, document_id: str) -> list[PostEdit]:
        """The post-edits of a document that count, oldest first."""
        with self._database.reading() as connection:
            key = reading.document_row(connection, document_id).key
            return belonging.post_edits(connection, UNIT.c.document == key)

    def history(self, unit_id: str, *, document_id: str | None = None) -> list[HistoryEntry]:
        """Every saved text of a unit, oldest first, the undone ones marked."""
        with self._database.reading() as connection:
            key = reading.unit_row(connection, unit_id, document_id).key
            return belonging.history(connection, POST_EDIT.c.unit == key, states=True)

    def waivers(self, document_id: str, *, unit_ids: Sequence[str] | None = None) -> list[Waiver]:
        """The waivers of a document's units, or of some of them, in the units' order."""
        with self._database.reading() as connection:
            key = reading.document_row(connection, document_id).key
            return belonging.waivers_in(connection, key, unit_ids)

    def annotations(self, document_id: str, *, unit_ids: Sequence[str] | None = None) -> list[Annotation]:
        """The annotations of a document's units, or of some of them, in the units' order."""
        with self._database.reading() as connection:
            key = reading.document_row(connection, document_id).key
            return belonging.annotations_in(connection, key, unit_ids)

    def ratings(self, document_id: str, *, unit_ids: Sequence[str] | None = None) -> list[Rating]:
        """The ratings of a document's units, or of some of them, in the units' order."""
        with self._database.reading() as connection:
            key = reading.document_row(connection, document_id).key
            return belonging.ratings_in(connection, key, unit_ids)

    def work(self, document_id: str) -> list[Work]:
        """The work on all units of a document, undone or not, also on those that are gone, oldest first."""
        with self._database.reading() as connection:
            return belonging.work_on(connection, reading.document_row(connection, document_id).key)

    def confirmed(self, document_id: str) -> list[tuple[str, str, str]]:
        """Unit id, author and text of every confirmation that counts, oldest first."""
        with self._database.reading() as connection:
            return belonging.confirmed(connection, reading.document_row(connection, document_id).key)

    def judged_ids(self, document_id: str) -> tuple[set[str], set[str]]:
        """The ids of the units with waivers, annotations or ratings, and of those with post-edits that count."""
        with self._database.reading() as connection:
            key = reading.document_row(connection, document_id).key
            return belonging.judged(connection, key)

    # Decisions

    def decide(
        self,
        document_id: str,
        author: str,
        name: str,
        changes: Sequence[Change],
        *,
        place: Place | None = None,
        checks: str = "",
        findings: Sequence[Finding] = (),
        spent: Spent | None = None,
    ) -> Decided:
        """Carry out a decision on some units, all or nothing, and remember the author's place.

        `findings` are what the checks of the fingerprint `checks` find in the new values, `spent` is the time that no
        post-edit holds. Raises StaleUnitError where a unit's version is no longer the one that its new value carries.
        """
        with self._database.writing() as connection:
            document = reading.document_row(connection, document_id)
            decided = deciding.decide(
                connection, document, author, name, changes, at=self._clock(), spent=spent
            )
            if findings:
                saving.save_findings(connection, document.key, checks, findings)
            if place is not None:
                _set_place(connection, document.key, author, place)
            return decided

    def undo(self, document_id: str, author: str) -> Decided | None:
        """Take back the author's last decision in the document, None where there is none.

        Raises CommandError where somebody has changed since what the decision had changed.
        """
        with self._database.writing() as connection:
            document = reading.document_row(connection, document_id)
            return deciding.undo(connection, document, author, at=self._clock())

    def redo(self, document_id: str, author: str) -> Decided | None:
        """Do again what the author undid last, None where there is nothing."""
        with self._database.writing() as connection:
            document = reading.document_row(connection, document_id)
            return deciding.redo(connection, document, author, at=self._clock())

    def changes_since(self, number: int, *, document_id: str | None = None) -> tuple[int, list[str]]:
        """The number of the last change, and the ids of the units changed after `number`, those taken out too."""
        with self._database.reading() as connection:
            key = None if document_id is None else reading.document_row(connection, document_id).key
            return reading.changes_since(connection, number, key)

    def last_change(self) -> int:
        """The number of the last change, from which `changes_since` goes on."""
        with self._database.reading() as connection:
            return reading.last_change(connection)

    # Where an author stands, and how far the work is

    def place(self, document_id: str, author: str) -> Place | None:
        """Where the author last stood, None for a first visit or where that unit is gone."""
        query = select(UNIT.c.id, PLACE.c.filter).join(PLACE, PLACE.c.unit == UNIT.c.key)
        query = query.join(DOCUMENT, DOCUMENT.c.key == PLACE.c.document)
        here = (DOCUMENT.c.id == document_id, PLACE.c.author == author, UNIT.c.removed == PRESENT)
        with self._database.reading() as connection:
            row = connection.execute(query.where(*here)).one_or_none()
            return None if row is None else Place(row.id, row.filter)

    def set_place(self, document_id: str, author: str, place: Place) -> None:
        """Remember where the author stands."""
        with self._database.writing() as connection:
            _set_place(connection, reading.document_row(connection, document_id).key, author, place)

    def progress(self, document_id: str, wish: Filter = _ALL) -> Progress:
        """How far a document has come, counted anew; `wish` says what is doubtful and whose findings count."""
        with self._database.reading() as connection:
            return reading.progress(connection, reading.document_row(connection, document_id).key, wish)

    # Findings, kept so that no list and no filter checks again

    def unchecked(
        self, document_id: str, checks: str, *, count: int, after: int = -1
    ) -> list[TranslationUnit]:
        """The first units behind the rank `after` that those checks have not seen in their current version."""
        with self._database.reading() as connection:
            document = reading.document_row(connection, document_id)
            order = self._order(connection, document)
            return reading.unchecked(connection, document.key, order, checks, count=count, after=after)

    def save_findings(self, document_id: str, checks: str, findings: Sequence[Finding]) -> None:
        """Keep what the checks of that fingerprint found; what is known of later versions of a unit stays."""
        with self._database.writing() as connection:
            key = reading.document_row(connection, document_id).key
            saving.save_findings(connection, key, checks, findings)

    def issue_kinds(self, document_id: str, checks: str) -> Counter[tuple[str, str]]:
        """(check, severity) → issues that the checks of that fingerprint found in the document."""
        with self._database.reading() as connection:
            key = reading.document_row(connection, document_id).key
            return issue_kinds(connection, key, checks)

    def settled(self, document_id: str) -> int:
        """The number of the change up to which all findings of a document hold, those that need other units too."""
        with self._database.reading() as connection:
            return sides.settled(connection, reading.document_row(connection, document_id).key)

    def set_settled(self, document_id: str, number: int) -> None:
        """Remember that all findings of a document hold as of the change of that number."""
        with self._database.writing() as connection:
            sides.set_settled(connection, reading.document_row(connection, document_id).key, number)


def _set_place(connection: Connection, document: int, author: str, place: Place) -> None:
    unit = select(UNIT.c.key).where(UNIT.c.document == document, UNIT.c.id == place.unit_id)
    key = connection.execute(unit).scalar_one_or_none()
    if key is not None:
        connection.execute(delete(PLACE).where(PLACE.c.document == document, PLACE.c.author == author))
        connection.execute(
            insert(PLACE).values(document=document, author=author, unit=key, filter=place.filter)
        )
