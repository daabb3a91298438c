"""Alignment, ours and the peers that are installed, on one machine in one run: strict and lax F1, null F1, CPU, memory.

    python benchmarks/align.py --data DIR            DIR/align/*.jsonl, as WORKBENCH_BENCH also says
    python benchmarks/align.py --data DIR --long 100000

Peers are run where they can be imported: `pip install galechurch`. `+breaks` also gives the paragraphs of both sides.
"strict": the bead is in gold; "lax": it shares a pair with gold; "null": sentences that have no partner.
"link" (from raw text, own segmentation): pairs of gold units that beads tie together.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import sys
import time
from collections import Counter
from importlib.metadata import PackageNotFoundError, version
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

SETS = ("wmt22_hard", "wmt21_hard", "ntrex_hard", "literary_like", "wmt22", "wmt21", "ntrex")
RAW_SETS = ("wmt24par", "wmt22_hard", "wmt21_hard", "ntrex_hard")
Pairs = list[tuple[tuple[int, ...], tuple[int, ...]]]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--data", default=os.environ.get("WORKBENCH_BENCH"), help="folder that holds align/*.jsonl"
    )
    parser.add_argument(
        "--long", type=int, metavar="N", help="align a made-up document of N sentences, 30%% missing"
    )
    options = parser.parse_args()
    folder = Path(options.data or "") / "align"
    if not options.data or not folder.is_dir():
        print("benchmarks/align.py: no data: give --data DIR with DIR/align/*.jsonl", file=sys.stderr)
        return 2
    if options.long:
        long_document(folder, options.long)
        return 0
    systems: dict[str, Callable[..., Pairs]] = {"workbench": ours, "workbench +breaks": ours_with_breaks}
    if has("galechurch"):
        systems["galechurch"] = galechurch
        systems["galechurch, document mean"] = galechurch_mean
    print(
        f"workbench {version('translation-workbench') if has('translation-workbench') else 'from this folder'}"
    )
    start = time.process_time()
    from workbench import lexicon

    lexicon.load()
    print(f"dictionary ready in {time.process_time() - start:.2f} s of CPU")
    print(
        f"{'set':14} {'system':28} {'P':>6} {'R':>6} {'F1':>6} {'lax':>6} {'null':>6} {'sent/s':>7} {'MB':>5}"
    )
    judged: list[tuple[float, bool]] = []
    for name in SETS:
        documents = load(folder / f"{name}.jsonl")
        for system, run in systems.items():
            report(name, system, documents, run)
        judged += judge(documents)
    reliability(judged)
    print("\nfrom raw text: link P, R, F1")
    for name in RAW_SETS:
        print(
            f"{name:14} P {{:.4f}} R {{:.4f}} F1 {{:.4f}}".format(*raw_links(load(folder / f"{name}.jsonl")))
        )
    return 0


def has(package: str) -> bool:
    try:
        version(package)
    except PackageNotFoundError:
        return False
    return True


def load(path: Path) -> list[dict[str, Any]]:
    """The documents of a set, with `en` and `zh` sentences and where paragraphs start."""
    documents = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    for document in documents:
        for side in ("en", "zh"):
            raw, spans = document[f"{side}_raw"], document[f"{side}_sents"]
            document[side] = [raw[a:b] for a, b in spans]
            gaps = [raw[before[1] : after[0]] for before, after in pairwise(spans)]
            document[f"{side}_breaks"] = [0, *(at + 1 for at, gap in enumerate(gaps) if "\n\n" in gap)]
    return documents


def ours(document: dict[str, Any], **breaks: Sequence[int]) -> Pairs:
    from workbench.aligner import align

    return [
        (tuple(bead.source), tuple(bead.target)) for bead in align(document["en"], document["zh"], **breaks)
    ]


def ours_with_breaks(document: dict[str, Any]) -> Pairs:
    return ours(document, source_breaks=document["en_breaks"], target_breaks=document["zh_breaks"])


def galechurch(document: dict[str, Any], mean: float = 1.0) -> Pairs:
    import galechurch as peer  # type: ignore[import-not-found]

    beads = peer.align(document["en"], document["zh"], mean_xy=mean).beads
    return [
        (tuple(range(bead.source_start, bead.source_end)), tuple(range(bead.target_start, bead.target_end)))
        for bead in beads
    ]


def galechurch_mean(document: dict[str, Any]) -> Pairs:
    english, chinese = (sum(map(len, document[side])) for side in ("en", "zh"))
    return galechurch(document, english / chinese)


def report(name: str, system: str, documents: list[dict[str, Any]], run: Callable[..., Pairs]) -> None:
    total: Counter[str] = Counter()
    start = time.process_time()
    found = [run(document) for document in documents]
    seconds = time.process_time() - start
    for document, beads in zip(documents, found, strict=True):
        total.update(counted([(tuple(a), tuple(b)) for a, b in document["beads"]], beads))
    sentences = sum(len(document["en"]) + len(document["zh"]) for document in documents)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    precision, recall = ratio(total, "strict", "said"), ratio(total, "found", "paired")
    lax = f1(ratio(total, "lax", "said"), ratio(total, "lax found", "paired"))
    null = f1(ratio(total, "null right", "null said"), ratio(total, "null right", "null gold"))
    numbers = f"{precision:6.4f} {recall:6.4f} {f1(precision, recall):6.4f} {lax:6.4f} {null:6.4f}"
    print(f"{name:14} {system:28} {numbers} {sentences / max(seconds, 1e-9):7.0f} {memory:5}")


def ratio(total: Counter[str], part: str, whole: str) -> float:
    return total[part] / total[whole] if total[whole] else 0.0


def f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def counted(gold: Pairs, said: Pairs) -> Counter[str]:
    """Counts as Vecalign's scorer makes them: precision over all beads, recall over those with both sides."""
    right, told = set(gold), {bead for bead in said if bead[0] or bead[1]}
    paired = {bead for bead in right if bead[0] and bead[1]}
    told_paired = {bead for bead in told if bead[0] and bead[1]}
    gold_alone, told_alone = alone(right), alone(told)
    return Counter(
        {
            "said": len(told),
            "strict": len(right & told),
            "lax": sum(touches(bead, right) for bead in told),
            "paired": len(paired),
            "found": len(paired & told_paired),
            "lax found": sum(touches(bead, told_paired) for bead in paired),
            "null gold": len(gold_alone),
            "null said": len(told_alone),
            "null right": len(gold_alone & told_alone),
        }
    )


