"""Which segments of one side translate which of the other: beads that cover both sides once, in order."""

from __future__ import annotations

from workbench.aligner.alignment import DOUBTFUL, align

__all__ = ["DOUBTFUL", "align"]
