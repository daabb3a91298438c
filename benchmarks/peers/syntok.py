"""syntok: tokens first, then sentences; for languages of Europe."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def segmenter(lang: str) -> Callable[[str], list[str]]:
    """Pieces are cut from the text at the first token of each sentence, for the tokens themselves are altered."""
    from syntok import segmenter as syntok  # type: ignore[import-not-found]

    def run(text: str) -> list[str]:
        sentences = (sentence for paragraph in syntok.process(text) for sentence in paragraph)
        starts = [sentence[0].offset for sentence in sentences if sentence]
        return [text[start:end] for start, end in pairwise([0, *starts[1:], len(text)])]

    return run
