"""Terms kept in the drafts of an Argos model: the rendering asked for is put where the model attends to the term.

Around the pieces that attend most to the term in the source, each short run of characters is tried as the old rendering
and replaced; besides, the draft is cut there and the model goes on from the rendering (prefix-constrained decoding). Of
all these the one wins that the model finds likeliest as a whole, less what it still attends to the term outside of the
rendering (the old one is still there), and less what of the source it no longer attends to (something was lost). Where
all are too long for the old rendering to be gone the draft stays as it was, and the term is told to be lost.
docs/drafts.md compares this with re-ranking and with placeholders.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from workbench.engines.argos_decode import Decoder
    from workbench.engines.base import Request, TermRequest

ALTERNATIVES = 8
_PLACES = 3
_OLD_LENGTH = 6
_CANDIDATES = 40
_AGAIN_COST = 0.8
_LOSS_COST = 0.8


@dataclass(frozen=True, slots=True)
class Draft:
    """A text on its way, and what the model makes of the whole: its log probability a piece."""

    text: str
    score: float


def kept(text: str, terms: Sequence[TermRequest]) -> list[TermRequest]:
    """The terms that a text renders as asked."""
    folded = text.casefold()
    return [term for term in terms if any(one.casefold() in folded for one in term.renderings)]


def best_of(drafts: Sequence[Draft], terms: Sequence[TermRequest]) -> Draft:
    """The first draft among those that keep most terms."""
    return max(drafts, key=lambda one: len(kept(one.text, terms)))


def forced(decoder: Decoder, requests: Sequence[Request], drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with their missing terms forced in where that keeps more of them. Raises EngineError."""
    out = list(drafts)
    longest = max((len(request.terms) for request in requests), default=0)
    tried: set[tuple[int, int]] = set()
    for _ in range(longest):
        work = []
        for number, (request, draft) in enumerate(zip(requests, out, strict=True)):
            have = kept(draft.text, request.terms)
            missing = [
                term for term in request.terms if term not in have and (number, term.span.start) not in tried
            ]
            if missing:
                tried.add((number, missing[0].span.start))
                work.append((number, missing[0]))
        if not work:
            break
        found = _force_one(decoder, [(requests[number], out[number], term) for number, term in work])
        for (number, term), candidates in zip(work, found, strict=True):
            terms = requests[number].terms
            better = [
                one
                for one in candidates
                if len(kept(one.text, terms)) > len(kept(out[number].text, terms))
                and is_sane(out[number].text, one.text, term.renderings[0])
            ]
            if better:
                out[number] = max(better, key=lambda one: (len(kept(one.text, terms)), one.score))
    return out


def is_sane(draft: str, text: str, rendering: str) -> bool:
    """Whether a text with a forced rendering is no longer than if the rendering had taken the old one's place.

    Where it grew by nearly all of a Chinese rendering the old one still stands, or the model went on from the new one
    with what does not belong there. A name may take the place of nothing: models lose names.
    """
    spare = 1 if rendering.isascii() else -2
    return len(text) - len(draft) <= len(rendering) + spare


def _force_one(decoder: Decoder, work: Sequence[tuple[Request, Draft, TermRequest]]) -> list[list[Draft]]:
    """For each draft, what comes of putting the preferred rendering of one term at its likeliest places."""
    encode = decoder.tokenizer.encode
    sources = [encode(request.text) for request, _, _ in work]
    targets = [encode(draft.text) for _, draft, _ in work]
    attention = decoder.attention(sources, targets)
    decode = decoder.tokenizer.decode
    owners: list[int] = []
    starts: list[str] = []
    out: list[list[str]] = [[] for _ in work]
    for number, (request, draft, term) in enumerate(work):
        weights = _weights(request.text, sources[number], term, attention[number])
        target = targets[number]
        places = sorted(range(len(weights)), key=lambda one: -weights[one])[:_PLACES] or [0]
        for at in places:
            owners.append(number)
            starts.append(_joined(decode(target[:at]).removeprefix(" "), term.renderings[0]))
        out[number] += _replaced(
            draft.text, [_range(decode, target, at) for at in places], term.renderings[0]
        )
    prefixes = [encode(start) for start in starts]
    results = decoder.decode([sources[owner] for owner in owners], prefixes=prefixes, beam=2)
    for owner, start, prefix, result in zip(owners, starts, prefixes, results, strict=True):
        out[owner].append(_joined(start, decode(result[0].pieces[len(prefix) :]).removeprefix(" ")))
    return _scored(decoder, sources, work, out, attention)


