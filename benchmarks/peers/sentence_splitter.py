"""sentence-splitter: the rules and prefixes of Europarl and Moses (Koehn and Schroeder); no Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def segmenter(lang: str) -> Callable[[str], list[str]]:
    from sentence_splitter import SentenceSplitter  # type: ignore[import-not-found]

    splitter = SentenceSplitter(language=lang)
    return lambda text: list(splitter.split(text))
