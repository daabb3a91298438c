"""Terms over a document: one rendering among those admitted, and the original in brackets at the first mention.

Both are asked for by the glossary: `consistent: true` and `first_mention: true` in its settings, or `first_mention` of
a concept. Without that the check is silent.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from workbench.checks.base import Check, CheckContext, text_value
from workbench.checks.terminology import terms_of, times
from workbench.model import Concept, Fix, Issue, Severity, Span, TermStatus, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from workbench.termbase import Termbase

_ACCEPTED = (TermStatus.PREFERRED, TermStatus.ADMITTED)
_BRACKETED = re.compile(r"[”’」』》]?\s?[(（]([^()（）]*)[)）]")
# How many times as often as another a rendering has to stand before the other is called odd.
_CLEARLY = 2


class TermUse:
    """Which renderings of which concepts the units of a document have.

    The units are kept as they are; what the termbase finds in them is counted when it is first asked for, and then
    unit by unit.
    """

    def __init__(self) -> None:
        self._units: dict[str, TranslationUnit] = {}
        self._uses: _Uses | None = None

    def add(self, unit: TranslationUnit) -> None:
        """Count a unit."""
        self._units[unit.id] = unit
        if self._uses is not None:
            self._uses.add(unit)

    def subtract(self, unit: TranslationUnit) -> None:
        """Take out a unit that was added."""
        self._units.pop(unit.id, None)
        if self._uses is not None:
            self._uses.subtract(unit)

    def near(self, unit: TranslationUnit) -> Collection[str]:
        """The units that have one of its concepts; none before the termbase was asked for."""
        return self._uses.near(unit) if self._uses is not None else ()

    def under(self, context: CheckContext) -> _Uses:
        """The uses as the context's termbase finds them."""
        uses = self._uses
        if uses is None or not uses.fits(context):
            uses = _Uses(context)
            for unit in tuple(self._units.values()):
                uses.add(unit)
            self._uses = uses
        return uses

    def __getstate__(self) -> dict[str, Any]:
        return {"_units": self._units, "_uses": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._units, self._uses = state["_units"], None


class _Uses:
    """The renderings in each unit of those concepts that its source calls for, under one termbase."""

    def __init__(self, context: CheckContext) -> None:
        self._termbase = context.termbase
        self._langs = (context.source_lang, context.target_lang)
        self._of: dict[str, dict[str, list[str]]] = {}
        self._counts: dict[str, Counter[str]] = {}
        self._places: dict[str, dict[str, int]] = {}

    def fits(self, context: CheckContext) -> bool:
        """Whether what was counted holds for the context."""
        return self._termbase is context.termbase and self._langs == (
            context.source_lang,
            context.target_lang,
        )

    def add(self, unit: TranslationUnit) -> None:
        """Count a unit."""
        found = used(unit, self._termbase, *self._langs)
        self._of[unit.id] = found
        for concept, renderings in found.items():
            self._counts.setdefault(concept, Counter()).update(renderings)
            self._places.setdefault(concept, {})[unit.id] = unit.position

    def subtract(self, unit: TranslationUnit) -> None:
        """Take out a unit that was added."""
        for concept, renderings in self._of.pop(unit.id, {}).items():
            self._counts[concept].subtract(renderings)
            self._places[concept].pop(unit.id, None)

    def near(self, unit: TranslationUnit) -> set[str]:
        """The other units with one of its concepts."""
        found = {other for concept in self._of.get(unit.id, ()) for other in self._places[concept]}
        return found - {unit.id}

    def elsewhere(self, concept: str, unit: TranslationUnit) -> Counter[str]:
        """How often each rendering of a concept stands in the other units."""
        counts = Counter(self._counts.get(concept, Counter()))
        counts.subtract(self._of.get(unit.id, {}).get(concept, ()))
        return +counts

    def is_first(self, concept: str, unit: TranslationUnit) -> bool:
        """Whether no unit before has the concept."""
        places = self._places.get(concept, {})
        return all(place >= unit.position for other, place in places.items() if other != unit.id)


def used(
    unit: TranslationUnit, termbase: Termbase, source_lang: str, target_lang: str
) -> dict[str, list[str]]:
    """The accepted renderings in the target of each concept of the source, as the glossary writes them."""
    if not unit.target:
        return {}
    called = {match.concept.id for match in terms_of(termbase, unit.source, source_lang)}
    found: dict[str, list[str]] = {}
    for match in terms_of(termbase, unit.target, target_lang) if called else ():
        if match.concept.id in called and match.term.status in _ACCEPTED:
            found.setdefault(match.concept.id, []).append(match.term.text)
    return found


def is_wanted(base: Termbase) -> bool:
    """Whether the glossary asks for any of it."""
    settings = base.settings
    return bool(base) and bool(settings.consistent or settings.first_mention or base.introduced)


def find(unit: TranslationUnit, context: CheckContext) -> Iterator[Issue]:
    """Renderings that are not the document's, and first mentions without their original."""
    base = context.termbase
    if not unit.target or not is_wanted(base):
        return
    uses = context.summary(TermUse).under(context)
    seen: set[str] = set()
    names = terms_of(base, unit.source, context.source_lang)
    called = {match.concept.id: match.span.of(unit.source) for match in reversed(names)}
    for match in terms_of(base, unit.target, context.target_lang):
        concept = match.concept
        if concept.id not in called or match.term.status not in _ACCEPTED:
            continue
        shown = match.term.text
        # A name kept as it is in the source is no choice of its own.
        own = any(term.text == shown for term in concept.in_lang(context.source_lang))
        if base.settings.consistent and not own and concept.id + "\0" + shown not in seen:
            yield from _odd(unit, uses, concept, shown, match.span)
        asked = base.settings.first_mention or concept.first_mention
        if asked and concept.id not in seen and uses.is_first(concept.id, unit):
            yield from _unintroduced(unit, concept, match.span, called[concept.id], context)
        seen |= {concept.id, concept.id + "\0" + shown}


def _odd(unit: TranslationUnit, uses: _Uses, concept: Concept, shown: str, span: Span) -> Iterator[Issue]:
    """A rendering beside which the other units clearly prefer another one."""
    counts = uses.elsewhere(concept.id, unit)
    if not counts:
        return
    usual, count = counts.most_common(1)[0]
    if usual == shown or count < 2 or count < _CLEARLY * (counts[shown] + 1):
        return
    yield CHECK.issue(
        unit,
        target_span=span,
        kind="choice",
        term=concept.id,
        shown=shown,
        usual=usual,
        count=count,
        others=counts[shown],
    )


def _unintroduced(
    unit: TranslationUnit, concept: Concept, span: Span, name: str, context: CheckContext
) -> Iterator[Issue]:
    """A first mention without the original in brackets behind it."""
    names = {term.text.casefold() for term in concept.in_lang(context.source_lang)} | {name.casefold()}
    shown = span.of(unit.target)
    after = _BRACKETED.match(unit.target, span.end)
    if shown.casefold() in names or (after and any(one in after[1].casefold() for one in names)):
        return
    mark = f"（{name}）" if context.chinese else f" ({name})"
    yield CHECK.issue(
        unit,
        target_span=span,
        fix=Fix(span, shown + mark),
        kind="first mention",
        term=name,
        shown=shown,
    )


def render(issue: Issue) -> str:
    """The finding in words."""
    term, shown = text_value(issue, "term"), text_value(issue, "shown")
    if text_value(issue, "kind") == "choice":
        count, others = int(text_value(issue, "count")), int(text_value(issue, "others")) + 1
        usual = text_value(issue, "usual")
        return f"“{term}” is {shown} here ({times(others)} in the document), {usual} {times(count)}"
    return f"“{term}” is first mentioned here: {shown} has no original in brackets behind it"


CHECK = Check(
    id="term-use",
    title="A term is rendered otherwise than in the rest of the document, or not introduced",
    severity=Severity.MINOR,
    category="terminology/inconsistent-use",
    find=find,
    render=render,
    scope="document",
    summary=TermUse,
)
