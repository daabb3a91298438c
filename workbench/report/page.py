"""The report on a review as one HTML page that needs no network: summary, plots, scores, units side by side."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from workbench import checks
from workbench.metrics.mqm import NO_ERROR
from workbench.model import Severity, State
from workbench.report import html, people_part, plots
from workbench.report.html import safe
from workbench.report.report_parts import EARLY, SCRIPT, STYLE
from workbench.report.unit_rows import chosen_units, review_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Protocol

    from workbench.model import Annotation, Score
    from workbench.report.stats import Overview
    from workbench.report.unit_rows import ReviewedUnit

    class Reviewed(Protocol):
        """What the page tells, as `pipeline.reporting` gathers it."""

        @property
        def name(self) -> str: ...
        @property
        def documents(self) -> Sequence[str]: ...
        @property
        def source_lang(self) -> str: ...
        @property
        def target_lang(self) -> str: ...
        @property
        def units(self) -> Sequence[ReviewedUnit]: ...
        @property
        def langs(self) -> Sequence[tuple[str, str]]: ...
        @property
        def waived_count(self) -> int: ...
        @property
        def checked(self) -> bool: ...
        @property
        def is_project(self) -> bool: ...
        @property
        def scored_count(self) -> int: ...
        @property
        def changed_count(self) -> int: ...
        @property
        def reviewers(self) -> Sequence[tuple[str, int]]: ...
        @property
        def bands(self) -> Sequence[tuple[str, int]]: ...
        @property
        def scores(self) -> Sequence[Score]: ...
        @property
        def groups(self) -> Sequence[tuple[str, Sequence[tuple[str, str, Sequence[Score]]]]]: ...
        @property
        def people(self) -> Overview | None: ...
        @property
        def days(self) -> Overview | None: ...


_DONE = (State.REVIEWED, State.FINAL)
_GRAVE = (Severity.NEUTRAL, Severity.MINOR, Severity.MAJOR, Severity.CRITICAL)
UNITS_SHOWN = 10_000
"""Units side by side unless told otherwise: what a browser still loads in a few seconds."""


def to_html(reviewed: Reviewed, *, title: str = "", date: str = "", limit: int | None = UNITS_SHOWN) -> str:
    """The page. `limit` = units side by side at most (None = all, 0 = none); `date` is shown as it is given.

    All text is escaped, and what would steer or hide it is shown as a symbol. The same input gives the same page.
    """
    title = title or f"Review report: {reviewed.name}"
    body = (
        *_head(reviewed, title, date),
        *_plots(reviewed),
        *_tables(reviewed),
        *(people_part.tables(reviewed.people) if reviewed.people is not None else ()),
        *_units(reviewed, limit),
    )
    return html.page(
        title, style=STYLE + plots.STYLE, body=body, script=SCRIPT if limit != 0 else "", early=EARLY
    )


def _head(reviewed: Reviewed, title: str, date: str) -> Iterator[str]:
    """The title, the review in two or three sentences, and its figures."""
    langs = f"{reviewed.source_lang} → {reviewed.target_lang}"
    documents = count(len(reviewed.documents), "document")
    yield f"<h1>{safe(title)}</h1>\n<p class=soft>"
    yield safe(" · ".join(part for part in (date, langs, documents) if part)) + "</p>\n"
    links = [("#changes", "Changes")] + ([("#scores", "Scores")] if reviewed.scores else [])
    links += [("#people", "Effort and quality")] if reviewed.people is not None else []
    yield from navigation([*links, ("#units", "Units")])
    yield f'<p class="lead">{safe(_in_words(reviewed))}</p>\n'
    yield from facts(_facts(reviewed))


def navigation(links: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Links to the parts of the page."""
    yield "<nav>" + "".join(f'<a href="{goal}">{safe(name)}</a>' for goal, name in links) + "</nav>\n"


