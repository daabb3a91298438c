"""Decisions of reviewers: each is one journal entry that holds the touched units as they were before and after."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, insert, select, update

from workbench.errors import NotFoundError, StaleUnitError
from workbench.store import codec, journal
from workbench.store.reading import CHUNK
from workbench.store.records import Decided
from workbench.store.schema import (
    DECIDED_AWAY,
    DOCUMENT,
    GAP,
    JOURNAL,
    POST_EDIT,
    PRESENT,
    SET_ASIDE,
    UNIT,
    UNIT_TIME,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from workbench.model import PostEdit
    from workbench.store.codec import AnyRow
    from workbench.store.records import Change, Spent

_HELD = select(UNIT).where(
    UNIT.c.document == bindparam("document"), UNIT.c.id.in_(bindparam("ids", expanding=True))
)
_NEAR = select(UNIT.c.rank).where(
    UNIT.c.document == bindparam("document"), UNIT.c.removed == bindparam("removed")
)
_BEHIND = _NEAR.where(UNIT.c.rank > bindparam("rank")).order_by(UNIT.c.rank).limit(1)
_BEFORE = _NEAR.where(UNIT.c.rank < bindparam("rank")).order_by(UNIT.c.rank.desc()).limit(1)


def decide(
    connection: Connection,
    document: AnyRow,
    author: str,
    name: str,
    changes: Sequence[Change],
    *,
    at: datetime,
    spent: Spent | None = None,
    report: Callable[[int], None] | None = None,
) -> Decided:
    """Carry out a decision and write it in the journal. Raises StaleUnitError where a version is not the held one.

    `report` hears now and then how many changes are written; what it raises leaves everything as it was.
    """
    change_number = journal.next_change(connection)
    stamp = {"changed_at": at.isoformat(), "changed_by": author}
    held = _held_rows(connection, document.key, changes)
    items: list[journal.Item] = [
        _item(held[change.unit.id], change, held, stamp) if change.unit.id else {} for change in changes
    ]
    written = [(item["unit"], item["after"]) for item in items if item]
    journal.write_units(connection, change_number, written)
    fresh = [index for index, item in enumerate(items) if not item]
    ids = [change.unit.id for change in changes]
    if fresh:
        some = [changes[index] for index in fresh]
        made = _insert(connection, document, some, held, stamp, change_number)
        for index, (item, unit_id) in zip(fresh, made, strict=True):
            items[index], ids[index] = item, unit_id
    for change, item in zip(changes, items, strict=True):
        for kind in journal.SETS:
            journal.replace_set(connection, item, kind, getattr(change, kind))
    if any("removed" in item["after"] for item in items):
        journal.reorder(connection, document.key)
    entry = _enter(connection, document.key, author, name, items, at)
    edits = [
        _post_edit_row(change.post_edit, item["unit"], entry)
        for change, item in zip(changes, items, strict=True)
        if change.post_edit is not None
    ]
    for start in range(0, len(edits), CHUNK):
        connection.execute(insert(POST_EDIT), edits[start : start + CHUNK])
        if report is not None:
            report(min(len(edits), start + CHUNK))
    if spent is not None:
        _keep_time(connection, document.key, entry, spent)
    return Decided(name, tuple(ids), at)


def tie(connection: Connection, author: str, name: str, *, at: datetime) -> None:
    """Make one of the author's decisions of that name and time, which touch several documents: they turn together."""
    here = (JOURNAL.c.author == author, JOURNAL.c.name == name, JOURNAL.c.at == at.isoformat())
    keys = connection.scalars(select(JOURNAL.c.key).where(*here, JOURNAL.c.together == "")).all()
    if len(keys) > 1:
        mark = f"{min(keys)} {at.isoformat()}"
        connection.execute(update(JOURNAL).where(JOURNAL.c.key.in_(keys)).values(together=mark))


def undo(connection: Connection, document: AnyRow, author: str, *, at: datetime) -> Decided | None:
    """Take back the author's last decision that stands; None where there is none."""
    return journal.turn(connection, document, author, at, back=True)


def redo(connection: Connection, document: AnyRow, author: str, *, at: datetime) -> Decided | None:
    """Do again the decision that the author undid last; None where there is none."""
    return journal.turn(connection, document, author, at, back=False)


def _enter(
    connection: Connection, document: int, author: str, name: str, items: list[journal.Item], at: datetime
) -> int:
    """Write the decision in the journal; what was undone before it can no longer be done again."""
    abandoned = (JOURNAL.c.document == document, JOURNAL.c.author == author, JOURNAL.c.status == "undone")
    connection.execute(update(JOURNAL).where(*abandoned).values(status="dropped"))
    made = insert(JOURNAL).values(
        document=document,
        author=author,
        name=name,
        at=at.isoformat(),
        status="done",
        changes=journal.pack(items),
    )
    return int(connection.execute(made.returning(JOURNAL.c.key)).scalar_one())


def _held_rows(connection: Connection, document: int, changes: Sequence[Change]) -> dict[str, AnyRow]:
    """The rows of all units that the changes name. Raises StaleUnitError, NotFoundError."""
    changed = {change.unit.id: change.unit for change in changes if change.unit.id}
    others = {name for change in changes for name in (change.after, change.merged_into) if name}
    wanted = [*changed, *others.difference(changed)]
    held: dict[str, AnyRow] = {}
    for start in range(0, len(wanted), CHUNK):
        given = {"document": document, "ids": wanted[start : start + CHUNK]}
        held |= {row.id: row for row in connection.execute(_HELD, given).all()}
    for unit_id in wanted:
        if unit_id not in held:
            raise NotFoundError("unit", unit_id)
    for unit_id, unit in changed.items():
        row = held[unit_id]
        if row.version != unit.version or row.removed != PRESENT:
            raise StaleUnitError(unit_id, held=unit.version, found=row.version)
    return held


