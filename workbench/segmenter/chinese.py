"""Where Chinese sentences end inside a paragraph; English left in a draft is cut by the rules for English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.segmenter import english

if TYPE_CHECKING:
    from collections.abc import Iterator

SURE, LIKELY, DOUBTFUL = 0.98, 0.85, 0.6

_CLOSERS = "”’」』）)】》〉〕］\"'"
# 。！？ take what closes after them, even past a space, and marks after that ("？”。").
_MARK = re.compile(
    rf"[。！？｡][。！？｡!?…~～]*(?:[{_CLOSERS}]|\s+[”’」』](?!\s*[：:]))*[。！？｡]*[{_CLOSERS}]*"
)
# Half-width marks need Han characters or white space around; an ellipsis ends a sentence only where something
# closes or a space comes after it.
_OTHER = re.compile(
    rf"(?P<half>(?<=[\u3000-\u9fff\uff00-\uffef“”])[!?][!?！？…~～]*[{_CLOSERS}]*)"
    rf"|(?P<stop>(?<=[\u4e00-\u9fff%％）)”])\.[{_CLOSERS}]*)(?=\s|[\u4e00-\u9fff“「])"
    rf"|(?P<dots>(?:…+|\.{{3,}})[{_CLOSERS}]+|…{{2,}}(?=\s+[^\s…])|\.{{3,}}(?=[\u4e00-\u9fff]))"
    r"|(?P<foreign>(?<=[A-Za-z][a-z])[.!?][\"'”’)]*)(?=[\u4e00-\u9fff])"
    r"|(?P<latin>(?<=[A-Za-z0-9\"'”’)])[.!?]+[\"'”’)]*)(?=\s+[A-Z\"“\u4e00-\u9fff])"
)
_OTHER_MARKS = re.compile(r"[.!?…]")
_NOT_AFTER = frozenset("，、；：,;:》〉”’」』）)】")


def boundaries(paragraph: str) -> list[tuple[int, float]]:
    """Each boundary strictly inside the paragraph in order, with how sure it is in 0..1."""
    total = len(paragraph)
    ends = [match.end() for match in _MARK.finditer(paragraph)]
    found = [(end, SURE) for end in ends if end < total and paragraph[end] not in _NOT_AFTER]
    if _OTHER_MARKS.search(paragraph):
        others = list(_rarer(paragraph, total))
        if others:
            return sorted(dict([*others, *found]).items())
    return found


def _rarer(paragraph: str, total: int) -> Iterator[tuple[int, float]]:
    """Boundaries at half-width marks, ellipses, and in text of another script."""
    for match in _OTHER.finditer(paragraph):
        end = match.end()
        if end >= total or paragraph[end] in _NOT_AFTER:
            continue
        if match.lastgroup == "latin":
            if english.ends_sentence(paragraph, match.start()):
                yield end, LIKELY
        else:
            yield end, LIKELY if match.lastgroup == "half" else DOUBTFUL
