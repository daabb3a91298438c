"""From a text to its paragraphs and segments: what is common to all languages."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from workbench.langs import is_chinese
from workbench.model import Segment, Span
from workbench.segmenter import chinese, english

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from workbench.segmenter.rules import SegmentationRules
    from workbench.segmenter.srx import Rule

    Cut = Callable[[str], list[tuple[int, float]]]

_BLANK = re.compile(
    r"(?:\r\n|[\n\r\x0b\x0c\x85\u2028\u2029])[^\S\n\r]*(?:\r\n|[\n\r\x0b\x0c\x85\u2028\u2029])\s*|\u2029\s*"
)
_LINE = re.compile(r"[\n\r\x0b\x0c\x85\u2028\u2029]")

_KEPT = 8
# The last rules by identity: comparing them by value takes longer than cutting a short text.
_RECENT: list[tuple[SegmentationRules, str, Cut]] = []


def paragraphs(text: str, *, wrapped: bool = False) -> list[Span]:
    """The paragraphs of `text`, white space trimmed; a lone newline parts them unless `wrapped`."""
    spans: list[Span] = []
    at = 0
    if len(text.splitlines()) < 2:
        _append(spans, text, 0, len(text))
        return spans
    for match in (_BLANK if wrapped else _LINE).finditer(text):
        _append(spans, text, at, match.start())
        at = match.end()
    _append(spans, text, at, len(text))
    return spans


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    """Add the part of `text` without white space at its ends, if anything is left."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    stripped = piece.strip()
    if stripped:
        spans.append(Span(start + left, start + left + len(stripped)))


def segment(
    text: str, *, lang: str, wrapped: bool = False, rules: SegmentationRules | None = None
) -> list[Segment]:
    """The segments of `text` in order: together they hold all of it but white space.

    Raises ConfigError, or FormatError for SRX, that names the line of a rule which cannot be used.
    """
    cut: Cut = chinese.boundaries if is_chinese(lang) else english.boundaries
    if rules is not None:
        cut = _ruled(cut, lang, rules)
    found: list[Segment] = []
    for paragraph in paragraphs(text, wrapped=wrapped):
        base = paragraph.start
        piece = text[base : paragraph.end]
        at = 0
        for end, score in cut(piece):
            if end > at:
                part = piece[at:end].lstrip()
                start = base + end - len(part)
                part = part.rstrip()
                if part:
                    found.append(Segment(part, Span(start, start + len(part)), lang, (), score))
                at = end
        part = piece[at:].lstrip()
        if part:
            found.append(Segment(part, Span(paragraph.end - len(part), paragraph.end), lang, (), 1.0))
    return found


def _ruled(built_in: Cut, lang: str, rules: SegmentationRules) -> Cut:
    """The built-in boundaries, or those of the SRX document, after the project's own rules had their say."""
    for known, language, kept in _RECENT:
        if known is rules and language == lang:
            return kept
    cut = _with_rules(built_in, rules.additions(lang), rules.document(lang))
    _RECENT.insert(0, (rules, lang, cut))
    del _RECENT[_KEPT:]
    return cut


def _with_rules(built_in: Cut, additions: tuple[Rule, ...], document: tuple[Rule, ...] | None) -> Cut:
    if not additions and document is None:
        return built_in
    from workbench.segmenter.srx_engine import engine

    own = engine(additions)
    whole = engine(document) if document is not None else None

    def cut(paragraph: str) -> list[tuple[int, float]]:
        found = built_in(paragraph) if whole is None else [(at, 1.0) for at in whole.cuts(paragraph)]
        if not additions:
            return found
        kept = {at: sure for at, sure in found if not own.keeps(paragraph, at)}
        return sorted((kept | dict.fromkeys(own.cuts(paragraph), 1.0)).items())

    return cut


def may_end(text: str, at: int, *, lang: str, rules: SegmentationRules) -> bool:
    """Whether the rules leave it open that a segment ends at `at`: no SRX document rules, and no no-break rule fits."""
    if rules.document(lang) is not None:
        return False
    from workbench.segmenter.srx_engine import engine

    return not engine(rules.additions(lang)).keeps(text, at)


def paragraph_starts(text: str, segments: Sequence[Segment], *, wrapped: bool = False) -> tuple[int, ...]:
    """The indices of the segments that start a paragraph of `text`."""
    starts = [segment.span.start for segment in segments]
    found = {bisect_left(starts, paragraph.start) for paragraph in paragraphs(text, wrapped=wrapped)}
    return tuple(sorted(index for index in found if index < len(starts)))
