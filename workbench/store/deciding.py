"""Decisions of reviewers: each is one journal entry that holds the touched units as they were before and after."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, update

from workbench.errors import CommandError, NotFoundError, StaleUnitError
from workbench.store import codec
from workbench.store.records import Decided
from workbench.store.schema import (
    ANNOTATION,
    COUNTER,
    DECIDED_AWAY,
    DOCUMENT,
    GAP,
    JOURNAL,
    POST_EDIT,
    PRESENT,
    SET_ASIDE,
    UNIT,
    WAIVER,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Table

    from workbench.store.codec import AnyRow
    from workbench.store.records import Change

_SETS = {"waivers": WAIVER, "annotations": ANNOTATION}
_STAMP = ("changed_at", "changed_by")


def next_change(connection: Connection) -> int:
    """A number greater than that of every change before; every unit that changes carries it."""
    here = COUNTER.c.name == "change"
    connection.execute(update(COUNTER).where(here).values(value=COUNTER.c.value + 1))
    return int(connection.execute(select(COUNTER.c.value).where(here)).scalar_one())


def decide(
    connection: Connection,
    document: AnyRow,
    author: str,
    name: str,
    changes: Sequence[Change],
    *,
    at: datetime,
) -> Decided:
    """Carry out a decision and write it in the journal. Raises StaleUnitError where a version is not the held one."""
    change_number = next_change(connection)
    stamp = {"changed_at": at.isoformat(), "changed_by": author}
    entries: list[dict[str, Any]] = []
    touched: list[tuple[Change, int, str]] = []
    for change in changes:
        if change.unit.id:
            row = _held_row(connection, document.key, change)
            entry = _updated(connection, document.key, row, change, stamp, change_number)
            touched.append((change, row.key, row.id))
        else:
            entry, unit_id = _inserted(connection, document, change, stamp, change_number)
            touched.append((change, entry["unit"], unit_id))
        for kind in _SETS:
            _replace_set(connection, entry, kind, getattr(change, kind))
        entries.append(entry)
    if any("removed" in entry["after"] for entry in entries):
        reorder(connection, document.key)
    abandoned = (JOURNAL.c.document == document.key, JOURNAL.c.author == author, JOURNAL.c.status == "undone")
    connection.execute(update(JOURNAL).where(*abandoned).values(status="dropped"))
    made = insert(JOURNAL).values(
        document=document.key,
        author=author,
        name=name,
        at=at.isoformat(),
        status="done",
        changes=codec.packed(entries),
    )
    journal_key = connection.execute(made.returning(JOURNAL.c.key)).scalar_one()
    for change, key, _unit_id in touched:
        if change.post_edit is not None:
            _append_post_edit(connection, key, journal_key, change)
    return Decided(name, tuple(unit_id for _change, _key, unit_id in touched), at)


def undo(connection: Connection, document: AnyRow, author: str, *, at: datetime) -> Decided | None:
    """Take back the author's last decision that stands; None where there is none."""
    return _turn(connection, document, author, at, was="done", becomes="undone", now="after", then="before")


def redo(connection: Connection, document: AnyRow, author: str, *, at: datetime) -> Decided | None:
    """Do again the decision that the author undid last; None where there is none."""
    return _turn(connection, document, author, at, was="undone", becomes="done", now="before", then="after")


def _is_set_aside(connection: Connection, entry: AnyRow) -> bool:
    """Whether a unit of the journal entry was taken out of the document by an import."""
    keys = [item["unit"] for item in json.loads(entry.changes)]
    query = select(UNIT.c.key).where(UNIT.c.key.in_(keys), UNIT.c.removed == SET_ASIDE).limit(1)
    return connection.execute(query).one_or_none() is not None


