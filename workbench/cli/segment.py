"""`workbench segment`: a text into sentences."""

from __future__ import annotations

import json
from pathlib import Path

import click

from workbench.cli.output import check_out, emit_lines, read_input, read_text
from workbench.cli.projects import segmentation_rules


@click.command("segment")
@click.argument("file")
@click.option("--lang", help="Language of the text: en, zh, zh-TW …; by default as NAME.LANG.txt says.")
@click.option("--to", "shape", type=click.Choice(["text", "jsonl"]), default="text", help="Output format.")
@click.option("--wrapped", is_flag=True, help="Lines are hard-wrapped: only a blank line ends a paragraph.")
@click.option("--rules", "rules_file", help="Segmentation rules: an SRX file, or a workbench.toml.")
@click.option("--project", "folder", help="Use the segmentation rules of this project.")
@click.option("-o", "--output", "out", help="Write to this file instead of stdout.")
def command(
    file: str,
    lang: str | None,
    shape: str,
    wrapped: bool,
    rules_file: str | None,
    folder: str | None,
    out: str | None,
) -> int:
    """Split FILE (- for stdin) into sentences; the cues of subtitles (.srt, .vtt, .ass) are segments already.

    text: one segment a line. jsonl: {"text", "start", "end", "paragraph"} a segment, with offsets in code points of
    the file's text and paragraphs counted from 0; of a cue {"text", "start_ms", "end_ms", "line"}.
    """
    from workbench import langs, segmenter
    from workbench.errors import UsageError
    from workbench.pipeline import sources

    check_out(out, [file], shape=shape, shapes=("text", "jsonl"))
    named = sources.split_name(Path(file)) if file != "-" else None
    if lang is None and named is None:
        raise UsageError("name the language: --lang en, or a file called NAME.en.txt")
    lang = langs.normalize(lang or (named[1] if named else ""))
    rules = segmentation_rules(rules_file, folder)
    if sources.is_subtitles(file):
        if rules is not None or wrapped:
            raise UsageError(
                "a subtitle's cues are its segments: --rules, --project and --wrapped do nothing"
            )
        emit_lines(_cues(file, shape), out)
        return 0
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


def _cues(file: str, shape: str) -> list[str]:
    """The cues of a file of subtitles as lines. Raises InputError."""
    from workbench.formats.subtitles import read_cues

    data, name = read_input(file)
    if shape == "text":
        return [cue.text for cue in read_cues(data, name)]
    return [
        json.dumps(
            {"text": cue.text, "start_ms": cue.start, "end_ms": cue.end, "line": cue.line}, ensure_ascii=False
        )
        for cue in read_cues(data, name)
    ]
