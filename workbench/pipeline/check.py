"""Checking units without a screen: every finding of the chosen checks, on one processor or on several."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench import checks as family
from workbench.pipeline.rules import Rules, make_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workbench.model import Issue, TranslationUnit
    from workbench.termbase import Termbase

CHUNK = 250
"""Units that a process is given at a time: about a third of a second's work, which Ctrl+C waits for."""


def check(
    units: Iterable[TranslationUnit],
    termbase: Termbase | None = None,
    *,
    checks: str | None = None,
    profile: str = "",
    source_lang: str = "en",
    target_lang: str = "zh",
    workers: int = 1,
) -> list[Issue]:
    """All findings on the units of one document.

    `checks` selects as on the command line ("number,width" or "+spacing,-width"); `profile` is house style such as
    "taiwan ui"; `workers` the number of processes, 0 = one for each processor. Raises NotFoundError for a check or
    profile that does not exist.
    """
    found = find_issues(
        units,
        termbase,
        checks=checks,
        profile=profile,
        source_lang=source_lang,
        target_lang=target_lang,
        workers=workers,
    )
    return [issue for _unit, issues in found for issue in issues]


def find_issues(
    units: Iterable[TranslationUnit],
    termbase: Termbase | None = None,
    *,
    checks: str | None = None,
    profile: str = "",
    source_lang: str = "en",
    target_lang: str = "zh",
    workers: int = 1,
) -> Iterator[tuple[TranslationUnit, list[Issue]]]:
    """Each unit of one document with its findings, one at a time.

    Where no chosen check needs the units around, and one processor is to do it, a long file streams.
    """
    rules = make_rules(checks, profile)
    context = rules.context(termbase, source_lang=source_lang, target_lang=target_lang)
    if workers == 1 and not any(check.summary for check in rules.checks):
        for unit in units:
            yield unit, family.run(unit, context, checks=rules.checks)
        return
    listed = tuple(units)
    (results,) = run_jobs([Job(listed, rules, context)], workers=workers)
    yield from zip(listed, results, strict=True)


@dataclass(frozen=True, slots=True)
class Job:
    """Units to check by the same rules; `documents` names the document of each, () where all are of one."""

    units: Sequence[TranslationUnit]
    rules: Rules
    context: family.CheckContext
    documents: Sequence[str] = ()

    def document(self, index: int) -> str:
        """The name of the document of the unit at an index."""
        return self.documents[index] if self.documents else ""


def run_jobs(
    jobs: Sequence[Job], *, workers: int = 1, around: Sequence[Job] = ()
) -> Iterator[list[list[Issue]]]:
    """The findings of each job's units, job by job, in order.

    Checks that need the units around see those of all jobs, and of the jobs `around`, which are not checked
    themselves. `workers` is the number of processes, 0 = one for each processor; less than a few hundred units are
    checked in this one.
    """
    summaries = family.DocumentSummaries({check: None for job in jobs for check in job.rules.checks})
    if summaries.kinds:
        for number, job in enumerate((*around, *jobs)):
            for index, unit in enumerate(job.units):
                summaries.put(unit, document=job.document(index), key=f"{number}:{index}")
    count = workers or os.cpu_count() or 1
    if count > 1 and sum(len(job.units) for job in jobs) > 2 * CHUNK:
        from workbench.pipeline.check_pool import spread

        with closing(spread(jobs, workers=count)) as chunks:
            for job in jobs:
                yield [
                    issues
                    for start in range(0, len(job.units), CHUNK)
                    for issues in _joined(next(chunks), job, start, summaries)
                ]
        return
    for job in jobs:
        yield list(_run(job, job.rules.checks, summaries))


def _joined(
    alone: list[list[Issue]], job: Job, start: int, summaries: family.DocumentSummaries
) -> list[list[Issue]]:
    """A chunk's findings with those of the checks that need the units around, which run where these are known."""
    checks = tuple(check for check in job.rules.checks if check.summary is not None)
    if not checks:
        return alone
    around = _run(job, checks, summaries, start=start, end=start + CHUNK)
    return [family.in_order(one + more) for one, more in zip(alone, around, strict=True)]


def _run(
    job: Job,
    checks: Sequence[family.Check],
    summaries: family.DocumentSummaries,
    *,
    start: int = 0,
    end: int | None = None,
) -> Iterator[list[Issue]]:
    contexts: dict[str, family.CheckContext] = {}
    for index, unit in enumerate(job.units[start:end], start):
        name = job.document(index)
        if name not in contexts:
            contexts[name] = replace(job.context, summaries=summaries, document=name)
        yield family.run(unit, contexts[name], checks=checks)