def _turn(
    connection: Connection,
    document: AnyRow,
    author: str,
    at: datetime,
    *,
    was: str,
    becomes: str,
    now: str,
    then: str,
) -> Decided | None:
    """Turn a journal entry: each unit must hold the values under `now` and gets those under `then`."""
    query = select(JOURNAL).where(
        JOURNAL.c.document == document.key, JOURNAL.c.author == author, JOURNAL.c.status == was
    )
    query = query.order_by(JOURNAL.c.key.desc() if was == "done" else JOURNAL.c.key).limit(1)
    entry = connection.execute(query).one_or_none()
    while entry is not None and _is_set_aside(connection, entry):
        # An import took its unit out of the document: it can no longer be turned back, those before it can.
        gone = update(JOURNAL).where(JOURNAL.c.key == entry.key)
        connection.execute(gone.values(status="dropped"))
        entry = connection.execute(query).one_or_none()
    if entry is None:
        return None
    change_number = next_change(connection)
    items = json.loads(entry.changes)
    unit_ids = []
    for item in items:
        row = connection.execute(select(UNIT).where(UNIT.c.key == item["unit"])).one()
        unit_ids.append(row.id)
        if row.removed != item[now].get("removed", PRESENT):
            raise CommandError(
                f"{entry.name} cannot be turned back: unit {row.id} is not in the document now"
            )
        if not _holds(connection, row, item[now]):
            whom = f" by {row.changed_by}" if row.changed_by not in ("", author) else ""
            raise CommandError(f"{entry.name} cannot be turned back: unit {row.id} was changed{whom} since")
    for item in items:
        values = {name: value for name, value in item[then].items() if name not in _SETS}
        change = update(UNIT).where(UNIT.c.key == item["unit"])
        connection.execute(change.values(version=UNIT.c.version + 1, change=change_number, **values))
        for kind, table in _SETS.items():
            if kind in item[then]:
                _write_set(connection, table, item["unit"], item[then][kind])
    if any("removed" in item[then] for item in items):
        reorder(connection, document.key)
    connection.execute(update(JOURNAL).where(JOURNAL.c.key == entry.key).values(status=becomes))
    counted = 1 if becomes == "undone" else 0
    connection.execute(update(POST_EDIT).where(POST_EDIT.c.entry == entry.key).values(undone=counted))
    return Decided(entry.name, tuple(unit_ids), at)


def _holds(connection: Connection, row: AnyRow, values: codec.Values) -> bool:
    for name, value in values.items():
        if name in _SETS:
            if _read_set(connection, _SETS[name], row.key) != value:
                return False
        elif name not in _STAMP and getattr(row, name) != value:
            return False
    return True


def _held_row(connection: Connection, document: int, change: Change) -> AnyRow:
    unit = change.unit
    query = select(UNIT).where(UNIT.c.document == document, UNIT.c.id == unit.id)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFoundError("unit", unit.id)
    if row.version != unit.version or row.removed != PRESENT:
        raise StaleUnitError(unit.id, held=unit.version, found=row.version)
    return row


def _updated(
    connection: Connection, document: int, row: AnyRow, change: Change, stamp: codec.Values, number: int
) -> dict[str, Any]:
    """Write a unit's new values; returns its journal item, which holds only what changed."""
    new = codec.unit_values(change.unit)
    if change.merged_into:
        into = select(UNIT.c.key).where(UNIT.c.document == document, UNIT.c.id == change.merged_into)
        new |= {"removed": DECIDED_AWAY, "part_of": connection.execute(into).scalar_one()}
    after = {name: value for name, value in new.items() if getattr(row, name) != value} | stamp
    before = {name: getattr(row, name) for name in after}
    changed = update(UNIT).where(UNIT.c.key == row.key)
    connection.execute(changed.values(version=row.version + 1, change=number, **after))
    return {"unit": row.key, "before": before, "after": after}


