"""Sides of units as parts that can be cut, joined and moved, with the drafts and segment lists behind them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from workbench.langs import is_chinese
from workbench.model import MADE, Draft, Origin, Span, State, TranslationUnit, raw_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.segmenter.rules import SegmentationRules

Side: TypeAlias = Literal["source", "target"]
SIDES: tuple[Side, Side] = ("source", "target")

BY_HAND = 1.0
"""The bead score of a unit whose two sides a person put together."""
LEFT_OVER = 0.0
"""The bead score of a side that a repair left alone: nobody has said that this is right."""


@dataclass(frozen=True, slots=True)
class Part:
    """One side of a unit, or a piece of it; `segments` are what the source, or a target's draft, was joined from."""

    text: str = ""
    segments: tuple[str, ...] = ()
    drafts: tuple[Draft, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is no text in it, nor in its drafts."""
        return not self.text.strip() and not any(draft.text.strip() for draft in self.drafts)


def part_of(unit: TranslationUnit, side: Side) -> Part:
    """One side of the unit."""
    if side == "source":
        return Part(unit.source, unit.source_segments)
    return Part(unit.target, unit.draft_segments, unit.drafts)


def with_part(unit: TranslationUnit, side: Side, part: Part) -> TranslationUnit:
    """The unit with another part as one of its sides."""
    if side == "source":
        return replace(unit, source=part.text, source_segments=part.segments)
    return replace(unit, target=part.text, draft_segments=part.segments, drafts=part.drafts)


def put_together(unit: TranslationUnit) -> TranslationUnit:
    """The unit as a repair leaves it: to be confirmed again; sure, unless one of its sides was left alone."""
    if unit.source.strip() and unit.target.strip():
        return replace(unit, state=State.INITIAL, bead_score=BY_HAND, origin=str(Origin.HAND))
    return left_over(unit)


def left_over(unit: TranslationUnit) -> TranslationUnit:
    """The unit as one whose side has no counterpart, though nobody has marked it so."""
    kind = (
        f"{len(unit.source_segments) or int(bool(unit.source.strip()))}"
        f"-{len(unit.draft_segments) or int(bool(unit.target.strip()))}"
    )
    return replace(unit, state=State.INITIAL, bead_score=LEFT_OVER, origin=kind)


def fresh(unit: TranslationUnit) -> TranslationUnit:
    """The unit as a new one: without id, notes and history, and without what a file knew of the old one."""
    return replace(unit, id="", notes=(), version=0, state=State.INITIAL, extra=())


def fresh_part(unit: TranslationUnit, source: Part, target: Part) -> TranslationUnit:
    """A new unit beside `unit` with these sides."""
    return with_part(with_part(fresh(unit), "source", source), "target", target)


def cut(part: Part, at: int, side: Side) -> tuple[Part, Part]:
    """The part before and after an offset of its text; white space at the cut goes.

    The draft is cut where the text's cut stood in it.
    """
    head, tail = _cut(part.text, at)
    if side == "source":
        before, after = cut_segments(part.text, part.segments, at)
        return Part(head, before), Part(tail, after)
    draft = part.drafts[0].text if part.drafts else ""
    before, after = cut_segments(draft, part.segments, carried(part.text, draft, at))
    halves = [_cut(one.text, carried(part.text, one.text, at)) for one in part.drafts]
    drafts = [
        tuple(replace(one, text=half[place]) for one, half in zip(part.drafts, halves, strict=True))
        for place in (0, 1)
    ]
    return Part(head, before, drafts[0]), Part(tail, after, drafts[1])


def join(first: Part, second: Part, lang: str, side: Side) -> Part:
    """Two parts as one, in their order; of the drafts the first ones."""
    if first.is_empty or second.is_empty:
        return first if second.is_empty else second
    if side == "source":
        segments = _segments(first.segments, first.text) + _segments(second.segments, second.text)
        return Part(joined(first.text, second.text, lang), segments)
    text = joined(first.text, second.text, lang)
    if not first.drafts and not second.drafts:
        return Part(text, first.segments + second.segments)
    drafts = [part.drafts[0].text if part.drafts else "" for part in (first, second)]
    model = (first.drafts or second.drafts)[0]
    pieces = [
        _segments(part.segments, part.drafts[0].text) if part.drafts else () for part in (first, second)
    ]
    draft = Draft(model.id, joined(drafts[0], drafts[1], lang), model.engine)
    return Part(text, pieces[0] + pieces[1], _with_raw(draft, first, second, lang))


def _with_raw(draft: Draft, first: Part, second: Part, lang: str) -> tuple[Draft, ...]:
    """The joined draft, and where one of the two was repaired what they were before, joined as well."""
    repaired = next((part.drafts[0] for part in (first, second) if _is_repaired(part)), None)
    if repaired is None:
        return (draft,)
    texts = [raw.text if (raw := raw_of(part.drafts)) is not None else "" for part in (first, second)]
    before = Draft(f"{MADE}raw", joined(texts[0], texts[1], lang), repaired.engine)
    return replace(draft, id=repaired.id, repaired_from=before.id), before


def _is_repaired(part: Part) -> bool:
    return bool(part.drafts) and raw_of(part.drafts) != part.drafts[0]


def joined(first: str, second: str, lang: str) -> str:
    """Two texts as running text: with a space between them where the language parts words by spaces."""
    return first + ("" if is_chinese(lang) or not first or not second else " ") + second


def sentences(part: Part, lang: str, rules: SegmentationRules | None = None) -> list[Span]:
    """Where the sentences of the part stand in its text.

    They are its segments where these still are the text, and there are several; else what the segmenter finds by the
    project's `rules`.
    """
    spans = _spans_of(part.segments, part.text)
    if len(spans) > 1:
        return spans
    from workbench import segmenter

    return [one.span for one in segmenter.segment(part.text, lang=lang, rules=rules)]


def segments_of(part: Part, lang: str, rules: SegmentationRules | None = None) -> tuple[str, ...]:
    """The segments of the part where these still are its text, else what the segmenter finds in it."""
    if _spans_of(part.segments, part.text):
        return part.segments
    if not part.text.strip():
        return ()
    from workbench import segmenter

    return tuple(one.text for one in segmenter.segment(part.text, lang=lang, rules=rules))


def _spans_of(segments: Sequence[str], text: str) -> list[Span]:
    """Where the segments stand in a text that is made of them and white space; none where it is not."""
    spans: list[Span] = []
    position = 0
    for segment in segments:
        start = text.find(segment, position)
        if start < 0 or text[position:start].strip():
            return []
        position = start + len(segment)
        spans.append(Span(start, position))
    return [] if text[position:].strip() else spans


def cut_segments(text: str, segments: Sequence[str], at: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The segments that `text` was joined from, before and after a cut; one across the cut is cut as well.

    Where the segments are no longer found in the text, each side of the cut is one segment.
    """
    before: list[str] = []
    after: list[str] = []
    spans = _spans_of(segments, text)
    for span in spans:
        if span.end <= at:
            before.append(span.of(text))
        elif span.start >= at:
            after.append(span.of(text))
        else:
            head, tail = _cut(span.of(text), at - span.start)
            before += [head] if head else []
            after += [tail] if tail else []
    if spans or not text.strip():
        return tuple(before), tuple(after)
    head, tail = _cut(text, at)
    return (head,) if head else (), (tail,) if tail else ()


def carried(text: str, other: str, at: int) -> int:
    """The offset in `other` that stands for the offset `at` in `text`."""
    if text == other:
        return at
    if at in (0, len(text)):
        return len(other) if at else 0
    from workbench import diff

    for edit in diff.edits(text, other):
        if at <= edit.old_span.end:
            if edit.op == "equal":
                return edit.new_span.start + at - edit.old_span.start
            if at == edit.old_span.end:
                return edit.new_span.end
            share = (at - edit.old_span.start) / max(1, len(edit.old_span))
            return edit.new_span.start + round(share * len(edit.new_span))
    return len(other)


def _cut(text: str, at: int) -> tuple[str, str]:
    return text[:at].rstrip(), text[at:].lstrip()


def _segments(segments: tuple[str, ...], text: str) -> tuple[str, ...]:
    return segments or ((text,) if text else ())
