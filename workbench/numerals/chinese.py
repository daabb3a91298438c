"""The Chinese reader: every value that a Chinese text states, with the span that states it."""

from __future__ import annotations

import re
from fractions import Fraction

from workbench.numerals.chinese_dates import NAMES as DATE_NAMES
from workbench.numerals.chinese_dates import PATTERNS as DATES
from workbench.numerals.chinese_dates import read_date
from workbench.numerals.chinese_idioms import FIRST, PATTERN
from workbench.numerals.chinese_numbers import NUMBER, core_at, read_number
from workbench.numerals.han import ARABIC, DIGIT, HAN, fold, is_financial
from workbench.numerals.units import chinese_unit, dimension
from workbench.numerals.values import Kind, Value, Weight, code_of, value_at

_FIGURE = f"(?:{ARABIC})|[{HAN}点]+"
_GROWN = (
    "(?:增加|增长|提高|上升|上涨|扩大|提升|飙升|激增|暴涨|攀升|猛增|增多"
    "|扩张|放大|[增涨升]|(?P<bigger>[高超多大快长][出了上]?|[强重宽厚深贵远久广亮好热难]))"
)
_ABOUT = "(?:了|出)?(?:将近|大约|超过|不止|足足|整整|至少|[近约逾超])?"
_SIZES = "十百千万亿"

