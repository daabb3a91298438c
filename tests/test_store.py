"""The store: importing, paging, decisions, undo, and errors in words."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from workbench.errors import CommandError, NotFoundError, StaleUnitError, StoreError
from workbench.model import (
    Annotation,
    Document,
    Draft,
    PostEdit,
    Severity,
    Span,
    State,
    TranslationUnit,
    Waiver,
)
from workbench.store import Change, Filter, Finding, Place, Store, open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
REPORT = Document("report", "txt", skeleton=b"\x00bytes")


def unit(source: str, target: str = "", *, unit_id: str = "", **values: object) -> TranslationUnit:
    return replace(TranslationUnit(unit_id, 0, source, target, drafts=(Draft("d", target),)), **values)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = open_store(tmp_path / "review.db", clock=lambda: NOON)
    store.save_document(
        REPORT,
        [unit("One.", "一。"), unit("Two.", "二。", bead_score=0.3), unit("Three.", "三。", notes=("look",))],
        source_digest="s1",
        draft_digest="d1",
    )
    return store


def targets(store: Store) -> list[str]:
    return [one.target for one in store.units("report")]


def edited(one: TranslationUnit, text: str, **values: object) -> Change:
    return Change(replace(one, target=text, **values), post_edit=PostEdit(one.id, text, "ann", NOON, 1.5, 7))


def test_what_is_saved_comes_back(tmp_path: Path) -> None:
    whole = TranslationUnit(
        id="a-1",
        position=0,
        source="He said “hi” 👨‍👩‍👧.",
        target="他说：“嗨”\u200b。\t\x07",
        state=State.TRANSLATED,
        drafts=(Draft("d1", "草稿", "argos", None, None), Draft("d2", "修", "argos", 87.5, "d1")),
        bead_score=0.25,
        source_segments=("He said", "“hi” 👨‍👩‍👧."),
        draft_segments=("草稿",),
        origin="a.en.txt:3",
        notes=("first", 'second "quoted" 第三'),
        version=0,
        changed_at=NOON - timedelta(days=2),
        changed_by="bob",
        extra=(("domain", '"news"'),),
    )
    with open_store(tmp_path / "review.db", clock=lambda: NOON) as store:
        store.save_document(
            replace(REPORT, target_lang="zh-CN"), [whole], source_digest="s", draft_digest="d"
        )
    with open_store(tmp_path / "review.db") as again:
        assert again.units("report") == [whole]
        assert again.unit("a-1") == whole
        record = again.document("report")
        assert (record.id, record.format, record.target_lang) == ("report", "txt", "zh-CN")
        assert (record.skeleton, record.source_digest, record.draft_digest) == (b"\x00bytes", "s", "d")
        assert (record.imported_at, record.unit_count, record.done_count) == (NOON, 1, 0)


def test_half_of_a_surrogate_pair_cannot_break_the_store(store: Store) -> None:
    store.save_document(Document("odd", "jsonl"), [unit("a\ud800b", "\udfff文")])
    assert [(one.source, one.target) for one in store.units("odd")] == [("a\ufffdb", "\ufffd文")]


def test_units_without_an_id_are_numbered_and_numbers_are_never_used_again(store: Store) -> None:
    assert store.unit_ids("report") == ["report:1", "report:2", "report:3"]
    first, _second, third = store.units("report")
    store.save_document(REPORT, [first, unit("New.", "新。"), third])
    assert store.unit_ids("report") == ["report:1", "report:4", "report:3"]
    store.save_document(REPORT, [unit("x", unit_id="report:9"), unit("y")])
    assert store.unit_ids("report") == ["report:9", "report:10"]


def test_importing_again_keeps_what_was_reviewed(store: Store) -> None:
    first, second, third = store.units("report")
    store.decide("report", "ann", "confirm", [edited(second, "两个。", state=State.REVIEWED)])
    held = store.unit("report:2")
    store.save_document(REPORT, [third, replace(second, bead_score=0.9, target="别的"), unit("Four.")])
    kept = store.unit("report:2")
    assert kept == replace(held, bead_score=0.9)
    assert [one.id for one in store.units("report")] == ["report:3", "report:2", "report:4"]
    with pytest.raises(NotFoundError):
        store.unit(first.id)
    store.save_document(REPORT, [first, second, third])
    assert targets(store) == ["一。", "两个。", "三。"]
    assert [edit.text for edit in store.post_edits("report:2")] == ["两个。"]


def test_importing_the_same_again_changes_nothing(store: Store) -> None:
    before = store.units("report")
    number, _ids = store.changes_since(0)
    store.save_document(REPORT, before)
    assert store.units("report") == before
    assert store.changes_since(number)[1] == []


def test_a_unit_that_was_cut_in_review_stays_cut_when_its_file_is_imported_again(store: Store) -> None:
    imported = store.units("report")
    left, right = (
        replace(imported[0], source="O", target="一"),
        replace(imported[0], id="", source="ne.", target="。"),
    )
    store.decide("report", "ann", "split", [Change(left), Change(right, after="report:1")])
    merged = replace(imported[1], target="二。三。")
    store.decide("report", "ann", "merge", [Change(merged), Change(imported[2], merged_into="report:2")])
    assert targets(store) == ["一", "。", "二。三。"]
    store.save_document(REPORT, [unit("Zero.", "零。"), *imported])
    assert targets(store) == ["零。", "一", "。", "二。三。"]
    store.save_document(REPORT, [imported[2]])
    assert targets(store) == ["三。"]


def test_the_same_id_twice_is_refused_and_nothing_is_stored(store: Store) -> None:
    with pytest.raises(StoreError, match="'a' occurs twice"):
        store.save_document(Document("twice", "tmx"), [unit("x", unit_id="a"), unit("y", unit_id="a")])
    assert [record.id for record in store.documents()] == ["report"]


def test_an_id_may_be_in_two_documents(store: Store) -> None:
    for name in ("one", "two"):
        store.save_document(Document(name, "csv"), [unit(name, unit_id="1")])
    assert store.unit("1", document_id="two").source == "two"
    with pytest.raises(StoreError, match="several documents"):
        store.unit("1")


def test_pages_and_filters(store: Store) -> None:
    assert [one.source for one in store.units("report", start=1, count=1)] == ["Two."]
    assert [one.position for one in store.units("report", start=1)] == [1, 2]
    assert store.units("report", start=3) == []
    assert [one.id for one in store.units_by_id(["report:3", "report:1"], document_id="report")] == [
        "report:3",
        "report:1",
    ]
    with pytest.raises(NotFoundError, match="report:7"):
        store.units_by_id(["report:1", "report:7"], document_id="report")
    store.decide("report", "ann", "confirm", [edited(store.unit("report:1"), "一！", state=State.REVIEWED)])
    found = {
        ("open",): ["report:2", "report:3"],
        ("reviewed",): ["report:1"],
        ("doubt",): ["report:2"],
        ("notes",): ["report:3"],
        ("open", "notes"): ["report:3"],
        (): ["report:1", "report:2", "report:3"],
    }
    for kinds, ids in found.items():
        assert store.unit_ids("report", Filter(kinds, doubt_below=0.5)) == ids, kinds


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("TWO", ["report:2"]),
        ("三", ["report:3"]),
        ("look", ["report:3"]),
        ("%", []),
        ("_", []),
        ('"', []),
        ("[", []),
        (".", ["report:1", "report:2", "report:3"]),
        ("\\", []),
    ],
)
def test_searching_takes_every_character_for_itself(store: Store, text: str, ids: list[str]) -> None:
    assert store.unit_ids("report", Filter(text=text)) == ids


def test_a_decision_is_undone_and_done_again(store: Store) -> None:
    before = store.unit("report:1")
    store.decide("report", "ann", "edit", [edited(before, "壹。")])
    after = store.unit("report:1")
    assert (after.target, after.version, after.changed_by, after.changed_at) == ("壹。", 1, "ann", NOON)
    undone = store.undo("report", "ann")
    assert undone is not None
    assert (undone.name, undone.unit_ids) == ("edit", ("report:1",))
    assert replace(store.unit("report:1"), version=0) == before
    assert store.post_edits("report:1") == []
    assert [(entry.decision, entry.undone) for entry in store.history("report:1")] == [("edit", True)]
    assert store.undo("report", "ann") is None
    store.redo("report", "ann")
    assert replace(store.unit("report:1"), version=1) == after
    assert [edit.keystrokes for edit in store.post_edits_of("report")] == [7]
    assert store.redo("report", "ann") is None


def test_a_new_decision_forgets_what_could_be_done_again(store: Store) -> None:
    for text in ("a", "b"):
        store.decide("report", "ann", "edit", [edited(store.unit("report:1"), text)])
    store.undo("report", "ann")
    store.decide("report", "ann", "edit", [edited(store.unit("report:1"), "c")])
    assert store.redo("report", "ann") is None
    store.undo("report", "ann")
    assert store.unit("report:1").target == "a"


def test_waivers_and_annotations_are_part_of_a_decision(store: Store) -> None:
    waiver = Waiver("report:1", "number-1", "ann", "right so", NOON)
    annotation = Annotation("report:1", "accuracy", Severity.MAJOR, "ann", Span(0, 1), "wrong")
    one = store.unit("report:1")
    store.decide("report", "ann", "waive", [Change(one, waivers=(waiver,), annotations=(annotation,))])
    assert (store.waivers("report"), store.annotations("report")) == ([waiver], [annotation])
    store.undo("report", "ann")
    assert (store.waivers("report"), store.annotations("report")) == ([], [])
    store.redo("report", "ann")
    assert (store.waivers("report"), store.annotations("report")) == ([waiver], [annotation])


def test_each_author_undoes_what_is_his(store: Store) -> None:
    store.decide("report", "ann", "edit", [edited(store.unit("report:1"), "安")])
    store.decide("report", "bob", "edit", [edited(store.unit("report:2"), "鲍")])
    store.undo("report", "ann")
    assert targets(store) == ["一。", "鲍", "三。"]
    assert store.undo("report", "ann") is None


def test_what_somebody_else_changed_since_is_not_undone(store: Store) -> None:
    store.decide("report", "ann", "edit", [edited(store.unit("report:1"), "安")])
    store.decide("report", "bob", "edit", [edited(store.unit("report:1"), "鲍")])
    with pytest.raises(CommandError, match="changed by bob since"):
        store.undo("report", "ann")
    assert targets(store)[0] == "鲍"
    store.undo("report", "bob")
    store.undo("report", "ann")
    assert targets(store)[0] == "一。"


def test_a_split_is_not_undone_under_somebody_who_works_on_its_second_part(store: Store) -> None:
    one = store.unit("report:1")
    store.decide(
        "report",
        "ann",
        "split",
        [Change(replace(one, target="一")), Change(replace(one, id=""), after=one.id)],
    )
    new = store.units("report")[1]
    store.decide("report", "bob", "edit", [edited(new, "鲍的话")])
    with pytest.raises(CommandError, match="bob"):
        store.undo("report", "ann")
    assert targets(store)[1] == "鲍的话"


def test_a_stale_version_is_refused_and_nothing_of_the_decision_is_stored(store: Store) -> None:
    first, second, _third = store.units("report")
    store.decide("report", "bob", "edit", [edited(second, "鲍")])
    with pytest.raises(StaleUnitError) as refusal:
        store.decide("report", "ann", "edit", [edited(first, "安"), edited(second, "安")])
    assert (refusal.value.unit_id, refusal.value.held, refusal.value.found) == ("report:2", 0, 1)
    assert targets(store) == ["一。", "鲍", "三。"]
    assert store.undo("report", "ann") is None


def test_splitting_the_same_unit_again_and_again_keeps_the_order(store: Store) -> None:
    for number in range(90):
        one = store.unit("report:1")
        part = replace(one, id="", source=str(number), target="")
        store.decide("report", "ann", "split", [Change(one), Change(part, after=one.id)])
    sources = [one.source for one in store.units("report")]
    assert sources == ["One.", *map(str, reversed(range(90))), "Two.", "Three."]


def test_changes_since_tells_what_changed(store: Store) -> None:
    number, ids = store.changes_since(0)
    assert ids == ["report:1", "report:2", "report:3"]
    assert store.changes_since(number) == (number, [])
    store.decide("report", "bob", "edit", [edited(store.unit("report:2"), "鲍")])
    later, ids = store.changes_since(number)
    assert (later > number, ids) == (True, ["report:2"])


def test_the_place_is_kept_by_author(store: Store) -> None:
    assert store.place("report", "ann") is None
    store.set_place("report", "ann", Place("report:2", "open"))
    store.set_place("report", "bob", Place("report:1", "all"))
    store.set_place("report", "ann", Place("report:3", "notes text: 亿"))
    assert store.place("report", "ann") == Place("report:3", "notes text: 亿")
    store.save_document(REPORT, store.units("report")[:1])
    assert store.place("report", "ann") is None


def test_findings_hold_for_one_version_and_one_set_of_checks(store: Store) -> None:
    wish = Filter(("issues",), checks="c1")
    assert len(store.unchecked("report", "c1", count=10)) == 3
    store.save_findings(
        "report", "c1", [Finding("report:1", 0, 2, Severity.MAJOR), Finding("report:2", 0, 0, None)]
    )
    assert [one.id for one in store.unchecked("report", "c1", count=10)] == ["report:3"]
    assert len(store.unchecked("report", "c2", count=10)) == 3
    assert store.unit_ids("report", wish) == ["report:1"]
    assert [row.issue_count for row in store.rows_of("report", ["report:1", "report:3"], wish)] == [2, None]
    progress = store.progress("report", wish)
    assert (progress.total, progress.with_issues, progress.unchecked) == (3, 1, 1)
    store.decide("report", "ann", "edit", [edited(store.unit("report:1"), "新")])
    assert [row.issue_count for row in store.rows_of("report", ["report:1"], wish)] == [None]
    store.save_findings("report", "c1", [Finding("report:1", 0, 9, Severity.MINOR)])
    assert store.unit_ids("report", wish) == []


def test_many_threads_share_a_store(store: Store) -> None:
    store.save_document(Document("big", "txt"), [unit(str(index), str(index)) for index in range(40)])
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for index in range(number, 40, 4):
                one = store.units("big", start=index, count=1)[0]
                store.decide("big", f"a{number}", "edit", [edited(one, f"{number}-{index}")])
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert [one.target for one in store.units("big")] == [f"{index % 4}-{index}" for index in range(40)]


def test_a_store_in_memory_serves_several_threads() -> None:
    store = open_store("sqlite://")
    store.save_document(REPORT, [unit("One.", "一。")])
    found: list[str] = []
    thread = threading.Thread(target=lambda: found.extend(store.unit_ids("report")))
    thread.start()
    thread.join()
    assert found == ["report:1"]


def refusal(location: Path | str) -> str:
    with pytest.raises(StoreError) as caught:
        open_store(location, timeout_seconds=0.1).documents()
    text = str(caught.value)
    assert "\n" not in text
    assert str(location) in text or str(Path(location).parent) in text
    return text


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "review.db"
    path.write_text("these are notes, not a database, and there is enough of them to see that" * 20)
    assert "not a review database" in refusal(path)
    assert path.read_text().startswith("these are notes")


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "review.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE song (name TEXT)")
    assert "not a review database" in refusal(path)


def test_a_directory_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "review.db").mkdir()
    assert "cannot be opened or made" in refusal(tmp_path / "review.db")


def test_a_file_where_the_folder_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / ".workbench").write_text("")
    assert "cannot be made" in refusal(tmp_path / ".workbench" / "review.db")


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    (tmp_path / "review.db").touch()
    assert open_store(tmp_path / "review.db").documents() == []


def test_an_address_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="not the address"):
        open_store("what is this://")


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "review.db"
    open_store(path).close()
    with sqlite3.connect(path) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "newer workbench (schema 9999" in refusal(path)


def test_a_locked_database_is_named_after_a_wait(store: Store, tmp_path: Path) -> None:
    holder = sqlite3.connect(tmp_path / "review.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    other = open_store(tmp_path / "review.db", timeout_seconds=0.1)
    assert len(other.units("report")) == 3
    with pytest.raises(StoreError, match=r"review\.db: locked by another program"):
        other.decide("report", "ann", "edit", [edited(other.unit("report:1"), "安")])
    holder.execute("ROLLBACK")
    other.decide("report", "ann", "edit", [edited(other.unit("report:1"), "安")])
    assert targets(store)[0] == "安"


def without_privileges(act: Callable[[], str]) -> str:
    """What `act` returns in a child process that may not write where it is not allowed to: root may do all."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.getuid() == 0:
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
            answer = act()
        except BaseException as error:
            answer = repr(error)
        os.write(writer, answer.encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as stream:
        answer = stream.read()
    os.waitpid(child, 0)
    return answer


@pytest.fixture
def readable(tmp_path: Path) -> Iterator[Path]:
    """A folder that everybody may read and, once it is made read-only, nobody may write."""
    folder = tmp_path / "project"
    folder.mkdir()
    opened = [path for path in tmp_path.parents if path.stat().st_uid == os.getuid()]
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in [tmp_path, *opened]}
    for path, mode in modes.items():
        if mode & 0o055 != 0o055:
            path.chmod(mode | 0o055)
    yield folder
    folder.chmod(0o755)
    for path, mode in modes.items():
        if mode & 0o055 != 0o055:
            path.chmod(mode)


