"""All panes about the unit, in the order in which they are shown."""

from __future__ import annotations

from workbench.tui import comments, history_pane, match_view, running_view
from workbench.tui.pane import Pane

ISSUES = Pane(
    "issues",
    "i",
    "What the checks found in the text as it is typed, the gravest first; below it the errors that people noted. "
    "“fix:” stands where one key makes the repair. A click on an issue fixes it, or goes to its "
    "place where no repair is sure.",
    ("fix", "fix_all", "fix_kind", "waive", "annotate", "next_issue", "previous_issue"),
)
TERMS = Pane(
    "terms",
    "t",
    "The glossary's terms in the source: ✓ where an accepted rendering stands in the target, ✗ where none does, "
    "! before a rendering that is not wanted. A click puts the rendering in at the caret.",
    ("term", "value", "complete"),
)
DRAFT = Pane(
    "draft",
    "d",
    "The draft and what was made of it: [-taken out-]{+put in+}.",
    ("restore_draft", "draft", "another", "history"),
)
SCORES = Pane(
    "scores", "s", "How far the target is from the draft, each score with its signature.", ("rate",)
)

PANES: tuple[Pane, ...] = (
    ISSUES,
    TERMS,
    match_view.PANE,
    DRAFT,
    SCORES,
    history_pane.PANE,
    comments.PANE,
    running_view.PANE,
    running_view.BOTH_PANE,
)
BY_NAME = {pane.name: pane for pane in PANES}
