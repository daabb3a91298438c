"""Rates of edited code points: edit and cer by the reference's length, ped by the longer side's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench import __version__
from workbench.metrics.base import Metric

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from workbench.metrics.base import Statistics


def _metric(
    name: str,
    title: str,
    denominator: Callable[[str, str], int],
    settings: str,
    prepare: Callable[[str], str] | None = None,
) -> Metric:
    def statistics(hypotheses: Sequence[str], references: Sequence[str], _lang: str) -> Statistics:
        """A line a segment: Levenshtein distance in code points, and the denominator."""
        import numpy as np
        from rapidfuzz.distance import Levenshtein

        if prepare is not None:
            hypotheses, references = (
                [prepare(text) for text in hypotheses],
                [prepare(text) for text in references],
            )
        table = np.empty((len(hypotheses), 2), dtype=np.int64)
        table[:, 0] = [Levenshtein.distance(a, b) for a, b in zip(hypotheses, references, strict=True)]
        table[:, 1] = [denominator(a, b) for a, b in zip(hypotheses, references, strict=True)]
        return table

    def value(totals: Sequence[int], _lang: str, _sentence: bool) -> float:
        """Edits in percent of the denominator; 100 where that is empty and there are edits, as TER has it."""
        edits, length = totals
        if length:
            return 100 * edits / length
        return 100.0 if edits else 0.0

    def signature(_lang: str, _sentence: bool) -> str:
        """In sacrebleu's manner; the version is the workbench's."""
        return f"{name}|unit:codepoint|{settings}|version:{__version__}"

    return Metric(name, title, "lower", statistics, value, signature)


METRIC = _metric("edit", "edit rate", lambda _, reference: len(reference), "norm:ref")
PED = _metric("ped", "post-edit distance", lambda draft, final: max(len(draft), len(final)), "norm:max")
CER = _metric(
    "cer", "character error rate", lambda _, said: len(said), "norm:ref|strip:ends", prepare=str.strip
)
