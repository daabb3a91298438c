"""Terms of a project with their likely renderings: candidates of the source, associated over units with the target.

Candidates are ranked by C-value (Frantzi, Ananiadou and Mima 2000) and by how surely one rendering goes with them. A
rendering is a run of the target's words that shares units with the candidate (Dice's coefficient, Smadja and others
1996, and Dunning's log-likelihood as evidence), helped by the meanings that the dictionary gives its words.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from workbench.formats.table import guard
from workbench.lexicon import STOP_WORDS, key
from workbench.pipeline.terms_candidates import Candidate, candidates
from workbench.pipeline.terms_words import LOOSE_WORDS
from workbench.termbase.boundaries import Words, dictionary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from workbench.model import TranslationUnit
    from workbench.termbase import Termbase

_HAN_RUN = re.compile("[\u3400-\u9fff·]+|[A-Za-z][A-Za-z0-9.+&-]*|\\d+")
_LONGEST, _TILES = 12, 7
_WEIGHT = 0.75
_LEAST = 0.3
# Loose words that may stand within a rendering.
_LINKS = frozenset("的之与和")
_Offer: TypeAlias = tuple[float, str, int]


@dataclass(frozen=True, slots=True)
class Extracted:
    """A candidate term, its most likely rendering ("" where none goes with it), and what speaks for both."""

    term: str
    rendering: str
    count: int
    units: int
    together: int
    rendering_units: int
    dice: float
    log_likelihood: float
    score: float


def extract_terms(
    units: Sequence[TranslationUnit], *, termbase: Termbase | None = None, top: int = 50, least: int = 2
) -> list[Extracted]:
    """The likeliest terms of English units with Chinese targets, the best first; not those that the termbase has."""
    units = [unit for unit in units if unit.source and unit.target]
    found = candidates([unit.source for unit in units], least=least)
    if termbase is not None:
        found = [one for one in found if not _known(one, termbase)]
    finder = _Renderings([unit.target for unit in units], dictionary())
    offers = [(one, finder.offers(one)) for one in found[: max(200, 6 * top)]]
    offers.sort(key=lambda pair: -pair[1][0][0] if pair[1] else 0.0)
    taken: dict[str, list[frozenset[int]]] = {}
    extracted = []
    for candidate, best in offers:
        stands = frozenset(candidate.units)
        chosen = next((offer for offer in best if not _is_taken(taken.get(offer[1], ()), stands)), None)
        if chosen is not None:
            taken.setdefault(chosen[1], []).append(stands)
        extracted.append(finder.chosen(candidate, chosen))
    ranked = sorted(extracted, key=lambda one: (-one.score, one.term))
    return _apart(ranked)[:top]


def _is_taken(others: Sequence[frozenset[int]], units: frozenset[int]) -> bool:
    """Whether a rendering is that of another candidate which stands in the same units."""
    return any(2 * len(other & units) >= len(units) for other in others)


def _known(candidate: Candidate, termbase: Termbase) -> bool:
    return any(len(match.span) == len(candidate.text) for match in termbase.find(candidate.text, "en"))


def _apart(ranked: list[Extracted]) -> list[Extracted]:
    """Without candidates that are only part of a better one with the same rendering."""
    kept: list[Extracted] = []
    for one in ranked:
        words = f" {one.term.lower()} "
        if not any(
            one.rendering == other.rendering
            and one.rendering
            and (words in f" {other.term.lower()} " or f" {other.term.lower()} " in words)
            for other in kept
        ):
            kept.append(one)
    return kept


class _Renderings:
    """The runs of words of all targets, and which goes with a candidate."""

    def __init__(self, targets: Sequence[str], words: Words) -> None:
        self._targets = targets
        self._words = words
        self._runs: dict[int, frozenset[str]] = {}
        self._counts: dict[str, int] = {}

    def offers(self, candidate: Candidate) -> list[_Offer]:
        """The renderings that may be a candidate's, the best first: score, text, and in how many units together."""
        together: Counter[str] = Counter()
        for unit in candidate.units:
            together.update(self._of(unit))
        wanted = max(1.0, len(candidate.units) / 4)
        keys = frozenset(
            key(word)
            for word in " ".join(candidate.words).replace("-", " ").split()
            if word not in STOP_WORDS
        )
        first = sorted(
            ((self._meaning(run, keys), count, run) for run, count in together.items() if count >= wanted),
            key=lambda one: (-(one[1] / len(candidate.units) + one[0]), -len(one[2]), one[2]),
        )[:60]
        offers: list[_Offer] = []
        joins = "and" in candidate.words or "&" in candidate.words
        for meaning, count, run in first:
            if not joins and ("和" in run or "与" in run) and run not in self._words:
                continue
            if count < 2 and meaning < 0.5:
                continue
            dice = 2 * count / (len(candidate.units) + self._count(run))
            score = dice * (1.0 if meaning == 1.0 else self._fits(run, candidate)) + _WEIGHT * meaning
            if score >= _LEAST:
                offers.append((score, run, count))
        return sorted(offers, key=lambda one: (-one[0], -len(one[1]), one[1]))[:5]

    def chosen(self, candidate: Candidate, offer: _Offer | None) -> Extracted:
        """The candidate with its rendering and the evidence."""
        if offer is None:
            nothing = (0, 0, 0.0, 0.0, 0.2 * candidate.score)
            return Extracted(candidate.text, "", candidate.count, len(candidate.units), *nothing)
        score, run, count = offer
        run = self._extended(run)
        in_units = self._count(run)
        return Extracted(
            candidate.text,
            run,
            candidate.count,
            len(candidate.units),
            count,
            in_units,
            2 * count / (len(candidate.units) + in_units),
            _log_likelihood(count, len(candidate.units), in_units, len(self._targets)),
            candidate.score * (0.2 + min(score, 1.5)),
        )

    def _extended(self, run: str) -> str:
        """The run with the one character that always stands behind it, where that is no loose word: 创意 + 节."""
        places = [(target, target.index(run) + len(run)) for target in self._targets if run in target]
        behind = {target[place : place + 1] for target, place in places}
        char = behind.pop() if len(behind) == 1 and len(places) > 1 else ""
        if not char or not "\u3400" <= char <= "\u9fff" or char in LOOSE_WORDS:
            return run
        tiles = [self._words.tiles(target[place : place + 4]) for target, place in places]
        return run + char if all(cut and cut[0] == char for cut in tiles) else run

    def _fits(self, run: str, candidate: Candidate) -> float:
        """How well the length of a rendering goes with that of a term: two characters a word or a little more."""
        usual = 2.2 * len(candidate.words) + (1.0 if candidate.named else 0.0)
        return math.exp(-(math.log(len(run) / usual) ** 2) / 0.9)

    def _meaning(self, run: str, keys: frozenset[str]) -> float:
        """How much of the term and of the rendering the dictionary knows to be the same, 0 to 1."""
        if not keys:
            return 0.0
        whole = keys & set(self._words.meanings(run))
        if whole == keys:
            return 1.0
        covered: set[str] = set()
        chars = 0
        for word in self._words.tiles(run):
            same = keys & set(self._words.meanings(word))
            if same:
                covered |= same
                chars += len(word)
        return len(covered) / len(keys) * chars / len(run)

    def _of(self, unit: int) -> frozenset[str]:
        """The runs of a unit's target."""
        held = self._runs.get(unit)
        if held is None:
            held = self._runs[unit] = frozenset(self._cut(self._targets[unit]))
        return held

    def _cut(self, target: str) -> Iterable[str]:
        for match in _HAN_RUN.finditer(target):
            text = match.group()
            if text[0].isascii():
                if len(text) > 1 and not text.isdigit():
                    yield text
                continue
            tiles = self._words.tiles(text)
            for start, first in enumerate(tiles):
                if first in LOOSE_WORDS or first == "·":
                    continue
                run = ""
                for last in tiles[start : start + _TILES]:
                    run += last
                    if len(run) > _LONGEST or (last in LOOSE_WORDS and last not in _LINKS):
                        break
                    if len(run) > 1 and last not in LOOSE_WORDS and last != "·":
                        yield run

    def _count(self, run: str) -> int:
        """In how many units a run stands."""
        held = self._counts.get(run)
        if held is None:
            held = self._counts[run] = sum(run in target for target in self._targets)
        return held


