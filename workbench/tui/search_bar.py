"""The bar in which one says what to search for: a line, switches for how and where, the count of what it finds."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.message import Message

from workbench.errors import CommandError, WorkbenchError
from workbench.tui.background import on_thread
from workbench.tui.line import Line
from workbench.tui.modals import Prompt
from workbench.tui.painted import Painted
from workbench.tui.sheet import Paragraph, Sheet

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from textual import events
    from textual.app import ComposeResult
    from textual.geometry import Size
    from textual.strip import Strip
    from textual.timer import Timer

    from workbench.review.searching_count import HitCount
    from workbench.review.searching_patterns import Query
    from workbench.tui.once import Hint
    from workbench.tui.painted import Piece

REST_SECONDS = 0.25
"""Typing must rest so long before hits are counted."""
SAY_SECONDS = 0.2
PIECE_SECONDS = 0.002
"""Between two pieces the counting leaves the processor to the screen."""
SWITCHES: tuple[tuple[str, str, str], ...] = (
    ("c", "case", "case"),
    ("w", "whole", "whole words"),
    ("r", "regex", "regex"),
    ("h", "width", "width"),
    ("v", "traditional", "简=繁"),
    ("s", "source", "source"),
    ("t", "target", "target"),
    ("n", "note", "notes"),
    ("p", "project", "project"),
)
"""Letter behind Alt, what it switches, what it is called."""
ALL = tuple(name for _letter, name, _label in SWITCHES)
HOW = ALL[:5]
"""Those that say how, not where."""
_WHERE = ("source", "target", "note")
_HEAD, _GAP = "Alt+ ", 2


@dataclass(slots=True)
class Switches:
    """How and where to search; they stay as they are from one search to the next."""

    case: bool = False
    whole: bool = False
    regex: bool = False
    width: bool = False
    traditional: bool = False
    source: bool = True
    target: bool = True
    note: bool = True
    project: bool = False

    def turn(self, name: str) -> None:
        """Switch one on or off."""
        setattr(self, name, not getattr(self, name))

    def query(self, text: str) -> Query:
        """What a line stands for with these switches; "…", /…/ and target:… count as elsewhere. Raises CommandError."""
        from workbench.review.searching_patterns import Query, parse_query

        typed = Query(text, is_regex=True) if self.regex and text else parse_query(text)
        fields = tuple(name for name in _WHERE if getattr(self, name))
        if not fields:
            raise CommandError("nowhere to search: switch on source, target or notes")
        made = replace(
            typed,
            fields=fields if typed.fields == _WHERE else typed.fields,
            case=typed.case or self.case,
            width=typed.width or self.width,
            traditional=typed.traditional or self.traditional,
            whole=typed.whole or self.whole,
        )
        _ = made.pattern
        return made


class SwitchRow(Painted):
    """The switches with their letters; those that are on have a mark."""

    DEFAULT_CSS = "SwitchRow { height: auto; background: $bar; } SwitchRow:ansi { background: ansi_default; }"

    class Turned(Message):
        """A switch was clicked."""

        def __init__(self, name: str) -> None:
            self.name = name
            super().__init__()

    def __init__(self, switches: Switches, names: tuple[str, ...]) -> None:
        super().__init__(id="switches")
        self._switches = switches
        self._cells = [one for one in SWITCHES if one[1] in names]

    def _lines(self, width: int) -> list[list[tuple[int, str, str, str]]]:
        """The switches line by line: column, letter, name, label."""
        lines: list[list[tuple[int, str, str, str]]] = [[]]
        column = len(_HEAD)
        for letter, name, label in self._cells:
            size = 4 + cell_len(label)
            if lines[-1] and column + size > width:
                lines.append([])
                column = len(_HEAD)
            lines[-1].append((column, letter.upper(), name, label))
            column += size + _GAP
        return lines

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as they take at this width."""
        del container, viewport
        return len(self._lines(width))

    def render_line(self, y: int) -> Strip:
        """One line of switches."""
        width, lines = self.size.width, self._lines(self.size.width)
        if y >= len(lines):
            return self.strip_of([], width)
        pieces: list[Piece] = [(_HEAD if y == 0 else " " * len(_HEAD), "dim")]
        for _column, letter, name, label in lines[y]:
            is_on = getattr(self._switches, name)
            style = "accent strong" if is_on else "dim"
            pieces += [
                (letter, "key"),
                (" ✓" if is_on else " ·", style),
                (label, style),
                (" " * (_GAP + 1), ""),
            ]
        return self.strip_of(pieces, width)

    def on_click(self, event: events.Click) -> None:
        """Turn the switch under the mouse."""
        lines = self._lines(self.size.width)
        for column, letter, name, label in lines[event.y] if 0 <= event.y < len(lines) else ():
            if column <= event.x < column + len(letter) + 2 + cell_len(label):
                self.post_message(self.Turned(name))


