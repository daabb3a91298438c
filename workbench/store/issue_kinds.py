"""How many issues of each check and severity the units of a document have, counted from the findings that are kept."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from workbench.store.reading import current_finding
from workbench.store.schema import FINDING, UNIT

if TYPE_CHECKING:
    from sqlalchemy import Connection


def issue_kinds(connection: Connection, document: int, checks: str) -> Counter[tuple[str, str]]:
    """(check, severity) → issues, by what those checks found in the current versions; the waived ones left out."""
    query = (
        select(FINDING.c.kinds, func.count())
        .join(UNIT, current_finding(checks))
        .where(UNIT.c.document == document, FINDING.c.kinds != "")
        .group_by(FINDING.c.kinds)
    )
    result: Counter[tuple[str, str]] = Counter()
    for kinds, units in connection.execute(query):
        for kind in kinds.split():
            check, _colon, severity = kind.partition(":")
            result[check, severity] += units
    return result
