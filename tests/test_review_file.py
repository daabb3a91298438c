"""A file reviewed in its place: what is written, what stays, what others change meanwhile, what is refused."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from terminal import Terminal

from workbench.cli.review import command
from workbench.errors import CommandError, InputError, OutputError
from workbench.pipeline.file_review import check_writable, state_folder
from workbench.review.file_project import open_file

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><header creationtool="Elsewhere" '
    'creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="en" datatype="plaintext"/>\n'
)
TMX = (
    f"{HEAD}<body><!-- kept -->\n"
    '<tu tuid="a"  usagecount="3"><tuv xml:lang="en"><seg>Press <ph x="1">&lt;br&gt;</ph> now.</seg></tuv>\n'
    '  <tuv xml:lang="zh"><seg>现在按<ph x="1">&lt;br&gt;</ph>。</seg></tuv></tu>\n'
    '<tu><tuv xml:lang="en"><seg>Two.</seg></tuv><tuv xml:lang="zh"><seg/></tuv></tu>\n'
    "</body></tmx>\n"
)
CSV = (
    'id;source;target;state;mine\r\n1;One;一;initial;"x"\r\n2;Two;二;initial;"y"\r\n3;Three;三;initial;z\r\n'
)
JSONL = '{"source":"One","target":"一","n":1}\n{"source": "Two", "target": "二", "state": "initial"}\n'
XLIFF = (
    '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="en" '
    'target-language="zh" datatype="plaintext"><body>\n<trans-unit id="1"><source>One</source>'
    '<target state="needs-review-translation">一</target></trans-unit>\n</body></file></xliff>\n'
)


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def script(path: Path, *lines: str, options: tuple[str, ...] = ()) -> Result:
    """Run commands on the file; both streams stand in `output`."""
    return CliRunner().invoke(command, [str(path), "--script", "-", *options], input="\n".join(lines))


def write(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize(
    ("name", "before", "commands", "replacements"),
    [
        pytest.param(
            "a.tmx",
            TMX,
            ["goto 1", "confirm 请按<br>。", "goto 2", "edit 二 & <贰>。"],
            [
                (
                    '<tu tuid="a"  usagecount="3"><tuv',
                    '<tu tuid="a"  usagecount="3"><prop type="x-state">reviewed</prop><tuv',
                ),
                ("<seg>现在按<ph", "<seg>请按<ph"),
                ("<seg/>", "<seg>二 &amp; &lt;贰&gt;。</seg>"),
            ],
            id="tmx",
        ),
        pytest.param(
            "a.csv",
            CSV,
            ["goto 2", 'confirm 二; "贰"'],
            [('2;Two;二;initial;"y"', '2;Two;"二; ""贰""";reviewed;"y"')],
            id="csv",
        ),
        pytest.param(
            "a.jsonl",
            JSONL,
            ["goto 1", "confirm 壹", "goto 2", "edit 贰"],
            [
                (
                    '{"source":"One","target":"一","n":1}',
                    '{"source":"One","target":"壹","n":1,"state":"reviewed"}',
                ),
                ('"target": "二"', '"target": "贰"'),
            ],
            id="jsonl",
        ),
        pytest.param(
            "a.xlf",
            XLIFF,
            ["goto 1", "confirm 壹"],
            [
                (
                    '<trans-unit id="1"><source>One</source><target state="needs-review-translation">一',
                    '<trans-unit id="1" approved="yes"><source>One</source><target state="signed-off">壹',
                )
            ],
            id="xliff",
        ),
    ],
)
def test_nothing_but_targets_and_states_changes(
    tmp_path: Path, name: str, before: str, commands: list[str], replacements: list[tuple[str, str]]
) -> None:
    path = write(tmp_path / name, before)
    done = script(path, *commands)
    assert done.exit_code == 0, done.output
    expected = before
    for old, new in replacements:
        assert old in expected
        expected = expected.replace(old, new)
    assert path.read_bytes().decode() == expected
    assert (tmp_path / f"{name}.bak").read_bytes() == before.encode()
    assert sorted(one.name for one in tmp_path.iterdir()) == [name, f"{name}.bak", "state"]


def test_a_review_that_decides_nothing_writes_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tmx", TMX)
    stamp = path.stat().st_mtime_ns
    assert script(path, "next", "print source").exit_code == 0
    assert path.stat().st_mtime_ns == stamp
    assert not (tmp_path / "a.tmx.bak").exists()


