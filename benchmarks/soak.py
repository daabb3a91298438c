"""A soak of the review: the same random commands without a screen and on it leave equal stores, and memory flat.

    python -m benchmarks.soak [--commands 10000] [--seed 1] [--units 60]

Prints for either way the CPU milliseconds a command, the resident memory after each tenth, and whether the stores were
equal there.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import hashlib
import random
import re
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.errors import CommandError
from workbench.review import commands
from workbench.review.project import open_project
from workbench.tui.app import ReviewApp
from workbench.tui.screenshot import quiet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.review.session import ReviewSession
    from workbench.tui.relay import Relay

NOW = datetime(2026, 1, 1, tzinfo=UTC)
NOUNS = (
    ("meeting", "会议"),
    ("interpreter", "口译员"),
    ("report", "报告"),
    ("committee", "委员会"),
    ("budget", "预算"),
)
VERBS = (
    ("begins at nine.", "九点开始。"),
    ("cost 5.2 billion yuan.", "花了52亿元。"),
    ("ends today.", "今天结束."),
)
TEXTS = ("新的。", "花了5.2亿元。", "会议（半", "甲,乙。", "完。", "表情👨‍👩‍👧。", "")
PLAIN = (
    *(
        "next",
        "previous",
        "first",
        "last",
        "next_open",
        "previous_open",
        "next_doubt",
        "next_comment",
        "confirm",
    ),
    *(
        "unconfirm",
        "sign_off",
        "restore_draft",
        "copy_source",
        "propagate",
        "fix_all",
        "merge",
        "merge_previous",
    ),
    *(
        "target_to_next",
        "target_from_next",
        "source_to_next",
        "shift_down",
        "shift_up",
        "mark_dropped",
        "unmark",
    ),
    *("undo", "undo", "undo", "redo"),
)
WORDED = (
    *(("goto", str(number)) for number in (1, 5, 17, 40, 59, 99)),
    *(
        ("reject", "why"),
        ("note", "look"),
        ("search", "预算"),
        ("search", "nowhere"),
        ("rate", "80"),
        ("fix", "1"),
    ),
    *(("waive", "1 so it is"), ("unwaive", "1"), ("annotate", "accuracy major wrong"), ("split", "7 3")),
)
FILTERS = ("all", "all", "open", "reviewed", "notes", "doubt", "text: 会议")
QUIET_EVERY = 250
_TIME = re.compile(r"\d{4}-\d\d-\d\dT[\d:]+Z")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is done: a text typed first, where there is one, then a command with its words."""

    command: str
    words: str = ""
    typed: str | None = None


def steps(count: int, seed: int) -> list[Step]:
    """So many random steps."""
    chance = random.Random(seed)
    made = []
    for _ in range(count):
        kind = chance.random()
        if kind < 0.2:
            made.append(
                Step(chance.choice(("edit", "confirm", "next", "note")), "look", chance.choice(TEXTS))
            )
        elif kind < 0.5:
            made.append(Step(*chance.choice(WORDED)))
        elif kind < 0.53:
            made.append(Step("filter", chance.choice(FILTERS)))
        else:
            made.append(Step(chance.choice(PLAIN)))
    return [replace(one, words="") if not commands.find(one.command).argument else one for one in made]


def project_in(folder: Path, units: int, seed: int) -> Path:
    """A project of one document, judged by the checks that look at one unit alone: others take their time to know."""
    from workbench.checks import CHECKS

    chance = random.Random(seed)
    (folder / "segments").mkdir(parents=True)
    pairs = [(chance.choice(NOUNS), chance.choice(VERBS)) for _ in range(units)]
    texts = (
        "\n\n".join(f"The {noun[0]} {verb[0]}" for noun, verb in pairs),
        "\n\n".join(n[1] + v[1] for n, v in pairs),
    )
    for lang, text in zip(("en", "zh"), texts, strict=True):
        (folder / "segments" / f"talk.{lang}.txt").write_text(text + "\n", encoding="utf-8")
    without = ",".join(f"-{check.id}" for check in CHECKS if check.scope != "unit")
    (folder / "workbench.toml").write_text(
        f'author = "ann"\n[checks]\nselect = "{without}"\n', encoding="utf-8"
    )
    return folder


def without_screen(session: ReviewSession, todo: Sequence[Step]) -> None:
    """Carry the steps out as a script does; what does not apply is passed over.

    A text whose confirming was refused stays in the editor of the screen: the next command confirms or saves it.
    """
    left: str | None = None
    for given in todo:
        step = replace(given, typed=left) if given.typed is None and given.command == "confirm" else given
        if left is not None and step.typed is None:
            with suppress(CommandError):
                session.edit(left)
        left = None
        command = commands.find(step.command)
        try:
            if step.typed is not None and step.command in ("edit", "confirm"):
                getattr(session, step.command)(step.typed)
                continue
            if step.typed is not None:
                with suppress(CommandError):
                    session.edit(step.typed)
            commands.run(session, command, step.words)
        except CommandError:
            left = step.typed if step.command == "confirm" else None
    if left is not None:
        with suppress(CommandError):
            session.edit(left)


