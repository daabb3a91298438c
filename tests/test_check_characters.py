"""Characters: invisible, control, broken, private, compatibility and look-alike ones."""

from __future__ import annotations

import pytest

from workbench.checks import CheckContext, apply, message, run, select
from workbench.model import Issue, TranslationUnit

CHECKS = select("characters")


def found(source: str, target: str, *, context: CheckContext | None = None) -> list[Issue]:
    return run(TranslationUnit("u", 0, source, target), context or CheckContext(), checks=CHECKS)


def kinds(issues: list[Issue]) -> list[tuple[object, str]]:
    return [(issue.value("kind"), message(issue)) for issue in issues]


@pytest.mark.parametrize(
    ("target", "kind", "mended"),
    [
        ("点\u200b击", "invisible", "点击"),
        ("点\u00ad击", "invisible", "点击"),
        ("\ufeff点击", "invisible", "点击"),
        ("点\u202e击", "invisible", "点击"),
        ("点\x1b击", "control", "点击"),
        ("点\ufffd击", "broken", "点\ufffd击"),
        ("这â€™是", "broken", "这â€™是"),
        ("快锟斤拷您", "broken", "快锟斤拷您"),
        ("变ä¸人", "broken", "变ä¸人"),
        ("点\ue123击", "private", "点\ue123击"),
        ("\u2f08们", "compatible", "人们"),
        ("\uf9b5子", "compatible", "例子"),
        ("\u0410pple 公司", "lookalike", "\u0410pple 公司"),
    ],
)
def test_found_and_mended(target: str, kind: str, mended: str) -> None:
    issues = found("Some source.", target)
    assert [issue.value("kind") for issue in issues] == [kind]
    assert apply(target, issues) == mended


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Nestlé® and café", "Nestlé®和café"),
        ("A family", "👨\u200d👩\u200d👧 一家"),
        ("Zero\u200bwidth", "零\u200b宽"),
        ("TNF-α and 5 μm", "TNF-α和5 μm"),
        ("Русский", "俄语 Русский"),
        ("Naïve Müller Ångström", "Naïve Müller Ångström"),
        ("Plain", "Plain ASCII"),
    ],
)
def test_silent(source: str, target: str) -> None:
    assert kinds(found(source, target)) == []


def test_names_the_characters() -> None:
    assert kinds(found("x", "点\u200b击")) == [("invisible", "an invisible character (U+200B)")]
    assert kinds(found("x", "\u2f08们")) == [("compatible", "a compatibility form (\u2f08 U+2F08): 人")]
