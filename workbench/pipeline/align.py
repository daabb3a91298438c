"""Segmenting and aligning: texts or ready segments in, an alignment or translation units out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from numbers import Integral
from typing import TYPE_CHECKING, cast

from workbench import segmenter
from workbench.errors import UsageError
from workbench.langs import is_chinese, normalize
from workbench.model import Alignment, Bead, Draft, Segment, Span, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbench.segmenter.rules import SegmentationRules

LINE_END = re.compile(r"\r\n|\r|\n")
_WRAP = re.compile(r"[ \t]*(?:\r\n|\r|\n)[ \t]*")


def segment(
    text: str, *, lang: str = "en", wrapped: bool = False, rules: SegmentationRules | None = None
) -> list[Segment]:
    """The sentence-like segments of a text, in order, with their spans.

    A blank line ends a paragraph, and so does a lone newline unless the text is hard-`wrapped`. `rules` go before the
    built-in ones, or stand in their place; InputError where one of them cannot be used.
    """
    if not isinstance(text, str):
        raise UsageError(f"the text is {type(text).__name__}, not a str")
    normalize(lang)
    return segmenter.segment(text, lang=lang, wrapped=wrapped, rules=rules)


def align(
    source: str | Sequence[str],
    target: str | Sequence[str],
    *,
    source_lang: str = "en",
    target_lang: str = "zh",
    source_breaks: Sequence[int] = (),
    target_breaks: Sequence[int] = (),
    wrapped: bool = False,
    resegment: bool = True,
    fixed: Sequence[Bead] = (),
    rules: SegmentationRules | None = None,
    at_section: Callable[[int], None] | None = None,
) -> Alignment:
    """Align two texts, or two lists of ready segments.

    Running text is segmented first; with `resegment` the aligner may cut or join segments whose boundary was in
    doubt where the other side shows that they were wrong, without it they are those of `segment`. For a list,
    `…_breaks` are the indices of segments that start a paragraph, and the spans of the result point into the list
    joined by newlines. The beads cover both sides once, in order. Beads that are `fixed`, in numbers of these segments,
    are kept with a score of 1 and their segments stay as they are. Segmentation `rules` hold for running text: the
    aligner never cuts where they forbid it, and leaves all segments as they are where an SRX document made them.
    `at_section`, for lists, as in `aligner.align`. Raises UsageError for fixed beads that overlap, are out of order or
    out of range, for a language that is none, and for any argument of another kind.
    """
    from workbench import aligner

    _check_arguments(source, target, (source_lang, target_lang), (source_breaks, target_breaks), fixed)
    left, left_breaks = _side(source, source_lang, source_breaks, wrapped, rules)
    right, right_breaks = _side(target, target_lang, target_breaks, wrapped, rules)
    if resegment and isinstance(source, str) and isinstance(target, str):
        mended = aligner.align_documents(
            left,
            right,
            source_lang=source_lang,
            target_lang=target_lang,
            source_breaks=left_breaks,
            target_breaks=right_breaks,
            source_text=source,
            target_text=target,
            fixed=fixed,
        )
        if rules is None or (
            _allowed(source, left, mended.source, rules) and _allowed(target, right, mended.target, rules)
        ):
            return mended
    beads = aligner.align(
        [one.text for one in left],
        [one.text for one in right],
        source_lang=source_lang,
        target_lang=target_lang,
        source_breaks=left_breaks,
        target_breaks=right_breaks,
        fixed=fixed,
        at_section=at_section,
    )
    return Alignment(source=tuple(left), target=tuple(right), beads=tuple(beads))


def _check_arguments(
    source: object, target: object, tags: Sequence[str], breaks: Sequence[Sequence[int]], fixed: object
) -> None:
    """Raise UsageError for what is no text, no list of texts, no language, no index of a segment or no bead."""
    for name, side, tag, starts in zip(("source", "target"), (source, target), tags, breaks, strict=True):
        listed = isinstance(side, Sequence) and not isinstance(side, (bytes, bytearray))
        if not listed or not all(isinstance(text, str) for text in cast("Sequence[object]", side)):
            raise UsageError(f"the {name} is {type(side).__name__}, not a text or a list of texts")
        if not isinstance(tag, str):
            raise UsageError(f"the language of the {name} is {tag!r}, not a tag such as en or zh-TW")
        normalize(tag)
        if isinstance(side, str):
            continue
        count = len(cast("Sequence[object]", side))
        for at in starts:
            if not isinstance(at, Integral) or isinstance(at, bool) or not 0 <= at < max(count, 1):
                raise UsageError(f"{name}_breaks: {at!r} is not the number of one of its {count} segments")
    beads = isinstance(fixed, Sequence) and not isinstance(fixed, (str, bytes))
    if not beads or not all(isinstance(one, Bead) for one in cast("Sequence[object]", fixed)):
        raise UsageError("fixed must be a list of workbench.model.Bead")
    for one in cast("Sequence[Bead]", fixed):
        if not isinstance(one.source, range) or not isinstance(one.target, range):
            raise UsageError(f"the sides of a fixed bead must be ranges: {one.source!r}, {one.target!r}")


def _allowed(
    text: str, before: Sequence[Segment], after: Sequence[Segment], rules: SegmentationRules
) -> bool:
    """Whether the rules allow how the aligner cut and joined the segments of one side."""
    old, new = ({one.span.end for one in side} for side in (before, after))
    lang = before[0].lang if before else "en"
    if rules.document(lang) is not None:
        return old == new
    return all(segmenter.may_end(text, at, lang=lang, rules=rules) for at in new - old)


def _side(
    side: str | Sequence[str],
    lang: str,
    breaks: Sequence[int],
    wrapped: bool,
    rules: SegmentationRules | None,
) -> tuple[list[Segment], Sequence[int]]:
    if isinstance(side, str):
        pieces = segmenter.segment(side, lang=lang, wrapped=wrapped, rules=rules)
        return pieces, segmenter.paragraph_starts(side, pieces, wrapped=wrapped)
    given: list[Segment] = []
    start = 0
    for text in side:
        given.append(Segment(text=text, span=Span(start, start + len(text)), lang=lang))
        start += len(text) + 1
    return given, breaks


def warnings_of(alignment: Alignment, source_lang: str, target_lang: str) -> list[str]:
    """What a user should know of the alignment as a whole, with figures: swapped sides, another document, gaps."""
    from workbench import aligner

    return aligner.warnings(
        [one.text for one in alignment.source],
        [one.text for one in alignment.target],
        alignment.beads,
        source_lang=source_lang,
        target_lang=target_lang,
    )


def split_lines(text: str) -> tuple[list[str], list[int]]:
    """Ready segments, one a line: the non-blank lines, and the indices of those that follow a blank line (and 0)."""
    lines: list[str] = []
    breaks: list[int] = []
    fresh = True
    for line in LINE_END.split(text):
        line = line.strip("\ufeff \t")
        if not line:
            fresh = True
            continue
        if fresh:
            breaks.append(len(lines))
            fresh = False
        lines.append(line)
    return lines, breaks


def join_segments(texts: Sequence[str], lang: str) -> str:
    """One side of a bead as one text: Chinese joined without a space, other languages with one, line ends too."""
    space = "" if is_chinese(lang) else " "
    return space.join(_WRAP.sub(space, text.strip()) for text in texts)


def units(
    alignment: Alignment, *, source_lang: str = "en", target_lang: str = "zh", engine: str = "draft"
) -> list[TranslationUnit]:
    """One unit a bead, in order and without ids: the target side is the draft and the text to begin from."""
    made: list[TranslationUnit] = []
    for position, bead in enumerate(alignment.beads):
        source = tuple(alignment.source[i].text for i in bead.source)
        draft = tuple(alignment.target[j].text for j in bead.target)
        text = join_segments(draft, target_lang)
        made.append(
            TranslationUnit(
                id="",
                position=position,
                source=join_segments(source, source_lang),
                target=text,
                drafts=(Draft(id="", text=text, engine=engine),),
                bead_score=round(bead.score, 4),
                source_segments=source,
                draft_segments=draft,
                origin=bead.kind,
            )
        )
    return made
