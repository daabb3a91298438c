"""Two passes over a document: a translator confirms, a reviewer confirms or sends back, each with their own work."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.errors import CommandError
from workbench.model import State
from workbench.review.annotating import Annotating
from workbench.review.commenting_threads import Thread, message_of, note_of, one_line, threads_of
from workbench.store.records import Change

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbench.model import PostEdit, TranslationUnit
    from workbench.store.records import HistoryEntry

UNTRANSLATED = "untranslated"
"""What an answer ends with where only units are left that are not translated yet."""
_CONFIRMING = ("confirm", "propagate")
_NOT_TRANSLATED = (State.INITIAL, State.REVIEWED, State.FINAL)


@dataclass(frozen=True, slots=True)
class Passes:
    """The texts of a unit from pass to pass: the draft, what the translator handed over, and what stands now."""

    draft: str
    translated: str
    translator: str
    text: str


def handed_over(entries: Iterable[HistoryEntry]) -> PostEdit | None:
    """The post-edit by which a translator made the unit what a reviewer then got; None where nobody did."""
    found, state = None, None
    for entry in entries:
        if entry.undone:
            continue
        state = entry.state or state
        if entry.decision in _CONFIRMING and state is State.TRANSLATED:
            found = entry.post_edit
    return found


class TwoPasses(Annotating):
    """What a translator and a reviewer do differently."""

    def next_open(self) -> str:
        """Go to the next unit that needs work: a rejected one for a translator, a translated one for a reviewer.

        Where none of these is left a translator goes to any that is open. Who reviews what others translate is told
        first how many are untranslated, and goes to these when it is given again, or where the filter asks for them.
        """
        return self._seek_work(forward=True, again=True)

    def previous_open(self) -> str:
        """As `next_open`, going back."""
        return self._seek_work(forward=False, again=True)

    def reject(self, reason: str) -> str:
        """Send the unit back to its first state, with the reason as a comment that confirming it resolves."""
        unit = self.unit
        if not one_line(reason):
            raise CommandError("reject why? Give a reason")
        said = message_of(reason, self.author, self._clock())
        thread = Thread((said,), "open", is_rejection=True)
        notes = (*unit.notes, note_of(thread))
        self._decide("reject", Change(replace(unit, state=State.INITIAL, notes=notes)))
        return f"unit {unit.position + 1} rejected"

    def passes(self, unit: TranslationUnit, text: str) -> Passes | None:
        """The three steps of a unit with `text` as its target; None where no translator has confirmed it.

        May be called from any thread.
        """
        if unit.state is State.INITIAL:
            return None
        edit = handed_over(self.store.history(unit.id, document_id=self.document.id))
        return None if edit is None else Passes(unit.draft, edit.text, edit.author, text)

    # Within

    _is_second_pass: bool | None = None
    _was_told = _goes_to_untranslated = False

    def _on(self) -> str:
        """Go to the next open unit where there is one; say where that is."""
        try:
            return self._seek_work(forward=True, again=False)
        except CommandError:
            if self.unit.state in self._everything.done:
                return "no open unit is left" + ("" if self._shows_all else f" in the filter {self.filter}")
            return self._here()

    def _seek_work(self, *, forward: bool, again: bool) -> str:
        """`again` = the command itself was given: after the untranslated units were told of, it goes to them."""
        if self.role == "translator":
            found = self._nearest_rejected(forward=forward)
            return self._show(found) if found is not None else self._seek("open", forward=forward)
        wish = replace(self._everything, kinds=("open",), done=_NOT_TRANSLATED)
        found = self._find(wish, forward=forward)
        if found is not None:
            self._is_second_pass, self._was_told, self._goes_to_untranslated = True, False, False
            return self._show(found)
        if self._was_told and again:
            self._goes_to_untranslated = True
        if self._goes_to_untranslated or not self._holds_back():
            return self._seek("open", forward=forward)
        if self._find(replace(self._everything, kinds=("open",)), forward=forward) is None:
            return self._seek("open", forward=forward)
        self._was_told = True
        count = self.states().get(State.INITIAL, 0)
        return f"nothing translated left: next_open goes on to {count:,} {UNTRANSLATED}"

    def _holds_back(self) -> bool:
        """Whether somebody else translates what this person reviews, and nobody asked for untranslated units."""
        asked = "open" in self.filter.kinds or any(
            "initial" in term.words for term in self.filter.terms if term.name in ("is", "state")
        )
        if asked:
            return False
        if self.unit.state is State.TRANSLATED or self.states().get(State.TRANSLATED, 0) > 0:
            self._is_second_pass = True
        elif self._is_second_pass is None:
            self._is_second_pass = self.store.was_translated(self.document.id)
        return self._is_second_pass

    _rejected: set[str] | None = None
    _rejected_seen = -1

    def _nearest_rejected(self, *, forward: bool) -> int | None:
        """The rank of the nearest other rejected unit of the queue, known without looking through all notes again."""
        if self._rejected is None:
            self._rejected_seen = self.store.last_change()
            wish = replace(self._everything, kinds=("rejected",))
            self._rejected = set(self.store.unit_ids(self.document.id, wish))
        else:
            self._rejected_seen, ids = self.store.changes_since(
                self._rejected_seen, document_id=self.document.id
            )
            self._rejected.difference_update(ids)
            changed = self.store.find_units(ids, document_id=self.document.id)
            self._rejected.update(unit.id for unit in changed if is_rejected(unit))
        here = self._rank
        ranks = self.store.ranks_of(self.document.id, self._rejected).values()
        others = [rank for rank in ranks if rank != here and self._place_of(rank) is not None]
        ahead = [rank for rank in others if (rank > here) == forward]
        choose = min if forward else max
        return choose(ahead or others, default=None)


def is_rejected(unit: TranslationUnit) -> bool:
    """Whether the unit was sent back and nobody has confirmed it since."""
    return unit.state is State.INITIAL and any(
        thread.is_rejection and thread.is_open for thread in threads_of(unit)
    )
