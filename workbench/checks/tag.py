"""Tags: markup such as <b> or <a href=…> that the target lost, changed, added or does not close."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.checks.base import Check, CheckContext, text_value
from workbench.checks.placeholder import compare
from workbench.checks.texts import view
from workbench.model import Issue, Severity, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = re.compile(r"<(/?)([A-Za-z][\w:.-]*)")
_VOID_NAMES = "area base br col embed hr img input link meta source track wbr"
_VOID = frozenset(_VOID_NAMES.split())


def find(unit: TranslationUnit, _context: CheckContext) -> Iterator[Issue]:
    """What is in one side only; where both have the same, whether the target's are nested as they must be."""
    if "<" not in unit.target and "<" not in unit.source:
        return
    issues = list(compare(CHECK, unit, ("tag",)))
    yield from issues
    if issues or _crossed(unit.source) is not None:
        return
    crossed = _crossed(unit.target)
    if crossed is not None:
        yield _crossed_issue(unit, crossed)


def _crossed(text: str) -> int | None:
    """The index of the first tag that closes what is not open, None where all nest."""
    stack: list[str] = []
    for index, part in enumerate(view(text).of_kind("tag")):
        match = _NAME.match(part.text)
        if match is None or part.text.endswith("/>") or match[2].lower() in _VOID:
            continue
        if not match[1]:
            stack.append(match[2])
        elif not stack or stack.pop() != match[2]:
            return index
    return None


def _crossed_issue(unit: TranslationUnit, index: int) -> Issue:
    """The finding on a tag that closes in the wrong place."""
    part = view(unit.target).of_kind("tag")[index]
    return CHECK.issue(unit, target_span=part.span, kind="crossed", shown=part.text)


def render(issue: Issue) -> str:
    """The finding in words."""
    kind, shown = text_value(issue, "kind"), text_value(issue, "shown")
    if kind == "crossed":
        return f"{shown} closes a tag that is not the last one opened"
    if kind == "lost":
        return f"the tag {text_value(issue, 'asked')} of the source is not in the target"
    return f"the tag {shown} of the target is not in the source"


CHECK = Check(
    id="tag",
    title="A tag is lost, added or crossed",
    severity=Severity.CRITICAL,
    category="design/markup",
    find=find,
    render=render,
)
