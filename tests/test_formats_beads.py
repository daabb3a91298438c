"""Bead lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import FormatError
from workbench.formats.beads import read_beads, write_beads
from workbench.model import Bead


def test_a_line_a_bead() -> None:
    beads = [
        Bead(range(2), range(1), 0.93),
        Bead(range(2, 2), range(1, 2), 0.5),
        Bead(range(2, 3), range(2, 2), 0.123456),
        Bead(range(3, 4), range(2, 3), 1.0),
    ]
    text = "[0,1]:[0]:0.93\n[]:[1]:0.5\n[2]:[]:0.1235\n[3]:[2]:1.0\n"
    assert write_beads(beads) == text
    assert write_beads(read_beads(text)) == text
    assert read_beads(text)[:2] == beads[:2]


def test_other_tools_lines_are_read() -> None:
    assert read_beads("[0, 1]:[0]\r\n\r\n [2] : [ 1 ] : 0.25 \n") == [
        Bead(range(2), range(1), 1.0),
        Bead(range(2, 3), range(1, 2), 0.25),
    ]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 10_000))))
def test_beads_come_back(sizes: list[tuple[int, int, int]]) -> None:
    beads, source, target = [], 0, 0
    for sources, targets, score in sizes:
        beads.append(Bead(range(source, source + sources), range(target, target + targets), score / 10_000))
        source, target = source + sources, target + targets
    assert read_beads(write_beads(beads)) == beads


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("hello", "not a bead, such as [0,1]:[0]:0.93: 'hello'"),
        ("[0]:[0]:x", "the score 'x' is no number from 0 to 1"),
        ("[0]:[0]:nan", "the score 'nan' is no number from 0 to 1"),
        ("[0]:[0]:1.5", "the score '1.5' is no number from 0 to 1"),
        ("[0,2]:[0]:1", "the numbers do not follow one another: [0,2]"),
        ("[0]:[1,,2]:1", "not a list of numbers: [1,,2]"),
    ],
)
def test_refusals(line: str, said: str) -> None:
    with pytest.raises(FormatError) as caught:
        read_beads(f"[0]:[0]:1\n{line}\n", name="x")
    assert str(caught.value) == f"x:2: {said}"
