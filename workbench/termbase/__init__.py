"""The termbase: reading and writing glossary.yaml, and finding its terms in running text."""

from __future__ import annotations

from workbench.termbase.cached import load_cached
from workbench.termbase.glossary import load, loads
from workbench.termbase.matching import Termbase, TermMatch
from workbench.termbase.settings import GlossarySettings
from workbench.termbase.writing import add_concept, dumps

__all__ = [
    "GlossarySettings",
    "TermMatch",
    "Termbase",
    "add_concept",
    "dumps",
    "load",
    "load_cached",
    "loads",
]
