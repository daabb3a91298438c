"""Drafts in a review: of this unit, of all that lack one, another proposal; the engine is opened once, when needed."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING

from workbench.errors import CommandError
from workbench.model import MADE, PostEdit, State
from workbench.review.following import retold
from workbench.review.matching import Matching
from workbench.store.records import Change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from workbench.engines import Engine
    from workbench.memory import Memory
    from workbench.model import Draft, TranslationUnit
    from workbench.pipeline.drafting import Drafter, Made
    from workbench.pipeline.project import Project
    from workbench.store import DocumentRecord

PROPOSALS = 5
"""How many proposals `another` goes round."""


class Engines:
    """The engine of a project, opened for a pair of languages when it is first asked, on whatever thread that is."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._open: dict[tuple[str, str], Engine] = {}
        self._lock = Lock()

    def drafter(
        self, record: DocumentRecord, *, memory: Memory | None = None, alternatives: int = 1
    ) -> Drafter:
        """A drafter for a document, which asks the memory before the engine."""
        from workbench.pipeline.drafting import Drafter
        from workbench.pipeline.drafting_units import deferred_engine
        from workbench.pipeline.rules import rules_of

        pair = record.source_lang, record.target_lang
        with self._lock:
            if pair not in self._open:
                self._open[pair] = deferred_engine(self._project.settings, None, *pair)
            return Drafter(
                self._open[pair],
                source_lang=pair[0],
                target_lang=pair[1],
                rules=rules_of(self._project.settings, record.name),
                termbase=self._project.termbase,
                memory=memory,
                alternatives=alternatives,
            )

    def close(self) -> None:
        """Close what was opened."""
        with self._lock:
            for engine in self._open.values():
                engine.close()
            self._open.clear()


@dataclass(slots=True)
class _Run:
    """Drafting at work on another thread: what it came to so far, and whether it is to end."""

    label: str = ""
    kept: int = 0
    wanted: int = 0
    is_stopped: bool = False
    is_over: bool = False


