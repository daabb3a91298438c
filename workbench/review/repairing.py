"""Repairing the alignment: cutting, joining, moving sentences and columns, marking what stands alone, aligning anew."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING, Any, TypeAlias

from workbench.errors import CommandError, StaleUnitError
from workbench.model import Origin, State
from workbench.review.fixed import Fixed
from workbench.review.following import Said, cut_said, joined_said, moved_said, parted_said
from workbench.review.parts import BY_HAND, Part, fresh_part, left_over, part_of, with_part
from workbench.review.replacing import Replacing
from workbench.review.shifting import shifted_down, shifted_up
from workbench.review.splitting import likeliest, merge_units, move_sentence, places, split_unit
from workbench.store.records import Change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from workbench.model import TranslationUnit, Waiver
    from workbench.review.parts import Side
    from workbench.review.realigning import Realigned
    from workbench.store.records import Order

    _Shifting: TypeAlias = Callable[[TranslationUnit, Iterable[TranslationUnit]], list[Change]]

_PAGE = 500
_CHANGED = "the document was changed while it was aligned anew: nothing was moved, give the command again"


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A stretch aligned anew ahead of the command, and what must not have changed since."""

    unit_id: str
    order_version: int
    to_confirmed: bool
    result: Realigned


class StoppedError(Exception):
    """The work was given up: its result is wanted by nobody."""


class _Run:
    """One aligning anew, from a place of the order on: how far it is, and whether it is still wanted."""

    def __init__(self, start: int) -> None:
        self.start = start
        self.done = 0
        self.is_stopped = False

    def at_section(self, done: int) -> None:
        """Note how many segments are aligned. Raises StoppedError where nobody waits for more."""
        self.done = done
        if self.is_stopped:
            raise StoppedError


