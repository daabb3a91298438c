"""Pictures of the review screen without a terminal, for the documentation."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from workbench.tui import ProjectLike
    from workbench.tui.app import ReviewApp

DEADLINE_SECONDS = 60.0


def export_svg(
    open_project: Callable[[], ProjectLike],
    path: Path | str,
    *,
    size: tuple[int, int] = (120, 36),
    keys: Sequence[str] = (),
    theme: str | None = None,
) -> None:
    """Open the review screen in `size` cells, press the keys, and write the picture as SVG.

    `keys` are Textual's names of keys; one that begins with "text:" types the rest. Raises OutputError.
    """
    picture = asyncio.run(_picture(open_project, size=size, keys=keys, theme=theme))
    try:
        Path(path).write_text(picture, encoding="utf-8")
    except OSError as error:
        raise OutputError(error.strerror or "cannot be written", file=str(path)) from error


async def _picture(
    open_project: Callable[[], ProjectLike], *, size: tuple[int, int], keys: Sequence[str], theme: str | None
) -> str:
    from workbench.tui.app import ReviewApp

    app = ReviewApp(open_project, theme=theme or "dark")
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
        return app.export_screenshot(title="workbench review")


def type_text(app: ReviewApp, text: str) -> None:
    """Type as a terminal sends it; Textual's pilot cannot name every character."""
    from textual.events import Key

    for character in text:
        app.post_message(Key(character, character))


async def quiet(app: ReviewApp) -> None:
    """Wait until the screen shows everything there is to show. Raises what kept it from opening, or TimeoutError."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not app.is_quiet:
        if app.refusal is not None:
            raise app.refusal
        if app.failure is not None:
            raise app.failure
        if time.monotonic() > deadline:
            raise TimeoutError("the screen did not come to rest")
        await asyncio.sleep(0.01)
