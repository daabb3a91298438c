"""The screens that people see most, pinned cell by cell as text: a change of looks is seen in the difference.

After a wanted change write them anew and read the difference before it is kept:

    WORKBENCH_PICTURES=write python -m pytest tests/test_pictures.py
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from workbench.pipeline.starting import init
from workbench.review.project import open_project
from workbench.tui.app import ReviewApp
from workbench.tui.screenshot import quiet, type_text

if TYPE_CHECKING:
    from collections.abc import Sequence

PINNED = Path(__file__).parent / "pictures"
DOCUMENT = "cannes-lions-2019"
AT_17 = ("ctrl+g", "text:17", "enter")
SITUATIONS: dict[str, tuple[tuple[int, int], Sequence[str]]] = {
    "list-120x36": ((120, 36), AT_17),
    "list-80x24": ((80, 24), AT_17),
    "list-60x20": ((60, 20), AT_17),
    "editor-80x24": ((80, 24), (*AT_17, "enter", "end")),
    "repair-100x30": ((100, 30), (*AT_17, "alt+k")),
    "search-80x24": ((80, 24), ("f3", "text:lions")),
    "filter-80x24": ((80, 24), ("f4", "text:issues", "enter")),
    "panes-160x44": ((160, 44), AT_17),
}


async def shown(folder: Path, size: tuple[int, int], keys: Sequence[str]) -> list[str]:
    """The lines of the screen after the keys were pressed on the sample project."""
    project = open_project(folder, author="ann")
    project.preferred_document = DOCUMENT
    app = ReviewApp(lambda: project, theme="dark")
    async with app.run_test(size=size) as pilot:
        await quiet(app)
        for key in keys:
            if key.startswith("text:"):
                type_text(app, key.removeprefix("text:"))
                await pilot.pause()
            else:
                await pilot.press(key)
            await quiet(app)
        await pilot.pause()
        strips = app.screen._compositor.render_strips(app.size)
        return ["".join(segment.text for segment in strip) for strip in strips]


@pytest.mark.parametrize("name", SITUATIONS)
def test_the_screen_looks_as_it_did(name: str, tmp_path: Path) -> None:
    init(tmp_path, sample=True)
    size, keys = SITUATIONS[name]
    lines = asyncio.run(shown(tmp_path, size, keys))
    assert [cell_len(line) for line in lines] == [size[0]] * size[1]
    text = "\n".join(line.rstrip() for line in lines) + "\n"
    pinned = PINNED / f"{name}.txt"
    if os.environ.get("WORKBENCH_PICTURES") == "write":
        pinned.write_text(text, encoding="utf-8")
    assert text == pinned.read_text(encoding="utf-8")
