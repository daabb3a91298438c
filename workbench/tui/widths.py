"""Widths of terminals that differ from the tables: “ ” … — · × ① → in two cells, ⚠️ and its like in one."""

from __future__ import annotations

import sys
import unicodedata
from functools import lru_cache
from typing import Any

# Zero-width marks and private characters are drawn as before.
_KEPT = ("Mn", "Me", "Cf", "Co", "Cn")


@lru_cache(maxsize=1)
def ambiguous() -> frozenset[str]:
    """The characters that Unicode calls ambiguous (UAX 11), marks without a width of their own left out."""
    return frozenset(
        character
        for character in map(chr, range(0xA1, 0x10000))
        if unicodedata.east_asian_width(character) == "A" and unicodedata.category(character) not in _KEPT
    )


def widen() -> None:
    """Count characters of ambiguous width as two cells, for the rest of the process.

    Lines and scroll bars are drawn in ASCII then: their own characters are ambiguous too.
    """
    from rich import cells
    from textual import _border
    from textual.scrollbar import ScrollBarRender

    wide = ambiguous()
    real = cells.load_cell_table  # type: ignore[attr-defined]

    @lru_cache(maxsize=4)
    def load(version: str = "auto") -> Any:
        table = real(version)
        held = {code for start, end, _ in table.widths for code in range(start, min(end, 0xFFFF) + 1)}
        more = [(ord(one), ord(one), 2) for one in wide if ord(one) not in held]
        return table._replace(widths=tuple(sorted([*table.widths, *more])))

    cells.load_cell_table = load  # type: ignore[attr-defined]
    single = frozenset(cells._SINGLE_CELLS) - wide
    cells._is_single_cell_widths = single.issuperset
    ascii_box, ascii_places = _border.BORDER_CHARS["ascii"], _border.BORDER_LOCATIONS["ascii"]
    for name in ("solid", "round", "heavy"):
        _border.BORDER_CHARS[name] = ascii_box
        _border.BORDER_LOCATIONS[name] = ascii_places
    ScrollBarRender.VERTICAL_BARS = [" "] * len(ScrollBarRender.VERTICAL_BARS)
    ScrollBarRender.HORIZONTAL_BARS = [" "] * len(ScrollBarRender.HORIZONTAL_BARS)
    _forget_widths()


def narrow_emoji() -> None:
    """Count a sign that a selector makes an emoji (⚠️, ❤️, 1️⃣) as one cell, for the rest of the process."""
    from rich import cells

    real = cells.load_cell_table  # type: ignore[attr-defined]

    @lru_cache(maxsize=4)
    def load(version: str = "auto") -> Any:
        return real(version)._replace(narrow_to_wide=frozenset())

    cells.load_cell_table = load  # type: ignore[attr-defined]
    _forget_widths()


def _forget_widths() -> None:
    """Empty every cache that holds a width."""
    for name in (
        "rich.cells",
        "textual._border",
        "workbench.tui.paint",
        "workbench.tui.wrap",
        "workbench.tui.atoms",
    ):
        module = sys.modules.get(name)
        for one in vars(module).values() if module is not None else ():
            if callable(clear := getattr(one, "cache_clear", None)):
                clear()
