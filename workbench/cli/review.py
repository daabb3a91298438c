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
@click.option("--theme", help="dark, light, ansi-dark or ansi-light.")
def command(
    project: str = ".",
    document: str | None = None,
    script: str | None = None,
    author: str | None = None,
    theme: str | None = None,
) -> int:
    """Review the PROJECT of this folder on the screen; what is new in segments/ is imported by itself.

    With --script FILE: one command a line, such as "goto 3", "edit 新的译文", "fix 1", "confirm"; workbench keys
    lists them. Each prints a line; the first that cannot be carried out ends the script with exit code 2.
    """
    if script is not None:
        return _run_script(project, document, script, author)
    return _run_screen(project, document, author, theme)


def _run_script(folder: str, document: str | None, script: str, author: str | None) -> int:
    from workbench.pipeline.align import LINE_END
    from workbench.pipeline.project import reports_to_lines
    from workbench.review.project import open_project
    from workbench.review.script import run_script

    text = read_text(script, allow_empty=True)
    with open_project(folder, author=author) as project:
        say(reports_to_lines(project.import_new()))
        session = project.review(document)
        name = "<stdin>" if script == "-" else script
        for line in run_script(session, LINE_END.split(text), name=name):
            emit_lines([line])
    return 0


def _run_screen(folder: str, document: str | None, author: str | None, theme: str | None) -> int:
    from workbench import config
    from workbench.errors import UsageError
    from workbench.pipeline.project import locate

    settings = config.load(locate(folder), author=author)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("the review screen needs a terminal; --script FILE reviews without one")
    from workbench import tui

    return tui.run(lambda: _open(folder, document, author), theme=theme or settings.theme or None)


def _open(folder: str, document: str | None, author: str | None) -> ReviewProject:
    from workbench.review.project import open_project

    project = open_project(folder, author=author)
    project.import_new()
    project.preferred_document = document
    return project
