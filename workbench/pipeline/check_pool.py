"""The checks of single units on several processes: chunks go out, findings come back in order."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

from workbench import checks as family
from workbench.model import TranslationUnit
from workbench.pipeline.check import CHUNK
from workbench.termbase import Termbase

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from concurrent.futures import Future

    from workbench.model import Issue, Severity, State
    from workbench.pipeline.check import Job

    # Of a unit what checks read: plain values travel three times as fast as the unit.
    SentUnit = tuple[str, int, str, str, State]
    # Of a job all but the termbase: ids of checks, profile, severities, languages.
    Sent = tuple[tuple[str, ...], str, tuple[tuple[str, Severity], ...], str, str]

_AHEAD = 3
"""Chunks in flight for each process."""

_jobs: list[tuple[tuple[family.Check, ...], family.CheckContext]] = []


def spread(jobs: Sequence[Job], *, workers: int) -> Generator[list[list[Issue]]]:
    """The findings of the checks of scope "unit", a chunk of a job's units at a time, in order.

    Processes are spawned: nothing of this one is copied into them but the jobs' settings and the termbase. They leave
    Ctrl+C to this process, finish the chunk that they are at, and end.
    """
    sent: list[Sent] = []
    for job in jobs:
        ids = tuple(check.id for check in job.rules.checks if check.summary is None)
        context = job.context
        sent.append((ids, context.profile, context.severities, context.source_lang, context.target_lang))
    termbases = [_bare(job.context.termbase) for job in jobs]
    shared = (
        termbases[:1] if all(job.context.termbase is jobs[0].context.termbase for job in jobs) else termbases
    )
    executor = ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_begin,
        initargs=(sent, shared),
    )
    waiting: deque[Future[list[list[Issue]]]] = deque()
    try:
        for number, job in enumerate(jobs):
            for start in range(0, len(job.units), CHUNK):
                chunk = [
                    (unit.id, unit.position, unit.source, unit.target, unit.state)
                    for unit in job.units[start : start + CHUNK]
                ]
                with _deaf():
                    waiting.append(executor.submit(_check_chunk, number, chunk))
                if len(waiting) >= workers * _AHEAD:
                    yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        executor.shutdown(wait=not waiting, cancel_futures=True)


def _bare(termbase: Termbase) -> Termbase:
    """The termbase without what it has built so far, which each process builds for itself."""
    return Termbase(
        termbase.concepts,
        source_lang=termbase.source_lang,
        target_lang=termbase.target_lang,
        settings=termbase.settings,
    )


@contextmanager
def _deaf() -> Iterator[None]:
    """Hold Ctrl+C back while a process is started, so that the new one is deaf to it from its first moment."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    # Starting the tracker lets signals through again: it has to run before.
    resource_tracker.ensure_running()
    held = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


def _begin(sent: Sequence[Sent], termbases: Sequence[Termbase]) -> None:
    """Make a process ready: the checks by their ids, the contexts, deaf to Ctrl+C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    by_id = {check.id: check for check in family.CHECKS}
    for number, (ids, profile, severities, source_lang, target_lang) in enumerate(sent):
        termbase = termbases[number if len(termbases) > 1 else 0]
        context = family.CheckContext(termbase, source_lang, target_lang, profile, severities)
        _jobs.append((tuple(by_id[name] for name in ids), context))


def _check_chunk(number: int, units: Sequence[SentUnit]) -> list[list[Issue]]:
    checks, context = _jobs[number]
    return [family.run(TranslationUnit(*unit), context, checks=checks) for unit in units]
