"""The values that the store takes and gives beside those of the model: no database library is needed for them."""

from __future__ import annotations

import re
from array import array  # noqa: TC003 - dataclass fields are read at run time
from bisect import bisect_left
from collections.abc import Callable, Sequence  # noqa: TC003 - dataclass fields are read at run time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

from workbench.model import (
    Annotation,
    PostEdit,
    Rating,
    Severity,
    State,
    TranslationUnit,
    Waiver,
    stands_alone,
)

QUOTE = '"'
_BARE = re.compile(r'"[^"/“「:]+"|[^"/“「:]+')
"""Words of a text that mean the same without quotes at the end of a filter."""
FILTERS = ("all", "open", "reviewed", "issues", "doubt", "notes", "unresolved", "rejected")

OPEN_COMMENT = ("[open]", "[open,")
"""How the notes begin that are open comments; see `workbench.review.commenting_threads`."""
OPEN_REJECTION = ("[open, rejected",)
"""How the notes begin that say why a unit was sent back, until somebody has worked on it."""


def utc_now() -> datetime:
    """The time now, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document as it is stored, with how many units it has and how many of them are reviewed or final."""

    id: str
    name: str
    format: str
    source_lang: str
    target_lang: str
    skeleton: bytes
    source_digest: str
    draft_digest: str
    imported_at: datetime
    unit_count: int
    done_count: int


@dataclass(frozen=True, slots=True)
class RowTest:
    """A test that no database makes: whether a unit with these columns is wanted.

    `holds` takes the columns in their order: texts, of "notes" a list of texts, of "drafts" a list of lists (id, text,
    engine, match, repaired from). Where there is a `pattern`, it says the same as `holds`: the unit is wanted where
    the pattern is in one of the columns; it never takes a line end in. It may raise CommandError.
    """

    columns: tuple[str, ...]
    holds: Callable[..., bool]
    pattern: Any = None


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a filter asks of units, `name:words`; `where` is what the database is asked, `test` the rest."""

    name: str
    words: str
    is_negated: bool = False
    where: tuple[Any, ...] = field(default=(), compare=False)
    test: RowTest | None = field(default=None, compare=False)

    def __str__(self) -> str:
        mark = "-" if self.is_negated else ""
        return mark + (self.words if self.name == "is" else f"{self.name}:{self.words}")


@dataclass(frozen=True, slots=True)
class Pick:
    """Some of the units that a filter lets through: `choose` takes their ranks and, of each, the `value`."""

    words: str
    columns: tuple[str, ...] = field(default=(), compare=False)
    value: Callable[..., float] | None = field(default=None, compare=False)
    choose: Callable[[Sequence[int], Sequence[float]], list[int]] = field(
        default=lambda ranks, _values: list(ranks), compare=False
    )

    def __str__(self) -> str:
        return f"sample:{self.words}"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which units are wanted: all those that every kind in `kinds`, every term and the text let through.

    `done` = the states that are not open; `doubt_below` = the bead score below which an alignment is doubtful, 0 = none
    is; `checks` = fingerprint of the checks whose cached findings count for the kind "issues". `pick` takes some of
    them only.
    """

    kinds: tuple[str, ...] = ()
    text: str = ""
    done: tuple[State, ...] = (State.REVIEWED, State.FINAL)
    doubt_below: float = 0.0
    checks: str = ""
    terms: tuple[Term, ...] = ()
    pick: Pick | None = None

    @property
    def is_everything(self) -> bool:
        """Whether it lets every unit through."""
        return not (self.kinds or self.text or self.terms or self.pick)

    @property
    def needs_reading(self) -> bool:
        """Whether units must be read one by one to know which are wanted."""
        return self.pick is not None or any(
            term.test is not None or term.where[:1] == ("repeated",) for term in self.terms
        )

    @property
    def needs_findings(self) -> bool:
        """Whether it asks what the checks found."""
        return "issues" in self.kinds or any(term.where[:1] == ("finding",) for term in self.terms)

    def doubts(self, state: State, bead_score: float, source: str, target: str, origin: str) -> bool:
        """Whether a unit is doubtful, as in `TranslationUnit.is_doubtful` where `doubt_below` is the same."""
        if state is not State.INITIAL or not self.doubt_below:
            return False
        return bead_score < self.doubt_below or stands_alone(source, target, origin)

    def __str__(self) -> str:
        """The filter in words, as `set_filter` takes them: "all", "open", "open issues", "notes text: 亿"."""
        texts = [term for term in self.terms if term.name == "text" and not term.is_negated]
        last = texts[0] if len(texts) == 1 and _BARE.fullmatch(texts[0].words) else None
        words = [*self.kinds, *(str(term) for term in self.terms if term is not last)]
        words += [str(self.pick)] if self.pick is not None else []
        if self.text or last is not None:
            words.append(f"text: {self.text or (last.words.strip(QUOTE) if last is not None else '')}")
        return " ".join(words or ["all"])


