"""What the checks of values share: differences of value made into findings and into plain English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.checks.base import text_value
from workbench.checks.texts import view
from workbench.model import Fix, Issue, Severity, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbench.checks.base import Check, CheckContext
    from workbench.numerals import Difference, Value

_SEVERITY = {"magnitude": Severity.CRITICAL, "added": Severity.MINOR}


def find_topic(check: Check, topic: str, unit: TranslationUnit, context: CheckContext) -> Iterator[Issue]:
    """The differences of one topic between the unit's sides, as findings of `check`."""
    if not unit.target.strip() or not unit.source.strip():
        return
    # The readers of values are imported when the first unit is checked: a review's first rows do not wait for them.
    from workbench.numerals import compare

    source, target = view(unit.source).masked, view(unit.target).masked
    for difference in compare(source, target, context.source_lang, context.target_lang):
        if difference.topic == topic:
            yield _issue(check, unit, difference)


def _issue(check: Check, unit: TranslationUnit, difference: Difference) -> Issue:
    source, target = difference.source, difference.target
    fix = Fix(target.span, difference.fix) if target is not None and difference.fix else None
    return check.issue(
        unit,
        source_span=source.span if source is not None else None,
        target_span=target.span if target is not None else None,
        fix=fix,
        severity=_severity(check, difference),
        kind=difference.problem,
        source=_words(source),
        source_value=_shown(source),
        target=_words(target),
        target_value=_shown(target),
        repair=difference.fix,
    )


def _severity(check: Check, difference: Difference) -> Severity:
    """A small number in words that is missing matters less than one in digits."""
    from workbench.numerals import Weight

    source = difference.source
    if difference.problem == "missing" and source is not None and source.weight < Weight.FIRM:
        return Severity.MINOR
    return _SEVERITY.get(difference.problem, check.severity)


def _words(value: Value | None) -> str:
    return value.text.strip() if value is not None else ""


def _shown(value: Value | None) -> str:
    from workbench.numerals import render_value

    return render_value(value) if value is not None else ""


def render_topic(issue: Issue) -> str:
    """The finding with both readings: "source 5.2 billion = 5,200,000,000; target 5.2亿 = 520,000,000"."""
    kind = text_value(issue, "kind")
    source = _reading("source", text_value(issue, "source"), text_value(issue, "source_value"))
    target = _reading("target", text_value(issue, "target"), text_value(issue, "target_value"))
    if kind == "missing":
        return f"{source}; the target does not say it"
    if kind == "added":
        return f"{target}; the source does not say it"
    head = {
        "magnitude": "wrong by a power of ten: ",
        "percent": "the percent sign is lost: ",
        "unit": "another unit: ",
        "change": "changed by so much and changed to so much are mixed up: ",
        "bound": "at least and at most are exchanged: ",
        "direction": "a rise and a fall are exchanged: ",
        "end": "beginning and end are exchanged: ",
        "time": "another time: ",
        "era": "before and after the year one are exchanged: ",
        "order": "the two numbers are exchanged: ",
    }.get(kind, "")
    repair = text_value(issue, "repair")
    return f"{head}{source}; {target}" + (f"; right would be {repair}" if repair else "")


def _reading(side: str, words: str, shown: str) -> str:
    return f"{side} {words}" if words == shown or not shown else f"{side} {words} = {shown}"
