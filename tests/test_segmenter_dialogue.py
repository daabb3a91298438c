"""Sentences of novels and plays: who speaks, who is cut short, who hesitates; and the sets in benchmarks/dialogue."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from workbench.segmenter import segment

ENGLISH = [
    # A tag in lower case belongs to what is said; one with a capital letter is a sentence of its own.
    "“Stop!” he cried.| “Stop!”| John cried.| “Name?”| I told him.| “Why?” asked the king.",
    "‘Never!’| Tom laughed.| ‘Not today,’ he said, ‘or tomorrow.’| ‘Oh, Father!’ she thought.",
    "Was this love? he wondered.| It was.| Why? she asked.| Help! help!| Alas! poor man.",
    "“Yes,” said the king; “no!”| Then he left.| “You!” he roared; “you and your bucket!”",
    # Quotations inside quotations.
    "“She said, ‘God help us.’”| He grinned.| “And you?”| “I said, ‘Who?’”",
    "‘He said, “Go west,”’ said Corrigan.| ‘He said, “I meant east.”’| We laughed.",
    "“He said ‘no.’ ”| “Did he?”",
    '‘’Twas cold.’| ’Twas true.| "\'Tis late."| He left.',
    # Ellipses.
    "“Well …”| She sat down.| “I … I thought so.”| “Perhaps … or not.”| “Yes. . . .”| “But . . .”| It was late.",
    "“I can't...”| Mary paused.| “No... no more.”| Three seconds passed…| The lights went out.",
    "“And the whale . . . ?” the boy asked.| “Mr. . . .”| “Gibbs, miss.”",
    # Dashes.
    "“I only wanted to—”| “I know.”| “If you—”| A door slammed.| “If you—” Tom began.",
    "He turned and—| The door burst open.| It was—God help us—Aunt Vera.| He — I mean she — left.",
    # All capitals, exclamations, titles.
    "“OUT!| OUT OF MY HOUSE!”| Mr. Bell went.| NO DOGS.| NO HAWKERS.| He was neither.",
    "The song was called “Why Not?” and nobody liked it.",
    "(“Opinions!” he said.| “I married a newspaper.”)| They lived by the sea.| [Torn page.]| They left.",
]
CHINESE = [
    "“走吧！”|他说。|“走吧……”|她说。|“好。”|他笑了。|“你好，”他说，“走吧。”|“什么？！”|他喊。",
    "“她说：‘别回来。’”|老周愣了。|“我说：‘好。’|她走了。”|「他說：『走！』」|我走了。",
    "‘你听见了吗？’|‘水声。’|他们站着。|『走！』|他喊。",
    "窗外的蝉叫着，叫着……|忽然停了。|那颗星正在缓缓升起……|没有人说话。",
    "“我……我没有拿。”|“打你……打你有什么用？”|“那……那好吧。”|“是……是风。”|他数到十……又数到二十。",
    "苹果、梨、桃……应有尽有。|红的……的确很红。",
    "“我只是想——”|“我知道。”|他等着——一秒，两秒——什么也没有。|是一个孩子——她的孩子。",
    "他喝道：“住手！”|众人回头：“是你？！”|“你好……？”|门开了。|他走了。|——那天真冷。",
    "他最怕人问“你是谁？”这个问题。|他“啊！”地一声倒下了。|“走！”的喊声四起。",
    "（敲门声。）|他（天哪！）来了。|他来了。|（后来又走了。）|她没来。",
    '"你看过《你往何处去？》吗？"|"没有。"|"也没有。"|她问："看过什么？"|"你。"|她笑了。',
    "'走吧。'|他说。|'好！'|她说It's me。|完了。",
    "他愣住了.|“你怎么来了?”|他问.|“能,当然能!”|他笑了.",
    "「好⋯⋯」|他說。|「我⋯⋯我不知道。」|他走了。。。|天黑了。|我。。。我不走。",
    "“牌子上写着“禁止游泳”“禁止钓鱼”。”|没人看。",
]


def cut(text: str, lang: str) -> list[str]:
    return [each.text for each in segment(text, lang=lang)]


@pytest.mark.parametrize("marked", ENGLISH)
def test_english_dialogue(marked: str) -> None:
    assert cut(marked.replace("|", ""), "en") == [part.strip() for part in marked.split("|")]


@pytest.mark.parametrize("marked", CHINESE)
def test_chinese_dialogue(marked: str) -> None:
    assert cut(marked.replace("|", ""), "zh") == [part.strip() for part in marked.split("|")]


def test_what_an_ellipsis_or_a_dash_ends_is_less_sure_than_what_a_full_stop_ends() -> None:
    english = {each.text: each.boundary_score for each in segment("It fell… Nobody spoke. End", lang="en")}
    assert english["It fell…"] < english["Nobody spoke."]
    chinese = {each.text: each.boundary_score for each in segment("他慢慢走了……没人说话。完", lang="zh")}
    assert chinese["他慢慢走了……"] < chinese["没人说话。"]


SETS = Path(__file__).parents[1] / "benchmarks" / "dialogue"


@pytest.mark.parametrize("name", ["en", "zh", "en_fresh", "zh_fresh"])
def test_sets_of_dialogue(name: str) -> None:
    """At least 98 of 100 sentences, and what the sets say of themselves."""
    documents = [
        json.loads(line) for line in (SETS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    right = gold = 0
    for document in documents:
        raw, spans = document["raw"], [tuple(span) for span in document["sents"]]
        between = [raw[end:start] for (_, end), (start, _) in pairwise(spans)]
        assert not "".join(between).strip()
        assert (spans[0][0], spans[-1][1]) == (0, len(raw))
        found = {
            (each.span.start, each.span.end) for each in segment(raw, lang=document["lang"], wrapped=True)
        }
        right, gold = right + len(found & set(spans)), gold + len(spans)
    assert right / gold >= 0.98
