"""Search and replace in targets: every change is shown first, made as one decision, and never breaks a code."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from workbench.errors import CommandError, StaleUnitError
from workbench.model import PostEdit, State
from workbench.review.deciding import Deciding
from workbench.review.following import retold
from workbench.review.searching_patterns import Query, is_unclosed, parse_query
from workbench.store.records import Change

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from workbench.model import TranslationUnit
    from workbench.store.records import Decided

MOST = 100_000
"""One decision changes at most so many units."""
LONGEST_TARGET = 100_000
_ARROW = re.compile(r"(?:^|\s+)=>(?:\s+|$)")
_GROUP = re.compile(r"\$\$|\\\\|\$\{(\w+)\}|\\g<(\w+)>|[$\\](\d{1,2})|\\([nt])")
_AT_ONCE = 200
_CODES = ("tag", "entity", "placeholder")
USAGE = "replace WHAT => WITH, such as: replace /([0-9]+) 元/ => $1元"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to replace, with what; `confirmed` = also in units that are done; `everywhere` = in all documents."""

    query: Query
    template: str
    confirmed: bool = False
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class Replacement:
    """A unit before and after; `count` = how many places change."""

    document: str
    unit: TranslationUnit
    target: str
    count: int


@dataclass(slots=True)
class Replacements:
    """All changes, and how many units were left as they are because they are done, or a code would break."""

    wanted: Wanted
    found: list[Replacement] = field(default_factory=list)
    done: int = 0
    broken: int = 0

    def __str__(self) -> str:
        places = sum(one.count for one in self.found)
        words = f"{places:,} in {_units(len(self.found))}"
        documents = len({one.document for one in self.found})
        words += f" of {documents} documents" if documents > 1 else ""
        words += f", {self.done:,} done left alone" if self.done else ""
        return words + (f", {self.broken:,} left alone because a code would break" if self.broken else "")


def parse_replace(words: str, *, everywhere: bool = False) -> Wanted:
    """Read "WHAT => WITH", with "confirmed" in front where units that are done change too. Raises CommandError."""
    confirmed = words.startswith("confirmed ")
    rest = words.removeprefix("confirmed ").strip() if confirmed else words
    arrows = list(_ARROW.finditer(rest))
    arrow = next((one for one in arrows if not is_unclosed(rest[: one.start()])), next(iter(arrows), None))
    if arrow is None or not (what := rest[: arrow.start()]).strip():
        raise CommandError(f"replace needs what and with what: {USAGE}")
    return make_wanted(what, _unquoted(rest[arrow.end() :]), confirmed=confirmed, everywhere=everywhere)


def make_wanted(what: str, template: str, *, confirmed: bool = False, everywhere: bool = False) -> Wanted:
    """What to replace with what; refused where the groups are not in the expression. Raises CommandError."""
    query = parse_query(what)
    if query.fields != parse_query("x").fields and query.fields != ("target",):
        raise CommandError("only targets are changed: leave out where to search")
    wanted = Wanted(replace(query, fields=("target",)), template, confirmed, everywhere)
    if query.is_regex:
        groups, names = query.pattern.groups, query.pattern.groupindex
        for match in _GROUP.finditer(template):
            name = match[1] or match[2] or match[3]
            if name is not None and (int(name) > groups if name.isdecimal() else name not in names):
                raise CommandError(f"{query.in_words} has no group {name}: it has {groups}")
    return wanted


def replaced(wanted: Wanted, text: str) -> tuple[str, int]:
    """The text with all places replaced, and how many; empty places are none. Raises CommandError."""
    out: list[str] = []
    last = count = length = 0
    for match in wanted.query.matches(text):
        if match.end() == match.start():
            continue
        made = _filled(wanted, match)
        length += len(made)
        if length > LONGEST_TARGET:
            raise CommandError(f"the text would be longer than {LONGEST_TARGET:,} characters")
        out += [text[last : match.start()], made]
        last, count = match.end(), count + 1
    return "".join([*out, text[last:]]), count


