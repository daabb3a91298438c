"""What the terms of a filter ask of the database, as conditions on the rows of units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, exists, not_, or_

from workbench.model import State
from workbench.store.schema import ANNOTATION, FINDING, POST_EDIT, RATING, UNIT, WAIVER

if TYPE_CHECKING:
    from workbench.store.records import Filter, Term

_HAVING = {"annotated": ANNOTATION, "rated": RATING, "waived": WAIVER}


def conditions(wish: Filter) -> list[ColumnElement[bool]]:
    """The conditions that the database can say; what the terms ask beyond them is read row by row."""
    return [
        not_(condition) if term.is_negated else condition
        for term in wish.terms
        if (condition := _condition(term, wish)) is not None
    ]


def _condition(term: Term, wish: Filter) -> ColumnElement[bool] | None:
    name, values = (term.where[0], term.where[1:]) if term.where else ("", ())
    match name:
        case "state":
            return UNIT.c.state.in_([str(one) for one in values])
        case "open":
            return UNIT.c.state.in_(sorted(set(State).difference(wish.done)))
        case "finding":
            return _found(wish.checks, *values)
        case "changed":
            return _changed(*values)
        case "by":
            return _by(values[0])
        case "sure":
            low, high = values
            return and_(UNIT.c.bead_score >= low, UNIT.c.bead_score <= high)
        case "rank":
            return UNIT.c.rank.between(*values)
        case "noted":
            return UNIT.c.notes != "[]"
        case "annotated" | "rated" | "waived":
            table = _HAVING[name]
            found = exists().where(table.c.unit == UNIT.c.key)
            return found.where(ANNOTATION.c.category != "no-error") if table is ANNOTATION else found
        case _:
            return None


def _found(checks: str, ids: tuple[str, ...], severities: tuple[str, ...]) -> ColumnElement[bool]:
    """Whether one of these checks found something of one of these severities; none named = any."""
    wanted = [f"% {check or '%'}:{grade or '%'} %" for check in ids or ("",) for grade in severities or ("",)]
    return exists().where(
        FINDING.c.unit == UNIT.c.key,
        FINDING.c.version == UNIT.c.version,
        FINDING.c.checks == checks,
        or_(*map(FINDING.c.kinds.like, wanted)),
    )


def _changed(since: str, until: str) -> ColumnElement[bool]:
    """Whether a decision changed the unit from `since` on and before `until`, both in UTC, "" = open."""
    if not since and not until:
        return UNIT.c.changed_at.is_not(None)
    known: list[ColumnElement[bool]] = [UNIT.c.changed_at.is_not(None)]
    known += [UNIT.c.changed_at >= since] if since else []
    known += [UNIT.c.changed_at < until] if until else []
    return and_(*known)


def _by(author: str) -> ColumnElement[bool]:
    """Whether somebody changed the unit last, or saved a text of it that was not undone."""
    saved: Any = exists().where(
        POST_EDIT.c.unit == UNIT.c.key, POST_EDIT.c.author == author, POST_EDIT.c.undone == 0
    )
    return or_(UNIT.c.changed_by == author, saved)
