"""Repetition: loops, doubled phrases and particles, and what Chinese doubles on purpose."""

from __future__ import annotations

import pytest

from workbench.checks import CheckContext, apply, message, run, select
from workbench.model import Issue, TranslationUnit

CHECKS = select("repetition")


def found(source: str, target: str, *, context: CheckContext | None = None) -> list[Issue]:
    return run(TranslationUnit("u", 0, source, target), context or CheckContext(), checks=CHECKS)


def kinds(issues: list[Issue]) -> list[tuple[object, str]]:
    return [(issue.value("kind"), message(issue)) for issue in issues]


@pytest.mark.parametrize(
    ("target", "kind", "mended"),
    [
        ("结果为阴性阴性阴性。", "loop", "结果为阴性。"),
        ("在此之前之前之前之前，请注意。", "loop", "在此之前，请注意。"),
        ("这是很长的路，很长的路，很长的路，很长的路。", "loop", "这是很长的路。"),
        ("好好好好好吧", "loop", "好吧"),
        ("短句子，很长的路，很长的路，很长的路，很长的路。", "loop", "短句子，很长的路。"),
        ("先是很长的路，很长的路，很长的路。", "loop", "先是很长的路。"),
        ("很长的路、很长的路、很长的路、然后到了。", "loop", "很长的路、然后到了。"),
        ("到了山上，到了山上，到了山上，天黑了。", "loop", "到了山上，天黑了。"),
        ("我要回家。我要回家。我要回家。", "loop", "我要回家。"),
        ("结果 阴性 阴性 阴性 阴性。", "loop", "结果 阴性。"),
        ("分布在40多个港口40多个港口40多个港口。", "loop", "分布在40多个港口。"),
        ("在第3章之后，在第3章之后，在第3章之后。", "loop", "在第3章之后。"),
        ("远，远，远，远，远处", "loop", "远处"),
        ("我们的的产品", "particle", "我们的产品"),
        ("他在在北京。", "particle", "他在北京。"),
        ("现在在，我去。", "particle", "现在，我去。"),
        ("为了了提高服务", "particle", "为了提高服务"),
        ("他还是是没来", "particle", "他还是没来"),
        ("这个新产品这个新产品很好", "phrase", "这个新产品这个新产品很好"),
        ("在近40个港口近40个港口停靠", "phrase", "在近40个港口近40个港口停靠"),
        ("40个港口40个港口停靠", "phrase", "40个港口40个港口停靠"),
        ("出口增长了3.5%增长了3.5%。", "phrase", "出口增长了3.5%增长了3.5%。"),
        ("在 40 个港口 在 40 个港口停靠", "phrase", "在 40 个港口 在 40 个港口停靠"),
        ("请打开Photos相册打开Photos相册", "phrase", "请打开Photos相册打开Photos相册"),
    ],
)
def test_found_and_mended(target: str, kind: str, mended: str) -> None:
    issues = found("Some source.", target)
    assert [issue.value("kind") for issue in issues] == [kind]
    assert apply(target, issues) == mended


@pytest.mark.parametrize(
    "target",
    [
        "慢慢来，谢谢，我常常来。",
        "一个一个地数，一步一步地走。",
        "研究研究，商量商量。",
        "目的的确立与实现",
        "他受不了了。",
        "这是为了了解情况。",
        "现在在北京，正好在在线课堂上。",
        "哈哈哈哈哈，太好笑了。",
        "高高兴兴，认认真真，是是非非。",
        "对对方的尊重",
        "就就业问题发言",
        "成千上万万",
        "一九九九九",
        "3个3个地数，10人10人一组。",
        "从2020年20年代开始",
        "第12章节2章节",
        "好，好，好，我来。",
        "很长的路，很长的路。",
        "1000000米，10:10:10，3.3.3",
        "很多很多人",
        "由于于先生缺席",
    ],
)
def test_silent(target: str) -> None:
    assert kinds(found("Some source.", target)) == []


def test_what_the_source_repeats_may_be_repeated() -> None:
    assert found("Run run run!", "快跑快跑快跑！") == []
    assert found("The Ngorongoro Crater", "恩戈罗恩戈罗火山口") == []
    assert len(found("Run!", "快跑快跑快跑！")) == 1


def test_a_source_that_says_several_words_over_and_over() -> None:
    assert found("I know it, I know it, I know it.", "我知道了，我知道了，我知道了。") == []
    assert len(found("I know it.", "我知道了，我知道了，我知道了。")) == 1
    assert found("The guest of my guest is my guest.", "我客人的客人的客人") == []
    assert found("The neighbour of my neighbour", "我的邻居的邻居的狗") == []


def test_a_doubled_word_in_latin_letters() -> None:
    assert kinds(found("The app is here.", "the the 应用在这里。")) == [
        ("word", "the stands twice: the the 应用在…")
    ]
    assert found("Bora Bora is an island.", "Bora Bora 是一座岛。") == []


def test_says_how_often() -> None:
    assert kinds(found("Negative.", "阴性阴性阴性")) == [("loop", "阴性 stands 3 times in a row")]
