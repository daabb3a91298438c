"""Scores as an aligned table, JSON, CSV and LaTeX, each with its signature; by group, and with significance."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench.report.tables import aligned, safe_cell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from workbench.metrics.significance import Ranking
    from workbench.model import Score


@dataclass(frozen=True, slots=True)
class ScoreReport:
    """The scores of systems; `groups` = (group, system, scores) of a breakdown that `by` names.

    `statistics` = by system and metric the integers of every line, for comparing with a later run.
    """

    systems: Sequence[tuple[str, Sequence[Score]]]
    by: str = ""
    groups: Sequence[tuple[str, str, Sequence[Score]]] = ()
    rankings: Sequence[Ranking] = ()
    statistics: Mapping[tuple[str, str], Any] | None = None


def to_text(report: ScoreReport) -> str:
    """A row a system, a column a metric, then the signatures; then the groups, then significance by metric."""
    if not report.systems:
        return ""
    metrics = [score.metric for score in report.systems[0][1]]
    rows = [["system", *metrics, "n"]]
    rows += [[name, *_cells(scores)] for name, scores in report.systems]
    signatures = dict.fromkeys(
        f"{score.metric}: {score.signature}" for _, scores in report.systems for score in scores
    )
    parts = [aligned(rows, right=range(1, len(rows[0]))) + "\n" + "".join(f"{line}\n" for line in signatures)]
    if report.groups:
        several = len({system for _, system, _ in report.groups}) > 1
        heads = [report.by, "system"] if several else [report.by]
        rows = [[*heads, *metrics, "n"]]
        for group, system, scores in report.groups:
            rows.append([group or "–", *([system] if several else []), *_cells(scores)])
        parts.append(aligned(rows, right=range(len(heads), len(rows[0]))))
    parts += [_ranking_text(ranking) for ranking in report.rankings]
    return "\n".join(parts)


def _cells(scores: Sequence[Score]) -> list[str]:
    count = str(scores[0].unit_count) if scores else "0"
    return [*(f"{score.value:.2f}" for score in scores), count]


_TESTS = {
    "bootstrap": "paired bootstrap, {samples} resamples",
    "randomisation": "approximate randomisation, {samples} trials",
}


def _ranking_text(ranking: Ranking) -> str:
    test = _TESTS[ranking.test].format(samples=ranking.samples)
    title = f"{ranking.metric}: {test}, seed {ranking.seed}, clusters at p < {ranking.level:g}\n"
    rows = [["cluster", "system", "score", "mean", "95%"]]
    cluster = {name: at for at, names in enumerate(ranking.clusters, 1) for name in names}
    for one in ranking.estimates:
        rows.append(
            [
                str(cluster[one.system]),
                one.system,
                f"{one.score:.2f}",
                f"{one.mean:.2f}",
                f"±{one.half_width:.2f}",
            ]
        )
    text = title + aligned(rows, right=(0, 2, 3, 4))
    if not ranking.comparisons:
        return text
    pairs = [["system", "against", "difference", "95% from", "to", "p"]]
    for pair in ranking.comparisons:
        numbers = (pair.difference, pair.low, pair.high)
        pairs.append(
            [pair.first, pair.second, *(f"{number:+.2f}" for number in numbers), f"{pair.p_value:.4f}"]
        )
    return text + "\n" + aligned(pairs, right=range(2, 6))


def to_json(report: ScoreReport) -> str:
    """A list of {"system", "metric", "score", "signature", "n"}, the score unrounded.

    With significance a record also has "cluster", "mean", "ci95" (half the width) and "against" (by system:
    "difference", "low", "high", "p"); with groups, more records with "by" and "group" follow.
    """
    records = [record for name, scores in report.systems for record in _records(name, scores)]
    for record in records:
        for ranking in report.rankings:
            if ranking.metric == record["metric"]:
                record |= _significance(ranking, record["system"])
        if report.statistics is not None:
            record["statistics"] = report.statistics[record["system"], record["metric"]].tolist()
    for group, system, scores in report.groups:
        records += [record | {"by": report.by, "group": group} for record in _records(system, scores)]
    return "[" + ",\n".join(json.dumps(record, ensure_ascii=False) for record in records) + "]\n"


def _records(name: str, scores: Iterable[Score]) -> list[dict[str, Any]]:
    return [
        {
            "system": name,
            "metric": score.metric,
            "score": score.value,
            "signature": score.signature,
            "n": score.unit_count,
        }
        for score in scores
    ]


def _significance(ranking: Ranking, system: str) -> dict[str, Any]:
    (estimate,) = (one for one in ranking.estimates if one.system == system)
    against: dict[str, dict[str, float]] = {}
    for pair in ranking.comparisons:
        if pair.first == system:
            numbers = (pair.difference, pair.low, pair.high)
            against[pair.second] = dict(zip(("difference", "low", "high"), numbers, strict=True))
            against[pair.second]["p"] = pair.p_value
        elif pair.second == system:
            numbers = (-pair.difference, -pair.high, -pair.low)
            against[pair.first] = dict(zip(("difference", "low", "high"), numbers, strict=True))
            against[pair.first]["p"] = pair.p_value
    return {
        "test": ranking.test,
        "samples": ranking.samples,
        "seed": ranking.seed,
        "level": ranking.level,
        "cluster": next(at for at, names in enumerate(ranking.clusters, 1) if system in names),
        "mean": estimate.mean,
        "ci95": estimate.half_width,
        "against": against,
    }


def to_csv(report: ScoreReport) -> str:
    """RFC 4180, a row a score, unrounded; columns for groups and significance only where they were asked for.

    With significance a row a pair of systems and metric follows, without a score but with "against".
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    pairs = ("against", "difference", "low", "high", "p")
    found = {
        (ranking.metric, one.system): _significance(ranking, one.system)
        for ranking in report.rankings
        for one in ranking.estimates
    }
    more = [
        *(("by", "group") if report.groups else ()),
        *(("cluster", "mean", "ci95", *pairs) if found else ()),
    ]
    writer.writerow(("system", "metric", "score", "n", "signature", *more))
    lines = [("", "", name, scores) for name, scores in report.systems]
    lines += [(report.by, group, system, scores) for group, system, scores in report.groups]
    for by, group, name, scores in lines:
        for score in scores:
            row = [safe_cell(name), score.metric, repr(score.value), score.unit_count, score.signature]
            if report.groups:
                row += [by, safe_cell(group)]
            if found:
                own = {} if by else found[score.metric, name]
                row += [own.get(key, "") for key in ("cluster", "mean", "ci95")] + [""] * len(pairs)
            writer.writerow(row)
    for ranking in report.rankings:
        for pair in ranking.comparisons:
            row = [safe_cell(pair.first), ranking.metric, *[""] * (len(more) - len(pairs) + 3)]
            numbers = (pair.difference, pair.low, pair.high, pair.p_value)
            writer.writerow([*row, safe_cell(pair.second), *map(repr, numbers)])
    return text.getvalue()


