"""The units that values carry: one id a unit, its dimension and size, and what it is called in both languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure: `size` of the dimension's base unit; `offset` is added first (temperatures)."""

    id: str
    dimension: str
    size: Fraction
    offset: Fraction = Fraction(0)


# id; dimension; size; English names, (s) where a plural exists; Chinese names. A name of one letter counts only
# right behind its number ("5m", never "5 m"), a name in capitals only in capitals.
_MEASURES = """
second; time; 1; second(s)|sec(s); 秒钟|秒
quarter hour; time; 900; ; 刻钟
minute; time; 60; minute(s)|min(s); 个分钟|分钟
hour; time; 3600; hour(s)|hr(s)|h; 个小时|小时|个钟头|钟头|个钟
day; time; 86400; day(s)|business day(s)|working day(s)|trading day(s); 个工作日|工作日|个交易日|个自然日|天
night; ; 1; night(s); 个晚上|夜|晚
week; time; 604800; week(s)|wk(s)|working week(s); 个星期|星期|个礼拜|礼拜|周
fortnight; time; 1209600; fortnight(s);
month; time; 2629746; month(s)|calendar month(s)|mth(s); 个月
quarter; time; 7889238; ; 个季度
year; time; 31556952; year(s)|yr(s)|calendar year(s)|fiscal year(s)|financial year(s)|yo; 个年头|周年|周岁|年|岁|载
decade; time; 315569520; decade(s); 个十年
century; time; 3155695200; century|centuries; 个世纪
millimetre; length; 1/1000; millimetre(s)|millimeter(s)|mm; 毫米|公厘|mm
centimetre; length; 1/100; centimetre(s)|centimeter(s)|cm(s); 厘米|公分|cm
metre; length; 1; metre(s)|meter(s)|m; 公尺|米|m
kilometre; length; 1000; kilometre(s)|kilometer(s)|km(s)|klick(s); 千米|公里|km
inch; length; 127/5000; inch|inches; 英寸|英吋|吋|寸
foot; length; 381/1250; foot|feet|ft; 英尺|英呎|呎
yard; length; 1143/1250; yard(s)|yd(s); 码
mile; length; 201168/125; mile(s)|mi; 英里|英哩|哩
nautical mile; length; 1852; nautical mile(s)|nmi; 海里|浬
li; length; 500; li; 华里|里地|里路|里
light year; length; 9460730472580800; light year(s); 光年
km/h; speed; 5/18; km/h|kmh|kph|kilometre(s) per hour|kilometer(s) per hour; 公里/小时|公里每小时|千米/小时|km/h
mph; speed; 1397/3125; mph|mile(s) per hour; 英里/小时|英里每小时|mph
m/s; speed; 1; m/s|metre(s) per second|meter(s) per second; 米/秒|米每秒|m/s
knot; speed; 463/900; knot(s); 海里/小时
milligram; mass; 1/1000000; milligram(s)|mg; 毫克|mg
gram; mass; 1/1000; gram(s)|gramme(s)|g; 公克|克|g
kilogram; mass; 1; kilogram(s)|kilogramme(s)|kilo(s)|kg(s); 公斤|千克|kg
jin; mass; 1/2; jin|catty|catties; 市斤|斤
tonne; mass; 1000; tonne(s)|ton(s)|metric ton(s)|metric tonne(s); 公吨|吨
ounce; mass; 45359237/1600000000; ounce(s)|oz; 盎司
pound mass; mass; 45359237/100000000; lb(s); 磅
stone; mass; 317514659/50000000; stone; 英石
carat; mass; 1/5000; carat(s); 克拉
millilitre; volume; 1/1000; millilitre(s)|milliliter(s)|ml; 毫升|ml
litre; volume; 1; litre(s)|liter(s); 公升|升
gallon; volume; 473176473/125000000; gallon(s); 加仑
barrel; volume; 9936705933/62500000; barrel(s)|bbl; 桶
cubic metre; volume; 1000; cubic metre(s)|cubic meter(s)|m³|m3; 立方米|立方公尺|m³
square metre; area; 1; square metre(s)|square meter(s)|sq m|sqm|m²|m2; 平方米|平米|平方公尺|m²
square foot; area; 145161/1562500; square foot|square feet|sq ft|sqft; 平方英尺|平方呎
square kilometre; area; 1000000; square kilometre(s)|square kilometer(s)|sq km|km²|km2; 平方公里|平方千米|km²
square mile; area; 40468564224/15625; square mile(s)|sq mi; 平方英里
hectare; area; 10000; hectare(s)|ha; 公顷
acre; area; 316160658/78125; acre(s); 英亩
mu; area; 2000/3; mu; 亩
celsius; temperature; 1; °C|º C|℃|° C|ºC|degree(s) celsius|degree(s) centigrade|celsius|C; 摄氏度|℃|°C|ºC|° C
fahrenheit; temperature; 5/9; °F|ºF|℉|° F|degree(s) fahrenheit|fahrenheit|F; 华氏度|℉|°F|ºF|° F
degree; degree; 1; degree(s)|°|º; 度|°
kilobyte; data; 1000; kilobyte(s)|KB; 千字节|KB
megabyte; data; 1000000; megabyte(s)|MB; 兆字节|MB
gigabyte; data; 1000000000; gigabyte(s)|GB; 吉字节|GB
terabyte; data; 1000000000000; terabyte(s)|TB; 太字节|TB
watt; power; 1; watt(s)|W; 瓦特|瓦|W
horsepower; power; 74569987/100000; horsepower|hp|bhp; 匹马力|马力
kilowatt; power; 1000; kilowatt(s)|kW|KW; 千瓦|kW
megawatt; power; 1000000; megawatt(s)|MW; 兆瓦|MW
gigawatt; power; 1000000000; gigawatt(s)|GW; 吉瓦|GW
kilowatt hour; energy; 1; kilowatt-hour(s)|kilowatt hour(s)|kWh; 千瓦时|kWh
megawatt hour; energy; 1000; megawatt-hour(s)|megawatt hour(s)|MWh; 兆瓦时|MWh
hertz; frequency; 1; hertz|Hz; 赫兹|Hz
kilohertz; frequency; 1000; kilohertz|kHz; 千赫|kHz
megahertz; frequency; 1000000; megahertz|MHz; 兆赫|MHz
gigahertz; frequency; 1000000000; gigahertz|GHz; 吉赫|GHz
"""
# id; English symbols before the number (a regular expression); names behind it; Chinese names.
# `$` alone may be any dollar, ¥ yen or yuan.
_MONEY = r"""
USD; US\s?\$|USD\s?\$?|U\.S\.\s?\$; US dollar(s)|U.S. dollar(s)|American dollar(s)|USD; 美元|美金|美刀
HKD; HK\s?\$|HKD\s?; Hong Kong dollar(s)|HKD; 港元|港币
AUD; AU?\$|AU\s\$|AUD\s?; Australian dollar(s)|AUD; 澳元|澳币|澳大利亚元
CAD; CA?\$|CA\s\$|Can\$|CAD\s?; Canadian dollar(s)|CAD; 加元|加币|加拿大元
NZD; NZ\s?\$|NZD\s?; New Zealand dollar(s)|NZD; 新西兰元|纽元|纽币
SGD; S\$|SGD\s?; Singapore dollar(s)|Singaporean dollar(s)|SGD; 新加坡元|新元|新币
TWD; NT\s?\$|TWD\s?; Taiwan dollar(s)|New Taiwan dollar(s)|TWD; 新台币|台币
dollar; \$; dollar(s)|buck(s); 刀
EUR; €|EUR\s?; euro(s)|EUR; 欧元
GBP; £|GBP\s?; pound(s) sterling|British pound(s)|pound(s)|quid|GBP; 英镑|镑
JPY; JP\s?¥|JPY\s?; yen|Japanese yen|JPY; 日元|日圆
CNY; CN\s?¥|CNY\s?|RMB\s?¥?; yuan|renminbi|RMB|CNY|kuai|Chinese yuan|yuan RMB; 元人民币|人民币|块钱|元|块
yen or yuan; ¥; ;
INR; ₹|Rs\.?\s?|INR\s?; rupee(s)|Indian rupee(s)|INR; 印度卢比|卢比
KRW; ₩|KRW\s?; won|Korean won|South Korean won|KRW; 韩元|韩圆|韩币
RUB; ₽|RUB\s?; rouble(s)|ruble(s)|RUB; 卢布
CHF; CHF\s?; Swiss franc(s)|CHF; 瑞士法郎|瑞郎
cent; ; cent(s)|fen; 美分|分钱|欧分
penny; ; pence|pennies|penny|p; 便士
BTC; ₿; bitcoin(s)|BTC; 个比特币|枚比特币|比特币
"""
DOLLARS = frozenset(("USD", "HKD", "AUD", "CAD", "NZD", "SGD", "TWD", "dollar"))


