"""The memory of a project: its own reviewed units, read from the store when first asked for and kept up with it."""

from __future__ import annotations

from bisect import bisect_left
from threading import Lock
from typing import TYPE_CHECKING, Protocol, cast

from workbench import langs
from workbench.errors import NotFoundError
from workbench.memory import Reviewed, UnitMemory
from workbench.model import State
from workbench.store.records import Filter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from workbench.memory import Match
    from workbench.model import TranslationUnit
    from workbench.store import Store

DONE = (State.TRANSLATED, State.REVIEWED, State.FINAL)
"""The states in which a unit is offered as a match."""
_AT_ONCE = 500
_TOUCHED = Filter(kinds=("open",), done=(State.INITIAL,))


class HasStore(Protocol):
    """A project, as far as it is needed here."""

    @property
    def store(self) -> Store:
        """Its store."""


class ProjectMemory:
    """The units of all documents of a pair of languages that people are done with; may be used from any thread.

    The first `find` reads them all. Each one after it takes up what was decided since, in this process or in another.
    """

    def __init__(self, store: Store, source_lang: str, target_lang: str) -> None:
        self._store = store
        self._langs = _kinds(source_lang), _kinds(target_lang)
        self._units = UnitMemory()
        self._seen: dict[str, int] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        """How many units it holds."""
        return len(self._units)

    def find(
        self,
        source: str,
        limit: int = 5,
        threshold: float = 70.0,
        *,
        before: str = "",
        after: str = "",
        but: tuple[str, str] | None = None,
    ) -> list[Match]:
        """At most `limit` matches of at least `threshold` percent with different targets, the best and newest first.

        `before` and `after` are the sources of the units around, for matches of 101 percent; `but` = the document and
        id of the unit that is not to be found, the one that they are for. Raises StoreError.
        """
        self.catch_up()
        return self._units.find(source, limit, threshold, before=before, after=after, but=but)

    def catch_up(self, is_stopped: Callable[[], bool] = lambda: False) -> None:
        """Take up all that was decided since the last time; what is left when it is stopped comes with the next."""
        with self._lock:
            for record in self._store.documents():
                if (_kinds(record.source_lang), _kinds(record.target_lang)) != self._langs:
                    continue
                if is_stopped():
                    return
                if record.id not in self._seen:
                    # A change that comes while the document is read is seen again the next time.
                    newest = self._store.last_change()
                    self._read(record.id)
                    self._seen[record.id] = newest
                else:
                    self._follow(record.id)

    # Within

    def _follow(self, document: str) -> None:
        newest, ids = self._store.changes_since(self._seen[document], document_id=document)
        if newest == self._seen[document]:
            return
        found = self._store.find_units(ids, document_id=document) if ids else []
        if len(found) < len(set(ids)) or len(found) > _AT_ONCE:
            # Units were merged or taken out, or many are new: of others the neighbours are no longer the same.
            self._read(document)
        else:
            for unit in found:
                start = max(0, unit.position - 2)
                count = unit.position + 3 - start
                units = self._store.units(document, start=start, count=count)
                self._put(document, units, is_end=len(units) < count)
        self._seen[document] = newest

    def _read(self, document: str) -> None:
        """Take up a whole document, some units at a time."""
        known = self._units.places(document)
        try:
            if not known:
                progress = self._store.progress(document)
                if progress.initial == progress.total:
                    return
            order = self._store.order(document).ranks
            touched = self._store.ranks(document, _TOUCHED)
            for start in range(0, len(order), _AT_ONCE):
                last = order[min(start + _AT_ONCE + 1, len(order) - 1)]
                nearest = bisect_left(touched, order[start])
                if nearest == len(touched) or touched[nearest] > last:
                    continue  # nothing but initial units: they are in no memory
                units = self._store.units(document, start=start, count=_AT_ONCE + 2)
                is_end = len(units) < _AT_ONCE + 2
                self._put(document, units, is_end=is_end)
                known.difference_update(unit.id for unit in units)
                if is_end:
                    break
        except NotFoundError:
            return
        for unit_id in known:
            self._units.drop(document, unit_id)

    def _put(self, document: str, units: Sequence[TranslationUnit], *, is_end: bool) -> None:
        """Take up units that stand in a row; the first and the last only where the document begins or ends there."""
        for index, unit in enumerate(units):
            if (not index and unit.position) or (index == len(units) - 1 and not is_end):
                continue
            if unit.state in DONE and unit.source.strip() and unit.target.strip():
                before = units[index - 1].source if index else ""
                after = units[index + 1].source if index + 1 < len(units) else ""
                changed = (unit.changed_by, unit.changed_at)
                self._units.put(
                    Reviewed(document, unit.id, unit.source, unit.target, *changed, before, after)
                )
            else:
                self._units.drop(document, unit.id)


def _kinds(lang: str) -> tuple[str, bool]:
    """What of a language must agree: zh, zh-CN and zh-Hans are one, zh-TW and zh-Hant another."""
    return langs.primary(lang), langs.is_traditional(lang)


def project_memory(
    project: HasStore | Store, source_lang: str = "en", target_lang: str = "zh"
) -> ProjectMemory:
    """The reviewed units of a project, or of its store, in a pair of languages, as a memory; nothing is read yet."""
    store = cast("Store", getattr(project, "store", project))
    return ProjectMemory(store, source_lang, target_lang)
