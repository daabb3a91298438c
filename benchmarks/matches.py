"""Matches: CPU seconds to build a memory and to find in it, beside rapidfuzz's extract and difflib on the same sources.

    python benchmarks/matches.py                       100,000 made-up sources out of a few dozen words: an unkind case
    python benchmarks/matches.py --count 20000 --peers rapidfuzz,difflib

The sources are those of `scale.py`; those of 20 to 30 words, one word of each replaced, are looked for. The peers
compare characters with every source, and each percentage is its own: only the times are to be compared.
"""

from __future__ import annotations

import argparse
import difflib
import random
import time
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process
from scale import made_up_pool

from workbench.memory import Reviewed, UnitMemory

if TYPE_CHECKING:
    from collections.abc import Callable


def measured(find: Callable[[str], object], queries: list[str]) -> str:
    """Median and 99th percentile of the CPU milliseconds of a search."""
    taken = []
    for query in queries:
        began = time.process_time()
        find(query)
        taken.append(1000 * (time.process_time() - began))
    taken.sort()
    return f"{taken[len(taken) // 2]:9.1f} {taken[max(0, int(len(taken) * 0.99) - 1)]:9.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--peers", default="")
    options = parser.parse_args()
    chance = random.Random(5)
    sources = [source for source, _target in made_up_pool(options.count, chance)]
    memory = UnitMemory()
    began = time.process_time()
    for number, source in enumerate(sources):
        memory.put(Reviewed("made-up", str(number), source, str(number)))
    print(f"{len(memory):,} units, built in {time.process_time() - began:.1f} CPU s")
    queries = []
    for source in chance.sample([one for one in sources if 20 <= len(one.split()) <= 30], options.queries):
        words = source.split()
        words[chance.randrange(len(words))] = "zebra"
        queries.append(" ".join(words))
    print("system     median ms    p99 ms")
    print("ours      ", measured(memory.find, queries))
    if "rapidfuzz" in options.peers:
        print(
            "rapidfuzz ", measured(lambda one: process.extract(one, sources, scorer=fuzz.ratio), queries[:20])
        )
    if "difflib" in options.peers:
        print("difflib   ", measured(lambda one: difflib.get_close_matches(one, sources, 5), queries[:1]))


if __name__ == "__main__":
    main()
