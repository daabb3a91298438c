"""The order of a document is the same whether it is told from its last rank or read."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from workbench.model import Document, State, TranslationUnit
from workbench.review.project import open_project
from workbench.store.schema import GAP, PRESENT, UNIT


def unit(number: int, state: State = State.INITIAL) -> TranslationUnit:
    return TranslationUnit(f"talk:{number}", number, f"Sentence {number}.", f"第{number}句。", state)


def test_the_order_after_all_that_changes_it(tmp_path: Path) -> None:
    (tmp_path / "segments").mkdir()
    with open_project(tmp_path, author="ann") as project:

        def ranks() -> list[int]:
            """What is told, which must be what a table scan finds."""
            project.store._orders.clear()
            told = list(project.store.order("talk").ranks)
            query = select(UNIT.c.rank).where(UNIT.c.removed == PRESENT).order_by(UNIT.c.rank)
            with project.store._database.reading() as connection:
                assert told == list(connection.scalars(query))
            return told

        project.store.save_document(Document("talk", "text"), [unit(number) for number in range(4)])
        assert ranks() == [GAP, 2 * GAP, 3 * GAP, 4 * GAP]
        session = project.review()
        session.split(4, 2)
        assert len(ranks()) == 5
        assert ranks()[0] < ranks()[1] < 2 * GAP
        session.undo()
        assert ranks() == [GAP, 2 * GAP, 3 * GAP, 4 * GAP]
        session.go_to_position(2)
        session.merge()
        assert ranks() == [GAP, 2 * GAP, 3 * GAP]
        kept = [unit(0), unit(3), unit(9)]
        project.store.save_document(Document("talk", "text"), kept)
        assert ranks() == [GAP, 2 * GAP, 3 * GAP]
        project.store.save_document(Document("talk", "text"), [])
        assert ranks() == []


def test_how_many_are_done(tmp_path: Path) -> None:
    (tmp_path / "segments").mkdir()
    states = [State.INITIAL, State.TRANSLATED, State.REVIEWED, State.FINAL, State.FINAL]
    with open_project(tmp_path) as project:
        units = [unit(number, state) for number, state in enumerate(states)]
        project.store.save_document(Document("talk", "text"), units)
        project.store.save_document(Document("empty", "text"), [])
        assert [(one.id, one.unit_count, one.done_count) for one in project.store.documents()] == [
            ("empty", 0, 0),
            ("talk", 5, 3),
        ]
