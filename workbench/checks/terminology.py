"""Terminology: a term of the source whose rendering is missing, or rendered in a way the glossary warns
of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.checks.base import Check, CheckContext, text_value
from workbench.checks.texts import HAN, view
from workbench.checks.words import is_function
from workbench.langs import primary
from workbench.model import Concept, Fix, Issue, Severity, Term, TermStatus, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from workbench.termbase import Termbase, TermMatch

_ACCEPTED = (TermStatus.PREFERRED, TermStatus.ADMITTED)
# What stands between two names of one thing: WHO (World Health Organization), Burma or Myanmar.
_ALIAS = re.compile(
    r"[”\"’']?(?:\s?[(\[（/,–—]|\s-)?\s?(?:(?:or|aka|a\.k\.a\.|(?:also )?(?:known as|called)|in short)\b,?)? ?[“\"‘']?",
    re.IGNORECASE,
)
# What stands for a thing named before, in Chinese and in English.
_STAND_IN = re.compile("它们?|[他她]们?|其(?![他实中余它])|该|此(?![外时])|前者|后者|两者|二者|双方|自己")
_PRONOUN = re.compile(
    r"\b(?:its?|itself|they|them|their|theirs|themselves|this|that|these|those|he|him|his|himself|she|hers?|herself|"
    r"former|latter|both|ones?|such|who|whom|whose|which)\b",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Z0-9][A-Z0-9&./-]*s?\Z")


def find(unit: TranslationUnit, context: CheckContext) -> Iterator[Issue]:
    """Per concept of the source: unwelcome renderings first, then what is still missing."""
    if not context.termbase or not unit.target:
        return
    called: dict[tuple[int, int], list[TermMatch]] = {}
    for match in terms_of(context.termbase, unit.source, context.source_lang):
        called.setdefault((match.span.start, match.span.end), []).append(match)
    concepts = {match.concept.id for matches in called.values() for match in matches}
    yield from _uncalled(unit, concepts, context)
    if not called:
        return
    # Homonyms: concepts that share the source term are one question, which any of them may answer.
    questions: dict[tuple[str, ...], list[list[TermMatch]]] = {}
    for matches in called.values():
        questions.setdefault(tuple(match.concept.id for match in matches), []).append(matches)
    shown = _shown(unit.target, context, concepts)
    for ids, asked in questions.items():
        yield from _answer(unit, asked, [match for match in shown if match.concept.id in ids], context)


def terms_of(termbase: Termbase, text: str, lang: str, *, nested: bool = False) -> list[TermMatch]:
    """The terms in what is language of a text: none inside URLs, placeholders and their kind.

    A term that is such a part as a whole is one all the same: Booking.com.
    """
    parts = view(text).parts
    if not parts:
        return termbase.find(text, lang, nested=nested)
    whole = [
        match
        for match in termbase.find(text, lang, nested=nested)
        if any(match.span.start <= part.span.start and part.span.end <= match.span.end for part in parts)
    ]
    found = [
        match
        for match in termbase.find(view(text).masked, lang, nested=nested)
        if not any(match.span.overlaps(one.span) for one in whole)
    ]
    return sorted([*whole, *found], key=lambda match: (match.span.start, -match.span.end))


def _uncalled(unit: TranslationUnit, concepts: set[str], context: CheckContext) -> Iterator[Issue]:
    """Unwelcome renderings that the glossary reports always, of concepts that the source does not hold."""
    always = context.termbase.always - concepts
    if not always:
        return
    for match in _shown(unit.target, context, always):
        if match.term.status not in _ACCEPTED:
            yield _unwelcome(unit, None, match, context)


def _shown(target: str, context: CheckContext, concepts: AbstractSet[str]) -> list[TermMatch]:
    """The renderings in the target of the concepts called for, the longest at each place.

    An unwelcome rendering inside a longer accepted term of any concept is no rendering of its own.
    """
    longest = terms_of(context.termbase, target, context.target_lang)
    everything = terms_of(context.termbase, target, context.target_lang, nested=True)
    covered = [match.span for match in longest if match.term.status in _ACCEPTED]
    kept: list[TermMatch] = []
    for match in sorted(everything, key=lambda item: (-len(item.span), item.span.start)):
        if match.concept.id not in concepts:
            continue
        unwelcome = match.term.status not in _ACCEPTED
        inside = any(span != match.span and span.overlaps(match.span) for span in covered)
        if unwelcome and (inside or any(span == match.span for span in covered)):
            continue
        if not any(other.span.overlaps(match.span) and other.span != match.span for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda match: match.span.start)


def _answer(
    unit: TranslationUnit, asked: Sequence[Sequence[TermMatch]], shown: list[TermMatch], context: CheckContext
) -> Iterator[Issue]:
    """The findings on one concept (or on homonyms): `asked` has one member an occurrence in the source."""
    spans: dict[tuple[int, int], TermMatch] = {}
    for match in shown:
        place = (match.span.start, match.span.end)
        if place not in spans or match.term.status in _ACCEPTED:
            spans[place] = match
    unwelcome = [match for match in spans.values() if match.term.status not in _ACCEPTED]
    for index, match in enumerate(unwelcome):
        source = asked[min(index, len(asked) - 1)][0]
        yield _unwelcome(unit, source, match, context)
    asked = _once(unit.source, asked)
    missing = len(asked) - len(spans) - _verbatim(unit, asked, spans)
    first = asked[0][0]
    accepted = tuple(
        dict.fromkeys(term.text for match in asked[0] for term in _renderings(match.concept, context))
    )
    if missing <= 0 or not accepted or (spans and missing <= _stand_ins(unit)):
        return
    for number in range(len(asked) - missing, len(asked)):
        match = asked[number][0]
        yield CHECK.issue(
            unit,
            source_span=match.span,
            severity=Severity.MAJOR if not spans else Severity.MINOR,
            kind="kept" if _is_kept(match.concept, context) else "missing" if not spans else "fewer",
            term=match.span.of(unit.source),
            accepted=accepted,
            number=number + 1,
            asked=len(asked),
            found=len(spans),
            note=first.concept.note,
        )


def _once(source: str, asked: Sequence[Sequence[TermMatch]]) -> list[Sequence[TermMatch]]:
    """The occurrences, of two different names side by side the first alone: one rendering will do for both."""
    kept: list[Sequence[TermMatch]] = []
    last: TermMatch | None = None
    for matches in asked:
        match = matches[0]
        between = source[last.span.end : match.span.start] if last is not None else ""
        alias = (
            last is not None
            and last.term != match.term
            and between.strip() != ""
            and _ALIAS.fullmatch(between) is not None
        )
        if not alias:
            kept.append(matches)
        last = None if alias else match
    return kept


def _stand_ins(unit: TranslationUnit) -> int:
    """How many more words than the source the target has that stand for something named before."""
    return len(_STAND_IN.findall(unit.target)) - len(_PRONOUN.findall(unit.source))


def _is_kept(concept: Concept, context: CheckContext) -> bool:
    """Whether the concept is not to be translated: its names are its renderings."""
    names = {term.text for term in concept.in_lang(context.source_lang)}
    renderings = _renderings(concept, context)
    return bool(renderings) and all(term.text in names for term in renderings)


def _verbatim(
    unit: TranslationUnit, asked: Sequence[Sequence[TermMatch]], spans: dict[tuple[int, int], TermMatch]
) -> int:
    """How many further occurrences the target renders by the name itself, in Latin letters.

    An acronym always does. Another name does beside a Chinese rendering of the same, or in brackets where the
    source has it in brackets too; alone it is what the engine left in English.
    """
    count = 0
    target = view(unit.target).masked
    for text in dict.fromkeys(matches[0].span.of(unit.source) for matches in asked):
        acronym = _ACRONYM.match(text) is not None
        if not acronym and not _is_name(text):
            continue
        for found in re.finditer(rf"(?<![A-Za-z0-9]){re.escape(text)}(?![A-Za-z0-9])", target):
            if any(start < found.end() and found.start() < end for start, end in spans):
                continue
            before, after = target[: found.start()], target[found.end() :]
            if _in_longer_name(text, found, unit):
                count += 1
                continue
            bracketed = re.search(rf"[{HAN}”’」』》] ?[(（]\Z", before) is not None and after[:1] in (
                ")",
                "）",
            )
            if acronym or spans or (bracketed and f"({text})" in unit.source):
                count += 1
    return count


def _in_longer_name(text: str, found: re.Match[str], unit: TranslationUnit) -> bool:
    """Whether the target keeps the text within a longer name that the source has too: Apple Music."""
    before = re.search(r"[A-Z][A-Za-z0-9’'-]*[ -]\Z", unit.target[: found.start()])
    after = re.match(r"[ -][A-Z][A-Za-z0-9’'-]*", unit.target[found.end() :])
    return any(
        longer is not None and longer in unit.source
        for longer in (before and before[0] + text, after and text + after[0])
    )


def _is_name(text: str) -> bool:
    """Whether the words are written as a name: in capitals but for "of" and its kind."""
    words = text.split()
    return text[:1].isupper() and all(word[:1].isupper() or is_function(word.lower()) for word in words)


def _unwelcome(
    unit: TranslationUnit, source: TermMatch | None, match: TermMatch, context: CheckContext
) -> Issue:
    """A forbidden or deprecated rendering, with the preferred one as its fix; `source` is the term it renders."""
    better = _renderings(match.concept, context)
    forbidden = match.term.status is TermStatus.FORBIDDEN
    return CHECK.issue(
        unit,
        source_span=source.span if source is not None else None,
        target_span=match.span,
        severity=Severity.MAJOR if forbidden else Severity.MINOR,
        fix=Fix(match.span, better[0].text) if better and source is not None else None,
        kind=match.term.status.value,
        term=source.span.of(unit.source) if source is not None else match.concept.id,
        shown=match.span.of(unit.target),
        accepted=tuple(term.text for term in better),
        note=match.concept.note,
    )


def _renderings(concept: Concept, context: CheckContext) -> list[Term]:
    """The accepted renderings of a concept, the preferred one first."""
    lang = primary(context.target_lang)
    found = [term for term in concept.terms if primary(term.lang) == lang and term.status in _ACCEPTED]
    return sorted(found, key=lambda term: term.status is not TermStatus.PREFERRED)


def render(issue: Issue) -> str:
    """The finding in words."""
    kind, term = text_value(issue, "kind"), text_value(issue, "term")
    accepted = text_value(issue, "accepted")
    note = text_value(issue, "note")
    tail = f" ({note})" if note else ""
    if kind in ("missing", "kept", "fewer"):
        asked, found = int(text_value(issue, "asked")), int(text_value(issue, "found"))
        which = f" ({_ordinal(int(text_value(issue, 'number')))} of {asked})" if asked > 1 else ""
        held = f"has {times(found)}" if found else "does not have"
        if kind == "kept":
            return f"“{term}”{which} is to stay as it is, which the target {held}{tail}"
        return f"“{term}”{which} should be {accepted}, which the target {held}{tail}"
    return f"“{term}” should be {accepted}: {text_value(issue, 'shown')} is {kind}{tail}"


def _ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 11th."""
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def times(number: int) -> str:
    """How often, in words."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


CHECK = Check(
    id="terminology",
    title="A term is not rendered as the glossary says",
    severity=Severity.MAJOR,
    category="terminology/inconsistent-with-termbase",
    find=find,
    render=render,
)
