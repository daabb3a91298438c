"""Numbers said without being stated (only, first, to the dollar, “万”), and what a lost number leaves."""

from __future__ import annotations

import re
from fractions import Fraction

from workbench.numerals.units import english_unit, same_unit
from workbench.numerals.values import Kind, Value

_ONE = re.compile(r"[一单首独初頭头]|(?i:\b(?:an?|one|single|first|only)\b)")
# Digits that are a number as they stand: not those of 5万, 5 million or 5%.
DIGITS = re.compile(
    r"\d+(?:[.,]\d+)*(?![\d.,]*\d|\s?[多余]?[十百千万亿萬億%％]|\s?(?:[mb]illion|trillion|thousand|per))"
)
# The words of magnitudes that are spoken of, not numbers: in units of ten thousand, 以万和亿为单位, “万”这个词.
_SPOKEN_OF = (
    "[“「『‘]{0}[”」』’]"
    "|(?<=[以按用是叫至到、和与或及]){0}(?=[、和与或及而为作来计，。；：]|$)"
    "|(?<![〇零一二三四五六七八九十百千万亿两几数上多好成点0-9.]){0}(?=的?[词字]|这个|一[词字]|为单位|计[数算])"
)
MAGNITUDES = {
    Fraction(10**power): re.compile(_SPOKEN_OF.format(shown))
    for power, shown in enumerate(
        (
            "[百佰]",
            "[千仟]",
            "[万萬]",
            "十[万萬]",
            "百[万萬]",
            "千[万萬]",
            "[亿億]",
            "十[亿億]",
            "百[亿億]",
            "千[亿億]",
            "[万萬][亿億]",
        ),
        start=2,
    )
}


_WHOLE = re.compile(r"[全纯純绝絕彻徹]|(?i:\b(?:all|pure|entire|whole|full|absolute|total))")
_OF_ONE = re.compile(r"(?i)\b(?:the|per|an?|each|every)(?=[ ][A-Za-z])")


def says_one(value: Value, text: str) -> bool:
    """Whether a text that does not hold the number one says it in words: first, only, all of it."""
    return bool((_WHOLE if value.kind is Kind.PERCENT else _ONE).search(text))


def names_unit(unit: str, text: str) -> bool:
    """Whether an English text names the unit as one of its kind: 155 yen to the dollar, $5 a kilo."""
    named = (english_unit(text, found.end()) for found in _OF_ONE.finditer(text))
    return any(name is not None and same_unit(name[0], unit) for name in named)


# A century that has lost its number: 世纪90年代.
HEADLESS = re.compile("(?<![0-9一二三四五六七八九十本上这該该个個新半同前])\\s{0,2}(?:世纪|世紀)\\s?\\Z")
# A measure word that has lost its number: "约 名", two spaces before 岁.
# How a sign is said in another word.
_NEGATIVE = re.compile(
    r"[降减減跌负負亏虧缩縮少低赤滑]|(?i:\b(?:minus|negative|below|under|loss|lost|los[et]s?|fell|fall\w*|drop\w*|declin\w*|decreas\w*"
    r"|down|deficit|shr[aiu]nk|contract\w*|reduc\w*|cut|debt|overdr\w*|slip\w*|slump\w*|less|lower)\b)"
)


def sign_is_kept(one: Fraction, two: Fraction, text: str, other: str) -> bool:
    """Whether two answering numbers have one sign, or the text of the positive one says it in a word: 下降5%."""
    if not one or one != -two:
        return True
    return _NEGATIVE.search(other if one < 0 else text) is not None


DANGLING = re.compile(
    r"(?:[约近逾第]\s?|[\u3400-\u9fff]\s{2,})(?:[个個名岁天年月日号人次件家位条级]|小时|分钟|公里|英里|美元)"
    r"|第[个個名届次]|(?<![几幾])[超仅僅][过過](?:小时|分钟|公里|英里|美元|岁)|[（(]\s+(?:个工作日|公顷|公里|英里|米|英尺|公斤|磅)"
)
LOST_MONTH = re.compile(
    r"[今去明前]年\s{0,2}月|[月\d]\s?[至到]\s{0,3}月|年\s{2}月"
    r"|(?<![\d一二三四五六七八九十个個本上下当每同几数整满歲岁年])\s{0,2}月(?:份|初|底|末|中旬|\s?\d)"
)
