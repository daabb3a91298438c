"""The sample project: its documents, the faults that segments/README.md promises, its glossary, its tutorial."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from workbench import checks, termbase
from workbench.checks import CheckContext
from workbench.cli import main
from workbench.model import TermStatus, TranslationUnit
from workbench.pipeline.project import Project
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

# How many sentences stand on each side where it is not one and one, by the number of the first English one.
GROUPS = {
    "cannes-lions-2019": {12: (2, 1), 35: (1, 2), 43: (1, 0)},
    "digital-culture-2021": {10: (1, 0), 23: (1, 2), 42: (2, 1)},
}

# Findings (source, check) on sentences that are right: false alarms that a better check may drop, and none may join.
FALSE_ALARMS: set[tuple[str, str]] = set()


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


def repaired(document: str, text: str) -> str:
    """A piece of the Chinese draft with every fault of the table put right, but for what was dropped."""
    for fault in faults():
        if fault.document == document and not fault.dropped:
            text = text.replace(fault.says, fault.should_say)
    return text


def test_the_table_holds_every_kind_as_often_as_it_should() -> None:
    counts: dict[str, int] = {}
    for fault in faults():
        counts[fault.kind] = counts.get(fault.kind, 0) + 1
    assert counts == KINDS


@pytest.mark.parametrize("fault", faults(), ids=lambda fault: f"{fault.document}-{fault.sentences[0]}")
def test_a_fault_is_where_the_table_says(fault: Fault) -> None:
    draft = read(fault.document, "zh")
    right = repaired(fault.document, draft)
    assert (fault.should_say in right) is not fault.dropped
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
        text = repaired(document, read(document, "zh")).replace("Mr. Translator", "")
        text = re.sub(r"(?<=\d)[.,](?=\d)", "", text)
        assert re.findall(r"""[,.:;?!()"']""", text) == []


@pytest.fixture(scope="module")
def units(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[TranslationUnit]]:
    """The units of both documents, imported into a fresh copy of the project."""
    folder = tmp_path_factory.mktemp("sample")
    shutil.copytree(ROOT / "segments", folder / "segments")
    with Project(folder) as project:
        project.import_new()
        return {document: project.units(document) for document in DOCUMENTS}


def groups(document: str) -> list[tuple[str, str]]:
    """What belongs together in the two texts, cut by hand and not by the segmenter."""
    english = re.split(
        r"\n+|(?<=[.?])(?<!Mr\.) (?=[A-Z“])|(?<=[.?]”) (?=[A-Z“])", read(document, "en").strip()
    )
    chinese = re.split(r"\n+|(?<=[。？])(?!”)|(?<=followed\.) ", read(document, "zh").strip())
    left, right = iter(english), iter([piece for piece in chinese if piece])
    made, number = [], 1
    while number <= len(english):
        sources, targets = GROUPS[document].get(number, (1, 1))
        made.append(
            (
                " ".join(next(left) for _ in range(sources)),
                "".join(next(right) for _ in range(targets)),
            )
        )
        number += sources
    assert next(left, None) is next(right, None) is None
    return made


@pytest.mark.parametrize("document", DOCUMENTS)
def test_no_unit_holds_what_does_not_belong_together(
    document: str, units: dict[str, list[TranslationUnit]]
) -> None:
    made = groups(document)
    for unit in units[document]:
        assert any(unit.source in source and unit.target in target for source, target in made), (
            unit.source,
            unit.target,
        )


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_units_are_whole_sentences(document: str, units: dict[str, list[TranslationUnit]]) -> None:
    assert [(unit.source, unit.target) for unit in units[document]] == groups(document)


def context() -> CheckContext:
    return CheckContext(termbase=termbase.load(ROOT / "glossary.yaml"), target_lang="zh-CN")


@pytest.mark.parametrize("fault", faults(), ids=lambda fault: f"{fault.document}-{fault.sentences[0]}")
def test_the_checks_find_what_the_table_says(fault: Fault, units: dict[str, list[TranslationUnit]]) -> None:
    english = sentences(read(fault.document, "en"), "en")
    asked = [english[number - 1] for number in fault.sentences]
    met = [
        unit
        for unit in units[fault.document]
        if any(unit.source in sentence or sentence in unit.source for sentence in asked)
    ]
    assert fault.found_by <= {issue.check for unit in met for issue in checks.run(unit, context())}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_checks_are_silent_once_the_faults_are_repaired(document: str) -> None:
    dropped = [fault.should_say for fault in faults() if fault.document == document and fault.dropped]
    for source, target in groups(document):
        text = repaired(document, target) or dropped.pop()
        unit = TranslationUnit(id="1", position=0, source=source, target=text)
        found = {(source, issue.check) for issue in checks.run(unit, context())}
        assert found <= FALSE_ALARMS, text


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


def test_the_tutorial_works_from_its_first_command_to_its_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (ROOT / "docs" / "tutorial.md").read_text("utf-8")
    script = tmp_path / "first.txt"
    script.write_text(text.partition("```text\n")[2].partition("```")[0], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    lines = re.findall(r"^    (workbench .+)$", text, re.MULTILINE)
    assert len(lines) >= 10
    assert f"{len(faults())} known faults" in text
    for line in lines:
        words = line.split()[1:]
        if words == ["review"]:
            words = ["review", "--script", str(script)]
        assert main(words) == 0, line
        if words[:2] == ["init", "practice"]:
            monkeypatch.chdir(tmp_path / "practice")
            shutil.copy(script, "first.txt")
    reviewed = (tmp_path / "practice" / "again.tmx").read_text("utf-8")
    assert reviewed.count("<tu ") == 5
    assert "已捐赠52亿元人民币" in reviewed
