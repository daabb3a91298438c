"""Repetition: a phrase written twice, or the loop a neural engine falls into (阴性阴性阴性)."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from workbench.checks.base import Check, CheckContext, text_value
from workbench.checks.texts import HAN, HAN_CHAR, excerpt, surroundings, view
from workbench.model import Fix, Issue, Severity, Span, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

# A piece three times or more, all of them with or all without the same mark between; a single character only
# where it stands four times. What the marks are after the last is kept.
_LOOP = re.compile(rf"([{HAN}][{HAN}，、]{{0,19}}?[{HAN}])(?P<sep>[，、；。！？]? ?)\1(?:(?P=sep)\1)+")
_SINGLE_LOOP = re.compile(rf"([{HAN}])(?P<sep>[，、]?)\1(?:(?P=sep)\1){{2,}}")
# The same of phrases that hold digits or Latin words (超过360个城市), which are never cut through.
_INSIDE = rf"(?:[{HAN}A-Za-z0-9.,%·-]| (?=[{HAN}A-Za-z0-9]))"
_PIECE = rf"(?<![A-Za-z0-9.%-])(?P<piece>[{HAN}A-Za-z0-9]{_INSIDE}{{2,29}})"
_WHOLE = "(?![A-Za-z0-9%]|[.-][A-Za-z0-9])"
_MIXED_LOOP = re.compile(rf"{_PIECE}(?P<sep>[，、；。！？]? ?)(?P=piece)(?:(?P=sep)(?P=piece))+{_WHOLE}")
_MIXED_PHRASE = re.compile(rf"{_PIECE} ?(?P=piece){_WHOLE}")
_PHRASE = re.compile(rf"([{HAN}]{{3,24}})\1")
_SAME = re.compile(rf"([{HAN}])\1")
_WORDS = re.compile(r"\b([A-Za-z]{2,})(?: \1\b)+", re.IGNORECASE)
_LAUGHTER = frozenset("哈呵嘿嘻呜啊哦嗯噢喔哇唉嘎汪喵咚轰砰叮铃嘟滴嗒啦咯吱呀哼咳嗷")

# A particle or preposition that never doubles by itself, with the words that end or begin with it.
_DOUBLES = {
    "的": ("目标士众矢之无有", "确士"),
    "了": ("不得临罢未末明终", "解然结断望如却无不得"),
    "在": ("现存所内外潜自实好健旨何志常同", "在于场线乎意家职校"),
    "是": ("国", "否非"),
    "和": ("温共缓饱平随总谐柔调中讲昭祥混求亲", "平谐气解睦谈善约"),
    "与": ("参赋给授付相赠", "会其否众时日"),
    "被": ("棉植毛覆绒床夜", "子动告害"),
    "把": ("火拖一大车门扫两几个", "手握关戏柄控脉"),
    "从": ("服顺跟随遵盲听侍无自", "事而容来未此前业属军"),
    "对": ("应相绝面针反核敌不一配成", "于不手象方应面付待话策比称立抗错"),
    "也": ("", "许门好"),
    "就": ("成造早迁高屈", "是业算此近职读绪任餐"),
    "将": ("即必行大上中少名武麻主虎老战猛悍", "来军近要领士就"),
    "及": ("以涉普波触顾危来埃提遍言论不", "时其格早至"),
    "或": ("抑", "许者是"),
    "于": ("由关对等位处属终低高大小至基鉴忠善在用", "是今"),
    "您": ("", ""),
    "它": ("其吉", ""),
    "我": ("自忘无本", ""),
    "这": ("", ""),
    "那": ("刹支", ""),
}
# What leads a phrase cannot end a clause.
_LEADING = frozenset("在和与把被从将及或于")
# A name that repeats itself, such as Ngorongoro.
_ECHO = re.compile("([a-z]{3,})\\1")
# Phrases that are written twice on purpose.
_KEPT = re.compile("^(?:一.|[零〇一二三四五六七八九十百千万亿]+)$")
_PATTERNS = (
    ("loop", _LOOP),
    ("loop", _SINGLE_LOOP),
    ("loop", _MIXED_LOOP),
    ("phrase", _PHRASE),
    ("phrase", _MIXED_PHRASE),
)
_OF_MIXED = (_MIXED_LOOP, _MIXED_PHRASE)
_ANY_LATIN = re.compile("[A-Za-z0-9]")
# "The enemy of my enemy": 敌人的敌人的.
_OF_ITSELF = re.compile(r"\b([a-z]{3,})(?: of (?:[a-z]+ )?|['’]s )\1\b")
# "I know, I know, I know": the source says several words over and over.
_OVER_AND_OVER = re.compile(r"\b(\w+(?:[ '’]\w+){1,7})\W+\1\b", re.IGNORECASE)


def find(unit: TranslationUnit, context: CheckContext) -> Iterator[Issue]:
    """Loops first, then phrases and particles outside them."""
    if len(unit.target) < 2:
        return
    masked = view(unit.target).masked
    taken: list[tuple[int, int]] = []
    if context.chinese:
        mixed = _ANY_LATIN.search(masked) is not None
        for kind, pattern in _PATTERNS:
            if pattern in _OF_MIXED and not mixed:
                continue
            for match in pattern.finditer(masked):
                if _overlap(match.span(), taken) or _meant(match[1], unit):
                    continue
                if pattern in _OF_MIXED and not _is_mixed(match[1]):
                    continue
                taken.append(match.span())
                yield _issue(unit, match, kind)
        for match in _SAME.finditer(masked):
            if match[1] in _DOUBLES and not _overlap(match.span(), taken) and _slip(masked, match):
                yield _issue(unit, match, "particle")
    for match in _WORDS.finditer(masked):
        if match.group().lower() not in unit.source.lower():
            yield _issue(unit, match, "word")


def _overlap(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in taken)


def _meant(piece: str, unit: TranslationUnit) -> bool:
    """Whether the phrase is repeated on purpose: laughter, 一个一个, numerals, or a source that repeats too."""
    if set(piece) <= _LAUGHTER or _KEPT.match(piece):
        return True
    source = unit.source.lower()
    if len(piece) <= 4 and _ECHO.search(source):
        return True
    if _OVER_AND_OVER.search(source) or ("的" in piece and _OF_ITSELF.search(source)):
        return True
    words = re.findall(r"[a-z']+", source)
    return any(a == b for a, b in pairwise(words)) and len(piece) <= 4


def _slip(text: str, match: re.Match[str]) -> bool:
    """Whether a doubled particle is a slip: it neither ends a word with what is before nor begins one."""
    before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
    if match[1] in _LEADING and (not after or after in "，。；：！？、,.;"):
        return True
    ends, begins = _DOUBLES[match[1]]
    return not (before and before in ends) and not (after and after in begins)


def _is_mixed(piece: str) -> bool:
    """Whether the phrase holds both Chinese and something else, and more than a count: 3个3个 is meant."""
    return bool(_ANY_LATIN.search(piece)) and len(HAN_CHAR.findall(piece)) > 1


def _issue(unit: TranslationUnit, match: re.Match[str], kind: str) -> Issue:
    span, piece = Span(*match.span()), match[1]
    times = match.group().count(piece)
    fix = Fix(span, piece) if kind in ("particle", "loop") else None
    return CHECK.issue(
        unit,
        target_span=span,
        severity=Severity.MAJOR if kind == "loop" else Severity.MINOR,
        fix=fix,
        anchor=piece if kind == "loop" else surroundings(unit.target, span),
        kind=kind,
        shown=piece,
        times=times,
        around=excerpt(unit.target, span, width=4),
    )


def render(issue: Issue) -> str:
    """The finding in words."""
    shown, around = text_value(issue, "shown"), text_value(issue, "around")
    if text_value(issue, "kind") == "loop":
        return f"{shown} stands {text_value(issue, 'times')} times in a row"
    return f"{shown} stands twice: {around}"


CHECK = Check(
    id="repetition",
    title="Something is said twice in a row",
    severity=Severity.MINOR,
    category="accuracy/addition",
    find=find,
    render=render,
)