def _fields(table: str) -> list[list[str]]:
    return [[field.strip() for field in line.split(";")] for line in table.strip().splitlines()]


_MEASURE_FIELDS, _MONEY_FIELDS = _fields(_MEASURES), _fields(_MONEY)
UNITS: dict[str, Unit] = {
    ident: Unit(ident, dim, Fraction(size), Fraction(-32 if ident == "fahrenheit" else 0))
    for ident, dim, size, _, _ in _MEASURE_FIELDS
}
CURRENCIES = frozenset(fields[0] for fields in _MONEY_FIELDS)
SYMBOLS = "|".join(fields[1] for fields in _MONEY_FIELDS if fields[1])
_SYMBOL_IDS = tuple(
    (re.compile(rf"(?:{fields[1]})\s?\Z"), fields[0]) for fields in _MONEY_FIELDS if fields[1]
)


def currency_of(symbol: str) -> str:
    """The currency that a symbol before a number stands for, "" for none."""
    return next((name for pattern, name in _SYMBOL_IDS if pattern.match(symbol)), "")


def _english_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for ident, english in [(f[0], f[3]) for f in _MEASURE_FIELDS] + [(f[0], f[2]) for f in _MONEY_FIELDS]:
        for name in filter(None, english.split("|")):
            for form in {name.replace("(s)", ""), name.replace("(s)", "s")}:
                names.setdefault(form, ident)
                if len(form) > 3:
                    names.setdefault(form.lower(), ident)
    names["light-year"] = names["light-years"] = "light year"
    return names


