"""Statistics as an aligned table and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from workbench.report.tables import aligned

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Protocol

    from workbench.model import Score

    class Stats(Protocol):
        """The counts of one document, as `pipeline.stats` makes them."""

        @property
        def name(self) -> str: ...
        @property
        def total(self) -> int: ...
        @property
        def done(self) -> int: ...
        @property
        def states(self) -> tuple[tuple[str, int], ...]: ...
        @property
        def source_characters(self) -> int: ...
        @property
        def target_characters(self) -> int: ...
        @property
        def doubtful(self) -> int: ...
        @property
        def scores(self) -> tuple[Score, ...]: ...
        @property
        def bands(self) -> tuple[tuple[str, int], ...]: ...


def to_text(each: Sequence[Stats]) -> str:
    """Progress, then how far the reviewed units were edited, then the signatures of the scores."""
    if not each:
        return "no documents\n"
    states = [name for name, _ in each[0].states]
    rows = [["document", "units", *states, "done", "doubtful", "source chars", "target chars"]]
    for one in each:
        share = f"{100 * one.done // one.total if one.total else 0}%"
        counts = [str(count) for _, count in one.states]
        rows.append(
            [
                one.name,
                str(one.total),
                *counts,
                share,
                str(one.doubtful),
                str(one.source_characters),
                str(one.target_characters),
            ]
        )
    text = aligned(rows, right=range(1, len(rows[0])))
    if not any(one.scores for one in each):
        return text + "\nno reviewed units yet: no edit scores\n"
    metrics = [score.metric for score in next(one for one in each if one.scores).scores]
    bands = [label for label, _ in each[0].bands]
    rows = [["reviewed units: edits", *metrics, *(f"{label}%" for label in bands)]]
    for one in each:
        values = [f"{score.value:.2f}" for score in one.scores] or ["–"] * len(metrics)
        rows.append([one.name, *values, *(str(count) for _, count in one.bands)])
    text += "\n" + aligned(rows, right=range(1, len(rows[0])))
    signatures = dict.fromkeys(f"{score.metric}: {score.signature}" for one in each for score in one.scores)
    return text + "\n" + "".join(f"{line}\n" for line in signatures)


def to_json(each: Sequence[Stats]) -> str:
    """A list of objects, a document each."""
    records: list[dict[str, Any]] = [
        {
            "document": one.name,
            "units": one.total,
            "states": dict(one.states),
            "done": one.done,
            "doubtful": one.doubtful,
            "source_characters": one.source_characters,
            "target_characters": one.target_characters,
            "edit_bands": dict(one.bands),
            "scores": [
                {
                    "metric": score.metric,
                    "score": score.value,
                    "signature": score.signature,
                    "n": score.unit_count,
                }
                for score in one.scores
            ],
        }
        for one in each
    ]
    return json.dumps(records, ensure_ascii=False, indent=1) + "\n"
