"""Reading through a document's texts in pieces, for what no index knows: nothing is held but the ranks found."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, bindparam, case, false, func, select

from workbench.store import codec
from workbench.store.reading import CHUNK, current_finding, wanted
from workbench.store.schema import PRESENT, UNIT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Connection

    from workbench.store.records import Filter, RowTest

PIECE = 4000
"""How many units are read at a time: a few milliseconds of work."""
_FIRST_PIECE = 500
_BETWEEN = UNIT.c.rank.between(bindparam("first"), bindparam("last"))
_DECODED: dict[str, Callable[[str], Any]] = {"notes": codec.texts, "drafts": codec.draft_values}
_HERE = (UNIT.c.document == bindparam("document"), UNIT.c.removed == PRESENT)
_SOURCES = select(UNIT.c.rank, UNIT.c.source).where(*_HERE, _BETWEEN)


def pieces(ranks: Sequence[int], *, after: int | None, forward: bool) -> Iterator[Sequence[int]]:
    """The ranks piece by piece, those nearest to `after` first and in a small piece."""
    from bisect import bisect_left, bisect_right

    size = _FIRST_PIECE if after is not None else PIECE
    if forward:
        start = 0 if after is None else bisect_right(ranks, after)
        while start < len(ranks):
            yield ranks[start : start + size]
            start, size = start + size, PIECE
    else:
        end = len(ranks) if after is None else bisect_left(ranks, after)
        while end > 0:
            yield ranks[max(0, end - size) : end]
            end, size = end - size, PIECE


class Scan:
    """A filter made ready for reading through one document; `look` goes through one piece of it."""

    def __init__(self, document: int, wish: Filter, *, repeated: frozenset[int] = frozenset()) -> None:
        self._document = document
        self._repeated = repeated
        self._where: list[ColumnElement[bool]] = list(wanted(document, wish))
        if "issues" in wish.kinds:
            self._where.append(current_finding(wish.checks))
        self._terms = [term for term in wish.terms if term.test is not None]
        self._repeats = [term.is_negated for term in wish.terms if term.where[:1] == ("repeated",)]
        self._joined_query: dict[tuple[str, ...], list[Any]] = {}
        self._is_rare = False
        self._pick = wish.pick

    def look(self, connection: Connection, piece: Sequence[int]) -> list[int]:
        """The ranks of the wanted units of a piece, in order."""
        given = {"first": piece[0], "last": piece[-1]}
        found: set[int] | None = None
        rest: list[tuple[RowTest, bool]] = []
        for term in self._terms:
            test = term.test
            assert test is not None
            hits = None
            if test.pattern is not None:
                hits = self._joined(connection, test, given, is_negated=term.is_negated)
            if hits is None:
                rest.append((test, term.is_negated))
                continue
            present, matching = hits
            matching = present - matching if term.is_negated else matching
            found = matching if found is None else found & matching
            if not found:
                return []
        if found is None and not rest:
            rows = connection.execute(select(UNIT.c.rank).where(*self._where, _BETWEEN), given).cursor
            found = {rank for (rank,) in rows.fetchall()} if rows is not None else set()
        if rest:
            found = self._row_by_row(connection, rest, given, found)
        assert found is not None
        for is_negated in self._repeats:
            found = found - self._repeated if is_negated else found & self._repeated
        return sorted(found)

    def values(self, connection: Connection, piece: Sequence[int], found: Sequence[int]) -> list[float]:
        """What the units found are picked by, in their order; nothing is read where that is their place."""
        pick = self._pick
        if pick is None or pick.value is None or not found:
            return [0.0] * len(found)
        rows = self._rows(connection, pick.columns, {"first": piece[0], "last": piece[-1]}, set(found))
        known = {rank: pick.value(*columns) for rank, columns in rows}
        return [known.get(rank, 0.0) for rank in found]

    def _joined(
        self, connection: Connection, test: RowTest, given: dict[str, Any], *, is_negated: bool
    ) -> tuple[set[int], set[int]] | None:
        """The ranks of the piece and those of them in which the pattern is, its texts read as one.

        None where the database cannot join them, or a text has line ends: then it is read row by row.
        """
        if connection.dialect.name != "sqlite":
            return None
        columns = tuple(name for name in test.columns if name != "notes")
        if columns not in self._joined_query:
            is_noted = (UNIT.c.notes != "[]") if "notes" in test.columns else false()
            noted = func.sum(case((is_noted, 1), else_=0))
            joined = [func.group_concat(UNIT.c[name], "\n") for name in columns]
            ranked = select(func.group_concat(UNIT.c.rank, "\n"), noted, *joined)
            bare = select(func.count(), noted, *joined)
            self._joined_query[columns] = [one.where(*self._where, _BETWEEN) for one in (ranked, bare)]
        ranked, bare = self._joined_query[columns]
        if self._is_rare and not is_negated:
            # Where the last piece had no hit this one has none either, as a rule: then no rank is asked for.
            count, noted, *texts = connection.execute(bare, given).one()
            if not noted and not any(test.pattern.search(text) for text in texts if count):
                return set(), set()
        numbers, noted, *texts = connection.execute(ranked, given).one()
        if numbers is None:
            return set(), set()
        ranks = [int(number) for number in numbers.split("\n")]
        if any(text.count("\n") != len(ranks) - 1 for text in texts):
            return None
        found = {ranks[row] for text in texts for row in lines_with(test.pattern, text)}
        self._is_rare = not found
        if noted:
            query = select(UNIT.c.rank, UNIT.c.notes).where(*self._where, _BETWEEN, UNIT.c.notes != "[]")
            for rank, notes in connection.execute(query, given):
                if rank not in found and any(test.pattern.search(note) for note in codec.texts(notes)):
                    found.add(rank)
        return set(ranks), found

    def _row_by_row(
        self,
        connection: Connection,
        tests: Sequence[tuple[RowTest, bool]],
        given: dict[str, Any],
        among: set[int] | None,
    ) -> set[int]:
        columns = tuple(dict.fromkeys(name for test, _no in tests for name in test.columns))
        places = [tuple(columns.index(name) for name in test.columns) for test, _no in tests]
        found = set()
        for rank, row in self._rows(connection, columns, given, among):
            if all(
                test.holds(*(row[at] for at in place)) is not is_negated
                for (test, is_negated), place in zip(tests, places, strict=True)
            ):
                found.add(rank)
        return found

    def _rows(
        self, connection: Connection, columns: tuple[str, ...], given: dict[str, Any], among: set[int] | None
    ) -> Iterator[tuple[int, list[Any]]]:
        query = select(UNIT.c.rank, *(UNIT.c[name] for name in columns)).where(*self._where)
        if among is not None and len(among) <= CHUNK:
            result = connection.execute(query.where(UNIT.c.rank.in_(sorted(among))))
        else:
            result = connection.execute(query.where(_BETWEEN), given)
        decoders = [_DECODED.get(name) for name in columns]
        for rank, *row in result.cursor.fetchall() if result.cursor is not None else ():
            if among is None or rank in among:
                yield (
                    rank,
                    [
                        value if decode is None else decode(value)
                        for decode, value in zip(decoders, row, strict=True)
                    ],
                )


def lines_with(pattern: Any, text: str) -> Iterator[int]:
    """The numbers, from 0, of the lines in which a pattern is that takes no line end in."""
    line = begin = 0
    match = pattern.search(text)
    while match is not None:
        line += text.count("\n", begin, match.start())
        yield line
        end = text.find("\n", match.start())
        if end < 0:
            return
        line, begin = line + 1, end + 1
        match = pattern.search(text, begin)


def hashes(connection: Connection, document: int, piece: Sequence[int]) -> tuple[array[int], array[int]]:
    """The ranks of a piece's units that have a source, and a number for each source: equal where these are."""
    given = {"document": document, "first": piece[0], "last": piece[-1]}
    cursor = connection.execute(_SOURCES, given).cursor
    ranks, numbers = array("q"), array("q")
    for rank, source in cursor.fetchall() if cursor is not None else ():
        if source.strip():
            ranks.append(rank)
            numbers.append(hash(source))
    return ranks, numbers


def repeated(ranks: array[int], numbers: array[int]) -> frozenset[int]:
    """The ranks whose number stands there more than once."""
    import numpy as np

    if not ranks:
        return frozenset()
    _unique, places, counts = np.unique(
        np.frombuffer(numbers, dtype=np.int64), return_inverse=True, return_counts=True
    )
    return frozenset(np.frombuffer(ranks, dtype=np.int64)[counts[places] > 1].tolist())
