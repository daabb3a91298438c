"""Scores now against scores of an earlier run: which system lost what, and whether that is more than chance."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench import metrics as family
from workbench.errors import FormatError, UsageError
from workbench.metrics import significance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbench.pipeline.measuring import Measured


@dataclass(frozen=True, slots=True)
class Loss:
    """A score that got worse; `p_value` is None where the earlier run kept no statistics of its lines.

    Then the loss counts as significant when the earlier score lies outside the middle 95% of today's resamples.
    """

    system: str
    metric: str
    before: float
    now: float
    p_value: float | None
    significant: bool


def read_scores(data: bytes, *, name: str) -> list[dict[str, Any]]:
    """The records of a JSON file that `workbench score --to json` wrote. Raises FormatError."""
    try:
        records = json.loads(data)
    except ValueError as error:
        line = getattr(error, "lineno", None)
        raise FormatError("not the JSON of workbench score --to json", file=name, line=line) from None
    keys = {"system", "metric", "score", "signature", "n"}
    if not isinstance(records, list) or not all(
        isinstance(one, dict) and keys <= one.keys() for one in records
    ):
        raise FormatError("not the JSON of workbench score --to json: a list of scores", file=name)
    return [one for one in records if "group" not in one]


def losses(
    measured: Measured,
    earlier: list[dict[str, Any]],
    *,
    name: str,
    samples: int | None = None,
    seed: int = significance.SEED,
    level: float = significance.LEVEL,
) -> Iterator[Loss]:
    """What is worse than in the earlier run, a line a system and metric that both have.

    A single system of each run is compared whatever it is called. Raises UsageError where nothing can be compared,
    and where settings or the number of lines differ.
    """
    pairs = _paired(measured, earlier)
    if not pairs:
        raise UsageError(f"{name} has none of these systems and metrics: nothing to compare")
    for system, metric_name, record in pairs:
        metric = family.find(metric_name)
        (now,) = (score for score in measured.scores(system) if score.metric == metric_name)
        if record["signature"] != now.signature or record["n"] != measured.count:
            raise UsageError(
                f"{name} was scored otherwise: {record['signature']} on {record['n']} lines, "
                f"now {now.signature} on {measured.count}"
            )
        before = float(record["score"])
        worse = now.value < before if metric.better == "higher" else now.value > before
        if not worse:
            continue
        table = measured.tables[system, metric_name]
        kept = _statistics(record, table.shape, name)
        tables = {"now": table} if kept is None else {"now": table, "before": kept}
        ranking = significance.compare(
            tables, metric, measured.setting, samples=samples, seed=seed, level=level
        )
        if kept is None:
            (estimate,) = ranking.estimates
            outside = abs(before - estimate.mean) > estimate.half_width
            yield Loss(system, metric_name, before, now.value, None, outside)
        else:
            (comparison,) = ranking.comparisons
            p_value = comparison.p_value
            yield Loss(system, metric_name, before, now.value, p_value, p_value < level)


def uncompared(measured: Measured, earlier: list[dict[str, Any]]) -> Iterator[str]:
    """What the earlier run has no counterpart of: a system, or a metric of a system that it has."""
    compared = {(system, metric) for system, metric, _ in _paired(measured, earlier)}
    for system in measured.systems:
        missing = [metric for metric in measured.metrics if (system, metric) not in compared]
        if len(missing) == len(measured.metrics):
            yield system
        else:
            yield from (f"{metric} of {system}" for metric in missing)


def _paired(measured: Measured, earlier: list[dict[str, Any]]) -> list[tuple[str, str, dict[str, Any]]]:
    held = {(str(one["system"]), str(one["metric"])): one for one in earlier}
    before = {system for system, _ in held}
    alone = next(iter(before)) if len(before) == len(measured.systems) == 1 else None
    found = []
    for system in measured.systems:
        for metric in measured.metrics:
            record = held.get((alone if alone is not None else system, metric))
            if record is not None:
                found.append((system, metric, record))
    return found


def _statistics(record: dict[str, Any], shape: tuple[int, ...], name: str) -> Any:
    """The record's statistics as an array, None where it has none. Raises FormatError."""
    import numpy as np

    if "statistics" not in record:
        return None
    try:
        table = np.array(record["statistics"], dtype=np.int64)
    except (TypeError, ValueError, OverflowError):
        table = np.zeros(0, dtype=np.int64)
    if table.shape != shape:
        raise FormatError(f"the statistics of {record['system']}, {record['metric']} are damaged", file=name)
    return table
