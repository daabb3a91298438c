"""Bead lines, the aligner's plainest output: `[0,1]:[0]:0.93` is a bead of segments 0 and 1 with segment 0."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.errors import FormatError
from workbench.model import Bead

if TYPE_CHECKING:
    from collections.abc import Iterable

_LINE = re.compile(r"\s*\[([\d,\s]*)\]\s*:\s*\[([\d,\s]*)\]\s*(?::\s*(\S+)\s*)?\Z", re.ASCII)


def write_beads(beads: Iterable[Bead]) -> str:
    """A line a bead, the score rounded to four places."""
    return "".join(
        f"{_indices(bead.source)}:{_indices(bead.target)}:{round(bead.score, 4)}\n" for bead in beads
    )


def _indices(side: range) -> str:
    return f"[{','.join(str(index) for index in side)}]"


def read_beads(text: str, *, name: str = "beads") -> list[Bead]:
    """The beads of a text; one without a score is sure. Raises FormatError with the line.

    An empty side stands where the bead before it ended.
    """
    beads: list[Bead] = []
    source_end = target_end = 0
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if not line.strip():
            continue
        found = _LINE.match(line)
        if not found:
            raise FormatError(
                f"not a bead, such as [0,1]:[0]:0.93: {line.strip()[:40]!r}", file=name, line=number
            )
        source = _range(found[1], source_end, name, number)
        target = _range(found[2], target_end, name, number)
        source_end, target_end = source.stop, target.stop
        beads.append(Bead(source, target, _score(found[3], name, number)))
    return beads


def _range(text: str, end: int, name: str, line: int) -> range:
    try:
        indices = [int(part) for part in text.split(",")] if text.strip() else []
    except ValueError:
        raise FormatError(f"not a list of numbers: [{text}]", file=name, line=line) from None
    if not indices:
        return range(end, end)
    if indices != list(range(indices[0], indices[0] + len(indices))):
        raise FormatError(f"the numbers do not follow one another: [{text}]", file=name, line=line)
    return range(indices[0], indices[-1] + 1)


def _score(text: str | None, name: str, line: int) -> float:
    if text is None:
        return 1.0
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise FormatError(f"the score {text!r} is no number from 0 to 1", file=name, line=line)
    return value
