"""The units of a report side by side: controls, and a group of rows a unit that sorts and filters as one."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from workbench import checks
from workbench.metrics.mqm import NO_ERROR
from workbench.model import State
from workbench.report.html import EMPTY, difference, lang_tag, marked, safe, two_sides

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Protocol

    from workbench.model import Annotation, Issue, Rating, TranslationUnit

    class ReviewedUnit(Protocol):
        """A unit of a review, as `pipeline.reporting` makes it."""

        @property
        def document(self) -> int: ...
        @property
        def unit(self) -> TranslationUnit: ...
        @property
        def issues(self) -> Sequence[Issue]: ...
        @property
        def annotations(self) -> Sequence[Annotation]: ...
        @property
        def edit(self) -> float | None: ...
        @property
        def seconds(self) -> float: ...
        @property
        def ratings(self) -> Sequence[Rating]: ...


def controls(
    choices: Sequence[tuple[str, str, Sequence[tuple[str, str]]]],
    ticks: Sequence[tuple[str, str]],
    orders: Sequence[tuple[str, str]],
) -> Iterator[str]:
    """The bar of filters: choices = (key, what all are called, (value, label) each), ticks and orders = (key, label).

    Without a script it is not shown, and every unit is.
    """
    yield '<div class="controls"><input type="search" name="text" placeholder="Words in a unit" '
    yield 'aria-label="Words in a unit">'
    for key, every, options in choices:
        if len(options) > 1 or key == "kind":
            yield f'<select name="{key}" aria-label="{safe(key)}"><option value="">{safe(every)}</option>'
            yield "".join(f'<option value="{safe(value)}">{safe(label)}</option>' for value, label in options)
            yield "</select>"
    for key, label in ticks:
        yield f'<label><input type="checkbox" name="{key}" value="1"> {safe(label)}</label>'
    yield '<select name="order" aria-label="Order">'
    yield "".join(f'<option value="{value}">{safe(label)}</option>' for value, label in orders)
    yield '</select><span id="shown" class="soft" role="status"></span></div>\n'
    yield '<div class="pager"><button type="button">← earlier</button><span id="page"></span>'
    yield '<button type="button">later →</button></div>\n'


def chosen_units(units: Sequence[ReviewedUnit], limit: int | None) -> list[tuple[int, ReviewedUnit]]:
    """(number from 1, unit) of those to show, in order; over the limit, those with most to tell go first.

    First what people noted or rated, then the gravest findings, then what was changed most.
    """
    numbered = list(enumerate(units, 1))
    if limit is None or len(numbered) <= limit:
        return numbered
    return sorted(sorted(numbered, key=lambda one: _telling(one[1]), reverse=True)[:limit], key=itemgetter(0))


def _telling(one: ReviewedUnit) -> tuple[bool, int, float]:
    noted = bool(one.annotations or one.ratings or one.unit.notes)
    return noted, max((issue.severity.rank + 1 for issue in one.issues), default=0), one.edit or 0.0


def review_table(
    shown: Sequence[tuple[int, ReviewedUnit]],
    documents: Sequence[str],
    *,
    langs: Sequence[tuple[str, str]],
    drafted: bool,
) -> Iterator[str]:
    """The controls and the table of units; without drafts anywhere their columns are left out.

    `langs` = source and target language of each document.
    """
    units = [one for _, one in shown]
    kinds = {issue.check for one in units for issue in one.issues}
    categories = sorted({note.category for one in units for note in one.annotations})
    known = [check.id for check in checks.CHECKS]
    listed = [*(name for name in known if name in kinds), *sorted(kinds - set(known))]
    states = [state for state in State if any(one.unit.state is state for one in units)]
    numbers = sorted({one.document for one in units})
    ticks = [("changed", "only changed")] if drafted else []
    if any(one.unit.notes or one.annotations or one.ratings for one in units):
        ticks.append(("noted", "only noted"))
    yield from controls(
        (
            ("state", "every state", [(str(state), str(state)) for state in states]),
            ("document", "every document", [(str(at), documents[at]) for at in numbers]),
            (
                "kind",
                "with or without findings",
                [
                    *([("any", "any finding")] if listed else []),
                    *((name, f"finding: {name}") for name in listed),
                    *((f"mqm-{at}", f"error: {name}") for at, name in enumerate(categories)),
                ],
            ),
        ),
        ticks,
        _orders(units, drafted=drafted),
    )
    yield '<table class="units"><thead><tr><th class="n no" data-sort="n" data-first="n:asc">No</th>'
    yield '<th data-sort="length" data-first="length:desc">Source</th>'
    if drafted:
        yield '<th>Draft</th><th>Target</th><th class="n score" data-sort="edit" data-first="edit:desc">Edit %</th>'
    else:
        yield "<th>Target</th>"
    yield '<th class="state" data-sort="state" data-first="rank:asc">State</th></tr></thead>\n'
    several = len(documents) > 1
    for number, one in shown:
        place = documents[one.document] if several else ""
        own = langs[one.document]
        yield from _unit(number, one, place, langs=own, drafted=drafted, categories=categories)
    yield "</table>\n"


def _orders(units: Sequence[ReviewedUnit], *, drafted: bool) -> list[tuple[str, str]]:
    """The orders that the table can be put into: what it is sorted by, and the words for it."""
    orders = [("n:asc", "in order"), ("n:desc", "last first")]
    if drafted:
        orders += [("edit:desc", "most changed first"), ("edit:asc", "least changed first")]
    orders += [
        ("grave:desc", "gravest findings first"),
        ("rank:asc", "open first"),
        ("rank:desc", "done first"),
        ("length:desc", "longest source first"),
        ("length:asc", "shortest source first"),
    ]
    if any(one.seconds for one in units):
        orders.append(("seconds:desc", "longest worked on first"))
    if any(one.ratings for one in units):
        orders += [("rated:asc", "worst rated first"), ("rated:desc", "best rated first")]
    return orders


def _unit(
    number: int,
    one: ReviewedUnit,
    document: str,
    *,
    langs: tuple[str, str],
    drafted: bool,
    categories: Sequence[str],
) -> Iterator[str]:
    unit = one.unit
    source_lang, target_lang = (lang_tag(lang) for lang in langs)
    marks = [(issue.target_span, issue.severity) for issue in one.issues]
    marks += [
        (note.span, note.severity)
        for note in one.annotations
        if note.target in ("", unit.target) and _fits(note, unit)
    ]
    in_source = [(issue.source_span, issue.severity) for issue in one.issues]
    in_source += [(note.source_span, note.severity) for note in one.annotations]
    source = marked(unit.source, in_source)
    if unit.drafts:
        draft, target = two_sides(unit.draft, unit.target, marks)
    else:
        draft, target = "", marked(unit.target, marks)
    yield f"<tbody{_data(number, one, categories)}>"
    yield f'<tr><td class="n">{number}</td>'
    yield f'<td class="text" data-label="Source" lang="{source_lang}"><bdi>{source or EMPTY}</bdi></td>'
    if drafted:
        old = "<i class=soft>(none)</i>" if not unit.drafts else draft or EMPTY
        yield f'<td class="text" data-label="Draft" lang="{target_lang}"><bdi>{old}</bdi></td>'
    yield f'<td class="text" data-label="Target" lang="{target_lang}"><bdi>{target or EMPTY}</bdi></td>'
    if drafted:
        yield f'<td class="n" data-label="Edit %">{"–" if one.edit is None else f"{one.edit:.1f}"}</td>'
    yield f'<td class="state"><span class="chip {unit.state}">{unit.state}</span>'
    yield "".join(f"<small><bdi>{safe(words)}</bdi></small>" for words in _small(one, document) if words)
    yield "</td></tr>"
    told = "".join(_told(one, target_lang))
    if told:
        yield f'<tr class="more"><td></td><td colspan="{5 if drafted else 3}"><ul class="found">{told}</ul></td></tr>'
    yield "</tbody>\n"


def _fits(note: Annotation, unit: TranslationUnit) -> bool:
    return note.span is not None and note.span.end <= len(unit.target)


def _data(number: int, one: ReviewedUnit, categories: Sequence[str]) -> str:
    """What the script sorts and filters by."""
    kinds = list(dict.fromkeys(issue.check for issue in one.issues))
    kinds = (["any"] if kinds else []) + kinds
    kinds += dict.fromkeys(f"mqm-{categories.index(note.category)}" for note in one.annotations)
    told = [issue.severity for issue in one.issues] + [note.severity for note in one.annotations]
    grave = max((severity.rank + 1 for severity in told), default=0)
    data: dict[str, str] = {
        "n": str(number),
        "state": str(one.unit.state),
        "rank": str(list(State).index(one.unit.state)),
        "document": str(one.document),
        "kind": " ".join(kinds),
        "grave": str(grave * 1000 + len(told)) if grave else "0",
        "edit": "" if one.edit is None else f"{one.edit:.4g}",
        "changed": "1" if one.edit else "",
        "noted": "1" if one.unit.notes or one.annotations or one.ratings else "",
        "rated": f"{_mean(one.ratings):.4g}" if one.ratings else "",
        "length": str(len(one.unit.source)),
        "seconds": f"{one.seconds:.0f}" if one.seconds else "",
    }
    return attributes(data)


def _mean(ratings: Sequence[Rating]) -> float:
    return sum(rating.value for rating in ratings) / len(ratings)


def attributes(data: dict[str, str]) -> str:
    """Those that are not empty, as data attributes."""
    return "".join(f' data-{key}="{safe(value)}"' for key, value in data.items() if value)


def _small(one: ReviewedUnit, document: str) -> tuple[str, ...]:
    """Below the state: who and how long, the unit's id, its document where the id does not tell it."""
    unit = one.unit
    who = unit.changed_by if unit.state is not State.INITIAL else ""
    took = f"{one.seconds:.0f} s" if one.seconds else ""
    return (
        " · ".join(part for part in (who, took) if part),
        unit.id,
        "" if not document or unit.id.startswith(document) else document,
    )


