"""Residue: words of the source left in English inside the Chinese, where they are no name and no kept term."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.checks.base import Check, CheckContext, text_value
from workbench.checks.texts import view
from workbench.checks.words import is_english, is_function, is_kept, is_lower
from workbench.model import Issue, Severity, Span, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

_RUN = re.compile(
    r"(?<![\u00c0-\u024f])[A-Za-z][A-Za-z'’]*(?:[ -]+[A-Za-z][A-Za-z'’]*)*(?![\u00c0-\u024f])(?! ?\d)"
)
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
# What stands in such elements is no language.
_CODE = re.compile(r"<(code|kbd|pre|samp|tt|var)\b[^<>]*>.*?</\1>", re.DOTALL | re.IGNORECASE)
# Offices of state are translated, names of firms and products need not be.
_OFFICE = re.compile(
    "(?:Department|Ministry|Minister|Secretary|Bureau|Office|Committee|Commission|Council|Board|Agency|Administration"
    "|Institute|Court) (?:of|for) "
)
_NEAR = frozenset("0123456789._@#/\\+*~^=&“”‘’\"'「」『』()（）《》")


def find(unit: TranslationUnit, context: CheckContext) -> Iterator[Issue]:
    """Runs of Latin words in the target whose words stand in the source in lower case.

    What is quoted or stands in brackets is shown on purpose.
    """
    target = view(unit.target)
    if not context.chinese or not target.has_han or not _WORD.search(target.masked):
        return
    source_words = set(_WORD.findall(view(unit.source).masked))
    kept = _kept_spans(unit, context)
    if "<" in unit.target:
        kept += [Span(*match.span()) for match in _CODE.finditer(unit.target)]
    for run in _RUN.finditer(target.masked):
        span = Span(*run.span())
        around = (
            target.masked[max(0, run.start() - 1) : run.start()] + target.masked[run.end() : run.end() + 1]
        )
        if not _NEAR.isdisjoint(around):
            continue
        if any(span.overlaps(other) for other in kept):
            continue
        left = [word for word in _WORD.findall(run.group()) if is_lower(word) and not is_kept(word)]
        content = [word for word in left if len(word) > 3 and not is_function(word) and word in source_words]
        words = _WORD.findall(run.group())
        # A name in English keeps its capitals: "Bank of England". A residue has words without.
        if content and (len(content) >= 2 or len(left) == len(words)) and any(map(is_english, content)):
            yield CHECK.issue(unit, target_span=span, kind="run", shown=run.group())
        elif _OFFICE.match(run.group()) and len(words) > 2 and run.group() in unit.source:
            yield CHECK.issue(unit, target_span=span, severity=Severity.MINOR, kind="name", shown=run.group())


def _kept_spans(unit: TranslationUnit, context: CheckContext) -> list[Span]:
    """Where the target shows terms that the glossary leaves in English."""
    if not context.termbase:
        return []
    return [match.span for match in context.termbase.find(unit.target, context.target_lang)]


def render(issue: Issue) -> str:
    """The finding in words."""
    return f"left in English: {text_value(issue, 'shown')}"


CHECK = Check(
    id="residue",
    title="Words left in English",
    severity=Severity.MAJOR,
    category="accuracy/untranslated",
    find=find,
    render=render,
)
