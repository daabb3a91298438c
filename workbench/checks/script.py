"""Script: characters of the other Chinese script, and words of another region."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from workbench.checks.base import Check, CheckContext, text_value
from workbench.checks.scripts import to_simplified, to_traditional
from workbench.checks.texts import excerpt, view
from workbench.model import Fix, Issue, Severity, Span, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

# Words of one region that the other does not write, after OpenCC's tables of Taiwan's phrases; those that are words of
# both, such as 资讯 and 程序, are left out.
_TAIWAN_WORDS = """
软体(?!动物) 软件 (?<!互联)网路(?!由) 网络 滑鼠 鼠标 萤幕 屏幕 印表机 打印机 硬碟 硬盘 伺服器 服务器
(?<!方)程式(?!化) 程序 记忆体 内存 位元组 字节 计程车 出租车 部落格 博客 解析度 分辨率 作业系统 操作系统
资料夹 文件夹 雷射 激光 太空梭 航天飞机 纽西兰 新西兰 义大利 意大利 寮国 老挝 沙乌地阿拉伯 沙特阿拉伯
"""
_MAINLAND_WORDS = """
軟件 軟體 網絡 網路 鼠標 滑鼠 屏幕 螢幕 打印機 印表機 硬盤 硬碟 服務器 伺服器 內存 記憶體 字節 位元組
出租車 計程車 博客 部落格 短信 簡訊 分辨率 解析度 操作系統 作業系統 數據庫 資料庫 文件夾 資料夾 激光 雷射
航天飛機 太空梭 新西蘭 紐西蘭 意大利 義大利 老撾 寮國 沙特阿拉伯 沙烏地阿拉伯 默認 預設
"""


# Words that both regions have, in different senses: which word of the source makes them those of the other region.
_TAIWAN_SENSES = r"""
程式 程序 \b(?:programs?|programmes?|apps?|applications?|software)\b
资讯 信息 \binformation\b(?!.*(?:\bnews|consult|advi[cs]))
预设 默认 \bdefaults?\b
设定 设置 \bsettings\b
档案 文件 \bfiles?\b(?!.*(?:archive|dossier|record))
列印 打印 \bprint
"""
_MAINLAND_SENSES = r"""
程序 程式 \b(?:programs?|apps?|applications?|software)\b(?!.*(?:procedur|process|proceeding))
信息 資訊 \binformation\b
設置 設定 \bsettings\b
打印 列印 \bprint
"""


@lru_cache(maxsize=2)
def _words(region: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """The words of another region as one pattern with a group for each, and what this region writes."""
    listed = (_TAIWAN_WORDS if region == "mainland" else _MAINLAND_WORDS).split()
    return re.compile("|".join(f"({word})" for word in listed[::2])), tuple(listed[1::2])


@lru_cache(maxsize=2)
def _senses(region: str) -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """The same of words that are of another region only where the source has a certain word."""
    rows = (_TAIWAN_SENSES if region == "mainland" else _MAINLAND_SENSES).strip().splitlines()
    parts = (row.split(" ", 2) for row in rows)
    return tuple((word, right, re.compile(asked, re.IGNORECASE)) for word, right, asked in parts)


def find(unit: TranslationUnit, context: CheckContext) -> Iterator[Issue]:
    """Each run of characters of the other script that the source does not quote, then words of another region."""
    if not context.chinese or not view(unit.target).has_han:
        return
    target = unit.target
    found = to_traditional(target, context.house.region) if context.traditional else to_simplified(target)
    run: list[tuple[int, str]] = []
    for place, better in found:
        if run and run[-1][0] + 1 != place:
            yield from _run(unit, run, context)
            run = []
        run.append((place, better))
    if run:
        yield from _run(unit, run, context)
    region = context.house.region
    if region in ("mainland", "taiwan") and context.traditional is (region == "taiwan"):
        yield from _of_another_region(unit, region)


def _run(unit: TranslationUnit, run: list[tuple[int, str]], context: CheckContext) -> Iterator[Issue]:
    """The finding on characters of the other script that stand side by side."""
    span = Span(run[0][0], run[-1][0] + 1)
    shown = span.of(unit.target)
    if shown in unit.source:
        return
    sure = all(better for _place, better in run)
    better = "".join(better for _place, better in run) if sure else ""
    yield CHECK.issue(
        unit,
        target_span=span,
        fix=Fix(span, better) if sure else None,
        kind="simplified" if context.traditional else "traditional",
        shown=shown,
        better=better,
        around=excerpt(unit.target, span, width=4),
    )


def _of_another_region(unit: TranslationUnit, region: str) -> Iterator[Issue]:
    words, better = _words(region)
    masked = view(unit.target).masked
    places = [(match.span(), better[(match.lastindex or 1) - 1]) for match in words.finditer(masked)]
    for word, right, asked in _senses(region):
        if word in masked and right not in masked and asked.search(unit.source):
            places += [(match.span(), right) for match in re.finditer(word, masked)]
    for (start, end), right in sorted(places):
        span = Span(start, end)
        shown = span.of(unit.target)
        if shown in unit.source:
            continue
        yield CHECK.issue(
            unit,
            target_span=span,
            fix=Fix(span, right),
            kind="word",
            shown=shown,
            better=right,
            region=region,
            around=excerpt(unit.target, span, width=4),
        )


def render(issue: Issue) -> str:
    """The finding in words."""
    kind, shown, better, around = (text_value(issue, name) for name in ("kind", "shown", "better", "around"))
    if kind == "word":
        return f"{shown} is not what {text_value(issue, 'region')} writes ({around}): {better}"
    return f"{kind} {shown} ({around}): {better}" if better else f"{kind} {shown}: {around}"


CHECK = Check(
    id="script",
    title="Characters of the other Chinese script, or words of another region",
    severity=Severity.MINOR,
    category="locale-conventions/script",
    find=find,
    render=render,
)
