"""Where a source may be cut in two: after its clauses first of all, else between words."""

from __future__ import annotations

import re

_CLAUSE_END = re.compile(r"[.!?;:,…][\"'”’)\]]*\s+|[。！？；：，、…][”’」』）】]*|\s+[—–-]\s+|\n+")
_SPACE = re.compile(r"\s+")


def cuts(text: str) -> list[int]:
    """The offsets at which a part of the text may begin, in order; clause starts where there are any."""
    clauses = [match.end() for match in _CLAUSE_END.finditer(text) if match.end() < len(text)]
    return clauses or [match.end() for match in _SPACE.finditer(text) if match.end() < len(text)]


def nearest(offsets: list[int], wanted: float) -> int:
    """The index of the offset nearest to the one wanted."""
    return min(range(len(offsets)), key=lambda index: abs(offsets[index] - wanted))
