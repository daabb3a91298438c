"""`workbench draft`: drafts for the units of a project that have none, or for a file."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli.output import check_out, emit, format_by_name, read_input, say
from workbench.model import TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.engines import Engine
    from workbench.pipeline.drafting import Drafter, Made, Tally
    from workbench.pipeline.project import Project

SHAPES = ("text", "json", "jsonl", "tmx", "csv", "tsv")
_SHOWN_TERMS = 5


@dataclass(slots=True, kw_only=True)
class Options:
    """What the command line asks for."""

    engine: str | None
    folder: str
    everything: bool
    alternatives: int
    matches: int
    glossary: Path | None
    source_lang: str | None
    target_lang: str | None
    shape: str | None
    out: str | None


@click.command("draft")
@click.argument("names", metavar="[DOCUMENT…]", nargs=-1)
@click.option("--engine", help="The engine that makes the drafts; default: as in workbench.toml, else argos.")
@click.option("--project", "folder", default=".", help="The project's folder, if not this one.")
@click.option(
    "--all/--missing",
    "everything",
    default=False,
    help="Also units whose draft nobody changed, or (default) only those without draft and target.",
)
@click.option(
    "--alternatives",
    type=click.IntRange(1, 10),
    default=1,
    help="How many proposals to keep for each unit; the first is its draft.",
)
@click.option(
    "--matches",
    type=click.IntRange(0, 101),
    default=85,
    help="Take reviewed units that match the source by so many percent before the engine; 101: none.",
)
@click.option("--glossary", type=click.Path(path_type=Path), help="Glossary to take terms from.")
@click.option(
    "--source-lang", help="Language of a FILE's sources; by default as NAME.LANG.txt says, else en."
)
@click.option("--target-lang", help="Language of a FILE's drafts; default zh.")
@click.option("--to", "shape", type=click.Choice(SHAPES), help="Print the drafts; of a FILE, its format.")
@click.option("-o", "--output", "out", help="Write the drafts of a FILE here.")
def command(names: tuple[str, ...], **given: object) -> int:
    """Draft the units of the project's DOCUMENTs (of all) that have no draft, or a FILE: a text or a bilingual file.

    What a person wrote or confirmed is never touched. In a project every batch is kept at once: after Ctrl+C or an
    error the same command goes on where it ended, and an open review shows the drafts as they come. The safe fixes are
    made in each draft, and one that loops or lost its ending is decoded again; the raw text is kept beside it.
    """
    from workbench.errors import UsageError

    options = Options(**given)  # type: ignore[arg-type]
    files = [name for name in names if _is_file(name)]
    if files:
        if len(names) > 1:
            raise UsageError("a file is drafted alone: name one, or documents of the project")
        return _draft_file(files[0], options)
    if options.out:
        raise UsageError("-o goes with a file; a project keeps its drafts in its store (workbench export)")
    if options.shape not in (None, "json", "jsonl"):
        raise UsageError("--to is json or jsonl for a project (workbench export writes other formats)")
    return _draft_project(names, options)


def _is_file(name: str) -> bool:
    """Whether a name is a file's rather than a document's; a document may hold a dot, but has no such ending."""
    from workbench import formats
    from workbench.pipeline.sources import is_subtitles

    known = formats.by_extension(name) is not None or is_subtitles(name)
    return name == "-" or known or Path(name).is_file()


# A project


def _draft_project(names: Sequence[str], options: Options) -> int:
    from workbench.cli.projects import opened
    from workbench.engines import find
    from workbench.errors import UsageError
    from workbench.pipeline.drafting import Tally

    if options.source_lang or options.target_lang:
        raise UsageError("--source-lang and --target-lang go with a file; a project's documents say theirs")
    if options.engine:
        find(options.engine)
    tally, results = Tally(), Results()
    with opened(options.folder) as project:
        records = [project.document(name) for name in dict.fromkeys(names)] or project.documents()
        engines: dict[tuple[str, str], Engine] = {}
        try:
            for record in records:
                _draft_document(project, record.name, options, engines, tally, results)
        except KeyboardInterrupt:
            say([f"stopped: {_counted(tally.drafted)} kept; the same command goes on from there"])
            return 130
        except Exception:
            if tally.drafted:
                say([f"{_counted(tally.drafted)} kept; the same command goes on from there"])
            raise
        finally:
            for engine in engines.values():
                engine.close()
    if options.shape:
        emit(results.as_json() if options.shape == "json" else results.as_lines())
    _sum_up(tally, options)
    return 0


def _draft_document(
    project: Project,
    name: str,
    options: Options,
    engines: dict[tuple[str, str], Engine],
    tally: Tally,
    results: Results,
) -> None:
    """Draft one document; an engine is opened once a pair of languages, when something is asked of it."""
    from workbench.cli.check import loaded_glossary
    from workbench.pipeline.drafting import Drafter
    from workbench.pipeline.drafting_units import DocumentDrafting, deferred_engine
    from workbench.pipeline.matches import project_memory
    from workbench.pipeline.rules import rules_of

    record = project.document(name)
    langs = record.source_lang, record.target_lang
    units = [unit for unit in project.store.units(record.id) if _wanted(unit, options)]
    if not units:
        return
    if langs not in engines:
        engines[langs] = deferred_engine(project.settings, options.engine, *langs, when_open=_say_engine)
    drafter = Drafter(
        engines[langs],
        source_lang=langs[0],
        target_lang=langs[1],
        rules=rules_of(project.settings, name),
        termbase=loaded_glossary(options.glossary) or project.termbase,
        memory=project_memory(project, *langs) if options.matches <= 100 else None,
        least_match=float(options.matches),
        alternatives=options.alternatives,
    )
    drafting = DocumentDrafting(
        store=project.store, document_id=record.id, drafter=drafter, everything=options.everything
    )
    with Bar(name, len(units)) as bar:
        for batch in drafting.run(units):
            for unit, made in batch.made:
                if unit.id in batch.kept or not made.drafts:
                    tally.add(made)
                if unit.id in batch.kept:
                    results.add(unit.id, made)
            bar.forward(len(batch.made))
    tally.problem = drafter.problem or tally.problem


def _wanted(unit: TranslationUnit, options: Options) -> bool:
    from workbench.pipeline.drafting_units import is_as_drafted, lacks_draft

    return is_as_drafted(unit) if options.everything else lacks_draft(unit)


# A file


def _draft_file(path: str, options: Options) -> int:
    from workbench import langs
    from workbench.cli.check import loaded_glossary, project_around
    from workbench.pipeline import drafting_files as files
    from workbench.pipeline.drafting import Drafter, Tally
    from workbench.pipeline.drafting_units import deferred_engine
    from workbench.pipeline.sources import check_languages

    named = options.out is not None and options.out != "-"
    shape = options.shape or (format_by_name(str(options.out)) if named else "text")
    check_out(options.out, [path], shape=shape, shapes=SHAPES)
    source_lang = langs.normalize(options.source_lang or files.lang_of(path) or "en")
    target_lang = langs.normalize(options.target_lang or "zh")
    check_languages(source_lang, target_lang)
    around = project_around(path)
    data, name = read_input(path)
    read = files.read(
        data,
        name,
        source_lang=source_lang,
        target_lang=target_lang,
        rules=around.segmentation_rules if around else None,
        wrapped=around.settings.wrapped if around else False,
    )
    say(f"warning: {line}" for line in read.warnings)
    wished = [(at, unit) for at, unit in enumerate(read.content.units) if _wanted(unit, options)]
    tally, results = Tally(), Results()
    units = list(read.content.units)
    if wished:
        engine = deferred_engine(
            around.settings if around else None,
            options.engine,
            source_lang,
            target_lang,
            when_open=_say_engine,
        )
        try:
            termbase = loaded_glossary(options.glossary) or (around.termbase if around else None)
            drafter = Drafter(
                engine,
                source_lang=source_lang,
                target_lang=target_lang,
                termbase=termbase,
                alternatives=options.alternatives,
            )
            _fill(units, wished, drafter, Path(name).name, tally, results)
            tally.problem = drafter.problem
        finally:
            engine.close()
    if shape in ("json", "jsonl") and options.shape:
        emit(results.as_json() if shape == "json" else results.as_lines(), options.out)
    else:
        emit(files.written(read.with_units(units), shape), options.out)
    _sum_up(tally, options)
    return 0


def _fill(
    units: list[TranslationUnit],
    wished: Sequence[tuple[int, TranslationUnit]],
    drafter: Drafter,
    name: str,
    tally: Tally,
    results: Results,
) -> None:
    """Put drafts into the units; the results come in the units' order."""
    from workbench.pipeline.drafting import batches
    from workbench.pipeline.drafting_units import with_drafts

    found: dict[int, Made] = {}
    with Bar(name, len(wished)) as bar:
        for some in batches([unit.source for _, unit in wished], drafter.batch_size):
            found |= zip(some, drafter.make([wished[at][1].source for at in some]), strict=True)
            bar.forward(len(some))
    for at, (index, unit) in enumerate(wished):
        tally.add(found[at])
        if found[at].drafts:
            units[index] = with_drafts(unit, found[at])
            results.add(unit.id or str(index + 1), found[at])


