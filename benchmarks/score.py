"""Scores of the workbench and of sacrebleu, in one run on the same data: equal numbers, CPU time, peak memory, latency.

    python benchmarks/score.py --data DIR [--pairs 10000,100000] [--ter-pairs 1000] [--live 100]
                               [--scale 1000,10000,100000,1000000] [--paired 1000 [--paired-pairs 997,10000]]
                               [--workers 2]

DIR holds score/*.refA.zh, a reference with a segment a line, and score/*.hyp.SYSTEM.zh, translations of as many lines.
Each engine scores in a process of its own; CPU time is that of the whole process, imports included. Every pair gets a
character of its own, so that no cache of tokenized lines can hide work. "fast" is the extra of that name (numba),
"pure" the workbench without it. --paired compares the paired bootstrap of two systems, --scale shows time and memory
of BLEU and chrF from a thousand pairs up, --workers the time of two processes against one.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

sys.path.insert(0, str(Path(__file__).parents[1]))

Pairs: TypeAlias = list[tuple[str, str]]

FAST = importlib.util.find_spec("numba") is not None
METRICS = ("bleu", "chrf", "chrf++", "ter")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=os.environ.get("WORKBENCH_BENCH"))
    parser.add_argument(
        "--pairs", type=numbers, default=[10_000], help="for BLEU and chrF; 0 leaves them out"
    )
    parser.add_argument("--ter-pairs", type=int, default=200, help="sacrebleu takes about 0.15 s for each")
    parser.add_argument("--live", type=int, default=100, help="units in which typing is imitated")
    parser.add_argument(
        "--scale", type=numbers, default=[], help="numbers of pairs to score with the workbench alone"
    )
    parser.add_argument(
        "--paired", type=int, default=1000, help="resamples of the paired bootstrap; 0 leaves it out"
    )
    parser.add_argument(
        "--paired-pairs", type=numbers, default=[10_000], help="lines of its systems, the given ones repeated"
    )
    parser.add_argument(
        "--workers", type=int, default=0, help="processes to compare with one, on 24,576 pairs, twice"
    )
    parser.add_argument("--run", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        print(json.dumps(TASKS[options.run[0]](*options.run[1:])))
        return
    files = sorted((Path(options.data) / "score").glob("*.hyp.*.zh")) if options.data else []
    if not files:
        sys.exit("no data: give --data DIR (or WORKBENCH_BENCH) with score/*.hyp.*.zh and score/*.refA.zh")
    pairs = read(files)
    # Only here: it would take a tenth of a second of every measured process.
    import importlib.metadata

    versions = ", ".join(
        f"{name} {importlib.metadata.version(name)}"
        for name in ("sacrebleu", "numpy", "rapidfuzz", *(("numba",) if FAST else ()))
    )
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, load {load}, Python {platform.python_version()}, {versions}"
    )
    worst = corpora(pairs, options)
    if options.paired:
        for size in options.paired_pairs:
            worst = max(worst, paired(files, options.paired, size))
    if options.live:
        live(pairs, options.live)
    if options.scale:
        scale(pairs, options.scale)
    if options.workers:
        parallel(pairs, options.workers)
    if worst > 1e-9:
        sys.exit(f"the scores differ by up to {worst:g}")


def numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",") if int(part)]


def corpora(pairs: Pairs, options: argparse.Namespace) -> float:
    """Print the table of corpus scores; the largest difference."""
    print(
        f"\n{'metric':8}{'pairs':>8}{'score':>11}{'difference':>12}{'sacrebleu':>11}{'pure':>8}{'fast':>8}{'ratios':>14}"
        f"{'MB':>6}{'fast':>6}{'sacrebleu':>11}   CPU seconds of the whole process"
    )
    sizes = [(metric, size) for size in options.pairs for metric in METRICS if metric != "ter"]
    sizes += [("ter", options.ter_pairs)] if options.ter_pairs else []
    return max((compare(metric, spread(pairs, size)) for metric, size in sizes), default=0.0)


def read(files: list[Path]) -> Pairs:
    """All pairs of hypothesis and reference, in an order mixed the same way each time."""
    pairs: Pairs = []
    for file in files:
        reference = file.with_name(f"{file.name.split('.hyp.')[0]}.refA.zh")
        pairs += zip(
            file.read_text(encoding="utf-8").splitlines(),
            reference.read_text(encoding="utf-8").splitlines(),
            strict=True,
        )
    random.Random(1).shuffle(pairs)
    return pairs


def spread(pairs: Pairs, size: int) -> Pairs:
    """`size` distinct pairs: the given ones again and again, each reference with an ideograph or two at its end."""
    found = []
    for index in range(size):
        hypothesis, reference = pairs[index % len(pairs)]
        again, own = divmod(index, 6000)
        found.append((hypothesis + chr(0x4E00 + again) * bool(again), reference + chr(0x3400 + own)))
    return found


def compare(metric: str, pairs: Pairs) -> float:
    """Print a line of the table; the largest difference of the scores."""
    with written(pairs) as files:
        theirs = run("sacrebleu", metric, *files)
        pure = run("workbench", metric, *files)
        fast = run("workbench", metric, *files, fast=True) if FAST else None
    difference = max(abs(ours["score"] - theirs["score"]) for ours in (pure, fast or pure))
    ratios = f"{theirs['cpu'] / pure['cpu']:.1f}" + (f" / {theirs['cpu'] / fast['cpu']:.1f}" if fast else "")
    print(
        f"{metric:8}{len(pairs):8}{pure['score']:11.6f}{difference:12.1e}{theirs['cpu']:11.2f}{pure['cpu']:8.2f}"
        f"{fast['cpu'] if fast else math.nan:8.2f}{ratios:>14}{pure['memory']:6.0f}"
        f"{fast['memory'] if fast else math.nan:6.0f}{theirs['memory']:11.0f}",
        flush=True,
    )
    return float(difference)


@contextmanager
def written(pairs: Pairs) -> Iterator[list[str]]:
    """The pairs as two files."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / "hypotheses", Path(folder) / "references"]
        for file, lines in zip(files, zip(*pairs, strict=True), strict=True):
            file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        yield list(map(str, files))


