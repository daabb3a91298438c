"""Comments on screen: a pane, and a dialog in which they are read, answered and settled by letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Container

from workbench.review.commenting_threads import place_of, threads_of
from workbench.tui.modals import _LEAVE, BACK, Menu
from workbench.tui.once import Dialog, Hint
from workbench.tui.pane import Pane, PaneView
from workbench.tui.sheet import Paragraph, Sheet
from workbench.tui.unit_view import COMMENT_MARKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Key

    from workbench.model import TranslationUnit
    from workbench.review.commenting_threads import Message, Thread
    from workbench.review.session import ReviewSession

ACTIONS = {
    "c": "comment",
    "s": "comment on the source",
    "r": "reply",
    "o": "resolve",
    "a": "reopen",
    "x": "uncomment",
    "n": "next_comment",
    "p": "previous_comment",
}


def look_up(session: ReviewSession, unit: TranslationUnit) -> PaneView:
    """The comments on a unit; to be called behind the screen."""
    del session
    threads = threads_of(unit)
    waiting = sum(thread.is_open for thread in threads)
    count = f"{len(threads)}{f', {waiting} open' if waiting else ''}" if threads else "none"
    shown = tuple(
        paragraph for number, one in enumerate(threads, 1) for paragraph in paragraphs_of(one, number)
    )
    return PaneView(unit.id, shown or (Paragraph("no comment on this unit", style="dim"),), count)


def paragraphs_of(thread: Thread, number: int) -> tuple[Paragraph, ...]:
    """A thread as it is read: what it is about, then every message in its own lines."""
    mark, style = COMMENT_MARKS[thread.status]
    about = f"“{thread.quote}” " if thread.quote else ""
    about = f"{thread.side} {about}" if thread.side == "source" else about
    about = ("rejected: " if thread.is_rejection else "") + about
    first = f"{about}{said(thread.messages[0])}"
    dim = "dim" if thread.status == "resolved" else ""
    spans = ((0, len(about), "accent"),) if about else ()
    head = Paragraph(
        first, spans, style=dim, lead=f"{number} {mark}", lead_style=style, key=f"comments {number}"
    )
    replies = (
        Paragraph(said(one), style=dim, lead="    » ", lead_style="dim") for one in thread.messages[1:]
    )
    return (head, *replies)


def said(message: Message) -> str:
    """What somebody said, who and when, in the time of this place."""
    if message.at is None:
        return message.text
    return f"{message.text}  ({message.author}, {message.at.astimezone():%Y-%m-%d %H:%M})"


class _Threads(Menu):
    """The list of threads; the one under the cursor is marked in the texts above."""

    def action_step(self, lines: int) -> None:
        """Go up or down, and mark what the thread is about."""
        super().action_step(lines)
        screen = self.screen
        if isinstance(screen, CommentsDialog):
            screen.show_current(self.current)

    def action_choose(self) -> None:
        """Answer the thread under the cursor."""
        if isinstance(self.screen, CommentsDialog):
            self.screen.act("reply")

    def on_key(self, event: Key) -> None:
        """Take a letter for what is to be done."""
        name = ACTIONS.get(event.character or "")
        if name and isinstance(self.screen, CommentsDialog):
            event.stop()
            self.screen.act(name)


class CommentsDialog(Dialog[tuple[str, int] | None]):
    """The comments on a unit under its two texts: what to do and with which of them, None where it was left."""

    HINTS: ClassVar[tuple[Hint, ...]] = (
        *BACK,
        ("c", "new", "c"),
        ("r", "reply", "r"),
        ("o", "settle", "o"),
        ("x", "remove", "x"),
        ("a", "reopen", "a"),
        ("n p", "units", ""),
        ("s", "on source", "s"),
    )
    BINDINGS: ClassVar[list[BindingType]] = _LEAVE
    DEFAULT_CSS = """
    CommentsDialog { align: center middle; background: $background 60%; }
    CommentsDialog > Container { width: 100%; max-width: 120; height: 100%; max-height: 36; background: $bar;
        border: round $primary; border-title-color: $primary; padding: 0 1; }
    CommentsDialog #both { height: auto; max-height: 40%; background: $bar; }
    CommentsDialog Menu { height: auto; max-height: 30%; min-height: 1; background: $bar; border-top: solid $rule; }
    CommentsDialog #thread { height: 1fr; background: $bar; border-top: solid $rule; }
    CommentsDialog:ansi > Container, CommentsDialog:ansi Menu, CommentsDialog:ansi Sheet {
        background: ansi_default; }
    """

    def __init__(self, unit: TranslationUnit, *, current: int = 0) -> None:
        super().__init__()
        self._unit = unit
        self._threads = threads_of(unit)
        self._current = max(0, min(current, len(self._threads) - 1))

    def compose(self) -> ComposeResult:
        """The texts, the threads, the one under the cursor in full."""
        with Container() as box:
            box.border_title = f"Comments on unit {self._unit.position + 1}"
            yield Sheet(id="both")
            lines = [_line(thread) for thread in self._threads] or [("no comment yet: c begins one", "")]
            menu = _Threads(lines, current=self._current)
            menu.styles.height = len(lines) + 1
            yield menu
            yield Sheet(id="thread")

    def show_current(self, index: int) -> None:
        """Mark what a thread is about, and show all of it."""
        thread = self._threads[index] if self._threads else None
        self.query_one("#both", Sheet).show(marked_texts(self._unit, thread))
        shown = paragraphs_of(thread, index + 1) if thread is not None else ()
        self.query_one("#thread", Sheet).show(shown)

    def act(self, name: str) -> None:
        """Leave with what is to be done with the thread under the cursor."""
        if self.app.screen is self:
            self.dismiss((name, self.query_one(_Threads).current + 1))


def _line(thread: Thread) -> tuple[str, str]:
    last = thread.messages[-1]
    about = f"“{thread.quote}” " if thread.quote else ""
    count = f"{len(thread.messages)} messages" if len(thread.messages) > 1 else ""
    who = ", ".join(part for part in (last.author, count) if part)
    return f"{COMMENT_MARKS[thread.status][0]}{about}{thread.messages[0].text}", who


def marked_texts(unit: TranslationUnit, thread: Thread | None) -> Sequence[Paragraph]:
    """Source and target of a unit, with the words that a thread is about marked."""
    place = place_of(thread, unit.source, unit.target) if thread is not None else None
    spans = () if place is None else ((place.start, place.end, "cursor strong"),)
    on_source = thread is not None and thread.side == "source"
    return (
        Paragraph(unit.source, spans if on_source else (), style="dim"),
        Paragraph(unit.target, () if on_source else spans),
    )


PANE = Pane(
    "comments",
    "c",
    "The comments on the unit: ? open, ✓ settled, # a note. The words that one is about are underlined in the texts.",
    ("comments", "comment", "reply", "resolve", "note", "next_comment"),
    look_up,
)
