"""Judging units in a review: which issues stand, what checks know of the units around, what is still unchecked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.review.view import SessionView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbench.model import Issue, Span, TranslationUnit
    from workbench.review.assessment import Assessment

_BATCH = 50


class Judging(SessionView):
    """The session's judgements; all but `issues` and `waived_issues` may be asked for from any thread."""

    def assess(
        self, unit: TranslationUnit, text: str, *, deadline_seconds: float | None = None
    ) -> Assessment:
        """The unit judged with `text` as its target; nothing is stored."""
        waived = self._waived(unit.id)
        if self._around is not None:
            self._around.catch_up()
        return self._assessor.assess(
            unit, text, waived=waived, look=self._look, deadline_seconds=deadline_seconds
        )

    def tidied(self, unit: TranslationUnit, text: str, span: Span | None = None) -> tuple[str, int]:
        """The text with its form mended (widths, quotes, spaces …), in a span of it or in all, and how many places."""
        return self._assessor.tidied(unit, text, span, waived=self._waived(unit.id))

    def issues(self) -> tuple[Issue, ...]:
        """The issues of the current unit, waived ones left out; `apply_fix` and `waive` count them from 1."""
        return self._standing(self.unit)[0]

    def waived_issues(self) -> tuple[Issue, ...]:
        """The waived issues of the current unit; `unwaive` counts them from 1."""
        return self._standing(self.unit)[1]

    def check_some(self, count: int = _BATCH) -> int:
        """Check some units that were not checked in their current version; 0 = none is left.

        Call it again and again from a thread beside the screen: lists and the filter "issues" then know every unit.
        """
        checks = self._everything.checks
        with self._checking:
            if again := self._recheck(count):
                return again
            newest = self.store.last_change()
            after = self._checked_to
            units = self.store.unchecked(self.document.id, checks, count=count, after=after)
            if not units and after >= 0:
                # Units behind the mark may have changed since it passed them.
                after = -1
                units = self.store.unchecked(self.document.id, checks, count=count, after=after)
            if units:
                self._check(units)
                ranks = self._order.ranks
                self._checked_to = ranks[min(units[-1].position, len(ranks) - 1)]
            elif self._around is None or self._around.is_settled:
                self._settled_at = newest
            return len(units)

    def recheck_some(self, count: int = _BATCH) -> int:
        """Read and judge some of the units around, and check some of those that this concerns; 0 = none is left.

        To be called after decisions, and by `check_some` before anything else.
        """
        with self._checking:
            return self._recheck(count)

    def look_around(self) -> None:
        """Have the checks know all units around; a script does so before it speaks of issues, the screen behind it."""
        while self.recheck_some():
            pass

    @property
    def horizon(self) -> int:
        """Grows when what checks know of the units around has changed, so that the unit shown is judged again."""
        return self._around.horizon if self._around is not None else 0

    def check_all(self) -> None:
        """Check every unit that was not checked in its current version."""
        while self.check_some():
            pass

    # Within

    def _standing(self, unit: TranslationUnit) -> tuple[tuple[Issue, ...], tuple[Issue, ...]]:
        return self._assessor.issues(unit, unit.target, waived=self._waived(unit.id), look=self._look)

    def _look(self, unit: TranslationUnit) -> list[Issue]:
        """What the checks that need the units around find in a unit of this document."""
        ranks = self._order.ranks
        if self._around is None or unit.position >= len(ranks):
            return []
        return self._around.find(unit, ranks[unit.position])

    def _recheck(self, count: int) -> int:
        """As `recheck_some`, for who checks already."""
        if again := self._recheck_around(count) if self._looks_around else 0:
            return again
        fresh = list(self._fresh)[:count]
        for unit_id in fresh:
            self._fresh.pop(unit_id, None)
        if fresh:
            self._check(self.store.find_units(fresh, document_id=self.document.id))
        return len(fresh)

    def _recheck_around(self, count: int) -> int:
        if self._around is None:
            kept = replace(self._everything, kinds=("issues",))
            self._around = self._assessor.around(self.store, self.document.id, kept)
            self._looks_around = self._around is not None
        around = self._around
        if around is None:
            return 0
        if looked := around.look():
            return looked
        stale = around.take_stale(count)
        if stale:
            self._check(self.store.find_units(stale, document_id=self.document.id))
        return len(stale)

    def _check(self, units: Iterable[TranslationUnit]) -> None:
        """Check units and keep what was found."""
        assessor = self._assessor
        findings = [
            assessor.finding(unit, version=unit.version, waived=self._waived(unit.id), look=self._look)
            for unit in units
        ]
        self.store.save_findings(self.document.id, assessor.fingerprint(), findings)
        self._recount(findings=True)