def test_the_review_goes_on_where_it_ended_and_keeps_its_undo(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", CSV)
    script(path, "goto 2", "confirm 贰", "note ask Li")
    again = script(path, "goto 2", "print state", "print draft", "undo", "undo")
    assert again.output.splitlines() == [
        "unit 2 of 3, reviewed",
        "reviewed",
        "二",
        "note undone; unit 3 of 3, initial",
        "confirm undone; unit 2 of 3, initial",
        "1 unit written to a.csv",
    ]
    assert path.read_bytes() == CSV.encode()
    assert (tmp_path / "a.csv.bak").read_bytes() == CSV.encode()
    assert not (tmp_path / "a.csv.bak2").exists()


def test_states_that_a_table_has_no_place_for_are_kept_without_writing_it(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "source,target\nOne,一\nTwo,二\nThree,三\n")
    said = script(path, "goto 1", "confirm").output.splitlines()
    assert said == ["unit 1 of 3, initial", "unit 1 reviewed; unit 2 of 3, initial", "a: imported, 3 units"]
    assert not (tmp_path / "a.csv.bak").exists()
    assert script(path, "goto 1", "print state").output.splitlines() == ["unit 1 of 3, reviewed", "reviewed"]


@pytest.mark.parametrize("last", [1, 2, 3])
def test_writing_that_is_stopped_leaves_the_file_as_it_was(tmp_path: Path, last: int) -> None:
    path = write(tmp_path / "a.csv", CSV)
    project = open_file(path)
    project.review().edit("壹")
    steps: list[str] = []

    def hear(step: str) -> None:
        steps.append(step)
        if len(steps) == last:
            raise CommandError("stopped")

    project.on_step = hear
    with pytest.raises(CommandError, match="stopped"):
        project.write_back()
    assert steps == ["reading a.csv", "putting 1 unit into a.csv", "writing a.csv"][:last]
    assert (path.read_bytes(), sorted(one.name for one in tmp_path.glob("a.*"))) == (CSV.encode(), ["a.csv"])
    project.on_step = steps.append
    project.close()
    assert "壹" in path.read_text(encoding="utf-8")


def test_backups_are_numbered_and_never_written_over(tmp_path: Path) -> None:
    write(tmp_path / "a.csv.bak", "somebody's own")
    path = write(tmp_path / "a.csv", CSV)
    said = script(path, "goto 1", "confirm 壹").output.splitlines()[-1]
    assert said == "1 unit written to a.csv, the file as it was is a.csv.bak2"
    assert (tmp_path / "a.csv.bak").read_bytes() == b"somebody's own"
    assert (tmp_path / "a.csv.bak2").read_bytes() == CSV.encode()


def test_what_others_change_meanwhile_is_merged(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", CSV)
    with open_file(path, author="ann") as project:
        project.import_new()
        session = project.review()
        session.goto(1)
        session.confirm("壹")
        session.goto(2)
        session.confirm("贰")
        theirs = (
            CSV.replace(";二;", ";两;").replace(";三;", ";叁;").replace("3;Three", "0;Zero;零;;\r\n3;Three")
        )
        path.write_bytes(theirs.encode())
    assert project.refusal is None
    assert project.farewell == [
        "a.csv was changed by somebody else: 1 unit taken from it; 1 unit new; "
        "unit 2 changed here too: yours stays and is open again, theirs is a note",
        "2 units written to a.csv, the file as it was is a.csv.bak",
    ]
    assert (tmp_path / "a.csv.bak").read_bytes() == theirs.encode()
    assert path.read_bytes().decode() == (
        'id;source;target;state;mine\r\n1;One;壹;reviewed;"x"\r\n2;Two;贰;initial;"y"\r\n'
        "0;Zero;零;;\r\n3;Three;叁;initial;z\r\n"
    )
    with open_file(path, author="ann") as project:
        assert project.import_new() == []
        session = project.review()
        session.goto(2)
        assert session.unit.notes == ("a.csv says meanwhile: 两",)
        session.goto(4)
        assert session.unit.target == "叁"


def test_a_change_between_two_reviews_is_said_at_the_start(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", CSV)
    script(path, "goto 1", "confirm 壹")
    path.write_bytes(path.read_bytes().replace("三".encode(), "叁".encode()))
    said = script(path, "goto 3", "print target").output
    assert "warning: a.csv was changed by somebody else: 1 unit taken from it" in said
    assert "叁" in said


def test_a_unit_that_left_the_file_is_set_aside_and_comes_back_with_its_review(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", JSONL)
    script(path, "goto 1", "confirm 壹", "note mine")
    whole = path.read_bytes()
    path.write_bytes(whole.partition(b"\n")[2])
    assert "1 unit set aside" in script(path, "print source").output
    path.write_bytes(whole)
    assert "1 unit new" in script(path, "print source").output


def test_units_are_not_cut_and_sources_stay(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", CSV)
    for line in ("merge", "split 1 1", "source_to_next"):
        done = script(path, "goto 1", line)
        assert done.exit_code != 0
    assert "a.csv is reviewed in its place" in str(script(path, "goto 1", "merge").exception)
    assert path.read_bytes() == CSV.encode()


def test_settings_and_glossary_beside_the_file_are_used(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "source,target\nThe interpreter speaks.,译员在说话。\n")
    write(tmp_path / "glossary.yaml", "interpreter: 口译员\n")
    write(tmp_path / "workbench.toml", 'author = "li"\n[checks]\nselect = "+terminology"\n')
    assert script(path, "expect issues 1").exit_code == 0
    script(path, "confirm 口译员在说话。")
    with sqlite3.connect(state_folder(path) / "review.db") as db:
        assert db.execute("select author from post_edit").fetchall() == [("li",)]
    assert not (tmp_path / ".workbench").exists()


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("no.tmx", None, "no such file"),
        ("a.txt", "x", "not a bilingual file (TMX, CSV, TSV, JSONL, XLIFF)"),
        ("a.csv", "source,target\n", "empty file: there is no unit below the header"),
    ],
)
def test_what_cannot_be_reviewed_is_said_before_work_begins(
    tmp_path: Path, name: str, text: str | None, reason: str
) -> None:
    if text is not None:
        write(tmp_path / name, text)
    done = script(tmp_path / name, "confirm x")
    assert isinstance(done.exception, InputError)
    assert reason in str(done.exception)


def test_a_read_only_file_is_refused_before_work_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "a.csv", CSV)
    real = os.access
    for locked, reason in (
        (path, f"{path}: is write-protected: a review could not be written back into it"),
        (tmp_path, f"{path}: {tmp_path} is write-protected: a review could not be written back"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(os, "access", lambda name, mode, no=locked: name != no and real(name, mode))
            with pytest.raises(InputError) as refused:
                check_writable(path)
            assert str(refused.value) == reason


def test_a_file_that_cannot_be_written_at_the_end_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "a.csv", CSV)

    def full(_path: Path, _pieces: object) -> None:
        raise OutputError("cannot be written: No space left on device", file=str(path))

    with monkeypatch.context() as patch:
        patch.setattr("workbench.pipeline.file_review.save", full)
        done = script(path, "goto 1", "confirm 壹")
        assert isinstance(done.exception, OutputError)
    assert path.read_bytes() == CSV.encode()
    said = script(path, "goto 1", "print target").output.splitlines()
    assert "warning: 1 unit reviewed earlier is not in the file yet" in said
    assert "1 unit written to a.csv, the file as it was is a.csv.bak" in said
    assert "1;One;壹;reviewed".encode() in path.read_bytes()


def test_what_cannot_be_patched_is_written_anew_and_said(tmp_path: Path) -> None:
    unit = '<tu><tuv xml:lang="en"><seg>One.</seg></tuv><tuv xml:lang="zh"><seg>一。</seg></tuv></tu>'
    path = write(tmp_path / "a.tmx", f"{HEAD}<body><!-- {unit} -->{unit}</body></tmx>")
    before = path.read_bytes()
    said = script(path, "confirm 壹。").output
    assert (
        "its targets cannot be told apart in its text: it will be written anew, the old file is kept" in said
    )
    assert "1 unit written to a.tmx (written anew), the file as it was is a.tmx.bak" in said
    assert "<seg>壹。</seg>" in path.read_text(encoding="utf-8")
    assert (tmp_path / "a.tmx.bak").read_bytes() == before


def test_a_document_of_a_project_is_reviewed_there(tmp_path: Path) -> None:
    (tmp_path / "segments").mkdir()
    write(tmp_path / "workbench.toml", "")
    path = write(tmp_path / "segments" / "talk.csv", CSV)
    done = script(path, "next")
    assert str(done.exception) == (
        f"{path} is a document of the project {tmp_path}: workbench review {tmp_path} --document talk"
    )


def test_work_survives_kill_9(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", CSV)
    code = (
        "import sys, time\nfrom workbench.review.file_project import open_file\n"
        "project = open_file(sys.argv[1])\nsession = project.review()\nsession.goto(1)\nsession.confirm('壹')\n"
        "print('ready', flush=True)\ntime.sleep(60)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    process.stdout.close()
    time.sleep(0.05)
    assert path.read_bytes() == CSV.encode()
    said = script(path, "goto 1", "print target").output
    assert "1 unit reviewed earlier is not in the file yet" in said
    assert "1;One;壹;reviewed".encode() in path.read_bytes()


def test_on_the_screen_ctrl_s_and_leaving_write_the_file(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", CSV)
    command_line = [sys.executable, "-m", "workbench", "review", "a.csv"]
    with Terminal(command_line, folder=tmp_path) as terminal:
        terminal.wait_for("Source 1")
        terminal.send("\r")
        terminal.wait_for("Esc to list")
        terminal.send("\x1b[F好\x13")
        terminal.wait_for("1 unit written to a.csv, the file as it was is a.csv.bak")
        assert "1;One;一好;initial".encode() in path.read_bytes()
        terminal.send("\x1b[F吗\x1bOQ")
        terminal.wait_for("unit 1 reviewed")
        terminal.signal(signal.SIGTERM)
        assert terminal.exit_code() == 143
    assert "1;One;一好吗;reviewed".encode() in path.read_bytes()
    assert (tmp_path / "a.csv.bak").read_bytes() == CSV.encode()


XLIFF2 = (
    '<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en" trgLang="zh"><file id="f">\n'
    '<unit id="1"><segment><source>One</source><target>一</target></segment></unit>\n'
    '<unit id="2"><segment><source>Two</source><target>二</target></segment></unit>\n</file></xliff>\n'
)


@pytest.mark.parametrize(
    ("name", "before", "translated", "reviewed"),
    [
        ("a.tmx", TMX, '<prop type="x-state">translated</prop>', '<prop type="x-state">reviewed</prop>'),
        ("a.csv", CSV, '1;One;壹;translated;"x"', '1;One;壹;reviewed;"x"'),
        (
            "a.jsonl",
            JSONL,
            '"target":"壹","n":1,"state":"translated"',
            '"target":"壹","n":1,"state":"reviewed"',
        ),
        ("a.xlf", XLIFF, '<target state="translated">壹', '<target state="signed-off">壹'),
        ("b.xlf", XLIFF2, '<segment state="translated">', '<segment state="reviewed">'),
    ],
)
def test_two_passes_in_one_file(
    tmp_path: Path, name: str, before: str, translated: str, reviewed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / name, before)
    text = "壹<br>" if name == "a.tmx" else "壹"
    done = script(path, f"confirm {text}", options=("--role", "translator", "--author", "tina"))
    assert (done.exit_code, "unit 1 translated" in done.output) == (0, True)
    assert translated in path.read_text(encoding="utf-8")
    # The reviewer sits elsewhere and knows no more than the file.
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "elsewhere"))
    done = script(path, "goto 1", "confirm", options=("--role", "reviewer", "--author", "rob"))
    said = "no open unit is left" if name == "a.xlf" else "nothing translated left"
    assert (done.exit_code, f"unit 1 reviewed; {said}" in done.output) == (0, True)
    assert reviewed in path.read_text(encoding="utf-8")


def test_a_role_is_refused_where_the_file_has_no_place_for_states(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "source,target\nOne,一\n")
    done = script(path, "confirm", options=("--role", "translator"))
    assert isinstance(done.exception, InputError)
    reason = 'has no column "state", so it cannot tell translated units from reviewed ones: no --role'
    assert str(done.exception) == f"{path}: {reason}"
    assert not (tmp_path / "state").exists()
    assert script(path, "confirm").exit_code == 0
