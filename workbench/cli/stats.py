"""`workbench stats`: how far the review is, and how far it moved the drafts."""

from __future__ import annotations

import click

from workbench.cli.output import emit


@click.command("stats")
@click.argument("project", default=".")
@click.option("--document", help="Only this document.")
@click.option("--to", "shape", type=click.Choice(["text", "json"]), default="text", help="Output format.")
def command(project: str, document: str | None, shape: str) -> int:
    """Print the PROJECT's units by state and the edit scores of what was reviewed.

    The edit scores take the draft as hypothesis and the reviewed target as reference; the percentages are bands of
    character edit rate.
    """
    from workbench.cli.projects import opened
    from workbench.pipeline.stats import stats
    from workbench.report.stats import to_json, to_text

    with opened(project, keep=False) as folder:
        each = stats(folder, document=document)
        emit(to_json(each) if shape == "json" else to_text(each))
    return 0
