"""A process that confirms edits is killed with SIGKILL: every confirm that it reported is in the store."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from workbench.model import Document, Draft, State, TranslationUnit
from workbench.store import open_store

REVIEWER = """
import sys
from workbench import checks
from workbench.review.session import ReviewSession
from workbench.store import open_store
from workbench.termbase import Termbase

session = ReviewSession(open_store(sys.argv[1]), "doc", "ann", checks=checks.select(None), termbase=Termbase())
print("ready", flush=True)
while True:
    unit = session.unit
    text = f"{unit.target}（第{session.number}稿）"
    session.confirm(text)
    print(unit.id, text, flush=True)
"""


def test_no_confirmed_edit_is_lost_when_the_process_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "review.db"
    units = [
        TranslationUnit(
            "", index, f"Sentence {index}.", f"第{index}句。", drafts=(Draft("d", f"第{index}句。"),)
        )
        for index in range(400)
    ]
    with open_store(path) as store:
        store.save_document(Document("doc", "txt"), units)
    chance = random.Random(2019)
    confirmed: dict[str, str] = {}
    for _ in range(3):
        process = subprocess.Popen(
            [sys.executable, "-c", REVIEWER, str(path)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        reported = [process.stdout.readline() for _ in range(chance.randint(2, 40))]
        time.sleep(chance.uniform(0, 0.03))
        process.send_signal(signal.SIGKILL)
        reported += process.stdout.readlines()
        assert process.wait() == -signal.SIGKILL
        assert reported[0] == "ready\n"
        lines = [line.rstrip("\n").split(" ", 1) for line in reported[1:] if line.endswith("\n")]
        assert lines
        confirmed |= dict(lines)

        with sqlite3.connect(path) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        with open_store(path) as store:
            edits = {(edit.unit_id, edit.text) for edit in store.post_edits_of("doc")}
            for unit_id, text in confirmed.items():
                unit = store.unit(unit_id)
                assert (unit.target, unit.state) == (text, State.REVIEWED)
                assert (unit_id, text) in edits
            reviewed = [unit for unit in store.units("doc") if unit.state is State.REVIEWED]
            # The last confirm may have been stored before the kill and not been reported any more.
            assert len(reviewed) - len(confirmed) in (0, 1)
            confirmed |= {unit.id: unit.target for unit in reviewed}
            place = store.place("doc", "ann")
            assert place is not None
            last = store.unit(lines[-1][0]).position
            assert store.unit(place.unit_id).position - last in (0, 1)
