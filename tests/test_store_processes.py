"""Two programs on one store: both get their work in, and neither overwrites the other's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from workbench.model import Document, Draft, State, TranslationUnit
from workbench.store import open_store

REVIEWER = """
import sys
from workbench import checks
from workbench.errors import StaleUnitError
from workbench.review.session import ReviewSession
from workbench.store import open_store
from workbench.termbase import Termbase

path, author = sys.argv[1:]
session = ReviewSession(open_store(path), "doc", author, checks=(), termbase=Termbase())
print("ready", flush=True)
sys.stdin.readline()
refused = 0
for number in range(1, session.total + 1):
    session.goto(number)
    try:
        session.note(author)
    except StaleUnitError:
        refused += 1
        session.note(author)
print(refused)
"""


def test_two_programs_write_the_same_units_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a?b#c%20 项目" / "review.db"
    with open_store(path) as store:
        units = [
            TranslationUnit("", 0, f"S{index}.", f"第{index}。", drafts=(Draft("d", "第。"),))
            for index in range(40)
        ]
        store.save_document(Document("doc", "txt"), units)
    assert path.exists()
    pair = [
        subprocess.Popen(
            [sys.executable, "-c", REVIEWER, str(path), author],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for author in ("ann", "bob")
    ]
    for process in pair:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in pair:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in pair:
        answer, complaint = process.communicate(timeout=60)
        assert complaint == ""
        assert int(answer) >= 0
    with open_store(path) as store:
        assert [sorted(unit.notes) for unit in store.units("doc")] == [["ann", "bob"]] * 40
        assert {unit.state for unit in store.units("doc")} == {State.INITIAL}
        assert {unit.version for unit in store.units("doc")} == {2}
