"""Scoring on the workers of a real Dask scheduler, one of which is killed in the middle: the same numbers."""

from __future__ import annotations

import importlib.util
import os
import random
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from called import run

from workbench.errors import UsageError
from workbench.pipeline import measuring
from workbench.pipeline.sides import Side

pytestmark = [
    pytest.mark.dask,
    pytest.mark.skipif(
        importlib.util.find_spec("distributed") is None, reason="the extra dask is not installed"
    ),
]


def started(*command: str, ready: str) -> tuple[subprocess.Popen[str], str]:
    """A process, and the line of its log that matches."""
    root = str(Path(__file__).parent.parent)
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": root, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stderr is not None
    for line in process.stderr:
        if re.search(ready, line):
            return process, line
    raise AssertionError(f"{command} ended")


@pytest.fixture
def cluster() -> Iterator[tuple[str, list[subprocess.Popen[str]]]]:
    """The address of a scheduler on loopback, and its two workers."""
    scheduler, line = started(
        "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
        ready=r"Scheduler at:",
    )  # fmt: skip
    found = re.search(r"tcp://([\d.]+:\d+)", line)
    assert found is not None
    workers = [
        started("distributed.cli.dask_worker", f"tcp://{found[1]}", "--nthreads", "1", "--no-nanny",
                "--no-dashboard", "--host", "127.0.0.1", ready=r"Registered to")[0]
        for _ in range(2)
    ]  # fmt: skip
    yield f"dask://{found[1]}", workers
    for process in (*workers, scheduler):
        process.kill()
        process.wait()


def test_a_killed_worker_changes_no_number(cluster: tuple[str, list[subprocess.Popen[str]]]) -> None:
    address, workers = cluster
    chance = random.Random(1)
    texts = ["".join(chance.choice("的一是在不了有和人这") for _ in range(60)) for _ in range(800)]
    hypotheses = [text[chance.randrange(9) :] + text[:5] for text in texts]
    system, reference = Side("system", texts=hypotheses), Side("reference", texts=texts)
    done: list[int] = []

    def kill_one(count: int) -> None:
        done.append(count)
        if len(done) == 2:
            workers[0].send_signal(signal.SIGKILL)

    original = measuring.CHUNK
    measuring.CHUNK = 20
    try:
        found = measuring.measure(
            [system], [reference], ["bleu", "ter"], workers=address, keep=True, progress=kill_one
        )
    finally:
        measuring.CHUNK = original
    assert len(done) == 40
    assert workers[0].poll() is not None
    expected = measuring.measure([system], [reference], ["bleu", "ter"], keep=True)
    assert found.totals == expected.totals
    for key, table in expected.tables.items():
        assert found.tables[key].tolist() == table.tolist()


def test_the_command_uses_the_cluster(
    cluster: tuple[str, list[subprocess.Popen[str]]], tmp_path: Path
) -> None:
    address, _ = cluster
    (tmp_path / "a.zh").write_text("大厅满了。\n没有人走。\n", encoding="utf-8")
    (tmp_path / "b.zh").write_text("大厅满了。\n没有人离开。\n", encoding="utf-8")
    plain = run("score", "a.zh", "--ref", "b.zh", folder=tmp_path)
    spread = run("score", "a.zh", "--ref", "b.zh", "--workers", address, folder=tmp_path)
    assert (spread.returncode, spread.stdout) == (0, plain.stdout)


def test_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    import distributed

    # Half a second is asked for in place of ten.
    brief = partial(distributed.Client, timeout="0.5s")
    monkeypatch.setattr(distributed, "Client", lambda address, *, timeout, **more: brief(address, **more))
    side = Side("a", texts=["一"])
    with pytest.raises(UsageError, match="no Dask scheduler answers there"):
        measuring.measure([side], [side], ["bleu"], workers="dask://127.0.0.1:9")
