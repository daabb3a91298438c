"""`workbench completion`: the script that a shell sources to complete commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> int:
    """Print the completion script for a SHELL.

    \b
    bash   workbench completion bash > ~/.local/share/bash-completion/completions/workbench
    zsh    workbench completion zsh > "${fpath[1]}/_workbench"
    fish   workbench completion fish > ~/.config/fish/completions/workbench.fish
    """
    from workbench.cli.app import app

    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(app, {}, "workbench", "_WORKBENCH_COMPLETE").source())
    return 0
