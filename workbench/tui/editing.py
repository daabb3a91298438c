"""How typed characters reach the editor's text: at once one by one, in one go where they come in a burst."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from textual.widgets._text_area import TextArea

if TYPE_CHECKING:
    from collections.abc import Callable

IDLE_SECONDS = 300.0
BURST_SECONDS = 0.004
"""Nobody types two keys in less: an input method's commit, or text pasted by a terminal that cannot say so."""
GATHER_SECONDS = 0.012
"""A burst is over when nothing came for so long."""
HOLD_SECONDS = 0.1
"""What is held longer is shown all the same."""


def is_joiner(character: str) -> bool:
    """Whether a character, joiner or tag, belongs to emoji and is a key without a text for Textual."""
    return character in "\u200c\u200d" or "\U000e0020" <= character <= "\U000e007f"


class Stopwatch:
    """Seconds of work on a unit: the time between signs of life, of a longer silence `idle_seconds`."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last = clock()
        self.seconds = 0.0
        self.idle_seconds = IDLE_SECONDS

    def restart(self) -> None:
        """Begin at nought."""
        self._last = self._clock()
        self.seconds = 0.0

    def tick(self) -> None:
        """Somebody did something."""
        now = self._clock()
        self.seconds += min(now - self._last, self.idle_seconds)
        self._last = now


def one_line(text: str) -> str:
    """Lines as one: nothing between Chinese and at Chinese punctuation, else a space; empty lines go."""
    result = ""
    for line in filter(None, map(str.strip, text.split("\n"))):
        sides = result[-1:], line[0]
        wide = [cell_len(side) >= 2 for side in sides]
        tight = all(wide) or any(w and not side.isalnum() for w, side in zip(wide, sides, strict=True))
        result += line if tight or not result else f" {line}"
    return result


class Bursts(TextArea):
    """A TextArea that holds back the characters of a burst and puts them in as one edit.

    The first character of a burst is put in at once. Whoever reads the text calls `put_in` first.
    """

    def __init__(self, **named: Any) -> None:
        self._held = ""
        self._held_since = 0.0
        self._typed_at = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self.keystrokes = 0
        super().__init__(**named)

    def type_in(self, characters: str, at: float) -> None:
        """Put characters in place of the selection, now or with those that follow on their heels.

        `at` is when they arrived, in seconds; how long the screen took to come to them says nothing.
        """
        in_burst = at - self._typed_at < BURST_SECONDS
        self._typed_at = at
        if not in_burst and not self._held:
            self._replace_via_keyboard(characters, *self.selection)
            return
        now = time.monotonic()
        if not self._held:
            self._held_since = now
        self._held += characters
        if now - self._held_since > HOLD_SECONDS:
            self.put_in()
            return
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(GATHER_SECONDS, self.put_in)

    def put_in(self) -> None:
        """Put in what is held back."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._held:
            held, self._held = self._held, ""
            self.keystrokes += len(held) - 1
            self._replace_via_keyboard(held, *self.selection)
