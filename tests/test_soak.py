"""The same random commands without a screen and on it leave equal stores, and memory stays flat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.soak import project_in, run_on_screen, run_without_screen, snapshot, steps

if TYPE_CHECKING:
    from pathlib import Path

COMMANDS = 120
GROWTH_MB = 150.0


def test_the_screen_leaves_the_store_as_a_script_does(tmp_path: Path) -> None:
    todo = steps(COMMANDS, seed=7)
    script, screen = (project_in(tmp_path / name, 30, 7) for name in ("script", "screen"))
    alone = run_without_screen(script, todo)
    shown = run_on_screen(screen, todo)
    assert snapshot(screen) == snapshot(script)
    assert shown.contents == alone.contents
    assert len(set(alone.contents)) == len(alone.memory_mb) == 10
    # The process also holds what tests before this one left; `benchmarks/soak.py` measures in one of its own.
    assert alone.growth_mb < GROWTH_MB
    assert shown.growth_mb < GROWTH_MB


def test_the_steps_of_a_seed_are_always_the_same() -> None:
    assert steps(50, seed=3) == steps(50, seed=3) != steps(50, seed=4)
    assert len({one.command for one in steps(1000, seed=3)}) > 30
