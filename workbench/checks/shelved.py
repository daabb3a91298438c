"""Summaries of documents of any length: what they know is on a shelf outside memory; they find what the others find."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any, Protocol, cast

from workbench.checks import name, spacing
from workbench.checks.name import Names
from workbench.checks.spacing import Spaces
from workbench.checks.summaries import DocumentSummaries, S, Summary
from workbench.checks.wording import (
    Group,
    Place,
    Wording,
    digest,
    even,
    even_target,
    folded_source,
    keys_of,
    target_key,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from workbench.checks.base import Check
    from workbench.model import TranslationUnit

    Entry = tuple[int, int, int | str, int]
    Placed = tuple[str, int, str]
    Read = Callable[[str, str], TranslationUnit | None]

_SIGNED = 1 << 63


class Shelf(Protocol):
    """Entries of units: a value under a key of a space, and how many times."""

    def put(self, units: Iterable[tuple[Placed, Sequence[Entry]]]) -> None: ...
    def drop(self, document: str, unit: str) -> None: ...
    def tally(self, space: int, key: int) -> list[tuple[int | str, int]]: ...
    def has(self, space: int, key: int, value: int | str, place: Placed) -> bool: ...
    def first(self, space: int, key: int, value: int | str, *, besides: Placed) -> Placed | None: ...
    def entries(self, document: str, unit: str) -> Sequence[Entry]: ...
    def units(self, space: int, key: int) -> Iterator[str]: ...


class ShelvedGroup(Group):
    """The counterparts of one text."""

    def __init__(
        self, shelf: Shelf, space: int, key: int, counterpart: Callable[[TranslationUnit], str], read: Read
    ) -> None:
        super().__init__(counterpart)
        self._place = (shelf, space, key)
        self._read = read

    def counts(self, place: Place) -> Iterator[tuple[int, int, Place]]:
        """As of every group."""
        shelf, space, key = self._place
        for value, number in shelf.tally(space, key):
            count = number - shelf.has(space, key, value, (place.document, place.position, place.unit_id))
            first = (
                shelf.first(space, key, value, besides=(place.document, place.position, place.unit_id))
                if count
                else None
            )
            if first is not None:
                yield int(value) % (2 * _SIGNED), count, Place(*first)

    def text_at(self, value: int, place: Place) -> str | None:
        """As of every group; None where the unit has changed since."""
        unit = self._read(place.document, place.unit_id)
        text = self._counterpart(unit) if unit is not None else ""
        return text if digest(text) == value else None


class ShelvedWording(Wording):
    """The wording of a document or project."""

    linked = True

    def __init__(self, shelf: Shelf, space: int, read: Read) -> None:
        super().__init__()
        self._shelf, self._space, self._read = shelf, space, read

    @staticmethod
    def entries(unit: TranslationUnit) -> Iterator[tuple[int, int | str]]:
        """The digests of both sides, each as the key of the other."""
        found = keys_of(unit)
        if found is not None:
            yield _signed(found.source), _signed(digest(even_target(unit)))
            yield _signed(found.target), _signed(digest(folded_source(unit)))

    def renderings(self, source: str) -> Group | None:
        """As of a wording in memory."""
        key = _signed(digest(even(source)))
        return ShelvedGroup(self._shelf, self._space, key, even_target, self._read)

    def sources(self, target: str) -> Group | None:
        """As of a wording in memory."""
        key = _signed(target_key(even(target)))
        return ShelvedGroup(self._shelf, self._space, key, folded_source, self._read)


class ShelvedNames(Names):
    """The names of a document."""

    linked = True

    def __init__(self, shelf: Shelf, space: int, _read: Read) -> None:
        super().__init__()
        self._shelf, self._space = shelf, space

    @staticmethod
    def entries(unit: TranslationUnit) -> Iterator[tuple[int, int | str]]:
        """Each name with the pieces that sound like it."""
        for one, pieces in name.pairs(unit.source, unit.target):
            for piece in pieces:
                yield _signed(digest(one)), piece

    def renderings(self, name: str) -> Counter[str]:
        """As of names in memory."""
        return Counter(
            dict(cast("list[tuple[str, int]]", self._shelf.tally(self._space, _signed(digest(name)))))
        )


class ShelvedSpaces(Spaces):
    """The habit of a document."""

    linked = False

    def __init__(self, shelf: Shelf, space: int, _read: Read) -> None:
        self._shelf, self._space = shelf, space

    @staticmethod
    def entries(unit: TranslationUnit) -> Iterator[tuple[int, int | str]]:
        """One for each place."""
        apart, touching = spacing.places(unit.target)
        yield from ((0, 0) for _ in apart)
        yield from ((0, 1) for _ in touching)

    @property
    def apart(self) -> int:  # type: ignore[override]
        """As of spaces in memory."""
        return dict(self._shelf.tally(self._space, 0)).get(0, 0)

    @property
    def touching(self) -> int:  # type: ignore[override]
        """As of spaces in memory."""
        return dict(self._shelf.tally(self._space, 0)).get(1, 0)


_SHELVED: dict[type[Summary], Any] = {
    Wording: ShelvedWording,
    Names: ShelvedNames,
    Spaces: ShelvedSpaces,
}


class ShelvedSummaries(DocumentSummaries):
    """As `DocumentSummaries`, with the summaries of those checks that are on by default on a shelf.

    `read` gives a unit of a document as it is now, with its rank as position: what a message is made of.
    """

    def __init__(self, checks: Iterable[Check], shelf: Shelf, read: Read) -> None:
        checks = tuple(checks)
        super().__init__(checks)
        self._shelf, self._read = shelf, read
        self._kept = DocumentSummaries(check for check in checks if check.summary not in _SHELVED)
        self._spaces: dict[tuple[type[Summary], str], int] = {}

    def of(self, kind: type[S], *, document: str = "") -> S:
        """As of summaries in memory."""
        if kind not in _SHELVED or kind not in self._shared:
            return self._kept.of(kind, document=document)
        key = (kind, "" if self._shared[kind] else document)
        held = self._summaries.get(key)
        if held is None:
            held = self._summaries[key] = _SHELVED[kind](self._shelf, self._space(kind, document), self._read)
        return cast("S", held)

    def put(self, unit: TranslationUnit, *, document: str = "", key: str = "") -> None:
        """As of summaries in memory; a unit is known by its id."""
        self._kept.put(unit, document=document, key=key)
        self._shelf.drop(document, unit.id)
        self._shelf.put([self._entries(unit, document)])

    def put_all(self, units: Iterable[TranslationUnit], *, document: str = "") -> None:
        """Count many units of a document."""
        listed = tuple(units)
        self._kept.put_all(listed, document=document)
        for unit in listed:
            self._shelf.drop(document, unit.id)
        self._shelf.put(self._entries(unit, document) for unit in listed)

    def drop(self, unit_id: str, *, document: str = "") -> None:
        """As of summaries in memory."""
        self._kept.drop(unit_id, document=document)
        self._shelf.drop(document, unit_id)

    def near(self, unit_id: str, *, document: str = "") -> set[str]:
        """As of summaries in memory."""
        linked = {space for (kind, _scope), space in self._spaces.items() if _SHELVED[kind].linked}
        groups = {entry[:2] for entry in self._shelf.entries(document, unit_id) if entry[0] in linked}
        found = {other for space, key in groups for other in self._shelf.units(space, key)}
        return (found | self._kept.near(unit_id, document=document)) - {unit_id}

    def _space(self, kind: type[Summary], document: str) -> int:
        return self._spaces.setdefault((kind, "" if self._shared[kind] else document), len(self._spaces))

    def _entries(self, unit: TranslationUnit, document: str) -> tuple[Placed, list[Entry]]:
        found: list[Entry] = []
        for kind in self._shared:
            if kind in _SHELVED:
                space = self._space(kind, document)
                entries = sorted(_SHELVED[kind].entries(unit))
                found += [(space, *entry, len(list(same))) for entry, same in groupby(entries)]
        return (document, unit.position, unit.id), found


def _signed(number: int) -> int:
    """64 bits as SQLite holds them."""
    return number - 2 * _SIGNED if number >= _SIGNED else number
