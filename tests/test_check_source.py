"""Source: faults of the source that a translator should know of, and sources without one."""

from __future__ import annotations

import pytest

from workbench.checks import CheckContext, message, run_document, select
from workbench.model import Severity, TranslationUnit

CHECKS = select("source")


def findings(*sources: str, source_lang: str = "en") -> list[str]:
    units = [TranslationUnit(str(number), number, text, "译文。") for number, text in enumerate(sources)]
    context = CheckContext(source_lang=source_lang)
    return [
        message(issue) for _unit, issues in run_document(units, context, checks=CHECKS) for issue in issues
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Close the the door.", "a word twice in the source: Close the the door."),
        ("It is of of no use.", "a word twice in the source: It is of of no use."),
        ("A gift from from me.", "a word twice in the source: A gift from from me."),
        ("Wait , please.", "a space before a mark in the source: Wait , please."),
        ("It is done .", "a space before a mark in the source: It is done ."),
        ("Is it done ?", "a space before a mark in the source: Is it done ?"),
        ("One thing.Another thing.", "no space after a mark in the source: One thing.Another thing."),
        ("Apples,pears and plums.", "no space after a mark in the source: Apples,pears and pl…"),
        ("First,, second.", "several marks in a row in the source: First,, second."),
        ("It ends here..", "several marks in a row in the source: It ends here.."),
        ("He (or she is here.", "a mark without its partner in the source: He (or she is he…"),
        ("He or she) is here.", "a mark without its partner in the source: He or she) is here."),
        ("It costs 1O0 dollars.", "digits in the source that look mistyped: It costs 1O0 dollars."),
        ("It costs 10,0000 dollars.", "digits in the source that look mistyped: It costs 10,0000 dollars."),
        ("About 1,200,00 people.", "digits in the source that look mistyped: About 1,200,00 people."),
        ("On February 30 we left.", "digits in the source that look mistyped: On February 30 we left."),
        ("The cafÃ© is open.", "broken characters in the source: The cafÃ© is open."),
        ("It\ufffds here.", "broken characters in the source: It\ufffds here."),
    ],
)
def test_found(source: str, expected: str) -> None:
    assert findings(source) == [expected]


@pytest.mark.parametrize(
    "source",
    [
        "",
        "He had had enough of that that day.",
        "It is very, very good, and so so cheap.",
        "He lives in Walla Walla and hears Duran Duran.",
        "Wait ... what?",
        "Well … no.",
        "See example.com/a,b or write to a.b@example.org, etc., please.",
        "Use .NET 5.0, e.g., for 1,200,000 users at 10:30 p.m.",
        "Choose (a) or b) and smile :)",
        "In 3,5 of 10,000 cases on February 29.",
        "The J.Crew shop of Yahoo! Inc., and D.C., too.",
        "“Quoted,” she said. 'Quoted too.'",
        "The workers' house and the ’90s.",
        "It is 5'10\" tall.",
    ],
)
def test_silent(source: str) -> None:
    assert findings(source) == []


SENTENCES = [
    f"The number {word} bus stops here every single hour of the day." for word in ("one", "two", "six")
]


def test_an_end_mark_is_missing_where_the_neighbours_have_one() -> None:
    bare = "The number nine bus stops here every single hour of the day"
    found = ["the source ends without a mark, unlike those around: …ur of the day"]
    assert findings(*SENTENCES[:2], bare, *SENTENCES[:2]) == found
    assert findings(SENTENCES[0], bare, SENTENCES[1], SENTENCES[2]) == []
    assert findings(*SENTENCES[:2], "The number nine bus", *SENTENCES[:2]) == []
    assert findings(*SENTENCES[:2], "The Number Nine Bus Stops Here Every Single Hour", *SENTENCES[:2]) == []


def test_a_quotation_may_close_in_another_unit() -> None:
    assert findings("“It is late. ", "We should go.”") == []
    assert findings('He said: "It is late.', 'We should go."') == []
    assert findings("“It is late. ", "We should go.") == [
        "a mark without its partner in the source: “It is late. "
    ]
    # What closes later does not answer what closes here.
    assert len(findings("It is late.”", "“We should go.”")) == 1


def test_rules_of_english_are_not_asked_of_other_languages() -> None:
    assert findings("nous nous levons , vraiment ?", source_lang="fr") == []
    assert findings("（未完", source_lang="zh") == ["a mark without its partner in the source: （未完"]


def test_it_is_neutral_and_off_by_default() -> None:
    assert [(check.severity, check.default) for check in CHECKS] == [(Severity.NEUTRAL, False)]
