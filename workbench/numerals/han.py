"""Chinese numerals, 五十二亿, 5.2亿, 三百多万, 十几, 二〇一九, 伍拾贰: read to exact numbers and written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

_TRADITIONAL = dict(
    zip(
        "萬億兩點個時鐘號幾數餘雙對貳參叁陸負漲長增倍週種條隻歲紀間組強負鎊圓塊噸們裡爾過達於後兒來還會從開無當為約較將",
        "万亿两点个时钟号几数余双对贰叁叁陆负涨长增倍周种条只岁纪间组强负镑圆块吨们里尔过达于后儿来还会从开无当为约较将",
        strict=True,
    )
)
_FULL_WIDTH = {
    chr(0xFEE0 + code): chr(code) for code in [*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B)]
}
_FULL_WIDTH.update(zip("％．：＋／＄￥￡－＃～∼〜︰∶−–—―•・‧", "%.:+/$¥£-#~~~::----···", strict=True))
_FOLD = str.maketrans({**_TRADITIONAL, **_FULL_WIDTH})
_FINANCIAL = dict(zip("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千", strict=True))
_FINANCIAL_RUN = re.compile(
    "(?<![0-9零〇一二三四五六七八九十百千万亿廿卅])(?=[壹贰叁肆伍陆柒捌玖][拾佰仟万亿]|拾[壹贰叁肆伍陆柒捌玖])"
    "[壹贰叁肆伍陆柒捌玖拾佰仟零万亿]{2,}(?![一二三四五六七八九十百千廿卅壹贰叁肆伍陆柒捌玖拾佰仟])"
)
_FINANCIAL_TABLE = str.maketrans(_FINANCIAL)


_FULL_WIDTH_COMMA = re.compile("(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")


def fold(text: str) -> str:
    """The text with full-width signs, traditional and financial numerals in their plain form, as long as it was."""
    if "，" in text:
        text = _FULL_WIDTH_COMMA.sub(",", text)
    text = text.translate(_FOLD)
    if "拾" in text or "佰" in text or "仟" in text or _FINANCIAL_RUN.search(text):
        text = _FINANCIAL_RUN.sub(lambda run: run.group().translate(_FINANCIAL_TABLE), text)
    return text


_UNFOLD = str.maketrans(
    dict(zip("万亿两个时钟镑吨岁纪欧华摄节码顷亩币间", "萬億兩個時鐘鎊噸歲紀歐華攝節碼頃畝幣間", strict=True))
)


def unfold(text: str) -> str:
    """A numeral and its unit in traditional characters: 两个小时 → 兩個小時."""
    return text.translate(_UNFOLD)


def is_traditional_text(text: str) -> bool:
    """Whether the text holds a traditional character of those that numerals and units are written with."""
    return not _TRADITIONAL_SIGNS.isdisjoint(text)


_TRADITIONAL_SIGNS = frozenset("萬億兩個時鐘鎊噸歲紀歐華攝節碼頃畝幣間來還會從開無為這們說過對")


def is_financial(text: str) -> bool:
    """Whether the text holds a financial numeral."""
    return any(char in _FINANCIAL or char in "貳參叁陸" for char in text)


DIGIT = {char: number for number, char in enumerate("零一二三四五六七八九")}
DIGIT.update({"〇": 0, "○": 0, "两": 2})
_FIGURES = "零〇○一二三四五六七八九两"
_PLACES = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万": 10**4, "亿": 10**8, "兆": 10**12}
HAN = "零〇○一二三四五六七八九十百千万亿两廿卅几数"
ARABIC = (
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[\u00a0\u202f\u2009]\d{3})+(?:\.\d+)?"
    r"|(?<!\d\x20)[1-9]\d{0,2}(?:\x20\d{3})+(?![\d.,\x20]\d|\d)|\d+(?:\.\d+)?"
)
_SCALE = r"(?:[十百千]?(?:万亿|亿|万)|[十百]|千(?![米克瓦卡赫帕伏焦])|兆(?![瓦赫字位欧]))"
SCALED = (
    rf"(?:{ARABIC})(?:\s?[多余几来]?\s?{_SCALE})?"
    rf"(?:(?<=[万亿千])零?\d{{1,4}}(?:\.\d+)?(?:[十百千]?[万亿]|[百千])(?![米克瓦])(?:零?\d{{1,4}}(?![\d.]|\s?[年月日号时分点%]))?)*"
)
NUMERAL = (
    rf"[{HAN}](?:[{HAN}]|[多余来](?=[百千万亿]))*"
    "(?:点[零〇一二三四五六七八九]+(?:万亿|[百千]?[万亿])?)?[多余来几]?"
)
_MORE = "多余来"
_SECTION = re.compile(
    "(?:(?P<千>[D]{1,2})?千)?零?(?:(?P<百>[D]{1,2})?百)?零?(?:(?P<十>[D]{1,2})?十)?零?(?P<一>[D]{1,2})?".replace(
        "D", "一二三四五六七八九两几数"
    )
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A Chinese numeral's value; `upper` is the end of an inexact one (三四百), `vague` marks 数十 and 几百."""

    number: Fraction
    upper: Fraction | None = None
    vague: bool = False
    approximate: bool = False


