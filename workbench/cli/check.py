"""`workbench check`: the findings of the checks, for people, scripts and CI."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli.output import emit, read_bilingual, read_input, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.checks import DocumentFindings
    from workbench.model import Content
    from workbench.pipeline.baseline import Known
    from workbench.pipeline.project import Project
    from workbench.pipeline.rules import Rules
    from workbench.termbase import Termbase

LEVELS = ("never", "minor", "major", "critical")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the command line asks for."""

    glossary: Path | None
    checks: str | None
    profile: str
    document: str | None
    source_lang: str | None
    target_lang: str | None
    baseline: str | None
    unused_waivers: str
    workers: int


@click.command("check")
@click.argument("path", metavar="[FILE|PROJECT]", default=".")
@click.option("--glossary", type=click.Path(path_type=Path), help="Glossary to check terms against.")
@click.option("--checks", multiple=True, help="Only these (id,id), or more and fewer (+id,-id).")
@click.option(
    "--profile", multiple=True, help="House style: mainland, taiwan or hong-kong; prose or ui; taiwan,ui."
)
@click.option("--document", help="Only this document of the project.")
@click.option(
    "--to",
    "shape",
    type=click.Choice(["text", "jsonl", "csv", "sarif", "html"]),
    default="text",
    help="Output format.",
)
@click.option("--baseline", help="Only what is new since this JSONL or SARIF of an earlier run.")
@click.option("--fail-on", type=click.Choice(LEVELS), default="never", help="Exit 1 from this severity on.")
@click.option(
    "--unused-waivers",
    type=click.Choice(["count", "list", "drop", "fail"]),
    default="count",
    help="Waivers whose finding is gone: count or list them, drop them from the project, or exit 1.",
)
@click.option(
    "--workers", type=click.IntRange(0, 1024), default=1, help="Processes; 0 = one for each processor."
)
@click.option("--source-lang", help="Language of the sources, where the file does not say it; default en.")
@click.option("--target-lang", help="Language of the targets, where the file does not say it; default zh.")
@click.option("-o", "--output", "out", help="Write to this file instead of stdout.")
def command(
    path: str,
    checks: tuple[str, ...],
    profile: tuple[str, ...],
    shape: str,
    fail_on: str,
    out: str | None,
    **rest: object,
) -> int:
    """Check a bilingual FILE (- for JSON lines on stdin), or the PROJECT of this folder.

    Findings that were waived in review are left out of a project's list and counted.
    """
    from workbench.model import Severity
    from workbench.pipeline.findings import issues_of
    from workbench.report import issues as report

    options = Options(checks=",".join(checks) or None, profile=" ".join(profile), **rest)  # type: ignore[arg-type]
    # A baseline that cannot be used is said before the work is done.
    known = _baseline(options.baseline)
    found = _found(path, options)
    unit_count, every = sum(len(one.units) for one in found), len(issues_of(found))
    if known is not None:
        from workbench.pipeline.baseline import only_new

        found = only_new(found, known)
    emit(report.RENDERERS[shape](found), out)
    issues = issues_of(found)
    say([report.summary(unit_count, issues)])
    if known is not None:
        say([f"{every - len(issues)} of {every} findings are in the baseline"])
    unused = _talk_of_waivers(found, options.unused_waivers)
    if unused and options.unused_waivers == "fail":
        return 1
    failing = fail_on != "never" and any(one.severity.rank >= Severity(fail_on).rank for one in issues)
    return 1 if failing else 0


def _baseline(path: str | None) -> list[Known] | None:
    if path is None:
        return None
    from workbench.pipeline.baseline import read_baseline

    data, name = read_input(path)
    return read_baseline(data, name=name)


def _found(path: str, options: Options) -> list[DocumentFindings]:
    """The findings on a project or on a file."""
    termbase = loaded_glossary(options.glossary)
    if path != "-" and Path(path).is_dir():
        from workbench.cli.projects import opened

        with opened(path, keep=options.unused_waivers == "drop") as project:
            return _of_project(project, termbase, options)
    from workbench.errors import UsageError
    from workbench.pipeline.findings import check_content

    if options.document:
        raise UsageError("--document goes with a project")
    lines: list[int | None] = []
    around = project_around(path)
    content = read_file(path, around, options.source_lang, options.target_lang, lines=lines)
    rules = rules_for(path, around, checks=options.checks, profile=options.profile)
    if termbase is None and around is not None:
        termbase = around.termbase
    name = "" if path == "-" else path
    return [check_content(content, rules, termbase, path=name, lines=lines, workers=options.workers)]


def _of_project(project: Project, termbase: Termbase | None, options: Options) -> list[DocumentFindings]:
    from workbench.pipeline.findings import check_project, drop_unused

    found = check_project(
        project,
        document=options.document,
        checks=options.checks,
        profile=options.profile,
        termbase=termbase,
        workers=options.workers,
    )
    if options.unused_waivers == "drop":
        drop_unused(project, found)
    return found


def loaded_glossary(path: Path | None) -> Termbase | None:
    """The termbase of --glossary, None without one. Raises GlossaryError."""
    if path is None:
        return None
    from workbench import termbase

    return termbase.load(path)


def project_around(path: str) -> Project | None:
    """The project whose folder a file lies in, not opened any further; None for stdin and for files of no project."""
    from workbench.pipeline.project import Project, find_folder

    folder = None if path == "-" else find_folder(Path(path).resolve().parent)
    return None if folder is None else Project(folder, keep=False)


def read_file(
    path: str,
    around: Project | None,
    source_lang: str | None,
    target_lang: str | None,
    *,
    lines: list[int | None] | None = None,
    line_ids: bool = True,
) -> Content:
    """A bilingual file, in the languages of the project it lies in where neither it nor the command line says any."""
    settings = around.settings if around is not None else None
    return read_bilingual(
        path,
        source_lang=source_lang or (settings.source_lang if settings else None),
        target_lang=target_lang or (settings.target_lang if settings else None),
        lines=lines,
        line_ids=line_ids,
    )


def rules_for(path: str, around: Project | None, *, checks: str | None, profile: str) -> Rules:
    """The rules for a file: those of the project it lies in, else those of the command line alone."""
    from workbench.pipeline.rules import make_rules, rules_of

    if around is None:
        return make_rules(checks, profile)
    from workbench.pipeline.sources import bilingual_name

    return rules_of(around.settings, bilingual_name(Path(path)) or "", checks=checks, profile=profile)


def _talk_of_waivers(found: Sequence[DocumentFindings], mode: str) -> int:
    """Say how many findings were waived and which waivers are unused; how many of these there are."""
    waived = sum(one.waived for one in found)
    unused = [waiver for one in found for waiver in one.unused]
    if waived:
        say([f"{waived} more waived in review"])
    if not unused:
        return 0
    what = "1 waiver is" if len(unused) == 1 else f"{len(unused)} waivers are"
    hints = {"count": " (--unused-waivers list shows, drop removes them)", "drop": ": removed"}
    say([f"{what} unused, the finding is gone{hints.get(mode, '')}"])
    if mode != "count":
        from workbench.pipeline.findings import check_of

        say(
            f"  {one.unit_id}: {check_of(one.fingerprint)}, waived by {one.author}"
            + (f": {one.reason}" if one.reason else "")
            for one in unused
        )
    return len(unused)
