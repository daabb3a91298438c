"""Scores of the workbench and of sacrebleu, in one run on the same data: equal numbers, CPU time, peak memory, latency.

    python benchmarks/score.py --data DIR [--pairs 10000] [--ter-pairs 200] [--live 100]

DIR holds score/*.refA.zh, a reference with a segment a line, and score/*.hyp.SYSTEM.zh, translations of as many lines.
Each engine scores in a process of its own; CPU time is that of the whole process, imports included. Every pair gets a
character of its own, so that no cache of tokenized lines can hide work.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

sys.path.insert(0, str(Path(__file__).parents[1]))

Pairs: TypeAlias = list[tuple[str, str]]

METRICS = ("bleu", "chrf", "chrf++", "ter")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=os.environ.get("WORKBENCH_BENCH"))
    parser.add_argument("--pairs", type=int, default=10_000)
    parser.add_argument("--ter-pairs", type=int, default=200, help="sacrebleu takes about 0.15 s for each")
    parser.add_argument("--live", type=int, default=100, help="units in which typing is imitated")
    parser.add_argument(
        "--score", nargs=4, metavar=("ENGINE", "METRIC", "HYP", "REF"), help=argparse.SUPPRESS
    )
    options = parser.parse_args()
    if options.score:
        print(json.dumps(score(*options.score)))
        return
    files = sorted((Path(options.data) / "score").glob("*.hyp.*.zh")) if options.data else []
    if not files:
        sys.exit("no data: give --data DIR (or WORKBENCH_BENCH) with score/*.hyp.*.zh and score/*.refA.zh")
    pairs = read(files)
    versions = ", ".join(
        f"{name} {importlib.metadata.version(name)}" for name in ("sacrebleu", "numpy", "rapidfuzz")
    )
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, load {load}, Python {platform.python_version()}, {versions}"
    )
    print(
        f"{'metric':8}{'pairs':>8}{'score':>11}{'difference':>12}{'CPU s':>8}{'sacrebleu':>11}{'ratio':>7}"
        f"{'MB':>6}{'sacrebleu':>11}"
    )
    worst = max(
        compare(metric, spread(pairs, options.ter_pairs if metric == "ter" else options.pairs))
        for metric in METRICS
    )
    live(pairs, options.live)
    if worst > 1e-9:
        sys.exit(f"the scores differ by up to {worst:g}")


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
    """Print a line of the table; the difference of the two scores."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / "hypotheses", Path(folder) / "references"]
        for file, lines in zip(files, zip(*pairs, strict=True), strict=True):
            file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        ours, theirs = (
            json.loads(
                subprocess.check_output(
                    [sys.executable, __file__, "--score", engine, metric, *map(str, files)]
                )
            )
            for engine in ("workbench", "sacrebleu")
        )
    difference = abs(ours["score"] - theirs["score"])
    print(
        f"{metric:8}{len(pairs):8}{ours['score']:11.6f}{difference:12.1e}{ours['cpu']:8.2f}{theirs['cpu']:11.2f}"
        f"{theirs['cpu'] / ours['cpu']:7.1f}{ours['memory']:6.0f}{theirs['memory']:11.0f}",
        flush=True,
    )
    return float(difference)


def score(engine: str, metric: str, hypothesis_file: str, reference_file: str) -> dict[str, float]:
    """Score two files in this process: the score, CPU seconds and peak memory in MB since it was started."""
    with (
        Path(hypothesis_file).open(encoding="utf-8") as hypotheses,
        Path(reference_file).open(encoding="utf-8") as references,
    ):
        sides = [(line.rstrip("\n") for line in file) for file in (hypotheses, references)]
        if engine == "workbench":
            from workbench import metrics

            value = metrics.score(*sides, metrics=(metric,), lang="zh")[0].value
        else:
            value = sacrebleu_score(metric, list(sides[0]), list(sides[1]))
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {"score": value, "cpu": used.ru_utime + used.ru_stime, "memory": used.ru_maxrss / 1024}


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
