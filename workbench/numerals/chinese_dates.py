"""Chinese dates, decades, centuries and times of day: 2019年12月18日, 二十世纪八十年代, 下午3点半."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from workbench.numerals.han import DIGIT, read_numeral
from workbench.numerals.values import Kind, Value, Weight, value_at

if TYPE_CHECKING:
    import re

_PART = "凌晨|清晨|清早|早晨|早上|早间|上午|中午|正午|午间|下午|午后|傍晚|晚上|晚间|夜间|夜里|深夜|午夜|半夜|晚|早"
_LATE = {"下午", "午后", "傍晚", "晚上", "晚间", "晚"}
_NIGHT = {"夜间", "夜里", "深夜", "午夜", "半夜"}
_HOUR = "(?:(?:[01]?[0-9]|2[0-4])(?![0-9])|二十[一二三四]?|十[一二三四五六七八九]?|[一二三四五六七八九两零])"
_MINUTE = (
    "(?:[0-5]?[0-9](?![0-9])|[二三四五]?十[一二三四五六七八九]?|零[一二三四五六七八九]"
    "|[一二三四五六七八九](?=分))"
)
_MONTH = "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = "(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九])"
_NOT_MONTH = "(?![票亮球饼经光台租薪嫂老色牙])"
_NOT_DAY = "(?![本元圆用常报志益光式耳销产均活])"
_YEAR = "(?:[12][0-9]{3}|[一二][零〇一二三四五六七八九]{3})"

PATTERNS = rf"""(?P<colon>(?:(?P<cpart>{_PART})\s?)?(?P<ch>[01]?\d|2[0-4]):(?P<cm>[0-5]\d)(?::(?P<cs>[0-5]\d))?
        (?![\d:])(?:\s?(?P<cap>[aApP])\.?[mM]\b\.?)?)
    |(?P<short>(?:(?P<spart>{_PART})\s?)?(?:差\s?(?P<less>一刻|三刻|{_MINUTE}分)钟?\s?(?:不到|就?到)?\s?(?P<sh>{_HOUR})\s?[点时]|(?P<th>{_HOUR})\s?点\s?差\s?(?P<tless>一刻|三刻|{_MINUTE}分)钟?))
    |(?P<point>(?:(?P<part>{_PART})\s?)?(?:(?P<from>[01]?\d|2[0-4])\s?[-~至到]\s?)?(?P<h>{_HOUR})\s?
        (?:点钟?(?![〇零一二三四五六七八九]{{1,9}}(?![零〇一二三四五六七八九十分刻])|[击名评子燃缀明滴心出到面])|时(?![代候间期速段常刻装尚空机而差区节光局评隔]))
        (?:\s?(?:(?P<min>{_MINUTE})\s?分?(?!钟)|(?P<hm>半|整|一刻|三刻)))?)
    |(?P<year>(?:公元前|公元|西元)?(?P<y>{_YEAR})\s?年(?!代)(?:\s?(?P<ym>{_MONTH})\s?月(?:份)?(?:\s?(?P<yd>{_DAY})\s?[日号]{_NOT_DAY})?)?)
    |(?P<iso>(?P<iy>[12]\d{{3}})(?P<isep>[-/.])(?P<im>0?[1-9]|1[0-2])(?P=isep)(?P<id>{_DAY})(?![\w]))
    |(?P<slashed>(?P<sa>{_DAY})(?P<ssep>[-/.])(?P<sb>{_DAY})(?P=ssep)(?P<sy>[12]\d{{3}}|\d{{2}})(?!\d))
    |(?P<month>(?<![\d.])(?P<m>{_MONTH})\s?月{_NOT_MONTH}(?:份)?(?:\s?(?P<d>{_DAY})\s?[日号]{_NOT_DAY})?)
    |(?P<decade>(?:(?P<dc>\d{{1,2}}|[一二]?十[一二三四五六七八九]?|[一二三四五六七八九])\s?世纪\s?)?(?P<dd>[12]\d{{2}}0|[1-9]?0|[一二三四五六七八九]{{1,2}}十|[一二][零〇一二三四五六七八九]{{2}}[零〇])\s?年代)
    |(?P<century>(?P<c>\d{{1,2}}|[一二]?十[一二三四五六七八九]?|[一二三四五六七八九])\s?世纪)
    |(?P<day>(?<![\d.])(?P<od>{_DAY})\s?日{_NOT_DAY})
    |(?P<moment>正午|中午|午夜|半夜)"""
NAMES = ("colon", "short", "point", "year", "iso", "slashed", "month", "decade", "century", "day", "moment")


def read_date(text: str, found: re.Match[str]) -> Value | None:
    """The value of a match of one of PATTERNS in the folded text, None where it is no date or time after all."""
    return _READERS[found.lastgroup or ""](text, found)


def _number(shown: str) -> int:
    if shown.isdigit():
        return int(shown)
    numeral = read_numeral(shown)
    return int(numeral.number) if numeral is not None else 0


def _on_day(hour: int, part: str) -> int:
    """The hour of the day for an hour said with a part of the day."""
    if part in _LATE:
        return hour + 12 if hour < 12 else (0 if hour == 12 and part.startswith("晚") else hour)
    if part in _NIGHT:
        return hour + 12 if 6 <= hour < 12 else hour % 12 if hour == 12 else hour
    if part in ("中午", "正午", "午间"):
        return hour + 12 if hour < 6 else hour
    return 0 if hour == 12 and part == "凌晨" else hour


def _colon(text: str, found: re.Match[str]) -> Value:
    hour, part = int(found["ch"]), found["cpart"] or ""
    if found["cap"] and hour <= 12:
        hour = hour % 12 + (12 if found["cap"] in "pP" else 0)
    elif part:
        hour = _on_day(hour, part)
    minutes = hour % 24 * 60 + int(found["cm"]) + Fraction(int(found["cs"] or 0), 60)
    is_open = not part and not found["cap"] and hour <= 12 and found["ch"][0] != "0"
    others = ((minutes + 720) % 1440,) if is_open else ()
    return value_at(text, found.start(), found.end(), Kind.TIME, (minutes,), others=others)


def _point(text: str, found: re.Match[str]) -> Value | None:
    part, hour = found["part"] or "", _number(found["h"])
    digits = found["h"].isdigit()
    exact = found["min"] is not None or found["hm"] is not None
    if found["h"] == "一" and not part and not exact:
        return None
    minutes = 0
    if found["min"]:
        minutes = _number(found["min"])
    elif found["hm"]:
        minutes = {"半": 30, "整": 0, "一刻": 15, "三刻": 45}[found["hm"]]
    moments = [Fraction(_on_day(hour, part) % 24 * 60 + minutes)]
    if found["from"]:
        moments.insert(0, Fraction(_on_day(int(found["from"]), part) % 24 * 60))
    others = () if part or hour > 12 else tuple((moment + 720) % 1440 for moment in moments)
    weight = Weight.FIRM if digits or part or exact else Weight.SLIGHT
    return value_at(text, found.start(), found.end(), Kind.TIME, tuple(moments), others=others, weight=weight)


def _short(text: str, found: re.Match[str]) -> Value:
    """差一刻九点, 九点差五分: so many minutes before the hour."""
    part, hour = found["spart"] or "", _number(found["sh"] or found["th"])
    less = (found["less"] or found["tless"]).removesuffix("分")
    minutes = {"一刻": 15, "三刻": 45}.get(less) or _number(less)
    moment = Fraction((_on_day(hour, part) * 60 - minutes) % 1440)
    others = () if part or hour > 12 else ((moment + 720) % 1440,)
    return value_at(text, found.start(), found.end(), Kind.TIME, (moment,), others=others)


def _dated(
    text: str, found: re.Match[str], year: int, month: int, day: int, *rest: int, weight: Weight = Weight.FIRM
) -> Value:
    bare = value_at(text, found.start(), found.end(), Kind.DATE, rest, weight=weight)
    return Value(
        bare.span, bare.text, Kind.DATE, bare.numbers, weight=weight, year=year, month=month, day=day
    )


def _year(text: str, found: re.Match[str]) -> Value:
    shown = found["y"]
    year = int(shown) if shown.isdigit() else int("".join(str(DIGIT[char]) for char in shown))
    return _dated(text, found, year, _number(found["ym"] or "0"), _number(found["yd"] or "0"))


def _iso(text: str, found: re.Match[str]) -> Value:
    return _dated(text, found, int(found["iy"]), int(found["im"]), _number(found["id"]))


def _slashed(text: str, found: re.Match[str]) -> Value:
    first, second, year = _number(found["sa"]), _number(found["sb"]), int(found["sy"])
    year += 0 if year > 99 else 2000 if year < 50 else 1900
    if first > 12 >= second:
        return _dated(text, found, year, second, first)
    if second > 12 >= first:
        return _dated(text, found, year, first, second)
    return _dated(text, found, year, 0, 0, first, second)


def _month(text: str, found: re.Match[str]) -> Value:
    return _dated(text, found, 0, _number(found["m"]), _number(found["d"] or "0"))


def _day(text: str, found: re.Match[str]) -> Value:
    weight = Weight.FIRM if found["od"][0].isdigit() else Weight.PLAIN
    return _dated(text, found, 0, 0, _number(found["od"]), weight=weight)


def _decade(text: str, found: re.Match[str]) -> Value | None:
    shown = found["dd"]
    upper: int | None = None
    if shown.isdigit():
        first = int(shown)
    elif shown[-1] != "十":
        first = int("".join(str(DIGIT[char]) for char in shown))
    else:
        first = DIGIT[shown[0]] * 10
        upper = DIGIT[shown[1]] * 10 if len(shown) == 3 else None
    century = 0
    if found["dc"]:
        century = (_number(found["dc"]) - 1) * 100
    numbers = [first + (century if first < 100 else 0)]
    if upper is not None:
        numbers.append(upper + century)
    return value_at(text, found.start(), found.end(), Kind.DECADE, tuple(numbers))


def _century(text: str, found: re.Match[str]) -> Value:
    return value_at(text, found.start(), found.end(), Kind.CENTURY, (_number(found["c"]),))


def _moment(text: str, found: re.Match[str]) -> Value:
    noon = found.group() in ("正午", "中午")
    return value_at(text, found.start(), found.end(), Kind.TIME, (720 if noon else 0,), weight=Weight.SLIGHT)


_READERS = {
    "colon": _colon,
    "short": _short,
    "point": _point,
    "year": _year,
    "iso": _iso,
    "slashed": _slashed,
    "month": _month,
    "decade": _decade,
    "century": _century,
    "day": _day,
    "moment": _moment,
}
