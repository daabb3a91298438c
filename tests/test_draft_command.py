"""`workbench draft`: projects batch by batch, what people wrote left alone, files, importing again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.drafting_engine import Toy, kind
from workbench import engines, formats
from workbench.cli import main
from workbench.model import State
from workbench.review.project import open_project

TALK = "The report is ready. The meeting begins at nine.\n\nPlease close the door. The test was negative.\n"


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> Toy:
    engine = Toy()
    monkeypatch.setattr(engines, "ENGINES", (kind(engine),))
    return engine


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "project"
    (folder / "segments").mkdir(parents=True)
    (folder / "workbench.toml").write_text('author = "lin"\n', encoding="utf-8")
    (folder / "segments" / "talk.en.txt").write_text(TALK, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def units(folder: Path, document: str = "talk") -> list[tuple[str, str, str]]:
    with open_project(folder) as opened:
        return [(one.source, one.target, one.raw_draft) for one in opened.units(document)]


def test_a_document_without_drafts_gets_them(
    project: Path, toy: Toy, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["draft", "--engine", "toy"]) == 0
    assert units(project) == [
        ("The report is ready.", "报告准备好了。", "报告准备好了."),
        ("The meeting begins at nine.", "会议九点开始。", "会议九点开始."),
        ("Please close the door.", "请关门。", "请关门."),
        ("The test was negative.", "测试结果为阴性。", "测试为阴性阴性阴性阴性."),
    ]
    out, said = capsys.readouterr()
    assert out == ""
    assert said.splitlines()[-2:] == [
        "drafts by Toy en→zh",
        "4 drafts made; 4 mended by safe fixes; 1 decoded again (1 loop)",
    ]
    assert toy.closed == 1
    assert main(["draft", "--engine", "toy"]) == 0
    assert capsys.readouterr().err == "nothing to draft: there is no unit without a draft\n"
    assert toy.closed == 1, "an engine is not opened for nothing"


def test_the_drafts_are_printed_for_scripts(
    project: Path, toy: Toy, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["draft", "talk", "--engine", "toy", "--to", "json", "--alternatives", "2"]) == 0
    first = json.loads(capsys.readouterr().out)[0]
    assert first == {
        "id": "talk:2",
        "source": "The meeting begins at nine.",
        "draft": "会议九点开始。",
        "engine": "toy",
        "match": None,
        "raw": "会议九点开始.",
        "others": ["会议九点开始（2）。"],
    }


def test_what_a_person_wrote_is_never_touched(project: Path, toy: Toy) -> None:
    with open_project(project) as opened:
        session = opened.review("talk")
        session.edit("我自己写的。")
        session.goto(2)
        session.confirm("会议于九点开始。")
    assert main(["draft", "--engine", "toy"]) == 0
    assert main(["draft", "--engine", "toy", "--all"]) == 0
    assert [target for _, target, _ in units(project)] == [
        "我自己写的。", "会议于九点开始。", "请关门。", "测试结果为阴性。",
    ]  # fmt: skip


def test_a_unit_edited_while_the_engine_works_is_left_alone(
    project: Path, toy: Toy, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    propose = toy.propose

    def slow(requests, **more):  # type: ignore[no-untyped-def]
        if len(toy.asked) == 1:
            with open_project(project, author="wang") as other:
                session = other.review("talk")
                session.goto(1)
                session.edit("别人写的。")
                session.goto(3)
                session.note("look at this one")
                session.goto(4)
                session.edit("别人写的。")
        return propose(requests, **more)

    monkeypatch.setattr(toy, "propose", slow)
    assert main(["draft", "--engine", "toy", "--to", "jsonl"]) == 0
    assert [target for _, target, _ in units(project)] == [
        "别人写的。", "会议九点开始。", "请关门。", "别人写的。",
    ]  # fmt: skip
    printed = [json.loads(line)["source"] for line in capsys.readouterr().out.splitlines()]
    assert sorted(printed) == ["Please close the door.", "The meeting begins at nine."]


def test_a_broken_engine_keeps_what_was_made_and_the_next_run_goes_on(
    project: Path, toy: Toy, capsys: pytest.CaptureFixture[str]
) -> None:
    toy.fail_after = 1
    assert main(["draft", "--engine", "toy"]) == 2
    assert capsys.readouterr().err.splitlines()[-2:] == [
        "2 drafts kept; the same command goes on from there",
        "workbench: the toy is broken: buy another one",
    ]
    assert sum(bool(target) for _, target, _ in units(project)) == 2
    toy.fail_after, toy.asked = None, []
    assert main(["draft", "--engine", "toy"]) == 0
    assert sum(len(some) for some in toy.asked) == 3, "two units, one of them decoded twice"
    assert all(target for _, target, _ in units(project))


def test_ctrl_c_keeps_what_is_done(
    project: Path, toy: Toy, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    propose = toy.propose

    def interrupted(requests, **more):  # type: ignore[no-untyped-def]
        if toy.asked:
            raise KeyboardInterrupt
        return propose(requests, **more)

    monkeypatch.setattr(toy, "propose", interrupted)
    assert main(["draft", "--engine", "toy"]) == 130
    assert (
        capsys.readouterr().err.splitlines()[-1]
        == "stopped: 2 drafts kept; the same command goes on from there"
    )
    assert sum(bool(target) for _, target, _ in units(project)) == 2
    assert toy.closed == 1


def test_drafts_are_no_step_of_a_persons_undo(project: Path, toy: Toy) -> None:
    with open_project(project) as opened:
        session = opened.review("talk")
        session.note("before")
        assert main(["draft", "--engine", "toy"]) == 0
        assert len(session.poll()) == 4, "an open review sees them"
        assert session.unit.target == "报告准备好了。"
        session.goto(2)
        session.note("mine")
        session.undo()
        assert session.unit.target == "会议九点开始。"
        assert [one.changed_by for one in opened.units("talk")][2:] == ["toy", "toy"]


def test_all_drafts_anew_what_nobody_changed(project: Path, toy: Toy) -> None:
    assert main(["draft", "--engine", "toy"]) == 0
    with open_project(project) as opened:
        session = opened.review("talk")
        session.edit("报告已经准备好了。")
    toy.label = "another"
    assert main(["draft", "--engine", "toy", "--all", "--alternatives", "2"]) == 0
    with open_project(project) as opened:
        found = opened.units("talk")
    assert found[0].target == "报告已经准备好了。"
    assert len(found[0].drafts) == 2
    assert [one.id for one in found[1].drafts] == ["made:fixed:punctuation", "made:raw", "made:other:2"]


def test_a_draft_of_a_file_stays_behind_the_engines(project: Path, toy: Toy) -> None:
    (project / "segments" / "talk.zh.txt").write_text(
        "报告好了。会议九点开。\n\n关门。测试为阴性。\n", encoding="utf-8"
    )
    assert main(["draft", "--engine", "toy"]) == 0
    assert [target for _, target, _ in units(project)] == [
        "报告好了。",
        "会议九点开。",
        "关门。",
        "测试为阴性。",
    ]
    assert main(["draft", "--engine", "toy", "--all"]) == 0
    with open_project(project) as opened:
        unit = opened.units("talk")[0]
    assert (unit.target, unit.given_draft) == ("报告准备好了。", "报告好了。")
    assert main(["import"]) == 0
    assert units(project)[0][1] == "报告准备好了。"


def test_importing_a_changed_source_keeps_drafts_and_review(
    project: Path, toy: Toy, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["draft", "--engine", "toy"]) == 0
    with open_project(project) as opened:
        session = opened.review("talk")
        session.confirm()
        session.goto(2)
        session.note("ask the author")
    changed = TALK.replace("Please close the door.", "Please open the door.")
    (project / "segments" / "talk.en.txt").write_text(changed, encoding="utf-8")
    capsys.readouterr()
    assert main(["import"]) == 0
    assert capsys.readouterr().err == "talk: 3 units kept (1 with review work), 1 new, 1 set aside\n"
    with open_project(project) as opened:
        found = opened.units("talk")
    assert [one.target for one in found] == ["报告准备好了。", "会议九点开始。", "", "测试结果为阴性。"]
    assert [one.state for one in found][:2] == [State.REVIEWED, State.INITIAL]
    assert found[1].notes == ("ask the author",)
    (project / "segments" / "talk.en.txt").write_text(TALK, encoding="utf-8")
    assert main(["import"]) == 0
    assert [one[1] for one in units(project)] == [
        "报告准备好了。", "会议九点开始。", "请关门。", "测试结果为阴性。",
    ]  # fmt: skip


def test_a_translation_that_arrives_later_replaces_drafts_but_no_review(project: Path, toy: Toy) -> None:
    assert main(["draft", "--engine", "toy"]) == 0
    with open_project(project) as opened:
        opened.review("talk").confirm("报告已经好了。")
    (project / "segments" / "talk.zh.txt").write_text(
        "这份报告好了。会议九点开。\n\n关门。测试为阴性。\n", encoding="utf-8"
    )
    assert main(["import"]) == 0
    assert [target for _, target, _ in units(project)] == [
        "报告已经好了。",
        "会议九点开。",
        "关门。",
        "测试为阴性。",
    ]


def test_split_and_merged_units_keep_their_drafts_when_imported_again(project: Path, toy: Toy) -> None:
    assert main(["draft", "--engine", "toy"]) == 0
    with open_project(project) as opened:
        session = opened.review("talk")
        session.merge()
        assert session.unit.target == "报告准备好了。会议九点开始。"
        assert session.unit.draft == "报告准备好了。会议九点开始。"
        assert session.unit.raw_draft == "报告准备好了.会议九点开始."
        session.goto(2)
        session.split(6, 1)
    (project / "segments" / "talk.en.txt").write_text(TALK + "\nThe end.\n", encoding="utf-8")
    assert main(["import"]) == 0
    assert [(source, target) for source, target, _ in units(project)] == [
        ("The report is ready. The meeting begins at nine.", "报告准备好了。会议九点开始。"),
        ("Please", "请"),
        ("close the door.", "关门。"),
        ("The test was negative.", "测试结果为阴性。"),
        ("The end.", ""),
    ]
    with open_project(project) as opened:
        session = opened.review("talk")
        session.undo()
        session.undo()
        assert [one.target for one in opened.units("talk")][:2] == ["报告准备好了。", "会议九点开始。"]


def test_reviewed_units_are_taken_before_the_engine(project: Path, toy: Toy) -> None:
    (project / "segments" / "more.en.txt").write_text(
        "The report is ready. Please close the doors.\n", encoding="utf-8"
    )
    with open_project(project) as opened:
        opened.review("talk").confirm("报告已经就绪。")
    assert main(["draft", "more", "--engine", "toy"]) == 0
    with open_project(project) as opened:
        first, second = opened.units("more")
    assert (first.target, first.drafts[0].engine, first.drafts[0].match) == (
        "报告已经就绪。",
        "memory",
        100.0,
    )
    assert second.drafts[0].engine == "toy"
    assert main(["draft", "more", "--engine", "toy", "--all", "--matches", "101"]) == 0
    with open_project(project) as opened:
        assert opened.units("more")[0].target == "报告准备好了。"


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["draft", "nothing", "--engine", "toy"], "no document named 'nothing' (there are: talk)"),
        (["draft", "--engine", "none"], "no engine named 'none' (there are: toy)"),
        (["draft", "--engine", "toy", "-o", "x.tmx"], "-o goes with a file"),
        (["draft", "--engine", "toy", "--to", "tmx"], "--to is json or jsonl for a project"),
        (["draft", "talk", "segments/talk.en.txt", "--engine", "toy"], "a file is drafted alone"),
        (["draft", "none.txt", "--engine", "toy"], "none.txt: "),
        (["draft", "segments/talk.en.txt", "--engine", "toy", "-o", "segments/talk.en.txt"], "is read here"),
        (["draft", "segments/talk.en.txt", "--engine", "toy", "--target-lang", "en"], "'en'"),
    ],
)
def test_wrong_use_is_one_line(
    project: Path, toy: Toy, words: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    said = capsys.readouterr().err
    assert complaint in said
    assert said.removeprefix("talk: imported, 4 units\n").count("\n") == 1
    assert toy.asked == []


def test_edit_scores_count_against_either_draft(
    project: Path, toy: Toy, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["draft", "--engine", "toy"]) == 0
    with open_project(project) as opened:
        opened.review("talk").confirm()
    values = {}
    for against in ("repaired", "raw"):
        capsys.readouterr()
        assert main(["score", ".", "--metric", "edit", "--to", "json", "--against", against]) == 0
        values[against] = round(json.loads(capsys.readouterr().out)[0]["score"], 2)
    assert values == {"repaired": 0.0, "raw": 14.29}, "one of seven characters"
    assert main(["score", "a", "--ref", "b", "--against", "raw"]) == 2


# Files


def test_a_text_is_drafted_paragraph_by_paragraph(
    tmp_path: Path, toy: Toy, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "notes.en.txt"
    path.write_text("\n" + TALK, encoding="utf-8")
    assert main(["draft", str(path), "--engine", "toy"]) == 0
    out = capsys.readouterr().out
    assert out == "\n报告准备好了。会议九点开始。\n\n请关门。测试结果为阴性。\n"
    goal = tmp_path / "notes.zh.txt"
    assert main(["draft", str(path), "--engine", "toy", "-o", str(goal)]) == 0
    assert goal.read_text(encoding="utf-8") == out


@pytest.mark.parametrize("name", ["notes.tmx", "notes.jsonl", "notes.csv"])
def test_a_text_becomes_a_bilingual_file(tmp_path: Path, toy: Toy, name: str) -> None:
    path = tmp_path / "notes.en.txt"
    path.write_text(TALK, encoding="utf-8")
    assert main(["draft", str(path), "--engine", "toy", "-o", str(tmp_path / name)]) == 0
    content = formats.read(tmp_path / name)
    assert [(one.source, one.target) for one in content.units][2:] == [
        ("Please close the door.", "请关门。"),
        ("The test was negative.", "测试结果为阴性。"),
    ]


def test_missing_targets_of_a_bilingual_file_are_filled(tmp_path: Path, toy: Toy) -> None:
    path, goal = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    path.write_text(
        '{"id":"a","source":"The report is ready.","target":""}\n'
        '{"id":"b","source":"Please close the door.","target":"请把门关上。"}\n',
        encoding="utf-8",
    )
    assert main(["draft", str(path), "--engine", "toy", "-o", str(goal)]) == 0
    assert [(one.id, one.target, one.draft) for one in formats.read(goal).units] == [
        ("a", "报告准备好了。", "报告准备好了。"),
        ("b", "请把门关上。", ""),
    ]


def test_cues_of_subtitles_are_segments(tmp_path: Path, toy: Toy, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "film.en.srt"
    path.write_text(
        "1\n00:00:01,000 --> 00:00:02,000\nThe report is ready.\n\n"
        "2\n00:00:03,000 --> 00:00:04,000\nPlease close the door.\n",
        encoding="utf-8",
    )
    assert main(["draft", str(path), "--engine", "toy", "--to", "jsonl"]) == 0
    assert [json.loads(line)["draft"] for line in capsys.readouterr().out.splitlines()] == [
        "报告准备好了。",
        "请关门。",
    ]
