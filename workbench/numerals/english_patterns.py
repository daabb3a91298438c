"""What stands around English numerals, as patterns: percent signs, magnitudes, ranges, ordinals, multiples."""

from __future__ import annotations

import re
from fractions import Fraction

from workbench.numerals import english_words
from workbench.numerals.units import SYMBOLS

DIGITS = (
    r"(?:\d{1,3}(?:,\d{2,3})*,\d{3}|\d{1,3}(?:[\u00a0\u202f\u2009]\d{3})+|\d{1,3}(?:\x20\d{3}){2,}|\d+)(?!\d)"
    r"(?:\.\d+)?"
)
NUMBER = rf"""(?P<number>(?:(?P<below>(?i:minus|negative)[ ])|(?P<minus>(?<![\w.)\]%"”°])[-−](?=[$€£¥₹]?\.?\d)))?
        (?P<money>(?:{SYMBOLS})\s?(?=[\d.])|[A-Z][a-z]?(?=\d[\d.,]*\s?(?:million|billion|trillion|bn|crore)\b))?
        (?:(?P<digits>{DIGITS})|(?P<point>\.\d+)|(?P<glyph>[½¼¾⅓⅔])|(?P<words>{english_words.PATTERN})))"""
GLYPHS = {
    "½": Fraction(1, 2),
    "¼": Fraction(1, 4),
    "¾": Fraction(3, 4),
    "⅓": Fraction(1, 3),
    "⅔": Fraction(2, 3),
}
MAGNITUDE = re.compile(
    r"[\s\u00a0]?-?(?i:(hundred|thousand|million|billion|trillion|quadrillion|lakh|crore|dozen)s?)\b"
    r"|[\s\u00a0]?(?i:(mn|mln|mil|bn|bln|trn|tn|tr))\b|([kKmMbBtT])(?![A-Za-z0-9²³]|/[hsk])"
)
SIZES = {
    **english_words.SCALES, "hundred": 100, "dozen": 12, "mn": 10**6, "mln": 10**6, "mil": 10**6, "bn": 10**9,
    "bln": 10**9, "trn": 10**12, "tn": 10**12, "tr": 10**12, "k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12,
}  # fmt: skip
PERCENT = re.compile(
    r"[\s\u00a0-]?(%|‰|(?i:per\s?cent|pct|per\s?mille?)(?![A-Za-z]))(?:[\s-]points?\b)?"
    r"|[\s-]?(?i:(percentage|basis)[ ]points?)\b"
)
JOINT = re.compile(r"[\s\u00a0]?(?:[-–—−~‑]|\b(?:to|and|or)\b)[\s\u00a0]?(?=[$€£¥₹]?[\dA-Za-z.])")
SECOND = re.compile(
    rf"(?:(?P<money>{SYMBOLS})\s?)?(?:(?P<digits>{DIGITS})|(?P<words>{english_words.PATTERN}))"
)
LINE = re.compile(r"[\u2044/](\d{1,3})(?![\d/A-Za-z])")
MIXED = re.compile(r"[ -]?(?:(\d)[\u2044/](\d{1,2})(?![\d/])|([½¼¾⅓⅔]))")
SUFFIX = re.compile(r"(?:st|nd|rd|th)\b")
OUT_OF = re.compile(
    rf"[\s-](?:in|out[\s-]of|of(?=-)|per(?=\s1[0,]+\b))[\s-](?:every\s)?({DIGITS}|(?:an?\s)?[a-z-]+(?:\s(?:hundred|thousand|million))*)\b(?!\s?[%-])"
)
TIMES = re.compile(r"[\s-]times?\b|[\s-]?fold\b|[x×](?![A-Za-z0-9])")
MORE = re.compile(
    r"\s(?:as\s)?(?:more|higher|greater|larger|bigger|faster|longer|stronger|better|brighter|broader|busier|closer"
    r"|costlier|deeper|denser|farther|further|harder|heavier|hotter|louder|older|pricier|quicker|richer|safer|taller"
    r"|thicker|wider|worse|increase|rise|growth|jump)\b",
    re.IGNORECASE,
)
LESS = re.compile(
    r"\s(?:as\s)?(?:less|fewer|lower|smaller|shorter|slower|cheaper|lighter|weaker|thinner|younger|closer|nearer)\b",
    re.IGNORECASE,
)
SCORE = re.compile(r"[\s-]score(?:\sand\s(ten|seven))?(?=\s(?:years?|and)\b)", re.IGNORECASE)
PLACED = re.compile(r"(?i)\b(?:finish(?:ed|es|ing)?|came|placed|ranked|comes|coming)\s(?:in\s)?\Z")
PLACE = re.compile(r"\s(?:place|runner-up)\b")
CENTURY = re.compile(r"[\s-](?i:centur(?:y|ies))\b")
BELOW = re.compile(r"\s(?:degrees\s)?(?:(?:Celsius|Fahrenheit)\s)?below\s(?:zero|freezing)\b")
MORE_OR_LESS = re.compile(r"\+|-(?:plus|odd|something|ish)\b|\s(?:plus|odd)\b")
AND_HALF = re.compile(r"[\s-]and[\s-](a[\s-]half|a[\s-]quarter|three[\s-]quarters)\b", re.IGNORECASE)
INCHES = re.compile(
    r"[\s-]?(1[01]|[1-9])\s?in(?![A-Za-z])(?=\.?(?:\Z|[,;:)]|\.\s|\s(?:tall|high|long|wide|deep|and)\b))|[\s-](1[01]|[1-9])(?=\stall\b)"
)
OF_UNIT = re.compile(r"[\s-](?:of[\s-])?an?(?=[\s-])", re.IGNORECASE)
OF_PERCENT = re.compile(r"(?i)\s+of\s+(?:an?|one|1)\s+(?:per\s?cent|percentage\s+point)(?:age)?\b")
OF_SCALE = re.compile(r"(?i)\s+of\s+an?\s+(million|billion|trillion)\b")
ROUND = re.compile(r"(?i)(?:an?[\s-])?(?:hundred|thousand|million|billion|trillion)")
LETTERS = re.compile(r"[A-Za-z][A-Za-z0-9]*")
