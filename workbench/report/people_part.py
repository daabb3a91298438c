"""The part of a report that tells of people: the time they took, how good they found the texts, how far they agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.model import Severity
from workbench.report import plots
from workbench.report.html import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workbench.metrics.effort import Effort
    from workbench.metrics.judgement import Agreement
    from workbench.metrics.mqm import MqmScore
    from workbench.report.stats import Overview

_NONE = "–"


def duration(seconds: float) -> str:
    """Hours and minutes, or seconds where it was less than a minute."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60:02} min" if minutes >= 60 else f"{minutes} min"


def facts(people: Overview) -> Iterator[tuple[str, str, str]]:
    """For the summary: time and pace, quality by errors and by ratings, each where there is any."""
    whole = people.whole
    if whole is None:
        return
    effort = whole.effort
    if effort is not None and effort.seconds:
        units = f"on {effort.timed:,} units, {effort.seconds_per_unit or 0:.0f} s each"
        yield "Time spent", duration(effort.seconds), units
        below = f"{effort.source_counted} of source an hour; "
        below += f"{_number(effort.target_per_hour)} {effort.target_counted} of target"
        yield "Pace", _number(effort.source_per_hour), below
    quality = whole.quality
    if quality is not None and quality.mqm is not None:
        score = quality.mqm
        verdict = ""
        if people.threshold is not None:
            passed = "passes" if score.passes(people.threshold) else "fails"
            verdict = f"; {passed} the threshold of {people.threshold:g}"
        below = f"{_number(score.npt, 2)} penalty points per {score.rwc:,} {score.counted}{verdict}"
        yield "Quality (MQM)", _number(score.oqs, 2), below
    if quality is not None and quality.esa is not None:
        esa = quality.esa
        yield (
            "Rating (ESA)",
            f"{esa.mean:.1f}",
            f"{esa.low:.1f} to {esa.high:.1f}, {esa.segments:,} units rated",
        )


def effort_plots(days: Overview) -> Iterator[tuple[str, str, str]]:
    """(title, below, plot): minutes and units by day, where time was spent on more than one day or at all."""
    spent = [(one.name, one.effort) for one in days.groups if one.effort is not None and one.name != "total"]
    worked = [(name, effort) for name, effort in spent if effort.worked]
    if any(effort.seconds for _, effort in worked):
        points = [(name, effort.seconds / 60) for name, effort in worked]
        yield (
            "Effort over time",
            "minutes of work a day (UTC), long silences cut short",
            plots.lines("Minutes of work a day", points, unit="minutes"),
        )
    if len(worked) > 1:
        points = [(name, float(effort.worked)) for name, effort in worked]
        yield "Units worked on", "a day (UTC)", plots.lines("Units a day", points, unit="units")


def tables(people: Overview) -> Iterator[str]:
    """Effort and quality by reviewer, and how far reviewers agree, each where there is anything to tell."""
    efforts = [
        (one.name, one.effort) for one in people.groups if one.effort is not None and one.effort.worked
    ]
    scored = [
        (one.name, one.quality.mqm) for one in people.groups if one.quality and one.quality.mqm is not None
    ]
    rated = [
        (one.name, one.quality.esa) for one in people.groups if one.quality and one.quality.esa is not None
    ]
    if not (efforts or scored or rated or people.agreement):
        return
    yield '<h2 id="people">Effort and quality</h2>\n'
    if efforts:
        yield from _effort(efforts)
    if scored:
        yield from _mqm(scored, people.threshold)
    if rated:
        rows = [
            [
                name,
                f"{one.mean:.1f}",
                f"{one.low:.1f} to {one.high:.1f}",
                f"{one.segments:,}",
                f"{one.ratings:,}",
            ]
            for name, one in rated
        ]
        yield from _table(
            "Ratings from 0 to 100 (ESA)", ["rated by", "mean", "95%", "units", "ratings"], rows
        )
    if people.agreement is not None:
        yield from _agreement(people.agreement)


def _effort(efforts: Sequence[tuple[str, Effort]]) -> Iterator[str]:
    first = efforts[0][1]
    heads = ["reviewer", "units", "time", "s a unit", "keys a unit"]
    heads += [f"source {first.source_counted}/h", f"target {first.target_counted}/h", "drafts kept"]
    rows = [
        [
            name,
            f"{one.worked:,}",
            duration(one.seconds) if one.seconds else _NONE,
            _number(one.seconds_per_unit, 1),
            _number(one.keystrokes / one.worked, 1),
            _number(one.source_per_hour),
            _number(one.target_per_hour),
            _NONE if one.untouched_share is None else f"{one.untouched_share:.0f}%",
        ]
        for name, one in efforts
    ]
    yield from _table("Effort", heads, rows)


def _mqm(scored: Sequence[tuple[str, MqmScore]], threshold: float | None) -> Iterator[str]:
    first = scored[0][1]
    heads = [
        "judged by",
        "units",
        first.counted,
        *(str(one) for one in Severity),
        "penalty",
        f"per {first.rwc:,}",
    ]
    heads += ["score", *(["result"] if threshold is not None else [])]
    rows = []
    for name, one in scored:
        row = [
            name,
            f"{one.segments:,}",
            f"{one.ewc:,}",
            *(f"{one.count(severity):,}" for severity in Severity),
        ]
        row += [f"{one.apt:g}", _number(one.npt, 2), _number(one.oqs, 2)]
        if threshold is not None:
            row.append("pass" if one.passes(threshold) else "FAIL")
        rows.append(row)
    yield from _table("Errors that reviewers noted (MQM)", heads, rows)
    yield f"<p class=soft>mqm: weights:{safe(first.weights)}|per:{safe(first.counted)}|rwc:{first.rwc}"
    yield f"|threshold:{threshold:g}</p>\n" if threshold is not None else "</p>\n"


def _agreement(agreement: Agreement) -> Iterator[str]:
    rows = [
        [
            f"{one.first}, {one.second}",
            f"{one.units:,}",
            *(_number(value, 3) for value in (one.presence, one.severity, one.spans)),
            f"{one.rated:,}",
            _number(one.ratings, 3),
        ]
        for one in agreement.pairs
    ]
    heads = ["reviewers", "units", "kappa: error", "kappa: severity", "span F1", "rated", "alpha: ESA"]
    yield from _table("Agreement of reviewers", heads, rows)


def _table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f'<h3>{safe(title)}</h3>\n<div class="wide"><table><thead><tr><th>{safe(heads[0])}</th>'
    yield "".join(f'<th class="n">{safe(head)}</th>' for head in heads[1:]) + "</tr></thead><tbody>"
    for first, *rest in rows:
        cells = "".join(f'<td class="n">{safe(cell)}</td>' for cell in rest)
        yield f"<tr><td class=long><bdi>{safe(first)}</bdi></td>{cells}</tr>"
    yield "</tbody></table></div>\n"


def _number(value: float | None, digits: int = 0) -> str:
    return _NONE if value is None else f"{value:,.{digits}f}"