def _inserted(
    connection: Connection, document: AnyRow, change: Change, stamp: codec.Values, number: int
) -> tuple[dict[str, Any], str]:
    """Insert a new unit behind another; returns its journal item and its id."""
    from workbench.store.saving import new_row

    owner = connection.execute(
        select(UNIT.c.key, UNIT.c.rank).where(UNIT.c.document == document.key, UNIT.c.id == change.after)
    ).one()
    rank = _rank_behind(connection, document.key, owner.rank)
    last = (
        update(DOCUMENT).where(DOCUMENT.c.key == document.key).values(last_number=DOCUMENT.c.last_number + 1)
    )
    last_number = connection.execute(last.returning(DOCUMENT.c.last_number)).scalar_one()
    unit_id = f"{document.id}:{last_number}"
    row = new_row(replace(change.unit, version=0), document.key, unit_id, rank, number)
    row |= {"part_of": owner.key, **stamp}
    key = connection.execute(insert(UNIT).values(**row).returning(UNIT.c.key)).scalar_one()
    # The texts stand in the journal so that undoing notices when somebody has worked on the new unit since.
    after = {name: row[name] for name in codec.REVIEWED_COLUMNS} | {"removed": PRESENT}
    item = {"unit": key, "before": {"removed": DECIDED_AWAY}, "after": after}
    return item, unit_id


def _rank_behind(connection: Connection, document: int, rank: int) -> int:
    """A free rank between one and the next; the document's ranks are spread anew where there is none."""
    here = UNIT.c.document == document
    following = connection.scalar(select(func.min(UNIT.c.rank)).where(here, UNIT.c.rank > rank))
    if following is None:
        return rank + GAP
    middle = (rank + int(following)) // 2
    if middle > rank:
        return middle
    keys = connection.execute(select(UNIT.c.key, UNIT.c.rank).where(here).order_by(UNIT.c.rank)).all()
    spread = 0
    for index, row in enumerate(keys):
        connection.execute(update(UNIT).where(UNIT.c.key == row.key).values(rank=(index + 1) * GAP))
        if row.rank == rank:
            spread = (index + 1) * GAP
    reorder(connection, document, renumbered=True)
    return spread + GAP // 2


def reorder(connection: Connection, document: int, *, renumbered: bool = False) -> None:
    """Say that a document has a new order, and whether ranks no longer stand for the units they stood for."""
    moved = update(DOCUMENT).where(DOCUMENT.c.key == document)
    values: codec.Values = {"order_version": DOCUMENT.c.order_version + 1}
    if renumbered:
        values["rank_epoch"] = DOCUMENT.c.rank_epoch + 1
    connection.execute(moved.values(**values))


def _append_post_edit(connection: Connection, unit: int, entry: int, change: Change) -> None:
    edit = change.post_edit
    assert edit is not None
    connection.execute(
        insert(POST_EDIT).values(
            unit=unit,
            entry=entry,
            text=codec.storable(edit.text),
            author=edit.author,
            saved_at=edit.saved_at.isoformat(),
            seconds=edit.seconds,
            keystrokes=edit.keystrokes,
            undone=0,
        )
    )


def _replace_set(connection: Connection, item: dict[str, Any], kind: str, new: Any) -> None:
    """Replace a unit's waivers or annotations where new ones are given and differ."""
    if new is None:
        return
    table = _SETS[kind]
    values = codec.waiver_values(new) if table is WAIVER else codec.annotation_values(new)
    before = _read_set(connection, table, item["unit"])
    if values != before:
        item["before"][kind], item["after"][kind] = before, values
        _write_set(connection, table, item["unit"], values)


def _read_set(connection: Connection, table: Table, unit: int) -> list[codec.Values]:
    columns = [column for column in table.c if column.name not in ("key", "unit")]
    order = table.c.fingerprint if table is WAIVER else table.c.key
    rows = connection.execute(select(*columns).where(table.c.unit == unit).order_by(order))
    return [dict(row._mapping) for row in rows]


def _write_set(connection: Connection, table: Table, unit: int, values: list[codec.Values]) -> None:
    connection.execute(delete(table).where(table.c.unit == unit))
    if values:
        connection.execute(insert(table), [{"unit": unit, **row} for row in values])
