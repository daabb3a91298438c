"""What may be meant by the letters typed last: renderings of the source's terms, words of draft and matches."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from workbench.model import TermStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workbench.termbase import TermMatch

KINDS = ("term", "source", "draft", "match")
"""Where a phrase may come from, the surest first."""

_ACCEPTED = (TermStatus.PREFERRED, TermStatus.ADMITTED)
_CLAUSE = re.compile(r"[^，。、；：？！,.;:?!“”‘’「」『』（）()《》【】\s…—]+")
_NAME = re.compile(r"(?<![\w@/.])[A-Za-z][\w+#'’-]*(?:\.[A-Za-z]\w+)*")
_LONGEST_CLAUSE = 16
_LATIN_AT_LEAST = 2


@dataclass(frozen=True, slots=True)
class Phrase:
    """Something that may be typed in full, and where it comes from."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A phrase of which the last `typed` characters before the caret are the beginning."""

    phrase: Phrase
    typed: int

    @property
    def rest(self) -> str:
        """What is still to be typed."""
        return self.phrase.text[self.typed :]


def term_phrases(terms: Sequence[TermMatch], target_lang: str) -> tuple[Phrase, ...]:
    """The accepted renderings of the terms found in the source, in its order, the preferred one of each first."""
    texts = (
        term.text
        for status in _ACCEPTED
        for match in terms
        for term in match.concept.in_lang(target_lang, status)
    )
    kept = (
        match.term.text
        for match in terms
        if not match.concept.in_lang(target_lang, *_ACCEPTED)  # to be kept as it is
    )
    return tuple(Phrase(text, "term") for text in dict.fromkeys((*texts, *kept)))


def text_phrases(text: str, kind: str) -> tuple[Phrase, ...]:
    """The words of a Chinese text, Latin names in it, and from each word on what is left of its clause."""
    from workbench.tui.words import word_starts

    words: list[str] = []
    clauses: list[str] = []
    for match in _CLAUSE.finditer(text):
        clause = match.group()
        starts = (*word_starts(clause), len(clause))
        for start, end in pairwise(starts):
            words.append(clause[start:end].strip())
            if end < len(clause) and len(clause) - start <= _LONGEST_CLAUSE:
                clauses.append(clause[start:])
    return tuple(Phrase(one, kind) for one in dict.fromkeys((*words, *clauses)) if len(one) > 1)


def source_phrases(source: str) -> tuple[Phrase, ...]:
    """Names and codes of the source that a translation keeps: words with a capital or a digit within them."""
    words = (match.group().removesuffix("'s").removesuffix("’s") for match in _NAME.finditer(source))
    kept = (word for word in words if len(word) > 2 and (word[1:] != word[1:].lower() or word[0].isupper()))
    return tuple(Phrase(word, "source") for word in dict.fromkeys(kept))


def offers(phrases: Iterable[Phrase], before: str, after: str) -> tuple[Offer, ...]:
    """What may be meant at a caret, the likeliest first: the longer the part that was typed, the surer the kind.

    A phrase that stands there in full already is not offered.
    """
    found: dict[str, tuple[tuple[int, int, int], Offer]] = {}
    tail = before[-24:]
    for number, phrase in enumerate(phrases):
        typed = _typed(phrase.text, tail)
        if not typed:
            continue
        offer = Offer(phrase, typed)
        if after.startswith(offer.rest):
            continue
        rank = (-typed, KINDS.index(phrase.kind), number)
        if phrase.text not in found or rank < found[phrase.text][0]:
            found[phrase.text] = (rank, offer)
    return tuple(offer for _, offer in sorted(found.values(), key=lambda one: one[0]))


def missing(phrases: Iterable[Phrase], text: str) -> tuple[Offer, ...]:
    """The renderings of terms that the text does not have yet."""
    return tuple(Offer(one, 0) for one in phrases if one.kind == "term" and one.text not in text)


def _typed(phrase: str, tail: str) -> int:
    """How many of its first characters stand at the end of the tail; 0 where that is too few to say anything."""
    folded, end = phrase.casefold(), tail.casefold()
    if len(folded) != len(phrase) or len(end) != len(tail):
        folded, end = phrase, tail
    for count in range(min(len(phrase) - 1, len(tail)), 0, -1):
        if not end.endswith(folded[:count]):
            continue
        if phrase[0].isascii():
            inside = tail[-count - 1 : -count]
            if count < _LATIN_AT_LEAST or (inside.isascii() and inside.isalnum()):
                return 0
        return count
    return 0
