"""`workbench init`: a new project folder."""

from __future__ import annotations

from pathlib import Path

import click

from workbench.cli.output import say


@click.command("init")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option("--sample", is_flag=True, help="With two documents, faulty drafts and a glossary to try out.")
def command(folder: Path, sample: bool) -> int:
    """Make a project in DIR (this folder by default): settings, a glossary, a folder for the documents."""
    from workbench.pipeline.starting import init

    written = init(folder, sample=sample)
    say([f"{len(written)} files written in {folder}"])
    at = "" if folder == Path() else f" {folder}"
    if sample:
        say([f"next: workbench review{at}"])
    else:
        say([f"next: put NAME.en.txt and NAME.zh.txt into {folder / 'segments'}, then workbench review{at}"])
    return 0
