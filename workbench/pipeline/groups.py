"""Scores by group: documents, domains, bands of length and of editing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.pipeline.stats import BANDS, LAST_BAND

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from workbench.model import Score
    from workbench.pipeline.measuring import Measured

LENGTHS = (10, 20, 40, 80, 160)
"""The upper ends of the bands of length, in characters of the reference."""


def length_labels(lengths: NDArray[np.int64]) -> list[str]:
    """The band of length of each line: "1-10", …, ">160"."""
    names = [f"{low + 1}-{high}" for low, high in zip((0, *LENGTHS), LENGTHS, strict=False)]
    return [
        next((name for name, high in zip(names, LENGTHS, strict=True) if length <= high), f">{LENGTHS[-1]}")
        for length in lengths.tolist()
    ]


def edit_labels(rates: Sequence[float]) -> list[str]:
    """The band of editing of each line by its edit rate in percent; a started percent counts as whole."""
    return [next((name for name, top in BANDS if rate <= top), LAST_BAND) for rate in rates]


def group_order(by: str, labels: Sequence[str]) -> list[str]:
    """The groups in the order to show them: bands from low to high, dates sorted, others as they come."""
    found = list(dict.fromkeys(labels))
    if by == "length":
        return sorted(found, key=lambda name: (name.startswith(">"), int(name.strip(">").split("-")[0])))
    if by == "edit":
        ranks = {name: at for at, name in enumerate((*(name for name, _ in BANDS), LAST_BAND))}
        return sorted(found, key=lambda name: ranks[name])
    return sorted(found) if by == "date" else found


def grouped(
    measured: Measured, labels: Mapping[str, Sequence[str]] | Sequence[str], by: str
) -> list[tuple[str, str, list[Score]]]:
    """(group, system, scores) for every group and system. Labels are a line's each, or by system."""
    import numpy as np

    by_system = labels if isinstance(labels, dict) else dict.fromkeys(measured.systems, labels)
    every = [label for system in measured.systems for label in by_system[system]]
    found = []
    arrays = {system: np.array(by_system[system], dtype=object) for system in measured.systems}
    for group in group_order(by, every):
        for system in measured.systems:
            chosen = arrays[system] == group
            if chosen.any():
                found.append((group, system, measured.group_scores(system, chosen)))
    return found
