"""Width: digits and Latin letters in full width, or Chinese brackets and marks in half width."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.checks.base import Check, CheckContext, text_value
from workbench.checks.texts import HAN_CHAR, HOLE, excerpt, surroundings, view
from workbench.model import Fix, Issue, Severity, Span, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

_WIDE = re.compile(
    r"[０-９Ａ-Ｚａ-ｚ](?:(?:[０-９Ａ-Ｚａ-ｚ．：／＿＋－＠＆％]|(?<=[０-９])，(?=[０-９]{3}(?![０-９])))*[０-９Ａ-Ｚａ-ｚ％])?"
)
_NARROW = str.maketrans({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)})
_WORD_BEFORE = re.compile(r"[!-~０-９Ａ-Ｚａ-ｚ]*\Z")
_WORD_AFTER = re.compile("[!-~０-９Ａ-Ｚａ-ｚ]*")
_HALF_CJK = re.compile("[｡､｢｣･]")
_FULL_CJK = {"｡": "。", "､": "、", "｢": "「", "｣": "」", "･": "·"}
_PAIR = re.compile(r"(?P<open>[(（])(?P<body>[^()（）\n]*)(?P<close>[)）])")
# A name, not the number of a chemical compound: 氯化铁(III).
_NAME = re.compile(r"(?![IVX]+\Z)[^\ufffc]*(?:[A-Za-z]{2}|[A-Z]\.[A-Z]\.)[^\ufffc]*\Z")


def find(unit: TranslationUnit, context: CheckContext) -> Iterator[Issue]:
    """Wide letters and digits, half-width Chinese marks, brackets whose two halves differ in width."""
    if not context.chinese:
        return
    masked = view(unit.target).masked
    for match in _WIDE.finditer(masked):
        # Narrow letters would run into a URL or code beside them.
        beside = masked[max(0, match.start() - 1) : match.start()] + masked[match.end() : match.end() + 1]
        if match.group() not in unit.source and (HOLE not in beside or _is_of_code(unit, match)):
            yield _issue(unit, Span(*match.span()), match.group().translate(_NARROW), "wide")
    for match in _HALF_CJK.finditer(masked):
        yield _issue(unit, Span(*match.span()), _FULL_CJK[match.group()], "half")
    if "(" not in masked and ")" not in masked:
        return
    for match in _PAIR.finditer(masked):
        if match.group()[0] + match.group()[-1] == "()":
            if not context.ui and (HAN_CHAR.search(match["body"]) or _is_tight(match, masked)):
                yield _narrow_pair(unit, match, masked)
            continue
        wide_open, wide_close = match["open"] == "（", match["close"] == "）"
        if wide_open == wide_close:
            continue
        # The two halves differ: Chinese inside or right before asks for wide ones.
        before = masked[max(0, match.start() - 1) : match.start()]
        wide = HAN_CHAR.search(before + match["body"]) is not None
        place = match.start("close") if wide_open == wide else match.start("open")
        mark = ("（" if wide else "(") if place == match.start("open") else ("）" if wide else ")")
        yield _issue(unit, Span(place, place + 1), mark, "pair")


def _is_of_code(unit: TranslationUnit, match: re.Match[str]) -> bool:
    """Whether wide characters beside a URL or code belong to it: the source has it, with narrow ones in their place."""
    start, end = match.span()
    before = _WORD_BEFORE.search(unit.target, 0, start)
    after = _WORD_AFTER.match(unit.target, end)
    word = (
        (before.group() if before else "")
        + match.group().translate(_NARROW)
        + (after.group() if after else "")
    )
    return word.translate(_NARROW) in unit.source


def _is_tight(match: re.Match[str], masked: str) -> bool:
    """Whether half-width brackets around a Latin name begin right behind Chinese, without the space of those
    who write them on purpose."""
    before = masked[max(0, match.start() - 1) : match.start()]
    return HAN_CHAR.match(before) is not None and _NAME.match(match["body"]) is not None


def _narrow_pair(unit: TranslationUnit, match: re.Match[str], masked: str) -> Issue:
    """Half-width brackets around or right behind Chinese, with the spaces that only they need."""
    start, end = match.span()
    start -= masked[:start].endswith(" ")
    end += masked.startswith(" ", end)
    body = unit.target[match.start("body") : match.end("body")]
    return CHECK.issue(
        unit,
        target_span=Span(*match.span()),
        fix=Fix(Span(start, end), f"（{body}）"),
        kind="brackets",
        shown=match.group(),
        better=f"（{body}）",
        around=excerpt(unit.target, Span(*match.span()), width=4),
    )


def _issue(unit: TranslationUnit, span: Span, text: str, kind: str) -> Issue:
    shown = span.of(unit.target)
    return CHECK.issue(
        unit,
        target_span=span,
        fix=Fix(span, text),
        anchor=None if kind == "wide" else surroundings(unit.target, span),
        kind=kind,
        shown=shown,
        better=text,
        around=excerpt(unit.target, span, width=4),
    )


def render(issue: Issue) -> str:
    """The finding in words."""
    shown, better, around = (text_value(issue, name) for name in ("shown", "better", "around"))
    if text_value(issue, "kind") == "wide":
        return f"full-width {shown} should be {better}"
    if text_value(issue, "kind") == "brackets":
        return f"half-width brackets in Chinese text: {better}"
    if text_value(issue, "kind") == "pair":
        return f"brackets of two widths ({around}): {better}"
    return f"half-width {shown} in Chinese text ({around}): {better}"


CHECK = Check(
    id="width",
    title="Digits, letters or marks of the wrong width",
    severity=Severity.MINOR,
    category="locale-conventions/punctuation",
    find=find,
    render=render,
)
