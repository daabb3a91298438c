"""What the screen shares with the world outside: the clipboard, the user's own editor, the shell."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import CommandError
from workbench.review.commands import Command
from workbench.tui.clipboard import said_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from workbench.model import TranslationUnit
    from workbench.tui.desk import Desk

COMMANDS: tuple[Command, ...] = (
    Command("clip", "alt+shift+y,ctrl+insert", "copy what is selected, or the target, to the clipboard", "",
            group="Screen"),
    Command("clip_target", "alt+shift+j", "copy the whole target to the clipboard", "", group="Screen"),
    Command("clip_source", "alt+shift+s", "copy the source to the clipboard", "", group="Screen"),
    Command("external", "alt+shift+x", "open the target in your own editor ($VISUAL, $EDITOR)", "", group="Screen"),
    Command("suspend", "alt+shift+z", "go back to the shell; fg comes back here", "", group="Screen"),
)  # fmt: skip


class Outside:
    """Commands that need more than the screen; the text that comes back from an editor is typed, and not saved yet."""

    def __init__(self, desk: Desk, environ: Mapping[str, str] = os.environ) -> None:
        self._desk = desk
        self._environ = environ

    @property
    def commands(self) -> Mapping[str, Callable[[], None]]:
        """The commands by name."""
        return {
            "clip": self.clip,
            "clip_target": self.clip_target,
            "clip_source": self.clip_source,
            "external": self.external,
            "suspend": self.suspend,
        }

    def _unit(self) -> TranslationUnit:
        self._desk.settle()
        if self._desk.unit is None or self._desk.editor is None:
            raise CommandError("there is no unit here")
        return self._desk.unit

    def _copy(self, what: str, text: str) -> None:
        if not text:
            raise CommandError(f"{what} is empty")
        self._desk.app.copy_to_clipboard(text)
        self._desk.flash(said_of(what, text), kind="good")

    def clip(self) -> None:
        """Copy what was selected last; else the target as it stands in the editor."""
        self._unit()
        selected = self._desk.selected_text
        if selected:
            self._copy("the selection", selected)
        else:
            self.clip_target()

    def clip_target(self) -> None:
        """Copy the target as it stands in the editor, whatever is selected."""
        unit, editor = self._unit(), self._desk.editor
        assert editor is not None
        self._copy("the target", editor.value if editor.unit_id == unit.id else unit.target)

    def clip_source(self) -> None:
        """Copy the source."""
        self._copy("the source", self._unit().source)

    def external(self) -> None:
        """Open the target in $VISUAL or $EDITOR; what is saved there is typed here."""
        unit, editor = self._unit(), self._desk.editor
        assert editor is not None
        command = editor_command(self._environ)
        if not self._can_suspend():
            raise CommandError("an editor cannot be opened over this terminal")
        self._desk.keep_half_typed()
        before = editor.value
        with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
            path = Path(folder) / "target.txt"
            path.write_bytes((before + "\n").encode("utf-8", "surrogatepass"))
            with self._desk.app.suspend():
                code = _run([*command, str(path)])
            text = _read_back(path, is_lined=before.endswith("\n"))
        if code:
            raise CommandError(f"{command[0]} ended with code {code}: the target stays as it was")
        if text == before or editor.unit_id != unit.id:
            self._desk.flash("nothing was changed in the editor")
            return
        editor.replace_text(text)
        self._desk.set_focus(editor)
        self._desk.flash(f"taken from {command[0]}: F2 confirms, Ctrl+S saves, Ctrl+Z takes it back")

    def suspend(self) -> None:
        """Go back to the shell; `fg` comes back here."""
        if not self._can_suspend():
            raise CommandError("there is no shell to go back to")
        self._desk.keep_half_typed()
        self._desk.app.action_suspend_process()

    def _can_suspend(self) -> bool:
        driver = self._desk.app._driver
        return driver is not None and driver.can_suspend


def editor_command(environ: Mapping[str, str]) -> list[str]:
    """The user's editor with its options: $VISUAL, else $EDITOR, else vi. Raises CommandError."""
    from shutil import which

    for name in ("VISUAL", "EDITOR"):
        if value := environ.get(name, "").strip():
            try:
                command = shlex.split(value)
            except ValueError:
                raise CommandError(f"${name} is no command: {value}") from None
            if which(command[0]) is None:
                raise CommandError(f"${name} names {command[0]}, which is not there")
            return command
    if which("vi") is None:
        raise CommandError("set VISUAL or EDITOR to your editor")
    return ["vi"]


def _run(command: list[str]) -> int:
    try:
        return subprocess.call(command)
    except OSError as error:
        raise CommandError(f"{command[0]}: {error.strerror}") from None


def _read_back(path: Path, *, is_lined: bool) -> str:
    """What the editor left in the file, without the line end that editors put at the end of a file."""
    try:
        text = path.read_bytes().decode("utf-8-sig", "surrogatepass")
    except (OSError, UnicodeDecodeError):
        raise CommandError("what the editor saved cannot be read: the target stays as it was") from None
    text = text.replace("\r\n", "\n")
    return text if is_lined else text.rstrip("\n")
