"""XLIFF through the commands: check, fix in place, score, convert, align, import and export."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.cli import main

OLD = """<?xml version="1.0" encoding="utf-8"?>
<!-- kept -->
<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2" xmlns:q="urn:q" q:mine="1">
<file original="talk.docx" source-language="en" target-language="zh-CN" datatype="x"><header><q:any/></header><body>
<trans-unit id="1"><source>It fell by <x id="6"/>.</source><target state="new">下跌了<x id="6"/>.</target>
<alt-trans origin="argos"><target>跌了<x id="6"/>。</target></alt-trans></trans-unit>
<trans-unit id="2"><source>Open <g id="1">it</g>.</source><target>打开它。</target></trans-unit>
</body></file></xliff>
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "talk.sdlxliff"
    path.write_text(OLD, encoding="utf-8")
    return path


def run(*words: object) -> int:
    return main([str(word) for word in words])


def test_codes_that_the_target_lost_are_found(file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run("check", file, "--checks", "tag,placeholder") == 0
    assert "the tag <g1> of the source is not in the target" in capfd.readouterr().out


def test_a_fix_changes_nothing_else(file: Path) -> None:
    assert run("fix", file) == 0
    assert file.read_text(encoding="utf-8") == OLD.replace(
        '了<x id="6"/>.</target>', '了<x id="6"/>。</target>'
    )


def test_drafts_are_scored_against_targets(file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run("score", file, "--to", "csv") == 0
    assert ",edit," in capfd.readouterr().out
    assert run("score", file, "--ref", file, "--metric", "edit", "--to", "csv") == 0
    assert "talk.sdlxliff,edit,0" in capfd.readouterr().out


def test_convert_keeps_the_file_unless_a_version_is_named(file: Path) -> None:
    out = file.with_name("out.xlf")
    assert run("convert", file, out) == 0
    assert out.read_text(encoding="utf-8") == OLD
    assert run("convert", file, out, "--to", "xliff") == 0
    assert 'version="2.1"' in out.read_text(encoding="utf-8")
    assert run("convert", file, out, "--to", "xliff12") == 0
    assert '<trans-unit id="1" approved="no">' in out.read_text(encoding="utf-8")


def test_align_writes_it(tmp_path: Path) -> None:
    (tmp_path / "a.en.txt").write_text("One day.\n")
    (tmp_path / "a.zh.txt").write_text("有一天。\n", encoding="utf-8")
    for name, mark in (("a.xlf", 'version="2.1"'), ("a12.xlf", 'version="1.2"')):
        words = ("--to", "xliff12") if "12" in name else ()
        assert run("align", tmp_path / "a.en.txt", tmp_path / "a.zh.txt", "-o", tmp_path / name, *words) == 0
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert mark in text
        assert ">有一天。</target>" in text


def test_a_document_of_a_project_goes_out_and_its_corrections_come_back(
    file: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    project = tmp_path / "p"
    (project / "segments").mkdir(parents=True)
    (project / "workbench.toml").write_text("")
    file.rename(project / "segments" / "talk.sdlxliff")
    out = tmp_path / "out.xlf"
    assert run("import", "--project", project) == 0
    assert run("export", project, "--state", "all", "-o", out) == 0
    text = out.read_text(encoding="utf-8")
    assert '<unit id="1">' in text
    out.write_text(
        text.replace(">打开它。<", ">打开。<").replace('state="initial"', 'state="reviewed"'),
        encoding="utf-8",
    )
    assert run("import", out, "--project", project) == 0
    capfd.readouterr()
    assert run("export", project, "--to", "xliff") == 0
    back = capfd.readouterr().out
    assert '<target>下跌了<ph id="c1" disp="{6}"/>.</target>' in back
    assert "<target>打开。</target>" in back
    assert back.count('state="reviewed"') == 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            OLD.replace('version="1.2"', 'version="9"'),
            "not an XLIFF file that can be read: its version is '9'",
        ),
        (OLD.replace("</body>", ""), "not well-formed XML"),
    ],
)
def test_bad_files_have_one_line(
    file: Path, capfd: pytest.CaptureFixture[str], text: str, reason: str
) -> None:
    file.write_text(text, encoding="utf-8")
    for words in (
        ("check", file),
        ("score", file),
        ("fix", file),
        ("convert", file, file.with_name("o.csv")),
    ):
        assert run(*words) == 2
        said = capfd.readouterr().err
        assert said.count("\n") == 1
        assert f"{file}:" in said
        assert reason in said
    assert not file.with_name("o.csv").exists()
