"""What checks know of the units around the one under review: read behind the screen, kept up to date unit by unit."""

from __future__ import annotations

from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING

from workbench import checks as family
from workbench.checks.shelved import ShelvedSummaries
from workbench.store.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workbench.checks import Check, CheckContext
    from workbench.model import Issue, TranslationUnit
    from workbench.store import Store
    from workbench.store.records import Filter

READ_AT_ONCE = 120
JUDGED_AT_ONCE = 30
_WAIT_SECONDS = 0.2


class Around:
    """The summaries of a document's units, and of the other documents' where a check asks for these.

    `look` reads and judges some units at a time; until it has read all, `find` finds nothing. Units that were changed
    are noted, which costs nothing, and read again by the next `look`; the others that this may concern are judged
    again, and those whose findings are not what they were become stale: the session checks them anew. `kept` lets
    through the units for which the store has issues. In the summaries a unit's position is its
    rank, which stays when others are split and merged. Usable from any thread.
    """

    def __init__(
        self, store: Store, document_id: str, checks: Sequence[Check], context: CheckContext, kept: Filter
    ) -> None:
        self._store = store
        self._document = document_id
        self._checks = checks
        self._lock, self._looking = Lock(), Lock()
        self.checks = tuple(checks)
        # A document may have a million units: what is known of them is not in memory.
        self._summaries = ShelvedSummaries(checks, Shelf(), self._unit)
        self._seen = store.last_change()
        self._kept = kept
        # Findings that the store holds may be of a time when other units read otherwise.
        self._is_trusting = store.settled(document_id) == self._seen
        across = any(check.scope == "project" for check in checks)
        names = [record.id for record in store.documents()] if across else []
        self._others = [name for name in names if name != document_id]
        self._unread = [document_id, *self._others]
        self._read_to = self._judged_to = -1
        self._is_judged = False
        self._noted: dict[str, None] = {}
        self._suspects: dict[str, None] = {}
        self._stale: dict[str, None] = {}
        self._found: dict[str, frozenset[str]] = {}
        self.horizon = 0
        """Grows when what is known of the units around may have changed."""
        self._context = replace(context, summaries=self._summaries, document=document_id)

    @property
    def is_ready(self) -> bool:
        """Whether all units were read."""
        return not self._unread

    def renew(self, context: CheckContext) -> None:
        """Judge by another termbase from now on; the findings in the store are to be made anew anyway."""
        with self._lock:
            self._is_trusting = True
            self._context = replace(context, summaries=self._summaries, document=self._document)
            self._judged_to, self._is_judged = -1, False

    def note(self, ids: Iterable[str]) -> None:
        """Units of the document were changed, added or taken out."""
        self._noted |= dict.fromkeys(ids)

    def distrust(self, ids: Iterable[str]) -> None:
        """Have units checked anew."""
        self._stale |= dict.fromkeys(ids)

    def find(self, unit: TranslationUnit, rank: int) -> list[Issue]:
        """What these checks find in the unit, which stands at that rank of the document."""
        if self._unread:
            return []
        if not self._lock.acquire(timeout=_WAIT_SECONDS):
            # The summaries are being made anew: no key waits for that.
            self.distrust([unit.id])
            return []
        try:
            if self._noted:
                # Told from units as they were before the last decision: to be told again when that is taken up.
                self.distrust([unit.id])
            return family.run(replace(unit, position=rank), self._context, checks=self._checks)
        finally:
            self._lock.release()

    def look(self) -> int:
        """Read or judge some units; how many that were, 0 = all is known."""
        with self._looking:
            return self._catch_up() or self._read() or self._judge() or self._judge_suspects()

    def catch_up(self) -> None:
        """Read again what was noted, where that is soon done."""
        if self._noted and len(self._noted) <= READ_AT_ONCE and self._looking.acquire(blocking=False):
            try:
                self._catch_up()
            finally:
                self._looking.release()

    def take_stale(self, count: int) -> list[str]:
        """Some of the units that are to be checked anew."""
        taken = list(self._stale)[:count]
        for unit_id in taken:
            self._stale.pop(unit_id, None)
        return taken

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to be read, judged or checked anew."""
        return self.is_ready and self._is_judged and not (self._noted or self._suspects or self._stale)

    # Within

    def _unit(self, document: str, unit_id: str) -> TranslationUnit | None:
        return next(iter(self._store.sides_of(document, [unit_id])), None)

    def _catch_up(self) -> int:
        if self._unread:
            return 0
        done = self._catch_up_others()
        noted = list(self._noted)[:READ_AT_ONCE]
        for unit_id in noted:
            self._noted.pop(unit_id, None)
        if noted:
            self._put(self._document, noted)
        return done + len(noted)

    def _catch_up_others(self) -> int:
        newest = self._store.last_change()
        if newest == self._seen:
            return 0
        done = 0
        for name in self._others:
            _newest, ids = self._store.changes_since(self._seen, document_id=name)
            if ids:
                self._put(name, ids)
                done += len(ids)
        self._seen = newest
        return done

    def _put(self, document: str, ids: Sequence[str]) -> None:
        """Take up changed units as they are now; those that stood or stand near them are judged again."""
        found = {unit.id: unit for unit in self._store.sides_of(document, ids)}
        near: set[str] = set()
        with self._lock:
            for unit_id in ids:
                near |= self._summaries.near(unit_id, document=document)
                unit = found.get(unit_id)
                if unit is None:
                    self._summaries.drop(unit_id, document=document)
                    continue
                self._summaries.put(unit, document=document)
                near |= self._summaries.near(unit_id, document=document)
            self.horizon += 1
        own = ids if document == self._document else ()
        self._suspects |= dict.fromkeys((*near, *own))

    def _read(self) -> int:
        if not self._unread:
            return 0
        document = self._unread[0]
        units = self._store.sides_behind(document, self._read_to, count=READ_AT_ONCE)
        with self._lock:
            self._summaries.put_all(units, document=document)
        if len(units) == READ_AT_ONCE:
            self._read_to = units[-1].position
        else:
            self._read_to = -1
            del self._unread[0]
            self.horizon += not self._unread
        return len(units) + 1

    def _judge(self) -> int:
        """Judge some more of the document's units, after all were read and after the termbase changed."""
        if self._is_judged:
            return 0
        with self._lock:
            began = self._judged_to
        units = self._store.sides_behind(self._document, began, count=JUDGED_AT_ONCE)
        self._compare(units, trusting=self._is_trusting)
        with self._lock:
            if self._judged_to == began:
                self._is_judged = len(units) < JUDGED_AT_ONCE
                self._judged_to = units[-1].position if units else began
        if self._is_judged and not self._is_trusting:
            self.distrust(self._store.unit_ids(self._document, self._kept))
        return len(units) + 1

    def _judge_suspects(self) -> int:
        chosen = list(self._suspects)[:JUDGED_AT_ONCE]
        for unit_id in chosen:
            self._suspects.pop(unit_id, None)
        if chosen:
            self._compare(self._store.sides_of(self._document, chosen))
        return len(chosen)

    def _compare(self, units: Iterable[TranslationUnit], *, trusting: bool = False) -> None:
        """Remember what is found in units; where it is not what was found before they are stale, unless `trusting`."""
        for unit in units:
            found = frozenset(issue.fingerprint for issue in self.find(unit, unit.position))
            held = self._found.get(unit.id, frozenset())
            if found != held and not trusting:
                self._stale[unit.id] = None
            if found:
                self._found[unit.id] = found
            else:
                self._found.pop(unit.id, None)
