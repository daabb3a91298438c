"""The comparison of systems as one HTML page: scores, intervals, rank clusters, groups, segments side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench import metrics as family
from workbench.report import html, plots
from workbench.report.html import EMPTY, lang_tag, safe, two_sides
from workbench.report.page import (
    UNITS_SHOWN,
    count,
    facts,
    figure,
    navigation,
    score_table,
    signatures,
)
from workbench.report.report_parts import EARLY, SCRIPT, STYLE
from workbench.report.unit_rows import attributes, controls

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from workbench.metrics.significance import Ranking
    from workbench.model import Score


@dataclass(frozen=True, slots=True)
class Compared:
    """Systems with their scores, and every line of theirs: `values` by system and metric, `labels` by what they say.

    `groups` = (by, (group, system, scores) each). `sources`, `ids` and `labels` may be empty.
    """

    systems: Sequence[tuple[str, Sequence[Score]]]
    rankings: Sequence[Ranking]
    groups: Sequence[tuple[str, Sequence[tuple[str, str, Sequence[Score]]]]]
    references: Sequence[Sequence[str]]
    hypotheses: Mapping[str, Sequence[str]]
    values: Mapping[str, Mapping[str, Sequence[float]]]
    sources: Sequence[str] = ()
    ids: Sequence[str] = ()
    labels: Mapping[str, Sequence[str]] | None = None
    lang: str = "zh"
    source_lang: str = "en"
    warnings: Sequence[str] = ()

    def numbered(self, label: str) -> dict[str, int]:
        """A number for each value of a label, by which lines are filtered."""
        return {name: at for at, name in enumerate(sorted(set((self.labels or {})[label])))}

    @property
    def metrics(self) -> list[str]:
        """The names of the metrics, in order."""
        return [score.metric for score in self.systems[0][1]]

    @property
    def count(self) -> int:
        """How many segments there are."""
        return len(self.references[0])


def to_html(compared: Compared, *, title: str = "", date: str = "", limit: int | None = UNITS_SHOWN) -> str:
    """The page. `limit` = segments side by side at most (None = all, 0 = none); `date` is shown as it is given.

    All text is escaped, and what would steer or hide it is shown as a symbol. The same input gives the same page.
    """
    names = ", ".join(name for name, _ in compared.systems[:4]) + (" …" if len(compared.systems) > 4 else "")
    title = title or f"Systems: {names}"
    body = (
        *_head(compared, title, date),
        *_scores(compared),
        *_groups(compared),
        *_segments(compared, limit),
    )
    style = STYLE + plots.STYLE
    foot = "A score compares with a reference; it does not know what is right."
    return html.page(
        title, style=style, body=body, script=SCRIPT if limit != 0 else "", early=EARLY, foot=foot
    )


def _head(compared: Compared, title: str, date: str) -> Iterator[str]:
    many = f"{count(len(compared.systems), 'system')}, {count(compared.count, 'segment')}"
    references = count(len(compared.references), "reference")
    yield f"<h1>{safe(title)}</h1>\n<p class=soft>"
    yield safe(" · ".join(part for part in (date, many, references) if part)) + "</p>\n"
    links = [("#scores", "Scores")] + [(f"#by-{by}", f"By {by}") for by, _ in compared.groups]
    yield from navigation([*links, ("#units", "Segments")])
    for line in compared.warnings:
        yield f'<p class="soft">Note: {safe(line)}</p>\n'
    yield from facts(_best(ranking) for ranking in compared.rankings)


def _best(ranking: Ranking) -> tuple[str, str, str]:
    """Who leads by a metric, and whether that is more than chance."""
    best = ranking.estimates[0]
    others = [name for name in ranking.clusters[0] if name != best.system]
    if len(ranking.estimates) == 1:
        below = f"{best.score:.2f} ±{best.half_width:.2f}"
    elif others:
        below = f"{best.score:.2f}; not told apart from {', '.join(others)} (p ≥ {ranking.level:g})"
    else:
        below = f"{best.score:.2f}; ahead of every other system (p < {ranking.level:g})"
    return f"Best by {ranking.metric}", best.system, below


def _scores(compared: Compared) -> Iterator[str]:
    """The table of scores, then each metric's intervals, clusters and pairs."""
    yield '<h2 id="scores">Scores</h2>\n'
    yield from score_table("system", [(name, "", scores) for name, scores in compared.systems])
    yield from signatures(score for _, scores in compared.systems for score in scores)
    yield '<div class="plots">'
    short = short_names([name for name, _ in compared.systems])
    for ranking in compared.rankings:
        cluster = _clusters(ranking)
        rows = [
            (
                short[one.system],
                one.score,
                one.mean - one.half_width,
                one.mean + one.half_width,
                cluster[one.system],
            )
            for one in ranking.estimates
        ]
        better = family.find(ranking.metric).better
        below = f"{better} is better; lines are 95% intervals of {ranking.samples:,} resamples; the number before a "
        below += "name is its rank cluster"
        yield figure(ranking.metric, below, plots.intervals(f"{ranking.metric} with intervals", rows))
    yield "</div>\n"
    if len(compared.systems) > 1:
        for ranking in compared.rankings:
            yield from _pairs(ranking)


