"""Script: traditional characters in simplified text and the other way round."""

from __future__ import annotations

import pytest

from workbench.checks import CheckContext, apply, message, repaired, run, select
from workbench.model import Issue, TranslationUnit

CHECKS = select("script")


def found(source: str, target: str, *, context: CheckContext | None = None) -> list[Issue]:
    return run(TranslationUnit("u", 0, source, target), context or CheckContext(), checks=CHECKS)


def kinds(issues: list[Issue]) -> list[tuple[object, str]]:
    return [(issue.value("kind"), message(issue)) for issue in issues]


@pytest.mark.parametrize(
    ("target", "mended"),
    [
        ("检查您的帐戶", "检查您的帐户"),
        ("這样就行", "这样就行"),
        ("臺灣地区", "台湾地区"),
        ("英語课", "英语课"),
    ],
)
def test_traditional_in_simplified(target: str, mended: str) -> None:
    issues = found("Some source.", target)
    assert [issue.value("kind") for issue in issues] == ["traditional"]
    assert apply(target, issues) == mended
    assert found("Some source.", mended) == []


def test_simplified_in_traditional() -> None:
    context = CheckContext(target_lang="zh-Hant")
    issues = found("Some source.", "檢查您的帐戶", context=context)
    assert apply("檢查您的帐戶", issues) == "檢查您的帳戶"


@pytest.mark.parametrize("target", ["乾隆皇帝的著作", "瞭望台上的阳光", "于是他后来走了几里", "Just English"])
def test_silent(target: str) -> None:
    assert kinds(found("Some source.", target)) == []


def test_what_the_source_quotes_may_stay() -> None:
    assert found("The sign says 臺灣.", "牌子上写着臺灣。") == []


def test_says_both_readings() -> None:
    assert kinds(found("x", "这是帐戶吗")) == [("traditional", "traditional 戶 (这是帐戶吗): 户")]


@pytest.mark.parametrize(
    ("target", "target_lang", "better"),
    [
        ("安装软体。", "zh-CN", "安装软件。"),
        ("点击滑鼠，连到伺服器。", "zh", "点击鼠标，连到服务器。"),
        ("他住在纽西兰。", "zh", "他住在新西兰。"),
        ("安裝軟件。", "zh-TW", "安裝軟體。"),
        ("默認的屏幕", "zh-Hant", "預設的螢幕"),
        # Words of both, other words with the same characters, and regions that write both.
        ("软体动物和方程式", "zh", "软体动物和方程式"),
        ("经互联网路由", "zh", "经互联网路由"),
        ("资讯与程序", "zh", "资讯与程序"),
        ("安裝軟件。", "zh-HK", "安裝軟件。"),
    ],
)
def test_words_of_another_region(target: str, target_lang: str, better: str) -> None:
    unit = TranslationUnit("u", 0, "Text.", target)
    assert repaired(unit, CheckContext(target_lang=target_lang), checks=select("script")) == better
