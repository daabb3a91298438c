"""Negation: the source denies something and nothing in the Chinese target does, or the other way round."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from workbench.checks.base import Check, CheckContext, text_value
from workbench.checks.denials import (
    DENIALS,
    DENIED,
    HARMLESS_WORDS,
    added,
    implied,
    open_denials,
    prefixed,
    said_by_opposite,
)
from workbench.checks.texts import view
from workbench.langs import primary
from workbench.model import Issue, Severity, Span, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

# "Not only" needs no denial (both … and), unless the target says "only".
_NOT_ONLY = re.compile(r"\bnot (?:only|just|merely|solely)\b", re.IGNORECASE)
_ONLY = re.compile("[^不没非除]*(?:仅|只[是有在]|光是|单是)[^不没非除]*")
# In several sentences one denial is easily said in other words.
_LONGEST = 300
# "Without a break" and "never stops" are said by what goes on.
_STOPPING = re.compile(
    r"\b(?:stop|break|end|ceas|paus|rest\b|interrupt|relent|let-?up|bound|limit)", re.IGNORECASE
)
_ON_AND_ON = re.compile("不[断停止住休懈]|[持连]续|一直|始终|永远|昼夜|日夜|接连|连着|连绵|永恒|继续|源源")
# "Before" as a conjunction, not the "before" that ends a clause (never before).
_UNTIL = re.compile(
    r"\b(?:until|till|unless)\b|\bbefore\s+(?:i|you|he|she|it|we|they|the|this|that|his|her|their|our|your|my|anyone|\w+ing)\b",
    re.IGNORECASE,
)
_THEN = re.compile("才|直到|之前|(?<![以目当之])前|除非")
_ONLY_THEN = re.compile(
    r"\b(?:until|till|unless|before|only|except|without|than|later|long|yet|just)\b", re.IGNORECASE
)
_AFTER_ALL = re.compile("[要过等到后].{0,8}才")
_SENTENCE_ENDS = re.compile(
    r"(?<![A-Z])(?<!\b(?:Mr|Ms|Dr|St|vs|Jr))(?<!\bMrs)[.!?]+[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z])"
)
_CHINESE_ENDS = re.compile("[。！？]+[”’」』）]*")
# What has the air of a denial in Chinese, and the English words that it renders without one.
_ANSWERS = tuple(
    (re.compile(rf"\b(?:{asked})", re.IGNORECASE), re.compile(said))
    for asked, said in (
        (r"only\b|just\b|sole|single|limited", "只[有能限]|仅[限有]"),
        ("outside|except|other than|besides|beyond|apart from", "以外|之外|除外|例外"),
        (r"free\b(?!.*\bwithout (?:charge|cost|fee|pay))|exempt|complimentary", "免[费税]"),
        (r"too\b", "太[多大小少高低贵晚早远慢快长短重难]"),
        (r"forg[eo]t", "忘[了记]"),
        (r"difficult|hard\b|tough|trouble|challeng", "难以|很难|难于|困难"),
        ("reject|refus|declin", "拒"),
        ("fail|defeat|lose|losing|lost|loss", "失[去败灵效]|丧失"),
        ("ban|prohibit|forbid", "禁"),
        ("stop|halt|suspend|discontinue", "停[止产运用]"),
        ("restrain|embargo|curb", "禁"),
        (r"im\w+[ai]bl[ey]|in\w+[ai]bl[ey]|un\w+abl[ey]|irresist", "难以|无[法可比]|不[可住]"),
    )
)


def find(unit: TranslationUnit, context: CheckContext) -> Iterator[Issue]:
    """One finding at most, on the first denial of the source."""
    if not context.chinese or primary(context.source_lang) != "en" or not view(unit.target).has_han:
        return
    source, target = view(unit.source).masked, view(unit.target).masked
    if len(source) > _LONGEST:
        return
    sentences, others = _parts(source, _SENTENCE_ENDS), _parts(target, _CHINESE_ENDS)
    if 1 < len(sentences) == len(others):
        for said, other in zip(sentences, others, strict=True):
            found = next(_judge(unit, said, other), None)
            if found is not None:
                yield found
                return
    else:
        yield from _judge(unit, Span(0, len(source)), Span(0, len(target)))


def _parts(text: str, ends: re.Pattern[str]) -> list[Span]:
    """The sentences of a text."""
    places = [0, *(match.end() for match in ends.finditer(text)), len(text)]
    return [Span(start, end) for start, end in pairwise(places) if text[start:end].strip()]


def _judge(unit: TranslationUnit, here: Span, there: Span) -> Iterator[Issue]:
    """The finding on a part of the source and its part of the target."""
    source, target = here.of(view(unit.source).masked), there.of(view(unit.target).masked)
    if DENIALS.search(source) is not None:
        lost = _lost(source, target)
        if lost is not None:
            yield _missing(unit, here, lost)
        return
    bare = HARMLESS_WORDS.sub("", target)
    if DENIED.search(bare) is None:
        word = prefixed(source, bare)
        implying = implied(source) if word is None else None
        if implying is not None and not implying[1].search(bare):
            word = implying[0]
        if word is not None:
            yield _missing(unit, here, word)
        return
    both = added(source, target)
    if both is not None:
        asked = Span(both[0].start() + here.start, both[0].end() + here.start)
        shown = Span(both[1].start() + there.start, both[1].end() + there.start)
        said, denied = asked.of(unit.source), shown.of(unit.target)
        yield CHECK.issue(unit, source_span=asked, target_span=shown, kind="added", asked=said, shown=denied)


def _missing(unit: TranslationUnit, part: Span, match: re.Match[str]) -> Issue:
    span = Span(match.start() + part.start, match.end() + part.start)
    return CHECK.issue(unit, source_span=span, kind="lost", asked=span.of(unit.source))


def _lost(source: str, target: str) -> re.Match[str] | None:
    """The first denial of an English text that nothing in the Chinese one answers."""
    denials = open_denials(source, HARMLESS_WORDS.sub("", target))
    if not denials:
        denials = [match for match in _NOT_ONLY.finditer(source) if _ONLY.fullmatch(target)]
    if not denials or DENIED.search(_unaccounted(source, target)):
        return None
    if _STOPPING.search(source) and _ON_AND_ON.search(target):
        return None
    if (_UNTIL.search(source) and _THEN.search(target)) or said_by_opposite(source, target):
        return None
    return denials[0]


def _unaccounted(source: str, target: str) -> str:
    """The target without the words that deny nothing, or that answer a word of the source which is no denial."""
    target = HARMLESS_WORDS.sub("", target)
    for asked, said in _ANSWERS:
        if said.search(target) and asked.search(source):
            target = said.sub("", target)
    # "Not until" is 才, and so is much else.
    return target if _ONLY_THEN.search(source) or _AFTER_ALL.search(target) else target.replace("才", "")


def render(issue: Issue) -> str:
    """The finding in words."""
    if text_value(issue, "kind") == "added":
        asked, shown = text_value(issue, "asked"), text_value(issue, "shown")
        return f"the target denies ({shown}) what the source does not ({asked})"
    return f"the source says “{text_value(issue, 'asked')}”, nothing in the target denies"


CHECK = Check(
    id="negation",
    title="A negation is lost or added",
    severity=Severity.MAJOR,
    category="accuracy/mistranslation",
    find=find,
    render=render,
)
