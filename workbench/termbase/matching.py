"""Finding terms in text: an Aho–Corasick automaton per language proposes, exact rules decide."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from workbench.langs import is_chinese, is_traditional, primary
from workbench.model import Concept, Span, Term, TermStatus
from workbench.termbase.boundaries import Words, dictionary, translation_keys
from workbench.termbase.folding import (
    CHINESE_SPACES,
    SPACES,
    bare,
    cut,
    fold,
    folded_and_narrow,
    narrow,
    original,
    runs,
    same_capitals,
    squeezed,
)
from workbench.termbase.inflection import Forms, is_verbal, term_forms
from workbench.termbase.scripts import simplified
from workbench.termbase.settings import GlossarySettings
from workbench.termbase.verbs import verbs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ahocorasick_rs import AhoCorasick

_AS_IT_IS = frozenset([""])
_ACCEPTED = (TermStatus.PREFERRED, TermStatus.ADMITTED)
_SURROGATE = re.compile("[\ud800-\udfff]")
_WORD_REST = re.compile(r"\w*")
# Acronyms that are also little words are not told from these in a line all in capitals: WHO CARES ABOUT US.
_LITTLE_WORDS = "us it who is as in an am or at no me so ma pa pm add all can may mit rest"
_LITTLE = frozenset(_LITTLE_WORDS.split())


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A term where it stands in a text."""

    concept: Concept
    term: Term
    span: Span


class _Candidate(NamedTuple):
    """One form of a term: what has to stand in the text for it to be that term."""

    root: str
    endings: frozenset[str]
    exact: str | None
    """The root in its own capitals where only these count."""
    order: int
    concept: Concept
    term: Term
    little: bool
    """Whether the term is a common word but for its capitals."""
    name: bool
    """Whether the term is a single word that begins with a capital, and counts only so: Apple."""
    folded: str
    """The term itself as `fold` gives it."""


def is_fixed(term: Term) -> bool:
    """Whether the term counts only in its own capitals: so marked, or an acronym all in capitals."""
    return term.case or (
        term.text.isupper() and sum(char.isalpha() and char.isascii() for char in term.text) > 1
    )


