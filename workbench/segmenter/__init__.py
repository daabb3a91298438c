"""Sentences of running text, with where they stand: English and Chinese rules, paragraphs as boundaries."""

from __future__ import annotations

from workbench.segmenter.text import may_end, paragraph_starts, paragraphs, segment

__all__ = ["may_end", "paragraph_starts", "paragraphs", "segment"]
