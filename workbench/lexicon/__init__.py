"""The bilingual dictionary: CC-CEDICT as tables, made once and kept in the user's cache folder."""

from __future__ import annotations

from workbench.lexicon.keys import STOP_WORDS, key
from workbench.lexicon.lexicon import Lexicon, load

__all__ = ["STOP_WORDS", "Lexicon", "key", "load"]
