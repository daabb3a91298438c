"""One value of a Chinese text changed, the way a tired translator or a model does: digit, magnitude, unit, number lost.

The edits are made on the characters by rules of their own; nothing here reads values with the library under test.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

DIGITS = re.compile(r"(?<![A-Za-z0-9.,/:：-])\d+(?:,\d{3})*(?:\.\d+)?(?![A-Za-z0-9/:：-])")
HAN = re.compile("[二三四五六七八九][二三四五六七八九十百千万亿零]*(?=[名人年个万亿]|美元|公里|小时|分钟|岁)")
SCALED = re.compile(r"(?<=\d)(?:万亿|亿|万)")
UNITS = (
    ("分钟", "小时"),
    ("小时", "分钟"),
    ("公里", "英里"),
    ("英里", "公里"),
    ("美元", "欧元"),
    ("欧元", "美元"),
    ("英镑", "美元"),
    ("公斤", "磅"),
    ("英尺", "米"),
    ("米", "英尺"),
    ("个月", "年"),
    ("天", "周"),
)
KINDS = ("digit", "numeral", "magnitude", "unit", "dropped", "percent")


@dataclass(frozen=True, slots=True)
class Mutation:
    """A changed text, what kind of change it is and which characters it replaced."""

    text: str
    kind: str
    before: str
    after: str


def mutate(text: str, kind: str, random_source: random.Random) -> Mutation | None:
    """`text` with one change of `kind` in it, None where nothing in it can be changed so."""
    places = _places(text, kind)
    if not places:
        return None
    start, end, before = random_source.choice(places)
    after = _changed(before, kind, random_source)
    if after is None or after == before:
        return None
    return Mutation(text[:start] + after + text[end:], kind, before, after)


def _places(text: str, kind: str) -> list[tuple[int, int, str]]:
    if kind == "unit":
        names = "|".join(sorted({one for one, _ in UNITS}, key=len, reverse=True))
        pattern = re.compile(rf"(?<=\d)\s?(?P<unit>{names})(?![/元达])")
        return [(found.start("unit"), found.end("unit"), found["unit"]) for found in pattern.finditer(text)]
    pattern = {
        "digit": DIGITS,
        "dropped": DIGITS,
        "numeral": HAN,
        "magnitude": SCALED,
        "percent": re.compile("(?<=[0-9])[%％]"),
    }[kind]
    return [(found.start(), found.end(), found.group()) for found in pattern.finditer(text)]


def _changed(before: str, kind: str, random_source: random.Random) -> str | None:
    if kind in ("dropped", "percent"):
        return ""
    if kind == "unit":
        return dict(UNITS)[before]
    if kind == "magnitude":
        return random_source.choice([scale for scale in ("万", "亿", "万亿") if scale != before])
    figures = "0123456789" if kind == "digit" else "二三四五六七八九"
    at = random_source.choice([index for index, char in enumerate(before) if char in figures])
    fresh = [char for char in figures if char != before[at] and (char != "0" or at)]
    return before[:at] + random_source.choice(fresh) + before[at + 1 :]
