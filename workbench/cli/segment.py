"""`workbench segment`: a text into sentences."""

from __future__ import annotations

import json

import click

from workbench.cli.output import emit_lines, read_text
from workbench.cli.projects import segmentation_rules


@click.command("segment")
@click.argument("file")
@click.option("--lang", required=True, help="Language of the text: en or zh, also zh-TW and the like.")
@click.option("--to", "shape", type=click.Choice(["text", "jsonl"]), default="text", help="Output format.")
@click.option("--wrapped", is_flag=True, help="Lines are hard-wrapped: only a blank line ends a paragraph.")
@click.option("--rules", "rules_file", help="Segmentation rules: an SRX file, or a workbench.toml.")
@click.option("--project", "folder", help="Use the segmentation rules of this project.")
@click.option("-o", "--output", "out", help="Write to this file instead of stdout.")
def command(
    file: str,
    lang: str,
    shape: str,
    wrapped: bool,
    rules_file: str | None,
    folder: str | None,
    out: str | None,
) -> int:
    """Split FILE (- for stdin) into sentences.

    text: one segment a line. jsonl: {"text", "start", "end", "paragraph"} a segment, with offsets in code points of
    the file's text and paragraphs counted from 0.
    """
    from workbench import langs, segmenter

    lang = langs.normalize(lang)
    rules = segmentation_rules(rules_file, folder)
    text = read_text(file)
    segments = segmenter.segment(text, lang=lang, wrapped=wrapped, rules=rules)
    starts = set(segmenter.paragraph_starts(text, segments, wrapped=wrapped))
    lines: list[str] = []
    paragraph = -1
    for index, one in enumerate(segments):
        paragraph += index in starts
        if shape == "text":
            lines.append(" ".join(one.text.split("\n")) if "\n" in one.text else one.text)
        else:
            record = {
                "text": one.text,
                "start": one.span.start,
                "end": one.span.end,
                "paragraph": paragraph,
            }
            lines.append(json.dumps(record, ensure_ascii=False))
    emit_lines(lines, out)
    return 0
