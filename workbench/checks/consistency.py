"""Consistency: one source rendered in two ways, or one rendering of two sources, in a document or across a project."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from workbench.checks.base import Check, CheckContext, text_value
from workbench.checks.texts import HAN_CHAR
from workbench.checks.wording import Place, Use, Wording, even, folded
from workbench.langs import primary
from workbench.model import Issue, Severity, Span, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# Fewer words mean other things in other places, "Open" or "Right"; a user interface says each of them one way.
_LEAST_WORDS = 4
# Short renderings answer many sources: 好的。
_LEAST_HAN = 6
_LONGEST_WORD = 6
_ONE_SIDED = frozenset({(False, True), (True, False)})


def find(unit: TranslationUnit, context: CheckContext) -> Iterator[Issue]:
    """At most one finding for each way, where most of the other places, or the first ones, say it otherwise."""
    source, target = even(unit.source), even(unit.target)
    if not source or not target:
        return
    wording = context.summary(Wording)
    place = Place(context.document, unit.position, unit.id)
    renderings = wording.renderings(source)
    if renderings is not None and (context.ui or len(_WORD.findall(source)) >= _LEAST_WORDS):
        own, other = renderings.uses(text=target, place=place)
        if other is not None and _less(own, other):
            yield _issue(unit, "targets", own, other, place)
    sources = wording.sources(target)
    if sources is not None and len(HAN_CHAR.findall(target)) >= _LEAST_HAN:
        own, other = sources.uses(text=folded(source), place=place)
        if other is not None and _less(own, other) and _differ(own.text, other.text, target, context):
            yield _issue(unit, "sources", own, other, place)


def _less(own: Use, other: Use) -> bool:
    """Whether the other one is what the project says: in more places, or as many and earlier."""
    return (own.number, other.first) < (other.number, own.first)


def _differ(one: str, other: str, target: str, context: CheckContext) -> bool:
    """Whether two sources say different things: each has a word of its own, and the target says one of them only.

    English to Chinese, as a dictionary knows it; between other languages the words of their own are enough.
    """
    first, second = frozenset(one.split()), frozenset(other.split())
    only, there = first - second, second - first
    if not only or not there:
        return False
    if primary(context.source_lang) != "en" or not context.chinese:
        return True
    return (_said(only, target), _said(there, target)) in _ONE_SIDED


def _said(words: frozenset[str], target: str) -> bool | None:
    """Whether the target renders one of these English words; None where the dictionary knows none of them."""
    from workbench.lexicon import STOP_WORDS, key, load

    lexicon = load()
    keys = {key(word) for word in words if word not in STOP_WORDS and len(word) > 2}
    known = {word for word in keys if lexicon.key_number(word) >= 0}
    if not known:
        return None
    return not known.isdisjoint(_meanings(target))


@lru_cache(maxsize=256)
def _meanings(target: str) -> frozenset[str]:
    """The keys of all dictionary words in a Chinese text."""
    from workbench.lexicon import load

    lexicon = load()
    return frozenset(
        meaning
        for start in range(len(target))
        for length in range(1, _LONGEST_WORD + 1)
        for meaning in lexicon.meanings(target[start : start + length])
    )


def _issue(unit: TranslationUnit, kind: str, own: Use, other: Use, place: Place) -> Issue:
    where = other.first.unit_id
    if other.first.document != place.document:
        where = f"{other.first.document} {where}"
    return CHECK.issue(
        unit,
        source_span=Span(0, len(unit.source)),
        target_span=Span(0, len(unit.target)),
        anchor=f"{even(unit.source)}\0{even(unit.target)}",
        kind=kind,
        shown=own.text,
        other=other.text,
        count=own.number,
        others=other.number,
        where=where,
    )


def render(issue: Issue) -> str:
    """The finding in words."""
    other, where = text_value(issue, "other"), text_value(issue, "where")
    times = f" ({text_value(issue, 'others')} times)" if text_value(issue, "others") != "1" else ""
    if text_value(issue, "kind") == "targets":
        return f"the same source is rendered otherwise in {where}{times}: {other}"
    return f"the same target renders another source in {where}{times}: {other}"


CHECK = Check(
    id="consistency",
    title="The same source rendered in two ways, or two sources in one",
    severity=Severity.MINOR,
    category="style/inconsistent",
    find=find,
    render=render,
    scope="project",
    summary=Wording,
)
