"""Where Chinese sentences end inside a paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# 。！？ and …… stay with the closing quotes and brackets after them.
_END = re.compile(r"(?:[。！？!?｡]|…{2,}|\.{3,}(?=[\u4e00-\u9fff])|;(?!.))[。！？!?…]*[”’」』）)】》〉\"]*")


def boundaries(paragraph: str) -> Iterator[tuple[int, float]]:
    """Each boundary strictly inside the paragraph, with how sure it is in 0..1."""
    for match in _END.finditer(paragraph):
        if match.end() < len(paragraph):
            yield match.end(), 0.95