# What any of the expressions below begins with, and the words to be skipped: everything else is passed over at once.
_BEGIN = (
    f"0-9A-Za-z$€£¥₹₩₽₿½¼¾⅓⅔{HAN}第时每摄华零负人港美欧英日周星礼凌清早上中正午下傍晚夜深半公西对"
    "增提扩飙激暴攀猛高超多放涨大长快升强重宽厚深贵远久广亮热难翻倍加成双好若冠亚季殿差买首头俩情夫全整昼过减"
)
_START = f"{_BEGIN}{FIRST}-"
_TOKEN = re.compile(
    rf"""(?=[{_START}])(?:
    (?P<skip>https?://[!-~]+|www\.[!-~]+|[\w.+-]+@[\w-]+\.[\w.]+|(?![百千万]分之|[一二][零〇一二三四五六七八九]{{3}}年){PATTERN}|(?<![了约近过满仅用花共第])四周(?!时间|后|内|前|以[来内上]|左右|半|[年龄岁]))
    |(?=[{_BEGIN}-])(?!(?<=[A-Za-z])[a-z])(?:(?P<weekday>(?<![\d一二三四五六七八九十两几])(?:周|星期|礼拜)(?P<weekdayname>[一二三四五六日天])(?![年月周]))
    |(?P<plan>十[一二三四五]五(?![个岁名人年天万亿位]))
    |{DATES}
    |(?P<chain>(?<![A-Za-z0-9.])\d+(?:(?:\.\d+){{2,}}|(?:-\d+){{2,}}))
    |(?P<score>(?<![A-Za-z0-9.])\d{{1,4}}(?:\.\d{{1,2}})?\s?(?:[x×X*&]|比|乘以?)\s?\d{{1,4}}(?:\.\d{{1,2}})?(?![0-9]|\.\d)|\d{{1,2}}:\d{{1,2}}(?![:\d])|[一二三四五六七八九十两零]比[一二三四五六七八九十两零](?![较如例喻方重分])|\d{{1,2}}·\d{{1,2}})
    |(?P<percent>(?:(?P<negative>(?<![\d胜平])负)\s?)?(?P<base>[百千万])分之(?P<share>百|{_FIGURE}))|(?P<whole>百分百|对半)
    |(?P<stopwatch>(?=[\d{HAN}.]{{1,8}}\s?(?:分钟?半|分[\d{HAN}. ]{{1,6}}秒|秒\d|米\s?[\d一二三四五六七八九]))
        (?:(?P<lap>{_FIGURE})\s?分\s?(?=[{HAN}\d.]+\s?秒))?
        (?P<seconds>{_FIGURE})\s?秒(?:(?P<rest>\d{{1,2}})(?![\d.]|\s?[万亿]))?(?(lap)|(?(rest)|(?!)))(?!差)
        |(?P<metres>[1-3]|[一二两三])\s?米\s?(?P<more>\d{{1,2}}|[一二三四五六七八九][零一二三四五六七八九]?)(?![\d.年月日厘分百十千万个名位米])
        |(?P<minutes>{_FIGURE})\s?分钟?半钟?)
    |(?P<every>每一?(?P<period>(?:小时|分钟)(?!\s?[\d{HAN}约超高达最近可])|天|日|周(?![围边遭刊])|星期|个?月|年)(?!度))
    |(?P<fraction>(?P<under>{_FIGURE}|百)分之(?P<upon>{_FIGURE})(?:\s?个?(?P<points>百分点))?)
    |(?P<tenths>(?P<ten>\d+(?:\.\d+)?|[一二三四五六七八九两])\s?成(?P<five>[一二三四五六七八九半])?(?![为立功员本都长绩果分就熟人千上年品份名型效新交像见了])(?:以上|左右)?)
    |(?P<discount>(?P<off>\d(?:\.\d)?|[一二三四五六七八九]{{1,2}})\s?折(?![磨腾断叠扣射返合中算起戟])(?:优惠)?)
    |(?P<grown>{_GROWN}{_ABOUT}\s?(?P<growth>{_FIGURE}|半)\s?[多余]?\s?倍(?P<grownhalf>半)?)
    |(?P<doubled>翻了?(?P<fan>[一两二三四五]|\d)?番|翻了?(?P<bei>{_FIGURE})?\s?倍|倍增|加倍|成倍|双倍)
    |(?P<times>(?P<count>{_FIGURE})\s?[多余]?\s?倍(?P<timeshalf>半)?)
    |(?P<vague>成百上千|成千上万|千千万万|数以(?P<by>[{_SIZES}]+)计|好几(?P<good>[{_SIZES}]+)|上(?P<over>[百千万亿]+|[百千十]万|[百千十]亿)(?![名人次位]?分)|若干)
    |(?P<offer>买(?P<bought>\d{{1,2}}|[一二三四五六七八九十两])[件个张份瓶盒]?[，,]?(?:送|赠|得)(?P<given>\d{{1,2}}|[一二三四五六七八九十两])(?![千万百亿]))
    |(?P<reign>(?<![生今来前后在])(?P<nth>[一二三四五六七八]|十[一二三四五六七八九]?)世(?![纪界代人家俗上间道故袭孙仇态事面英交]))
    |(?P<rank>冠军|亚军|季军|殿军|首[次个位名批届席款部座轮场家度例条季周月年日]|首先|头号|头等|一流)
    |(?P<pair>双方|双|两者|二者|俩|一对|成对|情侣|夫妇|夫妻)
    |(?P<always>全天候?|整日整夜|日夜|昼夜)
    |(?P<code>(?<![A-Za-z0-9])[A-Za-z]+-?\d(?![\d.,]*\s?[万亿])[A-Za-z0-9]*(?:[-./]\d+)*)
    |(?P<half>一半|半数|过半|减半|(?<![大小上下前后多过一])半(?=个?(?:小时|钟头|月|年|岁|天|世纪|分钟|秒|日|[价场])))
    |{NUMBER}
    ))""",
    re.VERBOSE,
)
_ANY = re.compile(
    f"[0-9{HAN}半双俩倍番首冠亚季殿½¼¾⅓⅔]|中午|正午|午夜|夫[妇妻]|[周期拜][日天]|每[天日周星个月年小分]|情侣|若干|头[号等]|成对|全天|[日昼整]夜"
)
_LONG = re.compile(r"\d{40,}")
_LATIN_ONLY = re.compile("[\u3400-\u9fff]")


