"""sentencex: rules for some 300 languages (Wikimedia)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def segmenter(lang: str) -> Callable[[str], list[str]]:
    import sentencex  # type: ignore[import-not-found]

    return lambda text: list(sentencex.segment(lang, text))
