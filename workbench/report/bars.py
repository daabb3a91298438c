"""Plots for a terminal: bars of one kind of character, as wide as the terminal and clear without colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.report.tables import width
from workbench.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

BAR = "#"
"""ASCII: block characters are two cells wide in many Chinese terminals, and none in some fonts."""

_SHORTEST, _LONGEST = 10, 60
_LABEL = 40


def bars(title: str, rows: Sequence[tuple[str, float, str]], *, columns: int = 80) -> str:
    """A title, and for each (label, value, what to write beside it) a bar; the longest stands for the largest value.

    No line is wider than `columns`, unless the labels leave no room for ten cells of bar. A value above 0 has a bar of
    one cell at least. "" where there are no rows.
    """
    if not rows:
        return ""
    right = max(width(text) for _, _, text in rows)
    longest = max(8, min(_LABEL, columns - right - _SHORTEST - 6))
    labels = [_cut(visible(label), longest) for label, _, _ in rows]
    left = max(map(width, labels))
    room = max(_SHORTEST, min(_LONGEST, columns - left - right - 6))
    largest = max(value for _, value, _ in rows)
    lines = [title]
    for label, (_, value, text) in zip(labels, rows, strict=True):
        cells = max(1, round(room * value / largest)) if value > 0 else 0
        pad = " " * (left - width(label))
        lines.append(f"  {label}{pad}  {' ' * (right - width(text))}{text}  {BAR * cells}".rstrip())
    return "\n".join(lines) + "\n"


def _cut(text: str, cells: int) -> str:
    if width(text) <= cells:
        return text
    while width(text) > cells - 3:
        text = text[:-1]
    return f"{text}..."
