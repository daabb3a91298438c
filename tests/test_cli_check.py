"""`workbench check`: waivers, baselines, profiles, several processors, and files that lie in a project."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from workbench.cli.check import command
from workbench.model import TranslationUnit
from workbench.pipeline.check import CHUNK, check
from workbench.review.project import open_project


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(
        command, list(arguments), input=stdin, catch_exceptions=False, standalone_mode=False
    )


def rows(done: Result) -> list[str]:
    """Unit, check and line of each finding."""
    found = [json.loads(line) for line in done.stdout.splitlines()]
    return [f"{one['id']} {one['check']} {one.get('line')}" for one in found]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "p"
    (folder / "segments").mkdir(parents=True)
    (folder / "workbench.toml").write_text('author = "wei"\ntarget_lang = "zh-TW"\n', encoding="utf-8")
    (folder / "segments" / "talk.en.txt").write_text(
        "It is good.\nThis page is new.\n\nA cat, and a dog.\n", encoding="utf-8"
    )
    target = folder / "segments" / "talk.zh.txt"
    target.write_text("它很 好。\n這一页是新的。\n\n一隻貓,和一條狗。\n", encoding="utf-8")
    return folder


def test_a_project_is_checked_with_lines_of_its_files(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.parent)
    done = run(str(project), "--to", "jsonl")
    assert rows(done) == ["talk:1 whitespace 1", "talk:2 script 2", "talk:3 punctuation 4"]
    assert not (project / ".workbench").exists()
    log = json.loads(run(str(project), "--to", "sarif").stdout)
    result = log["runs"][0]["results"][2]
    file = {"uri": f"{project.name}/segments/talk.zh.txt"}
    region = {"startLine": 4, "startColumn": 4, "endColumn": 5}
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": file,
        "region": region | {"snippet": {"text": "一隻貓,和一條狗。"}},
    }
    replacement = {"deletedRegion": region, "insertedContent": {"text": "，"}}
    assert result["fixes"] == [
        {"artifactChanges": [{"artifactLocation": file, "replacements": [replacement]}]}
    ]


def test_waived_findings_are_counted_and_unused_waivers_told(project: Path) -> None:
    with open_project(project) as opened:
        session = opened.review("talk")
        session.waive(1, "as printed")
        session.goto(2)
        session.waive(1, "a quotation")
    done = run(str(project), "--to", "jsonl")
    assert rows(done) == ["talk:3 punctuation 4"]
    assert done.stderr == "3 units, 1 finding (1 minor)\n2 more waived in review\n"
    with open_project(project) as opened:
        session = opened.review("talk")
        session.goto(1)
        session.edit("它很好。")
    told = run(str(project)).stderr
    assert told.splitlines()[1:] == [
        "1 more waived in review",
        "1 waiver is unused, the finding is gone (--unused-waivers list shows, drop removes them)",
    ]
    # A waiver of a check that did not run says nothing.
    assert "unused" not in run(str(project), "--checks", "script").stderr
    failed = run(str(project), "--unused-waivers", "fail")
    assert failed.return_value == 1
    assert "  talk:1: whitespace, waived by wei: as printed" in failed.stderr.splitlines()


def test_unused_waivers_are_dropped_as_one_step(project: Path) -> None:
    with open_project(project) as opened:
        session = opened.review("talk")
        session.waive(1)
        session.edit("它很好。")
    assert (
        "1 waiver is unused, the finding is gone: removed"
        in run(str(project), "--unused-waivers", "drop").stderr
    )
    assert "unused" not in run(str(project)).stderr
    with open_project(project) as opened:
        assert opened.store.waivers("talk") == []
        assert opened.review("talk").undo().startswith("drop unused waivers undone")
        assert len(opened.store.waivers("talk")) == 1


@pytest.mark.parametrize(
    ("fingerprint", "check"),
    [
        ("width-0123456789ab", "width"),
        ("width-0123456789ab-12", "width"),
        ("term-use-0123456789ab", "term-use"),
        ("odd", "odd"),
    ],
)
def test_a_fingerprint_says_its_check(fingerprint: str, check: str) -> None:
    from workbench.pipeline.findings import check_of

    assert check_of(fingerprint) == check


def test_a_baseline_leaves_only_what_is_new_to_fail_on(project: Path, tmp_path: Path) -> None:
    base = tmp_path / "base.jsonl"
    run(str(project), "--to", "jsonl", "-o", str(base))
    done = run(str(project), "--baseline", str(base), "--fail-on", "minor")
    assert (done.return_value, done.stdout) == (0, "")
    assert done.stderr == "3 units, no findings\n3 of 3 findings are in the baseline\n"
    base.write_text("".join(base.read_text(encoding="utf-8").splitlines(keepends=True)[1:]), encoding="utf-8")
    done = run(str(project), "--baseline", str(base), "--fail-on", "minor", "--to", "jsonl")
    assert (done.return_value, rows(done)) == (1, ["talk:1 whitespace 1"])


def test_a_profile_is_named_on_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"source": "This page.", "target": "這一頁"}\n', encoding="utf-8")
    assert rows(run(str(path), "--to", "jsonl")) == ["1 script 1", "1 script 1", "1 punctuation 1"]
    assert rows(run(str(path), "--to", "jsonl", "--profile", "taiwan,ui")) == []


def test_a_file_in_a_project_is_checked_as_the_project_would(project: Path) -> None:
    path = project / "segments" / "more.jsonl"
    path.write_text('{"source": "This page.", "target": "這一頁。"}\n', encoding="utf-8")
    assert rows(run(str(path), "--to", "jsonl")) == []
    assert rows(run(str(path), "--to", "jsonl", "--target-lang", "zh-CN")) != []
    (project / "workbench.toml").write_text('[checks]\nselect = "+widht"\n', encoding="utf-8")
    with pytest.raises(Exception, match=r"workbench\.toml:2: no check named 'widht'"):
        run(str(path))


def test_settings_of_a_project_decide(project: Path) -> None:
    text = '[checks]\nprofile = "mainland"\nseverity = { whitespace = "critical" }\n'
    text += '[checks.documents."t*"]\nselect = "-punctuation"\n'
    (project / "workbench.toml").write_text(text, encoding="utf-8")
    found = [json.loads(line) for line in run(str(project), "--to", "jsonl").stdout.splitlines()]
    kinds = {(one["check"], one["severity"]) for one in found}
    assert ("whitespace", "critical") in kinds
    assert not any(check == "punctuation" for check, _severity in kinds)


def units(count: int) -> list[TranslationUnit]:
    texts = [("It cost 5.2 billion yuan.", "它花了5.2亿元."), ("WeChat, and more.", "威信,还有 更多。")]
    return [TranslationUnit(str(n), n, *texts[n % 2]) for n in range(count)]


def test_several_processes_find_the_same_in_the_same_order() -> None:
    from workbench.termbase import loads

    termbase = loads("WeChat: {zh: 微信, forbidden: 威信}\n")
    some = units(2 * CHUNK + 7)
    wanted = "terminology,punctuation,whitespace"
    alone = check(some, termbase, checks=wanted, profile="prose")
    assert check(some, termbase, checks=wanted, profile="prose", workers=2) == alone
    assert {issue.check for issue in alone} == set(wanted.split(","))


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_ends_every_process(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    line = '{"source": "It cost 5.2 billion yuan.", "target": "它花了5.2亿元."}\n'
    path.write_text(line * 60_000, encoding="utf-8")
    started = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "workbench",
            "check",
            str(path),
            "--workers",
            "2",
            "-o",
            str(tmp_path / "out"),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    time.sleep(4)
    os.killpg(started.pid, signal.SIGINT)
    out, err = started.communicate(timeout=20)
    assert (started.returncode, out) == (130, b"")
    assert b"Traceback" not in err
    assert not (tmp_path / "out").exists()
    with pytest.raises(ProcessLookupError):
        os.killpg(started.pid, 0)
