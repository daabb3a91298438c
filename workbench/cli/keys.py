"""`workbench keys`: the commands of the review screen with their keys."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from workbench.cli.output import emit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workbench.review.commands import Command


@click.command("keys")
@click.option(
    "--to",
    "shape",
    type=click.Choice(["text", "json", "markdown", "page"]),
    default="text",
    help="Output format.",
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
    if shape == "page":
        return _page()
    from workbench.report.tables import aligned

    known = _known()
    if shape == "json":
        records = [
            {"name": one.name, "keys": one.keys.split(",") if one.keys else [], "argument": one.argument}
            | {"help": one.help, "group": one.group}
            for one in known
        ]
        emit(json.dumps(records, ensure_ascii=False, indent=1) + "\n")
    elif shape == "markdown":
        lines = ["| command | keys | what it does |", "|---|---|---|"]
        lines += [f"| `{_written(one)}` | {_keys(one)} | {one.help} |" for one in known]
        emit("\n".join(lines) + "\n")
    else:
        rows = [["command", "keys", "what it does"]]
        rows += [[_written(one), ", ".join(one.keys.split(",")), one.help] for one in known]
        emit(aligned(rows))
    return 0


def _page() -> int:
    """Print a page of all keys, those of the screen alone among them."""
    from workbench.tui.keys_page import page

    emit(page())
    return 0


def _test() -> int:
    """Watch the keys of the terminal, with the key map of the project where there is one."""
    from workbench.tui import key_test

    return key_test.run(_keymap())


def _keymap() -> Mapping[str, str] | None:
    """The keys of the project of this folder, None without one; what is wrong with them goes to stderr."""
    from pathlib import Path

    from workbench.cli.output import say
    from workbench.config import FILE_NAME, load

    if not Path(FILE_NAME).is_file():
        return None
    from workbench.tui.keymaps import resolve

    found = resolve(load(Path.cwd()).keys)
    say(found.problems)
    return found.keys


def _known() -> Sequence[Command]:
    """The commands of a review with the keys that they have here."""
    from dataclasses import replace

    from workbench.review.commands import COMMANDS

    keymap = _keymap()
    return COMMANDS if keymap is None else [replace(one, keys=keymap[one.name]) for one in COMMANDS]


def _written(one: Command) -> str:
    """The command as a script has it: its name, and in capitals what follows it."""
    return f"{one.name} {one.argument.upper()}" if one.argument else one.name


def _keys(one: Command) -> str:
    return ", ".join(f"`{key}`" for key in one.keys.split(",") if key)
