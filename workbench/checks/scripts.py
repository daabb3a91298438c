"""Which characters are those of the other Chinese script, and what they become, by OpenCC's tables.

Many simplified characters are traditional ones too, in other words: 后 in 皇后, 干 in 干擾, 里 in 公里. Such a one
is of the other script only where a phrase of the tables says so (之后, 干燥, 里面).
"""

from __future__ import annotations

import json
import re
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

# Right in traditional text as well: those that OpenCC's tables give as one of their own readings or as the form of
# Taiwan or Hong Kong. Left out are 万据种确极, which are so in one or two names only.
_TRADITIONAL_TOO = frozenset(
    "㐹丑丰于云亘仆价伙余佣党准几凶划占厂厘台叶吁吃后咨咸唇夸尸岩岳帘干广征愿挂斗朴杠杰柜涂涌淀游熏皂筑胜腊腌膻苹范"
    "荐虫蚝蜡蝎跖辟适郁采里雇么恒虱霉兑卧叁咏囱姗媪峰床强悦愠户捝揾敚棁榅氲涚温灶煴痴秘税粽群脱腽葱蒀蜕韵麽徵馀"
)
_SIMPLIFIED_TOO = frozenset("乾著於瞭藉夥馀麽徵鍾祇堃昇陞喆淼犇甦甯剋麴吒劄扞氾濛袷薹谿拚")
# Of several readings that are all common none is taken without a phrase.
_MANY = frozenset("冲历发复汇签纤获脏钟须坛弥尽摆团")
# What a phrase makes of these both standards of the region write, or depends on more than a phrase.
_EITHER = frozenset("台占布周注游升志杯欲回岩秘沖托念雇荐雕并只扎吊彩熏栖炮愈伙佣岳准累欄杰系表抵折了")
# Those that a phrase changes only before or not before certain characters: 美制, 里亞爾.
_BEFORE = re.compile("制(?![造作品片])|里(?=[亞奧拉昂約歐])|采(?=[風邑地詩])")
# Hong Kong's forms, which are none of Taiwan's.
_NOT_TAIWAN = {"户": "戶", "税": "稅"}
# In simplified text, traditional only in these words: 乾燥 but 乾隆, 瞭解 but 瞭望, 於是 but 於先生.
_IN_WORDS = re.compile(
    "乾(?=[燥净淨杯旱脆果粮糧枯涸])|瞭(?=解)|於(?=是)|(?<=[由对對关關至等属屬处處位用在])於"
    "|(?<=[看说說跟沿接随隨朝向拿带帶笑走站坐听聽想活忙])著(?![作名述称书文者])"
)
# All characters at once would leave megabytes of memory behind.
_AT_ONCE = 2048
_OF_WORDS = {"乾": "干", "瞭": "了", "於": "于", "著": "着"}


@lru_cache(maxsize=8)
def _converter(profile: str) -> Any:
    from opencc import OpenCC

    return OpenCC(profile)


@lru_cache(maxsize=1)
def _phrases() -> Any:
    """A converter to traditional characters that knows phrases alone and leaves every other character as it is."""
    return _of_table("STPhrases")


def _of_table(name: str) -> Any:
    """A converter by one of OpenCC's tables."""
    import opencc

    tables = Path(opencc.__file__).parent / "clib" / "share" / "opencc"
    table = {"type": "ocd2", "file": str(tables / f"{name}.ocd2")}
    settings = {
        "name": name,
        "segmentation": {"type": "mmseg", "dict": table},
        "conversion_chain": [{"dict": table}],
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.json"
        path.write_text(json.dumps(settings), encoding="utf-8")
        return opencc.OpenCC(str(path))


@lru_cache(maxsize=2)
def _foreign(*, traditional: bool) -> dict[str, str]:
    """What marks the other script by itself, with each character in the script asked for."""
    # Of OpenCC's s2t only what changes single characters: its phrases take 25 MB.
    full, simple = _changes(_of_table("STCharacters")), _changes(_converter("t2s"))
    there, back = (full, simple) if traditional else (simple, full)
    reached, came = set(there.values()), set(back.values())
    right = _TRADITIONAL_TOO if traditional else _SIMPLIFIED_TOO
    return {
        old: new
        for old, new in there.items()
        if (old not in back or old in came) and old not in reached and old not in right
    }


def _changes(converter: Any) -> dict[str, str]:
    """The characters that a converter changes, each with what it becomes."""
    found: dict[str, str] = {}
    for start, stop in ((0x3400, 0x4DC0), (0x4E00, 0xA000)):
        for first in range(start, stop, _AT_ONCE):
            every = [chr(code) for code in range(first, min(stop, first + _AT_ONCE))]
            pairs = zip(every, converter.convert("\n".join(every)).split("\n"), strict=True)
            found.update((old, new) for old, new in pairs if old != new)
    return found


def to_simplified(text: str) -> Iterator[tuple[int, str]]:
    """The places of traditional characters, each with its simplified one."""
    table = _foreign(traditional=False)
    for place, char in enumerate(text):
        if char in table:
            yield place, table[char]
        elif char in _OF_WORDS and _IN_WORDS.match(text, place):
            yield place, _OF_WORDS[char]


def to_traditional(text: str, region: str) -> Iterator[tuple[int, str]]:
    """The places of simplified characters, each with the one that the region writes, "" where that is not sure."""
    table = _foreign(traditional=True)
    # The phrases are those of simplified text, and the text may be of both: 複杂.
    base = str(_converter("t2s").convert(text))
    said = str(_phrases().convert(base)) if len(base) == len(text) else ""
    if len(said) != len(text):
        base, said = text, text
    better = [
        new if new != old else "" if char in _MANY else table.get(char, char)
        for char, old, new in zip(text, base, said, strict=True)
    ]
    variants = _converter("t2hk" if region == "hong-kong" else "t2tw")
    for place, char in enumerate(text):
        new = better[place] and str(variants.convert(better[place]))
        if char in table:
            yield place, new
        elif region == "taiwan" and char in _NOT_TAIWAN:
            yield place, _NOT_TAIWAN[char]
        elif char == base[place] != said[place] and new not in ("", char) and not _leaves(text, place):
            yield place, new


def _leaves(text: str, place: int) -> bool:
    """Whether what a phrase says of the character there does not count."""
    return text[place] in _EITHER or _BEFORE.match(text, place) is not None
