"""Importing: new documents into the store, changed ones without losing review, corrections back by unit id."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.model import Origin, State

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from workbench.model import TranslationUnit

_SPACE = re.compile(r"\s+")
_HEAD = 12


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did to one document, in units."""

    document: str
    added: int = 0
    kept: int = 0
    removed: int = 0
    reviewed_kept: int = 0
    reviewed_removed: int = 0
    corrected: int = 0
    conflicts: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    new: bool = False
    correction: bool = False
    failed: bool = False

    @property
    def changed(self) -> bool:
        """Whether the store differs from before."""
        return bool(self.new or self.added or self.removed or self.corrected)

    def __str__(self) -> str:
        if self.failed:
            return f"{self.document}: not imported"
        if self.new:
            return f"{self.document}: imported, {_units(self.added)}"
        if self.correction:
            text = f"{self.document}: {_units(self.corrected)} corrected, {self.kept} as before"
            return text + (f", {len(self.conflicts)} in conflict" if self.conflicts else "")
        if not self.changed:
            return f"{self.document}: nothing new, {_units(self.kept)}"
        text = f"{self.document}: {_units(self.kept)} kept ({self.reviewed_kept} with review work)"
        text += f", {self.added} new, {self.removed} set aside"
        return text + (f" ({self.reviewed_removed} with review work)" if self.reviewed_removed else "")


def _units(count: int) -> str:
    return f"{count} unit" if count == 1 else f"{count} units"


def reconcile(
    old: Sequence[TranslationUnit],
    new: Sequence[TranslationUnit],
    *,
    aside: Sequence[TranslationUnit] = (),
    taken: Collection[str] = (),
    judged: Collection[str] | None = None,
) -> tuple[list[TranslationUnit], ImportReport]:
    """The new reading of a document with the identities of the stored units that did not change.

    A stored unit stays when its source and draft stand in the new reading too, in the same order, whether as one
    unit or, after a split or merge in review, as several; drafts that were made here are no part of the reading. Where
    only the draft of a reviewed unit changed the review stays as well, since a person's text outranks a newer draft.
    What moved to another place, or was set `aside` by an earlier import and is there again, is known by its source and
    draft. New units keep ids of their own that are not `taken`. Where the rules of segmentation changed, `judged` are
    the ids of units that have findings waived or errors noted: units that are not among them and that nobody worked on
    or made by hand are cut as the new rules say.
    """
    from difflib import SequenceMatcher

    old_keys = [(_bare(unit.source), _bare(unit.given_draft)) for unit in old]
    new_keys = [(_bare(unit.source), _bare(unit.given_draft)) for unit in new]
    result: list[TranslationUnit] = []
    new_at: list[int] = []
    kept: set[str] = set()

    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old_keys, new_keys, autojunk=False).get_opcodes():
        if tag == "equal":
            result += map(_realigned, old[i1:i2], new[j1:j2])
            kept.update(unit.id for unit in old[i1:i2])
        else:
            for stored_units, fresh_units in _regroup(old[i1:i2], new[j1:j2], judged):
                result += stored_units or fresh_units
                kept.update(unit.id for unit in stored_units)
                if not stored_units:
                    new_at += range(len(result) - len(fresh_units), len(result))
    known = [*(unit for unit in old if unit.id not in kept), *aside]
    back = _bring_back(result, new_at, known, kept)
    added = [at for at in new_at if at not in back]
    own = {unit.id for unit in (*old, *aside)}.union(taken)
    for at in added:
        if result[at].id in own:
            result[at] = replace(result[at], id="")
    placed = [replace(unit, position=position) for position, unit in enumerate(result)]
    gone = [unit for unit in old if unit.id not in kept]
    report = ImportReport(
        document="",
        added=len(added),
        kept=len(kept),
        removed=len(gone),
        reviewed_kept=sum(1 for unit in (*old, *aside) if unit.id in kept and _worked_on(unit)),
        reviewed_removed=sum(1 for unit in gone if _worked_on(unit)),
    )
    return placed, report


def _realigned(stored: TranslationUnit, fresh: TranslationUnit) -> TranslationUnit:
    """The stored unit with what the new reading says of its segments."""
    return replace(
        stored,
        bead_score=fresh.bead_score,
        origin=fresh.origin,
        source_segments=fresh.source_segments,
        draft_segments=fresh.draft_segments,
    )


