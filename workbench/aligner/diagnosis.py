"""What looks wrong with an alignment as a whole: swapped sides, another document, long stretches without a partner."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from workbench.langs import is_chinese

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.model import Bead

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")
# Of real pairs of documents, drafts with blocks missing included, none came near these.
_LEAST_SCORE = 0.6
_LEAST_PAIRED = 0.5
_LONGEST_GAP = 10


def warnings(
    source: Sequence[str],
    target: Sequence[str],
    beads: Sequence[Bead],
    *,
    source_lang: str = "en",
    target_lang: str = "zh",
) -> list[str]:
    """One line for each thing about the whole alignment that a user should know, with its figures."""
    found = [
        f"the {side} was said to be {lang!r} but {share:.0%} of its letters are Chinese characters{hint}"
        for side, lang, share, hint in _scripts(source, target, source_lang, target_lang)
    ]
    if not source or not target or len(found) == 2:
        return found
    pairs = [bead for bead in beads if bead.source and bead.target]
    mean = sum(bead.score for bead in pairs) / len(pairs) if pairs else 0.0
    paired = min(
        _paired(source, [bead.source for bead in pairs]), _paired(target, [bead.target for bead in pairs])
    )
    if len(source) + len(target) >= 6 and (mean < _LEAST_SCORE or paired < _LEAST_PAIRED / 3):
        found.append(
            f"the two sides hardly fit: {paired:.0%} of the text found a partner, with a mean score of {mean:.2f};"
            " is the draft of another document?"
        )
        return found
    if paired < _LEAST_PAIRED:
        found.append(f"only {paired:.0%} of the text found a partner")
    found.extend(_gaps(beads))
    return found


def _scripts(
    source: Sequence[str], target: Sequence[str], source_lang: str, target_lang: str
) -> list[tuple[str, str, float, str]]:
    shares = _han_share(source), _han_share(target)
    wrong = [
        (side, lang, share)
        for side, lang, share in zip(("source", "target"), (source_lang, target_lang), shares, strict=True)
        if share is not None and (share < 0.1 if is_chinese(lang) else share > 0.5)
    ]
    hint = "; are the two sides swapped?" if len(wrong) == 2 else ""
    return [(*each, hint) for each in wrong]


def _han_share(texts: Sequence[str]) -> float | None:
    """The share of Chinese characters among the letters; None where there are too few to tell."""
    head = "\n".join(texts[:400])
    letters = len(_LETTER.findall(head))
    return len(_HAN.findall(head)) / letters if letters >= 20 else None


def _paired(texts: Sequence[str], ranges: Sequence[range]) -> float:
    """The share of a side's characters that found a partner."""
    total = sum(map(len, texts))
    return sum(len(texts[at]) for each in ranges for at in each) / total if total else 1.0


def _gaps(beads: Sequence[Bead]) -> list[str]:
    """A line for each long run of segments of one side that have no partner."""
    found = []
    for kind, group in groupby(beads, key=lambda bead: (bool(bead.source), bool(bead.target))):
        run = list(group)
        if kind == (True, True) or len(run) < _LONGEST_GAP:
            continue
        side, ranges = (
            ("source", [bead.source for bead in run])
            if kind[0]
            else ("target", [bead.target for bead in run])
        )
        first, last = ranges[0].start + 1, ranges[-1].stop
        other = "target" if side == "source" else "source"
        found.append(
            f"{len(run)} segments of the {side} in a row, {first} to {last}, have no partner in the {other}"
        )
    return found
