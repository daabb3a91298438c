"""CSV as RFC 4180 has it: a unit a record, for spreadsheets and people without the workbench."""

from __future__ import annotations

from functools import partial

from workbench.formats import table, table_reader
from workbench.formats.base import Format, ReadOptions

_NAME = "csv"


def detect(head: bytes) -> bool:
    """Whether the first line is a header with source and target, parted by commas or semicolons."""
    return table_reader.detect(head, (",", ";"), ReadOptions())


FORMAT = Format(
    name=_NAME,
    title="Comma-separated values, for spreadsheets",
    extensions=(".csv",),
    read=partial(table_reader.read, delimiter=",", format_name=_NAME),
    write=partial(table.write, delimiter=",", format_name=_NAME),
    detect=detect,
    keeps=table.KEEPS,
)
