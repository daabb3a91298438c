"""Negation: the source denies something and nothing in the Chinese target does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.checks.base import Check, CheckContext, text_value
from workbench.checks.texts import view
from workbench.langs import primary
from workbench.model import Issue, Severity, Span, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

_DENIALS = re.compile(
    r"\b(?:not|cannot|never|nobody|nothing|none|neither|nor|nowhere|without|no"
    r"|(?:ca|do|does|did|is|are|was|were|wo|would|should|could|have|has|had|must|need|ai|might)n['’]?t)\b",
    re.IGNORECASE,
)
# Denials that Chinese says without a denial, or that deny nothing.
_AUXILIARY = "(?:ca|do|does|did|is|are|was|were|wo|have|has|had|would|should|could)"
_HARMLESS = re.compile(
    "not (?:only|just|to mention|until|least|unlike|uncommon)|whether or not|or not\\b|if not\\b|often than not"
    f"|(?:not )?a few|why not|why {_AUXILIARY}n['’]?t|nor\\b.{{0,3}}$|no\\.? ?\\d|\\bno[.:]"
    "|(?:can|couldn)['’]?t (?:agree|be (?:more|better|happier))"
    "|(?:couldn['’]?t|can['’]?t|cannot|could not) (?:help|wait)"
    "|(?:do|does|did)(?:n['’]?t| not) (?:hesitate|worry|forget)|(?:not|n['’]t) (?:bother|mind)"
    "|no (?:doubt|wonder|matter|problem|worries|longer than|less than|more than|fewer than)|,? no\\?"
    "|(?:^|[\"“‘'] ?)no\\b|nothing (?:but|less|more|like)|none other|never mind|notwithstanding|none ?the ?less|no-\\w"
    f"|without (?:a )?doubt|{_AUXILIARY}n['’]?t (?:it|he|she|they|we|you|i|there|that)\\b|last but not least",
    re.IGNORECASE,
)
# In several sentences one denial is easily said in other words.
_LONGEST = 300
_ON_AND_ON = re.compile("不[断停止住]")
_UNTIL = re.compile(r"\b(?:until|till|before|unless)\b", re.IGNORECASE)
_THEN = re.compile("才|直到|之?前|除非")
_DENIED = re.compile(
    "[不没沒无無未非否别勿莫毋甭]|难以|很难|难于|困难|拒|禁|免|擅自|私自|暂缓|缺[乏少席失]|失[去败灵效]|丧失|停[止产运用]"
    "|防止|阻止|制止|杜绝|绝[非无]|零(?![0-9一二三四五六七八九十])|错过|哪[里有能会]|岂|何[必须曾尝]|怎[么能会可]|谁[能会知]|休想|落空|白白"
    "|谢绝|仅[限有]|只[有能限]|才[能会是]|除外|例外|自负|什么事|省得|以外|之外|排除|忘[了记]|吗"
)
# Words that hold such a character and deny nothing.
_WORDS = re.compile(
    "不过|不仅|不但|不同|不断|不久|不少|不管(?!用)|不论|不禁|不只|不单|不光|差不多|不妨|不得不|不错|对不起|不好意思|无论|无疑|无非|无比|非常|非洲|除非"
    "|特别|分别|区别|级别|性别|别人|别的|别墅|告别|个别|类别|识别|未来|未免|莫名|否则|是否|能否|可否|毫不犹豫|迫不及待|不一会|要不|从而|无线|不锈钢|前所未有|毋庸置疑|难免|不愧|不由"
)  # fmt: skip


def find(unit: TranslationUnit, context: CheckContext) -> Iterator[Issue]:
    """One finding at most, on the first denial of the source."""
    if not context.chinese or primary(context.source_lang) != "en" or not view(unit.target).has_han:
        return
    source = view(unit.source).masked
    if len(source) > _LONGEST:
        return
    first = _DENIALS.search(source)
    if first is None:
        return
    bare = _HARMLESS.sub(lambda match: "\0" * len(match.group()), source)
    denials = list(_DENIALS.finditer(bare))
    if not denials or _DENIED.search(_WORDS.sub("", unit.target)):
        return
    if "stop" in source and _ON_AND_ON.search(unit.target):
        return
    if _UNTIL.search(source) and _THEN.search(unit.target):
        return
    span = Span(*denials[0].span())
    yield CHECK.issue(unit, source_span=span, kind="lost", asked=span.of(unit.source))


def render(issue: Issue) -> str:
    """The finding in words."""
    return f"the source says “{text_value(issue, 'asked')}”, nothing in the target denies"


CHECK = Check(
    id="negation",
    title="A negation is lost",
    severity=Severity.MAJOR,
    category="accuracy/mistranslation",
    find=find,
    render=render,
)
