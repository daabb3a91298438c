"""The checks of all units of the document, made behind the screen a few at a time, and never while keys come."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

    from workbench.review.session import ReviewSession
    from workbench.tui.background import Background

CHECKED_AT_ONCE = 8
SHOWN_EVERY = 5
REST_SECONDS = 0.4
"""Keys must rest so long before more units are checked: Python runs one thread at a time."""


class Checked(Protocol):
    """The screen whose document is checked."""

    def now_session(self) -> ReviewSession: ...
    def show_checks(self) -> None: ...
    def assess(self) -> None: ...
    def set_timer(self, delay: float, callback: Callable[[], None], /) -> Timer: ...


class DocumentChecks:
    """What is asked of the thread behind the screen until every unit is checked."""

    def __init__(self, screen: Checked, worker: Background) -> None:
        self._screen = screen
        self._worker = worker
        self._jobs = {"check": self._check_some, "recheck": self._recheck_some}
        self._unshown = 0
        self._horizon = 0
        self._key_at = float("-inf")
        self._resting: dict[str, Timer] = {}

    @property
    def is_resting(self) -> bool:
        """Whether more is to be done as soon as the keys rest."""
        return bool(self._resting)

    def begin(self) -> None:
        """A session is there: what its findings rest on is as it is now."""
        self._horizon = self._screen.now_session().horizon

    def key_came(self) -> None:
        """Somebody works: what is not for the key waits."""
        self._key_at = time.monotonic()

    def ask(self, key: str) -> None:
        """Have units checked ("check"), or judged again beside the others ("recheck"), once the keys rest."""
        if key in self._resting:
            return
        left = self._key_at + REST_SECONDS - time.monotonic()
        if left > 0:
            self._resting[key] = self._screen.set_timer(left, lambda: self._rested(key))
        else:
            self._worker.ask(key, self._jobs[key])

    def done(self, key: str, count: int) -> None:
        """Some units were checked: go on until none is left, and show what was found now and then."""
        self._unshown += 1 if count else 0
        if count:
            self.ask(key)
        if self._unshown and (not count or self._unshown >= SHOWN_EVERY):
            self._unshown = 0
            self._screen.show_checks()
        horizon = self._screen.now_session().horizon
        if not count and horizon != self._horizon:
            # Other units may speak against this one now, or no longer.
            self._horizon = horizon
            self._screen.assess()

    def _rested(self, key: str) -> None:
        self._resting.pop(key, None)
        self.ask(key)

    def _check_some(self) -> int:
        return self._screen.now_session().check_some(CHECKED_AT_ONCE)

    def _recheck_some(self) -> int:
        return self._screen.now_session().recheck_some(CHECKED_AT_ONCE)
