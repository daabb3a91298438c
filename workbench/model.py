"""The values that every part of the workbench speaks in: frozen, slotted, equal by content."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime  # noqa: TC003 - dataclass fields are read at run time
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias


class State(StrEnum):
    """How far a unit has come, as in XLIFF 2: initial, translated, reviewed, final."""

    INITIAL = "initial"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"
    FINAL = "final"


class Severity(StrEnum):
    """How much a finding matters, as in MQM: neutral, minor, major, critical."""

    NEUTRAL = "neutral"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for neutral up to 3 for critical."""
        return list(Severity).index(self)


class Origin(StrEnum):
    """How a person made a unit what it is: joined by hand, moved with its column, or one side alone on purpose.

    In `TranslationUnit.origin` anything else is what the aligner or the file said of the unit, such as "1-1".
    """

    HAND = "hand"
    SHIFTED = "shifted"
    DROPPED = "dropped"
    ADDED = "added"


class TermStatus(StrEnum):
    """The standing of a term in its concept, as in TBX."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points of the string it came with."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The part of `text` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class InlineCode:
    """A code inside text (a tag or placeholder), `position` in code points of the text without codes."""

    tag: str
    kind: str
    original: str
    position: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence-like piece of one side; `span` is where it stood in the text it was cut from.

    `boundary_score` in 0..1 says how sure the end of the segment is (1 = a paragraph's end or given by the file).
    """

    text: str
    span: Span
    lang: str
    codes: tuple[InlineCode, ...] = ()
    boundary_score: float = 1.0


@dataclass(frozen=True, slots=True)
class Bead:
    """One step of an alignment: contiguous ranges of segment indices, either of which may be empty.

    `score` in 0..1 is how likely the bead is right.
    """

    source: range
    target: range
    score: float

    @property
    def kind(self) -> str:
        """The bead's type, such as "1-1", "2-1" or "0-1"."""
        return f"{len(self.source)}-{len(self.target)}"


