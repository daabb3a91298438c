"""Effort: the time and keystrokes that review took, how fast it went, and how much of the drafts it left alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from workbench.metrics.effort import BANDS, LAST_BAND, Effort, band, counted, size
from workbench.model import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from workbench.model import TranslationUnit
    from workbench.store import Work

By: TypeAlias = Literal["document", "reviewer", "day", "engine"]
"""What effort and quality can be grouped by."""

DONE = (State.REVIEWED, State.FINAL)
UNNAMED = "–"
"""The group of what has no reviewer, day or engine."""


def unit_group(unit: TranslationUnit, document: str, by: By) -> str:
    """The group of a unit that is done: its document, who confirmed it last and when (UTC), or its draft's engine."""
    if by == "document":
        return document
    if by == "reviewer":
        return unit.changed_by or UNNAMED
    if by == "day":
        return f"{unit.changed_at:%Y-%m-%d}" if unit.changed_at else UNNAMED
    return (unit.drafts[0].engine if unit.drafts else "") or UNNAMED


def as_confirmed(
    units: Sequence[TranslationUnit], confirmations: Iterable[tuple[str, str, str]]
) -> list[TranslationUnit]:
    """The units, each done one as changed by whoever confirmed its text last.

    Who notes an error in a text that somebody else confirmed, rates it or signs it off did not review the draft.
    `confirmations` = unit id, author and text of each, oldest first.
    """
    last = {unit_id: (author, text) for unit_id, author, text in confirmations}
    found = []
    for unit in units:
        author, text = last.get(unit.id, (unit.changed_by, unit.target))
        theirs = author != unit.changed_by and text == unit.target and unit.state in DONE
        found.append(replace(unit, changed_by=author) if theirs else unit)
    return found


def steps_of(
    units: Iterable[TranslationUnit], confirmations: Iterable[tuple[str, str, str]]
) -> dict[str, list[tuple[str, str, str]]]:
    """Of done units with a draft that several people confirmed: who got which text and made what of it, in order.

    Confirming again what one has confirmed oneself last is the same step. `confirmations` as in `as_confirmed`.
    """
    chains: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for unit_id, author, text in confirmations:
        chain = chains[unit_id]
        if chain and chain[-1][0] == author:
            chain.pop()
        chain.append((author, text))
    found = {}
    for unit in units:
        chain = chains.get(unit.id, [])
        if unit.state in DONE and unit.drafts and len(chain) > 1 and chain[-1][1] == unit.target:
            befores = [unit.draft, *(text for _, text in chain)]
            found[unit.id] = [(who, old, new) for old, (who, new) in zip(befores, chain, strict=False)]
    return found


class EffortTally:
    """Adds up effort document by document; a unit counts once in every group in which time was spent on it."""

    def __init__(self, by: By) -> None:
        self._by = by
        self._counted: tuple[dict[str, None], dict[str, None]] = {}, {}
        self._groups: dict[str | None, _Sums] = defaultdict(_Sums)

    def add(
        self,
        document: str,
        units: Sequence[TranslationUnit],
        work: Iterable[Work],
        rates: Mapping[str, float],
        *,
        source_lang: str,
        target_lang: str,
        steps: Mapping[str, Sequence[tuple[str, float]]] | None = None,
    ) -> None:
        """Take up a document: its units, the work on them, and the edit rate of each done unit that has a draft.

        `steps` = of units that several people confirmed, each one's name and how much they changed of what they got.
        """
        langs = source_lang, target_lang
        for side, lang in zip(self._counted, langs, strict=True):
            side[counted(lang)] = None
        by_id = {unit.id: unit for unit in units}
        worked: dict[str | None, set[str]] = defaultdict(set)
        timed: dict[str | None, set[str]] = defaultdict(set)
        for one in work:
            group = self._group_of(one, by_id.get(one.unit_id), document)
            sums = self._groups[group]
            sums.keystrokes += one.keystrokes
            worked[group].add(one.unit_id)
            if one.seconds > 0:
                sums.seconds += one.seconds
                timed[group].add(one.unit_id)
        # Everything is a group of its own, in which a unit also counts once.
        worked[None], timed[None] = set().union(*worked.values()), set().union(*timed.values())
        sizes = {unit_id: _sizes(by_id.get(unit_id), langs) for unit_id in timed[None]}
        for name, ids in worked.items():
            self._groups[name].worked += len(ids)
            self._groups[name].time([sizes[unit_id] for unit_id in timed[name]])
        for unit_id, rate in rates.items():
            self._groups[None].bands[band(rate)] += 1
            alone = [(unit_group(by_id[unit_id], document, self._by), rate)]
            shares = (steps or {}).get(unit_id) if self._by == "reviewer" else None
            for name, share in shares or alone:
                self._groups[name].bands[band(share)] += 1

    def _group_of(self, one: Work, unit: TranslationUnit | None, document: str) -> str:
        if self._by == "document":
            return document
        if self._by == "engine":
            return UNNAMED if unit is None else unit_group(unit, document, "engine")
        return (one.author if self._by == "reviewer" else one.day) or UNNAMED

    def total(self) -> Effort:
        """The effort on everything."""
        whole = self._groups[None]
        named = [sums for name, sums in self._groups.items() if name is not None]
        whole.seconds = sum(sums.seconds for sums in named)
        whole.keystrokes = sum(sums.keystrokes for sums in named)
        return self._effort(whole)

    def groups(self) -> dict[str, Effort]:
        """The effort by group, in the order of the names."""
        names = sorted(name for name in self._groups if name is not None)
        return {name: self._effort(self._groups[name]) for name in names}

    def _effort(self, sums: _Sums) -> Effort:
        return Effort(
            worked=sums.worked,
            timed=sums.timed,
            seconds=sums.seconds,
            keystrokes=sums.keystrokes,
            source_size=sums.source_size,
            target_size=sums.target_size,
            source_counted=" and ".join(self._counted[0]) or "words",
            target_counted=" and ".join(self._counted[1]) or "words",
            drafted=sums.bands.total(),
            bands=tuple((label, sums.bands[label]) for label in (*(name for name, _ in BANDS), LAST_BAND)),
        )


def _sizes(unit: TranslationUnit | None, langs: tuple[str, str]) -> tuple[int, int]:
    """The sizes of both sides; a unit that is no longer in the document has none: its text is in another one."""
    return (0, 0) if unit is None else (size(unit.source, langs[0]), size(unit.target, langs[1]))


class _Sums:
    def __init__(self) -> None:
        self.seconds = 0.0
        self.worked = self.timed = self.keystrokes = self.source_size = self.target_size = 0
        self.bands: Counter[str] = Counter()

    def time(self, sizes: Sequence[tuple[int, int]]) -> None:
        """Note that time was spent on units of these sizes."""
        self.timed += len(sizes)
        self.source_size += sum(source for source, _ in sizes)
        self.target_size += sum(target for _, target in sizes)
