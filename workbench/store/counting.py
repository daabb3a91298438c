"""Counting and ordering the units of documents of any length: by indexes alone, and without reading every rank."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, func, insert, select

from workbench.model import State
from workbench.store.schema import COUNTER, DOCUMENT, GAP, PRESENT, UNIT

if TYPE_CHECKING:
    from sqlalchemy import Connection

_READ_AT_ONCE = 10_000
_DONE = (State.REVIEWED, State.FINAL)
_HERE = (UNIT.c.document == bindparam("document"), UNIT.c.removed == PRESENT)
_RANKS = select(UNIT.c.rank).where(*_HERE).order_by(UNIT.c.rank)
_LAST = select(func.max(UNIT.c.rank)).where(*_HERE)
_STATES = select(UNIT.c.state, func.count()).where(*_HERE).group_by(UNIT.c.state)
_EVEN = select(COUNTER.c.value).where(COUNTER.c.name == bindparam("name"))


def unit_counts(connection: Connection, document: int) -> tuple[int, int]:
    """How many units a document has, and how many of them are reviewed or final."""
    counts = states(connection, document)
    return sum(counts.values()), sum(counts.get(state, 0) for state in _DONE)


def states(connection: Connection, document: int) -> dict[State, int]:
    """How many units a document has in each state that one of them is in."""
    rows: Any = connection.execute(_STATES, {"document": document})
    return {State(name): count for name, count in rows.all()}


def all_ranks(connection: Connection, document: int, order_version: int) -> array[int]:
    """The ranks of all units of a document, in order.

    As long as nobody has split or merged a unit since the import, they are told from the last one.
    """
    if connection.scalar(_EVEN, {"name": _name(document)}) == order_version:
        last = connection.scalar(_LAST, {"document": document})
        return array("q", range(GAP, int(last or 0) + 1, GAP))
    cursor: Any = connection.execute(_RANKS, {"document": document}).cursor
    ranks = array("q")
    while rows := cursor.fetchmany(_READ_AT_ONCE):
        ranks.extend([number for (number,) in rows])
    return ranks


def set_even(connection: Connection, document: int) -> None:
    """Note that in its order of now the units of a document have the ranks GAP, 2 GAP, 3 GAP, …"""
    version = connection.scalar(select(DOCUMENT.c.order_version).where(DOCUMENT.c.key == document))
    connection.execute(delete(COUNTER).where(COUNTER.c.name == _name(document)))
    connection.execute(insert(COUNTER).values(name=_name(document), value=version))


def _name(document: int) -> str:
    return f"even {document}"