_ENGLISH = _english_names()
_NAME = re.compile(
    r"(?:[\s-](?:more|additional|extra|full|whole|long|further|consecutive|straight|entire|other|solid)(?=[\s-]))?"
    r"([\s\u00a0-]?)(?:([°º] ?[CF]\b)"
    r"|([A-Za-z]+(?:/[hs](?![A-Za-z0-9])|[²³23](?![0-9]))?|[°º℃℉])((?:[ -](?:per )?(?:an )?[A-Za-z.]+){0,2}))"
)


def english_unit(text: str, position: int) -> tuple[str, int] | None:
    """The unit named at `position` (a space or hyphen may come first) and where its name ends."""
    named = _english_unit(text, position)
    return None if named and text[named[1] : named[1] + 1].isdigit() else named


def _english_unit(text: str, position: int) -> tuple[str, int] | None:
    found = _NAME.match(text, position)
    if not found:
        return None
    if found[2]:
        return ("celsius" if found[2].endswith("C") else "fahrenheit"), found.end()
    gap, first, rest = found[1], found[3], found[4]
    while rest:
        rest = rest.rstrip(".") if first + rest not in _ENGLISH else rest
        ident = _look_up(first + rest)
        if ident:
            return ident, found.start(4) + len(rest)
        rest = rest[: max(rest.rfind(" "), rest.rfind("-"), 0)]
    if len(first) == 1 and gap and first not in "°º℃℉":
        return None
    ident = _look_up(first)
    return (ident, found.end(3)) if ident else None


