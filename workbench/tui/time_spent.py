"""The time at a unit: given to the session with each command, kept running where the command decided nothing."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from workbench.store.records import Spent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbench.review.session import ReviewSession
    from workbench.tui.editor import Editor


@contextmanager
def at_work(session: ReviewSession, editor: Editor | None) -> Iterator[None]:
    """What is decided within stores the seconds and keystrokes at the editor's unit, which then count from nought."""
    if editor is not None and editor.unit_id:
        session.at_work = Spent(editor.unit_id, editor.seconds, editor.keystrokes)
    try:
        yield
    finally:
        is_stored = session.at_work is None
        session.at_work = None
        if is_stored and editor is not None:
            editor.restart_watch()
