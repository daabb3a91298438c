"""Bringing a database of an older schema up to date, after copying it."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.util import CommandError

from workbench.errors import StoreError
from workbench.store.schema import VERSIONS

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from workbench.store.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(database: Database, found: str) -> None:
    """Copy the database file, then run the migrations from `found` in one transaction."""
    if database.path is not None:
        copy_file(database.path, version=found)
    try:
        with database.writing() as connection:
            migrate(connection, to=VERSIONS[-1])
    except CommandError as error:
        raise StoreError(f"{database.name}: the upgrade from schema {found} failed: {error}") from error


def migrate(connection: Connection, *, to: str) -> None:
    """Run the migrations up to the version `to` on a connection that is in a transaction."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def copy_file(path: Path, *, version: str) -> Path:
    """Copy the database at `path` beside it as NAME.VERSION.bak, never over another copy; returns the copy's path."""
    copy = path.with_name(f"{path.name}.{version}.bak")
    number = 1
    while copy.exists():
        number += 1
        copy = path.with_name(f"{path.name}.{version}.{number}.bak")
    try:
        source = sqlite3.connect(path)
        target = sqlite3.connect(copy)
        try:
            source.backup(target)
        finally:
            target.close()
            source.close()
    except sqlite3.Error as error:
        copy.unlink(missing_ok=True)
        raise StoreError(f"{copy}: the copy before the upgrade failed: {error}") from error
    return copy
