"""Cutting a unit in two and joining two into one, with the drafts and segment lists of both sides."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workbench import diff
from workbench.errors import CommandError
from workbench.langs import is_chinese
from workbench.model import Draft, State, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Sequence

_BY_HAND = 1.0
"""The bead score of a unit whose two sides a person put together."""

_STATES = list(State)


def split_unit(
    unit: TranslationUnit, source_at: int, target_at: int
) -> tuple[TranslationUnit, TranslationUnit]:
    """The unit cut at offsets of its source and its target; white space at the cuts goes.

    The draft is cut where the target's cut stood in it. The first keeps id, notes and version; the second has
    neither yet. Both are to be confirmed again. Raises CommandError where a cut leaves both sides of a part empty
    or lies outside the text.
    """
    _require_inside("source", unit.source, source_at)
    _require_inside("target", unit.target, target_at)
    sources = _cut(unit.source, source_at)
    targets = _cut(unit.target, target_at)
    if not (sources[0] or targets[0]) or not (sources[1] or targets[1]):
        raise CommandError("a split must leave some text on both sides of the cut")
    source_segments = cut_segments(unit.source, unit.source_segments, source_at)
    draft_at = carried(unit.target, unit.draft, target_at)
    draft_segments = cut_segments(unit.draft, unit.draft_segments, draft_at)
    halves = [_cut_draft(unit, draft, target_at) for draft in unit.drafts]
    first, second = (
        replace(
            unit,
            source=sources[side],
            target=targets[side],
            drafts=tuple(half[side] for half in halves),
            state=State.INITIAL,
            bead_score=_BY_HAND,
            source_segments=source_segments[side],
            draft_segments=draft_segments[side],
        )
        for side in (0, 1)
    )
    return first, replace(second, id="", notes=(), version=0)


def merge_units(
    first: TranslationUnit, second: TranslationUnit, *, source_lang: str, target_lang: str
) -> TranslationUnit:
    """One unit of two neighbours under the first one's id, in the less advanced of their states."""
    drafts: tuple[Draft, ...] = ()
    if first.drafts or second.drafts:
        model = (first.drafts or second.drafts)[0]
        text = joined(first.draft, second.draft, target_lang)
        drafts = (Draft(model.id, text, model.engine),)
    return replace(
        first,
        source=joined(first.source, second.source, source_lang),
        target=joined(first.target, second.target, target_lang),
        state=min(first.state, second.state, key=_STATES.index),
        drafts=drafts,
        bead_score=_BY_HAND,
        source_segments=_segments(first.source_segments, first.source)
        + _segments(second.source_segments, second.source),
        draft_segments=_segments(first.draft_segments, first.draft)
        + _segments(second.draft_segments, second.draft),
        notes=first.notes + second.notes,
    )


def joined(first: str, second: str, lang: str) -> str:
    """Two texts as running text: with a space between them where the language parts words by spaces."""
    return first + ("" if is_chinese(lang) or not first or not second else " ") + second


def cut_segments(text: str, segments: Sequence[str], at: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The segments that `text` was joined from, before and after a cut; one across the cut is cut as well.

    Where the segments are no longer found in the text, each side of the cut is one segment.
    """
    before: list[str] = []
    after: list[str] = []
    position = 0
    for segment in segments:
        start = text.find(segment, position)
        if start < 0 or text[position:start].strip():
            return _whole(text, at)
        position = start + len(segment)
        if position <= at:
            before.append(segment)
        elif start >= at:
            after.append(segment)
        else:
            head, tail = _cut(segment, at - start)
            before += [head] if head else []
            after += [tail] if tail else []
    if text[position:].strip():
        return _whole(text, at)
    return tuple(before), tuple(after)


def carried(text: str, other: str, at: int) -> int:
    """The offset in `other` that stands for the offset `at` in `text`."""
    if text == other:
        return at
    for edit in diff.edits(text, other):
        if at <= edit.old_span.end:
            if edit.op == "equal":
                return edit.new_span.start + at - edit.old_span.start
            if at == edit.old_span.end:
                return edit.new_span.end
            share = (at - edit.old_span.start) / max(1, len(edit.old_span))
            return edit.new_span.start + round(share * len(edit.new_span))
    return len(other)


def _cut_draft(unit: TranslationUnit, draft: Draft, target_at: int) -> tuple[Draft, Draft]:
    head, tail = _cut(draft.text, carried(unit.target, draft.text, target_at))
    return replace(draft, text=head, repaired_from=None), replace(draft, text=tail, repaired_from=None)


def _cut(text: str, at: int) -> tuple[str, str]:
    return text[:at].rstrip(), text[at:].lstrip()


def _whole(text: str, at: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    head, tail = _cut(text, at)
    return (head,) if head else (), (tail,) if tail else ()


def _segments(segments: tuple[str, ...], text: str) -> tuple[str, ...]:
    return segments or ((text,) if text else ())


def _require_inside(side: str, text: str, at: int) -> None:
    if not 0 <= at <= len(text):
        raise CommandError(f"the cut at {at} is outside the {side}, which has {len(text)} characters")
