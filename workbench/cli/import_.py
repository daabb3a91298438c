"""`workbench import`: documents into the project, and corrections back into it."""

from __future__ import annotations

from pathlib import Path

import click

from workbench.cli.output import say


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

    NAME.en.txt with NAME.zh.txt, or a TMX, CSV, TSV or JSONL file, becomes a document and is copied into segments/.
    A file whose unit ids the project knows is a correction: targets, states and notes are applied by id. Review work
    stays on every unit that did not change. Exit 1 when a correction was not applied because of a conflict.
    """
    from workbench.pipeline.project import open_folder, reports_to_lines

    with open_folder(folder, author=author) as project:
        reports = project.import_files(files, overwrite=overwrite) if files else project.import_all()
        say(reports_to_lines(reports))
        if not reports:
            say([f"nothing to import in {project.settings.segments}"])
        return 1 if any(report.conflicts for report in reports) else 0
