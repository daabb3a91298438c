"""Reading what belongs to units: post-edits, waivers, annotations and ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, case, null, select

from workbench.model import State
from workbench.store import codec, journal
from workbench.store.reading import CHUNK
from workbench.store.records import HistoryEntry, Work
from workbench.store.schema import ANNOTATION, JOURNAL, POST_EDIT, PRESENT, RATING, UNIT, UNIT_TIME, WAIVER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, Table

    from workbench.model import Annotation, PostEdit, Rating, Waiver
    from workbench.store.codec import AnyRow


_CONFIRMING = ("confirm", "propagate")

MANY = 2000
"""For more units than these a whole document is read at once."""


def history(
    connection: Connection, condition: ColumnElement[bool], *, states: bool = False
) -> list[HistoryEntry]:
    """The post-edits of the units that meet a condition, oldest first, the undone ones among them.

    With `states` those that confirmed a unit say what state it got.
    """
    changes = case((JOURNAL.c.name.in_(_CONFIRMING), JOURNAL.c.changes), else_="[]") if states else null()
    query = (
        select(
            POST_EDIT, UNIT.c.id.label("unit_id"), JOURNAL.c.name.label("decision"), changes.label("changes")
        )
        .join(UNIT, UNIT.c.key == POST_EDIT.c.unit)
        .join(JOURNAL, JOURNAL.c.key == POST_EDIT.c.entry)
        .where(condition)
        .order_by(POST_EDIT.c.key)
    )
    return [
        HistoryEntry(codec.post_edit_of(row), row.decision, bool(row.undone), _state_given(row))
        for row in connection.execute(query)
    ]


def _state_given(row: AnyRow) -> State | None:
    """The state that the decision of a post-edit gave to its unit, None where it gave none."""
    items = journal.unpack(row.changes) if row.changes else ()
    name = next((item["after"].get("state") for item in items if item["unit"] == row.unit), None)
    return None if name is None else State(name)


def post_edits(connection: Connection, condition: ColumnElement[bool]) -> list[PostEdit]:
    """The post-edits that count, oldest first."""
    return [entry.post_edit for entry in history(connection, condition) if not entry.undone]


def waivers_in(connection: Connection, document: int, unit_ids: Sequence[str] | None) -> list[Waiver]:
    """The waivers of the units that are in the document, or of some of them only."""
    rows = _belonging(connection, WAIVER, document, unit_ids)
    rows.sort(key=lambda row: (row.rank, row.fingerprint))
    return [codec.waiver_of(row.unit_id, row._mapping) for row in rows]


def annotations_in(connection: Connection, document: int, unit_ids: Sequence[str] | None) -> list[Annotation]:
    """The annotations of the units that are in the document, or of some of them only."""
    rows = _belonging(connection, ANNOTATION, document, unit_ids)
    rows.sort(key=lambda row: (row.rank, row.key))
    return [codec.annotation_of(row.unit_id, row._mapping) for row in rows]


def ratings_in(connection: Connection, document: int, unit_ids: Sequence[str] | None) -> list[Rating]:
    """The ratings of the units that are in the document, or of some of them only."""
    rows = _belonging(connection, RATING, document, unit_ids)
    rows.sort(key=lambda row: (row.rank, row.author))
    return [codec.rating_of(row.unit_id, row._mapping) for row in rows]


def work_on(connection: Connection, document: int) -> list[Work]:
    """The work on all units of a document, also on those that are no longer in it, oldest first."""
    texts = (
        select(
            JOURNAL.c.key, UNIT.c.id, POST_EDIT.c.author, POST_EDIT.c.saved_at, POST_EDIT.c.seconds,
            POST_EDIT.c.keystrokes, JOURNAL.c.name, POST_EDIT.c.undone,
        )
        .join(POST_EDIT, POST_EDIT.c.entry == JOURNAL.c.key)
        .join(UNIT, UNIT.c.key == POST_EDIT.c.unit)
    )  # fmt: skip
    others = (
        select(
            JOURNAL.c.key, UNIT.c.id, JOURNAL.c.author, JOURNAL.c.at, UNIT_TIME.c.seconds,
            UNIT_TIME.c.keystrokes, JOURNAL.c.name, (JOURNAL.c.status != "done").label("undone"),
        )
        .join(UNIT_TIME, UNIT_TIME.c.entry == JOURNAL.c.key)
        .join(UNIT, UNIT.c.key == UNIT_TIME.c.unit)
    )  # fmt: skip
    rows = [
        row
        for query in (texts, others)
        for row in connection.execute(query.where(UNIT.c.document == document))
    ]
    return [
        Work(unit_id, author, at[:10], seconds, keystrokes, name, bool(undone))
        for _key, unit_id, author, at, seconds, keystrokes, name, undone in sorted(
            rows, key=lambda row: row.key
        )
    ]


def confirmed(connection: Connection, document: int) -> list[tuple[str, str, str]]:
    """Unit, author and text of every confirmation that counts, oldest first."""
    query = (
        select(UNIT.c.id, POST_EDIT.c.author, POST_EDIT.c.text)
        .join(UNIT, UNIT.c.key == POST_EDIT.c.unit)
        .join(JOURNAL, JOURNAL.c.key == POST_EDIT.c.entry)
        .where(UNIT.c.document == document, POST_EDIT.c.undone == 0, JOURNAL.c.name == "confirm")
        .order_by(POST_EDIT.c.key)
    )
    return [(unit_id, author, text) for unit_id, author, text in connection.execute(query)]


def judged(connection: Connection, document: int) -> tuple[set[str], set[str]]:
    """The ids of the units with waivers, annotations or ratings, and of those with post-edits that count."""
    judged_ids: set[str] = set()
    for table in (WAIVER, ANNOTATION, RATING):
        query = select(UNIT.c.id).join(table, table.c.unit == UNIT.c.key).where(UNIT.c.document == document)
        judged_ids |= set(connection.scalars(query.distinct()).all())
    edited = select(UNIT.c.id).join(POST_EDIT, POST_EDIT.c.unit == UNIT.c.key)
    edited = edited.where(UNIT.c.document == document, POST_EDIT.c.undone == 0)
    return judged_ids, set(connection.scalars(edited.distinct()).all())


def _belonging(
    connection: Connection, table: Table, document: int, unit_ids: Sequence[str] | None
) -> list[AnyRow]:
    query = select(table, UNIT.c.id.label("unit_id"), UNIT.c.rank).join(UNIT, UNIT.c.key == table.c.unit)
    query = query.where(UNIT.c.document == document, UNIT.c.removed == PRESENT)
    if unit_ids is None:
        return list(connection.execute(query).all())
    rows: list[AnyRow] = []
    if len(unit_ids) > MANY:
        wanted = set(unit_ids)
        return [row for row in connection.execute(query).all() if row.unit_id in wanted]
    for start in range(0, len(unit_ids), CHUNK):
        rows += connection.execute(query.where(UNIT.c.id.in_(unit_ids[start : start + CHUNK]))).all()
    return rows


def versions(connection: Connection, document: int, ids: Sequence[str]) -> dict[str, int]:
    """The versions of units by id; those that are not in the document are left out."""
    query = select(UNIT.c.id, UNIT.c.version).where(UNIT.c.document == document, UNIT.c.removed == PRESENT)
    if len(ids) > MANY:
        wanted = set(ids)
        return {one: version for one, version in connection.execute(query).all() if one in wanted}
    found: dict[str, int] = {}
    for start in range(0, len(ids), CHUNK):
        some = connection.execute(query.where(UNIT.c.id.in_(ids[start : start + CHUNK]))).all()
        found.update((one, version) for one, version in some)
    return found
