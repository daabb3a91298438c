"""`workbench review`: the screen, or a script of review commands without one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from workbench.cli.output import emit_lines, read_text, say

if TYPE_CHECKING:
    from workbench.review.project import ReviewProject


@click.command("review")
@click.argument("project", default=".")
@click.option("--document", help="Begin with this document; by default where the last review ended.")
@click.option("--script", help="Run the commands of this file (- for stdin) instead of the screen.")
@click.option("--author", help="Who reviews; by default as workbench.toml or the login name says.")
@click.option(
    "--role", type=click.Choice(["translator", "reviewer"]), help="What confirming makes of a unit."
)
@click.option("--theme", help="dark, light, contrast-dark, contrast-light, ansi-dark or ansi-light.")
@click.option("--no-tour", "without_tour", is_flag=True, help="No tour at the first start in the sample.")
def command(
    project: str = ".",
    document: str | None = None,
    script: str | None = None,
    author: str | None = None,
    role: str | None = None,
    theme: str | None = None,
    without_tour: bool = False,
) -> int:
    """Review the PROJECT of this folder on the screen; what is new in segments/ is imported by itself.

    PROJECT may be a bilingual FILE (TMX, CSV, TSV, JSONL, XLIFF): it is reviewed without a project and written back in
    its place with Ctrl+S and at the end; the file as it was is kept beside it as FILE.bak. --role goes with a FILE that
    has a place for states: a CSV or TSV needs a column "state".

    With --script FILE: one command a line, such as "goto 3", "edit 新的译文", "fix 1", "confirm"; workbench keys
    lists them. Each prints a line; the first that cannot be carried out ends the script with exit code 2.
    """
    if _is_file(project):
        return _review_file(project, document, script, author, theme, role)
    if script is not None:
        return _run_script(project, document, script, author, role)
    return _run_screen(project, document, author, theme, role, tour=not without_tour)


def _is_file(path: str) -> bool:
    """Whether a file is meant, be it there or not."""
    from pathlib import Path

    from workbench.pipeline.sources import bilingual_name

    named = Path(path)
    return named.is_file() or (bilingual_name(named) is not None and not named.is_dir())


def _review_file(
    path: str,
    document: str | None,
    script: str | None,
    author: str | None,
    theme: str | None,
    role: str | None,
) -> int:
    """Review a file in its place: by a script, or on the screen."""
    from workbench.errors import UsageError
    from workbench.pipeline.project import reports_to_lines
    from workbench.review.file_project import open_file

    if document is not None:
        raise UsageError("--document goes with a project")
    project = open_file(path, author=author, role=role)
    text = None if script is None else read_text(script, allow_empty=True)
    _need_terminal(script)
    code = 0
    try:
        if text is None:
            from workbench import tui

            wanted = theme or project.settings.theme or None
            code = tui.run(lambda: project, theme=wanted, title=project.path.name)
        else:
            say(reports_to_lines(project.import_new()))
            _run_lines(project, None, text, script)
    finally:
        project.close()
        say(project.farewell)
    if project.refusal is not None:
        raise project.refusal
    return code


def _run_script(folder: str, document: str | None, script: str, author: str | None, role: str | None) -> int:
    from workbench.pipeline.project import reports_to_lines
    from workbench.review.project import open_project

    text = read_text(script, allow_empty=True)
    with open_project(folder, author=author, role=role) as project:
        say(reports_to_lines(project.import_new()))
        _run_lines(project, document, text, script)
    return 0


def _run_lines(project: ReviewProject, document: str | None, text: str, script: str | None) -> None:
    from workbench.pipeline.align import LINE_END
    from workbench.review.script import run_script

    session = project.review(document)
    name = "<stdin>" if script in (None, "-") else str(script)
    for line in run_script(session, LINE_END.split(text), name=name):
        emit_lines([line])


def _run_screen(
    folder: str,
    document: str | None,
    author: str | None,
    theme: str | None,
    role: str | None,
    *,
    tour: bool,
) -> int:
    from workbench import config
    from workbench.pipeline.project import locate

    settings = config.load(locate(folder), author=author)
    _need_terminal(None)
    from workbench import tui

    wanted = theme or settings.theme or None
    return tui.run(lambda: _open(folder, document, author, role), theme=wanted, tour=tour)


def _need_terminal(script: str | None) -> None:
    """Raises UsageError where there is neither a terminal nor a script."""
    from workbench.errors import UsageError

    if script is None and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("the review screen needs a terminal; --script FILE reviews without one")


def _open(folder: str, document: str | None, author: str | None, role: str | None) -> ReviewProject:
    from workbench.review.project import open_project

    project = open_project(folder, author=author, role=role)
    project.preferred_document = document
    return project
