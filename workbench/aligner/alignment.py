"""The verb of the family: from two lists of segments to beads with scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.langs import is_chinese, primary
from workbench.model import Bead

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.aligner.core import Step
    from workbench.aligner.evidence import Evidence

# Beads with a score below it are shown as doubtful.
DOUBTFUL = 0.9


def align(
    source: Sequence[str],
    target: Sequence[str],
    *,
    source_lang: str = "en",
    target_lang: str = "zh",
    source_breaks: Sequence[int] = (),
    target_breaks: Sequence[int] = (),
) -> list[Bead]:
    """Beads that cover both sides once, in order, each with the chance that it is right.

    Breaks are the indices of segments that start a paragraph; none means that nothing is known about paragraphs.
    """
    if not source or not target or list(source) == list(target):
        return _trivial(len(source), len(target))
    from workbench.aligner.core import best_path

    evidence, swapped = evidence_of(source, target, source_lang=source_lang, target_lang=target_lang)
    x_breaks, y_breaks = (target_breaks, source_breaks) if swapped else (source_breaks, target_breaks)
    known = bool(x_breaks) and bool(y_breaks)
    steps = best_path(evidence, x_breaks=x_breaks if known else (), y_breaks=y_breaks if known else ())
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


def _trivial(source: int, target: int) -> list[Bead]:
    """Beads of two equal sides, or of a side without a counterpart."""
    if source and target:
        return [Bead(range(at, at + 1), range(at, at + 1), 1.0) for at in range(source)]
    alone = [Bead(range(at, at + 1), range(0), 1.0) for at in range(source)]
    return alone + [Bead(range(0), range(at, at + 1), 1.0) for at in range(target)]


def bead_of(step: Step, *, swapped: bool) -> Bead:
    """The bead of a step, its sides put back where they belong."""
    x, y = range(step.first_x, step.last_x), range(step.first_y, step.last_y)
    score = min(max(step.chance, 0.0), 1.0)
    return Bead(y, x, score) if swapped else Bead(x, y, score)