# What is said and printed


@dataclass(slots=True)
class Results:
    """The drafts for scripts: an object each, with what the engine gave before it was repaired as `raw`."""

    made: list[dict[str, object]] = field(default_factory=list)

    def add(self, unit_id: str, made: Made) -> None:
        """Take up the drafts of a unit."""
        first = made.drafts[0]
        unit = TranslationUnit(unit_id, 0, made.source, made.text, drafts=made.drafts)
        record: dict[str, object] = {
            "id": unit_id,
            "source": made.source,
            "draft": first.text,
            "engine": first.engine,
            "match": first.match,
            "raw": unit.raw_draft,
        }
        others = [one.text for one in unit.proposals[1:]]
        self.made.append(record | ({"others": others} if others else {}))

    def as_json(self) -> str:
        """A list of them."""
        return json.dumps(self.made, ensure_ascii=False, indent=1) + "\n"

    def as_lines(self) -> str:
        """One a line."""
        return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in self.made)


class Bar:
    """How far a document has come, on stderr, where that is a terminal."""

    _CELLS = 24

    def __init__(self, name: str, total: int) -> None:
        self._name, self._total, self._done = name, total, 0
        self._began = time.monotonic()
        self._shown = sys.stderr.isatty()

    def __enter__(self) -> Bar:
        self.forward(0)
        return self

    def __exit__(self, *_error: object) -> None:
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)  # noqa: T201

    def forward(self, count: int) -> None:
        """So many more are done."""
        from workbench.report.visible import visible

        self._done += count
        if not self._shown:
            return
        filled = self._CELLS * self._done // max(1, self._total)
        seconds = time.monotonic() - self._began
        pace = f"  {self._done / seconds:.0f}/s" if self._done and seconds > 0.5 else ""
        line = f"{visible(self._name)}  {'=' * filled}{'-' * (self._CELLS - filled)}  {self._done}/{self._total}{pace}"
        print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)  # noqa: T201


