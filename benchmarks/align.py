"""Alignment, ours and the peers, on the same data in one run: F1, CPU time, memory, reliability, other directions.

    python benchmarks/align.py --data DIR                         ours, and the quick peers where they are installed
    python benchmarks/align.py --data DIR --peers all --install   everything; what the peers need is installed first
    python benchmarks/align.py --data DIR --systems ours --sets wmt22_hard,literary_like

DIR holds align/*.jsonl (benchmarks/datasets.py has the form); sets in benchmarks/literary are taken too. What the
columns count stands in benchmarks/scorer.py. Every system runs in a process of its own on one thread. "link F1" is from
raw text: ours segments, aligns and mends; peers are given our segments. CPU seconds leave out the set-up (start,
imports, dictionary, model), which has a column of its own; peak memory holds everything.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import datasets, scorer, systems, verdicts
from benchmarks.tables import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.datasets import Dataset, Document
    from benchmarks.peers import System


@dataclass(slots=True)
class Result:
    """What one system did on one set, or on several sets added up; `strict` is by document."""

    kind: str
    tallies: dict[str, scorer.Tally] = field(default_factory=dict)
    types: Counter[tuple[str, bool]] = field(default_factory=Counter)
    strict: list[scorer.Tally] = field(default_factory=list)
    seconds: float = 0.0
    sentences: int = 0
    peak_mb: float = 0.0
    setup: float = 0.0
    failures: int = 0

    def __iadd__(self, other: Result) -> Result:
        for name, tally in other.tallies.items():
            self.tallies[name] = self.tallies.get(name, scorer.Tally()) + tally
        self.types.update(other.types)
        self.strict += other.strict
        self.seconds += other.seconds
        self.sentences += other.sentences
        self.peak_mb = max(self.peak_mb, other.peak_mb)
        self.setup = max(self.setup, other.setup)
        self.failures += other.failures
        return self

    def f1(self, name: str) -> float | None:
        return self.tallies[name].f1 if name in self.tallies else None

    @property
    def speed(self) -> float:
        return self.sentences / self.seconds if self.seconds else 0.0


Results = dict[tuple[str, str], Result]
# What only ours is run for, by set and way: the result, and the beads of each document.
Extras = dict[tuple[str, str], tuple[Result, list[Any]]]
Way: TypeAlias = "Callable[[Document], Document]"


def main() -> int:
    options = arguments()
    try:
        sets = datasets.alignment_sets(Path(options.data or "."), options.sets)
        chosen, absent = systems.choose("align", options.systems or options.peers)
    except (ValueError, OSError) as error:
        print(f"benchmarks/align.py: {error}", file=sys.stderr)
        return 2
    if not options.data or not sets:
        print("benchmarks/align.py: no data: give --data DIR with DIR/align/*.jsonl", file=sys.stderr)
        return 2
    environment = systems.Environment()
    if options.install:
        environment = environment.install()
    before = systems.machine([])
    results: Results = {}
    versions: list[tuple[str, str]] = []
    extras: Extras = {}
    for system in chosen:
        answer = measure(system, sets, environment, results, extras)
        if isinstance(answer, systems.Absent):
            absent.append(answer)
            continue
        versions += answer.items()
        if not options.no_links:
            links(system, [one for one in sets if one.kind != datasets.CLEAN], environment, results)
    names = [system.name for system in chosen if any(name == system.name for _, name in results)]
    tables = [main_table(sets, names, results, absent)]
    if len(names) > 1:
        tables.append(verdicts.ratios(names, totals(sets, names, results)))
    tables += [verdicts.other_ways(sets, extras), verdicts.by_type(names, totals(sets, names, results))]
    tables += [verdicts.reliability(sets, extras), verdicts.lowest_tenth(sets, extras)]
    tables.append(verdicts.warned(sets, extras, strangers(ready(sets), environment)))
    print(f"{before[0]}; workbench at {systems.commit() or 'no commit'}")
    print(systems.machine(versions)[1])
    for table in (each for each in tables if each.rows):
        print(f"\n{table.render(options.to)}")
    print(f"\nafter: {systems.machine([])[0]}")
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", default=os.environ.get("WORKBENCH_BENCH"), help="folder with align/*.jsonl")
    parser.add_argument("--sets", type=systems.names, default=[], help="names of sets; all of them otherwise")
    parser.add_argument("--peers", default="fast", help="fast (default), all, none, or names")
    parser.add_argument("--systems", help="the same as --peers; 'ours' runs no peer")
    parser.add_argument(
        "--install", action="store_true", help="install the peers into a folder of the cache first"
    )
    parser.add_argument("--no-links", action="store_true", help="leave out what starts from raw text")
    parser.add_argument("--to", choices=("text", "markdown"), default="text")
    return parser.parse_args()


def measure(
    system: System,
    sets: Sequence[Dataset],
    environment: systems.Environment,
    results: Results,
    extras: Extras,
) -> dict[str, str] | systems.Absent:
    """Run one system on everything and put its results beside the others'; its versions, or why it could not run."""
    jobs: list[tuple[Dataset, str, Way]] = [(one, "", datasets.plain) for one in ready(sets)]
    if not system.packages:
        jobs += [
            (one, way, WAYS[way]) for way in WAYS for one in ready(sets) if way != "breaks" or broken(one)
        ]
    given = [
        {"name": f"{one.name}|{way}", "documents": [make(document) for document in one.documents]}
        for one, way, make in jobs
    ]
    answer = systems.run(system, "align", given, environment)
    if isinstance(answer, systems.Absent):
        return answer
    for (one, way, _), found in zip(jobs, answer["sets"], strict=True):
        checked = [
            beads_of(each, *sizes(document, way))
            for each, document in zip(found["found"], one.documents, strict=True)
        ]
        result = scored(one, checked, found, answer["setup"])
        if not way:
            results[one.name, system.name] = result
        if not system.packages:
            extras[one.name, way] = result, checked
    return dict(answer["versions"])


