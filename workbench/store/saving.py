"""Importing a document into the store: what was reviewed stays, what is new comes in, what is gone is set aside."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, insert, select, update

from workbench.errors import StoreError
from workbench.model import Origin
from workbench.store import codec, counting
from workbench.store.journal import next_change, reorder
from workbench.store.reading import CHUNK
from workbench.store.schema import DECIDED_AWAY, DOCUMENT, FINDING, GAP, PRESENT, SET_ASIDE, UNIT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from workbench.model import Document, TranslationUnit
    from workbench.store.codec import AnyRow
    from workbench.store.records import Finding


@dataclass(slots=True)
class _Plan:
    """What an import does: the keys that stay in order, with None for each unit of `fresh` in turn."""

    sequence: list[int | None] = field(default_factory=list)
    fresh: list[TranslationUnit] = field(default_factory=list)
    refreshed: list[codec.Values] = field(default_factory=list)
    revived: set[int] = field(default_factory=set)
    aside: set[int] = field(default_factory=set)


def save_document(
    connection: Connection,
    document: Document,
    units: Sequence[TranslationUnit],
    *,
    source_digest: str,
    draft_digest: str,
    at: datetime,
) -> None:
    """Store a document and its units; see `Store.save_document`."""
    _refuse_twice(document.name, units)
    values = {
        "format": document.format,
        "source_lang": document.source_lang,
        "target_lang": document.target_lang,
        "skeleton": document.skeleton,
        "source_digest": source_digest,
        "draft_digest": draft_digest,
        "imported_at": at.isoformat(),
    }
    columns = (DOCUMENT.c.key, DOCUMENT.c.last_number)
    row = connection.execute(select(*columns).where(DOCUMENT.c.id == document.name)).one_or_none()
    if row is None:
        made = insert(DOCUMENT).values(
            id=document.name, last_number=0, order_version=0, rank_epoch=0, **values
        )
        key, last_number = connection.execute(made.returning(DOCUMENT.c.key)).scalar_one(), 0
    else:
        key, last_number = row.key, row.last_number
        connection.execute(update(DOCUMENT).where(DOCUMENT.c.key == key).values(**values))
    plan, stored = _planned(connection, key, units)
    change = next_change(connection)
    _mark(connection, plan, change)
    last_number = _place(connection, key, plan, stored, change, document.name, last_number)
    numbered = update(DOCUMENT).where(DOCUMENT.c.key == key).values(last_number=last_number)
    connection.execute(numbered)
    reorder(connection, key, renumbered=True)
    counting.set_even(connection, key)


def _refuse_twice(name: str, units: Sequence[TranslationUnit]) -> None:
    seen: set[str] = set()
    for unit in units:
        if unit.id and unit.id in seen:
            raise StoreError(f"document {name}: the unit id {unit.id!r} occurs twice")
        seen.add(unit.id)


def _planned(
    connection: Connection, document: int, units: Sequence[TranslationUnit]
) -> tuple[_Plan, list[AnyRow]]:
    columns = (
        UNIT.c.key, UNIT.c.id, UNIT.c.rank, UNIT.c.removed, UNIT.c.part_of, UNIT.c.bead_score,
        UNIT.c.source_segments, UNIT.c.draft_segments, UNIT.c.origin,
    )  # fmt: skip
    stored = list(
        connection.execute(select(*columns).where(UNIT.c.document == document).order_by(UNIT.c.rank))
    )
    by_id = {row.id: row for row in stored}
    given = {by_id[unit.id].key for unit in units if unit.id in by_id}
    parts: dict[int, list[AnyRow]] = {}
    for row in stored:
        if row.part_of is not None:
            parts.setdefault(row.part_of, []).append(row)
    plan = _Plan()
    for unit in units:
        if unit.id not in by_id:
            plan.fresh.append(unit)
            plan.sequence.append(None)
            continue
        row = by_id[unit.id]
        if row.removed == DECIDED_AWAY and row.part_of in given:
            continue
        if row.removed != PRESENT:
            plan.revived.add(row.key)
        _keep(plan, row.key, row.rank, parts, given)
        if row.key not in parts and row.part_of is None and row.origin not in set(Origin):
            _refresh(plan, row, unit)
    kept = set(plan.sequence)
    plan.aside = {row.key for row in stored if row.removed == PRESENT and row.key not in kept}
    return plan, stored


def _keep(plan: _Plan, key: int, rank: int, parts: dict[int, list[AnyRow]], given: set[int]) -> None:
    """Put a unit in the sequence, and around it, as they stand, the units that reviewers cut from it."""
    family, waiting = [(rank, key)], list(parts.get(key, ()))
    while waiting:
        part = waiting.pop()
        if part.key in given:
            continue
        if part.removed == PRESENT:
            family.append((part.rank, part.key))
        waiting += parts.get(part.key, ())
    plan.sequence += [one for _rank, one in sorted(family)]


def _refresh(plan: _Plan, row: AnyRow, unit: TranslationUnit) -> None:
    news = codec.alignment_values(unit)
    if any(getattr(row, name) != value for name, value in news.items()):
        plan.refreshed.append({"of_key": row.key, **news})


def _mark(connection: Connection, plan: _Plan, change: int) -> None:
    if plan.refreshed:
        names = ("bead_score", "source_segments", "draft_segments", "origin")
        refreshed = update(UNIT).where(UNIT.c.key == bindparam("of_key"))
        connection.execute(refreshed.values({name: bindparam(name) for name in names}), plan.refreshed)
    for keys, values in (
        (plan.aside, {"removed": SET_ASIDE}),
        (plan.revived, {"removed": PRESENT, "part_of": None}),
    ):
        if keys:
            marked = update(UNIT).where(UNIT.c.key == bindparam("of_key"))
            marked = marked.values(change=change, version=UNIT.c.version + 1, **values)
            connection.execute(marked, [{"of_key": key} for key in sorted(keys)])


def _place(
    connection: Connection,
    document: int,
    plan: _Plan,
    stored: list[AnyRow],
    change: int,
    name: str,
    last_number: int,
) -> int:
    """Insert what is new and give every unit its rank; returns the last number given to a unit."""
    old_rank = {row.key: row.rank for row in stored}
    new_rank = {key: (index + 1) * GAP for index, key in enumerate(plan.sequence) if key is not None}
    before, behind = 0, GAP // 2
    for row in stored:
        if row.key in new_rank:
            before = new_rank[row.key]
        else:
            behind += 1
            new_rank[row.key] = before + behind
    moved = [{"of_key": key, "to": rank} for key, rank in new_rank.items() if old_rank[key] != rank]
    if moved:
        connection.execute(
            update(UNIT).where(UNIT.c.key == bindparam("of_key")).values(rank=bindparam("to")), moved
        )
    prefix = f"{name}:"
    for unit in plan.fresh:
        number = unit.id.removeprefix(prefix)
        if unit.id.startswith(prefix) and number.isascii() and number.isdigit():
            last_number = max(last_number, int(number[:9]))
    fresh = iter(plan.fresh)
    rows = []
    for index, key in enumerate(plan.sequence):
        if key is None:
            unit = next(fresh)
            if not unit.id:
                last_number += 1
            rows.append(
                new_row(unit, document, unit.id or f"{prefix}{last_number}", (index + 1) * GAP, change)
            )
    if rows:
        connection.execute(insert(UNIT), rows)
    return last_number


def new_row(unit: TranslationUnit, document: int, unit_id: str, rank: int, change: int) -> codec.Values:
    """The columns of a unit that is not stored yet."""
    return {
        "document": document,
        "id": unit_id,
        "rank": rank,
        "removed": PRESENT,
        "part_of": None,
        "version": 0,
        "change": change,
        "changed_at": None if unit.changed_at is None else unit.changed_at.isoformat(),
        "changed_by": unit.changed_by,
        **codec.unit_values(unit),
        **codec.fixed_values(unit),
    }


def save_findings(connection: Connection, document: int, checks: str, findings: Sequence[Finding]) -> None:
    """Keep what the checks found in units whose version is still the one that they saw."""
    for start in range(0, len(findings), CHUNK):
        chunk = {finding.unit_id: finding for finding in findings[start : start + CHUNK]}
        query = select(UNIT.c.key, UNIT.c.id, UNIT.c.version)
        units = connection.execute(query.where(UNIT.c.document == document, UNIT.c.id.in_(list(chunk))))
        rows = [
            {
                "unit": unit.key,
                "version": unit.version,
                "checks": checks,
                "issue_count": chunk[unit.id].count,
                "worst": None if (worst := chunk[unit.id].worst) is None else str(worst),
                "kinds": f" {' '.join(chunk[unit.id].kinds)} " if chunk[unit.id].kinds else "",
            }
            for unit in units
            if unit.version == chunk[unit.id].version
        ]
        if rows:
            connection.execute(delete(FINDING).where(FINDING.c.unit.in_([row["unit"] for row in rows])))
            connection.execute(insert(FINDING), rows)