def run(task: str, *words: str, fast: bool = False) -> dict[str, Any]:
    """What a task gives in a process of its own, with its CPU seconds, wall seconds and peak memory in MB."""
    started = time.monotonic()
    found = json.loads(
        subprocess.check_output(
            [sys.executable, __file__, "--run", task, *words],
            env=os.environ | {"WORKBENCH_FAST": "1" if fast else "0"},
        )
    )
    return found | {"wall": time.monotonic() - started}


def used() -> dict[str, float]:
    """CPU seconds and peak memory in MB of this process."""
    mine = resource.getrusage(resource.RUSAGE_SELF)
    memory = mine.ru_maxrss / 1024
    status = Path("/proc/self/status")
    if status.exists():
        # What the parent held when it started this process counts as ru_maxrss, but not here.
        (peak,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        memory = int(peak.split()[1]) / 1024
    return {"cpu": mine.ru_utime + mine.ru_stime, "memory": memory}


def lines(file: str) -> Iterator[str]:
    with Path(file).open(encoding="utf-8") as stream:
        for line in stream:
            yield line.rstrip("\n")


def ours(metric: str, hypotheses: str, references: str) -> dict[str, Any]:
    """The workbench's corpus score of two files."""
    from workbench import metrics

    scores = metrics.score(lines(hypotheses), lines(references), metrics=metric.split(","), lang="zh")
    return {"score": scores[0].value, **used()}


def theirs(metric: str, hypotheses: str, references: str) -> dict[str, Any]:
    """sacrebleu's corpus score of two files."""
    return {"score": sacrebleu_score(metric, list(lines(hypotheses)), list(lines(references))), **used()}


def our_paired(samples: str, reference: str, *systems: str) -> dict[str, Any]:
    """The workbench's paired bootstrap of BLEU and chrF: p values, means, half widths."""
    from workbench.metrics import significance
    from workbench.pipeline.measuring import measure
    from workbench.pipeline.sides import read_side

    names = ("bleu", "chrf")
    measured = measure([read_side(file) for file in systems], [read_side(reference)], names, keep=True)
    found = []
    for name in names:
        ranking = significance.rank(
            measured.tables, measured.systems, name, measured.setting, samples=int(samples)
        )
        by_name = {one.system: one for one in ranking.estimates}
        found += [ranking.comparisons[0].p_value]
        found += [value for file in systems for value in (by_name[file].mean, by_name[file].half_width)]
    return {"score": found, **used()}


def their_paired(samples: str, reference: str, *systems: str) -> dict[str, Any]:
    """The same by sacrebleu."""
    from sacrebleu.metrics import BLEU, CHRF
    from sacrebleu.significance import PairedTest

    named = [(file, list(lines(file))) for file in systems]
    metrics = {"BLEU": BLEU(tokenize="zh"), "chrF": CHRF()}
    _, results = PairedTest(named, metrics, [list(lines(reference))], "bs", int(samples))()
    found = []
    for name in ("BLEU", "chrF2"):
        first, second = results[name]
        found += [second.p_value, first.mean, first.ci, second.mean, second.ci]
    return {"score": [float(value) for value in found], **used()}


TASKS = {"workbench": ours, "sacrebleu": theirs, "our_paired": our_paired, "their_paired": their_paired}


def paired(files: list[Path], samples: int, size: int) -> float:
    """Print the paired bootstrap of the first two systems on that many lines; the largest difference of p values."""
    reference = files[0].with_name(f"{files[0].name.split('.hyp.')[0]}.refA.zh")
    sides = [file.read_text(encoding="utf-8").splitlines() for file in (reference, *files[:2])]
    size = size or len(sides[0])
    with tempfile.TemporaryDirectory() as folder:
        places = [Path(folder) / name for name in ("reference", "first", "second")]
        for place, side in zip(places, sides, strict=True):
            lines = [
                side[at % len(side)] + chr(0x4E00 + at // len(side)) * (at >= len(side)) for at in range(size)
            ]
            place.write_text("\n".join(lines) + "\n", encoding="utf-8")
        words = [str(samples), *map(str, places)]
        peer, mine = run("their_paired", *words), run("our_paired", *words)
    apart = [abs(a - b) for a, b in zip(peer["score"], mine["score"], strict=True)]
    p_values = max(apart[0], apart[5])
    print(
        f"\npaired bootstrap, {samples} resamples, 2 systems of {size} lines, BLEU and chrF: "
        f"sacrebleu {peer['cpu']:.2f} s, {peer['memory']:.0f} MB, "
        f"workbench {mine['cpu']:.2f} s, {mine['memory']:.0f} MB, ratio "
        f"{peer['cpu'] / mine['cpu']:.1f}; p values differ by {p_values:.1e}, means and intervals by {max(apart):.1e}",
        flush=True,
    )
    return float(p_values)


def scale(pairs: Pairs, sizes: list[int]) -> None:
    """Print what BLEU and chrF together cost for more and more pairs."""
    print(f"\n{'pairs':>10}{'CPU s':>9}{'us a pair':>11}{'MB':>7}   BLEU and chrF{', fast' if FAST else ''}")
    for size in sizes:
        with written(spread(pairs, size)) as files:
            found = run("workbench", "bleu,chrf", *files, fast=FAST and size >= 50_000)
        print(
            f"{size:10}{found['cpu']:9.2f}{1e6 * found['cpu'] / size:11.1f}{found['memory']:7.0f}", flush=True
        )


def parallel(pairs: Pairs, workers: int) -> None:
    """Print the time of several processes against one, in turn and twice: on a busy machine only CPU time says much."""
    print("\n24,576 pairs, BLEU, chrF and TER, pure")
    with written(spread(pairs, 24_576)) as files:
        command = [sys.executable, "-m", "workbench", "score", files[0], "--ref", files[1]]
        command += ["--metric", "bleu,chrf,ter", "--workers"]
        for _ in range(2):
            walls = []
            for count in (1, workers):
                before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
                subprocess.check_output(
                    [*command, str(count)],
                    env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1]), "WORKBENCH_FAST": "0"},
                )
                after = resource.getrusage(resource.RUSAGE_CHILDREN)
                walls.append(time.monotonic() - started)
                cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
                load = os.getloadavg()[0]
                print(
                    f"{count} processes: {walls[-1]:6.1f} s of wall time, {cpu:6.1f} s of CPU, load {load:.1f}"
                )
            print(f"{walls[0] / walls[1]:.2f} times as fast", flush=True)


