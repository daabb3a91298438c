"""Terms in a review: which ones the unit suggests, adding one to the glossary, judging by a changed glossary."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.errors import CommandError
from workbench.review.fixing import Fixing

if TYPE_CHECKING:
    from workbench.review.glossary import Added
    from workbench.store.records import Change
    from workbench.termbase import Termbase

_WORD = r"[^\W\d_][\w&'’.-]*\w|[^\W\d_]"
_QUOTES = " \"'“‘("
_LINKS = frozenset({"of", "for"})
_FUNCTION_WORDS = frozenset(
    "a an the this that these those it its he she they we you i his her their our your my in on at by to from with as "  # noqa: SIM905
    "if when while then there here but and or so yet not no nobody after before since for of who what why how".split()
)


class Terming(Fixing):
    """The commands about terms. Adding one is a step of undo as long as the session lasts."""

    _terms_added: tuple[tuple[int, Added], ...] = ()
    """The terms added, each with the number of the decision behind which that was."""
    _terms_undone: tuple[tuple[int, Added], ...] = ()

    def add_term(self, source: str, target: str, status: str = "", note: str = "") -> str:
        """Put a term and its rendering into the glossary; the review judges by it from now on."""
        if self._glossary is None:
            raise CommandError("this review has no glossary")
        said = self._glossary.add(source, target, status=status, note=note)
        if self._glossary.added is not None:
            self._terms_added += ((self._newest_decision(), self._glossary.added),)
            self._terms_undone = ()
        self.use_termbase(self._glossary.read())
        return said

    def undo(self) -> str:
        """Take back the last decision, or the term added after it: out of the glossary's file, if that is as it was."""
        if self._is_next_turned(self._terms_added):
            *rest, step = self._terms_added
            self._terms_added = tuple(rest)
            said = self._turn_term(step[1], again=False)
            self._terms_undone += (step,)
            return said
        return super().undo()

    def is_long_turn(self, *, back: bool) -> bool:
        """As of other decisions; a term takes no time."""
        steps = self._terms_added if back else self._terms_undone
        return not self._is_next_turned(steps) and super().is_long_turn(back=back)

    def redo(self) -> str:
        """Do again what was undone last, adding a term too."""
        if self._is_next_turned(self._terms_undone):
            *rest, step = self._terms_undone
            self._terms_undone = tuple(rest)
            said = self._turn_term(step[1], again=True)
            self._terms_added += (step,)
            return said
        return super().redo()

    def _is_next_turned(self, steps: tuple[tuple[int, Added], ...]) -> bool:
        """Whether the newest of the steps comes before any decision; one that was turned ahead is followed first."""
        return bool(steps) and self._ahead_turned is None and steps[-1][0] == self._newest_decision()

    def _turn_term(self, added: Added, *, again: bool) -> str:
        assert self._glossary is not None
        if not self._glossary.put_back(added, again=again):
            name = self._glossary.path.name
            what = f"is not put into {name} again" if again else f"stays in {name}"
            raise CommandError(f"{added.source} {what}: the file was changed since")
        self.use_termbase(self._glossary.read())
        return f"{added.source} is {'in' if again else 'out of'} the glossary again"

    def _newest_decision(self) -> int:
        return self.store.newest_decision(self.document.id, self.author)

    def _decide(self, name: str, *changes: Change) -> None:
        super()._decide(name, *changes)
        self._terms_undone = ()

    @property
    def is_glossary_changed(self) -> bool:
        """Whether the glossary's file was changed by somebody since it was read."""
        return self._glossary is not None and self._glossary.is_changed

    def read_glossary(self) -> Termbase:
        """The glossary as its file has it now, for `use_termbase`; may be called from any thread."""
        if self._glossary is None:
            raise CommandError("this review has no glossary")
        return self._glossary.read()

    def use_termbase(self, termbase: Termbase) -> None:
        """Judge by another termbase: what was found before is out of date, and found anew by `check_some`."""
        self._assessor = self._assessor.with_termbase(termbase)
        checks = self._assessor.fingerprint()
        self._stand_back()
        self._everything = replace(self._everything, checks=checks)
        self.filter = replace(self.filter, checks=checks)
        self._checked_to = -1
        self._recount(findings=True)
        if self._around is None or not self._assessor.renew(self._around):
            self._around, self._looks_around = None, True

    def likely_term(self) -> str:
        """What in the source of the current unit looks most like a term that the glossary has not: a capitalised run.

        "" where there is none; the first word of a sentence alone is none.
        """
        unit = self.unit
        known = {
            match.span.of(unit.source) for match in self.termbase.find(unit.source, self.document.source_lang)
        }
        runs = [run for run in capitalised(unit.source) if run not in known]
        return max(runs, key=lambda run: (run.count(" "), len(run)), default="")


def capitalised(text: str) -> list[str]:
    """The runs of capitalised words in a text, "of" and "for" inside them; acronyms too.

    Articles and the like do not begin one; a lone word that begins a sentence is none, unless it is an acronym.
    """
    runs: list[str] = []
    words: list[str] = []
    begins = end = 0

    def close() -> None:
        while words and words[-1] in {*_LINKS, "the"}:
            words.pop()
        before = text[:begins].rstrip(_QUOTES)
        first = not before or before[-1] in ".!?:"
        if len(words) > 1 or (words and (not first or (words[0].isupper() and len(words[0]) > 1))):
            runs.append(" ".join(words))
        words.clear()

    for match in re.finditer(_WORD, text):
        word = match[0]
        if text[end : match.start()] != " ":
            close()
        if word[0].isupper() and (words or word.lower() not in _FUNCTION_WORDS):
            begins = begins if words else match.start()
            words.append(word)
        elif words and (word in _LINKS or (word == "the" and words[-1] in _LINKS)):
            words.append(word)
        else:
            close()
        end = match.end()
    close()
    return runs
