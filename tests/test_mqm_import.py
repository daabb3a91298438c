"""Judgements come back from the table of MQM Viewer: joined by document and segment, refused where they do not fit."""

from __future__ import annotations

from pathlib import Path

import pytest
from session_parts import CHECKS

from workbench.cli.import_ import command
from workbench.errors import FormatError, InputError, WorkbenchError
from workbench.model import Document, Draft, Severity, Span, TranslationUnit
from workbench.pipeline.judging import import_judgements
from workbench.pipeline.project import Project
from workbench.pipeline.quality import judgements
from workbench.report.mqm import category_name, to_tsv
from workbench.report.mqm_read import category_of, from_tsv, is_table
from workbench.review.session import ReviewSession
from workbench.termbase import Termbase

HEAD = "system\tdoc\tdocSegId\tglobalSegId\trater\tsource\ttarget\tcategory\tseverity\tmetadata\n"


def project_in(folder: Path) -> Project:
    folder.mkdir()
    (folder / "workbench.toml").write_text('author = "pm"\n', encoding="utf-8")
    project = Project(folder)
    pairs = [("The hall was full.", "大厅\t满了。"), ("Nobody left.", "没人走。"), ("Good night.", "晚安。")]
    units = [TranslationUnit("", 0, a, b, drafts=(Draft("d", b, "argos"),)) for a, b in pairs]
    project.store.save_document(Document("talk", "txt", "en", "zh-CN"), units)
    return project


def table(project: Project) -> str:
    found = judgements(project, project.documents())
    return "".join(to_tsv(found, source_lang="en", target_lang="zh-CN"))


def test_what_was_exported_comes_back_once(tmp_path: Path) -> None:
    first, second = project_in(tmp_path / "a"), project_in(tmp_path / "b")
    for author in ("ann", "bob"):
        session = ReviewSession(first.store, "talk", author, checks=CHECKS, termbase=Termbase())
        session.annotate("punctuation", Severity.MINOR, "a tab", Span(2, 4))
        session.annotate("style/house-rule", Severity.MAJOR)
        session.rate(70)
        session.goto(2)
        session.rate(95)
        session.goto(3)
        session.annotate("no-error", Severity.NEUTRAL)
    written = table(first)
    file = tmp_path / "judged.tsv"
    file.write_text(written, encoding="utf-8")
    done = import_judgements(second, from_tsv(written, name="judged.tsv"), name="judged.tsv")
    assert str(done) == "judged.tsv: 6 judgements of errors and 4 ratings added, 0 were there already"
    assert table(second) == written
    unit = second.store.units("talk")[0]
    assert next((one.author, one.category, one.span, one.target) for one in second.store.annotations("talk")) == (
        "ann", "linguistic/punctuation", Span(2, 4), unit.target,
    )  # fmt: skip
    again = import_judgements(second, from_tsv(written, name="judged.tsv"), name="judged.tsv")
    assert str(again) == "judged.tsv: 0 judgements of errors and 0 ratings added, 10 were there already"
    assert second.store.undo("talk", "pm") is not None
    assert second.store.annotations("talk") == []


def test_words_of_the_source_are_marked_and_come_back(tmp_path: Path) -> None:
    first, second = project_in(tmp_path / "a"), project_in(tmp_path / "b")
    session = ReviewSession(first.store, "talk", "ann", checks=CHECKS, termbase=Termbase())
    session.annotate("other/source-error", "minor", "", None, Span(4, 8))
    session.annotate("mistranslation", "major", "", Span(0, 2), Span(9, 12))
    written = table(first)
    cells = [line.split("\t") for line in written.splitlines()[1:]]
    assert [(row[5], row[6], row[9]) for row in cells] == [
        ("The <v>hall</v> was full.", "大厅 满了。", '{"marked_text": "hall"}'),
        ("The hall <v>was</v> full.", "<v>大厅</v> 满了。", '{"marked_text": "大厅"}'),
    ]
    import_judgements(second, from_tsv(written, name="judged.tsv"), name="judged.tsv")
    assert [(one.span, one.source_span) for one in second.store.annotations("talk")] == [
        (None, Span(4, 8)),
        (Span(0, 2), Span(9, 12)),
    ]
    assert table(second) == written


