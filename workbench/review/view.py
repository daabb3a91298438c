"""What a review shows: the queue, the current unit, pages, judgements, progress and scores of one document."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING, overload

from workbench.errors import CommandError, NotFoundError
from workbench.model import State
from workbench.review.assessment import Assessor
from workbench.review.roles import CONFIRMED, everything
from workbench.store.records import FILTERS, Filter, Place, Progress, UnitRow, utc_now

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Collection, Iterable, Mapping
    from datetime import datetime

    from workbench import metrics
    from workbench.checks import Check
    from workbench.model import Annotation, Rating, Score, Severity, TranslationUnit, Waiver
    from workbench.review.around import Around
    from workbench.review.glossary import Glossary
    from workbench.segmenter.rules import SegmentationRules
    from workbench.store import HistoryEntry, Store
    from workbench.termbase import Termbase

_BATCH = 50


class Queue(Sequence[str]):
    """The ids of the units that the filter let through when it was set, in the document's order."""

    def __init__(self, store: Store, document_id: str, ranks: array[int]) -> None:
        self._store = store
        self._document_id = document_id
        self._ranks = ranks

    def __len__(self) -> int:
        return len(self._ranks)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        wished = self._ranks[index] if isinstance(index, slice) else [self._ranks[index]]
        ids = self._store.ids_at(self._document_id, wished)
        return ids if isinstance(index, slice) else ids[0]


