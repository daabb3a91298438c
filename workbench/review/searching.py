"""Looking for units: search and its hits, filters in words, saved views; what takes long is read piece by piece."""

from __future__ import annotations

from array import array
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbench.errors import CommandError, NotFoundError
from workbench.review.judging import Judging
from workbench.store.records import FILTERS, SavedView, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from workbench.review.searching_count import HitCount
    from workbench.review.searching_patterns import Query
    from workbench.store.records import Filter

_NAME_LONGEST = 60
_MARK_SECONDS = 0.03
"""Marking hits may take so long for a text."""
_GROWS_EVERY = 1000
"""So many units are checked before a list of those with findings is made again."""
_OTHER_WORDS = (("open comments", "unresolved"), ("comments", "notes"))
"""Words that stand for kinds of a filter."""


class Searching(Judging):
    """The commands that look for units. `reading` may be taken step by step on another thread."""

    query: Query | None = None
    """What was searched for last: its hits are marked, and `next_hit` goes on."""
    _unmarked: Query | None = None
    """A query that takes too long to be marked."""
    reads_texts = False
    """Whether the looking that goes on reads texts, so that its steps say how far it is."""
    _ahead: tuple[tuple[Any, ...], int | None] | None = None
    _through: tuple[tuple[Any, ...], array[int]] | None = None
    _growing: tuple[int, Filter, array[int]] | None = None
    """What a filter at work has let through by now, with the number of the look that it belongs to."""
    _look_number = 0
    _before: tuple[Filter, array[int], int] | None = None

    if TYPE_CHECKING:

        def _here(self) -> str: ...

        def _show(self, rank: int) -> str: ...

    # Search

    def search(self, words: str) -> str:
        """Go to the next unit of the queue that holds it: text, "text", /expression/, with `target:` … in front."""
        self.query = self.parse_query(words)
        return self.next_hit()

    def next_hit(self) -> str:
        """Go to the next unit of the queue that holds what was searched for, beginning again at its start."""
        return self._to_hit(forward=True)

    def previous_hit(self) -> str:
        """Go to the previous unit of the queue that holds what was searched for."""
        return self._to_hit(forward=False)

    def forget_search(self) -> str:
        """Mark no hits any more."""
        self.query = None
        return "no hits are marked"

    def next_repeated(self) -> str:
        """Go to the next unit of the queue whose source is in the document more than once."""
        return self._to_term(self._repeated(), "repeated unit", forward=True)

    def previous_repeated(self) -> str:
        """Go to the previous unit of the queue whose source is in the document more than once."""
        return self._to_term(self._repeated(), "repeated unit", forward=False)

    def parse_query(self, words: str) -> Query:
        """What words search for. Raises CommandError."""
        from workbench.review.searching_patterns import parse_query

        return parse_query(words)

    def hits_in(self, text: str, side: str) -> list[tuple[int, int]]:
        """Where the last search, or else the filter, finds something in a text of a side: source, target or note."""
        query = self.marked_query
        if query is None or side not in query.fields or query == self._unmarked:
            return []
        try:
            return query.spans(text, timeout=_MARK_SECONDS)
        except CommandError:
            # It is asked for every row of the screen: one that takes its time for a text marks nothing more.
            self._unmarked = query
            return []

    def counting(self, count: HitCount, *, everywhere: bool = False) -> Iterator[int]:
        """Count the units of the queue (and of all other documents) that hold a query; a step gives how many it read.

        The steps may be taken on another thread, and left at any point. Raises CommandError where one takes too long.
        """
        queue = None if self.filter.is_everything or everywhere else frozenset(self._ranks)
        here = self.document.id
        names = [one.id for one in self.store.documents() if one.id != here] if everywhere else []
        return self._counting(count, self._hit_wish(count.query), queue, names)

    def hit_place(self, count: HitCount) -> str:
        """Where the current unit is among those counted: "3 of 41", "3 of 41+" while they are counted, else "41"."""
        return count.place(self._rank) if self.count else str(count)

    @property
    def marked_query(self) -> Query | None:
        """What hits are marked of: the last search, else the text that the filter asks for."""
        if self.query is not None or not self.filter.terms:
            return self.query
        from workbench.review.filtering import query_of

        return query_of(self.filter)

    # Filters

    def set_filter(self, words: str) -> str:
        """Show only the units that the filter lets through: words such as "open check:number text:RMB"."""
        wish = self.parse_filter(words)
        ranks = self._wanted(wish, words)
        if not ranks:
            raise CommandError(f"no unit for the filter {wish}")
        self._show_queue(wish, ranks, self._rank)
        self._unit = None
        self.query = None
        return f"filter {wish}: {self.count} of {self.total} units; {self._here()}"

    def parse_filter(self, words: str) -> Filter:
        """The filter that the words stand for, such as "open issues" or "notes text: 亿". Raises CommandError."""
        kinds = tuple(dict.fromkeys(_plain(words).split()))
        if all(kind in FILTERS for kind in kinds):
            return replace(self._everything, kinds=tuple(kind for kind in kinds if kind != "all"))
        from workbench.review.filtering import parse_filter

        return parse_filter(words, self._everything, now=self._clock(), ranks=self._order.ranks)

    @property
    def filter_in_words(self) -> str:
        """The filter as the screen says it, "" where every unit is shown."""
        if self.filter.is_everything:
            return ""
        from workbench.review.filtering import in_words

        return in_words(self.filter)

    def looking(self, method: str, *arguments: str) -> Iterator[int]:
        """The reading and checking that a slow command begins with; each step gives how many units it went through.

        The steps may be taken on another thread, and left at any point: they move nothing. The command itself then
        takes no time. Raises CommandError for arguments that the command would not take.
        """
        self.reads_texts = True
        if method == "set_filter":
            wish = self.parse_filter(*arguments)
            self.reads_texts = wish.needs_reading and not wish.needs_findings
            self._look_number += 1
            return self._read_through(wish, self._look_number)
        if method == "view":
            return self.looking("set_filter", self._view(*arguments).filter)
        if method == "search":
            return self._read_ahead(self._hit_wish(self.parse_query(*arguments)), forward=True)
        if method in ("next_hit", "previous_hit"):
            query = self.marked_query
            wish = self._hit_wish(query) if query is not None else self._everything
            return self._read_ahead(wish, forward=method == "next_hit")
        if method in ("next_repeated", "previous_repeated"):
            return self._read_ahead(self._repeated(), forward=method == "next_repeated")
        self.reads_texts = False
        return iter(())

    def show_so_far(self) -> bool:
        """Show the units that a filter at work on another thread has let through by now; False where that is no more.

        The session stands among them until `forget_so_far`, which is to be called before any other command.
        """
        growing = self._growing
        # The thread of a filter that was stopped may still have had a step to end.
        if growing is None or growing[0] != self._look_number or not growing[2]:
            return False
        wish, ranks = growing[1], growing[2][:]
        if self._before is not None and len(ranks) == len(self._ranks):
            return False
        rank = (
            self._before[1][self._before[2]] if self._before is not None and self._before[1] else self._rank
        )
        self._before = self._before or (self.filter, self._ranks, self.position)
        self._show_queue(wish, ranks, rank if rank <= ranks[-1] else -1)
        self._unit = None
        return True

    def forget_so_far(self) -> bool:
        """Stand again where the session stood before `show_so_far`; False where nothing was shown."""
        self._growing = None
        self._look_number += 1
        return self._stand_back()

    # Views

    def views(self) -> list[SavedView]:
        """The views that were saved in the project."""
        return self.store.views()

    def view(self, name: str) -> str:
        """Show the units of a saved view."""
        return f"view {self._view(name).name}: {self.set_filter(self._view(name).filter)}"

    def save_view(self, name: str) -> str:
        """Keep the filter under a name, for everybody in the project."""
        name = " ".join(name.split())
        if not name or len(name) > _NAME_LONGEST:
            raise CommandError(f"a view needs a name of at most {_NAME_LONGEST} characters")
        if self.filter.is_everything:
            raise CommandError("there is no filter to save: set one first")
        self.store.save_view(SavedView(name, str(self.filter), self.author))
        return f"view {name} saved: {self.filter}"

    def drop_view(self, name: str) -> str:
        """Forget a saved view."""
        found = self._view(name)
        self.store.drop_view(found.name)
        return f"view {found.name} forgotten"

    # Within

    def _stand_back(self) -> bool:
        held, self._before = self._before, None
        if held is None:
            return False
        self.filter, self._ranks, self.position = held
        self._unit = None
        return True

    def _view(self, name: str) -> SavedView:
        wanted = " ".join(name.split())
        views = self.store.views()
        for same in (str, str.casefold):
            for view in views:
                if same(view.name) == same(wanted):
                    return view
        if not views:
            raise CommandError(f"there is no view {wanted!r}: none was saved")
        raise NotFoundError("view", wanted, known=tuple(view.name for view in views))

    def _restored_wish(self, words: str) -> Filter:
        """The filter of the last place; one that holds no longer, as its check is gone, lets everything through."""
        try:
            return self.parse_filter(words)
        except CommandError:
            return self._everything

    def _hit_wish(self, query: Query) -> Filter:
        from workbench.review.filtering import query_term

        return replace(self._everything, terms=(query_term(query),))

    def _repeated(self) -> Filter:
        return replace(self._everything, terms=(Term("is", "repeated", where=("repeated",)),))

    def _to_hit(self, *, forward: bool) -> str:
        query = self.marked_query
        if query is None:
            raise CommandError("nothing was searched for yet")
        found = self._found(self._hit_wish(query), forward=forward)
        if found is None:
            said = repr(query.words) if not query.is_regex else query.in_words
            raise CommandError(
                f"no other unit holds {said}" if self._holds(query) else f"no unit holds {said}"
            )
        return self._show(found)

    def _counting(
        self, count: HitCount, wish: Filter, queue: frozenset[int] | None, others: list[str]
    ) -> Iterator[int]:
        for read, ranks in self.store.scan(self.document.id, wish):
            count.ranks.extend(rank for rank in ranks if queue is None or rank in queue)
            yield read
        for name in others:
            for read, ranks in self.store.scan(name, wish):
                count.others += len(ranks)
                yield read
        count.is_complete = True

    def _to_term(self, wish: Filter, what: str, *, forward: bool) -> str:
        found = self._found(wish, forward=forward)
        if found is None:
            raise CommandError(f"there is no other {what}")
        return self._show(found)

    def _holds(self, query: Query) -> bool:
        unit = self.unit
        sides: dict[str, Callable[[], Any]] = {
            "source": lambda: unit.source,
            "target": lambda: unit.target,
            "note": lambda: unit.notes,
            "id": lambda: unit.id,
            "draft": lambda: [draft.text for draft in unit.drafts],
        }
        return query.holds(*(sides[field]() for field in query.fields))

    def _wanted(self, wish: Filter, words: str) -> array[int]:
        """The ranks of all that a filter lets through, as they were read beforehand or else now."""
        key = self._stamp(wish)
        if self._through is None or self._through[0] != key:
            deque(self.looking("set_filter", words), maxlen=0)
        held, self._through = self._through, None
        assert held is not None
        return held[1]

    def _stamp(self, wish: Filter) -> tuple[Any, ...]:
        return (str(wish), wish.checks, self.store.last_change(), self._order.version)

    def _read_through(self, wish: Filter, look: int) -> Iterator[int]:
        self._growing = None
        if wish.needs_findings:
            yield from self._check_through(wish, look)
        key = self._stamp(wish)
        if not wish.needs_reading:
            self._through = (key, self.store.ranks(self.document.id, wish))
            return
        found = array("q")
        if wish.pick is None:
            self._growing = (look, wish, found)
        for count, ranks in self.store.scan(self.document.id, wish):
            found.extend(ranks)
            yield count
        self._growing, self._through = None, (key, found)

    def _check_through(self, wish: Filter, look: int) -> Iterator[int]:
        """Check all units that were not yet; what a filter lets through meanwhile grows now and then."""
        grows = not wish.needs_reading and wish.pick is None
        done, again = 0, 0
        while True:
            if grows and done >= again:
                ranks = self.store.ranks(self.document.id, wish)
                self._growing, again = (look, wish, ranks), done + _GROWS_EVERY
            count = self.check_some()
            if not count:
                self._growing = None
                return
            done += count
            yield count

    def _found(self, wish: Filter, *, forward: bool) -> int | None:
        """The rank of the nearest other wanted unit of the queue, going around at its end."""
        key = (*self._stamp(wish), self._rank, forward, str(self.filter))
        if self._ahead is None or self._ahead[0] != key:
            deque(self._read_ahead(wish, forward=forward), maxlen=0)
        held, self._ahead = self._ahead, None
        assert held is not None
        return held[1]

    def _read_ahead(self, wish: Filter, *, forward: bool) -> Iterator[int]:
        # Where the session stands is read now, on the thread that gives the commands.
        here, queue = self._rank, None if self.filter.is_everything else frozenset(self._ranks)
        key = (*self._stamp(wish), here, forward, str(self.filter))
        return self._reading_ahead(wish, key, here, queue, forward=forward)

    def _reading_ahead(
        self, wish: Filter, key: tuple[Any, ...], here: int, queue: frozenset[int] | None, *, forward: bool
    ) -> Iterator[int]:
        for start in (here, None):
            for count, ranks in self.store.scan(self.document.id, wish, after=start, forward=forward):
                some = [rank for rank in ranks if rank != here and (queue is None or rank in queue)]
                if some:
                    self._ahead = (key, some[0] if forward else some[-1])
                    return
                yield count
        self._ahead = (key, None)


def _plain(words: str) -> str:
    """The words of a filter with those of `_OTHER_WORDS` put as its kinds."""
    said = " ".join(words.lower().split())
    for other, kind in _OTHER_WORDS:
        said = f" {said} ".replace(f" {other} ", f" {kind} ").strip()
    return said
