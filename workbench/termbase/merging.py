"""Putting concepts into a glossary that has concepts already: the same concept is completed, nothing is lost."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.model import Concept, Term, TermStatus
from workbench.termbase.editing import edited
from workbench.termbase.folding import fold
from workbench.termbase.glossary import decode, loads
from workbench.termbase.writing import read_file, write_file, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

ACCEPTED = (TermStatus.PREFERRED, TermStatus.ADMITTED)


@dataclass(frozen=True, slots=True)
class Merge:
    """A glossary's text after a merge, and what came about: `conflicts` says, a line each, what was left as it was,
    `changes` what stands otherwise than before."""

    text: str
    added: tuple[Concept, ...] = ()
    updated: tuple[Concept, ...] = ()
    unchanged: int = 0
    conflicts: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()


def merge_file(
    path: Path,
    concepts: Iterable[Concept],
    *,
    source_lang: str = "en",
    target_lang: str = "zh",
    apart: bool = False,
    prefer: bool = False,
    dry_run: bool = False,
) -> Merge:
    """Merge concepts into a glossary file, which is made where it is missing; comments and order stay.

    Raises GlossaryError where the file is broken, OutputError where it cannot be written.
    """
    data = read_file(path) if path.exists() else b""
    old = decode(data, str(path))
    merge = merged(
        old,
        concepts,
        name=str(path),
        source_lang=source_lang,
        target_lang=target_lang,
        apart=apart,
        prefer=prefer,
    )
    if merge.text != old and not dry_run:
        mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
        write_file(path, mark + merge.text.encode("utf-8"))
    return merge


def merged(
    text: str,
    concepts: Iterable[Concept],
    *,
    name: str = "glossary.yaml",
    source_lang: str = "en",
    target_lang: str = "zh",
    apart: bool = False,
    prefer: bool = False,
) -> Merge:
    """The glossary's text with the concepts in it. Raises GlossaryError where the text is no glossary.

    A concept that shares a name with one of the glossary is taken for the same where both share a rendering, or unless
    their domains differ; with `apart`, only where they share a rendering or an id. What it has more is added: names,
    renderings (as admitted), a note; where the two contradict each other, the glossary is right. With `prefer` a
    preferred rendering becomes the preferred one of the glossary.
    """
    held = loads(text, name=name, source_lang=source_lang, target_lang=target_lang)
    book = _Book(held.concepts, source_lang, target_lang, apart=apart, prefer=prefer)
    unchanged = sum(book.take(concept) for concept in concepts)
    before = len(held.concepts)
    updated = {
        old.id: new for old, new in zip(held.concepts, book.concepts[:before], strict=True) if old != new
    }
    added = book.concepts[before:]
    new_text = edited(text, updated, added, name=name, source_lang=source_lang, target_lang=target_lang)
    return Merge(
        new_text, tuple(added), tuple(updated.values()), unchanged, tuple(book.conflicts), tuple(book.changes)
    )


class _Book:
    """The concepts while others come in."""

    def __init__(
        self,
        concepts: Iterable[Concept],
        source_lang: str,
        target_lang: str,
        *,
        apart: bool,
        prefer: bool = False,
    ) -> None:
        self.concepts = list(concepts)
        self._held = len(self.concepts)
        self.conflicts: list[str] = []
        self.changes: list[str] = []
        self._prefer = prefer
        self._langs = (source_lang, target_lang)
        self._apart = apart
        self._by_name: dict[str, list[int]] = {}
        self._ids = {concept.id for concept in self.concepts}
        for index, concept in enumerate(self.concepts):
            self._register(index, concept)

    def _register(self, index: int, concept: Concept) -> None:
        for name in {fold(concept.id), *(fold(term.text) for term in concept.in_lang(self._langs[0]))}:
            homes = self._by_name.setdefault(name, [])
            if index not in homes:
                homes.append(index)

    def take(self, concept: Concept) -> bool:
        """Merge one concept in; whether nothing changed."""
        home = self._home(concept)
        if home is None:
            new = self._canonical(replace(concept, id=self._free_id(concept)))
            self._ids.add(new.id)
            self._register(len(self.concepts), new)
            self.concepts.append(new)
            return False
        old = self.concepts[home]
        new = self._canonical(self._completed(old, concept))
        if new == old:
            return True
        self.concepts[home] = replace(new, line=old.line)
        self._register(home, new)
        return False

    def _home(self, concept: Concept) -> int | None:
        """The concept of the glossary that a concept is, None where there is none."""
        names = [concept.id, *(term.text for term in concept.in_lang(self._langs[0]))]
        homes = list(dict.fromkeys(index for name in names for index in self._by_name.get(fold(name), ())))
        texts = {term.text for term in concept.in_lang(self._langs[1], *ACCEPTED)}
        if self._apart:
            # What comes in together is as many entries as it says.
            homes = [at for at in homes if at < self._held or self.concepts[at].id == concept.id]
            homes.sort(key=lambda at: self.concepts[at].id != concept.id)
        for index in homes:
            if texts & {term.text for term in self.concepts[index].in_lang(self._langs[1], *ACCEPTED)}:
                return index
        for index in homes:
            held = self.concepts[index]
            fits = not concept.domain or not held.domain or concept.domain == held.domain
            if held.id == concept.id and (self._apart or fits):
                return index
            if fits and not self._apart:
                return index
        return None

    def _free_id(self, concept: Concept) -> str:
        if concept.id not in self._ids:
            return concept.id
        base = re.sub(r" \(\d+\)\Z", "", concept.id)
        tried = f"{base} ({concept.domain})" if concept.domain else ""
        number = 2
        while not tried or tried in self._ids:
            tried = f"{base} ({number})"
            number += 1
        return tried

    def _canonical(self, concept: Concept) -> Concept:
        """The concept as the glossary's text says it."""
        source_lang, target_lang = self._langs
        text = written(concept, source_lang, target_lang)
        return loads(text, source_lang=source_lang, target_lang=target_lang).concepts[0]

    def _completed(self, old: Concept, new: Concept) -> Concept:
        """The old concept with what the new one has more."""
        source_lang, target_lang = self._langs
        terms = list(old.terms)
        names = {fold(term.text) for term in old.in_lang(source_lang)}
        for term in new.in_lang(source_lang):
            if fold(term.text) not in names:
                names.add(fold(term.text))
                terms.append(Term(term.text, source_lang, TermStatus.ADMITTED))
        standing = {term.text: term.status for term in old.in_lang(target_lang)}
        kept = self._is_kept(old)
        for term in new.in_lang(target_lang):
            known = standing.get(term.text)
            if known is None and term.status in ACCEPTED and kept:
                self.conflicts.append(
                    f"{old.id} is kept as it is in the glossary, {term.text} in what came: left as it is"
                )
            elif known is None and self._is_kept(new):
                best = next((text for text, status in standing.items() if status in ACCEPTED), "")
                self.conflicts.append(
                    f"{old.id} is {best} in the glossary, kept as it is in what came: left as it is"
                )
            elif known is None:
                status = TermStatus.ADMITTED if term.status in ACCEPTED else term.status
                standing[term.text] = status
                terms.append(Term(term.text, target_lang, status))
            elif (known in ACCEPTED) != (term.status in ACCEPTED):
                self.conflicts.append(
                    f"{old.id}: {term.text} is {known} in the glossary, {term.status} in what came: left as it is"
                )
        if self._prefer:
            terms = self._preferring(old, terms, new.in_lang(target_lang, TermStatus.PREFERRED))
        return replace(
            old,
            terms=tuple(terms),
            domain=self._text(old, new, "domain"),
            definition=self._text(old, new, "definition"),
            note=_notes(old.note, new.note),
            always=old.always or new.always,
            first_mention=old.first_mention or new.first_mention,
            inflect=self._text(old, new, "inflect"),
        )

    def _is_kept(self, concept: Concept) -> bool:
        """Whether the concept is marked as not to be translated."""
        names = [term.text for term in concept.in_lang(self._langs[0])]
        accepted = concept.in_lang(self._langs[1], *ACCEPTED)
        return [term.text for term in accepted] == names and all(term.case for term in accepted)

    def _preferring(self, old: Concept, terms: list[Term], wanted: Sequence[Term]) -> list[Term]:
        """The terms with the wanted rendering as the preferred one, and the one that was it as admitted."""
        target_lang = self._langs[1]
        texts = {term.text for term in wanted}
        was = old.in_lang(target_lang, TermStatus.PREFERRED)
        chosen = [
            term
            for term in terms
            if term.lang == target_lang and term.text in texts and term.status in ACCEPTED
        ]
        if not chosen or (was and was[0].text in texts):
            return terms
        names = [term for term in terms if term.lang != target_lang]
        others = [term for term in terms if term.lang == target_lang and term not in chosen]
        if was:
            self.changes.append(f"{old.id}: {chosen[0].text} is preferred now, {was[0].text} admitted")
        return [
            *names,
            replace(chosen[0], status=TermStatus.PREFERRED),
            *(
                replace(term, status=TermStatus.ADMITTED) if term.status is TermStatus.PREFERRED else term
                for term in others
            ),
        ]

    def _text(self, old: Concept, new: Concept, label: str) -> str:
        held, given = getattr(old, label), getattr(new, label)
        if held and given and held != given:
            self.conflicts.append(f"{old.id}: its {label} stays {held!r}, not {given!r}")
        return str(held or given)


def _notes(old: str, new: str) -> str:
    if not new or new in old.split("; ") or new == old:
        return old
    return f"{old}; {new}" if old else new
