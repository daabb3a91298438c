"""SRX, ours and choppa-srx's, in one run: boundary F1, agreement with the built-in segmentation, and speed.

    python benchmarks/srx.py --data DIR          DIR/align/seg_*.jsonl, as WORKBENCH_BENCH also says

Wanted: `pip install choppa-srx`. Counted are sentence ends strictly inside paragraphs, which a blank line parts and
which are given. "agrees" is the F1 of a system's boundaries against those of the built-in segmentation.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Cut = Callable[[str, str], Sequence[str]]

SETS = ("seg_en_ewt", "seg_en_gum", "seg_en_wmt", "seg_zh_gsdsimp", "seg_zh_wmt")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--data", default=os.environ.get("WORKBENCH_BENCH"), help="folder that holds align/*.jsonl"
    )
    folder = Path(parser.parse_args().data or "") / "align"
    if folder == Path("align") or not folder.is_dir():
        print("benchmarks/srx.py: no data: give --data DIR with DIR/align/seg_*.jsonl", file=sys.stderr)
        return 2
    print(f"{'set':16} {'rules':14} {'run by':12} {'P':>6} {'R':>6} {'F1':>6} {'agrees':>7} {'Mchar/s':>8}")
    with tempfile.TemporaryDirectory() as scratch:
        ways = list(systems(Path(scratch) / "ours.srx"))
        for name in SETS:
            documents = [json.loads(line) for line in (folder / f"{name}.jsonl").open(encoding="utf-8")]
            base: list[set[int]] = []
            for rules, engine, cut in ways:
                found, seconds = run(documents, cut)
                base = base or found
                gold = [gold_ends(document) for document in documents]
                hit, said, wanted = (sum(map(len, each)) for each in (_both(gold, found), found, gold))
                agree = 2 * sum(map(len, _both(base, found))) / (said + sum(map(len, base)))
                speed = sum(len(document["raw"]) for document in documents) / seconds / 1e6
                figures = (
                    f"{hit / said:6.4f} {hit / wanted:6.4f} {2 * hit / (said + wanted):6.4f} {agree:7.4f}"
                )
                print(f"{name:16} {rules:14} {engine:12} {figures} {speed:8.2f}")
    return 0


def systems(path: Path) -> Iterator[tuple[str, str, Cut]]:
    """Rules, who runs them, and a function that cuts a paragraph of a language."""
    from workbench.segmenter import segment, srx, srx_builtin
    from workbench.segmenter.rules import SegmentationRules

    def here(rules: SegmentationRules | None) -> Cut:
        return lambda text, lang: [each.text for each in segment(text, lang=lang, wrapped=True, rules=rules)]

    yield "built in", "workbench", here(None)
    document = srx_builtin.document()
    path.write_bytes(srx.write(document))
    yield "ours as SRX", "workbench", here(SegmentationRules(srx=document))
    try:
        import choppa  # type: ignore[import-not-found]
    except ImportError:
        return

    def there(file: Path) -> Cut:
        rules = choppa.SrxDocument(ruleset=str(file))
        return lambda text, lang: list(choppa.SrxTextIterator(rules, lang, text))

    yield "ours as SRX", "choppa", there(path)
    other = Path(choppa.DEFAULT_SRX_RULESET)
    yield "LanguageTool", "workbench", here(SegmentationRules(srx=srx.read(other.read_bytes(), other.name)))
    yield "LanguageTool", "choppa", there(other)


def run(documents: Sequence[dict[str, Any]], cut: Cut) -> tuple[list[set[int]], float]:
    """The boundaries found in each document, and the CPU seconds it took once the rules were compiled."""
    cut("One. Two.", documents[0]["lang"])
    begin = time.process_time()
    pieces = [
        [cut(paragraph, document["lang"]) for paragraph in document["raw"].split("\n\n")]
        for document in documents
    ]
    seconds = time.process_time() - begin
    return [own_ends(parts) for parts in pieces], seconds


def _both(left: Sequence[set[int]], right: Sequence[set[int]]) -> list[set[int]]:
    return [one & other for one, other in zip(left, right, strict=True)]


def length(text: str) -> int:
    return len("".join(text.split()))


def gold_ends(document: dict[str, Any]) -> set[int]:
    """Sentence ends in characters without white space, those at paragraphs' ends left out."""
    raw = document["raw"]
    at, outer = 0, {0}
    for paragraph in raw.split("\n\n"):
        at += length(paragraph)
        outer.add(at)
    return {length(raw[:end]) for _, end in document["sents"]} - outer


def own_ends(paragraphs: Sequence[Sequence[str]]) -> set[int]:
    found, at = set(), 0
    for parts in paragraphs:
        end = at + sum(map(length, parts))
        for part in parts:
            at += length(part)
            if at < end:
                found.add(at)
        at = end
    return found


if __name__ == "__main__":
    raise SystemExit(main())
