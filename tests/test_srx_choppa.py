"""SRX in another tool: choppa-srx runs our rules as we do, and we run the rules of LanguageTool as it does."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workbench.segmenter import segment, srx, srx_builtin, srx_engine
from workbench.segmenter.rules import LanguageRules, SegmentationRules
from workbench.segmenter.srx import Rule

choppa: Any = pytest.importorskip("choppa")

if TYPE_CHECKING:
    from workbench.segmenter.srx import SrxDocument

TEXTS = {
    "en": (
        "Dr. Lowe met Mr. and Mrs. Tan at 5 p.m. on Jan. 3. They signed for Acme Inc. and left.",
        "J. K. Marsh spoke first. The U.S. team, e.g. Ann, agreed! Did it? See Fig. 3, No. 12 and pp. 4-6.",
        "“Stop!” John cried. “Why?” she asked (the others left...). He went on... and on. www.example.com is up.",
        "It costs $3.50. Prices (see ch. 2. and ch. 3.) rose 1.5%. 1. First item 2. Second item",
        "We use .NET at work. Yahoo! mail is old. He said: “I won’t.” Then he left.  Two  spaces.",
    ),
    "zh": (
        "他说：“你好。”然后走了！真的吗？“是的。”她答道。价格涨了1.5%。",
        "《你在哪里？》是一首歌。我们用 Python 3.12. 它很快…… 对吧？！（他笑了。）好。",
        "会议于下午3点开始。Dr. Lowe 来了. The end. 大家都同意；没有人走。",
    ),
    "de": ("Am 3. Mai kam Dr. Klein, d. h. er war da. Z. B. heute! „Gut.“ Er ging.",),
    "fr": ("M. Petit est venu. « Bien ! » dit-il. Cf. p. 12. Il est 5 h. Voilà…",),
    "ru": ("Встреча в 5 ч. вечера. Т. е. сегодня! И т. д. и т. п. Да?",),
    "pl": ("To jest np. ul. Długa 5. Dr Nowak przyszedł. O godz. 5. rano? Tak.",),
    "uk": ("Зустріч о 5 год. Це т. зв. план. Так!",),
}


@lru_cache(maxsize=1)
def language_tool() -> tuple[SrxDocument, Any]:
    path = Path(choppa.DEFAULT_SRX_RULESET)
    return srx.read(path.read_bytes(), path.name), choppa.SrxDocument(ruleset=str(path))


@lru_cache(maxsize=4)
def in_choppa(folder: Path, document: SrxDocument) -> Any:
    """Our document as the other tool reads it, validated against the schema of SRX 2.0."""
    path = folder / "ours.srx"
    path.write_bytes(srx.write(document))
    return choppa.SrxDocument(ruleset=str(path), validate_ruleset=str(choppa.SRX_2_XSD))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("srx")


def theirs(document: Any, text: str, lang: str) -> list[str]:
    return list(choppa.SrxTextIterator(document, lang, text))


def ours(document: SrxDocument, text: str, lang: str) -> list[str]:
    rules = document.rules_for(lang)
    assert rules is not None
    cuts = [0, *srx_engine.engine(rules).cuts(text), len(text)]
    return [text[start:end] for start, end in pairwise(cuts) if text]


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang, texts in TEXTS.items() for text in texts])
def test_rules_of_language_tool_cut_here_as_there(lang: str, text: str) -> None:
    document, other = language_tool()
    found = ours(document, text, lang)
    assert found == theirs(other, text, lang)
    assert len(found) > 1


PIECES = st.sampled_from(
    [
        *"  ..!?…。！？”“\"'’)(）（》[]-—:;,\u00a0\n1aA中的",
        "Mr.",
        "U.S.",
        "etc.",
        "e.g.",
        "p.m.",
        "No.",
        "The ",
        "said",
        "A.",
        "他说",
    ]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join), st.sampled_from(("en", "zh")))
@example("Mr. A. (etc. No. 1. ) The  ...", "en")
def test_any_text_is_cut_by_the_rules_of_language_tool_as_there(text: str, lang: str) -> None:
    document, other = language_tool()
    assert ours(document, text, lang) == theirs(other, text, lang)


@settings(max_examples=80, deadline=None)
@given(text=st.lists(PIECES, max_size=25).map("".join), lang=st.sampled_from(("en", "zh")))
def test_any_text_is_cut_by_our_rules_as_there(folder: Path, text: str, lang: str) -> None:
    document = srx_builtin.document()
    assert ours(document, text, lang) == theirs(in_choppa(folder, document), text, lang)


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=60))
def test_no_text_at_all_is_lost(folder: Path, text: str) -> None:
    document = srx_builtin.document()
    assert "".join(ours(document, text, "en")) == text
    assert ours(document, text, "zh") == theirs(in_choppa(folder, document), text, "zh")


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", "Dr. Lowe met Ms. Tan.| They left at 5 p.m. on Jan. 3."),
        ("en", "J. K. Marsh works at Acme Inc. in town.| See Fig. 3."),
        ("en", "He lives in the U.S.| The team met.| (It rained.)| All agreed!"),
        ("en", "“Is it far?” she asked.| “No.”| Then she ran."),
        ("en", "It was shown [12].| Proof follows. [13]| Good.| and so on"),
        ("en", "Wait... and see.| 1. First item"),
        ("zh", "他说：“你好。”|然后走了！|真的吗？|对。"),
        ("zh", "她写了《你在哪里？》这首歌。|（很好听。）|大家都唱。"),
        ("zh", "“怎么办？”的问题还在。|价格涨了1.5%。"),
    ],
)
def test_our_rules_cut_in_the_other_tool(folder: Path, lang: str, expected: str) -> None:
    text, pieces = expected.replace("|", ""), [piece.strip() for piece in expected.split("|")]
    other = in_choppa(folder, srx_builtin.document())
    assert [piece.strip() for piece in theirs(other, text, lang)] == pieces
    assert [one.text for one in segment(text, lang=lang)] == pieces


def test_a_projects_rules_go_along(folder: Path) -> None:
    rules = SegmentationRules(
        (
            ("en", LanguageRules(("approx", "Sig."), (Rule(r"Yahoo!", r"\s", False), Rule(";", r"\s")))),
            ("zh", LanguageRules((), (Rule("；"),))),
        )
    )
    other = in_choppa(folder, srx_builtin.document(rules))
    text = "Yahoo! Mail took approx. Five minutes; Sig. Rossi waited. He left."
    expected = ["Yahoo! Mail took approx. Five minutes;", "Sig. Rossi waited.", "He left."]
    assert [piece.strip() for piece in theirs(other, text, "en")] == expected
    assert [one.text for one in segment(text, lang="en", rules=rules)] == expected
    assert theirs(other, "甲来了；乙走了。", "zh-TW") == ["甲来了；", "乙走了。"]
