"""Title: works without 《》, 《》 doubled, of the wrong form or around what is no work."""

from __future__ import annotations

import pytest

from workbench.checks import CheckContext, message, repaired, run, select
from workbench.model import TranslationUnit

CHECKS = select("title")


def findings(source: str, target: str, *, context: CheckContext | None = None) -> list[str]:
    unit = TranslationUnit("u", 0, source, target)
    return [message(issue) for issue in run(unit, context or CheckContext(), checks=CHECKS)]


@pytest.mark.parametrize(
    ("source", "target", "kind", "better"),
    [
        ("I read “Red Roofs”.", "我读了“《红屋顶》”。", "doubled", "《红屋顶》"),
        ("I read “Red Roofs”.", "我读了《“红屋顶”》。", "doubled", "《红屋顶》"),
        ("I read “Red Roofs”.", "我讀了「《紅屋頂》」。", "doubled", "《紅屋頂》"),
        ("I read “Red Roofs”.", "我读了<红屋顶>。", "form", "《红屋顶》"),
        ("I read “Red Roofs”.", "我读了«红屋顶»。", "form", "《红屋顶》"),
        ("I read “Red Roofs”.", "我读了<<红屋顶>>。", "form", "《红屋顶》"),
        ("I read “On ‘Red Roofs’”.", "我读了《论《红屋顶》》。", "nested", "〈红屋顶〉"),
        ("Her novel “Red Roofs” sold well.", "她的小说“红屋顶”很畅销。", "quoted", "《红屋顶》"),
        ('"Red Roofs," a film by her son', "“红屋顶”，她儿子的电影", "quoted", "《红屋顶》"),
        ("Her novel *Red Roofs* sold well.", "她的小说“红屋顶”很畅销。", "quoted", "《红屋顶》"),
        ("He told Newsweek so.", "他对新闻周刊这么说。", "bare", "《新闻周刊》"),
        ("He told Newsweek so.", "他对“新闻周刊”这么说。", "bare", "《新闻周刊》"),
        ("He works at Green Lake University.", "他在《绿湖大学》工作。", "organisation", "绿湖大学"),
    ],
)
def test_found(source: str, target: str, kind: str, better: str) -> None:
    issues = run(TranslationUnit("u", 0, source, target), CheckContext(), checks=CHECKS)
    assert [(issue.value("kind"), issue.value("better")) for issue in issues] == [(kind, better)]


def test_says_what_is_asked_and_both_forms() -> None:
    assert findings("Her novel “Red Roofs” sold well.", "她的小说“红屋顶”很畅销。") == [
        "a work in quotation marks (Red Roofs): “红屋顶” → 《红屋顶》"
    ]
    assert findings("I read it.", "我读了“《红屋顶》”。") == [
        "quotation marks doubled with 《》: “《红屋顶》” → 《红屋顶》"
    ]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("I read “Red Roofs”.", "我读了《红屋顶》。"),
        ("“I read Red Roofs.”", "“我读了《红屋顶》。”"),
        ("“Red Roofs is good,” she said.", "“《红屋顶》很好，”她说。"),
        ("Her essay “On Roofs”", "她的文章《论〈红屋顶〉》"),
        ("Her novel “Red Roofs” sold well.", "她的小说“Red Roofs”很畅销。"),
        ("He called her film “a disaster”.", "他说她的电影是“一场灾难”。"),
        ("The film made him “The Man”, they said, and “The Hat”.", "这部电影使他成了“那人”和“帽子”。"),
        ("He told Newsweek so.", "他对《新闻周刊》这么说。"),
        ("The guardian of the child came.", "孩子的监护人来了。"),
        ("Stocks of the New York Times rose.", "纽约时报公司股价上涨。"),
        ("Type <name> here.", "在此输入<姓名>。"),
        ("If a < b and c > d", "如果甲<乙，丙>丁"),
        ("The film “Monkey University” opened.", "电影《猴子大学》上映。"),
        ("<b>Bold</b>", "<b>粗体</b>"),
        ("", "《》"),
    ],
)
def test_silent(source: str, target: str) -> None:
    assert findings(source, target) == []


@pytest.mark.parametrize(
    ("target", "better"),
    [
        ("我读了“《红屋顶》”。", "我读了《红屋顶》。"),
        ("我读了<<红屋顶>>。", "我读了《红屋顶》。"),
        ("我读了《论《红屋顶》》。", "我读了《论〈红屋顶〉》。"),
        ("我读了《“红屋顶”》和«蓝屋顶»。", "我读了《红屋顶》和《蓝屋顶》。"),
    ],
)
def test_fixes_made_twice_are_made_once(target: str, better: str) -> None:
    unit = TranslationUnit("u", 0, "I read it.", target)
    assert repaired(unit, CheckContext(), checks=CHECKS) == better
    assert findings("I read it.", better) == []


def test_other_languages_have_other_marks() -> None:
    assert findings("I read it.", "J'ai lu «la 红 maison».", context=CheckContext(target_lang="fr")) == []
