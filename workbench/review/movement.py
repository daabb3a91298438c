"""Moving about in a document under review: steps, jumps, what needs work next, filters and search."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.errors import CommandError
from workbench.review.searching import Searching

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Iterator

    from workbench.store.records import Filter

_STEPS = 20
"""How many wanted units are tried one by one for being in the queue, before all of them are compared with it."""
LIFTED = "; filter lifted"
"""What the answer ends with where the unit was not in the queue."""
_SOUGHT = {
    "open": "open unit",
    "issues": "unit with issues",
    "doubt": "doubtful unit",
    "notes": "unit with comments",
}


class Movement(Searching):
    """The commands that move; each returns one line that says where the session stands now."""

    def next(self) -> str:
        """Go to the next unit of the queue."""
        return self.go_to_position(self.position + 1)

    def previous(self) -> str:
        """Go to the previous unit of the queue."""
        return self.go_to_position(self.position - 1)

    def first(self) -> str:
        """Go to the first unit of the queue."""
        return self.go_to_position(0)

    def last(self) -> str:
        """Go to the last unit of the queue."""
        return self.go_to_position(self.count - 1)

    def go_to_position(self, position: int) -> str:
        """Go to the unit at a position of the queue, from 0."""
        self.move_to(position)
        return self._here()

    def move_to(self, position: int) -> None:
        """As `go_to_position`, for a screen that shows where the session stands: the unit is not even read."""
        if position < 0:
            raise CommandError("this is the first unit")
        if position >= self.count:
            raise CommandError("this is the last unit" if self.count else "there is no unit")
        self.position = position
        self._unit = None

    def goto(self, number: int) -> str:
        """Go to a unit by its number in the document; a filter that hides it is lifted."""
        if not 1 <= number <= self.total:
            raise CommandError(f"there is no unit {number}: the document has {self.total}")
        return self._show(self._order.ranks[number - 1])

    def stand_at(self, unit_id: str) -> bool:
        """Go to the unit of that id, lifting a filter that hides it; False where it is not in the document."""
        if self.count and self.unit.id == unit_id:
            return True
        rank = self.store.ranks_of(self.document.id, [unit_id]).get(unit_id)
        if rank is None:
            return False
        self._show(rank)
        return self.unit.id == unit_id

    def next_open(self) -> str:
        """Go to the next unit of the queue that needs work, beginning again at its start."""
        return self._seek("open", forward=True)

    def previous_open(self) -> str:
        """Go to the previous unit of the queue that needs work, beginning again at its end."""
        return self._seek("open", forward=False)

    def next_issue(self) -> str:
        """Go to the next unit of the queue in which the checks found something."""
        return self._seek("issues", forward=True)

    def previous_issue(self) -> str:
        """Go to the previous unit of the queue in which the checks found something."""
        return self._seek("issues", forward=False)

    def next_doubt(self) -> str:
        """Go to the next unit of the queue whose alignment is doubtful."""
        return self._seek("doubt", forward=True)

    def previous_doubt(self) -> str:
        """Go to the previous unit of the queue whose alignment is doubtful."""
        return self._seek("doubt", forward=False)

    def looking(self, method: str, *arguments: str) -> Iterator[int]:
        """As of searching; for the next issue as many units are checked as that takes."""
        if method in ("next_issue", "previous_issue"):
            self.reads_texts = False
            return self._check_ahead(forward=method == "next_issue")
        return super().looking(method, *arguments)

    # Within

    def _here(self) -> str:
        unit = self.unit
        return f"unit {unit.position + 1} of {self.total}, {unit.state}"

    def _show(self, rank: int) -> str:
        """Go to the unit of a rank, lifting a filter that hides it."""
        is_hidden = self._place_of(rank) is None
        if is_hidden:
            self._show_queue(self._everything, self._order.ranks, rank)
        return self.go_to_position(self._place_of(rank) or 0) + (LIFTED if is_hidden else "")

    def _seek(self, kind: str, *, forward: bool) -> str:
        if kind == "issues":
            deque(self._check_ahead(forward=forward), maxlen=0)
        found = self._find(replace(self._everything, kinds=(kind,)), forward=forward)
        if found is None:
            raise CommandError(f"there is no other {_SOUGHT[kind]}")
        return self._show(found)

    def _find(self, wish: Filter, *, forward: bool) -> int | None:
        """The rank of the nearest other wanted unit of the queue, going around at its end."""
        here = self._rank
        if self._shows_all:
            start = -1 if forward else (1 << 62)
            found = self.store.step(self.document.id, wish, rank=here, forward=forward)
            if found is None:
                found = self.store.step(self.document.id, wish, rank=start, forward=forward)
            return None if found == here else found
        found = here
        for _ in range(_STEPS):
            step = self.store.step(self.document.id, wish, rank=found, forward=forward)
            if step is None:
                break
            found = step
            if self._place_of(found) is not None:
                return found
        wanted = set(self.store.ranks(self.document.id, wish)).intersection(self._ranks) - {here}
        if not wanted:
            return None
        choose: Callable[..., int] = min if forward else max
        ahead = [rank for rank in wanted if (rank > here) == forward]
        return choose(ahead or wanted)

    def _check_every(self) -> Iterator[int]:
        while count := self.check_some():
            yield count

    def _check_ahead(self, *, forward: bool) -> Iterator[int]:
        """Check as many units as it takes for the nearest one with issues to be known."""
        if not (self._shows_all and forward):
            return self._check_every()
        # Where the session stands is read now, on the thread that gives the commands.
        return self._check_from(self._rank, self._order.ranks)

    def _check_from(self, here: int, ranks: array[int]) -> Iterator[int]:
        wish = replace(self._everything, kinds=("issues",))
        while again := self.recheck_some():
            yield again
        while True:
            with self._checking:
                units = self.store.unchecked(self.document.id, wish.checks, count=20, after=here)
                known = self.store.step(self.document.id, wish, rank=here)
                if known is not None and (not units or known < ranks[min(units[0].position, len(ranks) - 1)]):
                    return
                if units:
                    self._check(units)
            if not units:
                # Nothing ahead has issues: the search goes around to the units before.
                yield from self._check_every()
                return
            yield len(units)
