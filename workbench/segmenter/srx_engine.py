"""Running segmentation rules over a paragraph: where break rules cut, and which places no-break rules keep whole.

The search is that of the `segment` library, which Java tools share: each break rule finds its `before` from left to
right, as long as it gets and without overlap; the earliest place of all rules is cut unless a no-break rule that stands
before the break rule matches there; behind a cut every rule starts afresh.
"""

from __future__ import annotations

import time
from functools import lru_cache
from typing import TYPE_CHECKING

from workbench.errors import ConfigError
from workbench.segmenter import srx_patterns
from workbench.segmenter.rules import compile_rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    import regex  # type: ignore[import-untyped, unused-ignore]

    from workbench.segmenter.srx import Rule

SECONDS = 2.0
"""CPU time that a paragraph, and one search in it, may take; for every 20,000 characters it is a second more."""

# The longest texts on which so many repetitions, which may each begin anywhere, still end soon by themselves.
_SHORT = {0: 20_000, 1: 2_000, 2: 300}


class Engine:
    """The rules of one language, compiled. Raises ConfigError for a rule that is no regular expression."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self._keeps: list[regex.Pattern[str]] = []
        self._breaks: list[_BreakRule] = []
        block: list[Rule] = []
        for rule in self.rules:
            compile_rule(rule)
            if not rule.breaks:
                block.append(rule)
                continue
            if block:
                self._keeps.append(_joined(block))
                block = []
            self._breaks.append(_BreakRule(rule, len(self._keeps)))
        if block:
            self._keeps.append(_joined(block))

    def cuts(self, text: str) -> list[int]:
        """The places, strictly inside the text and in order, where break rules cut it.

        Raises ConfigError that names the rule where one takes too long.
        """
        limit = SECONDS + len(text) / 20_000
        deadline = time.process_time() + limit
        found: list[int] = []
        start = 0
        try:
            cursors = [cursor for rule in self._breaks if (cursor := _Cursor(rule, text, limit)).find(0)]
            while cursors:
                first = cursors[0]
                for cursor in cursors:
                    if cursor.at < first.at:
                        first = cursor
                at = first.at
                cut = start < at < len(text) and not self._kept(text, at, first.rule.after_keeps, limit)
                if cut:
                    found.append(at)
                    start = at
                cursors = [
                    cursor
                    for cursor in cursors
                    if cursor.at > at < cursor.start or cursor.passes(at, cut=cut)
                ]
                if time.process_time() > deadline:
                    raise TimeoutError
        except TimeoutError:
            raise self._too_slow(text) from None
        return found

    def keeps(self, text: str, at: int) -> bool:
        """Whether a no-break rule matches in the white space that `at` stands in, or there alone.

        Raises ConfigError that names the rule where one takes too long.
        """
        first, last = at, at
        while first > 0 and text[first - 1].isspace():
            first -= 1
        while last < len(text) and text[last].isspace():
            last += 1
        places = range(first, last + 1) if last - first < 8 else sorted({first, at, last})
        try:
            return any(self._kept(text, place, len(self._keeps), SECONDS) for place in places)
        except TimeoutError:
            raise self._too_slow(text) from None

    def _kept(self, text: str, at: int, blocks: int, limit: float) -> bool:
        return any(pattern.match(text, at, timeout=limit) is not None for pattern in self._keeps[:blocks])

    def _too_slow(self, text: str) -> ConfigError:
        """The error that names the rule which takes longest."""
        worst = max(self.rules, key=lambda rule: _seconds(rule, text))
        pattern = max((worst.before, worst.after), key=len)
        return ConfigError(
            f"the rule {pattern!r} takes too long on a text of {len(text):,} characters: simplify its repetitions",
            file=worst.file,
            line=worst.line,
        )


class _BreakRule:
    """A break rule compiled, and how many blocks of no-break rules stand before it."""

    def __init__(self, rule: Rule, after_keeps: int) -> None:
        self.after_keeps = after_keeps
        self.before = srx_patterns.compiled(rule.before) if rule.before else None
        # Looking ahead keeps `regex` from searching all the rest for a letter that the expression needs.
        self.after = srx_patterns.compiled_place("", rule.after) if rule.after else None
        self.repeats = max(srx_patterns.repeats(rule.before), srx_patterns.repeats(rule.after))


class _Cursor:
    """One break rule on its way through the text: where its match starts, and the place it would cut."""

    __slots__ = ("_from", "_guard", "_text", "at", "rule", "start")

    def __init__(self, rule: _BreakRule, text: str, limit: float) -> None:
        self.rule, self._text = rule, text
        self._from = self.start = self.at = 0
        # A search that watches the clock takes twice as long to begin.
        self._guard = None if len(text) <= _SHORT.get(rule.repeats, 0) else limit

    def find(self, start: int) -> bool:
        """Go on to the first match from `start`; whether there is one."""
        text, before, after, guard = self._text, self.rule.before, self.rule.after, self._guard
        if before is None:
            return self._find_after(start)
        while start <= len(text):
            match = before.search(text, start) if guard is None else before.search(text, start, timeout=guard)
            if match is None:
                return False
            self.start, self.at = match.span()
            start = self.at + 1 if self.at == self.start else self.at
            if after is None or after.match(text, self.at, timeout=guard) is not None:
                self._from = start
                return True
        return False

    def _find_after(self, start: int) -> bool:
        """The same for a rule that says nothing of the text before."""
        after = self.rule.after
        if start > len(self._text):
            return False
        if after is not None:
            match = after.search(self._text, start, timeout=self._guard)
            if match is None:
                return False
            start = match.start()
        self.start = self.at = start
        self._from = start + 1
        return True

    def passes(self, at: int, *, cut: bool) -> bool:
        """Go past a place that was decided, afresh from it where the text was cut; whether a match is left."""
        if cut and self.start < at and not self.find(at):
            return False
        while self.at <= at:
            if not self.find(self._from):
                return False
        return True


def _joined(rules: Sequence[Rule]) -> regex.Pattern[str]:
    """One expression that matches where one of the no-break rules does."""
    import regex

    alone = [srx_patterns.compiled_place(rule.before, rule.after).pattern for rule in rules]
    return regex.compile("|".join(f"(?:{pattern})" for pattern in alone), regex.V1)


def _seconds(rule: Rule, text: str) -> float:
    """CPU time of a rule's expressions on a text, each from a few places and at most a fifth of a second."""
    begin = time.process_time()
    text = text[:20_000]
    places = sorted({0, *(at for at, char in enumerate(text) if char in ".!?。！？\n")})[:50]
    alone = srx_patterns.compiled_place(rule.before, rule.after) if not rule.breaks else None
    try:
        for at in places:
            for pattern in (srx_patterns.compiled(rule.before), srx_patterns.compiled(rule.after)):
                pattern.match(text, at, timeout=0.2)
            if alone is not None:
                alone.match(text, at + 1, timeout=0.2)
            if time.process_time() - begin > 0.2:
                break
        srx_patterns.compiled(rule.before).search(text, timeout=0.2)
    except TimeoutError:
        return 10.0
    return time.process_time() - begin


def engine(rules: tuple[Rule, ...]) -> Engine:
    """The engine of these rules, kept for the next text. Raises ConfigError as Engine does."""
    return _engine(rules, tuple((rule.file, rule.line) for rule in rules))


@lru_cache(maxsize=32)
def _engine(rules: tuple[Rule, ...], places: tuple[tuple[str, int | None], ...]) -> Engine:  # noqa: ARG001
    """Kept by the places of the rules as well, which an error names though rules are equal without them."""
    return Engine(rules)
