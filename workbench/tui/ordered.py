"""Keys in the order in which they were pressed, for widgets that one types into."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from textual import events
    from textual.widget import Widget


class OrderedKeys:
    """Put before a widget among the bases: it then carries out its own key bindings itself, at once.

    Textual takes a letter when the widget sees it, but a key like Backspace only after it has bubbled up to the app:
    keys that come in one burst would overtake each other.
    """

    async def _on_key(self, event: events.Key) -> None:
        if event.character is not None and event.character.isprintable():
            return
        widget = cast("Widget", self)
        for binding in widget._bindings.key_to_bindings.get(event.key, ()):
            if await widget.app.run_action(binding.action, widget):
                event.stop()
                event.prevent_default()
                return
