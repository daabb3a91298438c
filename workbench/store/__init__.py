"""The store of review work: documents, units, decisions with their undo, in SQLite through SQLAlchemy Core."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbench.store.records import (
    Change,
    Decided,
    DocumentRecord,
    Filter,
    Finding,
    HistoryEntry,
    Order,
    Place,
    Progress,
    UnitRow,
    Work,
    utc_now,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from workbench.store.store import Store

__all__ = [
    "Change",
    "Decided",
    "DocumentRecord",
    "Filter",
    "Finding",
    "HistoryEntry",
    "Order",
    "Place",
    "Progress",
    "Store",
    "UnitRow",
    "Work",
    "open_store",
    "utc_now",
]


def open_store(
    location: str | Path,
    *,
    clock: Callable[[], datetime] = utc_now,
    timeout_seconds: float = 5.0,
    detached: bool = False,
) -> Store:
    """Open the store at a path or SQLAlchemy URL, making or upgrading it where needed.

    A database of an older schema is copied beside itself before it is upgraded. Waits `timeout_seconds` for a
    lock that another program holds. With `detached` a database file is read into memory and never written: what
    changes is forgotten when the store is closed. Raises StoreError, whose one line names the file.
    """
    from workbench.store.database import connect
    from workbench.store.store import Store

    return Store(connect(location, timeout_seconds=timeout_seconds, detached=detached), clock=clock)


def __getattr__(name: str) -> Any:
    """Import the Store class when it is asked for, so that the values above cost no database library."""
    if name == "Store":
        from workbench.store.store import Store

        return Store
    raise AttributeError(f"module 'workbench.store' has no attribute {name!r}")
