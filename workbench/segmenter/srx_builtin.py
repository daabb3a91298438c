"""The built-in rules as SRX for other tools, made of the word lists and expressions that segmentation itself uses.

SRX looks at a place with regular expressions alone, so what segmentation decides by counting quotation marks or by
comparing two words is left out. Every break stands right behind a mark and what closes after it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.langs import is_chinese
from workbench.segmenter import chinese, english
from workbench.segmenter.rules import SegmentationRules
from workbench.segmenter.srx import LanguageMap, LanguageRule, Rule, SrxDocument
from workbench.segmenter.words import (
    NEVER_LAST,
    OF_TIME,
    OFTEN_LAST,
    SPEECH_VERBS,
    STARTERS,
    UNITS,
    WITH_NUMBER,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LANGUAGES = ("en", "zh")
_CHINESE = ("zh", "cmn", "yue", "lzh")

_PYTHON = re.compile(r"\(\?P<\w+>|\\Z|\\A|\\U[0-9a-fA-F]{8}|\\.")
_OPEN = r"""["'“‘(\[{«*¿¡]"""
_CLOSE = r"""["'”’)\]}»*]"""
_HAN = r"\u4e00-\u9fff"


def portable(pattern: str) -> str:
    r"""A Python expression as ICU, Java and Python's regex all read it: plain groups, ^ and $, no \U….

    Only for expressions whose groups nothing refers to.
    """

    def other(match: re.Match[str]) -> str:
        text = match.group()
        if text.startswith("(?P<"):
            return "(?:"
        if text.startswith(r"\U"):
            return chr(int(text[2:], 16))
        return {r"\Z": "$", r"\A": "^"}.get(text, text)

    return _PYTHON.sub(other, pattern)


def document(rules: SegmentationRules | None = None, languages: Iterable[str] = LANGUAGES) -> SrxDocument:
    """The rules of each language, a project's own first, as a document that other tools can run.

    Where the project has an SRX document, its rules stand in place of the built-in ones.
    """
    rules = rules or SegmentationRules()
    groups, maps = [], []
    for lang in languages:
        whole = rules.document(lang)
        builtin = tuple(_chinese() if is_chinese(lang) else _english())
        groups.append(LanguageRule(lang, rules.additions(lang) + (builtin if whole is None else whole)))
        codes = _CHINESE if is_chinese(lang) else (lang,)
        maps += [LanguageMap("".join(f"[{c.upper()}{c}]" for c in code) + ".*", lang) for code in codes]
    return SrxDocument(tuple(groups), tuple(maps), cascade=False)


def _words(words: Iterable[str]) -> str:
    """One of the words; the longest first, and each in one way only, so that no search tries twice."""
    return (
        "(?:" + "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) + ")"
    )


def _any_case(words: Iterable[str]) -> str:
    return f"(?i:{_words(words)})"


def _begin() -> str:
    """Nothing of the word stands before."""
    return "(?<!" + portable(english._WORD_BEFORE.pattern).removesuffix("*$") + ")"


def _english() -> Iterator[Rule]:
    """The rules for English in the order they are tried."""
    yield from _english_words()
    yield from _english_lower()
    yield from _english_symbols()
    yield Rule(portable(english._CANDIDATE.pattern.partition("(?P<space>")[0]), r"\s+\S")
    yield from _english_rarer()


def _english_words() -> Iterator[Rule]:
    """Abbreviations, initials and numbers before the full stop."""
    begin, starter = _begin(), rf"{_OPEN}*{_words(STARTERS)}(?![\w'’])"
    unless = rf"\s+(?!{starter})"
    often = (OFTEN_LAST | {"st"}) - {"etc", "a.m", "p.m", "d.c"}
    never = NEVER_LAST - often
    letters = {word for word in never if len(word) == 1}
    counted = portable(english._COUNTED.pattern).removesuffix(r"\s*$")
    yield Rule(rf"{begin}{_any_case(NEVER_LAST | OFTEN_LAST | WITH_NUMBER)}\.\d{{1,2}}", r"\s", breaks=False)
    yield Rule(rf"(?<!{counted}\s?){begin}{_any_case(UNITS)}\.", r"\s+\p{Lu}")
    yield Rule(rf"{begin}(?:{_any_case(never - letters)}|{_words(letters)})\.", r"\s", breaks=False)
    yield Rule(rf"{begin}{_any_case(WITH_NUMBER)}\.", r"\s+\d", breaks=False)
    yield Rule(rf"{begin}{_any_case(often)}\.", unless, breaks=False)
    yield Rule(rf"{begin}{_any_case(('a.m', 'p.m'))}\.", rf"\s+{_OPEN}*{_words(OF_TIME)}(?!\w)", breaks=False)
    yield Rule(rf"{begin}{_any_case(('a.m', 'p.m', 'etc'))}\.", rf"\s+{_OPEN}*[\p{{Lu}}\d]")
    yield Rule(rf"{begin}D\.C\.", rf"\s+{portable(english._CLAUSE.pattern)}")
    yield Rule(r"(?:^|\s)\p{Ll}[\w'’-]*\s+I\.", rf"\s+{_OPEN}*\p{{Lu}}")
    yield Rule(r"^[A-Z]\.", r"\s", breaks=False)
    yield Rule(r"(?<!\S)[\p{Lu}][\w.'’-]*\s+[A-Z]\.", r"\s+(?:A|I)(?![\w'’])", breaks=False)
    yield Rule(rf"{begin}(?:[A-Za-z]\.)*[A-Z]\.", unless, breaks=False)
    yield Rule(rf"{begin}(?:[A-Za-z]\.)+[A-Za-z]\.", unless, breaks=False)
    yield Rule(rf"{begin}{_any_case(WITH_NUMBER)}\.\s+\d{{1,2}}\.", r"\s+\p{Lu}")
    number = rf"(?:\d{{1,2}}|{portable(english._ROMAN.pattern).removesuffix('$')})"
    yield Rule(rf"(?:^|[.!?:;。！？：；]\s+){number}\.", r"\s", breaks=False)


