"""The two sides of units without what belongs to them, and up to which change all findings of a document hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, insert, literal, select

from workbench.model import TranslationUnit
from workbench.store import codec
from workbench.store.reading import CHUNK
from workbench.store.schema import COUNTER, JOURNAL, PRESENT, UNIT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from workbench.store.codec import AnyRow

_LOOKED_AT = 20_000
_TRANSLATED = '"state":"translated"'
_SIDES = select(UNIT.c.id, UNIT.c.rank, UNIT.c.source, UNIT.c.target, UNIT.c.state).where(
    UNIT.c.document == bindparam("document"), UNIT.c.removed == PRESENT
)
_SIDES_BEHIND = _SIDES.where(UNIT.c.rank > bindparam("rank")).order_by(UNIT.c.rank).limit(bindparam("count"))
_SIDES_OF_IDS = _SIDES.where(UNIT.c.id.in_(bindparam("ids", expanding=True)))

_SIDES_EQUAL = _SIDES.where(UNIT.c.source == bindparam("source")).order_by(UNIT.c.rank)


def sides_behind(connection: Connection, document: int, rank: int, count: int) -> list[TranslationUnit]:
    """The next units behind a rank, in order, as `sides_of` gives them."""
    rows = connection.execute(_SIDES_BEHIND, {"document": document, "rank": rank, "count": count})
    return [_sides(row) for row in rows]


def sides_of(connection: Connection, document: int, ids: Sequence[str]) -> list[TranslationUnit]:
    """Units with no more than their texts and state, and with their rank as the position."""
    found: list[TranslationUnit] = []
    for start in range(0, len(ids), CHUNK):
        given = {"document": document, "ids": list(ids[start : start + CHUNK])}
        found += [_sides(row) for row in connection.execute(_SIDES_OF_IDS, given)]
    return found


def sides_equal(connection: Connection, document: int, source: str) -> list[TranslationUnit]:
    """The units whose source is exactly this one, in order, as `sides_of` gives them."""
    given = {"document": document, "source": codec.storable(source)}
    return [_sides(row) for row in connection.execute(_SIDES_EQUAL, given)]


def was_translated(connection: Connection, document: int) -> bool:
    """Whether a unit of the document was ever in the state translated, as far as 20,000 of its decisions tell."""
    some = select(JOURNAL.c.changes).where(JOURNAL.c.document == document).limit(_LOOKED_AT).subquery()
    query = select(literal(1)).select_from(some).where(some.c.changes.contains(_TRANSLATED)).limit(1)
    return connection.execute(query).first() is not None


def _sides(row: AnyRow) -> TranslationUnit:
    unit_id, rank, source, target, state = row
    return TranslationUnit(unit_id, rank, source, target, codec.STATES[state])


def settled(connection: Connection, document: int) -> int:
    """The number of the last change up to which every finding of a document is right, 0 where none is known."""
    value = connection.scalar(select(COUNTER.c.value).where(COUNTER.c.name == _name(document)))
    return int(value or 0)


def set_settled(connection: Connection, document: int, number: int) -> None:
    """Remember up to which change the findings of a document are right."""
    connection.execute(delete(COUNTER).where(COUNTER.c.name == _name(document)))
    connection.execute(insert(COUNTER).values(name=_name(document), value=number))


def _name(document: int) -> str:
    return f"settled {document}"
