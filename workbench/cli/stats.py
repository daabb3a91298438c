"""`workbench stats`: how far the review is, how far it moved the drafts, what it cost, and how good they were."""

from __future__ import annotations

import gc
import shutil
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from workbench.cli.output import emit, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbench.pipeline.stats import Overview

_SCORES = ("oqs", "esa")


@click.command("stats")
@click.argument("project", default=".")
@click.option("--document", help="Only this document.")
@click.option(
    "--by",
    type=click.Choice(["document", "reviewer", "day", "engine"]),
    default="document",
    help="Group effort and quality.",
)
@click.option(
    "--metric", "metrics", multiple=True, help="Edit scores to take; default: edit, ter, chrf, bleu."
)
@click.option(
    "--min",
    "minima",
    multiple=True,
    help="oqs=98, esa=80: exit 1 below it; oqs alone: as workbench.toml says.",
)
@click.option("--to", "shape", type=click.Choice(["text", "json"]), default="text", help="Output format.")
def command(
    project: str, document: str | None, by: Any, metrics: tuple[str, ...], minima: tuple[str, ...], shape: str
) -> int:
    """Print the PROJECT's progress, edit scores, effort, quality and agreement, as far as there is something to show.

    The edit scores take the draft as hypothesis and the reviewed target as reference; the percentages are bands of
    character edit rate.
    """
    from workbench.cli.projects import opened
    from workbench.pipeline.stats import overview
    from workbench.report.stats import to_json, to_text

    wanted = _minima(minima)
    names = [name for one in metrics for name in one.split(",") if name]
    with opened(project, keep=False) as folder, _uncollected():
        found = overview(folder, document=document, by=by, metrics=names or None)
        limits = {name: _limit(name, value, found) for name, value in wanted.items()}
        # A pipe has no width: 80 columns there, whatever the terminal beside it has.
        columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else 80
        emit(to_json(found) if shape == "json" else to_text(found, columns=columns))
    missed = [line for name, limit in limits.items() if (line := _missed(name, limit, found))]
    say(missed)
    return 1 if missed else 0


@contextmanager
def _uncollected() -> Iterator[None]:
    """Do not look for garbage among a hundred thousand units that all stay: that is a quarter of the work."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _minima(given: tuple[str, ...]) -> dict[str, float | None]:
    from workbench.errors import UsageError

    wanted: dict[str, float | None] = {}
    for one in ",".join(given).split(",") if given else ():
        name, equals, number = one.strip().partition("=")
        try:
            value = float(number) if equals else None
        except ValueError:
            raise UsageError(f"--min {one}: {number!r} is no number") from None
        if name not in _SCORES or (value is None and name != "oqs"):
            raise UsageError(f"--min takes oqs, oqs=NUMBER and esa=NUMBER, not {one!r}")
        wanted[name] = value
    return wanted


def _limit(name: str, value: float | None, found: Overview) -> float:
    from workbench.errors import UsageError

    if value is not None:
        return value
    if found.threshold is None:
        raise UsageError(f"--min {name}: workbench.toml sets no [mqm] threshold; write --min {name}=98")
    return found.threshold


def _missed(name: str, limit: float, found: Overview) -> str | None:
    """Why the whole does not reach a limit, None where it does."""
    quality = found.whole.quality if found.whole is not None else None
    if name == "esa":
        rated = quality.esa if quality is not None else None
        if rated is None:
            return "esa: nothing was rated"
        return None if rated.mean >= limit else f"esa {rated.mean:.2f} is below {limit:g}"
    score = quality.mqm if quality is not None else None
    if score is None or score.oqs is None:
        return "oqs: nobody noted errors, or that there are none"
    if score.passes(limit):
        return None
    if score.oqs < limit:
        return f"oqs {score.oqs:.2f} is below {limit:g}"
    return "oqs: a critical error was found, one is enough to fail"
