"""The top line: document, progress, filter, scores of the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from workbench.report.visible import visible
from workbench.tui.paint import clip
from workbench.tui.painted import Painted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.strip import Strip

    from workbench.model import Score
    from workbench.tui.painted import Piece

LABELS = {"edit": "edit", "ter": "TER", "chrf": "chrF", "bleu": "BLEU"}
BAR_CELLS = 10


def score_text(score: Score, *, stale: bool) -> str:
    """A score as it is shown: "TER 20.1", with "~" before the number until a newer one is there."""
    return f"{LABELS.get(score.metric, score.metric)} {'~' if stale else ''}{score.value:.1f}"


class Header(Painted):
    """One line; what does not fit is left out, the least needed first."""

    def __init__(self, title: str) -> None:
        super().__init__(id="header")
        self._document = title
        self._done = 0
        self._total = 0
        self._filter = ""
        self._hits = ("", "")
        self._scores: tuple[Score, ...] = ()
        self._stale = True

    def show_progress(self, *, document: str, done: int, total: int, filter_words: str) -> None:
        """Take the document's name, how many of its units are done, and the filter ("" = none)."""
        self._document, self._done, self._total, self._filter = document, done, total, filter_words
        self.refresh()

    def show_hits(self, query: str, place: str) -> None:
        """Take what was searched for and where among its hits the unit is: "3 of 41"; "" = nothing is searched for."""
        if (query, place) != self._hits:
            self._hits = (query, place)
            self.refresh()

    def show_scores(self, scores: Sequence[Score] | None) -> None:
        """Take the document's scores; None marks those shown as outdated."""
        if scores is not None:
            self._scores = tuple(score for score in scores if score.unit_count)
        self._stale = scores is None
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line."""
        width = self.size.width
        if y:
            return self.strip_of([], width)
        name, used = clip(visible(self._document), max(12, width // 3))
        pieces: list[Piece] = [(" ", ""), (name, "strong")]
        used += 1
        for group in (self._progress(), self._found(), self._filtered(), self._bar()):
            size = sum(cell_len(text) for text, _ in group)
            if used + size < width:
                pieces.extend(group)
                used += size
        scores = [score_text(score, stale=self._stale) for score in self._scores]
        while scores and used + 2 + cell_len("  ".join(scores)) + 1 > width:
            scores.pop()
        right = "  ".join(scores)
        gap = width - used - cell_len(right) - 1
        pieces += [(" " * max(0, gap), ""), (right, "dim" if self._stale else "")]
        return self.strip_of(pieces, width)

    def _progress(self) -> list[Piece]:
        if not self._total:
            return []
        percent = 100 * self._done // self._total
        return [(f"  {self._done}/{self._total} ", ""), ("✓", "good"), (f" {percent}%", "")]

    def _bar(self) -> list[Piece]:
        if not self._total:
            return []
        filled = BAR_CELLS * self._done // self._total
        return [("  ", ""), ("=" * filled, "good"), ("-" * (BAR_CELLS - filled), "dim")]

    def _found(self) -> list[Piece]:
        query, place = self._hits
        if not place:
            return []
        words, _ = clip(visible(query), max(10, self.size.width // 6))
        return [("  ", ""), (words, "accent"), (f" {place}", "strong")]

    def _filtered(self) -> list[Piece]:
        if not self._filter:
            return []
        words, _ = clip(visible(self._filter), max(24, self.size.width // 3))
        return [("  only: ", "dim"), (words, "accent")]
