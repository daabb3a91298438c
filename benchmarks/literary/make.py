"""Make the literary alignment sets from `text/`: chapters written for this benchmark, with beads by construction.

    python benchmarks/literary/make.py

A text file has two lines a passage, Chinese and its free English translation. `^` parts a passage into smaller
beads, `|` ends a sentence that has no plain end, `-` is a side that has nothing. Sentences are cut by plain rules.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

FOLDER = Path(__file__).parent
HELD_OUT = ("saga", "humour")
_CHINESE = re.compile(r"(?<=[。！？])(?![。！？”’])|(?<=[。！？…][”’])(?![。！？”’，])|(?<=[。！？…]’”)")
_ENGLISH = re.compile(r"(?:(?<=[.?!])|(?<=[.?!][\"']))\s+(?=[\"'‘“]?[A-Z])")
_TITLES = re.compile(r"\b(?:Dr|Mr|Mrs)\.$")


def chinese(text: str) -> list[str]:
    """The sentences of one side of a bead."""
    found = [piece.strip() for part in text.split("|") for piece in _CHINESE.split(part)]
    return [piece for piece in found if piece and piece != "-"]


def english(text: str) -> list[str]:
    """The sentences of one side of a bead."""
    found: list[str] = []
    for part in text.split("|"):
        fresh = True
        for piece in _ENGLISH.split(part.strip()):
            if not fresh and _TITLES.search(found[-1]):
                found[-1] += " " + piece
            elif piece and piece != "-":
                found.append(piece)
                fresh = False
    return found


def document(name: str, lines: list[str]) -> dict[str, object]:
    """One chapter in the form of the align sets."""
    raw = {"en": "", "zh": ""}
    spans: dict[str, list[list[int]]] = {"en": [], "zh": []}
    beads = []
    for left, right in zip(lines[::2], lines[1::2], strict=True):
        for zh, en in zip(left.split("^"), right.split("^"), strict=True):
            bead: list[list[int]] = []
            for side, pieces, space in (("en", english(en), " "), ("zh", chinese(zh), "")):
                bead.append([])
                for piece in pieces:
                    raw[side] += space if raw[side] else ""
                    bead[-1].append(len(spans[side]))
                    spans[side].append([len(raw[side]), len(raw[side]) + len(piece)])
                    raw[side] += piece
            beads.append(bead)
    return {
        "id": name,
        "set": "literary",
        "en_raw": raw["en"],
        "zh_raw": raw["zh"],
        "en_sents": spans["en"],
        "zh_sents": spans["zh"],
        "beads": beads,
    }


def main() -> None:
    chosen: dict[str, list[str]] = {"development": [], "held_out": []}
    for path in sorted((FOLDER / "text").glob("*.txt")):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        kind = "held_out" if path.stem in HELD_OUT else "development"
        chosen[kind].append(json.dumps(document(path.stem, lines), ensure_ascii=False))
    for kind, documents in chosen.items():
        (FOLDER / f"{kind}.jsonl").write_text("\n".join(documents) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
