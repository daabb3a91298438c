"""The command palette: every command by its name, with its key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider

from workbench.tui.keys import key_words, split_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbench.review.commands import Command
    from workbench.tui.relay import Relay


class ReviewCommands(Provider):
    """Offers the commands of the review and of the screen."""

    def _relay(self) -> Relay | None:
        return getattr(self.app, "relay", None)

    def _commands(self) -> Iterator[tuple[str, Command]]:
        relay = self._relay()
        if relay is None:
            return
        for command in (one for one in relay.commands.values() if one.palette):
            names = "  ".join(key_words(key) for key in split_keys(command.keys))
            yield (f"{command.title}   {names}" if names else command.title), command

    async def discover(self) -> Hits:
        """Every command that is worth finding, before anything is typed."""
        for title, command in self._commands():
            yield DiscoveryHit(title, partial(self._start, command.name), help=command.help)

    async def search(self, query: str) -> Hits:
        """The commands whose name or help matches."""
        matcher = self.matcher(query)
        for title, command in self._commands():
            score = max(matcher.match(title), 0.9 * matcher.match(command.help))
            if score > 0:
                yield Hit(
                    score, matcher.highlight(title), partial(self._start, command.name), help=command.help
                )

    def _start(self, name: str) -> None:
        relay = self._relay()
        if relay is not None:
            self.app.call_later(relay.start, name)
