"""The journal of decisions: what each changed, unit by unit, packed small; turning one back or doing it again."""

from __future__ import annotations

import base64
import json
import zlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, bindparam, delete, insert, select, update

from workbench.errors import CommandError
from workbench.store import codec
from workbench.store.reading import CHUNK
from workbench.store.records import Decided
from workbench.store.schema import (
    ANNOTATION,
    COUNTER,
    DOCUMENT,
    JOURNAL,
    POST_EDIT,
    PRESENT,
    RATING,
    SET_ASIDE,
    UNIT,
    WAIVER,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from workbench.store.codec import AnyRow

SETS = {"waivers": WAIVER, "annotations": ANNOTATION, "ratings": RATING}
_ORDERED_BY = {WAIVER: WAIVER.c.fingerprint, ANNOTATION: ANNOTATION.c.key, RATING: RATING.c.author}
_AS_COLUMNS: dict[Table, Callable[[Any], list[codec.Values]]] = {
    WAIVER: codec.waiver_values,
    ANNOTATION: codec.annotation_values,
    RATING: codec.rating_values,
}
_STAMP = ("changed_at", "changed_by")
_LARGE = 1 << 16
SQUEEZED = "z:"

Item = dict[str, Any]
"""What a decision did to one unit: its key under "unit", and columns under "before" and "after"."""


def pack(items: Sequence[Item]) -> str:
    """The items as text; compressed where they are many, since each text of a moved column stands there twice."""
    text = codec.packed(items)
    if len(text) < _LARGE:
        return text
    return SQUEEZED + base64.b64encode(zlib.compress(text.encode(), 1)).decode("ascii")


def unpack(text: str) -> list[Item]:
    """The items of a journal entry."""
    if text.startswith(SQUEEZED):
        text = zlib.decompress(base64.b64decode(text[len(SQUEEZED) :])).decode()
    items: list[Item] = json.loads(text)
    for item in items:
        for side in ("before", "after"):
            # Decisions of schema 0002 did not know yet what text an annotation is about.
            for annotation in item[side].get("annotations", ()):
                annotation.setdefault("target", "")
                # … nor, up to 0004, where in the source it stands.
                annotation.setdefault("source_start", None)
                annotation.setdefault("source_end", None)
    return items


def next_change(connection: Connection) -> int:
    """A number greater than that of every change before; every unit that changes carries it."""
    here = COUNTER.c.name == "change"
    connection.execute(update(COUNTER).where(here).values(value=COUNTER.c.value + 1))
    return int(connection.execute(select(COUNTER.c.value).where(here)).scalar_one())


def reorder(connection: Connection, document: int, *, renumbered: bool = False) -> None:
    """Say that a document has a new order, and whether ranks no longer stand for the units they stood for."""
    moved = update(DOCUMENT).where(DOCUMENT.c.key == document)
    values: codec.Values = {"order_version": DOCUMENT.c.order_version + 1}
    if renumbered:
        values["rank_epoch"] = DOCUMENT.c.rank_epoch + 1
    connection.execute(moved.values(**values))


def write_units(connection: Connection, change: int, values: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
    """Give units, by key, new values in some columns, a higher version and the number of the change."""
    alike: dict[tuple[str, ...], list[codec.Values]] = {}
    for key, columns in values:
        given = {f"to_{name}": value for name, value in columns.items()}
        alike.setdefault(tuple(columns), []).append({"of_key": key, **given})
    for names, given_rows in alike.items():
        written: codec.Values = {name: bindparam(f"to_{name}") for name in names}
        changed = update(UNIT).where(UNIT.c.key == bindparam("of_key"))
        changed = changed.values(version=UNIT.c.version + 1, change=change, **written)
        connection.execute(changed, given_rows)


def turn(
    connection: Connection, document: AnyRow, author: str, at: datetime, *, back: bool
) -> Decided | None:
    """Turn the author's last decision back, or do again the one that was turned back last; None where there is none.

    Raises CommandError where a unit no longer holds what the decision, or its turning back, gave it.
    """
    was, becomes, now, then = (
        ("done", "undone", "after", "before") if back else ("undone", "done", "before", "after")
    )
    here = (JOURNAL.c.document == document.key, JOURNAL.c.author == author, JOURNAL.c.status == was)
    query = select(JOURNAL).where(*here).order_by(JOURNAL.c.key.desc() if back else JOURNAL.c.key).limit(1)
    passed: list[str] = []
    while (entry := connection.execute(query).one_or_none()) is not None:
        items = unpack(entry.changes)
        rows = _rows(connection, [item["unit"] for item in items])
        if all(row.removed != SET_ASIDE for row in rows.values()):
            break
        # An import took its unit out of the document: it can no longer be turned back, those before it can.
        _mark(connection, entry, "dropped")
        passed.append(entry.name)
    if entry is None:
        return Decided("", (), at, passed=tuple(passed)) if passed else None
    for one in (entry, *_tied(connection, entry)):
        these = items if one is entry else unpack(one.changes)
        held = rows if one is entry else _rows(connection, [item["unit"] for item in these])
        for item in these:
            _require(connection, held[item["unit"]], item[now], one.name, author)
        _write_items(connection, these, then)
        if any("removed" in item[then] for item in these):
            reorder(connection, one.document)
        _mark(connection, one, becomes)
        counted = update(POST_EDIT).where(POST_EDIT.c.entry == one.key)
        connection.execute(counted.values(undone=1 if back else 0))
    ids = tuple(rows[item["unit"]].id for item in items)
    return Decided(entry.name, ids, at, passed=tuple(passed), documents=_others(connection, entry))


def _tied(connection: Connection, entry: AnyRow) -> list[AnyRow]:
    """The entries of other documents that belong to the same decision and stand as this one does."""
    if not entry.together:
        return []
    query = select(JOURNAL).where(JOURNAL.c.together == entry.together, JOURNAL.c.status == entry.status)
    return list(connection.execute(query.where(JOURNAL.c.key != entry.key).order_by(JOURNAL.c.key)).all())


def _others(connection: Connection, entry: AnyRow) -> tuple[str, ...]:
    """The names of the other documents that a decision touched."""
    if not entry.together:
        return ()
    query = select(DOCUMENT.c.id).join(JOURNAL, JOURNAL.c.document == DOCUMENT.c.key)
    query = query.where(JOURNAL.c.together == entry.together, JOURNAL.c.key != entry.key)
    return tuple(connection.scalars(query.order_by(DOCUMENT.c.id)))


def _write_items(connection: Connection, items: Sequence[Item], then: str) -> None:
    values = [
        (item["unit"], {name: value for name, value in item[then].items() if name not in SETS})
        for item in items
    ]
    write_units(connection, next_change(connection), values)
    for item in items:
        for kind, table in SETS.items():
            if kind in item[then]:
                write_set(connection, table, item["unit"], item[then][kind])


def _rows(connection: Connection, keys: Sequence[int]) -> dict[int, AnyRow]:
    found: dict[int, AnyRow] = {}
    for start in range(0, len(keys), CHUNK):
        query = select(UNIT).where(UNIT.c.key.in_(keys[start : start + CHUNK]))
        found |= {row.key: row for row in connection.execute(query).all()}
    return found


def _mark(connection: Connection, entry: AnyRow, status: str) -> None:
    connection.execute(update(JOURNAL).where(JOURNAL.c.key == entry.key).values(status=status))


def _require(connection: Connection, row: AnyRow, values: codec.Values, name: str, author: str) -> None:
    """Raise CommandError unless the unit holds the values."""
    if row.removed != values.get("removed", PRESENT):
        raise CommandError(f"{name} cannot be turned back: unit {row.id} is not in the document now")
    for column, value in values.items():
        if column in SETS:
            held = read_set(connection, SETS[column], row.key)
        else:
            held = value if column in _STAMP else getattr(row, column)
        if held != value:
            whom = f" by {row.changed_by}" if row.changed_by not in ("", author) else ""
            raise CommandError(f"{name} cannot be turned back: unit {row.id} was changed{whom} since")


def replace_set(connection: Connection, item: Item, kind: str, new: Any) -> None:
    """Replace a unit's waivers, annotations or ratings where new ones are given and differ; note it in the item."""
    if new is None:
        return
    table = SETS[kind]
    values = _AS_COLUMNS[table](new)
    before = read_set(connection, table, item["unit"])
    if values != before:
        item["before"][kind], item["after"][kind] = before, values
        write_set(connection, table, item["unit"], values)


def read_set(connection: Connection, table: Table, unit: int) -> list[codec.Values]:
    """A unit's waivers, annotations or ratings as columns, in a fixed order."""
    columns = [column for column in table.c if column.name not in ("key", "unit")]
    rows = connection.execute(select(*columns).where(table.c.unit == unit).order_by(_ORDERED_BY[table]))
    return [dict(row._mapping) for row in rows]


def write_set(connection: Connection, table: Table, unit: int, values: list[codec.Values]) -> None:
    """Give a unit these waivers, annotations or ratings in place of those it had."""
    connection.execute(delete(table).where(table.c.unit == unit))
    if values:
        connection.execute(insert(table), [{"unit": unit, **row} for row in values])
