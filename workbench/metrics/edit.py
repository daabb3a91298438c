"""Rates of edited code points: edit and cer by the reference's length, ped by the longer side's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench import __version__
from workbench.metrics.base import Metric

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from workbench.metrics.base import Setting, Statistics


def _metric(
    name: str,
    title: str,
    denominator: Callable[[str, str], int],
    settings: str,
    prepare: Callable[[str], str] | None = None,
) -> Metric:
    def statistics(hypotheses: Sequence[str], references: Sequence[Sequence[str]], _lang: str) -> Statistics:
        """A line a segment: Levenshtein distance in code points, and the denominator.

        Of several references the one with the lowest rate counts, the first of equal ones.
        """
        import numpy as np

        tables = [_distances(hypotheses, each, denominator, prepare) for each in references]
        if len(tables) == 1:
            return tables[0]
        best = np.argmin([rates(*table.T.astype(np.float64)) for table in tables], axis=0)
        chosen: Statistics = np.stack(tables)[best, np.arange(len(hypotheses))]
        return chosen

    def value(totals: Sequence[int], _setting: Setting) -> float:
        """Edits in percent of the denominator; 100 where that is empty and there are edits, as TER has it."""
        edits, length = totals
        if length:
            return 100 * edits / length
        return 100.0 if edits else 0.0

    def values(table: NDArray[np.float64], _setting: Setting) -> NDArray[np.float64]:
        """The rate in percent of each row of totals."""
        return rates(table[:, 0], table[:, 1])

    def signature(setting: Setting) -> str:
        """In sacrebleu's manner; the version is the workbench's."""
        references = f"nrefs:{setting.references}|" if setting.references > 1 else ""
        return f"{name}|{references}unit:codepoint|{settings}|version:{__version__}"

    return Metric(name, title, "lower", statistics, value, values, signature)


def _distances(
    hypotheses: Sequence[str],
    references: Sequence[str],
    denominator: Callable[[str, str], int],
    prepare: Callable[[str], str] | None,
) -> Statistics:
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


def rates(edits: NDArray[np.float64], lengths: NDArray[np.float64]) -> NDArray[np.float64]:
    """Edits in percent of lengths, one a row; 100 where the length is 0 and there are edits."""
    import numpy as np

    found: NDArray[np.float64] = 100 * np.where(
        lengths > 0, edits / np.maximum(lengths, 1e-9), (edits > 0).astype(np.float64)
    )
    return found


METRIC = _metric("edit", "edit rate", lambda _, reference: len(reference), "norm:ref")
PED = _metric("ped", "post-edit distance", lambda draft, final: max(len(draft), len(final)), "norm:max")
CER = _metric(
    "cer", "character error rate", lambda _, said: len(said), "norm:ref|strip:ends", prepare=str.strip
)
