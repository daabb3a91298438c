"""Checks of a whole document: the contract of summaries, shown with a toy check and held by every registered one."""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.checks import CHECKS, Check, CheckContext, DocumentSummaries, message, run, run_document
from workbench.checks.base import text_value
from workbench.model import Issue, Severity, Span, TranslationUnit


class Endings:
    """How often each last character ends a target: the toy's summary."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.ids: dict[str, set[str]] = {}

    def add(self, unit: TranslationUnit) -> None:
        self.counts[unit.target[-1:]] += 1
        self.ids.setdefault(unit.target[-1:], set()).add(unit.id)

    def subtract(self, unit: TranslationUnit) -> None:
        self.counts[unit.target[-1:]] -= 1
        self.ids[unit.target[-1:]].discard(unit.id)

    def near(self, unit: TranslationUnit) -> Collection[str]:
        return self.ids[unit.target[-1:]]


def _find(unit: TranslationUnit, context: CheckContext) -> Iterator[Issue]:
    if context.summary(Endings).counts[unit.target[-1:]] == 1 and unit.target:
        end = Span(len(unit.target) - 1, len(unit.target))
        yield TOY.issue(unit, target_span=end, shown=end.of(unit.target))


def _render(issue: Issue) -> str:
    return f"only this unit ends with {text_value(issue, 'shown')}"


TOY = Check(
    id="ending",
    title="An ending of its own",
    severity=Severity.MINOR,
    category="style/toy",
    find=_find,
    render=_render,
    scope="document",
    summary=Endings,
)
ACROSS = replace(TOY, scope="project")


def unit(name: str, target: str, source: str = "A text.") -> TranslationUnit:
    return TranslationUnit(name, 0, source, target)


def found(units: list[TranslationUnit]) -> list[str]:
    return [one.id for one, issues in run_document(units, CheckContext(), checks=[TOY]) if issues]


def test_a_document_check_sees_the_units_around() -> None:
    units = [unit("1", "好。"), unit("2", "坏。"), unit("3", "呢？")]
    ((one, issues),) = [pair for pair in run_document(units, CheckContext(), checks=[TOY]) if pair[1]]
    assert one.id == "3"
    assert [(issue.check, issue.target_span) for issue in issues] == [("ending", Span(1, 2))]
    assert TOY.render(issues[0]) == "only this unit ends with ？"


def test_it_does_not_run_where_there_is_no_document() -> None:
    assert run(unit("1", "好。"), CheckContext(), checks=[TOY]) == []
    # The summaries of other checks are none of its own.
    assert run(unit("1", "好。"), CheckContext(summaries=DocumentSummaries([])), checks=[TOY]) == []


def test_an_edit_moves_one_unit_of_the_summary() -> None:
    summaries = DocumentSummaries([TOY])
    summaries.put_all([unit("1", "好。"), unit("2", "坏。"), unit("3", "呢？")])
    context = CheckContext(summaries=summaries)
    assert run(unit("1", "好。"), context, checks=[TOY]) == []
    assert summaries.near("2") == {"1"}
    summaries.put(unit("2", "坏？"))
    assert summaries.near("2") == {"3"}
    assert [issue.check for issue in run(unit("1", "好。"), context, checks=[TOY])] == ["ending"]
    summaries.drop("2")
    summaries.drop("2")
    assert len(summaries) == 2
    assert [issue.check for issue in run(unit("3", "呢？"), context, checks=[TOY])] == ["ending"]


def test_documents_are_apart_and_a_project_is_one() -> None:
    for check, ids in ((TOY, ["ending"]), (ACROSS, [])):
        summaries = DocumentSummaries([check])
        summaries.put(unit("1", "好。"), document="a")
        summaries.put(unit("1", "坏。"), document="b")
        context = CheckContext(summaries=summaries, document="a")
        assert [issue.check for issue in run(unit("1", "好。"), context, checks=[check])] == ids


def test_units_of_one_id_are_told_apart_by_a_key() -> None:
    summaries = DocumentSummaries([TOY])
    for number in range(2):
        summaries.put(unit("1", "好。"), key=str(number))
    assert len(summaries) == 2
    assert run(unit("1", "好。"), CheckContext(summaries=summaries), checks=[TOY]) == []


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="two scopes"):
        DocumentSummaries([TOY, ACROSS])
    with pytest.raises(ValueError, match="scope 'unit'"):
        replace(TOY, scope="unit")
    with pytest.raises(LookupError, match="no document"):
        CheckContext().summary(Endings)
    with pytest.raises(LookupError, match="no check of this run"):
        CheckContext(summaries=DocumentSummaries([])).summary(Endings)


OF_DOCUMENTS = [TOY, *(check for check in CHECKS if check.scope != "unit")]
_PAIRS = [
    ("Mr. Smith came.", "史密斯先生来了。"),
    ("Mr. Smith went.", "施密斯先生走了。"),
    ("Save", "保存"),
    ("Save", "储存"),
    ("Keep", "保存"),
    ("The API is new.", "API 是新的。"),
    ("The API is old.", "API是旧的。"),
    ("Read “Dream of the Red Chamber”.", "读《红楼梦》。"),
    ("“Yes,” she said.", "她说：“是。”"),
    ("“No,” she said.", "她说：「不。」"),
    ("", ""),
]
_TEXTS = st.one_of(st.sampled_from(_PAIRS), st.tuples(st.text(max_size=20), st.text(max_size=20)))


@pytest.mark.parametrize("check", OF_DOCUMENTS, ids=lambda check: check.id)
@settings(max_examples=40, deadline=None)
@given(steps=st.lists(st.tuples(st.integers(0, 5), st.none() | _TEXTS), max_size=14))
def test_a_summary_knows_which_units_are_in_and_nothing_else(
    check: Check, steps: list[tuple[int, tuple[str, str] | None]]
) -> None:
    edited = DocumentSummaries([check])
    present: dict[int, TranslationUnit] = {}
    for number, pair in steps:
        if pair is None:
            edited.drop(str(number))
            present.pop(number, None)
            continue
        present[number] = TranslationUnit(str(number), number, *pair)
        edited.put(present[number])
    fresh = DocumentSummaries([check])
    fresh.put_all(present[number] for number in sorted(present, reverse=True))
    travelled = pickle.loads(pickle.dumps(edited))
    for one in present.values():
        results = [
            list(check.find(one, CheckContext(summaries=summaries)))
            for summaries in (edited, fresh, travelled)
        ]
        assert results[0] == results[1] == results[2]
        assert all(message(issue) for issue in results[0])
        assert edited.near(one.id) <= {str(number) for number in present} - {one.id}


@pytest.mark.parametrize("check", OF_DOCUMENTS, ids=lambda check: check.id)
@settings(max_examples=40, deadline=None)
@given(pairs=st.lists(_TEXTS, min_size=1, max_size=8), new=_TEXTS, at=st.integers(0, 7))
def test_findings_change_in_near_units_only(
    check: Check, pairs: list[tuple[str, str]], new: tuple[str, str], at: int
) -> None:
    units = [TranslationUnit(str(number), number, *pair) for number, pair in enumerate(pairs)]
    summaries = DocumentSummaries([check])
    summaries.put_all(units)
    context = CheckContext(summaries=summaries)
    before = {one.id: list(check.find(one, context)) for one in units}
    moved = TranslationUnit(str(at % len(units)), at % len(units), *new)
    near = summaries.near(moved.id)
    summaries.put(moved)
    near |= summaries.near(moved.id)
    if not near and not any(summaries.near(one.id) for one in units):
        return  # the check weighs the document as a whole, or nothing here touches
    for one in units:
        if one.id != moved.id and one.id not in near:
            assert list(check.find(one, context)) == before[one.id]
