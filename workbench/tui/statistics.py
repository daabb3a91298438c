"""The screen of statistics: counted behind it, for the document or the whole project."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType

from workbench.errors import WorkbenchError
from workbench.tui.background import on_thread
from workbench.tui.modals import BACK, Reading
from workbench.tui.sheet import Paragraph, Sheet

if TYPE_CHECKING:
    from textual import events
    from textual.containers import Container

    from workbench.pipeline.stats import Overview
    from workbench.review.session import ReviewSession
    from workbench.tui.desk import Desk
    from workbench.tui.once import Hint

Counts = tuple["Overview", Counter[tuple[str, str]]]


def show_statistics(desk: Desk, project: Any) -> None:
    """Show the statistics of the document under review."""
    if desk.session is not None:
        desk.app.push_screen(Statistics(project, desk.session))


def count(project: Any, session: ReviewSession, *, whole: bool) -> Counts:
    """Count what is shown, for the session's document or all of the project; to be called behind the screen."""
    from workbench.pipeline.stats import overview

    name = None if whole else session.document.name
    found = overview(project, document=name, by="day")
    kinds: Counter[tuple[str, str]] = Counter()
    for document in [one.id for one in project.documents()] if whole else [session.document.id]:
        kinds += session.issue_kinds(document)
    return found, kinds


class Statistics(Reading):
    """Progress, edits, issues by kind and pace."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("a", "other", show=False)]

    def __init__(self, project: Any, session: ReviewSession) -> None:
        super().__init__(f"Statistics: {session.document.name}", [Paragraph("counting…", style="dim")])
        self._project, self._session = project, session
        self._whole = False
        self._generation = 0
        self._counts: Counts | None = None

    def on_mount(self) -> None:
        """Begin to count."""
        super().on_mount()
        self._count()

    def hints(self) -> tuple[Hint, ...]:
        """The keys; `a` shows the other of document and project."""
        return (*BACK, ("a", "this document" if self._whole else "all documents", "a"), *self.HINTS[1:])

    def action_other(self) -> None:
        """Count the whole project in place of the document, or the other way about."""
        self._whole = not self._whole
        self.show_hints()
        self._count()

    @property
    def is_counted(self) -> bool:
        """Whether what is shown is what was asked for."""
        return self._counts is not None

    def _count(self) -> None:
        self._generation += 1
        self._counts = None
        name = "all documents" if self._whole else self._session.document.name
        box: Container = self.query_one("Statistics > Container")  # type: ignore[assignment]
        box.border_title = f"Statistics: {name}"
        self.run_worker(self._show_counted(self._generation, self._whole), exclusive=False)

    async def _show_counted(self, generation: int, whole: bool) -> None:
        project, session = self._project, self._session
        try:
            counts = await on_thread(lambda: count(project, session, whole=whole))
        except WorkbenchError as error:
            self.query_one(Sheet).show([Paragraph(str(error), style="bad")])
            return
        if generation == self._generation and self.is_mounted:
            self._counts = counts
            self._paint()

    def _paint(self) -> None:
        from workbench.tui.statistics_view import statistics_paragraphs

        if self._counts is not None:
            sheet = self.query_one(Sheet)
            width = sheet.scrollable_content_region.width or 76
            sheet.show(statistics_paragraphs(*self._counts, columns=width), keep_place=True)

    def on_resize(self, event: events.Resize) -> None:
        """Draw the plots as wide as there is room."""
        del event
        self.call_after_refresh(self._paint)
