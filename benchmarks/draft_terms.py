"""How to keep terms in drafts: re-ranking, prefix forcing, placeholders, on the tests' tiny model.

    python benchmarks/draft_terms.py [--to markdown] [--sentences N]

Each held-out sentence with a term, or with a name that must stay, is translated with a rendering asked for. Three
glossaries: `second` asks for the rendering that training showed less often; `unseen` for one that the model never
produced; `names` for names and codes as they are, half of them unknown to the model. Kept = the rendering stands in the
draft. Exact, BLEU and chrF are against the reference with that rendering in it (terms not asked for count in any
rendering); CPU seconds a hundred sentences, one thread.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import sacrebleu

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "models")]

import grammar  # noqa: E402

from benchmarks.tables import Table  # noqa: E402
from workbench.engines import EngineOptions, Request, TermRequest, argos, argos_terms  # noqa: E402
from workbench.model import Span  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

TINY = ROOT / "tests" / "models" / "translate-en_zh-tiny.argosmodel"
UNSEEN = {
    "glossary": "术语库",
    "caption": "会议字幕",
    "budget": "年度预算",
    "battery": "电池组",
    "headset": "同传耳机",
    "keynote": "主旨发言",
    "workshop": "讨论会",
    "network": "互联网络",
    "chip": "晶粒",
    "server": "主机",
    "annual report": "年度总结报告",
    "interpreting booth": "口译室",
    "trade agreement": "贸易条约",
    "supply chain": "供需链",
}
NEW_NAMES = ("Brixal", "Ostrava", "Pelorus", "Junction Nine", "Wexford", "Iridian")


@dataclass(frozen=True)
class Case:
    """A sentence with the terms asked for, and its reference with those renderings."""

    request: Request
    reference: str


def cases(kind: str, pairs: Sequence[grammar.Pair]) -> list[Case]:
    """The sentences to which the glossary of that kind has something to say."""
    out = []
    for number, pair in enumerate(pairs):
        source, reference = pair.source, pair.target
        wanted: list[tuple[str, str]] = []
        if kind == "names":
            for name in pair.names:
                new = NEW_NAMES[number % len(NEW_NAMES)] if number % 2 else name
                source, reference = source.replace(name, new), reference.replace(name, new)
                wanted.append((new, new))
        else:
            for use in dict.fromkeys(pair.terms):
                new = _rendering(kind, use.term)
                if new:
                    reference = reference.replace(use.rendering, new)
                    wanted.append((use.term, new))
        terms = []
        for term, rendering in dict.fromkeys(wanted):
            at = source.casefold().find(term.casefold())
            terms.append(TermRequest(Span(at, at + len(term)), (rendering,)))
        if terms:
            out.append(Case(Request(source, tuple(terms)), reference))
    return out


def _rendering(kind: str, term: str) -> str:
    if kind == "unseen":
        return UNSEEN.get(term, "")
    renderings = dict(grammar.TERMS)[term]
    return renderings[1][0] if len(renderings) > 1 else ""


def plain(engine: argos.Argos, requests: Sequence[Request]) -> list[str]:
    """The draft as the model makes it."""
    return [found[0].text for found in engine.propose([Request(one.text) for one in requests])]


def reranked(engine: argos.Argos, requests: Sequence[Request]) -> list[str]:
    """Of the eight best hypotheses the first that has most terms."""
    found = engine.propose([Request(one.text) for one in requests], alternatives=argos_terms.ALTERNATIVES)
    return [
        argos_terms.best_of([argos_terms.Draft(one.text, 0) for one in some], request.terms).text
        for some, request in zip(found, requests, strict=True)
    ]


def placed(engine: argos.Argos, requests: Sequence[Request]) -> list[str]:
    """The term replaced by a code that the model copies, and the rendering put back where the code came through."""
    texts, codes = [], []
    for request in requests:
        text, used = request.text, []
        for number, term in sorted(enumerate(request.terms), key=lambda pair: -pair[1].span.start):
            code = f"XQ-{31 + number}"
            text = text[: term.span.start] + code + text[term.span.end :]
            used.append((code, term.renderings[0]))
        texts.append(text)
        codes.append(used)
    out = []
    for found, used in zip(engine.propose([Request(text) for text in texts]), codes, strict=True):
        text = found[0].text
        for code, rendering in used:
            text = text.replace(code, rendering)
        out.append(text)
    return out


def forced(
    engine: argos.Argos, requests: Sequence[Request], base: Callable[..., list[str]] = plain
) -> list[str]:
    """The rendering forced where the draft of `base` attends to the term."""
    drafts = [argos_terms.Draft(text, 0) for text in base(engine, requests)]
    return [one.text for one in argos_terms.forced(engine.decoder, requests, drafts)]


def reranked_then_forced(engine: argos.Argos, requests: Sequence[Request]) -> list[str]:
    """Re-ranking, and forcing for what it left."""
    return forced(engine, requests, reranked)


SYSTEMS = {
    "nothing": plain,
    "placeholder": placed,
    "n-best 8 re-ranked": reranked,
    "forced": forced,
    "re-ranked, then forced": reranked_then_forced,
}


def one_rendering(text: str, asked: Sequence[str]) -> str:
    """The text with the terms that were not asked for in their first rendering."""
    marks = {one: chr(0xE000 + number) for number, one in enumerate(sorted(asked, key=len, reverse=True))}
    for one, mark in marks.items():
        text = text.replace(one, mark)
    for _, ((first, _), *others) in grammar.TERMS:
        for other, _ in others:
            rest = first.removeprefix(other) if first.startswith(other) else ""
            text = re.sub(f"{other}(?!{rest})" if rest else other, first, text)
    for one, mark in marks.items():
        text = text.replace(mark, one)
    return text


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sentences", type=int, default=400)
    parser.add_argument(
        "--skip", type=int, default=60, help="held-out sentences passed over: costs were set on them"
    )
    parser.add_argument("--to", choices=("text", "markdown"), default="text")
    parser.add_argument("-v", action="store_true", dest="verbose", help="also what was not kept")
    options = parser.parse_args()
    engine = argos.Argos("en", "zh", EngineOptions({"model": str(TINY), "threads": 1}))
    pairs = grammar.held_out()[options.skip :][: options.sentences]
    table = Table(
        "terms kept", ["glossary", "system", "kept", "of", "exact", "BLEU", "chrF", "s / 100"], words=2
    )
    for kind in ("second", "unseen", "names"):
        chosen = cases(kind, pairs)
        requests = [case.request for case in chosen]
        asked = [[term.renderings[0] for term in one.terms] for one in requests]
        references = [one_rendering(case.reference, some) for case, some in zip(chosen, asked, strict=True)]
        for name, system in SYSTEMS.items():
            started = time.process_time()
            made = system(engine, requests)
            spent = time.process_time() - started
            texts = [one_rendering(text, some) for text, some in zip(made, asked, strict=True)]
            kept = sum(
                len(argos_terms.kept(text, one.terms)) for text, one in zip(made, requests, strict=True)
            )
            count = sum(len(one.terms) for one in requests)
            same = sum(one == other for one, other in zip(texts, references, strict=True))
            bleu = sacrebleu.corpus_bleu(texts, [references], tokenize="zh").score
            chrf = sacrebleu.corpus_chrf(texts, [references]).score
            table.add(
                kind, name, f"{kept / count:.1%}", str(count), f"{same / len(texts):.1%}", f"{bleu:.1f}", f"{chrf:.1f}",
                f"{100 * spent / len(texts):.2f}",
            )  # fmt: skip
            if options.verbose and name == "re-ranked, then forced":
                for request, text, reference in zip(requests, texts, references, strict=True):
                    if text != reference:
                        print(kind, request.text, reference, text, sep="\n   ")
    print(table.render(options.to))
    return 0


if __name__ == "__main__":
    sys.exit(main())