def find_values(text: str) -> list[Value]:
    """The values of a Chinese text, in order, without overlaps."""
    folded = fold(text)
    if not _ANY.search(folded):
        return []
    if _LONG.search(folded):
        folded = _LONG.sub(lambda run: "\ufffc" * len(run.group()), folded)
    values: list[Value] = []
    position = 0
    while True:
        found = _TOKEN.search(folded, position)
        if not found:
            return values
        name = found.lastgroup or ""
        if name == "number":
            value = read_number(text, folded, found)
        elif name in DATE_NAMES:
            value = read_date(text, found)
        elif name in _READERS:
            value = _READERS[name](text, found)
        else:
            value = None
        if value is not None:
            values.append(value)
            position = max(value.span.end, found.start() + 1)
        else:
            whole = name == "skip" or (
                name == "number" and found["han"] and is_financial(text[found.start() : found.end()])
            )
            position = max(found.end(), found.start() + 1) if whole else found.start() + 1


def _figure(shown: str) -> Fraction | None:
    """A numeral that has to fill the text."""
    core = core_at(shown, 0)
    if core is None or core.end != len(shown) or core.numeral.vague:
        return None
    return core.numeral.number


_WEEKDAYS = "一二三四五六日"


def _weekday(text: str, found: re.Match[str]) -> Value:
    number = _WEEKDAYS.index(found["weekdayname"].replace("天", "日")) + 1
    return value_at(text, found.start(), found.end(), Kind.WEEKDAY, (number,), weight=Weight.PLAIN)


def _offer(text: str, found: re.Match[str]) -> Value | None:
    """买三送一: three bought, one given."""
    bought, given = _figure(found["bought"]), _figure(found["given"])
    if bought is None or given is None:
        return None
    return value_at(text, found.start(), found.end(), Kind.QUANTITY, (bought, given), weight=Weight.PLAIN)


def _reign(text: str, found: re.Match[str]) -> Value | None:
    number = _figure(found["nth"])
    if number is None:
        return None
    return value_at(text, found.start(), found.end(), Kind.ORDINAL, (number,), weight=Weight.PLAIN)


def _stopwatch(text: str, found: re.Match[str]) -> Value | None:
    """3分20秒 and 10秒83 in seconds, 一分半钟 in minutes, 1米65 in metres."""
    if found["metres"]:
        rest = "".join(str(DIGIT.get(char, char)) for char in found["more"])
        metres = (_figure(found["metres"]) or 0) + Fraction(int(rest), 10 ** len(rest))
        return value_at(text, found.start(), found.end(), Kind.QUANTITY, (metres,), unit="metre")
    if found["minutes"]:
        number = _figure(found["minutes"])
        if number is None:
            return None
        number += Fraction(1, 2)
        return value_at(text, found.start(), found.end(), Kind.QUANTITY, (number,), unit="minute")
    lap = _figure(found["lap"]) if found["lap"] else Fraction(0)
    seconds = _figure(found["seconds"])
    if lap is None or seconds is None:
        return None
    if found["rest"]:
        seconds += Fraction(int(found["rest"]), 10 ** len(found["rest"]))
    return value_at(text, found.start(), found.end(), Kind.QUANTITY, (lap * 60 + seconds,), unit="second")


_PERIODS = {
    **dict.fromkeys(("天", "日"), "day"), **dict.fromkeys(("周", "星期"), "week"),
    **dict.fromkeys(("月", "个月"), "month"), "年": "year", "小时": "hour", "分钟": "minute",
}  # fmt: skip


def _every(text: str, found: re.Match[str]) -> Value:
    unit = _PERIODS[found["period"]]
    return value_at(text, found.start(), found.end(), Kind.QUANTITY, (1,), unit=unit, weight=Weight.SLIGHT)


def _plan(text: str, found: re.Match[str]) -> Value:
    number = 10 + DIGIT[found.group()[1]]
    return value_at(text, found.start(), found.end(), Kind.ORDINAL, (number,), others=(5,))


