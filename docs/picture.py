"""Makes docs/review.svg, the picture in the README: the review screen on a new copy of the sample project.

python docs/picture.py [OUT]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from workbench.pipeline.starting import init
from workbench.review.project import ReviewProject, open_project
from workbench.tui.screenshot import export_svg

KEYS = (
    *("ctrl+g", "text:13", "enter", "f9", "f2"),
    *("ctrl+g", "text:15", "enter", "enter", "end", "backspace", "backspace", "text:向善", "f2", "escape"),
    *("ctrl+g", "text:17", "enter"),
)
"""Two units corrected and confirmed, and the one with the wrong magnitude in view."""


def main() -> None:
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "review.svg"
    with tempfile.TemporaryDirectory() as folder:
        init(Path(folder), sample=True)

        def opened() -> ReviewProject:
            project = open_project(folder, author="reviewer")
            project.preferred_document = "cannes-lions-2019"
            return project

        export_svg(opened, out, size=(120, 34), keys=KEYS)


if __name__ == "__main__":
    main()
