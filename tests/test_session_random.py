"""Any sequence of commands: undo and redo restore the store, the queue stays whole, and no source text is lost."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from session_parts import CHECKS

from workbench.errors import CommandError
from workbench.model import Document, Draft, Severity, Span, TranslationUnit
from workbench.review.commands import COMMANDS
from workbench.review.session import CATEGORIES, ReviewSession
from workbench.store import Store, open_store
from workbench.store.records import FILTERS
from workbench.termbase import Termbase

if TYPE_CHECKING:
    from collections.abc import Callable

PAIRS = [
    ("Alpha beta. Gamma.", "甲乙。丙（"),
    ("It cost 5.2 billion yuan.", "花了5.2亿元,"),
    ("", "多出来的。"),
    ("Nothing on the other side.", ""),
    ("Emoji 👨‍👩‍👧 and e\u0301.", "表情👨‍👩‍👧。"),
    ("Last.", "完."),
]
TEXTS = st.sampled_from(
    ["", "新的。", "花了52亿元。", "（半", "a, b", "甲.乙,丙.", " 两端 ", "行\n行", "👨‍👩‍👧"]
)
REPAIRS = [one.method for one in COMMANDS if one.group == "Alignment" and one.argument is None]
OFFSETS = st.integers(0, 20)
NUMBERS = st.integers(0, 4)
BEGAN = datetime(2026, 3, 1, tzinfo=UTC)


def snapshot(store: Store) -> Any:
    """All that a decision may change, but for the versions, which only ever grow."""
    units = [replace(unit, version=0) for unit in store.units("doc")]
    return (
        units,
        store.waivers("doc"),
        store.annotations("doc"),
        store.ratings("doc"),
        store.post_edits_of("doc"),
    )


def bare(text: str) -> str:
    return "".join(text.split())


class Reviewing(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.seconds = 0
        self.role = "reviewer"
        self.store = open_store("sqlite://", clock=self.clock)
        units = [
            TranslationUnit(
                "", 0, source, target, drafts=(Draft("d", target),) if target else (), bead_score=0.1 * index,
                source_segments=tuple(filter(None, source.partition(" ")[::2])),
                draft_segments=(target,) if target else (),
            )
            for index, (source, target) in enumerate(PAIRS)
        ]  # fmt: skip
        self.store.save_document(Document("doc", "txt"), units)
        self.sources = self.all_sources()
        self.session = self.open("ann")
        self.undoable: list[Any] = []
        self.redoable: list[Any] = []

    def clock(self) -> datetime:
        self.seconds += 1
        return BEGAN + timedelta(seconds=self.seconds)

    def open(self, author: str) -> ReviewSession:
        return ReviewSession(
            self.store,
            "doc",
            author,
            checks=CHECKS,
            termbase=Termbase(),
            clock=self.clock,
            role=self.role,
        )

    def all_sources(self) -> str:
        return self.texts()[0]

    def texts(self) -> tuple[str, str]:
        """All of the source and of the target, without white space."""
        units = self.store.units("doc")
        return bare("".join(unit.source for unit in units)), bare("".join(unit.target for unit in units))

    def decide(self, act: Callable[[], str]) -> None:
        """A command does nothing, or what it does is undone and done again without a trace."""
        before, number = snapshot(self.store), self.store.changes_since(0)[0]
        try:
            answer = act()
        except CommandError:
            assert snapshot(self.store) == before
            return
        assert answer
        assert "\n" not in answer
        if self.store.changes_since(0)[0] == number:
            return
        after = snapshot(self.store)
        self.session.undo()
        assert snapshot(self.store) == before
        self.session.redo()
        assert snapshot(self.store) == after
        self.undoable.append(before)
        self.redoable.clear()

    def move(self, act: Callable[[], str]) -> None:
        before = snapshot(self.store)
        with contextlib.suppress(CommandError):
            act()
        assert snapshot(self.store) == before

    @rule(text=TEXTS)
    def edit(self, text: str) -> None:
        self.decide(lambda: self.session.edit(text))

    @rule(text=st.none() | TEXTS)
    def confirm(self, text: str | None) -> None:
        self.decide(lambda: self.session.confirm(text))

    @rule(
        name=st.sampled_from(
            ["unconfirm", "sign_off", "restore_draft", "copy_source", "apply_all_fixes", "unmark"]
        )
    )
    def plain(self, name: str) -> None:
        self.decide(getattr(self.session, name))

    @rule(name=st.sampled_from(["apply_fix", "waive", "unwaive"]), number=NUMBERS)
    def numbered(self, name: str, number: int) -> None:
        self.decide(lambda: getattr(self.session, name)(number))

    @rule(name=st.sampled_from(["reject", "note"]), text=TEXTS)
    def worded(self, name: str, text: str) -> None:
        self.decide(lambda: getattr(self.session, name)(text))

    @rule(category=st.sampled_from(CATEGORIES), severity=st.sampled_from(Severity))
    def annotate(self, category: str, severity: Severity) -> None:
        self.decide(lambda: self.session.annotate(category, severity))

    @rule(name=st.sampled_from(["revert", "unannotate", "resolve", "reopen", "uncomment"]), number=NUMBERS)
    def counted(self, name: str, number: int) -> None:
        self.decide(lambda: getattr(self.session, name)(number))

    @rule(number=NUMBERS, severity=st.sampled_from(Severity))
    def grade(self, number: int, severity: Severity) -> None:
        self.decide(lambda: self.session.grade(number, severity))

    @rule(text=TEXTS, start=OFFSETS, length=NUMBERS, side=st.sampled_from(["source", "target"]))
    def comment(self, text: str, start: int, length: int, side: Any) -> None:
        span = Span(start, start + length) if length else None
        self.decide(lambda: self.session.comment(text, span, side))

    @rule(number=NUMBERS, text=TEXTS)
    def reply(self, number: int, text: str) -> None:
        self.decide(lambda: self.session.reply(number, text))

    @rule(start=OFFSETS, length=NUMBERS)
    def annotate_source(self, start: int, length: int) -> None:
        self.decide(lambda: self.session.annotate("style", "minor", "", None, Span(start, start + length)))

    @rule(start=OFFSETS, length=NUMBERS)
    def annotate_target(self, start: int, length: int) -> None:
        self.decide(lambda: self.session.annotate("style", "minor", "", Span(start, start + length)))

    @rule(role=st.sampled_from(["translator", "reviewer"]))
    def change_role(self, role: str) -> None:
        self.role = role
        self.session.close()
        self.session = self.open("ann")

    @rule(value=st.integers(-1, 101))
    def rate(self, value: int) -> None:
        self.decide(lambda: self.session.rate(value))

    @rule(source_at=OFFSETS, target_at=OFFSETS)
    def split(self, source_at: int, target_at: int) -> None:
        self.repair(lambda: self.session.split(source_at, target_at))

    @rule(name=st.sampled_from(REPAIRS))
    def mend(self, name: str) -> None:
        self.repair(getattr(self.session, name))

    def repair(self, act: Callable[[], str]) -> None:
        """A repair moves text about: neither side loses or gains a character but white space."""
        before = self.texts()
        self.decide(act)
        assert self.texts() == before

    @rule()
    def undo(self) -> None:
        if self.undoable:
            self.redoable.append(snapshot(self.store))
            self.session.undo()
            assert snapshot(self.store) == self.undoable.pop()

    @rule()
    def redo(self) -> None:
        if self.redoable:
            self.undoable.append(snapshot(self.store))
            self.session.redo()
            assert snapshot(self.store) == self.redoable.pop()

    @rule(
        name=st.sampled_from(
            [
                "next",
                "previous",
                "first",
                "last",
                "next_open",
                "previous_open",
                "next_issue",
                "previous_issue",
                "next_doubt",
                "previous_doubt",
                "next_comment",
                "previous_comment",
            ]
        )
    )
    def go(self, name: str) -> None:
        self.move(getattr(self.session, name))

    @rule(number=st.integers(0, 9))
    def goto(self, number: int) -> None:
        self.move(lambda: self.session.goto(number))

    @rule(
        kinds=st.lists(st.sampled_from(FILTERS), max_size=2),
        text=st.sampled_from(["", "text: 元", "text: A"]),
    )
    def set_filter(self, kinds: list[str], text: str) -> None:
        self.move(lambda: self.session.set_filter(" ".join([*kinds, text])))

    @rule(text=TEXTS)
    def search(self, text: str) -> None:
        self.move(lambda: self.session.search(text))

    @rule()
    def reopen(self) -> None:
        number = self.session.number
        self.session.close()
        words, self.session = str(self.session.filter), self.open("ann")
        assert str(self.session.filter) in (words, "all")
        assert number == self.session.number or str(self.session.filter) == words != "all"

    @rule()
    def import_again(self) -> None:
        """Importing what is there changes nothing, though every rank is given anew."""
        before, unit = snapshot(self.store), self.session.unit
        self.store.save_document(Document("doc", "txt"), self.store.units("doc"))
        assert snapshot(self.store) == before
        self.session.poll()
        assert self.session.unit == unit

    @rule()
    def check(self) -> None:
        self.session.check_all()
        assert self.session.progress().unchecked == 0

    @invariant()
    def the_queue_is_whole(self) -> None:
        session = self.session
        assert 0 <= session.position < session.count <= session.total
        rows = session.page(0, 100)
        assert [row.id for row in rows] == list(session.queue)
        numbers = [row.number for row in rows]
        assert numbers == sorted(set(numbers))
        assert rows[session.position].id == session.unit.id
        assert rows[session.position].number == session.number
        stored = self.store.units("doc")
        assert [unit.position for unit in stored] == list(range(session.total))
        assert stored[session.number - 1] == session.unit
        assert str(session.filter) != "all" or session.count == session.total

    @invariant()
    def words_in_error_stand_in_their_texts(self) -> None:
        units = {unit.id: unit for unit in self.store.units("doc")}
        for one in self.store.annotations("doc"):
            assert one.span is None or bare(one.span.of(one.target))
            assert one.source_span is None or one.source_span.end <= len(units[one.unit_id].source)

    @invariant()
    def no_source_is_lost(self) -> None:
        assert self.all_sources() == self.sources

    @invariant()
    def segments_are_what_the_units_hold(self) -> None:
        for unit in self.store.units("doc"):
            if unit.drafts:
                assert bare("".join(unit.draft_segments)) in ("", bare(unit.draft))
            assert bare("".join(unit.source_segments)) == bare(unit.source)

    @invariant()
    def progress_is_what_counting_finds(self) -> None:
        quick = self.session.progress()
        assert quick == self.store.progress("doc", self.session._everything)
        assert quick.initial + quick.translated + quick.reviewed + quick.final == quick.total

    def teardown(self) -> None:
        while self.undoable:
            self.session.undo()
            assert snapshot(self.store) == self.undoable.pop()
        self.store.close()


# A sequence of twenty commands is read as it is; making it shorter would take minutes.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
Reviewing.TestCase.settings = settings(
    max_examples=12,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=PHASES,
)
TestReviewing = Reviewing.TestCase
