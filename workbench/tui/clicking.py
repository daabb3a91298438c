"""What a click on a line of a pane does: the same as the key that is about such a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.tui.app import ReviewApp
    from workbench.tui.frame import Frame

PUT, ISSUE, THREAD = "put", "issue", "comments"
"""What keys of paragraphs may begin with beside the names of commands."""


def choose_line(frame: Frame, key: str) -> None:
    """Do what belongs to a line: a command with its number, an issue, a rendering to put in, a comment to read."""
    app: ReviewApp = frame.app  # type: ignore[assignment]
    name, _space, words = key.partition(" ")
    relay, panel = app.relay, frame.panel
    if relay is None or panel is None:
        return
    if name == PUT:
        relay.start("type")
        if frame.focused is panel.editor:
            panel.editor.insert_text(words)
    elif name == THREAD:
        frame.wanted_thread = int(words) - 1
        relay.start(name)
    elif name != ISSUE:
        relay.start_with(name, words)
    elif panel.view is not None and int(words) not in panel.view.fixes:
        _go_to_issue(frame, int(words))
    else:
        relay.start_with("fix", words)


def _go_to_issue(frame: Frame, number: int) -> None:
    """Go to where an issue stands that has no sure repair."""
    app: ReviewApp = frame.app  # type: ignore[assignment]
    panel = frame.panel
    assert panel is not None
    places = panel.view.places if panel.view is not None and panel.view.text == panel.editor.value else ()
    if app.relay is not None and 0 < number <= len(places):
        app.relay.start("type")
        if (span := places[number - 1]) is not None:
            panel.editor.select_span(span)
