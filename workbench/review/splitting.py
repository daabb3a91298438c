"""Cutting a unit in two, joining two into one, and moving a sentence from one to its neighbour."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from workbench.errors import CommandError
from workbench.langs import is_chinese
from workbench.model import State, TranslationUnit
from workbench.review.parts import (
    SIDES,
    Part,
    Side,
    cut,
    fresh_part,
    join,
    part_of,
    put_together,
    sentences,
    with_part,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.segmenter.rules import SegmentationRules

_STATES = list(State)
_TRIED = 8
_CLAUSE_END = re.compile(r"[.!?;:,…][\"'”’)\]]*\s+|[。！？；：，、…][”’」』）】]*|\s+[—–-]\s+|\n+")
_SPACE = re.compile(r"\s+")
# Not inside "3.5" or "COVID-19", not before a mark.
_BETWEEN = re.compile(r"(?<=\w)(?=\w)(?:(?<![A-Za-z0-9])|(?![A-Za-z0-9]))")


def split_unit(
    unit: TranslationUnit, source_at: int, target_at: int
) -> tuple[TranslationUnit, TranslationUnit]:
    """The unit cut at offsets of its source and its target; white space at the cuts goes.

    The first keeps id, notes and version; the second has none of them yet. Both are to be confirmed again. Raises
    CommandError where a cut leaves both sides of a part empty or lies outside the text.
    """
    _require_inside("source", unit.source, source_at)
    _require_inside("target", unit.target, target_at)
    sources = cut(part_of(unit, "source"), source_at, "source")
    targets = cut(part_of(unit, "target"), target_at, "target")
    if any(not source.text and not target.text for source, target in zip(sources, targets, strict=True)):
        raise CommandError("a split must leave some text on both sides of the cut")
    first = with_part(with_part(unit, "source", sources[0]), "target", targets[0])
    return put_together(first), put_together(fresh_part(unit, sources[1], targets[1]))


def merge_units(
    first: TranslationUnit, second: TranslationUnit, *, source_lang: str, target_lang: str
) -> TranslationUnit:
    """One unit of two neighbours under the first one's id, in the less advanced of their states."""
    merged = replace(first, notes=first.notes + second.notes)
    for side, lang in zip(SIDES, (source_lang, target_lang), strict=True):
        merged = with_part(merged, side, join(part_of(first, side), part_of(second, side), lang, side))
    state = min(first.state, second.state, key=_STATES.index)
    return replace(put_together(merged), state=state if merged.source and merged.target else State.INITIAL)


@dataclass(frozen=True, slots=True)
class Move:
    """A sentence that goes over a border: what is left of its unit, the other with it, and itself as a unit.

    `at` is where the side of the giver is cut; `down` = to the start of the taker.
    """

    rest: TranslationUnit
    whole: TranslationUnit
    moved: TranslationUnit
    side: Side
    at: int
    down: bool


def move_sentence(
    giver: TranslationUnit,
    taker: TranslationUnit,
    *,
    side: Side,
    lang: str,
    down: bool,
    rules: SegmentationRules | None = None,
) -> Move:
    """Both units after the sentence at their common border went over: down, the giver's last one to the taker's start.

    Otherwise the giver's first one goes to the taker's end. Raises CommandError where the giver's side is empty.
    """
    part = part_of(giver, side)
    spans = sentences(part, lang, rules)
    if not spans:
        raise CommandError(f"the {side} of unit {giver.position + 1} is empty: there is no sentence to move")
    at = spans[-1].start if down else spans[0].end
    pieces = cut(part, at, side)
    rest, moved = pieces if down else pieces[::-1]
    taken = part_of(taker, side)
    whole = join(moved, taken, lang, side) if down else join(taken, moved, lang, side)
    alone = fresh_part(giver, *((moved, Part()) if side == "source" else (Part(), moved)))
    return Move(
        put_together(with_part(giver, side, rest)),
        put_together(with_part(taker, side, whole)),
        alone,
        side,
        at,
        down,
    )


def places(unit: TranslationUnit, side: Side, lang: str, rules: SegmentationRules | None = None) -> list[int]:
    """Where one side may be cut, in order: between its sentences, after its clauses, or else between its words.

    Chinese without spaces may be cut between any two characters but inside a number or a word of other letters.
    """
    part = part_of(unit, side)
    found = {second.start for _first, second in pairwise(sentences(part, lang, rules))}
    found |= {match.end() for match in _CLAUSE_END.finditer(part.text)}
    usable = sorted(at for at in found if part.text[:at].strip() and part.text[at:].strip())
    usable = usable or [at.end() for at in _SPACE.finditer(part.text) if 0 < at.end() < len(part.text)]
    if usable or not is_chinese(lang):
        return usable
    return [at.start() for at in _BETWEEN.finditer(part.text)]


def likeliest(
    unit: TranslationUnit,
    at: int,
    candidates: Sequence[int],
    *,
    side: Side,
    source_lang: str,
    target_lang: str,
) -> int:
    """The index of the place to cut one side at that goes best with a cut of the other side at `at`.

    Of the places where that cut would stand by the share of the text before it, the aligner says which gives the two
    surest pairs.
    """
    from workbench.pipeline.align import align

    other: Side = "target" if side == "source" else "source"
    text, given = part_of(unit, side).text, part_of(unit, other).text
    wanted = len(text) * at / max(1, len(given))
    near = sorted(range(len(candidates)), key=lambda index: abs(candidates[index] - wanted))[:_TRIED]
    halves = given[:at].strip(), given[at:].strip()
    if len(near) < 2 or not all(halves):
        return near[0]

    def sureness(index: int) -> float:
        pieces = text[: candidates[index]].strip(), text[candidates[index] :].strip()
        left, right = (pieces, halves) if side == "source" else (halves, pieces)
        beads = align(left, right, source_lang=source_lang, target_lang=target_lang, resegment=False).beads
        return sum(bead.score for bead in beads if bead.kind == "1-1")

    return max(near, key=sureness)


def _require_inside(side: str, text: str, at: int) -> None:
    if not 0 <= at <= len(text):
        raise CommandError(f"the cut at {at} is outside the {side}, which has {len(text)} characters")
