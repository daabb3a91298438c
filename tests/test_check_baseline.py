"""The baseline: what an earlier run found is left out, wherever its unit has moved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workbench.checks import DocumentFindings
from workbench.errors import InputError
from workbench.model import Content, Document, TranslationUnit
from workbench.pipeline.baseline import only_new, read_baseline
from workbench.pipeline.findings import check_content
from workbench.pipeline.rules import make_rules
from workbench.report.issues import RENDERERS


def findings(*units: tuple[str, str, str], lines: bool = False) -> DocumentFindings:
    """The findings on (id, source, target); with `lines`, the ids are the lines that they stand on."""
    made = tuple(TranslationUnit(name, place, *texts) for place, (name, *texts) in enumerate(units))
    numbers = [int(unit.id) for unit in made] if lines else [place + 1 for place in range(len(made))]
    return check_content(Content(Document("a", "jsonl"), units=made), make_rules(), lines=numbers)


def new(before: DocumentFindings, after: DocumentFindings, shape: str) -> list[str]:
    """Unit and check of what is new."""
    data = RENDERERS[shape]([before]).encode()
    (found,) = only_new([after], read_baseline(data, name="base"))
    assert [unit.id for unit, _issues in found.units] == [unit.id for unit, _issues in after.units]
    return [f"{issue.unit_id} {issue.check}" for issue in found.issues]


COMMA = ("u1", "Good, very good.", "好,非常好。")
SPACE = ("u2", "It is good.", "它 好。")
PAIR = ("u3", "He (Li) is here.", "他来了（李")
SHAPES = pytest.mark.parametrize("shape", ["jsonl", "sarif"])


@SHAPES
def test_nothing_is_new_in_the_same_file(shape: str) -> None:
    same = findings(COMMA, SPACE, PAIR)
    assert len(same.issues) == 4
    assert new(same, same, shape) == []


@SHAPES
def test_units_that_moved_are_known(shape: str) -> None:
    assert new(findings(COMMA, SPACE), findings(SPACE, PAIR, COMMA), shape) == [
        "u3 brackets",
        "u3 punctuation",
    ]


@SHAPES
def test_a_new_finding_in_a_known_unit_is_new(shape: str) -> None:
    worse = ("u1", "Good, very good.", "好,非常 好。")
    assert new(findings(COMMA), findings(worse), shape) == ["u1 whitespace"]


@SHAPES
def test_an_edited_source_keeps_its_unit_by_its_id(shape: str) -> None:
    assert new(findings(COMMA), findings(("u1", "Good, really good.", COMMA[2])), shape) == []


@SHAPES
def test_units_that_are_named_by_their_line_are_known_by_their_source(shape: str) -> None:
    before = findings(("1", *COMMA[1:]), ("2", *SPACE[1:]), lines=True)
    # A unit was put in front, so that every line is another unit's now.
    moved = findings(("1", "Bad, very bad.", "坏。"), ("2", *COMMA[1:]), ("3", *SPACE[1:]), lines=True)
    assert new(before, moved, shape) == []
    # The same finding in another unit on that line is new.
    other = findings(("1", "Well, very good.", COMMA[2]), lines=True)
    assert new(before, other, shape) == ["1 punctuation"]


@SHAPES
def test_each_known_finding_answers_for_one(shape: str) -> None:
    twice = findings(COMMA, ("u9", *COMMA[1:]))
    assert new(findings(COMMA), twice, shape) == ["u9 punctuation"]
    assert new(findings(("u9", *COMMA[1:])), twice, shape) == ["u1 punctuation"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"{\n", "base:1: not JSON"),
        (b'\n{"id": "1"}\n', "base:2: no finding with a fingerprint"),
        (b'{"id": 1, "fingerprint": "a", "source_digest": "b"}\n', "base:1: no finding"),
        (b"[]\n", "base:1: no finding"),
        (b'{"runs": [{"results": [{"ruleId": "x"}]}]}', "base: a SARIF file, but"),
        (b'{"runs": 3}', "base: a SARIF file, but"),
        (b"\xff\xfe", "base: not UTF-8"),
        (b"[" * 100_000, "base:1: not JSON"),
    ],
)
def test_what_is_no_baseline_is_said_in_a_line(data: bytes, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        read_baseline(data, name="base")
    assert str(caught.value).startswith(reason)


def test_an_empty_baseline_knows_nothing(tmp_path: Path) -> None:
    assert read_baseline(b"", name="base") == []
    assert json.loads(RENDERERS["sarif"]([]))["runs"]
