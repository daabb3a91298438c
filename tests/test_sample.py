"""The sample project: its documents, the faults that segments/README.md promises, and its glossary."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from workbench import termbase
from workbench.model import TermStatus
from workbench.segmenter import segment

ROOT = Path(__file__).parent.parent
DOCUMENTS = ("cannes-lions-2019", "digital-culture-2021")

KINDS = {
    "magnitude wrong by ten": 2,
    "亿 for 万": 1,
    "万 for 亿": 1,
    "digits swapped": 1,
    "name rendered two ways": 2,
    "term missed": 3,
    "half-width punctuation": 3,
    "sentence dropped": 2,
    "two sentences merged": 2,
    "sentence split": 2,
    "phrase repeated": 2,
    "neural loop": 1,
    "English left over": 3,
    "quotation mark lost": 2,
    "negation lost": 2,
}


@dataclass(frozen=True)
class Fault:
    """A line of the table in segments/README.md."""

    document: str
    sentences: tuple[int, ...]
    kind: str
    says: str
    should_say: str
    found_by: frozenset[str]

    @property
    def dropped(self) -> bool:
        return self.kind == "sentence dropped"


@cache
def faults() -> tuple[Fault, ...]:
    found = []
    document = ""
    for line in (ROOT / "segments" / "README.md").read_text("utf-8").splitlines():
        if line.startswith("### "):
            document = line.removeprefix("### ")
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if document and re.match(r"\d+(–\d+)?$", cells[0]):
            numbers, kind, says, should_say, found_by = cells
            first, _, last = numbers.partition("–")
            sentences = tuple(range(int(first), int(last or first) + 1))
            checks = frozenset() if found_by == "—" else frozenset(found_by.split(", "))
            found.append(Fault(document, sentences, kind, says, should_say, checks))
    return tuple(found)


def read(document: str, lang: str) -> str:
    return (ROOT / "segments" / f"{document}.{lang}.txt").read_text("utf-8")


def sentences(text: str, lang: str) -> list[str]:
    return [piece.text for piece in segment(text, lang=lang)]


def paragraphs(text: str) -> list[str]:
    return text.removesuffix("\n").split("\n\n")


def repaired(document: str) -> list[str]:
    """The sentences of the Chinese draft with every fault of the table put right."""
    text = read(document, "zh")
    for fault in faults():
        if fault.document == document and not fault.dropped:
            text = text.replace(fault.says, fault.should_say)
    pieces = sentences(text, "zh")
    for fault in faults():
        if fault.document == document and fault.dropped:
            pieces.insert(fault.sentences[0] - 1, fault.should_say)
    return pieces


def test_the_table_holds_every_kind_as_often_as_it_should() -> None:
    counts: dict[str, int] = {}
    for fault in faults():
        counts[fault.kind] = counts.get(fault.kind, 0) + 1
    assert counts == KINDS


@pytest.mark.parametrize("fault", faults(), ids=lambda fault: f"{fault.document}-{fault.sentences[0]}")
def test_a_fault_is_where_the_table_says(fault: Fault) -> None:
    draft, right = read(fault.document, "zh"), "".join(repaired(fault.document))
    assert fault.should_say in right
    assert fault.should_say not in draft or fault.kind in (
        "name rendered two ways",
        "term missed",
        "English left over",
    )
    assert draft.count(fault.says) == (0 if fault.dropped else 1)
    assert fault.says not in right


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_has_30_to_45_sentences_most_of_them_rendered_right(document: str) -> None:
    english = sentences(read(document, "en"), "en")
    headings = [line for line in paragraphs(read(document, "en")) if line[-1] not in ".?”"]
    faulty = {number for fault in faults() if fault.document == document for number in fault.sentences}
    assert 30 <= len(english) - len(headings) <= len(english) <= 45
    assert max(faulty) <= len(english)
    assert len(english) - len(faulty) > 1.4 * len(faulty)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_both_sides_have_the_same_paragraphs_and_headings(document: str) -> None:
    english, chinese = paragraphs(read(document, "en")), paragraphs(read(document, "zh"))
    assert len(english) == len(chinese)
    for source, target in zip(english, chinese, strict=True):
        assert source.endswith((".", "?")) == target.endswith(("。", "？", "."))


def test_the_drafts_use_full_width_punctuation_outside_the_documented_faults() -> None:
    for document in DOCUMENTS:
        text = "".join(repaired(document)).replace("Mr. Translator", "")
        text = re.sub(r"(?<=\d)[.,](?=\d)", "", text)
        assert re.findall(r"""[,.:;?!()"']""", text) == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_repaired_draft_has_one_sentence_for_each_english_sentence(document: str) -> None:
    assert len(repaired(document)) == len(sentences(read(document, "en"), "en"))


def test_the_glossary_uses_every_feature_of_its_format() -> None:
    text = (ROOT / "glossary.yaml").read_text("utf-8")
    glossary = termbase.load(ROOT / "glossary.yaml")
    concepts = {concept.id: concept for concept in glossary.concepts}
    terms = [term for concept in glossary.concepts for term in concept.terms]
    assert 40 <= len(concepts) <= 50
    assert {term.status for term in terms} == set(TermStatus)
    assert any(term.case for term in terms)
    assert not all(term.case for term in terms)
    assert any(concept.domain for concept in concepts.values())
    assert any(concept.note for concept in concepts.values())
    assert "\nTech for Good: 科技向善\n" in text
    assert text.count("\n# --- ") == 5
    assert [(term.text, term.status.value) for term in concepts["Cannes Lions"].in_lang("zh")] == [
        ("戛纳国际创意节", "preferred"),
        ("戛纳创意节", "admitted"),
        ("戛纳电影节", "forbidden"),
        ("戛纳狮子", "forbidden"),
        ("戛纳广告节", "deprecated"),
    ]


def test_every_concept_of_the_glossary_occurs_in_a_document() -> None:
    glossary = termbase.load(ROOT / "glossary.yaml")
    found = {
        match.concept.id for document in DOCUMENTS for match in glossary.find(read(document, "en"), "en")
    }
    assert {concept.id for concept in glossary.concepts} - found == set()
