"""Says of work that has a few long steps which one it is at and since when; the work itself is on another thread."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, TypeVar

from workbench.errors import CommandError
from workbench.tui.background import on_thread

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

T = TypeVar("T")

SAY_SECONDS = 0.3


class Steps:
    """Hears of each step as it begins, on any thread; `words` is what is said of it now."""

    def __init__(self, *, end: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._end = end
        self._clock = clock
        self._step = ""
        self._since = clock()

    def hear(self, step: str) -> None:
        """Another step begins."""
        self._step, self._since = step, self._clock()

    @property
    def words(self) -> str:
        """The step, the seconds that it has taken, and how to end it; "" before the first."""
        seconds = self._clock() - self._since
        return f"{self._step}… {seconds:.0f} s ({self._end})" if self._step else ""


async def done_in_steps(
    work: Callable[[], T],
    listen: Callable[[Callable[[str], None]], None],
    say: Callable[[str], None],
    stop: threading.Event,
    stopped: str,
) -> T:
    """Do work on a thread and say at which step it is; it ends before the next step once it is to stop.

    `listen` has the work tell its steps to a function. Raises CommandError with `stopped` where it was stopped, and
    what the work raises.
    """
    steps = Steps(end="Esc stops")

    def hear(step: str) -> None:
        if stop.is_set():
            raise CommandError(stopped)
        steps.hear(step)

    listen(hear)
    running = asyncio.ensure_future(on_thread(work))
    try:
        while not (await asyncio.wait({running}, timeout=SAY_SECONDS))[0]:
            say(steps.words)
        return running.result()
    finally:
        listen(_nothing)


def _nothing(_step: str) -> None:
    pass
