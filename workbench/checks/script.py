"""Script: characters of the other Chinese script, and words of another region."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from workbench.checks.base import Check, CheckContext, text_value
from workbench.checks.texts import excerpt, view
from workbench.model import Fix, Issue, Severity, Span, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

# Characters that both standards use in some word, so that one of them alone proves nothing.
_BOTH = frozenset("乾著於瞭藉夥馀麽徵鍾祇堃昇陞喆淼犇甦甯剋麴")


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


@lru_cache(maxsize=2)
def _words(region: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """The words of another region as one pattern with a group for each, and what this region writes."""
    listed = (_TAIWAN_WORDS if region == "mainland" else _MAINLAND_WORDS).split()
    return re.compile("|".join(f"({word})" for word in listed[::2])), tuple(listed[1::2])


@lru_cache(maxsize=2)
def _foreign(*, traditional: bool) -> tuple[re.Pattern[str], dict[str, str]]:
    """What marks the other script, with each character in the script asked for."""
    from opencc import OpenCC

    every = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    joined = "\n".join(every)
    there = OpenCC("s2t" if traditional else "t2s").convert(joined).split("\n")
    back = set(OpenCC("t2s" if traditional else "s2t").convert(joined).split("\n"))
    reached = {new for old, new in zip(every, there, strict=True) if old != new}
    mapping = {
        old: new
        for old, new in zip(every, there, strict=True)
        if old != new and old in back and old not in reached and old not in _BOTH
    }
    return re.compile(f"[{''.join(mapping)}]+"), mapping


def find(unit: TranslationUnit, context: CheckContext) -> Iterator[Issue]:
    """Each run of characters of the other script that the source does not quote."""
    if not context.chinese or not view(unit.target).has_han:
        return
    pattern, mapping = _foreign(traditional=context.traditional)
    for match in pattern.finditer(unit.target):
        if match.group() in unit.source:
            continue
        span = Span(*match.span())
        better = "".join(mapping[char] for char in match.group())
        yield CHECK.issue(
            unit,
            target_span=span,
            fix=Fix(span, better),
            kind="simplified" if context.traditional else "traditional",
            shown=match.group(),
            better=better,
            around=excerpt(unit.target, span, width=4),
        )
    region = context.house.region
    if region in ("mainland", "taiwan") and context.traditional is (region == "taiwan"):
        yield from _of_another_region(unit, region)


def _of_another_region(unit: TranslationUnit, region: str) -> Iterator[Issue]:
    words, better = _words(region)
    for match in words.finditer(view(unit.target).masked):
        if match.group() in unit.source:
            continue
        span = Span(*match.span())
        right = better[(match.lastindex or 1) - 1]
        yield CHECK.issue(
            unit,
            target_span=span,
            fix=Fix(span, right),
            kind="word",
            shown=match.group(),
            better=right,
            region=region,
            around=excerpt(unit.target, span, width=4),
        )


def render(issue: Issue) -> str:
    """The finding in words."""
    kind, shown, better, around = (text_value(issue, name) for name in ("kind", "shown", "better", "around"))
    if kind == "word":
        return f"{shown} is not what {text_value(issue, 'region')} writes ({around}): {better}"
    return f"{kind} {shown} ({around}): {better}"


CHECK = Check(
    id="script",
    title="Characters of the other Chinese script, or words of another region",
    severity=Severity.MINOR,
    category="locale-conventions/script",
    find=find,
    render=render,
)
