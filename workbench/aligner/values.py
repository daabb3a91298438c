"""Numbers as evidence: written alike whatever language and scale they came in. Fast, not exact: see `numerals`."""

from __future__ import annotations

import re
from functools import lru_cache

_SCALES = {
    "thousand": 1e3,
    "k": 1e3,
    "million": 1e6,
    "m": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "trillion": 1e12,
    "十": 1e1,
    "百": 1e2,
    "千": 1e3,
    "万": 1e4,
    "亿": 1e8,
}
_DIGITS = {
    char: value
    for value, chars in enumerate(("〇零", "一", "二两", "三", "四", *"五六七八九"))
    for char in chars
}
_DIGITS |= {str(value): value for value in range(10)}
_ENGLISH = re.compile(r"([\d,.]+)\s?([a-z]*)")


@lru_cache(maxsize=1 << 14)
def english_value(text: str) -> str:
    """ "5.2 billion" → "#5200000000"."""
    match = _ENGLISH.match(text)
    digits, scale = (match[1], match[2]) if match else (text, "")
    return _written(_float(digits.replace(",", "")) * _SCALES.get(scale, 1.0))


@lru_cache(maxsize=1 << 14)
def chinese_value(text: str) -> str:
    """ "52亿" → "#5200000000", "二十五" → "#25", "二〇一九" → "#2019"."""
    text = re.sub(r"[,，\s]", "", text)
    if text[0].isdigit():
        digits = text.rstrip("十百千万亿")
        value = _float(digits)
        for char in text[len(digits) :]:
            value *= _SCALES[char]
        return _written(value)
    if all(char in _DIGITS for char in text):
        return _written(_float("".join(str(_DIGITS[char]) for char in text)))
    total = section = 0.0
    digit = 0.0
    for char in text:
        if char in _DIGITS:
            digit = float(_DIGITS[char])
        elif char in "万亿":
            total = (total + section + digit) * _SCALES[char]
            section = digit = 0.0
        else:
            section += (digit or 1.0) * _SCALES[char]
            digit = 0.0
    return _written(total + section + digit)


def _float(digits: str) -> float:
    try:
        return float(digits)
    except ValueError:
        return float("".join(char for char in digits if char.isdecimal() and char.isascii()) or 0)


def _written(value: float) -> str:
    return f"#{value:.6g}"
