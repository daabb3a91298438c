"""Quotes: marks without a partner, turned marks, straight marks, and quotations that are gone."""

from __future__ import annotations

import pytest

from workbench.checks import CheckContext, apply, message, run, select
from workbench.model import Issue, TranslationUnit

CHECKS = select("quotes")


def found(source: str, target: str, *, context: CheckContext | None = None) -> list[Issue]:
    return run(TranslationUnit("u", 0, source, target), context or CheckContext(), checks=CHECKS)


def kinds(issues: list[Issue]) -> list[tuple[object, str]]:
    return [(issue.value("kind"), message(issue)) for issue in issues]


@pytest.mark.parametrize(
    ("source", "target", "kind"),
    [
        ('Tap "Home".', "点击“主页。", "opening"),
        ('Tap "Home".', "点击主页”。", "closing"),
        ("Tap ‘Home’ now", "现在点击“主页", "opening"),
        ('Tap "Home".', "点击「主页。", "opening"),
        ('He called it "great".', "他称之为很棒。", "gone"),
        ('Click "A" and “B” now', "点击“甲”和乙”", "closing"),
    ],
)
def test_found(source: str, target: str, kind: str) -> None:
    assert [issue.value("kind") for issue in found(source, target)] == [kind]


@pytest.mark.parametrize(
    ("target", "mended"),
    [
        ("点击“主页“。", "点击“主页”。"),
        ("点击”主页”。", "点击“主页”。"),
        ('点击“主页"。', "点击“主页”。"),
        ('点击"主页”。', "点击“主页”。"),
        ('点击"主页"，再点击"设置"。', "点击“主页”，再点击“设置”。"),
    ],
)
def test_mended(target: str, mended: str) -> None:
    issues = found('Tap "Home".', target)
    assert apply(target, issues) == mended
    assert found('Tap "Home".', mended) == []


def test_straight_marks_in_traditional_text_become_corner_brackets() -> None:
    context = CheckContext(target_lang="zh-TW")
    assert apply('點擊"主頁"。', found('Tap "Home".', '點擊"主頁"。', context=context)) == "點擊「主頁」。"


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ('Tap "Home".', "点击“主页”。"),
        ('Tap "Home".', "点击「主页」。"),
        ('He read "Hamlet".', "他读了《哈姆雷特》。"),
        ('"It begins here.', "“它从这里开始。"),
        ('It ends here," he said.', "到此结束，”他说。"),
        ('Yes," he said. "But no', "是，”他说，“但是不"),
        ("It's Tom's dog", "这是汤姆的狗"),
        ("Squire's shop", "Squire’s 商店"),
        ('A 15" screen', "15 英寸屏幕"),
        ('A 15" screen', '15" 屏幕'),
        ('Type "exit" now', '输入 "exit" 即可'),
        ("‘Said he’", "‘他说’"),
    ],
)
def test_silent(source: str, target: str) -> None:
    assert kinds(found(source, target)) == []


def test_says_both_readings() -> None:
    assert kinds(found('A "big" word', "一个大词")) == [
        ("gone", 'the source quotes ("big"), the target has no quotation mark')
    ]


@pytest.mark.parametrize(
    ("target", "target_lang", "mended"),
    [
        ("“他说“不”，然后走了。”", "zh", "“他说‘不’，然后走了。”"),
        ("「他說「不」。」", "zh-TW", "「他說『不』。」"),
        ("“他说‘不’，又说”“好”", "zh", "“他说‘不’，又说”“好”"),
    ],
)
def test_the_same_marks_inside_one_another(target: str, target_lang: str, mended: str) -> None:
    context = CheckContext(target_lang=target_lang)
    issues = run(TranslationUnit("u", 0, "“He said ‘no’ and left.”", target), context, checks=CHECKS)
    assert apply(target, issues) == mended