class _Matcher:
    """The terms of one language, ready to be found.

    `words` gives the dictionary that tells a Chinese term from another word, None where none is asked.
    """

    def __init__(
        self,
        terms: Iterable[tuple[Concept, Term]],
        *,
        spaced: bool,
        folds: bool = False,
        traditional: bool = False,
        words: Callable[[], Words] | None = None,
    ) -> None:
        self._spaced, self._folds = spaced, folds
        self._simplifies, self._words = folds or traditional, words
        self._keys: dict[int, frozenset[str]] = {}
        self._verbs: dict[int, bool] = {}
        patterns: dict[str, list[_Candidate]] = {}
        for order, (concept, term) in enumerate(terms):
            text = simplified(term.text) if folds else term.text
            folded = squeezed(fold(text), spaced=spaced)
            fixed = is_fixed(term)
            inflects = spaced and concept.inflect != "none"
            forms: list[Forms] = term_forms(folded, fixed=fixed) if inflects else [(folded, _AS_IT_IS)]
            name = spaced and term.text.istitle() and folded.isalpha()
            exact = squeezed(narrow(text), spaced=spaced) if fixed else None
            for root, endings in forms:
                if root:
                    pattern = " " + bare(root) if spaced else root
                    little = fixed and not term.case and folded in _LITTLE
                    candidate = _Candidate(root, endings, exact, order, concept, term, little, name, folded)
                    patterns.setdefault(pattern, []).append(candidate)
        self._candidates = list(patterns.values())
        self._automaton: AhoCorasick | None = None
        if patterns:
            from ahocorasick_rs import AhoCorasick, Implementation

            # The contiguous automaton of a big glossary takes longer to build than it ever saves.
            kind = Implementation.ContiguousNFA
            self._automaton = AhoCorasick(list(patterns), implementation=kind, store_patterns=False)

    def find(self, text: str, *, nested: bool) -> list[TermMatch]:
        """The terms in `text`, leftmost and longest first; with `nested` those inside others too."""
        matches: list[TermMatch] = []
        taken, last = 0, (-1, -1)
        for match, word in self._found(text):
            place = (match.span.start, match.span.end)
            if word or (not nested and place[0] < taken and place != last):
                continue
            taken, last = max(taken, place[1]), place
            if not matches or matches[-1] != match:
                matches.append(match)
        return matches

    def find_inside(self, text: str) -> list[tuple[TermMatch, str]]:
        """The terms that are only part of another word there, with that word."""
        return [(match, word) for match, word in self._found(text) if word]

    def _found(self, text: str) -> Iterator[tuple[TermMatch, str]]:
        """Every term in `text` by place, the longest first, with the other word that the text has there or ""."""
        if self._automaton is None or not text:
            return
        if self._folds:
            text = simplified(text)
        folded, plain = folded_and_narrow(text)
        places = None
        if " " in folded and (not self._spaced or "  " in folded):
            places = runs(folded, SPACES if self._spaced else CHINESE_SPACES)
            folded, plain = cut(folded, places), cut(plain, places)
        found = sorted(self._accepted(folded, plain), key=lambda hit: (hit[0], -hit[1], hit[2].order))
        read = simplified(folded) if found and self._words is not None and self._simplifies else folded
        for start, end, candidate in found:
            word = "" if self._words is None else self._other(read, start, end, candidate)
            span = (
                Span(original(start, places), original(end - 1, places) + 1) if places else Span(start, end)
            )
            yield TermMatch(candidate.concept, candidate.term, span), word

    def _other(self, text: str, start: int, end: int, candidate: _Candidate) -> str:
        """The word that the text has in the place of a concept's term, "" for the term itself."""
        assert self._words is not None
        if text[start].isascii() and text[end - 1].isascii():
            return ""

        def keys() -> frozenset[str]:
            found = self._keys.get(candidate.order)
            if found is None:
                found = self._keys[candidate.order] = _keys(candidate.concept)
            return found

        return self._words().other(text, start, end, keys)

    def _accepted(self, folded: str, plain: str) -> Iterator[tuple[int, int, _Candidate]]:
        """The candidates that keep every rule, as (start, end, candidate)."""
        assert self._automaton is not None
        haystack = folded
        if self._spaced:
            haystack = " " + bare(folded)
        shift = 1 if self._spaced else 0
        try:
            hits = self._automaton.find_matches_as_indexes(haystack, overlapping=True)
        except UnicodeEncodeError:
            # A lone surrogate is in no term, and the automaton takes only text that can be encoded.
            haystack = _SURROGATE.sub("\ufffd", haystack)
            hits = self._automaton.find_matches_as_indexes(haystack, overlapping=True)
        for index, start, end in hits:
            stop = end - shift
            for candidate in self._candidates[index]:
                length = self._length(candidate, folded, plain, start, stop)
                if length:
                    yield start, start + length, candidate

    def _is_verb(self, candidate: _Candidate) -> bool:
        known = self._verbs.get(candidate.order)
        if known is None:
            known = self._verbs[candidate.order] = _is_verb(candidate)
        return known

    def _length(self, candidate: _Candidate, folded: str, plain: str, start: int, stop: int) -> int:
        """How long the term is at `start`, 0 where it is not there after all."""
        root = candidate.root
        if self._spaced and not folded.startswith(root, start):
            return 0
        if candidate.name and plain[start].islower():
            return 0
        if candidate.exact is not None and not same_capitals(candidate.exact, plain[start:stop]):
            return 0
        if not self._spaced:
            return len(root) if _stands_alone(folded, start, stop) else 0
        if not root[-1].isalnum() and candidate.endings == {""}:
            return len(root)
        rest = _WORD_REST.match(folded, stop)
        ending = rest.group() if rest else ""
        if ending not in candidate.endings or folded[stop : stop + 1] == "$":
            return 0
        if candidate.little and _shouted(plain):
            return 0
        if is_verbal(root + ending, candidate.folded) and not self._is_verb(candidate):
            return 0
        after = folded[stop + len(ending) : stop + len(ending) + 2]
        if after[:1] == "'" and after[1:].isalpha() and after[1] != "s":
            return 0
        return len(root) + len(ending)


