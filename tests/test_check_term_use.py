"""Terms over a document: the odd rendering, and the first mention without its original."""

from __future__ import annotations

import pickle

import pytest

from workbench.checks import CheckContext, DocumentSummaries, run_document
from workbench.checks.term_use import CHECK, TermUse
from workbench.model import TranslationUnit
from workbench.termbase import loads

TERMS = "lift: [电梯, 升降机]\nNorford: [诺福德, Norford]\nramp: 坡道\n"


def units(*pairs: tuple[str, str]) -> list[TranslationUnit]:
    return [TranslationUnit(str(index), index, *pair) for index, pair in enumerate(pairs)]


def said(glossary: str, *pairs: tuple[str, str]) -> list[str]:
    context = CheckContext(loads(glossary))
    return [
        f"{unit.id}: {CHECK.render(issue)}"
        for unit, issues in run_document(units(*pairs), context, checks=[CHECK])
        for issue in issues
    ]


LIFT, OTHER = ("The lift", "电梯"), ("A lift", "升降机")


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([LIFT, LIFT, OTHER], ["2: “lift” is 升降机 here (once in the document), 电梯 twice"]),
        ([LIFT, OTHER], []),
        ([LIFT, LIFT, OTHER, OTHER], []),
        (
            [LIFT, LIFT, LIFT, LIFT, OTHER, OTHER],
            [
                "4: “lift” is 升降机 here (twice in the document), 电梯 4 times",
                "5: “lift” is 升降机 here (twice in the document), 电梯 4 times",
            ],
        ),
        # Where the source has no lift, the word is of something else.
        ([LIFT, LIFT, ("A crane", "升降机")], []),
        ([("Norford", "诺福德"), ("Norford", "诺福德"), ("Norford", "Norford")], []),
    ],
)
def test_one_rendering_in_a_document(pairs: list[tuple[str, str]], expected: list[str]) -> None:
    assert said("$settings: {consistent: true}\n" + TERMS, *pairs) == expected
    assert said(TERMS, *pairs) == []


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([LIFT, LIFT], ["0: “lift” is first mentioned here: 电梯 has no original in brackets behind it"]),
        ([("The lift", "电梯（lift）"), LIFT], []),
        ([("The lift", "“电梯” (the Lift, made of steel)"), LIFT], []),
        ([("Norford", "Norford")], []),
        ([("Ramp", "坡道")], []),
    ],
)
def test_the_first_mention(pairs: list[tuple[str, str]], expected: list[str]) -> None:
    glossary = (
        "lift: {zh: 电梯, first_mention: true}\nNorford: {zh: Norford, first_mention: true}\nramp: 坡道\n"
    )
    assert said(glossary, *pairs) == expected


def test_the_fix_of_a_first_mention_is_final() -> None:
    context = CheckContext(loads("$settings: {first_mention: true}\n" + TERMS))
    ((unit, (issue,)),) = run_document(units(("The Lift moves", "电梯动了")), context, checks=[CHECK])
    assert issue.fix is not None
    assert issue.fix.apply(unit.target) == "电梯（Lift）动了"
    assert said("$settings: {first_mention: true}\n" + TERMS, ("The Lift moves", "电梯（Lift）动了")) == []


def test_edits_cost_one_unit_and_give_what_a_fresh_summary_gives() -> None:
    context = CheckContext(loads("$settings: {consistent: true}\n" + TERMS))
    first, second, third = units(LIFT, OTHER, LIFT)
    summaries = DocumentSummaries([CHECK])
    summaries.put_all([first, second, third])
    uses = summaries.of(TermUse).under(context)
    assert uses.elsewhere("lift", second) == {"电梯": 2}
    summaries.put(TranslationUnit("0", 0, "The lift", "升降机"))
    assert uses is summaries.of(TermUse).under(context)
    assert uses.elsewhere("lift", second) == {"电梯": 1, "升降机": 1}
    assert summaries.near("1") == {"0", "2"}
    summaries.drop("2")
    assert uses.elsewhere("lift", second) == {"升降机": 1}
    again = pickle.loads(pickle.dumps(summaries.of(TermUse)))
    assert again.under(context).elsewhere("lift", second) == {"升降机": 1}
