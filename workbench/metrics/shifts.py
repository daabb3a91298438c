"""The search of TER: the fewest insertions, deletions, substitutions and shifts, found greedily as Tercom does.

The rules are those of Snover et al., "A Study of Translation Edit Rate with Targeted Human Annotation" (AMTA 2006)
with the limits that sacrebleu took from Tercom or added: a shift moves at most 10 tokens, between places at most 50
apart; the edit distance looks at most 25 cells to either side of the diagonal; the search ends, without making the
last shift, once 1000 candidates were counted. The numbers are the same; the work is not:

- Candidates are counted before any is measured, so a search that ends at the limit measures none of its last round.
- Levenshtein's distance without a band is a lower bound of the one with it and costs a microsecond in rapidfuzz:
  candidates are tried in the order of what they could gain at best, which mostly makes the first one the winner.
- The distance with the band is computed bit-parallel (`banded.py`), from the first token that a shift changed.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from workbench.metrics.banded import BEAM, Table
from workbench.metrics.base import DeadlineError

if TYPE_CHECKING:
    from collections.abc import Sequence

Token: TypeAlias = str | int

LONGEST_SHIFT = 10
FARTHEST_SHIFT = 50
MOST_CANDIDATES = 1000


def count_edits(
    hypothesis: Sequence[Token], reference: Sequence[Token], *, until: float | None = None
) -> int:
    """How many edits and shifts turn the hypothesis's tokens into the reference's.

    `until` is a time of `time.monotonic()` after which DeadlineError is raised.
    """
    if not hypothesis or not reference or hypothesis == reference:
        return 0 if hypothesis == reference else max(len(hypothesis), len(reference))
    if len(reference) > 2 * BEAM * len(hypothesis):
        from sacrebleu.metrics.lib_ter import translation_edit_rate

        return int(translation_edit_rate(list(map(str, hypothesis)), list(map(str, reference)))[0])
    codes: dict[Token, str] = {}
    for token in (*hypothesis, *reference):
        if token not in codes:
            codes[token] = chr(len(codes))
    table = Table("".join(map(codes.__getitem__, reference)), len(hypothesis))
    words = "".join(map(codes.__getitem__, hypothesis))
    distance = table.fill(words)
    shifts = counted = 0
    while distance:
        shift, counted = _best_shift(table, words, distance, counted, until)
        if shift is None:
            break
        shifts += 1
        words = shift.words
        distance = table.fill(words, *_changed(shift.start, -shift.minus_length, shift.goal))
    return shifts + distance


class _Shift(NamedTuple):
    """A candidate in the order of preference: least distance, then longest, then earliest start and goal."""

    distance: int
    minus_length: int
    start: int
    goal: int
    words: str


def _best_shift(
    table: Table, words: str, distance: int, counted: int, until: float | None
) -> tuple[_Shift | None, int]:
    """The shift that gains most, None where none gains or the limit of candidates is reached; and their count."""
    from rapidfuzz.distance import Levenshtein

    if until is not None and time.monotonic() > until:
        raise DeadlineError
    moves, counted = _moves(table, words, counted)
    if counted >= MOST_CANDIDATES or not moves:
        return None, counted
    measure, reference = Levenshtein.distance, table.reference
    unbanded = measure(words, reference)
    best: _Shift | None = None
    for length in range(LONGEST_SHIFT, 0, -1):
        if best is not None and unbanded - 2 * length >= best.distance:
            break
        cutoff = best.distance if best is not None else distance - 1
        hopeful: list[_Shift] = []
        for start, goal in moves.get(length, ()):
            if until is not None and time.monotonic() > until:
                raise DeadlineError
            shifted = _shifted(words, start, length, goal)
            bound = measure(shifted, reference, score_cutoff=cutoff)
            if bound <= cutoff:
                hopeful.append(_Shift(bound, -length, start, goal, shifted))
        hopeful.sort()
        for shift in hopeful:
            if best is not None and best[:4] < shift[:4]:
                break
            exact = shift.distance
            if not table.unbanded(exact):
                exact = table.measure(shift.words, *_changed(shift.start, length, shift.goal))
            if exact < distance and (best is None or (exact, *shift[1:4]) < best[:4]):
                best = shift._replace(distance=exact)
    return best, counted


def _changed(start: int, length: int, goal: int) -> tuple[int, int]:
    """The first place and the end of what a shift changes."""
    return min(start, goal), max(start + length, goal, goal + length if goal >= start else 0)


def _shifted(words: str, start: int, length: int, goal: int) -> str:
    """The words with `length` of them moved from `start` to before `goal`; a goal inside them counts from their start
    in what is left, as in Tercom.
    """
    end = start + length
    if goal < start:
        return words[:goal] + words[start:end] + words[goal:start] + words[end:]
    if goal > end:
        return words[:start] + words[end:goal] + words[start:end] + words[goal:]
    return words[:start] + words[end : length + goal] + words[start:end] + words[length + goal :]


def _moves(table: Table, words: str, counted: int) -> tuple[dict[int, dict[tuple[int, int], None]], int]:
    """The distinct candidates (start, goal) by length; and how many were counted, equal ones each time they come up.

    A candidate is a run of words that the reference has too, with an error in it on either side; its goals are the
    places after the word aligned with the one before the reference's run, and after those aligned with the run.
    """
    align, hypothesis_errors, reference_errors = table.alignment(words)
    reference, positions = table.reference, table.positions
    until_wrong, until_missed = _until_error(hypothesis_errors), _until_error(reference_errors)
    size, reference_size = len(words), len(reference)
    found: dict[int, dict[tuple[int, int], None]] = {run: {} for run in range(1, LONGEST_SHIFT + 1)}
    for start, word in enumerate(words):
        wrong = until_wrong[start]
        if wrong >= LONGEST_SHIFT or word not in positions:
            continue
        for place in positions[word]:
            if place < start - FARTHEST_SHIFT:
                continue
            if place > start + FARTHEST_SHIFT:
                break
            least = until_missed[place]
            if least < wrong:
                least = wrong
            aligned = align[place] - start
            most = aligned if 0 <= aligned < LONGEST_SHIFT else LONGEST_SHIFT
            if (
                least >= most
                or words[start + least : start + least + 1] != reference[place + least : place + least + 1]
            ):
                continue
            most = min(most, size - start, reference_size - place)
            goals = [align[place - 1] + 1 if place else 0]
            for run in range(1, most + 1):
                if words[start + run - 1] != reference[place + run - 1]:
                    break
                goal = align[place + run - 1] + 1
                if goal != goals[-1]:
                    goals.append(goal)
                if run > least:
                    counted += len(goals)
                    for goal in goals:
                        found[run][start, goal] = None
            if counted >= MOST_CANDIDATES:
                return {}, counted
    return found, counted


def _until_error(errors: Sequence[int]) -> list[int]:
    """For each position how many right ones come before the next error (a large number where none does)."""
    until = len(errors) + LONGEST_SHIFT
    found = []
    for error in reversed(errors):
        until = 0 if error else until + 1
        found.append(until)
    found.reverse()
    return found