class Repairing(Replacing):
    """The commands that repair the alignment. What they put together is sure; what they leave alone is doubtful."""

    _prepared: _Prepared | None = None
    _run: _Run | None = None

    # Cutting and joining

    def split(self, source_at: int, target_at: int) -> str:
        """Cut the unit in two at an offset of the source and one of the target."""
        unit = self.unit
        first, second = split_unit(unit, source_at, target_at)
        here, there = cut_said(unit, self._said(unit), source_at=source_at, target_at=target_at)
        # A waived issue may be in either part now.
        waivers = self._waivers.get(unit.id)
        behind = _said_of(second, there, after=unit.id, waivers=waivers)
        self._decide("split", _said_of(first, here, ratings=()), behind)
        return f"unit {unit.position + 1} split in two"

    def merge(self) -> str:
        """Join the unit with the next one of the document."""
        unit, following = self.unit, self._beside(forward=True, doing="merge with")
        self._merge(unit, following)
        return f"units {unit.position + 1} and {unit.position + 2} merged"

    def merge_previous(self) -> str:
        """Join the unit with the one before it in the document."""
        unit, before = self.unit, self._beside(forward=False, doing="merge with")
        self._merge(before, unit)
        self.stand_at(before.id)
        return f"units {before.position + 1} and {before.position + 2} merged"

    def cut_places(self, side: Side) -> list[int]:
        """Where one side of the unit may be cut: between sentences, after clauses, or else between words."""
        return places(self.unit, side, self._lang(side), self._rules)

    def likeliest_cut(self, side: Side, at: int, candidates: Sequence[int]) -> int:
        """The index of the candidate that goes best with a cut of the other side at `at`, as the aligner sees it."""
        source_lang, target_lang = self.document.source_lang, self.document.target_lang
        return likeliest(
            self.unit, at, candidates, side=side, source_lang=source_lang, target_lang=target_lang
        )

    # A sentence over the border

    def target_to_next(self) -> str:
        """Move the last sentence of the target to the start of the next unit."""
        return self._move("target", giving=True, forward=True)

    def target_to_previous(self) -> str:
        """Move the first sentence of the target to the end of the previous unit."""
        return self._move("target", giving=True, forward=False)

    def target_from_next(self) -> str:
        """Take the first sentence of the next unit's target to the end of this one."""
        return self._move("target", giving=False, forward=True)

    def target_from_previous(self) -> str:
        """Take the last sentence of the previous unit's target to the start of this one."""
        return self._move("target", giving=False, forward=False)

    def source_to_next(self) -> str:
        """Move the last sentence of the source to the start of the next unit."""
        return self._move("source", giving=True, forward=True)

    def source_to_previous(self) -> str:
        """Move the first sentence of the source to the end of the previous unit."""
        return self._move("source", giving=True, forward=False)

    def source_from_next(self) -> str:
        """Take the first sentence of the next unit's source to the end of this one."""
        return self._move("source", giving=False, forward=True)

    def source_from_previous(self) -> str:
        """Take the last sentence of the previous unit's source to the start of this one."""
        return self._move("source", giving=False, forward=False)

    # The whole column

    def shift_down(self) -> str:
        """Move this target and all behind it down by one unit, up to the first gap or fixed unit."""
        return self._shift(shifted_down, "down")

    def shift_up(self) -> str:
        """Move all targets behind this one up by one unit, up to the first gap or fixed unit; this one goes before."""
        return self._shift(shifted_up, "up")

    # What stands alone

    def mark_dropped(self) -> str:
        """Say that the source has no translation, on purpose; a target becomes a unit of its own."""
        unit = self.unit
        if not unit.source.strip():
            raise CommandError("the unit has no source that could have been dropped")
        if unit.origin == Origin.DROPPED and not unit.target.strip():
            raise CommandError("the unit is marked as dropped already")
        answer = f"unit {unit.position + 1}: the source is marked as dropped"
        if not unit.target.strip():
            self._decide("mark dropped", Change(_marked(unit, Origin.DROPPED)))
            return answer
        alone = _marked(_without(unit, "target"), Origin.DROPPED)
        self._part("mark dropped", unit, alone, left_over(_alone(unit, "target")))
        return f"{answer}; its target stands alone behind it"

    def mark_added(self) -> str:
        """Say that the target has no source, on purpose; a source becomes a unit of its own."""
        unit = self.unit
        if not unit.target.strip():
            raise CommandError("the unit has no target that could have been added")
        if unit.origin == Origin.ADDED and not unit.source.strip():
            raise CommandError("the unit is marked as added already")
        if unit.source.strip():
            added = _marked(_alone(unit, "target"), Origin.ADDED)
            self._part("mark added", unit, left_over(_without(unit, "target")), added)
            self.next()
            return (
                f"unit {unit.position + 2}: the target is marked as added; its source stands alone before it"
            )
        self._decide("mark added", Change(_marked(unit, Origin.ADDED)))
        return f"unit {unit.position + 1}: the target is marked as added"

    def unmark(self) -> str:
        """Take back that the unit was marked as dropped or added: it is doubtful again."""
        unit = self.unit
        if unit.origin not in (Origin.DROPPED, Origin.ADDED):
            raise CommandError("the unit is marked neither as dropped nor as added")
        self._decide("unmark", Change(left_over(unit)))
        return f"unit {unit.position + 1} is no longer marked as {unit.origin}"

    # Aligning anew

    def realign(self) -> str:
        """Align everything from this unit on anew, around what is fixed."""
        return self._realign(to_confirmed=False)

    def realign_to_confirmed(self) -> str:
        """Align everything from this unit to the next confirmed one anew, around what is fixed."""
        return self._realign(to_confirmed=True)

    def looking(self, method: str, *arguments: str) -> Iterator[int]:
        """As for what looks for units; also the aligning that a command then only has to store."""
        if method in ("realign", "realign_to_confirmed"):
            return self._align_ahead(to_confirmed=method == "realign_to_confirmed")
        return super().looking(method, *arguments)

    def stop_looking(self) -> None:
        """End what `looking` began on another thread: its next step raises StoppedError, and nothing of it is kept."""
        if self._run is not None:
            self._run.is_stopped = True

    @property
    def aligned_anew(self) -> int:
        """How many source segments the aligning at work has done."""
        return self._run.done if self._run is not None else 0

    # Within

    def _lang(self, side: Side) -> str:
        return self.document.source_lang if side == "source" else self.document.target_lang

    def _beside(self, *, forward: bool, doing: str) -> TranslationUnit:
        """The unit of the document behind or before the current one."""
        unit = self.unit
        rank = self.store.step(self.document.id, self._everything, rank=self._rank, forward=forward)
        if rank is None:
            where = "after" if forward else "before"
            raise CommandError(f"there is no unit {where} this one to {doing}")
        pair = self.store.units_at(self.document.id, [self._rank, rank])
        if len(pair) < 2 or pair[0].id != unit.id or pair[0].version != unit.version:
            self._reread((unit.id,))
            raise CommandError("the document was changed elsewhere; look at it and try again")
        return pair[1]

    def _behind(self) -> Iterator[TranslationUnit]:
        """The units of the document behind the current one, in pages."""
        ranks, at = self._order.ranks, (self._order.index(self._rank) or 0) + 1
        for start in range(at, len(ranks), _PAGE):
            yield from self.store.units_at(self.document.id, ranks[start : start + _PAGE])

    def _merge(self, first: TranslationUnit, second: TranslationUnit) -> None:
        merged = merge_units(
            first, second, source_lang=self.document.source_lang, target_lang=self.document.target_lang
        )
        both = self._said(first), self._said(second)
        said = joined_said(first, second, merged, said=both, target_lang=self.document.target_lang)
        # What somebody thought of a part says nothing of the whole.
        kept = _said_of(merged, said, waivers=self._waivers_of(first, second), ratings=())
        self._decide("merge", kept, Change(second, merged_into=first.id))

    def _waivers_of(self, unit: TranslationUnit, other: TranslationUnit) -> tuple[Waiver, ...]:
        """The waivers of both units, as those of the first."""
        found = {one.fingerprint: replace(one, unit_id=unit.id) for one in self._waivers.get(other.id, ())}
        found |= {one.fingerprint: one for one in self._waivers.get(unit.id, ())}
        return tuple(found.values())

    def _said(self, unit: TranslationUnit) -> Said:
        """What people said of a unit."""
        return Said(unit.notes, tuple(self.store.annotations(self.document.id, unit_ids=[unit.id])))

    def _move(self, side: Side, *, giving: bool, forward: bool) -> str:
        unit = self.unit
        other = self._beside(
            forward=forward, doing="move a sentence to" if giving else "take a sentence from"
        )
        giver, taker = (unit, other) if giving else (other, unit)
        first, second = (unit, other) if forward else (other, unit)
        move = move_sentence(
            giver, taker, side=side, lang=self._lang(side), down=giver is first, rules=self._rules
        )
        answer = f"a sentence of the {side} moved from unit {giver.position + 1} to unit {taker.position + 1}"
        if not move.rest.source.strip() and not move.rest.target.strip():
            # Nothing is left of the giver: what was said of it goes along, as in a merge.
            self._merge(first, second)
            self.stand_at(first.id)
            return f"{answer}: nothing was left, they are one unit now"
        both = self._said(giver), self._said(taker)
        stays, taken = moved_said(giver, taker, move, said=both, target_lang=self.document.target_lang)
        gave = _said_of(move.rest, stays, ratings=())
        took = _said_of(move.whole, taken, waivers=self._waivers_of(taker, giver), ratings=())
        self._decide(f"move {side}", *((gave, took) if giving else (took, gave)))
        return answer

    def _shift(self, shifted: _Shifting, where: str) -> str:
        unit = self.unit
        if unit.state is not State.INITIAL:
            raise CommandError(f"unit {unit.position + 1} is {unit.state}: open it again first")
        is_fixed = Fixed(self.store, self.document.id)
        if not unit.source.strip() and is_fixed(unit):
            raise CommandError("this unit without a source was worked on: move its target by sentences")
        changes = shifted(unit, takewhile(lambda one: not is_fixed(one), self._behind()))
        changes = self._with_said(unit, changes)
        self._decide(f"shift {where}", *changes)
        units = "1 unit" if len(changes) == 1 else f"{len(changes):,} units"
        return f"targets moved {where} from unit {unit.position + 1}: {units} changed"

    def _with_said(self, unit: TranslationUnit, changes: list[Change]) -> list[Change]:
        """The changes of a shift, what was said of the unit's target with the target; only that unit was worked on."""
        stays, goes = parted_said(unit, self._said(unit))
        if not (goes.notes or goes.noted) or not unit.target.strip():
            return changes
        # Upwards the target is a new unit ahead, downwards that of the next one.
        at = next((index for index, change in enumerate(changes) if change.ahead), 1)
        held = next(index for index, change in enumerate(changes) if change.unit.id == unit.id)
        found = list(changes)
        for index, said in ((held, stays), (at, goes)):
            one = replace(found[index].unit, notes=said.notes)
            found[index] = replace(found[index], unit=one, annotations=said.noted)
        return found

    def _part(
        self, name: str, unit: TranslationUnit, changed: TranslationUnit, parted: TranslationUnit
    ) -> None:
        """Store a unit as changed, and behind it the target that was parted from it."""
        waivers = self._waivers.get(unit.id)
        stays, goes = parted_said(unit, self._said(unit))
        behind = _said_of(parted, goes, after=unit.id, waivers=waivers)
        self._decide(name, _said_of(changed, stays, ratings=()), behind)

    def _realign(self, *, to_confirmed: bool) -> str:
        unit, prepared = self.unit, self._prepared
        if prepared is None or (prepared.unit_id, prepared.to_confirmed) != (unit.id, to_confirmed):
            deque(self._align_ahead(to_confirmed=to_confirmed), maxlen=0)
            prepared = self._prepared
        self._prepared = None
        assert prepared is not None
        if prepared.order_version != self._order.version:
            raise CommandError(_CHANGED)
        if prepared.result.changed_count:
            try:
                self._decide("realign", *prepared.result.changes)
            except StaleUnitError as error:
                raise CommandError(_CHANGED) from error
        return str(prepared.result)

    def _align_ahead(self, *, to_confirmed: bool) -> Iterator[int]:
        """Align what the command will store; each step gives how many units were read."""
        # Where the session stands is read now, on the thread that gives the commands.
        self._prepared = None
        unit, order = self.unit, self._order
        self._run = run = _Run(order.index(self._rank) or 0)
        return self._aligning(unit, order, run, to_confirmed=to_confirmed)

    def _aligning(
        self, unit: TranslationUnit, order: Order, run: _Run, *, to_confirmed: bool
    ) -> Iterator[int]:
        from workbench.review.realigning import realigned

        is_fixed = Fixed(self.store, self.document.id)
        units: list[TranslationUnit] = []
        for at in range(run.start, len(order.ranks), _PAGE):
            page = self.store.units_at(self.document.id, order.ranks[at : at + _PAGE])
            wanted = page
            if to_confirmed:
                wanted = list(takewhile(lambda one: one.state is State.INITIAL or one.id == unit.id, page))
            units += wanted
            yield len(wanted)
            if len(wanted) < len(page):
                break
        found = realigned(
            units,
            is_fixed=is_fixed,
            source_lang=self.document.source_lang,
            target_lang=self.document.target_lang,
            rules=self._rules,
            at_section=run.at_section,
        )
        # Who stopped it takes no further step: nothing is kept then.
        yield 0
        self._prepared = _Prepared(unit.id, order.version, to_confirmed, found)


def _said_of(unit: TranslationUnit, said: Said, **others: Any) -> Change:
    """The change that gives a unit a new value and what people said of it."""
    return Change(replace(unit, notes=said.notes), annotations=said.noted, **others)


def _without(unit: TranslationUnit, side: Side) -> TranslationUnit:
    return replace(with_part(unit, side, Part()), state=State.INITIAL)


def _alone(unit: TranslationUnit, side: Side) -> TranslationUnit:
    """A new unit that has one side of the unit, and nothing as the other."""
    part = part_of(unit, side)
    return fresh_part(unit, *((part, Part()) if side == "source" else (Part(), part)))


def _marked(unit: TranslationUnit, origin: Origin) -> TranslationUnit:
    return replace(unit, origin=str(origin), bead_score=BY_HAND)