def arabic(shown: str) -> Fraction:
    """The value of Arabic digits with separators."""
    return Fraction(re.sub(r"[,\s]", "", shown))


def read_scaled(shown: str) -> Numeral | None:
    """Digits with Chinese scales: 5.2亿, 1亿2千万, 1000多万. `shown` is folded and matches SCALED."""
    total, rest = Fraction(0), re.sub(r"[\s,]", "", shown)
    approximate = False
    while rest:
        found = re.match(r"零?(\d+(?:\.\d+)?)([多余几来]?)([十百千万亿兆]*)", rest)
        if not found:
            return None
        size = Fraction(1)
        for char in found[3]:
            size *= _PLACES.get(char) or _SCALES[char]
        approximate = approximate or bool(found[2])
        if "亿" in found[3] and 0 < total < 10**8:
            total = total * 10**8  # the 万 of 2万5千亿 counts 亿 too
        total += Fraction(found[1]) * size
        rest = rest[found.end() :]
    return Numeral(total, approximate=approximate)


def read_numeral(shown: str) -> Numeral | None:
    """A numeral in Chinese characters, None where the characters are no number. `shown` is folded."""
    approximate = shown[-1:] in _MORE or any(char in _MORE for char in shown)
    text = "".join(char for char in shown if char not in _MORE)
    text = text.replace("廿", "二十").replace("卅", "三十").replace("○", "〇")
    if "点" in text:
        return _decimal(text)
    if text and all(char in DIGIT for char in text):
        return _positional(text)
    result = _scaled(text.replace("〇", "零"), ("兆", "亿", "万"))
    if result is None:
        return None
    return Numeral(result.number, result.upper, result.vague, approximate or result.approximate)


def _positional(text: str) -> Numeral | None:
    digits = [DIGIT[char] for char in text]
    if len(digits) == 2 and 0 < digits[0] == digits[1] - 1:
        return Numeral(Fraction(digits[0]), Fraction(digits[1]), approximate=True)
    if "两" in text and len(text) > 1:
        return None
    return Numeral(Fraction(int("".join(map(str, digits)))))


def _decimal(text: str) -> Numeral | None:
    whole, _, rest = text.partition("点")
    figures = re.match("[零〇一二三四五六七八九]+", rest)
    before = read_numeral(whole)
    if not figures or before is None or before.vague or before.upper is not None:
        return None
    part = Fraction(int("".join(str(DIGIT[char]) for char in figures.group())), 10 ** len(figures.group()))
    size = Fraction(1)
    for char in rest[figures.end() :]:
        size *= _PLACES.get(char) or _SCALES.get(char, 1)
    return Numeral((before.number + part) * size)


