"""Edit scripts: they rebuild both texts, are as short as can be, and never cut a grapheme."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from workbench.diff import edits

MIXED = "我们的abc .\n\r，。é\u0301\u200d👍🏽🇨🇳\ufe0f가각\u0e01\u0e33"


def shown(old: str, new: str) -> list[tuple[str, str, str]]:
    return [(step.op, step.old_span.of(old), step.new_span.of(new)) for step in edits(old, new)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        ("", "新", [("insert", "", "新")]),
        ("旧", "", [("delete", "旧", "")]),
        ("相同", "相同", [("equal", "相同", "相同")]),
        (
            "我爱你",
            "我不爱他",
            [("equal", "我", "我"), ("insert", "", "不"), ("equal", "爱", "爱"), ("replace", "你", "他")],
        ),
        ("好👍🏽", "好👍🏿", [("equal", "好", "好"), ("replace", "👍🏽", "👍🏿")]),
        ("cafe\u0301s", "cafes", [("equal", "caf", "caf"), ("replace", "e\u0301", "e"), ("equal", "s", "s")]),
        ("\U0001f1e8\U0001f1f3", "\U0001f1e8\U0001f1ed", [("replace", "🇨🇳", "🇨🇭")]),
    ],
)
def test_cases(old: str, new: str, expected: list[tuple[str, str, str]]) -> None:
    assert shown(old, new) == expected


@given(st.text(alphabet=MIXED, max_size=40), st.text(alphabet=MIXED, max_size=40))
def test_a_script_covers_both_texts_in_order_without_cutting_graphemes(old: str, new: str) -> None:
    import regex

    steps = edits(old, new)
    assert "".join(step.old_span.of(old) for step in steps) == old
    assert "".join(step.new_span.of(new) for step in steps) == new
    for text, spans in ((old, [s.old_span for s in steps]), (new, [s.new_span for s in steps])):
        starts = {match.start() for match in regex.finditer(r"\X", text)} | {len(text)}
        assert all(span.start in starts and span.end in starts for span in spans)
        assert [span.start for span in spans[1:]] == [span.end for span in spans[:-1]]
    for step in steps:
        same = step.old_span.of(old) == step.new_span.of(new)
        assert (step.op == "equal") == same
        assert len(step.old_span) > 0 or step.op == "insert"
        assert len(step.new_span) > 0 or step.op == "delete"


@given(st.text(alphabet="我们的abc", max_size=40), st.text(alphabet="我们的abc", max_size=40))
def test_no_script_is_shorter(old: str, new: str) -> None:
    cost = sum(max(len(s.old_span), len(s.new_span)) for s in edits(old, new) if s.op != "equal")
    assert cost == Levenshtein.distance(old, new)


@given(st.text(max_size=20))
def test_any_text_equals_itself(text: str) -> None:
    assert [step.op for step in edits(text, text)] == ["equal"] * bool(text)
