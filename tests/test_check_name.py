"""Name: one transliteration of a name throughout a document, and the mark between its parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.checks import CheckContext, message, repaired, run_document, select
from workbench.checks.sounds import consonants, kin, likeness, skeleton
from workbench.model import TranslationUnit

CHECKS = select("name")


def findings(*pairs: tuple[str, str], context: CheckContext | None = None) -> list[tuple[str, str]]:
    units = [TranslationUnit(str(number), number, *pair) for number, pair in enumerate(pairs, 1)]
    return [
        (unit.id, message(issue))
        for unit, issues in run_document(units, context or CheckContext(), checks=CHECKS)
        for issue in issues
    ]


TWICE = [("Marlowen came.", "马洛温来了。"), ("Then Marlowen spoke.", "然后马洛温说话。")]


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        (
            ("Marlowen left.", "玛洛温走了。"),
            "Marlowen is 玛洛温 here (1) and 马洛温 elsewhere in the document (2)",
        ),
        (
            ("Marlowen left.", "马罗温走了。"),
            "Marlowen is 马罗温 here (1) and 马洛温 elsewhere in the document (2)",
        ),
        (
            ("I saw Marlowen.", "我看见马鲁温。"),
            "Marlowen is 马鲁温 here (1) and 马洛温 elsewhere in the document (2)",
        ),
        (
            ("Marlowen's car", "马洛文的车"),
            "Marlowen is 马洛文 here (1) and 马洛温 elsewhere in the document (2)",
        ),
    ],
)
def test_the_rarer_of_two_renderings_is_reported(pair: tuple[str, str], said: str) -> None:
    assert findings(*TWICE, pair) == [("3", said)]


@pytest.mark.parametrize(
    "pair",
    [
        ("Marlowen left.", "马洛温走了。"),
        ("Marlowen left.", "他走了。"),
        ("Marlowen left.", "Marlowen 走了。"),
        ("Another one left.", "玛洛温走了。"),
        ("Marlowen and Barlow left.", "马洛温和巴洛走了。"),
        ("Marlowen lives in Brazil.", "马洛温住在巴西。"),
    ],
)
def test_what_is_one_name_in_one_rendering_is_silent(pair: tuple[str, str]) -> None:
    assert findings(*TWICE, pair) == []


def test_of_two_renderings_as_frequent_none_is_the_rarer() -> None:
    assert findings(("Marlowen came.", "马洛温来了。"), ("Marlowen left.", "玛洛温走了。")) == []


def test_an_edit_counts_at_once() -> None:
    mended = [*TWICE, ("Marlowen left.", "马洛温走了。")]
    assert findings(*mended) == []


@pytest.mark.parametrize(
    ("target", "better"),
    [
        ("我见到约翰.史密斯。", "我见到约翰·史密斯。"),
        ("我见到约翰‧史密斯。", "我见到约翰·史密斯。"),
        ("我见到约翰．史密斯。", "我见到约翰·史密斯。"),
        ("我见到约翰·史密斯。", "我见到约翰·史密斯。"),
        # The bullet is left to those who asked for a house style.
        ("我见到约翰•史密斯。", "我见到约翰•史密斯。"),
        ("我见到马丁，史密斯走了。", "我见到马丁，史密斯走了。"),
    ],
)
def test_the_mark_between_the_parts(target: str, better: str) -> None:
    unit = TranslationUnit("u", 0, "I met Smithson.", target)
    context = next(iter(_contexts(unit)))
    assert repaired(unit, context, checks=CHECKS) == better


def _contexts(unit: TranslationUnit) -> list[CheckContext]:
    from workbench.checks import DocumentSummaries

    summaries = DocumentSummaries(CHECKS)
    summaries.put(unit)
    return [CheckContext(summaries=summaries), CheckContext(summaries=summaries, profile="mainland")]


def test_a_profile_that_names_its_region_asks_for_the_dot_in_place_of_the_bullet() -> None:
    unit = TranslationUnit("u", 0, "I met Smithson.", "我见到约翰•史密斯。")
    assert repaired(unit, _contexts(unit)[1], checks=CHECKS) == "我见到约翰·史密斯。"
    taiwan = CheckContext(target_lang="zh-TW")
    assert findings(("I met Smithson.", "我見到約翰‧史密斯。"), context=taiwan) == []


@pytest.mark.parametrize(
    ("name", "letters", "chars", "sounds"),
    [
        ("Siso", "SS", "西索", "SS"),
        ("Geller", "JL", "盖勒", "GL"),
        ("George", "JJ", "乔治", "SS"),
        ("Churchill", "JJL", "丘吉尔", "SSL"),
        ("Martin", "MDM", "马丁", "MDM"),
        ("Philip", "FLB", "菲利普", "FLB"),
    ],
)
def test_how_names_sound(name: str, letters: str, chars: str, sounds: str) -> None:
    assert (consonants(name), skeleton(chars)) == (letters, sounds)
    assert likeness(name, chars) == 1.0


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("马洛温", "玛洛温", True),
        ("泽连斯基", "泽伦斯基", True),
        ("西索", "希索", True),
        ("西索", "马索", False),
        ("马洛温", "马洛温", False),
        ("马洛温", "马洛", False),
        ("马洛温", "巴克温", False),
    ],
)
def test_which_transliterations_may_be_of_one_name(one: str, other: str, alike: bool) -> None:
    assert kin(one, other) is alike


@given(st.text(max_size=20), st.text(max_size=20))
def test_likeness_is_a_share_of_any_texts(name: str, chars: str) -> None:
    assert 0.0 <= likeness(name, chars) <= 1.0
    assert kin(name, chars) in (True, False)


def test_hyphens_are_those_of_double_names() -> None:
    said = "the parts of a name take · between them: 让-马洛-德朗 → 让-马洛·德朗"
    assert findings(("Jean-Marlo Delang", "让-马洛-德朗")) == [("1", said)]
    assert findings(("Jean-Marlo Delang", "让-马洛·德朗")) == []
    assert findings(("From Rome to Milan", "罗马-米兰")) == []
