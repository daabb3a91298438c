"""Keys pressed before anything can be done with them: they wait until the screen takes keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.events import Event, Key

if TYPE_CHECKING:
    from textual.message_pump import MessagePump

MOST = 200
NOT_KEPT = ("ctrl+c",)
"""Who wants to leave waits for nothing."""


class EarlyKeys:
    """Keeps keys in their order until they are handed over."""

    def __init__(self) -> None:
        self._kept: list[Key] = []
        self._goes_to: MessagePump | None = None
        self._since = 0.0

    def keep(self, event: Key) -> None:
        """Keep a key that nothing has taken; one that was on its way at the handing over is handed on."""
        if event.key in NOT_KEPT:
            return
        if self._goes_to is None:
            event.stop()
            if len(self._kept) < MOST:
                self._kept.append(event)
        elif event.time < self._since:
            event.stop()
            self._goes_to.post_message(Key(event.key, event.character))

    def hand_over(self, to: MessagePump) -> None:
        """Press the keys that were kept, and from now on keep none."""
        self._goes_to, self._since = to, Event().time
        for event in self._kept:
            to.post_message(Key(event.key, event.character))
        self._kept.clear()
