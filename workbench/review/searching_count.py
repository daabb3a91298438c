"""How many units hold what was searched for, counted piece by piece, so that "3 of 41" can be said."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.review.searching_patterns import Query


@dataclass(slots=True)
class HitCount:
    """The units found so far, by their ranks in the document; `others` = how many there are in other documents."""

    query: Query
    ranks: array[int] = field(default_factory=lambda: array("q"))
    others: int = 0
    is_complete: bool = False

    def __len__(self) -> int:
        return len(self.ranks) + self.others

    def place(self, rank: int) -> str:
        """Where a unit is among them: "3 of 41", "3 of 41+" while they are counted; "41" where it is none of them."""
        index = bisect_left(self.ranks, rank)
        here = index < len(self.ranks) and self.ranks[index] == rank
        return f"{index + 1:,} of {self}" if here else str(self)

    def __str__(self) -> str:
        if not len(self):
            return "none" if self.is_complete else "…"
        return f"{len(self):,}" + ("" if self.is_complete else "+")