def _say_engine(engine: Engine) -> None:
    say([f"drafts by {engine.label}" + ("" if engine.is_local else ": the texts are sent there")])


def _counted(count: int) -> str:
    return f"{count} draft{'' if count == 1 else 's'}"


def _sum_up(tally: Tally, options: Options) -> None:
    """What came of it, on stderr: drafts, repairs, what could not be drafted, terms that are not in the drafts."""
    if not tally.drafted and not tally.without:
        kind = "no unit whose draft nobody changed" if options.everything else "no unit without a draft"
        say([f"nothing to draft: there is {kind}"])
        return
    parts = [f"{_counted(tally.drafted)} made"]
    if tally.matched:
        parts.append(f"{tally.matched} from matches")
    if tally.mended:
        parts.append(f"{tally.mended} mended by safe fixes")
    if tally.again:
        why = ", ".join(f"{count} {name}" for name, count in tally.again.most_common())
        parts.append(f"{sum(tally.again.values())} decoded again ({why})")
    say(["; ".join(parts)])
    if tally.without:
        were = "unit was" if tally.without == 1 else "units were"
        why = tally.problem or "the engine gave no text, or lost a code of the source"
        say([f"{tally.without} {were} left without a draft: {why}"])
    lost = tally.lost_terms
    if lost:
        shown = ", ".join(f"{term} ({count})" for term, count in lost.most_common(_SHOWN_TERMS))
        more = f" and {len(lost) - _SHOWN_TERMS} more" if len(lost) > _SHOWN_TERMS else ""
        say([f"{sum(lost.values())} terms of the glossary are not rendered as it says: {shown}{more}"])
