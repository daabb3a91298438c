"""The workbench of this checkout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def aligner(option: str) -> Callable[[dict[str, Any]], Any]:
    from workbench import lexicon
    from workbench.aligner import align

    lexicon.load()

    def run(document: dict[str, Any]) -> Any:
        beads = align(
            document["source"],
            document["target"],
            source_lang=document["source_lang"],
            target_lang=document["target_lang"],
            source_breaks=document["source_breaks"],
            target_breaks=document["target_breaks"],
        )
        return [[list(bead.source), list(bead.target), bead.score] for bead in beads]

    return run


def raw_aligner() -> Callable[[dict[str, Any]], Any]:
    """From raw texts to segments as spans of them, and beads."""
    from workbench import lexicon
    from workbench.aligner import align_documents
    from workbench.segmenter import paragraph_starts, segment

    lexicon.load()

    def run(document: dict[str, Any]) -> Any:
        english, chinese = document["source"], document["target"]
        source, target = segment(english, lang="en"), segment(chinese, lang="zh")
        result = align_documents(
            source,
            target,
            source_breaks=paragraph_starts(english, source),
            target_breaks=paragraph_starts(chinese, target),
            source_text=english,
            target_text=chinese,
        )
        return {
            "source": [[one.span.start, one.span.end] for one in result.source],
            "target": [[one.span.start, one.span.end] for one in result.target],
            "beads": [[list(bead.source), list(bead.target), bead.score] for bead in result.beads],
        }

    return run


def segmenter(lang: str) -> Callable[[str], list[str]]:
    from workbench.segmenter import segment

    return lambda text: [piece.text for piece in segment(text, lang=lang, wrapped=True)]


def versions() -> dict[str, str]:
    from workbench import __version__

    return {"workbench": __version__}
