"""`workbench convert`: a bilingual file into another format."""

from __future__ import annotations

from dataclasses import replace

import click

from workbench.cli.output import check_out, emit, format_by_name, read_bilingual, say


@click.command("convert")
@click.argument("source", metavar="IN")
@click.argument("goal", metavar="OUT")
@click.option("--from", "from_format", help="Format of IN where its name does not say.")
@click.option("--to", "to_format", help="Format of OUT where its name does not say.")
@click.option("--excel", is_flag=True, help="CSV with a byte order mark, so that Excel reads it as UTF-8.")
@click.option("--source-lang", help="Language of the sources, where the file does not say it; default en.")
@click.option("--target-lang", help="Language of the targets, where the file does not say it; default zh.")
def command(
    source: str,
    goal: str,
    from_format: str | None,
    to_format: str | None,
    excel: bool,
    source_lang: str | None,
    target_lang: str | None,
) -> int:
    """Convert the bilingual file IN to OUT (- for stdin or stdout; then name the format).

    Every unit that is read is written; a count of both goes to stderr. An XLIFF that becomes another one without --to
    keeps its version and all that the workbench does not know.
    """
    from workbench import formats
    from workbench.errors import UsageError

    if source == "-" and not from_format:
        raise UsageError("name the format of stdin: --from tmx|csv|tsv|jsonl|xliff")
    if goal == "-" and not to_format:
        raise UsageError("name the format of stdout: --to tmx|csv|tsv|jsonl|xliff|xliff12")
    shape = to_format or format_by_name(goal)
    check_out(goal, [source], shape=shape.lower(), shapes=[one.name for one in formats.FORMATS])
    content = read_bilingual(source, format=from_format, source_lang=source_lang, target_lang=target_lang)
    document = replace(content.document, format=shape)
    if to_format:
        document = replace(document, skeleton=b"")  # a named format is written anew, in its own version
    content = replace(content, document=document)
    emit(formats.write_bytes(content, format=shape, options=formats.WriteOptions(excel=excel)), goal)
    say([f"{len(content.units)} units read, {len(content.units)} written"])
    return 0
