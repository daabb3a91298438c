"""Findings as text for people, as JSON lines and as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from workbench import checks
from workbench.model import Severity
from workbench.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from workbench.model import Issue, Span, TranslationUnit

COLUMNS = ("id", "check", "severity", "message", "source", "target", "fix")


def to_text(found: Sequence[tuple[TranslationUnit, list[Issue]]]) -> str:
    """A unit with findings as its id, both texts and a line a finding; units without any are left out."""
    parts: list[str] = []
    for unit, issues in found:
        if not issues:
            continue
        parts.append(f"{unit.id}\n  {visible(unit.source)}\n  {visible(unit.target)}\n")
        for issue in issues:
            fix = _fixed(issue, unit.target)
            hint = f"  → {visible(fix)}" if fix is not None else ""
            parts.append(f"  {issue.severity}: {issue.check}: {visible(checks.message(issue))}{hint}\n")
    return "".join(parts)


def _fixed(issue: Issue, target: str) -> str | None:
    """The corrected target, or only the corrected place where the target is long."""
    if issue.fix is None:
        return None
    if len(target) <= 60:
        return issue.fix.apply(target)
    start = max(0, issue.fix.span.start - 12)
    end = min(len(target), issue.fix.span.end + 12)
    middle = target[start : issue.fix.span.start] + issue.fix.text + target[issue.fix.span.end : end]
    return f"{'…' if start else ''}{middle}{'…' if end < len(target) else ''}"


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def record(issue: Issue) -> dict[str, Any]:
    """A finding as JSON values; spans are [start, end) in code points of the unit's own texts."""
    fix = None if issue.fix is None else {"span": _span(issue.fix.span), "text": issue.fix.text}
    return {
        "id": issue.unit_id,
        "check": issue.check,
        "severity": str(issue.severity),
        "message": checks.message(issue),
        "source_span": _span(issue.source_span),
        "target_span": _span(issue.target_span),
        "fix": fix,
    }


def to_jsonl(found: Sequence[tuple[TranslationUnit, list[Issue]]]) -> str:
    """A JSON object a finding, a line each."""
    return "".join(
        json.dumps(record(issue), ensure_ascii=False) + "\n" for _, issues in found for issue in issues
    )


def to_csv(found: Sequence[tuple[TranslationUnit, list[Issue]]]) -> str:
    """RFC 4180 with a header; `fix` is the whole corrected target. Cells that a spreadsheet would run are made safe."""
    from workbench.report.tables import safe_cell

    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for unit, issues in found:
        for issue in issues:
            fix = issue.fix.apply(unit.target) if issue.fix else ""
            cells = (
                issue.unit_id,
                issue.check,
                str(issue.severity),
                checks.message(issue),
                unit.source,
                unit.target,
                fix,
            )
            writer.writerow([safe_cell(cell) for cell in cells])
    return text.getvalue()


def summary(unit_count: int, issues: Sequence[Issue]) -> str:
    """One line: how many findings in how many units, by severity."""
    if not issues:
        return f"{_counted(unit_count, 'unit')}, no findings"
    counts = Counter(issue.severity for issue in issues)
    by = ", ".join(f"{counts[one]} {one}" for one in reversed(Severity) if counts[one])
    return f"{_counted(unit_count, 'unit')}, {_counted(len(issues), 'finding')} ({by})"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


RENDERERS: dict[str, Callable[[Sequence[tuple[TranslationUnit, list[Issue]]]], str]] = {
    "text": to_text,
    "jsonl": to_jsonl,
    "csv": to_csv,
}
