"""What is asked for comments, annotations and the history: which one, where in the text, what words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from workbench.errors import CommandError
from workbench.metrics import mqm
from workbench.model import Severity
from workbench.report.visible import visible
from workbench.tui.comments import CommentsDialog, said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.model import Annotation, Span
    from workbench.review.commands import Command
    from workbench.review.commenting_threads import Thread
    from workbench.tui.asking import Asking
    from workbench.tui.relay import Relay

ASKED_HERE = (
    "version",
    "comment",
    "thread",
    "thread and text",
    "annotation",
    "annotation and severity",
    "error",
)
"""The arguments of commands that are asked for here."""


async def arguments_of(asking: Asking, command: Command) -> tuple[Any, ...]:
    """What a command takes of those in `ASKED_HERE`. Raises CommandError, LeftError."""
    session = asking._session
    match command.argument:
        case "version":
            return (await _version(asking),)
        case "comment":
            return await comment(asking, in_source=False)
        case "thread":
            return (await _thread(asking, session.threads(), command.help),)
        case "thread and text":
            number = await _thread(asking, session.threads(), command.help)
            return (number, await asking._line("Reply"))
        case "annotation":
            return (await _annotation(asking, command.help),)
        case "annotation and severity":
            return await _graded(asking, command.help)
        case _:
            return await _error(asking)


async def comment(asking: Asking, *, in_source: bool) -> tuple[str, Span | None, str]:
    """The words of a comment, and what they are about: what is selected, or is to be selected in the source."""
    unit = asking._session.unit
    span = await _source_span(asking) if in_source else _selected(asking)
    words = visible(span.of(unit.source if in_source else unit.target)) if span else "the unit"
    text = await asking._line(f"Comment on {words}")
    return text, span, "source" if in_source else "target"


def _selected(asking: Asking) -> Span | None:
    """What is selected in the target."""
    editor, unit = asking._desk.editor, asking._session.unit
    return editor.selected_span if editor is not None and editor.unit_id == unit.id else None


async def _source_span(asking: Asking) -> Span:
    from workbench.tui.asking import LeftError
    from workbench.tui.comments_source import SourceSelection

    desk = asking._desk
    if desk.panel is not None and desk.unit == asking._session.unit and desk.panel.source.selected_span:
        return desk.panel.source.selected_span
    span = await desk.app.push_screen_wait(SourceSelection(asking._session.unit.source))
    if span is None:
        raise LeftError
    return span


async def _version(asking: Asking) -> int:
    from workbench.tui.asking import LeftError
    from workbench.tui.history_pane import HistoryDialog

    versions = asking._session.versions()
    if not versions:
        raise CommandError("nothing was saved for this unit yet")
    number = await asking._desk.app.push_screen_wait(HistoryDialog(versions))
    if number is None:
        raise LeftError
    return number


async def _thread(asking: Asking, threads: Sequence[Thread], title: str) -> int:
    if not threads:
        raise CommandError("the unit has no comment")
    if len(threads) == 1:
        return 1
    return 1 + await asking._choice(title, [(said(one.messages[0]), one.status) for one in threads])


async def _annotation(asking: Asking, title: str) -> int:
    noted = asking._session.annotations()
    if not noted:
        raise CommandError("nobody has noted an error in the unit")
    if len(noted) == 1:
        return 1
    return 1 + await asking._choice(title, [(_words_of(one), one.author) for one in noted])


async def _graded(asking: Asking, title: str) -> tuple[int, str]:
    number = await _annotation(asking, title)
    grades = list(Severity)
    now = grades.index(asking._session.annotations()[number - 1].severity)
    index = await asking._choice("How grave?", [(str(one), "") for one in grades], current=now)
    return number, str(grades[index])


def _words_of(noted: Annotation) -> str:
    place = f" “{noted.span.of(noted.target)}”" if noted.span is not None else ""
    comment = f": {noted.comment}" if noted.comment else ""
    return f"{noted.severity} {noted.category}{place}{comment}"


async def _error(asking: Asking) -> tuple[Any, ...]:
    """An error; where it stands is what is selected in the target, if anything is, or is selected in the source."""
    from workbench.tui.asking import LeftError
    from workbench.tui.mqm_bar import MqmBar

    session = asking._session
    span = _selected(asking)
    words = f"“{span.of(session.unit.target)}”" if span else ""
    bar = MqmBar(words, noted=len(session.annotations()), can_choose_source=bool(session.unit.source))
    chosen = await asking._desk.app.push_screen_wait(bar)
    if chosen is None:
        raise LeftError
    if chosen.action:
        raise ActionWanted("unannotate" if chosen.action == "remove" else "grade")
    if chosen.category == mqm.NO_ERROR:
        return chosen.category, str(Severity.NEUTRAL), "", None
    source_span = await _source_span(asking) if chosen.in_source else None
    text = await asking._line("Comment", allow_empty=True) if chosen.wants_comment else ""
    where = (None, source_span) if source_span is not None else (span,)
    return chosen.category, str(chosen.severity), text, *where


class ActionWanted(Exception):
    """Another command is wanted in place of the one that was begun."""

    def __init__(self, command: str) -> None:
        self.command = command
        super().__init__(command)


class CommentsFlow:
    """Shows the comments on the unit, does what a letter says, and shows them again until one leaves."""

    def __init__(self, relay: Relay) -> None:
        self._relay = relay

    def start(self) -> None:
        """Begin; what was typed is saved first."""
        relay = self._relay
        relay.desk.settle()
        if relay.save():
            relay.is_about_to_ask = True
            relay.desk.run_worker(self._run(), exclusive=True, group="relay")

    async def _run(self) -> None:
        from workbench.tui.asking import LeftError

        relay, current = self._relay, self._relay.desk.wanted_thread
        relay.desk.wanted_thread = 0
        try:
            while True:
                dialog = CommentsDialog(relay.session.unit, current=current)
                chosen = await relay.desk.app.push_screen_wait(dialog)
                if chosen is None:
                    return
                name, number = chosen
                current = number - 1
                try:
                    command, given = await self._asked(name, number)
                except LeftError:
                    continue
                relay._guarded(partial(relay._carry_out, command, given))
        except CommandError as error:
            relay.desk.flash(str(error), kind="error")
        finally:
            relay.is_about_to_ask = False

    async def _asked(self, name: str, number: int) -> tuple[Command, tuple[Any, ...]]:
        asking, commands = self._relay._asking, self._relay.commands
        if name.startswith("comment"):
            return commands["comment"], await comment(asking, in_source=name != "comment")
        if name == "reply":
            return commands[name], (number, await asking._line("Reply"))
        return commands[name], () if name.endswith("_comment") else (number,)
