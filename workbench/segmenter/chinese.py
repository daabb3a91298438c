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
# What cannot begin a sentence, so that one in which a quotation or a title with a mark of its own stands goes on.
_GOES_ON = re.compile(
    r"\s?(?:的(?![确士])|之[类词语声言说]|并[不非没未无]|[而却]?不是[一那这什]|而(?:不|非|是)"
    r"|是(?=[一个这那对在最很什整所该每他她它其人全本今])|(?:成)?了(?=[一几两]?[声句遍])"
    r"|[呢吗吧](?=[，。？！])|时(?=[，,候])|地(?=[喊叫说问答笑嚷])|一?[词语句文书曲歌](?=[中里是的，、在出来由])|字样|为[题名口主由]"
    r"|等(?=[口标字词话问说各类多])|(?:和|与|或|或者|及|以及|还是|而不是)[“‘「『《]"
    r"|这(?:[句段番]话|一?[个种类]?(?:问题|疑问|口号|标语|说法|回答|念头|想法|词|句话))|来(?=[表形描回反说称打招迎吸问]))"
)
_PICTURES = re.compile(r"[\s\u2600-\u27bf\ufe0f\u200d\U0001f000-\U0001faff]+\Z")
_TITLE_ENDS = frozenset("》〉")


def boundaries(paragraph: str) -> list[tuple[int, float]]:
    """Each boundary strictly inside the paragraph in order, with how sure it is in 0..1."""
    total = len(paragraph)
    ends = [match.end() for match in _MARK.finditer(paragraph)]
    found = [(end, SURE) for end in ends if end < total and _new_begins(paragraph, end)]
    if _OTHER_MARKS.search(paragraph):
        others = list(_rarer(paragraph, total))
        if others:
            return sorted(dict([*others, *found]).items())
    return found


def _rarer(paragraph: str, total: int) -> Iterator[tuple[int, float]]:
    """Boundaries at half-width marks, ellipses, and in text of another script."""
    for match in _OTHER.finditer(paragraph):
        end = match.end()
        if end >= total or not _new_begins(paragraph, end):
            continue
        if match.lastgroup == "latin":
            if english.ends_sentence(paragraph, match.start()):
                yield end, LIKELY
        else:
            yield end, LIKELY if match.lastgroup == "half" else DOUBTFUL


def _new_begins(paragraph: str, end: int) -> bool:
    """Whether a sentence can begin where a mark and what closes after it end."""
    if paragraph[end] in _NOT_AFTER or _PICTURES.match(paragraph, end):
        return False
    last = paragraph[end - 1]
    return last not in _CLOSERS or not (last in _TITLE_ENDS or _GOES_ON.match(paragraph, end))
