"""How document text is put on screen: unsafe characters become symbols, widths are grapheme-wise."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate

from rich.cells import cell_len, get_character_cell_size, split_graphemes

from workbench.report.visible import UNSAFE, symbol

# Letters, Chinese, kana and their marks: each is a grapheme by itself, whatever stands beside it.
_ALONE = re.compile(
    "[ -~\u00a0-\u00a8\u00aa-\u00ac\u00af-\u02ff\u0370-\u0482\u2010-\u2027\u2030-\u203b\u2190-\u2193\u2460-\u25a9"
    "\u3000-\u3029\u3031-\u303c\u3041-\u3096\u309b-\u3296\u329a-\ua48c\uf900-\ufa6d\uff01-\uff9d\uffe0-\uffe6"
    "\U00020000-\U000323af]*"
)
_VEIL_START = 0xF0000
_UNKNOWN_MARK = "⍰"


def is_unsafe(text: str) -> bool:
    """Whether the text holds a character that must not reach a terminal, or that nobody could see there."""
    return UNSAFE.search(text) is not None


def shown_map(text: str) -> tuple[str, list[int] | None]:
    """`visible(text)` with the offset at which each code point of the text begins there (None: the same).

    The list has one more entry than the text has code points: the end.
    """
    if not is_unsafe(text):
        return text, None
    parts: list[str] = []
    offsets: list[int] = []
    position = 0
    for character in text:
        part = symbol(character) if UNSAFE.match(character) else character
        offsets.append(position)
        parts.append(part)
        position += len(part)
    offsets.append(position)
    return "".join(parts), offsets


@lru_cache(maxsize=2048)
def graphemes(text: str) -> tuple[tuple[int, int, int], ...]:
    """The user-perceived characters (UAX 29) of safe text as (start, end, cells), with no gaps."""
    if text.isascii():
        return tuple((index, index + 1, 1) for index in range(len(text)))
    if _ALONE.fullmatch(text):
        return tuple((at, at + 1, get_character_cell_size(one)) for at, one in enumerate(text))
    import regex  # type: ignore[import-untyped, unused-ignore]

    # Rich counts the cells that Textual reckons with, but knows only a part of the rules of where to cut.
    widths = [0] * len(text)
    for start, _end, cells in split_graphemes(text)[0]:
        widths[start] = cells
    before = [0, *accumulate(widths)]
    spans = (match.span() for match in regex.finditer(r"\X", text))
    return tuple((start, end, before[end] - before[start]) for start, end in spans)


def clip(text: str, cells: int) -> tuple[str, int]:
    """Safe text cut to so many cells, "…" at the end where something is missing, and the cells it takes."""
    width = cell_len(text)
    if width <= cells:
        return text, width
    if cells <= 0:
        return "", 0
    mark = cell_len("…")
    room = cells - mark
    used = 0
    stop = 0
    for _, end, width in graphemes(text[: 2 * cells + 16]):
        if used + width > room:
            break
        used += width
        stop = end
    if mark > cells:
        return " " * cells, cells
    return text[:stop] + "…", used + mark


class Veil:
    """Stands private-use characters for unsafe ones, one for one: an editor can then hold any text unharmed.

    One veil serves one text: `put_on` begins anew when told to, and otherwise adds (pasted text).
    """

    def __init__(self) -> None:
        self._hidden: dict[str, str] = {}
        self._marks: dict[str, str] = {}
        self._taken: set[str] = set()

    def put_on(self, text: str, *, anew: bool = False) -> str:
        """The text with every unsafe character but "\\n" behind a private-use one."""
        if anew:
            self._hidden.clear()
            self._marks.clear()
            self._taken = set()
        if not is_unsafe(text):
            return text
        self._taken.update(character for character in text if ord(character) >= _VEIL_START)
        return UNSAFE.sub(lambda match: self._cover(match.group()), text)

    def take_off(self, text: str) -> str:
        """The text as it was before `put_on`."""
        if not self._marks:
            return text
        return "".join(self._marks.get(character, character) for character in text)

    def paint(self, text: str) -> str:
        """Veiled text as it is shown: one symbol for each hidden character, so that columns stay."""
        if not self._marks:
            return text
        return "".join(self._mark(character) for character in text)

    def hides(self, character: str) -> str:
        """The character that a private-use one stands for, "" where it stands for none."""
        return self._marks.get(character, "")

    def _mark(self, character: str) -> str:
        hidden = self._marks.get(character)
        if hidden is None:
            return character
        mark = symbol(hidden)
        return mark if len(mark) == 1 else _UNKNOWN_MARK

    def _cover(self, character: str) -> str:
        if character == "\n":
            return character
        cover = self._hidden.get(character)
        if cover is None:
            code = _VEIL_START
            while chr(code) in self._marks or chr(code) in self._taken:
                code += 1
            cover = chr(code)
            self._hidden[character] = cover
            self._marks[cover] = character
        return cover
