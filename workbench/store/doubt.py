"""Which units are doubtful, as a condition on their rows: the rule of `Filter.doubts` for the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, false, func, or_

from workbench.model import LEFT_OUT, Origin, State
from workbench.store.schema import UNIT

if TYPE_CHECKING:
    from workbench.store.records import Filter

# SQLite's trim() takes away spaces only, unless it is told what else is white space.
_WHITE = "".join(char for char in map(chr, range(0x3001)) if char.isspace())


def doubtful(wish: Filter) -> ColumnElement[bool]:
    """The condition that a unit is doubtful by what `wish` calls so."""
    if not wish.doubt_below:
        return false()
    source, target = (func.trim(side, _WHITE) for side in (UNIT.c.source, UNIT.c.target))
    added = and_(UNIT.c.origin != Origin.ADDED, source == "", target != "")
    left_out = and_(UNIT.c.origin.endswith(LEFT_OUT), target == "", source != "")
    return and_(UNIT.c.state == State.INITIAL, or_(UNIT.c.bead_score < wish.doubt_below, added, left_out))
