"""What drafts, scans and messages hold besides sentences: numbers, addresses, pictures, lists, scripts, spaces."""

from __future__ import annotations

import time

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from workbench.segmenter import segment

ENGLISH = [
    "It is 3.14 or v2.1.3.| v2 came next.| iPhone sales fell.| It cost £3.50 in all.",
    "Mail ann.lee@mail.example today.| See https://www.example.org/a.b?c=1 now.",
    "http://a.example/1 |http://b.example/2 |Then we left.",
    "1. Open the lid.| 2. Pour.| (a) One.| (b) Two.| II. The road goes on.",
    "A. First item.| B. Second item.",
    "II. The Lighthouse",
    "Great! 😀 |See you.| Nice 👍🏽 work.| Bye! 👨‍👩‍👧 |Then we left.",
    "He left at 9 p.m.| Tom stayed.| At 5 p.m. Monday it rang at 9 a.m. GMT.",
    "He lives in Washington, D.C.| Johnson faces trial.| In Washington, D.C. Johnson is known.",
    "We sell cars, vans, etc.| Johnson buys them.| He weighs 70 kg.| The box holds 5 lb. of tea.",
    "AUGUSTA, Ga. -- Officials came to Dallas, Tex. Johnson from Macon, Ga.| They left.| He felt ill.| Johnson left.",
    "“Yes, Miss.| Take it.”| He came home, Pa.| Go now.",
    "Mm.| Alright.| It was plan B.| They took vitamin C.| It helps.",
    "P.S. The cat has had kittens.| He likes Ed.| He said so.",
    "The river was cold.1| Then it froze.2| Fig.3 Shows it.",
    "It was proved. [12]| Later work agreed. [...]| It ended.",
    "He said .| “ Yes . ”| She left .",
    "_Why?_ he thought.| _He left._| She stayed.",
    "他说。|Then he left.| 好！|Fine.",
    "One thing |● another thing |● a third",
    "----- |Message |----- |08/16/2000 12:05 PM |Hello.",
]
CHINESE = [
    "价格3.5元。|版本v2.1.3，邮箱a.b@c.example。|网址www.a.example。|请看https://x.example/搜索?q=1&b=2。|完",
    "1.打开盖子。|2.慢慢倒。|3. 关上。|（1）好。|（2）不好。|一、你好。",
    "Mr.王来了。|见Dr.李。|Acme Inc.公司vs.中国队。|Node.js是好的。|No.1是他。|He left.|然后他走了。",
    "今天真高兴！😀|明天见。🎉🎉|后天见！👨‍👩‍👧|再见。❗️|完了",
    "他 来 了 。 ”| 她 说 ： “ 走 吧 ！ ”| 他 说 。",
    "你好！　|他说。|真的吗? |是的! |OK. |走吧",
    "这是引文。[1]|这是下一句。［２］|完",
    "【通知】明天放假。|【重要】请注意！|（完）",
    "「今天天氣很好。」|她說。|『真的嗎？』|『對⋯⋯』|她點點頭。",
    "增长3.5%.|收入5亿元.|他走了．|完",
    "他说“谁？”，没人答。|《我是谁？》是一本书。|——谁？|——我。",
]


def cut(text: str, lang: str) -> list[str]:
    return [each.text for each in segment(text, lang=lang)]


@pytest.mark.parametrize("marked", ENGLISH)
def test_english(marked: str) -> None:
    assert cut(marked.replace("|", ""), "en") == [part.strip() for part in marked.split("|")]


@pytest.mark.parametrize("marked", CHINESE)
def test_chinese(marked: str) -> None:
    assert cut(marked.replace("|", ""), "zh") == [part.strip() for part in marked.split("|")]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    "text",
    [
        *(mark * 20_000 + "x" for mark in ".!?…。！？\"'”’)-=*@/:—"),
        *(
            mark * 7_000
            for mark in (
                ". ",
                '." ',
                "“‘",
                "。 ",
                "？”",
                "!😀",
                "--x",
                "a@b.",
                "[1]",
                "……我",
                "（！）",
                "http://",
            )
        ),
    ],
)
def test_time_grows_with_the_text_and_not_with_its_square(lang: str, text: str) -> None:
    start = time.process_time()
    segment(text, lang=lang)
    assert time.process_time() - start < 2


PIECES = [
    *"。！？!?.…，；：“”‘’\"'()（）「」ab我他AI3-—⋯",
    *" \n\r\t\u3000\u2028\u0301\u200d\ufe0f\u20e3\u3099\U0001f3fd\u0bbe\u0e33",
    *("😀", "👨‍👩‍👧", "🇨🇳", "❗️", "1️⃣", "👍🏽", "é", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "Mr.", "...", "他说", "http://a.b/c"),
]


@pytest.mark.parametrize("lang", ["en", "zh", "zh-TW"])
@given(text=st.one_of(st.lists(st.sampled_from(PIECES), max_size=20).map("".join), st.text()))
def test_no_grapheme_is_split(lang: str, text: str) -> None:
    borders = {match.end() for match in regex.finditer(r"\X", text)} | {0}
    found = segment(text, lang=lang)
    assert "".join("".join(each.text.split()) for each in found) == "".join(text.split())
    for each in found:
        for at in (each.span.start, each.span.end):
            # White space is no segment's, so a mark that combines with a space stands without it.
            assert at in borders or text[at - 1].isspace() or text[at : at + 1].isspace()
