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


class Keys(NamedTuple):
    """The digests under which a unit's sides are known."""

    source: int
    target: int


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
        others: list[tuple[int, Place, int]] = []
        for key, count, first in self.counts(place):
            if key == own_key:
                own = Use(text, count + 1, min(place, first))
            else:
                others.append((-count, first, key))
        if not others:
            return own, None
        negative, where, key = min(others)
        said = self.text_at(key, where)
        return own, Use(said, -negative, where) if said is not None else None

    def counts(self, place: Place) -> Iterator[tuple[int, int, Place]]:
        """The digest of each counterpart, how many units other than `place` have it, and the first of these."""
        for key, units in self._units.items():
            at = bisect_left(units, place, key=place_of)
            here = at < len(units) and place_of(units[at]) == place
            if len(units) > here:
                yield key, len(units) - here, place_of(units[1 if here and at == 0 else 0])

    def text_at(self, key: int, place: Place) -> str | None:
        """The counterpart of a digest, as the unit at a place has it."""
        units = self._units[key]
        return self._counterpart(units[bisect_left(units, place, key=place_of)])


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
        return _group(self._renderings, digest(even(source)), even_target)

    def sources(self, target: str) -> Group | None:
        """What a target renders, as `folded` gives it."""
        return _group(self._sources, target_key(even(target)), folded_source)

    def _entries(
        self, unit: TranslationUnit
    ) -> Iterable[tuple[_Groups, int, Callable[[TranslationUnit], str]]]:
        keys = keys_of(unit)
        if keys is None:
            return ()
        return (self._renderings, keys.source, even_target), (self._sources, keys.target, folded_source)


def _group(groups: _Groups, key: int, counterpart: Callable[[TranslationUnit], str]) -> Group | None:
    held = groups.get(key)
    if held is None or isinstance(held, Group):
        return held
    group = Group(counterpart)
    group.add(held)
    return group


def keys_of(unit: TranslationUnit) -> Keys | None:
    """The digests of a unit's sides, None where it has one side only."""
    source, target = even(unit.source), even(unit.target)
    return Keys(digest(source), target_key(target)) if source and target else None


def target_key(target: str) -> int:
    """The digest of a text as a target, which is never that of a source."""
    return digest("\0" + target)


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
