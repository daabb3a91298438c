"""Faults of a glossary, each with its line."""

from __future__ import annotations

import pytest

from workbench.model import Severity
from workbench.termbase.lint import problems


def found(text: str) -> list[str]:
    return [f"{one.line} {one.severity} {one.message}" for one in problems(text)]


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("cat: 猫\ndog: 狗\n", []),
        (
            "cat: 猫\ndog: {zh: 狗, colour: red}\ncat: 狸\nfox:\n",
            [
                "2 critical unknown key 'colour' in 'dog' (there are: en, zh, forbidden, deprecated, case, keep, "
                "always, first_mention, inflect, domain, definition, note)",
                "3 critical 'cat' is there twice (first in line 1)",
                "4 critical the translation of 'fox' is empty",
            ],
        ),
        ("cat: [猫\n", ["2 critical not YAML: expected ',' or ']', but got '<stream end>'"]),
        (
            "$settings: {boundary: true}\n",
            ["1 critical unknown setting 'boundary': did you mean 'boundaries'?"],
        ),
        (
            "bank: 河岸\nbanks 2: {en: bank, zh: 银行}\n",
            [
                "2 major 'bank' is preferably 银行 in 'banks 2', 河岸 in 'bank' (line 1): "
                "one entry, or a domain for each"
            ],
        ),
        ("bank: {zh: 河岸, domain: rivers}\nbanks 2: {en: bank, zh: 银行, domain: money}\n", []),
        ("cat: 猫\ncat 2: {en: cat, zh: 猫}\n", ["2 major 'cat' is 猫 in 'cat' (line 1) already"]),
        (
            "cat: 猫\ncat 2: {en: cat, zh: 猫咪, forbidden: 猫, domain: x}\n",
            [
                "2 major 'cat' is preferably 猫咪 in 'cat 2', 猫 in 'cat' (line 1): one entry, or a domain for each",
                "2 major 猫 is forbidden for 'cat' in 'cat 2', preferred in 'cat' (line 1)",
            ],
        ),
        ("cat: 猫\nkitty: 猫\n", ["2 minor 'kitty' and 'cat' (line 1) are both 猫: names of one concept?"]),
        (
            "tool: 工具\nmachine tool: 机床\nhand tool: 手工具\n",
            ["2 minor 'machine tool' holds 'tool' (line 1), but none of 机床 holds 工具"],
        ),
        ("c\u200bat: 猫\n", ["1 major 'c\\u200bat' has an invisible or private character (U+200B)"]),
        ("cat: ＡＢ猫\n", ["1 minor 'ＡＢ猫' has full-width letters or digits"]),
        ("cat: 貓\n", ["1 minor '貓' has traditional characters: simplified it is 猫"]),
        ("$settings: {fold_scripts: true}\ncat: 貓\n", []),
        ("cat: feline\n", ["1 minor 'feline' is a rendering without a Chinese character"]),
        ("cat: {keep: true}\n", []),
        ("猫: 猫\n", ["1 major '猫' is a name in en with Chinese characters"]),
        ("the cat: 猫\n", ["1 minor 'the cat' begins with an article: without it more of the text is found"]),
        ("it: 它\nIT: 信息技术\n", ["1 minor 'it' is a word that nearly every sentence has"]),
        ("cat: 猫。\n", ["1 minor '猫。' ends with a mark, which the text need not have"]),
        ("etc.: {zh: 等, en: [U.S., No. 1]}\n", []),
    ],
)
def test_faults(text: str, messages: list[str]) -> None:
    assert found(text) == messages


def test_scripts_that_fold_to_one_contradict_each_other() -> None:
    text = "fund: {zh: 避險基金, forbidden: 避险基金}\n"
    assert "避险基金' forbidden: they are the same" not in "".join(one.message for one in problems(text))
    (found,) = problems("$settings: {fold_scripts: true}\n" + text)
    assert (found.severity, found.message) == (
        Severity.MAJOR,
        "'避險基金' is preferred, '避险基金' forbidden: they are the same to the search",
    )
