"""`workbench engines`: the engines there are, and the Argos packages of this machine."""

from __future__ import annotations

import json
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli.output import emit, say
from workbench.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbench.engines import EngineKind
    from workbench.engines.argos_packages import Package
    from workbench.engines.http_settings import HttpState

_MODULES = {"argos": ("ctranslate2", "sentencepiece"), "argos-light": ("ctranslate2", "sentencepiece"),
            "http": ("httpx", "keyring")}  # fmt: skip


@click.group("engines")
def command() -> None:
    """The engines that make drafts, and their packages: list, install, remove."""


@command.command("list", short_help="List engines and installed packages.")
@click.option("--to", "shape", type=click.Choice(["text", "json"]), default="text", help="Output format.")
def list_(shape: str) -> int:
    """List the engines, whether each can run here (as the project in this folder says), and the Argos packages."""
    from workbench.engines import ENGINES, argos_packages
    from workbench.report.tables import aligned

    engines = [(kind, _missing(kind.extra), _state(kind)) for kind in ENGINES]
    packages = argos_packages.installed()
    folder = argos_packages.packages_folder()
    if shape == "json":
        record = {
            "engines": [
                {"name": kind.name, "title": kind.title, "extra": kind.extra, "missing": missing}
                | ({"configured": state.is_configured, "state": state.text} if state else {})
                for kind, missing, state in engines
            ],
            "packages": [_record(one) for one in packages],
            "folder": str(folder),
        }
        emit(json.dumps(record, ensure_ascii=False, indent=1) + "\n")
        return 0
    rows = [["engine", "what it is", "can run here"]]
    rows += [
        [
            kind.name,
            kind.title,
            f"pip install 'translation-workbench[{kind.extra}]'" if missing else _ready(state),
        ]
        for kind, missing, state in engines
    ]
    text = aligned(rows)
    if packages:
        rows = [["package", "languages", "size"]]
        rows += [[one.path.name, one.title, f"{one.size / 1e6:.1f} MB"] for one in packages]
        text += "\n" + aligned(rows)
    emit(text)
    if not packages:
        say([f"no Argos package in {folder}: workbench engines install FILE.argosmodel, or install en zh"])
    return 0


@command.command("install", short_help="Install an Argos package from a file or an index.")
@click.argument("what", nargs=-1, required=True, metavar="FILE.argosmodel | FROM TO")
@click.option("--index", metavar="URL", help="Another index of packages than Argos's own.")
def install(what: tuple[str, ...], index: str | None) -> int:
    """Install a package: from a FILE, or the newest from one language to another (en zh) from Argos's index.

    Only `install FROM TO` uses the network. An installed package of the same name is replaced.
    """
    from workbench.engines import installing
    from workbench.engines.argos_packages import argos_code

    if len(what) == 1:
        if index is not None:
            raise UsageError("--index goes with two languages: workbench engines install en zh --index URL")
        package = installing.install_file(Path(what[0]))
    elif len(what) == 2 and not any("." in one or "/" in one for one in what):
        url = installing.index_url(index)
        pair = (argos_code(what[0]), argos_code(what[1]))
        with _progress() as progress:
            package = installing.install_pair(pair, index=url, progress=progress)
    else:
        raise UsageError("install one FILE.argosmodel, or two languages: workbench engines install en zh")
    say([f"installed {package.title} ({package.path})"])
    return 0


@command.command("remove", short_help="Remove an installed Argos package.")
@click.argument("name", metavar="NAME|FROM_TO")
def remove(name: str) -> int:
    """Remove the package with that NAME in `engines list`, or the only one from one language to another (en_zh)."""
    from workbench.engines import installing

    package = installing.remove(name)
    say([f"removed {package.title} ({package.path})"])
    return 0


def _record(package: Package) -> dict[str, str | int]:
    return {
        "name": package.path.name,
        "from": package.source_code,
        "to": package.target_code,
        "version": package.version,
        "size": package.size,
        "folder": str(package.path),
    }


def _state(kind: EngineKind) -> HttpState | None:
    """Where an engine over HTTP is, or what it lacks; None for an engine of this machine."""
    from workbench import config
    from workbench.engines.http_settings import describe

    return (
        describe(kind.name, config.load(Path.cwd()).engines.values(kind.name))
        if kind.extra == "http"
        else None
    )


def _ready(state: HttpState | None) -> str:
    if state is None:
        return "yes"
    return f"yes: {state.text}" if state.is_configured else f"no: {state.text}"


def _missing(extra: str) -> list[str]:
    return [name for name in _MODULES.get(extra, ()) if find_spec(name) is None]


def _progress() -> _Progress:
    return _Progress(sys.stderr.isatty())


class _Progress:
    """A line on stderr that says how much has come, only where a person looks."""

    def __init__(self, is_shown: bool) -> None:
        self._is_shown = is_shown
        self._percent = -1

    def __enter__(self) -> Callable[[int, int | None], None] | None:
        return self._show if self._is_shown else None

    def __exit__(self, *_: object) -> None:
        if self._percent >= 0:
            click.echo(err=True)

    def _show(self, received: int, total: int | None) -> None:
        percent = received * 100 // total if total else received >> 20
        if percent != self._percent:
            self._percent = percent
            shown = f"{percent} % of {total / 1e6:.0f} MB" if total else f"{percent} MB"
            click.echo(f"\rfetching: {shown}", err=True, nl=False)
