"""`workbench score`: hypotheses against references, or drafts against what review made of them."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli.output import emit, read_bilingual, read_text, say

if TYPE_CHECKING:
    from workbench.model import Score

SHAPES = ("text", "json", "csv", "latex")


@click.command("score")
@click.argument("hypotheses", metavar="HYP... | FILE | PROJECT", nargs=-1)
@click.option("--ref", "reference", help="The reference, a segment a line, as each HYP.")
@click.option(
    "--metric", "metrics", multiple=True, help="bleu, chrf, chrf++, ter, edit …; commas or repeated."
)
@click.option("--lang", help="Language of hypotheses and reference; default: as the file says, else zh.")
@click.option(
    "--state",
    type=click.Choice(["reviewed", "all"]),
    default="reviewed",
    help="Which units of a project; a file's are all taken.",
)
@click.option("--to", "shape", type=click.Choice(SHAPES), default="text", help="Output format.")
@click.option("--segments", help="Also write the scores of each segment to this CSV file.")
@click.option("--min", "floors", multiple=True, metavar="METRIC=VALUE", help="Exit 1 below this score.")
@click.option("--max", "ceilings", multiple=True, metavar="METRIC=VALUE", help="Exit 1 above this score.")
@click.option("-o", "--output", "out", help="Write to this file instead of stdout.")
def command(
    hypotheses: tuple[str, ...],
    reference: str | None,
    metrics: tuple[str, ...],
    lang: str | None,
    state: str,
    shape: str,
    segments: str | None,
    floors: tuple[str, ...],
    ceilings: tuple[str, ...],
    out: str | None,
) -> int:
    """Score each HYP (a segment a line) against the reference, with the numbers and signatures of sacrebleu.

    Without --ref: the edit scores of one bilingual FILE or of the PROJECT, draft against target.
    """
    from workbench.errors import UsageError
    from workbench.pipeline import score as use
    from workbench.report import scores as report

    wanted = list(dict.fromkeys(name for one in metrics for name in one.split(",") if name))
    if segments == "-" and (out is None or out == "-"):
        raise UsageError("--segments - and the scores cannot both go to stdout")
    limits = _limits(floors, ceilings)
    pairs: list[tuple[str, list[str], list[str]]]
    if reference is not None:
        if not hypotheses:
            raise UsageError("name at least one hypothesis file")
        if reference == "-" and "-" in hypotheses:
            raise UsageError("only one file can come from stdin")
        wanted = wanted or ["bleu", "chrf", "ter"]
        lang = lang or "zh"
        lines = _lines(reference)
        pairs = [(name, _lines(name), lines) for name in hypotheses]
        for name, mine, theirs in pairs:
            if len(mine) != len(theirs):
                raise UsageError(f"{name} has {len(mine)} segments, {reference} has {len(theirs)}")
    else:
        if len(hypotheses) > 1:
            raise UsageError("several hypotheses need a reference: --ref FILE")
        wanted = wanted or list(use.EDIT_METRICS)
        pairs, lang = _drafts(hypotheses[0] if hypotheses else ".", state=state, lang=lang)
    wanted += [name for name, _, _ in limits if name not in wanted]
    systems = [
        (system, use.score(mine, theirs, wanted, lang=lang))
        for system, (_, mine, theirs) in zip(_systems(pairs), pairs, strict=True)
    ]
    if segments is not None:
        from workbench import metrics as family

        each = [
            (system, family.segment_scores(mine, theirs, metrics=tuple(wanted), lang=lang))
            for system, (_, mine, theirs) in zip(_systems(pairs), pairs, strict=True)
        ]
        emit(report.segments_csv(each, wanted), segments)
    emit(report.RENDERERS[shape](systems), out)
    return _judge(systems, limits)


def _systems(pairs: list[tuple[str, list[str], list[str]]]) -> list[str]:
    """What to call each system: its file's name, or the whole path where two have the same name."""
    names = [Path(name).name for name, _, _ in pairs]
    return [name if names.count(name) == 1 else path for name, (path, _, _) in zip(names, pairs, strict=True)]


def _lines(path: str) -> list[str]:
    """One segment a line, as sacrebleu has it: only a newline ends a line, and a last empty one is none.

    Raises UsageError for a bilingual file, InputError for lines that end in a lone carriage return.
    """
    from workbench.errors import InputError, UsageError
    from workbench.pipeline.sources import bilingual_name

    if path != "-" and bilingual_name(Path(path)) is not None:
        raise UsageError(
            f"{path} is a bilingual file: without --ref its drafts are scored against its targets"
        )
    text = read_text(path).removeprefix("\ufeff")
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    for number, line in enumerate(lines, 1):
        if "\r" in line:
            raise InputError("a lone carriage return: end each line with a newline", file=path, line=number)
    return lines[:-1] if lines and not lines[-1] else lines


def _drafts(path: str, *, state: str, lang: str | None) -> tuple[list[tuple[str, list[str], list[str]]], str]:
    """Drafts and targets of a project, a document each, or of a bilingual file; and the target's language."""
    from workbench.errors import UsageError
    from workbench.pipeline.export import DONE

    is_project = path != "-" and Path(path).is_dir()
    if is_project:
        from workbench.cli.projects import opened

        with opened(path, keep=False) as project:
            named = [(record.name, project.store.units(record.id)) for record in project.documents()]
            lang = lang or project.settings.target_lang
        if state == "reviewed":
            named = [(name, [unit for unit in units if unit.state in DONE]) for name, units in named]
    else:
        content = read_bilingual(path, target_lang=lang)
        named = [("stdin" if path == "-" else path, list(content.units))]
        lang = lang or content.document.target_lang or "zh"
    kept = [(name, [unit for unit in units if unit.drafts]) for name, units in named]
    kept = [(name, units) for name, units in kept if units]
    if not kept:
        hint = (
            " that is reviewed (--state all takes every unit)" if is_project and state == "reviewed" else ""
        )
        raise UsageError(f"{path}: there is no unit with a draft{hint}")
    return [
        (name, [unit.draft for unit in units], [unit.target for unit in units]) for name, units in kept
    ], lang


def _limits(floors: tuple[str, ...], ceilings: tuple[str, ...]) -> list[tuple[str, str, float]]:
    """(metric, "min" or "max", value) for each limit. Raises UsageError."""
    from workbench.errors import UsageError

    limits: list[tuple[str, str, float]] = []
    for kind, values in (("min", floors), ("max", ceilings)):
        for text in (part for value in values for part in value.split(",")):
            name, _, number = text.partition("=")
            try:
                limit = float(number)
            except ValueError:
                limit = math.nan
            if not math.isfinite(limit):
                raise UsageError(f"--{kind} {text}: write METRIC=VALUE, such as bleu=35")
            limits.append((name.strip(), kind, limit))
    return limits


def _judge(systems: list[tuple[str, list[Score]]], limits: list[tuple[str, str, float]]) -> int:
    failed = [
        f"{name}: {metric} {score.value:.2f} is {'below' if kind == 'min' else 'above'} {limit:g}"
        for name, scores in systems
        for score in scores
        for metric, kind, limit in limits
        if score.metric == metric and (score.value < limit if kind == "min" else score.value > limit)
    ]
    say(failed)
    return 1 if failed else 0