def sacrebleu_score(metric: str, hypotheses: list[str], references: list[str]) -> float:
    from sacrebleu.metrics import BLEU, CHRF, TER

    measure = {
        "bleu": lambda: BLEU(tokenize="zh"),
        "chrf": CHRF,
        "chrf++": lambda: CHRF(word_order=2),
        "ter": lambda: TER(normalized=True, asian_support=True),
    }[metric]()
    return float(measure.corpus_score(hypotheses, [references]).score)


def live(pairs: Pairs, units: int) -> None:
    """Print what a keystroke costs: drafts turned a third of the way into the reference, then typed in."""
    from workbench import diff, metrics

    def put(draft: str, target: str) -> None:
        document.put("0", draft, target)
        document.scores()

    document = metrics.DocumentScores()
    document.put_all((str(number), draft, draft) for number, (draft, _) in enumerate(pairs[:1000]))
    work: dict[str, Callable[[str, str], object]] = {
        name: partial(metrics.unit_scores, metrics=(name,)) for name in metrics.LIVE
    }
    work |= {"all four": metrics.unit_scores, "differences": diff.edits, "document": put}
    spent: dict[str, list[float]] = {name: [] for name in work}
    chance = random.Random(2)
    for draft, reference in pairs[:units]:
        target = draft
        for edit in reversed([edit for edit in diff.edits(draft, reference) if edit.op != "equal"]):
            if chance.random() < 0.3:
                new = edit.new_span.of(reference)
                target = target[: edit.old_span.start] + new + target[edit.old_span.end :]
        for _ in range(10):
            place = chance.randrange(len(target) + 1)
            target = target[:place] + chance.choice("的了是在和有") + target[place:]
            for name, function in work.items():
                started = time.thread_time()
                function(draft, target)
                spent[name].append(time.thread_time() - started)
    mean = sum(len(draft) for draft, _ in pairs[:units]) // units
    print(f"\nper keystroke, CPU ms of the thread; {units} units, {mean} characters on average")
    print(f"{'':14}{'median':>8}{'p90':>8}{'p99':>8}{'most':>8}")
    for name, seconds in spent.items():
        seconds.sort()
        marks = [seconds[int(len(seconds) * part)] for part in (0.5, 0.9, 0.99)]
        print(f"{name:14}" + "".join(f"{1000 * mark:8.2f}" for mark in (*marks, seconds[-1])))


if __name__ == "__main__":
    main()
