"""How names sound: whether Chinese characters may transliterate a name in Latin letters, and two the same one."""

from __future__ import annotations

import re
from functools import lru_cache

_SIMPLIFIED = """
阿埃艾爱安昂奥巴白班邦保鲍贝本比彼宾波玻伯勃博布采查柴达代戴丹道德邓迪蒂丁顿杜多厄恩尔法凡范菲费芬丰冯佛夫弗福富伏盖甘冈高戈哥格葛根贡古瓜圭果
哈海汉翰豪赫黑亨洪侯胡华怀惠霍基吉季加贾简杰捷金津喀卡凯坎康考柯科可克肯孔库夸昆拉腊来莱赖兰朗劳勒雷蕾黎里李理利丽莉连廉列林琳隆卢芦鲁路露伦
罗洛马玛麦迈曼芒毛梅门蒙孟米密敏缪摩莫默姆慕穆纳娜奈南内嫩尼妮涅宁纽努诺欧帕派潘庞培佩彭蓬皮匹平珀普奇齐恰乔切钦琴琼丘屈让热仁荣茹儒瑞若萨塞
赛桑瑟森沙莎尚绍舍申圣盛施什石史士舒朔斯司丝松苏素孙索塔泰坦汤唐陶特腾提梯廷图托陀瓦万旺威韦维魏温翁沃乌武西希锡席夏肖谢辛欣休许逊雅亚延扬耶
叶伊因印英尤于裕约文迦珊黛薇吕匝扎泽曾詹珍治兹朱卓佐岑聪登蒂杰靳奎蓝龙嘉卫
"""
_TRADITIONAL = """
愛奧鮑貝賓達戴鄧頓爾凡範費豐馮蓋岡貢漢華懷賈簡傑凱萊賴蘭勞麗連盧蘆魯倫羅馬瑪麥邁門納內寧紐諾歐龐齊喬欽瓊讓熱榮薩賽紹聖蘇孫湯陶騰圖萬韋維魏溫烏
錫謝許遜亞揚葉約澤詹茲強衛
"""
_CHARS = "".join((_SIMPLIFIED + _TRADITIONAL).split())
RUNS = re.compile(f"[{_CHARS}]{{2,}}")
"""Runs of characters that transliterations are made of."""
_SYLLABLE = re.compile("(?P<initial>zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?P<final>[a-zü]*)")
_OF_INITIAL = {
    **dict.fromkeys(("b", "p"), "B"),
    **dict.fromkeys(("d", "t"), "D"),
    **dict.fromkeys(("g", "k"), "G"),
    **dict.fromkeys(("j", "q", "x", "zh", "ch", "sh", "z", "c", "s"), "S"),
    **dict.fromkeys(("l", "r"), "L"),
    **dict.fromkeys(("m", "n"), "M"),
    **dict.fromkeys(("f", "w"), "F"),
    "h": "H",
}
# Letters that are read in two ways, as g and ch, are "J", which agrees with G and S. An r or h that no vowel follows
# is not written in Chinese.
_LETTER = re.compile(
    "(?P<S>t?sch|sh|zh|ts|tz|dz|[jsz]|c(?=[eiy])|^x)|(?P<J>t?ch|g(?=[eiy]))|(?P<F>ph|^wh|[fv]|w(?=[aeiouy]))|(?P<D>th|[dt])"
    "|(?P<GS>x)|(?P<MG>mc(?=[a-z]))|(?P<G>ck|qu|[gkqc])|(?P<B>[bp])|(?P<L>l|r(?=[aeiouy]))|(?P<M>[mn])|(?P<H>h(?=[aeiouy]))"
)
_BEGIN_ALIKE = frozenset(
    [*(one * 2 for one in "BDGSLMFH"), "JG", "JS", *("H" + one for one in "GSLMF"), "MH", "SH", "FH", "SL"]
)
_DOUBLED = re.compile(r"([a-z])\1")


@lru_cache(maxsize=1)
def _syllables() -> dict[str, tuple[str, ...]]:
    """The pinyin syllables of each character of transliterations."""
    from workbench.lexicon import load

    lexicon = load()
    wanted = {ord(char) for char in _CHARS}
    found: dict[str, list[str]] = {}
    for syllable in lexicon.tables.syllables:
        for code in lexicon.sounding(syllable):
            if int(code) in wanted:
                found.setdefault(chr(int(code)), []).append(syllable)
    return {char: tuple(syllables) for char, syllables in found.items()}


@lru_cache(maxsize=1)
def _classes() -> dict[str, str]:
    """The consonants of each character, in classes."""
    found = {}
    for char, syllables in _syllables().items():
        match = _SYLLABLE.match(syllables[0])
        initial, final = (match["initial"] or "", match["final"]) if match is not None else ("", "")
        found[char] = _OF_INITIAL.get(initial, "") + ("M" if final.endswith(("n", "ng")) else "")
    return found | dict.fromkeys("尔爾", "L")


def skeleton(chars: str) -> str:
    """The consonants that Chinese characters are read with, in classes: 西索 = "SS"."""
    classes = _classes()
    return "".join([classes.get(char, "") for char in chars])


@lru_cache(maxsize=16384)
def consonants(name: str) -> str:
    """The consonants of a name in Latin letters, in the same classes: "Siso" = "SS"."""
    return "".join(match.lastgroup or "" for match in _LETTER.finditer(_DOUBLED.sub(r"\1", name.lower())))


@lru_cache(maxsize=65536)
def likeness(name: str, chars: str) -> float:
    """How much of the consonants of a name and of Chinese characters agree, in order: 0 to 1."""
    return _agreement(consonants(name), skeleton(chars))


@lru_cache(maxsize=65536)
def _agreement(one: str, other: str) -> float:
    shorter, longer = sorted((len(one), len(other)))
    if not shorter or 2 * shorter < longer or (one[0] + other[0]) not in _BEGIN_ALIKE:
        return 0.0
    row = [0] * (len(other) + 1)
    for left in one:
        last = 0
        for at, right in enumerate(other, 1):
            same = left == right or (left == "J" and right in "GS")
            last, row[at] = row[at], last + 1 if same else max(row[at], row[at - 1])
    return row[-1] / longer


@lru_cache(maxsize=16384)
def kin(one: str, other: str) -> bool:
    """Whether two transliterations may be of one name: as long, nearly all characters the same or read alike."""
    if len(one) != len(other) or one == other:
        return False
    syllables = _syllables()
    same = sum(left == right for left, right in zip(one, other, strict=True))
    alike = sum(
        left == right or not set(syllables.get(left, ())).isdisjoint(syllables.get(right, ()))
        for left, right in zip(one, other, strict=True)
    )
    if len(one) == 2:
        return alike == 2
    return same >= 1 and (alike == len(one) or (same >= len(one) - 1 and len(one) >= 3))
