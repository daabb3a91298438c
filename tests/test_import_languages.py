"""The languages of a project's documents, which their files' names say, and what an import tells of doubtful units."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.errors import UsageError
from workbench.pipeline.export import export
from workbench.pipeline.fix import fix_project, store_fixes
from workbench.pipeline.project import Project, reports_to_lines
from workbench.pipeline.sources import doubts, pair_up

ENGLISH = "The engineers met in the harbour. They spoke about the network. Memory costs more now.\n"
TRADITIONAL = "工程師們在港口見面。他們談論了網路。記憶體現在更貴了。\n"
SIMPLIFIED = "工程师们在港口见面。他们谈论了网络。内存现在更贵了。\n"


def made(folder: Path, settings: str = "", **texts: str) -> Path:
    (folder / "segments").mkdir()
    (folder / "workbench.toml").write_text(settings, encoding="utf-8")
    for name, text in texts.items():
        path = folder / "segments" / f"{name.replace('__', '-').replace('_', '.')}.txt"
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "setting", "lang"),
    [
        ("talk.zh-TW.txt", "zh-CN", "zh-TW"),
        ("talk.zh-Hant.txt", "zh-CN", "zh-Hant"),
        ("talk.zh-CN.txt", "zh-TW", "zh-CN"),
        ("talk.zh.txt", "zh-TW", "zh-TW"),
        ("talk.zh.txt", "zh-CN", "zh-CN"),
    ],
)
def test_a_document_is_in_the_language_that_its_file_says(name: str, setting: str, lang: str) -> None:
    files = pair_up([Path("talk.en-GB.txt"), Path(name)], source_lang="en", target_lang=setting)
    assert [(one.source_lang, one.target_lang) for one in files] == [("en-GB", lang)]


def test_a_traditional_draft_stays_traditional(tmp_path: Path) -> None:
    with Project(made(tmp_path, w_en=ENGLISH, w_zh__TW=TRADITIONAL), author="ann") as project:
        assert [report.warnings for report in project.import_all()] == [()]
        assert project.document("w").target_lang == "zh-TW"
        store_fixes(project, fix_project(project, checks="all"))
        assert "".join(unit.target for unit in project.units("w")) == TRADITIONAL.strip()
        assert export(project, done_only=False).document.target_lang == "zh-TW"


def test_documents_of_two_languages_are_exported_one_by_one(tmp_path: Path) -> None:
    texts = {"w_en": ENGLISH, "w_zh__TW": TRADITIONAL, "v_en": ENGLISH, "v_zh": SIMPLIFIED}
    with Project(made(tmp_path, **texts), author="ann") as project:
        project.import_all()
        message = "v is from en to zh-CN, w from en to zh-TW: export one document at a time (--document NAME)"
        with pytest.raises(UsageError) as caught:
            export(project, done_only=False)
        assert str(caught.value) == message
        assert export(project, document="v").document.target_lang == "zh-CN"


def test_a_text_in_the_other_script_is_told_of_once(tmp_path: Path) -> None:
    texts = {"v_en": ENGLISH, "v_zh": TRADITIONAL, "w_en": ENGLISH, "w_zh__TW": SIMPLIFIED}
    with Project(made(tmp_path, **texts), author="ann") as project:
        lines = reports_to_lines(project.import_all())
    assert [line.replace(f"{tmp_path}/segments/", "") for line in lines] == [
        "warning: v.zh.txt: the text is in Traditional characters, but its language is zh-CN:"
        " name the file NAME.zh-TW.txt, or set the language in workbench.toml",
        "v: imported, 3 units",
        "warning: w.zh-TW.txt: the text is in Simplified characters, but its language is zh-TW:"
        " name the file NAME.zh-CN.txt, or set the language in workbench.toml",
        "w: imported, 3 units",
    ]


def test_a_changed_language_is_taken_up_by_the_next_import(tmp_path: Path) -> None:
    folder = made(tmp_path, w_en=ENGLISH, w_zh=TRADITIONAL)
    with Project(folder, author="ann") as project:
        project.import_all()
    (folder / "workbench.toml").write_text('target_lang = "zh-TW"\n', encoding="utf-8")
    with Project(folder, author="ann") as project:
        assert project.changed_files() == ["w"]
        assert project.import_all()[0].kept == 3
        assert project.document("w").target_lang == "zh-TW"
        assert project.changed_files() == []


def test_units_without_a_counterpart_are_named(tmp_path: Path) -> None:
    source = (
        "The harbour is closed.\n\nA red boat sank.\n\nNobody was hurt.\n\nThe judge found 4107 letters.\n"
    )
    draft = "港口关闭了。\n\n没有人受伤。\n\n法官找到了4107封信。\n"
    with Project(made(tmp_path, w_en=source, w_zh=draft), author="ann") as project:
        lines = reports_to_lines(project.import_all())
        at = next(number for number, unit in enumerate(project.units("w"), 1) if not unit.target)
    assert any(line.endswith(f": 1 source sentence has no translation: unit {at}") for line in lines)
    assert doubts([]) == []
