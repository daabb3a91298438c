"""What the list of a document shows first, read with the standard library alone while the store is still imported."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.model import Severity, State
from workbench.store.records import OPEN_COMMENT, UnitRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.store.records import Filter

PAGE_UNITS = 128
"""Rows are read in pages that begin at multiples of this."""
_EDGE_UNITS = 64
"""Standing so near the end of a page, the next one is read too: both are on screen."""
_WAIT_SECONDS = 0.2

_HERE = "unit.document = :document AND unit.removed = 0"
_PLACE = f"""
SELECT unit.rank, place.filter FROM place JOIN unit ON unit.key = place.unit
WHERE {_HERE} AND place.author = :author
"""
# What the checks found stands in the list whatever checks these were: the session tells a moment later.
_ROWS = f"""
SELECT unit.id, unit.rank, unit.source, unit.target, unit.state, unit.bead_score, unit.version, unit.notes,
    finding.issue_count, finding.worst, unit.origin,
    EXISTS (SELECT * FROM annotation WHERE annotation.unit = unit.key AND annotation.category != 'no-error')
FROM unit LEFT OUTER JOIN finding ON finding.unit = unit.key AND finding.version = unit.version
WHERE {_HERE} AND unit.rank >= :rank %s ORDER BY unit.rank LIMIT :count
"""


@dataclass(frozen=True, slots=True)
class Glimpse:
    """The list of a document where its author left it, without a session; `done` units are reviewed or final.

    `rows` are those around the `position` in the queue, from the place `start` of it.
    """

    document: str
    filter: str
    total: int
    done: int
    count: int
    position: int
    start: int
    rows: tuple[UnitRow, ...]

    def page(self, start: int, count: int) -> Sequence[UnitRow]:
        """The rows that were read of those `count` units of the queue from the position `start`; none of others."""
        return self.rows[start - self.start : start - self.start + count] if start >= self.start else ()


def glimpse(location: str, author: str, wish: Filter, *, document: str | None = None) -> Glimpse | None:
    """Read the list of a document, or of the one to go on with; None where only the store itself can tell.

    `wish` says which states are done and what is doubtful. Only a database file is read, and only a list that is not
    filtered or of what is open. Never raises for what is wrong with the file: opening the store says that.
    """
    path = Path(location)
    if "://" in location or not path.is_file():
        return None
    try:
        address = f"{path.resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=_WAIT_SECONDS)) as connection:
            connection.execute("BEGIN")
            return _Reader(connection, wish).read(document, author)
    except (sqlite3.Error, ValueError, KeyError):
        return None


class _Reader:
    """Reads through one connection, in one transaction."""

    def __init__(self, connection: sqlite3.Connection, wish: Filter) -> None:
        self._connection = connection
        self._wish = wish
        self._given: dict[str, Any] = {}
        self._open = ", ".join(f"'{state}'" for state in State if state not in wish.done)

    def read(self, wanted: str | None, author: str) -> Glimpse | None:
        found = self._document(wanted)
        if found is None:
            return None
        self._given = {"document": found[0], "author": author}
        rank, words = self._one(_PLACE) or (-1, "all")
        if words not in ("all", "open"):
            return None
        total, done = self._count(""), self._count("AND unit.state IN ('reviewed', 'final')")
        condition, count = "", total
        if words == "open":
            condition = f"AND unit.state IN ({self._open})"
            count = self._count(condition)
            if not count:
                words, condition, count = "all", "", total
        if not count:
            return None
        before = self._count(f"{condition} AND unit.rank < :rank", rank=rank)
        position = min(before, count - 1)
        start = position // PAGE_UNITS * PAGE_UNITS
        pages = 2 if start + PAGE_UNITS - position < _EDGE_UNITS else 1
        if position - start < _EDGE_UNITS and start:
            start, pages = start - PAGE_UNITS, pages + 1
        rows = self._rows(condition, start, pages * PAGE_UNITS)
        return Glimpse(found[1], words, total, done, count, position, start, rows)

    def _document(self, wanted: str | None) -> tuple[int, str] | None:
        documents = self._connection.execute("SELECT key, id FROM document ORDER BY id").fetchall()
        if wanted:
            return next((one for one in documents if one[1] == wanted), None)
        undone = f"SELECT 1 FROM unit WHERE {_HERE} AND unit.state IN ('initial', 'translated') LIMIT 1"
        for document in documents:
            if self._one(undone, document=document[0]):
                return tuple(document)
        return documents[0] if documents else None

    def _rows(self, condition: str, start: int, count: int) -> tuple[UnitRow, ...]:
        first = self._one(
            f"SELECT rank FROM unit WHERE {_HERE} {condition} ORDER BY rank LIMIT 1 OFFSET :start",
            start=start,
        )
        if first is None:
            return ()
        given = {**self._given, "rank": first[0], "count": count}
        rows = self._connection.execute(_ROWS % condition, given).fetchall()
        number = self._count("AND unit.rank < :rank", rank=first[0])
        known = first[0]
        made = []
        for row in rows:
            # Of a filtered list: how many units lie between, which are not shown.
            between = "AND unit.rank >= :known AND unit.rank < :rank"
            number += self._count(between, known=known, rank=row[1]) if condition else row[1] > known
            known = row[1]
            made.append(self._row(row, number + 1))
        return tuple(made)

    def _row(self, row: Sequence[Any], number: int) -> UnitRow:
        unit_id, _, source, target, name, bead_score, version, notes, issue_count, worst, origin, noted = row
        state = State(name)
        return UnitRow(
            id=unit_id,
            number=number,
            source=source,
            target=target,
            state=state,
            doubtful=self._wish.doubts(state, bead_score, source, target, origin),
            issue_count=issue_count,
            worst=None if worst is None else Severity(worst),
            version=version,
            note_count=len(said := json.loads(notes)),
            is_questioned=any(note.startswith(OPEN_COMMENT) for note in said),
            is_noted=bool(noted),
            origin=origin,
        )

    def _count(self, condition: str, **given: Any) -> int:
        found = self._one(f"SELECT count(*) FROM unit WHERE {_HERE} {condition}", **given)
        return int(found[0]) if found is not None else 0

    def _one(self, query: str, **given: Any) -> tuple[Any, ...] | None:
        found: tuple[Any, ...] | None = self._connection.execute(query, {**self._given, **given}).fetchone()
        return found