class SessionView:
    """One author's view of one document, where it was left; the base of the review session.

    `assess`, `check_some`, `progress` and `document_scores` may be called from any thread; everything else from the
    one that gives the commands.
    """

    def __init__(
        self,
        store: Store,
        document_id: str,
        author: str,
        *,
        checks: Sequence[Check] | None,
        termbase: Termbase,
        clock: Callable[[], datetime] = utc_now,
        role: str = "reviewer",
        profile: str = "",
        severities: tuple[tuple[str, Severity], ...] = (),
        idle_seconds: float = 300.0,
        glossary: Glossary | None = None,
        segmentation: SegmentationRules | None = None,
    ) -> None:
        if role not in CONFIRMED:
            raise NotFoundError("role", role, known=tuple(CONFIRMED))
        self.store = store
        self.document = store.document(document_id)
        self.author = author
        self.role = role
        self.idle_seconds = idle_seconds
        """What a silence counts at most as work, for whoever measures the seconds that commands are given."""
        self._clock = clock
        self._assessor = Assessor(
            checks,
            termbase,
            source_lang=self.document.source_lang,
            target_lang=self.document.target_lang,
            profile=profile,
            severities=severities,
        )
        self._everything = everything(role, self._assessor.fingerprint())
        # `_lock` is held for moments only, so that no command waits for checking or scoring.
        self._lock, self._checking, self._scoring = Lock(), Lock(), Lock()
        self._epoch = 0
        self._seen = store.last_change()
        self._own: dict[str, int] = {}
        self._glossary = glossary
        self._rules = segmentation
        self._around: Around | None = None
        self._looks_around = True
        self._settled_at = -1
        self._fresh: dict[str, None] = {}
        self._checked_to = -1
        self._progress: Progress | None = None
        self._is_counted = False
        self._scores: metrics.DocumentScores | None = None
        self._unscored: set[str] = set()
        self._unit: TranslationUnit | None = None
        self._held_id = ""
        self._waivers: dict[str, tuple[Waiver, ...]] = {}
        self._read_waivers()
        self.filter = self._everything
        self._order = store.order(document_id)
        self._ranks = self._order.ranks
        self.position = 0
        self._restore()

    # Where the session stands

    @property
    def queue(self) -> Queue:
        """The ids of the units in the queue."""
        return Queue(self.store, self.document.id, self._ranks)

    @property
    def count(self) -> int:
        """How many units are in the queue."""
        return len(self._ranks)

    @property
    def total(self) -> int:
        """How many units are in the document."""
        return len(self._order.ranks)

    @property
    def unit(self) -> TranslationUnit:
        """The current unit, read anew after each command. Raises CommandError where the document is empty."""
        if self._unit is None:
            found = self.store.units_at(self.document.id, [self._rank]) if self._ranks else []
            if not found:
                raise CommandError(f"document {self.document.name} has no units")
            self._unit = found[0]
            self._held_id = found[0].id
        return self._unit

    @property
    def _rank(self) -> int:
        return self._ranks[self.position] if self._ranks else -1

    @property
    def number(self) -> int:
        """The number of the current unit in the document, from 1."""
        return self.unit.position + 1

    def page(self, start: int, count: int) -> list[UnitRow]:
        """What a list shows of `count` units of the queue from the position `start`."""
        start = max(0, start)
        return self.store.rows_at(self.document.id, self._ranks[start : start + count], self.filter)

    @property
    def termbase(self) -> Termbase:
        """The termbase by which units are judged."""
        return self._assessor.termbase

    # What belongs to the unit

    def annotations(self) -> tuple[Annotation, ...]:
        """The errors that people confirmed in the current unit."""
        return tuple(self.store.annotations(self.document.id, unit_ids=[self.unit.id]))

    def ratings(self) -> tuple[Rating, ...]:
        """How good people say the current unit is."""
        return tuple(self.store.ratings(self.document.id, unit_ids=[self.unit.id]))

    def history(self) -> list[HistoryEntry]:
        """Every saved text of the current unit, oldest first."""
        return self.store.history(self.unit.id, document_id=self.document.id)

    # The document as a whole

    def progress(self) -> Progress:
        """How far the document has come."""
        with self._lock:
            held, epoch = (self._progress if self._is_counted else None), self._epoch
        if held is None:
            held = self.store.progress(self.document.id, self._everything)
            with self._lock:
                if epoch == self._epoch:
                    self._progress, self._is_counted = held, True
        return held

    @property
    def done_states(self) -> tuple[State, ...]:
        """The states in which a unit needs no more work in this role."""
        return self._everything.done

    def states(self) -> Mapping[State, int]:
        """How many units of the document are in each state; in far less time than `progress`."""
        with self._lock:
            held = self._progress
        if held is None:
            return self.store.states(self.document.id)
        counts = (held.initial, held.translated, held.reviewed, held.final)
        return dict(zip((State.INITIAL, State.TRANSLATED, State.REVIEWED, State.FINAL), counts, strict=True))

    def issue_kinds(self, document_id: str) -> Counter[tuple[str, str]]:
        """(check, severity) → issues of a document, as far as these checks have seen it; from any thread."""
        return self.store.issue_kinds(document_id, self._everything.checks)

    def document_scores(self) -> list[Score]:
        """The scores of the drafts against the texts of all units that are no longer initial."""
        from workbench import metrics

        with self._scoring:
            with self._lock:
                touched, self._unscored = self._unscored, set()
            if self._scores is None:
                self._scores = metrics.DocumentScores(lang=self.document.target_lang)
                self._put_scores(self.store.touched_units(self.document.id))
            elif touched:
                for unit_id in touched:
                    self._scores.drop(unit_id)
                present = self.store.find_units(sorted(touched), document_id=self.document.id)
                self._put_scores(unit for unit in present if unit.state is not State.INITIAL)
            return self._scores.scores()

    def poll(self) -> list[str]:
        """The ids of units that somebody else changed since the last call; the session then shows the new values."""
        seen, ids = self.store.changes_since(self._seen, document_id=self.document.id)
        if seen == self._seen:
            return []
        self._seen = seen
        own, self._own = self._own, {}
        present = self.store.find_units(ids, document_id=self.document.id)
        versions = {unit.id: unit.version for unit in present}
        others = [unit_id for unit_id in ids if unit_id not in own or versions.get(unit_id) != own[unit_id]]
        if others:
            self._read_waivers(others)
        # An import may have moved units without changing one.
        if others or self.store.order(self.document.id).version != self._order.version:
            self._stand_back()
            self._reread(others)
        return others

    # Within

    def _stand_back(self) -> bool:
        """Stand where the session stood before it showed units that are still looked for; False where it did not."""
        return False

    def _changed(self, ids: Iterable[str]) -> None:
        """Units were changed, made or taken out, by whomever: what is known of the units around follows."""
        if self._around is not None:
            self._around.note(ids)

    def _waived(self, unit_id: str) -> frozenset[str]:
        return frozenset(waiver.fingerprint for waiver in self._waivers.get(unit_id, ()))

    def _read_waivers(self, unit_ids: Sequence[str] | None = None) -> None:
        """Read the waivers of some units, or of all, anew."""
        found: dict[str, tuple[Waiver, ...]] = {} if unit_ids is None else dict(self._waivers)
        for unit_id in unit_ids or ():
            found.pop(unit_id, None)
        for waiver in self.store.waivers(self.document.id, unit_ids=unit_ids):
            found[waiver.unit_id] = (*found.get(waiver.unit_id, ()), waiver)
        # Other threads read it: it is put in place whole.
        self._waivers = found

    def _recount(self, *, findings: bool = False) -> None:
        """Count again when asked: the findings alone, or the states too."""
        with self._lock:
            self._epoch += 1
            self._is_counted = False
            if not findings:
                self._progress = None

    def _put_scores(self, units: Iterable[TranslationUnit]) -> None:
        assert self._scores is not None
        self._scores.put_all((unit.id, unit.draft, unit.target) for unit in units if unit.drafts)

    def _reread(self, touched: Collection[str], *, wanted: Collection[str] = ()) -> None:
        """Forget what was held of the touched units and follow the document's order where it changed."""
        self._recount()
        with self._lock:
            self._unscored |= set(touched)
        self._changed(touched)
        self._unit = None
        self._reorder(wanted=wanted)

    def _reorder(self, *, wanted: Collection[str] = ()) -> None:
        """Follow the document's order; the `wanted` units join the queue where they are not in it."""
        rank, ranks, order = self._rank, self._ranks, self.store.order(self.document.id)
        if order.epoch != self._order.epoch:
            # The ranks stand for other units now: find the queue and the place in it again.
            place = self._held_id
            ranks = self.store.ranks(self.document.id, self.filter)
            rank = self.store.ranks_of(self.document.id, [place]).get(place, rank) if place else rank
            # The unit that one stands at stays in the queue, even where the filter would not let it through now.
            wanted = [*wanted, place] if place else wanted
            self._around = None
        elif order.version != self._order.version and not self._shows_all:
            ranks = array("q", (kept for kept in ranks if order.index(kept) is not None))
        if order.version != self._order.version:
            self._order, self._checked_to = order, -1
        if self._shows_all or not ranks:
            self._show_queue(self._everything, order.ranks, rank)
            return
        joining = self.store.ranks_of(self.document.id, wanted) if wanted else {}
        missing = set(joining.values()).difference(ranks)
        self._show_queue(self.filter, array("q", sorted([*ranks, *missing])) if missing else ranks, rank)

    @property
    def _shows_all(self) -> bool:
        return self.filter.is_everything

    def _show_queue(self, wish: Filter, ranks: array[int], rank: int) -> None:
        """Take up a queue and stand at a rank of it, or at the first one behind it, or at the last."""
        position = max(0, min(bisect_left(ranks, rank), len(ranks) - 1))
        # In one go: a list on a screen's thread may look at any moment.
        self.filter, self._ranks, self.position = wish, ranks, position

    def _place_of(self, rank: int) -> int | None:
        """The position of a rank in the queue, None where it is not in it."""
        position = bisect_left(self._ranks, rank)
        return position if position < len(self._ranks) and self._ranks[position] == rank else None

    def _restore(self) -> None:
        place = self.store.place(self.document.id, self.author)
        if place is None:
            return
        wish = self._restored_wish(place.filter)
        ranks = self.store.ranks(self.document.id, wish)
        rank = self.store.ranks_of(self.document.id, [place.unit_id]).get(place.unit_id, -1)
        self._show_queue(*((wish, ranks) if ranks else (self._everything, self._ranks)), rank)

    def _restored_wish(self, words: str) -> Filter:
        """The filter of the last place; one that holds no longer, as its check is gone, lets everything through."""
        kinds = tuple(word for word in words.split() if word in FILTERS and word != "all")
        return replace(self._everything, kinds=kinds)

    def save_place(self) -> None:
        """Remember where the author stands, for the next session."""
        self._stand_back()
        if self._ranks:
            self.store.set_place(self.document.id, self.author, self._place())
        if self._looks_around and self._settled_at == self.store.last_change():
            self.store.set_settled(self.document.id, self._settled_at)

    def _place(self) -> Place:
        return Place(self.unit.id, str(self.filter))
