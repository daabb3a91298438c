"""What a key press asks of the database does not grow with the document: no scan, sorting, counting or OFFSET."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from session_parts import CHECKS
from sqlalchemy import event

from workbench.model import Document, Draft, TranslationUnit
from workbench.review.session import ReviewSession
from workbench.store import Store, open_store
from workbench.termbase import Termbase

KEYS = {
    "page": lambda session: session.page(5, 10),
    "next": lambda session: session.next() + session.unit.id,
    "last": lambda session: session.last(),
    "goto": lambda session: session.goto(7),
    "next_open": lambda session: session.next_open(),
    "edit": lambda session: session.edit("改。"),
    "confirm": lambda session: session.confirm("好。"),
    "note": lambda session: session.note("see"),
    "progress": lambda session: session.progress(),
    "undo": lambda session: session.undo(),
    "history": lambda session: session.history(),
    "poll": lambda session: session.poll(),
}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = open_store(tmp_path / "review.db")
    units = [
        TranslationUnit("", 0, f"S{index}.", f"第{index}。", drafts=(Draft("d", "第。"),))
        for index in range(60)
    ]
    for name in ("one", "two", "three"):
        store.save_document(Document(name, "txt"), units)
    return store


@pytest.mark.parametrize("key", KEYS)
def test_a_key_costs_the_same_in_any_document(store: Store, key: str) -> None:
    session = ReviewSession(store, "two", "ann", checks=CHECKS, termbase=Termbase())
    session.check_all()
    session.progress()
    session.confirm("先。")
    asked: list[tuple[str, Any]] = []

    def listen(_connection: Any, _cursor: Any, statement: str, given: Any, _context: Any, many: bool) -> None:
        asked.append((statement, given[0] if many else given))

    engine = store._database._engine
    event.listen(engine, "before_cursor_execute", listen)
    KEYS[key](session)
    event.remove(engine, "before_cursor_execute", listen)
    statements = [(text, given) for text, given in asked if not text.startswith("BEGIN")]
    assert bool(statements) == (key != "progress")
    assert len(statements) <= 45
    for text, given in statements:
        assert "OFFSET" not in text.replace("LIMIT ? OFFSET ?", "") or given[-1] == 0, text
        assert "count(" not in text.lower(), text
        if text.startswith("INSERT"):
            continue
        with engine.connect() as connection:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", given).all()
        for *_numbers, step in plan:
            assert not step.startswith("SCAN unit"), (text, step)
            assert "TEMP B-TREE" not in step, (text, step)
