"""The checks: one literal tuple, in the order in which users see them, and how they are run on a unit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.checks import (
    brackets,
    characters,
    consistency,
    date,
    length,
    name,
    negation,
    number,
    placeholder,
    punctuation,
    quotes,
    repetition,
    residue,
    script,
    source,
    spacing,
    tag,
    term_use,
    terminology,
    title,
    unit,
    untranslated,
    url,
    whitespace,
    width,
)
from workbench.checks.base import Check, CheckContext, text_value
from workbench.checks.found import DocumentFindings
from workbench.checks.profile import PROFILES, read_profile
from workbench.checks.summaries import DocumentSummaries, Summary
from workbench.errors import NotFoundError
from workbench.model import Issue, Origin, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workbench.model import TranslationUnit

__all__ = [
    "CHECKS",
    "PROFILES",
    "Check",
    "CheckContext",
    "DocumentFindings",
    "DocumentSummaries",
    "Summary",
    "apply",
    "in_order",
    "message",
    "read_profile",
    "repaired",
    "run",
    "run_document",
    "select",
]

CHECKS: tuple[Check, ...] = (
    number.CHECK,
    date.CHECK,
    unit.CHECK,
    negation.CHECK,
    terminology.CHECK,
    term_use.CHECK,
    punctuation.CHECK,
    width.CHECK,
    quotes.CHECK,
    brackets.CHECK,
    title.CHECK,
    spacing.CHECK,
    whitespace.CHECK,
    untranslated.CHECK,
    residue.CHECK,
    repetition.CHECK,
    length.CHECK,
    script.CHECK,
    characters.CHECK,
    placeholder.CHECK,
    tag.CHECK,
    url.CHECK,
    name.CHECK,
    consistency.CHECK,
    source.CHECK,
)

_BY_ID = {check.id: check for check in CHECKS}
_DEFAULT = tuple(check for check in CHECKS if check.default)
_COMPARING = (
    *(number.CHECK, date.CHECK, unit.CHECK, negation.CHECK, untranslated.CHECK, length.CHECK),
    *(placeholder.CHECK, tag.CHECK, url.CHECK),
)


def run(
    unit: TranslationUnit, context: CheckContext, *, checks: Sequence[Check] | None = None
) -> list[Issue]:
    """The findings on one unit, by their place in the target; those without one come last.

    `checks` is what `select` gave; None = those that are on by default. Those that need the units around run only
    where the context has their summaries. Fingerprints are unique within the unit. A check that fails on this unit
    takes none of the others with it: a neutral finding says so. A source that is left out on purpose is
    judged by itself alone, and so is a target that was added on purpose.
    """
    chosen = _DEFAULT if checks is None else checks
    if unit.origin == Origin.DROPPED and not unit.target.strip():
        chosen = tuple(check for check in chosen if check is source.CHECK)
    elif unit.origin == Origin.ADDED and not unit.source.strip():
        chosen = tuple(check for check in chosen if check not in _COMPARING)
    return in_order(
        issue for check in chosen if _can_run(check, context) for issue in _found(check, unit, context)
    )


def in_order(found: Iterable[Issue]) -> list[Issue]:
    """The findings on one unit by their place, those that are the same numbered in their fingerprints."""
    issues = sorted(found, key=_place)
    seen: dict[str, int] = {}
    for index, issue in enumerate(issues):
        count = seen[issue.fingerprint] = seen.get(issue.fingerprint, 0) + 1
        if count > 1:
            issues[index] = replace(issue, fingerprint=f"{issue.fingerprint}-{count}")
    return issues


def run_document(
    units: Sequence[TranslationUnit],
    context: CheckContext,
    *,
    checks: Sequence[Check] | None = None,
    document: str = "",
) -> Iterator[tuple[TranslationUnit, list[Issue]]]:
    """Each unit of a document with its findings, those of the checks that need the units around among them.

    Where the context has summaries already, the units are taken to be in them, under the name `document`.
    """
    chosen = _DEFAULT if checks is None else checks
    if context.summaries is None:
        summaries = DocumentSummaries(chosen)
        summaries.put_all(units, document=document)
        context = replace(context, summaries=summaries)
    context = replace(context, document=document)
    for one in units:
        yield one, run(one, context, checks=chosen)


def _can_run(check: Check, context: CheckContext) -> bool:
    if check.summary is None:
        return True
    return context.summaries is not None and check.summary in context.summaries.kinds


def _found(check: Check, unit: TranslationUnit, context: CheckContext) -> list[Issue]:
    """What one check finds; where it raises, that it failed, and nothing of what it had found before."""
    try:
        found = list(check.find(unit, context))
    except Exception as error:  # a fault of the program must not end a review
        reason = f"{type(error).__name__}: {error}".rstrip(": ")[:200]
        return [check.issue(unit, severity=Severity.NEUTRAL, anchor="", kind=_FAILED, reason=reason)]
    severity = context.severity_of.get(check.id) if context.severities else None
    return found if severity is None else [replace(issue, severity=severity) for issue in found]


_FAILED = "check failed"


def _place(issue: Issue) -> tuple[float, float, str]:
    target = issue.target_span.start if issue.target_span is not None else float("inf")
    return target, issue.source_span.start if issue.source_span is not None else float("inf"), issue.check


def message(issue: Issue) -> str:
    """The finding in plain English, with both readings."""
    if text_value(issue, "kind") == _FAILED:
        return f"this check failed on this unit: {text_value(issue, 'reason')}"
    check = _BY_ID.get(issue.check)
    if check is None:
        return f"{issue.check}: " + ", ".join(f"{name} {value}" for name, value in issue.values)
    return check.render(issue)


def select(spec: str | None) -> tuple[Check, ...]:
    """The checks that a list of ids asks for, in the order of CHECKS; None or "" = those on by default.

    "width,quotes" runs these two only; "+residue,-width" adds one to the default and takes one away; "all"
    stands for every check. Raises NotFoundError for an id that does not exist.
    """
    words = [word.strip() for word in (spec or "").split(",") if word.strip()]
    if not words:
        return _DEFAULT
    only = not any(word[0] in "+-" for word in words)
    chosen = set() if only or words[0][0] not in "+-" else {check.id for check in _DEFAULT}
    for word in words:
        sign, name = (word[0], word[1:].strip()) if word[0] in "+-" else ("+", word)
        if name != "all" and name not in _BY_ID:
            raise NotFoundError("check", name, known=tuple(_BY_ID))
        names = set(_BY_ID) if name == "all" else {name}
        chosen = chosen - names if sign == "-" else chosen | names
    return tuple(check for check in CHECKS if check.id in chosen)


def apply(target: str, issues: Iterable[Issue]) -> str:
    """The target with the fixes of the issues made; of two that overlap, the first in the text."""
    fixes = sorted(
        {issue.fix for issue in issues if issue.fix is not None},
        key=lambda fix: (fix.span.start, fix.span.end),
    )
    pieces: list[str] = []
    last, free = 0, 0
    for fix in fixes:
        if fix.span.start < free:
            continue
        pieces += [target[last : fix.span.start], fix.text]
        last, free = fix.span.end, max(fix.span.end, fix.span.start + 1)
    return "".join(pieces) + target[last:]


def repaired(unit: TranslationUnit, context: CheckContext, *, checks: Sequence[Check] | None = None) -> str:
    """The unit's target with every fix made, and those that these make possible; no change where all is made."""
    target = unit.target
    for _ in range(5):
        better = apply(target, run(replace(unit, target=target), context, checks=checks))
        if better == target:
            break
        target = better
    return target
