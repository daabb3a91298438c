"""The list of commands, each imported only when it is run or asked about."""

from __future__ import annotations

from importlib import import_module

import click

from workbench import __version__

COMMANDS: tuple[tuple[str, str], ...] = (
    ("review", "Review a project on the screen, or by a script."),
    ("init", "Make a new project, or the sample project."),
    ("import", "Import documents, or corrections that came back."),
    ("draft", "Draft what has no translation yet, by an engine."),
    ("export", "Write reviewed units as TMX, CSV, TSV, JSONL or text."),
    ("stats", "Progress and edit scores of a project."),
    ("segment", "Split a text into sentences."),
    ("srx", "Write the segmentation rules as SRX, or check an SRX file."),
    ("align", "Align a text with its translation."),
    ("check", "Find faults in a bilingual file or project."),
    ("fix", "Make the sure repairs of a bilingual file or project."),
    ("score", "Score translations, or drafts against their review."),
    ("report", "Write a review or a comparison as an HTML page."),
    ("convert", "Convert a bilingual file to another format."),
    ("terms", "The glossary: check, find, add, import, export, extract."),
    ("engines", "The engines that make drafts: list, install, remove packages."),
    ("keys", "List the keys and commands of the review screen."),
    ("completion", "Print the completion script for a shell."),
)


class LazyGroup(click.Group):
    """A group that knows its commands' names and one-line helps without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return [name for name, _ in COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in dict(COMMANDS):
            return None
        module = import_module(f"workbench.cli.{cmd_name.replace('import', 'import_')}")
        command = module.command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS))


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(__version__, "-V", "--version", prog_name="workbench", message="%(prog)s %(version)s")
@click.pass_context
def app(ctx: click.Context) -> int | None:
    """Review machine translations in the terminal: align, check, score, correct and export them.

    Without a command, `workbench` reviews the project of the folder it is called in.
    """
    if ctx.invoked_subcommand is not None:
        return None
    from pathlib import Path

    from workbench.pipeline.project import find_folder

    if find_folder(Path.cwd()) is None:
        click.echo(ctx.get_help())
        return 0
    command = app.get_command(ctx, "review")
    assert command is not None
    result = ctx.invoke(command)
    return result if isinstance(result, int) else 0
