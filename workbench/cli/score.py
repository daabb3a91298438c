"""`workbench score`: hypotheses against references, or drafts against what review made of them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbench.cli.output import emit, emit_pieces, read_bilingual, say
from workbench.cli.systems import read_docs, read_systems, side

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.model import Score, TranslationUnit
    from workbench.pipeline.measuring import Measured
    from workbench.pipeline.regressions import Loss
    from workbench.pipeline.sides import Side

SHAPES = ("text", "json", "csv", "latex")
GROUPS = ("document", "domain", "length", "edit", "reviewer", "engine", "state", "date")
TESTS = ("bootstrap", "randomisation")


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line said, one field an option."""

    ref: tuple[str, ...]
    metric: tuple[str, ...]
    lang: str | None
    state: str | None
    by: str | None
    docs: str | None
    source: str | None
    significance: str | None
    samples: int | None
    seed: int
    level: float
    compare: str | None
    min: tuple[str, ...]
    max: tuple[str, ...]
    workers: str
    chunks: Path | None
    to: str
    statistics: bool
    against: str
    segments: str | None
    output: str | None

    @property
    def keeps_lines(self) -> bool:
        """Whether every line's statistics are needed."""
        return bool(self.by or self.significance or self.compare or self.statistics or self.segments)


@click.command("score")
@click.argument("hypotheses", metavar="HYP... | FILE | PROJECT", nargs=-1)
@click.option(
    "--ref", multiple=True, help="The reference, a segment a line, as each HYP; repeated for several."
)
@click.option(
    "--metric", multiple=True, help="bleu, bleu:TOKENIZER, chrf, chrf++, ter, edit …; commas or repeated."
)
@click.option("--lang", help="Language of hypotheses and reference; default: as the file says, else zh.")
@click.option(
    "--state", type=click.Choice(["reviewed", "all"]), help="Which units of FILE or PROJECT; default: reviewed of a "
    "project, all of a file.",
)  # fmt: skip
@click.option("--by", type=click.Choice(GROUPS), help="Also the scores of each group.")
@click.option("--docs", help="A file that names the document of each line, or domain, tab, document.")
@click.option("--source", help="The source, a segment a line: says which systems left it untranslated.")
@click.option("--significance", type=click.Choice(TESTS), help="Compare all pairs of systems and rank them.")
@click.option("--samples", type=click.IntRange(1, 1_000_000), help="Resamples (1000) or trials (10000).")
@click.option(
    "--seed", type=click.IntRange(0), default=12345, show_default=True, help="Seed of the resampling."
)
@click.option(
    "--level", type=click.FloatRange(0, 1, min_open=True), default=0.05, show_default=True,
    help="The p value below which a difference is significant.",
)  # fmt: skip
@click.option("--compare", help="The JSON of an earlier run: exit 1 where a score is significantly worse.")
@click.option("--min", multiple=True, metavar="METRIC=VALUE", help="Exit 1 below this score.")
@click.option("--max", multiple=True, metavar="METRIC=VALUE", help="Exit 1 above this score.")
@click.option("--workers", default="1", help="Processes (0 = one a processor), or dask://HOST:PORT.")
@click.option(
    "--chunks", type=click.Path(path_type=Path), help="Keep finished chunks in this folder, to go on from."
)
@click.option("--to", type=click.Choice(SHAPES), default="text", help="Output format.")
@click.option(
    "--statistics", is_flag=True, help="Put every line's counts into the JSON, for a later --compare."
)
@click.option(
    "--against",
    type=click.Choice(("repaired", "raw")),
    default="repaired",
    help="Without --ref: the drafts as review began with them, or as the engine gave them.",
)
@click.option("--segments", help="Also write the scores of each segment to this CSV file.")
@click.option("-o", "--output", help="Write to this file instead of stdout.")
def command(hypotheses: tuple[str, ...], **given: Any) -> int:
    """Score each HYP (a segment a line) against the reference, with the numbers and signatures of sacrebleu.

    HYP and reference may be text, TMX, CSV, TSV or JSONL, gzipped too; of a bilingual file the targets count.
    Without --ref: the edit scores of one bilingual FILE or of the PROJECT, draft against target.
    """
    from workbench.errors import UsageError

    options = Options(**given)
    limits = _limits(options.min, options.max)
    if options.segments == "-" and (options.output is None or options.output == "-"):
        raise UsageError("--segments - and the scores cannot both go to stdout")
    if options.statistics and options.to != "json":
        raise UsageError("--statistics goes with --to json")
    if options.ref:
        return _systems(hypotheses, options, limits)
    if len(hypotheses) > 1:
        raise UsageError("several hypotheses need a reference: --ref FILE")
    return _review(hypotheses[0] if hypotheses else ".", options, limits)


Limits = list[tuple[str, str, float]]


def _wanted(options: Options, default: tuple[str, ...], limits: Limits) -> list[str]:
    from workbench import metrics

    named = [name for one in options.metric for name in one.split(",") if name]
    names = [metrics.find(name).name for name in (*(named or default), *(name for name, _, _ in limits))]
    if options.by == "edit":
        names.append("edit")
    return list(dict.fromkeys(names))


