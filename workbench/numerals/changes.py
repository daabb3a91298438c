"""Changed by so much or to so much: fell by 30% is 下降了30%, fell to 30% is 降至30%."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.numerals.values import Kind

if TYPE_CHECKING:
    from workbench.numerals.values import Value

_VERB = (
    r"\b(?:ris(?:e|es|en|ing)|rose|f[ae]ll(?:s|en|ing)?|drop(?:s|ped|ping)?|increas(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)"
    r"|grew|gr(?:ow|ows|own|owing)|declin(?:e|es|ed|ing)|cut|reduc(?:e|es|ed|ing)|climb(?:s|ed|ing)?|lower(?:s|ed|ing)?"
    r"|rais(?:e|es|ed|ing)|shr[aiu]nk|jump(?:s|ed|ing)?|plung(?:e|es|ed|ing)|surg(?:e|es|ed|ing)|soar(?:s|ed|ing)?"
    r"|slump(?:s|ed|ing)?|tumbl(?:e|es|ed|ing)|shed)\b"
)
_ABOUT = r"(?:(?:about|around|roughly|nearly|almost|some|over|more\sthan|at\sleast|just|only|another|approximately)\s)?"
_BY = re.compile(rf"{_VERB}(?:[^.;:,\d]{{0,30}}\sby\s|\s){_ABOUT}\Z", re.IGNORECASE)
_TO = re.compile(rf"{_VERB}(?:[^.;:,]{{0,40}})(?<!\sup)\sto\s{_ABOUT}\Z", re.IGNORECASE)
_STEM = "[降跌减減升涨漲增缩縮滑攀提]"
_STEMS = frozenset(_STEM[1:-1])
_MORE_OR_LESS = "(?:大?[约約]|[将將]?近|超[过過]?|逾|至少|不足|[仅僅])?\\s?"
_TO_CHINESE = re.compile(rf"{_STEM}[低少落跌幅长長加高升涨漲短]?[至到为為]了?{_MORE_OR_LESS}\Z")
_BY_CHINESE = re.compile(rf"{_STEM}[低少落跌幅长長加高升涨漲短]?了?{_MORE_OR_LESS}\Z")
_KINDS = frozenset((Kind.PERCENT, Kind.FRACTION, Kind.QUANTITY))


def mixed_up(source: str, target: str, values: list[Value], others: list[Value]) -> list[tuple[int, int]]:
    """The indices of values that a thing changed by on one side and to on the other.

    `source` is English, `target` Chinese. Only a number that stands once on either side is looked at.
    """
    found = []
    for at, other in enumerate(others):
        if other.kind not in _KINDS or len(other.numbers) != 1:
            continue
        shown = target[max(0, other.span.start - 12) : other.span.start]
        if _STEMS.isdisjoint(shown):
            continue
        to = _TO_CHINESE.search(shown) is not None
        if not to and not _BY_CHINESE.search(shown):
            continue
        equal = [index for index, value in enumerate(values) if value.numbers == other.numbers]
        if len(equal) != 1 or sum(rival.numbers == other.numbers for rival in others) != 1:
            continue
        value = values[equal[0]]
        before = source[max(0, value.span.start - 60) : value.span.start]
        if value.kind in _KINDS and (_BY if to else _TO).search(before):
            found.append((equal[0], at))
    return found
