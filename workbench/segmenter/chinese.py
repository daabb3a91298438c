"""Where Chinese sentences end inside a paragraph; English left in a draft is cut by the rules for English."""

from __future__ import annotations

import re

from workbench.segmenter import english
from workbench.segmenter.characters import PICTURES, extends
from workbench.segmenter.words import NEVER_LAST, OFTEN_LAST, WITH_NUMBER

SURE, LIKELY, DOUBTFUL = 0.98, 0.85, 0.6

_CLOSERS = "”’」』）)】》〉〕］〗｠\"'＂＇"
_ENDS = frozenset("。！？｡")
_DOTS = frozenset("…⋯")
# 。！？ take what closes after them, even past a space, and marks after that ("？”。"); so do the rarer marks.
_MARK = re.compile(
    rf"[。！？｡.!?…⋯．][。！？｡.!?…⋯．~～]*(?:[{_CLOSERS}]|\s+[”’」』！？](?!\s*[：:]))*[。！？｡]*[{_CLOSERS}]*(?:[\[［〔][0-9０-９]{{1,3}}[\]］〕])*"
)
_NOT_AFTER = frozenset("，、；：,;:》〉”’」』）)】〕］〗。！？!?…⋯")
# What cannot begin a sentence, so that one in which a quotation or a title with a mark of its own stands goes on.
_GOES_ON = re.compile(
    r"\s?(?:的(?![确士])|之[类词语声言说]|并[不非没未无]|[而却]?不是[一那这什]|而(?:不|非|是)"
    r"|是(?=[一个这那对在最很什整所该每他她它其人全本今])|(?:成)?了(?=[一几两]?[声句遍])"
    r"|了?[呢吗吧么没](?=[，。？！])|时(?=[，,候])|地(?=[一喊叫说问答笑嚷])|一?[词语句文书曲歌](?=[中里是的，、在出来由])|字样|为[题名口主由]"
    r"|等(?=[口标字词话问说各类多])|(?:和|与|或|或者|及|以及|还是|而不是)[“‘「『《]"
    r"|这(?:[句段番]话|一?[个种类]?(?:问题|疑问|口号|标语|说法|回答|念头|想法|词|句话))|来(?=[表形描反说称打招迎吸]))"
)
_GOING_ON = frozenset("的之并而却不是成了呢吗吧么没时地一词语句文书曲歌字为等和与或及以还这来")
_SPACE = re.compile(r"\s*")
_PICTURES = re.compile(rf"\s*{PICTURES}")
_TITLE_ENDS = frozenset("》〉")
_BRACKETS = frozenset("）)")
_ASSIGNS = re.compile(r"\w+=")
# Somebody else speaks after a speaker who was cut short.
_CUT_SHORT = re.compile(r"(?<=—)[”」』](?=\s?[“「『])")
_STRAIGHT = re.compile(r"\"|(?<![A-Za-z0-9])'|'(?![A-Za-z0-9])")
# Before a straight quotation mark that opens, and after one that closes.
_OPENS = frozenset("：:，,、（(「“ \u3000\n")
_CLOSES = frozenset("，,、。；;：:！？!?）)」” \u3000\n")
# After an ellipsis that goes on, and before one.
_NEVER_FIRST = frozenset("又便却卻的地得了着过吗呢吧啊呀么嘛之等而且和与或及都，、")
_UNFINISHED = frozenset("的是在把被从对和跟给让与或及很太又也就都还才没想要会能可向往为由、，")
_SAID_APART = re.compile(r"[。！？!?，,；;：:、…⋯.“”‘’「」『』\"（(\s—]")
_ABBREVIATIONS = NEVER_LAST | OFTEN_LAST | WITH_NUMBER
_LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z.]*\Z")


def boundaries(paragraph: str) -> list[tuple[int, float]]:
    """Each boundary strictly inside the paragraph in order, with how sure it is in 0..1."""
    if '"' in paragraph or "'" in paragraph:
        paragraph = _directed(paragraph)
    total = len(paragraph)
    found: list[tuple[int, float]] = []
    for match in _MARK.finditer(paragraph):
        start, end = match.span()
        if end >= total:
            break
        if paragraph[start] not in _ENDS:
            score = _rarer(paragraph, start, end)
        elif paragraph[start + 1] == "。":
            score = _after_dots(paragraph, start, end)
        else:
            score = SURE
        following, last = paragraph[end], paragraph[end - 1]
        if not score or last in _TITLE_ENDS:
            continue
        if "\u4e00" <= following <= "\u9fff":
            if last not in _CLOSERS or not (following in _GOING_ON or last in _BRACKETS):
                found.append((end, score))
                continue
        elif following in "“「『‘":
            found.append((end, score))
            continue
        settled = _settled(paragraph, end)
        if settled:
            found.append((settled, score))
    if "—" in paragraph:
        more = [(match.start() + 1, LIKELY) for match in _CUT_SHORT.finditer(paragraph)]
        if more:
            return sorted(dict([*more, *found]).items())
    return found