@dataclass(frozen=True, slots=True)
class Alignment:
    """Both sides' segments and the beads that cover each side once, in order."""

    source: tuple[Segment, ...]
    target: tuple[Segment, ...]
    beads: tuple[Bead, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, cue or cell before it is segmented; `location` says where in the file, e.g. "line 12"."""

    text: str
    codes: tuple[InlineCode, ...] = ()
    location: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document's name and languages, and in `skeleton` what is needed to write the original back."""

    name: str
    format: str
    source_lang: str = "en"
    target_lang: str = "zh"
    skeleton: bytes = b""


MADE = "made:"
"""How the id of a draft begins that was made here, by an engine or out of a memory, and not read from a file."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A machine's or memory's proposal for a unit; never changed once made.

    `match` is a percentage 0..100 for memory matches, None for machine drafts. `repaired_from` is the id of the draft
    of the same unit that this one was made of.
    """

    id: str
    text: str
    engine: str = ""
    match: float | None = None
    repaired_from: str | None = None

    @property
    def is_made(self) -> bool:
        """Whether the draft was made here rather than read from a file."""
        return self.id.startswith(MADE)


def raw_of(drafts: tuple[Draft, ...]) -> Draft | None:
    """What the first of the drafts was before any repair; None where there is no draft."""
    if not drafts:
        return None
    by_id = {draft.id: draft for draft in drafts}
    draft = drafts[0]
    for _ in drafts:
        draft = by_id.get(draft.repaired_from or "", draft)
    return draft


DOUBTFUL = 0.9
"""Beads with a score below it are shown as doubtful."""

LEFT_OUT = "-0"
"""How the kind of a bead ends that has no target."""


def stands_alone(source: str, target: str, origin: str) -> bool:
    """Whether one side has no counterpart, though nobody has marked it as added or dropped.

    A source without a target counts where the aligner found none for it, not where it is still to be translated.
    """
    if target.strip():
        return not source.strip() and origin != Origin.ADDED
    return origin.endswith(LEFT_OUT) and bool(source.strip())


@dataclass(frozen=True, slots=True)
class TranslationUnit:
    """Both sides of one bead with the state of its review.

    `target` is the text as it stands now; `drafts[0]` is what it began as. `source_segments` and `draft_segments`
    are the texts the two sides were joined from. `origin` is the bead's kind or an `Origin`. `extra` holds what a
    format knew and the workbench does not, as (key, JSON text) pairs, so that it can be written back.
    """

    id: str
    position: int
    source: str
    target: str
    state: State = State.INITIAL
    drafts: tuple[Draft, ...] = ()
    bead_score: float = 1.0
    source_segments: tuple[str, ...] = ()
    draft_segments: tuple[str, ...] = ()
    origin: str = ""
    notes: tuple[str, ...] = ()
    version: int = 0
    changed_at: datetime | None = None
    changed_by: str = ""
    extra: tuple[tuple[str, str], ...] = ()

    @property
    def draft(self) -> str:
        """The text of the first draft, "" where there is none."""
        return self.drafts[0].text if self.drafts else ""

    @property
    def raw_draft(self) -> str:
        """The text of the first draft as its engine gave it, before any repair."""
        raw = raw_of(self.drafts)
        return raw.text if raw is not None else ""

    @property
    def proposals(self) -> tuple[Draft, ...]:
        """The drafts to choose from: those with a text that no other one was made of by a repair."""
        sources = {draft.repaired_from for draft in self.drafts}
        return tuple(draft for draft in self.drafts if draft.text.strip() and draft.id not in sources)

    @property
    def given_draft(self) -> str:
        """The text of the first draft that a file brought, "" where it brought none."""
        return next((draft.text for draft in self.drafts if not draft.is_made), "")

    @property
    def is_doubtful(self) -> bool:
        """Whether the sides may not belong together, or one stands alone, and nobody has said yet that it is right."""
        alone = stands_alone(self.source, self.target, self.origin)
        return self.state is State.INITIAL and (self.bead_score < DOUBTFUL or alone)


@dataclass(frozen=True, slots=True)
class Content:
    """What every format reads and writes: a document with blocks (monolingual) or units (bilingual)."""

    document: Document
    blocks: tuple[Block, ...] = ()
    units: tuple[TranslationUnit, ...] = ()


@dataclass(frozen=True, slots=True)
class PostEdit:
    """One saved text of a unit: append-only, the raw material of edit scores."""

    unit_id: str
    text: str
    author: str
    saved_at: datetime
    seconds: float = 0.0
    keystrokes: int = 0


@dataclass(frozen=True, slots=True)
class Fix:
    """A sure repair: replace `span` of the target by `text`."""

    span: Span
    text: str

    def apply(self, target: str) -> str:
        """`target` with the repair made."""
        return target[: self.span.start] + self.text + target[self.span.end :]


IssueValue: TypeAlias = str | int | Fraction | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """What a check found, which may be wrong; its message is rendered from `check` and `values` when shown.

    `fingerprint` is made of the check, the matched texts and which occurrence it is, without offsets, so that a
    waiver holds while the text around it changes.
    """

    unit_id: str
    check: str
    severity: Severity
    values: tuple[tuple[str, IssueValue], ...] = ()
    source_span: Span | None = None
    target_span: Span | None = None
    fingerprint: str = ""
    fix: Fix | None = None

    def value(self, name: str) -> IssueValue:
        """The value of that name. Raises KeyError."""
        return dict(self.values)[name]


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding that a person judged not to be an error."""

    unit_id: str
    fingerprint: str
    author: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Annotation:
    """An error that a person confirmed, with its MQM category; `span` is in `target`, the text it was found in.

    `target` is "" where that was not kept. `source_span` is what of the source it is about.
    """

    unit_id: str
    category: str
    severity: Severity
    author: str
    span: Span | None = None
    comment: str = ""
    target: str = ""
    source_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Rating:
    """What a person thinks of `target`, a unit's text at that time, from 0 to 100, as in Error Span Annotation."""

    unit_id: str
    value: int
    author: str
    target: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Term:
    """One way a language names a concept. `case` = only in exactly this capitalisation."""

    text: str
    lang: str
    status: TermStatus = TermStatus.PREFERRED
    case: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """What the terms of several languages name, as in TBX; `line` is where the glossary holds it (0 = nowhere).

    `always`: its forbidden and deprecated renderings are reported in every target. `first_mention`: the original
    stands in brackets where the rendering is first used in a document. `inflect`: which forms of its English terms
    count, "verb" (all), "noun" (plural and possessive), "none"; "" = as its renderings tell.
    """

    id: str
    terms: tuple[Term, ...]
    domain: str = ""
    definition: str = ""
    note: str = ""
    line: int = field(default=0, compare=False)
    always: bool = False
    first_mention: bool = False
    inflect: str = ""

    def in_lang(self, lang: str, *statuses: TermStatus) -> tuple[Term, ...]:
        """The terms of one primary language, in the glossary's order, of the given statuses (all when none)."""
        primary = lang.split("-")[0].lower()
        return tuple(
            term
            for term in self.terms
            if term.lang.split("-")[0].lower() == primary and (not statuses or term.status in statuses)
        )


@dataclass(frozen=True, slots=True)
class Score:
    """A metric's value with what made it: a number without its settings is no result."""

    metric: str
    value: float
    unit_count: int
    signature: str
