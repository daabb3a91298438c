"""What checks know of all units of a review, out of memory: entries in a private file of SQLite that nobody else sees.

The file is a temporary one without a name: it takes memory only up to a few megabytes and is gone with the connection.
"""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Entry: TypeAlias = "tuple[int, int, int | str, int]"
"""Space (whose entries these are), key, value, how many times."""
Placed: TypeAlias = "tuple[str, int, str]"
"""Document, position and id of a unit."""

_CACHE_KIB = 3000
_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA temp_store = FILE;
CREATE TABLE entry (space INTEGER, key INTEGER, value, document TEXT, position INTEGER, unit TEXT,
    PRIMARY KEY (space, key, value, document, position, unit)) WITHOUT ROWID;
CREATE TABLE tally (space INTEGER, key INTEGER, value, number INTEGER,
    PRIMARY KEY (space, key, value)) WITHOUT ROWID;
CREATE TABLE owner (document TEXT, unit TEXT, position INTEGER, entries TEXT,
    PRIMARY KEY (document, unit)) WITHOUT ROWID;
"""
_OF_GROUP = "space = ? AND key = ? AND value = ?"
_COUNT = "INSERT INTO tally VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET number = number + excluded.number"


class Shelf:
    """Entries of units: a value under a key of a space. Used from one thread at a time, whichever it is."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", check_same_thread=False, isolation_level=None)
        self._database.executescript(f"PRAGMA cache_size = -{_CACHE_KIB};{_SCHEMA}")

    def put(self, units: Iterable[tuple[Placed, Sequence[Entry]]]) -> None:
        """Take in the entries of units that are not in; a unit without entries leaves nothing."""
        entries: list[tuple[int, int, int | str, str, int, str]] = []
        counts: list[Entry] = []
        owners: list[tuple[str, str, int, str]] = []
        for (document, position, unit), found in units:
            if found:
                owners.append((document, unit, position, json.dumps(found, ensure_ascii=False)))
                entries += [(*entry[:3], document, position, unit) for entry in found]
                counts += found
        run = self._database
        run.execute("BEGIN")
        run.executemany("INSERT OR IGNORE INTO entry VALUES (?, ?, ?, ?, ?, ?)", entries)
        run.executemany(_COUNT, counts)
        run.executemany("INSERT INTO owner VALUES (?, ?, ?, ?)", owners)
        run.execute("COMMIT")

    def drop(self, document: str, unit: str) -> None:
        """Take out a unit's entries; nothing happens where it has none."""
        held = self._held(document, unit)
        if held is None:
            return
        position, found = held
        run = self._database
        run.execute("BEGIN")
        for space, key, value, number in found:
            run.execute(
                f"DELETE FROM entry WHERE {_OF_GROUP} AND document = ? AND position = ? AND unit = ?",
                (space, key, value, document, position, unit),
            )
            run.execute(_COUNT, (space, key, value, -number))
            run.execute(f"DELETE FROM tally WHERE {_OF_GROUP} AND number <= 0", (space, key, value))
        run.execute("DELETE FROM owner WHERE document = ? AND unit = ?", (document, unit))
        run.execute("COMMIT")

    def tally(self, space: int, key: int) -> list[tuple[int | str, int]]:
        """The values under a key and how often each is there."""
        query = "SELECT value, number FROM tally WHERE space = ? AND key = ?"
        return self._database.execute(query, (space, key)).fetchall()

    def has(self, space: int, key: int, value: int | str, place: Placed) -> bool:
        """Whether the unit at a place has a value."""
        query = f"SELECT 1 FROM entry WHERE {_OF_GROUP} AND document = ? AND position = ? AND unit = ?"
        return self._database.execute(query, (space, key, value, *place)).fetchone() is not None

    def first(self, space: int, key: int, value: int | str, *, besides: Placed) -> Placed | None:
        """The first unit with a value other than one; None where there is none."""
        query = (
            f"SELECT document, position, unit FROM entry WHERE {_OF_GROUP}"
            " ORDER BY document, position, unit LIMIT 2"
        )
        rows = self._database.execute(query, (space, key, value)).fetchall()
        return next((row for row in rows if row != besides), None)

    def entries(self, document: str, unit: str) -> Sequence[Entry]:
        """The entries of a unit."""
        held = self._held(document, unit)
        return held[1] if held is not None else ()

    def units(self, space: int, key: int) -> Iterator[str]:
        """The ids of the units that have any value under a key."""
        query = "SELECT unit FROM entry WHERE space = ? AND key = ?"
        return (unit for (unit,) in self._database.execute(query, (space, key)).fetchall())

    def close(self) -> None:
        """Forget everything."""
        self._database.close()

    def __del__(self) -> None:
        """Let go of the file."""
        self._database.close()

    def _held(self, document: str, unit: str) -> tuple[int, list[Entry]] | None:
        query = "SELECT position, entries FROM owner WHERE document = ? AND unit = ?"
        row = self._database.execute(query, (document, unit)).fetchone()
        return (row[0], [tuple(entry) for entry in json.loads(row[1])]) if row is not None else None
