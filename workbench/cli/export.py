"""`workbench export`: what was reviewed, as a file for other tools and people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli.output import emit, emit_pieces, format_by_name, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbench.pipeline.project import Project


@click.command("export")
@click.argument("project", default=".", type=click.Path(path_type=Path))
@click.option(
    "--to",
    "shape",
    help="tmx, csv, tsv, jsonl, xliff, xliff12, text or mqm; by default as OUT is named, else tmx.",
)
@click.option("--state", type=click.Choice(["reviewed", "all"]), default="reviewed", help="Which units.")
@click.option("--document", help="Only this document.")
@click.option("--excel", is_flag=True, help="CSV with a byte order mark, so that Excel reads it as UTF-8.")
@click.option("-o", "--output", "out", help="Write to this file instead of stdout.")
def command(
    project: Path, shape: str | None, state: str, document: str | None, excel: bool, out: str | None
) -> int:
    """Write the PROJECT's reviewed units (or all of them) to stdout or OUT."""
    from workbench import formats
    from workbench.cli.projects import opened
    from workbench.pipeline.export import export, pairs_only

    if shape is None:
        shape = format_by_name(out) if out and out != "-" else "tmx"
    with opened(str(project), keep=False) as folder:
        if shape.lower() == "mqm":
            lines, total = _judgements(folder, document)
            emit_pieces(lines, out or "-")
            say([f"{total} judgements written" + ("" if total else ": nobody judged a unit yet")])
            return 0
        content = export(folder, document=document, done_only=state == "reviewed")
        if shape.lower() == "tmx":
            content, left_out = pairs_only(content)
            if left_out:
                say([f"{left_out} units with one side only left out: a translation memory holds pairs"])
        total = len(content.units)
        emit(formats.write_bytes(content, format=shape, options=formats.WriteOptions(excel=excel)), out)
        what = "reviewed units" if state == "reviewed" else "units"
        say(
            [
                f"{total} {what} written"
                + ("" if total else ": nothing is reviewed yet (--state all for every unit)")
            ]
        )
    return 0


def _judgements(project: Project, document: str | None) -> tuple[Iterator[str], int]:
    """The judgements of a project as lines for MQM Viewer, and how many there are."""
    from workbench.pipeline.quality import judgements
    from workbench.report.mqm import to_tsv

    records = [project.document(document)] if document else project.documents()
    found = judgements(project, records)
    settings = project.settings
    return to_tsv(found, source_lang=settings.source_lang, target_lang=settings.target_lang), len(found)
