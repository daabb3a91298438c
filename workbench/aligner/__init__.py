"""Which segments of one side translate which of the other: beads that cover both sides once, in order."""

from __future__ import annotations

from workbench.aligner.alignment import align
from workbench.aligner.diagnosis import warnings
from workbench.aligner.resplit import align_documents
from workbench.model import DOUBTFUL

__all__ = ["DOUBTFUL", "align", "align_documents", "warnings"]