def _systems(hypotheses: tuple[str, ...], options: Options, limits: Limits) -> int:
    """Systems against references."""
    from workbench.errors import UsageError
    from workbench.pipeline.sides import untranslated

    if options.against == "raw":
        raise UsageError("--against raw goes with a project or a bilingual file, without --ref")
    if options.state:
        raise UsageError("--state goes with a project or a bilingual file, without --ref")
    if options.by in ("reviewer", "engine", "state", "date"):
        raise UsageError(f"--by {options.by} goes with a project, without --ref")
    inputs = read_systems(hypotheses, options.ref)
    metrics = _wanted(options, ("bleu", "chrf", "ter"), limits)
    lang = options.lang or inputs.lang
    measured = _measured(inputs.systems, inputs.references, metrics, lang, options)
    if options.source:
        say(untranslated(inputs.systems, side(options.source, options.source)))
    return _report([measured], options, limits, labels=dict(inputs.labels), ids=inputs.ids)


def _review(path: str, options: Options, limits: Limits) -> int:
    """Drafts against targets of a project or a bilingual file, a system a document, or all as one with --by."""
    from workbench.errors import UsageError
    from workbench.pipeline import score as use
    from workbench.pipeline.sides import Side

    if options.significance or options.compare or options.source:
        raise UsageError("--significance, --compare and --source need a reference: --ref FILE")
    if options.docs and path != "-" and Path(path).is_dir():
        raise UsageError("--docs goes with files: a project knows its documents")
    metrics = _wanted(options, use.EDIT_METRICS, limits)
    drafted = _drafts(path, options)
    if options.by and len(drafted) > 1:
        drafted = [_joined(drafted, options)]
    measured = []
    for one in drafted:
        drafts = Side(
            one.name, texts=[unit.raw_draft if options.against == "raw" else unit.draft for unit in one.units]
        )
        targets = Side(f"the targets of {one.name}", texts=[unit.target for unit in one.units])
        measured.append(_measured([drafts], [targets], metrics, options.lang or one.lang, options))
    labels = use.unit_labels(drafted[0].units, drafted[0].documents)
    ids = [unit.id for unit in drafted[0].units] if len(drafted) == 1 else []
    return _report(measured, options, limits, labels=labels, ids=ids)


@dataclass(frozen=True, slots=True)
class _Drafted:
    """Units with a draft under one name, and the document of each."""

    name: str
    units: list[TranslationUnit]
    documents: list[str]
    lang: str


def _joined(parts: Sequence[_Drafted], options: Options) -> _Drafted:
    """The documents of a project as one. Raises UsageError where they would be cut into tokens in different ways."""
    from workbench.errors import UsageError
    from workbench.langs import is_chinese

    first = parts[0]
    for one in parts[1:]:
        if options.lang is None and is_chinese(one.lang) != is_chinese(first.lang):
            raise UsageError(
                f"{first.name} is in {first.lang}, {one.name} in {one.lang}: --lang LANG scores both as one language"
            )
    units = [unit for one in parts for unit in one.units]
    return _Drafted("project", units, [name for one in parts for name in one.documents], first.lang)


def _measured(
    systems: Sequence[Side], references: Sequence[Side], metrics: list[str], lang: str, options: Options
) -> Measured:
    from workbench.pipeline import measuring, pools

    found = measuring.measure(
        systems,
        references,
        metrics,
        lang=lang,
        keep=options.keeps_lines,
        workers=pools.parse_workers(options.workers),
        chunks_folder=options.chunks,
    )
    say(f"warning: {line}" for line in found.warnings)
    return found


def _report(
    measured: Sequence[Measured],
    options: Options,
    limits: Limits,
    *,
    labels: dict[str, Any],
    ids: Sequence[str],
) -> int:
    """Print what was asked for, and judge it."""
    from workbench.metrics import significance
    from workbench.pipeline.groups import grouped
    from workbench.report import scores as report

    systems = [(name, each.scores(name)) for each in measured for name in each.systems]
    first = measured[0]
    # The earlier run is read before anything is written: it may be the file that the new one goes to.
    lost = _lost(first, options) if options.compare else []
    if options.docs:
        labels = read_docs(options.docs, first.count)
    groups = grouped(first, _labels(first, options.by, labels), options.by) if options.by else []
    rankings = []
    if options.significance:
        rankings = [
            significance.rank(
                first.tables,
                first.systems,
                name,
                first.setting,
                test="bootstrap" if options.significance == "bootstrap" else "randomisation",
                samples=options.samples,
                seed=options.seed,
                level=options.level,
            )
            for name in first.metrics
        ]
    kept = (
        {key: table for each in measured for key, table in each.tables.items()}
        if options.statistics
        else None
    )
    if options.segments is not None:
        _write_segments(measured, options.segments, labels=labels, ids=ids)
    made = report.ScoreReport(systems, options.by or "", groups, rankings, kept)
    emit(report.RENDERERS[options.to](made), options.output)
    say(_told(loss) for loss in lost)
    return _judge(systems, limits) or (1 if any(loss.significant for loss in lost) else 0)