def _english_lower() -> Iterator[Rule]:
    """What is written small after a mark mostly goes on, but for names such as iPhone."""
    begin, small = _begin(), rf"(?!{portable(english._NAMED_SO.pattern)})\p{{Ll}}"
    lower = rf"\s+{_OPEN}*{small}"
    every = _any_case(NEVER_LAST | OFTEN_LAST | WITH_NUMBER)
    speaks = rf"(?:(?:he|she|they|we|it)\s(?:[a-z]+ly\s)?{_words(SPEECH_VERBS)}\b|{_words(SPEECH_VERBS)}\s)"
    yield Rule(r"\.", r"\s+(?:http|www\.)")
    yield Rule(rf"[.!?…]{_CLOSE}*", rf"\s+\({portable(english._LETTERED.pattern)}")
    yield Rule(rf"[.!?…]{_CLOSE}+", lower, breaks=False)
    yield Rule(r"[.!?…]", rf"\s+{_OPEN}+{small}", breaks=False)
    yield Rule(r"(?:…|[.…][ \u00a0]?[.…])", lower, breaks=False)
    yield Rule(rf"{begin}{_any_case(english._CRIES)}[!?]", lower, breaks=False)
    yield Rule(r"[!?]", rf"\s+{speaks}", breaks=False)
    yield Rule(rf"{begin}{every}\.", lower, breaks=False)
    yield Rule(rf"{begin}\p{{Lu}}\p{{L}}{{0,2}}\.", lower, breaks=False)
    yield Rule(rf"{begin}\p{{L}}{{2,}}\.", r"\s+\p{Ll}")
    yield Rule(r"\.", lower, breaks=False)


def _english_symbols() -> Iterator[Rule]:
    """Dashes, note numbers and symbols after a mark."""
    notes = portable(english._NOTES_ONLY.pattern)
    yield Rule(rf"[.!?…]{_CLOSE}*", r"\s+[-–—]+\s?[A-Z]")
    yield Rule(rf"[.!?…][ \u00a0]?[.!?…]{_CLOSE}*", r"\s+[$€£#@<>~•]", breaks=False)
    yield Rule(rf"[.!?…]{_CLOSE}*", r"""\s+[^\w\s"'“‘’(\[{«*¿¡$€£#@<>~•]""", breaks=False)
    yield Rule(rf"[.!?…]{_CLOSE}*", rf"\s+{notes}", breaks=False)


def _english_rarer() -> Iterator[Rule]:
    """Breaks that need no full stop."""
    ruled = rf"(?<!\S)(?:{portable(english._RULE.pattern)}|{portable(english._STAMP.pattern)})"
    yield Rule(portable(english._WIDE.pattern), ".")
    yield Rule(r"(?:\s(?:on|at|by))\s", ruled, breaks=False)
    yield Rule(rf"\s(?={ruled})")
    yield Rule(ruled, r"\s")
    yield Rule(portable(english._BULLET.pattern))
    yield Rule(r"""(?:[—–]["”'’]|[\w,-]["”])""", r"""\s+["“'‘][A-Z]""")
    yield Rule(r"\s[:;=][-']?[()DP]", r"\s+[A-Z]")
    yield Rule(r"\s—", r"\s+I\b", breaks=False)
    yield Rule(r"—[”\"’']*", rf"\s+{_words(STARTERS)}\b")
    yield Rule(portable(english._ADDRESS.pattern))
    yield Rule(
        portable(english._FAREWELL.pattern).removesuffix("$") + ",", r"\s+[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,3}$"
    )


def _chinese() -> Iterator[Rule]:
    """The rules for Chinese in the order they are tried."""
    closers = re.escape(chinese._CLOSERS)
    marks = "。！？｡!?…"
    pictures = portable(chinese._PICTURES.pattern)
    tail = portable(chinese._MARK.pattern).partition("]")[2]
    never = "".join(re.escape(char) for char in sorted(chinese._NOT_AFTER))
    yield Rule(rf"[{marks}.{closers}]", rf"[{never}]", breaks=False)
    yield Rule(rf"[{closers}]", portable(chinese._GOES_ON.pattern), breaks=False)
    yield Rule(f"[{''.join(sorted(chinese._TITLE_ENDS))}]", "", breaks=False)
    yield Rule(rf"[{marks}.{closers}]", rf"\s*{pictures}\s*$", breaks=False)
    yield Rule(rf"[{''.join(sorted(chinese._ENDS))}]{tail}", r"\s*\S")
    yield Rule(rf"[\u3000-\u9fff\uff00-\uffef“”][!?][!?！？…~～]*[{closers}]*", r"\s*\S")
    yield Rule(rf"[{_HAN}%％）)”]\.[{closers}]*", rf"(?:\s|[{_HAN}“「])")
    yield Rule(rf"(?:…+|\.{{3,}})[{closers}]+", r"\s*\S")
    yield Rule(r"…{2,}", r"\s+[^\s…]")
    yield Rule(r"[A-Za-z][a-z][.!?][\"'”’)]*", rf"[{_HAN}]")
    yield from _english_words()
    yield Rule(r"[A-Za-z0-9\"'”’)][.!?]+[\"'”’)]*", rf"\s+[A-Z\"“{_HAN}]")
