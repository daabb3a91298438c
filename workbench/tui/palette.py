"""The command palette: every command by its name, with its key; those that apply now stand first."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from textual.await_complete import AwaitComplete
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider

from workbench.model import Origin, State
from workbench.tui.keys import TYPING, key_words, split_keys

if TYPE_CHECKING:
    from workbench.model import TranslationUnit
    from workbench.review.commands import Command
    from workbench.tui.relay import Relay
    from workbench.tui.unit_view import UnitView


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


class Palette(CommandPalette):
    """Textual's palette, for keys faster than it: it ends once, and turns no page of a list that is not laid out."""

    def dismiss(self, result: None = None) -> AwaitComplete:
        """End; a second time changes nothing."""
        if self.app.screen_stack[-1:] != [self]:
            return AwaitComplete()
        return super().dismiss(result)

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError, IndexError):
            super()._action_command_list(action)


class ReviewCommands(Provider):
    """Offers the commands of the review and of the screen."""

    def _relay(self) -> Relay | None:
        return getattr(self.app, "relay", None)

    def _commands(self) -> list[tuple[str, Command, bool]]:
        """Every command with its title and keys, and whether it applies now; those that do first."""
        relay = self._relay()
        if relay is None:
            return []
        desk = relay.desk
        view = desk.panel.view if desk.panel is not None else None
        typing = desk.place_of_keys == "editor"
        found = []
        for command in (one for one in relay.commands.values() if one.palette):
            names = "  ".join(key_words(key) for key in split_keys(command.keys))
            fits = applies(command, desk.unit, view, typing=typing)
            found.append((f"{command.title}   {names}" if names else command.title, command, fits))
        return sorted(found, key=lambda one: not one[2])

    async def discover(self) -> Hits:
        """Every command that is worth finding, before anything is typed."""
        for title, command, _fits in self._commands():
            yield DiscoveryHit(title, partial(self._start, command.name), help=command.help)

    async def search(self, query: str) -> Hits:
        """The commands whose name or help matches."""
        matcher = self.matcher(query)
        for title, command, fits in self._commands():
            score = max(matcher.match(title), 0.9 * matcher.match(command.help)) * (1.0 if fits else 0.8)
            if score > 0:
                yield Hit(
                    score, matcher.highlight(title), partial(self._start, command.name), help=command.help
                )

    def _start(self, name: str) -> None:
        relay = self._relay()
        if relay is not None:
            self.app.call_later(relay.start, name)
