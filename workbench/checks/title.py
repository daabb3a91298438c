"""Title: 《》 for works (GB/T 15834-2011), once and of the right form, and none for organisations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.checks.base import Check, CheckContext, text_value
from workbench.checks.texts import HAN, surroundings, view
from workbench.langs import primary
from workbench.model import Fix, Issue, Severity, Span, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKS = re.compile("[《》<>«»＜＞]")
_INSIDE = r"[^《》“”‘’「」『』\"\n]{1,60}"
_QUOTED_TITLE = re.compile(
    f'(?:“《(?:{_INSIDE})》”|‘《(?:{_INSIDE})》’|「《(?:{_INSIDE})》」|『《(?:{_INSIDE})》』|"《(?:{_INSIDE})》")'
)
_TITLED_QUOTE = re.compile(f'《(?:“{_INSIDE}”|‘{_INSIDE}’|「{_INSIDE}」|『{_INSIDE}』|"{_INSIDE}")》')
_OF_OTHERS = re.compile(
    "|".join(
        rf"{opener}(?=[^\n]{{0,39}}[{HAN}])[^《》<>«»＜＞=/\n]{{1,40}}{closer}"
        for opener, closer in (("<<", ">>"), ("<", ">"), ("«", "»"), ("＜＜", "＞＞"), ("＜", "＞"))
    )
)
_NESTED = re.compile(r"《[^《》\n]{0,40}(?P<inner>《[^《》\n]{1,40}》)[^《》\n]{0,40}》")
_TITLE = re.compile(r"《(?P<body>[^《》\n]{2,40})》")
_ANY_TITLE = re.compile("[《〈]")
_QUOTED_HAN = re.compile(f'[“「"](?P<body>[{HAN}][^“”「」"，。！？；：\n]{{0,30}})[”」"]')

# Kinds of works, as English names them before or behind a title.
_KINDS = r"""(?:novella|novel|book|memoir|autobiography|biography|film|movie|blockbuster|documentary|sitcom|soap opera
|(?:tv|television) (?:show|series|drama)|album|ballad|poem|sonnet|short story|opera|operetta|musical|ballet
|symphony|painting|magazine|newspaper|video ?game|trilogy|sequel)""".replace("\n", "")
_NAMED = (
    r"(?:\"(?P<q{0}>[A-Z0-9][^“”\"\n]{{1,60}}?)[,.!?]?\"|“(?P<c{0}>[A-Z0-9][^“”\"\n]{{1,60}}?)[,.!?]?”"
    r"|(?<![\w*])[*_](?P<i{0}>[A-Z0-9][^*_\n]{{1,60}})[*_](?![\w*])"
    r"|<(?:i|em|cite)>(?P<t{0}>[^<>\n]{{2,60}})</(?:i|em|cite)>)"
)
_WORK = re.compile(
    rf"\b(?:{_KINDS.replace('(?:', '(?i:', 1)})s?,?(?: called| titled| entitled| named)? {_NAMED.format(1)}"
    rf"|{_NAMED.format(2)},? (?:an? |the |his |her |their )?(?:[\w-]+ )?(?:{_KINDS.replace('(?:', '(?i:', 1)})\b"
)
# Newspapers and magazines, which English writes without quotation marks, under the names that nothing else has.
_PERIODICALS = (
    ("New York Times", "纽约时报|紐約時報"),
    ("Washington Post", "华盛顿邮报|華盛頓郵報"),
    ("Wall Street Journal", "华尔街日报|華爾街日報"),
    ("Financial Times", "金融时报|金融時報"),
    ("(?:The|Sunday) Times", "泰晤士报|泰晤士報"),
    ("Guardian", "卫报|衛報"),
    ("Daily Mail", "每日邮报|每日郵報"),
    ("Daily Telegraph", "每日电讯报|每日電訊報"),
    ("Los Angeles Times", "洛杉矶时报|洛杉磯時報"),
    ("USA Today", "今日美国报?|今日美國報?"),
    ("Economist", "经济学人|經濟學人"),
    ("Newsweek", "新闻周刊|新聞週刊"),
    ("People['’]s Daily", "人民日报|人民日報"),
    ("China Daily", "中国日报|中國日報"),
    ("South China Morning Post", "南华早报|南華早報"),
    ("Scientific American", "科学美国人|科學人"),
    ("National Geographic", "国家地理|國家地理"),
)
_IN_SOURCE = re.compile(
    "|".join(f"(?P<p{number}>\\b{name}\\b)" for number, (name, _said) in enumerate(_PERIODICALS))
)
# The publisher, the web site and the shop are no work.
_NOT_THE_WORK = "(?!社|网|網|公司|集团|集團|频道|頻道|学会|學會|协会|大楼|广场)"
_OF_PERIODICALS = re.compile("[报報刊]|今日美|济学人|濟學人|美国人|科學人|家地理")
_SAID = tuple(re.compile(f"(?:{said}){_NOT_THE_WORK}") for _name, said in _PERIODICALS)
_ORGANISATION = re.compile(
    "(?:有限公司|公司|集团|集團|大学|大學|委员会|委員會|协会|協會|基金会|基金會|银行|銀行|研究所|研究院|法院|检察院|警察局|俱乐部|俱樂部)\\Z"
)
_ORGANISED = re.compile(
    r"\b(?:Inc|Ltd|Corp|Co|Company|Corporation|Group|University|College|Committee|Commission|Council|Association|Foundation"
    r"|Bank|Institute|Court|Police|Club|FC)\b"
)
_A_WORK = re.compile(
    rf"(?i:\b(?:{_KINDS}|play|song|show|series|episode|report|article|game|starring|season|directed)s?\b)"
)


def find(unit: TranslationUnit, context: CheckContext) -> Iterator[Issue]:
    """Marks of the wrong form first; then works without marks and organisations with them."""
    if not context.chinese or not view(unit.target).has_han:
        return
    target = view(unit.target).masked
    if _MARKS.search(target):
        yield from _forms(unit, target)
    if primary(context.source_lang) == "en":
        yield from _works(unit, target)


def _forms(unit: TranslationUnit, target: str) -> Iterator[Issue]:
    for match in _QUOTED_TITLE.finditer(target):
        yield _issue(unit, "doubled", Span(*match.span()), unit.target[match.start() + 1 : match.end() - 1])
    for match in _TITLED_QUOTE.finditer(target):
        body = unit.target[match.start() + 2 : match.end() - 2]
        yield _issue(unit, "doubled", Span(*match.span()), f"《{body}》")
    if not any(mark in unit.source for mark in "<>«»＜＞"):
        for match in _OF_OTHERS.finditer(target):
            body = unit.target[match.start() : match.end()].strip("<>«»＜＞").strip()
            yield _issue(unit, "form", Span(*match.span()), f"《{body}》")
    for match in _NESTED.finditer(target):
        start, end = match.span("inner")
        yield _issue(unit, "nested", Span(start, end), f"〈{unit.target[start + 1 : end - 1]}〉")


def _works(unit: TranslationUnit, target: str) -> Iterator[Issue]:
    for match in _IN_SOURCE.finditer(unit.source) if _OF_PERIODICALS.search(target) else ():
        said = _SAID[int((match.lastgroup or "p0")[1:])].search(target)
        if (
            said is None
            or _titled(target, said.start())
            or target[said.end() : said.end() + 1] in ("》", "〉")
        ):
            continue
        start, end = said.span()
        if target[max(0, start - 1) : start] in ("“", "「", '"') and target[end : end + 1] in (
            "”",
            "」",
            '"',
        ):
            start, end = start - 1, end + 1
        yield _issue(unit, "bare", Span(start, end), f"《{said.group()}》", asked=match.group())
    if not _ANY_TITLE.search(target):
        quoted = list(_QUOTED_HAN.finditer(target))
        work = _WORK.search(unit.source) if len(quoted) == 1 else None
        if work is not None and len(_WORK.findall(unit.source)) == 1:
            name = next(text for text in work.groups() if text)
            if name not in target and unit.source.count('"') + unit.source.count("“") in (0, 1, 2):
                better = f"《{quoted[0]['body']}》"
                yield _issue(unit, "quoted", Span(*quoted[0].span()), better, asked=name)
    for match in _TITLE.finditer(target):
        if (
            _ORGANISATION.search(match["body"])
            and _ORGANISED.search(unit.source)
            and not _A_WORK.search(unit.source)
            and not re.search('["“*_<]', unit.source)
        ):
            yield _issue(unit, "organisation", Span(*match.span()), match["body"])


def _titled(target: str, place: int) -> bool:
    """Whether a title is open at a place of the text."""
    before = target[:place]
    return any(before.count(opener) > before.count(closer) for opener, closer in ("《》", "〈〉"))


def _issue(unit: TranslationUnit, kind: str, span: Span, better: str, *, asked: str = "") -> Issue:
    # Whether a quoted or bare name is the work, only a person can be sure.
    fix = Fix(span, better) if kind not in ("organisation", "quoted") else None
    return CHECK.issue(
        unit,
        target_span=span,
        fix=fix,
        anchor=surroundings(unit.target, span) if kind == "form" else None,
        kind=kind,
        shown=span.of(unit.target),
        better=better,
        asked=asked,
    )


_MESSAGES = {
    "doubled": "quotation marks doubled with 《》",
    "form": "a title in other marks than 《》",
    "nested": "a title inside a title takes 〈〉",
    "bare": "a newspaper or magazine without 《》",
    "quoted": "a work in quotation marks",
    "organisation": "《》 around an organisation",
}


def render(issue: Issue) -> str:
    """The finding in words."""
    what = _MESSAGES.get(text_value(issue, "kind"), "title")
    asked = f" ({text_value(issue, 'asked')})" if text_value(issue, "asked") else ""
    return f"{what}{asked}: {text_value(issue, 'shown')} → {text_value(issue, 'better')}"


CHECK = Check(
    id="title",
    title="Title marks missing, doubled or of the wrong form",
    severity=Severity.MINOR,
    category="linguistic-conventions/punctuation",
    find=find,
    render=render,
)
