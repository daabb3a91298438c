"""The right number or term at a place of the target: what the source asks for, written as Chinese writes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.langs import is_chinese
from workbench.model import Span, TermStatus
from workbench.numerals import Kind, Value, Weight, compare, find_values, render_number
from workbench.numerals.rendering import chinese_numeral, chinese_short
from workbench.numerals.units import chinese_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from workbench.termbase import Termbase, TermMatch

_ACCEPTED = (TermStatus.PREFERRED, TermStatus.ADMITTED)
_DAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Replacement:
    """What may stand in place of a span of the target (an empty one: put in there), for `asked` of the source."""

    span: Span
    text: str
    asked: str


def right_here(
    source: str, target: str, caret: int, termbase: Termbase, *, source_lang: str, target_lang: str
) -> tuple[Replacement, ...]:
    """What should stand at the caret, the surest first.

    A wrong number or an unwanted term under the caret is replaced; where there is none, the numbers and terms of
    the source that the target does not have are offered in the source's order.
    """
    terms = termbase.find(source, source_lang)
    held = termbase.find(target, target_lang)
    found: dict[tuple[Span, str], Replacement] = {}
    for one in (
        *_terms_under(caret, terms, held, target, target_lang),
        *_values_under(source, target, caret, source_lang, target_lang),
    ):
        found.setdefault((one.span, one.text), one)
    if found:
        return tuple(found.values())
    lacking = [
        *_terms_lacking(terms, held, target, target_lang),
        *_values_lacking(source, target, source_lang, target_lang),
    ]
    texts = (Replacement(Span(caret, caret), text, asked) for _, text, asked in sorted(lacking))
    return tuple({one.text: one for one in texts}.values())


def _touches(span: Span, caret: int) -> bool:
    return span.start <= caret <= span.end


def _renderings(match: TermMatch, target_lang: str) -> list[str]:
    texts = [term.text for status in _ACCEPTED for term in match.concept.in_lang(target_lang, status)]
    return texts or [match.term.text]


def _terms_under(
    caret: int, terms: Sequence[TermMatch], held: Sequence[TermMatch], target: str, target_lang: str
) -> Iterator[Replacement]:
    """Unwanted renderings under the caret, and terms of the source that stand there untranslated."""
    asked = {match.concept.id: match for match in terms}
    for hit in held:
        if _touches(hit.span, caret) and hit.term.status not in _ACCEPTED:
            why = asked[hit.concept.id].term.text if hit.concept.id in asked else hit.term.text
            for text in _renderings(hit, target_lang):
                yield Replacement(hit.span, text, why)
    folded = target.casefold()
    for match in terms:
        term = match.term.text
        if len(folded) != len(target):
            continue
        at = folded.find(term.casefold(), max(0, caret - len(term)))
        if 0 <= at <= caret:
            for text in _renderings(match, target_lang):
                if text != target[at : at + len(term)]:
                    yield Replacement(Span(at, at + len(term)), text, term)


def _values_under(
    source: str, target: str, caret: int, source_lang: str, target_lang: str
) -> Iterator[Replacement]:
    """What a number under the caret should be: its sure repair, else a number of the source that is missing."""
    differences = compare(source, target, source_lang, target_lang)
    lost = [one.source for one in differences if one.source is not None and one.target is None]
    for one in differences:
        wrong = one.target
        if wrong is None or not _touches(wrong.span, caret):
            continue
        if one.fix:
            yield Replacement(wrong.span, one.fix, one.source.text if one.source else "")
            continue
        wanted = [one.source] if one.source is not None else lost
        for value in wanted:
            if (text := written(value, target_lang)) and value.kind is wrong.kind:
                yield Replacement(wrong.span, text, value.text)


def _terms_lacking(
    terms: Sequence[TermMatch], held: Sequence[TermMatch], target: str, target_lang: str
) -> Iterator[tuple[int, str, str]]:
    used = {hit.concept.id for hit in held if hit.term.status in _ACCEPTED}
    for match in terms:
        text = _renderings(match, target_lang)[0]
        if match.concept.id not in used and text not in target:
            yield match.span.start, text, match.term.text


def _values_lacking(
    source: str, target: str, source_lang: str, target_lang: str
) -> Iterator[tuple[int, str, str]]:
    for one in compare(source, target, source_lang, target_lang):
        if one.source is not None and one.target is None:
            text = written(one.source, target_lang)
            if text:
                yield one.source.span.start, text, one.source.text


def written(value: Value, target_lang: str) -> str:
    """The value as the target language writes it; "" where there is no one way, or it would read as another value."""
    if not is_chinese(target_lang):
        return ""
    text = _written(value)
    back = find_values(text, target_lang) if text else []
    same = len(back) == 1 and back[0].kind is value.kind and back[0].span == Span(0, len(text))
    if not same or (back[0].year, back[0].month, back[0].day) != (value.year, value.month, value.day):
        return ""
    return text if back[0].numbers == value.numbers else ""


def _written(value: Value) -> str:
    numbers = value.numbers
    match value.kind:
        case Kind.QUANTITY:
            name = "美元" if value.unit == "dollar" else chinese_name(value.unit) if value.unit else ""
            if value.unit and not name:
                return ""
            return "至".join(_number(value, number, counted=bool(name)) for number in numbers) + name
        case Kind.PERCENT:
            return "至".join(f"{render_number(number * 100)}%" for number in numbers)
        case Kind.ORDINAL if len(numbers) == 1:
            return f"第{_number(value, numbers[0], counted=False)}"
        case Kind.CENTURY if len(numbers) == 1:
            return f"{numbers[0]}世纪"
        case Kind.DECADE if len(numbers) == 1 and numbers[0] >= 1000:
            year = int(numbers[0])
            return f"{year // 100 + 1}世纪{year % 100}年代"
        case Kind.DATE if not numbers:
            parts = ((value.year, "年"), (value.month, "月"), (value.day, "日"))
            return "".join(f"{number}{name}" for number, name in parts if number)
        case Kind.TIME if len(numbers) == 1 and numbers[0].denominator == 1:
            return f"{int(numbers[0]) // 60}:{int(numbers[0]) % 60:02d}"
        case Kind.WEEKDAY:
            return f"星期{_DAYS[int(numbers[0]) - 1]}"
        case Kind.CODE:
            return value.text
    return ""


def _number(value: Value, number: Fraction, *, counted: bool) -> str:
    """In words where the source has words for a small number, else in digits."""
    if value.weight is Weight.FIRM or number > 10 or number.denominator != 1:
        return chinese_short(number)
    return "两" if number == 2 and counted else chinese_numeral(number)
