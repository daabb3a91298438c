"""`workbench.align` and `workbench.segment` from Python: an argument of another kind is one line, never a traceback."""

from __future__ import annotations

from typing import Any

import pytest

import workbench
from workbench.errors import UsageError
from workbench.model import Bead

S = ["Hello there.", "How are you?", "Fine."]
T = ["你好。", "你好吗？", "好。"]


@pytest.mark.parametrize(
    ("source", "options", "said"),
    [
        (None, {}, "the source is NoneType, not a text or a list of texts"),
        (b"Hello.", {}, "the source is bytes, not a text or a list of texts"),
        ([1, 2], {}, "the source is list, not a text or a list of texts"),
        (S, {"source_lang": "klingon"}, "not a language tag: 'klingon'"),
        (S, {"target_lang": None}, "the language of the target is None, not a tag such as en or zh-TW"),
        (S, {"source_breaks": [9]}, "source_breaks: 9 is not the number of one of its 3 segments"),
        (S, {"source_breaks": [-1]}, "source_breaks: -1 is not the number of one of its 3 segments"),
        (S, {"target_breaks": ["a"]}, "target_breaks: 'a' is not the number of one of its 3 segments"),
        (S, {"fixed": None}, "fixed must be a list of workbench.model.Bead"),
        (S, {"fixed": "x"}, "fixed must be a list of workbench.model.Bead"),
        (S, {"fixed": [((0, 1), (0, 1))]}, "fixed must be a list of workbench.model.Bead"),
        (S, {"fixed": [Bead([0], [0], 1.0)]}, "the sides of a fixed bead must be ranges: [0], [0]"),  # type: ignore[arg-type]
    ],
)  # fmt: skip
def test_align(source: Any, options: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError) as caught:
        workbench.align(source, T, **options)
    assert str(caught.value) == said


def test_segment() -> None:
    bad: Any = None
    with pytest.raises(UsageError, match="the text is NoneType, not a str"):
        workbench.segment(bad)
    with pytest.raises(UsageError, match="not a language tag: 'klingon'"):
        workbench.segment("Hello.", lang="klingon")


def test_good_arguments_are_taken() -> None:
    found = workbench.align(S, tuple(T), fixed=(Bead(range(1), range(1), 1.0),), source_breaks=[0, 2])
    assert found.beads[0] == Bead(range(1), range(1), 1.0)
