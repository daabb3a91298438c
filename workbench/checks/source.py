"""Source: faults of the source itself that a translator should know of, before they become faults of the target."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from workbench.checks.base import Check, CheckContext, text_value
from workbench.checks.brackets import lone_brackets
from workbench.checks.characters import BROKEN
from workbench.checks.quotes import lone_quotes
from workbench.checks.texts import HOLE, excerpt, surroundings, view
from workbench.langs import primary
from workbench.model import Issue, Severity, Span, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_DOUBLED = re.compile(r"(?<![\w'’-])([A-Za-z]+)[ \u00a0]+\1(?![\w'’-])", re.IGNORECASE)
# What English doubles on purpose, or by grammar: "he had had enough", "the one that that man saw", "log in in time".
_DOUBLES = """
had that is do did her very really so no yes never ever many much more long far way quite too please oh ah ha haha he
hey ho la na bye blah knock hear there now go come run look wait stop again on in out up down off over well what who
like one two you right sure mm hmm um uh er chop hush tut night same big little old
"""
_MEANT_TWICE = frozenset(_DOUBLES.split())
_SPACED_MARK = re.compile(r"(?<=[A-Za-z0-9)\]”’])[ \u00a0]+(?P<mark>,|;(?![-)(])|[.?!](?![\w.?!]))")
_JOINED = re.compile(
    r"(?<![\w.@/-])(?P<left>[a-z]{3,})(?P<mark>[.!?])(?P<right>[A-Z][a-z]+)(?![\w.@/(-])"
    r"|(?<=[a-z]{3})(?P<comma>[,;])(?=[A-Za-z][a-z]{2})"
)
_RUN = re.compile(
    r",[,.;]|;[,;]|(?<!\.)\.\.(?!\.)|\.,(?=\s)(?<![A-Za-z]\.[A-Za-z]\.,)(?<!etc\.,)(?<!Inc\.,)|,\."
)
_ABBREVIATED = re.compile(r"(?:\b[A-Za-z]{1,5}|\d)\Z")
_DIGITS = re.compile(
    r"(?<![\w.,])(?P<letter>\d+[OolI]\d+|[OolI]\d{2,}(?:[.,]\d+)?(?=\s?%)|\d+[Oo](?=[\s.,;%]))(?!\w)"
    r"|(?<![\w.,])(?P<group>\d{1,3},\d{4,}|\d{1,3}(?:,\d{3})+,\d{1,2}(?!\d)|\d{1,3},\d{2},\d{1,2}(?!\d))(?![\w,])"
    r"|\b(?P<date>(?:Feb(?:ruary|\.)? 3[01]|(?:Apr(?:il|\.)?|June?|Sep(?:tember|t?\.)?|Nov(?:ember|\.)?) 31)(?:st|th)?)"
    r"\b(?!:)"
)
_SENTENCE = re.compile(r"[A-Z“\"‘'][^\n]*\s\S+")
_END = re.compile(r"[.!?…:;][\"'”’)\]]*\Z|[。！？…：；][”」』）]*\Z")
# A text of fewer words is a heading or a label.
_LEAST_WORDS, _NEIGHBOURS = 9, 2
# How many units on a quotation is looked for its other end.
_REACH = 8


class _Look(NamedTuple):
    """What the other units are asked about a source: marks open at its ends, and whether it ends as a sentence."""

    opens: bool
    closes: bool
    sentence: bool
    ended: bool


_NONE = _Look(opens=False, closes=False, sentence=False, ended=False)


class Sources:
    """Where quotations begin and end in the sources of a document, and which sentences end with a mark."""

    def __init__(self) -> None:
        self._looks: list[tuple[int, str, _Look]] = []

    def add(self, unit: TranslationUnit) -> None:
        """Count a unit."""
        insort(self._looks, (unit.position, unit.id, _look(unit.source)))

    def subtract(self, unit: TranslationUnit) -> None:
        """Take out a unit that was added."""
        del self._looks[bisect_left(self._looks, (unit.position, unit.id, _look(unit.source)))]

    def near(self, unit: TranslationUnit) -> Collection[str]:
        """The units of the paragraphs around."""
        return {name for _position, name, _look in self._around(unit)}

    def answered(self, unit: TranslationUnit, *, opening: bool) -> bool:
        """Whether a unit after this one closes the quotation it opens, or one before opens the one it closes."""
        for position, name, look in self._around(unit):
            if (position, name) != (unit.position, unit.id) and (look.closes if opening else look.opens):
                after = (position, name) > (unit.position, unit.id)
                if after is opening:
                    return True
        return False

    def ended_around(self, unit: TranslationUnit) -> bool:
        """Whether two units before this one and two after it are sentences that end with a mark."""
        here = (unit.position, unit.id)
        around = self._around(unit)
        before = [look for position, name, look in around if (position, name) < here][-_NEIGHBOURS:]
        after = [look for position, name, look in around if (position, name) > here][:_NEIGHBOURS]
        looks = [*before, *after]
        return len(looks) == 2 * _NEIGHBOURS and all(look.sentence and look.ended for look in looks)

    def _around(self, unit: TranslationUnit) -> list[tuple[int, str, _Look]]:
        at = bisect_left(self._looks, (unit.position, unit.id, _NONE))
        return self._looks[max(0, at - _REACH) : at + _REACH + 1]


@lru_cache(maxsize=1024)
def _look(source: str) -> _Look:
    masked = view(source).masked
    lone = [item for item in lone_quotes(masked) if item.mark not in "‘’'"]
    words = masked.split()
    sentence = len(words) >= _LEAST_WORDS and _SENTENCE.match(masked) is not None and not _is_heading(words)
    return _Look(
        opens=any(item.opening for item in lone),
        closes=any(not item.opening for item in lone),
        sentence=sentence,
        ended=_END.search(masked.rstrip()) is not None,
    )


def _is_heading(words: list[str]) -> bool:
    """Whether most of the words have capitals."""
    letters = [word for word in words if word[:1].isalpha() and len(word) > 3]
    return 2 * sum(word[0].isupper() for word in letters) >= len(letters)


def find(unit: TranslationUnit, context: CheckContext) -> Iterator[Issue]:
    """Broken characters and lone marks in any language; the rest is about English."""
    source = unit.source
    if not source.strip():
        return
    masked = view(source).masked
    for match in BROKEN.finditer(source):
        yield _issue(unit, "broken", Span(*match.span()))
    sources = context.summary(Sources)
    for item in (*lone_brackets(source), *lone_quotes(masked)):
        if item.mark in "‘’'" or (item.mark in '“”"«»„' and sources.answered(unit, opening=item.opening)):
            continue
        yield _issue(unit, "lone", Span(item.position, item.position + 1))
    if primary(context.source_lang) != "en":
        return
    for match in _DOUBLED.finditer(masked):
        if match[1].lower() not in _MEANT_TWICE and (match[1].islower() or not match.group().istitle()):
            yield _issue(unit, "doubled", Span(*match.span()))
    for match in _SPACED_MARK.finditer(masked):
        yield _issue(unit, "space", Span(*match.span()))
    for match in _JOINED.finditer(masked):
        yield _issue(unit, "joined", Span(*match.span()))
    for match in _RUN.finditer(masked):
        if match.group() != ".," or not _ABBREVIATED.search(masked, 0, match.start()):
            yield _issue(unit, "run", Span(*match.span()))
    for match in _DIGITS.finditer(masked):
        yield _issue(unit, "digits", Span(*match.span()))
    look = _look(source)
    if (
        look.sentence
        and not look.ended
        and not masked.rstrip().endswith((HOLE, ","))
        and sources.ended_around(unit)
    ):
        end = len(source.rstrip())
        yield _issue(unit, "end", Span(max(0, end - 1), end))


def _issue(unit: TranslationUnit, kind: str, span: Span) -> Issue:
    return CHECK.issue(
        unit,
        source_span=span,
        anchor=surroundings(unit.source, span),
        kind=kind,
        shown=span.of(unit.source),
        around=excerpt(unit.source, span, width=12),
    )


_MESSAGES = {
    "broken": "broken characters in the source",
    "lone": "a mark without its partner in the source",
    "doubled": "a word twice in the source",
    "space": "a space before a mark in the source",
    "joined": "no space after a mark in the source",
    "run": "several marks in a row in the source",
    "digits": "digits in the source that look mistyped",
    "end": "the source ends without a mark, unlike those around",
}


def render(issue: Issue) -> str:
    """The finding in words."""
    return (
        f"{_MESSAGES.get(text_value(issue, 'kind'), 'a fault of the source')}: {text_value(issue, 'around')}"
    )


CHECK = Check(
    id="source",
    title="A fault of the source",
    severity=Severity.NEUTRAL,
    category="other/source",
    find=find,
    render=render,
    scope="document",
    summary=Sources,
    default=False,
)
