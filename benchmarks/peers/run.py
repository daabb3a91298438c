"""One system on one job, in this process alone, so that its CPU time and its memory are its own.

    python -m benchmarks.peers.run JOB.json RESULT.json

A job names module, task, option and sets. Set-up is the CPU time from the start of the process until the system is
ready, imports and models included; each set has its own seconds and its own peak of memory.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# A set of segmentation is cut again until so much CPU time has gone by, for the sets are small.
_LEAST_SECONDS = 0.3
_MOST_TIMES = 20


def main(job_file: str, result_file: str) -> None:
    job = json.loads(Path(job_file).read_text(encoding="utf-8"))
    module = import_module(f"benchmarks.peers.{job['module']}")
    work: Callable[[Any, dict[str, Any]], dict[str, Any]] = segment if job["task"] == "segment" else align
    makers: dict[str, Callable[[], Any]] = {
        "align": lambda: module.aligner(job["option"]),
        "raw": lambda: module.raw_aligner(),
        "segment": lambda: {lang: module.segmenter(lang) for lang in job["langs"]},
    }
    system = makers[job["task"]]()
    setup = time.process_time()
    sets = []
    for each in job["sets"]:
        forget_peak()
        result = work(system, each)
        sets.append({"name": each["name"], "peak_mb": peak_mb(), **result})
    versions: dict[str, str] = getattr(module, "versions", dict)()
    answer = {"setup": setup, "versions": versions, "sets": sets}
    Path(result_file).write_text(json.dumps(answer), encoding="utf-8")


def align(system: Callable[[dict[str, Any]], Any], job: dict[str, Any]) -> dict[str, Any]:
    """What the system says of each document: beads, or what a raw aligner gives; null where it failed."""
    found: list[Any] = []
    failures: list[str] = []
    start = time.process_time()
    for document in job["documents"]:
        try:
            found.append(system(document))
        except Exception as error:
            found.append(None)
            failures.append(f"{type(error).__name__}: {error}"[:200])
    return {"seconds": time.process_time() - start, "found": found, "failures": failures}


def segment(system: dict[str, Callable[[str], Sequence[str]]], job: dict[str, Any]) -> dict[str, Any]:
    """The pieces of each paragraph of each document."""
    cut = system[job["lang"]]
    times = 0
    start = time.process_time()
    while True:
        found = [[list(cut(text)) for text in document] for document in job["documents"]]
        times += 1
        seconds = time.process_time() - start
        if seconds >= _LEAST_SECONDS or times >= _MOST_TIMES:
            return {"seconds": seconds / times, "found": found, "failures": []}


def forget_peak() -> None:
    """Let the peak of memory begin again at what is held now, where the system can (Linux)."""
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return


def peak_mb() -> float:
    """The peak of this process: of its own memory map where that can be told, for the other counts its parent's too."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return int(status.partition("VmHWM:")[2].split()[0]) / 1024
    except (OSError, IndexError, ValueError):
        scale = 1 << 20 if sys.platform == "darwin" else 1 << 10
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale


if __name__ == "__main__":
    main(*sys.argv[1:])
