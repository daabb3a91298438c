"""`workbench align`: a text and its translation into beads, a table or a translation memory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli.output import emit, read_text, say
from workbench.cli.projects import segmentation_rules

if TYPE_CHECKING:
    from workbench.model import Alignment

SHAPES = ("beads", "tsv", "csv", "jsonl", "tmx")


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
    one_per_line: bool,
    wrapped: bool,
    rules_file: str | None,
    folder: str | None,
    shape: str | None,
    out: str | None,
) -> int:
    """Align SOURCE with TARGET (- for stdin, once).

    beads: a line "[0,1]:[0]:0.93" a bead, the indices from 0 of segments, as workbench segment gives them, or of
    non-blank lines; then how likely the bead is right. tsv, csv, jsonl, tmx: a unit a bead, with both texts, where
    sentences may also have been cut or joined as the other side shows.
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
    source_lang = langs.normalize(source_lang or _lang_of(source, sources.split_name(Path(source))) or "en")
    target_lang = langs.normalize(target_lang or _lang_of(target, sources.split_name(Path(target))) or "zh")
    sources.check_languages(source_lang, target_lang)
    rules = segmentation_rules(rules_file, folder)
    if rules is not None and one_per_line:
        raise UsageError(
            "--one-per-line: segmented already, so there is nothing for segmentation rules to do"
        )
    left, right = read_text(source), read_text(target)
    if one_per_line:
        source_lines, source_breaks = use.split_lines(left)
        target_lines, target_breaks = use.split_lines(right)
        alignment = use.align(
            source_lines,
            target_lines,
            source_lang=source_lang,
            target_lang=target_lang,
            source_breaks=source_breaks,
            target_breaks=target_breaks,
        )
    else:
        alignment = use.align(
            left,
            right,
            source_lang=source_lang,
            target_lang=target_lang,
            wrapped=wrapped,
            resegment=shape != "beads",
            rules=rules,
        )
    files = sources.SourceFiles(Path(source).stem, Path(source), Path(target), source_lang, target_lang)
    warnings = sources.length_warnings(files, left, right)
    warnings += [f"{target}: {line}" for line in use.warnings_of(alignment, source_lang, target_lang)]
    say(f"warning: {line}" for line in warnings)
    if shape == "beads":
        emit(beads.write_beads(alignment.beads), out)
        return 0
    named_source = sources.split_name(Path(source))
    name = named_source[0] if named_source else "stdin" if source == "-" else Path(source).stem
    emit(_bilingual(alignment, name, shape, source_lang, target_lang), out)
    doubtful = sum(1 for bead in alignment.beads if bead.score < aligner.DOUBTFUL)
    say([f"{len(alignment.beads)} beads, {doubtful} of them doubtful"])
    return 0


def _bilingual(alignment: Alignment, name: str, shape: str, source_lang: str, target_lang: str) -> bytes:
    """The alignment as a bilingual file, a unit a bead."""
    from workbench import formats
    from workbench.model import Content, Document
    from workbench.pipeline import align as use
    from workbench.pipeline import sources

    document = Document(name=name, format=shape, source_lang=source_lang, target_lang=target_lang)
    units = use.units(alignment, source_lang=source_lang, target_lang=target_lang)
    content = Content(document=document, units=tuple(sources.number_units(name, units)))
    return formats.write_bytes(content, format=shape)


def _lang_of(path: str, named: tuple[str, str] | None) -> str | None:
    return named[1] if named and path != "-" else None
