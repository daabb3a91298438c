"""The sets that the benchmarks measure on: reading them, what kind they are of, and other versions of them.

A file of alignment holds a JSON object a line: `id`, `en_raw`, `zh_raw` (the texts, a blank line between paragraphs),
`en_sents`, `zh_sents` (spans of the gold sentences) and `beads` ([[en indices], [zh indices]]). A file of segmentation,
`seg_*.jsonl` or any in benchmarks/dialogue, holds `id`, `lang`, `raw` and `sents`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

OWN = Path(__file__).parent
Document: TypeAlias = dict[str, Any]

FREE = "free translation"
FAULTS = "drafts with faults"
CLEAN = "clean line pairs"
PARAGRAPHS = "paragraphs, from raw text only"
KINDS = (FAULTS, FREE, CLEAN, PARAGRAPHS)
# Of the gold beads of free translations more than so many are not one to one; faulty drafts have fewer.
_FREE_FROM = 0.3


@dataclass(frozen=True, slots=True)
class Dataset:
    """A named list of documents of one kind."""

    name: str
    kind: str
    documents: list[Document]

    @property
    def sentences(self) -> int:
        return sum(len(one["en"]) + len(one["zh"]) for one in self.documents)


def alignment_sets(folder: Path, only: list[str]) -> list[Dataset]:
    """The sets of FOLDER/align and of benchmarks/literary, by kind; a name in `only` that none has is a ValueError."""
    files = [path for path in sorted((folder / "align").glob("*.jsonl")) if not path.name.startswith("seg_")]
    files += sorted((OWN / "literary").glob("*.jsonl"))
    found = [alignment_set(path) for path in chosen(files, only)]
    return sorted(found, key=lambda one: KINDS.index(one.kind))


def segmentation_sets(folder: Path, only: list[str]) -> list[Dataset]:
    """The sets of FOLDER/align/seg_* and of benchmarks/dialogue; their kind is the language."""
    files = sorted((folder / "align").glob("seg_*.jsonl")) + sorted((OWN / "dialogue").glob("*.jsonl"))
    found = [(path, read(path)) for path in chosen(files, only)]
    return [Dataset(name_of(path), documents[0]["lang"], documents) for path, documents in found if documents]


def chosen(files: list[Path], only: list[str]) -> list[Path]:
    names = [name_of(path) for path in files]
    for name in only:
        if name not in names:
            raise ValueError(f"no set {name!r}; there are {', '.join(names) or 'none'}")
    return [path for path in files if not only or name_of(path) in only]


def name_of(path: Path) -> str:
    """The name of a set: that of its file, with its folder for those of this project."""
    return f"{path.parent.name}/{path.stem}" if OWN in path.parents else path.stem


def read(path: Path) -> list[Document]:
    lines = path.read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line.strip()]


def alignment_set(path: Path) -> Dataset:
    """The set of a file, with the sentences `en` and `zh` of each document and the indices that start a paragraph."""
    documents = read(path)
    for document in documents:
        for side in ("en", "zh"):
            raw, spans = document[f"{side}_raw"], document[f"{side}_sents"]
            document[side] = [raw[start:end] for start, end in spans]
            gaps = [raw[before[1] : after[0]] for before, after in pairwise(spans)]
            starts = [at + 1 for at, gap in enumerate(gaps) if "\n\n" in gap]
            document[f"{side}_breaks"] = [0, *starts] if starts else []
    kind = FREE if path.parent == OWN / "literary" else kind_of(documents)
    return Dataset(name_of(path), kind, documents)


def kind_of(documents: list[Document]) -> str:
    """What the gold says: units that are paragraphs, all beads one to one, some not, or very many not."""
    borders = sum(max(len(one["en"]) - 1, 0) for one in documents)
    if borders and sum(max(len(one["en_breaks"]) - 1, 0) for one in documents) > 0.95 * borders:
        return PARAGRAPHS
    beads = [bead for one in documents for bead in one["beads"]]
    uneven = sum(len(bead[0]) != 1 or len(bead[1]) != 1 for bead in beads)
    if not uneven:
        return CLEAN
    return FREE if uneven > _FREE_FROM * len(beads) else FAULTS


def plain(document: Document) -> Document:
    """What a system is given to align: two lists of sentences, nothing of paragraphs or gold."""
    return {
        "source": document["en"],
        "target": document["zh"],
        "source_lang": "en",
        "target_lang": "zh",
        "source_breaks": [],
        "target_breaks": [],
    }


def with_breaks(document: Document) -> Document:
    """The same with the paragraphs of both sides."""
    return {
        **plain(document),
        "source_breaks": document["en_breaks"],
        "target_breaks": document["zh_breaks"],
    }


def mirrored(document: Document) -> Document:
    """Chinese as the source and English as the target."""
    return {**plain(document), "source": document["zh"], "target": document["en"]} | {
        "source_lang": "zh",
        "target_lang": "en",
    }


def traditional(document: Document, lang: str) -> Document:
    """The Chinese side converted, words too, to what is written in Taiwan (zh-TW) or Hong Kong (zh-HK)."""
    convert = converter(lang)
    return {**plain(document), "target": [convert(text) for text in document["zh"]], "target_lang": lang}


def mismatched(documents: list[Document]) -> list[Document]:
    """Each document with the Chinese of the next one, as when the draft is of another document."""
    return [
        {**one, "zh": other["zh"], "zh_breaks": other["zh_breaks"]}
        for one, other in zip(documents, [*documents[1:], *documents[:1]], strict=True)
    ]


@cache
def converter(lang: str) -> Callable[[str], str]:
    import opencc

    convert: Callable[[str], str] = opencc.OpenCC({"zh-TW": "s2twp", "zh-HK": "s2hk"}[lang]).convert
    return convert


def segmented(document: Document) -> Document:
    """What a peer is given to align from raw text: our segments, and where they stand in `en_raw` and `zh_raw`."""
    from workbench.segmenter import segment

    sides = [segment(document[f"{side}_raw"], lang=side) for side in ("en", "zh")]
    spans = [[(one.span.start, one.span.end) for one in side] for side in sides]
    return {
        "source": [one.text for one in sides[0]],
        "target": [one.text for one in sides[1]],
        "source_lang": "en",
        "target_lang": "zh",
        "source_breaks": [],
        "target_breaks": [],
        "source_spans": spans[0],
        "target_spans": spans[1],
    }
