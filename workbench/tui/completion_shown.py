"""Completion in the editor: what is offered stands dim behind the caret, and one key puts it in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.segment import Segment
from textual.message import Message

from workbench.tui import atoms
from workbench.tui.completion import Offer, Phrase, missing, offers
from workbench.tui.editing import Bursts
from workbench.tui.paint import Veil, clip

if TYPE_CHECKING:
    from collections.abc import Sequence


class Completing(Bursts):
    """A TextArea that offers what may be meant. Nothing is ever put in that nobody asked for with `complete`."""

    class Offered(Message):
        """Another completion is offered, or none."""

    def __init__(self, **named: Any) -> None:
        self.veil = Veil()
        self.phrases: Sequence[Phrase] = ()
        self.completes = True
        """Whether anything is offered while one types."""
        self._offers: tuple[Offer, ...] = ()
        self._offered = 0
        super().__init__(**named)

    @property
    def offer(self) -> Offer | None:
        """What is offered now."""
        return self._offers[self._offered] if self._offers else None

    @property
    def offer_words(self) -> str:
        """What is offered and how many more there are: "人工智能 (1/3)"; "" where nothing is."""
        offer = self.offer
        if offer is None:
            return ""
        count = f" ({self._offered + 1}/{len(self._offers)})" if len(self._offers) > 1 else ""
        return f"{offer.phrase.text}{count}"

    def look_for_offers(self) -> None:
        """Offer what may be meant by the characters before the caret."""
        self._set(offers(self.phrases, *self._sides()) if self.completes and self.selection.is_empty else ())

    def withdraw(self) -> None:
        """Offer nothing."""
        self._set(())

    def next_offer(self, step: int = 1) -> bool:
        """Show the next of what is offered; False where there is none."""
        self.put_in()
        if not self._offers:
            self._ask()
        elif len(self._offers) > 1:
            self._offered = (self._offered + step) % len(self._offers)
            self.post_message(self.Offered())
            self.refresh()
        return bool(self._offers)

    def complete(self) -> bool:
        """Put in what is offered; where nothing is, offer something. False where there is nothing."""
        self.put_in()
        offer = self.offer
        if offer is None:
            self._ask()
            return bool(self._offers)
        row, column = self.selection.end
        self._replace_via_keyboard(offer.phrase.text, (row, max(0, column - offer.typed)), (row, column))
        self.withdraw()
        return True

    def _ask(self) -> None:
        """Offer what begins as the text before the caret does, else the terms that are still missing."""
        if self.selection.is_empty:
            found = offers(self.phrases, *self._sides())
            self._set(found or missing(self.phrases, self.veil.take_off(self.document.text)))

    def _sides(self) -> tuple[str, str]:
        row, column = self.selection.end
        line = self.document[row]
        return line[:column], line[column:]

    def _set(self, found: tuple[Offer, ...]) -> None:
        if found != self._offers or self._offered:
            self._offers, self._offered = found, 0
            self.post_message(self.Offered())
            self.refresh()

    @property
    def offers_inline(self) -> bool:
        """Whether what is offered stands behind the caret: at the end of a line there is nothing in its way."""
        offer = self.offer
        if offer is None:
            return False
        row, column = self.cursor_location
        text = self.document[row]
        if column < len(text):
            return False
        used = cell_len(self.wrapped_document.get_sections(row)[-1])
        return used + cell_len(offer.rest) <= self.size.width

    def behind_the_text(self, room: int) -> list[Segment]:
        """The cursor behind the last character, with what is offered there."""
        base = self.rich_style
        cursor = self.get_component_rich_style("text-area--cursor") if self._draw_cursor else base
        offer = self.offer
        if offer is None or not self.offers_inline:
            return [Segment(" ", base + cursor)] if self._draw_cursor else []
        shown, _ = clip(offer.rest, room)
        dim = base + self.get_component_rich_style("editor--offer", partial=True)
        first = atoms.stops(shown, codes_open=True)[1]
        return [Segment(shown[:first], dim + cursor), Segment(shown[first:], dim)]
