"""Length: targets far too short or too long for their source."""

from __future__ import annotations

import pytest

from workbench.checks import CheckContext, message, run, select
from workbench.model import Issue, TranslationUnit

CHECKS = select("length")


def found(source: str, target: str, *, context: CheckContext | None = None) -> list[Issue]:
    return run(TranslationUnit("u", 0, source, target), context or CheckContext(), checks=CHECKS)


def kinds(issues: list[Issue]) -> list[tuple[object, str]]:
    return [(issue.value("kind"), message(issue)) for issue in issues]


LONG = (
    "The festival worked with a local team to provide live interpreting between English and Chinese for every talk, "
    "which was the first time that anything of the kind had been tried there."
)


def test_found() -> None:
    assert kinds(found(LONG, "该节与当地团队合作。")) == [
        ("short", "9 characters where about 49 are usual: something may be missing")
    ]
    assert [i.value("kind") for i in found("Good morning to you all.", "早上好" * 30)] == ["long"]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (LONG, "该节与当地一个团队合作，为每场演讲提供英汉同声传译，这在当地是前所未有的首次尝试。"),
        ("Thank you very much indeed!", "多谢！"),
        ("OK", "好的，没有问题"),
        (LONG, LONG),
        ("", "你好"),
    ],
)
def test_silent(source: str, target: str) -> None:
    assert kinds(found(source, target)) == []


def test_only_english_to_chinese_is_calibrated() -> None:
    assert found(LONG, "短", context=CheckContext(source_lang="fr")) == []
