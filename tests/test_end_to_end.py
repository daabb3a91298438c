"""The whole job, on the sample project: by the real program in a real terminal, by a script, and by Python."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from called import run
from lxml import etree
from terminal import Terminal

import workbench
from workbench.model import State
from workbench.pipeline.starting import init
from workbench.review.project import open_project

DTD = Path(__file__).parent / "data" / "tmx14.dtd"
REVIEW = [sys.executable, "-m", "workbench", "review", "--document", "cannes-lions-2019", "--author", "wei"]

CTRL_G, CTRL_Q, END, F2, F9, ALT_Z, ESCAPE = "\x07", "\x11", "\x1b[F", "\x1bOQ", "\x1b[20~", "\x1bz", "\x1b"
SLOGAN = 15
TRANSCRIPT = 13


@pytest.fixture
def project(tmp_path: Path) -> Path:
    init(tmp_path / "sample", sample=True)
    return tmp_path / "sample"


def target_of(folder: Path, number: int) -> tuple[str, State]:
    with open_project(folder) as opened:
        unit = opened.units("cannes-lions-2019")[number - 1]
        return unit.target, unit.state


def go_to(terminal: Terminal, number: int) -> None:
    terminal.send(CTRL_G)
    terminal.wait_for("Go to unit")
    terminal.send(f"{number}\r")
    terminal.wait_for(f"Source {number}")


def check_tmx(data: bytes, pairs: dict[str, str], *, author: str | None = "wei") -> None:
    """The memory is valid by the DTD and holds these pairs."""
    tree = etree.fromstring(data)
    with DTD.open("rb") as stream:
        dtd = etree.DTD(stream)
    assert dtd.validate(tree), dtd.error_log.filter_from_errors()
    header = tree.find("header")
    assert header is not None
    for name in (
        "creationtool",
        "creationtoolversion",
        "segtype",
        "o-tmf",
        "adminlang",
        "srclang",
        "datatype",
    ):
        assert header.get(name), name
    found = {}
    for unit in tree.iter("tu"):
        source, target = unit.findall("tuv")
        found["".join(source.find("seg").itertext())] = "".join(target.find("seg").itertext())
        assert source.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
        assert str(target.get("{http://www.w3.org/XML/1998/namespace}lang")).startswith("zh")
        assert target.get("changeid") == author or author is None
        props = {prop.get("type"): prop.text for prop in [*unit.findall("prop"), *target.findall("prop")]}
        assert "x-draft" in props
        assert "reviewed" in props.values()
    assert found == pairs


def test_a_review_in_a_real_terminal(project: Path) -> None:
    with Terminal(REVIEW, folder=project, columns=120, lines=40, fresh=True) as terminal:
        terminal.wait_for("Two Languages on One Stage")

        # Correct a segment with typed Chinese.
        go_to(terminal, SLOGAN)
        terminal.send("\r" + END + "\x7f\x7f" + "向善")
        terminal.wait_for("科技[-为-]{+向+}善")
        terminal.send(F2)
        terminal.wait_for(f"Source {SLOGAN + 1}")
        terminal.wait_for(" 1/4")
        assert target_of(project, SLOGAN) == ("科技向善", State.REVIEWED)

        # Undo it, and confirm again.
        terminal.send(ALT_Z)
        terminal.wait_for(" 0/4")
        assert target_of(project, SLOGAN) == ("科技为善", State.INITIAL)
        terminal.wait_for(f"Source {SLOGAN}")
        terminal.send("\r" + END + "\x7f\x7f" + "向善" + F2)
        terminal.wait_for(" 1/4")
        assert target_of(project, SLOGAN) == ("科技向善", State.REVIEWED)

        # Apply a fix that a check is sure of, and confirm.
        terminal.send(ESCAPE)
        go_to(terminal, TRANSCRIPT)
        terminal.wait_for("单 is forbidden")
        terminal.send(F9)
        terminal.wait_for("文字记录值得")
        terminal.send(F2)
        terminal.wait_for(" 2/4")
        assert target_of(project, TRANSCRIPT) == ("这就是为什么文字记录值得第二双眼睛。", State.REVIEWED)
        go_to(terminal, 22)
        terminal.send(CTRL_Q)
        assert terminal.exit_code() == 0
    assert b"\x1b[?1049l" in terminal.raw  # the terminal's own screen is back

    # The next review begins where this one ended.
    with Terminal(REVIEW, folder=project, columns=80, lines=24, fresh=True) as terminal:
        terminal.wait_for("The third takes us from the stage to the greenhouse.")
        terminal.wait_for(" 2/4")
        terminal.send(CTRL_Q)
        assert terminal.exit_code() == 0

    pairs = {
        "Tech for Good": "科技向善",
        "That is why a transcript deserves a second pair of eyes.": "这就是为什么文字记录值得第二双眼睛。",
    }
    done = run("export", "-o", "out.tmx", folder=project)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"2 reviewed units written\n")
    check_tmx((project / "out.tmx").read_bytes(), pairs)
    done = run("export", "--to", "csv", "--excel", folder=project)
    assert done.stdout.startswith(b"\xef\xbb\xbfid,")
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig"), newline="")))
    assert {row["source"]: row["target"] for row in rows} == pairs
    assert {row["draft"] for row in rows} == {"科技为善", "这就是为什么成绩单值得第二双眼睛。"}


SCRIPT = """\
# the same path without a screen
goto 15
edit 科技向善
confirm
undo
confirm
goto 13
fix 1
confirm
"""


def test_the_same_by_a_script(project: Path) -> None:
    (project / "review.txt").write_text(SCRIPT, encoding="utf-8")
    command = [*REVIEW[:4], *REVIEW[4:], "--script", "review.txt"]
    done = subprocess.run(command, cwd=project, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    assert len(done.stdout.decode().splitlines()) == 8
    assert target_of(project, SLOGAN) == ("科技向善", State.REVIEWED)
    assert target_of(project, TRANSCRIPT) == ("这就是为什么文字记录值得第二双眼睛。", State.REVIEWED)


def test_the_same_by_python(project: Path) -> None:
    with workbench.open_project(project, author="wei") as opened:
        review = opened.review("cannes-lions-2019")
        review.goto(SLOGAN)
        (issue,) = review.issues()
        assert issue.check == "terminology"
        review.edit("科技向善")
        assert list(review.issues()) == []
        review.confirm()
        review.undo()
        review.goto(SLOGAN)
        assert review.unit.state is State.INITIAL
        review.confirm()
        opened.export(project / "out.tmx")
        opened.export(project / "out.csv")
    check_tmx((project / "out.tmx").read_bytes(), {"Tech for Good": "科技向善"})
    content = workbench.read(project / "out.csv")
    assert [(unit.source, unit.target, unit.draft) for unit in content.units] == [
        ("Tech for Good", "科技向善", "科技为善")
    ]


def test_what_a_project_manager_corrected_comes_back(project: Path) -> None:
    assert run("review", "--author", "wei", "--script", "-", folder=project, stdin=SCRIPT).returncode == 0
    assert run("export", "-o", "out.csv", folder=project).returncode == 0
    text = (project / "out.csv").read_text(encoding="utf-8")
    (project / "out.csv").write_text(text.replace("第二双眼睛", "再看一遍"), encoding="utf-8", newline="")
    done = run("import", "out.csv", "--author", "pm", folder=project)
    assert done.stderr.decode() == "out.csv: 1 unit corrected, 1 as before\n"
    assert target_of(project, TRANSCRIPT)[0] == "这就是为什么文字记录值得再看一遍。"
    # Once more changes nothing.
    assert run("import", "out.csv", folder=project).stderr == b"out.csv: 0 units corrected, 2 as before\n"
    # What was changed in review and not in the file is no conflict.
    script = "goto 15\nedit 科技应当向善\nconfirm\n"
    assert run("review", "--author", "wei", "--script", "-", folder=project, stdin=script).returncode == 0
    assert run("import", "out.csv", folder=project).stderr == b"out.csv: 0 units corrected, 2 as before\n"
    assert target_of(project, SLOGAN)[0] == "科技应当向善"
    # What was changed on both sides is: the review's text stays.
    edited = (project / "out.csv").read_text(encoding="utf-8").replace("科技向善", "科技必须向善", 1)
    (project / "out.csv").write_text(edited, encoding="utf-8", newline="")
    done = run("import", "out.csv", folder=project)
    assert done.returncode == 1
    assert "changed in review since it was exported" in done.stderr.decode()
    assert target_of(project, SLOGAN)[0] == "科技应当向善"
    assert run("import", "out.csv", "--overwrite", folder=project).returncode == 0
    assert target_of(project, SLOGAN)[0] == "科技必须向善"


def test_a_correction_changes_what_it_speaks_of_and_nothing_else(project: Path) -> None:
    script = SCRIPT + "note ask the client\n"
    assert run("review", "--author", "wei", "--script", "-", folder=project, stdin=script).returncode == 0
    with open_project(project) as opened:
        units = {unit.id: unit for unit in opened.units("cannes-lions-2019")}
        noted = next(unit for unit in units.values() if unit.notes)
        other = next(unit for unit in units.values() if unit.state is State.REVIEWED and not unit.notes)
    rows = f"id,source,target\n{noted.id},x,只有译文\n{other.id},y,\nnobody:7,z,谁\n"
    (project / "back.csv").write_text(rows, encoding="utf-8")
    done = run("import", "back.csv", "--author", "pm", folder=project)
    assert done.returncode == 1
    lines = done.stderr.decode().splitlines()
    assert "back.csv: 1 unit corrected, 0 as before, 2 in conflict" in lines
    assert f"conflict: {other.id}: reviewed without a target, not applied" in lines
    assert "conflict: nobody:7: not in the project, not applied" in lines
    assert f"warning: {noted.id}: the source differs from the project's; sources are not corrected" in lines
    with open_project(project) as opened:
        after = {unit.id: unit for unit in opened.units("cannes-lions-2019")}
    assert (after[noted.id].target, after[noted.id].state, after[noted.id].notes) == (
        "只有译文",
        noted.state,
        noted.notes,
    )
    assert after[other.id].target == other.target


def test_what_was_set_aside_comes_back_with_its_review(project: Path) -> None:
    assert run("review", "--author", "wei", "--script", "-", folder=project, stdin=SCRIPT).returncode == 0
    files = [project / "segments" / f"cannes-lions-2019.{lang}.txt" for lang in ("en", "zh")]
    texts = [path.read_text(encoding="utf-8") for path in files]
    for path, text in zip(files, texts, strict=True):
        path.write_text(text[:60], encoding="utf-8")
    assert "(2 with review work)" in run("import", folder=project).stderr.decode()
    for path, text in zip(files, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    assert run("import", folder=project).returncode == 0
    assert target_of(project, SLOGAN) == ("科技向善", State.REVIEWED)
    assert target_of(project, TRANSCRIPT) == ("这就是为什么文字记录值得第二双眼睛。", State.REVIEWED)


def test_another_document_of_the_same_name_is_refused(project: Path, tmp_path: Path) -> None:
    assert run("review", "--author", "wei", "--script", "-", folder=project, stdin=SCRIPT).returncode == 0
    other = tmp_path / "cannes-lions-2019.en.txt"
    other.write_text("Something else.\n", encoding="utf-8")
    before = (project / "segments" / other.name).read_bytes()
    done = run("import", str(other), folder=project)
    assert done.returncode == 2
    assert "another document called 'cannes-lions-2019', of which 2 reviewed units" in done.stderr.decode()
    assert (project / "segments" / other.name).read_bytes() == before
    assert target_of(project, SLOGAN)[1] is State.REVIEWED


def test_importing_twice_adds_nothing_twice(project: Path) -> None:
    said = run("import", folder=project).stderr.decode()
    first = "".join(line for line in said.splitlines(keepends=True) if not line.startswith("warning: "))
    shape = r"cannes-lions-2019: imported, (\d+) units\ndigital-culture-2021: imported, (\d+) units\n"
    found = re.fullmatch(shape, first)
    assert found, first
    again = run("import", folder=project).stderr.decode()
    assert [line for line in again.splitlines() if not line.startswith("warning: ")] == [
        f"cannes-lions-2019: nothing new, {found[1]} units",
        f"digital-culture-2021: nothing new, {found[2]} units",
    ]
    with open_project(project) as opened:
        assert len(opened.units()) == int(found[1]) + int(found[2])


def test_a_changed_source_keeps_the_review_of_the_rest(project: Path) -> None:
    assert run("review", "--author", "wei", "--script", "-", folder=project, stdin=SCRIPT).returncode == 0
    source = project / "segments" / "cannes-lions-2019.en.txt"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("Numbers like these cannot", "Such numbers cannot"), encoding="utf-8")
    said = run("import", folder=project).stderr.decode().splitlines()
    done = [line for line in said if not line.startswith("warning: ")]
    kept = r"cannes-lions-2019: \d+ units kept \(2 with review work\), 1 new, 1 set aside"
    assert re.fullmatch(kept, done[0]), done[0]
    assert target_of(project, SLOGAN) == ("科技向善", State.REVIEWED)


README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def test_the_readmes_script_does_what_it_says(project: Path) -> None:
    found = re.search(
        r"\$ cat first\.txt\n(.*?)\n\$ (workbench review .*?) && (workbench .*?)\n", README, re.DOTALL
    )
    assert found
    (project / "first.txt").write_text(found[1] + "\n", encoding="utf-8")
    for line in (found[2], found[3]):
        done = run(*line.split()[1:], folder=project)
        assert done.returncode == 0, done.stderr.decode()
    check_tmx(
        (project / "reviewed.tmx").read_bytes(),
        {
            "The first is about giving: by May 2019, 227 million users had donated 5.2 billion RMB.": (
                "截至2019年5月，2.27亿用户共捐款52亿元人民币。"
            )
        },
        author=None,
    )


def test_the_readmes_python_runs(project: Path) -> None:
    found = re.search(r"```python\n(import workbench.*?)```", README, re.DOTALL)
    assert found
    done = subprocess.run([sys.executable, "-c", found[1]], cwd=project, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode().startswith("number Span(")
    assert "52亿元" in (project / "reviewed.tmx").read_text(encoding="utf-8")


def test_undo_passes_over_what_an_import_took_out(project: Path) -> None:
    script = "goto 15\nconfirm\ngoto 30\nedit 这样的数字不容忽视。\nconfirm\n"
    assert run("review", "--author", "wei", "--script", "-", folder=project, stdin=script).returncode == 0
    source = project / "segments" / "cannes-lions-2019.en.txt"
    text = source.read_text(encoding="utf-8")
    with open_project(project) as opened:
        unit = opened.units("cannes-lions-2019")[29]
    assert unit.state is State.REVIEWED
    source.write_text(text.replace(unit.source, "Something else stands here."), encoding="utf-8")
    assert "1 set aside (1 with review work)" in run("import", folder=project).stderr.decode()
    assert target_of(project, SLOGAN)[1] is State.REVIEWED
    done = run("review", "--author", "wei", "--script", "-", folder=project, stdin="undo\n")
    assert done.returncode == 0, done.stderr.decode()
    assert target_of(project, SLOGAN)[1] is State.INITIAL
