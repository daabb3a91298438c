"""Edit scripts between two texts, for coloured differences and for counting edits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias, cast

from workbench.model import Span

Op: TypeAlias = Literal["equal", "insert", "delete", "replace"]

_ONE_CODE_POINT_EACH = re.compile(
    r"[ -~\u00a1-\u00a8\u00b0-\u02ff\u2010-\u2027\u3000-\u3029\u3041-\u3096\u4e00-\u9fff\uff01-\uff60]*"
)


@dataclass(frozen=True, slots=True)
class Edit:
    """One step of an edit script: the span of the old text and the span of the new that stands for it."""

    op: Op
    old_span: Span
    new_span: Span


def edits(old: str, new: str) -> list[Edit]:
    """A shortest script that turns `old` into `new`, in order, covering both texts wholly.

    It never cuts a grapheme (an emoji with its modifiers, a letter with its accents): a change inside
    one replaces it whole.
    """
    from rapidfuzz.distance import Levenshtein

    old_starts, new_starts = _grapheme_starts(old), _grapheme_starts(new)
    if old_starts is None and new_starts is None:
        steps = Levenshtein.opcodes(old, new)
        return [
            Edit(cast(Op, step.tag), Span(step.src_start, step.src_end), Span(step.dest_start, step.dest_end))
            for step in steps
        ]
    old_at = old_starts or range(len(old) + 1)
    new_at = new_starts or range(len(new) + 1)
    steps = Levenshtein.opcodes(_pieces(old, old_at), _pieces(new, new_at))
    return [
        Edit(
            cast(Op, step.tag),
            Span(old_at[step.src_start], old_at[step.src_end]),
            Span(new_at[step.dest_start], new_at[step.dest_end]),
        )
        for step in steps
    ]


def _grapheme_starts(text: str) -> list[int] | None:
    """Where graphemes start, with the text's end; None where every code point is one for sure."""
    if _ONE_CODE_POINT_EACH.fullmatch(text):
        return None
    import regex  # type: ignore[import-untyped, unused-ignore]

    return [match.start() for match in regex.finditer(r"\X", text)] + [len(text)]


def _pieces(text: str, starts: list[int] | range) -> list[str]:
    return [text[start:end] for start, end in pairwise(starts)]
