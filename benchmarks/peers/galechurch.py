"""galechurch: lengths alone (Gale and Church 1993)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def aligner(option: str) -> Callable[[dict[str, Any]], Any]:
    """With the option `mean` the ratio of lengths is that of the document, else the package's default."""
    import galechurch  # type: ignore[import-not-found]

    def run(document: dict[str, Any]) -> Any:
        source, target = document["source"], document["target"]
        settings = {}
        if option == "mean":
            settings["mean_xy"] = sum(map(len, source)) / sum(map(len, target))
        beads = galechurch.align(source, target, **settings).beads
        return [
            [
                list(range(bead.source_start, bead.source_end)),
                list(range(bead.target_start, bead.target_end)),
            ]
            for bead in beads
        ]

    return run
