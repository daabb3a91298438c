"""Fixing all of a kind: every sure repair of one check in the document, shown first, made as one decision."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.errors import CommandError, NotFoundError
from workbench.model import PostEdit, State
from workbench.review.following import retold
from workbench.review.repairing import Repairing
from workbench.store.records import Change

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbench.model import TranslationUnit

_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class KindRepair:
    """What the fixes of one check make of a unit: its new target, and how many places changed."""

    unit: TranslationUnit
    target: str
    count: int


@dataclass(slots=True)
class Kind:
    """The repairs of one check in a document; `passed` counts the units that were done and so stay as they are."""

    check: str
    repairs: list[KindRepair]
    passed: int = 0

    @property
    def count(self) -> int:
        """How many places change."""
        return sum(repair.count for repair in self.repairs)

    def __str__(self) -> str:
        units = "1 unit" if len(self.repairs) == 1 else f"{len(self.repairs):,} units"
        passed = f", {self.passed:,} done left alone" if self.passed else ""
        return f"{self.count:,} in {units}{passed}"


class Fixing(Repairing):
    """The command that makes all repairs of a kind, and what it is chosen and shown by."""

    _kinds: tuple[int, str, dict[str, Kind]] | None = None

    def looking(self, method: str, *arguments: str) -> Iterator[int]:
        """As of the others; for `fix_kind` every unit is checked, and those with issues are fixed on trial."""
        if method != "fix_kind":
            return super().looking(method, *arguments)
        return self._look_for_kinds()

    def kinds(self) -> list[Kind]:
        """What can be fixed in the document by the kind of issue, after `looking` for it; the most frequent first."""
        held = self._kinds
        if held is None or held[:2] != (self.store.last_change(), self._everything.checks):
            deque(self._look_for_kinds(), maxlen=0)
            held = self._kinds
        assert held is not None
        return sorted((kind for kind in held[2].values() if kind.repairs), key=lambda kind: -kind.count)

    def fix_kind(self, check: str) -> str:
        """Make every sure repair of one check in the document's units that nobody has confirmed: one step of undo."""
        from workbench.checks import CHECKS

        if check not in (known := tuple(one.id for one in CHECKS)):
            raise NotFoundError("check", check, known=known)
        kind = next((one for one in self.kinds() if one.check == check), None)
        if kind is None:
            raise CommandError(f"no open unit has an issue of {check} with a sure fix")
        now = self._clock()
        self._decide(
            f"fix {check}",
            *(
                Change(
                    retold(one.unit, one.target),
                    post_edit=PostEdit(one.unit.id, one.target, self.author, now),
                )
                for one in kind.repairs
            ),
        )
        self._kinds = None
        return f"{check} fixed: {kind}"

    # Within

    def _look_for_kinds(self) -> Iterator[int]:
        yield from self._check_every()
        newest, checks = self.store.last_change(), self._everything.checks
        kinds: dict[str, Kind] = {}
        ranks = self.store.ranks(self.document.id, replace(self._everything, kinds=("issues",)))
        for start in range(0, len(ranks), _AT_ONCE):
            units = self.store.units_at(self.document.id, ranks[start : start + _AT_ONCE])
            for unit in units:
                waived = self._waived(unit.id)
                for check, target, count in self._assessor.repairs(unit, waived=waived):
                    kind = kinds.setdefault(check, Kind(check, []))
                    if unit.state is State.INITIAL:
                        kind.repairs.append(KindRepair(unit, target, count))
                    else:
                        kind.passed += 1
            yield len(units)
        self._kinds = (newest, checks, kinds)
