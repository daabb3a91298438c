"""A thread that carries out requests, so that the caller can be interrupted and needs no event loop of its own."""

from __future__ import annotations

import asyncio
import concurrent.futures
import threading
from typing import TYPE_CHECKING, Any, TypeVar

from workbench.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterable

T = TypeVar("T")


class Loop:
    """An event loop in a thread of its own, which ends with the process or with `close`."""

    def __init__(self, name: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=name, daemon=True)
        self._thread.start()
        self._is_open = True

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of the work; an interruption of the caller (Ctrl+C) ends it. Raises EngineError if closed."""
        if not self._is_open:
            work.close()
            raise EngineError("the engine was closed")
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result()
        except concurrent.futures.CancelledError:
            raise EngineError("the engine was closed") from None
        except BaseException:
            future.cancel()
            raise

    def close(self) -> None:
        """End what is under way, and the thread."""
        if not self._is_open:
            return
        self._is_open = False
        asyncio.run_coroutine_threadsafe(_end_others(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()


async def _end_others() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


async def together(works: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """The results in order; the first failure ends all of them and is raised."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        return list(await asyncio.gather(*tasks))
    except BaseException:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        raise