def _item(row: AnyRow, change: Change, held: dict[str, AnyRow], stamp: codec.Values) -> journal.Item:
    """The journal item of a unit that gets a new value; it holds only what changes."""
    new = codec.unit_values(change.unit)
    if change.merged_into:
        new |= {"removed": DECIDED_AWAY, "part_of": held[change.merged_into].key}
    old = dict(zip(row._fields, row, strict=True))
    after = {name: value for name, value in new.items() if old[name] != value} | stamp
    return {"unit": row.key, "before": {name: old[name] for name in after}, "after": after}


def _insert(
    connection: Connection,
    document: AnyRow,
    changes: Sequence[Change],
    held: dict[str, AnyRow],
    stamp: codec.Values,
    number: int,
) -> list[tuple[journal.Item, str]]:
    """Insert new units; their journal items and ids, in the order of the changes."""
    from workbench.store.saving import new_row

    ranks = _ranks_for(connection, document.key, changes, held)
    last = (
        update(DOCUMENT)
        .where(DOCUMENT.c.key == document.key)
        .values(last_number=DOCUMENT.c.last_number + len(changes))
    )
    last_number = connection.execute(last.returning(DOCUMENT.c.last_number)).scalar_one()
    rows = []
    for count, (change, rank) in enumerate(zip(changes, ranks, strict=True), last_number - len(changes) + 1):
        row = new_row(replace(change.unit, version=0), document.key, f"{document.id}:{count}", rank, number)
        rows.append(row | {"part_of": held[change.after].key, **stamp})
    made = insert(UNIT).returning(UNIT.c.key, sort_by_parameter_order=True)
    keys = connection.execute(made, rows).scalars().all()
    # The texts stand in the journal so that undoing notices when somebody has worked on the new unit since.
    return [
        (
            {
                "unit": key,
                "before": {"removed": DECIDED_AWAY},
                "after": {name: row[name] for name in codec.REVIEWED_COLUMNS} | {"removed": PRESENT},
            },
            row["id"],
        )
        for key, row in zip(keys, rows, strict=True)
    ]


def _ranks_for(
    connection: Connection, document: int, changes: Sequence[Change], held: dict[str, AnyRow]
) -> list[int]:
    """A free rank for each new unit; the document's ranks are spread anew where there is no room."""
    ranks: list[int] = []
    for (owner, ahead), some in groupby(changes, key=lambda change: (change.after, change.ahead)):
        count = len(list(some))
        rank = connection.execute(select(UNIT.c.rank).where(UNIT.c.key == held[owner].key)).scalar_one()
        free = _free(connection, document, rank, count, ahead=ahead, taken=ranks)
        if free is None:
            _spread(connection, document)
            return _ranks_for(connection, document, changes, held)
        ranks += free
    return ranks


def _free(
    connection: Connection, document: int, rank: int, count: int, *, ahead: bool, taken: Sequence[int]
) -> list[int] | None:
    """So many ranks next to one, in order, none that a unit has or had; None where there is no room for them."""
    near = [one for one in taken if (one < rank if ahead else one > rank)]
    near += [
        found
        for removed in (PRESENT, SET_ASIDE, DECIDED_AWAY)
        if (
            found := connection.scalar(
                _BEFORE if ahead else _BEHIND, {"document": document, "removed": removed, "rank": rank}
            )
        )
        is not None
    ]
    if ahead:
        low, high = max(near, default=0), rank
    else:
        low, high = rank, min(near, default=rank + GAP * (count + 1))
    step = (high - low) // (count + 1)
    return [low + step * number for number in range(1, count + 1)] if step else None


def _spread(connection: Connection, document: int) -> None:
    """Give every unit of a document a new rank, with the same gap between all of them."""
    query = select(UNIT.c.key).where(UNIT.c.document == document).order_by(UNIT.c.rank)
    rows = [
        {"of_key": key, "to": (index + 1) * GAP} for index, key in enumerate(connection.scalars(query).all())
    ]
    moved = update(UNIT).where(UNIT.c.key == bindparam("of_key")).values(rank=bindparam("to"))
    connection.execute(moved, rows)
    journal.reorder(connection, document, renumbered=True)


def _keep_time(connection: Connection, document: int, entry: int, spent: Spent) -> None:
    here = select(UNIT.c.key).where(UNIT.c.document == document, UNIT.c.id == spent.unit_id)
    unit = connection.scalar(here)
    if unit is not None:
        values = {"seconds": spent.seconds, "keystrokes": spent.keystrokes}
        connection.execute(insert(UNIT_TIME).values(unit=unit, entry=entry, **values))


def _post_edit_row(edit: PostEdit, unit: int, entry: int) -> codec.Values:
    return {
        "unit": unit,
        "entry": entry,
        "text": codec.storable(edit.text),
        "author": edit.author,
        "saved_at": edit.saved_at.isoformat(),
        "seconds": edit.seconds,
        "keystrokes": edit.keystrokes,
        "undone": 0,
    }
