"""The draft pane of a reviewer: what the translator made of the draft, and what the reviewer made of that."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.tui.sheet import Paragraph
from workbench.tui.unit_view import differences

if TYPE_CHECKING:
    from workbench.review.passes import Passes
    from workbench.tui.unit_view import UnitView


def with_passes(view: UnitView, passes: Passes | None) -> UnitView:
    """The view with both steps in its draft pane; as it was where no translator has handed the unit over."""
    if passes is None:
        return view
    count = "as is" if passes.draft == passes.text else "changed"
    theirs = "as is" if passes.translated == passes.draft else "changed"
    mine = "as is" if passes.text == passes.translated else "changed"
    who = passes.translator or "the translator"
    shown = (
        Paragraph(f"1 draft to {who}: {theirs}", style="accent"),
        _step(passes.draft, passes.translated),
        Paragraph(f"2 {who} to now: {mine}", style="accent"),
        _step(passes.translated, passes.text),
    )
    return replace(
        view,
        sections={**view.sections, "draft": shown},
        counts={**view.counts, "draft": f"{count}, by {who} {theirs}, then {mine}"},
    )


def _step(before: str, after: str) -> Paragraph:
    from workbench import diff

    if before == after:
        return Paragraph(after, style="dim", lead="  ")
    made = differences(before, after, diff.edits(before, after))
    return Paragraph(made.text, made.spans, lead="  ")
