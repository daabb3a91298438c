"""URLs: web and e-mail addresses that the target lost or changed."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from workbench.checks.base import Check, CheckContext, text_value
from workbench.checks.texts import Part, view
from workbench.model import Fix, Issue, Severity, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

_BARE = re.compile(r"[\w-]+(?:\.[\w-]+)+\Z")


def find(unit: TranslationUnit, _context: CheckContext) -> Iterator[Issue]:
    """Addresses of the source that the target does not have, with what it has in their place."""
    source, target = view(unit.source).of_kind("url"), view(unit.target).of_kind("url")
    if not source and not target:
        return
    asked, shown = Counter(map(_name, source)), Counter(map(_name, target))
    lost = list(_first(source, asked - shown))
    added = list(_first(target, shown - asked))
    for part in lost:
        changed = min(added, key=lambda other: _distance(part, other), default=None)
        if changed is not None and _distance(part, changed) <= max(2, len(part.text) // 3):
            added.remove(changed)
            yield CHECK.issue(
                unit,
                source_span=part.span,
                target_span=changed.span,
                fix=Fix(changed.span, part.text),
                kind="changed",
                asked=part.text,
                shown=changed.text,
            )
        elif not _BARE.match(part.text) and _name(part) not in unit.target.lower():
            # A bare name such as Example.com may be rendered by the company's Chinese name.
            yield CHECK.issue(unit, source_span=part.span, kind="lost", asked=part.text)


def _first(parts: list[Part], wanted: Counter[str]) -> Iterator[Part]:
    """The last parts of each name, as many as wanted, in order."""
    left, chosen = wanted.copy(), []
    for part in reversed(parts):
        if left[_name(part)] > 0:
            left[_name(part)] -= 1
            chosen.append(part)
    return reversed(chosen)


def _name(part: Part) -> str:
    return part.text.rstrip("/").lower()


def _distance(one: Part, other: Part) -> int:
    return Levenshtein.distance(one.text, other.text)


def render(issue: Issue) -> str:
    """The finding in words."""
    if text_value(issue, "kind") == "changed":
        return f"the address {text_value(issue, 'asked')} became {text_value(issue, 'shown')}"
    return f"the address {text_value(issue, 'asked')} is not in the target"


CHECK = Check(
    id="url",
    title="An address is lost or changed",
    severity=Severity.CRITICAL,
    category="accuracy/mistranslation",
    find=find,
    render=render,
)
