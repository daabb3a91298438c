"""Making the fixes of findings: until none is left, the same however often, and never in a code, URL or placeholder."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench import checks as family
from workbench.checks.texts import view

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from workbench.checks import Check, CheckContext
    from workbench.model import Issue, TranslationUnit

    Choose = Callable[[TranslationUnit, Issue], bool]

FORM: tuple[str, ...] = (
    "punctuation",
    "width",
    "quotes",
    "brackets",
    "spacing",
    "whitespace",
    "script",
    "characters",
)
"""The checks whose fixes change how a text is written and never what it says."""

_ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Fixed:
    """A unit's target after its fixes, and the findings whose fixes were made, in the order of making."""

    target: str
    made: tuple[Issue, ...] = ()


def fixed(
    unit: TranslationUnit,
    context: CheckContext,
    *,
    checks: Sequence[Check],
    waived: Collection[str] = (),
    choose: Choose | None = None,
) -> Fixed:
    """The unit with every fix of these checks made, and those that these make possible.

    Fixes of waived findings, and fixes that would change a URL, tag, placeholder, code or the like, are left out;
    only the check `url` mends addresses. With `choose`, each fix is made alone and only where it says so, given the
    unit as it then stands. A text whose fixes do not come to an end is left as it was.
    """
    free = any(check.id == "url" for check in checks)
    target, refused = unit.target, set(waived)
    made: list[Issue] = []
    for _ in range(_ROUNDS if choose is None else 50 * _ROUNDS):
        now = replace(unit, target=target)
        wanted = [
            issue
            for issue in family.run(now, context, checks=checks)
            if issue.fix is not None
            and issue.fingerprint not in refused
            and ((free and issue.check == "url") or _keeps_parts(target, issue))
        ]
        if not wanted:
            return Fixed(target, tuple(made))
        if choose is not None:
            if not choose(now, wanted[0]):
                refused.add(wanted[0].fingerprint)
                continue
            wanted = wanted[:1]
        chosen = _apart(wanted)
        better = family.apply(target, chosen)
        if not free and _parts(better) != _parts(target):
            chosen = chosen[:1]
            better = family.apply(target, chosen)
        if better == target:
            return Fixed(target, tuple(made))
        target = better
        made += chosen
    return Fixed(unit.target)


def _apart(issues: Iterable[Issue]) -> list[Issue]:
    """Those whose fixes do not overlap: of two that do, the first in the text; of two alike, one."""
    chosen: list[Issue] = []
    free = 0
    for issue in sorted(
        issues, key=lambda one: (one.fix.span.start, one.fix.span.end) if one.fix else (0, 0)
    ):
        if issue.fix is not None and issue.fix.span.start >= free:
            chosen.append(issue)
            free = max(issue.fix.span.end, issue.fix.span.start + 1)
    return chosen


def _keeps_parts(target: str, issue: Issue) -> bool:
    """Whether the fix leaves the parts of the text that are not language what they are."""
    fix = issue.fix
    if fix is None:
        return False
    parts = view(target).parts
    if any(part.span.overlaps(fix.span) and not _kept_whole(part.text, fix.text) for part in parts):
        return False
    return _parts(fix.apply(target)) == _parts(target)


def _kept_whole(part: str, text: str) -> bool:
    """Whether a wide fix, such as new quotation marks around a link, has the part in it still."""
    return part in text


def _parts(text: str) -> list[str]:
    return [part.text for part in view(text).parts]
