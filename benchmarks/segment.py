"""Segmentation, ours and the peers, on the same data in one run: boundary P, R, F1, CPU time, memory.

    python benchmarks/segment.py --data DIR                       ours, and the peers where they are installed
    python benchmarks/segment.py --data DIR --install             what the peers need is installed first
    python benchmarks/segment.py --data DIR --systems ours --sets seg_en_ewt,dialogue/en

DIR holds align/seg_*.jsonl (benchmarks/datasets.py has the form); sets in benchmarks/dialogue are taken too. Counted
are sentence ends strictly inside paragraphs, which a blank line parts and which are given one by one. Every system
runs in a process of its own on one thread; speed leaves out the set-up, which has a column of its own. "altered" are
paragraphs whose characters, white space aside, do not come back as they were.
"""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import datasets, scorer, systems
from benchmarks.tables import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.datasets import Dataset, Document
    from benchmarks.peers import System


@dataclass(frozen=True, slots=True)
class Result:
    """What one system did on one set."""

    tally: scorer.Tally
    characters: int
    seconds: float
    peak_mb: float
    setup: float
    altered: int
    paragraphs: int

    @property
    def speed(self) -> float:
        """Millions of characters a CPU second."""
        return self.characters / max(self.seconds, 1e-9) / 1e6


Results = dict[tuple[str, str], Result]


def main() -> int:
    options = arguments()
    try:
        sets = datasets.segmentation_sets(Path(options.data or "."), options.sets)
        chosen, absent = systems.choose("segment", options.systems or options.peers)
    except (ValueError, OSError) as error:
        print(f"benchmarks/segment.py: {error}", file=sys.stderr)
        return 2
    if not options.data or not sets:
        print("benchmarks/segment.py: no data: give --data DIR with DIR/align/seg_*.jsonl", file=sys.stderr)
        return 2
    environment = systems.Environment()
    if options.install:
        environment = environment.install()
    before = systems.machine([])
    results: Results = {}
    versions: list[tuple[str, str]] = []
    for system in chosen:
        answer = measure(system, sets, environment, results)
        if isinstance(answer, systems.Absent):
            absent.append(answer)
        else:
            versions += answer.items()
    names = [system.name for system in chosen if any(name == system.name for _, name in results)]
    print(f"{before[0]}; workbench at {systems.commit() or 'no commit'}")
    print(systems.machine(versions)[1])
    for table in (main_table(sets, names, results, absent), side_by_side(sets, names, results)):
        print(f"\n{table.render(options.to)}")
    print(f"\nafter: {systems.machine([])[0]}")
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--data", default=os.environ.get("WORKBENCH_BENCH"), help="folder with align/seg_*.jsonl"
    )
    parser.add_argument("--sets", type=systems.names, default=[], help="names of sets; all of them otherwise")
    parser.add_argument("--peers", default="all", help="all (default), none, or names")
    parser.add_argument("--systems", help="the same as --peers; 'ours' runs no peer")
    parser.add_argument(
        "--install", action="store_true", help="install the peers into a folder of the cache first"
    )
    parser.add_argument("--to", choices=("text", "markdown"), default="text")
    return parser.parse_args()


def measure(
    system: System, sets: Sequence[Dataset], environment: systems.Environment, results: Results
) -> dict[str, str] | systems.Absent:
    """Run one system on the sets of its languages; its versions, or why it could not run."""
    fitting = [one for one in sets if one.kind in system.langs]
    langs = {one.kind for one in fitting}
    given = [
        {
            "name": one.name,
            "lang": one.kind,
            "documents": [document["raw"].split("\n\n") for document in one.documents],
        }
        for one in fitting
    ]
    answer = systems.run(system, "segment", given, environment, langs=sorted(langs))
    if isinstance(answer, systems.Absent):
        return answer
    for one, found in zip(fitting, answer["sets"], strict=True):
        results[one.name, system.name] = scored(one, found, answer["setup"])
    return dict(answer["versions"])


def scored(one: Dataset, found: dict[str, Any], setup: float) -> Result:
    tally, altered = scorer.Tally(), 0
    for document, pieces in zip(one.documents, found["found"], strict=True):
        spans, changed = spans_of(document, pieces)
        tally += scorer.score_ends(document["raw"], document["sents"], spans)
        altered += changed
    characters = sum(len(document["raw"]) for document in one.documents)
    paragraphs = sum(len(document["raw"].split("\n\n")) for document in one.documents)
    return Result(tally, characters, found["seconds"], found["peak_mb"], setup, altered, paragraphs)


def spans_of(document: Document, pieces: Sequence[Sequence[str]]) -> tuple[list[tuple[int, int]], int]:
    """The pieces of each paragraph as spans of the text, by counting what is not white space; how many were altered."""
    spans: list[tuple[int, int]] = []
    base = altered = 0
    for paragraph, parts in zip(document["raw"].split("\n\n"), pieces, strict=True):
        solid = [at for at, character in enumerate(paragraph) if not character.isspace()]
        altered += "".join("".join(parts).split()) != "".join(paragraph.split())
        start = done = 0
        for part in parts:
            done = min(done + len("".join(part.split())), len(solid))
            end = solid[done - 1] + 1 if done else 0
            spans.append((base + start, base + end))
            start = end
        base += len(paragraph) + 2
    return spans, altered


def main_table(
    sets: Sequence[Dataset], names: Sequence[str], results: Results, absent: Sequence[systems.Absent]
) -> Table:
    """Every system on every set, and what could not be run."""
    head = ["set", "system", "P", "R", "F1", "Mchar/s", "peak MB", "set-up s", "altered"]
    table = Table("Segmentation (sentence ends inside paragraphs; speed per CPU second)", head)
    for one in sets:
        for name in names:
            if (one.name, name) not in results:
                table.add(one.name, name, note=f"does not know the language {one.kind!r}")
                continue
            result = results[one.name, name]
            tally = result.tally
            table.add(
                one.name,
                name,
                *(f"{value:.4f}" for value in (tally.precision, tally.recall, tally.f1)),
                f"{result.speed:.2f}",
                f"{result.peak_mb:.0f}",
                f"{result.setup:.2f}",
                f"{result.altered} of {result.paragraphs}" if result.altered else "–",
            )
    for each in absent:
        table.add("–", each.name, note=f"not here: {each.reason}")
    return table


def side_by_side(sets: Sequence[Dataset], names: Sequence[str], results: Results) -> Table:
    """F1 with a column a set, and over the sets of each language: characters a CPU second and the highest peak."""
    langs = sorted({one.kind for one in sets})
    head = [
        "system",
        *(one.name.removeprefix("seg_") for one in sets),
        *(f"Mchar/s {lang}" for lang in langs),
        "peak MB",
    ]
    table = Table("F1 side by side", head, words=1)
    for name in names:
        own = {one.name: results[one.name, name] for one in sets if (one.name, name) in results}
        cells = [f"{own[one.name].tally.f1:.4f}" if one.name in own else "–" for one in sets]
        for lang in langs:
            part = [own[one.name] for one in sets if one.kind == lang and one.name in own]
            seconds = sum(each.seconds for each in part)
            cells.append(f"{sum(each.characters for each in part) / seconds / 1e6:.2f}" if seconds else "–")
        table.add(name, *cells, f"{max(each.peak_mb for each in own.values()):.0f}")
    return table


if __name__ == "__main__":
    raise SystemExit(main())
