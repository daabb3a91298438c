"""`workbench srx`: the segmentation rules as SRX for other tools, or an SRX file checked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli.output import check_out, emit, emit_lines, read_input, say
from workbench.cli.projects import segmentation_rules

if TYPE_CHECKING:
    from workbench.segmenter.rules import SegmentationRules

_ESCAPES = str.maketrans({"\t": r"\t", "\n": r"\n", "\r": r"\r"})


@click.command("srx")
@click.argument("file", required=False)
@click.option("--project", "folder", help="The rules of this project before the built-in ones.")
@click.option("--to", "shape", type=click.Choice(["srx", "tsv"]), default="srx", help="Output format.")
@click.option("-o", "--output", "out", help="Write to this file instead of stdout.")
def command(file: str | None, folder: str | None, shape: str, out: str | None) -> int:
    """Write the built-in segmentation rules as SRX 2.0, with those of a project or of a workbench.toml in FILE.

    An SRX file (1.0 or 2.0; - for stdin) is checked, every expression in it too, and written as SRX 2.0. tsv: language
    rule, break or no-break, before and after, a rule a line.
    """
    from workbench.segmenter import srx, srx_builtin
    from workbench.segmenter.rules import EVERY, SegmentationRules, check

    check_out(out, [file], shape=shape, shapes=("srx", "tsv"))
    rules = _stdin_rules() if file == "-" and folder is None else segmentation_rules(file, folder)
    rules = rules or SegmentationRules()
    if file is not None and rules.srx is not None and Path(file).suffix.lower() != ".toml":
        document = rules.srx
        srx.check_maps(document)
    else:
        named = [lang for lang, _ in rules.languages if lang != EVERY]
        document = srx_builtin.document(rules, dict.fromkeys((*srx_builtin.LANGUAGES, *named)))
    for group in document.language_rules:
        check(group.rules)
    if shape == "srx":
        emit(srx.write(document), out)
    else:
        rows = (
            (group.name, "break" if rule.breaks else "no-break", rule.before, rule.after)
            for group in document.language_rules
            for rule in group.rules
        )
        emit_lines(("\t".join(part.translate(_ESCAPES) for part in row) for row in rows), out)
    count = sum(len(group.rules) for group in document.language_rules)
    say([f"{count} rules in {len(document.language_rules)} sets, {len(document.maps)} language maps"])
    return 0


def _stdin_rules() -> SegmentationRules:
    """The rules of an SRX document on stdin. Raises FormatError with the line."""
    from workbench.segmenter import srx
    from workbench.segmenter.rules import SegmentationRules

    data, name = read_input("-")
    return SegmentationRules(srx=srx.read(data, name))
