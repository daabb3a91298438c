"""What searching and filtering a large document costs: CPU milliseconds to the first forty units, and to all of them.

    python benchmarks/search.py [--units 100000]

The store is made anew in a scratch folder. Target: the first rows after at most 300 CPU ms. Memory is the largest that
the process held after the document was made.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = (
    "Speaker {n} of the session said that {n} people had come from {c}, and thanked all of them for RMB {m}."
)
TARGET = "第{n}位发言人说，共有{n}人从{c}到场，并向所有人表示感谢，共{m}元。"
ENOUGH = 40
FILTERS = (
    "text:zzz", "text:RMB", 'text:"表示感謝"t', r"target:/\d{6}元。/", "repeated", "edited", "edit:>3", "length:>100",
    "by:nobody", "sample:edited 20", "sample:random 5% seed 7",
)  # fmt: skip


def make(folder: Path, count: int) -> None:
    """A project whose one document has so many units."""
    from workbench.model import Document, Draft, State, TranslationUnit
    from workbench.review.project import open_project

    (folder / "segments").mkdir()
    chance = random.Random(1)
    units = []
    for number in range(count):
        filled = {
            "n": number if number % 10 else 0,
            "c": chance.choice("北上广深"),
            "m": chance.randrange(10**6),
        }
        target = TARGET.format(**filled)
        draft = target if number % 4 else f"{target[:-2]}块。"
        state = State.INITIAL if number % 3 else State.REVIEWED
        units.append(
            TranslationUnit(
                "", number, SOURCE.format(**filled), target, state, drafts=(Draft("d", draft, "mt"),)
            )
        )
    with open_project(folder) as project:
        project.store.save_document(Document("talk", "text"), units)


def measure(folder: Path) -> None:
    """Print a line for each filter, then for a search to the last unit."""
    from workbench.review.project import open_project

    with open_project(folder) as project:
        session = project.review()
        print(f"{'':28} first {ENOUGH}      all     units")
        for words in FILTERS:
            wish = session.parse_filter(words)
            began, first, found = time.process_time(), None, 0
            for _count, ranks in session.store.scan("talk", wish):
                found += len(ranks)
                if first is None and found >= ENOUGH:
                    first = time.process_time() - began
            spent = time.process_time() - began
            print(f"{words:28} {1000 * (first or spent):5.0f} ms {1000 * spent:6.0f} ms {found:9,}")
        began = time.process_time()
        session.search(f"Speaker {session.total - 1} of")
        print(f"{'search to the last unit':28} {1000 * (time.process_time() - began):5.0f} ms")
    print(f"at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")


def main() -> int:
    """Make the document in a process of its own, then measure in this one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--units", type=int, default=100_000)
    parser.add_argument("--make", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    if given.make is not None:
        make(given.make, given.units)
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, __file__, "--make", scratch, "--units", str(given.units)]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
        print(f"{given.units:,} units, {os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f}")
        measure(Path(scratch))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
