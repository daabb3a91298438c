"""What a key, a click or the palette sets off: what a command needs is asked for, what it answers is shown."""

from __future__ import annotations

import asyncio
import threading
from functools import partial
from typing import TYPE_CHECKING, Any

from workbench.errors import CommandError, StaleUnitError, WorkbenchError
from workbench.review.commands import arguments
from workbench.review.movement import LIFTED
from workbench.review.passes import UNTRANSLATED
from workbench.tui import keys
from workbench.tui.asking import Asking, LeftError
from workbench.tui.background import on_thread
from workbench.tui.comments_asking import ActionWanted, CommentsFlow
from workbench.tui.drafting_all import DraftingAll
from workbench.tui.editing_commands import EditingCommands
from workbench.tui.external import Outside
from workbench.tui.layout_commands import LayoutCommands
from workbench.tui.looking import how_far, show_found, stop_looking
from workbench.tui.screen_commands import ScreenCommands
from workbench.tui.search import FindCommands
from workbench.tui.steps import done_in_steps
from workbench.tui.time_spent import at_work
from workbench.tui.turning import Turning

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from workbench.review.commands import Command
    from workbench.review.session import ReviewSession
    from workbench.tui import ProjectLike
    from workbench.tui.desk import Desk


AT_WORK_TOO = ("type", "list", "repair", "pane", "layout", "lines", "help", "theme", "quit")
"""What can be done while a slow command is at work."""
SAY_SECONDS = 0.2
HITS = ("search", "next_hit", "previous_hit")
"""Commands after which other places are marked."""


