"""All checks together: the registry, selection, order, fingerprints, and what holds for any text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workbench.checks import (
    CHECKS,
    CheckContext,
    DocumentSummaries,
    apply,
    message,
    repaired,
    run,
    select,
)
from workbench.checks.texts import view
from workbench.errors import NotFoundError
from workbench.model import Fix, Issue, Severity, Span, TranslationUnit
from workbench.termbase import loads

GLOSSARY = """
Tech for Good: 科技向善
WeChat: {zh: 微信, forbidden: 威信, deprecated: 微讯}
AI: [人工智能, AI]
"""
CONTEXT = CheckContext(loads(GLOSSARY))
CONTEXTS = [
    CONTEXT,
    CheckContext(),
    CheckContext(target_lang="zh-TW"),
    CheckContext(target_lang="de"),
    CheckContext(source_lang="zh", target_lang="en"),
    CheckContext(profile="ui"),
    CheckContext(profile="taiwan"),
    CheckContext(profile="mainland"),
]


def unit(source: str, target: str) -> TranslationUnit:
    return TranslationUnit("u1", 0, source, target)


# Pieces that make the checks work hard: marks of every width, codes, particles, terms, odd characters.
_PIECES = """
你好 的的 了了 在在 一个一个 阴性阴性阴性 哈哈哈哈 我们我们 科技向善 微信 威信 帳戶 ３０％ Ａ 3.5 10:30 1,000 AI
, . ; : ? ! ， 。 、 ； ： ？ ！ …… ... -- —— ( ) （ ） [ ] 【 】 《 》 " “ ” ‘ ’ ' 「 」 『 』 { }
\\ ` < > & % # $ {0} %s %(name)s ${x} #PRS_ORG# <b> </b> &amp; &nbsp; saving the not don't no WeChat COVID-19
https://example.com/a,b?c=1 user@example.com www.example.org
"""
# Pieces that make the checks work hard: marks of every width, codes, particles, terms, odd characters.
PIECES = (
    *_PIECES.split(),
    *"\u200b\ufeff\x00\x1b\u202e\ufffd\ue000\u2f00\U0001f600\u3000\t\n",
    "â€™",
    "锟斤拷",
)
TEXTS = st.one_of(
    st.lists(st.sampled_from([*PIECES, " ", "  "]), max_size=14).map("".join),
    st.text(max_size=60),
)


def test_ids_are_unique_and_every_check_has_its_words() -> None:
    assert len({check.id for check in CHECKS}) == len(CHECKS)
    for check in CHECKS:
        assert check.title, check.id
        assert "/" in check.category, check.id
        assert check.scope in ("unit", "document", "project")


@pytest.mark.parametrize(
    ("spec", "ids"),
    [
        ("width,quotes", ["width", "quotes"]),
        ("quotes, width", ["width", "quotes"]),
        ("all", [check.id for check in CHECKS]),
        ("-width", [check.id for check in CHECKS if check.default and check.id != "width"]),
        ("all,-width", [check.id for check in CHECKS if check.id != "width"]),
        (None, [check.id for check in CHECKS if check.default]),
        ("", [check.id for check in CHECKS if check.default]),
    ],
)
def test_select(spec: str | None, ids: list[str]) -> None:
    assert [check.id for check in select(spec)] == ids


def test_select_adds_what_is_off_by_default() -> None:
    for check in CHECKS:
        assert check in select(f"+{check.id}")


@pytest.mark.parametrize("spec", ["widht", "+widht", "width,-nothing", "+"])
def test_select_refuses_an_unknown_id(spec: str) -> None:
    with pytest.raises(NotFoundError, match="no check named"):
        select(spec)


def test_findings_come_in_the_order_of_the_target() -> None:
    issues = run(unit("WeChat is good.", "威信,很好的的 吧"), CONTEXT)
    assert [(issue.check, issue.target_span) for issue in issues] == [
        ("terminology", Span(0, 2)),
        ("punctuation", Span(2, 3)),
        ("repetition", Span(5, 7)),
        ("whitespace", Span(7, 8)),
        ("punctuation", Span(9, 9)),
    ]


def test_equal_findings_have_their_own_fingerprints() -> None:
    issues = run(unit("WeChat and WeChat", "威信和威信"), CONTEXT)
    prints = [issue.fingerprint for issue in issues]
    assert len(prints) == 2
    assert prints[1] == prints[0] + "-2"


def test_a_fingerprint_holds_while_the_text_around_changes() -> None:
    before = run(unit("WeChat is here.", "威信在这里,很好。"), CONTEXT)
    after = run(unit("Now WeChat is here.", "如今，威信已经在这里,很好。"), CONTEXT)
    assert [issue.fingerprint for issue in before] == [issue.fingerprint for issue in after]
    assert [issue.target_span for issue in before] != [issue.target_span for issue in after]


def test_a_clean_unit_has_no_finding() -> None:
    clean = [
        ("Tech for Good is our vision.", "科技向善是我们的愿景。"),
        ("“Who is there?” she asked.", "她问道：“谁在那儿？”"),
        ("Press {0} to send mail to <b>%s</b>.", "按 {0} 给 <b>%s</b> 发邮件。"),
        ("See https://example.com/a?b=1,2 for details.", "详情请见 https://example.com/a?b=1,2。"),
        ("He slowly, slowly nodded and said thanks.", "他慢慢点了点头，说了声谢谢。"),
        ("The meeting starts at 10:30 and costs $3.50.", "会议 10:30 开始，费用为 3.50 美元。"),
        ("iPhone 15 Pro", "iPhone 15 Pro"),
    ]
    for source, target in clean:
        assert [message(issue) for issue in run(unit(source, target), CONTEXT)] == []


def test_message_of_a_check_that_is_no_longer_there() -> None:
    assert message(Issue("u1", "gone", Severity.MINOR, (("a", "b"),))) == "gone: a b"


def test_apply_makes_the_first_of_two_overlapping_fixes() -> None:
    def issue(start: int, end: int, text: str) -> Issue:
        return Issue("u1", "x", Severity.MINOR, fix=Fix(Span(start, end), text))

    assert apply("abcdef", [issue(4, 5, "E"), issue(0, 2, "-"), issue(1, 3, "!")]) == "-cdEf"
    assert apply("abc", [issue(3, 3, "。"), Issue("u1", "x", Severity.MINOR)]) == "abc。"


def _fails(unit: TranslationUnit, context: CheckContext) -> Iterator[Issue]:
    yield CHECKS[0].issue(unit, kind="half done")
    raise IndexError("string index out of range")


def test_a_check_that_fails_is_named_and_takes_no_other_with_it() -> None:
    broken = replace(CHECKS[0], find=_fails)
    issues = run(unit("WeChat", "威信"), CONTEXT, checks=(broken, *select("terminology")))
    assert [(issue.check, issue.severity.value, message(issue)) for issue in issues] == [
        ("terminology", "major", "“WeChat” should be 微信: 威信 is forbidden"),
        ("number", "neutral", "this check failed on this unit: IndexError: string index out of range"),
    ]
    assert repaired(unit("WeChat", "威信"), CONTEXT, checks=(broken, *select("terminology"))) == "微信"


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS)
@example("", "")
@example("a" * 500, "（" * 300)
@example("x", "的" * 400)
def test_no_check_raises_and_every_finding_can_be_shown(source: str, target: str) -> None:
    for plain in CONTEXTS:
        summaries = DocumentSummaries(CHECKS)
        summaries.put_all([unit(source, target), replace(unit(source, target + "x"), id="u2", position=1)])
        context = replace(plain, summaries=summaries)
        # Each check by itself: `run` would contain what it raises.
        alone = [issue for check in CHECKS for issue in check.find(unit(source, target), context)]
        issues = run(unit(source, target), context, checks=CHECKS)
        assert len(issues) == len(alone)
        assert len({issue.fingerprint for issue in issues}) == len(issues)
        for issue in issues:
            assert message(issue)
            for span, text in ((issue.source_span, source), (issue.target_span, target)):
                assert span is None or span.end <= len(text)
            if issue.fix is not None:
                assert issue.fix.span.end <= len(target)
                assert issue.fix.apply(target) != target


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS)
def test_fixes_are_idempotent_and_leave_codes_alone(source: str, target: str) -> None:
    # The checks whose job it is to change codes, terms or characters are not asked to leave them.
    checks = select("punctuation,width,quotes,whitespace")
    once = repaired(unit(source, target), CONTEXT, checks=checks)
    assert repaired(unit(source, once), CONTEXT, checks=checks) == once
    kept = [part.text for part in view(target).parts]
    assert [part.text for part in view(once).parts if part.text in kept] == kept or not kept
    for piece in (
        "3.5",
        "10:30",
        "1,000",
        "https://example.com/a,b?c=1",
        "user@example.com",
        "{0}",
        "#PRS_ORG#",
    ):
        if f" {piece} " in target:
            assert piece in once


@settings(max_examples=100, deadline=None)
@given(TEXTS, TEXTS)
def test_every_fix_of_every_check_settles(source: str, target: str) -> None:
    once = repaired(unit(source, target), CONTEXT, checks=CHECKS)
    assert repaired(replace(unit(source, target), target=once), CONTEXT, checks=CHECKS) == once
