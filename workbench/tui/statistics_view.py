"""The statistics of a document or project as paragraphs: plots of a terminal, told apart without colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from workbench.report.visible import visible
from workbench.tui.grid import STATE_MARKS, WORST_MARKS
from workbench.tui.header import score_text
from workbench.tui.paint import clip
from workbench.tui.sheet import Paragraph

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workbench.metrics.effort import Effort
    from workbench.pipeline.stats import DocumentStats, Overview

BAR = "="
LABEL_CELLS, VALUE_CELLS = 18, 12
KINDS_SHOWN, DAYS_SHOWN = 12, 14
_STATES = ("initial", "translated", "reviewed", "final")
_SEVERITIES = ("critical", "major", "minor", "neutral")


def statistics_paragraphs(
    overview: Overview, issues: Mapping[tuple[str, str], int], *, columns: int
) -> tuple[Paragraph, ...]:
    """Progress, what was changed of the drafts, issues by kind, and pace by day, in `columns` cells.

    The overview is one by days; `issues` counts by check and severity.
    """
    if not overview.documents:
        return (Paragraph("no documents", style="dim"),)
    whole = overview.documents[-1]
    parts = [_progress(overview.documents, columns), _edits(whole, columns), _issues(issues, columns)]
    parts.append(_pace([(group.name, group.effort) for group in overview.groups], columns))
    result: list[Paragraph] = []
    for part in parts:
        result += [*([Paragraph("")] if result else []), *part]
    return tuple(result)


def bar_rows(rows: Sequence[tuple[str, float, str, str]], *, columns: int) -> list[Paragraph]:
    """(label, value, what to write beside it, style): a line with a bar each; the longest stands for the largest value.

    A value above 0 has a bar of one cell at least.
    """
    largest = max((value for _label, value, _text, _style in rows), default=0.0)
    room = max(8, columns - LABEL_CELLS - VALUE_CELLS - 4)
    result = []
    for label, value, text, style in rows:
        cells = max(1, round(room * value / largest)) if value > 0 and largest > 0 else 0
        head = _cell(label, LABEL_CELLS) + text.rjust(VALUE_CELLS) + "  "
        line = head + BAR * cells
        spans = ((len(head), len(line), style),) if cells and style else ()
        result.append(Paragraph(line, spans=spans))
    return result


def _progress(documents: Sequence[DocumentStats], columns: int) -> list[Paragraph]:
    whole = documents[-1]
    result = [_title("Progress", f"{whole.done:,} of {whole.total:,} units are done")]
    states = dict(whole.states)
    rows = [
        (f"{STATE_MARKS[name][0].strip():<3}{name}", float(states.get(name, 0)), f"{states.get(name, 0):,}",
         STATE_MARKS[name][1])
        for name in _STATES
    ]  # fmt: skip
    result += bar_rows(rows, columns=columns)
    if whole.doubtful:
        result.append(Paragraph(f"?  {whole.doubtful:,} units whose alignment is doubtful", style="dim"))
    if len(documents) > 1:
        result.append(Paragraph(""))
        shares = [(one.name, one.done, one.total) for one in documents[:-1]]
        rows = [
            (name, 100 * done / total if total else 0.0, f"{done:,}/{total:,}", "good")
            for name, done, total in shares
        ]
        result += bar_rows([*rows], columns=columns)
    return result


def _edits(whole: DocumentStats, columns: int) -> list[Paragraph]:
    total = sum(count for _band, count in whole.bands)
    result = [_title("Edits", "how much of the draft was changed: character edit rate, units")]
    if not total:
        return [*result, Paragraph("nothing that had a draft is done yet", style="dim")]
    rows = [
        (f"{band}%", float(count), f"{count:,} {100 * count / total:3.0f}%", "accent")
        for band, count in whole.bands
    ]
    result += bar_rows(rows, columns=columns)
    scores = "   ".join(score_text(score, stale=False) for score in whole.scores)
    return [*result, Paragraph(scores, style="dim")] if scores else result


def _issues(issues: Mapping[tuple[str, str], int], columns: int) -> list[Paragraph]:
    result = [_title("Issues", "what the checks find now, by kind")]
    if not issues:
        return [*result, Paragraph("none", style="dim")]
    ordered = sorted(issues.items(), key=lambda one: (-one[1], _SEVERITIES.index(one[0][1]), one[0][0]))
    rows = []
    for (check, severity), count in ordered[:KINDS_SHOWN]:
        mark, style = WORST_MARKS[severity]
        rows.append((f"{mark}  {check}", float(count), f"{count:,}", style.partition(" ")[0]))
    result += bar_rows(rows, columns=columns)
    rest = sum(count for _kind, count in ordered[KINDS_SHOWN:])
    return [*result, Paragraph(f"and {rest:,} of other kinds", style="dim")] if rest else result


def _pace(groups: Sequence[tuple[str, Effort | None]], columns: int) -> list[Paragraph]:
    timed = [
        (day, effort) for day, effort in groups if effort is not None and effort.seconds and day != "total"
    ]
    if not timed:
        return [_title("Pace", ""), Paragraph("no time is on record yet", style="dim")]
    counted = timed[0][1].source_counted
    result = [_title("Pace", f"{counted} of the source an hour, by day")]
    rows = [
        (day, effort.source_per_hour or 0.0, f"{effort.source_per_hour or 0:,.0f}", "accent")
        for day, effort in timed[-DAYS_SHOWN:]
    ]
    result += bar_rows(rows, columns=columns)
    units = sum(effort.timed for _day, effort in timed)
    seconds = sum(effort.seconds for _day, effort in timed)
    keys = sum(effort.keystrokes for _day, effort in timed)
    said = f"{seconds / 60:,.0f} minutes at {units:,} units: {seconds / max(1, units):.1f} s and "
    return [*result, Paragraph(f"{said}{keys / max(1, units):.1f} keys for each", style="dim")]


def _title(name: str, about: str) -> Paragraph:
    text = f"{name}   {about}".rstrip()
    return Paragraph(text, spans=((0, len(name), "accent strong"), (len(name), len(text), "dim")))


def _cell(text: str, cells: int) -> str:
    shown, used = clip(visible(text), cells)
    return (
        shown + " " * (cells - used)
        if used < cells
        else shown[: len(shown)] + " " * (cells - cell_len(shown))
    )