def _is_verb(candidate: _Candidate) -> bool:
    """Whether the term takes the forms of a verb: as its concept says, else as the dictionary tells; no name does."""
    concept = candidate.concept
    if concept.inflect or candidate.term.text[:1].isupper():
        return concept.inflect == "verb"
    renderings = [term.text for term in concept.terms if is_chinese(term.lang) and term.status in _ACCEPTED]
    return verbs().is_verb(candidate.term.text.lower(), renderings)


def _shouted(plain: str) -> bool:
    """Whether the text is a line of words all in capitals, which tell nothing then."""
    return plain.isupper() and plain.count(" ") >= 3


def _keys(concept: Concept) -> frozenset[str]:
    """The dictionary's keys of what the concept is called in English."""
    return frozenset().union(
        *(translation_keys(term.text) for term in concept.terms if primary(term.lang) == "en")
    )


def _stands_alone(folded: str, start: int, stop: int) -> bool:
    """In Chinese text a term is found anywhere, but a Latin word or number of it not inside a longer one."""
    before, after = folded[start - 1 : start], folded[stop : stop + 1]
    if before.isascii() and before.isalnum() and folded[start].isascii() and folded[start].isalnum():
        return False
    last = folded[stop - 1]
    return not (after.isascii() and after.isalnum() and last.isascii() and last.isalnum())


class Termbase:
    """An immutable set of concepts whose terms can be found in text.

    `words` is the dictionary that tells Chinese terms from other words, None for that of the lexicon.
    """

    def __init__(
        self,
        concepts: Iterable[Concept] = (),
        *,
        source_lang: str = "en",
        target_lang: str = "zh",
        settings: GlossarySettings = GlossarySettings(),  # noqa: B008 - frozen
        words: Words | None = None,
    ) -> None:
        self.concepts: tuple[Concept, ...] = tuple(concepts)
        self.source_lang = source_lang
        self.target_lang = target_lang
        self.settings = settings
        self._words = words
        self._matchers: dict[str, _Matcher] = {}

    def __len__(self) -> int:
        return len(self.concepts)

    def __bool__(self) -> bool:
        return bool(self.concepts)

    def __repr__(self) -> str:
        return f"Termbase({len(self.concepts)} concepts, {self.source_lang}–{self.target_lang})"

    @cached_property
    def digest(self) -> str:
        """A short text that changes when a concept does: what findings made with the termbase depend on."""
        flags = [(one.id, one.terms, one.always, one.first_mention, one.inflect) for one in self.concepts]
        content = repr((flags, self.settings))
        return blake2b(content.encode("utf-8", "backslashreplace"), digest_size=8).hexdigest()

    @cached_property
    def always(self) -> frozenset[str]:
        """The ids of the concepts whose unwelcome renderings are reported in every target."""
        return frozenset(concept.id for concept in self.concepts if concept.always)

    @cached_property
    def introduced(self) -> bool:
        """Whether a concept asks for its original at the first mention."""
        return any(concept.first_mention for concept in self.concepts)

    def find(self, text: str, lang: str, *, nested: bool = False) -> list[TermMatch]:
        """The terms of `lang` in `text`, in order: at each place the longest, and not inside another
        unless `nested`.

        Terms of several concepts with the same text give one match each, with the same span. Terms of every
        status are found, forbidden ones too.
        """
        return self._matcher(lang).find(text, nested=nested)

    def find_inside(self, text: str, lang: str) -> list[tuple[TermMatch, str]]:
        """The Chinese terms that `find` leaves out because the dictionary reads another word there, with that word."""
        return self._matcher(lang).find_inside(text)

    def _matcher(self, lang: str) -> _Matcher:
        matcher = self._matchers.get(lang)
        if matcher is None:
            code = primary(lang)
            tags = {term.lang for concept in self.concepts for term in concept.terms}
            wanted = {tag for tag in tags if primary(tag) == code}
            terms = [(one, term) for one in self.concepts for term in one.terms if term.lang in wanted]
            chinese = is_chinese(lang)
            words: Callable[[], Words] | None = None
            if chinese and self.settings.boundaries:
                given = self._words
                words = dictionary if given is None else lambda: given
            matcher = self._matchers[lang] = _Matcher(
                terms,
                spaced=not chinese,
                folds=chinese and self.settings.fold_scripts,
                traditional=is_traditional(lang),
                words=words,
            )
        return matcher
