"""Matches: what was translated before and equals or resembles a source; formulas and the protocol, no storage."""

from __future__ import annotations

from workbench.memory.base import Match, Memory
from workbench.memory.similarity import percent
from workbench.memory.units import Reviewed, UnitMemory

__all__ = ["Match", "Memory", "Reviewed", "UnitMemory", "percent"]
