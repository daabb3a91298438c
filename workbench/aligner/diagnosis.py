"""What looks wrong with an alignment as a whole: swapped sides, another document, long stretches without a partner."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.aligner import blocks
from workbench.langs import is_chinese, primary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.model import Bead

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")
# Segments of a side, at most, whose characters are counted.
_SAMPLED = 24
# Of real pairs of documents, drafts with blocks missing included, none came near these.
_LEAST_SCORE = 0.6
_LEAST_PAIRED = 0.5
# Share of the source in one part that does not fit, at most, for the rest to be of this document.
_MOST_UNFIT = 0.75
# Segments of the wrong script in a row that are more than a list of names, and letters of such a segment at least.
_LONGEST_FOREIGN = 5
_WORDY = 20


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
        covered, parts = blocks.unfit(beads)
        if len(parts) == 1 and covered <= _MOST_UNFIT * len(source):
            return [*found, *parts]
        found.append(
            f"the two sides hardly fit: {paired:.0%} of the text found a partner, with a mean score of {mean:.2f};"
            " is the draft of another document?"
        )
        return found
    if paired < _LEAST_PAIRED:
        found.append(f"only {paired:.0%} of the text found a partner")
    found.extend(_foreign(source, target, source_lang, target_lang))
    found.extend(blocks.find(source, target, beads, source_lang=source_lang, target_lang=target_lang))
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
    hint = (
        "; are the two sides swapped? Give the other file first, or"
        f" --source-lang {primary(target_lang)} --target-lang {primary(source_lang)}"
        if len(wrong) == 2
        else ""
    )
    return [(*each, hint) for each in wrong]


def _han_share(texts: Sequence[str]) -> float | None:
    """The share of Chinese characters among the letters; None where there are too few to tell."""
    some = "\n".join(texts[:: len(texts) // _SAMPLED + 1])
    letters = len(_LETTER.findall(some))
    return len(_HAN.findall(some)) / letters if letters >= 20 else None


def _paired(texts: Sequence[str], ranges: Sequence[range]) -> float:
    """The share of a side's characters that found a partner."""
    total = sum(map(len, texts))
    return sum(len(texts[at]) for each in ranges for at in each) / total if total else 1.0


def _foreign(source: Sequence[str], target: Sequence[str], source_lang: str, target_lang: str) -> list[str]:
    """A line for each long run of segments that are in the script of the other side's language."""
    if is_chinese(source_lang) == is_chinese(target_lang):
        return []
    found = []
    for name, texts, lang in (("source", source, source_lang), ("target", target, target_lang)):
        is_foreign = _without_chinese if is_chinese(lang) else _in_chinese
        for first, last in _runs([at for at, text in enumerate(texts) if is_foreign(text)]):
            what = "without a Chinese character" if is_chinese(lang) else "in Chinese characters"
            left = "; were they left untranslated?" if name == "target" else ""
            found.append(f"segments {first + 1} to {last + 1} of the {name} are {what}{left}")
    return found


def _without_chinese(text: str) -> bool:
    return (text.isascii() or not _HAN.search(text)) and len(_LETTER.findall(text)) >= _WORDY


def _in_chinese(text: str) -> bool:
    return (
        not text.isascii()
        and bool(_HAN.search(text))
        and 2 * len(_HAN.findall(text)) > len(_LETTER.findall(text)) > 4
    )


def _runs(places: list[int]) -> list[tuple[int, int]]:
    """First and last of each run of places that has at most one other between two of them and is long."""
    runs: list[list[int]] = []
    for at in places:
        if runs and at - runs[-1][-1] <= 2:
            runs[-1].append(at)
        else:
            runs.append([at])
    return [(run[0], run[-1]) for run in runs if len(run) >= _LONGEST_FOREIGN]
