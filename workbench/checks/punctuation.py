"""Punctuation: the mark that ends the sentence is lost or changed, or ASCII marks stand between Chinese
characters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.checks.base import Check, CheckContext, text_value
from workbench.checks.sounds import RUNS
from workbench.checks.texts import HAN, HOLE, excerpt, surroundings, view
from workbench.model import Fix, Issue, Severity, Span, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

_FULL = {",": "，", ".": "。", ";": "；", ":": "：", "?": "？", "!": "！"}
_CLOSERS = "“‘\"'”’」』）)]】》〉»*_ \t\u3000\u00a0"
_KINDS = {
    **dict.fromkeys(".。．｡", "full stop"),
    **dict.fromkeys("?？", "question mark"),
    **dict.fromkeys("!！", "exclamation mark"),
    **dict.fromkeys("…", "ellipsis"),
    **dict.fromkeys(":：", "colon"),
    **dict.fromkeys(";；", "semicolon"),
    **dict.fromkeys(",，、", "comma"),
    **dict.fromkeys("—-–~～", "dash"),
}
_MARKS = {"full stop": "。", "question mark": "？", "exclamation mark": "！"}
# An abbreviation or a numbering at the end of the source is no sentence.
_NO_SENTENCE = re.compile(
    r"(?:^|\s)(?:(?:[A-Za-z]\.)*[A-Za-z]|\d+|Inc|Ltd|Co|Corp|Mr|Mrs|Ms|Dr|St|etc|vs|Jr|Sr|No|a\.m|p\.m)\.\W*\Z"
)
_QUESTION_WORDS = re.compile(
    "[吗呢]|是否|难道|为什么|为何|怎么办|是不是|能不能|可不可以|有没有|对不对|好不好"
)
_AFTER_HAN = f"(?<=[{HAN}”’」』）》】…％%])"
_BEFORE_HAN = f"(?=[{HAN}“‘「『（《【])"
_AMONG_HAN = re.compile(
    _AFTER_HAN
    + rf"(?P<mark>[,;:?!]|\.(?![.\w])|(?<!\.)\.(?=[{HAN}]))"
    + rf"(?:[ \u00a0]*{_BEFORE_HAN}|[ \u00a0]+(?=[A-Za-z0-9])|(?=[A-Za-z0-9{HOLE}])"
    + r"|(?=[”’」』）》】\"')]|[ \t]*\r?\n|\s*\Z))"
)
# Marks that are no punctuation of the sentence: 第3章.结果, 三:二; and what a numbered item takes: 一、.
_AFTER_HEADING = re.compile(r"第[ 0-9一二三四五六七八九十百]+[章节条款部篇回课卷]\Z")
_ITEM = re.compile(r"(?:\A|[\n。；：])[ \t]*[一二三四五六七八九十]{1,3}\Z")
_SCORE = re.compile("[零一二三四五六七八九十两]:[零一二三四五六七八九十两]")
_NAME_IN_PARTS = re.compile(r"\b[A-Z][\w'’]+(?:[ -][A-Z][\w'’]*\.?)+")
_MIXED = re.compile(f'(?<=[A-Za-z0-9%°)"])(?P<mark>,) ?{_BEFORE_HAN}')
_LONG = re.compile(rf"(?<=[{HAN}”’」』）》])(?P<mark>\.{{3,6}}(?![.A-Za-z0-9])|--+(?=[{HAN}“‘「『（《【]))")
# A sentence that ends with a Latin word still ends with 。 ("我用 Python." but not "苹果公司 (Apple Inc.").
_LATIN_END = re.compile(rf"[{HAN}][^。！？!?]*[A-Za-z0-9%)\"{HOLE}]\Z")
# Marks of the wrong form or place, with what each becomes.
_BEFORE_AND = re.compile(
    f"(?<=[{HAN}”’」』）》A-Za-z0-9])、(?=(?:和(?![平谐諧睦服尚解蔼藹弦约約声聲田])|以及|或者))"
)
_LONE_DOTS = re.compile(f"(?<=[{HAN}])…(?!…)|(?<!…)…(?=[{HAN}])(?<!……)")
_MIXED_PAIR = re.compile("[？！][?!]+|[?!]+[？！]")
_SMALL = re.compile("[﹐﹑﹒﹔﹕﹖﹗]")
_WIDE_DOT = re.compile(f"(?<=[{HAN}])．(?=[”’」』）]|[ \\t]*\\r?\\n|\\s*\\Z)")
_FORMS = str.maketrans("﹐﹑﹒﹔﹕﹖﹗．?!", "，、。；：？！。？！")
_ASKING = re.compile(r"[\"'“‘(]*(?:who|whom|whose|what|which|where|when|why|how)\b", re.IGNORECASE)
_ASKED = re.compile("谁|誰|什么|什麼|哪|怎么|怎麼|怎样|怎樣|多少|为何|為何|如何|几[个点岁时]|幾[個點歲時]")
_RUN_BEFORE = re.compile(f"(?:{RUNS.pattern})\\Z")
_RUN_AFTER = re.compile(RUNS.pattern)
_RUN = re.compile("([，。、；：])[，。、；：]+")


def find(unit: TranslationUnit, context: CheckContext) -> Iterator[Issue]:
    """The end of the sentence, then marks inside it."""
    if not context.chinese or not unit.target:
        return
    target = view(unit.target)
    if not target.has_han:
        return
    yield from _end(unit, context)
    if not context.ui:
        yield from _ascii(unit)
        yield from _forms(unit)
    for match in _RUN.finditer(target.masked):
        span, shown = Span(*match.span()), match.group()
        same = match[1] if len(set(shown)) == 1 else None
        better = "……" if set(shown) == {"。"} and len(shown) > 2 else same
        yield CHECK.issue(
            unit,
            target_span=span,
            fix=None if better is None else Fix(span, better),
            severity=Severity.MINOR,
            kind="doubled",
            shown=shown,
        )


def _last_mark(text: str) -> tuple[str, int]:
    """What kind of mark ends the text, closing quotes and brackets aside, and where it stands ("" = none)."""
    index = len(text) - 1
    while index >= 0 and text[index] in _CLOSERS:
        index -= 1
    if index < 0:
        return "", 0
    kind = _KINDS.get(text[index], "")
    if kind == "full stop" and index > 0 and text[index - 1] == text[index]:
        kind = "ellipsis"
    return kind, index


def _end(unit: TranslationUnit, context: CheckContext) -> Iterator[Issue]:
    source, target = view(unit.source).masked, view(unit.target).masked
    asked, source_at = _last_mark(source)
    if context.ui:
        yield from _end_of_label(unit, asked)
        return
    if asked not in _MARKS or _NO_SENTENCE.search(source):
        return
    shown, at = _last_mark(target)
    mark = _MARKS[asked]
    source_span = Span(source_at, source_at + 1)
    if not shown:
        place = Span(at + 1, at + 1)
        yield CHECK.issue(
            unit,
            source_span=source_span,
            target_span=place,
            fix=Fix(place, mark),
            anchor="",
            kind="end lost",
            asked=asked,
            mark=mark,
        )
    elif shown == asked == "full stop" and target[at] == "." and _LATIN_END.search(target[:at]):
        place = Span(at, at + 1)
        yield CHECK.issue(
            unit,
            target_span=place,
            fix=Fix(place, mark),
            anchor="",
            kind="ascii",
            shown=".",
            mark=mark,
            around=excerpt(unit.target, place, width=4),
        )
    elif asked == "question mark" and shown in ("full stop", "exclamation mark") and _asks(unit, shown):
        place = Span(at, at + 1)
        yield CHECK.issue(
            unit,
            source_span=source_span,
            target_span=place,
            fix=Fix(place, mark),
            anchor="",
            kind="end changed",
            asked=asked,
            mark=mark,
            shown=unit.target[at],
        )


def _end_of_label(unit: TranslationUnit, asked: str) -> Iterator[Issue]:
    """The full stop of a text of a user interface whose source has no mark at its end."""
    target = unit.target
    if asked or not target.endswith("。") or "。" in target[:-1]:
        return
    place = Span(len(target) - 1, len(target))
    yield CHECK.issue(
        unit,
        target_span=place,
        fix=Fix(place, ""),
        severity=Severity.MINOR,
        anchor="",
        kind="end added",
        shown="。",
    )


def _asks(unit: TranslationUnit, shown: str) -> bool:
    """Whether the last sentence of the target is worded as a question, or asks what that of the source does."""
    last = re.split("[。！？!?]", unit.target.rstrip(_CLOSERS + "。.！!"))[-1]
    if shown == "full stop" and _QUESTION_WORDS.search(last) is not None:
        return True
    asking = re.split(r"[.!?]\s+", unit.source.strip())[-1]
    return _ASKING.match(asking) is not None and _ASKED.search(last) is not None


def _forms(unit: TranslationUnit) -> Iterator[Issue]:
    """Marks of small or mixed form, half an ellipsis, and 、 before a word that joins."""
    masked = view(unit.target).masked
    for pattern, better in (
        (_LONE_DOTS, "……"),
        (_BEFORE_AND, ""),
        (_MIXED_PAIR, None),
        (_SMALL, None),
        (_WIDE_DOT, None),
    ):
        for match in pattern.finditer(masked):
            span, shown = Span(*match.span()), match.group()
            mark = shown.translate(_FORMS) if better is None else better
            yield CHECK.issue(
                unit,
                target_span=span,
                fix=Fix(span, mark),
                anchor=surroundings(unit.target, span),
                kind="form" if mark else "before and",
                shown=shown,
                mark=mark,
                around=excerpt(unit.target, span, width=4),
            )


def _ascii(unit: TranslationUnit) -> Iterator[Issue]:
    masked = view(unit.target).masked
    for match in (*_AMONG_HAN.finditer(masked), *_MIXED.finditer(masked), *_LONG.finditer(masked)):
        mark = match["mark"]
        if _stands_for_another(masked, match, unit):
            continue
        full = _FULL.get(mark) or ("……" if mark[0] == "." else "——")
        span = Span(*match.span())
        if mark == "." and _ITEM.search(masked, 0, span.start):
            full = "、"
        yield CHECK.issue(
            unit,
            target_span=span,
            fix=Fix(span, full),
            anchor=surroundings(unit.target, span),
            severity=Severity.MINOR,
            kind="ascii",
            shown=mark,
            mark=full,
            around=excerpt(unit.target, span, width=4),
        )


def _stands_for_another(masked: str, match: re.Match[str], unit: TranslationUnit) -> bool:
    """Whether the mark is no punctuation of a sentence: that of a heading, a score, or between the parts of a name."""
    start, end = match.span()
    if match["mark"] == ":":
        return _SCORE.match(masked, start - 1) is not None
    if match["mark"] != ".":
        return False
    if _AFTER_HEADING.search(masked, 0, start):
        return True
    left, right = _RUN_BEFORE.search(masked, 0, start), _RUN_AFTER.match(masked, end)
    return left is not None and right is not None and _NAME_IN_PARTS.search(unit.source) is not None


def render(issue: Issue) -> str:
    """The finding in words."""
    kind, mark, shown = (text_value(issue, name) for name in ("kind", "mark", "shown"))
    if kind == "end lost":
        return f"the source ends with a {text_value(issue, 'asked')}, the target with no mark: {mark}?"
    if kind == "end added":
        return f"the source ends with no mark, the target with {shown}"
    if kind == "end changed":
        return f"the source ends with a {text_value(issue, 'asked')}, the target with {shown}"
    if kind == "form":
        return f"{shown} is not the mark of Chinese text ({text_value(issue, 'around')}): {mark}"
    if kind == "before and":
        return f"no {shown} before the word that joins the last two: {text_value(issue, 'around')}"
    if kind == "doubled":
        return f"several marks in a row: {shown}"
    return f"ASCII {shown} among Chinese characters ({text_value(issue, 'around')}): {mark}"


CHECK = Check(
    id="punctuation",
    title="A mark is lost, changed or not the Chinese one",
    severity=Severity.MINOR,
    category="linguistic-conventions/punctuation",
    find=find,
    render=render,
)
