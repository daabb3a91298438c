"""Tables of the benchmarks as plain text or as Markdown."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field


@dataclass(slots=True)
class Table:
    """Columns of text; the first `words` of them stand left, numbers right. A note takes the place of the numbers."""

    title: str
    head: list[str]
    words: int = 2
    rows: list[tuple[list[str], str]] = field(default_factory=list)

    def add(self, *cells: str, note: str = "") -> None:
        self.rows.append(([*cells, *[""] * (len(self.head) - len(cells))], note))

    def render(self, to: str) -> str:
        return self.markdown() if to == "markdown" else self.text()

    def markdown(self) -> str:
        lines = [
            f"**{self.title}**",
            "",
            line(self.head),
            line(["---"] * self.words + ["--:"] * self.numbers),
        ]
        for cells, note in self.rows:
            shown = [each.replace("|", "\\|") for each in cells]
            if note:
                shown[self.words] = note.replace("|", "\\|")
            lines.append(line(shown))
        return "\n".join(lines)

    @property
    def numbers(self) -> int:
        return len(self.head) - self.words

    def text(self) -> str:
        columns = list(zip(self.head, *(cells for cells, _ in self.rows), strict=True))
        widths = [max(map(width, column)) for column in columns]
        lines = [self.title, self.padded(self.head, widths)]
        for cells, note in self.rows:
            shown = self.padded(cells, widths)
            if note:
                shown = (
                    self.padded(cells[: self.words], widths).ljust(sum(widths[: self.words]) + 2)
                    + "  "
                    + note
                )
            lines.append(shown.rstrip())
        return "\n".join(lines)

    def padded(self, cells: list[str], widths: list[int]) -> str:
        parts = []
        for at, cell in enumerate(cells):
            space = " " * (widths[at] - width(cell))
            parts.append(cell + space if at < self.words else space + cell)
        return "  ".join(parts)


def line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)
