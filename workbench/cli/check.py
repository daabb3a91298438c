"""`workbench check`: the findings of the checks, for people, scripts and CI."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli.output import emit, read_bilingual, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbench.model import TranslationUnit
    from workbench.termbase import Termbase

LEVELS = ("never", "minor", "major", "critical")


@click.command("check")
@click.argument("path", metavar="[FILE|PROJECT]", default=".")
@click.option("--glossary", type=click.Path(path_type=Path), help="Glossary to check terms against.")
@click.option("--checks", "spec", multiple=True, help="Only these (id,id), or more and fewer (+id,-id).")
@click.option("--document", help="Only this document of the project.")
@click.option(
    "--to", "shape", type=click.Choice(["text", "jsonl", "csv"]), default="text", help="Output format."
)
@click.option("--fail-on", type=click.Choice(LEVELS), default="never", help="Exit 1 from this severity on.")
@click.option("--source-lang", help="Language of the sources, where the file does not say it; default en.")
@click.option("--target-lang", help="Language of the targets, where the file does not say it; default zh.")
@click.option("-o", "--output", "out", help="Write to this file instead of stdout.")
def command(
    path: str,
    glossary: Path | None,
    spec: tuple[str, ...],
    document: str | None,
    shape: str,
    fail_on: str,
    source_lang: str | None,
    target_lang: str | None,
    out: str | None,
) -> int:
    """Check a bilingual FILE (- for JSON lines on stdin), or the PROJECT of this folder.

    Findings that were waived in review are left out of a project's list.
    """
    from workbench.errors import UsageError
    from workbench.model import Severity
    from workbench.pipeline.check import find_issues
    from workbench.report import issues as report

    units: Iterable[TranslationUnit]
    waived: set[tuple[str, str]] = set()
    termbase: Termbase | None = None
    checks = ",".join(spec) or None
    if path != "-" and Path(path).is_dir():
        from workbench.cli.projects import opened

        with opened(path, keep=False) as project:
            termbase = project.termbase
            checks = checks or project.settings.checks.select or None
            langs = (project.settings.source_lang, project.settings.target_lang)
            names = [project.document(document).id] if document else [one.id for one in project.documents()]
            units = [unit for name in names for unit in project.store.units(name)]
            waived = {(one.unit_id, one.fingerprint) for name in names for one in project.store.waivers(name)}
    else:
        if document:
            raise UsageError("--document goes with a project")
        content = read_bilingual(path, source_lang=source_lang, target_lang=target_lang)
        units = content.units
        langs = (content.document.source_lang or "en", content.document.target_lang or "zh")
    if glossary is not None:
        from workbench import termbase as family

        termbase = family.load(glossary)
    found = [
        (unit, [one for one in issues if (unit.id, one.fingerprint) not in waived])
        for unit, issues in find_issues(
            units, termbase, checks=checks, source_lang=langs[0], target_lang=langs[1]
        )
    ]
    emit(report.RENDERERS[shape](found), out)
    count = sum(len(issues) for _, issues in found)
    say([report.summary(len(found), [one for _, issues in found for one in issues])])
    if fail_on == "never" or not count:
        return 0
    limit = Severity(fail_on).rank
    return 1 if any(one.severity.rank >= limit for _, issues in found for one in issues) else 0