def _bring_back(
    result: list[TranslationUnit], new_at: Sequence[int], known: Sequence[TranslationUnit], kept: set[str]
) -> set[int]:
    """Put the stored unit in the place of each new one that has its source and draft; the places where one was."""
    waiting: dict[tuple[str, str], list[TranslationUnit]] = {}
    for unit in reversed(known):
        waiting.setdefault((_bare(unit.source), _bare(unit.given_draft)), []).append(unit)
    places: set[int] = set()
    for at in new_at:
        found = waiting.get((_bare(result[at].source), _bare(result[at].given_draft)))
        if found:
            result[at] = found.pop()
            kept.add(result[at].id)
            places.add(at)
    return places


def _worked_on(unit: TranslationUnit) -> bool:
    return unit.state is not State.INITIAL or unit.target != unit.draft or unit.origin in set(Origin)


def _touched(unit: TranslationUnit, judged: Collection[str]) -> bool:
    by_hand = unit.origin in (Origin.HAND, Origin.DROPPED, Origin.ADDED)
    return by_hand or _worked_on(unit) or bool(unit.notes) or unit.id in judged


def _bare(text: str) -> str:
    return _SPACE.sub("", text)


def _regroup(
    old: Sequence[TranslationUnit],
    new: Sequence[TranslationUnit],
    judged: Collection[str] | None = None,
) -> list[tuple[Sequence[TranslationUnit], Sequence[TranslationUnit]]]:
    """Runs of stored units that say what runs of new ones say (kept, first place), or new units alone.

    Both sides must be equal text; the draft may differ where a person's work stands in the stored unit. With `judged`,
    a run that is cut otherwise and has no such unit in it is left to the new ones.
    """
    groups: list[tuple[Sequence[TranslationUnit], Sequence[TranslationUnit]]] = []
    heads: dict[str, list[int]] = {}
    for i, unit in enumerate(old):
        heads.setdefault(_bare(unit.source)[:_HEAD], []).append(i)
    used = 0
    j = 0
    while j < len(new):
        matched = _match_run(old, new, j, used, heads)
        if matched is None:
            groups.append(((), new[j : j + 1]))
            j += 1
            continue
        i1, i2, j2 = matched
        cut_anew = judged is not None and not any(_touched(unit, judged) for unit in old[i1:i2])
        groups.append((() if cut_anew else old[i1:i2], new[j:j2]))
        used, j = i2, j2
    return groups


def _match_run(
    old: Sequence[TranslationUnit],
    new: Sequence[TranslationUnit],
    j: int,
    used: int,
    heads: dict[str, list[int]],
) -> tuple[int, int, int] | None:
    """The first run old[i:i2], i ≥ used, whose text is that of new[j:j2], as (i, i2, j2); None where there is none.

    `heads` has the places of stored units by the first letters of their text: of two texts of which one begins with
    the other, both have the same first letters, or the shorter one is all there is of its head.
    """
    first = _bare(new[j].source)
    if not first:
        return None
    shared = {first[:length] for length in range(1, _HEAD + 1)}
    places = [i for head in shared for i in heads.get(head, ()) if i >= used]
    if len(first) < _HEAD:
        places += [
            i
            for head, some in heads.items()
            if len(head) > len(first) and head.startswith(first)
            for i in some
        ]
    for i in sorted(place for place in places if place >= used):
        run = _run_from(old, new, i, j)
        if run is None:
            continue
        i2, j2 = run
        same_draft = _joined_drafts(old[i:i2]) == _joined_drafts(new[j:j2])
        if same_draft:
            return i, i2, j2
        if all(_worked_on(unit) for unit in old[i:i2]):
            # Where a person moved targets about, what is left over of them stands without a source behind.
            while i2 < len(old) and not _bare(old[i2].source):
                i2 += 1
            return i, i2, j2
    return None


def _run_from(
    old: Sequence[TranslationUnit], new: Sequence[TranslationUnit], i: int, j: int
) -> tuple[int, int] | None:
    """The shortest old[i:i2] and new[j:j2] with the same source text, as (i2, j2)."""
    left, right = _bare(old[i].source), _bare(new[j].source)
    i2, j2 = i + 1, j + 1
    while left != right:
        if len(left) < len(right) and i2 < len(old) and right.startswith(left):
            left += _bare(old[i2].source)
            i2 += 1
        elif len(right) < len(left) and j2 < len(new) and left.startswith(right):
            right += _bare(new[j2].source)
            j2 += 1
        else:
            return None
    return i2, j2


def _joined_drafts(units: Sequence[TranslationUnit]) -> str:
    return "".join(_bare(unit.given_draft) for unit in units)
