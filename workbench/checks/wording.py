"""The summary of the check of consistency: which source has which renderings, which rendering which sources."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from workbench.model import TranslationUnit

_TOKEN = re.compile(r"\w+")


class Place(NamedTuple):
    """Where a unit is; places are in the order of the documents' names and of the units."""

    document: str
    position: int
    unit_id: str


class Use(NamedTuple):
    """A text as the counterpart of another: in how many places, and the first of them."""

    text: str
    number: int
    first: Place


class Group:
    """The counterparts of one text, by their digests, each with its units in order."""

    __slots__ = ("_counterpart", "_units")

    def __init__(self, counterpart: Callable[[TranslationUnit], str]) -> None:
        self._counterpart = counterpart
        self._units: dict[int, list[TranslationUnit]] = {}

    def __iter__(self) -> Iterator[TranslationUnit]:
        return (unit for units in self._units.values() for unit in units)

    def add(self, unit: TranslationUnit) -> None:
        """Count a unit."""
        insort(self._units.setdefault(digest(self._counterpart(unit)), []), unit, key=place_of)

    def subtract(self, unit: TranslationUnit) -> bool:
        """Take out a unit that was added; whether that leaves none."""
        key = digest(self._counterpart(unit))
        units = self._units[key]
        del units[bisect_left(units, place_of(unit), key=place_of)]
        if not units:
            del self._units[key]
        return not self._units

    def uses(self, *, text: str, place: Place) -> tuple[Use, Use | None]:
        """How `text` is used, `place` counted in, and how the commonest other counterpart is, `place` counted out."""
        own, own_key = Use(text, 1, place), digest(text)
        others: list[tuple[int, Place, TranslationUnit]] = []
        for key, units in self._units.items():
            at = bisect_left(units, place, key=place_of)
            here = at < len(units) and place_of(units[at]) == place
            count = len(units) - here
            if not count:
                continue
            first = units[1 if here and at == 0 else 0]
            if key == own_key:
                own = Use(text, count + 1, min(place, place_of(first)))
            else:
                others.append((-count, place_of(first), first))
        if not others:
            return own, None
        negative, where, unit = min(others, key=lambda other: other[:2])
        return own, Use(self._counterpart(unit), -negative, where)


_Groups: TypeAlias = "dict[int, TranslationUnit | Group]"


class Wording:
    """Both ways over the units that have both sides; white space counts as one space.

    Texts are kept as digests, and a text that one unit has as that unit: a project may have 100,000 of them.
    """

    def __init__(self) -> None:
        self._renderings: _Groups = {}
        self._sources: _Groups = {}

    def add(self, unit: TranslationUnit) -> None:
        """Count a unit."""
        for groups, key, counterpart in self._entries(unit):
            held = groups.get(key)
            if held is None:
                groups[key] = unit
                continue
            if not isinstance(held, Group):
                alone, held = held, Group(counterpart)
                held.add(alone)
                groups[key] = held
            held.add(unit)

    def subtract(self, unit: TranslationUnit) -> None:
        """Take out a unit that was added."""
        for groups, key, _counterpart in self._entries(unit):
            held = groups[key]
            if not isinstance(held, Group) or held.subtract(unit):
                del groups[key]

    def near(self, unit: TranslationUnit) -> Collection[str]:
        """The units with the same source or the same target."""
        found: set[str] = set()
        for groups, key, _counterpart in self._entries(unit):
            held = groups.get(key)
            if isinstance(held, Group):
                found.update(one.id for one in held)
            elif held is not None:
                found.add(held.id)
        return found

    def renderings(self, source: str) -> Group | None:
        """How a source is rendered, both with single spaces."""
        return _group(self._renderings, source, even_target)

    def sources(self, target: str) -> Group | None:
        """What a target renders, as `folded` gives it."""
        return _group(self._sources, target, folded_source)

    def _entries(
        self, unit: TranslationUnit
    ) -> Iterable[tuple[_Groups, int, Callable[[TranslationUnit], str]]]:
        source, target = even(unit.source), even(unit.target)
        if not source or not target:
            return ()
        return (
            (self._renderings, digest(source), even_target),
            (self._sources, digest(target), folded_source),
        )


def _group(groups: _Groups, text: str, counterpart: Callable[[TranslationUnit], str]) -> Group | None:
    held = groups.get(digest(even(text)))
    if held is None or isinstance(held, Group):
        return held
    group = Group(counterpart)
    group.add(held)
    return group


def place_of(unit: TranslationUnit) -> Place:
    """Where a unit of a summary is."""
    return Place(unit.origin, unit.position, unit.id)


def digest(text: str) -> int:
    """64 bits that stand for a text, the same ones in every process."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def even_target(unit: TranslationUnit) -> str:
    """The target with single spaces."""
    return even(unit.target)


def folded_source(unit: TranslationUnit) -> str:
    """The words of the source."""
    return folded(even(unit.source))


def even(text: str) -> str:
    """The text with single spaces and none at its edges."""
    return " ".join(text.split())


def folded(text: str) -> str:
    """The words of a text, in lower case: sources that differ in capitals and marks only are one."""
    return " ".join(_TOKEN.findall(text.lower().replace("’", "").replace("'", "")))
