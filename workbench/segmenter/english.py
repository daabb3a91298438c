"""Where English sentences end inside a paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_END = re.compile(r"(?P<mark>[.!?…]+)(?P<close>[\"'”’)\]]*)\s+(?=[\"'“‘(\[]*[^\Wa-z])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"'“‘])(?:Mr|Mrs|Ms|Dr|Prof|Rev|Gen|Col|Capt|Lt|Sgt|Gov|Sen|Rep|Hon|St|Mt|Jr|Sr|vs|etc|e\.g|i\.e|cf|No|Nos"
    r"|Fig|Vol|pp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Inc|Ltd|Co|Corp|[A-Z])\Z"
)


def boundaries(paragraph: str) -> Iterator[tuple[int, float]]:
    """Each boundary strictly inside the paragraph, with how sure it is in 0..1."""
    for match in _END.finditer(paragraph):
        mark = match.start()
        if (
            match["mark"] == "."
            and not match["close"]
            and _ABBREVIATION.search(paragraph, max(0, mark - 12), mark)
        ):
            continue
        yield match.end("close") if match["close"] else match.end("mark"), 0.9