_TEX = str.maketrans(
    {c: "\\" + c for c in "&%$#_{}"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)


def to_latex(report: ScoreReport) -> str:
    """A booktabs table with the signatures as comments above it, and one of the groups where there are any.

    With significance the first cluster is bold.
    """
    if not report.systems:
        return ""
    metrics = [score.metric for score in report.systems[0][1]]
    comments = dict.fromkeys(
        f"% {score.metric}: {score.signature}\n" for _, scores in report.systems for score in scores
    )
    best = {ranking.metric: set(ranking.clusters[0]) for ranking in report.rankings}
    for ranking in report.rankings:
        test = _TESTS[ranking.test].format(samples=ranking.samples)
        comments[
            f"% {ranking.metric}: bold = first cluster, p < {ranking.level:g}, {test}, seed {ranking.seed}\n"
        ] = None
    rows = []
    for name, scores in report.systems:
        cells = [
            f"\\textbf{{{score.value:.2f}}}" if name in best.get(score.metric, ()) else f"{score.value:.2f}"
            for score in scores
        ]
        rows.append([name.translate(_TEX), *cells])
    text = "".join(comments) + _tabular(["System", *metrics], rows, left=1)
    if report.groups:
        groups = [
            [(group or "–").translate(_TEX), system.translate(_TEX), *_cells(scores)]
            for group, system, scores in report.groups
        ]
        heads = [report.by.capitalize(), "System", *metrics, "n"]
        text += "\n" + _tabular(heads, groups, left=2)
    return text


def _tabular(heads: Sequence[str], rows: Sequence[Sequence[str]], *, left: int) -> str:
    """A booktabs table of cells that are TeX already; the first `left` columns are text, the others numbers."""
    lines = ["\\begin{tabular}{" + "l" * left + "r" * (len(heads) - left) + "}", "\\toprule"]
    lines += [" & ".join(head.translate(_TEX) for head in heads) + r" \\", "\\midrule"]
    lines += [" & ".join(row) + r" \\" for row in rows]
    return "\n".join([*lines, "\\bottomrule", "\\end{tabular}"]) + "\n"


def segments_csv(
    systems: Sequence[tuple[str, Mapping[str, Sequence[float]], Sequence[int]]],
    reference_lengths: Sequence[int],
    *,
    ids: Sequence[str] = (),
    labels: Mapping[str, Sequence[str]] | None = None,
    head: bool = True,
) -> Iterable[str]:
    """A row a segment and system: its number from 1, id and labels where there are any, lengths, a column a metric.

    `systems` = name, values of every segment by metric, characters of every segment. The rows come one by one.
    """
    heads = [*(["id"] if ids else []), *(labels or {})]
    metrics = list(systems[0][1]) if systems else []
    if head:
        yield _row(["system", "segment", *heads, "hypothesis_length", "reference_length", *metrics])
    for name, values, lengths in systems:
        columns = [values[metric] for metric in metrics]
        for at, cells in enumerate(zip(*columns, strict=True)):
            own = [
                *([safe_cell(ids[at])] if ids else []),
                *(safe_cell(each[at]) for each in (labels or {}).values()),
            ]
            sizes = (int(lengths[at]), int(reference_lengths[at]))
            yield _row([safe_cell(name), at + 1, *own, *sizes, *(repr(float(cell)) for cell in cells)])


def _row(cells: Sequence[object]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue()


RENDERERS: dict[str, Callable[[ScoreReport], str]] = {
    "text": to_text,
    "json": to_json,
    "csv": to_csv,
    "latex": to_latex,
}
