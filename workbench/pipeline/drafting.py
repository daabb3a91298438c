"""Making drafts: matches first, then an engine, with terms asked for, codes kept, faults repaired."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbench.engines import Request, TermRequest
from workbench.errors import EngineError
from workbench.model import MADE, Draft, TermStatus
from workbench.pipeline.draft_repair import better, faults, mend, safe_checks
from workbench.pipeline.drafting_parts import Guarded, guarded, lost_parts, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workbench.engines import Engine, Proposal
    from workbench.memory import Memory
    from workbench.model import Concept
    from workbench.pipeline.rules import Rules
    from workbench.termbase import Termbase

RAW = f"{MADE}raw"
AGAIN = f"{MADE}again:"
FIXED = f"{MADE}fixed:"
OTHER = f"{MADE}other:"
MATCH = f"{MADE}match:"

MEMORY = "memory"
"""What stands as the engine of a draft that was translated before."""
LEAST_MATCH = 75.0
"""The least percentage at which a match goes before an engine's draft."""
WHOLE_MATCH = 100.0

_WINDOW = 16
"""How many batches are sorted by length together: enough to fill them evenly, near enough to go through in order."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of one source: its drafts, the one to begin from first, none where no draft can be trusted.

    `lost_terms` and `lost_parts` are what the first draft lacks of what the source has; with parts lost there is none.
    """

    source: str
    drafts: tuple[Draft, ...] = ()
    lost_terms: tuple[str, ...] = ()
    lost_parts: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text to begin from, "" where there is none."""
        return self.drafts[0].text if self.drafts else ""

    @property
    def faults(self) -> tuple[str, ...]:
        """What was found wrong with the raw draft, so that it was decoded again and the second one taken."""
        again = next((one.id for one in self.drafts if one.id.startswith(AGAIN)), "")
        return tuple(again.removeprefix(AGAIN).split("+")) if again else ()


@dataclass(slots=True)
class Tally:
    """What a run of drafting came to."""

    drafted: int = 0
    matched: int = 0
    mended: int = 0
    again: Counter[str] = field(default_factory=Counter)
    without: int = 0
    problem: str = ""
    lost_terms: Counter[str] = field(default_factory=Counter)

    def add(self, made: Made) -> None:
        """Count one source."""
        if not made.drafts:
            self.without += 1
            return
        self.drafted += 1
        self.matched += made.drafts[0].engine == MEMORY
        self.mended += any(one.id.startswith(FIXED) for one in made.drafts)
        self.again.update(made.faults)
        self.lost_terms.update(made.lost_terms)


@dataclass(slots=True)
class _Work:
    """A source on its way: what is asked of the engine and what came of it."""

    source: str
    parts: Guarded
    request: Request
    raw: list[str] = field(default_factory=list)
    again: str = ""
    reasons: tuple[str, ...] = ()


class Drafter:
    """Makes drafts of sources in one pair of languages; it may be used from any one thread at a time.

    `rules` are the checks of the document, whose safe fixes mend the drafts. `alternatives` = how many proposals of
    the engine are kept for each source. `memory` is asked before the engine.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        source_lang: str,
        target_lang: str,
        rules: Rules | None = None,
        termbase: Termbase | None = None,
        memory: Memory | None = None,
        least_match: float = LEAST_MATCH,
        alternatives: int = 1,
    ) -> None:
        from workbench.pipeline.rules import make_rules

        chosen = rules or make_rules()
        self.engine = engine
        self.target_lang = target_lang
        self.source_lang = source_lang
        self._termbase = termbase
        self._memory = memory
        self._least = least_match
        self._alternatives = max(1, alternatives)
        self.problem = ""
        """What the engine said of the last segment that it could not translate, "" where there was none."""
        self._has_worked = False
        self._checks = safe_checks(chosen.checks)
        self._context = chosen.context(termbase, source_lang=source_lang, target_lang=target_lang)

    @property
    def batch_size(self) -> int:
        """How many sources are best given at once."""
        return max(1, self.engine.batch_size)

    def make(self, sources: Sequence[str]) -> list[Made]:
        """What is made of each source, in their order; the same source is decoded once. Raises EngineError."""
        wanted = dict.fromkeys(one for one in sources if one.strip())
        matches = {source: match for source in wanted if (match := self._match(source)) is not None}
        works = [self._work(source) for source in wanted if not _is_whole(matches.get(source))]
        self._decode(works)
        self._decode_again(works)
        made = {work.source: self._made(work, matches.get(work.source)) for work in works}
        for source, match in matches.items():
            if source not in made:
                made[source] = self._checked(source, (match,))
        return [made.get(source, Made(source)) for source in sources]

    def is_translated(self, source: str) -> bool:
        """Whether a reviewed unit equals the source, so that no engine is asked for it."""
        return _is_whole(self._match(source))

    # Before the engine

    def _match(self, source: str) -> Draft | None:
        if self._memory is None:
            return None
        found = self._memory.find(source, limit=1, threshold=self._least)
        if not found or not found[0].target.strip():
            return None
        return match_draft(found[0].target, found[0].percent, found[0].unit_id)

    def _work(self, source: str) -> _Work:
        parts = guarded(source)
        return _Work(source, parts, Request(parts.marked, self._terms(parts.marked)))

    def _terms(self, text: str) -> tuple[TermRequest, ...]:
        """The terms of the termbase in a text with their renderings; of several concepts at one place all of them."""
        if self._termbase is None:
            return ()
        asked: dict[tuple[int, int], tuple[TermRequest, ...]] = {}
        for match in self._termbase.find(text, self.source_lang):
            place = (match.span.start, match.span.end)
            renderings = self._renderings(match.concept) or (match.span.of(text),)
            before = asked[place][0].renderings if place in asked else ()
            asked[place] = (TermRequest(match.span, tuple(dict.fromkeys((*before, *renderings)))),)
        return tuple(one for some in asked.values() for one in some)

    def _renderings(self, concept: Concept) -> tuple[str, ...]:
        return tuple(
            term.text
            for status in (TermStatus.PREFERRED, TermStatus.ADMITTED)
            for term in concept.in_lang(self.target_lang, status)
        )

    # The engine

    def _decode(self, works: Sequence[_Work]) -> None:
        """Have the engine propose; where it loses the marks of codes, what stands between them is translated alone."""
        asked = [work for work in works if not work.parts.is_silent]
        for work, proposals in zip(asked, self._propose([work.request for work in asked]), strict=True):
            texts = [work.parts.restored(one.text) for one in proposals]
            work.raw = list(dict.fromkeys(text for text in texts if text is not None and text.strip()))
        for work in works:
            if work.parts.is_silent:
                work.raw = [work.source]
        broken = [work for work in asked if not work.raw and work.parts.parts]
        for work, text in zip(broken, self._piecewise(broken), strict=True):
            work.raw = [text]

    def _decode_again(self, works: Sequence[_Work]) -> None:
        """Decode with care what shows a fault, and remember the second text where it is the better one."""
        doubtful = []
        for work in works:
            first = work.raw[0] if work.raw else ""
            found = faults(work.source, first, self._context)
            if found and not work.parts.is_silent:
                doubtful.append((work, found))
        answers = self._propose([work.request for work, _ in doubtful], careful=True)
        for (work, found), proposals in zip(doubtful, answers, strict=True):
            text = next((work.parts.restored(one.text) for one in proposals), None)
            if text is None or not text.strip():
                continue
            if better(found, faults(work.source, text, self._context)):
                work.again, work.reasons = text, found

    def _piecewise(self, works: Sequence[_Work]) -> list[str]:
        """The sources translated piece by piece around their parts."""
        pieces = [text.strip() for work in works for text in work.parts.between if text.strip()]
        asked = [Request(text, self._terms(text)) for text in pieces]
        answers = iter(self._propose(asked))
        joined = []
        for work in works:
            texts = []
            for text in work.parts.between:
                proposals = next(answers) if text.strip() else ()
                texts.append(proposals[0].text if proposals else "")
            joined.append(work.parts.joined(texts))
        return joined

    def _propose(self, requests: Sequence[Request], *, careful: bool = False) -> list[tuple[Proposal, ...]]:
        found: list[tuple[Proposal, ...]] = []
        # An engine that is asked for nothing is not opened.
        size = self.batch_size if requests else 1
        for start in range(0, len(requests), size):
            some = requests[start : start + size]
            try:
                found += self._answers(some, careful=careful)
            except EngineError as error:
                if not self.engine.is_local:
                    raise
                found += self._one_by_one(some, error, careful=careful)
            self._has_worked = True
        return found

    def _answers(self, some: Sequence[Request], *, careful: bool) -> list[tuple[Proposal, ...]]:
        answers = self.engine.propose(some, alternatives=self._alternatives, careful=careful)
        if len(answers) != len(some):
            raise EngineError(f"{self.engine.label} answered {len(answers)} of {len(some)} segments")
        return answers

    def _one_by_one(
        self, some: Sequence[Request], error: EngineError, *, careful: bool
    ) -> list[tuple[Proposal, ...]]:
        """The proposals of a batch that failed as a whole: none for a segment that the engine cannot translate.

        Raises the error where the engine can translate none of them, and has never translated any.
        """
        found: list[tuple[Proposal, ...]] = []
        failed = 0
        for one in some if len(some) > 1 else ():
            try:
                found += self._answers([one], careful=careful)
            except EngineError as problem:
                error, failed = problem, failed + 1
                found.append(())
        if len(some) == 1:
            found, failed = [()], 1
        if failed == len(some) and (failed > 1 or not self._has_worked):
            raise error
        self.problem = str(error)
        return found

    # After the engine

    def _made(self, work: _Work, match: Draft | None) -> Made:
        drafts: list[Draft] = []
        name = self.engine.name
        if work.raw or work.again:
            raw = Draft(RAW, work.raw[0] if work.raw else "", name)
            chain = [raw]
            if work.again:
                chain.insert(0, Draft(AGAIN + "+".join(work.reasons), work.again, name, repaired_from=RAW))
            chain = self._mended(work.source, chain)
            if lost_parts(work.source, chain[0].text):
                chain = []
            drafts += chain
        if match is not None:
            # A match with other codes is none to begin from, where there is something else.
            fits = parts_of(work.source) == parts_of(match.text)
            drafts.insert(0 if fits else len(drafts), match)
        known = {one.text for one in drafts}
        for number, text in enumerate(work.raw[1:], 2):
            better_text = mend(work.source, text, self._context, self._checks).text
            if better_text not in known and not lost_parts(work.source, better_text):
                known.add(better_text)
                drafts.append(Draft(f"{OTHER}{number}", better_text, name))
        if not drafts:
            return Made(work.source, lost_parts=tuple(work.parts.parts))
        return self._checked(work.source, tuple(drafts))

    def _mended(self, source: str, chain: list[Draft]) -> list[Draft]:
        mended = mend(source, chain[0].text, self._context, self._checks)
        if mended.text == chain[0].text:
            return chain
        made = "+".join(mended.checks)
        return [Draft(FIXED + made, mended.text, chain[0].engine, repaired_from=chain[0].id), *chain]

    def _checked(self, source: str, drafts: tuple[Draft, ...]) -> Made:
        text = drafts[0].text.casefold()
        lost = [
            term.span.of(source)
            for term in self._terms(source)
            if not any(one.casefold() in text for one in term.renderings)
        ]
        return Made(source, drafts, tuple(lost))


