"""`workbench keys`: the commands of the review screen with their keys."""

from __future__ import annotations

import json

import click

from workbench.cli.output import emit


@click.command("keys")
@click.option("--to", "shape", type=click.Choice(["text", "json"]), default="text", help="Output format.")
def command(shape: str) -> int:
    """List what can be done in a review, by key and by script."""
    from workbench.report.tables import aligned
    from workbench.review.commands import COMMANDS

    if shape == "json":
        records = [
            {"name": one.name, "keys": one.keys, "argument": one.argument, "help": one.help}
            for one in COMMANDS
        ]
        emit(json.dumps(records, ensure_ascii=False, indent=1) + "\n")
        return 0
    rows = [["command", "keys", "what it does"]]
    rows += [
        [f"{one.name} {one.argument.upper()}" if one.argument else one.name, one.keys, one.help]
        for one in COMMANDS
    ]
    emit(aligned(rows))
    return 0
