"""Databases of older schemas: they are copied, brought up to date and keep their work."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from workbench.errors import StoreError
from workbench.store import Change, Filter, Finding, open_store
from workbench.store.schema import METADATA, VERSIONS
from workbench.store.upgrade import MIGRATIONS, migrate

FIRST_SCHEMA = Path(__file__).parent / "data" / "store_0001.sql"
"""A database as schema 0001 had it, with a document, a confirmed unit and an undone edit; written by sqlite3's dump."""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "review.db"
    with sqlite3.connect(path) as database:
        database.executescript(FIRST_SCHEMA.read_text(encoding="utf-8"))
        database.execute("PRAGMA journal_mode = WAL")
    database.close()
    return path


def shape(path: Path) -> list[tuple[str, list[tuple[object, ...]]]]:
    """Every table with its columns, every index with its columns, every foreign key."""
    with sqlite3.connect(path) as database:
        names = database.execute(
            "SELECT type, name, tbl_name FROM sqlite_master ORDER BY type, name"
        ).fetchall()
        found = [("names", list(names))]
        for kind, name, _table in names:
            pragmas = (
                ("table_info", "foreign_key_list", "index_list") if kind == "table" else ("index_xinfo",)
            )
            for pragma in pragmas:
                rows = database.execute(f"PRAGMA {pragma}({name})").fetchall()
                if pragma == "index_list":
                    rows = sorted(row[1:] for row in rows)
                found.append((f"{pragma} {name}", rows))
    return found


def test_an_old_database_is_copied_upgraded_and_keeps_its_work(old: Path, tmp_path: Path) -> None:
    with open_store(old) as store:
        assert [(one.id, one.target, str(one.state)) for one in store.units("talk")] == [
            ("talk:1", "早上好。", "reviewed"),
            ("talk:2", "谢谢大家。", "initial"),
        ]
        assert [edit.text for edit in store.post_edits_of("talk")] == ["早上好。"]
        redone = store.redo("talk", "ann")
        assert redone is not None
        assert store.unit("talk:2").target == "多谢各位。"
        store.save_findings("talk", "c", [Finding("talk:1", 1, 1, None)])
        assert store.unit_ids("talk", Filter(("issues",), checks="c")) == ["talk:1"]
    with sqlite3.connect(tmp_path / "review.db.0001.bak") as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        assert copy.execute("SELECT target FROM unit ORDER BY rank").fetchall() == [
            ("早上好。",),
            ("谢谢大家。",),
        ]
        tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert "finding" not in tables


def test_an_older_copy_is_never_written_over(old: Path, tmp_path: Path) -> None:
    (tmp_path / "review.db.0001.bak").write_text("mine")
    open_store(old).close()
    assert (tmp_path / "review.db.0001.bak").read_text() == "mine"
    assert (tmp_path / "review.db.0001.2.bak").exists()


def test_a_locked_old_database_stays_as_it_is(old: Path) -> None:
    with sqlite3.connect(old) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match=r"review\.db: locked"):
            open_store(old, timeout_seconds=0.1)
        holder.rollback()
        assert holder.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)


def test_migrations_and_a_fresh_store_come_to_the_same_schema(old: Path, tmp_path: Path) -> None:
    open_store(tmp_path / "fresh.db").close()
    open_store(old).close()
    engine = create_engine(f"sqlite:///{tmp_path / 'steps.db'}")
    with engine.begin() as connection:
        migrate(connection, to=VERSIONS[-1])
    engine.dispose()
    assert shape(tmp_path / "steps.db") == shape(tmp_path / "fresh.db")
    assert shape(old) == shape(tmp_path / "fresh.db")


def test_every_version_has_its_migration() -> None:
    files = sorted(path.stem[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
    assert files == list(VERSIONS)


def test_a_new_store_needs_no_alembic(tmp_path: Path) -> None:
    code = (
        "import sys; from workbench.store import open_store; open_store(sys.argv[1]).close();"
        "open_store(sys.argv[1]).documents(); print('alembic' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "review.db")], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


def test_two_programs_may_upgrade_at_once(old: Path) -> None:
    code = "import sys; from workbench.store import open_store; print(len(open_store(sys.argv[1]).units('talk')))"
    both = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(old)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    assert [process.communicate() for process in both] == [("2\n", ""), ("2\n", "")]


def test_the_tables_are_the_ones_that_are_known() -> None:
    assert sorted(METADATA.tables) == [
        "alembic_version", "annotation", "counter", "document", "finding", "journal", "place", "post_edit", "rating",
        "saved_view", "unit", "unit_time", "waiver",
    ]  # fmt: skip


def test_upgraded_units_can_be_decided_on(old: Path) -> None:
    with open_store(old) as store:
        second = store.unit("talk:2")
        store.decide("talk", "bob", "edit", [Change(replace(second, target="多谢。"))])
        assert store.unit("talk:2").target == "多谢。"
