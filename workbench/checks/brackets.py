"""Brackets: an opening or closing bracket of the target without its partner."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.checks.base import Check, CheckContext, text_value
from workbench.checks.pairs import Lone, lone_marks
from workbench.checks.texts import excerpt, surroundings, view
from workbench.model import Issue, Severity, Span, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

# A bracket may close with its twin of the other width: that is a question of width, not of a missing bracket.
_FOLD = str.maketrans("（）［］｛｝〔〕", "()[]{}[]")
_PAIRS = {"(": ")", "[": "]", "{": "}", "【": "】", "《": "》", "〈": "〉", "〖": "〗"}
_SMILEY = re.compile(
    r"[:;=8xX：；][-'o^]?[()\[\]（）]+|[()\[\]]+[-'o^]?[:;=](?!\w)|\^_?\^[)(]?|<3|>_<|¯\\_\(ツ\)_/¯"
)
_NUMBERING = re.compile(
    r"(?:(?<=^)|(?<=[\s;；，,。.：:]))(?:[0-9０-９]{1,3}|[A-Za-z]|[ivxIVX]{1,5}|[一二三四五六七八九十]{1,3})[)）]"
)


def find(unit: TranslationUnit, _context: CheckContext) -> Iterator[Issue]:
    """Lone brackets, unless the source has one of the same kind: a bracket that spans segments."""
    target = lone_brackets(unit.target)
    if not target:
        return
    allowed = [(item.mark, item.opening) for item in lone_brackets(unit.source)]
    for item in target:
        if (item.mark, item.opening) in allowed:
            allowed.remove((item.mark, item.opening))
            continue
        span = Span(item.position, item.position + 1)
        yield CHECK.issue(
            unit,
            target_span=span,
            anchor=surroundings(unit.target, span),
            kind="opening" if item.opening else "closing",
            shown=unit.target[item.position],
            around=excerpt(unit.target, span),
        )


def lone_brackets(text: str) -> list[Lone]:
    """The brackets of a text without a partner; smileys and numbering aside."""
    masked = view(text).masked
    if not any(mark in masked for mark in "()[]{}（）［］｛｝【】《》〈〉〖〗〔〕"):
        return []
    plain = [match.span() for pattern in (_SMILEY, _NUMBERING) for match in pattern.finditer(masked)]
    return [
        item
        for item in lone_marks(masked.translate(_FOLD), _PAIRS)
        if not any(start <= item.position < end for start, end in plain)
    ]


def render(issue: Issue) -> str:
    """The finding in words."""
    other = "closing" if text_value(issue, "kind") == "opening" else "opening"
    return f"{text_value(issue, 'shown')} without its {other} bracket: {text_value(issue, 'around')}"


CHECK = Check(
    id="brackets",
    title="A bracket has no partner",
    severity=Severity.MINOR,
    category="linguistic-conventions/punctuation",
    find=find,
    render=render,
)
