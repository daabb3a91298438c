"""Undo and redo of decisions on many units: the store turns them behind the screen."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.tui.background import on_thread

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from workbench.tui.relay import Relay


class Turning:
    """Turns at once what is small; one decision is turned wholly or not at all, so there is no stopping it midway."""

    def __init__(self, relay: Relay) -> None:
        self._relay = relay

    @property
    def commands(self) -> Mapping[str, Callable[[], None]]:
        """The commands by name."""
        return {name: partial(self._turn, name) for name in ("undo", "redo")}

    def _turn(self, name: str) -> None:
        relay, back = self._relay, name == "undo"
        if not relay.save():
            return
        if relay.session.is_long_turn(back=back):
            relay.stoppable(threading.Event())
            relay.desk.run_worker(self._turn_behind(name), exclusive=True, group="relay")
        else:
            relay._carry_out(relay.commands[name], ())

    async def _turn_behind(self, name: str) -> None:
        relay, session = self._relay, self._relay.session
        relay.desk.show_work("taking back many changes…" if name == "undo" else "making many changes again…")
        try:
            await on_thread(partial(session.turn_ahead, back=name == "undo"))
        except WorkbenchError as error:
            relay.desk.flash(str(error), kind="error")
            return
        finally:
            relay.stoppable(None)
        relay.desk.clear_flash()
        save_or_keep(relay)
        # It is done in the store: the session follows it whatever became of what was typed.
        relay.carry_out(relay.commands[name], ())


def save_or_keep(relay: Relay) -> None:
    """Save what was typed while something was at work; what the store will not have is kept for its unit."""
    if not relay.save():
        relay.desk.keep_typed()