class SearchBar(Prompt):
    """What to search for, as a query's words; None where it was left. A line that is no query is told so and stays.

    `counting` fills a count step by step, on a thread; None = nothing is counted.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(f"alt+{letter}", f"turn('{name}')", show=False, priority=True) for letter, name, _ in SWITCHES
    ]
    HINTS: ClassVar[tuple[Hint, ...]] = (*Prompt.HINTS, ("Alt+letter", "switches", ""))
    DEFAULT_CSS = "SearchBar > Container { height: auto; }"

    def __init__(
        self,
        question: str,
        switches: Switches,
        *,
        text: str = "",
        names: tuple[str, ...] = ALL,
        counting: Callable[[HitCount], Iterator[int]] | None = None,
    ) -> None:
        super().__init__(question, text=text)
        self.switches = switches
        self.typed = text
        """The line as it was typed."""
        self._names = names
        self._counting = counting
        self._stop = threading.Event()
        self._rest: Timer | None = None

    def compose(self) -> ComposeResult:
        """The line under its question, the switches, what is found."""
        with Container() as box:
            box.border_title = self._question
            yield Line(self._text)
            yield SwitchRow(self.switches, self._names)
            yield Sheet(id="hint")

    def on_mount(self) -> None:
        """Count what was searched for before."""
        # The one of `Prompt` is called as well.
        self.call_later(self._look)

    def action_turn(self, name: str) -> None:
        """Turn a switch."""
        if name in self._names:
            self.switches.turn(name)
            self.query_one(SwitchRow).refresh()
            self._look()

    def on_switch_row_turned(self, message: SwitchRow.Turned) -> None:
        """Turn the switch that was clicked."""
        self.action_turn(message.name)

    def on_input_changed(self) -> None:
        """Count anew once typing rests."""
        self._stop.set()
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REST_SECONDS, self._look)

    def on_input_submitted(self, event: Line.Submitted) -> None:
        """Give the query back; one that is none is told so."""
        event.stop()
        event.prevent_default()
        text = self.query_one(Line).text
        if not text.strip():
            self.dismiss(None)
            return
        try:
            query = self.switches.query(text)
        except CommandError as error:
            self.say(str(error), is_wrong=True)
            return
        if self.is_current:
            self.typed = text
            self.dismiss(str(query))

    def on_unmount(self) -> None:
        """Count no further."""
        self._stop.set()

    def say(self, words: str, *, is_wrong: bool = False) -> None:
        """Show one line below the switches."""
        with suppress(Exception):  # the bar has gone meanwhile
            lead, style = ("✗ ", "bad strong") if is_wrong else ("", "dim")
            self.query_one("#hint", Sheet).show([Paragraph(words, style=style, lead=lead, lead_style=style)])

    def _look(self) -> None:
        """Say what is wrong with the line, or how many units hold it."""
        self._stop.set()
        text = self.query_one(Line).text
        if not text.strip():
            self.say('/…/ or Alt+R: a regular expression; "…" and flags count too')
            return
        try:
            query = self.switches.query(text)
        except CommandError as error:
            self.say(str(error), is_wrong=True)
            return
        if self._counting is None:
            self.say("")
            return
        self._stop = stop = threading.Event()
        self.run_worker(self._count(query, self._counting, stop), exclusive=True, group="count")

    async def _count(
        self, query: Query, counting: Callable[[HitCount], Iterator[int]], stop: threading.Event
    ) -> None:
        from workbench.review.searching_count import HitCount

        count = HitCount(query)
        try:
            async for _ in counted(counting(count), stop):
                self._say_count(count)
            self._say_count(count)
        except WorkbenchError as error:
            self.say(str(error), is_wrong=True)

    def _say_count(self, count: HitCount) -> None:
        units = "unit" if len(count) == 1 and count.is_complete else "units"
        there = "no unit" if count.is_complete and not len(count) else f"{count} {units}"
        self.say(there)


async def counted(steps: Iterator[int], stop: threading.Event) -> AsyncIterator[None]:
    """Take the steps of a count on a thread until it ends or is to stop; now and then something is to be said.

    Raises what a step raises. Whoever leaves early stops it.
    """

    def read() -> None:
        for _read in steps:
            if stop.wait(PIECE_SECONDS):
                return

    work = asyncio.ensure_future(on_thread(read))
    try:
        while not (await asyncio.wait({work}, timeout=SAY_SECONDS))[0] and not stop.is_set():
            yield
        if work.done():
            work.result()
    finally:
        stop.set()
        work.add_done_callback(lambda done: done.cancelled() or done.exception())