def facts(figures: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    """The figures of a summary: (name, value, what stands below) each."""
    yield '<dl class="facts">'
    for name, value, below in figures:
        yield f'<div><dt>{safe(name)}</dt><dd class="big">{safe(value)}</dd>'
        yield f'<dd class="small">{safe(below)}</dd></div>' if below else "</div>"
    yield "</dl>\n"


def count(number: int, noun: str) -> str:
    """The number with its noun, thousands parted by commas."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def share(part: int, whole: int) -> str:
    """A part of a whole in percent; what is not nothing and not all never reads 0% or 100%."""
    percent = 100 * part / whole if whole else 0.0
    return f"{min(max(round(percent), 1 if part else 0), 99 if part < whole else 100)}%"


def _severities(reviewed: Reviewed) -> Counter[Severity]:
    return Counter(issue.severity for one in reviewed.units for issue in one.issues)


def _listed(severities: Counter[Severity]) -> str:
    return ", ".join(f"{severities[one]:,} {one}" for one in reversed(_GRAVE) if severities[one])


def _in_words(reviewed: Reviewed) -> str:
    units = reviewed.units
    done = sum(1 for one in units if one.unit.state in _DONE)
    names = [name for name, _ in reviewed.reviewers]
    by = f", by {', '.join(names[:4])}{' and others' if len(names) > 4 else ''}" if names else ""
    parts = []
    if done or reviewed.is_project:
        parts.append(
            f"{done:,} of {count(len(units), 'unit')} {_are(done)} reviewed{by}; "
            f"{len(units) - done:,} {_are(len(units) - done)} open."
        )
    else:
        parts.append(f"{count(len(units), 'unit')}, draft against target.")
    if reviewed.scored_count:
        what = "reviewed drafts" if reviewed.is_project else "drafts"
        parts.append(
            f"{reviewed.changed_count:,} of {reviewed.scored_count:,} {what} changed, "
            f"{reviewed.scored_count - reviewed.changed_count:,} kept as they were."
        )
    elif reviewed.is_project:
        parts.append("There are no reviewed drafts yet, so there is nothing to say about changes.")
    if reviewed.checked:
        severities = _severities(reviewed)
        total = sum(severities.values())
        told = f"{count(total, 'finding')} of the checks {'stands' if total == 1 else 'stand'}"
        parts.append(f"{told}: {_listed(severities)}." if total else "No finding of the checks stands.")
    return " ".join(parts)


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _facts(reviewed: Reviewed) -> Iterator[tuple[str, str, str]]:
    units = reviewed.units
    done = sum(1 for one in units if one.unit.state in _DONE)
    characters = sum(len(one.unit.source) for one in units)
    if done or reviewed.is_project:
        yield "Reviewed", share(done, len(units)), f"{done:,} of {count(len(units), 'unit')}"
        left = sum(len(one.unit.source) for one in units if one.unit.state not in _DONE)
        yield "Open", f"{len(units) - done:,}", f"units, {left:,} characters of source"
    else:
        yield "Units", f"{len(units):,}", f"{characters:,} characters of source"
    if reviewed.reviewers:
        names = ", ".join(f"{name} {units:,}" for name, units in reviewed.reviewers[:6])
        yield "Reviewers", f"{len(reviewed.reviewers)}", f"units of each: {names}"
    if reviewed.scored_count:
        kept = reviewed.scored_count - reviewed.changed_count
        below = f"{kept:,} of {count(reviewed.scored_count, 'draft')} untouched"
        yield "Drafts kept", share(kept, reviewed.scored_count), below
    for score in reviewed.scores:
        if score.metric == "edit":
            yield "Characters changed", f"{score.value:.1f}%", "edits / characters of the targets"
    if reviewed.checked:
        severities = _severities(reviewed)
        waived = f"; {reviewed.waived_count:,} more waived" if reviewed.waived_count else ""
        yield "Findings left", f"{sum(severities.values()):,}", (_listed(severities) or "none") + waived
    noted = Counter(note.severity for note in _errors(reviewed))
    if noted:
        yield "Errors noted", f"{sum(noted.values()):,}", f"by people: {_listed(noted)}"
    if reviewed.people is not None:
        yield from people_part.facts(reviewed.people)


def _errors(reviewed: Reviewed) -> list[Annotation]:
    return [note for one in reviewed.units for note in one.annotations if note.category != NO_ERROR]


def figure(title: str, below: str, plot: str) -> str:
    """A plot with its title and what to know about it."""
    return f"<figure><figcaption>{safe(title)}<span>{safe(below)}</span></figcaption>{plot}</figure>\n"


def _plots(reviewed: Reviewed) -> Iterator[str]:
    """What there is to show: progress, bands of editing, findings by kind, noted errors, effort over time."""
    made = [
        one for one in (_progress(reviewed), _bands(reviewed), _findings(reviewed), _noted(reviewed)) if one
    ]
    if reviewed.days is not None:
        made += [figure(*parts) for parts in people_part.effort_plots(reviewed.days)]
    yield '<h2 id="changes">Progress, changes, findings</h2>\n<div class="plots">'
    yield "".join(made)
    yield "</div>\n"


def _progress(reviewed: Reviewed) -> str:
    states = [state for state in State if any(one.unit.state is state for one in reviewed.units)]
    if not (reviewed.is_project or states != [State.INITIAL]) or not reviewed.units:
        return ""
    counts = Counter((one.document, one.unit.state) for one in reviewed.units)
    rows = [(name, [counts[at, state] for state in State]) for at, name in enumerate(reviewed.documents[:20])]
    below = "units by state" + (" (the first 20 documents)" if len(reviewed.documents) > 20 else "")
    return figure(
        "Progress by document", below, plots.stacked("Units by state", [str(s) for s in State], rows)
    )


def _bands(reviewed: Reviewed) -> str:
    if not reviewed.bands:
        return ""
    rows = [
        (
            "unchanged" if label == "0" else f"{label}%",
            number,
            f"{number:,} · {share(number, reviewed.scored_count)}",
        )
        for label, number in reviewed.bands
    ]
    below = f"{count(reviewed.scored_count, 'draft')} by the share of characters that were edited"
    return figure("How much was changed", below, plots.bars("Edit bands", rows))


def _findings(reviewed: Reviewed) -> str:
    counts = Counter((issue.check, issue.severity) for one in reviewed.units for issue in one.issues)
    if not counts:
        return ""
    sums = Counter(check for check, _ in counts.elements())
    order = {check.id: at for at, check in enumerate(checks.CHECKS)}
    names = sorted(sums, key=lambda name: (-sums[name], order.get(name, len(order)), name))
    rows = [(name, [counts[name, one] for one in _GRAVE]) for name in names]
    below = "what the checks still find, waived findings left out"
    return figure("Findings by kind", below, plots.stacked("Findings", _GRAVE, rows))


def _noted(reviewed: Reviewed) -> str:
    counts = Counter((note.category, note.severity) for note in _errors(reviewed))
    if not counts:
        return ""
    sums = Counter(category for category, _ in counts.elements())
    rows = [(name, [counts[name, one] for one in _GRAVE]) for name, _ in sums.most_common()]
    plot = plots.stacked("Errors noted", _GRAVE, rows)
    return figure("Errors that reviewers noted", "by MQM category and severity", plot)


def _tables(reviewed: Reviewed) -> Iterator[str]:
    """The scores of all, and of each group, with the signatures."""
    if not reviewed.scores:
        return
    what = "reviewed units" if reviewed.is_project else "units with a draft"
    yield f'<h2 id="scores">Scores</h2>\n<p>The drafts as they came against the targets as they stand: {what}. '
    yield "edit and ter count what was changed (0 = nothing); bleu and chrf what was kept (100 = all).</p>\n"
    yield '<div class="side">\n'
    yield from score_table("", [("all", "", reviewed.scores)], title="All")
    for by, rows in reviewed.groups:
        heading = "characters of the target" if by == "length" else by
        lines = [(group or "–", "", scores) for group, _, scores in rows]
        yield from score_table(heading, lines, title=f"By {by}")
    yield "</div>\n"
    yield from signatures(reviewed.scores)


def score_table(
    heading: str, rows: Sequence[tuple[str, str, Sequence[Score]]], *, second: str = "", title: str = ""
) -> Iterator[str]:
    """A table of scores: (group, system, scores) a row; the column of systems only where it has a heading."""
    yield '<div class="wide">' + (f"<h3>{safe(title)}</h3>" if title else "")
    yield f"<table><thead><tr><th>{safe(heading)}</th>"
    yield f"<th>{safe(second)}</th>" if second else ""
    yield "".join(f'<th class="n">{safe(score.metric)}</th>' for score in rows[0][2])
    yield '<th class="n">units</th></tr></thead><tbody>'
    for group, system, scores in rows:
        yield f"<tr><td class=long><bdi>{safe(group)}</bdi></td>"
        yield f"<td class=long><bdi>{safe(system)}</bdi></td>" if second else ""
        yield "".join(f'<td class="n">{score.value:.2f}</td>' for score in scores)
        yield f'<td class="n">{scores[0].unit_count:,}</td></tr>'
    yield "</tbody></table></div>\n"


def signatures(scores: Iterable[Score]) -> Iterator[str]:
    """The settings that made the scores, a line a metric."""
    lines = dict.fromkeys(f"{score.metric}: {score.signature}" for score in scores)
    yield "<p class=soft>" + "<br>".join(safe(line) for line in lines) + "</p>\n"


def _units(reviewed: Reviewed, limit: int | None) -> Iterator[str]:
    total = len(reviewed.units)
    if limit == 0 or not total:
        yield f'<p id="units" class="soft">{count(total, "unit")}, not listed.</p>\n'
        return
    shown = chosen_units(reviewed.units, limit)
    drafted = any(one.unit.drafts for _, one in shown)
    yield '<section id="units"><h2>Units side by side</h2>\n<p class="soft">'
    if drafted:
        yield "<del>Struck out</del> was in the draft and is gone, <ins>underlined</ins> is new in the target. "
    if reviewed.checked:
        yield "What a finding points at is <mark>marked</mark>. "
    if len(shown) < total:
        yield f"{len(shown):,} of {total:,} units are listed: what people noted or rated, then the gravest "
        yield "findings and the most changed (--units all lists every one). "
    yield "</p>\n"
    langs = reviewed.langs or [(reviewed.source_lang, reviewed.target_lang)] * len(reviewed.documents)
    yield from review_table(shown, reviewed.documents, langs=langs, drafted=drafted)
    yield "</section>\n"
