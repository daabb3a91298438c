"""blingfire: finite-state machines compiled from rules, one for all languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def segmenter(lang: str) -> Callable[[str], list[str]]:
    import blingfire  # type: ignore[import-not-found]

    return lambda text: blingfire.text_to_sentences(text).split("\n")