@dataclass(frozen=True, slots=True)
class UnitRow:
    """What a list shows of a unit. `issue_count` and `worst` are None where the unit was not checked yet.

    `is_noted` = people noted errors in it; `is_questioned` = one of its comments is open.
    """

    id: str
    number: int
    source: str
    target: str
    state: State
    doubtful: bool
    issue_count: int | None
    worst: Severity | None
    version: int
    note_count: int
    is_noted: bool = False
    origin: str = ""
    is_questioned: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """The order of a document's units: a sorted array of ranks, one a unit.

    A decision that splits or merges makes a new `version`; within an `epoch` every unit keeps its rank.
    """

    version: int
    epoch: int
    ranks: array[int]

    def index(self, rank: int) -> int | None:
        """Where the rank stands, None where it is not in the order."""
        at = bisect_left(self.ranks, rank)
        return at if at < len(self.ranks) and self.ranks[at] == rank else None


@dataclass(frozen=True, slots=True)
class Change:
    """What a decision makes of one unit: its new value, which carries the version that was held.

    A unit with the id "" is new and is inserted after the unit `after`, of which it is a part, and after those that
    the same decision has inserted there before; with `ahead` in front of it. `merged_into` takes the unit out of the
    document because that other unit now holds its text. `waivers`, `annotations` and `ratings` are the unit's complete
    new sets, None = as they were.
    """

    unit: TranslationUnit
    after: str = ""
    ahead: bool = False
    merged_into: str = ""
    waivers: tuple[Waiver, ...] | None = None
    annotations: tuple[Annotation, ...] | None = None
    ratings: tuple[Rating, ...] | None = None
    post_edit: PostEdit | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that was stored, undone or redone, with the ids of the units that it touched, in its order.

    `passed` names decisions that can no longer be turned back, because an import took their units out; where none was
    left after them, `unit_ids` is empty. `documents` names the others that the same decision touched.
    """

    name: str
    unit_ids: tuple[str, ...]
    at: datetime
    passed: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A saved text of a unit and whether the decision that saved it was undone.

    `state` is what confirming made of the unit, None where it stayed what it was, or was not asked for.
    """

    post_edit: PostEdit
    decision: str
    undone: bool
    state: State | None = None


class Spent(NamedTuple):
    """The seconds and keystrokes of work on a unit that a decision ends."""

    unit_id: str
    seconds: float
    keystrokes: int


class Work(NamedTuple):
    """Work on a unit that ended with a decision; the time was spent also where `undone`. `day` is that of UTC."""

    unit_id: str
    author: str
    day: str
    seconds: float
    keystrokes: int
    decision: str
    undone: bool


@dataclass(frozen=True, slots=True)
class SavedView:
    """A filter that was given a name, in words, and by whom."""

    name: str
    filter: str
    author: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where an author last stood in a document."""

    unit_id: str
    filter: str


@dataclass(frozen=True, slots=True)
class Finding:
    """How many issues the checks found in one version of a unit, the waived ones left out.

    `kinds` = the check and the severity of each: "number:major".
    """

    unit_id: str
    version: int
    count: int
    worst: Severity | None
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a document has come; `with_issues` counts checked units only, `unchecked` says how many are not."""

    total: int
    initial: int
    translated: int
    reviewed: int
    final: int
    with_issues: int
    doubtful: int
    unchecked: int = 0
