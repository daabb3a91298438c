"""The concordance: where a text stands in the units of the project, and the concepts whose terms hold it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.errors import CommandError
from workbench.model import State
from workbench.review.searching_patterns import Query, parse_query
from workbench.store.records import Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbench.model import Concept
    from workbench.review.replacing import Replacing

MOST = 100
_ORDER = ((State.REVIEWED, State.FINAL), (State.TRANSLATED,), (State.INITIAL,))


@dataclass(frozen=True, slots=True)
class Hit:
    """A unit that holds what was looked up, and where in its two sides."""

    document: str
    unit_id: str
    number: int
    state: State
    source: str
    target: str
    source_spans: tuple[tuple[int, int], ...]
    target_spans: tuple[tuple[int, int], ...]


def find_hits(session: Replacing, query: Query, *, most: int = MOST) -> Iterator[tuple[int, list[Hit]]]:
    """How many units were read and the hits among them, step by step: in reviewed units first, then in others.

    This document comes before the others. The steps may be taken on another thread.
    """
    store, here = session.store, session.document.id
    names = sorted((record.id for record in store.documents()), key=lambda name: name != here)
    base = session.parse_filter("all")
    from workbench.review.filtering import query_term

    found = 0
    for states in _ORDER:
        for name in names:
            terms = (Term("state", "", where=("state", *states)), query_term(query))
            for count, ranks in store.scan(name, replace(base, terms=terms)):
                units = store.units_at(name, ranks[: most - found])
                found += len(units)
                yield (
                    count,
                    [
                        Hit(
                            name,
                            unit.id,
                            unit.position + 1,
                            unit.state,
                            unit.source,
                            unit.target,
                            tuple(query.spans(unit.source)),
                            tuple(query.spans(unit.target)),
                        )
                        for unit in units
                    ],
                )
                if found >= most:
                    return


def hit_query(words: str) -> Query:
    """What to look up: as in a search, in source and target."""
    query = parse_query(words)
    return replace(query, fields=("source", "target")) if "note" in query.fields else query


def concepts_with(session: Replacing, words: str) -> list[Concept]:
    """The concepts of the glossary of which a term holds the text, those with a term that begins with it first."""
    query = parse_query(words)
    if len(query.words.strip()) < 1:
        raise CommandError("look up what?")
    ranked = []
    for concept in session.termbase.concepts:
        starts = [query.spans(term.text) for term in concept.terms]
        places = [spans[0][0] for spans in starts if spans]
        if places:
            ranked.append((min(places) > 0, min(len(term.text) for term in concept.terms), concept))
    ranked.sort(key=lambda one: one[:2])
    return [concept for _behind, _length, concept in ranked]


def said_of(concept: Concept) -> str:
    """The terms of a concept by language, those that are not to be used marked, and its note."""
    langs = dict.fromkeys(term.lang for term in concept.terms)
    sides = []
    for lang in langs:
        terms = [
            term.text + ("" if term.status == "preferred" else f" ({term.status})")
            for term in concept.terms
            if term.lang == lang
        ]
        sides.append(" / ".join(terms))
    return " = ".join(sides) + (f"; {concept.note}" if concept.note else "")
