"""Faults of a glossary itself: entries that cannot be used, that contradict one another, or that will not be found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.errors import GlossaryError
from workbench.langs import is_chinese, is_traditional, primary
from workbench.model import Concept, Severity, Term, TermStatus
from workbench.termbase.folding import fold
from workbench.termbase.glossary import GlossaryReader
from workbench.termbase.matching import Termbase, is_fixed
from workbench.termbase.scripts import simplified

if TYPE_CHECKING:
    from collections.abc import Iterator

_ACCEPTED = (TermStatus.PREFERRED, TermStatus.ADMITTED)
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# What no keyboard makes on purpose: zero-width and directional marks, private use, the sign of lost bytes.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\ue000-\uf8ff\ufffd]")
_WIDE_LATIN = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_COMPATIBLE = re.compile("[\uf900-\ufaff\u2f00-\u2fd5]")
_ODD_SPACE = re.compile("[\u00a0\u2000-\u200a\u3000]|  ")
_MOJIBAKE = re.compile("[ÃÂâ][\u0080-\u00bf€™œ]|锟斤拷|ï»¿")
_END_MARK = re.compile("[,;:，；：。、]\\Z|(?<![.A-Z])(?<!\\b\\w)\\.\\Z")
_ARTICLE = re.compile(r"(?:the|an?) \S", re.IGNORECASE)
_LITTLE_WORDS = (
    "a an the of to in on at by for with from as is it be or and not no we you he she they this that"
)
_LITTLE = frozenset(_LITTLE_WORDS.split())


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A fault of a glossary; `line` counts from 1, 0 = of the whole file."""

    line: int
    severity: Severity
    message: str


def problems(
    text: str, *, name: str = "glossary.yaml", source_lang: str = "en", target_lang: str = "zh"
) -> list[Problem]:
    """All faults of a glossary's text by line; what makes it unusable is critical, a contradiction major."""
    reader = GlossaryReader(name, source_lang, target_lang)
    reader.problems = []
    found: list[Problem] = []
    concepts: list[Concept] = []
    try:
        concepts += reader.concepts(text)
    except GlossaryError as error:
        reader.problems.append(error)
    found += [Problem(one.line or 0, Severity.CRITICAL, one.reason) for one in reader.problems]
    termbase = Termbase(concepts, source_lang=source_lang, target_lang=target_lang, settings=reader.settings)
    for concept in concepts:
        found += (
            Problem(concept.line, severity, message) for severity, message in _of_concept(concept, termbase)
        )
    found += _between(termbase)
    found += _inside(termbase)
    return sorted(set(found), key=lambda one: (one.line, -one.severity.rank, one.message))


def _of_concept(concept: Concept, termbase: Termbase) -> Iterator[tuple[Severity, str]]:
    """What is wrong with the terms of one concept."""
    for term in concept.terms:
        yield from _of_term(term, concept, termbase)
    for lang in (termbase.source_lang, termbase.target_lang):
        seen: dict[str, Term] = {}
        for term in concept.in_lang(lang):
            folded = " ".join(fold(term.text).split())
            if is_chinese(lang) and termbase.settings.fold_scripts:
                folded = simplified(folded)
            other = seen.setdefault(folded, term)
            if (other.status in _ACCEPTED) != (term.status in _ACCEPTED):
                yield (
                    Severity.MAJOR,
                    f"{other.text!r} is {other.status}, {term.text!r} {term.status}: they are the same to the search",
                )
            elif other is not term:
                yield Severity.MINOR, f"{term.text!r} and {other.text!r} are the same to the search"


