"""What lies over the review screen for a moment: a line to type in, a choice, the help."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.events import Key
from textual.geometry import Size

from workbench.report.visible import visible
from workbench.tui.line import Line
from workbench.tui.once import Dialog, Hint
from workbench.tui.paint import clip
from workbench.tui.painted import Painted
from workbench.tui.sheet import Paragraph, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.strip import Strip

    from workbench.tui.app import ReviewApp

_LEAVE: list[BindingType] = [
    Binding("escape", "dismiss(None)", "Back", show=False),
    Binding("ctrl+c", "app.interrupt", "Quit", show=False),
]

BACK: tuple[Hint, ...] = (("Esc", "back", "escape"),)
WORD_SECONDS = 1.0
"""Letters that come so soon after one another are one word."""
# Textual's own type for numbers takes time exponential in the digits of a text that is no number.
DIGITS = r"[0-9]{0,12}"


class Prompt(Dialog[str | None]):
    """One line to type in: the text where Enter was pressed, None where it was left, or nothing was typed."""

    HINTS: ClassVar[tuple[Hint, ...]] = (*BACK, ("Enter", "go on", "enter"))
    BINDINGS: ClassVar[list[BindingType]] = _LEAVE
    DEFAULT_CSS = """
    Prompt { align: center bottom; background: $background 0%; }
    Prompt > Container { width: 100%; height: auto; background: $bar; border-top: solid $primary;
        border-title-color: $primary; padding: 0 1; }
    Prompt Input { background: $bar; }
    Prompt Sheet { height: auto; background: $bar; }
    Prompt:ansi > Container, Prompt:ansi Input, Prompt:ansi Sheet { background: ansi_default; }
    """

    def __init__(
        self, question: str, *, text: str = "", number: bool = False, allow_empty: bool = False
    ) -> None:
        super().__init__()
        self._question = question
        self._text = text
        self._allow_empty = allow_empty
        self._number = number
        self._early: list[Key] = []

    def compose(self) -> ComposeResult:
        """The line under its question."""
        with Container() as box:
            # The edge takes it where there is room: nothing of a question is cut off.
            if cell_len(self._question) + 4 <= self.app.size.width:
                box.border_title = self._question
            else:
                yield Sheet(id="question")
            restrict = DIGITS if self._number else None
            yield Line(self._text, restrict=restrict)
            yield Sheet(id="hint")

    def on_mount(self) -> None:
        """Give the keys to the line."""
        app: ReviewApp = self.app  # type: ignore[assignment]
        app.show_cursor(True)
        for sheet in self.query("#question").results(Sheet):
            sheet.show([Paragraph(self._question, style="accent")])
        self.set_focus(self.query_one(Line))
        for event in self._early:
            app.post_message(Key(event.key, event.character))
        self._early.clear()

    def on_key(self, event: Key) -> None:
        """Keep what is pressed before there is a line to take it."""
        if self.focused is None:
            event.stop()
            self._early.append(event)

    def on_input_submitted(self, event: Line.Submitted) -> None:
        """Give the text back; an empty line asks for nothing."""
        event.stop()
        text = self.query_one(Line).text.strip()
        # A second Enter may come before the first one has taken the prompt away.
        if self.is_current:
            self.dismiss(text if text or self._allow_empty else None)


class Menu(Painted, can_focus=True):
    """Lines to choose one from."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("pageup", "step(-10)", show=False),
        Binding("pagedown", "step(10)", show=False),
        Binding("home", "step(-100000)", show=False),
        Binding("end", "step(100000)", show=False),
        Binding("enter,ctrl+j", "choose", show=False),
    ]

    def __init__(self, choices: Sequence[tuple[str, str]], *, current: int = 0) -> None:
        super().__init__(id="menu")
        self._choices = choices
        self.current = current
        self._typed, self._typed_at = "", float("-inf")

    def on_mount(self) -> None:
        """Make room for all lines."""
        self.virtual_size = Size(self.size.width, len(self._choices))

    def on_resize(self, event: events.Resize) -> None:
        """Keep the current line in view."""
        del event
        self.virtual_size = Size(self.size.width, len(self._choices))
        self.action_step(0)

    def show(self, choices: Sequence[tuple[str, str]]) -> None:
        """Take other lines, the first of them current."""
        self._choices, self.current = choices, 0
        self.virtual_size = Size(self.size.width, len(choices))
        self.action_step(0)

    def action_step(self, lines: int) -> None:
        """Go up or down."""
        self.current = max(0, min(len(self._choices) - 1, self.current + lines))
        top = self.scroll_offset.y
        top = min(top, self.current)
        top = max(top, self.current - self.size.height + 1)
        self.scroll_to(y=top, animate=False, immediate=True, force=True)
        self.refresh()

    def on_key(self, event: Key) -> None:
        """Go to the next line that begins with what was typed."""
        typed = (event.character or "").casefold()
        if not typed.strip() or not typed.isprintable():
            return
        event.stop()
        now = time.monotonic()
        begun, self._typed_at = self._typed if now - self._typed_at < WORD_SECONDS else "", now
        # A word goes on at the line that its beginning led to; a letter alone, also again, goes to the next line.
        tries = [(begun + typed, self.current)] if begun else []
        for word, first in (*tries, (typed, self.current + 1)):
            places = (*range(first, len(self._choices)), *range(first))
            index = next((at for at in places if self._choices[at][0].casefold().startswith(word)), None)
            if index is not None:
                self._typed = word
                self.action_step(index - self.current)
                return

    def action_choose(self) -> None:
        """Take the current line."""
        self.screen.dismiss(self.current)

    def on_click(self, event: events.Click) -> None:
        """Take the line under the mouse."""
        row = event.y + self.scroll_offset.y
        if row < len(self._choices):
            self.current = row
            self.action_choose()

    def render_line(self, y: int) -> Strip:
        """A line: what it is on the left, what is known of it on the right."""
        row = y + self.scroll_offset.y
        width = self.size.width
        if row >= len(self._choices):
            return self.strip_of([], width)
        name, about = self._choices[row]
        name, name_cells = clip(
            visible(name), width - 5 if not about else max(width // 3, width - cell_len(about) - 5)
        )
        about, about_cells = clip(visible(about), max(0, width - name_cells - 5))
        here = row == self.current
        gap = " " * max(1, width - about_cells - name_cells - 3)
        pieces = [
            ("▸ " if here else "  ", "accent"),
            (name, "strong" if here else ""),
            (gap, ""),
            (about, "dim"),
        ]
        return self.strip_of(pieces, width, over="cursor" if here else "")


class Picker(Dialog[int | None]):
    """A choice among lines: the index of the one taken, None where it was left."""

    HINTS: ClassVar[tuple[Hint, ...]] = (
        *BACK,
        ("Enter", "choose", "enter"),
        ("Up Down", "go", ""),
        ("letters", "the line with them", ""),
    )
    BINDINGS: ClassVar[list[BindingType]] = _LEAVE
    DEFAULT_CSS = """
    Picker { align: center middle; background: $background 60%; }
    Picker > Container { width: 100%; max-width: 80; height: auto; max-height: 90%; background: $bar;
        border: round $primary; border-title-color: $primary; padding: 0 1; }
    Picker Menu { height: auto; max-height: 100%; background: $bar; }
    Picker:ansi > Container, Picker:ansi Menu { background: ansi_default; }
    """

    def __init__(self, title: str, choices: Sequence[tuple[str, str]], *, current: int = 0) -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._current = current

    def compose(self) -> ComposeResult:
        """The lines in a box."""
        with Container() as box:
            box.border_title = self._title
            menu = Menu(self._choices, current=self._current)
            menu.styles.height = len(self._choices)
            yield menu


class Reading(Dialog[bool | None]):
    """Text to read: the help, the history of a unit."""

    HINTS: ClassVar[tuple[Hint, ...]] = (*BACK, ("arrows PgUp PgDn", "scroll", ""))
    BINDINGS: ClassVar[list[BindingType]] = [
        *_LEAVE,
        Binding("q,f1,f6,alt+v,enter", "dismiss(None)", show=False),
        Binding("up,k", "scroll(-1)", show=False),
        Binding("down,j", "scroll(1)", show=False),
        Binding("pageup,b", "scroll(-15)", show=False),
        Binding("pagedown,space", "scroll(15)", show=False),
        Binding("home,g", "scroll(-100000)", show=False),
        Binding("end,G", "scroll(100000)", show=False),
    ]
    DEFAULT_CSS = """
    Reading { align: center middle; background: $background 60%; }
    Reading > Container { width: 100%; max-width: 100; height: 100%; background: $bar; border: round $primary;
        border-title-color: $primary; padding: 0 1; }
    Reading Sheet { height: 1fr; background: $bar; overflow-y: auto; }
    Reading:ansi > Container, Reading:ansi Sheet { background: ansi_default; }
    """

    def __init__(self, title: str, paragraphs: Sequence[Paragraph]) -> None:
        super().__init__()
        self._title = title
        self._paragraphs = paragraphs

    def compose(self) -> ComposeResult:
        """The text in a box."""
        with Container() as box:
            box.border_title = self._title
            yield Sheet(id="reading")

    def on_mount(self) -> None:
        """Show the text."""
        self.query_one(Sheet).show(self._paragraphs)

    def action_scroll(self, lines: int) -> None:
        """Scroll up or down."""
        self.query_one(Sheet).scroll_relative(y=lines, animate=False)


class Preview(Reading):
    """What a command is about to change: True where Enter was pressed, None where it was left."""

    HINTS: ClassVar[tuple[Hint, ...]] = (
        *BACK,
        ("Enter", "change all of them", "enter"),
        ("PgDn", "scroll", "pagedown"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "dismiss(True)", show=False)]