def edit_in(path: Path) -> str:
    try:
        with open_store(path, timeout_seconds=0.1) as store:
            first = store.unit("report:1")
            store.decide("report", "ann", "edit", [edited(first, "x")])
    except StoreError as error:
        return str(error)
    return "no error"


def test_a_read_only_folder_without_a_store(readable: Path) -> None:
    readable.chmod(0o555)
    answer = without_privileges(lambda: edit_in(readable / "review.db"))
    assert (
        answer == f"{readable}/review.db: cannot be opened or made: is its folder writable, and is it a file?"
    )
    answer = without_privileges(lambda: edit_in(readable / ".workbench" / "review.db"))
    assert answer == f"{readable}/.workbench: cannot be made: Permission denied"


def test_a_read_only_store_in_a_read_only_folder(readable: Path) -> None:
    path = readable / "review.db"
    store = open_store(path)
    store.save_document(REPORT, [unit("One.", "一。")])
    store.close()
    path.chmod(0o444)
    readable.chmod(0o555)
    answer = without_privileges(lambda: edit_in(path))
    assert answer.startswith(f"{path}: cannot be ")
    assert "\n" not in answer
    assert open_store(path).unit("report:1").target == "一。"


# Decisions on many units


def test_new_units_stand_where_they_are_put_in_their_order(store: Store) -> None:
    first, second, third = store.units("report")
    news = [
        Change(unit("A"), after=second.id, ahead=True),
        Change(unit("B"), after=second.id, ahead=True),
        Change(unit("C"), after=second.id),
        Change(unit("D"), after=second.id),
        Change(unit("E"), after=third.id, ahead=True),
        Change(unit("F"), after=first.id, ahead=True),
    ]
    store.decide("report", "ann", "put", news)
    assert "".join(one.source[0] for one in store.units("report")) == "FOABTCDET"
    store.undo("report", "ann")
    assert [one.id for one in store.units("report")] == [first.id, second.id, third.id]
    store.redo("report", "ann")
    assert "".join(one.source[0] for one in store.units("report")) == "FOABTCDET"