def _scaled(text: str, scales: tuple[str, ...]) -> Numeral | None:
    """Split at the greatest scale; 三万亿 has 三万 before 亿, 三亿五 has half a scale behind it."""
    if not scales:
        return _section(text)
    scale, *smaller = scales
    head, found, tail = text.rpartition(scale)
    if not found:
        return _scaled(text, tuple(smaller))
    size = _SCALES[scale]
    before = (
        _scaled(head, scales[1:] if scale != "亿" or "亿" not in head else scales)
        if head
        else Numeral(Fraction(1))
    )
    if before is None:
        return None
    after = Numeral(Fraction(0))
    if tail:
        if len(tail) == 1 and tail in DIGIT and tail != "零":
            after = Numeral(Fraction(DIGIT[tail] * size, 10))
        else:
            rest = _scaled(tail, tuple(smaller))
            if rest is None:
                return None
            after = rest
    upper = None
    if before.upper is not None:
        upper = before.upper * size
    elif after.upper is not None:
        upper = before.number * size + after.upper
    return Numeral(
        before.number * size + after.number, upper, before.vague, before.approximate or after.approximate
    )


def _section(text: str) -> Numeral | None:
    """Up to 9,999: 三千二百零五, 一百五 (150), 十七八 (17 to 18), 十几, 数百."""
    text = text.lstrip("零")
    abbreviated = re.fullmatch("(.*?)([一二三四五六七八九两]?)([百千])([一二三四五六七八九])", text)
    if abbreviated and abbreviated[2]:
        head = _section(abbreviated[1] + abbreviated[2] + abbreviated[3]) if abbreviated[1] != "几" else None
        if head is not None and head.upper is None and not head.vague:
            return Numeral(head.number + Fraction(DIGIT[abbreviated[4]] * _PLACES[abbreviated[3]], 10))
    found = _SECTION.fullmatch(text)
    if not found or not text:
        return None
    total, upper, vague, approximate = 0, 0, False, False
    for place, size in (("千", 1000), ("百", 100), ("十", 10), ("一", 1)):
        figures = found[place]
        if figures is None:
            if place != "一" and place in text:
                total, upper = total + size, upper + size
            continue
        if figures in ("几", "数"):
            if total == 0:
                total, upper, vague = size, size, True
            approximate = True
            continue
        if len(figures) == 2:
            low, high = DIGIT.get(figures[0], 0), DIGIT.get(figures[1], 0)
            if high != low + 1 or not low:
                return None
            total, upper, approximate = total + low * size, upper + high * size, True
        else:
            total, upper = total + DIGIT[figures] * size, upper + DIGIT[figures] * size
    return Numeral(Fraction(total), Fraction(upper) if upper != total else None, vague, approximate)


def write(number: int, *, financial: bool = False, liang: bool = False) -> str:
    """A whole number in Chinese numerals: 5,200,000,000 → 五十二亿. `liang` writes 两 before 百, 千, 万 and 亿."""
    if number < 0:
        return "负" + write(-number, financial=financial, liang=liang)
    text = _write(number) or "零"
    if text.startswith("一十"):
        text = text[1:]
    if liang:
        text = re.sub("二(?=[百千万亿])", "两", text)
        text = re.sub("(?<=十)两(?=[万亿])", "二", text)
    if financial:
        plain = {char: shown for shown, char in _FINANCIAL.items()}
        if text.startswith("十"):
            text = "一" + text
        text = "".join(plain.get(char, char) for char in text)
    return text


def _write(number: int) -> str:
    for scale, size in (("亿", 10**8), ("万", 10**4)):
        if number >= size:
            head, tail = divmod(number, size)
            joint = "零" if 0 < tail < size // 10 else ""
            return _write(head) + scale + joint + _write(tail)
    text = ""
    for place, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        figure, number = divmod(number, size)
        if figure:
            text += "零一二三四五六七八九"[figure] + place
        elif text and not text.endswith("零") and number:
            text += "零"
    return text.rstrip("零")