def touches(bead: tuple[tuple[int, ...], tuple[int, ...]], others: Iterable[Any]) -> bool:
    """Whether the bead is among the others or shares a sentence of each side with one of them."""
    return any(
        bead == other or (set(bead[0]) & set(other[0]) and set(bead[1]) & set(other[1])) for other in others
    )


def alone(beads: Iterable[tuple[tuple[int, ...], tuple[int, ...]]]) -> set[tuple[str, int]]:
    left = {("en", at) for source, target in beads if not target for at in source}
    return left | {("zh", at) for source, target in beads if not source for at in target}


def judge(documents: list[dict[str, Any]]) -> list[tuple[float, bool]]:
    """Each bead's score and whether it is right."""
    from workbench.aligner import align

    found = []
    for document in documents:
        gold = {(tuple(a), tuple(b)) for a, b in document["beads"]}
        for bead in align(document["en"], document["zh"]):
            found.append((bead.score, (tuple(bead.source), tuple(bead.target)) in gold))
    return found


def reliability(judged: list[tuple[float, bool]]) -> None:
    """How often beads of a score are right, and how many of the wrong ones are in the lowest tenth."""
    print("\nscore of bead   beads   right   mean score")
    edges = (0.0, 0.3, 0.5, 0.7, 0.9, 0.97, 0.99, 1.01)
    for low, high in pairwise(edges):
        part = [each for each in judged if low <= each[0] < high]
        if part:
            right = sum(good for _, good in part) / len(part)
            mean = sum(score for score, _ in part) / len(part)
            print(f"{low:4.2f} to {min(high, 1):4.2f} {len(part):9} {right:7.3f} {mean:12.3f}")
    lowest = sorted(judged)[: len(judged) // 10]
    wrong = sum(not good for _, good in judged)
    caught = sum(not good for _, good in lowest)
    print(f"wrong beads in the lowest tenth: {caught} of {wrong} (scores up to {lowest[-1][0]:.3f})")


def raw_links(documents: list[dict[str, Any]]) -> tuple[float, float, float]:
    """P, R, F1 of links between gold units, from raw text cut and aligned by us."""
    from workbench.aligner import align_documents
    from workbench.segmenter import paragraph_starts, segment

    hit = said = gold_links = 0
    for document in documents:
        english, chinese = document["en_raw"], document["zh_raw"]
        source, target = segment(english, lang="en"), segment(chinese, lang="zh")
        result = align_documents(
            source,
            target,
            source_breaks=paragraph_starts(english, source),
            target_breaks=paragraph_starts(chinese, target),
            source_text=english,
            target_text=chinese,
        )
        links = set()
        for bead in result.beads:
            left = units(document["en_sents"], [result.source[at].span for at in bead.source], english)
            right = units(document["zh_sents"], [result.target[at].span for at in bead.target], chinese)
            links |= {(i, j) for i in left for j in right}
        gold = {(i, j) for a, b in document["beads"] for i in a for j in b}
        gold, links = (with_nulls(each, len(document["en"]), len(document["zh"])) for each in (gold, links))
        hit, said, gold_links = hit + len(gold & links), said + len(links), gold_links + len(gold)
    precision, recall = hit / said, hit / gold_links
    return precision, recall, f1(precision, recall)


def with_nulls(links: set[Any], english: int, chinese: int) -> set[Any]:
    left, right = {i for i, _ in links}, {j for _, j in links}
    alone_left = {(i, None) for i in range(english) if i not in left}
    return links | alone_left | {(None, j) for j in range(chinese) if j not in right}


def units(gold: list[list[int]], spans: list[Any], raw: str) -> set[int]:
    """The gold units that a bead's side touches: half of the unit or half of the side is common."""
    side = sum(len("".join(raw[span.start : span.end].split())) for span in spans)
    common: Counter[int] = Counter()
    for span in spans:
        for number, (start, end) in enumerate(gold):
            low, high = max(start, span.start), min(end, span.end)
            if low < high:
                common[number] += len("".join(raw[low:high].split()))
    size = {number: len("".join(raw[gold[number][0] : gold[number][1]].split())) for number in common}
    return {
        number
        for number, shared in common.items()
        if shared and (2 * shared >= size[number] or 2 * shared >= side)
    }


def long_document(folder: Path, count: int) -> None:
    """Time and memory of a long document whose draft has lost 30% in one piece."""
    from workbench import lexicon
    from workbench.aligner import align

    pool = [
        (document["en"][a[0]], document["zh"][b[0]])
        for name in ("wmt22", "wmt21", "ntrex")
        for document in load(folder / f"{name}.jsonl")
        for a, b in document["beads"]
    ]
    chance = random.Random(1)
    source, target = zip(*(chance.choice(pool) for _ in range(count)), strict=True)
    names = ["".join(chance.choices("bdfgklmnprst", k=6)).title() for _ in range(count)]
    source = [f"{names[at]} {text}" if at % 5 == 0 else text for at, text in enumerate(source)]
    target = [f"{names[at]} {text}" if at % 5 == 0 else text for at, text in enumerate(target)]
    lost = count * 3 // 10
    first = count // 3
    del target[first : first + lost]
    lexicon.load()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    start = time.process_time()
    beads = align(source, target)
    seconds = time.process_time() - start
    right = {(at, at if at < first else at - lost) for at in range(count) if not first <= at < first + lost}
    found = {(bead.source[0], bead.target[0]) for bead in beads if bead.kind == "1-1"}
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{len(source)} against {len(target)} sentences: {seconds:.1f} s of CPU,"
        f" {(2 * count - lost) / seconds:.0f} a second"
    )
    print(f"peak {memory} MB ({before} before), found {len(found & right) / len(right):.4f} of the pairs")


if __name__ == "__main__":
    raise SystemExit(main())
