"""`workbench terms`: check a glossary, find, add, import, export and extract terms."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbench.cli.output import emit, emit_lines, read_bilingual, read_input, say

if TYPE_CHECKING:
    from workbench.model import TranslationUnit
    from workbench.pipeline.terms import TermPlace
    from workbench.termbase.merging import Merge

_GLOSSARY = click.option(
    "--glossary", type=click.Path(path_type=Path), help="This glossary instead of the project's."
)
_OUTPUT = click.option("-o", "--output", "out", help="Write to this file instead of stdout.")


@click.group("terms")
def command() -> None:
    """The glossary: check it, look terms up, add, exchange and extract them."""


@command.command("check", short_help="Find faults of a glossary itself.")
@click.argument("path", metavar="[FILE|PROJECT]", default=".")
@click.option("--to", "shape", type=click.Choice(["text", "jsonl"]), default="text", help="Output format.")
@click.option(
    "--fail-on",
    type=click.Choice(("never", "minor", "major", "critical")),
    default="never",
    help="Exit 1 from this severity on.",
)
@_OUTPUT
def check(path: str, shape: str, fail_on: str, out: str | None) -> int:
    """Find faults of a glossary itself: the FILE, or that of a PROJECT (of this folder by default).

    Exits 2 where the glossary cannot be used at all.
    """
    from workbench.model import Severity
    from workbench.pipeline.terms import glossary_path
    from workbench.termbase.glossary import decode
    from workbench.termbase.lint import problems
    from workbench.termbase.writing import read_file

    file, source_lang, target_lang = glossary_path(path)
    text = decode(read_file(file), str(file))
    found = problems(text, name=str(file), source_lang=source_lang, target_lang=target_lang)
    if shape == "jsonl":
        records: list[dict[str, Any]] = [
            {"file": str(file), "line": one.line, "severity": str(one.severity), "message": one.message}
            for one in found
        ]
        emit_lines((json.dumps(record, ensure_ascii=False) for record in records), out)
    else:
        emit_lines((f"{file}:{one.line}: {one.severity}: {one.message}" for one in found), out)
    say([f"{len(found)} {'problem' if len(found) == 1 else 'problems'}"])
    if any(one.severity is Severity.CRITICAL for one in found):
        say([f"{file}: nothing of it is used until what is critical is mended"])
        return 2
    if fail_on == "never":
        return 0
    return 1 if any(one.severity.rank >= Severity(fail_on).rank for one in found) else 0


@command.command("find", short_help="Show which terms stand in a text.")
@click.argument("text", metavar="TEXT|FILE")
@click.option("--lang", help="The language of the text; default: told by its writing.")
@click.option("--to", "shape", type=click.Choice(["text", "jsonl"]), default="text", help="Output format.")
@_GLOSSARY
@_OUTPUT
def find(text: str, lang: str | None, shape: str, glossary: Path | None, out: str | None) -> int:
    """Show which terms stand in a TEXT, or in the lines of a FILE (- for stdin), and what they call for."""
    from workbench import langs, termbase
    from workbench.cli.output import read_text
    from workbench.pipeline.terms import find_terms, glossary_path, language_of

    file, source_lang, target_lang = glossary_path(str(glossary) if glossary else None)
    base = termbase.load(file, source_lang=source_lang, target_lang=target_lang)
    from_file = text == "-" or Path(text).is_file()
    whole = read_text(text) if from_file else text
    language = langs.normalize(lang) if lang else language_of(whole, source_lang, target_lang)
    lines: list[str] = []
    for number, line in enumerate(whole.splitlines(), 1):
        for place in find_terms(base, line, language):
            where = f"{number}:" if from_file else ""
            lines.append(
                _record(place, line, number if from_file else None)
                if shape == "jsonl"
                else where + _shown(place, line)
            )
    emit_lines(lines, out)
    say([f"{len(lines)} found in {len(base)} concepts ({language})"])
    return 0


def _shown(place: TermPlace, line: str) -> str:
    span = place.match.span
    calls = " | ".join(_with_status(term.text, str(term.status)) for term in place.renderings)
    inside = f"\t(inside {place.inside}: not counted)" if place.inside else ""
    status = _with_status(span.of(line), str(place.match.term.status))
    return f"{span.start}-{span.end}\t{status}\t{calls}\tline {place.match.concept.line}{inside}"


def _with_status(text: str, status: str) -> str:
    return f"{text} [{status}]" if status in ("forbidden", "deprecated") else text


def _record(place: TermPlace, line: str, number: int | None) -> str:
    match = place.match
    record = {
        "line": number,
        "start": match.span.start,
        "end": match.span.end,
        "text": match.span.of(line),
        "concept": match.concept.id,
        "status": str(match.term.status),
        "renderings": [{"text": term.text, "status": str(term.status)} for term in place.renderings],
        "glossary_line": match.concept.line,
        "inside": place.inside or None,
    }
    return json.dumps({key: value for key, value in record.items() if value is not None}, ensure_ascii=False)


@command.command("add", short_help="Add a term and its rendering.")
@click.argument("source")
@click.argument("target", default="")
@click.option("--note", default="", help="Shown with findings.")
@click.option("--domain", default="", help="The field that the term belongs to.")
@click.option(
    "--status",
    default="",
    type=click.Choice(["", "preferred", "admitted", "deprecated", "forbidden", "keep"]),
    show_choices=False,
    help="Of the rendering: preferred, admitted, deprecated, forbidden; keep: a term that is not translated.",
)
@_GLOSSARY
def add(source: str, target: str, note: str, domain: str, status: str, glossary: Path | None) -> int:
    """Add a term SOURCE and its rendering TARGET to the glossary, or to the entry that has the term."""
    from workbench.pipeline.terms import add_term, glossary_path

    file, source_lang, target_lang = glossary_path(str(glossary) if glossary else None)
    merge = add_term(
        file,
        source,
        target,
        note=note,
        domain=domain,
        status=status,
        source_lang=source_lang,
        target_lang=target_lang,
    )
    say(_told(merge, file))
    return 1 if merge.conflicts else 0


def _told(merge: Merge, file: Path, *, dry_run: bool = False) -> list[str]:
    """What a merge did, a line each."""
    lines = [*(f"conflict: {conflict}" for conflict in merge.conflicts), *merge.changes]
    did = "would be " if dry_run else ""
    counts = (
        f"{len(merge.added)} {did}added, {len(merge.updated)} {did}completed, {merge.unchanged} there already"
    )
    return [*lines, f"{file}: {counts}"]


@command.command("import", short_help="Merge the terms of a file into the glossary.")
@click.argument("path", metavar="FILE")
@click.option("--from", "format", help="tbx, csv, tsv, xlsx, tmx or yaml; default: as the file is named.")
@click.option(
    "--map", "mapping", multiple=True, help="Columns of a table: source=English,target=中文,note=Remarks."
)
@click.option(
    "--longest", type=click.IntRange(1, 50), default=5, help="Words of the longest term that TMX gives."
)
@click.option("--sheet", default="", help="The sheet of a workbook; default: the first that has anything.")
@click.option(
    "--lang", "regions", multiple=True, help="The language sections of TBX to read, such as zh-TW or en-GB."
)
@click.option("--dry-run", is_flag=True, help="Show what would be added, and write nothing.")
@_GLOSSARY
def import_(
    path: str,
    format: str | None,
    mapping: tuple[str, ...],
    longest: int,
    sheet: str,
    regions: tuple[str, ...],
    dry_run: bool,
    glossary: Path | None,
) -> int:
    """Merge the terms of a FILE into the glossary; what stands there stays, comments and order too."""
    from workbench.pipeline import terms

    file, source_lang, target_lang = terms.glossary_path(str(glossary) if glossary else None)
    shape = _known(terms.format_of(path, format, terms.IMPORTS), terms.IMPORTS)
    data, name = read_input(path)
    table = terms.read_concepts(
        data,
        name=name,
        format=shape,
        mapping=_mapping(mapping),
        source_lang=source_lang,
        target_lang=target_lang,
        longest=longest,
        sheet=sheet,
        regions=[tag.strip() for tag in ",".join(regions).split(",") if tag.strip()],
    )
    merge = terms.import_terms(
        file,
        table.concepts,
        source_lang=source_lang,
        target_lang=target_lang,
        apart=table.apart,
        dry_run=dry_run,
    )
    if dry_run:
        from workbench.termbase import dumps

        emit(dumps((*merge.added, *merge.updated), source_lang=source_lang, target_lang=target_lang))
    say([f"warning: {warning}" for warning in table.warnings])
    say(_told(merge, file, dry_run=dry_run))
    return 1 if merge.conflicts else 0


def _known(format: str, known: tuple[str, ...]) -> str:
    from workbench.errors import NotFoundError

    if format not in known:
        raise NotFoundError("format of terms", format, known=known)
    return format


def _mapping(given: tuple[str, ...]) -> dict[str, str]:
    """The fields and headings that --map names. Raises UsageError."""
    from workbench.errors import UsageError

    found: dict[str, str] = {}
    for part in ",".join(given).split(","):
        label, equals, heading = part.partition("=")
        if part.strip() and (not equals or not heading.strip()):
            raise UsageError(f"--map takes FIELD=COLUMN, not {part.strip()!r}")
        if part.strip():
            found[label.strip().lower()] = heading.strip()
    return found


@command.command("export", short_help="Write the glossary for other tools.")
@click.argument("out", metavar="OUT")
@click.option("--to", "format", help="tbx, csv, tsv, xlsx, yaml or jsonl; default: as OUT is named.")
@_GLOSSARY
def export(out: str, format: str | None, glossary: Path | None) -> int:
    """Write the glossary to OUT (- for stdout) for other tools: TBX-Basic 3, CSV, TSV, XLSX."""
    from workbench import termbase
    from workbench.pipeline import terms

    file, source_lang, target_lang = terms.glossary_path(str(glossary) if glossary else None)
    shape = _known(terms.format_of(out, format, terms.EXPORTS), terms.EXPORTS)
    base = termbase.load(file, source_lang=source_lang, target_lang=target_lang)
    data = terms.export_terms(base, shape, source_lang=source_lang, target_lang=target_lang, title=file.stem)
    emit(data, out)
    say([f"{len(base)} concepts"])
    return 0


@command.command("extract", short_help="List likely terms of documents with their renderings.")
@click.argument("paths", metavar="[PROJECT|FILE]...", nargs=-1)
@click.option("--top", type=click.IntRange(1), default=50, help="How many candidates; default 50.")
@click.option(
    "--least", type=click.IntRange(1), default=2, help="How often a candidate stands in the text at least."
)
@click.option(
    "--to",
    "shape",
    type=click.Choice(["text", "csv", "yaml", "jsonl"]),
    default="text",
    help="Output format.",
)
@click.option("--all", "known", is_flag=True, help="Also terms that the glossary has.")
@_GLOSSARY
@_OUTPUT
def extract(
    paths: tuple[str, ...],
    top: int,
    least: int,
    shape: str,
    known: bool,
    glossary: Path | None,
    out: str | None,
) -> int:
    """List what looks like a term in a project or in bilingual files, each with its likely rendering.

    yaml is ready to be pasted into glossary.yaml, the evidence as comments.
    """
    from workbench import termbase
    from workbench.pipeline.terms import glossary_path
    from workbench.pipeline.terms_extract import RENDERERS, extract_terms

    base = None
    units, folder = _units(paths)
    if glossary is not None or folder is not None:
        file, source_lang, target_lang = glossary_path(str(glossary) if glossary else folder)
        if file.exists():
            base = termbase.load(file, source_lang=source_lang, target_lang=target_lang)
    found = extract_terms(units, termbase=None if known else base, top=top, least=least)
    emit(RENDERERS[shape](found), out)
    say([f"{len(found)} candidates from {len(units)} units"])
    return 0


def _units(paths: tuple[str, ...]) -> tuple[list[TranslationUnit], str | None]:
    """The units of files, or of the projects among the paths, with the folder of the first project."""
    units: list[TranslationUnit] = []
    folder: str | None = None
    for path in paths or (".",):
        if path != "-" and Path(path).is_dir():
            from workbench.cli.projects import opened

            with opened(path, keep=False) as project:
                folder = folder or str(project.folder)
                units += project.units()
        else:
            units += read_bilingual(path).units
    return units, folder
