"""A memory of reviewed units, held in the process: units are put in and taken out, and found by their sources."""

from __future__ import annotations

from array import array
from datetime import UTC, datetime
from itertools import count
from threading import RLock
from typing import TYPE_CHECKING, NamedTuple

from workbench.memory import similarity
from workbench.memory.base import Match

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_NEVER = datetime.min.replace(tzinfo=UTC)
_UNKNOWN = "\x00"
"""Stands for every token that no source of the memory has: it equals none of theirs."""
_FIRST_CODE, _SURROGATES, _LAST_CODE = 1, range(0xD800, 0xE000), 0x10FFFF
_BATCH = 200
_OCCURRENCE = 1 << 21
"""The nth occurrence of a token in a source is counted under the token's code and n times this."""

Place = tuple[str, str]
"""Where a unit stands: the id of its document, its own id."""


class Reviewed(NamedTuple):
    """A unit with what a match tells of it; `before` and `after` are the sources of its neighbours, "" at an end."""

    document: str
    unit_id: str
    source: str
    target: str
    author: str = ""
    at: datetime | None = None
    before: str = ""
    after: str = ""


class _Source:
    """One source text, folded and as tokens, and the units that have it."""

    __slots__ = ("_newest", "code", "form", "length", "text", "units")

    def __init__(self, text: str, folded: str, code: str) -> None:
        self.text, self.form, self.code = text, folded, code
        self.length = len(code)
        self.units: dict[Place, Reviewed] = {}
        self._newest: list[Reviewed] | None = None

    def put(self, place: Place, unit: Reviewed | None) -> None:
        """Hold a unit under its place, or no longer."""
        if unit is None:
            self.units.pop(place, None)
        else:
            self.units[place] = unit
        self._newest = None

    @property
    def newest(self) -> list[Reviewed]:
        """The units, the one reviewed last first."""
        if self._newest is None:
            self._newest = sorted(self.units.values(), key=lambda unit: unit.at or _NEVER, reverse=True)
        return self._newest


class _Wanted:
    """A source that is looked for: its folded form, its shape, its tokens as codes."""

    __slots__ = ("code", "form", "least", "shape", "text", "threshold")

    def __init__(self, codes: Mapping[str, str], text: str, threshold: float) -> None:
        self.text, self.threshold = text, threshold
        self.form = similarity.form(text)
        self.shape = similarity.shape(self.form)
        self.code = "".join(codes.get(piece, _UNKNOWN) for piece in similarity.pieces(self.shape))
        self.least = similarity.least_token_score(threshold)


