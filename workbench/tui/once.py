"""Dialogs that end once, however fast the keys come behind the one that ended them."""

from __future__ import annotations

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer]):
    """A modal screen. Textual takes the top screen away at each `dismiss`, whichever that is by then."""

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """End with an answer; a second time changes nothing."""
        if self.app.screen_stack[-1:] != [self]:
            return AwaitComplete()
        return super().dismiss(result)