def test_putting_units_into_the_same_place_again_and_again_keeps_the_order(store: Store) -> None:
    first = store.units("report")[0]
    for number in range(90):
        store.decide("report", "ann", "put", [Change(unit(str(number)), after=first.id, ahead=True)])
    assert [one.source for one in store.units("report")][:90] == [str(number) for number in range(90)]


def test_a_decision_on_thousands_of_units_takes_little_room(store: Store) -> None:
    text = "这里有一句话，说的是第{}件事，后面还有几个字。"
    units = [replace(unit(f"Sentence {n}.", text.format(n)), id=f"many:{n}") for n in range(3000)]
    store.save_document(Document("many", "txt"), units)
    held = store.units("many")
    lower = ["", *(one.target for one in held)]
    store.decide(
        "many", "ann", "shift", [Change(replace(one, target=lower[n])) for n, one in enumerate(held)]
    )
    assert [one.target for one in store.units("many")] == lower[:-1]
    with store._database.reading() as connection:
        (size,) = connection.exec_driver_sql("SELECT sum(length(changes)) FROM journal").one()
    assert size < 60 * 3000
    assert store.undo("many", "ann") is not None
    assert [replace(one, version=0) for one in store.units("many")] == [
        replace(one, version=0, changed_by="", changed_at=None) for one in held
    ]
