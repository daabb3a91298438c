"""What people said of words in a unit goes where the words go when units are cut or joined, or their text is moved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.model import Origin, Span
from workbench.review.commenting_threads import note_of, place_of, thread_of
from workbench.review.parts import carried, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workbench.model import Annotation, TranslationUnit
    from workbench.review.commenting_threads import Thread
    from workbench.review.splitting import Move

NO_ERROR = "no-error"


@dataclass(frozen=True, slots=True)
class Said:
    """What people said of one unit: its comments and notes, as it holds them, and the errors that they noted."""

    notes: tuple[str, ...] = ()
    noted: tuple[Annotation, ...] = ()


def carried_span(old: str, new: str, span: Span) -> Span | None:
    """Where the words at a span of the old text stand in the new one; None where they are gone.

    They are the same words where nothing between them was changed, or where there is one such place in either text.
    """
    if old == new:
        return span if span.end <= len(new) else None
    from workbench import diff

    for edit in diff.edits(old, new):
        if edit.op == "equal" and edit.old_span.start <= span.start and span.end <= edit.old_span.end:
            return _moved(span, edit.new_span.start - edit.old_span.start)
    words = span.of(old)
    if len(words) > 1 and old.count(words) == 1 == new.count(words):
        return Span(new.index(words), new.index(words) + len(words))
    return None


def cut_span(text: str, span: Span, at: int) -> tuple[Span | None, Span | None]:
    """The span in the text before or in the text after a cut, white space at the cut left out.

    None twice where the cut goes through it.
    """
    head, tail = len(text[:at].rstrip()), len(text) - len(text[at:].lstrip())
    if span.end <= at and span.start < head:
        return Span(span.start, min(span.end, head)), None
    if span.start >= at and span.end > tail:
        return None, Span(max(span.start, tail) - tail, span.end - tail)
    return None, None


def cut_said(
    unit: TranslationUnit, said: Said, *, source_at: int | None, target_at: int | None, stays: int = 0
) -> tuple[Said, Said]:
    """What was said of a unit that is cut on one side or both, parted as its text is.

    None = that side stays whole. What is about no words, or about words that were cut, is said of the half `stays`.
    The words of the target decide where those of the source are elsewhere.
    """
    cuts = _Cuts(unit, source_at, target_at, stays)
    halves: tuple[list[str], list[str]] = [], []
    for note in said.notes:
        place, kept = cuts.note(note)
        halves[place].append(kept)
    noted: tuple[list[Annotation], list[Annotation]] = [], []
    for one in said.noted:
        if one.category == NO_ERROR and source_at is not None and target_at is not None:
            for place in (0, 1):
                noted[place].append(cuts.annotation(one, place))
        else:
            place = cuts.place_of(one)
            noted[place].append(cuts.annotation(one, place))
    return (
        Said(tuple(halves[0]), tuple(noted[0])),
        Said(tuple(halves[1]), tuple(noted[1])),
    )


def joined_said(
    first: TranslationUnit,
    second: TranslationUnit,
    merged: TranslationUnit,
    *,
    said: tuple[Said, Said],
    target_lang: str,
) -> Said:
    """What was said of two units whose texts are now those of one."""
    of_first, of_second = said
    by_source = len(merged.source) - len(second.source) if second.source.strip() else 0
    by_target = len(merged.target) - len(second.target) if second.target.strip() else 0
    notes = (*of_first.notes, *_shifted(of_second.notes, second, by_source, by_target))
    noted: list[Annotation] = []
    for one in of_first.noted:
        text = one.target or first.target
        whole = _whole(text, _as_judged(one, first, second), target_lang)
        noted.append(replace(one, unit_id=merged.id, target=whole))
    for one in of_second.noted:
        text = one.target or second.target
        whole = _whole(_as_judged(one, second, first), text, target_lang)
        span = None if one.span is None else _moved(one.span, len(whole) - len(text))
        source_span = None if one.source_span is None else _moved(one.source_span, by_source)
        noted.append(replace(one, unit_id=merged.id, target=whole, span=span, source_span=source_span))
    return Said(notes, tuple(_once(noted)))


def moved_said(
    giver: TranslationUnit,
    taker: TranslationUnit,
    move: Move,
    *,
    said: tuple[Said, Said],
    target_lang: str,
) -> tuple[Said, Said]:
    """What is said of two units, the giver first, after a sentence went from one to the other."""
    source_at, target_at = (move.at, None) if move.side == "source" else (None, move.at)
    stays = 0 if move.down else 1
    halves = cut_said(giver, said[0], source_at=source_at, target_at=target_at, stays=stays)
    pair, both = (move.moved, taker), (halves[1 - stays], said[1])
    if not move.down:
        pair, both = pair[::-1], both[::-1]
    return halves[stays], joined_said(*pair, move.whole, said=both, target_lang=target_lang)


def parted_said(unit: TranslationUnit, said: Said) -> tuple[Said, Said]:
    """What was said of a unit whose target goes away whole: what stays, and what goes with the target."""
    goes = [
        note
        for note in said.notes
        if (thread := thread_of(note)).side == "target" and place_of(thread, unit.source, unit.target)
    ]
    stays = tuple(note for note in said.notes if note not in goes)
    noted = tuple(replace(one, source_span=None) for one in said.noted if one.span is not None)
    return Said(stays, tuple(one for one in said.noted if one.span is None)), Said(tuple(goes), noted)


def retold(unit: TranslationUnit, text: str) -> TranslationUnit:
    """The unit with another target; comments on words of it are where these stand now.

    A unit that was marked as dropped is so no longer where it has a target.
    """
    origin = str(Origin.HAND) if unit.origin == Origin.DROPPED and text.strip() else unit.origin
    notes = tuple(_retold(note, unit.target, text) for note in unit.notes)
    return replace(unit, target=text, origin=origin, notes=notes)


# Within


def _retold(note: str, old: str, new: str) -> str:
    thread = thread_of(note)
    place = place_of(thread, "", old) if thread.side == "target" else None
    there = None if place is None else carried_span(old, new, place)
    return note if there is None or there == thread.span else note_of(replace(thread, span=there))


@dataclass(frozen=True, slots=True)
class _Cuts:
    unit: TranslationUnit
    source_at: int | None
    target_at: int | None
    stays: int

    def _in_source(self, span: Span | None) -> tuple[Span | None, Span | None]:
        return self._in(self.unit.source, span, self.source_at)

    def _in(self, text: str, span: Span | None, at: int | None) -> tuple[Span | None, Span | None]:
        if span is None:
            return None, None
        if at is None:
            return (span, None) if self.stays == 0 else (None, span)
        return cut_span(text, span, at)

    def _halves(self, text: str) -> tuple[str, str, int | None]:
        """Both halves of a text that the target is or was, and where that text is cut."""
        if self.target_at is None:
            return (text, "", None) if self.stays == 0 else ("", text, None)
        at = carried(self.unit.target, text, self.target_at)
        return text[:at].rstrip(), text[at:].lstrip(), at

    def place_of(self, one: Annotation) -> int:
        """The half that the annotation is said of."""
        text = one.target or self.unit.target
        if one.span is not None:
            here = self._in(text, one.span, self._halves(text)[2])
        else:
            here = self._in_source(one.source_span)
        other = 1 - self.stays
        return other if here[other] is not None else self.stays

    def annotation(self, one: Annotation, place: int) -> Annotation:
        """The annotation as said of a half."""
        text = one.target or self.unit.target
        *halves, at = self._halves(text)
        span, source_span = self._in(text, one.span, at)[place], self._in_source(one.source_span)[place]
        return replace(one, target=str(halves[place]), span=span, source_span=source_span)

    def note(self, note: str) -> tuple[int, str]:
        """The half that the note is said of, and the note as it is there."""
        thread = thread_of(note)
        span = place_of(thread, self.unit.source, self.unit.target)
        text = self.unit.source if thread.side == "source" else self.unit.target
        at = self.source_at if thread.side == "source" else self.target_at
        here = self._in(text, span, at)
        other = 1 - self.stays
        place = other if here[other] is not None else self.stays
        return place, _placed(note, thread, here[place])


def _placed(note: str, thread: Thread, span: Span | None) -> str:
    """The note with the words that it is about at a span; white space at their ends may have gone."""
    if span is None or span == thread.span:
        return note
    lead = len(thread.quote) - len(thread.quote.lstrip()) if len(span) < len(thread.quote) else 0
    return note_of(replace(thread, span=span, quote=thread.quote[lead : lead + len(span)]))


def _shifted(notes: Iterable[str], unit: TranslationUnit, by_source: int, by_target: int) -> Iterator[str]:
    for note in notes:
        thread = thread_of(note)
        span = place_of(thread, unit.source, unit.target)
        by = by_source if thread.side == "source" else by_target
        yield note if span is None else _placed(note, thread, _moved(span, by))


def _whole(first: str, second: str, lang: str) -> str:
    if not first.strip() or not second.strip():
        return first if first.strip() else second
    return joined(first, second, lang)


def _as_judged(one: Annotation, unit: TranslationUnit, other: TranslationUnit) -> str:
    """The other unit's text that goes with the one that an annotation is about: the draft with the draft."""
    is_of_draft = bool(unit.drafts) and one.target == unit.draft != unit.target
    return other.draft if is_of_draft and other.drafts else other.target


def _once(noted: Iterable[Annotation]) -> Iterator[Annotation]:
    """The annotations, of equal words that there is no error the first ones."""
    seen: set[tuple[str, str]] = set()
    for one in noted:
        if one.category == NO_ERROR:
            if (one.author, one.target) in seen:
                continue
            seen.add((one.author, one.target))
        yield one


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
