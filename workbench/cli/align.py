"""`workbench align`: a text and its translation into beads, a table or a translation memory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli.output import check_out, emit, read_text, say
from workbench.cli.projects import segmentation_rules

if TYPE_CHECKING:
    from workbench.model import Alignment

SHAPES = ("beads", "tsv", "csv", "jsonl", "tmx", "xliff", "xliff12")


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says of how to align, and where to."""

    source_lang: str
    target_lang: str
    one_per_line: bool
    wrapped: bool
    rules_file: str | None
    folder: str | None
    shape: str


@click.command("align")
@click.argument("source")
@click.argument("target")
@click.option("--source-lang", help="Language of SOURCE; by default as NAME.LANG.txt says, else en.")
@click.option("--target-lang", help="Language of TARGET; by default as NAME.LANG.txt says, else zh.")
@click.option(
    "--one-per-line", is_flag=True, help="Segmented already, one a line; a blank line is a paragraph break."
)
@click.option("--wrapped", is_flag=True, help="Lines are hard-wrapped: only a blank line ends a paragraph.")
@click.option("--rules", "rules_file", help="Segmentation rules: an SRX file, or a workbench.toml.")
@click.option("--project", "folder", help="Use the segmentation rules of this project.")
@click.option(
    "--to", "shape", type=click.Choice(SHAPES), help="Output format; default: as OUT is named, else beads."
)
@click.option("-o", "--output", "out", help="Write to this file instead of stdout.")
def command(
    source: str,
    target: str,
    source_lang: str | None,
    target_lang: str | None,
    shape: str | None,
    out: str | None,
    **rest: object,
) -> int:
    """Align SOURCE with TARGET (- for stdin, once): texts, or subtitles (.srt, .vtt, .ass), whose cues are never cut.

    beads: a line "[0,1]:[0]:0.93" a bead, the indices from 0 of segments, as workbench segment gives them, or of
    non-blank lines; then how likely the bead is right. tsv, csv, jsonl, tmx, xliff, xliff12: a unit a bead, with both
    texts, where sentences may also have been cut or joined as the other side shows.
    """
    from workbench import aligner, formats, langs
    from workbench.errors import UsageError
    from workbench.formats import beads
    from workbench.pipeline import align as use
    from workbench.pipeline import sources

    if shape is None:
        named = formats.by_extension(out) if out and out != "-" else None
        shape = named.name if named and named.name in SHAPES else "beads"
    if source == target == "-":
        raise UsageError("only one side can come from stdin")
    check_out(out, [source, target], shape=shape, shapes=SHAPES)
    source_lang = langs.normalize(source_lang or _lang_of(source) or "en")
    target_lang = langs.normalize(target_lang or _lang_of(target) or "zh")
    sources.check_languages(source_lang, target_lang)
    options = Options(source_lang, target_lang, shape=shape, **rest)  # type: ignore[arg-type]
    alignment, warnings = _aligned(source, target, options)
    warnings += [f"{target}: {line}" for line in use.warnings_of(alignment, source_lang, target_lang)]
    say(f"warning: {line}" for line in warnings)
    if shape == "beads":
        emit(beads.write_beads(alignment.beads), out)
        return 0
    named_source = sources.split_name(Path(source))
    name = named_source[0] if named_source else "stdin" if source == "-" else Path(source).stem
    emit(_bilingual(alignment, name, options), out)
    doubtful = sum(1 for bead in alignment.beads if bead.score < aligner.DOUBTFUL)
    say([f"{len(alignment.beads)} beads, {doubtful} of them doubtful"])
    return 0


def _aligned(source: str, target: str, options: Options) -> tuple[Alignment, list[str]]:
    """The alignment of two files, and what should be said of their lengths. Raises InputError, UsageError."""
    from workbench.errors import UsageError
    from workbench.pipeline import align as use
    from workbench.pipeline import sources

    rules = segmentation_rules(options.rules_file, options.folder)
    if options.one_per_line and (rules is not None or options.wrapped):
        what = "for segmentation rules to do" if rules is not None else "that --wrapped could join"
        raise UsageError(f"--one-per-line: segmented already, so there is nothing {what}")
    source_lang, target_lang = options.source_lang, options.target_lang
    subtitled = [sources.is_subtitles(path) for path in (source, target)]
    if any(subtitled) or options.one_per_line:
        if any(subtitled) and (rules is not None or options.wrapped):
            raise UsageError(
                "a subtitle's cues are its segments: --rules, --project and --wrapped do nothing"
            )
        sides = [_lines(path) for path in (source, target)]
        left, right = ("\n".join(lines) for lines, _ in sides)
        alignment = use.align(
            sides[0][0],
            sides[1][0],
            source_breaks=sides[0][1],
            target_breaks=sides[1][1],
            source_lang=source_lang,
            target_lang=target_lang,
        )
    else:
        left, right = read_text(source), read_text(target)
        alignment = use.align(
            left,
            right,
            wrapped=options.wrapped,
            resegment=options.shape != "beads",
            rules=rules,
            source_lang=source_lang,
            target_lang=target_lang,
        )
    files = sources.SourceFiles(Path(source).stem, Path(source), Path(target), source_lang, target_lang)
    return alignment, sources.length_warnings(files, left, right)


def _lines(path: str) -> tuple[list[str], list[int]]:
    """The segments of a file of ready ones, lines or cues, and where paragraphs begin. Raises InputError."""
    from workbench.cli.output import read_input
    from workbench.formats.subtitles import read_cues
    from workbench.pipeline import align as use
    from workbench.pipeline import sources

    if sources.is_subtitles(path):
        data, name = read_input(path)
        return [cue.text for cue in read_cues(data, name)], []
    return use.split_lines(read_text(path))


def _bilingual(alignment: Alignment, name: str, options: Options) -> bytes:
    """The alignment as a bilingual file, a unit a bead."""
    from workbench import formats
    from workbench.model import Content, Document
    from workbench.pipeline import align as use
    from workbench.pipeline import sources

    source_lang, target_lang = options.source_lang, options.target_lang
    document = Document(name=name, format=options.shape, source_lang=source_lang, target_lang=target_lang)
    units = use.units(alignment, source_lang=source_lang, target_lang=target_lang)
    content = Content(document=document, units=tuple(sources.number_units(name, units)))
    if options.shape == "tmx":
        from workbench.pipeline.export import pairs_only

        content, left_out = pairs_only(content)
        if left_out:
            say([f"{left_out} beads with one side only left out: a translation memory holds pairs"])
    return formats.write_bytes(content, format=options.shape)


def _lang_of(path: str) -> str | None:
    from workbench.pipeline import sources

    named = sources.split_name(Path(path)) if path != "-" else None
    return named[1] if named else None
