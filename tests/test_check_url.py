"""URLs: addresses that are lost or changed, and names of sites that may be rendered."""

from __future__ import annotations

import pytest

from workbench.checks import CheckContext, apply, message, run, select
from workbench.model import Issue, TranslationUnit

CHECKS = select("url")


def found(source: str, target: str, *, context: CheckContext | None = None) -> list[Issue]:
    return run(TranslationUnit("u", 0, source, target), context or CheckContext(), checks=CHECKS)


def kinds(issues: list[Issue]) -> list[tuple[object, str]]:
    return [(issue.value("kind"), message(issue)) for issue in issues]


@pytest.mark.parametrize(
    ("source", "target", "kind", "mended"),
    [
        ("See https://example.com/a1", "见 https://example.com/a2", "changed", "见 https://example.com/a1"),
        ("See https://example.com/a1.", "见说明。", "lost", "见说明。"),
        ("Mail help@example.com", "发邮件至 help@exmaple.com", "changed", "发邮件至 help@example.com"),
        ("Visit www.example.org/x", "请访问网站", "lost", "请访问网站"),
        ("Visit Example.com", "请访问 Exampel.com", "changed", "请访问 Example.com"),
    ],
)
def test_found_and_mended(source: str, target: str, kind: str, mended: str) -> None:
    issues = found(source, target)
    assert [issue.value("kind") for issue in issues] == [kind]
    assert apply(target, issues) == mended


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("See https://example.com/a.", "见https://example.com/a。"),
        ("See https://example.com/", "见 https://example.com"),
        ("Amazon.com sells it", "亚马逊有售"),
        ("Ask help@example.com, please", "请咨询help@example.com，谢谢"),
        ("No address", "没有地址"),
    ],
)
def test_silent(source: str, target: str) -> None:
    assert kinds(found(source, target)) == []


def test_says_both_readings() -> None:
    assert kinds(found("See https://example.com/a1", "见 https://example.com/a2")) == [
        ("changed", "the address https://example.com/a1 became https://example.com/a2")
    ]