class Relay:
    """Gives commands to the session of a desk; what was typed is saved before any command that could lose it."""

    def __init__(self, desk: Desk, project: ProjectLike, *, keymap: Mapping[str, str] | None = None) -> None:
        self.desk = desk
        self.project = project
        self.commands = {command.name: command for command in keys.commands(keymap)}
        self._asking = Asking(desk, project)
        self._drafting = DraftingAll(desk, self.save)
        self._own: dict[str, Callable[[], Any]] = {
            "type": self.type,
            "list": self.leave_editor,
            "documents": self.documents,
            "history": lambda: self.start("revert"),
            "comments": CommentsFlow(self).start,
            "draft_missing": self._drafting.toggle,
        }
        self._own.update(
            next=lambda: self.go_to_position(self.session.position + 1),
            previous=lambda: self.go_to_position(self.session.position - 1),
        )
        self._own.update(ScreenCommands(desk, project, self.commands).commands)
        self._own.update(EditingCommands(desk).commands)
        self._own.update(LayoutCommands(desk).commands)
        self._own.update(Outside(desk).commands)
        self._own.update(FindCommands(self).commands)
        self._own.update(Turning(self).commands)
        author = desk.session.author if desk.session is not None else ""
        desk.arranging.open(desk.folder, author, getattr(getattr(project, "settings", None), "screen", None))
        self._busy = False
        self._stop = threading.Event()
        self.is_about_to_ask = False
        self.is_stale = False
        """Whether the last thing was refused because somebody else had changed the unit."""

    @property
    def is_busy(self) -> bool:
        """Whether a command that takes its time is still at work."""
        return self._busy

    @property
    def session(self) -> ReviewSession:
        """The session of the desk."""
        session = self.desk.session
        if session is None:
            raise CommandError("the project is still being opened")
        return session

    def bind(self) -> None:
        """Give the desk its keys."""
        taken = set()
        for command in self.commands.values():
            for key in keys.split_keys(command.keys):
                if " " in key:
                    continue
                taken.add(key)
                self.desk.bind_key(
                    key, command.name, in_list=key == "enter", in_editor=command.group == keys.TYPING
                )
        for key, name in keys.LIST_KEYS.items():
            if key not in taken:
                self.desk.bind_key(key, name, in_list=True)
        self.show_hints(typing=False)

    def show_hints(self, *, typing: bool) -> None:
        """Show the keys that matter in the list, or while typing."""
        self.desk.show_hints(keys.hints(tuple(self.commands.values()), typing=typing))

    # Commands

    def start(self, name: str) -> None:
        """Begin a command; one that asks or takes its time goes on behind the keys."""
        self.desk.clear_flash()
        own = self._own.get(name)
        command = self.commands[name]
        if self._busy and name not in AT_WORK_TOO:
            self.desk.flash("still at work on the last command: Esc stops it")
            return
        if self.desk.tour is not None:
            self.desk.tour.saw(name)
        if own is not None:
            self._guarded(own)
        elif command.argument is None and not command.slow:
            self._guarded(lambda: self._carry_out(command, ()))
        elif name == "edit":
            self._guarded(self.save_and_say)
        else:
            self.is_about_to_ask = True
            self.desk.run_worker(self._ask_and_carry_out(command), exclusive=True, group="relay")

    def start_with(self, name: str, words: str) -> None:
        """Carry out a command with the words that belong to what was clicked; ask where there are none."""
        command = self.commands.get(name)
        if command is None or command.slow or self._busy or not words:
            self.start(name)
            return
        self.desk.clear_flash()
        self._guarded(lambda: self._carry_out(command, arguments(command, words)))

    def stop(self, *, drafting: bool = True) -> None:
        """Have a slow command stop, and drafting too; where it was looking the session stands as before."""
        self._stop.set()
        if drafting:
            self._drafting.stop()
        if self._busy and self.desk.session is not None:
            stop_looking(self.desk, self.desk.session)

    def save(self) -> bool:
        """Save what was typed as an edit; False where the store would not have it, which is then shown."""
        editor, unit = self.desk.editor, self.desk.unit
        if editor is None or unit is None:
            return True
        if not editor.is_changed:
            self.desk.forget(editor.unit_id)
            return True
        text = editor.value

        def saving() -> None:
            self._stand_at_typed()
            self.session.edit(text, seconds=editor.seconds, keystrokes=editor.keystrokes)
            self.desk.forget(unit.id)
            editor.accept(text)
            self.desk.unit_saved(self.session.unit)

        return self._guarded(saving)

    def _stand_at_typed(self) -> None:
        """See that the session stands at the unit that the editor holds: nothing is stored for another one."""
        unit = self.desk.unit
        if unit is not None and not self.session.stand_at(unit.id):
            raise StaleUnitError(unit.id, held=unit.version, found=0)

    def save_and_say(self) -> None:
        """Save what was typed and stay."""
        write_back: Callable[[], list[str]] | None = getattr(self.project, "write_back", None)
        is_changed = self.desk.editor is not None and self.desk.editor.is_changed
        if not is_changed and write_back is None:
            raise CommandError("nothing was typed since the last time it was saved")
        if is_changed and not self.save():
            return
        if is_changed:
            self.desk.show_all(keep_caret=True)
            self.desk.flash("saved", kind="good")
        if write_back is not None:
            self.desk.run_worker(self._write_back(write_back), exclusive=True, group="relay")

    async def _write_back(self, write_back: Callable[[], list[str]]) -> None:
        """Write a file that is reviewed in its place, and say what became of it."""
        self._stop, self._busy = threading.Event(), True
        stopped = "stopped: the file is as it was, your work is in the store"
        listen = partial(setattr, self.project, "on_step")
        try:
            said = await done_in_steps(write_back, listen, self.desk.show_work, self._stop, stopped)
        except WorkbenchError as error:
            self.desk.flash(str(error), kind="error")
            return
        finally:
            self._busy = False
        self.desk.flash("; ".join(said) or "the file is as it is here", kind="good")

    def go_to_position(self, position: int) -> None:
        """Go to a place of the queue, for the mouse, for whole pages and for steps."""
        if self._busy or position == self.session.position or not self.save():
            return
        if self._guarded(lambda: self.session.move_to(position)):
            self.desk.show_move()

    def _carry_out(self, command: Command, arguments: tuple[Any, ...]) -> None:
        session, editor = self.session, self.desk.editor
        if command.group != "Move":
            self.desk.settle()
        if command.name == "confirm" and editor is not None and editor.is_changed:
            self._stand_at_typed()
            arguments = (editor.value,)
        elif not self.save():
            return
        held = session.unit.id if session.count else ""
        with at_work(session, editor):
            answer = str(getattr(session, command.method)(*arguments))
        self.desk.forget(held)
        self._answered(command, answer)

    def _answered(self, command: Command, answer: str) -> None:
        if command.group == "Move" and command.name != "filter":
            if command.name in HITS:
                self.desk.at_hit()
            self.desk.show_move()
            if answer.endswith((LIFTED, UNTRANSLATED)):
                self.desk.flash(keys.with_keys(answer, self.commands))
        else:
            self.desk.show_all()
            self.desk.flash(keys.with_keys(answer, self.commands), kind="good")
            if command.slow or command.name in ("term", "undo", "redo"):
                self.desk.document_checks.ask("check")

    async def _ask_and_carry_out(self, command: Command) -> None:
        try:
            if not self.save():
                return
            is_looked = command.argument == "kind"
            if is_looked:
                self.is_about_to_ask = False  # while it looks Esc stops it
                if not await self._looked(command, ()):
                    return
            arguments = await self._asking.arguments_of(command)
            self.is_about_to_ask = False
            # What is typed while it looks is saved before the command itself moves anything.
            if is_looked or not command.slow or await self._looked(command, arguments):
                self._guarded(lambda: self._carry_out(command, arguments))
        except LeftError:
            return
        except ActionWanted as wish:
            self.desk.call_later(self.start, wish.command)
        except WorkbenchError as error:
            self.desk.flash(str(error), kind="error")
        finally:
            self.is_about_to_ask = False

    async def looked(self, command: Command, arguments: tuple[Any, ...]) -> bool:
        """Read behind the screen what a slow command needs, save what was typed meanwhile; False = it may not go on."""
        try:
            return await self._looked(command, arguments) and self.save()
        except WorkbenchError as error:
            self.desk.flash(str(error), kind="error")
            return False

    def carry_out(self, command: Command, arguments: tuple[Any, ...], **named: Any) -> None:
        """Carry out a command for which everything was asked; what it answers is shown."""

        def act() -> None:
            answer = str(getattr(self.session, command.method)(*arguments, **named))
            self._answered(command, answer)

        self._guarded(act)

    def stoppable(self, stop: threading.Event | None) -> None:
        """Something is at work that Esc stops; None = it has come to its end."""
        self._busy = stop is not None
        if stop is not None:
            self._stop = stop

    async def _looked(self, command: Command, arguments: tuple[Any, ...]) -> bool:
        """Check behind the screen what a slow command needs; False where that was stopped."""
        session, total = self.session, self.session.total
        steps = session.looking(command.method, *arguments)
        self._stop = stop = threading.Event()

        done = 0

        def look() -> None:
            nonlocal done
            for count in steps:
                done += count
                if stop.is_set():
                    return

        self._busy = True
        looking = asyncio.ensure_future(on_thread(look))
        try:
            # Somebody waits for this: what is checked behind the screen waits for it.
            self.desk.document_checks.key_came()
            await asyncio.wait({looking}, timeout=SAY_SECONDS)
            # Where it is stopped its thread may have a step to end: what that gives is of no use to anybody.
            while not looking.done() and not stop.is_set():
                said = await on_thread(lambda: how_far(session, command, done, total))
                if not stop.is_set():
                    if session.show_so_far():
                        show_found(self.desk, session)
                    self.desk.document_checks.key_came()
                    self.desk.show_work(said)
                    await asyncio.wait({looking}, timeout=SAY_SECONDS)
            stopped = stop.is_set()
            if not stopped:
                looking.result()
        finally:
            self._busy = False
            stop.set()
            looking.add_done_callback(_forget)
            self.desk.clear_flash()
            if session.forget_so_far():
                show_found(self.desk, session)
        if stopped:
            said = "stopped: nothing was changed" if command.group != "Move" else "stopped: nothing was moved"
            if command.group == "Drafts" and session.drafted:
                said = f"stopping: {session.drafted}; what is drafted stays"
            self.desk.flash(said)
        return not stopped

    def _guarded(self, action: Callable[[], Any]) -> bool:
        """Do something that may be refused; say why where it is. What was typed is kept for the unit."""
        self.is_stale = False
        try:
            action()
        except StaleUnitError:
            self.is_stale = True
            said = self.desk.keep_typed() or "somebody else changed this unit: look at it and try again"
            self.desk.show_all()
            self.desk.flash(said, kind="error")
            return False
        except WorkbenchError as error:
            self.desk.flash(str(error), kind="error")
            return False
        return True

    # What the screen does by itself

    def type(self) -> None:
        """Go into the editor."""
        self.desk.settle()
        if self.desk.editor is not None and self.desk.unit is not None:
            # At once: the keys behind this one are for the editor.
            self.desk.set_focus(self.desk.editor)

    def leave_editor(self) -> None:
        """Go back to the list; what was typed stays in the editor until the unit is left. Stops a slow command."""
        was_at_work, is_repairing = self._busy, self.desk.is_repairing
        # Who leaves the editor does not mean the drafting behind the screen.
        is_typing = self.desk.editor is not None and self.desk.editor.has_focus
        self.stop(drafting=not is_typing)
        if not (was_at_work and is_repairing):
            self.desk.focus_list()

    def documents(self) -> None:
        """Ask for another document and go there."""
        if self.save():
            self.desk.run_worker(self._change_document(), exclusive=True, group="relay")

    async def _change_document(self) -> None:
        try:
            await self.open_document(await self._asking.document())
        except LeftError:
            return
        except WorkbenchError as error:
            self.desk.flash(str(error), kind="error")

    async def open_document(self, name: str) -> None:
        """Go to another document; what was typed meanwhile is saved first. Raises WorkbenchError."""
        self._busy = True
        self.desk.show_work("opening…")
        try:
            session = await on_thread(lambda: self.project.review(name))
        finally:
            self._busy = False
            self.desk.clear_flash()
        # Something may have been typed while it was opened.
        if self.save():
            self.session.save_place()
            self.desk.begin(session)


def _forget(looking: asyncio.Future[None]) -> None:
    """Take note of how abandoned work ended, so that nobody else need be told."""
    if not looking.cancelled():
        looking.exception()
