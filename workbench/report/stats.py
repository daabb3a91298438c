"""Statistics of a project as aligned tables with plots, and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from workbench.report.bars import bars
from workbench.report.tables import aligned
from workbench.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Protocol

    from workbench.metrics.effort import Effort
    from workbench.metrics.esa import EsaScore
    from workbench.metrics.judgement import Agreement, Quality
    from workbench.metrics.mqm import MqmScore
    from workbench.model import Score

    class DocumentStats(Protocol):
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

    class Group(Protocol):
        """Effort and quality of a document, reviewer, day or engine."""

        @property
        def name(self) -> str: ...
        @property
        def effort(self) -> Effort | None: ...
        @property
        def quality(self) -> Quality | None: ...

    class Overview(Protocol):
        """All statistics of a project."""

        @property
        def by(self) -> str: ...
        @property
        def documents(self) -> Sequence[DocumentStats]: ...
        @property
        def groups(self) -> Sequence[Group]: ...
        @property
        def agreement(self) -> Agreement | None: ...
        @property
        def is_shortened(self) -> bool: ...
        @property
        def threshold(self) -> float | None: ...
        @property
        def whole(self) -> Group | None: ...


NONE = "–"
_KINDS = 12
_DAYS = 14


def to_text(overview: Overview, *, columns: int = 80) -> str:
    """What there is to show: progress, edits, effort, quality, agreement, with plots that fit `columns`."""
    if not overview.documents:
        return "no documents\n"
    parts = []
    if overview.by == "document":
        parts += [_progress(overview.documents), _edits(overview)]
    parts.append(_bands(overview, columns))
    if any(_has_effort(group.effort, overview.by) for group in overview.groups):
        parts += [_effort(overview), _pace(overview, columns)]
    parts += [_mqm(overview), _kinds(overview, columns), _esa(overview)]
    if overview.agreement is not None:
        parts.append(_agreement(overview.agreement))
    return "\n".join(filter(None, parts)) or "nothing was reviewed yet\n"


def to_json(overview: Overview) -> str:
    """A list of objects, one for each document (or reviewer, day, engine); the last also holds the agreement."""
    groups = {group.name: group for group in overview.groups}
    records: list[dict[str, Any]] = []
    if overview.by == "document":
        for one in overview.documents:
            records.append(_document(one) | _judged(groups.get(one.name), overview))
    else:
        records = [{overview.by: group.name} | _judged(group, overview) for group in overview.groups]
    if records and overview.agreement is not None:
        records[-1]["agreement"] = _agreement_record(overview.agreement)
    return json.dumps(records, ensure_ascii=False, indent=1) + "\n"


# Text


def _number(value: float | None, digits: int = 0) -> str:
    return NONE if value is None else f"{round(value, digits) + 0.0:,.{digits}f}"


def _table(rows: Sequence[Sequence[str]]) -> str:
    shown = [[visible(cell) for cell in row] for row in rows]
    return aligned(shown, right=range(1, len(rows[0])))


def _progress(documents: Sequence[DocumentStats]) -> str:
    states = [name for name, _ in documents[0].states]
    rows = [["document", "units", *states, "done", "doubtful", "source chars", "target chars"]]
    for one in documents:
        share = f"{100 * one.done // one.total if one.total else 0}%"
        counts = [str(count) for _, count in one.states]
        sizes = [str(one.doubtful), str(one.source_characters), str(one.target_characters)]
        rows.append([one.name, str(one.total), *counts, share, *sizes])
    return _table(rows)


def _edits(overview: Overview) -> str:
    documents = overview.documents
    scored = [one for one in documents if one.scores]
    if not scored:
        return "no reviewed units yet: no edit scores\n"
    metrics = [score.metric for score in scored[0].scores]
    rows = [["reviewed units: edits", *metrics, *(f"{label}%" for label, _ in documents[0].bands)]]
    for one in documents:
        values = [f"{score.value:.2f}" for score in one.scores] or [NONE] * len(metrics)
        rows.append([one.name, *values, *(str(count) for _, count in one.bands)])
    signatures = dict.fromkeys(f"{score.metric}: {score.signature}" for one in scored for score in one.scores)
    text = _table(rows) + "\n" + "".join(f"{line}\n" for line in signatures)
    if overview.is_shortened:
        text += "the other scores take long on so many units: --metric edit,ter,chrf,bleu\n"
    return text


def _bands(overview: Overview, columns: int) -> str:
    counted = overview.documents[-1].bands
    total = sum(count for _, count in counted)
    if not total:
        return ""
    title = "how much of the draft was changed (character edit rate; units)"
    rows = [(f"{label}%", float(count), f"{count} {100 * count / total:3.0f}%") for label, count in counted]
    return bars(title, rows, columns=columns)


def _effort(overview: Overview) -> str:
    one = next(group.effort for group in overview.groups if group.effort is not None)
    source, target = _short(one.source_counted), _short(one.target_counted)
    rows = [
        [f"effort by {overview.by}", "units", "timed", "hours", "s/unit", "keys/unit", f"source {source}/h",
         f"target {target}/h", "untouched"]
    ]  # fmt: skip
    for group in overview.groups:
        effort = group.effort
        if effort is None:
            continue
        share = effort.untouched_share
        rows.append(
            [
                group.name,
                str(effort.worked),
                str(effort.timed),
                f"{effort.seconds / 3600:.2f}",
                _number(effort.seconds_per_unit, 1),
                _number(effort.keystrokes / effort.worked if effort.worked else None, 1),
                _number(effort.source_per_hour),
                _number(effort.target_per_hour),
                NONE if share is None else f"{share:.0f}%",
            ]
        )
    return _table(rows)


def _has_effort(effort: Effort | None, by: str) -> bool:
    if effort is None:
        return False
    return bool(effort.seconds or effort.keystrokes or (by != "document" and effort.drafted))


def _short(counted: str) -> str:
    return {"characters": "chars", "words": "words"}.get(counted, "mixed")


def _pace(overview: Overview, columns: int) -> str:
    """Hours by day, or the pace of each reviewer, document or engine."""
    timed = [
        (group.name, group.effort)
        for group in overview.groups
        if group.effort is not None and group.effort.seconds and group.name != "total"
    ]
    if len(timed) < 2:
        return ""
    if overview.by == "day":
        rows = [(name, effort.seconds, f"{effort.seconds / 3600:.2f} h") for name, effort in timed[-_DAYS:]]
        title = "hours of work" + (f", the last {_DAYS} days" if len(timed) > _DAYS else "")
        return bars(title, rows, columns=columns)
    counted = timed[0][1].source_counted
    paces = [(name, effort.source_per_hour or 0.0) for name, effort in timed]
    rows = [(name, pace, f"{pace:,.0f}") for name, pace in paces]
    return bars(f"source {counted} an hour", rows, columns=columns)


def _qualities(overview: Overview) -> list[tuple[str, Quality]]:
    return [(group.name, group.quality) for group in overview.groups if group.quality is not None]


def _mqm(overview: Overview) -> str:
    scored = [(name, quality.mqm) for name, quality in _qualities(overview) if quality.mqm is not None]
    if not scored:
        return ""
    first = scored[0][1]
    rows = [
        [f"MQM by {overview.by}", "units", first.counted, "neutral", "minor", "major", "critical", "APT", "NPT",
         "OQS", "per unit", *(["result"] if overview.threshold is not None else [])]
    ]  # fmt: skip
    for name, score in scored:
        counts = [str(score.count(severity)) for severity in _severities()]
        row = [name, str(score.segments), str(score.ewc), *counts, f"{score.apt:g}", _number(score.npt, 2)]
        row += [_number(score.oqs, 2), _number(score.per_segment, 3)]
        if overview.threshold is not None:
            row.append("pass" if score.passes(overview.threshold) else "FAIL")
        rows.append(row)
    what = f"weights:{first.weights}|per:{first.counted}|rwc:{first.rwc}"
    if overview.threshold is not None:
        what += f"|threshold:{overview.threshold:g}"
    return f"{_table(rows)}\nmqm: {what}\n"


def _severities() -> list[Any]:
    from workbench.model import Severity

    return list(Severity)


def _kinds(overview: Overview, columns: int) -> str:
    """The errors by category, the most frequent first."""
    whole = overview.whole
    score = whole.quality.mqm if whole is not None and whole.quality is not None else None
    if score is None or not score.errors:
        return ""
    kinds: dict[str, list[int]] = {}
    for category, severity, count in score.errors:
        kinds.setdefault(category, [0, 0, 0, 0])[severity.rank] += count
    ordered = sorted(kinds.items(), key=lambda one: (-sum(one[1]), one[0]))
    rows = [
        (name, float(sum(counts)), f"{sum(counts)} ({counts[3]} critical, {counts[2]} major)")
        for name, counts in ordered[:_KINDS]
    ]
    title = "errors by kind" + (
        f", the {_KINDS} most frequent of {len(kinds)}" if len(kinds) > _KINDS else ""
    )
    return bars(title, rows, columns=columns)


def _esa(overview: Overview) -> str:
    scored = [(name, one.esa) for name, one in _qualities(overview) if one.esa is not None]
    if not scored:
        return ""
    rows = [[f"ESA by {overview.by}", "mean", "95% interval", "units", "ratings"]]
    for name, score in scored:
        interval = f"{score.low:.1f}-{score.high:.1f}"
        rows.append([name, f"{score.mean:.1f}", interval, str(score.segments), str(score.ratings)])
    return _table(rows)


def _agreement(agreement: Agreement) -> str:
    rows = [["agreement of", "units", "kappa: error", "kappa: severity", "span F1", "rated", "alpha: ESA"]]
    for one in agreement.pairs:
        values = [_number(value, 3) for value in (one.presence, one.severity, one.spans)]
        rows.append(
            [f"{one.first}, {one.second}", str(one.units), *values, str(one.rated), _number(one.ratings, 3)]
        )
    if len(agreement.pairs) > 1:
        rows.append(["all", "", "", "", "", str(agreement.rated), _number(agreement.ratings, 3)])
    return _table(rows)


# JSON


def _document(one: DocumentStats) -> dict[str, Any]:
    return {
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


def _judged(group: Group | None, overview: Overview) -> dict[str, Any]:
    """Effort and quality of a group, null where there is nothing to say."""
    effort = group.effort if group is not None else None
    quality = group.quality if group is not None else None
    return {
        "effort": _effort_record(effort)
        if effort is not None and (effort.worked or effort.drafted)
        else None,
        "mqm": _mqm_record(quality.mqm, overview.threshold) if quality is not None and quality.mqm else None,
        "esa": _esa_record(quality.esa) if quality is not None and quality.esa else None,
    }


def _effort_record(effort: Effort) -> dict[str, Any]:
    source, target = (one.replace(" ", "_") for one in (effort.source_counted, effort.target_counted))
    return {
        "units": effort.worked,
        "timed_units": effort.timed,
        "seconds": effort.seconds,
        "keystrokes": effort.keystrokes,
        f"source_{source}": effort.source_size,
        f"target_{target}": effort.target_size,
        f"source_{source}_per_hour": effort.source_per_hour,
        f"target_{target}_per_hour": effort.target_per_hour,
        "drafted_units": effort.drafted,
        "untouched_percent": effort.untouched_share,
        "edit_bands": dict(effort.bands),
    }


def _mqm_record(score: MqmScore, threshold: float | None) -> dict[str, Any]:
    return {
        "apt": score.apt,
        "ewc": score.ewc,
        "counted": score.counted,
        "rwc": score.rwc,
        "pwpt": score.pwpt,
        "npt": score.npt,
        "oqs": score.oqs,
        "per_unit": score.per_segment,
        "units": score.segments,
        "weights": score.weights,
        "threshold": threshold,
        "passes": None if threshold is None else score.passes(threshold),
        "errors": [
            {"category": category, "severity": str(severity), "n": count}
            for category, severity, count in score.errors
        ],
    }


def _esa_record(score: EsaScore) -> dict[str, Any]:
    return {
        "mean": score.mean,
        "low": score.low,
        "high": score.high,
        "units": score.segments,
        "ratings": score.ratings,
    }


def _agreement_record(agreement: Agreement) -> dict[str, Any]:
    return {
        "pairs": [
            {
                "reviewers": [one.first, one.second],
                "units": one.units,
                "kappa_error": one.presence,
                "kappa_severity": one.severity,
                "span_f1": one.spans,
                "rated_units": one.rated,
                "alpha_esa": one.ratings,
            }
            for one in agreement.pairs
        ],
        "alpha_esa": agreement.ratings,
        "rated_units": agreement.rated,
    }
