"""Reading a changed source again: what is the same keeps its identity and its review."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench import formats
from workbench.errors import InputError
from workbench.model import Draft, State, TranslationUnit
from workbench.pipeline import sources
from workbench.pipeline.importing import reconcile


def unit(
    source: str, draft: str, *, id: str = "", state: State = State.INITIAL, target: str = ""
) -> TranslationUnit:
    return TranslationUnit(
        id=id,
        position=0,
        source=source,
        target=target or draft,
        state=state,
        drafts=(Draft(id="", text=draft),),
        source_segments=(source,),
        draft_segments=(draft,),
    )


STORED = [
    unit("The hall was full.", "大厅满了。", id="d:1", state=State.REVIEWED, target="大厅座无虚席。"),
    unit("Nobody left.", "没有人离开。", id="d:2"),
    unit("It ended late.", "结束得很晚。", id="d:3", state=State.REVIEWED),
]


def ids(units: list[TranslationUnit]) -> list[str]:
    return [one.id for one in units]


def fresh(units: list[TranslationUnit]) -> list[TranslationUnit]:
    return [unit(one.source, one.draft) for one in units]


def test_the_same_document_keeps_everything() -> None:
    units, report = reconcile(STORED, fresh(STORED))
    assert ids(units) == ["d:1", "d:2", "d:3"]
    assert units[0].target == "大厅座无虚席。"
    assert (report.added, report.kept, report.removed, report.reviewed_kept) == (0, 3, 0, 2)
    assert not report.changed


def test_an_inserted_sentence_is_new_and_the_rest_stays() -> None:
    units, report = reconcile(
        STORED, [*fresh(STORED[:1]), unit("It rained.", "下雨了。"), *fresh(STORED[1:])]
    )
    assert ids(units) == ["d:1", "", "d:2", "d:3"]
    assert [one.position for one in units] == [0, 1, 2, 3]
    assert (
        str(replace(report, document="talk")) == "talk: 3 units kept (2 with review work), 1 new, 0 set aside"
    )


def test_a_changed_source_is_a_new_unit_and_the_old_one_is_set_aside() -> None:
    units, report = reconcile(STORED, [unit("The hall was empty.", "大厅空了。"), *fresh(STORED[1:])])
    assert ids(units) == ["", "d:2", "d:3"]
    assert (report.added, report.removed, report.reviewed_removed) == (1, 1, 1)


def test_a_new_draft_does_not_push_out_a_review() -> None:
    units, _ = reconcile(STORED, [unit("The hall was full.", "大厅爆满。"), *fresh(STORED[1:])])
    assert ids(units) == ["d:1", "d:2", "d:3"]
    assert units[0].target == "大厅座无虚席。"


def test_a_new_draft_replaces_one_that_nobody_worked_on() -> None:
    units, _ = reconcile(STORED, [*fresh(STORED[:1]), unit("Nobody left.", "无人离场。"), *fresh(STORED[2:])])
    assert ids(units) == ["d:1", "", "d:3"]
    assert units[1].target == "无人离场。"


def test_units_merged_in_review_are_recognised() -> None:
    merged = unit("The hall was full. Nobody left.", "大厅满了。没有人离开。", id="d:1", state=State.REVIEWED)
    units, report = reconcile([merged, STORED[2]], fresh(STORED))
    assert ids(units) == ["d:1", "d:3"]
    assert (report.added, report.removed) == (0, 0)


def test_a_unit_split_in_review_is_recognised() -> None:
    whole = unit("The hall was full. Nobody left.", "大厅满了。没有人离开。")
    units, report = reconcile(STORED, [whole, *fresh(STORED[2:])])
    assert ids(units) == ["d:1", "d:2", "d:3"]
    assert (report.added, report.removed) == (0, 0)


@settings(deadline=None)
@given(st.lists(st.sampled_from("abcd"), max_size=8), st.lists(st.sampled_from("abcd"), max_size=8))
def test_every_new_text_is_covered_once_in_order(old: list[str], new: list[str]) -> None:
    stored = [unit(letter, letter, id=f"d:{number}") for number, letter in enumerate(old)]
    units, report = reconcile(stored, [unit(letter, letter) for letter in new])
    assert "".join(one.source for one in units) == "".join(new)
    assert report.kept + report.removed == len(stored)
    kept = [one.id for one in units if one.id]
    assert len(kept) == len(set(kept)) == report.kept


@given(st.data())
def test_what_review_split_and_merged_is_recognised_whatever_the_grouping(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 12))
    sentences = [(f"sentence {number}.", f"句{number}。") for number in range(count)]

    def grouped(label: str, *, stored: bool) -> list[TranslationUnit]:
        cuts = sorted(data.draw(st.sets(st.integers(1, count)), label=label) | {0, count})
        pairs = [sentences[a:b] for a, b in itertools.pairwise(cuts)]
        return [
            unit(
                " ".join(s for s, _ in some), "".join(t for _, t in some), id=f"d:{number}" if stored else ""
            )
            for number, some in enumerate(pairs)
        ]

    old = grouped("stored", stored=True)
    units, report = reconcile(old, grouped("new", stored=False))
    assert [one.id for one in units] == [one.id for one in old]
    assert (report.added, report.removed) == (0, 0)


def test_a_unit_that_moved_keeps_its_review() -> None:
    moved = fresh([STORED[1], STORED[2], STORED[0]])
    units, report = reconcile(STORED, moved)
    assert sorted(ids(units)) == ["d:1", "d:2", "d:3"]
    assert [one.source for one in units] == [one.source for one in moved]
    assert (report.added, report.removed, report.reviewed_kept) == (0, 0, 2)


def test_what_was_set_aside_is_known_again() -> None:
    units, report = reconcile(STORED[1:], fresh(STORED), aside=STORED[:1])
    assert ids(units) == ["d:1", "d:2", "d:3"]
    assert units[0].target == "大厅座无虚席。"
    assert (report.added, report.kept) == (0, 3)


def test_new_units_keep_their_own_ids_unless_taken() -> None:
    new = [
        unit("New one.", "新一。", id="k1"),
        unit("New two.", "新二。", id="d:1"),
        unit("Three.", "三。", id="x"),
    ]
    units, _ = reconcile(STORED, new, taken={"x"})
    assert ids(units) == ["k1", "", ""]


def test_the_bilingual_extensions_are_those_of_the_formats() -> None:
    known = {extension for one in formats.FORMATS if one.bilingual for extension in one.extensions}
    assert set(sources.BILINGUAL) == known
    assert sources.bilingual_name(Path("a/talk.CSV.gz")) == "talk"
    assert sources.bilingual_name(Path("talk.en.txt")) is None


def test_stray_files_are_reported_and_the_rest_is_paired() -> None:
    problems: list[InputError] = []
    paths = [Path(name) for name in ("a.en.txt", "a.zh.txt", "b.zh.txt", "a.csv", "c.fr.txt", "README.md")]
    found = sources.pair_up(paths, source_lang="en", target_lang="zh", problems=problems)
    assert [one.name for one in found] == ["a"]
    assert sorted(str(one) for one in problems) == [
        "a.en.txt: two documents are called 'a'",
        "b.zh.txt: a draft without its source (b.en.txt)",
        "c.fr.txt: a text in 'fr', in a project from en to zh",
    ]