WAYS: dict[str, Way] = {
    "breaks": datasets.with_breaks,
    "zh-TW": lambda document: datasets.traditional(document, "zh-TW"),
    "zh-HK": lambda document: datasets.traditional(document, "zh-HK"),
    "zh to en": datasets.mirrored,
}


def ready(sets: Sequence[Dataset]) -> list[Dataset]:
    """The sets whose gold is of sentences."""
    return [one for one in sets if one.kind != datasets.PARAGRAPHS]


def strangers(sets: Sequence[Dataset], environment: systems.Environment) -> dict[str, list[Any]]:
    """Our beads of every document's source with the target of the next one of its set."""
    sets = [one for one in sets if len(one.documents) > 1]
    given = [
        {"name": one.name, "documents": [datasets.plain(each) for each in datasets.mismatched(one.documents)]}
        for one in sets
    ]
    own = systems.choose("align", "none")[0][0]
    answer = systems.run(own, "align", given, environment)
    if isinstance(answer, systems.Absent):
        return {}
    return {one.name: found["found"] for one, found in zip(sets, answer["sets"], strict=True)}


def broken(one: Dataset) -> bool:
    return any(document["en_breaks"] for document in one.documents)


def sizes(document: Document, way: str) -> tuple[int, int, bool]:
    return len(document["en"]), len(document["zh"]), way == "zh to en"


def beads_of(found: Any, english: int, chinese: int, mirror: bool) -> list[Any]:
    """Beads with English on the left; a system that names what is not there, or one sentence twice, is refused."""
    beads = [
        ([*bead[1]], [*bead[0]], *bead[2:]) if mirror else ([*bead[0]], [*bead[1]], *bead[2:])
        for bead in found or []
    ]
    for side, size in ((0, english), (1, chinese)):
        indices = [at for bead in beads for at in bead[side]]
        if len(indices) != len(set(indices)) or not set(indices) <= set(range(size)):
            raise SystemExit(
                f"beads hold a sentence twice or one that is not there: {sorted(indices)[-3:]} of {size}"
            )
    return beads