class UnitMemory:
    """Reviewed units found by their sources; may be used from any thread.

    A source is compared only with those that share enough tokens with it to reach the threshold at all: what is found
    is what comparing it with every source would find. Sources are numbered as they come and keep their number.
    """

    def __init__(self) -> None:
        self._lock = RLock()
        self._sources: list[_Source] = []
        self._numbers: dict[str, int] = {}
        self._at: dict[Place, _Source] = {}
        self._codes: dict[str, str] = {}
        self._fresh_codes = (code for code in count(_FIRST_CODE) if code not in _SURROGATES)
        self._having: dict[int, array[int]] = {}
        self._lengths = array("i")

    def __len__(self) -> int:
        """How many units there are."""
        return len(self._at)

    def put(self, unit: Reviewed) -> None:
        """Take a unit in, in place of what was known of it."""
        place = (unit.document, unit.unit_id)
        with self._lock:
            held = self._at.get(place)
            if held is not None and held.text != unit.source:
                self._withdraw(place)
            source = self._source(unit.source)
            source.put(place, unit)
            self._at[place] = source

    def drop(self, document: str, unit_id: str) -> None:
        """Forget a unit, if it is known."""
        with self._lock:
            self._withdraw((document, unit_id))

    def places(self, document: str) -> set[str]:
        """The ids of the units of a document."""
        with self._lock:
            return {unit_id for name, unit_id in self._at if name == document}

    def find(
        self,
        source: str,
        limit: int = 5,
        threshold: float = 70.0,
        *,
        before: str = "",
        after: str = "",
        but: Place | None = None,
    ) -> list[Match]:
        """At most `limit` matches of at least `threshold` percent with different targets, the best and newest first.

        `before` and `after` are the sources around, for a match of 101 percent; the unit at `but` is left out.
        """
        if limit < 1 or not source.strip():
            return []
        context = (before, after) if before or after else None
        found: dict[str, Match] = {}
        with self._lock:
            kept = 0.0
            for best_possible, batch in self._near(wanted := _Wanted(self._codes, source, threshold)):
                if len(found) >= limit:
                    kept = sorted((match.percent for match in found.values()), reverse=True)[limit - 1]
                    if best_possible < kept:
                        break
                for percent, held in _scored(wanted, batch):
                    if percent < kept:
                        continue
                    for match in _matches(
                        held, percent, but, context if percent == similarity.EXACT else None
                    ):
                        best = found.get(match.target)
                        if best is None or _order(match) < _order(best):
                            found[match.target] = match
        return sorted(found.values(), key=_order)[:limit]

    # Within

    def _near(self, wanted: _Wanted) -> Iterator[tuple[float, list[_Source]]]:
        """Batches of sources that share tokens enough, the likeliest first, each with the most that it can reach."""
        import numpy as np

        having = [self._having[key] for key in _keys(wanted.code) if key in self._having]
        if not having:
            return
        shared = np.bincount(
            np.concatenate([np.frombuffer(one, dtype=np.int32) for one in having]),
            minlength=len(self._sources),
        )
        # Of max(n, m) tokens as many as are not shared must be changed.
        longest = np.maximum(np.frombuffer(self._lengths, dtype=np.int32), len(wanted.code))
        enough = np.flatnonzero((shared > 0) & (shared >= wanted.least * longest - 1e-6))
        share = shared[enough] / longest[enough]
        likeliest = np.argsort(-share, kind="stable")
        numbers, shares = enough[likeliest].tolist(), share[likeliest].tolist()
        held = self._sources
        for start in range(0, len(numbers), _BATCH):
            batch = [held[number] for number in numbers[start : start + _BATCH]]
            most = shares[start]
            best_possible = similarity.CONTEXT if most > 1 - 1e-6 else similarity.fuzzy(most, 1.0)
            yield best_possible, [one for one in batch if one.units]

    def _source(self, text: str) -> _Source:
        number = self._numbers.get(text)
        if number is not None:
            return self._sources[number]
        folded = similarity.form(text)
        code = "".join(map(self._code, similarity.pieces(similarity.shape(folded))))
        source = _Source(text, folded, code)
        number = self._numbers[text] = len(self._sources)
        self._sources.append(source)
        self._lengths.append(len(code))
        having = self._having
        for key in _keys(code):
            if (numbers := having.get(key)) is None:
                numbers = having[key] = array("i")
            numbers.append(number)
        return source

    def _code(self, token: str) -> str:
        code = self._codes.get(token)
        if code is None:
            # Beyond Unicode's last code point tokens are no longer told apart; no language has as many words.
            code = self._codes[token] = chr(min(next(self._fresh_codes), _LAST_CODE))
        return code

    def _withdraw(self, place: Place) -> None:
        held = self._at.pop(place, None)
        if held is not None:
            held.put(place, None)


def _keys(code: str) -> Iterator[int]:
    """Every token of a coded source, one that occurs again told from the first time."""
    seen: dict[str, int] = {}
    for one in code:
        times = seen.get(one, 0)
        seen[one] = times + 1
        yield ord(one) + times * _OCCURRENCE


def _scored(wanted: _Wanted, batch: Sequence[_Source]) -> Iterator[tuple[float, _Source]]:
    """Those of the sources that reach the threshold, with their percentages."""
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    scorer = Levenshtein.normalized_similarity
    codes = [one.code for one in batch]
    by_tokens = process.cdist([wanted.code], codes, scorer=scorer, score_cutoff=wanted.least)[0].tolist()
    # A score below the cutoff is given as 0.
    near = [pair for pair in zip(batch, by_tokens, strict=True) if pair[1] or not wanted.least]
    forms = [one.form for one, _score in near]
    by_characters = process.cdist([wanted.form], forms, scorer=scorer)[0].tolist() if forms else []
    for (one, token_score), character_score in zip(near, by_characters, strict=True):
        if one.text == wanted.text:
            percent = similarity.EXACT
        elif one.form == wanted.form:
            percent = similarity.FORM
        elif token_score == 1.0 and similarity.shape(one.form) == wanted.shape:
            percent = similarity.VALUES
        else:
            percent = similarity.fuzzy(token_score, character_score)
        if percent >= wanted.threshold:
            yield percent, one


def _matches(
    held: _Source, percent: float, but: Place | None, context: tuple[str, str] | None
) -> Iterator[Match]:
    """A match for each target of the source, of the unit reviewed last; first those in the same context."""
    seen: set[str] = set()
    units: Sequence[Reviewed] = held.newest
    if context is not None:
        agreeing = [unit for unit in units if (unit.before, unit.after) == context]
        for unit in agreeing:
            if unit.target not in seen and (unit.document, unit.unit_id) != but:
                seen.add(unit.target)
                yield _match(unit, similarity.CONTEXT)
    for unit in units:
        if unit.target not in seen and (unit.document, unit.unit_id) != but:
            seen.add(unit.target)
            yield _match(unit, percent)


def _match(unit: Reviewed, percent: float) -> Match:
    return Match(unit.source, unit.target, percent, unit.unit_id, unit.document, unit.author, unit.at)


def _order(match: Match) -> tuple[float, float]:
    """The best first, among equals the newest."""
    return -match.percent, -(match.at or _NEVER).timestamp()
