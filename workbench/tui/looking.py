"""What is shown of a command that looks at many units while it does: how far it is, and what it found by now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.tui.grid import Grid

if TYPE_CHECKING:
    from workbench.review.commands import Command
    from workbench.review.session import ReviewSession
    from workbench.tui.desk import Desk


def how_far(session: ReviewSession, command: Command, done: int, total: int) -> str:
    """What a command that looks at many units has done by now; `done` units were read of `total`."""
    if command.group == "Alignment":
        share = f", {session.aligned_anew:,} sentences done" if session.aligned_anew else ""
        return f"aligning {done:,} units anew{share}… (Esc stops)"
    if command.group == "Drafts":
        return f"drafting… {session.drafted} (Esc stops)".replace("  ", " ")
    if session.reads_texts:
        return f"looking… {done:,} of {total:,} (Esc stops)"
    return f"looking… {total - session.progress().unchecked:,} of {total:,} (Esc stops)"


def show_found(desk: Desk, session: ReviewSession) -> None:
    """Show the list as the session has it now, and nothing else: this is done again and again."""
    desk.query_one(Grid).show(count=session.count, position=session.position, largest=session.total)


def stop_looking(desk: Desk, session: ReviewSession) -> None:
    """Have the looking end, and stand again where the session stood: what comes next is saved and remembered there."""
    session.stop_looking()
    if session.forget_so_far():
        show_found(desk, session)
