"""TSV: the same table as CSV with tabs between the cells."""

from __future__ import annotations

from functools import partial

from workbench.formats import table, table_reader
from workbench.formats.base import Format, ReadOptions

_NAME = "tsv"


def detect(head: bytes) -> bool:
    """Whether the first line is a header with source and target, parted by tabs."""
    return table_reader.detect(head, ("\t",), ReadOptions())


FORMAT = Format(
    name=_NAME,
    title="Tab-separated values",
    extensions=(".tsv", ".tab"),
    read=partial(table_reader.read, delimiter="\t", format_name=_NAME),
    write=partial(table.write, delimiter="\t", format_name=_NAME),
    detect=detect,
    keeps=table.KEEPS,
)
