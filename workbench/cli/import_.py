"""`workbench import`: documents into the project, and corrections back into it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli.output import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.pipeline.project import Project


@click.command("import")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--project", "folder", default=".", help="The project's folder, if not this one.")
@click.option(
    "--author", help="Whose corrections these are; by default as workbench.toml or the login name says."
)
@click.option(
    "--overwrite", is_flag=True, help="Apply a correction even where review went on since it was exported."
)
def command(files: tuple[Path, ...], folder: str, author: str | None, overwrite: bool) -> int:
    """Import FILES, or what is new or changed in segments/.

    NAME.en.txt with NAME.zh.txt, or a TMX, XLIFF, CSV, TSV or JSONL file, becomes a document and is copied into
    segments/. A file whose unit ids the project knows is a correction: targets, states and notes are applied by id.
    Review work stays on every unit that did not change. Exit 1 when a correction was not applied because of a conflict.
    A table of MQM Viewer (export --to mqm) adds its errors and ratings to the units by document and segment.
    """
    from workbench.pipeline.project import open_folder, reports_to_lines

    judged = [path for path in files if _is_judged(path)]
    others = [path for path in files if path not in judged]
    with open_folder(folder, author=author) as project:
        if judged:
            _import_judgements(project, judged)
        if judged and not others:
            return 0
        reports = project.import_files(others, overwrite=overwrite) if files else project.import_all()
        say(reports_to_lines(reports))
        if not reports:
            say([f"nothing to import in {project.settings.segments}"])
        return 1 if any(report.conflicts for report in reports) else 0


def _is_judged(path: Path) -> bool:
    """Whether a file is a table of MQM Viewer."""
    from workbench.report.mqm_read import is_table

    if path.suffix.lower() != ".tsv" or not path.is_file():
        return False
    with path.open("rb") as file:
        return is_table(file.readline(10_000).decode("utf-8", "replace"))


def _import_judgements(project: Project, paths: Sequence[Path]) -> None:
    """Add what the tables say, of all or, where one cannot be used, of none that is read after it."""
    from workbench.errors import EncodingError
    from workbench.formats.files import load
    from workbench.pipeline.judging import import_judgements
    from workbench.report.mqm_read import from_tsv

    read = []
    for path in paths:
        try:
            read.append((path, from_tsv(load(path).decode("utf-8"), name=str(path))))
        except UnicodeDecodeError:
            raise EncodingError("not UTF-8, which a table of MQM Viewer is", file=str(path)) from None
    for path, lines in read:
        say([str(import_judgements(project, lines, name=path.name))])
