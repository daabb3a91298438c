"""Untranslated: the target is the source itself, or has no Chinese where the source calls for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.checks.base import Check, CheckContext, text_value
from workbench.checks.texts import view
from workbench.checks.words import is_common, is_english, is_lower
from workbench.model import Issue, Severity, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")


def find(unit: TranslationUnit, context: CheckContext) -> Iterator[Issue]:
    """One finding at most, on the whole unit."""
    if not unit.source.strip():
        return
    if not unit.target.strip():
        if _WORD.search(view(unit.source).masked):
            yield CHECK.issue(unit, kind="empty", severity=Severity.MAJOR, asked=_short(unit.source))
        return
    if not context.chinese or view(unit.target).has_han:
        return
    words = _WORD.findall(_left(unit, context))
    if (
        any(is_common(word) for word in words)
        or sum(is_lower(word) and is_english(word) for word in words) >= 2
    ):
        same = " ".join(unit.source.split()).lower() == " ".join(unit.target.split()).lower()
        yield CHECK.issue(
            unit, kind="same" if same else "no Chinese", asked=_short(unit.source), shown=_short(unit.target)
        )


def _left(unit: TranslationUnit, context: CheckContext) -> str:
    """The target without what may stay as it is: URLs, placeholders, and terms that the glossary keeps."""
    text = view(unit.target).masked
    for match in context.termbase.find(unit.target, context.target_lang) if context.termbase else ():
        text = text[: match.span.start] + " " * len(match.span) + text[match.span.end :]
    return text


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:59] + "…"


def render(issue: Issue) -> str:
    """The finding in words."""
    kind, asked = text_value(issue, "kind"), text_value(issue, "asked")
    if kind == "empty":
        return f"no translation: {asked}"
    if kind == "same":
        return f"the target is the source itself: {asked}"
    return f"no Chinese in the target: {text_value(issue, 'shown')}"


CHECK = Check(
    id="untranslated",
    title="The target is not translated",
    severity=Severity.MAJOR,
    category="accuracy/untranslated",
    find=find,
    render=render,
)
