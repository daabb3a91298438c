"""The command line's own manners: help, version, completion, exit codes, pipes, what it imports."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import called
import click
import pytest

import workbench
from workbench.cli.app import COMMANDS

EN = "The hall was full. Nobody left.\n"
ZH = "大厅满了。没有人离开。\n"


def run(
    *arguments: str, folder: Path, stdin: str | bytes = b"", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    data = stdin.encode() if isinstance(stdin, str) else stdin
    return subprocess.run(
        [sys.executable, "-m", "workbench", *arguments],
        cwd=folder,
        input=data,
        capture_output=True,
        env={**os.environ, **(env or {})},
        timeout=120,
    )


def pair(folder: Path, en: str = EN, zh: str = ZH) -> None:
    (folder / "talk.en.txt").write_text(en, encoding="utf-8")
    (folder / "talk.zh.txt").write_text(zh, encoding="utf-8")


def test_version_is_the_packages(tmp_path: Path) -> None:
    assert run("--version", folder=tmp_path).stdout == f"workbench {workbench.__version__}\n".encode()


def test_help_lists_every_command_with_the_first_line_of_its_own_help(tmp_path: Path) -> None:
    text = run("--help", folder=tmp_path).stdout.decode()
    for name, title in COMMANDS:
        assert re.search(rf"^  {name} +{re.escape(title)}$", text, re.MULTILINE), name
        module = import_module(f"workbench.cli.{'import_' if name == 'import' else name}")
        assert isinstance(module.command, click.Command)
        assert module.command.name == name


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script_and_its_answer(tmp_path: Path, shell: str) -> None:
    done = run("completion", shell, folder=tmp_path)
    assert b"_WORKBENCH_COMPLETE" in done.stdout
    answer = run(
        folder=tmp_path,
        env={"_WORKBENCH_COMPLETE": "bash_complete", "COMP_WORDS": "workbench exp", "COMP_CWORD": "1"},
    )
    assert answer.stdout == b"plain,export\n"


IMPORTED = (
    "import sys, runpy\nsys.argv = {argv!r}\ntry:\n    runpy.run_module('workbench', run_name='__main__')\n"
)
IMPORTED += (
    "except SystemExit:\n    pass\nfinally:\n    sys.stderr.write('\\n' + '|'.join(sorted(sys.modules)))\n"
)


def modules_of(folder: Path, *arguments: str) -> set[str]:
    code = IMPORTED.format(argv=["workbench", *arguments])
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, timeout=120)
    return {name.split(".")[0] for name in done.stderr.decode().split("\n")[-1].split("|")}


@pytest.mark.parametrize(
    "arguments", [("--help",), ("--version",), ("review", "--help"), ("export", "--help")]
)
def test_help_imports_nothing_heavy(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert not modules_of(tmp_path, *arguments) & {
        "textual",
        "rich",
        "sqlalchemy",
        "numpy",
        "lxml",
        "sacrebleu",
    }


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "units.jsonl"),
        ("score", "units.jsonl"),
        ("align", "talk.en.txt", "talk.zh.txt"),
        ("segment", "talk.en.txt", "--lang", "en"),
    ],
)
def test_batch_commands_never_import_the_screen(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    pair(tmp_path)
    (tmp_path / "units.jsonl").write_text(
        '{"source": "It rained.", "draft": "下雨。", "target": "下雨了。", "state": "reviewed"}\n',
        encoding="utf-8",
    )
    loaded = modules_of(tmp_path, *arguments)
    assert "workbench" in loaded
    assert not loaded & {"textual", "sqlalchemy"}


def test_segment_as_text_and_as_jsonl(tmp_path: Path) -> None:
    text = "Dr. Wei spoke at 3 p.m. on Monday. Nobody left.\n\nThe end\n"
    done = run("segment", "-", "--lang", "en", folder=tmp_path, stdin=text)
    assert done.stdout.decode() == "Dr. Wei spoke at 3 p.m. on Monday.\nNobody left.\nThe end\n"
    done = run(
        "segment", "-", "--lang", "zh", "--to", "jsonl", folder=tmp_path, stdin="他说：“好。”走了。\n\n完"
    )
    assert done.stdout.decode() == (
        '{"text": "他说：“好。”走了。", "start": 0, "end": 9, "paragraph": 0}\n'
        '{"text": "完", "start": 11, "end": 12, "paragraph": 1}\n'
    ) or done.stdout.decode() == (
        '{"text": "他说：“好。”", "start": 0, "end": 7, "paragraph": 0}\n'
        '{"text": "走了。", "start": 7, "end": 10, "paragraph": 0}\n'
        '{"text": "完", "start": 12, "end": 13, "paragraph": 1}\n'
    )


def test_align_to_beads(tmp_path: Path) -> None:
    pair(tmp_path)
    done = called.run("align", "talk.en.txt", "talk.zh.txt", folder=tmp_path)
    assert re.fullmatch(r"\[0\]:\[0\]:(0\.\d+|1\.0+)\n\[1\]:\[1\]:(0\.\d+|1\.0+)\n", done.stdout.decode())
    assert done.returncode == 0


def test_align_lines_that_are_segmented_already(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The hall was full of people.\nNobody left.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("大厅里坐满了人。\n没有人离开。\n", encoding="utf-8")
    done = called.run("align", "a.txt", "b.txt", "--one-per-line", "--to", "jsonl", folder=tmp_path)
    assert b'"source": "Nobody left."' in done.stdout
    assert "没有人离开。" in done.stdout.decode()


def test_check_reads_values_and_sets_the_exit_code(tmp_path: Path) -> None:
    unit = '{"id": "u1", "source": "They gave 5.2 billion yuan.", "target": "他们捐了5.2亿元。"}\n'
    done = called.run("check", "-", "--to", "jsonl", folder=tmp_path, stdin=unit)
    assert done.returncode == 0
    assert b'"id": "u1", "check": "number"' in done.stdout
    assert called.run("check", "-", "--fail-on", "major", folder=tmp_path, stdin=unit).returncode == 1
    right = unit.replace("5.2亿", "52亿")
    done = called.run("check", "-", "--fail-on", "minor", folder=tmp_path, stdin=right)
    assert (done.returncode, done.stdout) == (0, b"")


def test_score_prints_sacrebleus_number_and_signature(tmp_path: Path) -> None:
    (tmp_path / "hyp.txt").write_text("大厅满了。\n没有人走。\n", encoding="utf-8")
    (tmp_path / "ref.txt").write_text("大厅满了。\n没有人离开。\n", encoding="utf-8")
    done = called.run(
        "score", "hyp.txt", "--ref", "ref.txt", "--metric", "chrf", "--to", "json", folder=tmp_path
    )
    import json

    from sacrebleu.metrics import CHRF

    (record,) = json.loads(done.stdout)
    metric = CHRF()
    expected = metric.corpus_score(["大厅满了。", "没有人走。"], [["大厅满了。", "没有人离开。"]])
    assert record["score"] == pytest.approx(expected.score, abs=1e-9)
    assert record["signature"] == str(metric.get_signature())
    assert (record["system"], record["metric"], record["n"]) == ("hyp.txt", "chrf", 2)
    assert (
        called.run("score", "hyp.txt", "--ref", "ref.txt", "--min", "chrf=99", folder=tmp_path).returncode
        == 1
    )
    assert (
        called.run("score", "hyp.txt", "--ref", "ref.txt", "--min", "chrf=9", folder=tmp_path).returncode == 0
    )


def test_convert_keeps_every_unit(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"id": "1", "source": "It rained.", "target": "下雨了。", "state": "reviewed"}\n', encoding="utf-8"
    )
    done = called.run("convert", "a.jsonl", "a.tmx", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"1 units read, 1 written\n")
    assert called.run("convert", "a.tmx", "b.jsonl", folder=tmp_path).returncode == 0
    assert '"target": "下雨了。"' in (tmp_path / "b.jsonl").read_text(encoding="utf-8")


def test_a_closed_pipe_is_quiet(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("One more line.\n" * 50_000, encoding="utf-8")
    command = f"{sys.executable} -m workbench segment long.txt --lang en | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, timeout=120)
    assert done.stdout == b"One more line.\n0\n"
    assert done.stderr == b""


def test_wrong_usage_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    for arguments, line in [
        (("chekc",), "workbench: No such command 'chekc'. (workbench --help)\n"),
        (("segment",), "workbench: Missing argument 'FILE'. (workbench segment --help)\n"),
        (("segment", "x.txt", "--lang", "e"), "workbench: not a language tag: 'e'\n"),
        (
            ("score", "a.txt", "--ref", "b.txt", "--min", "bleu"),
            "workbench: --min bleu: write METRIC=VALUE, such as bleu=35\n",
        ),
        (("check", "--checks", "nmber", "-"), None),
        (("review",), None),
    ]:
        done = called.run(*arguments, folder=tmp_path, stdin=b'{"source": "a", "target": "b"}\n')
        assert done.returncode == 2, arguments
        assert done.stdout == b""
        text = done.stderr.decode()
        assert text.startswith("workbench: ")
        assert text.count("\n") == 1, text
        if line is not None:
            assert text == line


def test_a_fault_of_our_own_is_one_line_that_names_the_log(tmp_path: Path) -> None:
    code = (
        "import workbench.cli, workbench.segmenter\n"
        "def broken(*a, **k): raise RuntimeError('boom')\n"
        "workbench.segmenter.segment = broken\n"
        "raise SystemExit(workbench.cli.main(['segment', '-', '--lang', 'en']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=b"Hello.",
        capture_output=True,
        env={**os.environ, "HOME": str(tmp_path)},
    )
    assert done.returncode == 70
    match = re.fullmatch(
        r"workbench: a fault of the workbench itself \(RuntimeError\); the details are in (.+)\n",
        done.stderr.decode(),
    )
    assert match is not None
    assert "boom" in Path(match[1]).read_text(encoding="utf-8")
