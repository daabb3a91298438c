"""Merging concepts into a glossary: what is completed, what contradicts, and that the text stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import GlossaryError
from workbench.model import Concept, Term, TermStatus
from workbench.termbase import dumps, loads
from workbench.termbase.merging import merge_file, merged


def concept(name: str, *renderings: str, status: TermStatus = TermStatus.PREFERRED, **more: str) -> Concept:
    terms = (Term(name, "en"), *(Term(text, "zh", status) for text in renderings))
    return Concept(name, terms, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("old", "come", "new"),
    [
        ("", concept("a", "甲"), "a: 甲\n"),
        ("# top\na: 甲  # side\n# end\n", concept("a", "乙"), "# top\na: [甲, 乙]  # side\n# end\n"),
        ("a: 甲\n", concept("A", "甲"), "a: 甲\n"),
        (
            "a: 甲   # side\nb: 乙\n",
            concept("a", "甲", note="n"),
            "a:   # side\n  zh: 甲\n  note: n\nb: 乙\n",
        ),
        ("a: [甲, 乙] # x\n", concept("a", "丙"), "a: [甲, 乙, 丙] # x\n"),
        (
            "a:  # head\n  zh: 甲  # name\n  # inside\n  forbidden: [乙]\nb: 丁\n",
            concept("a", "丙", status=TermStatus.FORBIDDEN, note="n"),
            "a:  # head\n  zh: 甲  # name\n  # inside\n  forbidden: [乙, 丙]\n  note: n\nb: 丁\n",
        ),
        (
            '"a (1)": {en: a, zh: 甲}\n',
            concept("a", "甲", domain="x"),
            '"a (1)": {en: a, zh: 甲, domain: x}\n',
        ),
        ("a:\n- 甲\n# c\n- 乙\nb: 丁\n", concept("a", "丙"), "a:\n- 甲\n# c\n- 乙\n- 丙\nb: 丁\n"),
        ("a:\n- 甲\nb: 丁", concept("a", "乙", note="n"), "a:\n zh:\n - 甲\n - 乙\n note: n\nb: 丁"),
        ("a:\n   zh: 甲\n   note: old", concept("a", "甲", note="new"), 'a:\n   zh: 甲\n   note: "old; new"'),
        ("a: 甲\r\nb: 乙\r\n", concept("a", "甲", note="n"), "a:\r\n  zh: 甲\r\n  note: n\r\nb: 乙\r\n"),
    ],
)
def test_the_text_after_a_merge(old: str, come: Concept, new: str) -> None:
    assert merged(old, [come]).text == new


def test_what_contradicts_stays_and_is_said() -> None:
    old = "a: {zh: 甲, forbidden: 乙, domain: x}\n"
    merge = merged(old, [concept("a", "甲", "乙", domain="x"), concept("a", "甲", domain="y")])
    assert merge.text == old
    assert merge.conflicts == (
        "a: 乙 is forbidden in the glossary, preferred in what came: left as it is",
        "a: its domain stays 'x', not 'y'",
    )


def test_homonyms_are_told_by_domain_and_rendering() -> None:
    old = "bank: {zh: 银行, domain: money}\n"
    merge = merged(
        old, [concept("bank", "河岸", domain="rivers"), concept("bank", "岸", "河岸", domain="rivers")]
    )
    assert merge.text == (
        "bank: {zh: 银行, domain: money}\nbank (rivers):\n  en: bank\n  zh: [河岸, 岸]\n  domain: rivers\n"
    )
    assert [one.id for one in merge.added] == ["bank (rivers)"]
    apart = merged("cell: 细胞\n", [Concept("c", (Term("cell", "en"), Term("牢房", "zh")))], apart=True)
    assert apart.text == "cell: 细胞\nc:\n  en: cell\n  zh: 牢房\n"


def test_a_dry_run_writes_nothing_and_a_broken_glossary_stays(tmp_path: Path) -> None:
    path = tmp_path / "g.yaml"
    assert merge_file(path, [concept("a", "甲")], dry_run=True).text == "a: 甲\n"
    assert not path.exists()
    path.write_text("a: [\n", encoding="utf-8")
    with pytest.raises(GlossaryError, match=r"g\.yaml:"):
        merge_file(path, [concept("a", "甲")])
    assert path.read_text(encoding="utf-8") == "a: [\n"


NAMES = st.sampled_from(["a", "b", "c d", "E", "b (2)"])
TEXTS = st.lists(st.sampled_from(["甲", "乙", "丙丁", "X", "a: b", "#"]), min_size=1, max_size=3, unique=True)
CONCEPTS = st.builds(
    lambda name, texts, status, note, domain: concept(name, *texts, status=status, note=note, domain=domain),
    NAMES,
    TEXTS,
    st.sampled_from(list(TermStatus)),
    st.sampled_from(["", "n", "it's: so", "m"]),
    st.sampled_from(["", "x", "y"]),
)
COMMENTS = ["# top", "", "# more", "  # odd"]


@settings(max_examples=60, deadline=None)
@given(st.lists(CONCEPTS, max_size=4), st.lists(CONCEPTS, max_size=3), st.integers(0, 3))
def test_nothing_is_lost(first: list[Concept], second: list[Concept], comment: int) -> None:
    held = merged("", first)
    text = COMMENTS[comment] + "\n" + held.text.replace("\n", "  # kept\n", 1)
    merge = merged(text, second)
    after = loads(merge.text).concepts
    before = loads(text).concepts
    for old, new in zip(before, after, strict=False):
        assert old.id == new.id
        assert set(old.terms) <= set(new.terms)
        assert old.note in new.note
        assert new.domain == old.domain or not old.domain
    assert COMMENTS[comment] in merge.text
    assert merge.text.count("# kept") == text.count("# kept")
    again = merged(merge.text, second)
    assert again.text == merge.text
    assert len(after) == len(before) + len(merge.added)
    assert loads(dumps(after)).concepts == after
