"""`workbench report`: a review, or a comparison of systems, as one HTML page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbench.cli.check import loaded_glossary, project_around, read_file, rules_for
from workbench.cli.output import emit, say

if TYPE_CHECKING:
    from workbench.pipeline.reporting import Reviewed


MANY = 20_000
"""Units from which on the checks take so long that it is said."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line said, one field an option."""

    ref: tuple[str, ...]
    source: str | None
    docs: str | None
    lang: str | None
    metric: tuple[str, ...]
    document: str | None
    glossary: Path | None
    checks: tuple[str, ...]
    no_checks: bool
    units: int | None
    title: str
    date: str
    samples: int | None
    seed: int
    workers: int
    output: str

    @property
    def metrics(self) -> tuple[str, ...]:
        """The names of the metrics that were asked for."""
        from workbench import metrics

        named = [name for one in self.metric for name in one.split(",") if name]
        return tuple(dict.fromkeys(metrics.find(name).name for name in named))


def _units(_context: object, _parameter: object, text: str) -> int | None:
    if text == "all":
        return None
    if text == "none":
        return 0
    if not text.isascii() or not text.isdigit():
        raise click.BadParameter("write a number, all or none")
    return int(text)


@click.command("report")
@click.argument("paths", metavar="[PROJECT | FILE | HYP... --ref REF]", nargs=-1)
@click.option(
    "--ref", multiple=True, help="Compare systems: the reference, a segment a line; repeated for several."
)
@click.option("--source", help="With --ref: the source, a segment a line, shown beside the systems.")
@click.option("--docs", help="With --ref: the document of each line, or its domain, a tab and its document.")
@click.option("--lang", help="Language of the targets, where the files do not say it; default zh.")
@click.option("--metric", multiple=True, help="bleu, chrf, ter, edit …; commas or repeated.")
@click.option("--document", help="Only this document of the project.")
@click.option(
    "--glossary", type=click.Path(path_type=Path), help="Glossary to check the terms of FILE against."
)
@click.option("--checks", multiple=True, help="Only these checks (id,id), or more and fewer (+id,-id).")
@click.option("--no-checks", is_flag=True, help="Run no checks: the report has no findings.")
@click.option(
    "--units", callback=_units, default="10000", show_default=True, metavar="N|all|none",
    help="How many units to list side by side, at most.",
)  # fmt: skip
@click.option("--title", default="", help="Heading of the page.")
@click.option(
    "--date", default="", help="A date to print below it; without one, the same input gives the same page."
)
@click.option("--samples", type=click.IntRange(1, 1_000_000), help="Resamples behind the intervals (1000).")
@click.option(
    "--seed", type=click.IntRange(0), default=12345, show_default=True, help="Seed of the resampling."
)
@click.option(
    "--workers",
    type=click.IntRange(0, 1024),
    default=1,
    help="Processes for the checks; 0 = one a processor.",
)
@click.option(
    "-o", "--output", default="report.html", show_default=True, help="The file to write; - is stdout."
)
def command(paths: tuple[str, ...], **given: Any) -> int:
    """Write one HTML page about the review of PROJECT (default: this folder) or of a bilingual FILE.

    With --ref: about systems, each HYP a segment a line. The page holds all it needs, asks nothing of the network,
    and prints well.
    """
    from workbench.errors import UsageError

    options = Options(**given)
    if options.ref:
        page = _systems(paths, options)
    elif len(paths) > 1:
        raise UsageError("several systems need a reference: --ref FILE")
    else:
        page = _review(paths[0] if paths else ".", options)
    emit(page, options.output)
    if options.output != "-":
        say([f"{options.output}: {len(page.encode('utf-8', 'replace')) / 1e6:.1f} MB"])
    return 0


def _review(path: str, options: Options) -> str:
    from workbench.errors import UsageError
    from workbench.report import page

    if options.source or options.docs or options.samples:
        raise UsageError("--source, --docs and --samples need a reference: --ref FILE")
    reviewed = _reviewed(path, options)
    say(f"warning: {line}" for line in reviewed.warnings)
    return page.to_html(reviewed, title=options.title, date=options.date, limit=options.units)


def _reviewed(path: str, options: Options) -> Reviewed:
    """The review of a project, or of a bilingual file."""
    from workbench.errors import UsageError
    from workbench.pipeline import reporting

    metrics = options.metrics or None
    checks = ",".join(options.checks) or None
    termbase = loaded_glossary(options.glossary)
    if path != "-" and Path(path).is_dir():
        from workbench.cli.projects import opened

        with opened(path, keep=False) as project:
            count = sum(record.unit_count for record in project.documents())
            if count > MANY and not options.no_checks and options.document is None:
                say(
                    [
                        f"checking {count:,} units takes minutes: --workers 0 shortens it, --no-checks leaves it out"
                    ]
                )
            return reporting.review_of_project(
                project,
                document=options.document,
                metrics=metrics,
                checks=checks,
                termbase=termbase,
                checked=not options.no_checks,
                workers=options.workers,
            )
    if options.document:
        raise UsageError("--document goes with a project")
    around = project_around(path)
    content = read_file(path, around, None, options.lang)
    rules = None if options.no_checks else rules_for(path, around, checks=checks, profile="")
    if termbase is None and around is not None:
        termbase = around.termbase
    name = "stdin" if path == "-" else Path(path).name
    return reporting.review_of_content(
        content, rules, termbase, name=name, metrics=metrics, workers=options.workers
    )


def _systems(paths: tuple[str, ...], options: Options) -> str:
    """Systems against references."""
    from workbench.cli.systems import read_docs, read_systems, side
    from workbench.errors import UsageError
    from workbench.metrics import significance
    from workbench.pipeline.measuring import measure
    from workbench.pipeline.reporting import systems_groups
    from workbench.pipeline.sides import untranslated
    from workbench.report import systems_page

    if options.document or options.glossary or options.checks or options.no_checks:
        raise UsageError(
            "--document, --glossary, --checks and --no-checks go with a project or FILE, without --ref"
        )
    inputs = read_systems(paths, options.ref)
    source = side(options.source, options.source) if options.source else None
    lang = options.lang or inputs.lang
    measured = measure(
        inputs.systems, inputs.references, options.metrics or ("bleu", "chrf", "ter"), lang=lang, keep=True
    )
    warnings = list(measured.warnings)
    if source is not None:
        warnings += untranslated(inputs.systems, source)
    say(f"warning: {line.removeprefix('warning: ')}" for line in warnings)
    for one in (*inputs.systems, *inputs.references, *([source] if source is not None else [])):
        warnings = [line.replace(one.path, Path(one.name).name) for line in warnings if one.path]
    labels = read_docs(options.docs, measured.count) if options.docs else inputs.labels
    rankings = [
        significance.rank(
            measured.tables,
            measured.systems,
            name,
            measured.setting,
            samples=options.samples,
            seed=options.seed,
        )
        for name in measured.metrics
    ]
    compared = systems_page.Compared(
        systems=[(name, measured.scores(name)) for name in measured.systems],
        rankings=rankings,
        groups=systems_groups(measured, labels),
        references=[list(side) for side in inputs.references],
        hypotheses={side.name: list(side) for side in inputs.systems},
        values={
            name: {m: v.tolist() for m, v in measured.segment_values(name).items()}
            for name in measured.systems
        },
        sources=list(source) if source is not None else [],
        ids=inputs.ids,
        labels=labels,
        lang=lang,
        source_lang=(source.lang if source is not None else "") or "en",
        warnings=[line.removeprefix("warning: ") for line in warnings],
    )
    return systems_page.to_html(compared, title=options.title, date=options.date, limit=options.units)