def _scored(
    decoder: Decoder,
    sources: Sequence[list[str]],
    work: Sequence[tuple[Request, Draft, TermRequest]],
    found: Sequence[Sequence[str]],
    before: Sequence[Sequence[Sequence[float]]],
) -> list[list[Draft]]:
    """The texts as drafts with the model's score of the whole, less what was said again and what was lost."""
    rows = [(number, text) for number, some in enumerate(found) for text in dict.fromkeys(some)]
    pieces = [decoder.tokenizer.encode(text) for _, text in rows]
    origins = [sources[number] for number, _ in rows]
    scores = decoder.score(origins, pieces)
    attention = decoder.attention(origins, pieces)
    out: list[list[Draft]] = [[] for _ in work]
    for (number, text), own, score, looks in zip(rows, pieces, scores, attention, strict=True):
        request, _, term = work[number]
        begin = text.find(term.renderings[0])
        weights = _weights(request.text, sources[number], term, looks)
        inside = set(_pieces_at(text, own, begin, begin + len(term.renderings[0])))
        again = sum(weight for at, weight in enumerate(weights) if at not in inside)
        term_at = set(_pieces_at(request.text, sources[number], term.span.start, term.span.end))
        lost = sum(
            max(0.0, min(1.0, sum(old)) - min(1.0, sum(new)))
            for at, (old, new) in enumerate(
                zip(zip(*before[number], strict=True), zip(*looks, strict=True), strict=True)
            )
            if at not in term_at
        )
        out[number].append(Draft(text, score - _AGAIN_COST * again - _LOSS_COST * lost))
    return out


def _range(decode: Callable[[list[str]], str], target: list[str], at: int) -> tuple[int, int]:
    """Where in the text the piece stands that has that index."""
    return len(decode(target[:at]).removeprefix(" ")), len(decode(target[: at + 1]).removeprefix(" "))


def _replaced(text: str, ranges: Sequence[tuple[int, int]], rendering: str) -> list[str]:
    """The text with each run of characters that begins in a range replaced, the likeliest range first."""
    return [
        _joined(_joined(text[:begin], rendering), text[end:])
        for start, stop in ranges
        for begin in range(start, max(stop, start + 1))
        for end in range(begin + 1, min(len(text), begin + _OLD_LENGTH) + 1)
    ][:_CANDIDATES]


def _weights(
    text: str, pieces: Sequence[str], term: TermRequest, attention: Sequence[Sequence[float]]
) -> list[float]:
    """How much each target piece attends to a term of the source."""
    own = _pieces_at(text, pieces, term.span.start, term.span.end)
    return [sum(row[at] for at in own if at < len(row)) for row in attention]


def _joined(head: str, tail: str) -> str:
    """Two texts as one, a space between where Latin letters or digits would meet."""
    apart = all(one.isascii() and one.isalnum() for one in (head[-1:], tail[:1]))
    return f"{head} {tail}" if head and tail and apart else head + tail


def _pieces_at(text: str, pieces: Sequence[str], start: int, end: int) -> list[int]:
    """The indices of the pieces that cover a span; pieces that a tokenizer normalised are counted by their length."""
    found, cursor = [], 0
    for number, piece in enumerate(pieces):
        bare = piece.replace("▁", "").casefold()
        at = text.casefold().find(bare, cursor) if bare else cursor
        begin = at if 0 <= at <= cursor + 2 else cursor
        cursor = begin + len(bare)
        if bare and begin < end and cursor > start:
            found.append(number)
    return found