def short_names(names: Sequence[str]) -> dict[str, str]:
    """The names without what all of them begin and end with, up to a mark; as they are where nothing would be left."""
    if len(names) < 2:
        return dict.fromkeys(names, names[0]) if names else {}
    parts = [re.split(r"(?<=[._/ -])|(?=[._])", name) for name in names]
    room = min(map(len, parts)) - 1
    head = next((at for at in range(room) if len({one[at] for one in parts}) > 1), room)
    tail = next((at for at in range(room - head) if len({one[-1 - at] for one in parts}) > 1), room - head)
    return {
        name: "".join(one[head : len(one) - tail]).strip("._-/ ") or name
        for name, one in zip(names, parts, strict=True)
    }


def _clusters(ranking: Ranking) -> dict[str, int]:
    return {name: at for at, names in enumerate(ranking.clusters, 1) for name in names}


def _pairs(ranking: Ranking) -> Iterator[str]:
    yield f"<h3>{safe(ranking.metric)}: differences of pairs</h3>\n<div class=wide><table><thead><tr><th>system</th>"
    yield '<th>against</th><th class="n">difference</th><th class="n">95% from</th><th class="n">to</th>'
    yield f'<th class="n">p</th><th>at {ranking.level:g}</th></tr></thead><tbody>'
    for pair in ranking.comparisons:
        numbers = "".join(
            f'<td class="n">{number:+.2f}</td>' for number in (pair.difference, pair.low, pair.high)
        )
        yield f"<tr><td class=long>{safe(pair.first)}</td><td class=long>{safe(pair.second)}</td>{numbers}"
        yield f'<td class="n">{pair.p_value:.4f}</td>'
        yield f"<td>{'significant' if pair.p_value < ranking.level else 'not told apart'}</td></tr>"
    yield f"</tbody></table></div>\n<p class=soft>Paired bootstrap, {ranking.samples:,} resamples, seed "
    yield f"{ranking.seed}.</p>\n"


def _groups(compared: Compared) -> Iterator[str]:
    for by, rows in compared.groups:
        heading = "characters of the reference" if by == "length" else by
        yield f'<h2 id="by-{safe(by)}">By {safe(by)}</h2>\n'
        second = "system" if len(compared.systems) > 1 else ""
        told: set[str] = set()
        lines = []
        for group, system, scores in rows:
            lines.append(("" if group in told else group or "–", system, scores))
            told.add(group)
        yield from score_table(heading, lines, second=second)


def _spreads(compared: Compared, metric: str) -> list[float]:
    """How far the systems lie apart in each segment."""
    columns = [compared.values[name][metric] for name, _ in compared.systems]
    return [max(cells) - min(cells) for cells in zip(*columns, strict=True)]


def _segments(compared: Compared, limit: int | None) -> Iterator[str]:
    if limit == 0:
        yield f'<p id="units" class="soft">{count(compared.count, "segment")}, not listed.</p>\n'
        return
    metrics = compared.metrics
    first = next((name for name in metrics if name.startswith("chrf")), metrics[0])
    several = len(compared.systems) > 1
    if several:
        keys = {name: _spreads(compared, name) for name in metrics}
        order = sorted(range(compared.count), key=lambda at: -keys[first][at])
        said = f"Those on which the systems differ most in {first} come first. "
    else:
        keys = {name: list(compared.values[compared.systems[0][0]][name]) for name in metrics}
        worst = -1 if family.find(first).better == "lower" else 1
        order = sorted(range(compared.count), key=lambda at: worst * keys[first][at])
        said = f"The worst in {first} come first. "
    shown = order[:limit]
    yield '<section id="units"><h2>Segments side by side</h2>\n<p class="soft">'
    yield f"{said}What is <ins>underlined</ins> does not stand so in the reference. "
    if len(shown) < compared.count:
        yield f"{len(shown):,} of {compared.count:,} segments are listed (--units all lists every one). "
    yield "</p>\n"
    yield from _controls(compared, shown, first, several=several)
    heads = "".join(f'<th class="n score">{safe(name)}</th>' for name in metrics)
    yield '<table class="units systems"><thead><tr><th class="n no" data-sort="n" data-first="n:asc">No</th>'
    yield f'<th class="system">System</th><th>Text</th>{heads}</tr></thead>\n'
    short = short_names([name for name, _ in compared.systems])
    numbers = {label: compared.numbered(label) for label in compared.labels or {}}
    for at in shown:
        yield from _segment(compared, at, keys, numbers, short)
    yield "</table>\n</section>\n"


