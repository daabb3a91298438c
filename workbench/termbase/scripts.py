"""Simplified and traditional characters as one, each in its place."""

from __future__ import annotations

from functools import lru_cache

# 70,000 lines at once would leave 10 MB of memory behind.
_AT_ONCE = 2048
_HAN = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x2A6E0))


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    """The simplified character of each traditional one, by OpenCC's dictionary of single characters."""
    from opencc import OpenCC

    converter = OpenCC("t2s")
    found: dict[str, str] = {}
    for start, stop in _HAN:
        for first in range(start, stop, _AT_ONCE):
            # A line a character: phrases, which may change the length, cannot come about.
            every = [chr(code) for code in range(first, min(stop, first + _AT_ONCE))]
            pairs = zip(every, converter.convert("\n".join(every)).split("\n"), strict=True)
            found.update((one, other) for one, other in pairs if one != other and len(other) == 1)
    return found


def simplified(text: str) -> str:
    """The text with its traditional characters as simplified ones; as long as `text`, character by character."""
    if text.isascii():
        return text
    table = _table()
    for char in table.keys() & set(text):
        text = text.replace(char, table[char])
    return text
