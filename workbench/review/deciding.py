"""Carrying out decisions: one transaction and one step of undo each, and what the session then knows of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.errors import CommandError, StaleUnitError
from workbench.review.movement import Movement
from workbench.review.tally import moved, standing_of_row, standing_of_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.store.records import Change, Decided, Finding, Spent

_LEAST_SECONDS = 0.1
CHECKED_AT_ONCE = 20
"""A decision on more units than these leaves checking them to the work behind the screen."""


class Deciding(Movement):
    """The base of all commands that change something."""

    whole_units = ""
    """Why units must stay as they are cut, and their sources as they are; "" where they need not."""

    at_work: Spent | None = None
    """The work on a unit that the next decision ends and stores, with the text that it saves or by itself."""

    def undo(self) -> str:
        """Take back the last decision and go to its unit."""
        return self._turned(self._turn(back=True), "undone", "nothing to undo")

    def redo(self) -> str:
        """Do again what was undone last and go to its unit."""
        return self._turned(self._turn(back=False), "done again", "nothing to redo")

    def is_long_turn(self, *, back: bool) -> bool:
        """Whether undo (`back`) or redo takes longer than a key should: call `turn_ahead` on a thread first then."""
        return self.store.is_next_turn_large(self.document.id, self.author, back=back)

    def turn_ahead(self, *, back: bool) -> None:
        """Turn the next decision in the store, on any thread; `undo` or `redo` then only follows it."""
        turn = self.store.undo if back else self.store.redo
        self._ahead_turned = (back, turn(self.document.id, self.author))

    # Within

    _ahead_turned: tuple[bool, Decided | None] | None = None

    def _turn(self, *, back: bool) -> Decided | None:
        held, self._ahead_turned = self._ahead_turned, None
        if held is None or held[0] is not back:
            self.turn_ahead(back=back)
            held, self._ahead_turned = self._ahead_turned, None
        assert held is not None
        return held[1]

    def _decide(self, name: str, *changes: Change) -> None:
        """Have the store carry out a decision, and take up what it changed."""
        if self.whole_units:
            self._see_that_units_stay(changes)
        changes, spent = self._timed(changes)
        ids = [change.unit.id for change in changes if change.unit.id]
        is_small = len(changes) <= CHECKED_AT_ONCE
        before = self.store.rows_of(self.document.id, ids, self._everything) if is_small else []
        kept = [change for change in changes if change.unit.id and not change.merged_into]
        findings = [self._finding(change) for change in kept] if is_small else []
        counted = self._progress
        try:
            decided = self.store.decide(
                self.document.id,
                self.author,
                name,
                changes,
                place=self._place(),
                checks=self._everything.checks,
                findings=findings,
                spent=spent,
            )
        except StaleUnitError:
            self.poll()
            self._unit = None
            raise
        self.at_work = None
        self._own |= {change.unit.id: change.unit.version + 1 for change in kept}
        self._changed(decided.unit_ids)
        made = zip(changes, decided.unit_ids, strict=True)
        self._fresh |= {unit_id: None for change, unit_id in made if not change.unit.id}
        structural = any(change.merged_into or not change.unit.id for change in changes)
        with self._lock:
            self._epoch += 1
            self._unscored |= set(decided.unit_ids)
            if not is_small:
                self._progress, self._checked_to = None, -1
            elif self._progress is not counted:
                # Another thread counted meanwhile, and nobody knows whether before or behind the decision.
                self._progress = None
            elif self._progress is not None and len(before) == len(ids):
                counts = {one.unit_id: one.count for one in findings}
                after = [
                    standing_of_unit(change.unit, self._everything, counts.get(change.unit.id))
                    for change in changes
                    if not change.merged_into
                ]
                self._progress = moved(self._progress, map(standing_of_row, before), after)
        self._unit = None
        if any(change.waivers is not None for change in changes):
            self._read_waivers(decided.unit_ids)
        if structural:
            self._reorder(wanted=decided.unit_ids)

    def _timed(self, changes: tuple[Change, ...]) -> tuple[tuple[Change, ...], Spent | None]:
        """The changes, the text that one of them saves with the time at work; or that time, where none saves one."""
        work = self.at_work
        if work is None or (work.seconds < _LEAST_SECONDS and not work.keystrokes):
            return changes, None
        for at, change in enumerate(changes):
            edit = change.post_edit
            if edit is not None and edit.unit_id == work.unit_id:
                timed = replace(edit, seconds=work.seconds, keystrokes=work.keystrokes)
                return (*changes[:at], replace(change, post_edit=timed), *changes[at + 1 :]), None
        return changes, work

    def _see_that_units_stay(self, changes: Sequence[Change]) -> None:
        ids = [change.unit.id for change in changes]
        if "" not in ids and not any(change.merged_into for change in changes):
            held = self.store.find_units(ids, document_id=self.document.id)
            sources = {unit.id: unit.source for unit in held}
            if all(
                sources.get(change.unit.id, change.unit.source) == change.unit.source for change in changes
            ):
                return
        raise CommandError(self.whole_units)

    def _finding(self, change: Change) -> Finding:
        """What the checks find in a unit as the decision will leave it."""
        unit = change.unit
        waivers = self._waivers.get(unit.id, ()) if change.waivers is None else change.waivers
        waived = {waiver.fingerprint for waiver in waivers}
        return self._assessor.finding(unit, version=unit.version + 1, waived=waived, look=self._look)

    def _turned(self, decided: Decided | None, done: str, nothing: str) -> str:
        passed = _passed(decided.passed) if decided is not None else ""
        if decided is None or not decided.unit_ids:
            raise CommandError(nothing + passed)
        self._read_waivers(decided.unit_ids)
        versions = self.store.versions(self.document.id, decided.unit_ids)
        first = next(unit_id for unit_id in decided.unit_ids if unit_id in versions)
        self._reread(decided.unit_ids, wanted=self._joining(decided.unit_ids, first))
        if len(decided.unit_ids) <= CHECKED_AT_ONCE:
            self._check(self.store.find_units(decided.unit_ids, document_id=self.document.id))
        self._own |= versions
        where = self._show(self.store.ranks_of(self.document.id, [first])[first])
        return f"{decided.name} {done}; {where}{passed}"

    def _joining(self, unit_ids: Sequence[str], first: str) -> Sequence[str]:
        """The turned units that join the queue: all where units were cut or joined, else what the filter wants."""
        is_structural = self.store.order(self.document.id).version != self._order.version
        if is_structural or self._shows_all or len(unit_ids) == 1:
            return unit_ids
        let_through = (
            set() if self.filter.needs_reading else set(self.store.ranks(self.document.id, self.filter))
        )
        turned = self.store.ranks_of(self.document.id, unit_ids)
        return [unit_id for unit_id, rank in turned.items() if unit_id == first or rank in let_through]


def _passed(names: Sequence[str]) -> str:
    """What is said of decisions that could not be turned back, "" where there is none."""
    if not names:
        return ""
    those = f"{names[0]} was" if len(names) == 1 else f"{len(names)} decisions were"
    return f"; {those} passed over: an import took the units out"
