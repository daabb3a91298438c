"""Length: a Chinese target much shorter or longer than its English source calls for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.checks.base import Check, CheckContext, text_value
from workbench.checks.texts import HAN_CHAR, view
from workbench.checks.words import FUNCTION_WORDS, share_rendered
from workbench.langs import primary
from workbench.model import Issue, Severity, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(r"[A-Za-z]+")
_DIGIT = re.compile(r"[0-9]")
_LATIN = re.compile(r"[A-Za-z0-9]")

# Chinese characters that English words call for: least squares over 829 news sentences of two test sets with human
# translations. A Latin letter or a digit in the target counts as LATIN characters.
_PER_CONTENT_WORD, _PER_CONTENT_LETTER = 1.08, 0.18
_PER_FUNCTION_WORD, _PER_FUNCTION_LETTER = 0.39, 0.09
_PER_DIGIT, _CONSTANT, _LATIN_WEIGHT = 0.5, 1.9, 0.4
# Short texts vary more. Each line: up to so many expected characters, the least and the greatest share.
# Below this share, a long text is short too if hardly a word of its second half is rendered, of so many words at least.
_DOUBTFUL, _LONG, _HARDLY, _LEAST_WORDS = 0.65, 26.0, 0.25, 3
_BANDS = ((8.0, 0.0, 6.0), (16.0, 0.2, 4.0), (26.0, 0.33, 3.0), (60.0, 0.52, 2.4), (float("inf"), 0.55, 2.2))


def find(unit: TranslationUnit, context: CheckContext) -> Iterator[Issue]:
    """One finding at most; only English to Chinese is calibrated."""
    if not context.chinese or primary(context.source_lang) != "en" or not view(unit.target).has_han:
        return
    expected = expected_length(view(unit.source).masked)
    shown = shown_length(view(unit.target).masked)
    share = shown / expected
    least, most = next((least, most) for limit, least, most in _BANDS if expected <= limit)
    if least <= share <= most and not (
        share < _DOUBTFUL and expected > _LONG and _ending_lost(unit.source, unit.target, context)
    ):
        return
    yield CHECK.issue(
        unit,
        kind="short" if share < 1 else "long",
        shown=round(shown),
        expected=round(expected),
    )


def _ending_lost(source: str, target: str, context: CheckContext) -> bool:
    """Whether a dictionary finds next to nothing of the second half of the source in the target."""
    if context.traditional:
        return False
    asked = [
        word
        for word in _WORD.findall(source, len(source) // 2)
        if len(word) > 2 and word.lower() not in FUNCTION_WORDS
    ]
    return share_rendered(asked, target, least=_LEAST_WORDS) <= _HARDLY


def expected_length(source: str) -> float:
    """How many Chinese characters an English text usually becomes."""
    words = _WORD.findall(source)
    functions = [word for word in words if word.lower() in FUNCTION_WORDS]
    function_letters = sum(map(len, functions))
    letters = sum(map(len, words))
    return (
        _PER_CONTENT_LETTER * (letters - function_letters)
        + _PER_CONTENT_WORD * (len(words) - len(functions))
        + _PER_FUNCTION_LETTER * function_letters
        + _PER_FUNCTION_WORD * len(functions)
        + _PER_DIGIT * len(_DIGIT.findall(source))
        + _CONSTANT
    )


def shown_length(target: str) -> float:
    """The length of a Chinese text in characters, Latin letters and digits counting less."""
    return len(HAN_CHAR.findall(target)) + _LATIN_WEIGHT * len(_LATIN.findall(target))


def render(issue: Issue) -> str:
    """The finding in words."""
    shown, expected = text_value(issue, "shown"), text_value(issue, "expected")
    what = "something may be missing" if text_value(issue, "kind") == "short" else "something may be added"
    return f"{shown} characters where about {expected} are usual: {what}"


CHECK = Check(
    id="length",
    title="Much shorter or longer than usual",
    severity=Severity.MINOR,
    category="accuracy/omission",
    find=find,
    render=render,
)