async def on_screen(app: ReviewApp, todo: Sequence[Step]) -> None:
    """Carry the steps out on the screen: texts go into the editor, commands through the keys' way."""
    relay = app.relay
    assert relay is not None
    for number, step in enumerate(todo, 1):
        if step.typed is not None:
            relay.type()
            assert app.desk.editor is not None
            app.desk.editor.replace_text(step.typed)
        await _start(relay, step)
        if app.screen is not app.desk:
            await app.pop_screen()
        await asyncio.sleep(0)
        if number % QUIET_EVERY == 0:
            relay.leave_editor()
            await quiet(app)
    await quiet(app)
    relay.save()


async def _start(relay: Relay, step: Step) -> None:
    command = relay.commands[step.command]
    if command.slow:
        arguments = commands.arguments(command, step.words)
        if relay.save() and await relay._looked(command, arguments):
            relay._guarded(lambda: relay._carry_out(command, arguments))
    elif command.argument is None or step.command == "edit":
        relay.start(step.command)
    else:
        relay.start_with(step.command, step.words)


def snapshot(folder: Path) -> tuple[list[Any], ...]:
    """All that decisions made, but for when and how fast, and for what each unit's version is."""
    with open_project(folder) as project:
        store = project.store
        return (
            [
                replace(
                    one, version=0, changed_at=None, notes=tuple(_TIME.sub("", note) for note in one.notes)
                )
                for one in store.units("talk")
            ],
            [replace(one, at=NOW) for one in store.waivers("talk")],
            [replace(one, at=NOW) if hasattr(one, "at") else one for one in store.annotations("talk")],
            [(one.unit_id, one.author, one.value) for one in store.ratings("talk")],
            [(one.unit_id, one.text, one.author) for one in store.post_edits_of("talk")],
        )


def resident_mb() -> float:
    """The memory of this process that is in use now."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


@dataclass(frozen=True, slots=True)
class Soaked:
    """What a run took: CPU milliseconds a command, megabytes after each tenth, and the store's contents there."""

    cpu_ms: float
    memory_mb: tuple[float, ...]
    contents: tuple[str, ...]

    @property
    def growth_mb(self) -> float:
        """What the memory grew by after the first tenth, which warms up."""
        return self.memory_mb[-1] - self.memory_mb[0]


def tenths(todo: Sequence[Step]) -> list[Sequence[Step]]:
    """The steps in ten parts."""
    size = max(1, -(-len(todo) // 10))
    return [todo[start : start + size] for start in range(0, len(todo), size)]


def digest(folder: Path) -> str:
    """A short name for what the store holds."""
    return hashlib.sha256(repr(snapshot(folder)).encode()).hexdigest()[:8]


def run_without_screen(folder: Path, todo: Sequence[Step]) -> Soaked:
    """Without a screen."""
    spent, memory, contents = 0.0, [], []
    with open_project(folder) as project:
        project.import_new()
        session = project.review()
        for part in tenths(todo):
            begun = time.process_time()
            without_screen(session, part)
            spent += time.process_time() - begun
            contents.append(digest(folder))
            memory.append(resident_mb())
    return Soaked(1000 * spent / len(todo), tuple(memory), tuple(contents))


def run_on_screen(folder: Path, todo: Sequence[Step]) -> Soaked:
    """On a screen that nobody sees."""

    async def run() -> Soaked:
        spent, memory, contents = 0.0, [], []
        app = ReviewApp(lambda: open_project(folder), theme="dark")
        async with app.run_test(size=(100, 30)):
            await quiet(app)
            for part in tenths(todo):
                begun = time.process_time()
                await on_screen(app, part)
                spent += time.process_time() - begun
                contents.append(digest(folder))
                memory.append(resident_mb())
        return Soaked(1000 * spent / len(todo), tuple(memory), tuple(contents))

    return asyncio.run(run())


def main() -> int:
    """Run both ways and compare; exit code 1 where the stores differ."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--commands", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--units", type=int, default=60)
    given = parser.parse_args()
    todo = steps(given.commands, given.seed)
    found = []
    with tempfile.TemporaryDirectory() as base:
        for name, run in (("script", run_without_screen), ("screen", run_on_screen)):
            folder = project_in(Path(base) / name, given.units, given.seed)
            found.append(run(folder, todo))
            memory = " ".join(f"{mb:.0f}" for mb in found[-1].memory_mb)
            print(
                f"{name}: {given.commands:,} commands, {found[-1].cpu_ms:.2f} CPU ms each; "
                f"MB after each tenth: {memory}",
                flush=True,
            )
    equal = [one == other for one, other in zip(found[0].contents, found[1].contents, strict=True)]
    print("the stores are equal after each tenth" if all(equal) else f"the stores DIFFER: {equal}")
    return 0 if all(equal) else 1


if __name__ == "__main__":
    sys.exit(main())
