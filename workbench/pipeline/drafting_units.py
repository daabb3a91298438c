"""Drafts for the units of a store or a file: which ones want one, and keeping them batch by batch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import RLock
from typing import TYPE_CHECKING

from workbench import engines
from workbench.errors import StaleUnitError
from workbench.model import Origin, State
from workbench.pipeline.drafting import batches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from workbench.config import Settings
    from workbench.model import TranslationUnit
    from workbench.pipeline.drafting import Drafter, Made
    from workbench.store import Store

_TRIES = 5
_MATCHED_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Drafted:
    """A batch that was made: what was made of each unit, and the ids of the units that have it now.

    The others were changed by somebody meanwhile, or no draft of them can be trusted.
    """

    made: tuple[tuple[TranslationUnit, Made], ...]
    kept: frozenset[str]


def lacks_draft(unit: TranslationUnit) -> bool:
    """Whether the unit has a source, and neither a target nor a draft, and nobody has decided on it."""
    return _is_open(unit) and not unit.target.strip() and not any(one.text.strip() for one in unit.drafts)


def is_as_drafted(unit: TranslationUnit) -> bool:
    """Whether the unit lacks a draft, or has one that nobody has changed or confirmed: another may take its place."""
    return _is_open(unit) and (lacks_draft(unit) or (bool(unit.drafts) and unit.target == unit.draft))


def _is_open(unit: TranslationUnit) -> bool:
    return unit.state is State.INITIAL and bool(unit.source.strip()) and unit.origin != Origin.DROPPED


def with_drafts(unit: TranslationUnit, made: Made) -> TranslationUnit:
    """The unit with what was made as its drafts and target; drafts that a file brought stay behind them."""
    given = tuple(one for one in unit.drafts if not one.is_made and one.text.strip())
    return replace(unit, target=made.text, drafts=(*made.drafts, *given))


class DeferredEngine:
    """An engine that is opened when something is first asked of it; threads may share it, one at a time is served.

    `when_open` is told of it once. Whatever asks may raise EngineError, which says what to do.
    """

    def __init__(
        self, name: str, opening: Callable[[], engines.Engine], when_open: Callable[[engines.Engine], None]
    ) -> None:
        self._name, self._opening, self._when_open = name, opening, when_open
        self._engine: engines.Engine | None = None
        self._lock = RLock()

    @property
    def name(self) -> str:
        """Its name, by which it was asked for until it is open."""
        return self._engine.name if self._engine is not None else self._name

    @property
    def label(self) -> str:
        """What it calls itself; its name until it is open."""
        return self._engine.label if self._engine is not None else self._name

    @property
    def batch_size(self) -> int:
        """As the engine says, which is opened for it."""
        return self._opened().batch_size

    @property
    def is_local(self) -> bool:
        """As the engine says, which is opened for it."""
        return self._opened().is_local

    def propose(
        self, requests: Sequence[engines.Request], *, alternatives: int = 1, careful: bool = False
    ) -> list[tuple[engines.Proposal, ...]]:
        """As `Engine.propose`."""
        with self._lock:
            return self._opened().propose(requests, alternatives=alternatives, careful=careful)

    def close(self) -> None:
        """Close the engine, if it was opened."""
        with self._lock:
            if self._engine is not None:
                self._engine.close()

    def _opened(self) -> engines.Engine:
        with self._lock:
            if self._engine is None:
                self._engine = self._opening()
                self._when_open(self._engine)
            return self._engine


def deferred_engine(
    settings: Settings | None,
    name: str | None,
    source_lang: str,
    target_lang: str,
    *,
    when_open: Callable[[engines.Engine], None] = lambda _engine: None,
) -> DeferredEngine:
    """The engine of that name, or that the settings name, to be opened as they say. Raises NotFoundError."""
    chosen = name or (settings.engines.default if settings is not None else "argos")
    values = settings.engines.values(chosen.lower()) if settings is not None else {}
    kind = engines.find(chosen)
    options = engines.EngineOptions(values)
    return DeferredEngine(kind.name, lambda: kind.open(source_lang, target_lang, options), when_open)


@dataclass(slots=True, kw_only=True)
class DocumentDrafting:
    """Drafts one document of a store: batch by batch, each kept in one transaction before the next is made.

    `everything` = units whose draft nobody has changed too. What is kept is a decision of the engine's, so that no
    person's undo takes it back. `is_stopped` is asked before each batch. `is_held` = whether somebody is at work on the
    unit with that id, which is then left alone.
    """

    store: Store
    document_id: str
    drafter: Drafter
    everything: bool = False
    is_stopped: Callable[[], bool] = lambda: False
    is_held: Callable[[str], bool] = lambda _unit_id: False

    def wants(self, unit: TranslationUnit) -> bool:
        """Whether a draft is to be made of the unit."""
        return is_as_drafted(unit) if self.everything else lacks_draft(unit)

    def units(self) -> list[TranslationUnit]:
        """The units that want a draft, in order."""
        return [unit for unit in self.store.units(self.document_id) if self.wants(unit)]

    def run(self, units: Sequence[TranslationUnit]) -> Iterator[Drafted]:
        """Make and keep the drafts of these units; what is kept stays. Raises EngineError, StoreError."""
        sources = [unit.source for unit in units]
        # Where all were translated before, no engine is opened.
        is_asked = any(not self.drafter.is_translated(source) for source in sources)
        for some in batches(sources, self.drafter.batch_size if is_asked else _MATCHED_AT_ONCE):
            if self.is_stopped():
                return
            batch = [units[at] for at in some]
            made = self.drafter.make([unit.source for unit in batch])
            pairs = tuple(zip(batch, made, strict=True))
            yield Drafted(pairs, self._keep(pairs))

    def _keep(self, pairs: Sequence[tuple[TranslationUnit, Made]]) -> frozenset[str]:
        """Keep the drafts of the units that still want one; the ids of those."""
        from workbench.store.records import Change

        held = {unit.id: (unit, made) for unit, made in pairs if made.drafts}
        for count in range(_TRIES):
            changes = []
            for now in self.store.find_units(list(held), document_id=self.document_id):
                unit, made = held[now.id]
                if now.source == unit.source and self.wants(now) and not self.is_held(now.id):
                    changes.append(Change(with_drafts(now, made)))
            if not changes:
                break
            try:
                self.store.decide(self.document_id, self.drafter.engine.name, "draft", changes)
            except StaleUnitError:
                # Somebody saved one of them between reading and writing: look again at what is left to do.
                if count + 1 == _TRIES:
                    raise
                continue
            return frozenset(change.unit.id for change in changes)
        return frozenset()