def _filled(wanted: Wanted, match: Any) -> str:
    if not wanted.query.is_regex:
        return wanted.template

    def part(found: re.Match[str]) -> str:
        if found[0] in ("$$", "\\\\"):
            return found[0][0]
        if found[4]:
            return {"n": "\n", "t": "\t"}[found[4]]
        name = found[1] or found[2] or found[3]
        return match[int(name) if name.isdecimal() else name] or ""

    return _GROUP.sub(part, wanted.template)


def keeps_codes(before: str, after: str) -> bool:
    """Whether the tags, entities and placeholders of a text are all there in the other one, and no more of them."""
    from workbench.checks.texts import view

    codes = [Counter(part.span.of(text) for part in view(text).of_kind(*_CODES)) for text in (before, after)]
    return codes[0] == codes[1]


class Replacing(Deciding):
    """The commands that replace; `read_replacements` may be taken step by step on another thread."""

    _replacements: tuple[int, Replacements] | None = None
    _written: tuple[int, frozenset[tuple[str, str]], Sequence[tuple[str, Decided]]] | None = None
    """What is in the store already: of which replacements, but which units, and what the store answered."""

    def looking(self, method: str, *arguments: str) -> Iterator[int]:
        """As of the others; for replacing every unit in question is read, and changed on trial."""
        if method not in ("replace", "project_replace"):
            return super().looking(method, *arguments)
        self.reads_texts = True
        return self.read_replacements(parse_replace(arguments[0], everywhere=method == "project_replace"))

    def replace(self, words: str, *, but: Collection[tuple[str, str]] = ()) -> str:
        """Replace in the targets of the document's units in the queue: "WHAT => WITH". One step of undo.

        Units that are done stay, unless "confirmed" stands in front; `but` = (document, unit id) of those to leave.
        """
        return self.apply_replacements(self.replacements(parse_replace(words)), but=but)

    def project_replace(self, words: str, *, but: Collection[tuple[str, str]] = ()) -> str:
        """As `replace`, in all documents of the project, and one step of undo in all of them."""
        return self.apply_replacements(self.replacements(parse_replace(words, everywhere=True)), but=but)

    def replacements(self, wanted: Wanted) -> Replacements:
        """What would change, as it was read beforehand or else now."""
        held = self._replacements
        if held is None or held[0] != self.store.last_change() or held[1].wanted != wanted:
            for _count in self.read_replacements(wanted):
                pass
            held = self._replacements
        assert held is not None
        return held[1]

    def apply_replacements(self, made: Replacements, *, but: Collection[tuple[str, str]] = ()) -> str:
        """Make the changes but those of some units, all or nothing. Raises StaleUnitError where one was changed."""
        chosen = _chosen(made, but)
        written, self._written, self._replacements = self._written, None, None
        if written is not None and written[:2] == (id(made), frozenset(but)):
            self._take_up(written[2])
        else:
            changes = self._changes_of(chosen)
            if set(changes) == {self.document.id}:
                self._decide("replace", *changes[self.document.id])
            else:
                self._decide_together(changes)
        said = replace_counts(made, chosen)
        return f"replaced: {said}"

    def write_replacements(
        self,
        made: Replacements,
        *,
        but: Collection[tuple[str, str]] = (),
        report: Callable[[int], None] | None = None,
    ) -> None:
        """Store the changes ahead of `apply_replacements`, which then takes no time; any thread may do it.

        `report` hears now and then how many units are written; what it raises leaves all as it was. Raises
        StaleUnitError where a unit was changed meanwhile.
        """
        changes = self._changes_of(_chosen(made, but))
        decided = self.store.decide_together(self.author, "replace", list(changes.items()), report=report)
        self._written = (id(made), frozenset(but), decided)

    def _changes_of(self, chosen: Sequence[Replacement]) -> dict[str, list[Change]]:
        """The changes by document."""
        now = self._clock()
        changes: dict[str, list[Change]] = {}
        for one in chosen:
            edit = PostEdit(one.unit.id, one.target, self.author, now)
            changes.setdefault(one.document, []).append(
                Change(replace(retold(one.unit, one.target), state=self._reopened(one.unit)), post_edit=edit)
            )
        return changes

    def read_replacements(self, wanted: Wanted) -> Iterator[int]:
        """Read the units in question and change them on trial; each step gives how many units it went through."""
        newest = self.store.last_change()
        made = Replacements(wanted)
        for document in self._documents(wanted):
            wish = replace(self._hit_wish(wanted.query), pick=None)
            here = document == self.document.id
            queue = frozenset(self._ranks) if here and not wanted.everywhere else None
            for count, ranks in self.store.scan(document, wish):
                some = [rank for rank in ranks if queue is None or rank in queue]
                for start in range(0, len(some), _AT_ONCE):
                    units = self.store.units_at(document, some[start : start + _AT_ONCE])
                    self._try(made, document, units)
                yield count
        self._replacements = (newest, made)

    # Looking up

    def concordance(self, words: str) -> str:
        """Where a text stands in the project's units, reviewed ones first: both sides of each, a line each."""
        from workbench.review.concordance import MOST, find_hits, hit_query

        query = hit_query(words)
        hits = [hit for _count, some in find_hits(self, query) for hit in some]
        if not hits:
            raise CommandError(f"no unit of the project holds {query.in_words}")
        lines = [f"{hit.document}:{hit.number} {hit.state}: {hit.source} | {hit.target}" for hit in hits]
        most = ", the first" if len(hits) == MOST else ""
        return "\n".join([f"{query.in_words} in {_units(len(hits))}{most}", *lines])

    def lookup(self, words: str) -> str:
        """The concepts of the glossary of which a term holds the text: a line each."""
        from workbench.review.concordance import concepts_with, said_of

        found = concepts_with(self, words)
        if not found:
            raise CommandError(f"no term of the glossary holds {words.strip()!r}")
        return "\n".join(map(said_of, found))

    # Within

    def _documents(self, wanted: Wanted) -> list[str]:
        if not wanted.everywhere:
            return [self.document.id]
        return [record.id for record in self.store.documents()]

    def _try(self, made: Replacements, document: str, units: Sequence[TranslationUnit]) -> None:
        for unit in units:
            target, count = replaced(made.wanted, unit.target)
            if not count or target == unit.target:
                continue
            if unit.state in self._everything.done and not made.wanted.confirmed:
                made.done += 1
            elif not keeps_codes(unit.target, target):
                made.broken += 1
            else:
                made.found.append(Replacement(document, unit, target, count))
                if len(made.found) > MOST:
                    raise CommandError(
                        f"more than {MOST:,} units would change: search for less, or set a filter"
                    )

    def _reopened(self, unit: TranslationUnit) -> State:
        stays = unit.state is State.TRANSLATED and self.role == "reviewer"
        return State.TRANSLATED if stays else State.INITIAL

    def _decide_together(self, changes: dict[str, list[Change]]) -> None:
        try:
            decided = self.store.decide_together(self.author, "replace", list(changes.items()))
        except StaleUnitError:
            self.poll()
            self._unit = None
            raise
        self._take_up(decided)

    def _take_up(self, decided: Sequence[tuple[str, Decided]]) -> None:
        """Follow a decision that is in the store."""
        ids = next((one.unit_ids for document, one in decided if document == self.document.id), ())
        self._own |= self.store.versions(self.document.id, ids)
        self._reread(ids)


def _chosen(made: Replacements, but: Collection[tuple[str, str]]) -> list[Replacement]:
    chosen = [one for one in made.found if (one.document, one.unit.id) not in but]
    if not chosen:
        raise CommandError(_nothing(made))
    return chosen


def replace_counts(made: Replacements, chosen: Sequence[Replacement]) -> Replacements:
    """The replacements with only the chosen ones, so that they are counted."""
    return Replacements(made.wanted, list(chosen), made.done, made.broken)


def _nothing(made: Replacements) -> str:
    said = made.wanted.query.in_words
    if made.found:
        return "no unit is chosen: nothing was replaced"
    if made.done or made.broken:
        return f"nothing to replace for {said}: {str(made).partition(', ')[2]}"
    return f"no target holds {said}" + (" with at least one character" if made.wanted.query.is_regex else "")


def _unquoted(words: str) -> str:
    return words[1:-1] if len(words) > 1 and words[0] + words[-1] == '""' else words


def _units(count: int) -> str:
    return "1 unit" if count == 1 else f"{count:,} units"