def _controls(compared: Compared, shown: Sequence[int], first: str, *, several: bool) -> Iterator[str]:
    choices = []
    for key, values in (compared.labels or {}).items():
        present = {values[at] for at in shown}
        own = [(str(number), name) for name, number in compared.numbered(key).items() if name in present]
        choices.append((key, f"every {key}", own))
    orders = []
    for name in sorted(compared.metrics, key=lambda name: name != first):
        lower = family.find(name).better == "lower"
        if several:
            orders.append((f"{_key(name)}:desc", f"largest difference in {name} first"))
        else:
            orders.append((f"{_key(name)}:{'desc' if lower else 'asc'}", f"worst {name} first"))
            orders.append((f"{_key(name)}:{'asc' if lower else 'desc'}", f"best {name} first"))
    orders += [("n:asc", "in order"), ("n:desc", "last first")]
    if several:
        named = [(str(at), f"best in {first}: {name}") for at, (name, _) in enumerate(compared.systems)]
        choices.append(("best", "whoever is best", named))
        choices.append(
            (
                "worst",
                "whoever is worst",
                [(str(at), f"worst in {first}: {name}") for at, (name, _) in enumerate(compared.systems)],
            )
        )
    yield from controls(choices, [("differs", "only where systems differ")] if several else [], orders)


def _key(metric: str) -> str:
    """The metric's name as the key of a data attribute."""
    return "m" + "".join(c if c.isalnum() else "p" for c in metric.lower())


def _segment(
    compared: Compared,
    at: int,
    keys: Mapping[str, Sequence[float]],
    numbers: Mapping[str, Mapping[str, int]],
    short: Mapping[str, str],
) -> Iterator[str]:
    metrics = compared.metrics
    first = next((name for name in metrics if name.startswith("chrf")), metrics[0])
    columns = [compared.values[name][first][at] for name, _ in compared.systems]
    lower = family.find(first).better == "lower"
    best, worst = (min(columns), max(columns)) if lower else (max(columns), min(columns))
    data = {"n": str(at + 1)} | {_key(name): f"{keys[name][at]:.6g}" for name in metrics}
    data |= {key: str(own[(compared.labels or {})[key][at]]) for key, own in numbers.items()}
    if best != worst:
        data["best"] = " ".join(str(n) for n, value in enumerate(columns) if value == best)
        data["worst"] = " ".join(str(n) for n, value in enumerate(columns) if value == worst)
    texts = [compared.hypotheses[name][at] for name, _ in compared.systems]
    data["differs"] = "1" if len(set(texts)) > 1 else ""
    lang = lang_tag(compared.lang)
    empty = '<td class="n"></td>' * len(metrics)
    where = [values[at] for values in (compared.labels or {}).values()]
    where += [compared.ids[at]] if compared.ids else []
    small = "".join(f"<br><small class=soft><bdi>{safe(words)}</bdi></small>" for words in where if words)
    number = f'<td class="n">{at + 1}</td>'
    yield f"<tbody{attributes(data)}>"
    if compared.sources:
        source = f'<bdi lang="{lang_tag(compared.source_lang)}">{safe(compared.sources[at]) or EMPTY}</bdi>'
        yield f'<tr>{number}<th scope="row">Source{small}</th><td class="text">{source}</td>{empty}</tr>'
        number, small = "<td></td>", ""
    for lines in compared.references:
        text = f'<bdi lang="{lang}">{safe(lines[at]) or EMPTY}</bdi>'
        yield f'<tr>{number}<th scope="row">Reference{small}</th><td class="text">{text}</td>{empty}</tr>'
        number, small = "<td></td>", ""
    reference = compared.references[0][at]
    for (name, _), text in zip(compared.systems, texts, strict=True):
        marked = two_sides(reference, text)[1] or EMPTY
        cells = "".join(
            f'<td class="n" data-label="{safe(metric)}">{compared.values[name][metric][at]:.1f}</td>'
            for metric in metrics
        )
        yield f'<tr><td></td><th scope="row"><bdi>{safe(short[name])}</bdi></th>'
        yield f'<td class="text"><bdi lang="{lang}">{marked}</bdi></td>{cells}</tr>'
    yield "</tbody>\n"
