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
    f"|(?:not )?a few|why not|why {_AUXILIARY}n['’]?t|nor\\b.{{0,3}}$|no\\.? ?\\d|\\bno:|\\bno\\.(?=:|\\s*[a-z])"
    "|(?:can|couldn)['’]?t (?:agree|be (?:more|better|happier))"
    "|(?:couldn['’]?t|can['’]?t|cannot|could not) (?:help|wait)"
    "|(?:do|does|did)(?:n['’]?t| not) (?:hesitate|worry|forget)|(?:not|n['’]t) (?:bother|mind)"
    "|no (?:doubt|wonder|matter|problem|worries|longer than|less than|more than|fewer than)|,? no\\?"
    "|(?:^|[\"“‘'] ?)no\\b|nothing (?:but|less|more|like)|none other|never mind|notwithstanding|none ?the ?less|no-\\w"
    f"|without (?:a )?doubt|{_AUXILIARY}n['’]?t (?:it|he|she|they|we|you|i|there|that)\\b|last but not least",
    re.IGNORECASE,
)
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
    r"\b(?:until|till|unless)\b|\bbefore\b(?=\s+(?!and\b|but\b|or\b|in\b|on\b|at\b|with\b)\w)", re.IGNORECASE
)
_THEN = re.compile("才|直到|之前|(?<![以目当之])前|除非")
_DENIED = re.compile(
    "[不没沒无無未非否别勿莫毋甭]|难以|很难|难于|困难|拒|禁|免|擅自|私自|暂缓|缺[乏少席失]|失[去败灵效]|丧失|停[止产运用]"
    "|防止|阻止|制止|杜绝|绝[非无]|作罢|太[多大小少高低贵晚早远慢快长短重难]|零(?![0-9一二三四五六七八九十])|错过|哪[里有能会]|岂|何[必须曾尝]|怎[么能会可]|谁[能会知]|休想|落空|白白"
    "|谢绝|仅[限有]|只[有能限]|才[能会是]|除外|例外|自负|什么事|省得|以外|之外|排除|忘[了记]|吗"
)
# Words that hold such a character and deny nothing.
_WORDS = re.compile(
    "不过|不仅|不但|不同|不断|不久|不少|不管(?!用)|不论|不禁|不只|不单|不光|差不多|不妨|不得不|不错|对不起|不好意思|无论|无疑|无非|无比|非常|非洲|除非"
    "|特别|分别|区别|级别|性别|别人|别的|别墅|告别|个别|类别|识别|未来|未免|莫名|否则|是否|能否|可否|毫不犹豫|迫不及待|不一会|要不|从而|无线|不锈钢|前所未有|毋庸置疑|难免|不愧|不由"
)  # fmt: skip
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
    )
)


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
    if not denials:
        denials = [match for match in _NOT_ONLY.finditer(source) if _ONLY.fullmatch(unit.target)]
    if not denials or _DENIED.search(_unaccounted(source, unit.target)):
        return
    if _STOPPING.search(source) and _ON_AND_ON.search(unit.target):
        return
    if _UNTIL.search(source) and _THEN.search(unit.target):
        return
    span = Span(*denials[0].span())
    yield CHECK.issue(unit, source_span=span, kind="lost", asked=span.of(unit.source))


def _unaccounted(source: str, target: str) -> str:
    """The target without the words that deny nothing, or that answer a word of the source which is no denial."""
    target = _WORDS.sub("", target)
    for asked, said in _ANSWERS:
        if said.search(target) and asked.search(source):
            target = said.sub("", target)
    return target


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
