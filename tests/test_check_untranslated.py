"""Untranslated: targets that are the source, or have no Chinese, against names and codes that may stay."""

from __future__ import annotations

import pytest

from workbench.checks import CheckContext, message, run, select
from workbench.model import Issue, TranslationUnit

CHECKS = select("untranslated")


def found(source: str, target: str, *, context: CheckContext | None = None) -> list[Issue]:
    return run(TranslationUnit("u", 0, source, target), context or CheckContext(), checks=CHECKS)


def kinds(issues: list[Issue]) -> list[tuple[object, str]]:
    return [(issue.value("kind"), message(issue)) for issue in issues]


@pytest.mark.parametrize(
    ("source", "target", "kind"),
    [
        ("I hope you have a good evening.", "I hope you have a good evening.", "same"),
        ("I hope you have a good evening.", "I hope you had a nice evening.", "no Chinese"),
        ("Thank you!", "Thank you!", "same"),
        ("Good morning", "", "empty"),
        ("Track Page Views With Our FREE Counter", "Track Page Views With Our FREE Counter", "same"),
        ("refurbished spanner", "refurbished spanner", "same"),
    ],
)
def test_found(source: str, target: str, kind: str) -> None:
    assert [issue.value("kind") for issue in found(source, target)] == [kind]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("I hope so.", "希望如此。"),
        ("iPhone 15 Pro", "iPhone 15 Pro"),
        ("https://example.com/the/way", "https://example.com/the/way"),
        ("COVID-19", "COVID-19"),
        ("Tencent", "Tencent"),
        ("{0} %s", "{0} %s"),
        ("123", ""),
        ("", ""),
        ("20 kg", "20 kg"),
    ],
)
def test_silent(source: str, target: str) -> None:
    assert kinds(found(source, target)) == []


def test_a_term_that_the_glossary_keeps_is_no_english_left() -> None:
    from workbench.termbase import loads

    kept = CheckContext(loads("Open House: Open House\n"))
    assert found("Open House", "Open House", context=kept) == []
    assert kinds(found("Open House", "Open House")) == [
        ("same", "the target is the source itself: Open House")
    ]
