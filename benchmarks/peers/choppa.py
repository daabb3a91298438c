"""choppa-srx: LanguageTool's SRX rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def segmenter(lang: str) -> Callable[[str], list[str]]:
    import choppa  # type: ignore[import-not-found]

    rules = choppa.SrxDocument(ruleset=choppa.DEFAULT_SRX_RULESET)
    return lambda text: list(choppa.SrxTextIterator(rules, f"{lang}_two", text))
