"""Matches in a review: units reviewed before that resemble the current one, and its rendering for equal units."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.errors import CommandError
from workbench.memory import similarity
from workbench.model import PostEdit, State
from workbench.review.commenting_threads import settled
from workbench.review.following import retold
from workbench.review.roles import CONFIRMED
from workbench.review.terming import Terming
from workbench.store.records import Change

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbench.memory import Match
    from workbench.model import TranslationUnit
    from workbench.pipeline.matches import ProjectMemory

PROPAGATE = "propagate"
"""What the offer of a confirmed text to equal units ends with: the name of the command."""
SHOWN = 5
LEAST_PERCENT = 60.0
"""Matches below this are not shown: they cost more to mend than to leave."""


class Matching(Terming):
    """The commands about matches and repetitions. `matches_of`, `count_repetitions`: from any thread."""

    memory: ProjectMemory | None = None
    """Where matches are looked for; None = this review has none."""

    def matches_of(self, unit: TranslationUnit) -> list[Match]:
        """At most five matches for a unit, the best first, never the unit itself; the first call reads the project."""
        if self.memory is None or not unit.source.strip():
            return []
        start = max(0, unit.position - 1)
        around = self.store.units(self.document.id, start=start, count=unit.position + 2 - start)
        sources = {one.position: one.source for one in around}
        return self.memory.find(
            unit.source,
            SHOWN,
            LEAST_PERCENT,
            before=sources.get(unit.position - 1, ""),
            after=sources.get(unit.position + 1, ""),
            but=(self.document.id, unit.id),
        )

    def matches(self) -> list[Match]:
        """The matches for the current unit; `match` counts them from 1."""
        return self.matches_of(self.unit)

    def match(self, number: int = 1, *, seconds: float = 0.0, keystrokes: int = 0) -> str:
        """Put a match in place of the target; it joins the unit's drafts, so that it is known where the text is from.

        The draft that the unit began with stays the first: scores tell how far that one was from the final text.
        """
        from workbench.pipeline.drafting import match_draft

        unit = self.unit
        found = self.matches()
        if not found:
            raise CommandError("no reviewed unit resembles this one")
        if not 1 <= number <= len(found):
            raise CommandError(f"there is no match {number}: the unit has {len(found)}")
        match = found[number - 1]
        if match.target == unit.target:
            raise CommandError("the target is that match already")
        made = match_draft(match.target, match.percent, match.unit_id)
        drafts = unit.drafts if made in unit.drafts else (*(d for d in unit.drafts if d.id != made.id), made)
        stays = unit.state is State.TRANSLATED and self.role == "reviewer"
        state = State.TRANSLATED if stays else State.INITIAL
        edit = PostEdit(unit.id, match.target, self.author, self._clock(), seconds, keystrokes)
        changed = replace(retold(unit, match.target), state=state, drafts=drafts)
        self._decide("match", Change(changed, post_edit=edit))
        return f"unit {unit.position + 1}: match of {match.percent:.0f}% from {match.document}"

    def best_match(self) -> str:
        """Put the best match in place of the target."""
        return self.match()

    # Repetitions

    def count_repetitions(self, unit: TranslationUnit) -> int:
        """How many open units of the document have the source of this one; `confirm` then offers it to them."""
        equal = self._repetitions(unit)
        self._counted = (unit.id, unit.source, equal)
        return len(self._open_of(equal))

    def _repetitions(self, unit: TranslationUnit) -> tuple[TranslationUnit, ...]:
        """The other units with the same source, in order, with no more than texts and state."""
        if not unit.source.strip():
            return ()
        equal = self.store.sides_equal(self.document.id, unit.source)
        return tuple(one for one in equal if one.id != unit.id)

    def _open_of(self, equal: Iterable[TranslationUnit]) -> list[TranslationUnit]:
        """Those that are open for this role: for a reviewer what is translated too."""
        return [one for one in equal if one.state not in self._everything.done]

    def _offer(self, unit: TranslationUnit, text: str) -> str:
        """What is said of the repetitions of a unit that is confirmed, "" where there are none, or none were counted.

        Counting takes its time in a large document, which confirming must not: the screen counts beforehand.
        """
        unit_id, source, equal = self._counted
        self._confirmed_last = unit.id
        if (unit_id, source) != (unit.id, unit.source):
            return ""
        still, others = self._open_of(equal), self._otherwise(equal, text)
        said = f"; {others}" if others else ""
        if not still:
            return said
        count = sum(one.state is State.TRANSLATED and one.target != text for one in still)
        apart = f" ({count:,} translated otherwise)" if count else ""
        return f"{said}; {len(still):,} with the same source: {PROPAGATE}{apart}"

    def _otherwise(self, equal: Iterable[TranslationUnit], text: str) -> str:
        """The units that are done and have another target, in words."""
        done = [one for one in equal if one.state in self._everything.done and one.target != text]
        places = [place + 1 for one in done if (place := self._order.index(one.position)) is not None]
        if not places:
            return ""
        named = ", ".join(map(str, places[:3])) + (" …" if len(places) > 3 else "")
        return f"unit {named} reads otherwise" if len(places) == 1 else f"units {named} read otherwise"

    def propagate(self) -> str:
        """Give the target of the last confirmed unit, or the current one, to all open units with the same source.

        They are confirmed as well, as one step of undo. Units that are done stay as they are.
        """
        unit = self._to_propagate()
        if unit.state not in self._everything.done:
            raise CommandError("confirm the unit first: its text is then given to the others")
        equal = self._repetitions(unit)
        others = self._otherwise(equal, unit.target)
        ids = [one.id for one in self._open_of(equal)]
        found = self.store.find_units(ids, document_id=self.document.id)
        if not found:
            nothing = f"no open unit has the source of unit {unit.position + 1}"
            raise CommandError(f"{nothing}; {others}" if others else nothing)
        from workbench.pipeline.drafting import match_draft

        made = match_draft(unit.target, similarity.EXACT, unit.id)
        now = self._clock()
        self._decide(
            "propagate",
            *(
                Change(
                    replace(
                        (told := retold(one, unit.target)),
                        state=CONFIRMED[self.role],
                        notes=settled(told.notes),
                        drafts=(*(draft for draft in one.drafts if draft.id != made.id), made),
                    ),
                    post_edit=PostEdit(one.id, unit.target, self.author, now),
                )
                for one in found
            ),
        )
        said = f"{_units(len(found))} {CONFIRMED[self.role]} as unit {unit.position + 1}"
        return said + (f"; {others}" if others else "")

    # Within

    _confirmed_last = ""
    _counted: tuple[str, str, tuple[TranslationUnit, ...]] = ("", "", ())

    def _to_propagate(self) -> TranslationUnit:
        """The current unit where it is done, else the unit that was confirmed last, behind which one stands now."""
        unit = self.unit
        if unit.state in self._everything.done or not self._confirmed_last:
            return unit
        found = self.store.find_units([self._confirmed_last], document_id=self.document.id)
        return found[0] if found and found[0].state in self._everything.done else unit


def _units(count: int) -> str:
    return "1 unit" if count == 1 else f"{count:,} units"