def _write_segments(
    measured: Sequence[Measured], output: str, *, labels: dict[str, Any], ids: Sequence[str]
) -> None:
    """Write every segment of every system as one table."""
    from workbench.report import scores as report

    count = measured[0].count
    own = {key: value for key, value in labels.items() if len(value) == count} if len(measured) == 1 else {}
    pieces = (
        line
        for at, each in enumerate(measured)
        for line in report.segments_csv(
            [(name, _listed(each, name), each.lengths[name].tolist()) for name in each.systems],
            each.lengths[""].tolist(),
            ids=ids,
            labels=own,
            head=not at,
        )
    )
    emit_pieces(pieces, output)


def _listed(measured: Measured, system: str) -> dict[str, list[float]]:
    return {name: values.tolist() for name, values in measured.segment_values(system).items()}


def _labels(measured: Measured, by: str, labels: dict[str, Any]) -> Any:
    from workbench.errors import UsageError
    from workbench.pipeline.groups import edit_labels, length_labels

    if by == "length":
        return length_labels(measured.lengths[""])
    if by == "edit":
        return {
            name: edit_labels(measured.segment_values(name)["edit"].tolist()) for name in measured.systems
        }
    if by not in labels:
        raise UsageError(f"--by {by}: nothing says the {by} of a line; --docs FILE does")
    return labels[by]


def _drafts(path: str, options: Options) -> list[_Drafted]:
    """The units with a draft of each document of a project, or of a file. Raises UsageError where there are none."""
    from workbench.errors import UsageError
    from workbench.formats.base import document_of
    from workbench.pipeline.export import DONE

    is_project = path != "-" and Path(path).is_dir()
    state = options.state or ("reviewed" if is_project else "all")
    if is_project:
        from workbench.cli.projects import opened
        from workbench.pipeline.effort import as_confirmed

        with opened(path, keep=False) as project:
            named = [
                (
                    one.name,
                    one.target_lang or project.settings.target_lang,
                    as_confirmed(project.store.units(one.id), project.store.confirmed(one.id)),
                )
                for one in project.documents()
            ]
    else:
        content = read_bilingual(path, target_lang=options.lang)
        name = "stdin" if path == "-" else path
        named = [(name, content.document.target_lang or "zh", list(content.units))]
    found = []
    for name, lang, units in named:
        kept = [unit for unit in units if unit.drafts and (state == "all" or unit.state in DONE)]
        documents = [name if is_project else document_of(unit, content.document) or name for unit in kept]
        found.append(_Drafted(name, kept, documents, lang))
    found = [one for one in found if one.units]
    if not found:
        hint = " that is reviewed (--state all takes every unit)" if state == "reviewed" else ""
        raise UsageError(f"{path}: there is no unit with a draft{hint}")
    return found


def _limits(floors: tuple[str, ...], ceilings: tuple[str, ...]) -> Limits:
    """(metric, "min" or "max", value) for each limit. Raises UsageError."""
    from workbench.errors import UsageError

    limits: Limits = []
    for kind, values in (("min", floors), ("max", ceilings)):
        for text in (part for value in values for part in value.split(",")):
            name, _, number = text.partition("=")
            try:
                limit = float(number)
            except ValueError:
                limit = math.nan
            if not math.isfinite(limit):
                raise UsageError(f"--{kind} {text}: write METRIC=VALUE, such as bleu=35")
            limits.append((name.strip().lower(), kind, limit))
    return limits


def _judge(systems: list[tuple[str, list[Score]]], limits: Limits) -> int:
    failed = [
        f"{name}: {metric} {score.value:.2f} is {'below' if kind == 'min' else 'above'} {limit:g}"
        for name, scores in systems
        for score in scores
        for metric, kind, limit in limits
        if score.metric == metric and (score.value < limit if kind == "min" else score.value > limit)
    ]
    say(failed)
    return 1 if failed else 0


def _lost(measured: Measured, options: Options) -> list[Loss]:
    """What got worse since the earlier run; what that run does not have is said."""
    from workbench.formats.files import load
    from workbench.pipeline.regressions import losses, read_scores, uncompared

    path = options.compare or ""
    earlier = read_scores(load(Path(path)), name=path)
    found = list(
        losses(measured, earlier, name=path, samples=options.samples, seed=options.seed, level=options.level)
    )
    say(f"warning: {path} has no {what}: not compared" for what in uncompared(measured, earlier))
    return found


def _told(loss: Loss) -> str:
    how = "significantly worse" if loss.significant else "worse, not significantly"
    chance = (
        f"p {loss.p_value:.4f}"
        if loss.p_value is not None
        else "the earlier score against the middle 95% of today's resamples"
    )
    return f"{loss.system}: {loss.metric} {loss.now:.2f}, was {loss.before:.2f}: {how} ({chance})"
