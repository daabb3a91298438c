"""One door to the readers of both languages."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from workbench.langs import is_chinese
from workbench.numerals import chinese, english

if TYPE_CHECKING:
    from workbench.numerals.values import Value

_HAN = re.compile("[\u3400-\u9fff]")
_PROSE = re.compile(r"[A-Za-z]{2,}[ ,.]+[A-Za-z]{2,}")
_LONG = re.compile(r"\d{40,}")


def find_values(text: str, lang: str) -> list[Value]:
    """The values that `text` states, in order, without overlaps; every span read alone states the same value.

    Chinese text that holds no Chinese character but English words is read as English. A run of forty digits
    or more is no value. Languages other than Chinese are read as English: digits, symbols and dates.
    """
    return list(_values(text, is_chinese(lang)))


@lru_cache(maxsize=256)
def _values(text: str, in_chinese: bool) -> tuple[Value, ...]:
    if in_chinese and (_HAN.search(text) or not _PROSE.search(text)):
        return tuple(chinese.find_values(text))
    if _LONG.search(text):
        masked = _LONG.sub(lambda run: "\ufffc" * len(run.group()), text)
        return tuple(english.find_values(masked))
    return tuple(english.find_values(text))
