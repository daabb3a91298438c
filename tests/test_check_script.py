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


RIGHT_IN_BOTH = (
    "皇后 太后 后羿 姓范 岳飛 干擾 里長 公里 一斗 平台 台積電 采風 茶几 胡適 沙烏地里亞爾 此系統 美制"
)


@pytest.mark.parametrize("target_lang", ["zh-TW", "zh-HK"])
@pytest.mark.parametrize("target", RIGHT_IN_BOTH.split())
def test_characters_that_traditional_text_has_too(target: str, target_lang: str) -> None:
    assert found("Some source.", target, context=CheckContext(target_lang=target_lang)) == []


@pytest.mark.parametrize(
    ("target_lang", "target", "better"),
    [
        ("zh-TW", "皇后；干燥；里面；复杂", "皇后；乾燥；裡面；複雜"),
        ("zh-HK", "皇后；干燥；里面；复杂", "皇后；乾燥；裏面；複雜"),
        ("zh-TW", "之后，複杂的头发", "之後，複雜的頭髮"),
        ("zh-TW", "用户", "用戶"),
        ("zh-HK", "用户", "用户"),
        # Of several readings none is taken without a phrase.
        ("zh-TW", "他发。", "他发。"),
        ("zh-CN", "乾燥，於是瞭解，看著", "干燥，于是了解，看着"),
        ("zh-CN", "乾隆，瞭望，於先生，著名，带著作，皇后", "乾隆，瞭望，於先生，著名，带著作，皇后"),
    ],
)
def test_mended_by_phrases_and_by_region(target_lang: str, target: str, better: str) -> None:
    unit = TranslationUnit("u", 0, "Text.", target)
    assert repaired(unit, CheckContext(target_lang=target_lang), checks=CHECKS) == better


def test_a_finding_without_a_sure_reading_has_no_fix() -> None:
    issues = found("x", "他发。", context=CheckContext(target_lang="zh-TW"))
    assert [(message(issue), issue.fix) for issue in issues] == [("simplified 发: 他发。", None)]


@pytest.mark.parametrize(
    ("source", "target", "target_lang", "better"),
    [
        (
            "The default settings of the software were changed by a program.",
            "軟件的默認設置被程序更改了。",
            "zh-TW",
            "軟體的預設設定被程式更改了。",
        ),
        ("The information is on the server.", "信息在服務器上。", "zh-TW", "資訊在伺服器上。"),
        (
            "The default settings were changed by a program.",
            "预设设定被程式更改了。",
            "zh-CN",
            "默认设置被程序更改了。",
        ),
        ("Click the mouse and print the file.", "点击滑鼠并列印档案。", "zh-CN", "点击鼠标并打印文件。"),
        # The same words in senses that both regions know.
        ("The legal proceedings", "法律程序", "zh-TW", "法律程序"),
        ("The school keeps records.", "学校保存档案。", "zh-CN", "学校保存档案。"),
    ],
)
def test_words_that_the_source_tells_apart(source: str, target: str, target_lang: str, better: str) -> None:
    unit = TranslationUnit("u", 0, source, target)
    assert repaired(unit, CheckContext(target_lang=target_lang), checks=CHECKS) == better


def test_the_language_goes_before_the_profile() -> None:
    context = CheckContext(target_lang="zh-TW", profile="mainland")
    assert found("Some source.", "安裝軟件。", context=context) == []


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
