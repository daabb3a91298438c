"""The review session: what a reviewer can decide, each decision one transaction of the store and one step of undo."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbench.errors import CommandError
from workbench.model import Issue, Origin, PostEdit, State, Waiver
from workbench.review.assessment import Assessment
from workbench.review.commenting_threads import settled
from workbench.review.following import retold
from workbench.review.passes import TwoPasses
from workbench.review.roles import CONFIRMED
from workbench.store.records import Change

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.model import TranslationUnit

    CATEGORIES: tuple[str, ...]
    """The categories of annotations, as MQM's top level; a finer one stands behind a stroke: accuracy/omission."""

__all__ = ["CATEGORIES", "Assessment", "ReviewSession"]

_FIXES_AT_ONCE = 100


def __getattr__(name: str) -> Any:
    # The metrics are imported once a person judges a unit: until then they would only make the start longer.
    if name != "CATEGORIES":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from workbench.metrics import mqm

    return tuple(mqm.CATEGORIES)


class ReviewSession(TwoPasses):
    """One author's review of one document; every command either does what it says or raises and changes nothing.

    A command returns one line about what happened. CommandError = it does not apply here; StaleUnitError = somebody
    else changed the unit: `unit` then holds the new value, and the command can be given again.
    """

    # Texts and states

    def edit(self, text: str, *, seconds: float = 0.0, keystrokes: int = 0) -> str:
        """Save a new target; a unit that was done is open again."""
        unit = self.unit
        if text == unit.target:
            raise CommandError("the text is as it was")
        self._save_text("edit", text, seconds=seconds, keystrokes=keystrokes)
        return f"unit {unit.position + 1} saved"

    def confirm(self, text: str | None = None, *, seconds: float = 0.0, keystrokes: int = 0) -> str:
        """Save the target, mark the unit as done and go to the next open unit."""
        unit = self.unit
        final = unit.target if text is None else text
        state = CONFIRMED[self.role]
        if unit.source.strip() and not final.strip() and unit.origin != Origin.DROPPED:
            raise CommandError("the target is empty: write it, merge the unit, or mark it as dropped")
        if final.strip() and not unit.source.strip() and unit.origin != Origin.ADDED:
            raise CommandError("there is no source: mark the unit as added (Alt+K a), or merge it")
        if final == unit.target and unit.state in self._everything.done:
            return f"unit {unit.position + 1} is {unit.state} already; {self._on()}"
        edit = PostEdit(unit.id, final, self.author, self._clock(), seconds, keystrokes)
        told = retold(unit, final)
        confirmed = replace(told, state=state, notes=settled(told.notes))
        self._decide("confirm", Change(confirmed, post_edit=edit))
        offer = self._offer(unit, final)
        return f"unit {unit.position + 1} {state}; {self._on()}{offer}"

    def unconfirm(self) -> str:
        """Open a unit again that was done; its text stays."""
        unit = self.unit
        if unit.state is State.INITIAL:
            raise CommandError("the unit is not confirmed")
        self._decide("unconfirm", Change(replace(unit, state=State.INITIAL)))
        return f"unit {unit.position + 1} is open again"

    def sign_off(self) -> str:
        """Make a reviewed unit final."""
        unit = self.unit
        if self.role != "reviewer":
            raise CommandError("only a reviewer signs off")
        if unit.state is not State.REVIEWED:
            raise CommandError(f"only a reviewed unit can be signed off; this one is {unit.state}")
        self._decide("sign off", Change(replace(unit, state=State.FINAL)))
        return f"unit {unit.position + 1} final"

    def restore_draft(self, *, seconds: float = 0.0, keystrokes: int = 0) -> str:
        """Put the draft back in place of the target."""
        unit = self.unit
        if not unit.drafts:
            raise CommandError("the unit has no draft")
        if unit.draft == unit.target:
            raise CommandError("the target is the draft already")
        self._save_text("restore draft", unit.draft, seconds=seconds, keystrokes=keystrokes)
        return f"unit {unit.position + 1}: draft restored"

    def copy_source(self, *, seconds: float = 0.0, keystrokes: int = 0) -> str:
        """Put the source in place of the target."""
        unit = self.unit
        if unit.source == unit.target:
            raise CommandError("the target is the source already")
        self._save_text("copy source", unit.source, seconds=seconds, keystrokes=keystrokes)
        return f"unit {unit.position + 1}: source copied"

    # Issues, and what was typed into a unit that is gone

    def apply_fix(self, number: int = 1, *, seconds: float = 0.0, keystrokes: int = 0) -> str:
        """Make the sure repair of an issue."""
        issue = self._numbered(self.issues(), number, "issue")
        if issue.fix is None:
            raise CommandError(f"issue {number} has no sure fix")
        unit = self.unit
        text = issue.fix.apply(unit.target)
        self._save_text(f"fix {issue.check}", text, seconds=seconds, keystrokes=keystrokes)
        return f"unit {unit.position + 1}: {issue.check} fixed"

    def apply_all_fixes(self, *, seconds: float = 0.0, keystrokes: int = 0) -> str:
        """Make every sure repair of the unit, as one decision."""
        unit = self.unit
        fixed = unit
        for count in range(_FIXES_AT_ONCE + 1):
            fix = next((issue.fix for issue in self._standing(fixed)[0] if issue.fix is not None), None)
            if fix is None or count == _FIXES_AT_ONCE or fix.apply(fixed.target) == fixed.target:
                break
            fixed = replace(fixed, target=fix.apply(fixed.target))
        if fixed.target == unit.target:
            raise CommandError("no issue of this unit has a sure fix")
        self._save_text("fix all", fixed.target, seconds=seconds, keystrokes=keystrokes)
        return f"unit {unit.position + 1}: {count} fixed"

    def waive(self, number: int = 1, reason: str = "") -> str:
        """Judge an issue not to be an error, now and later."""
        unit = self.unit
        issue = self._numbered(self.issues(), number, "issue")
        waiver = Waiver(unit.id, issue.fingerprint, self.author, reason.strip(), self._clock())
        self._decide("waive", Change(unit, waivers=(*self._waivers.get(unit.id, ()), waiver)))
        return f"unit {unit.position + 1}: {issue.check} waived"

    def unwaive(self, number: int = 1) -> str:
        """Let a waived issue count again."""
        unit = self.unit
        issue = self._numbered(self.waived_issues(), number, "waived issue")
        kept = tuple(one for one in self._waivers.get(unit.id, ()) if one.fingerprint != issue.fingerprint)
        self._decide("unwaive", Change(unit, waivers=kept))
        return f"unit {unit.position + 1}: {issue.check} counts again"

    def keep_typed(self, lost: TranslationUnit, text: str) -> str:
        """Keep as a note what was typed into a unit that is no longer in the document, where its source is now."""
        before = self.store.step(self.document.id, self._everything, rank=self._rank, forward=False)
        if lost.source not in self.unit.source and before is not None:
            # A unit is joined with the one before it.
            (found,) = self.store.units_at(self.document.id, [before]) or [lost]
            if lost.source in found.source:
                self._show(before)
        unit = self.unit
        notes = (*unit.notes, f"typed by {self.author} into a unit that is no longer here: {text.strip()}")
        self._decide("note", Change(replace(unit, notes=notes)))
        return f"its unit is gone: what you typed is kept as a note on unit {unit.position + 1}"

    def close(self) -> None:
        """Remember the place; the store stays open."""
        self.save_place()

    # Within

    def _save_text(self, name: str, text: str, *, seconds: float = 0.0, keystrokes: int = 0) -> None:
        """Give the unit a new target; it is open again, but what was translated stays so for a reviewer."""
        unit = self.unit
        stays = unit.state is State.TRANSLATED and self.role == "reviewer"
        state = State.TRANSLATED if stays else State.INITIAL
        edit = PostEdit(unit.id, text, self.author, self._clock(), seconds, keystrokes)
        self._decide(name, Change(replace(retold(unit, text), state=state), post_edit=edit))

    @staticmethod
    def _numbered(issues: Sequence[Issue], number: int, what: str) -> Issue:
        if not issues:
            raise CommandError(f"the unit has no {what}")
        if not 1 <= number <= len(issues):
            raise CommandError(f"there is no {what} {number}: the unit has {len(issues)}")
        return issues[number - 1]
