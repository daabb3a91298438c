"""Summaries on a shelf find what those in memory find, however the units were edited; and they keep memory flat."""

from __future__ import annotations

import tracemalloc

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.checks import CHECKS, CheckContext, DocumentSummaries, message, run
from workbench.checks.shelved import ShelvedSummaries
from workbench.model import TranslationUnit
from workbench.store.shelf import Shelf

AROUND = [check for check in CHECKS if check.summary is not None]
_PAIRS = [
    ("Mr. Smithson of Ottawa came to the meeting.", "史密森先生从渥太华来开会。"),
    ("Mr. Smithson of Ottawa left the meeting.", "斯密森先生从渥太华离开会议。"),
    ("Mr. Smithson of Ottawa spoke.", "史密森先生从渥太华发言。"),
    ("Save the file in the folder", "把文件保存到文件夹"),
    ("Save the file in the folder", "将文件存入文件夹"),
    ("Keep the file in the folder", "把文件保存到文件夹"),
    ("The API is new.", "API 是新的。"),
    ("The API is old.", "API是旧的。"),
    ("The API is slow, the URL too.", "API 很慢，URL 也是。"),
    ("", "没有原文的一句话。"),
]
_TEXTS = st.one_of(st.sampled_from(_PAIRS), st.tuples(st.text(max_size=20), st.text(max_size=20)))
_STEPS = st.lists(
    st.tuples(st.sampled_from("ab"), st.integers(0, 5), st.none() | _TEXTS), min_size=1, max_size=16
)


def unit(number: int, source: str, target: str) -> TranslationUnit:
    return TranslationUnit(f"u{number}", number, source, target)


def test_one_source_rendered_in_two_ways_is_found_on_the_shelf() -> None:
    units = {
        ("talk", "u0"): unit(0, *_PAIRS[3]),
        ("talk", "u1"): unit(1, *_PAIRS[3]),
        ("talk", "u2"): unit(2, *_PAIRS[4]),
    }
    summaries = ShelvedSummaries(AROUND, Shelf(), lambda document, one: units.get((document, one)))
    summaries.put_all(units.values(), document="talk")
    context = CheckContext(summaries=summaries, document="talk")
    found = [run(one, context, checks=AROUND) for one in units.values()]
    assert [[issue.check for issue in issues] for issues in found] == [[], [], ["consistency"]]
    assert message(found[2][0]) == "the same source is rendered otherwise in u0 (2 times): 把文件保存到文件夹"
    assert summaries.near("u2", document="talk") == {"u0", "u1"}
    summaries.drop("u0", document="talk")
    summaries.drop("u1", document="talk")
    assert run(units["talk", "u2"], context, checks=AROUND) == []
    assert summaries.near("u2", document="talk") == set()


@settings(max_examples=60, deadline=None)
@given(steps=_STEPS)
def test_the_shelf_finds_what_memory_finds(
    steps: list[tuple[str, int, tuple[str, str] | None]],
) -> None:
    present: dict[tuple[str, str], TranslationUnit] = {}
    shelved = ShelvedSummaries(AROUND, Shelf(), lambda document, one: present.get((document, one)))
    held = DocumentSummaries(AROUND)
    for document, number, pair in steps:
        if pair is None:
            present.pop((document, f"u{number}"), None)
            shelved.drop(f"u{number}", document=document)
            held.drop(f"u{number}", document=document)
            continue
        one = present[document, f"u{number}"] = unit(number, *pair)
        shelved.put(one, document=document)
        held.put(one, document=document)
    for (document, name), one in present.items():
        found = [
            run(one, CheckContext(summaries=summaries, document=document), checks=AROUND)
            for summaries in (shelved, held)
        ]
        assert found[0] == found[1]
        assert shelved.near(name, document=document) == held.near(name, document=document)


def test_a_text_that_changed_since_is_not_shown() -> None:
    # The unit reads otherwise in the store than when it was put: there is no finding until that is taken up.
    now = {("", "u0"): unit(0, _PAIRS[3][0], "完全不同的一句话。"), ("", "u1"): unit(1, *_PAIRS[4])}
    summaries = ShelvedSummaries(AROUND, Shelf(), lambda document, one: now.get((document, one)))
    summaries.put_all([unit(0, *_PAIRS[3]), now["", "u1"]])
    assert run(now["", "u1"], CheckContext(summaries=summaries), checks=AROUND) == []


def test_memory_does_not_grow_with_the_units() -> None:
    usual = [check for check in AROUND if check.id in ("consistency", "name", "spacing")]

    def grown(summaries: DocumentSummaries) -> float:
        """Bytes that each of some more units costs."""
        held = []
        tracemalloc.start()
        for last in (3000, 5000):
            numbers = range(last - 3000, last)
            summaries.put_all(unit(number, f"Sentence {number}.", f"第{number}句。") for number in numbers)
            held.append(tracemalloc.get_traced_memory()[0])
        tracemalloc.stop()
        return (held[1] - held[0]) / 2000

    assert grown(DocumentSummaries(usual)) > 500
    assert grown(ShelvedSummaries(usual, Shelf(), lambda _document, _one: None)) < 50
