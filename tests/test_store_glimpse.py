"""What is shown of a list before the store is imported is what the session shows of it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from workbench.model import Document, Draft, State, TranslationUnit
from workbench.review.project import ReviewProject, open_project
from workbench.store.glimpse import PAGE_UNITS
from workbench.store.records import Change

ROOT = Path(__file__).resolve().parent.parent


def unit(number: int, state: State = State.INITIAL, *, score: float = 1.0) -> TranslationUnit:
    text = f"第{number}句。"
    return TranslationUnit(
        f"talk:{number}",
        number,
        f"Sentence {number}.",
        text,
        state,
        (Draft("mt", text, "mt"),),
        bead_score=score,
    )


def make(folder: Path, units: list[TranslationUnit], *, name: str = "talk") -> ReviewProject:
    (folder / "segments").mkdir(exist_ok=True)
    project = open_project(folder, author="ann")
    project.store.save_document(Document(name, "text"), units)
    return project


def agree(project: ReviewProject) -> None:
    """The glimpse and the session that comes after it show the same."""
    glimpse = project.glimpse()
    session = project.review()
    assert glimpse is not None
    assert (glimpse.document, glimpse.filter) == (session.document.name, str(session.filter))
    assert (glimpse.count, glimpse.position, glimpse.total) == (
        session.count,
        session.position,
        session.total,
    )
    assert glimpse.done == session.progress().reviewed + session.progress().final
    first = session.position // PAGE_UNITS * PAGE_UNITS
    assert list(glimpse.page(first, PAGE_UNITS)) == session.page(first, PAGE_UNITS)
    assert list(glimpse.rows) == session.page(glimpse.start, len(glimpse.rows))


def test_the_first_rows_of_a_list(tmp_path: Path) -> None:
    with make(tmp_path, [unit(0), unit(1, State.REVIEWED), unit(2, score=0.01)]) as project:
        agree(project)
        glimpse = project.glimpse()
        assert glimpse is not None
        assert [(row.number, row.source, row.target) for row in glimpse.page(0, 2)] == [
            (1, "Sentence 0.", "第0句。"),
            (2, "Sentence 1.", "第1句。"),
        ]
        assert [row.doubtful for row in glimpse.rows] == [False, False, True]
        assert (glimpse.done, glimpse.total) == (1, 3)


@pytest.mark.parametrize("position", [0, 63, 100, 127, 128, 200, 299])
@pytest.mark.parametrize("words", ["all", "open"])
def test_where_the_author_stood(tmp_path: Path, position: int, words: str) -> None:
    units = [unit(number, State.FINAL if number % 3 == 1 else State.INITIAL) for number in range(450)]
    with make(tmp_path, units) as project:
        session = project.review()
        session.set_filter(words)
        session.go_to_position(position)
        session.save_place()
        assert project.review().position == position
        agree(project)
        glimpse = project.glimpse()
        assert glimpse is not None
        shown = range(max(0, position - 60), min(glimpse.count, position + 60))
        assert all(glimpse.start <= place < glimpse.start + len(glimpse.rows) for place in shown)


def test_a_filter_that_only_the_store_can_tell(tmp_path: Path) -> None:
    with make(tmp_path, [unit(0), unit(1)]) as project:
        session = project.review()
        session.set_filter("text: 第1")
        session.save_place()
        assert project.glimpse() is None


def test_the_open_ones_where_none_is_open_any_more(tmp_path: Path) -> None:
    with make(tmp_path, [unit(0), unit(1)]) as project:
        session = project.review()
        session.set_filter("open")
        session.save_place()
        session.confirm()
        session.confirm()
        agree(project)


def test_notes_findings_splits_and_removed_units(tmp_path: Path) -> None:
    with make(tmp_path, [unit(number) for number in range(9)]) as project:
        session = project.review()
        session.check_some(9)
        session.annotate("accuracy", "major")
        session.go_to_position(3)
        session.split(4, 2)
        session.go_to_position(6)
        session.merge()
        held = project.store.units("talk")[2]
        noted = replace(held, notes=("look again", "[open] ann: why?"))
        project.store.decide("talk", "bob", "note", [Change(noted)])
        session.save_place()
        agree(project)


def test_the_document_to_go_on_with(tmp_path: Path) -> None:
    with make(tmp_path, [unit(0, State.FINAL)], name="a") as project:
        project.store.save_document(Document("b", "text"), [unit(1), unit(2)])
        agree(project)
        project.preferred_document = "a"
        glimpse = project.glimpse()
        assert glimpse is not None
        assert glimpse.document == "a"
        project.preferred_document = "nowhere"
        assert project.glimpse() is None


def test_nothing_to_see(tmp_path: Path) -> None:
    (tmp_path / "segments").mkdir()
    with open_project(tmp_path) as project:
        assert project.glimpse() is None
        assert not (tmp_path / ".workbench").exists()
        (tmp_path / ".workbench").mkdir()
        (tmp_path / ".workbench" / "review.db").write_bytes(b"no database at all")
        assert project.glimpse() is None


def test_what_the_first_frame_imports() -> None:
    code = (
        "import sys, workbench.tui.app\n"
        "dear = ('store.store', 'formats', 'checks', 'termbase', 'metrics', 'memory', 'review', 'pipeline')\n"
        "print([name for name in dear if f'workbench.{name}' in sys.modules], 'numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[] False\n"


def test_no_database_library_is_needed(tmp_path: Path) -> None:
    with make(tmp_path, [unit(0)]):
        pass
    code = (
        "import sys; from workbench.review.project import open_project\n"
        "print(open_project(sys.argv[1]).glimpse().rows[0].source)\n"
        "print(sorted(sys.modules.keys() & {'sqlalchemy', 'workbench.termbase', 'workbench.checks', 'textual'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "Sentence 0.\n[]\n"