def test_the_command_knows_the_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = project_in(tmp_path / "a")
    row = (
        "x\ttalk:en-zh-CN\t2\t2\tann\tNobody left.\t<v>没人</v>走。\tStyle/Unnatural or awkward\tMinor\t{}\n"
    )
    (tmp_path / "judged.tsv").write_text(HEAD + row, encoding="utf-8")
    assert (
        command.main([str(tmp_path / "judged.tsv"), "--project", str(project.folder)], standalone_mode=False)
        == 0
    )
    assert "1 judgements of errors and 0 ratings added" in capsys.readouterr().err
    (noted,) = Project(project.folder).store.annotations("talk")
    assert (noted.category, noted.severity, noted.span) == ("style/awkward", Severity.MINOR, Span(0, 2))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (
            "x\tcall\t1\t1\tann\tA.\t甲。\tOther\tMinor\t{}",
            "no document 'call' in the project (there are: talk)",
        ),
        ("x\ttalk\t4\t1\tann\tA.\t甲。\tOther\tMinor\t{}", "talk has 3 units, no segment 4"),
        (
            "x\ttalk\t1\t1\tann\tA.\t甲。\tOther\tMinor\t{}",
            "segment 1 of talk has another source in the project: 'The hall was full.'",
        ),
        ("x\ttalk\tone\t1\tann\tA.\t甲。\tOther\tMinor\t{}", "docSegId is a number from 1, not 'one'"),
        ("x\ttalk\t1\t1\t \tA.\t甲。\tOther\tMinor\t{}", "no rater"),
        ("x\ttalk\t1\t1\tann\tA.\t甲。\tOther\tHuge\t{}", "no severity 'Huge'"),
        (
            "x\ttalk\t1\t1\tann\tA.\t</v>甲<v>。\tOther\tMinor\t{}",
            "<v> and </v> do not go in pairs in the target",
        ),
        ("x\ttalk\t1\t1\tann\tA.\t甲。\tOther\tMinor\t[", "metadata is no JSON object"),
        (
            "x\ttalk\t1\t1\tann\t<v>A.\t甲。\tOther\tMinor\t{}",
            "<v> and </v> do not go in pairs in the source",
        ),
        (
            'x\ttalk\t1\t1\tann\tA.\t甲。\tno-error\tno-error\t{"segment": {"metrics": {"ESA": 101}}}',
            "a rating (ESA) is a number from 0 to 100, not 101",
        ),
        ("x\ttalk\t1\t1\tann\tA.\t甲。\tOther", "8 columns, 10 in the heading"),
    ],
)
def test_a_line_that_does_not_fit_is_named_and_nothing_is_stored(
    tmp_path: Path, row: str, reason: str
) -> None:
    project = project_in(tmp_path / "a")
    good = "x\ttalk\t2\t2\tann\tNobody left.\t没人走。\tOther\tMinor\t{}\n"
    with pytest.raises(WorkbenchError) as caught:
        import_judgements(project, from_tsv(f"{HEAD}{good}{row}\n", name="j.tsv"), name="j.tsv")
    assert isinstance(caught.value, InputError | FormatError)
    assert str(caught.value).startswith("j.tsv:3: ")
    assert reason in str(caught.value)
    assert project.store.annotations("talk") == []


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("Accuracy/Mistranslation", "accuracy/mistranslation"),
        ("Accuracy/Untranslated text", "accuracy/untranslated"),
        ("Fluency/Punctuation", "linguistic/punctuation"),
        ("Fluency/Register", "style/register"),
        ("Fluency", "linguistic"),
        ("Locale convention/Date format", "locale/date-format"),
        ("Non-translation!", "other/non-translation"),
        ("Source issue", "other/source-issue"),
        ("No-error", "no-error"),
        ("Other", "other"),
    ],
)
def test_categories_of_the_viewer(theirs: str, ours: str) -> None:
    assert category_of(theirs) == ours


def test_every_category_comes_back_as_it_went() -> None:
    from workbench.metrics.mqm import CATEGORIES

    ours = [
        name for one, subtypes in CATEGORIES.items() for name in (one, *(f"{one}/{sub}" for sub in subtypes))
    ]
    assert [category_of(category_name(name)) for name in ours] == ours


def test_a_bilingual_table_is_no_table_of_judgements() -> None:
    assert is_table(HEAD)
    assert not is_table("id\tsource\ttarget\n")
