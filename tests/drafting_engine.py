"""A small engine for tests: it writes Chinese marks half-width, loops, loses endings and codes where it is told to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.engines import EngineKind, EngineOptions, Proposal, Request
from workbench.errors import EngineError

WORDS = {
    "the report is ready.": "报告准备好了.",
    "the meeting begins at nine.": "会议九点开始.",
    "please close the door.": "请关门.",
    "the storm, which came from the west, destroyed many houses and roads.": "风暴,",
    "the test was negative.": "测试为阴性阴性阴性阴性.",
}
CAREFUL = {
    "the storm, which came from the west, destroyed many houses and roads.": "从西边来的风暴摧毁了许多房屋和道路.",
    "the test was negative.": "测试结果为阴性.",
}


class Toy:
    """Translates sentences that it knows, and says 译 with the source in brackets for all others."""

    name = "toy"
    label = "Toy en→zh"
    is_local = True

    def __init__(
        self, *, batch_size: int = 2, fail_after: int | None = None, keeps_marks: bool = True
    ) -> None:
        self.batch_size = batch_size
        self.fail_after = fail_after
        self.keeps_marks = keeps_marks
        self.asked: list[tuple[str, ...]] = []
        self.careful: list[str] = []
        self.terms: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        self.closed = 0

    def propose(
        self, requests: Sequence[Request], *, alternatives: int = 1, careful: bool = False
    ) -> list[tuple[Proposal, ...]]:
        if self.fail_after is not None and len(self.asked) >= self.fail_after:
            raise EngineError("the toy is broken: buy another one")
        if any("unspeakable" in one.text for one in requests):
            raise EngineError("the toy cannot say this")
        self.asked.append(tuple(one.text for one in requests))
        if careful:
            self.careful += [one.text for one in requests]
        for one in requests:
            self.terms[one.text] = [(term.span.of(one.text), term.renderings) for term in one.terms]
        return [self._proposals(one.text, alternatives, careful=careful) for one in requests]

    def _proposals(self, text: str, count: int, *, careful: bool) -> tuple[Proposal, ...]:
        known = CAREFUL.get(text.lower()) if careful else None
        first = known or WORDS.get(text.lower()) or f"译文:{text}"
        if not self.keeps_marks:
            first = re.sub(r"ZQ\d+", "", first)
        others = [f"{first[:-1]}（{number}）." for number in range(2, count + 1)]
        return tuple(Proposal(one, -0.1 * number) for number, one in enumerate([first, *others], 1))

    def close(self) -> None:
        self.closed += 1


def kind(toy: Toy) -> EngineKind:
    """The toy as an entry of the engines."""

    def opened(source_lang: str, target_lang: str, options: EngineOptions) -> Toy:
        return toy

    return EngineKind("toy", "A toy", "", opened)