def _chain(text: str, found: re.Match[str]) -> Value:
    numbers = tuple(int(part) for part in re.findall(r"\d+", found.group()))
    return value_at(
        text, found.start(), found.end(), Kind.CODE, numbers, code=re.sub(r"\D", "", found.group())
    )


def _score(text: str, found: re.Match[str]) -> Value | None:
    parts = re.split(r"\s?(?:[x×X*&比:·]|乘以?)\s?", found.group())
    numbers = [_figure(part) for part in parts]
    if len(numbers) != 2 or numbers[0] is None or numbers[1] is None:
        return None
    weight = Weight.FIRM if parts[0].isdigit() else Weight.PLAIN
    others = (int("".join(parts)),) if "·" in found.group() else ()
    return value_at(
        text,
        found.start(),
        found.end(),
        Kind.QUANTITY,
        (numbers[0], numbers[1]),
        weight=weight,
        others=others,
    )


def _percent(text: str, found: re.Match[str]) -> Value | None:
    base = {"百": 100, "千": 1000, "万": 10000}[found["base"]]
    number = Fraction(100) if found["share"] == "百" else _figure(found["share"])
    return (
        None
        if number is None
        else value_at(
            text, found.start(), found.end(), Kind.PERCENT, (number / (-base if found["negative"] else base),)
        )
    )


def _whole(text: str, found: re.Match[str]) -> Value:
    number = Fraction(1) if found.group() == "百分百" else Fraction(1, 2)
    return value_at(text, found.start(), found.end(), Kind.PERCENT, (number,), weight=Weight.PLAIN)


def _fraction(text: str, found: re.Match[str]) -> Value | None:
    below = Fraction(100) if found["under"] == "百" else _figure(found["under"])
    above = _figure(found["upon"])
    if not below or above is None:
        return None
    if found["points"]:
        return value_at(text, found.start(), found.end(), Kind.PERCENT, (above / below / 100,))
    named = chinese_unit(fold(text), found.end())
    if named and (dimension(named[0]) in ("volume", "mass", "length") or named[0] in ("hour", "century")):
        return value_at(text, found.start(), named[1], Kind.QUANTITY, (above / below,), unit=named[0])
    return value_at(text, found.start(), found.end(), Kind.FRACTION, (above / below,), others=(above, below))


def _tenths(text: str, found: re.Match[str]) -> Value | None:
    number = _figure(found["ten"])
    if number is None or number >= 10:
        return None
    if found["five"]:
        number += Fraction(5 if found["five"] == "半" else DIGIT[found["five"]], 10)
    return value_at(text, found.start(), found.end(), Kind.PERCENT, (number / 10,))


def _discount(text: str, found: re.Match[str]) -> Value | None:
    number = _figure(found["off"])
    if number is None:
        return None
    kept = number / (100 if number >= 10 else 10)
    return value_at(text, found.start(), found.end(), Kind.PERCENT, (kept,), others=(1 - kept,))


def _grown(text: str, found: re.Match[str]) -> Value | None:
    number = Fraction(1, 2) if found["growth"] == "半" else _figure(found["growth"])
    if number is None:
        return None
    number += Fraction(1, 2) if found["grownhalf"] else 0
    # 大三倍 is said of what is four times as large, and of what is three times as large.
    others = (number,) if found["bigger"] else ()
    return value_at(
        text, found.start(), found.end(), Kind.MULTIPLE, (number + 1,), others=others, growth=True
    )


def _doubled(text: str, found: re.Match[str]) -> Value | None:
    if found["bei"]:
        number = _figure(found["bei"])
        if number is None:
            return None
        others = () if number == 1 else (number + 1,)
        number = Fraction(2) if number == 1 else number
        return value_at(text, found.start(), found.end(), Kind.MULTIPLE, (number,), others=others)
    if found.group() == "成倍":
        return value_at(text, found.start(), found.end(), Kind.VAGUE, (1,), weight=Weight.SLIGHT, others=(2,))
    times = _figure(found["fan"]) if found["fan"] else Fraction(1)
    if times is None:
        return None
    return value_at(text, found.start(), found.end(), Kind.MULTIPLE, (2 ** int(times),), weight=Weight.PLAIN)


