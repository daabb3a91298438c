"""The warnings of an alignment: false alarms on true pairs of documents, recall on seeded faults, share of the time.

    python benchmarks/diagnosis.py                      made-up documents
    python benchmarks/diagnosis.py --data DIR           the documents of DIR/align/*.jsonl too

True pairs are the sets as they are, drafts with faults and free translations included. A fault is seeded into the
clean pairs of at least 60 sentences: "told" is the share of them of which the right warning spoke, "named" the share
of which its segment numbers came within a tenth of the document.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sys
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))
from scale import made_up_pool  # type: ignore[import-not-found]

SETS = ("wmt22", "wmt21", "ntrex", "wmt22_hard", "wmt21_hard", "ntrex_hard", "literary_like")
CLEAN = ("wmt22", "wmt21", "ntrex", "made up")


class Faulty(NamedTuple):
    """A document with a fault, what the warning must say and which segments of which side it should name."""

    source: list[str]
    target: list[str]
    said: str
    named: tuple[int, int] | None


def documents(folder: Path | None) -> dict[str, list[tuple[list[str], list[str]]]]:
    found: dict[str, list[tuple[list[str], list[str]]]] = {}
    for name in SETS if folder else ():
        for line in ((folder or Path()) / "align" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            each = json.loads(line)
            sides = ([each[f"{side}_raw"][a:b] for a, b in each[f"{side}_sents"]] for side in ("en", "zh"))
            source, target = sides
            found.setdefault(name, []).append((source, target))
    for seed in range(20):
        pool = made_up_pool(80 + 40 * seed, random.Random(seed))
        found.setdefault("made up", []).append(([a for a, _ in pool], [b for _, b in pool]))
    return found


def faults(source: list[str], target: list[str], other: list[str]) -> dict[str, Faulty]:
    """The document with each kind of fault; both sides are alike sentence by sentence."""
    n = len(source)
    a, b, c = n // 5, n // 5 + max(n // 5, 12), n * 3 // 4
    block = target[a:b]
    half, beside = target[: n // 2] + other[: n - n // 2], target[:a] + other[: b - a] + target[b:]
    moved = target[:a] + target[b:c] + block + target[c:]
    return {
        "sides swapped": Faulty(target, source, "are the two sides swapped", None),
        "another document": Faulty(source, other, "is the draft of another document", None),
        "half of another": Faulty(source, half, "hardly fit each other", (n // 2, n)),
        "block of another": Faulty(source, beside, "hardly fit each other", (a, b)),
        "block moved": Faulty(source, moved, "blocks were moved", (c - (b - a), c)),
        "missing in draft": Faulty(source, target[:a] + target[b:], "no partner in the target", (a, b)),
        "missing in source": Faulty(source[:a] + source[b:], target, "no partner in the source", (a, b)),
        "block twice": Faulty(source, target[:c] + block + target[c:], "is there twice", (c, c + b - a)),
        "not translated": Faulty(source, target[:a] + source[a:b] + target[b:], "left untranslated", (a, b)),
    }


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--data", default=os.environ.get("WORKBENCH_BENCH", ""), help="folder with align/*.jsonl"
    )
    parser.add_argument("--show", action="store_true", help="print false alarms and faults that were missed")
    options = parser.parse_args()
    if options.data and not (Path(options.data) / "align").is_dir():
        print(
            f"benchmarks/diagnosis.py: no data in {options.data}: give --data DIR with DIR/align/*.jsonl",
            file=sys.stderr,
        )
        return 2
    sets = documents(Path(options.data) if options.data else None)
    alarms(sets, show=options.show)
    recall(sets, show=options.show)
    return 0


def alarms(sets: dict[str, list[tuple[list[str], list[str]]]], *, show: bool) -> None:
    from workbench.aligner import align, warnings

    print(f"{'true pairs':18} {'documents':>9} {'with a warning':>14} {'share of the time':>17}")
    for name, pairs in sets.items():
        count, spent, told = 0, 0.0, 0.0
        for source, target in pairs:
            start = time.process_time()
            beads = align(source, target)
            middle = time.process_time()
            lines = warnings(source, target, beads)
            told += time.process_time() - middle
            spent += middle - start
            count += bool(lines)
            if show and lines:
                print(f"  {name}: {len(source)} against {len(target)}: {lines}")
        print(f"{name:18} {len(pairs):9} {count:14} {told / max(spent, 1e-9):17.1%}")


def recall(sets: dict[str, list[tuple[list[str], list[str]]]], *, show: bool) -> None:
    from workbench.aligner import align, warnings

    clean = [pair for name in CLEAN for pair in sets.get(name, []) if min(map(len, pair)) >= 60]
    total: Counter[tuple[str, str]] = Counter()
    for (source, target), (_, other) in pairwise([*clean, clean[0]]):
        for kind, fault in faults(source, target, other).items():
            lines = warnings(fault.source, fault.target, align(fault.source, fault.target))
            right = [line for line in lines if fault.said in line]
            total[kind, "seeded"] += 1
            total[kind, "told"] += bool(right)
            total[kind, "named"] += any(_near(line, fault.named, len(source) / 10) for line in right)
            total[kind, "more"] += len(lines) - len(right)
            if show and not right:
                print(f"  {kind}: {len(fault.source)} against {len(fault.target)}: {lines}")
    print(f"\n{'seeded fault':18} {'documents':>9} {'told':>6} {'named':>6} {'other warnings':>14}")
    for kind in dict.fromkeys(kind for kind, _ in total):
        count = total[kind, "seeded"]
        shares = f"{total[kind, 'told'] / count:6.0%} {total[kind, 'named'] / count:6.0%}"
        print(f"{kind:18} {count:9} {shares} {total[kind, 'more']:14}")


def _near(line: str, named: tuple[int, int] | None, off: float) -> bool:
    """Whether the segment numbers of a warning are about those of the fault."""
    places = [(int(a), int(b)) for a, b in re.findall(r"(\d+) to (\d+)", line)]
    return named is None or any(abs(a - named[0]) <= off and abs(b - named[1]) <= off for a, b in places)


if __name__ == "__main__":
    raise SystemExit(main())
