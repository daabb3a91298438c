"""What of the screen is shown, where and how large: values, and the line of words that they are written as."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from workbench.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    _Change: TypeAlias = Callable[[tuple["Part", ...]], tuple["Part", ...]]

Place: TypeAlias = Literal["left", "right"]

LIST, SOURCE, TARGET = "list", "source", "target"
FIXED = (LIST, SOURCE, TARGET)
"""What is no pane about the unit."""
SIZES = range(1, 100)
SHARES = range(20, 81)
SHARE_STEP = 5
TAB_LINES = range(2, 31)
BUILT_IN: tuple[tuple[str, str, str], ...] = (
    ("wide", "every pane in its own place", "55% list | source:4 target:4 issues:4 terms:3 matches:4 draft:3 scores:2"),
    ("narrow", "one pane at a time, as tabs", "55% list | source:4 target:4 issues:9 terms matches draft scores "
     "history comments running tabbed"),
    ("translate", "matches and terms at hand", "45% list:6 matches:4 | source:4 target:5 terms:3 issues:3"),
    ("review", "what became of the draft, the text around", "45% list:5 running:5 | source:3 target:4 draft:4 issues:4 "
     "history:3 comments:2"),
    ("reading", "the text as it runs, without the list", "55% running | source:3 target:4 issues:3 comments:2"),
    ("list", "list and editor, nothing else", "55% list | source:1 target:1"),
)  # fmt: skip
"""The layouts that everybody has: name, what it is for, and how it is written."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the screen and its share of its column."""

    name: str
    size: int = 3


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts of both columns from top to bottom, and the left one's share of the width in per cent.

    `tabbed` = the panes of the right column share one place even where there is room. Where both columns stand below
    each other they always do, in `tab_lines` lines (0 = as many as fit the screen).
    """

    left: tuple[Part, ...]
    right: tuple[Part, ...]
    share: int = 55
    tabbed: bool = False
    tab_lines: int = 0

    def __str__(self) -> str:
        columns = " | ".join(" ".join(map(_written, column)) for column in (self.left, self.right))
        words = [f"{self.share}%", columns, *(["tabbed"] if self.tabbed else [])]
        return " ".join([*words, *([f"tabs:{self.tab_lines}"] if self.tab_lines else [])])

    def part(self, name: str) -> Part | None:
        """The part of that name, None where it is not shown."""
        return next((part for part in (*self.left, *self.right) if part.name == name), None)

    @property
    def panes(self) -> tuple[str, ...]:
        """The panes about the unit that are shown, those beside the editor first."""
        return tuple(part.name for part in (*self.right, *self.left) if part.name not in FIXED)

    def fits(self, lines: int) -> bool:
        """Whether in so many lines each part of the right column has room for its title and some text."""
        whole = sum(part.size for part in self.right)
        return all(part.size * lines // whole >= (3 if part.name in FIXED else 2) for part in self.right)

    def toggled(self, name: str) -> Layout:
        """With that part where it was missing, without it where it was shown; the target always stays."""
        if name == TARGET:
            return self
        if self.part(name) is not None:
            return self._mapped(lambda parts: tuple(part for part in parts if part.name != name))
        if name == LIST:
            return replace(self, left=(Part(LIST, 6), *self.left))
        if name == SOURCE:
            return replace(self, right=(Part(SOURCE, 4), *self.right))
        return replace(self, right=(*self.right, Part(name)))

    def sized(self, name: str, by: int) -> Layout:
        """With that part larger or smaller within its column."""
        return self._mapped(
            lambda parts: tuple(
                replace(part, size=_within(SIZES, part.size + by)) if part.name == name else part
                for part in parts
            )
        )

    def with_heights(self, lines: Mapping[str, int]) -> Layout:
        """With these lines as the shares of their parts; what stands under "tabs" is shared by those not named."""

        def sized(parts: tuple[Part, ...]) -> tuple[Part, ...]:
            rest = [part.name for part in parts if part.name not in lines and part.name not in FIXED]
            each, more = divmod(lines.get("tabs", 0), max(1, len(rest)))
            own = {name: each + (index < more) for index, name in enumerate(rest) if "tabs" in lines}
            return tuple(
                replace(part, size=_within(SIZES, {**own, **lines}.get(part.name, part.size)))
                for part in parts
            )

        if not any(part.name in lines for part in self.right):
            return replace(self, left=sized(self.left))
        return replace(self, right=sized(self.right))

    def widened(self, by: int) -> Layout:
        """With the left column wider or narrower, by steps."""
        return replace(self, share=_within(SHARES, self.share + by * SHARE_STEP))

    def with_tab_lines(self, lines: int) -> Layout:
        """With so many lines for the tabs where both columns stand below each other."""
        return replace(self, tab_lines=_within(TAB_LINES, lines))

    def moved(self, name: str) -> Layout:
        """With that pane in the other column, at its end."""
        part = self.part(name)
        if part is None or name in FIXED:
            return self
        place: Place = "right" if part in self.left else "left"
        without = self.toggled(name)
        if place == "left":
            return replace(without, left=(*without.left, part))
        return replace(without, right=(*without.right, part))

    def _mapped(self, change: _Change) -> Layout:
        return replace(self, left=change(self.left), right=change(self.right))


def read(line: str, known: Collection[str], *, lenient: bool = False) -> Layout:
    """The layout that a line stands for: "55% list running:3 | source:4 target:4 issues:3 tabbed tabs:6".

    With `lenient` names that are no pane's are passed over. Raises ConfigError with the word at fault.
    """
    left_words, bar, right_words = line.partition("|")
    if not bar:
        raise ConfigError(f"a layout has a | between its columns, not {line!r}")
    share, tabbed, tab_lines = 55, False, 0
    columns: tuple[list[Part], list[Part]] = ([], [])
    seen: set[str] = set()
    for column, words in zip(columns, (left_words, right_words), strict=True):
        for word in words.split():
            if word.endswith("%"):
                share = _number(word, word[:-1], SHARES)
            elif word == "tabbed":
                tabbed = True
            elif word.startswith("tabs:"):
                tab_lines = _number(word, word[5:], TAB_LINES)
            else:
                name, colon, size = word.partition(":")
                if name in seen:
                    raise ConfigError(f"a layout shows {name!r} once only")
                if name not in FIXED and name not in known:
                    if lenient:
                        continue
                    raise ConfigError(f"there is no pane {name!r}; there are: {', '.join(known)}")
                seen.add(name)
                column.append(Part(name, _number(word, size, SIZES) if colon else 3))
    layout = Layout(tuple(columns[0]), tuple(columns[1]), share, tabbed, tab_lines)
    _check_places(layout)
    return layout


def _check_places(layout: Layout) -> None:
    lefts, rights = ({part.name for part in column} for column in (layout.left, layout.right))
    if TARGET not in rights:
        raise ConfigError("a layout has the target on its right")
    if SOURCE in lefts:
        raise ConfigError("the source stands on the right, above the target")
    if LIST in rights:
        raise ConfigError("the list stands on the left")


def built_in(known: Collection[str]) -> dict[str, Layout]:
    """The layouts that everybody has, by name."""
    return {name: read(line, known, lenient=True) for name, _about, line in BUILT_IN}


def _written(part: Part) -> str:
    return f"{part.name}:{part.size}"


def _within(allowed: range, value: int) -> int:
    return max(allowed[0], min(allowed[-1], value))


def _number(word: str, digits: str, allowed: range) -> int:
    if not (digits.isascii() and digits.isdigit() and len(digits) < 4 and int(digits) in allowed):
        raise ConfigError(f"{word!r}: the number is from {allowed[0]} to {allowed[-1]}")
    return int(digits)
