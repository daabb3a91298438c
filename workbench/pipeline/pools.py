"""Where chunks of work are done: in processes of this machine, or on the workers of a Dask cluster."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from workbench.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from workbench.pipeline.measuring import Chunk

DASK = "dask://"

Result = TypeVar("Result")


class Pool:
    """`submit(function, argument)` gives something with `result()`; `size` = how much is worth waiting at once."""

    def __init__(self, submit: Callable[..., Any], size: int) -> None:
        self.submit = submit
        self.size = size


@contextmanager
def process_pool(workers: int) -> Iterator[Pool]:
    """That many processes; 0 = one for each processor. Ctrl+C stops them with what they were at."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    count = workers or os.cpu_count() or 1
    executor = ProcessPoolExecutor(
        count, mp_context=multiprocessing.get_context("spawn"), initializer=_ignore_interrupts
    )
    try:
        yield Pool(executor.submit, count)
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        raise
    executor.shutdown()


def _ignore_interrupts() -> None:
    """Ctrl+C reaches every process of a terminal; only the first is to answer it."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def dask_pool(address: str) -> Iterator[Pool]:
    """The workers of the scheduler at "dask://HOST:PORT". Raises UsageError where there is none.

    A chunk whose worker dies is given to another.
    """
    try:
        from distributed import Client
    except ImportError:
        raise UsageError(
            "--workers dask://… needs the extra: pip install 'translation-workbench[dask]'"
        ) from None
    place = address.removeprefix(DASK)
    try:
        client = Client(f"tcp://{place}", timeout="10s", set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(f"{address}: no Dask scheduler answers there ({error})") from None
    try:
        workers = len(client.scheduler_info()["workers"])

        def submit(function: Callable[[Chunk], Result], chunk: Chunk) -> Any:
            return client.submit(function, chunk, pure=False, retries=3)

        yield Pool(submit, max(workers, 1))
    finally:
        client.close()


def parse_workers(text: str) -> int | str:
    """The value of --workers: a number of processes (0 = one a processor) or dask://HOST:PORT. Raises UsageError."""
    if text.startswith(DASK) and len(text) > len(DASK):
        return text
    if text.isascii() and text.isdigit() and int(text) <= 1024:
        return int(text) if int(text) else os.cpu_count() or 1
    raise UsageError(f"--workers {text}: a number of processes, or {DASK}HOST:PORT")
