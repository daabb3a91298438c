"""Negation: denials that are lost, and English denials that Chinese says without one."""

from __future__ import annotations

import pytest

from workbench.checks import CheckContext, message, run, select
from workbench.model import Issue, TranslationUnit

CHECKS = select("negation")


def found(source: str, target: str, *, context: CheckContext | None = None) -> list[Issue]:
    return run(TranslationUnit("u", 0, source, target), context or CheckContext(), checks=CHECKS)


def kinds(issues: list[Issue]) -> list[tuple[object, str]]:
    return [(issue.value("kind"), message(issue)) for issue in issues]


@pytest.mark.parametrize(
    ("source", "target", "asked"),
    [
        ("This hose is not suitable for oil.", "这根软管适合输送油。", "not"),
        ("We can't expect that.", "我们能指望那样。", "can't"),
        ("He never saw it.", "他看到过。", "never"),
        ("I have no idea what it is.", "我知道那是个主意。", "no"),
        ("They don’t work on Sundays.", "他们周日上班。", "don’t"),
    ],
)
def test_found(source: str, target: str, asked: str) -> None:
    assert [issue.value("asked") for issue in found(source, target)] == [asked]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("This hose is not suitable.", "这根软管不适合。"),
        ("He never saw it.", "他没见过。"),
        ("It failed without warning.", "它突然失效，毫无预兆。"),
        ("Don't hesitate to ask.", "欢迎随时提问。"),
        ("Not only here but there too.", "这里那里都有。"),
        ("There is no doubt that it works.", "它肯定能用。"),
        ("I can't wait to see you.", "我盼着见到你。"),
        ("He didn't know until he had arrived.", "他到了以后才知道。"),
        ("It is hardly new.", "它很新。"),
        ("Days and nights without a break.", "昼夜不停歇。"),
        ("Entry without charge.", "免费入场。"),
        ("It does not work.", "It does work."),
    ],
)
def test_silent(source: str, target: str) -> None:
    assert kinds(found(source, target)) == []


def test_words_that_hold_a_denial_deny_nothing() -> None:
    assert len(found("It is not far.", "未来不过如此，离得很近，特别近。")) == 1


def test_says_what_is_denied() -> None:
    assert kinds(found("He never saw it.", "他看到过。")) == [
        ("lost", "the source says “never”, nothing in the target denies")
    ]
