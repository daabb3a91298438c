"""Values in text: right renderings silent, wrong ones found, noise on human translations, changed values found, speed.

    python benchmarks/values.py [--data DIR] [--seed N] [--mutations N] [--show] [--json FILE]

Without data it measures on values/*.jsonl, pairs written for this project: an English sentence, a Chinese rendering,
and whether the rendering is wrong ("fault"). Each file was measured once before anything was mended for it; `FIRST`
holds those figures, for a set that has been looked at shows no more what unseen text would.

DIR adds qa/values.jsonl (such pairs of your own), and for noise, mutations and speed whatever is there of
qa/untouched.jsonl, drafts/*.en beside *.zh, and score/*.src.en beside *.refA.zh: human references. A mutation changes
one value of a reference (mutations.py) and is found when there are other findings than before.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.mutations import KINDS, mutate
from benchmarks.tables import Table
from workbench.checks.texts import view
from workbench.numerals import compare, find_values
from workbench.numerals.reading import _values

if TYPE_CHECKING:
    from workbench.numerals import Difference

OWN = Path(__file__).parent / "values"
# Right renderings silent and wrong ones found, in percent, when each set was first measured.
FIRST = {"development": (95.3, 93.6), "held_out": (97.0, 95.3), "fresh": (94.5, 95.7), "second": (99.4, 98.7)}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=os.environ.get("WORKBENCH_BENCH"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mutations", type=int, default=500, help="references to change, 0 = none")
    parser.add_argument("--show", action="store_true", help="print what goes wrong")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    options = parser.parse_args()
    figures: dict[str, Any] = {}
    files = sorted(OWN.glob("*.jsonl"))
    references: list[tuple[str, str]] = []
    if options.data:
        folder = Path(options.data)
        files += [path for path in [folder / "qa" / "values.jsonl"] if path.is_file()]
        references = read_references(folder)
    figures["pairs"] = measure_pairs(files, show=options.show)
    if not references:
        print("no references: --data DIR measures noise, mutations and speed on human translations")
    else:
        figures["noise"] = measure_noise(references, show=options.show)
        if options.mutations:
            figures["mutations"] = measure_mutations(
                references, options.mutations, options.seed, show=options.show
            )
        figures["speed"] = measure_speed(references)
    if options.json:
        options.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_references(folder: Path) -> list[tuple[str, str]]:
    """English sources with their human translations, of all that DIR holds."""
    pairs: list[tuple[str, str]] = []
    untouched = folder / "qa" / "untouched.jsonl"
    if untouched.is_file():
        rows = [json.loads(line) for line in untouched.read_text(encoding="utf-8").splitlines()]
        pairs += [(row["source"], row["target"]) for row in rows]
    sides = [(path, path.with_suffix(".zh")) for path in sorted(folder.glob("drafts/*.en"))]
    sides += [
        (path, Path(str(path).replace(".src.en", ".refA.zh")))
        for path in sorted(folder.glob("score/*.src.en"))
    ]
    for source, target in sides:
        if target.is_file():
            texts = [path.read_text(encoding="utf-8").splitlines() for path in (source, target)]
            pairs += list(zip(texts[0], texts[1], strict=True))
    return pairs


def differences(source: str, target: str) -> tuple[Difference, ...]:
    return compare(view(source).masked, view(target).masked, "en", "zh")


def measure_pairs(files: list[Path], *, show: bool) -> dict[str, Any]:
    table = Table(
        "own pairs",
        ["set", "right", "silent %", "wrong", "found %", "first silent %", "first found %"],
        words=1,
    )
    figures = {}
    for path in files:
        good, count = Counter[str](), Counter[str]()
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            kind = "wrong" if row["fault"] else "right"
            count[kind] += 1
            found = differences(row["source"], row["target"])
            good[kind] += bool(found) == (kind == "wrong")
            if show and bool(found) != (kind == "wrong"):
                print(f"{row['id']}: {row['source']} | {row['target']}", *map(words, found), sep="\n    ")
        share = {kind: round(100 * good[kind] / count[kind], 1) for kind in count}
        first = FIRST.get(path.stem)
        table.add(
            path.stem,
            str(count["right"]),
            f"{share['right']:.1f}",
            str(count["wrong"]),
            f"{share['wrong']:.1f}",
            *([f"{first[0]:.1f}", f"{first[1]:.1f}"] if first else ["", ""]),
        )
        figures[path.stem] = {**share, "n": dict(count), "first": first}
    print(table.text(), "\n")
    return figures


def words(difference: Difference) -> str:
    shown = [value.text if value else "-" for value in (difference.source, difference.target)]
    return f"{difference.problem}: {shown[0]} / {shown[1]}"


def measure_noise(references: list[tuple[str, str]], *, show: bool) -> dict[str, Any]:
    """Findings on untouched references, which are false alarms or slips of the translator."""
    count = Counter[str]()
    for source, target in references:
        for found in differences(source, target):
            count[found.topic] += 1
            if show:
                print(f"{words(found)}\n    {source}\n    {target}")
    per_hundred = 100 * sum(count.values()) / len(references)
    print(
        f"noise: {sum(count.values())} findings on {len(references)} references, {per_hundred:.2f} per 100",
        dict(count),
        "\n",
    )
    return {"references": len(references), "findings": dict(count)}


def measure_mutations(
    references: list[tuple[str, str]], limit: int, seed: int, *, show: bool
) -> dict[str, Any]:
    """One change to each of `limit` references that can be changed so, kinds in turn."""
    order = random.Random(seed)
    pairs = references[:]
    order.shuffle(pairs)
    hit, count, turn = Counter[str](), Counter[str](), 0
    for source, target in pairs:
        if sum(count.values()) == limit:
            break
        kinds = [KINDS[(turn + step) % len(KINDS)] for step in range(len(KINDS))]
        changed = next((one for kind in kinds if (one := mutate(target, kind, order))), None)
        if changed is None or not find_values(view(source).masked, "en"):
            continue
        turn += 1
        count[changed.kind] += 1
        found = differences(source, changed.text) != differences(source, target)
        hit[changed.kind] += found
        if show and not found:
            print(f"{changed.kind}: {changed.before} → {changed.after}\n    {source}\n    {changed.text}")
    table = Table("changed references", ["kind", "changed", "found %"], words=1)
    for kind in KINDS:
        if count[kind]:
            table.add(kind, str(count[kind]), f"{100 * hit[kind] / count[kind]:.1f}")
    table.add("all", str(sum(count.values())), f"{100 * sum(hit.values()) / sum(count.values()):.1f}")
    print(table.text(), "\n")
    return {kind: {"n": count[kind], "found": hit[kind]} for kind in KINDS}


def measure_speed(references: list[tuple[str, str]]) -> dict[str, float]:
    """CPU milliseconds to read and compare one unit, caches emptied before each."""
    texts = [(view(source).masked, view(target).masked) for source, target in references]
    spent = []
    for source, target in texts:
        compare.cache_clear()
        _values.cache_clear()
        began = time.process_time_ns()
        compare(source, target, "en", "zh")
        spent.append((time.process_time_ns() - began) / 1e6)
    spent.sort()
    figures = {"median_ms": spent[len(spent) // 2], "p99_ms": spent[len(spent) * 99 // 100]}
    print(f"speed: median {figures['median_ms']:.2f} ms, p99 {figures['p99_ms']:.2f} ms a unit")
    return figures


if __name__ == "__main__":
    main()
