"""`workbench keys`: the commands of the review screen with their keys."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from workbench.cli.output import emit

if TYPE_CHECKING:
    from workbench.review.commands import Command


@click.command("keys")
@click.option(
    "--to", "shape", type=click.Choice(["text", "json", "markdown"]), default="text", help="Output format."
)
@click.option(
    "--test",
    "testing",
    is_flag=True,
    help="Show what the terminal sends for each key pressed, and what it cannot.",
)
def command(shape: str, testing: bool) -> int:
    """List what can be done in a review, by key and by script."""
    if testing:
        return _test()
    from workbench.report.tables import aligned
    from workbench.review.commands import COMMANDS

    if shape == "json":
        records = [
            {"name": one.name, "keys": one.keys.split(",") if one.keys else [], "argument": one.argument}
            | {"help": one.help, "group": one.group}
            for one in COMMANDS
        ]
        emit(json.dumps(records, ensure_ascii=False, indent=1) + "\n")
    elif shape == "markdown":
        lines = ["| command | keys | what it does |", "|---|---|---|"]
        lines += [f"| `{_written(one)}` | {_keys(one)} | {one.help} |" for one in COMMANDS]
        emit("\n".join(lines) + "\n")
    else:
        rows = [["command", "keys", "what it does"]]
        rows += [[_written(one), ", ".join(one.keys.split(",")), one.help] for one in COMMANDS]
        emit(aligned(rows))
    return 0


def _test() -> int:
    """Watch the keys of the terminal, with the key map of the project where there is one."""
    from pathlib import Path

    from workbench.tui import key_test

    folder = Path.cwd()
    keymap = None
    if (folder / "workbench.toml").is_file():
        from workbench.config import load

        keymap = getattr(load(folder), "keys", None)
    return key_test.run(keymap)


def _written(one: Command) -> str:
    """The command as a script has it: its name, and in capitals what follows it."""
    return f"{one.name} {one.argument.upper()}" if one.argument else one.name


def _keys(one: Command) -> str:
    return ", ".join(f"`{key}`" for key in one.keys.split(",") if key)
