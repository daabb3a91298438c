"""What the termbase finds and what it costs: speed, words told apart, noise of the check, extraction.

    python benchmarks/terms.py --data DIR [--concepts N] [--inside N] [--extract N]

Works on qa/untouched.jsonl (human references, a unit a line: {"id", "source", "target"}) and, for the extraction, on
drafts/*.en with the *.zh of the same name. --inside prints so many of the places where a Chinese term was taken for
part of another word, --extract so many candidates, to be judged by a person.
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
from pathlib import Path

from workbench import lexicon
from workbench.checks import CheckContext, run, select
from workbench.model import Concept, Term, TranslationUnit
from workbench.pipeline.terms_extract import RENDERERS, extract_terms
from workbench.termbase import Termbase, load
from workbench.termbase.boundaries import dictionary

GLOSSARY = Path(__file__).with_name("terms_glossary.yaml")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=os.environ.get("WORKBENCH_BENCH"))
    parser.add_argument("--concepts", type=int, default=100_000, help="of the speed measurement")
    parser.add_argument("--inside", type=int, default=0, help="print so many terms taken for part of a word")
    parser.add_argument("--extract", type=int, default=0, help="print so many candidates of the extraction")
    options = parser.parse_args()
    path = Path(options.data or ".") / "qa" / "untouched.jsonl"
    if not path.is_file():
        sys.exit("no data: give --data DIR (or WORKBENCH_BENCH) with qa/untouched.jsonl")
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    speed(rows, options.concepts)
    inside(rows, options.inside)
    noise(rows)
    if options.extract:
        extraction(Path(options.data) / "drafts", options.extract)


def speed(rows: list[dict[str, str]], size: int) -> None:
    """Seconds to build, and MB of text a second in both languages, of made-up concepts over real words."""
    draw = random.Random(7)
    english = sorted({word for row in rows for word in re.findall(r"[A-Za-z]{3,}", row["source"])})
    chinese = [word for word in lexicon.load().tables.words if len(word) > 1]
    start = time.process_time()
    dictionary()
    print(f"words of the dictionary: {time.process_time() - start:.2f} s, once a process")
    concepts = [
        Concept(
            str(index),
            (
                Term(" ".join(draw.choices(english, k=2 if index % 3 else 3)), "en"),
                Term("".join(draw.choices(chinese, k=2)), "zh"),
            ),
        )
        for index in range(size)
    ]
    termbase = Termbase(concepts)
    for lang, key in (("en", "source"), ("zh", "target")):
        start = time.process_time()
        termbase.find("warm", lang)
        built = time.process_time() - start
        texts = [row[key] for row in rows]
        texts *= max(1, 3_000_000 // sum(len(text.encode()) for text in texts))
        start = time.process_time()
        hits = sum(len(termbase.find(text, lang)) for text in texts)
        rate = sum(len(text.encode()) for text in texts) / 1e6 / (time.process_time() - start)
        print(f"{size:,} concepts, {lang}: built in {built:.2f} s, {rate:.1f} MB/s, {hits:,} found")


def inside(rows: list[dict[str, str]], shown: int) -> None:
    """How often a rendering is taken for part of another word, and how often its concept is in the source."""
    termbase = load(GLOSSARY)
    places: Counter[tuple[str, str, bool]] = Counter()
    counted = 0
    start = time.process_time()
    for row in rows:
        counted += len(termbase.find(row["target"], "zh"))
    rate = sum(len(row["target"].encode()) for row in rows) / 1e6 / (time.process_time() - start)
    for row in rows:
        called = {match.concept.id for match in termbase.find(row["source"], "en")}
        for match, word in termbase.find_inside(row["target"], "zh"):
            places[match.term.text, word, match.concept.id in called] += 1
    asked = sum(count for (_, _, called), count in places.items() if called)
    print(
        f"{len(termbase)} news terms, zh: {rate:.1f} MB/s, {counted:,} found, {places.total():,} taken for part of "
        f"another word, of these {asked} where the source has the term"
    )
    for (text, word, called), count in random.Random(1).sample(
        sorted(places.items()), min(shown, len(places))
    ):
        print(f"  {text} in {word}, {count} times{', the source has it' if called else ''}")


def noise(rows: list[dict[str, str]]) -> None:
    """Findings of the check of terms on untouched references."""
    termbase = load(GLOSSARY)
    context, checks = CheckContext(termbase), select("terminology")
    kinds: Counter[str] = Counter()
    called = 0
    for row in rows:
        called += len(termbase.find(row["source"], "en"))
        for issue in run(TranslationUnit(row["id"], 0, row["source"], row["target"]), context, checks=checks):
            kinds[str(issue.value("kind"))] += 1
    figures = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())
    print(
        f"check of terms: {100 * kinds.total() / len(rows):.2f} findings per 100 untouched references ({figures}), "
        f"{called} terms in the sources"
    )


def extraction(folder: Path, top: int) -> None:
    """The best candidates of a parallel text, to be judged by a person."""
    path = next(iter(sorted(folder.glob("*.en"))), None)
    if path is None or not path.with_suffix(".zh").is_file():
        print("no parallel text for the extraction")
        return
    sides = [one.read_text(encoding="utf-8").splitlines() for one in (path, path.with_suffix(".zh"))]
    units = [TranslationUnit(str(index), index, *pair) for index, pair in enumerate(zip(*sides, strict=True))]
    start = time.process_time()
    found = extract_terms(units, top=top)
    print(f"extraction from {len(units)} units: {time.process_time() - start:.1f} s")
    print(RENDERERS["text"](found), end="")


if __name__ == "__main__":
    main()