def _look_up(name: str) -> str:
    name = name.replace(" an ", " per ")
    ident = _ENGLISH.get(name)
    if ident is None and len(name) > 1:
        ident = _ENGLISH.get(name.lower()) or _ENGLISH.get(name.lower().replace("-", " "))
    return ident or ""


def _chinese_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for ident, chinese in [(f[0], f[4]) for f in _MEASURE_FIELDS] + [(f[0], f[3]) for f in _MONEY_FIELDS]:
        for name in filter(None, chinese.split("|")):
            names.setdefault(name, ident)
    names.update((code, code) for code in CURRENCIES if len(code) == 3 and code.isupper())
    return names


_CHINESE = _chinese_names()
# 里 is also "in", and begins words and names; 升 is also "rise".
_NOT_AFTER = {"里": "(?![程面外边头约昂拉斯德弗贝克奥巴士亚])", "升": "(?![至到为值级高职幅])"}
_CHINESE_NAME = re.compile(
    r"[\s\u00a0-]?("
    + "|".join(
        re.escape(name)
        + _NOT_AFTER.get(name, "")
        + ("(?![A-Za-z])" if name[-1].isascii() and name[-1].isalpha() else "")
        for name in sorted(_CHINESE, key=len, reverse=True)
    )
    + ")"
)


def chinese_unit(text: str, position: int) -> tuple[str, int] | None:
    """The unit named at `position` of folded Chinese text (a space may come first) and where its name ends."""
    found = _CHINESE_NAME.match(text, position)
    return (_CHINESE[found[1]], found.end()) if found else None


# A pound is money or mass, a speed may name its hour elsewhere in the sentence, a week of work is a week.
_ALIKE = ({"GBP", "pound mass"}, {"mph", "mile"}, {"km/h", "kilometre"}, {"m/s", "metre"}, {"night", "day"})


def same_unit(one: str, other: str) -> bool:
    """Whether two units may name the same thing: `$` is any dollar, ¥ yen or yuan, a bare degree any degree."""
    if one == other:
        return True
    pair = {one, other}
    if "dollar" in pair:
        return pair <= DOLLARS
    if "yen or yuan" in pair:
        return pair <= {"yen or yuan", "JPY", "CNY"}
    if "degree" in pair:
        return bool(pair & {"celsius", "fahrenheit", "kilowatt hour"})
    return pair in _ALIKE


def convert(number: Fraction, *, unit: str, to: str) -> Fraction | None:
    """`number` of `unit` in the unit `to`, None where the two do not measure the same thing."""
    one, other = UNITS.get(unit), UNITS.get(to)
    if one is None or other is None or not one.dimension or one.dimension != other.dimension:
        return None
    return (number + one.offset) * one.size / other.size - other.offset


def dimension(unit: str) -> str:
    """What the unit measures: "time", "length", …, "money" for a currency, "" where nothing is known."""
    if unit in CURRENCIES:
        return "money"
    known = UNITS.get(unit)
    return known.dimension if known else ""


_NAMES_IN_CHINESE = {
    **{fields[0]: fields[4].split("|")[0] for fields in _MEASURE_FIELDS},
    **{fields[0]: fields[3].split("|")[0] for fields in _MONEY_FIELDS},
    "second": "秒", "minute": "分钟", "hour": "小时", "day": "天", "week": "周", "year": "年",
    "metre": "米", "CNY": "元",
    "kilometre": "公里", "gram": "克", "kilogram": "公斤", "tonne": "吨", "litre": "升", "millimetre": "毫米",
}  # fmt: skip


def chinese_name(unit: str) -> str:
    """The unit's usual name behind a number in Chinese, "" where it has none."""
    return _NAMES_IN_CHINESE.get(unit, "")


_LATIN_NAMES = {
    fields[0]: next((name for name in fields[4].split("|") if name.isascii() and name), "")
    for fields in _MEASURE_FIELDS
}
_LATIN_NAMES.update((code, code) for code in CURRENCIES if len(code) == 3 and code.isupper())


def latin_name(unit: str) -> str:
    """The unit's symbol in Latin letters (MHz, km, EUR), "" where it has none."""
    return _LATIN_NAMES.get(unit, "")
