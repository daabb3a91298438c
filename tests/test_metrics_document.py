"""Live scores of a document: after any edits they are what scoring the whole document gives."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench import metrics
from workbench.metrics import base, document, ter

texts = st.text(alphabet="我们的是，。ab .", max_size=12)
edits = st.lists(
    st.tuples(st.sampled_from("1234"), st.one_of(st.none(), st.tuples(texts, texts))), max_size=12
)


@settings(max_examples=60, deadline=None)
@given(edits)
def test_edits_one_by_one_give_the_scores_of_the_whole(
    changes: list[tuple[str, tuple[str, str] | None]],
) -> None:
    live = metrics.DocumentScores()
    units: dict[str, tuple[str, str]] = {}
    for unit_id, change in changes:
        if change is None:
            live.drop(unit_id)
            units.pop(unit_id, None)
        else:
            live.put(unit_id, *change)
            units[unit_id] = change
    assert len(live) == len(units)
    at_once = metrics.DocumentScores()
    at_once.put_all((unit_id, draft, target) for unit_id, (draft, target) in units.items())
    assert at_once.scores() == live.scores()
    if units:
        drafts, targets = zip(*units.values(), strict=True)
        assert live.scores() == metrics.score(drafts, targets, metrics=metrics.LIVE)
    else:
        assert [(score.value, score.unit_count) for score in live.scores()] == [(0, 0)] * 4


def test_a_missed_deadline_keeps_the_last_value_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    live = metrics.DocumentScores(["ter", "edit"])
    live.put("1", "甲乙丙丁", "甲乙丙戊", deadline_seconds=60)
    assert live.stale == frozenset()

    def late(*_: object, **__: object) -> int:
        raise base.DeadlineError

    with monkeypatch.context() as patch:
        patch.setattr(ter, "count_edits", late)
        measured = live.put("1", "甲乙丙丁", "戊己庚辛", deadline_seconds=0.03)
        live.put("2", "甲", "乙", deadline_seconds=0.03)
    assert not measured.complete
    assert live.stale == {"1", "2"}
    assert [(score.value, score.unit_count) for score in live.scores()] == [(25, 1), (100, 2)]
    live.put_measured("1", metrics.measure("甲乙丙丁", "戊己庚辛", metrics=("ter", "edit")))
    live.drop("2")
    assert live.stale == frozenset()
    assert [(score.value, score.unit_count) for score in live.scores()] == [(100, 1), (100, 1)]


def test_only_ter_may_be_late() -> None:
    measured = document.measure("甲", "乙", metrics.METRICS, lang="zh", deadline_seconds=-1)
    missing = {name for name, numbers in measured.statistics.items() if numbers is None}
    assert missing <= {"ter", "hter"}
