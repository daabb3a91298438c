"""Name: a person or organisation rendered in two ways in one document, and · between the parts of a transliteration."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from workbench.checks.base import Check, CheckContext, text_value
from workbench.checks.sounds import RUNS, kin, likeness
from workbench.checks.texts import HAN, view
from workbench.checks.words import is_common
from workbench.langs import primary
from workbench.model import Fix, Issue, Severity, Span, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_NAME = re.compile(r"(?<![\w'’@#&./-])[A-Z][a-zà-ÿ]{3,}(?![\w@/])")
_SEPARATED = re.compile(rf"(?P<left>{RUNS.pattern})(?P<mark> ?[.．‧•・∙⋅] ?)(?P<right>{RUNS.pattern})")
# A hyphen between the parts is that of a double name only: 让-吕克·皮卡德.
_SOUND = RUNS.pattern[: RUNS.pattern.rindex("]") + 1]
_HYPHENED = re.compile(rf"(?<![{HAN}])(?:{_SOUND}+-)+{_SOUND}{{2,}}")
_PARTS = re.compile(r"\b[A-Z][\w'’]+(?:-[A-Z][\w'’]+)*(?: [A-Z][\w'’]+(?:-[A-Z][\w'’]+)*)+")
# The bullet is so common for it that only a profile that names its region asks for the dot.
_BULLET = "•"
_SHORTEST, _LONGEST = 2, 5
_LIKE, _LIKER = 0.6, 0.7


class Names:
    """In which units names in Latin letters stand beside which characters that may transliterate them."""

    def __init__(self) -> None:
        self._units: dict[str, Counter[str]] = {}
        self._beside: dict[str, Counter[str]] = {}

    def add(self, unit: TranslationUnit) -> None:
        """Count a unit."""
        for name, pieces in pairs(unit.source, unit.target):
            self._units.setdefault(name, Counter())[unit.id] += 1
            self._beside.setdefault(name, Counter()).update(pieces)

    def subtract(self, unit: TranslationUnit) -> None:
        """Take out a unit that was added."""
        for name, pieces in pairs(unit.source, unit.target):
            counts = self._beside[name]
            for piece in pieces:
                counts[piece] -= 1
                if not counts[piece]:
                    del counts[piece]
            units = self._units[name]
            units[unit.id] -= 1
            if not units[unit.id]:
                del units[unit.id]
            if not counts:
                del self._beside[name]
            if not units:
                del self._units[name]

    def near(self, unit: TranslationUnit) -> Collection[str]:
        """The units with one of the names."""
        return set().union(*(self._units.get(name, ()) for name, _pieces in pairs(unit.source, unit.target)))

    def renderings(self, name: str) -> Counter[str]:
        """In how many units each piece that sounds like the name stands beside it."""
        return self._beside.get(name, Counter())


@lru_cache(maxsize=2048)
def pairs(source: str, target: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The names of an English text, each with the pieces of the Chinese one that sound like it; none without any."""
    names = sorted(
        {match.group() for match in _NAME.finditer(view(source).masked) if not is_common(match.group())}
    )
    if not names:
        return ()
    pieces = sorted(
        {
            run.group()[start : start + length]
            for run in RUNS.finditer(view(target).masked)
            for start in range(len(run.group()) - 1)
            for length in range(_SHORTEST, min(_LONGEST, len(run.group()) - start) + 1)
        }
    )
    found = ((name, tuple(piece for piece in pieces if likeness(name, piece) >= _LIKE)) for name in names)
    return tuple(pair for pair in found if pair[1])


def find(unit: TranslationUnit, context: CheckContext) -> Iterator[Issue]:
    """Marks between the parts first; then names whose rendering is the rarer of two."""
    if not context.chinese or not view(unit.target).has_han:
        return
    yield from _marks(unit, context)
    if primary(context.source_lang) == "en":
        yield from _renderings(unit, context)


def _marks(unit: TranslationUnit, context: CheckContext) -> Iterator[Issue]:
    if context.house.region != "mainland" or not _NAME.search(unit.source):
        return
    if "-" in unit.target:
        yield from _hyphens(unit)
    for match in _SEPARATED.finditer(view(unit.target).masked):
        if _BULLET in match["mark"] and not context.house.named:
            continue
        span = Span(*match.span("mark"))
        yield CHECK.issue(
            unit,
            target_span=span,
            fix=Fix(span, "·"),
            anchor=match.group(),
            kind="mark",
            shown=match.group(),
            better=f"{match['left']}·{match['right']}",
        )


def _hyphens(unit: TranslationUnit) -> Iterator[Issue]:
    """The last hyphen of a transliterated name that has more of them than the name in the source."""
    names = [
        name
        for name in _PARTS.findall(unit.source)
        if not any(is_common(word) for word in re.split("[ -]", name))
    ]
    if not names:
        return
    most = max(name.count("-") for name in names)
    for match in _HYPHENED.finditer(view(unit.target).masked):
        shown = match.group()
        parts = len(shown.split("-"))
        if shown.count("-") <= most or all(len(re.split("[ -]", name)) != parts for name in names):
            continue
        place = match.start() + shown.rindex("-")
        better = "·".join(shown.rsplit("-", 1))
        yield CHECK.issue(
            unit,
            target_span=Span(place, place + 1),
            fix=Fix(Span(place, place + 1), "·"),
            anchor=shown,
            kind="mark",
            shown=shown,
            better=better,
        )


def _renderings(unit: TranslationUnit, context: CheckContext) -> Iterator[Issue]:
    summary = context.summary(Names)
    for name, found in pairs(unit.source, unit.target):
        beside = summary.renderings(name)
        most = max(beside[piece] for piece in found)
        others = [
            piece for piece, count in beside.items() if count > max(most, 1) and piece not in unit.target
        ]
        ranked = [
            (-beside[other], -len(other), other, piece)
            for piece in found
            if others and likeness(name, piece) >= _LIKER
            for other in others
            if kin(piece, other) and not _means_something(piece, name)
        ]
        if ranked:
            _count, _length, other, piece = min(ranked)
            at = unit.target.index(piece)
            yield CHECK.issue(
                unit,
                target_span=Span(at, at + len(piece)),
                anchor=f"{name}\0{piece}",
                kind="two",
                name=name,
                shown=piece,
                other=other,
                count=max(1, beside[piece]),
                others=beside[other],
            )


def _means_something(piece: str, name: str) -> bool:
    """Whether the characters are a word of another meaning, such as 巴西 beside Bassey."""
    from workbench.lexicon import load

    lexicon = load()
    return piece in lexicon and not lexicon.translates(name, piece)


def render(issue: Issue) -> str:
    """The finding in words."""
    shown = text_value(issue, "shown")
    if text_value(issue, "kind") == "mark":
        return f"the parts of a name take · between them: {shown} → {text_value(issue, 'better')}"
    name, other, count, others = (text_value(issue, key) for key in ("name", "other", "count", "others"))
    return f"{name} is {shown} here ({count}) and {other} elsewhere in the document ({others})"


CHECK = Check(
    id="name",
    title="A name rendered in two ways, or without · between its parts",
    severity=Severity.MINOR,
    category="terminology/inconsistent",
    find=find,
    render=render,
    scope="document",
    summary=Names,
)
