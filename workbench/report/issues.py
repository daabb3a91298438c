"""Findings as text for people, as JSON lines and as CSV; SARIF and HTML have modules of their own."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from workbench import checks
from workbench.checks.found import DocumentFindings, source_digest
from workbench.model import Severity
from workbench.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from workbench.model import Issue, Span, TranslationUnit

COLUMNS = ("document", "line", "id", "check", "severity", "message", "source", "target", "fix")


def to_text(found: Sequence[DocumentFindings]) -> str:
    """A unit with findings as its id, both texts and a line a finding; units without any are left out."""
    parts: list[str] = []
    for unit, issues in (pair for one in found for pair in one.units):
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


def record(found: DocumentFindings, unit: TranslationUnit, line: int | None, issue: Issue) -> dict[str, Any]:
    """A finding as JSON values; spans are [start, end) in code points of the unit's own texts.

    `fingerprint` and `source_digest` are what a later run's baseline knows the finding by; `line` is left out where it
    is not known.
    """
    fix = None if issue.fix is None else {"span": _span(issue.fix.span), "text": issue.fix.text}
    return {
        "id": issue.unit_id,
        "check": issue.check,
        "severity": str(issue.severity),
        "message": checks.message(issue),
        "source_span": _span(issue.source_span),
        "target_span": _span(issue.target_span),
        "fix": fix,
        "document": found.name,
        **({} if line is None else {"line": line}),
        "fingerprint": issue.fingerprint,
        "source_digest": source_digest(unit),
    }


def to_jsonl(found: Sequence[DocumentFindings]) -> str:
    """A JSON object a finding, a line each."""
    return "".join(
        json.dumps(record(one, unit, line, issue), ensure_ascii=False) + "\n"
        for one in found
        for unit, line, issue in one
    )


def to_csv(found: Sequence[DocumentFindings]) -> str:
    """RFC 4180 with a header; `fix` is the whole corrected target. Cells that a spreadsheet would run are made safe."""
    from workbench.report.tables import safe_cell

    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for document, unit, line, issue in ((one.name, *finding) for one in found for finding in one):
        fix = issue.fix.apply(unit.target) if issue.fix else ""
        cells = (
            document,
            "" if line is None else str(line),
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
        return f"{counted(unit_count, 'unit')}, no findings"
    counts = Counter(issue.severity for issue in issues)
    by = ", ".join(f"{counts[one]} {one}" for one in reversed(Severity) if counts[one])
    return f"{counted(unit_count, 'unit')}, {counted(len(issues), 'finding')} ({by})"


def counted(number: int, noun: str) -> str:
    """The number with its noun, in the plural where it is not one."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def to_sarif(found: Sequence[DocumentFindings]) -> str:
    """SARIF 2.1.0; see `workbench.report.sarif`."""
    from workbench.report import sarif

    return sarif.to_sarif(found)


def to_html(found: Sequence[DocumentFindings]) -> str:
    """One page for people; see `workbench.report.issues_page`."""
    from workbench.report import issues_page

    return issues_page.to_html(found)


RENDERERS: dict[str, Callable[[Sequence[DocumentFindings]], str]] = {
    "text": to_text,
    "jsonl": to_jsonl,
    "csv": to_csv,
    "sarif": to_sarif,
    "html": to_html,
}
