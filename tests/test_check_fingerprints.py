"""Fingerprints: a finding keeps its name while the unit is edited elsewhere, so that its waiver holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.checks import CheckContext, run
from workbench.model import TranslationUnit
from workbench.termbase import loads

CONTEXT = CheckContext(loads("WeChat: {zh: 微信, forbidden: 威信}\n"))

# One faulty unit a check, with the finding in the middle of nothing else.
FAULTY = {
    "number": ("It cost 5.2 billion yuan.", "它花了5.2亿元。"),
    "date": ("It opens on 3 May.", "它在5月4日开放。"),
    "unit": ("It is 5 miles away.", "它在5米以外。"),
    "terminology": ("WeChat is here.", "威信来了。"),
    "punctuation": ("It is here, and good.", "它在这,而且很好。"),
    "width": ("It takes 30 days.", "它要花３０天。"),
    "quotes": ("He is “good”.", "可是他“好的。"),
    "brackets": ("He (Li) is good.", "可是他（李好。"),
    "whitespace": ("It is good.", "它很 好的。"),
    "residue": ("They keep saving money.", "他们一直在saving钱。"),
    "repetition": ("It is negative.", "它阴性阴性阴性。"),
    "script": ("The page is here.", "這页在这里。"),
    "characters": ("It is good.", "它是\u200b很好。"),
    "placeholder": ("Press {0} now.", "现在按{1}。"),
    "tag": ("Press <b>now</b>.", "按<b>现在。"),
    "url": ("See https://example.com/one now.", "现在请看https://example.com/two。"),
}
# What may stand around: clean, and nothing that speaks of the finding.
AROUND = st.lists(
    st.sampled_from(["好天气来了。", "我们走吧！", "您呢？", "雨也停了；", "这样才行，"]), max_size=4
)


def named(check: str, source: str, target: str) -> set[str]:
    issues = run(TranslationUnit("1", 0, source, target), CONTEXT)
    return {issue.fingerprint for issue in issues if issue.check == check}


@pytest.mark.parametrize("check", FAULTY)
@settings(max_examples=25, deadline=None)
@given(before=AROUND, after=AROUND)
def test_a_finding_keeps_its_name_while_text_comes_around_it(
    check: str, before: list[str], after: list[str]
) -> None:
    source, target = FAULTY[check]
    first = named(check, source, target)
    assert first
    assert first <= named(check, source, "".join(before) + target + "".join(after) + "好。")


@pytest.mark.parametrize(
    ("target", "edited"),
    [
        ("你好,很好。", "如今你好,很好。"),
        ("好,很好", "那好,很好"),
        ("我 来", "现在我 来了"),
    ],
)
def test_two_characters_on_either_side_tell_a_mark_from_others(target: str, edited: str) -> None:
    checks = ("punctuation", "whitespace")
    before = set().union(*(named(check, "Hello", target) for check in checks))
    after = set().union(*(named(check, "Hello", edited) for check in checks))
    assert len(before) == 1
    assert (before == after) is (target == "你好,很好。")


def test_the_same_text_in_another_place_is_another_finding() -> None:
    one = named("punctuation", "Hello", "你好,很好,不好")
    assert len(one) == 2
