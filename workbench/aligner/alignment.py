"""The verb of the family: from two lists of segments to beads with scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.langs import is_chinese, primary
from workbench.model import Bead

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from workbench.aligner.evidence import Evidence
    from workbench.aligner.fixed import Step


def align(
    source: Sequence[str],
    target: Sequence[str],
    *,
    source_lang: str = "en",
    target_lang: str = "zh",
    source_breaks: Sequence[int] = (),
    target_breaks: Sequence[int] = (),
    fixed: Sequence[Bead] = (),
    at_section: Callable[[int], None] | None = None,
) -> list[Bead]:
    """Beads that cover both sides once, in order, each with the chance that it is right.

    Breaks are the indices of segments that start a paragraph; none means that nothing is known about paragraphs.
    Beads that are `fixed` are kept, with a score of 1, and what lies between them is aligned knowing that; where the
    empty side of one is said to stand means nothing. Raises UsageError where they overlap, are out of order or out of
    range. `at_section` is called before each section of a long document, with how many segments are done; what it
    raises ends the work.
    """
    if fixed:
        from workbench.aligner.fixed import check

        check(fixed, len(source), len(target))
    if not fixed and source and list(source) == list(target):
        return [Bead(range(at, at + 1), range(at, at + 1), 1.0) for at in range(len(source))]
    if not source or not target:
        return _alone(len(source), len(target), fixed)
    from workbench.aligner.core import best_path
    from workbench.aligner.fixed import step_of

    evidence, swapped = evidence_of(source, target, source_lang=source_lang, target_lang=target_lang)
    x_breaks, y_breaks = (target_breaks, source_breaks) if swapped else (source_breaks, target_breaks)
    known = bool(x_breaks) and bool(y_breaks)
    steps = best_path(
        evidence,
        x_breaks=x_breaks if known else (),
        y_breaks=y_breaks if known else (),
        fixed=[step_of(bead, swapped=swapped) for bead in fixed],
        at_section=at_section,
    )
    return [bead_of(step, swapped=swapped) for step in steps]


def evidence_of(
    source: Sequence[str], target: Sequence[str], *, source_lang: str, target_lang: str
) -> tuple[Evidence, bool]:
    """What can tell the two sides' segments together, and whether the target is the evidence's first side."""
    from workbench import lexicon
    from workbench.aligner.evidence import gather

    swapped = _rank(source, source_lang) > _rank(target, target_lang)
    sides = (source, source_lang), (target, target_lang)
    (x, x_lang), (y, y_lang) = sides[::-1] if swapped else sides
    return gather(x, y, x_lang=x_lang, y_lang=y_lang, lexicon=lexicon.load()), swapped


def _rank(texts: Sequence[str], lang: str) -> tuple[bool, str, int, tuple[str, ...]]:
    """An order of the two sides that does not depend on which is the source, so that swapping them mirrors beads."""
    return is_chinese(lang), primary(lang), len(texts), tuple(texts[:50])


def _alone(source: int, target: int, fixed: Sequence[Bead]) -> list[Bead]:
    """Beads of a side without a counterpart: each segment by itself, or as they are fixed."""
    starts = {bead.source.start: bead for bead in fixed if bead.source}
    starts.update({bead.target.start: bead for bead in fixed if bead.target})
    found: list[Bead] = []
    at = 0
    while at < source + target:
        stop = at + len(starts[at].source) + len(starts[at].target) if at in starts else at + 1
        found.append(Bead(range(at, stop), range(0), 1.0) if source else Bead(range(0), range(at, stop), 1.0))
        at = stop
    return found


def bead_of(step: Step, *, swapped: bool) -> Bead:
    """The bead of a step, its sides put back where they belong."""
    x, y = range(step.first_x, step.last_x), range(step.first_y, step.last_y)
    score = min(max(step.chance, 0.0), 1.0)
    return Bead(y, x, score) if swapped else Bead(x, y, score)