def _settled(paragraph: str, end: int) -> int:
    """Where the boundary at a mark falls when pictures that follow go with it; 0 where no sentence can begin."""
    following = paragraph[end]
    if following in _NOT_AFTER or extends(following):
        return 0
    last = paragraph[end - 1]
    if last in _CLOSERS and (
        _GOES_ON.match(paragraph, end) or (last in _BRACKETS and _aside(paragraph, end - 1))
    ):
        return 0
    pictures = _PICTURES.match(paragraph, end)
    if following.isspace():
        return 0 if pictures and _SPACE.fullmatch(paragraph, pictures.end()) else end
    if pictures is None:
        return end
    end = pictures.end()
    return 0 if _SPACE.fullmatch(paragraph, end) or extends(paragraph[end]) else end


def _aside(paragraph: str, closing: int) -> bool:
    """Whether a cry or question in brackets stands inside a sentence that goes on: "他（天哪！）来了"."""
    first = max(0, closing - 12)
    opening = max(paragraph.rfind("（", first, closing), paragraph.rfind("(", first, closing))
    if opening < 1 or paragraph[closing - 1] not in "！？!?":
        return False
    return "\u4e00" <= paragraph[opening - 1] <= "\u9fff"


def _rarer(paragraph: str, start: int, end: int) -> float:
    """How sure a sentence ends at a half-width mark or an ellipsis, the marks after it and what closes."""
    marks = paragraph[start:end]
    bare = marks.rstrip(_CLOSERS)
    closed = len(bare) < len(marks)
    before = paragraph[start - 1] if start else ""
    first = marks[0]
    if not _ENDS.isdisjoint(bare):
        return LIKELY
    if first in _DOTS or bare.startswith("..."):
        if "!" in bare or "?" in bare:
            return LIKELY
        return LIKELY if closed else _after_dots(paragraph, start, end)
    following = paragraph[end]
    latin = before.isascii() and before.isalnum()
    if first in "!?":
        if not latin:
            return LIKELY if before and before not in " \t" and not _ASSIGNS.match(paragraph, end) else 0.0
    elif not latin and (
        "\u4e00" <= before <= "\u9fff" or before in "%％）)”」』" or (first == "．" and before > "\u3000")
    ):
        if following.isspace() or "\u4e00" <= following <= "\u9fff" or following in "“「『‘《（":
            return DOUBTFUL
        return 0.0
    if following.isspace():
        rest = paragraph[end : end + 8].lstrip()
        begins = bool(rest) and (rest[0] in '“"「' or rest[0] > "\u4e00" or "A" <= rest[0] <= "Z")
        return LIKELY if begins and english.ends_sentence(paragraph, start) else 0.0
    if latin and before.isalpha() and "\u4e00" <= following <= "\u9fff":
        found = _LATIN_WORD.search(paragraph, max(0, start - 16), start)
        word = found.group() if found else ""
        return DOUBTFUL if word[1:].isalpha() and word.lower() not in _ABBREVIATIONS else 0.0
    return 0.0


def _after_dots(paragraph: str, start: int, end: int) -> float:
    """How sure a sentence ends at an ellipsis after which nothing closes: 0 for one who hesitates or goes on."""
    rest = paragraph[end : end + 4].lstrip()
    before = paragraph[max(0, start - 30) : start]
    if not rest or not before or rest[0] in _NEVER_FIRST or before[-1] in _UNFINISHED:
        return 0.0
    if "A" <= before[-1].upper() <= "Z" and not "\u4e00" <= rest[0] <= "\u9fff":
        return 0.0
    said = _SAID_APART.split(before)[-1]
    spoken = max(map(before.rfind, "“「『")) > max(map(before.rfind, "”」』"))
    if len(said) < (5 if spoken else 3) and said[-1:] not in ("了", "着", "过", "著", "過"):
        return 0.0
    return 0.0 if rest[0] in said[-2:] or said.startswith(rest[0]) else DOUBTFUL


def _directed(paragraph: str) -> str:
    """The paragraph with curly quotation marks for straight ones, each where it stood, opening and closing."""
    places = [match.start() for match in _STRAIGHT.finditer(paragraph)]
    double = sum(paragraph[at] == '"' for at in places)
    even = double % 2 == 0
    characters = list(paragraph)
    opened = {'"': False, "'": False}
    for at in places:
        mark = paragraph[at]
        before = paragraph[at - 1] if at else " "
        after = paragraph[at + 1] if at + 1 < len(paragraph) else " "
        closing = opened[mark]
        if mark == "'" and not closing and before not in _OPENS and before not in _ENDS:
            continue
        if not even:
            closing = (
                (closing or before not in _OPENS) if after in _CLOSES else closing and before not in _OPENS
            )
        opened[mark] = not closing
        characters[at] = {'"': "“”", "'": "‘’"}[mark][closing]
    return "".join(characters)
