"""Reading documents, units and what belongs to them, in few queries whose cost a document's length does not raise."""

from __future__ import annotations

from array import array
from datetime import datetime
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, func, or_, select

from workbench.errors import NotFoundError, StoreError
from workbench.model import Severity, State, TranslationUnit
from workbench.store import codec, counting
from workbench.store.doubt import doubtful
from workbench.store.records import (
    OPEN_COMMENT,
    OPEN_REJECTION,
    DocumentRecord,
    Filter,
    Progress,
    UnitRow,
)
from workbench.store.schema import (
    ANNOTATION,
    COUNTER,
    DOCUMENT,
    FINDING,
    PRESENT,
    SET_ASIDE,
    UNIT,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, CursorResult

    from workbench.store.codec import AnyRow
    from workbench.store.records import Order

CHUNK = 500
"""How many values one IN (…) takes: every database allows that many."""

_DONE = (State.REVIEWED, State.FINAL)
_LOWER = {ord(letter): letter.lower() for letter in ascii_uppercase}


_HERE = (UNIT.c.document == bindparam("document"), UNIT.c.removed == PRESENT)
_AMONG = UNIT.c.rank.in_(bindparam("ranks", expanding=True))
_BETWEEN = UNIT.c.rank.between(bindparam("first"), bindparam("last"))

# Queries of every key press are built once: building one takes longer than running it.
_DOCUMENT = select(DOCUMENT.c.key, DOCUMENT.c.id, DOCUMENT.c.order_version, DOCUMENT.c.rank_epoch).where(
    DOCUMENT.c.id == bindparam("document_id")
)
_UNITS = select(*codec.UNIT_COLUMNS, UNIT.c.rank).where(*_HERE)
_NOTED = exists().where(ANNOTATION.c.unit == UNIT.c.key, ANNOTATION.c.category != "no-error")
_ROWS = (
    select(
        UNIT.c.id, UNIT.c.rank, UNIT.c.source, UNIT.c.target, UNIT.c.state, UNIT.c.bead_score, UNIT.c.version,
        UNIT.c.notes, FINDING.c.issue_count, FINDING.c.worst, UNIT.c.origin, _NOTED,
    )
    .outerjoin(
        FINDING,
        and_(
            FINDING.c.unit == UNIT.c.key,
            FINDING.c.version == UNIT.c.version,
            FINDING.c.checks == bindparam("checks"),
        ),
    )
    .where(*_HERE)
)  # fmt: skip
_IDS = select(UNIT.c.id, UNIT.c.rank).where(*_HERE)
_UNITS_AMONG, _UNITS_BETWEEN = _UNITS.where(_AMONG), _UNITS.where(_BETWEEN)
_ROWS_AMONG, _ROWS_BETWEEN = _ROWS.where(_AMONG), _ROWS.where(_BETWEEN)
_IDS_AMONG, _IDS_BETWEEN = _IDS.where(_AMONG), _IDS.where(_BETWEEN)
_RANKS_OF_IDS = _IDS.where(UNIT.c.id.in_(bindparam("ids", expanding=True)))
_IN_STATE = select(UNIT.c.rank).where(*_HERE, UNIT.c.state == bindparam("state"))
_AHEAD = _IN_STATE.where(UNIT.c.rank > bindparam("rank")).order_by(UNIT.c.rank).limit(1)
_BEHIND = _IN_STATE.where(UNIT.c.rank < bindparam("rank")).order_by(UNIT.c.rank.desc()).limit(1)


def document_row(connection: Connection, document_id: str) -> AnyRow:
    """The row of a document: key, id, order_version, rank_epoch. Raises NotFoundError."""
    row = connection.execute(_DOCUMENT, {"document_id": document_id}).one_or_none()
    if row is None:
        known = connection.scalars(select(DOCUMENT.c.id).order_by(DOCUMENT.c.id).limit(20))
        raise NotFoundError("document", document_id, known=tuple(known))
    return row


def documents(connection: Connection, document_id: str | None = None) -> list[DocumentRecord]:
    """The documents by name, or the one that is named."""
    query = select(DOCUMENT).order_by(DOCUMENT.c.id)
    if document_id is not None:
        query = query.where(DOCUMENT.c.key == document_row(connection, document_id).key)
    rows = connection.execute(query).all()
    counted = {row.key: counting.unit_counts(connection, row.key) for row in rows}
    return [
        DocumentRecord(
            id=row.id,
            name=row.id,
            format=row.format,
            source_lang=row.source_lang,
            target_lang=row.target_lang,
            skeleton=row.skeleton,
            source_digest=row.source_digest,
            draft_digest=row.draft_digest,
            imported_at=datetime.fromisoformat(row.imported_at),
            unit_count=counted[row.key][0],
            done_count=counted[row.key][1],
        )
        for row in rows
    ]


def wanted(document: int, wish: Filter) -> list[ColumnElement[bool]]:
    """The conditions on units of a document that a filter stands for; "issues" needs the findings joined."""
    conditions = [UNIT.c.document == document, UNIT.c.removed == PRESENT]
    opened = UNIT.c.state.in_(sorted(set(State).difference(wish.done)))
    meanings: dict[str, ColumnElement[bool]] = {
        "open": opened,
        "reviewed": UNIT.c.state.in_(_DONE),
        "doubt": doubtful(wish),
        "notes": UNIT.c.notes != "[]",
        "unresolved": _noted_as(OPEN_COMMENT),
        "rejected": and_(UNIT.c.state == str(State.INITIAL), _noted_as(OPEN_REJECTION)),
        "issues": FINDING.c.issue_count > 0,
    }
    conditions += [meanings[kind] for kind in wish.kinds if kind != "all"]
    if wish.terms:
        from workbench.store.wanting import conditions as of_terms

        conditions += of_terms(wish)
    if wish.text:
        # SQLite's lower() knows ASCII only, so the text is lowered likewise.
        text = codec.storable(wish.text).translate(_LOWER)
        sides = [UNIT.c.source, UNIT.c.target]
        found = [func.lower(side).contains(text, autoescape=True) for side in sides]
        if text.strip('[]", '):
            in_json = codec.packed(text)[1:-1]
            found.append(func.lower(UNIT.c.notes).contains(in_json, autoescape=True))
        conditions.append(or_(*found))
    return conditions


def _noted_as(beginnings: Sequence[str]) -> ColumnElement[bool]:
    """The condition that one of a unit's notes begins so: the list of them is text of JSON."""
    # Within a note a quotation mark has a stroke before it: what is looked for cannot stand inside one.
    first = [UNIT.c.notes.startswith(f'["{one}', autoescape=True) for one in beginnings]
    later = [UNIT.c.notes.contains(f',"{one}', autoescape=True) for one in beginnings]
    return or_(*first, *later)


def current_finding(checks: str) -> ColumnElement[bool]:
    """Joins a unit to what those checks found in its current version."""
    return and_(FINDING.c.unit == UNIT.c.key, FINDING.c.version == UNIT.c.version, FINDING.c.checks == checks)


def ranks(connection: Connection, document: int, wish: Filter) -> array[int]:
    """The ranks of the wanted units, in order."""
    query = select(UNIT.c.rank)
    if "issues" in wish.kinds:
        query = query.join(FINDING, current_finding(wish.checks))
    # Sorted here, so that the database may read from the index that serves the condition best.
    return array("q", sorted(_integers(connection.execute(query.where(*wanted(document, wish))))))


def _integers(result: CursorResult[Any]) -> list[int]:
    """The one column of a result, without a row object for each of what may be a million numbers."""
    cursor = result.cursor
    return [] if cursor is None else [number for (number,) in cursor.fetchall()]


def step(connection: Connection, document: int, wish: Filter, *, rank: int, forward: bool) -> int | None:
    """The rank of the nearest wanted unit after or before a rank, None where there is none."""
    if wish.kinds == ("open",) and not wish.text and not wish.terms:
        return _step_to_open(connection, document, wish, rank=rank, forward=forward)
    query = select(UNIT.c.rank)
    if "issues" in wish.kinds:
        query = query.join(FINDING, current_finding(wish.checks))
    query = query.where(*wanted(document, wish), UNIT.c.rank > rank if forward else UNIT.c.rank < rank)
    found = connection.scalar(query.order_by(UNIT.c.rank if forward else UNIT.c.rank.desc()).limit(1))
    return None if found is None else int(found)


def _step_to_open(
    connection: Connection, document: int, wish: Filter, *, rank: int, forward: bool
) -> int | None:
    """As `step`, with one look into the index for each open state, however many done units lie between."""
    found = []
    for state in set(State).difference(wish.done):
        given = {"document": document, "state": str(state), "rank": rank}
        nearest = connection.scalar(_AHEAD if forward else _BEHIND, given)
        if nearest is not None:
            found.append(int(nearest))
    return (min if forward else max)(found, default=None)


def units_at(
    connection: Connection, document: int, order: Order, wished: Sequence[int]
) -> list[TranslationUnit]:
    """The units at those ranks, in that order; ranks that are gone are left out."""
    found: dict[int, TranslationUnit] = {}
    for row in _at(connection, _UNITS_AMONG, _UNITS_BETWEEN, order, wished, {"document": document}):
        position = order.index(row[-1])
        if position is not None:
            found[row[-1]] = codec.unit_of(row, position)
    return [found[rank] for rank in wished if rank in found]


def rows_at(
    connection: Connection, document: int, order: Order, wished: Sequence[int], wish: Filter
) -> list[UnitRow]:
    """What a list shows of the units at those ranks, in that order; ranks that are gone are left out."""
    found: dict[int, UnitRow] = {}
    given = {"document": document, "checks": wish.checks}
    for row in _at(connection, _ROWS_AMONG, _ROWS_BETWEEN, order, wished, given):
        (
            unit_id,
            rank,
            source,
            target,
            state_name,
            bead_score,
            version,
            notes,
            issue_count,
            worst,
            origin,
            noted,
        ) = row
        position = order.index(rank)
        if position is None:
            continue
        state = codec.STATES[state_name]
        found[rank] = UnitRow(
            id=unit_id,
            number=position + 1,
            source=source,
            target=target,
            state=state,
            doubtful=wish.doubts(state, bead_score, source, target, origin),
            issue_count=issue_count,
            worst=None if worst is None else Severity(worst),
            version=version,
            note_count=len(said := codec.texts(notes)),
            is_questioned=any(note.startswith(OPEN_COMMENT) for note in said),
            is_noted=bool(noted),
            origin=origin,
        )
    return [found[rank] for rank in wished if rank in found]


def _at(
    connection: Connection,
    among: Select[*tuple[Any, ...]],
    between: Select[*tuple[Any, ...]],
    order: Order,
    wished: Sequence[int],
    given: dict[str, Any],
) -> list[AnyRow]:
    """The rows at some ranks: as one range where the ranks are neighbours, else by lists of them."""
    if not wished:
        return []
    first, last = order.index(wished[0]), order.index(wished[-1])
    if first is not None and last is not None and last - first + 1 == len(wished):
        ends = {"first": wished[0], "last": wished[-1]}
        return list(connection.execute(between, given | ends).all())
    rows: list[AnyRow] = []
    for start in range(0, len(wished), CHUNK):
        ranks = list(wished[start : start + CHUNK])
        rows += connection.execute(among, given | {"ranks": ranks}).all()
    return rows


def units_set_aside(connection: Connection, document: int) -> list[TranslationUnit]:
    """The units that an import took out, in the order in which they stood."""
    query = select(*codec.UNIT_COLUMNS, UNIT.c.rank).order_by(UNIT.c.rank)
    rows = connection.execute(query.where(UNIT.c.document == document, UNIT.c.removed == SET_ASIDE))
    return [codec.unit_of(row, position) for position, row in enumerate(rows)]


def unit_row(connection: Connection, unit_id: str, document_id: str | None) -> AnyRow:
    """The row of a unit by its id, which must be in one document only where none is named. Raises NotFoundError."""
    query = select(UNIT, DOCUMENT.c.id.label("document_id")).join(DOCUMENT, DOCUMENT.c.key == UNIT.c.document)
    query = query.where(UNIT.c.id == unit_id, UNIT.c.removed == PRESENT)
    if document_id is not None:
        query = query.where(DOCUMENT.c.id == document_id)
    rows = connection.execute(query.limit(2)).all()
    if not rows:
        raise NotFoundError("unit", unit_id)
    if len(rows) > 1:
        raise StoreError(f"unit {unit_id} is in several documents: name the document")
    return rows[0]


def ranks_of(connection: Connection, document: int, ids: Sequence[str]) -> dict[str, int]:
    """The ranks of units by id; those that are not in the document are left out."""
    found: dict[str, int] = {}
    for start in range(0, len(ids), CHUNK):
        chunk = list(ids[start : start + CHUNK])
        rows = connection.execute(_RANKS_OF_IDS, {"document": document, "ids": chunk})
        found |= {row.id: row.rank for row in rows}
    return found


def ids(connection: Connection, document: int, wish: Filter) -> list[str]:
    """The ids of the wanted units, in order."""
    query = select(UNIT.c.id)
    if "issues" in wish.kinds:
        query = query.join(FINDING, current_finding(wish.checks))
    return list(connection.scalars(query.where(*wanted(document, wish)).order_by(UNIT.c.rank)))


def ids_at(connection: Connection, document: int, order: Order, wished: Sequence[int]) -> list[str]:
    """The ids of the units at those ranks, in that order."""
    rows = _at(connection, _IDS_AMONG, _IDS_BETWEEN, order, wished, {"document": document})
    found = {rank: unit_id for unit_id, rank in rows}
    return [found[rank] for rank in wished if rank in found]


def last_change(connection: Connection) -> int:
    """The number of the last change."""
    return int(connection.scalar(select(COUNTER.c.value).where(COUNTER.c.name == "change")) or 0)


def changes_since(connection: Connection, number: int, document: int | None) -> tuple[int, list[str]]:
    """The number of the last change, and the ids of the units that changed after `number`, oldest change first."""
    newest = last_change(connection)
    if newest <= number:
        return number, []
    keys = list(connection.scalars(select(DOCUMENT.c.key))) if document is None else [document]
    found: list[AnyRow] = []
    for key in keys:
        query = select(UNIT.c.id, UNIT.c.change, UNIT.c.key).where(
            UNIT.c.document == key, UNIT.c.change > number
        )
        found += connection.execute(query).all()
    found.sort(key=lambda row: (row.change, row.key))
    return newest, [row.id for row in found]


def unchecked(
    connection: Connection, document: int, order: Order, checks: str, *, count: int, after: int
) -> list[TranslationUnit]:
    """The first units behind a rank whose current version those checks have not seen yet."""
    query = (
        select(*codec.UNIT_COLUMNS, UNIT.c.rank)
        .outerjoin(FINDING, current_finding(checks))
        .where(UNIT.c.document == document, UNIT.c.removed == PRESENT, UNIT.c.rank > after)
        .where(FINDING.c.unit.is_(None))
        .order_by(UNIT.c.rank)
        .limit(count)
    )
    found = []
    for row in connection.execute(query):
        position = order.index(row[-1])
        if position is not None:
            found.append(codec.unit_of(row, position))
    return found


def progress(connection: Connection, document: int, wish: Filter) -> Progress:
    """How far a document has come, counted anew."""
    counts = (
        select(
            UNIT.c.state,
            func.count().label("units"),
            func.sum(case((doubtful(wish), 1), else_=0)).label("doubtful"),
            func.sum(case((FINDING.c.issue_count > 0, 1), else_=0)).label("with_issues"),
            func.sum(case((FINDING.c.unit.is_(None), 1), else_=0)).label("unchecked"),
        )
        .outerjoin(FINDING, current_finding(wish.checks))
        .where(UNIT.c.document == document, UNIT.c.removed == PRESENT)
        .group_by(UNIT.c.state)
    )
    rows = connection.execute(counts).all()
    by_state = {row.state: row.units for row in rows}
    return Progress(
        total=sum(by_state.values()),
        initial=by_state.get(State.INITIAL, 0),
        translated=by_state.get(State.TRANSLATED, 0),
        reviewed=by_state.get(State.REVIEWED, 0),
        final=by_state.get(State.FINAL, 0),
        with_issues=sum(int(row.with_issues) for row in rows),
        doubtful=sum(int(row.doubtful) for row in rows),
        unchecked=sum(int(row.unchecked) for row in rows),
    )
