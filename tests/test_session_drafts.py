"""Drafts in a review: this unit, all that lack one, another proposal; undo; in scripts; the engine opened once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.drafting_engine import Toy
from workbench import engines
from workbench.engines import EngineKind, EngineOptions
from workbench.errors import CommandError, EngineError
from workbench.review.project import ReviewProject
from workbench.review.script import run_script
from workbench.review.session import ReviewSession

TALK = "The report is ready. The meeting begins at nine.\n\nPlease close the door. The test was negative.\n"


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> Toy:
    engine = Toy()
    engine.opened = 0  # type: ignore[attr-defined]

    def opened(source_lang: str, target_lang: str, options: EngineOptions) -> Toy:
        engine.opened += 1  # type: ignore[attr-defined]
        return engine

    monkeypatch.setattr(engines, "ENGINES", (EngineKind("argos", "A toy", "", opened),))
    return engine


@pytest.fixture
def session(tmp_path: Path, toy: Toy):  # type: ignore[no-untyped-def]
    (tmp_path / "segments").mkdir()
    (tmp_path / "workbench.toml").write_text('author = "lin"\n', encoding="utf-8")
    (tmp_path / "segments" / "talk.en.txt").write_text(TALK, encoding="utf-8")
    with ReviewProject(tmp_path) as project:
        yield project.review("talk")


def test_a_unit_is_drafted_and_undone(session: ReviewSession, toy: Toy) -> None:
    assert session.draft_unit() == "unit 1: draft by toy, mended: punctuation"
    assert (session.unit.target, session.unit.raw_draft) == ("报告准备好了。", "报告准备好了.")
    with pytest.raises(CommandError, match="the target is the draft of toy already"):
        session.draft_unit()
    session.undo()
    assert (session.unit.target, session.unit.drafts) == ("", ())
    session.redo()
    assert session.unit.target == "报告准备好了。"


def test_a_draft_over_what_a_person_wrote_is_a_text_that_undo_takes_back(
    session: ReviewSession, toy: Toy
) -> None:
    session.edit("我写的。")
    session.draft_unit()
    assert session.unit.target == "报告准备好了。"
    session.undo()
    assert session.unit.target == "我写的。"
    session.confirm()
    session.goto(1)
    with pytest.raises(CommandError, match="unit 1 is reviewed: open it again first"):
        session.draft_unit()


def test_proposals_go_round(session: ReviewSession, toy: Toy) -> None:
    session.draft_unit()
    answers = [session.another() for _ in range(5)]
    assert answers == [
        "unit 1: proposal 2/5 by toy",
        "unit 1: proposal 3/5 by toy",
        "unit 1: proposal 4/5 by toy",
        "unit 1: proposal 5/5 by toy",
        "unit 1: proposal 1/5 by toy, mended: punctuation",
    ]
    assert len(toy.asked) == 2, "the engine is asked once for all of them"
    session.undo()
    assert session.unit.target == "报告准备好了（5）。"
    assert session.unit.draft == "报告准备好了。", "scores go by the draft that the unit began with"


def test_proposals_come_back_without_the_engine_until_the_next_session(tmp_path: Path, toy: Toy) -> None:
    (tmp_path / "segments").mkdir()
    (tmp_path / "segments" / "talk.en.txt").write_text(TALK, encoding="utf-8")
    with ReviewProject(tmp_path) as project:
        session = project.review("talk")
        assert [session.another() for _ in range(2)] == [
            "unit 1: proposal 1/5 by toy",
            "unit 1: proposal 2/5 by toy",
        ]
        asked = len(toy.asked)
        session.another()
        assert len(toy.asked) == asked
    with ReviewProject(tmp_path) as project:
        session = project.review("talk")
        assert session.another() == "unit 1: proposal 4/5 by toy", (
            "the engine is asked for more than was kept"
        )
        assert len(toy.asked) == asked + 1
        texts = {session.unit.target} | {(session.another(), session.unit.target)[1] for _ in range(4)}
        assert len(texts) == 5


def test_all_that_lack_a_draft(session: ReviewSession, toy: Toy) -> None:
    session.edit("我写的。")
    assert session.draft_missing() == "3 drafts by Toy en→zh"
    units = session.store.units("talk")
    assert [one.target for one in units] == ["我写的。", "会议九点开始。", "请关门。", "测试结果为阴性。"]
    session.goto(2)
    assert session.unit.target == "会议九点开始。"
    with pytest.raises(CommandError, match="no unit lacks a draft"):
        session.draft_missing()
    session.undo()
    assert session.store.units("talk")[0].target == "", "undo takes back the person's own last decision"


def test_drafting_behind_the_screen_stops_between_batches(session: ReviewSession, toy: Toy) -> None:
    steps = session.looking("draft_missing")
    assert next(steps) == 2
    assert session.drafted == "2 of 4 drafted"
    session.stop_looking()
    assert list(steps) == []
    assert sum(bool(one.target) for one in session.store.units("talk")) == 2
    assert len(session.poll()) == 2


def test_the_engine_is_opened_once_and_closed_with_the_project(session: ReviewSession, toy: Toy) -> None:
    assert toy.opened == 0  # type: ignore[attr-defined]
    session.draft_unit()
    session.another()
    session.draft_missing()
    assert (toy.opened, toy.closed) == (1, 0)  # type: ignore[attr-defined]
    assert session.engines is not None
    session.engines.close()
    assert toy.closed == 1


def test_without_an_engine_there_is_one_line(session: ReviewSession, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(source_lang: str, target_lang: str, options: EngineOptions) -> Toy:
        raise EngineError("no package for en→zh: workbench engines install en zh")

    monkeypatch.setattr(engines, "ENGINES", (EngineKind("argos", "A toy", "", missing),))
    with pytest.raises(EngineError, match="workbench engines install en zh"):
        session.draft_unit()
    assert session.unit.target == ""


def test_in_scripts(session: ReviewSession, toy: Toy) -> None:
    script = ["draft", "expect target 报告准备好了。", "another", "expect target 报告准备好了（2）。", "draft missing",
              "goto 3", "expect draft 请关门。", "confirm"]  # fmt: skip
    assert list(run_script(session, script))[4] == "3 drafts by Toy en→zh"


def test_what_was_all_translated_before_needs_no_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(source_lang: str, target_lang: str, options: EngineOptions) -> Toy:
        raise EngineError("no package")

    monkeypatch.setattr(engines, "ENGINES", (EngineKind("argos", "A toy", "", refused),))
    (tmp_path / "segments").mkdir()
    for name in ("one", "two"):
        (tmp_path / "segments" / f"{name}.en.txt").write_text("We agree.\n", encoding="utf-8")
    with ReviewProject(tmp_path) as project:
        first = project.review("one")
        first.confirm("我们同意。")
        second = project.review("two")
        assert second.draft_missing() == "1 draft by argos"
        assert [(one.engine, one.match) for one in second.unit.drafts] == [("memory", 100.0)]
        assert second.unit.target == "我们同意。"


def test_a_unit_that_somebody_types_into_is_left_alone(session: ReviewSession, toy: Toy) -> None:
    held = session.unit.id
    session.is_held = lambda unit_id: unit_id == held
    assert session.draft_missing() == "3 drafts by Toy en→zh, 1 left without"
    assert session.unit.target == ""


def test_drafting_that_was_stopped_says_so(session: ReviewSession, toy: Toy) -> None:
    steps = session.looking("draft_missing")
    next(steps)
    session.stop_drafting()
    assert list(steps) == []
    assert session.end_drafting() == "stopped: 2 drafts by Toy en→zh, 2 left without"
