"""Terms asked for stand in the drafts of a real model, and the rest of the draft stays."""

from __future__ import annotations

import pytest
from tiny_model import tiny_engine

from workbench.engines import Request, TermRequest, argos
from workbench.engines.argos_terms import Draft, best_of, is_sane, kept
from workbench.model import Span


@pytest.fixture(scope="module")
def engine() -> argos.Argos:
    return tiny_engine()


def request(text: str, **terms: str) -> Request:
    """A request for words of the text (a space as _) in these renderings."""
    found = []
    for word, rendering in terms.items():
        at = text.index(word.replace("_", " "))
        found.append(TermRequest(Span(at, at + len(word)), (rendering,)))
    return Request(text, tuple(found))


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        (request("The interpreting booth starts at 9:30."), "同传间9:30开始。"),
        (request("The interpreting booth starts at 9:30.", interpreting_booth="同传间"), "同传间9:30开始。"),
        (request("The interpreting booth starts at 9:30.", interpreting_booth="译员间"), "译员间9:30开始。"),
        (request("Our interpreter presented the new chip.", chip="晶片"), "我们的译员介绍了新的晶片。"),
        (
            request("Our team has tested the new supply chain.", supply_chain="供需链"),
            "我们的团队测试了新的供需链。",
        ),
        (request("We need 12 engineers for the network.", network="互联网络"), "互联网络需要12名工程师。"),
    ],
)
def test_the_rendering_asked_for_takes_the_place_of_the_models_own(
    engine: argos.Argos, asked: Request, text: str
) -> None:
    assert engine.propose([asked])[0][0].text == text


def test_terms_are_kept_in_held_out_sentences(engine: argos.Argos) -> None:
    import grammar

    second = {term: renderings[1][0] for term, renderings in grammar.TERMS if len(renderings) > 1}
    pairs = [pair for pair in grammar.held_out()[:60] if pair.terms and pair.terms[0].term in second]
    asked = [request(pair.source, **{pair.terms[0].term.replace(" ", "_"): second[pair.terms[0].term]})
             for pair in pairs if pair.terms[0].term in pair.source]  # fmt: skip
    plain = engine.propose([Request(one.text) for one in asked])
    found = engine.propose(asked)
    before = sum(bool(kept(some[0].text, one.terms)) for some, one in zip(plain, asked, strict=True))
    after = sum(bool(kept(some[0].text, one.terms)) for some, one in zip(found, asked, strict=True))
    assert len(asked) > 20
    assert before < len(asked) // 2
    assert after == len(asked)


def test_a_rendering_with_characters_that_the_model_lacks_comes_through(engine: argos.Argos) -> None:
    found = engine.propose([request("Our interpreter presented the new chip.", chip="矽晶圓")])[0][0].text
    assert "矽晶圓" in found
    assert found.startswith("我们的译员")


def test_alternatives_follow_the_draft_with_its_terms(engine: argos.Argos) -> None:
    asked = request("The interpreting booth starts at 9:30.", interpreting_booth="译员间")
    found = engine.propose([asked], alternatives=3)[0]
    assert found[0].text == "译员间9:30开始。"
    assert 1 < len(found) <= 3
    assert len({one.text for one in found}) == len(found)


def test_the_first_of_those_with_most_terms_is_best() -> None:
    terms = (TermRequest(Span(0, 1), ("A",)), TermRequest(Span(2, 3), ("B", "C")))
    drafts = [Draft("a", 0.0), Draft("x c A", 0.0), Draft("A B", 0.0)]
    assert best_of(drafts, terms).text == "x c A"
    assert kept("x c", terms) == [terms[1]]


@pytest.mark.parametrize(
    ("draft", "text", "rendering", "sane"),
    [
        ("新的芯片很好。", "新的晶粒很好。", "晶粒", True),
        ("新的芯片很好。", "新的晶粒芯片很好。", "晶粒", False),
        ("昨天测试了网络。", "昨天测试了互联网络。", "互联网络", True),
        ("测试了服务器。", "测试了主机器翻译。", "主机", False),
        ("7需要电池。", "Junction Nine需要电池。", "Junction Nine", True),
        ("我们的芯片Fenwick。", "我们的芯片Iridian我们的芯片Fenwick。", "Iridian", False),
    ],
)
def test_a_forced_text_is_refused_where_the_old_rendering_still_stands(
    draft: str, text: str, rendering: str, sane: bool
) -> None:
    assert is_sane(draft, text, rendering) is sane


def test_the_old_rendering_does_not_stand_beside_the_new_one(engine: argos.Argos) -> None:
    for source, term, rendering, old in (
        ("Yesterday, our team tested the new chip.", "chip", "晶粒", "芯片"),
        ("We need 12 engineers for the glossary.", "glossary", "术语库", "术语表"),
    ):
        text = engine.propose([request(source, **{term: rendering})])[0][0].text
        assert rendering in text
        assert old not in text.replace(rendering, "")
