"""A project with a store of any number of units for the benchmarks of the screen: a million take half a minute."""

from __future__ import annotations

import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
SOURCE = "Speaker {n} of the session said that {n} people had come, and thanked all of them."
TARGET = "第{n}位发言人说，共有{n}人到场，并向所有人表示感谢。"
GAP = 1 << 36


def make_project(folder: Path, count: int) -> None:
    """A project of one document of so many units: the first is imported, the others are rows made like it."""
    sys.path.insert(0, str(ROOT))
    from workbench.model import Document, Draft, TranslationUnit
    from workbench.review.project import open_project

    (folder / "segments").mkdir(parents=True)
    (folder / "glossary.yaml").write_text("session: [会议, 场次]\npeople: 人\n", encoding="utf-8")
    target = TARGET.format(n=0)
    first = TranslationUnit("talk:0", 0, SOURCE.format(n=0), target, drafts=(Draft("mt", target, "mt"),))
    with open_project(folder) as project:
        project.store.save_document(Document("talk", "text"), [first])
    with closing(sqlite3.connect(folder / ".workbench" / "review.db")) as database:
        _fill(database, count)
        database.commit()


def _fill(database: sqlite3.Connection, count: int) -> None:
    """Insert all units behind the first; indexes are dropped meanwhile."""
    names = [row[1] for row in database.execute("PRAGMA table_info(unit)")]
    first = dict(zip(names, database.execute("SELECT * FROM unit").fetchone(), strict=True))
    indexes = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'unit' AND sql IS NOT NULL"
    )
    held = database.execute(indexes).fetchall()
    for name, _ in held:
        database.execute(f"DROP INDEX {name}")

    def rows() -> Iterator[list[Any]]:
        for number in range(1, count):
            target = TARGET.format(n=number)
            draft = json.dumps([["mt", target, "mt", None, None]], ensure_ascii=False, separators=(",", ":"))
            own = {"key": number + 1, "id": f"talk:{number}", "rank": (number + 1) * GAP, "drafts": draft}
            own |= {"source": SOURCE.format(n=number), "target": target}
            yield [own.get(name, first[name]) for name in names]

    database.executemany(f"INSERT INTO unit VALUES ({', '.join('?' * len(names))})", rows())
    for _, statement in held:
        database.execute(statement)
    database.execute("UPDATE document SET last_number = ?", (count,))
