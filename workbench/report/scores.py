"""Scores as an aligned table, JSON, CSV and LaTeX; each with its signature."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from workbench.report.tables import aligned, safe_cell

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from workbench.model import Score

    Systems = Sequence[tuple[str, Sequence[Score]]]


def to_text(systems: Systems) -> str:
    """A row a system, a column a metric, then the signatures."""
    if not systems:
        return ""
    metrics = [score.metric for score in systems[0][1]]
    rows = [["system", *metrics, "n"]]
    for name, scores in systems:
        count = str(scores[0].unit_count) if scores else "0"
        rows.append([name, *(f"{score.value:.2f}" for score in scores), count])
    signatures = dict.fromkeys(
        f"{score.metric}: {score.signature}" for _, scores in systems for score in scores
    )
    return aligned(rows, right=range(1, len(rows[0]))) + "\n" + "".join(f"{line}\n" for line in signatures)


def to_json(systems: Systems) -> str:
    """A list of {"system", "metric", "score", "signature", "n"}, the score unrounded."""
    records = [
        {
            "system": name,
            "metric": score.metric,
            "score": score.value,
            "signature": score.signature,
            "n": score.unit_count,
        }
        for name, scores in systems
        for score in scores
    ]
    return json.dumps(records, ensure_ascii=False, indent=1) + "\n"


def to_csv(systems: Systems) -> str:
    """RFC 4180, a row a score, unrounded."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(("system", "metric", "score", "n", "signature"))
    for name, scores in systems:
        for score in scores:
            writer.writerow(
                (safe_cell(name), score.metric, repr(score.value), score.unit_count, score.signature)
            )
    return text.getvalue()


_TEX = str.maketrans(
    {c: "\\" + c for c in "&%$#_{}"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)


def to_latex(systems: Systems) -> str:
    """A booktabs table with the signatures as comments above it."""
    if not systems:
        return ""
    metrics = [score.metric for score in systems[0][1]]
    signatures = dict.fromkeys(
        f"% {score.metric}: {score.signature}\n" for _, scores in systems for score in scores
    )
    lines = ["\\begin{tabular}{l" + "r" * len(metrics) + "}", "\\toprule"]
    lines.append(" & ".join(["System", *(metric.translate(_TEX) for metric in metrics)]) + r" \\")
    lines.append("\\midrule")
    for name, scores in systems:
        lines.append(" & ".join([name.translate(_TEX), *(f"{score.value:.2f}" for score in scores)]) + r" \\")
    lines += ["\\bottomrule", "\\end{tabular}"]
    return "".join(signatures) + "\n".join(lines) + "\n"


def segments_csv(systems: Sequence[tuple[str, Sequence[Sequence[Score]]]], metrics: Sequence[str]) -> str:
    """A row a segment and system: system, segment (from 1), then a column a metric."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(("system", "segment", *metrics))
    for name, each in systems:
        for number, scores in enumerate(each, 1):
            writer.writerow((safe_cell(name), number, *(repr(score.value) for score in scores)))
    return text.getvalue()


RENDERERS: dict[str, Callable[[Systems], str]] = {
    "text": to_text,
    "json": to_json,
    "csv": to_csv,
    "latex": to_latex,
}
