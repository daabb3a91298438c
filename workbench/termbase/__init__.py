"""The termbase: reading and writing glossary.yaml, and finding its terms in running text."""

from __future__ import annotations

from workbench.termbase.cached import load_cached
from workbench.termbase.glossary import add_concept, dumps, load, loads
from workbench.termbase.matching import Termbase, TermMatch

__all__ = ["TermMatch", "Termbase", "add_concept", "dumps", "load", "load_cached", "loads"]
