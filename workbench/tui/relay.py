"""What a key, a click or the palette sets off: what a command needs is asked for, what it answers is shown."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from workbench.errors import CommandError, StaleUnitError, WorkbenchError
from workbench.tui import keys
from workbench.tui.asking import Asking, LeftError
from workbench.tui.themes import NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from workbench.review.commands import Command
    from workbench.review.session import ReviewSession
    from workbench.tui import ProjectLike
    from workbench.tui.desk import Desk


class Relay:
    """Gives commands to the session of a desk; what was typed is saved before any command that could lose it."""

    def __init__(self, desk: Desk, project: ProjectLike, *, keymap: Mapping[str, str] | None = None) -> None:
        self.desk = desk
        self.project = project
        self.commands = {command.name: command for command in keys.commands(keymap)}
        self._asking = Asking(desk, project)
        self._own: dict[str, Callable[[], Any]] = {
            "type": self.type,
            "list": self.leave_editor,
            "pane": desk.next_section,
            "lines": desk.toggle_unit_lines,
            "help": self.help,
            "palette": self.palette,
            "documents": self.documents,
            "history": self.history,
            "theme": self.next_theme,
            "quit": self.quit,
        }
        self._busy = False
        self.is_about_to_ask = False

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
                taken.add(key)
                self.desk.bind_key(key, command.name, in_list=key == "enter")
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
        if self._busy:
            self.desk.flash("still at work on the last command")
        elif own is not None:
            self._guarded(own)
        elif command.argument is None and not command.slow:
            self._guarded(lambda: self._carry_out(command, ()))
        elif name == "edit":
            self._guarded(self.save_and_say)
        else:
            self.is_about_to_ask = True
            self.desk.run_worker(self._ask_and_carry_out(command), exclusive=True, group="relay")

    def save(self) -> bool:
        """Save what was typed as an edit; False where the store would not have it, which is then shown."""
        editor, unit = self.desk.editor, self.desk.unit
        if editor is None or unit is None or not editor.is_changed:
            return True
        text = editor.value

        def saving() -> None:
            self.session.edit(text, seconds=editor.seconds, keystrokes=editor.keystrokes)
            self.desk.kept.pop(unit.id, None)
            editor.accept(text)
            self.desk.unit_saved(self.session.unit)

        return self._guarded(saving)

    def save_and_say(self) -> None:
        """Save what was typed and stay."""
        if self.desk.editor is None or not self.desk.editor.is_changed:
            raise CommandError("nothing was typed since the last time it was saved")
        if self.save():
            self.desk.show_all(keep_caret=True)
            self.desk.flash("saved", kind="good")

    def go_to_position(self, position: int) -> None:
        """Go to a place of the queue, for the mouse and for whole pages."""
        if self._busy or position == self.session.position or not self.save():
            return
        self._guarded(lambda: self.session.go_to_position(position))
        self.desk.show_move()

    def _carry_out(self, command: Command, arguments: tuple[Any, ...]) -> None:
        session, editor = self.session, self.desk.editor
        if command.group != "Move":
            self.desk.settle()
        extra: dict[str, Any] = {}
        if command.name == "confirm" and editor is not None and editor.is_changed:
            arguments = (editor.value,)
            extra = {"seconds": editor.seconds, "keystrokes": editor.keystrokes}
        elif not self.save():
            return
        held = session.unit.id if session.count else ""
        answer = str(getattr(session, command.method)(*arguments, **extra))
        self.desk.kept.pop(held, None)
        self._answered(command, answer)

    def _answered(self, command: Command, answer: str) -> None:
        if command.group == "Move" and command.name != "filter":
            self.desk.show_move()
        else:
            self.desk.show_all()
            self.desk.flash(answer, kind="good")

    async def _ask_and_carry_out(self, command: Command) -> None:
        try:
            if not self.save():
                return
            arguments = await self._asking.arguments_of(command)
            self.is_about_to_ask = False
            if not command.slow:
                self._guarded(lambda: self._carry_out(command, arguments))
                return
            self.desk.settle()
            self._busy = True
            self.desk.flash("looking…")
            try:
                answer = await asyncio.to_thread(getattr(self.session, command.method), *arguments)
            finally:
                self._busy = False
                self.desk.clear_flash()
            self._answered(command, str(answer))
        except LeftError:
            return
        except WorkbenchError as error:
            self.desk.flash(str(error), kind="error")
        finally:
            self.is_about_to_ask = False

    def _guarded(self, action: Callable[[], Any]) -> bool:
        """Do something that may be refused; say why where it is. What was typed is kept for the unit."""
        try:
            action()
        except StaleUnitError:
            editor = self.desk.editor
            if editor is not None and editor.is_changed:
                self.desk.kept[editor.unit_id] = editor.value
            self.desk.show_all()
            self.desk.flash(
                "somebody else changed this unit; what you typed is kept here: save it again", kind="error"
            )
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
        """Go back to the list; what was typed stays in the editor until the unit is left."""
        self.desk.focus_list()

    def help(self) -> None:
        """Show all commands and keys."""
        from workbench.tui.help import help_paragraphs
        from workbench.tui.modals import Reading

        self.desk.app.push_screen(Reading("Help", help_paragraphs(tuple(self.commands.values()))))

    def palette(self) -> None:
        """Find a command by its name."""
        from textual.command import CommandPalette

        from workbench.tui.palette import ReviewCommands

        self.desk.app.push_screen(CommandPalette([ReviewCommands], placeholder="What do you want to do?"))

    def history(self) -> None:
        """Show every saved text of the unit."""
        from workbench.tui.help import history_paragraphs
        from workbench.tui.modals import Reading

        self.desk.app.push_screen(Reading("History of the unit", history_paragraphs(self.session.history())))

    def documents(self) -> None:
        """Ask for another document and go there."""
        if self.save():
            self.desk.run_worker(self._change_document(), exclusive=True, group="relay")

    async def _change_document(self) -> None:
        try:
            name = await self._asking.document()
            self.session.save_place()
            self.desk.begin(await asyncio.to_thread(self.project.review, name))
        except LeftError:
            return
        except WorkbenchError as error:
            self.desk.flash(str(error), kind="error")

    def next_theme(self) -> None:
        """Take the next palette."""
        names = [name for name in NAMES if name != "auto"]
        theme = names[(names.index(self.desk.app.theme) + 1) % len(names)]
        self.desk.app.theme = theme
        self.desk.flash(f"colours: {theme}")

    def quit(self) -> None:
        """Save and leave."""
        self.desk.app.call_later(self.desk.app.run_action, "leave")
