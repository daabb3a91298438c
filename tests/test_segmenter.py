"""Sentences: English, Chinese, dialogue, paragraphs; and that spans rebuild the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.segmenter import paragraph_starts, paragraphs, segment

ENGLISH = [
    "Mr. Gray met Dr. A. B. Stone at 5 p.m. on Monday.| They left at 6 p.m. for the U.S. Senate.",
    "It grew by 3.5% in Jan. 2020.| See Fig. 3 and No. 12.| No.| Really?",
    "He works for Acme Inc. in Leeds.| The firm is old.",
    "I moved to Washington D.C.| The weather was awful.",
    "J. K. Marsh wrote it, e.g. in 1998, i.e. late.",
    'She asked, "Is it late?" and left.| "Yes."| He nodded.',
    '"Stop!"| John cried.| "You can\'t."| He ran.',
    '"Who is it?" she whispered.| “Nobody…” he said.',
    "“I told you ‘never.’”| Then he went.",
    '"I... I don\'t know..."| He sat down.',
    "Wait . . . what?| Nothing.",
    "What?!| No way!!| Fine.",
    "It was proved. [12]| Later work agreed (see above).| It ended.",
    "See https://www.example.org/a.b?c=1 for more.| Ask ann.lee@mail.example today.",
    "i came home.| you were out?| call me.",
    "First point.| *** |Second point.",
    "Tom said (quietly.)| Then he left.",
    "“What did he say?”| “He said ‘no.’”| “Oh! how sad.”",
    '"But—"| "No buts," she said.| "When?"| He asked again.',
    "He lived in St. James St.| He loved it.",
    "Node.js 3.0 is out.| Version 4 comes next.",
    "1. Open the lid.| 2. Pour slowly.",
    "Best regards,| Ann Lee",
]
CHINESE = [
    "他来了。|你呢？|真好！|走吧",
    "“你走吧。”|他说。|“为什么？”|她不明白。",
    "他喊道：“站住！|别动！”|大家都停下了。",
    "他问：“谁说‘不行。’？”|没人回答。",
    "“我……我不知道……”|她低下头。",
    "「你是誰？」|她問。|『走！』|他喊。",
    "他说：“好 。 ”|她笑了。",
    "他说“走”。|我没动。",
    "（众人大笑。）|他坐下了。",
    "增长了3.5%。|收入为5.2亿元。",
    "什么？！|不可能！！|好吧。",
    "真的吗？”。|他问。",
    "他来自U.S. Steel公司。|He left early. |然后呢？",
    "注意：以下几点；第一，第二。|完",
    "——谁？|——我。",
    "“是3点还是4点？”并不是个傻问题。|她说。",
    "有人问“为什么？”时，他没有回答。|雨停了。",
    "“你要去哪里？”的问题让他很烦。|“走吧！”|的确，天黑了。",
    "“谁在那里？”是每个守夜人都会说的话。|“我吗？”|是的，就是你。",
    "“加油！”和“别怕！”是他的口号。|“加油！”|和往常一样，他笑了。",
    "他高喊“冲啊！”等口号。|“站住！”|等我来。",
    "“真的吗？”这个问题没人回答。|“真的吗？”|这个孩子抬起头。",
    "他在读《你是谁？》第二章。|《我来了！》是一首老歌。|唱吧。",
    "这位译者（Mr. Harbour）很忙，见Dr. Lin时也一样。|好。",
    "今天真高兴！🎉|",
]


def cut(text: str, lang: str) -> list[str]:
    return [each.text for each in segment(text, lang=lang)]


@pytest.mark.parametrize("marked", ENGLISH)
def test_english(marked: str) -> None:
    assert cut(marked.replace("|", ""), "en") == [part.strip() for part in marked.split("|")]


@pytest.mark.parametrize("marked", CHINESE)
def test_chinese(marked: str) -> None:
    assert cut(marked.replace("|", ""), "zh") == [part.strip() for part in marked.strip("|").split("|")]


def test_paragraphs_are_boundaries() -> None:
    text = "A heading\nOne line.\n\n  Another one, \t\r\nlast"
    assert [span.of(text) for span in paragraphs(text)] == ["A heading", "One line.", "Another one,", "last"]
    assert [each.text for each in segment(text, lang="en")] == [
        "A heading",
        "One line.",
        "Another one,",
        "last",
    ]


def test_wrapped_text_goes_on_over_a_newline() -> None:
    text = "It was a long\nsentence. And\nanother.\n \nNew one."
    assert [span.of(text) for span in paragraphs(text, wrapped=True)] == [
        "It was a long\nsentence. And\nanother.",
        "New one.",
    ]
    found = segment(text, lang="en", wrapped=True)
    assert [each.text for each in found] == ["It was a long\nsentence.", "And\nanother.", "New one."]
    assert paragraph_starts(text, found, wrapped=True) == (0, 2)


def test_paragraph_starts() -> None:
    text = "一。二。\n\n三。\n四。五"
    found = segment(text, lang="zh")
    assert [each.text for each in found] == ["一。", "二。", "三。", "四。", "五"]
    assert paragraph_starts(text, found) == (0, 2, 3)
    assert paragraph_starts("", []) == ()


def test_a_boundary_says_how_sure_it_is() -> None:
    first, second, third = segment("He came. you saw. End", lang="en")
    assert (
        first.boundary_score
        < segment("He came. You saw.", lang="en")[0].boundary_score
        < third.boundary_score
        == 1
    )
    assert second.boundary_score > 0.9


def test_nothing_to_segment() -> None:
    assert segment("", lang="en") == []
    assert segment(" \n\t ", lang="zh") == []


MARKS = "。！？!?.…，；：“”‘’\"'()（）「」 \n\r\t\u3000\u2028\x00\u202e"
WORDS = [
    "...",
    "Mr",
    "U.S",
    "他说",
    "我",
    "I",
    "3.5",
    "---",
    "[1]",
    "😀",
    "08/16/2000 12:05 PM",
    "• ",
    ":)",
    "http://a.b/c",
]
PIECES = st.lists(st.sampled_from([*MARKS, *WORDS, "\n\n"]), max_size=40).map("".join)


@pytest.mark.parametrize("lang", ["en", "zh", "zh-TW", "fr"])
@given(text=st.one_of(PIECES, st.text()), wrapped=st.booleans())
def test_segments_rebuild_the_text(lang: str, text: str, wrapped: bool) -> None:
    found = segment(text, lang=lang, wrapped=wrapped)
    assert all(each.text == each.span.of(text) == each.text.strip() for each in found)
    assert all(each.text and each.lang == lang and 0 < each.boundary_score <= 1 for each in found)
    at = 0
    for each in found:
        assert not text[at : each.span.start].strip()
        at = each.span.end
    assert not text[at:].strip()
    starts = paragraph_starts(text, found, wrapped=wrapped)
    assert len(starts) == len(paragraphs(text, wrapped=wrapped))
    assert starts[:1] == ((0,) if found else ())
