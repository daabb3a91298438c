"""The history of a unit on screen: a pane, and a dialog in which a text is chosen to go back to."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Container

from workbench.review.history import Version, versions_of
from workbench.tui.modals import _LEAVE, BACK, Menu
from workbench.tui.once import Dialog, Hint
from workbench.tui.pane import Pane, PaneView
from workbench.tui.sheet import Paragraph, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from workbench.model import TranslationUnit
    from workbench.review.session import ReviewSession


def look_up(session: ReviewSession, unit: TranslationUnit) -> PaneView:
    """Every text of a unit, the newest first; to be called behind the screen."""
    entries = session.store.history(unit.id, document_id=session.document.id)
    versions = versions_of(unit, entries)
    paragraphs: list[Paragraph] = []
    for version in reversed(versions):
        key = "" if version.is_now else f"revert {version.number}"
        paragraphs += [Paragraph(about(version), style="accent", key=key), difference_of(version)]
    shown = tuple(paragraphs) or (Paragraph("nothing was saved for this unit yet", style="dim"),)
    return PaneView(unit.id, shown, str(len(entries)) if entries else "none")


def about(version: Version) -> str:
    """Number, person, time of this place, and what was done, in a line."""
    parts = [str(version.number), version.author, version.local_at, version.decision]
    parts += [f"{version.seconds:.0f} s"] if version.seconds else []
    parts += ["(undone)"] if version.undone else []
    parts += ["(now)"] if version.is_now else []
    return "  ".join(part for part in parts if part)


def difference_of(version: Version) -> Paragraph:
    """The text with what was taken out of the one before it and put in; the draft as it is."""
    from workbench import diff
    from workbench.tui.unit_view import differences

    if not version.before or version.before == version.text:
        return Paragraph(version.text or "(empty)", style="" if version.text else "dim", lead="  ")
    made = differences(version.before, version.text, diff.edits(version.before, version.text))
    return Paragraph(made.text, made.spans, lead="  ")


class _Versions(Menu):
    """The list of texts, which shows the one under its cursor."""

    def action_step(self, lines: int) -> None:
        """Go up or down, and show what is there."""
        super().action_step(lines)
        screen = self.screen
        if isinstance(screen, HistoryDialog):
            screen.show_current(self.current)


class HistoryDialog(Dialog[int | None]):
    """Every text of a unit: the number of the one to go back to, None where it was left."""

    HINTS: ClassVar[tuple[Hint, ...]] = (
        *BACK,
        ("Enter", "go back to this text", "enter"),
        ("Up Down", "other texts", ""),
    )
    BINDINGS: ClassVar[list[BindingType]] = _LEAVE
    DEFAULT_CSS = """
    HistoryDialog { align: center middle; background: $background 60%; }
    HistoryDialog > Container { width: 100%; max-width: 120; height: 100%; max-height: 36; background: $bar;
        border: round $primary; border-title-color: $primary; padding: 0 1; }
    HistoryDialog Menu { height: 1fr; min-height: 3; background: $bar; }
    HistoryDialog Sheet { height: 1fr; background: $bar; border-top: solid $rule; }
    HistoryDialog:ansi > Container, HistoryDialog:ansi Menu, HistoryDialog:ansi Sheet {
        background: ansi_default; }
    """

    def __init__(self, versions: Sequence[Version]) -> None:
        super().__init__()
        self._versions = list(reversed(versions))

    def compose(self) -> ComposeResult:
        """The list above, the text below."""
        with Container() as box:
            box.border_title = "History of the unit"
            yield _Versions([(about(one), one.text) for one in self._versions])
            yield Sheet(id="difference")

    def show_current(self, index: int) -> None:
        """Show the text of a line, and how it differs from the one before it."""
        self.query_one(Sheet).show([difference_of(self._versions[index])])

    def dismiss(self, result: int | None = None) -> object:  # type: ignore[override]
        """Give the number of the chosen text instead of its line."""
        return super().dismiss(None if result is None else self._versions[result].number)


PANE = Pane(
    "history",
    "h",
    "Every saved text of the unit, the newest first: by whom, when (the time of this place), and "
    "[-what was taken out-]{+and put in+}. A click on its first line goes back to that text.",
    ("revert", "history"),
    look_up,
)