def _of_term(term: Term, concept: Concept, termbase: Termbase) -> Iterator[tuple[Severity, str]]:
    shown = repr(term.text)
    for pattern, what in (
        (_INVISIBLE, "an invisible or private character"),
        (_MOJIBAKE, "signs of a wrong encoding"),
    ):
        bad = pattern.search(term.text)
        if bad:
            yield Severity.MAJOR, f"{shown} has {what} (U+{ord(bad.group()[0]):04X})"
    if _ODD_SPACE.search(term.text):
        yield Severity.MINOR, f"{shown} has a space of another kind, or two"
    if _COMPATIBLE.search(term.text):
        yield Severity.MAJOR, f"{shown} has a compatibility form of a Chinese character"
    if _WIDE_LATIN.search(term.text):
        yield Severity.MINOR, f"{shown} has full-width letters or digits"
    if _END_MARK.search(term.text):
        yield Severity.MINOR, f"{shown} ends with a mark, which the text need not have"
    if is_chinese(term.lang):
        own_names = {one.text for one in concept.in_lang(termbase.source_lang)}
        if not _HAN.search(term.text) and term.text not in own_names and term.status in _ACCEPTED:
            yield Severity.MINOR, f"{shown} is a rendering without a Chinese character"
        if not is_traditional(termbase.target_lang) and not termbase.settings.fold_scripts:
            other = simplified(term.text)
            if other != term.text and term.status in _ACCEPTED:
                yield Severity.MINOR, f"{shown} has traditional characters: simplified it is {other}"
        return
    if _HAN.search(term.text):
        yield Severity.MAJOR, f"{shown} is a name in {primary(term.lang)} with Chinese characters"
    if _ARTICLE.match(term.text) and not is_fixed(term):
        yield Severity.MINOR, f"{shown} begins with an article: without it more of the text is found"
    if fold(term.text) in _LITTLE and not is_fixed(term):
        yield Severity.MINOR, f"{shown} is a word that nearly every sentence has"


def _between(termbase: Termbase) -> Iterator[Problem]:
    """What concepts with a name in common say against one another."""
    source_lang, target_lang = termbase.source_lang, termbase.target_lang
    named: dict[tuple[str, bool], list[Concept]] = {}
    meant: dict[str, list[Concept]] = {}
    for concept in termbase.concepts:
        for key in {(fold(term.text), is_fixed(term)) for term in concept.in_lang(source_lang)}:
            named.setdefault(key, []).append(concept)
        preferred = concept.in_lang(target_lang, TermStatus.PREFERRED)
        if preferred:
            meant.setdefault(preferred[0].text, []).append(concept)
    for (name, _), concepts in named.items():
        for index, concept in enumerate(concepts[1:], 1):
            yield from _rivals(name, concepts[index - 1], concept, target_lang)
    for text, concepts in meant.items():
        for index, concept in enumerate(concepts[1:], 1):
            first = concepts[index - 1]
            names = {fold(term.text) for term in concept.in_lang(source_lang)}
            if names.isdisjoint(fold(term.text) for term in first.in_lang(source_lang)):
                message = f"{concept.id!r} and {first.id!r} (line {first.line}) are both {text}: names of one concept?"
                yield Problem(concept.line, Severity.MINOR, message)


def _rivals(name: str, first: Concept, second: Concept, target_lang: str) -> Iterator[Problem]:
    """What two concepts with the same name say against each other."""
    one = {term.text: term.status for term in first.in_lang(target_lang)}
    two = {term.text: term.status for term in second.in_lang(target_lang)}
    where = f"(line {first.line})"
    against = [
        text for text in one.keys() & two.keys() if (one[text] in _ACCEPTED) != (two[text] in _ACCEPTED)
    ]
    for text in sorted(against):
        message = f"{text} is {two[text]} for {name!r} in {second.id!r}, {one[text]} in {first.id!r} {where}"
        yield Problem(second.line, Severity.MAJOR, message)
    best = [
        next((text for text, status in each.items() if status is TermStatus.PREFERRED), "")
        for each in (one, two)
    ]
    if best[0] == best[1]:
        yield Problem(second.line, Severity.MAJOR, f"{name!r} is {best[1]} in {first.id!r} {where} already")
    elif not (first.domain and second.domain and first.domain != second.domain):
        message = f"{name!r} is preferably {best[1]} in {second.id!r}, {best[0]} in {first.id!r} {where}: "
        yield Problem(second.line, Severity.MAJOR, message + "one entry, or a domain for each")


def _inside(termbase: Termbase) -> Iterator[Problem]:
    """Terms within longer terms that are rendered otherwise there."""
    source_lang, target_lang = termbase.source_lang, termbase.target_lang
    for concept in termbase.concepts:
        longer = [term.text for term in concept.in_lang(target_lang, *_ACCEPTED)]
        for term in concept.in_lang(source_lang):
            for match in termbase.find(term.text, source_lang, nested=True):
                if match.concept.id == concept.id or len(match.span) == len(term.text):
                    continue
                inner = [one.text for one in match.concept.in_lang(target_lang, *_ACCEPTED)]
                if inner and longer and not any(text in long for text in inner for long in longer):
                    message = (
                        f"{term.text!r} holds {match.term.text!r} (line {match.concept.line}), but none of "
                        f"{' / '.join(longer)} holds {' / '.join(inner)}"
                    )
                    yield Problem(concept.line, Severity.MINOR, message)
