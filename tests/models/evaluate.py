"""Measures the tiny model on the held-out sentences: `python tests/models/evaluate.py` (no torch)."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import sacrebleu

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]
import grammar  # noqa: E402

from workbench.engines import EngineOptions, Request, argos  # noqa: E402

MODEL = HERE / "translate-en_zh-tiny.argosmodel"


def one_rendering(text: str) -> str:
    """The text with every rendering of a term as the first one of its list, since chance chose among them."""
    for _, ((first, _), *others) in grammar.TERMS:
        for other, _ in others:
            rest = first.removeprefix(other) if first.startswith(other) else ""
            text = re.sub(f"{other}(?!{rest})" if rest else other, first, text)
    return text


def main() -> None:
    pairs = grammar.held_out()
    engine = argos.Argos("en", "zh", EngineOptions({"model": str(MODEL)}))
    found = [one[0].text for one in engine.propose([Request(pair.source) for pair in pairs])]
    same = sum(one == pair.target for one, pair in zip(found, pairs, strict=True))
    hypotheses = [one_rendering(one) for one in found]
    references = [one_rendering(pair.target) for pair in pairs]
    alike = sum(one == other for one, other in zip(hypotheses, references, strict=True))
    bleu = sacrebleu.corpus_bleu(hypotheses, [references], tokenize="zh").score
    chrf = sacrebleu.corpus_chrf(hypotheses, [references]).score
    print(f"{len(pairs)} held-out sentences: {same} exact, {alike} exact but for the choice among renderings")
    print(f"with one rendering a term: BLEU (zh) {bleu:.1f}, chrF {chrf:.1f}")
    for one, other, pair in zip(hypotheses, references, pairs, strict=True):
        if one != other and "-v" in sys.argv:
            print(pair.source, other, one, sep="\n  ")


if __name__ == "__main__":
    main()