def _times(text: str, found: re.Match[str]) -> Value | None:
    number = _figure(found["count"])
    if number is None:
        return None
    others = (2,) if number == 1 and not found["timeshalf"] else ()
    number += Fraction(1, 2) if found["timeshalf"] else 0
    return value_at(text, found.start(), found.end(), Kind.MULTIPLE, (number,), others=others)


def _product(shown: str) -> int:
    size = 1
    for char in shown[:8]:
        size *= {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}[char]
    return size


def _vague(text: str, found: re.Match[str]) -> Value:
    others: tuple[int, ...] = ()
    shown = found.group()
    sizes = found["by"] or found["good"] or found["over"]
    if sizes:
        number = _product(sizes)
    elif shown == "成百上千":
        number, others = 100, (1000,)
    elif shown == "若干":
        number = 1
    else:
        number, others = 1000, (10**4, 10**5, 10**6)
    weight = Weight.SLIGHT if shown == "若干" else Weight.PLAIN
    return value_at(
        text,
        found.start(),
        found.end(),
        Kind.VAGUE,
        (number,),
        weight=weight,
        others=others,
        approximate=True,
    )


_RANKS = {"亚军": 2, "季军": 3, "殿军": 4}


def _rank(text: str, found: re.Match[str]) -> Value:
    number = _RANKS.get(found.group(), 1)
    weight = Weight.PLAIN if number > 1 else Weight.SLIGHT
    return value_at(text, found.start(), found.end(), Kind.ORDINAL, (number,), weight=weight)


def _pair(text: str, found: re.Match[str]) -> Value:
    return value_at(text, found.start(), found.end(), Kind.QUANTITY, (2,), weight=Weight.SLIGHT)


def _always(text: str, found: re.Match[str]) -> Value:
    return value_at(text, found.start(), found.end(), Kind.QUANTITY, (24,), unit="hour", weight=Weight.SLIGHT)


def _code(text: str, found: re.Match[str]) -> Value:
    numbers = tuple(int(part) for part in re.findall(r"\d+", found.group()))
    return value_at(
        text,
        found.start(),
        found.end(),
        Kind.CODE,
        numbers,
        weight=Weight.SLIGHT,
        code=code_of(found.group()),
    )


_HALF_UNIT = re.compile("个?(小时|钟头|月|年|岁|天|世纪|分钟|秒|日)")
_HALF_UNITS = {
    **dict.fromkeys(("小时", "钟头"), "hour"),
    **dict.fromkeys(("天", "日"), "day"),
    "月": "month",
    **dict.fromkeys(("年", "岁"), "year"),
    "世纪": "century",
    "分钟": "minute",
    "秒": "second",
}


def _half(text: str, found: re.Match[str]) -> Value:
    unit = _HALF_UNIT.match(text, found.end())
    if found.group() == "半" and unit:
        return value_at(
            text,
            found.start(),
            unit.end(),
            Kind.QUANTITY,
            (Fraction(1, 2),),
            unit=_HALF_UNITS[unit[1]],
            weight=Weight.PLAIN,
        )
    return value_at(text, found.start(), found.end(), Kind.FRACTION, (Fraction(1, 2),), weight=Weight.SLIGHT)


_READERS = {
    "weekday": _weekday,
    "offer": _offer,
    "reign": _reign,
    "stopwatch": _stopwatch,
    "every": _every,
    "plan": _plan,
    "chain": _chain,
    "score": _score,
    "percent": _percent,
    "whole": _whole,
    "fraction": _fraction,
    "tenths": _tenths,
    "discount": _discount,
    "grown": _grown,
    "doubled": _doubled,
    "times": _times,
    "vague": _vague,
    "rank": _rank,
    "pair": _pair,
    "always": _always,
    "code": _code,
    "half": _half,
}
