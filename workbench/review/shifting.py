"""Moving the whole column of targets down or up by one unit, from a unit to where something stands fixed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.errors import CommandError
from workbench.model import Origin, State
from workbench.review.parts import BY_HAND, Part, fresh_part, left_over, part_of, with_part
from workbench.store.records import Change

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workbench.model import TranslationUnit

_NOTHING = Part()


def shifted_down(unit: TranslationUnit, following: Iterable[TranslationUnit]) -> list[Change]:
    """What makes every target that of the next unit, beginning with the one of `unit`.

    `following` are the units behind it that may be changed. The last of them takes part only where its target is
    empty; else a new unit without a source takes what is left over.
    """
    carried = part_of(unit, "target")
    if carried.is_empty:
        raise CommandError("the target is empty: there is nothing to move down")
    changes = [_changed(unit, _NOTHING)]
    for one in following:
        held = part_of(one, "target")
        changes.append(_changed(one, carried))
        carried = held
        if carried.is_empty:
            break
    if len(changes) == 1 and not unit.source.strip():
        raise CommandError("the unit behind this one is fixed: the target cannot move there")
    if not carried.is_empty:
        last = changes[-1].unit
        alone = left_over(fresh_part(last, _NOTHING, carried))
        changes.append(Change(alone, after=last.id))
    return _without_empty(changes)


def shifted_up(unit: TranslationUnit, following: Iterable[TranslationUnit]) -> list[Change]:
    """What makes every target that of the unit before, beginning with that of the unit behind `unit`.

    The target of `unit` itself is put in a new unit without a source in front of it. `following` as above; the first
    one without a target ends it.
    """
    own = part_of(unit, "target")
    if not unit.source.strip():
        raise CommandError("the source is empty: give the command at the next unit that has one")
    changes = (
        []
        if own.is_empty
        else [Change(left_over(fresh_part(unit, _NOTHING, own)), after=unit.id, ahead=True)]
    )
    before = unit
    for one in following:
        held = part_of(one, "target")
        if held.is_empty:
            break
        changes.append(_changed(before, held))
        before = one
    if before is unit and own.is_empty:
        raise CommandError("there is no target behind this unit that could move up")
    changes.append(_changed(before, _NOTHING))
    return _without_empty(changes)


def _changed(unit: TranslationUnit, target: Part) -> Change:
    if not unit.source.strip() or target.is_empty:
        return Change(left_over(with_part(unit, "target", target)))
    # As `put_together(with_part(…))` in one step: there may be thousands of units.
    moved = replace(
        unit,
        target=target.text,
        draft_segments=target.segments,
        drafts=target.drafts,
        state=State.INITIAL,
        bead_score=BY_HAND,
        origin=str(Origin.SHIFTED),
    )
    return Change(moved)


def _without_empty(changes: list[Change]) -> list[Change]:
    """The changes, units of which nothing is left taken out of the document."""
    kept = [change for change in changes if change.unit.id and not _is_empty(change.unit)]
    return list(_merged(changes, kept[0].unit.id if kept else ""))


def _merged(changes: list[Change], into: str) -> Iterator[Change]:
    for change in changes:
        if not change.unit.id or not _is_empty(change.unit) or not into:
            yield change
        else:
            yield Change(change.unit, merged_into=into)


def _is_empty(unit: TranslationUnit) -> bool:
    return not unit.source.strip() and not unit.target.strip()
