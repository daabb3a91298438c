"""The command palette: every command by its name, with its key; those that apply now stand first."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.fuzzy import Matcher

from workbench.model import Origin, State
from workbench.tui.keys import TYPING, key_words, split_keys
from workbench.tui.line import Line
from workbench.tui.modals import BACK, Menu, Prompt
from workbench.tui.sheet import Paragraph, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.app import ComposeResult
    from textual.strip import Strip

    from workbench.model import TranslationUnit
    from workbench.review.commands import Command
    from workbench.tui.once import Hint
    from workbench.tui.painted import Piece
    from workbench.tui.unit_view import UnitView

HELP_CELLS = 90
"""In a narrower box what a command does stands below the list only, for the current one."""
UNFIT = 0.8
"""What does not apply now counts so much less."""


def applies(command: Command, unit: TranslationUnit | None, view: UnitView | None, *, typing: bool) -> bool:
    """Whether a command has something to do at this unit, as far as that is plain; what is not known applies."""
    if command.group == TYPING:
        return typing
    if unit is None:
        return command.group not in ("Decide", "Issues", "Alignment")
    is_open = unit.state in (State.INITIAL, State.TRANSLATED)
    match command.name:
        case "confirm" | "reject":
            return is_open
        case "unconfirm":
            return unit.state is not State.INITIAL
        case "sign_off":
            return unit.state is State.REVIEWED
        case "restore_draft":
            return bool(unit.drafts) and unit.draft != unit.target
        case "another":
            return len(unit.proposals) > 1
        case "fix" | "fix_all":
            return view is None or bool(view.fixes)
        case "waive":
            return view is None or bool(view.issue_count)
        case "unmark":
            return unit.origin in (Origin.DROPPED, Origin.ADDED)
        case _:
            return True


def in_order(
    known: Iterable[Command], unit: TranslationUnit | None, view: UnitView | None, *, typing: bool
) -> list[tuple[Command, bool]]:
    """The commands worth finding, each with whether it applies now; those that do stand first."""
    found = [(one, applies(one, unit, view, typing=typing)) for one in known if one.palette]
    return sorted(found, key=lambda one: not one[1])


def matching(commands: Sequence[tuple[Command, bool]], words: str) -> list[Command]:
    """The commands whose name, keys or help hold the letters of the words in their order, the best first."""
    if not words.strip():
        return [command for command, _ in commands]
    matcher = Matcher(words.strip())
    scored = []
    for command, fits in commands:
        by_name = matcher.match(f"{command.title} {names_of(command)}")
        score = max(by_name, 0.9 * matcher.match(command.help)) * (1.0 if fits else UNFIT)
        if score > 0:
            scored.append((score, command))
    return [command for _, command in sorted(scored, key=lambda one: -one[0])]


def names_of(command: Command) -> str:
    """The keys of a command as people call them."""
    return "  ".join(key_words(key) for key in split_keys(command.keys))


class CommandMenu(Menu):
    """A line for each command: its name, what it does where there is room for all of that, its keys."""

    can_focus = False

    def __init__(self) -> None:
        super().__init__([])
        self.commands: Sequence[Command] = ()

    def take(self, commands: Sequence[Command]) -> None:
        """Show these commands, the first of them current."""
        self.commands = commands
        self.show([(command.title, names_of(command)) for command in commands])

    def action_choose(self) -> None:
        """Take the current command."""
        if self.commands:
            self.screen.dismiss(self.commands[self.current].name)

    def render_line(self, y: int) -> Strip:
        """One command."""
        row, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        if row >= len(self.commands):
            return self.strip_of([], width)
        command, here = self.commands[row], row == self.current
        left, keys, help_ = f"{command.title}  ", names_of(command), command.help
        column = max(cell_len(one.title) for one in self.commands) + 4
        room = width - 3 - cell_len(keys)
        pieces: list[Piece] = [("▸ " if here else "  ", "accent"), (left, "strong" if here else "")]
        used = 2 + cell_len(left)
        if width >= HELP_CELLS and max(used, column) + cell_len(help_) + 2 <= room:
            pieces += [(" " * (column - used), ""), (help_, "dim")]
            used = max(used, column) + cell_len(help_)
        pieces += [(" " * max(1, width - 1 - used - cell_len(keys)), ""), (keys, "key")]
        return self.strip_of(pieces, width, over="cursor" if here else "")


class Palette(Prompt):
    """The name of the command that was chosen, None where it was left."""

    HINTS: ClassVar[tuple[Hint, ...]] = (
        *BACK,
        ("Enter", "do it", "enter"),
        ("Up Down PgUp PgDn", "choose", ""),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("pageup", "step(-10)", show=False),
        Binding("pagedown", "step(10)", show=False),
    ]
    DEFAULT_CSS = """
    Palette { align: center top; background: $background 60%; }
    Palette > Container { max-width: 110; height: 100%; max-height: 40; border: round $primary; }
    Palette Menu { height: 1fr; background: $bar; border-top: solid $rule; border-bottom: solid $rule; }
    Palette #about { height: 2; background: $bar; }
    Palette:ansi Menu, Palette:ansi #about { background: ansi_default; }
    """

    def __init__(self, commands: Sequence[tuple[Command, bool]]) -> None:
        super().__init__("Commands")
        self._commands = commands

    def compose(self) -> ComposeResult:
        """The line, what it finds, and what the current one does."""
        with Container() as box:
            box.border_title = self._question
            yield Line()
            yield CommandMenu()
            yield Sheet(id="about")

    def on_mount(self) -> None:
        """Show all commands."""
        self._find()

    def on_input_changed(self) -> None:
        """Show what the line finds."""
        self._find()

    def on_input_submitted(self, event: Line.Submitted) -> None:
        """Take the current command; what was typed just now counts."""
        event.stop()
        event.prevent_default()
        self._find(keep=True)
        self.query_one(CommandMenu).action_choose()

    def action_step(self, lines: int) -> None:
        """Go up or down in what was found."""
        self.query_one(CommandMenu).action_step(lines)
        self._tell()

    def _find(self, *, keep: bool = False) -> None:
        menu, found = self.query_one(CommandMenu), matching(self._commands, self.query_one(Line).text)
        if not keep or list(menu.commands) != found:
            menu.take(found)
        self._tell()

    def _tell(self) -> None:
        menu = self.query_one(CommandMenu)
        about = menu.commands[menu.current].help if menu.commands else "no command is called so"
        self.query_one("#about", Sheet).show([Paragraph(about, style="dim")])
