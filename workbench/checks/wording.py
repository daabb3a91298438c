"""The summary of the check of consistency: which source has which renderings, which rendering which sources."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

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
    """The counterparts of one text, each with its places in order."""

    __slots__ = ("places",)

    def __init__(self) -> None:
        self.places: dict[str, list[Place]] = {}

    def uses(self, *, text: str, place: Place) -> tuple[Use, list[Use]]:
        """How `text` is used, `place` counted in, and how the other counterparts are, `place` counted out."""
        own = Use(text, 1, place)
        others = []
        for other, found in self.places.items():
            at = bisect_left(found, place)
            here = at < len(found) and found[at] == place
            count = len(found) - here
            if not count:
                continue
            use = Use(other, count, found[1 if here and at == 0 else 0])
            if other == text:
                own = Use(text, count + 1, min(place, use.first))
            else:
                others.append(use)
        return own, sorted(others, key=lambda use: (-use.number, use.first))


class Wording:
    """Both ways over the units that have both sides; white space counts as one space."""

    def __init__(self) -> None:
        self._renderings: dict[str, Group] = {}
        self._sources: dict[str, Group] = {}

    def add(self, unit: TranslationUnit) -> None:
        """Count a unit."""
        place = Place(unit.origin, unit.position, unit.id)
        for groups, text, other in self._entries(unit):
            group = groups.get(text)
            if group is None:
                group = groups[text] = Group()
            insort(group.places.setdefault(other, []), place)

    def subtract(self, unit: TranslationUnit) -> None:
        """Take out a unit that was added."""
        place = Place(unit.origin, unit.position, unit.id)
        for groups, text, other in self._entries(unit):
            places = groups[text].places
            found = places[other]
            del found[bisect_left(found, place)]
            if not found:
                del places[other]
            if not places:
                del groups[text]

    def near(self, unit: TranslationUnit) -> Collection[str]:
        """The units with the same source or the same target."""
        return {
            place.unit_id
            for groups, text, _other in self._entries(unit)
            if text in groups
            for found in groups[text].places.values()
            for place in found
        }

    def renderings(self, source: str) -> Group | None:
        """How a source is rendered, both with single spaces."""
        return self._renderings.get(even(source))

    def sources(self, target: str) -> Group | None:
        """What a target renders, as `folded` gives it."""
        return self._sources.get(even(target))

    def _entries(self, unit: TranslationUnit) -> Iterable[tuple[dict[str, Group], str, str]]:
        source, target = even(unit.source), even(unit.target)
        if not source or not target:
            return ()
        return (self._renderings, source, target), (self._sources, target, folded(source))


def even(text: str) -> str:
    """The text with single spaces and none at its edges."""
    return " ".join(text.split())


def folded(text: str) -> str:
    """The words of a text, in lower case: sources that differ in capitals and marks only are one."""
    return " ".join(_TOKEN.findall(text.lower().replace("’", "").replace("'", "")))
