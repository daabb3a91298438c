"""The pane of the running text: the document's targets, or both sides, around the current unit, which is marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.tui.grid import STATE_MARKS
from workbench.tui.pane import Pane, PaneView
from workbench.tui.sheet import Paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.model import TranslationUnit
    from workbench.review.session import ReviewSession

BEFORE, AFTER = 30, 60
"""So many units before and behind the current one are read: more than a screen has room for."""


def look_up(session: ReviewSession, unit: TranslationUnit) -> PaneView:
    """The targets around a unit; to be called behind the screen."""
    return _around(session, unit, both=False)


def look_up_both(session: ReviewSession, unit: TranslationUnit) -> PaneView:
    """Source and target of the units around a unit; to be called behind the screen."""
    return _around(session, unit, both=True)


def _around(session: ReviewSession, unit: TranslationUnit, *, both: bool) -> PaneView:
    start = max(0, unit.position - BEFORE)
    units = session.store.units(session.document.id, start=start, count=BEFORE + AFTER)
    paragraphs, focus = running_paragraphs(units, unit.position, both=both)
    return PaneView(unit.id, paragraphs, f"{unit.position + 1} of {session.total}", focus=focus)


def running_paragraphs(
    units: Sequence[TranslationUnit], position: int, *, both: bool
) -> tuple[tuple[Paragraph, ...], int]:
    """A paragraph for each side of each unit, and the number of the one at `position`; its number says whose it is.

    A target that is missing is said to be; a source that was left out or a target that was added needs no other side.
    """
    result: list[Paragraph] = []
    focus = 0
    for unit in units:
        here = unit.position == position
        if here:
            focus = len(result)
        mark, style = STATE_MARKS[unit.state.value]
        lead, key = f"{'▸' if here else ' '}{mark[:1]} ", f"goto {unit.position + 1}"
        under = "cursor" if here else ""
        if both and unit.source.strip():
            result.append(
                Paragraph(unit.source, style=f"dim {under}".strip(), lead=lead, lead_style=style, key=key)
            )
            lead = " " * len(lead)
        if unit.target.strip():
            result.append(Paragraph(unit.target, style=under, lead=lead, lead_style=style, key=key))
        elif not both or not unit.source.strip():
            result.append(
                Paragraph("(no target)", style=f"dim {under}".strip(), lead=lead, lead_style=style, key=key)
            )
    return tuple(result), focus


PANE = Pane(
    "running",
    "r",
    "The target as running text, the current unit marked and kept in view. A click goes to a unit.",
    ("goto", "next", "previous", "search"),
    look_up,
    called="running text",
)
BOTH_PANE = Pane(
    "both",
    "b",
    "Source and target of the units around, the current one marked and kept in view. A click goes to a unit.",
    ("goto", "next", "previous", "search"),
    look_up_both,
    called="both texts",
)
