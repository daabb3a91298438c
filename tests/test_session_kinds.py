"""Fixing all of a kind, and adding terms from a review."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.errors import CommandError, GlossaryError, NotFoundError, OutputError, ScriptError
from workbench.model import Document, State, TranslationUnit
from workbench.review.project import ReviewProject, open_project
from workbench.review.script import run_script
from workbench.review.session import ReviewSession
from workbench.review.terming import capitalised

PAIRS = [
    ("The Harbour Board met on Monday.", "海港局周一开会,很晚才结束."),
    ("It was cold.", "天很冷。"),
    ("Nobody came, they said.", "他们说,没有人来。"),
    ("See a.b, please.", "请看a.b,谢谢。"),
    ("Done, at last.", "终于,完成了。"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "segments").mkdir()
    with open_project(tmp_path, author="ann") as project:
        units = [TranslationUnit(f"talk:{n}", n, source, target) for n, (source, target) in enumerate(PAIRS)]
        project.store.save_document(Document("talk", "txt"), units)
    return tmp_path


@pytest.fixture
def project(folder: Path) -> ReviewProject:
    return open_project(folder, author="ann")


@pytest.fixture
def session(project: ReviewProject) -> ReviewSession:
    return project.review()


def targets(session: ReviewSession) -> list[str]:
    return [unit.target for unit in session.store.units("talk")]


# Fixing all of a kind


def test_all_of_a_kind_are_fixed_as_one_step_of_undo(session: ReviewSession) -> None:
    session.goto(5)
    session.confirm()
    session.goto(2)
    assert {kind.check: str(kind) for kind in session.kinds()} == {
        "punctuation": "4 in 3 units, 1 done left alone"
    }
    (kind,) = session.kinds()
    assert [(one.unit.id, one.target) for one in kind.repairs] == [
        ("talk:0", "海港局周一开会，很晚才结束。"),
        ("talk:2", "他们说，没有人来。"),
        ("talk:3", "请看a.b，谢谢。"),
    ]
    assert session.fix_kind("punctuation") == "punctuation fixed: 4 in 3 units, 1 done left alone"
    after = [
        "海港局周一开会，很晚才结束。",
        "天很冷。",
        "他们说，没有人来。",
        "请看a.b，谢谢。",
        "终于,完成了。",
    ]
    assert targets(session) == after
    assert session.undo() == "fix punctuation undone; unit 1 of 5, initial"
    assert targets(session) == [target for _source, target in PAIRS]
    session.redo()
    assert targets(session) == after
    assert session.store.unit("talk:4").state is State.REVIEWED


def test_what_was_waived_is_not_fixed(session: ReviewSession) -> None:
    session.goto(3)
    session.waive(1)
    session.fix_kind("punctuation")
    assert targets(session)[2] == "他们说,没有人来。"


def test_a_kind_without_repairs_changes_nothing(session: ReviewSession) -> None:
    with pytest.raises(CommandError, match="no open unit has an issue of number with a sure fix"):
        session.fix_kind("number")
    with pytest.raises(NotFoundError, match="puntuation"):
        session.fix_kind("puntuation")
    assert session.store.history("talk:0") == []


def test_what_was_changed_after_the_preview_is_looked_at_again(session: ReviewSession) -> None:
    session.kinds()
    session.goto(1)
    session.edit("海港局开会,")
    session.fix_kind("punctuation")
    assert targets(session)[0] == "海港局开会，"


# Terms


def test_a_term_takes_effect_at_once(session: ReviewSession, folder: Path) -> None:
    session.check_all()
    before = session.progress().with_issues
    session.goto(1)
    assert (
        session.add_term("Harbour Board", "港务局", "preferred", "a body")
        == "Harbour Board is in the glossary"
    )
    assert (folder / "glossary.yaml").read_text(encoding="utf-8") == (
        "Harbour Board:\n  zh: 港务局\n  note: a body\n"
    )
    assert "terminology" in [issue.check for issue in session.issues()]
    assert [match.term.text for match in session.assess(session.unit, "").terms] == ["Harbour Board"]
    assert session.progress().unchecked == 5
    session.check_all()
    assert session.progress().unchecked == 0
    assert session.progress().with_issues == before


def test_undo_takes_a_term_out_of_the_glossary_in_its_turn(session: ReviewSession, folder: Path) -> None:
    glossary = folder / "glossary.yaml"
    session.edit("一")
    session.add_term("Harbour Board", "港务局")
    session.edit("二")
    assert session.undo().startswith("edit undone")
    assert session.undo() == "Harbour Board is out of the glossary again"
    assert not glossary.exists()
    assert session.assess(session.unit, "").terms == ()
    assert session.redo() == "Harbour Board is in the glossary again"
    assert glossary.read_text(encoding="utf-8") == "Harbour Board: 港务局\n"
    assert session.redo().startswith("edit done again")
    assert (session.undo()[:11], session.undo()) == (
        "edit undone",
        "Harbour Board is out of the glossary again",
    )
    assert session.undo().startswith("edit undone")


def test_a_decision_turned_ahead_is_followed_before_a_term(session: ReviewSession, folder: Path) -> None:
    session.edit("一")
    session.add_term("Harbour Board", "港务局")
    session.edit("二")
    session.turn_ahead(back=True)
    assert session.undo().startswith("edit undone")
    assert (session.unit.target, (folder / "glossary.yaml").exists()) == ("一", True)
    assert session.undo() == "Harbour Board is out of the glossary again"
    assert session.redo() == "Harbour Board is in the glossary again"
    session.turn_ahead(back=False)
    assert session.redo().startswith("edit done again")
    assert session.unit.target == "二"


def test_a_term_stays_where_the_glossary_was_changed_since(session: ReviewSession, folder: Path) -> None:
    glossary = folder / "glossary.yaml"
    session.edit("一")
    session.add_term("Harbour Board", "港务局")
    with glossary.open("a", encoding="utf-8") as file:
        file.write("hall: 大厅\n")
    with pytest.raises(CommandError) as refused:
        session.undo()
    assert str(refused.value) == "Harbour Board stays in glossary.yaml: the file was changed since"
    assert "Harbour Board" in glossary.read_text(encoding="utf-8")
    assert session.undo().startswith("edit undone")


def test_comments_and_order_of_the_glossary_stay(project: ReviewProject, folder: Path) -> None:
    text = "# ours\nzebra: 斑马\n\nboard:  # a council\n  zh: [董事会]\nant: 蚂蚁\n"
    (folder / "glossary.yaml").write_text(text, encoding="utf-8")
    session = project.review()
    session.add_term("board", "委员会")
    session.add_term("cold", "寒冷", "forbidden")
    assert (folder / "glossary.yaml").read_text(encoding="utf-8") == text.replace(
        "[董事会]", "[董事会, 委员会]"
    ) + "cold:\n  forbidden: 寒冷\n"
    with pytest.raises(CommandError, match="is in the glossary so already"):
        session.add_term("board", "委员会")


def test_a_script_adds_terms(session: ReviewSession, folder: Path) -> None:
    script = [
        "term Harbour Board = 港务局; preferred; a body",
        "term Kanban = ; keep",
        "goto 1",
        "print issues",
    ]
    answers = list(run_script(session, script))
    assert answers[:2] == ["Harbour Board is in the glossary", "Kanban is in the glossary"]
    assert "Kanban:\n  keep: true\n" in (folder / "glossary.yaml").read_text(encoding="utf-8")
    for line, reason in (
        ("term Harbour Board", "term needs both sides: term SOURCE = TARGET; STATUS; NOTE"),
        ("term a = b; liked", "no status 'liked'"),
        ("term = b", "term needs both sides"),
    ):
        with pytest.raises(ScriptError, match=reason):
            list(run_script(session, [line]))


def test_a_glossary_that_cannot_be_written_changes_nothing(
    session: ReviewSession, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    with pytest.raises(OutputError, match=r"glossary\.yaml: No space left on device"):
        session.add_term("board", "委员会")
    assert len(session.termbase) == 0
    assert not (folder / "glossary.yaml").exists()


def test_a_broken_glossary_is_left_as_it_is(session: ReviewSession, folder: Path) -> None:
    (folder / "glossary.yaml").write_text("a: [b\n", encoding="utf-8")
    with pytest.raises(GlossaryError):
        session.add_term("board", "委员会")
    assert (folder / "glossary.yaml").read_text(encoding="utf-8") == "a: [b\n"


def test_a_glossary_that_somebody_changes_is_noticed(session: ReviewSession, folder: Path) -> None:
    assert not session.is_glossary_changed
    (folder / "glossary.yaml").write_text("cold: 冷\n", encoding="utf-8")
    assert session.is_glossary_changed
    session.use_termbase(session.read_glossary())
    assert not session.is_glossary_changed
    assert len(session.termbase) == 1


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("The Harbour Board met on Monday.", ["Harbour Board", "Monday"]),
        ("Nobody came.", []),
        ("He joined the Ministry of Finance and left.", ["Ministry of Finance"]),
        ("NATO met. Then the Bank of the West closed.", ["NATO", "Bank of the West"]),
        ("“Yes.” They saw Ann-Marie O’Neil, Bob and Carl.", ["Ann-Marie O’Neil", "Bob", "Carl"]),
        ("", []),
        ("人工智能 AI", ["AI"]),
    ],
)
def test_capitalised_runs(text: str, runs: list[str]) -> None:
    assert capitalised(text) == runs


def test_the_term_suggested_is_none_that_the_glossary_has(session: ReviewSession) -> None:
    session.goto(1)
    assert session.likely_term() == "Harbour Board"
    session.add_term("Harbour Board", "港务局")
    assert session.likely_term() == "Monday"
