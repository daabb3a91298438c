"""JSON Lines: every field kept, unknown keys too, and the line of what is wrong."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from workbench import formats
from workbench.errors import FormatError
from workbench.formats import ReadOptions
from workbench.model import Content, Document, Draft, State, TranslationUnit

TOUR = Content(
    Document("tour", "jsonl"),
    units=(
        TranslationUnit(
            "tour:1",
            0,
            "Turn left.",
            "向左转。",
            State.REVIEWED,
            (Draft("tour:1/0", "左转。"),),
            notes=("ok",),
        ),
        TranslationUnit(
            "tour:2",
            7,
            "Mind the step.\u2028",
            "",
            drafts=(Draft("d1", "介意台阶。", "argos"), Draft("d2", "小心台阶。", "memory", 88.0, "d1")),
            bead_score=0.0,
            source_segments=("Mind", "the step."),
            draft_segments=("介意台阶。",),
            origin="align",
            version=2,
            changed_at=datetime(2026, 11, 5, 9, 30, tzinfo=UTC),
            changed_by="mei",
            extra=(("rank", "3"), ("notes ", '{"a": [1.5, null]}'), ("drafts", '"x"'), ("extra:y", "true")),
        ),
    ),
)
TOUR_JSONL = (
    '{"id": "tour:1", "source": "Turn left.", "draft": "左转。", "target": "向左转。", "state": "reviewed", '
    '"notes": ["ok"], "document": "tour"}\n'
    '{"id": "tour:2", "source": "Mind the step.\u2028", "draft": "介意台阶。", "target": "", "state": "initial", '
    '"notes": [], "position": 7, "document": "tour", "drafts": [{"id": "d1", "text": "介意台阶。", "engine": "argos"}, '
    '{"id": "d2", "text": "小心台阶。", "engine": "memory", "match": 88.0, "repaired_from": "d1"}], "bead_score": 0.0, '
    '"origin": "align", "source_segments": ["Mind", "the step."], "draft_segments": ["介意台阶。"], "version": 2, '
    '"changed_at": "2026-11-05T09:30:00+00:00", "changed_by": "mei", "rank": 3, "notes ": {"a": [1.5, null]}, '
    '"extra:drafts": "x", "extra:extra:y": true}\n'
)


def read(text: str, **options: object) -> Content:
    return formats.read_bytes(text.encode(), name="t.jsonl", options=ReadOptions(**options))  # type: ignore[arg-type]


def test_what_is_written_and_comes_back() -> None:
    assert formats.write_bytes(TOUR, format="jsonl").decode() == TOUR_JSONL
    assert read(TOUR_JSONL) == TOUR


def test_source_and_target_are_enough() -> None:
    content = read('\ufeff{"source": "One", "target": "一"}\r\n\r\n{"target": null, "source": "Two", "x": 1}')
    assert content.units == (
        TranslationUnit("", 0, "One", "一"),
        TranslationUnit("", 1, "Two", "", extra=(("x", "1"),)),
    )


def test_loose_types_are_taken() -> None:
    (unit,) = read(
        '{"id": 12, "source": "One", "target": "一", "notes": "n", "state": "Signed_off", "draft": "", '
        '"changed_at": "2026-11-05T09:30:00"}'
    ).units
    assert (unit.id, unit.notes, unit.state, unit.drafts) == ("12", ("n",), State.FINAL, (Draft("12/0", ""),))
    assert unit.changed_at == datetime(2026, 11, 5, 9, 30, tzinfo=UTC)


OK = '{"source": "a", "target": "b"'
REFUSED = {
    "": "t.jsonl: empty file: there is no unit in it",
    "\n\n": "t.jsonl: empty file: there is no unit in it",
    OK + "}\n{oops}": "t.jsonl:2: not JSON: Expecting property name enclosed in double quotes at column 2",
    OK: "t.jsonl:1: not JSON: Expecting ',' delimiter at column 30",
    "[\n": "t.jsonl:1: JSON over several lines: a unit stands on one line",
    "{\n": "t.jsonl:1: JSON over several lines: a unit stands on one line",
    "[1]": "t.jsonl:1: an array, where an object with source and target is wanted",
    "12": "t.jsonl:1: a bare value, where an object with source and target is wanted",
    '{"source": "a"}': 't.jsonl:1: the unit has no "target"',
    '\n{"target": "a"}': 't.jsonl:2: the unit has no "source"',
    '{"source": 1, "target": "b"}': 't.jsonl:1: "source" is no text',
    '{"source": "a", "target": ["b"]}': 't.jsonl:1: "target" is no text',
    OK + ', "notes": [1]}': 't.jsonl:1: "notes" is no list of texts',
    OK + ', "state": "done"}': "t.jsonl:1: the state 'done' is none of initial, translated, reviewed, final",
    OK + ', "position": -1}': 't.jsonl:1: "position" is no whole number',
    OK + ', "version": true}': 't.jsonl:1: "version" is no whole number',
    OK + ', "bead_score": 2}': 't.jsonl:1: "bead_score" is no number from 0 to 1',
    OK + ', "changed_at": "soon"}': 't.jsonl:1: "changed_at" is no ISO 8601 time',
    OK + ', "drafts": "x"}': 't.jsonl:1: "drafts" is no list of objects',
    OK + ', "drafts": [{"text": "x", "match": "y"}]}': 't.jsonl:1: "match" is no number',
    OK + ', "x": NaN}': "t.jsonl:1: NaN is no JSON value",
    OK + ', "x": 1e999}': "t.jsonl:1: a number that is too large for JSON",
    OK + ', "x": ' + "9" * 5000 + "}": "t.jsonl:1: a number that is too large for JSON",
    OK + ', "x": "\\ud800"}': "t.jsonl:1: half of a surrogate pair, which is no character",
    '{"source": "\\ud800", "target": "b"}': "t.jsonl:1: half of a surrogate pair, which is no character",
    OK + ', "x": ' + "[" * 100_000 + "]" * 100_000 + "}": "t.jsonl:1: JSON that is nested too deep",
}


@pytest.mark.parametrize("text", REFUSED, ids=range(len(REFUSED)))
def test_refusals(text: str) -> None:
    with pytest.raises(FormatError) as caught:
        read(text)
    assert str(caught.value) == REFUSED[text]


def test_a_whole_surrogate_pair_is_a_character() -> None:
    assert read('{"source": "\\ud83d\\ude00", "target": ""}').units[0].source == "😀"