def scored(one: Dataset, checked: list[Any], found: dict[str, Any], setup: float) -> Result:
    result = Result(
        one.kind,
        seconds=found["seconds"],
        sentences=one.sentences,
        peak_mb=found["peak_mb"],
        setup=setup,
        failures=len(found["failures"]),
    )
    for document, beads in zip(one.documents, checked, strict=True):
        tallies = scorer.score_beads(document["beads"], beads)
        types = scorer.right_by_type(document["beads"], beads)
        result += Result(one.kind, tallies, types, [tallies["strict"]])
    return result


def links(
    system: System, sets: Sequence[Dataset], environment: systems.Environment, results: Results
) -> None:
    """Add the tally of links from raw text to the results."""
    task = "align" if system.packages else "raw"
    own = {one.name: [datasets.segmented(document) for document in one.documents] for one in sets}
    raw = {
        one.name: [{"source": document["en_raw"], "target": document["zh_raw"]} for document in one.documents]
        for one in sets
    }
    given = [{"name": one.name, "documents": (own if task == "align" else raw)[one.name]} for one in sets]
    answer = systems.run(system, task, given, environment)
    if isinstance(answer, systems.Absent):
        systems.say(f"{system.name} gave no links: {answer.reason}")
        return
    for one, found in zip(sets, answer["sets"], strict=True):
        tally = scorer.Tally()
        for document, cut, beads in zip(one.documents, own[one.name], found["found"], strict=True):
            whole = {"source": cut["source_spans"], "target": cut["target_spans"], "beads": beads or []}
            said = whole if task == "align" else beads or {"source": [], "target": [], "beads": []}
            tally += scorer.score_links(document, said["source"], said["target"], said["beads"])
        fresh = Result(
            one.kind, setup=answer["setup"], peak_mb=found["peak_mb"], failures=len(found["failures"])
        )
        results.setdefault((one.name, system.name), fresh).tallies["link"] = tally


def totals(sets: Sequence[Dataset], names: Sequence[str], results: Results) -> dict[tuple[str, str], Result]:
    """Results added up over the sets of each kind."""
    found: dict[tuple[str, str], Result] = {}
    for one in sets:
        for name in names:
            if (one.name, name) in results:
                found.setdefault((one.kind, name), Result(one.kind))
                found[one.kind, name] += results[one.name, name]
    return found


def main_table(
    sets: Sequence[Dataset], names: Sequence[str], results: Results, absent: Sequence[systems.Absent]
) -> Table:
    """Every system on every set, added up by kind, and what could not be run."""
    head = [
        "set",
        "system",
        "P",
        "R",
        "F1",
        "lax F1",
        "null F1",
        "link F1",
        "CPU s",
        "sent/s",
        "peak MB",
        "set-up s",
    ]
    table = Table("Alignment (strict P, R, F1; sentences given, no paragraphs)", head)
    whole = totals(sets, names, results)
    for kind in datasets.KINDS:
        ours = [one for one in sets if one.kind == kind]
        for one in ours:
            for name in names:
                if (one.name, name) in results:
                    add(table, one.name, name, results[one.name, name])
        if len(ours) > 1:
            for name in names:
                if (kind, name) in whole:
                    add(table, f"all {kind}", name, whole[kind, name])
    for each in absent:
        table.add("–", each.name, note=f"not here: {each.reason}")
    return table


def add(table: Table, where: str, name: str, result: Result) -> None:
    strict = result.tallies.get("strict")
    figures = [strict.precision, strict.recall, strict.f1] if strict else [None] * 3
    shown = [*figures, result.f1("lax"), null(result), result.f1("link")]
    table.add(
        where,
        name + (f" ({result.failures} documents failed)" if result.failures else ""),
        *("–" if value is None else f"{value:.4f}" for value in shown),
        f"{result.seconds:.{2 if result.seconds > 0.1 else 3}f}" if result.seconds else "–",
        f"{result.speed:.0f}" if result.seconds else "–",
        f"{result.peak_mb:.0f}",
        f"{result.setup:.2f}",
    )


def null(result: Result) -> float | None:
    """Null F1, where gold has a sentence without a partner."""
    tally = result.tallies.get("null")
    return tally.f1 if tally and tally.gold else None


if __name__ == "__main__":
    raise SystemExit(main())
