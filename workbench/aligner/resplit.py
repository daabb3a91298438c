"""Second thoughts about segments: cut again or joined again where the other side shows that a boundary was wrong."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from workbench.aligner.alignment import align, bead_of, evidence_of
from workbench.langs import is_chinese
from workbench.model import DOUBTFUL, Alignment, Bead, Segment, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# A bead surer than this whose segments pair one to one is not looked at again.
_SURE = 0.98
_MOST_PIECES = 6
_LARGEST = 40
# Boundaries less sure than this are taken back when a bead holds both sides of them.
_JOINED = 0.7

# Where a sentence may end although the segmenter did not say so: after hesitation and half-width marks, in a gap where
# the mark is missing; never at a lesser mark, nor after a quotation, for what follows may say who spoke.
_HAN = "\u4e00-\u9fff"
_CHINESE = re.compile(
    rf"(?:(?<=[{_HAN}])[!?]+|…+|\.{{3,}})(?=\s*[{_HAN}A-Z\d“「『《（(])|(?<=[{_HAN}])\s+(?=[{_HAN}“「])"
)
_OTHER = re.compile(r"(?:\.{3,}|…|[?!])[.!?…]*(?=\s+[A-Z\d\"“‘(\[])")


def align_documents(
    source: Sequence[Segment],
    target: Sequence[Segment],
    *,
    source_lang: str = "en",
    target_lang: str = "zh",
    source_breaks: Sequence[int] = (),
    target_breaks: Sequence[int] = (),
    source_text: str = "",
    target_text: str = "",
    fixed: Sequence[Bead] = (),
) -> Alignment:
    """Align two sides and mend their segmentation where it was in doubt; spans stay those of the same texts.

    A segment is cut where its parts belong to different beads. Two segments with a doubtful boundary between them that
    one bead holds are joined, but only on a side whose text is given, for what stands between them must be known.
    Segments of `fixed` beads (see `align`) stay as they are.
    """
    beads = _beads(source, target, source_lang, target_lang, source_breaks, target_breaks, fixed)
    kept = {(bead.source, bead.target) for bead in fixed}
    chosen = _doubtful_runs(beads, kept)
    x = _pieces(source, {at for run in chosen for bead in run for at in bead.source}, source_lang)
    y = _pieces(target, {at for run in chosen for bead in run for at in bead.target}, target_lang)
    again = _mended(beads, chosen, x, y, source_lang, target_lang)
    x_ranges = [bead.source for bead in again]
    y_ranges = [bead.target for bead in again]
    x_apart = {*source_breaks, *(at for bead in fixed for at in bead.source)}
    y_apart = {*target_breaks, *(at for bead in fixed for at in bead.target)}
    new_source, x_ranges = _rejoined(x, x_ranges, source, x_apart, source_text)
    new_target, y_ranges = _rejoined(y, y_ranges, target, y_apart, target_text)
    paired = zip(x_ranges, y_ranges, again, strict=True)
    mended = tuple(Bead(left, right, bead.score) for left, right, bead in paired)
    return Alignment(tuple(new_source), tuple(new_target), mended)


def _beads(
    source: Sequence[Segment],
    target: Sequence[Segment],
    source_lang: str,
    target_lang: str,
    source_breaks: Sequence[int],
    target_breaks: Sequence[int],
    fixed: Sequence[Bead],
) -> list[Bead]:
    return align(
        [segment.text for segment in source],
        [segment.text for segment in target],
        source_lang=source_lang,
        target_lang=target_lang,
        source_breaks=source_breaks,
        target_breaks=target_breaks,
        fixed=fixed,
    )


def _pieces(segments: Sequence[Segment], chosen: set[int], lang: str) -> list[tuple[Segment, int]]:
    """The segments, the chosen ones cut wherever they might be, each with the index of what it was cut from."""
    found: list[tuple[Segment, int]] = []
    for at, segment in enumerate(segments):
        if at in chosen:
            found.extend((piece, at) for piece in _cut(segment, lang))
        else:
            found.append((segment, at))
    return found


def _cut(segment: Segment, lang: str) -> Iterator[Segment]:
    text = segment.text
    sites = (_CHINESE if is_chinese(lang) else _OTHER).finditer(text)
    ends = [match.end() for match in sites if match.end() < len(text)]
    if not ends or len(ends) >= _MOST_PIECES:
        yield segment
        return
    at = 0
    for end in [*ends, len(text)]:
        piece = text[at:end]
        stripped = piece.strip()
        if stripped:
            first = at + len(piece) - len(piece.lstrip())
            last = first + len(stripped)
            codes = tuple(
                replace(code, position=code.position - first)
                for code in segment.codes
                if first <= code.position < last or (code.position >= last == len(text))
            )
            start = segment.span.start + first
            sure = segment.boundary_score if last == len(text) else 0.5
            yield Segment(stripped, Span(start, start + len(stripped)), segment.lang, codes, sure)
        at = end


def _doubtful_runs(beads: list[Bead], kept: set[tuple[range, range]]) -> list[list[Bead]]:
    """Neighbouring beads that are not sure one-to-one pairs nor to be kept, with something on both sides."""

    def is_doubtful(bead: Bead) -> bool:
        return (bead.kind != "1-1" or bead.score < _SURE) and (bead.source, bead.target) not in kept

    runs = [list(run) for doubtful, run in groupby(beads, key=is_doubtful) if doubtful]
    return [run for run in runs if any(bead.source for bead in run) and any(bead.target for bead in run)]


def _mended(
    beads: list[Bead],
    runs: list[list[Bead]],
    x: list[tuple[Segment, int]],
    y: list[tuple[Segment, int]],
    source_lang: str,
    target_lang: str,
) -> list[Bead]:
    """The beads in numbers of pieces, the doubtful runs aligned anew where that leaves less without a partner."""
    x_first, y_first = _first_pieces(x), _first_pieces(y)
    old = {id(bead): _renumbered(bead, x_first, y_first) for bead in beads}
    if len(x_first) == len(x) + 1 and len(y_first) == len(y) + 1:
        return list(old.values())
    from workbench.aligner.core import window_path

    evidence, swapped = evidence_of(
        [piece.text for piece, _ in x],
        [piece.text for piece, _ in y],
        source_lang=source_lang,
        target_lang=target_lang,
    )
    replaced: dict[int, list[Bead]] = {}
    for run in runs:
        before = [old[id(bead)] for bead in run]
        rows = range(before[0].source.start, before[-1].source.stop)
        columns = range(before[0].target.start, before[-1].target.stop)
        if len(rows) + len(columns) > _LARGEST:
            continue
        steps = window_path(evidence, *((columns, rows) if swapped else (rows, columns)))
        after = [bead_of(step, swapped=swapped) for step in steps]
        better = _pairs(after) > _pairs(before) and _unpaired(after, x, y) <= _unpaired(before, x, y)
        if better and _cuts_are_sure(after, x, y):
            replaced[id(run[0])] = after
            replaced.update({id(bead): [] for bead in run[1:]})
    return [each for bead in beads for each in replaced.get(id(bead), [old[id(bead)]])]


def _first_pieces(pieces: list[tuple[Segment, int]]) -> list[int]:
    """For each segment its first piece, and the number of pieces last."""
    starts = [at for at, (_, owner) in enumerate(pieces) if at == 0 or pieces[at - 1][1] != owner]
    return [*starts, len(pieces)]


def _renumbered(bead: Bead, x: list[int], y: list[int]) -> Bead:
    """The bead in numbers of pieces."""
    source = range(x[bead.source.start], x[bead.source.stop])
    return Bead(source, range(y[bead.target.start], y[bead.target.stop]), bead.score)


def _pairs(beads: list[Bead]) -> int:
    return sum(bool(bead.source and bead.target) for bead in beads)


def _cuts_are_sure(beads: list[Bead], x: list[tuple[Segment, int]], y: list[tuple[Segment, int]]) -> bool:
    """Whether each place where a segment was cut stands between two beads that are sure and have both sides."""
    for before, after in pairwise(beads):
        sides = ((before.source, after.source, x), (before.target, after.target, y))
        cut = any(left and right and each[left[-1]][1] == each[right[0]][1] for left, right, each in sides)
        paired = all((before.source, before.target, after.source, after.target))
        if cut and not (paired and min(before.score, after.score) >= DOUBTFUL):
            return False
    return True


def _unpaired(beads: list[Bead], x: list[tuple[Segment, int]], y: list[tuple[Segment, int]]) -> int:
    """The characters without a partner, those of a Chinese side counted as they are."""
    alone = [bead for bead in beads if not (bead.source and bead.target)]
    left = sum(len(x[at][0].text) for bead in alone for at in bead.source)
    return left + sum(len(y[at][0].text) for bead in alone for at in bead.target)


def _rejoined(
    pieces: list[tuple[Segment, int]],
    ranges: list[range],
    originals: Sequence[Segment],
    apart: set[int],
    text: str,
) -> tuple[list[Segment], list[range]]:
    """The segments of each bead's range with needless cuts and doubtful boundaries undone, and the new ranges.

    The segments `apart` are not joined to the one before.
    """
    segments: list[Segment] = []
    found: list[range] = []
    for each in ranges:
        first = len(segments)
        owner = -1
        for at in each:
            piece, whose = pieces[at]
            if len(segments) > first:
                before = segments[-1]
                if whose == owner:
                    whole = originals[owner]
                    start = before.span.end - whole.span.start
                    gap = whole.text[start : piece.span.start - whole.span.start]
                    segments[-1] = _joined(before, piece, gap)
                    continue
                if text and before.boundary_score < _JOINED and whose not in apart:
                    segments[-1] = _joined(before, piece, text[before.span.end : piece.span.start])
                    owner = whose
                    continue
            segments.append(piece)
            owner = whose
        found.append(range(first, len(segments)))
    return segments, found


def _joined(before: Segment, after: Segment, gap: str) -> Segment:
    """One segment of two neighbours with what stands between them."""
    shift = after.span.start - before.span.start
    codes = before.codes + tuple(replace(code, position=code.position + shift) for code in after.codes)
    return Segment(
        before.text + gap + after.text,
        Span(before.span.start, after.span.end),
        before.lang,
        codes,
        after.boundary_score,
    )
