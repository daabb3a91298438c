"""What makes two sources differ, word by word: the edit script that a match is shown with."""

from __future__ import annotations

from itertools import pairwise
from typing import cast

from workbench import tokens
from workbench.diff import Edit, Op
from workbench.model import Span


def changes(old: str, new: str) -> list[Edit]:
    """A shortest script of whole tokens and gaps that turns `old` into `new`, in order, covering both texts wholly."""
    from rapidfuzz.distance import Levenshtein

    old_starts, new_starts = _starts(old), _starts(new)
    steps = Levenshtein.opcodes(_pieces(old, old_starts), _pieces(new, new_starts))
    return [
        Edit(
            cast(Op, step.tag),
            Span(old_starts[step.src_start], old_starts[step.src_end]),
            Span(new_starts[step.dest_start], new_starts[step.dest_end]),
        )
        for step in steps
    ]


def _starts(text: str) -> list[int]:
    """Where tokens and the gaps between them begin, with the text's end."""
    ends = {0, len(text)}
    for token in tokens.words(text, ""):
        ends |= {token.span.start, token.span.end}
    return sorted(ends)


def _pieces(text: str, starts: list[int]) -> list[str]:
    return [text[start:end] for start, end in pairwise(starts)]
