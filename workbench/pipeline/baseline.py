"""What is new since an earlier run: findings that the baseline, a JSONL or SARIF file of ours, does not hold."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench.checks.found import source_digest
from workbench.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from workbench.checks import DocumentFindings
    from workbench.model import Issue, TranslationUnit


@dataclass(frozen=True, slots=True)
class Known:
    """A finding of the earlier run: the unit by its id and by its source, and the finding by its fingerprint."""

    unit_id: str
    source: str
    fingerprint: str


def read_baseline(data: bytes, *, name: str) -> list[Known]:
    """The findings of a file that `workbench check` wrote as jsonl or sarif. Raises InputError with the line."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("not UTF-8: no findings of workbench check", file=name) from None
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        whole = None
    if isinstance(whole, dict) and "runs" in whole:
        return _from_sarif(whole, name)
    return [_from_line(line, name, number) for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def _from_line(line: str, name: str, number: int) -> Known:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        raise InputError(
            "not JSON: a baseline is JSONL or SARIF of workbench check", file=name, line=number
        ) from None
    try:
        return Known(_text(record, "id"), _text(record, "source_digest"), _text(record, "fingerprint"))
    except (TypeError, KeyError):
        raise InputError(
            "no finding with a fingerprint and source_digest, as workbench check writes them",
            file=name,
            line=number,
        ) from None


def _from_sarif(whole: dict[str, Any], name: str) -> list[Known]:
    try:
        return [
            Known(
                str(result["locations"][0]["logicalLocations"][0]["name"]),
                _text(result["partialFingerprints"], "workbenchSource/v1"),
                _text(result["partialFingerprints"], "workbenchFinding/v1"),
            )
            for run in whole["runs"]
            for result in run.get("results", [])
        ]
    except (TypeError, KeyError, IndexError, AttributeError):
        raise InputError(
            "a SARIF file, but with results that workbench check did not write", file=name
        ) from None


def _text(record: Any, key: str) -> str:
    value = record[key]
    if not isinstance(value, str):
        raise TypeError(key)
    return value


def only_new(found: Iterable[DocumentFindings], baseline: Sequence[Known]) -> list[DocumentFindings]:
    """The findings that the baseline has no counterpart for.

    A counterpart is the same finding in the same unit; else in a unit with the same source, wherever it moved; else
    in the unit of the same id, whose source was edited, unless the id is only the unit's line. Each finding of the
    baseline answers for one finding.
    """
    listed = list(found)
    old: set[int] = set()
    taken: set[int] = set()
    flat = [(unit, line, issue) for one in listed for unit, line, issue in one]
    for key_of, key in _KEYS:
        held: dict[Hashable, list[int]] = {}
        for place, known in enumerate(baseline):
            if place not in taken:
                held.setdefault(key_of(known), []).append(place)
        for number, (unit, line, issue) in enumerate(flat):
            wanted = key(unit, line, issue)
            if number not in old and wanted is not None and held.get(wanted):
                taken.add(held[wanted].pop(0))
                old.add(number)
    numbers = iter(range(len(flat)))
    return [one.only(lambda _unit, _line, _issue: next(numbers) not in old) for one in listed]


_KEYS: tuple[
    tuple[Callable[[Known], Hashable], Callable[[TranslationUnit, int | None, Issue], Hashable]], ...
] = (
    (
        lambda known: (known.unit_id, known.source, known.fingerprint),
        lambda unit, _line, issue: (unit.id, source_digest(unit), issue.fingerprint),
    ),
    (
        lambda known: (known.source, known.fingerprint),
        lambda unit, _line, issue: (source_digest(unit), issue.fingerprint),
    ),
    (
        lambda known: (known.unit_id, known.fingerprint),
        lambda unit, line, issue: None if unit.id == str(line) else (unit.id, issue.fingerprint),
    ),
)
