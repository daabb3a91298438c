"""Makes the pictures of the review screen in the documentation, all from new copies of the sample project.

python docs/picture.py [FOLDER]

The same pictures come out each time: the clock and the seconds of work are given, and nothing of the machine is shown.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from workbench.pipeline.starting import init
from workbench.review.project import ReviewProject, open_project
from workbench.tui.screenshot import export_svg

DOCUMENT = "cannes-lions-2019"


@dataclass(frozen=True, slots=True)
class Picture:
    """A situation of the screen: the size in cells, the colours, and the keys that lead there."""

    name: str
    size: tuple[int, int]
    theme: str
    keys: tuple[str, ...]


AT_17 = ("ctrl+g", "text:17", "enter")
PICTURES = (
    Picture("review", (120, 40), "dark", AT_17),
    Picture("review-80x24", (80, 24), "dark", (*AT_17, "enter", "end")),
    Picture("review-light", (120, 40), "light", ("alt+shift+v", "text:4", "escape", *AT_17)),
    Picture("review-contrast", (120, 40), "contrast-dark", ("alt+shift+v", "text:3", *AT_17, "alt+shift+v")),
    Picture("review-repair", (100, 30), "dark", (*AT_17, "alt+k")),
    Picture("review-statistics", (100, 40), "dark", ("f8", "alt+shift+p")),
)


def main() -> None:
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    for picture in PICTURES:
        take(picture, out / f"{picture.name}.svg")


def take(picture: Picture, path: Path) -> None:
    """Take one picture on a copy of the sample in which some units were reviewed."""
    with tempfile.TemporaryDirectory() as folder:
        init(Path(folder), sample=True)
        review_some(folder)

        def opened() -> ReviewProject:
            project = open_project(folder, author="reviewer")
            project.preferred_document = DOCUMENT
            return project

        export_svg(opened, path, size=picture.size, keys=picture.keys, theme=picture.theme)


def review_some(folder: str) -> None:
    """Three mornings of work: some units confirmed as they are, some corrected."""
    texts = {4: "在此之前，它还从未尝试过这样的事情。", 13: "所以，记录稿值得有人再看一遍。", 15: "科技向善"}
    with open_project(folder, author="reviewer") as project:
        for first, begun in zip((1, 6, 11), (18, 19, 20), strict=True):
            now = datetime(2026, 11, begun, 9, 0, tzinfo=UTC)

            def clock() -> datetime:
                nonlocal now
                now += timedelta(seconds=30)
                return now

            session = project.review(DOCUMENT, clock=clock)
            for number in range(first, first + 5):
                session.goto(number)
                text = texts.get(number)
                seconds = 14.0 + 9.0 * (number % 4) + (20.0 if text else 0.0)
                session.confirm(text, seconds=seconds, keystrokes=3 * len(text or ""))


if __name__ == "__main__":
    main()
