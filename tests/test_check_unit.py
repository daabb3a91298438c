"""The unit check: the same number of something else, and conversions that come out right."""

from __future__ import annotations

import pytest

from workbench.checks import CheckContext, message, run, select
from workbench.model import Issue, Severity, TranslationUnit

CHECKS = select("unit")


def found(source: str, target: str) -> list[Issue]:
    return run(TranslationUnit("u", 0, source, target), CheckContext(), checks=CHECKS)


@pytest.mark.parametrize(
    ("source", "target", "text", "repaired"),
    [
        (
            "Wait 24 hours.",
            "请等24分钟。",
            "another unit: source 24 hours = 24 hour; target 24分钟 = 24 minute; right would be 24小时",
            "请等24小时。",
        ),
        (
            "It costs €35.",
            "售价35美元。",
            "another unit: source €35 = 35 EUR; target 35美元 = 35 USD; right would be 35欧元",
            "售价35欧元。",
        ),
        (
            "He drove at 65 mph.",
            "车速为每小时65公里。",
            "another unit: source 65 mph; target 每小时65公里 = 65 km/h; right would be 每小时65英里",
            "车速为每小时65英里。",
        ),
    ],
)
def test_messages_and_fixes(source: str, target: str, text: str, repaired: str) -> None:
    (issue,) = found(source, target)
    assert (issue.check, issue.severity, message(issue)) == ("unit", Severity.MAJOR, text)
    assert issue.fix is not None
    assert issue.fix.apply(target) == repaired
    assert found(source, repaired) == []


def test_which_dollar_is_not_sure() -> None:
    (issue,) = found("It cost $35.", "售价35欧元。")
    assert issue.fix is None


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("The town is 50 miles away.", "小镇在50英里以外。"),
        ("The town is 50 miles away.", "小镇在80公里以外。"),  # converted
        ("It was 98.6°F.", "体温为37℃。"),
        ("Wait 60 minutes.", "请等一小时。"),
        ("Wait 24 hours.", "请等42小时。"),  # the number check's
        ("Wait 24 hours.", ""),
    ],
)
def test_right_units_are_silent(source: str, target: str) -> None:
    assert found(source, target) == []
