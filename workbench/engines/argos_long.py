"""Segments that are longer than a model can take: cut where a clause ends, and what became of the pieces joined."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench import langs
from workbench.engines.base import Proposal, Request, TermRequest
from workbench.model import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# Where to cut, the best place first: behind a sentence, a clause, a word; else anywhere.
_PLACES = (
    re.compile(r"[.!?…][\"'”’)\]]*\s+|[。！？][”’」』）]*\s*"),
    re.compile(r"[;:]\s+|[；：]\s*|\s[–—-]\s"),
    re.compile(r",\s+|[，、]\s*"),
    re.compile(r"\s+"),
)
_COMMAS = ",;:，、；："
_LEAST_SHARE = 0.25
_SENTENCE_END = re.compile(r"[.!?。！？…][\"'”’」』）)\]]*\s*\Z")


def pieces_of(request: Request, fits: Callable[[str], bool]) -> list[Request]:
    """The request cut until every piece fits, each with the terms that lie within it; itself where it fits."""
    if len(request.text) < 2 or fits(request.text):
        return [request]
    return [piece for half in halves(request) for piece in pieces_of(half, fits)]


def halves(request: Request) -> list[Request]:
    """The request cut in two at the best place near its middle, never within a term where another place is left."""
    text = request.text
    inside = [term.span for term in request.terms]
    middle, room = len(text) / 2, len(text) * (0.5 - _LEAST_SHARE)
    for place in _PLACES:
        ends = [match.end() for match in place.finditer(text)]
        near = [
            end
            for end in ends
            if abs(end - middle) <= room and not any(span.start < end < span.end for span in inside)
        ]
        if near:
            return _cut(request, min(near, key=lambda end: abs(end - middle)))
    return _cut(request, len(text) // 2)


def _cut(request: Request, at: int) -> list[Request]:
    text, pieces = request.text, []
    for start, end in ((0, at), (at, len(text))):
        terms = tuple(
            TermRequest(Span(term.span.start - start, term.span.end - start), term.renderings)
            for term in request.terms
            if start <= term.span.start and term.span.end <= end
        )
        pieces.append(Request(text[start:end], terms))
    return pieces


def joined(
    pieces: Sequence[Request], found: Sequence[Sequence[Proposal]], target_lang: str
) -> tuple[Proposal, ...]:
    """The proposals of the pieces as proposals of the whole: the best of all, the second best of all, and so on."""
    out: dict[str, Proposal] = {}
    for rank in range(max(len(some) for some in found)):
        chosen = [some[min(rank, len(some) - 1)] for some in found]
        text = _text(pieces, [one.text for one in chosen], target_lang)
        scores = [one.score for one in chosen if one.score is not None]
        out.setdefault(text, Proposal(text, sum(scores) / len(scores) if scores else None))
    return tuple(out.values())


def _text(pieces: Sequence[Request], texts: Sequence[str], target_lang: str) -> str:
    apart, comma = ("", "，") if langs.is_chinese(target_lang) else (" ", ",")
    made = []
    for number, (piece, text) in enumerate(zip(pieces, texts, strict=True), 1):
        said = text.strip()
        # A model ends whatever it is given as a sentence; here the sentence goes on.
        if number < len(pieces) and said and not _SENTENCE_END.search(piece.text):
            said = said.rstrip("。.")
            if piece.text.rstrip()[-1:] in _COMMAS and said[-1:] not in _COMMAS:
                said += comma
        if said:
            made.append(said)
    return apart.join(made)
