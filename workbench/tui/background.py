"""Work that must not delay a key: one thread, the newest request of each kind, late results told apart."""

from __future__ import annotations

import asyncio
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_NAMES = ("background", "slow command", "opening")


async def on_thread(job: Callable[[], T]) -> T:
    """What the job gives, done on a thread of its own that does not keep the program from ending."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def settle(result: T | None, error: Exception | None) -> None:
        if future.done():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)  # type: ignore[arg-type]

    def run() -> None:
        result: T | None = None
        failure: Exception | None = None
        try:
            result = job()
        except Exception as error:
            failure = error
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(settle, result, failure)

    threading.Thread(target=run, name="slow command", daemon=True).start()
    return await future


def wait_for_threads(seconds: float) -> bool:
    """Let the work behind the screen come to an end; whether all of it did within the time.

    Python ends badly while a thread is inside a library that is not Python's: the process is aborted.
    """
    end = time.monotonic() + seconds
    for thread in threading.enumerate():
        if thread.name in _NAMES:
            thread.join(max(0.0, end - time.monotonic()))
    return not any(thread.name in _NAMES for thread in threading.enumerate())


class Background:
    """Runs jobs one after another on a thread of its own; of jobs waiting under one key only the newest is run.

    Every request gets a generation, larger than all before. `deliver(key, generation, result)` is called on the
    thread, with an exception as the result where the job raised one.
    """

    def __init__(self, deliver: Callable[[str, int, Any], None]) -> None:
        self._deliver = deliver
        self._waiting: dict[str, tuple[int, Callable[[], Any]]] = {}
        self._newest: dict[str, int] = {}
        self._count = 0
        self._changed = threading.Condition()
        self._closed = False
        self._running = False
        self._thread: threading.Thread | None = None

    def ask(self, key: str, job: Callable[[], Any]) -> int:
        """Have the job done in place of any that waits under the same key; return its generation."""
        with self._changed:
            self._count += 1
            self._waiting[key] = (self._count, job)
            self._newest[key] = self._count
            if self._thread is None:
                # A daemon: a job that takes its time does not keep the program from ending.
                self._thread = threading.Thread(target=self._run, name="background", daemon=True)
                self._thread.start()
            self._changed.notify()
            return self._count

    def drop(self, key: str) -> None:
        """Want nothing under the key any more: what is running is late from now on."""
        with self._changed:
            self._count += 1
            self._waiting.pop(key, None)
            self._newest[key] = self._count

    @property
    def is_idle(self) -> bool:
        """Whether all that was asked for was done and delivered."""
        with self._changed:
            return not self._waiting and not self._running

    def is_newest(self, key: str, generation: int) -> bool:
        """Whether nothing newer was asked for under the key."""
        return self._newest.get(key) == generation

    def close(self) -> None:
        """Begin no other job."""
        with self._changed:
            self._closed = True
            self._waiting.clear()
            self._changed.notify()

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._waiting and not self._closed:
                    self._changed.wait()
                if self._closed:
                    return
                key = next(iter(self._waiting))
                generation, job = self._waiting.pop(key)
                self._running = True
            try:
                result = job()
            except Exception as error:
                result = error
            if not self._closed:
                self._deliver(key, generation, result)
            with self._changed:
                self._running = False
