"""Chinese numerals with what stands around them: 零下, 第, currency, range, percent, unit, measure word, 多 and 余."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from workbench.numerals.han import DIGIT, NUMERAL, SCALED, Numeral, is_financial, read_numeral, read_scaled
from workbench.numerals.units import SYMBOLS, chinese_unit, currency_of, dimension
from workbench.numerals.values import Kind, Value, Weight, code_of, value_at

_GLYPHS = {
    "½": Fraction(1, 2),
    "¼": Fraction(1, 4),
    "¾": Fraction(3, 4),
    "⅓": Fraction(1, 3),
    "⅔": Fraction(2, 3),
}
MEASURES = (
    "个名位人家国次场支队项件条种届所座辆架艘只头匹本部首张片块颗枚粒把台套款枪间层栋幢户口份篇章集期轮批组对双副门类样号岁年天周秒关"
    "分楼度米里吨斤克升倍步声级档员州省市县区校院厂店村镇大方派股笔起例宗桩段句字行列排圈元角强胎杯瓶碗盘箱包袋盒桶根株棵朵道面幅封节站"
    "处地洲路课星名战世季"
)
_PREFIX = "人民币|港币|美金|美元|欧元|英镑|日元"
_PREFIX_IDS = {
    "人民币": "CNY",
    "港币": "HKD",
    "美金": "USD",
    "美元": "USD",
    "欧元": "EUR",
    "英镑": "GBP",
    "日元": "JPY",
}
NUMBER = rf"""(?P<number>(?P<ordinal>第\s?)?
        (?:(?P<speed>时速|每小时)(?:最高)?(?:可达|高达|达到?|超过|大约|约为|[约近逾为])?\s?)?
        (?:(?P<scale>摄氏|华氏)\s?)?(?:(?P<below>零下|(?<![\d胜平])负|(?<![\d度℃CcF°%])-(?=\d+(?:\.\d+)?\s?(?:度|℃|°|摄氏|华氏))|(?<![^\s，。、：；（(“"至为到是达了约低于从在和与及跌])-(?=[$€£¥]?\d))\s?)?
        (?P<money>(?:{SYMBOLS}|{_PREFIX})\s?(?=\d)|(?<![A-Za-z])[A-Z][a-z]?(?=\d[\d.,]*\s?[万亿]))?
        (?:(?(money)|(?<![A-Za-z0-9.]))(?P<scaled>{SCALED})|(?P<glyph>[½¼¾⅓⅔])|(?P<han>{NUMERAL})))"""
_CORE = re.compile(rf"(?P<scaled>{SCALED})|(?P<han>{NUMERAL})")
_JOINT = re.compile(r"\s?(?:[-~至到]|--)\s?(?=[$€£¥]?[\d一二三四五六七八九十百两])")
_SYMBOL = re.compile(rf"(?:{SYMBOLS})\s?(?=\d)")
_PERCENT = re.compile(r"\s?(?:(%)|(‰)|(个?百分点)|(个?基点))")
_MORE = re.compile(r"\s?[多余来](?!边|元化|样|次元|数|国|方|年来|源|自|到|临|得)")
_HALF_MORE = re.compile(r"\s?个半(小时|钟头|月|世纪|星期)")
_HALF_UNITS = {"小时": "hour", "钟头": "hour", "月": "month", "世纪": "century", "星期": "week"}
_HALF_AFTER = re.compile("半(?![价数场径岛决导路途夜个小年天月日])")
_HALVED = frozenset(("time", "mass", "length", "volume", "area"))
_CHANGE = re.compile(r"[块元]([0-9一二三四五六七八九])(?![0-9十百千万亿个分])[毛角]?")
_LETTERS = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_LETTER_SIZES = {"k": 10**3, "m": 10**6, "b": 10**9}
_SPEEDS = {"kilometre": "km/h", "mile": "mph"}
_SEASON = re.compile(r"\s?季度")
_LINE = re.compile(r"/(\d{1,3})(?![\d/A-Za-z])")


@dataclass(slots=True)
class Core:
    """A numeral in folded text: its value, where it ends, and whether it is in digits."""

    numeral: Numeral
    end: int
    digits: bool
    length: int
    raw: Fraction
    others: tuple[Fraction, ...] = ()


def core_at(folded: str, position: int) -> Core | None:
    """The numeral that begins at `position`, the longest that is a number."""
    found = _CORE.match(folded, position)
    return _core(found) if found else None


def _core(found: re.Match[str]) -> Core | None:
    if found["scaled"] is not None:
        numeral = read_scaled(found["scaled"])
        if numeral is None:
            return None
        plain = re.match(r"[\d.,\s]+", found["scaled"])
        raw = Fraction(re.sub(r"[,\s]", "", plain.group())) if plain else numeral.number
        return Core(numeral, found.end("scaled"), True, len(found["scaled"]), raw)
    shown = found["han"]
    start = found.start("han")
    for length in range(min(len(shown), 40), max(len(shown) - 12, 0), -1):
        numeral = read_numeral(shown[:length]) if length <= 40 else None
        if numeral is not None:
            size = _own_size(shown[:length])
            return Core(numeral, start + length, False, length, numeral.number / size)
    return None


def _own_size(shown: str) -> int:
    """The scale that ends a numeral (三百万 → 万), which the first end of a range may share."""
    size = 1
    for char in reversed(shown):
        if char not in "万亿":
            break
        size *= 10**4 if char == "万" else 10**8
    return size


def read_number(text: str, folded: str, found: re.Match[str]) -> Value | None:
    """The value that a match of NUMBER begins, None where the characters state none."""
    start = found.start()
    if found["glyph"] is not None:
        return value_at(text, start, found.end(), Kind.FRACTION, (_GLYPHS[found["glyph"]],))
    core = _core(found)
    if core is None or not _counts(folded, found, core):
        return None
    if (
        not core.digits
        and core.length < len(found["han"])
        and is_financial(text[found.start("han") : core.end])
    ):
        return None
    if found["ordinal"]:
        return _ordinal(text, folded, start, core)
    money = found["money"].strip() if found["money"] else ""
    currency = _PREFIX_IDS.get(money) or (currency_of(found["money"]) if money else "")
    bare = not found["below"] and not currency and not found["speed"]
    if core.digits and not found["below"] and not found["speed"]:
        core = _lettered(folded, core, sure=bool(currency))
    if core.digits and bare:
        special = _code(text, folded, start, core) or _line(text, folded, start, core)
        if special:
            return special
    season = _SEASON.match(folded, core.end)
    if bare and season and not core.numeral.vague and core.numeral.number <= 4:
        return value_at(text, start, season.end(), Kind.ORDINAL, (core.numeral.number,), weight=Weight.PLAIN)
    return _quantity(text, folded, found, core, currency)


def _counts(folded: str, found: re.Match[str], core: Core) -> bool:
    """Whether characters that may be part of a word are a number here."""
    if core.digits:
        return True
    shown = folded[core.end - core.length : core.end]
    following = folded[core.end : core.end + 1]
    measured = bool(following) and (following in MEASURES or chinese_unit(folded, core.end) is not None)
    if _needs_measure(shown):
        if shown == "数" and folded[max(0, core.end - 2) : core.end - 1] in tuple(
            "人次指分多少总参函系票岁倍"
        ):
            return False
        if following in ("点", "") and shown != "零":
            return bool(found["ordinal"])
        return measured or bool(found["ordinal"])
    return not (
        shown == "十" and following == "分" and folded[core.end : core.end + 2] not in ("分钟", "分之")
    )


def _needs_measure(shown: str) -> bool:
    """Whether the characters are a number only before a measure word or unit: 一, 几, 数, a bare 百 or 万."""
    return shown in ("一", "几", "百", "千", "零", "〇", "○", "数") or shown.strip("万亿") == ""


def _ordinal(text: str, folded: str, start: int, core: Core) -> Value:
    end, unit = core.end, ""
    named = chinese_unit(folded, end)
    if named and dimension(named[0]) == "time":
        unit, end = named
    number = core.numeral.number
    weight = Weight.FIRM if core.digits or number > 12 else Weight.SLIGHT if number == 1 else Weight.PLAIN
    return value_at(text, start, end, Kind.ORDINAL, (number,), unit=unit, weight=weight)


def _lettered(folded: str, core: Core, *, sure: bool) -> Core:
    """$450m and 14K; without a currency the letter may mean something else."""
    letters = _LETTERS.match(folded, core.end)
    size = _LETTER_SIZES.get(letters.group().lower()) if letters else None
    if not letters or not size or core.numeral.number != core.raw or (letters.group() == "m" and not sure):
        return core
    numeral = Numeral(core.raw * size)
    return Core(numeral, letters.end(), True, core.length, core.raw, () if sure else (core.raw,))


def _code(text: str, folded: str, start: int, core: Core) -> Value | None:
    """5G, 1080p."""
    letters = _LETTERS.match(folded, core.end)
    if not letters or core.numeral.number != core.raw:
        return None
    named = chinese_unit(folded, core.end)
    if named and named[1] >= letters.end():
        return None
    if letters.group() in ("x", "X"):
        return None
    shown = folded[start : letters.end()]
    return value_at(
        text, start, letters.end(), Kind.CODE, (core.raw,), weight=Weight.SLIGHT, code=code_of(shown)
    )


def _line(text: str, folded: str, start: int, core: Core) -> Value | None:
    """1/2, 9/11."""
    line = _LINE.match(folded, core.end)
    number = core.numeral.number
    if not line or number.denominator != 1 or not 0 < number < int(line[1]):
        return None
    below = int(line[1])
    others = (number, Fraction(below), Fraction(int(f"{number}{below}")))
    return value_at(text, start, line.end(), Kind.FRACTION, (number / below,), others=others)


def _range(folded: str, core: Core) -> tuple[Core, Fraction] | None:
    """The core of "10-15分钟" with its second number, which shares its scale with the first."""
    joint = _JOINT.match(folded, core.end)
    if not joint:
        return None
    symbol = _SYMBOL.match(folded, joint.end())
    second = core_at(folded, symbol.end() if symbol else joint.end())
    if second is None or second.digits != core.digits or second.numeral.vague:
        return None
    number, upper, others = core.numeral.number, second.numeral.number, list(core.others)
    size = upper / second.raw if second.raw else Fraction(1)
    if size > 1 and core.raw == number and number <= second.raw:
        others.append(number)
        number *= size
    elif 1000 <= number < 3000 and core.raw == number and 10 <= upper < 100 and second.length == 2:
        upper = number - number % 100 + upper
    numeral = Numeral(number, approximate=core.numeral.approximate or second.numeral.approximate)
    return Core(numeral, second.end, core.digits, core.length, core.raw, tuple(others)), upper


def _quantity(text: str, folded: str, found: re.Match[str], core: Core, currency: str) -> Value:
    """A number with its percent sign, unit or measure word."""
    start, upper = found.start(), core.numeral.upper
    below = found["below"]
    if not below and upper is None and not core.numeral.vague:
        ranged = _range(folded, core)
        if ranged:
            core, upper = ranged
    end, numeral = core.end, core.numeral
    numbers = [-numeral.number if below else numeral.number] + ([] if upper is None else [upper])
    percent = _PERCENT.match(folded, end)
    if percent and not currency:
        part = 1000 if percent[2] else 10000 if percent[4] else 100
        shares = tuple(number / part for number in numbers)
        others = tuple(number / part for number in core.others)
        return value_at(text, start, percent.end(), Kind.PERCENT, shares, others=others)
    approximate = numeral.approximate
    more = _MORE.match(folded, end)
    if more and (core.digits or folded[end - 1] in "十百千万亿"):
        end, approximate = more.end(), True
    numbers[0], unit, end = _measured(folded, core, numbers[0], currency, end)
    unit = _adjusted(unit, found)
    weight = Weight.FIRM if below else _weight(folded, core, unit, end, numbers[0])
    kind = Kind.VAGUE if numeral.vague else Kind.QUANTITY
    return value_at(
        text, start, end, kind, tuple(numbers), unit=unit, weight=weight, approximate=approximate, others=core.others
    )  # fmt: skip


def _measured(
    folded: str, core: Core, number: Fraction, currency: str, end: int
) -> tuple[Fraction, str, int]:
    """The number with the half or the change behind its unit (一年半, 5块5), the unit, and where they end."""
    half = _HALF_MORE.match(folded, end)
    if half:
        return number + Fraction(1, 2), _HALF_UNITS[half[1]], half.end()
    named = chinese_unit(folded, end)
    if named and (not currency or dimension(named[0]) == "money"):
        unit, end = named
        change = _CHANGE.match(folded, end - 1) if unit == "CNY" and number.denominator == 1 else None
        if change:
            after_change = chinese_unit(folded, change.end())
            number += Fraction(int(change[1]) if change[1].isdigit() else DIGIT[change[1]], 10)
            end = change.end()
            if after_change and dimension(after_change[0]) == "money":
                unit, end = after_change
        after = _HALF_AFTER.match(folded, end)
        if after and dimension(unit) in _HALVED:
            number += Fraction(1, 2)
            end = after.end()
        return number, unit, end
    counted = not core.digits and folded[end : end + 1] in MEASURES
    if counted and _needs_measure(folded[core.end - core.length : end]):
        end += 1
    return number, currency, end


def _adjusted(unit: str, found: re.Match[str]) -> str:
    """The unit with what stood before the number: 时速100公里, 摄氏10度, 零下10度."""
    if found["speed"]:
        return _SPEEDS.get(unit, unit)
    if unit == "degree" and found["scale"]:
        return "celsius" if found["scale"] == "摄氏" else "fahrenheit"
    return unit


def _weight(folded: str, core: Core, unit: str, end: int, number: Fraction) -> Weight:
    """How firm a numeral is: digits and long numerals are, 一 and a lone figure before no measure word are not."""
    if core.digits:
        return Weight.FIRM
    shown = folded[core.end - core.length : core.end]
    if core.numeral.vague:
        return Weight.SLIGHT if core.numeral.number == 1 else Weight.PLAIN
    if shown[0] in "百千万亿":
        bounded = folded[max(0, core.end - core.length - 1) : core.end - core.length] in (
            "近",
            "逾",
            "约",
            "超",
        )
        return Weight.PLAIN if bounded else Weight.SLIGHT
    if number <= 1:
        return Weight.SLIGHT
    if core.length > 1 and core.numeral.number > 12:
        return Weight.FIRM
    measured = unit or folded[end : end + 1] in MEASURES
    return Weight.PLAIN if measured or core.length > 1 else Weight.SLIGHT
