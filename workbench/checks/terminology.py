"""Terminology: a term of the source whose rendering is missing, or rendered in a way the glossary warns
of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.checks.base import Check, CheckContext, text_value
from workbench.langs import primary
from workbench.model import Concept, Fix, Issue, Severity, Term, TermStatus, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workbench.termbase import TermMatch

_ACCEPTED = (TermStatus.PREFERRED, TermStatus.ADMITTED)


def find(unit: TranslationUnit, context: CheckContext) -> Iterator[Issue]:
    """Per concept of the source: unwelcome renderings first, then what is still missing."""
    if not context.termbase or not unit.target:
        return
    called: dict[tuple[int, int], list[TermMatch]] = {}
    for match in context.termbase.find(unit.source, context.source_lang):
        called.setdefault((match.span.start, match.span.end), []).append(match)
    if not called:
        return
    # Homonyms: concepts that share the source term are one question, which any of them may answer.
    questions: dict[tuple[str, ...], list[list[TermMatch]]] = {}
    for matches in called.values():
        questions.setdefault(tuple(match.concept.id for match in matches), []).append(matches)
    concepts = {match.concept.id for matches in called.values() for match in matches}
    shown = _shown(unit.target, context, concepts)
    for ids, asked in questions.items():
        yield from _answer(unit, asked, [match for match in shown if match.concept.id in ids], context)


def _shown(target: str, context: CheckContext, concepts: set[str]) -> list[TermMatch]:
    """The renderings in the target of the concepts called for, the longest at each place.

    An unwelcome rendering inside a longer accepted term of any concept is no rendering of its own.
    """
    longest = context.termbase.find(target, context.target_lang)
    everything = context.termbase.find(target, context.target_lang, nested=True)
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
    missing = len(asked) - len(spans)
    first = asked[0][0]
    accepted = tuple(
        dict.fromkeys(term.text for match in asked[0] for term in _renderings(match.concept, context))
    )
    if missing <= 0 or not accepted:
        return
    for matches in asked[len(asked) - missing :]:
        match = matches[0]
        yield CHECK.issue(
            unit,
            source_span=match.span,
            severity=Severity.MAJOR if not spans else Severity.MINOR,
            kind="missing" if not spans else "fewer",
            term=match.span.of(unit.source),
            accepted=accepted,
            asked=len(asked),
            found=len(spans),
            note=first.concept.note,
        )


def _unwelcome(unit: TranslationUnit, source: TermMatch, match: TermMatch, context: CheckContext) -> Issue:
    """A forbidden or deprecated rendering, with the preferred one as its fix."""
    better = _renderings(match.concept, context)
    forbidden = match.term.status is TermStatus.FORBIDDEN
    return CHECK.issue(
        unit,
        source_span=source.span,
        target_span=match.span,
        severity=Severity.MAJOR if forbidden else Severity.MINOR,
        fix=Fix(match.span, better[0].text) if better else None,
        kind=match.term.status.value,
        term=source.span.of(unit.source),
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
    if kind == "missing":
        return f"“{term}” should be {accepted}, which the target does not have{tail}"
    if kind == "fewer":
        return (
            f"“{term}” stands {text_value(issue, 'asked')} times in the source, "
            f"{accepted} {text_value(issue, 'found')} times in the target{tail}"
        )
    return f"“{term}” should be {accepted}: {text_value(issue, 'shown')} is {kind}{tail}"


CHECK = Check(
    id="terminology",
    title="A term is not rendered as the glossary says",
    severity=Severity.MAJOR,
    category="terminology/inconsistent-with-termbase",
    find=find,
    render=render,
)