class Drafting(Matching):
    """The commands about drafts; `looking` does the engine's work on another thread, the command then stores it."""

    engines: Engines | None = None
    """Where drafts come from; None = this review has no engine."""

    is_held: Callable[[str], bool] = staticmethod(lambda _unit_id: False)
    """Whether somebody types into the unit with that id: `draft_missing` leaves it alone."""

    _made: tuple[str, str, str, Made] | None = None
    _offered: tuple[str, str, tuple[Draft, ...]] | None = None
    _drafting: _Run | None = None

    def draft_unit(self, *, seconds: float = 0.0, keystrokes: int = 0) -> str:
        """Have the engine draft the unit; what stands there goes, and comes back with undo."""
        unit = self._draftable()
        made = self._made_for(unit, "draft_unit")
        if not made.drafts:
            raise CommandError("no draft: the engine gave no text, or lost a code of the source")
        if made.text == unit.target:
            raise CommandError(f"the target is the draft of {made.drafts[0].engine} already")
        self._begin_from(unit, made, seconds=seconds, keystrokes=keystrokes)
        return f"unit {unit.position + 1}: draft by {said_of(made.drafts[0])}"

    def another(self, *, seconds: float = 0.0, keystrokes: int = 0) -> str:
        """Put the next proposal in place of the target: drafts that were kept, then more of the engine; then round."""
        unit = self._draftable()
        offered = self._proposals(unit)
        texts = [one.text for one in offered]
        if len(texts) < 2 and unit.target in texts:
            raise CommandError("the engine has no other proposal for this unit")
        at = (texts.index(unit.target) + 1) % len(texts) if unit.target in texts else 0
        chosen = offered[at]
        known = {one.id for one in unit.drafts}
        drafts = unit.drafts if chosen.id in known else (*unit.drafts, chosen)
        edit = PostEdit(unit.id, chosen.text, self.author, self._clock(), seconds, keystrokes)
        changed = replace(retold(unit, chosen.text), drafts=drafts, state=State.INITIAL)
        self._decide("another proposal", Change(changed, post_edit=edit))
        return f"unit {unit.position + 1}: proposal {at + 1}/{len(texts)} by {said_of(chosen)}"

    def draft_missing(self) -> str:
        """Draft all units of the document that lack one, batch by batch; each is kept before the next is made."""
        if self._drafting is None or not self._drafting.is_over:
            deque(self._draft_all(), maxlen=0)
        self.poll()
        return self.end_drafting()

    def end_drafting(self) -> str:
        """What `draft_missing` came to, where its work was done by `looking`; nothing else changes."""
        run, self._drafting = self._drafting, None
        if run is None or not run.wanted:
            raise CommandError("no unit lacks a draft")
        left = run.wanted - run.kept
        said = f"stopped: {_drafts(run.kept)}" if run.is_stopped and left else _drafts(run.kept)
        return f"{said} by {run.label}" + (f", {left:,} left without" if left else "")

    def looking(self, method: str, *arguments: str) -> Iterator[int]:
        """As of the others; also what an engine has to do before a command of drafts can store it."""
        if method in ("draft_unit", "another"):
            return self._draft_ahead(self._draftable(), method)
        if method == "draft_missing":
            return self._draft_all()
        return super().looking(method, *arguments)

    def stop_looking(self) -> None:
        """As of the others; drafting ends behind the batch at work, and what was kept stays."""
        self.stop_drafting()
        super().stop_looking()

    def stop_drafting(self) -> None:
        """Have `draft_missing` end behind the batch at work."""
        if self._drafting is not None:
            self._drafting.is_stopped = True

    @property
    def drafted(self) -> str:
        """How far `draft_missing` has come, in words; "" where it is not at work."""
        run = self._drafting
        return f"{run.kept:,} of {run.wanted:,} drafted" if run is not None and run.wanted else ""

    # Within

    def _draftable(self) -> TranslationUnit:
        unit = self.unit
        if not unit.source.strip():
            raise CommandError("there is no source to draft")
        if unit.state is not State.INITIAL:
            raise CommandError(f"unit {unit.position + 1} is {unit.state}: open it again first")
        return unit

    def _drafter(self, alternatives: int = 1) -> Drafter:
        if self.engines is None:
            raise CommandError("this review has no engine")
        memory = self.memory if alternatives == 1 else None
        return self.engines.drafter(self.document, memory=memory, alternatives=alternatives)

    def _draft_ahead(self, unit: TranslationUnit, method: str) -> Iterator[int]:
        if method == "another" and (len(unit.proposals) >= PROPOSALS or self._is_offered(unit)):
            return
        (made,) = self._drafter(PROPOSALS if method == "another" else 1).make([unit.source])
        self._made = (unit.id, unit.source, method, made)
        yield 1

    def _made_for(self, unit: TranslationUnit, method: str) -> Made:
        if self._made is None or self._made[:3] != (unit.id, unit.source, method):
            deque(self._draft_ahead(unit, method), maxlen=0)
        held, self._made = self._made, None
        assert held is not None
        return held[3]

    def _is_offered(self, unit: TranslationUnit) -> bool:
        return self._offered is not None and self._offered[:2] == (unit.id, unit.source)

    def _proposals(self, unit: TranslationUnit) -> tuple[Draft, ...]:
        """What can be chosen from: drafts of the unit, and where these are few, what else the engine proposes."""
        if not self._is_offered(unit):
            own = unit.proposals
            if len(own) < PROPOSALS:
                made = self._made_for(unit, "another")
                fresh = replace(unit, drafts=made.drafts).proposals
                own = (*own, *(_as_other(one, number) for number, one in enumerate(fresh, 1)))
            self._offered = (
                unit.id,
                unit.source,
                tuple({one.text: one for one in reversed(own)}.values())[::-1],
            )
        assert self._offered is not None
        if not self._offered[2]:
            raise CommandError("no proposal: the engine gave no text, or lost a code of the source")
        return self._offered[2]

    def _begin_from(self, unit: TranslationUnit, made: Made, *, seconds: float, keystrokes: int) -> None:
        from workbench.pipeline.drafting_units import is_as_drafted, with_drafts

        if is_as_drafted(unit):
            self._decide("draft", Change(with_drafts(unit, made)))
            return
        # A person wrote what stands there: the draft is a text put in its place.
        kept = tuple(one for one in unit.drafts if one.id not in {draft.id for draft in made.drafts})
        edit = PostEdit(unit.id, made.text, self.author, self._clock(), seconds, keystrokes)
        drafts = (*kept, *made.drafts) if kept else made.drafts
        self._decide("draft", Change(replace(retold(unit, made.text), drafts=drafts), post_edit=edit))

    def _draft_all(self) -> Iterator[int]:
        """Draft and keep; each step gives how many units were looked at."""
        self._drafting = run = _Run()
        return self._drafting_all(run)

    def _drafting_all(self, run: _Run) -> Iterator[int]:
        from workbench.pipeline.drafting_units import DocumentDrafting, lacks_draft

        units = [unit for unit in self.store.units(self.document.id) if lacks_draft(unit)]
        run.wanted = len(units)
        if units:
            drafter = self._drafter()
            drafting = DocumentDrafting(
                store=self.store,
                document_id=self.document.id,
                drafter=drafter,
                is_stopped=lambda: run.is_stopped,
                is_held=lambda unit_id: self.is_held(unit_id),
            )
            run.label = drafter.engine.label
            for batch in drafting.run(units):
                run.kept += len(batch.kept)
                run.label = drafter.engine.label
                yield len(batch.made)
        run.is_over = True


def said_of(draft: Draft) -> str:
    """Where a draft is from and what was done to it: "argos", "memory 88%", "argos, mended: punctuation"."""
    said = draft.engine or "–"
    if draft.match is not None:
        said += f" {draft.match:.0f}%"
    kind, _, what = draft.id.removeprefix(MADE).partition(":") if draft.is_made else ("", "", "")
    if kind == "fixed":
        said += f", mended: {what.replace('+', ', ')}"
    if kind == "again":
        said += f", decoded again: {what.replace('+', ', ')}"
    return said


def _as_other(draft: Draft, number: int) -> Draft:
    return replace(draft, id=f"{MADE}other:{number}", repaired_from=None)


def _drafts(count: int) -> str:
    return f"{count:,} draft{'' if count == 1 else 's'}"
