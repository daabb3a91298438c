"""Bad input: one clear line, exit code 2 (or a right result), nothing lost and nothing half-written."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from called import run
from powerless import powerless
from terminal import Terminal
from test_cli_basics import EN, ZH, pair

from workbench.errors import StoreError
from workbench.model import State
from workbench.review.project import open_project
from workbench.store import open_store

SOURCE = "The hall was full of people.\n\nNobody left before the end.\n"
DRAFT = "大厅里坐满了人。\n\n没有人提前离开。\n"


def project(folder: Path, en: str | bytes = SOURCE, zh: str | bytes = DRAFT) -> Path:
    (folder / "segments").mkdir(parents=True)
    for lang, text in (("en", en), ("zh", zh)):
        data = text if isinstance(text, bytes) else text.encode()
        (folder / "segments" / f"talk.{lang}.txt").write_bytes(data)
    return folder


def line_of(done: subprocess.CompletedProcess[bytes]) -> str:
    """The single line on stderr of a command that failed with exit code 2 and printed nothing."""
    text = done.stderr.decode()
    assert done.returncode == 2, text
    assert done.stdout == b""
    assert text.count("\n") == 1, text
    return text.rstrip("\n").removeprefix("workbench: ")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("segment", "no.txt", "--lang", "en"), "no.txt: no such file"),
        (("segment", "folder", "--lang", "en"), "folder: is a directory, not a file"),
        (("segment", "empty.txt", "--lang", "en"), "empty.txt: empty file"),
        (("segment", "blank.txt", "--lang", "en"), "blank.txt: empty file: there is no text in it"),
        (("segment", "picture.txt", "--lang", "en"), "picture.txt: binary file"),
        (("segment", "nul.txt", "--lang", "en"), "nul.txt:2: "),
        (("align", "talk.en.txt", "no.txt"), "no.txt: no such file"),
        (("align", "talk.en.txt", "empty.txt"), "empty.txt: empty file"),
        (("check", "no.tmx"), "no.tmx: no such file"),
        (("check", "empty.csv"), "empty.csv: empty file"),
        (("check", "broken.tmx"), "broken.tmx:3: "),
        (("check", "broken.jsonl"), "broken.jsonl:2: "),
        (("check", "units.jsonl", "--glossary", "bad.yaml"), "bad.yaml:2: "),
        (("check", "talk.en.txt"), "talk.en.txt has one language only"),
        (("score", "talk.en.txt", "--ref", "three.txt"), "talk.en.txt has 1 segments, three.txt has 3"),
        (("convert", "units.jsonl", "out.docx"), "out.docx: no format has this extension"),
        (("convert", "units.jsonl", "/proc/out.tmx"), "/proc/out.tmx: "),
        (("convert", "units.jsonl", "nowhere/out.tmx"), "nowhere/out.tmx: "),
        (("import", "no.csv"), "not a project"),
        (("review", "no-such-folder"), "no-such-folder: no such project folder"),
        (("stats", "units.jsonl"), "units.jsonl: is a file, not a project folder"),
        (("export", "."), ".: not a project"),
    ],
)
def test_one_line_names_file_line_and_reason(tmp_path: Path, arguments: tuple[str, ...], line: str) -> None:
    pair(tmp_path)
    (tmp_path / "folder").mkdir()
    files = {
        "empty.txt": b"",
        "empty.csv": b"",
        "blank.txt": b" \n\n\t\n",
        "picture.txt": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\xff\xfe\x07",
        "nul.txt": b"Fine.\nNot \x00 fine.\n",
        "three.txt": b"a\nb\nc\n",
        "broken.tmx": b'<?xml version="1.0"?>\n<tmx version="1.4"><header>\n',
        "broken.jsonl": b'{"source": "a", "target": "b"}\n{"source": \n',
        "units.jsonl": b'{"source": "It rained.", "target": "\xe4\xb8\x8b\xe9\x9b\xa8\xe4\xba\x86\xe3\x80\x82"}\n',
        "bad.yaml": b"Tech for Good: [\n: }\n",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    before = sorted(path.name for path in tmp_path.iterdir())
    assert line in line_of(run(*arguments, folder=tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir()) == before


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "gb18030"])
def test_other_encodings_are_read_right_and_said(tmp_path: Path, encoding: str) -> None:
    zh = "大厅里坐满了人，没有一个人在演讲结束之前离开会场。主持人感谢了所有的听众和工作人员。\n" * 4
    (tmp_path / "talk.zh.txt").write_bytes(zh.encode(encoding))
    done = run("segment", "talk.zh.txt", "--lang", "zh", folder=tmp_path)
    assert done.returncode == 0
    assert done.stdout.decode().split("\n")[1] == "主持人感谢了所有的听众和工作人员。"
    said = done.stderr.decode()
    assert said == "" if encoding == "utf-8-sig" else "talk.zh.txt: read as" in said


def test_a_broken_glossary_stops_the_review_with_its_line(tmp_path: Path) -> None:
    project(tmp_path / "p")
    (tmp_path / "p" / "glossary.yaml").write_text("hall: 大厅\nhall: 会堂\n", encoding="utf-8")
    done = run("review", "p", "--script", "-", folder=tmp_path, stdin="confirm\n")
    assert done.returncode == 2
    assert "glossary.yaml:2: " in done.stderr.decode()


def test_a_draft_ten_times_too_long_is_aligned_and_warned_of(tmp_path: Path) -> None:
    project(tmp_path / "p", zh=DRAFT * 30)
    done = run("import", "--project", "p", folder=tmp_path)
    assert done.returncode == 0
    assert "times longer than a translation would be" in done.stderr.decode()


def test_something_in_the_place_of_the_store_is_said(tmp_path: Path) -> None:
    project(tmp_path / "p")
    (tmp_path / "p" / ".workbench").write_text("in the way", encoding="utf-8")
    assert ".workbench" in line_of(run("import", "--project", "p", folder=tmp_path))


def test_a_store_that_is_no_database_is_said_and_left_alone(tmp_path: Path) -> None:
    folder = project(tmp_path / "p")
    (folder / ".workbench").mkdir()
    store = folder / ".workbench" / "review.db"
    store.write_bytes(b"this is no database, but somebody's file" * 100)
    assert "review.db" in line_of(run("stats", "p", folder=tmp_path))
    assert store.read_bytes() == b"this is no database, but somebody's file" * 100


def test_a_locked_store_is_said_and_nothing_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(open_store.__kwdefaults__, "timeout_seconds", 0.1)
    folder = project(tmp_path / "p")
    assert run("review", "p", "--script", "-", folder=tmp_path, stdin="goto 1\nconfirm\n").returncode == 0
    with sqlite3.connect(folder / ".workbench" / "review.db", isolation_level=None) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        done = run("review", "p", "--script", "-", folder=tmp_path, stdin="goto 2\nconfirm\n")
        connection.execute("ROLLBACK")
    assert done.returncode == 2
    assert "review.db" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    with open_project(folder) as opened:
        assert [unit.state for unit in opened.units()] == [State.REVIEWED, State.INITIAL]


def test_the_screen_without_a_terminal(tmp_path: Path) -> None:
    project(tmp_path / "p")
    expected = "the review screen needs a terminal; --script FILE reviews without one"
    assert line_of(run("review", "p", folder=tmp_path)) == expected


def test_a_bad_script_line_is_named_and_what_came_before_stays(tmp_path: Path) -> None:
    folder = project(tmp_path / "p")
    (tmp_path / "s.txt").write_text("goto 1\nconfirm\nconfrim\n", encoding="utf-8")
    done = run("review", "p", "--script", "s.txt", folder=tmp_path)
    assert done.returncode == 2
    assert "s.txt:3: " in done.stderr.decode()
    with open_project(folder) as opened:
        assert [unit.state for unit in opened.units()] == [State.REVIEWED, State.INITIAL]


HOSTILE_EN = "Press \x1b[31mred\x1b]0;owned\x07 now.\n\nA [bold]word[/bold] and \u202etxet\u202c here.\n"
HOSTILE_ZH = "现在按\x1b[31m红色\x1b]0;owned\x07。\n\n一个[bold]词[/bold]和\u202etxet\u202c在这里。\n"


def test_hostile_text_is_shown_as_symbols_and_never_steers_the_terminal(tmp_path: Path) -> None:
    folder = project(tmp_path / "p", en=HOSTILE_EN, zh=HOSTILE_ZH)
    with Terminal(
        [sys.executable, "-m", "workbench", "review"], folder=folder, columns=120, lines=40
    ) as terminal:
        terminal.wait_for("[bold]")
        text = terminal.wait_for("␛[31m")
        assert "⟨U+202E⟩" in text
        terminal.send("\x11")
        assert terminal.exit_code() == 0
    assert b"\x1b]0;owned" not in terminal.raw
    assert "\u202e".encode() not in terminal.raw
    with open_project(folder) as opened:
        assert opened.units()[0].source == "Press \x1b[31mred\x1b]0;owned\x07 now."


def test_hostile_text_in_a_message_of_the_command_line(tmp_path: Path) -> None:
    name = "a\x1b[31mb.txt"
    done = run("segment", name, "--lang", "en", folder=tmp_path)
    assert line_of(done) == "a␛[31mb.txt: no such file"


def test_ctrl_c_ends_the_screen_with_130_and_keeps_what_was_typed(tmp_path: Path) -> None:
    folder = project(tmp_path / "p")
    with Terminal([sys.executable, "-m", "workbench", "review"], folder=folder) as terminal:
        terminal.wait_for("大厅里坐满了人。")
        terminal.send("\x03")
        assert terminal.exit_code() == 130


def test_ctrl_c_ends_a_batch_command_with_130(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    command = [sys.executable, "-m", "workbench", "segment", "fifo", "--lang", "en"]
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    # Opening returns once the command has opened it too, and waits for text.
    writer = os.open(tmp_path / "fifo", os.O_WRONLY)
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    os.close(writer)
    assert (process.returncode, out, err.strip()) == (130, b"", b"")


def test_an_output_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    pair(tmp_path, EN, ZH)
    (tmp_path / "out.tmx").mkdir()
    done = run("align", "talk.en.txt", "talk.zh.txt", "--to", "tmx", "-o", "out.tmx", folder=tmp_path)
    assert "out.tmx: " in line_of(done)
    assert list((tmp_path / "out.tmx").iterdir()) == []
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".part")]


@powerless
def test_a_read_only_project_can_be_checked_but_not_reviewed(tmp_path: Path) -> None:
    folder = project(tmp_path / "p")
    folder.chmod(0o555)
    with pytest.raises(StoreError, match=r"review\.db|\.workbench"), open_project(folder) as opened:
        opened.review()
    with open_project(folder, keep=False) as opened:
        opened.import_new()
        assert len(opened.units()) == 2
    assert sorted(path.name for path in folder.iterdir()) == ["segments"]


def test_a_project_is_looked_at_without_being_written(tmp_path: Path) -> None:
    folder = project(tmp_path / "p")
    assert run("review", "p", "--script", "-", folder=tmp_path, stdin="goto 1\nconfirm\n").returncode == 0
    before = (folder / ".workbench" / "review.db").read_bytes()
    (folder / "segments" / "late.en.txt").write_text("It rained.\n", encoding="utf-8")
    done = run("stats", "p", "--to", "json", folder=tmp_path)
    assert '"document": "late"' in done.stdout.decode()
    assert '"reviewed": 1' in done.stdout.decode()
    assert run("check", "p", folder=tmp_path).returncode == 0
    assert (folder / ".workbench" / "review.db").read_bytes() == before
    assert b"late: imported" in run("import", "--project", "p", folder=tmp_path).stderr


@powerless
def test_a_read_only_project_with_a_store_can_be_exported(tmp_path: Path) -> None:
    folder = project(tmp_path / "p")
    with open_project(folder) as opened:
        opened.review().confirm()
    (folder / ".workbench").chmod(0o555)
    with open_project(folder, keep=False) as opened:
        assert [unit.state for unit in opened.units()] == [State.REVIEWED, State.INITIAL]


def test_one_bad_file_does_not_keep_from_the_others(tmp_path: Path) -> None:
    folder = project(tmp_path / "p")
    (folder / "segments" / "bad.en.txt").write_bytes(b"")
    (folder / "segments" / "stray.zh.txt").write_text("多余。", encoding="utf-8")
    done = run("review", "p", "--script", "-", folder=tmp_path, stdin="confirm\n")
    assert done.returncode == 0
    said = done.stderr.decode()
    assert "bad.en.txt: empty file" in said
    assert "stray.zh.txt: a draft without its source" in said
    assert run("import", "--project", "p", folder=tmp_path).returncode == 2


@pytest.mark.parametrize("arguments", [("stats", "p"), ("--help",), ("export", "p", "--state", "all")])
def test_a_full_disk_is_one_line(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    project(tmp_path / "p")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "workbench", *arguments], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE
        )
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[-1] == "workbench: <stdout>: No space left on device"


def test_closed_streams_are_no_fault(tmp_path: Path) -> None:
    project(tmp_path / "p")
    for line in ("stats p >&-", "--version >&-", "segment - --lang en <&-", "stats p 2>&-"):
        command = f"{sys.executable} -m workbench {line}"
        done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, timeout=120)
        assert done.returncode in (0, 2), line


def test_gates_that_cannot_fail_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("一\n", encoding="utf-8")
    done = run("score", "a.txt", "--ref", "a.txt", "--min", "bleu=nan", folder=tmp_path)
    assert line_of(done) == "--min bleu=nan: write METRIC=VALUE, such as bleu=35"
    (tmp_path / "cr.txt").write_bytes("一\r二\r".encode())
    done = run("score", "cr.txt", "--ref", "a.txt", folder=tmp_path)
    assert line_of(done) == "cr.txt:1: a lone carriage return: end each line with a newline"


def test_settings_that_cannot_be_meant_are_refused(tmp_path: Path) -> None:
    folder = project(tmp_path / "p")
    for text, line in [
        ('glossary = "glosary.yaml"\n', "workbench.toml:1: there is no glossary 'glosary.yaml'"),
        ('target_lang = "en-GB"\n', "workbench.toml:1: both languages are 'en'"),
        ('store = "a\\u0000b"\n', "workbench.toml:1: store holds a NUL character"),
    ]:
        (folder / "workbench.toml").write_text(text, encoding="utf-8")
        assert line_of(run("stats", "p", folder=tmp_path)).endswith(line)


def test_no_chinese_numeral_is_offered_to_an_english_target(tmp_path: Path) -> None:
    unit = '{"id": "1", "source": "花了52亿美元。", "target": "It cost 520 million dollars."}\n'
    options = ("--source-lang", "zh", "--target-lang", "en", "--checks", "number", "--to", "jsonl")
    done = run("check", "-", *options, folder=tmp_path, stdin=unit)
    assert '"check": "number"' in done.stdout.decode()
    assert '"fix": null' in done.stdout.decode()
