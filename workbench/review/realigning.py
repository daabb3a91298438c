"""Aligning a stretch of units anew around those that a person has fixed: which units change, and into what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from workbench.errors import CommandError
from workbench.model import Bead, Draft, State
from workbench.pipeline.align import align, join_segments
from workbench.review.parts import fresh, part_of, segments_of
from workbench.store.records import Change

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from workbench.model import TranslationUnit
    from workbench.segmenter.rules import SegmentationRules

_SOME = 100
_SAME_SCORE = 0.05
"""A pair that stays as it is gets its new score only where it differs by more."""


@dataclass(frozen=True, slots=True)
class Realigned:
    """A stretch aligned anew: its changes, the number of units, of pairs that are others now, of fixed units kept."""

    changes: tuple[Change, ...]
    unit_count: int
    changed_count: int
    fixed_count: int

    def __str__(self) -> str:
        units = "1 unit" if self.unit_count == 1 else f"{self.unit_count:,} units"
        pairs = "1 pair" if self.changed_count == 1 else f"{self.changed_count:,} pairs"
        return f"aligned anew: {units}, {pairs} changed, {self.fixed_count:,} fixed kept"


def realigned(
    units: Sequence[TranslationUnit],
    *,
    is_fixed: Callable[[TranslationUnit], bool],
    source_lang: str,
    target_lang: str,
    rules: SegmentationRules | None = None,
    at_section: Callable[[int], None] | None = None,
) -> Realigned:
    """The units aligned anew; those that are fixed stay as they are, and the others are aligned around them.

    No text is lost, and none is changed but for the white space between segments. A unit keeps its id where a pair
    begins with its first source segment again. Segmentation `rules` hold for sides whose segments are not known.
    `at_section` is told now and then how many source segments are done; what it raises ends the work.
    """
    stretch = _Stretch(
        units,
        is_fixed=is_fixed,
        source_lang=source_lang,
        target_lang=target_lang,
        rules=rules,
        at_section=at_section,
    )
    return stretch.realigned()


class _Stretch:
    """The segments of all units in a row, with which of them belongs to which unit."""

    def __init__(
        self,
        units: Sequence[TranslationUnit],
        *,
        is_fixed: Callable[[TranslationUnit], bool],
        source_lang: str,
        target_lang: str,
        rules: SegmentationRules | None,
        at_section: Callable[[int], None] | None,
    ) -> None:
        self._units = units
        self._at_section = at_section
        self._langs = source_lang, target_lang
        self._source: list[str] = []
        self._target: list[str] = []
        self._spans: list[tuple[range, range]] = []
        self._owners: tuple[list[int], list[int]] = [], []
        for index, unit in enumerate(units):
            if index % _SOME == 0:
                self._tell(0)
            sources = segments_of(part_of(unit, "source"), source_lang, rules)
            targets = segments_of(part_of(unit, "target"), target_lang, rules)
            self._spans.append((_next(self._source, sources), _next(self._target, targets)))
            self._source += sources
            self._target += targets
            self._owners[0].extend([index] * len(sources))
            self._owners[1].extend([index] * len(targets))
        fixed = [index for index, unit in enumerate(units) if is_fixed(unit)]
        self._fixed_count = len(fixed)
        # A unit without any text stays where it is, and is nothing to align.
        self._fixed = {index: self._bead(index) for index in fixed if any(self._spans[index])}
        self._untouchable = set(fixed)

    def _tell(self, done: int) -> None:
        if self._at_section is not None:
            self._at_section(done)

    def _bead(self, index: int) -> Bead:
        return Bead(*self._spans[index], 1.0)

    def realigned(self) -> Realigned:
        """The changes. Raises CommandError where one side is empty."""
        if not self._source or not self._target:
            raise CommandError("there is nothing to align: one side is empty from here on")
        beads = self._beads()
        keepers = self._keepers(beads)
        changes: list[Change] = []
        waiting: list[TranslationUnit] = []
        holder: list[str] = []
        changed, owner = 0, ""
        for bead, keeper in zip(beads, keepers, strict=True):
            if keeper is None:
                changed += 1
                made = self._made(bead, self._units[self._owner_of(bead)])
                if owner:
                    changes.append(Change(fresh(made), after=owner))
                else:
                    waiting.append(fresh(made))
            else:
                owner = self._units[keeper].id
                changes += [Change(one, after=owner, ahead=True) for one in waiting]
                waiting.clear()
                if keeper not in self._untouchable:
                    changed += self._change(bead, keeper, changes)
            holder.append(owner)
        changes += [Change(one, after=self._units[-1].id) for one in waiting]
        changes += self._taken_out(beads, keepers, holder)
        return Realigned(tuple(changes), len(self._units), changed, self._fixed_count)

    def _change(self, bead: Bead, keeper: int, changes: list[Change]) -> int:
        """Add what becomes of a unit that keeps its id; 1 where it holds another pair than before."""
        unit = self._units[keeper]
        made = self._made(bead, unit)
        if _key(bead) != _key(self._bead(keeper)):
            changes.append(Change(made))
            return 1
        if abs(unit.bead_score - made.bead_score) > _SAME_SCORE:
            changes.append(Change(replace(unit, bead_score=made.bead_score)))
        return 0

    def _taken_out(
        self, beads: Sequence[Bead], keepers: Sequence[int | None], holder: Sequence[str]
    ) -> list[Change]:
        """The units of which nothing is left, with those that now hold their first segment."""
        first = next((self._units[keeper].id for keeper in keepers if keeper is not None), "")
        into: tuple[dict[int, str], dict[int, str]] = {}, {}
        for bead, owner in zip(beads, holder, strict=True):
            into[0].update(dict.fromkeys(bead.source, owner or first))
            into[1].update(dict.fromkeys(bead.target, owner or first))
        kept = {keeper for keeper in keepers if keeper is not None} | self._untouchable
        changes = []
        for index, unit in enumerate(self._units):
            if index in kept:
                continue
            source, target = self._spans[index]
            owner = into[0][source.start] if source else into[1][target.start] if target else first
            if owner:
                changes.append(Change(unit, merged_into=owner))
        return changes

    def _beads(self) -> list[Bead]:
        """The beads of all segments, the fixed ones among them in the order of their units."""
        fixed = [self._fixed[index] for index in sorted(self._fixed)]
        beads = self._aligned(range(len(self._source)), range(len(self._target)), fixed)
        places = {_key(bead): place for place, bead in enumerate(beads)}
        found = [places.get(_key(bead), -1) for bead in fixed]
        if -1 not in found and all(before < after for before, after in pairwise(found)):
            return beads
        # Segments alone were put elsewhere than their units stand: every fixed unit is a wall then.
        beads, x, y = [], 0, 0
        for bead in fixed:
            beads += self._aligned(range(x, bead.source.start), range(y, bead.target.start), ())
            beads.append(bead)
            x, y = bead.source.stop, bead.target.stop
        return beads + self._aligned(range(x, len(self._source)), range(y, len(self._target)), ())

    def _aligned(self, source: range, target: range, fixed: Sequence[Bead]) -> list[Bead]:
        if not source and not target:
            return []
        self._tell(source.start)
        found = align(
            self._source[source.start : source.stop],
            self._target[target.start : target.stop],
            source_lang=self._langs[0],
            target_lang=self._langs[1],
            resegment=False,
            fixed=fixed,
            at_section=None if self._at_section is None else lambda done: self._tell(source.start + done),
        ).beads
        return [
            Bead(_moved(bead.source, source.start), _moved(bead.target, target.start), bead.score)
            for bead in found
        ]

    def _keepers(self, beads: Sequence[Bead]) -> list[int | None]:
        """For each bead the unit whose id it takes, in the units' order; None where it takes a new one."""
        by_key = {_key(bead): index for index, bead in self._fixed.items()}
        keepers: list[int | None] = [by_key.get(_key(bead)) for bead in beads]
        walls = _walls(keepers, len(self._units))
        low = -1
        for place, bead in enumerate(beads):
            if keepers[place] is None and bead.source:
                index = self._owners[0][bead.source.start]
                if low < index < walls[place] and index not in self._untouchable:
                    keepers[place] = index
            found = keepers[place]
            low = low if found is None else found
        walls = _walls(keepers, len(self._units))
        low = -1
        for place, bead in enumerate(beads):
            if keepers[place] is None and not bead.source:
                index = self._owners[1][bead.target.start]
                is_free = not self._spans[index][0] and index not in self._untouchable
                if low < index < walls[place] and is_free:
                    keepers[place] = index
            found = keepers[place]
            low = low if found is None else found
        return keepers

    def _owner_of(self, bead: Bead) -> int:
        """The unit that a new one is made after: the one that held its first target segment, else source segment."""
        return self._owners[1][bead.target.start] if bead.target else self._owners[0][bead.source.start]

    def _made(self, bead: Bead, model: TranslationUnit) -> TranslationUnit:
        """The unit of a bead, with the id, version and kind of draft of another."""
        sources = tuple(self._source[at] for at in bead.source)
        targets = tuple(self._target[at] for at in bead.target)
        text = join_segments(targets, self._langs[1])
        # The draft comes with the text, from a unit that held some of it.
        holders = (self._units[self._owners[1][at]].drafts for at in bead.target)
        draft = next((drafts for drafts in holders if drafts), model.drafts)[:1]
        return replace(
            model,
            source=join_segments(sources, self._langs[0]),
            target=text,
            state=State.INITIAL,
            drafts=tuple(Draft(one.id, text, one.engine) for one in draft),
            bead_score=round(bead.score, 4),
            source_segments=sources,
            draft_segments=targets,
            origin=bead.kind,
        )


def _next(segments: Sequence[str], more: Sequence[str]) -> range:
    return range(len(segments), len(segments) + len(more))


def _moved(indices: range, by: int) -> range:
    return range(indices.start + by, indices.stop + by)


def _key(bead: Bead) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """A bead by its segments; where an empty side stands means nothing."""
    source, target = bead.source, bead.target
    return (
        (source.start, source.stop) if source else None,
        (target.start, target.stop) if target else None,
    )


def _walls(keepers: Sequence[int | None], count: int) -> list[int]:
    """For each bead the unit of the next bead behind it that has one."""
    walls: list[int] = []
    wall = count
    for keeper in reversed(keepers):
        walls.append(wall)
        wall = wall if keeper is None else keeper
    return walls[::-1]
