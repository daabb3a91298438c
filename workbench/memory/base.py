"""What a translation memory is: it finds reviewed units whose source equals or resembles a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Match:
    """A reviewed unit offered for a source; `percent` is 0..100, 101 where the units before and after agree too.

    What the percentages mean is in `workbench.memory.similarity`.
    `document` and `unit_id` say where it stands, `author` and `at` who reviewed it and when.
    """

    source: str
    target: str
    percent: float
    unit_id: str = ""
    document: str = ""
    author: str = ""
    at: datetime | None = None


class Memory(Protocol):
    """Units that were translated before."""

    def find(self, source: str, limit: int = 5, threshold: float = 70.0) -> list[Match]:
        """At most `limit` matches of at least `threshold` percent, the best first."""