def _is_whole(match: Draft | None) -> bool:
    return match is not None and (match.match or 0.0) >= WHOLE_MATCH


def match_draft(target: str, percent: float, unit_id: str = "") -> Draft:
    """A match of the memory as a draft; `unit_id` is the unit that it was translated in."""
    return Draft(f"{MATCH}{unit_id}", target, MEMORY, percent)


def batches(sources: Sequence[str], size: int) -> Iterator[list[int]]:
    """The indices of the sources in batches of texts that are about as long, roughly in their order."""
    for start in range(0, len(sources), size * _WINDOW):
        window = range(start, min(len(sources), start + size * _WINDOW))
        ordered = sorted(window, key=lambda at: (-len(sources[at]), at))
        for first in range(0, len(ordered), size):
            yield ordered[first : first + size]


def draft(
    texts: Sequence[str],
    source_lang: str = "en",
    target_lang: str = "zh",
    engine: str | Engine = "argos",
    *,
    termbase: Termbase | None = None,
) -> list[Draft]:
    """A draft of each text, in their order: mended, and decoded again where it looped or lost its ending.

    `engine` is the name of one that is installed, which is opened and closed, or one that is open. The text of a draft
    is "" where the source is empty or the engine lost a code of it. Raises EngineError, NotFoundError, UsageError.
    """
    from workbench import engines
    from workbench.errors import UsageError

    if isinstance(texts, str) or not all(isinstance(text, str) for text in texts):
        raise UsageError("draft takes a list of texts")
    opened = (
        engines.find(engine).open(source_lang, target_lang, engines.EngineOptions())
        if isinstance(engine, str)
        else engine
    )
    try:
        drafter = Drafter(opened, source_lang=source_lang, target_lang=target_lang, termbase=termbase)
        drafts = [Draft("", "", opened.name)] * len(texts)
        for some in batches(texts, drafter.batch_size):
            for at, made in zip(some, drafter.make([texts[at] for at in some]), strict=True):
                if made.drafts:
                    drafts[at] = made.drafts[0]
        return drafts
    finally:
        if isinstance(engine, str):
            opened.close()