def _log_likelihood(both: int, one: int, other: int, total: int) -> float:
    """Dunning's log-likelihood ratio of two things that stand together in `both` of `total` units (1993)."""
    table = (both, one - both, other - both, total - one - other + both)
    sides = (one, total - one, other, total - other)
    score = sum(count * math.log(count) for count in (*table, total) if count > 0)
    return max(0.0, 2 * (score - sum(side * math.log(side) for side in sides if side > 0)))


def _text(found: Sequence[Extracted]) -> str:
    return "".join(
        f"{one.term}\t{one.rendering or '?'}\t{one.count} times in {one.units} units, "
        f"rendering in {one.together} of them and {one.rendering_units} in all\n"
        for one in found
    )


def _yaml(found: Sequence[Extracted]) -> str:
    from workbench.termbase.writing import scalar

    lines = []
    for one in found:
        evidence = f"{one.count} times in {one.units} units; together in {one.together}, Dice {one.dice:.2f}"
        head = "" if one.rendering else "# "
        lines.append(
            f"{head}{scalar(one.term)}: {scalar(one.rendering) if one.rendering else ''}  # {evidence}\n"
        )
    return "".join(lines)


def _jsonl(found: Sequence[Extracted]) -> str:
    fields = list(Extracted.__slots__)
    return "".join(
        json.dumps({name: _rounded(getattr(one, name)) for name in fields}, ensure_ascii=False) + "\n"
        for one in found
    )


def _csv(found: Sequence[Extracted]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    fields = list(Extracted.__slots__)
    writer.writerow(["source", "target", *fields[2:]])
    for one in found:
        cells = [_rounded(getattr(one, name)) for name in fields]
        writer.writerow([guard(cell) if isinstance(cell, str) else cell for cell in cells])
    return out.getvalue()


def _rounded(value: object) -> object:
    return round(value, 3) if isinstance(value, float) else value


RENDERERS: dict[str, Callable[[Sequence[Extracted]], str]] = {
    "text": _text,
    "csv": _csv,
    "yaml": _yaml,
    "jsonl": _jsonl,
}