def _told(one: ReviewedUnit, target_lang: str) -> Iterator[str]:
    """A line a finding, an error noted by a person, and a note."""
    for issue in one.issues:
        yield f'<li class="{issue.severity}"><b class="{issue.severity}">{issue.severity}</b> '
        yield f"<code>{safe(issue.check)}</code> <bdi>{safe(checks.message(issue))}</bdi>"
        if issue.fix is not None:
            change = difference(one.unit.target, issue.fix.apply(one.unit.target))
            yield f'<span class="fix">fix: <bdi lang="{target_lang}">{change}</bdi></span>'
        yield "</li>"
    for note in one.annotations:
        if note.category == NO_ERROR:
            yield f'<li>judged: no error <span class="soft">({safe(note.author)})</span></li>'
            continue
        where = f" “{safe(note.span.of(note.target or one.unit.target))}”" if note.span else ""
        where += f" source “{safe(note.source_span.of(one.unit.source))}”" if note.source_span else ""
        words = f": {safe(note.comment)}" if note.comment else ""
        yield f'<li class="{note.severity}"><b class="{note.severity}">{note.severity} error</b> '
        yield f"<code>{safe(note.category)}</code><bdi>{where}{words}</bdi>"
        yield f' <span class="soft">({safe(note.author)})</span></li>'
    for rating in one.ratings:
        earlier = "" if rating.target == one.unit.target else ", of an earlier text"
        yield f'<li>rated <b>{rating.value}</b> <span class="soft">({safe(rating.author)}{earlier})</span></li>'
    for text in one.unit.notes:
        yield f"<li>note: <bdi>{safe(text)}</bdi></li>"
