"""pysbd: rules (Sadvilkar and Neumann 2020)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def segmenter(lang: str) -> Callable[[str], Any]:
    import pysbd  # type: ignore[import-not-found]

    return pysbd.Segmenter(language=lang, clean=False).segment  # type: ignore[no-any-return]
