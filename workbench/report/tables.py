"""Tables: aligned text for a terminal, CSV cells that no spreadsheet runs."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(text: str) -> str:
    """A cell that a spreadsheet shows and never runs: a leading apostrophe before = + - @, tab and return."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def width(text: str) -> int:
    """Terminal cells of plain text: two for wide and full-width characters, none for combining ones."""
    cells = 0
    for character in text:
        if unicodedata.combining(character):
            continue
        cells += 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return cells


def aligned(rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> str:
    """Rows (the first is the header) in columns parted by two spaces; the columns in `right` are flush right."""
    if not rows:
        return ""
    count = max(len(row) for row in rows)
    widths = [max(width(row[k]) for row in rows if k < len(row)) for k in range(count)]
    lines: list[str] = []
    for row in rows:
        cells = []
        for k, cell in enumerate(row):
            pad = " " * (widths[k] - width(cell))
            cells.append(pad + cell if k in right else cell + pad)
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines) + "\n"
