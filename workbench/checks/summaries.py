"""What checks know of a whole document: summaries that add and subtract one unit, so that an edit costs one unit.

The contract of a summary class:

1. `add(unit)` counts a unit, `subtract(unit)` takes out one that was added, given as it was then. Both are O(length of
   the unit), never raise on any text, and read nothing of a unit but its id, position, source, target and state, and
   as `origin` the name of its document.
2. What is known afterwards depends on which units are in, never on the order in which they came or on those that have
   left: after any number of edits a check finds what it would find in a summary made afresh.
   What is first in the document is told by `position`, which is in the order of the units but may have gaps.
3. `near(unit)` are the ids of the other units whose findings may change when this one is put or dropped, asked
   while the unit is in; none where the check only weighs the document as a whole.
4. A summary is made without arguments, is a plain value that pickle takes, and never asks for anything outside.

`find` of the check reads it, without changing it, in O(length of the unit) plus its findings. The unit that `find`
is given may be another than the one that was put (a text that is being typed): the summary then still holds the old
text, and the check judges the new one against it, counting the unit itself out where that matters.

Checks of scope "document" have a summary for each document, those of scope "project" one for all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from workbench.model import TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from workbench.checks.base import Check


class Summary(Protocol):
    """What a check remembers of the units of a document; the contract is above."""

    def add(self, unit: TranslationUnit) -> None:
        """Count a unit."""

    def subtract(self, unit: TranslationUnit) -> None:
        """Take out a unit that was added, given as it was then."""

    def near(self, unit: TranslationUnit) -> Collection[str]:
        """The ids of the other units whose findings may change with this one."""


S = TypeVar("S", bound=Summary)


class DocumentSummaries:
    """The summaries that some checks need, over the units put so far, of one document or of several.

    Checks of scope "unit" are passed over. One summary serves all checks that name its class.
    """

    def __init__(self, checks: Iterable[Check]) -> None:
        self._shared: dict[type[Summary], bool] = {}
        for check in checks:
            if check.summary is not None:
                across = check.scope == "project"
                if self._shared.setdefault(check.summary, across) != across:
                    raise ValueError(f"{check.summary.__name__} is asked for in two scopes")
        self._summaries: dict[tuple[type[Summary], str], Summary] = {}
        self._units: dict[tuple[str, str], TranslationUnit] = {}

    @property
    def kinds(self) -> frozenset[type[Summary]]:
        """The classes of summaries that are kept."""
        return frozenset(self._shared)

    def __len__(self) -> int:
        return len(self._units)

    def of(self, kind: type[S], *, document: str = "") -> S:
        """The summary of that class for a document. Raises LookupError where no check asked for it."""
        if kind not in self._shared:
            raise LookupError(f"no summary {kind.__name__}: no check of this run asks for it")
        key = (kind, "" if self._shared[kind] else document)
        held = self._summaries.get(key)
        if held is None:
            held = self._summaries[key] = kind()
        return cast("S", held)

    def put(self, unit: TranslationUnit, *, document: str = "", key: str = "") -> None:
        """Count the unit in place of what it was.

        A unit is known by its id, or by `key` where ids are not to be trusted: units of a file that all have one.
        """
        if not self._shared:
            return
        self.drop(key or unit.id, document=document)
        kept = TranslationUnit(unit.id, unit.position, unit.source, unit.target, unit.state, origin=document)
        self._units[document, key or unit.id] = kept
        for kind in self._shared:
            self.of(kind, document=document).add(kept)

    def put_all(self, units: Iterable[TranslationUnit], *, document: str = "") -> None:
        """Count many units of a document."""
        for unit in units:
            self.put(unit, document=document)

    def drop(self, unit_id: str, *, document: str = "") -> None:
        """Take the unit out; nothing happens where it was never in."""
        held = self._units.pop((document, unit_id), None)
        if held is not None:
            for kind in self._shared:
                self.of(kind, document=document).subtract(held)

    def near(self, unit_id: str, *, document: str = "") -> set[str]:
        """The ids of the other units whose findings may change with this one; ask before an edit and after it."""
        held = self._units.get((document, unit_id))
        if held is None:
            return set()
        found = {other for kind in self._shared for other in self.of(kind, document=document).near(held)}
        return found - {unit_id}
