"""The focused unit on screen: its source, its editor, and the panes about it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.containers import Container
from textual.content import Content

from workbench.report.visible import visible
from workbench.tui.editor import Editor
from workbench.tui.sheet import Paragraph, Sheet
from workbench.tui.unit_view import SECTIONS, alignment_words, source_paragraphs

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.timer import Timer
    from textual.widget import Widget

    from workbench.model import TranslationUnit
    from workbench.tui.pane import PaneView
    from workbench.tui.unit_view import UnitView

CLEAR_SECONDS = 0.15
"""What was known of the unit before is shown so long; then it goes until the new results are there."""


class UnitPanel(Container):
    """Source, editor and panes of one unit. In a wide screen the panes stand below each other, else one shows."""

    SCOPED_CSS = False  # the classes that tell of room are the screen's
    DEFAULT_CSS = """
    UnitPanel { height: auto; }
    UnitPanel #source { height: auto; min-height: 2; max-height: 6; border-top: solid $rule; padding: 0 0 0 1; }
    UnitPanel Editor { height: auto; min-height: 3; max-height: 6; border: none; border-top: solid $rule; padding: 0 1;
        background: $background; color: $foreground; }
    UnitPanel Editor { scrollbar-size-vertical: 1; }
    UnitPanel Editor:focus { border: none; border-top: solid $primary; border-title-color: $primary; }
    UnitPanel #detail { height: 5; border-top: solid $rule; padding: 0 0 0 1; }
    UnitPanel #source, UnitPanel #detail, UnitPanel Editor {
        border-title-color: $dim; border-title-style: none; }
    UnitPanel .editor--mark { text-style: underline; }
    UnitPanel .editor--hidden { color: $warning; text-style: reverse; }
    UnitPanel .editor--code { color: $primary; }
    UnitPanel .editor--offer { color: $dim; text-style: italic; }
    UnitPanel:ansi .editor--code { color: ansi_default; text-style: bold; }
    UnitPanel:ansi .editor--offer { color: ansi_default; text-style: dim; }
    UnitPanel:ansi Editor { background: ansi_default; }
    .-narrow UnitPanel #detail, .-short UnitPanel #detail, .-tiny UnitPanel #detail { display: none; }
    .-narrow UnitPanel #source, .-short UnitPanel #source { max-height: 4; }
    .-narrow UnitPanel Editor, .-short UnitPanel Editor { max-height: 4; }
    .-tiny UnitPanel #source { max-height: 2; }
    .-tiny UnitPanel Editor { min-height: 2; max-height: 3; }
    .-tall UnitPanel #source { max-height: 9; }
    .-tall UnitPanel Editor { max-height: 9; }
    .-tall UnitPanel #detail { height: 9; }
    .-wide UnitPanel { width: 45%; height: 100%; border-left: solid $rule; }
    .-wide UnitPanel #source { max-height: 30%; }
    .-wide UnitPanel Editor { max-height: 30%; }
    .-wide UnitPanel #detail { display: block; height: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__(id="panel")
        self.source = Sheet(id="source")
        self.editor = Editor()
        self.detail = Sheet(id="detail")
        self.view: UnitView | None = None
        self._unit: TranslationUnit | None = None
        self._matches: PaneView | None = None
        self._section: str | None = None
        self._heads: dict[str, int] = {}
        self._clearing: Timer | None = None
        self._is_stale = False

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield self.source
        yield self.editor
        yield self.detail

    @property
    def is_wide(self) -> bool:
        """Whether there is room for all panes at once."""
        return self.screen.has_class("-wide")

    def load(self, unit: TranslationUnit | None, *, typed: str | None = None) -> None:
        """Show a unit, with `typed` in the editor where text was kept for it; the panes follow with `show`."""
        self._unit = unit
        if unit is None:
            self.editor.load("", "")
            self.editor.read_only = True
            self.source.show(())
            self.show(None)
        else:
            self.editor.read_only = False
            text = unit.target if typed is None else typed
            self.editor.load(unit.id, text, base=unit.target, lines="\n" in unit.source)
            if self.view is None or self.view.unit_id != unit.id or self.view.source[0].text != unit.source:
                self.source.show(source_paragraphs(unit))
                self.detail.scroll_to(y=0, animate=False, immediate=True)
            if self._clearing is None:
                self._clearing = self.set_timer(CLEAR_SECONDS, self._clear)
        self.show_titles()

    def saved(self, unit: TranslationUnit) -> None:
        """Take the unit as it was saved; the editor holds its text."""
        self._unit = unit
        self.show_titles()

    def show(self, view: UnitView | None) -> None:
        """Show what was found out about the unit."""
        if self._clearing is not None:
            self._clearing.stop()
            self._clearing = None
        if view is not None and view.issue_count and (self.view is None or self.view.unit_id != view.unit_id):
            # What the checks found in another unit is not to be missed because a pane was chosen before.
            self._section = None
        self.view = view = self._with_matches(view)
        self._is_stale = False
        if view is not None:
            self.source.show(view.source, keep_place=True)
            self.editor.phrases = view.phrases
            if self.editor.value == view.text:
                self.editor.mark(view.marks)
        self.show_sections()

    def show_matches(self, matches: PaneView) -> None:
        """Show the matches of a unit, now or once the rest of it is shown."""
        self._matches = matches
        self.view = self._with_matches(self.view)
        self.show_sections()

    def _with_matches(self, view: UnitView | None) -> UnitView | None:
        held = self._matches
        if view is None or held is None or held.unit_id != view.unit_id:
            return view
        return replace(
            view,
            sections={**view.sections, "matches": held.paragraphs},
            counts={**view.counts, "matches": held.count},
        )

    def mark_stale(self) -> None:
        """Say that what the panes show is of an older text."""
        self._is_stale = True
        self._show_section_title()

    def on_completing_offered(self) -> None:
        """Say in the title what is offered where there is no room behind the caret."""
        self.show_titles()

    def next_section(self) -> None:
        """Show the next of the panes that share a place, or scroll to it where all are shown."""
        now = self._section_shown()
        self._section = SECTIONS[(SECTIONS.index(now) + 1) % len(SECTIONS)]
        self.show_sections()
        if self.is_wide:
            self.detail.scroll_to_paragraph(self._heads.get(self._section, 0))

    def show_titles(self) -> None:
        """Say above the source and the editor which unit it is and how far it has come."""
        unit = self._unit
        if unit is None:
            _entitle(self.source, Content("Source"))
            _entitle(self.editor, Content("Target"))
            return
        state = f"{unit.state.value} by {unit.changed_by}" if unit.changed_by else unit.state.value
        typed = "typed, not saved yet" if self.editor.is_changed else state
        _entitle(self.source, Content(f"Source {unit.position + 1}{alignment_words(unit)}"))
        codes = ", codes open" if self.editor.codes_open else ""
        words = self.editor.offer_words
        hint = f"   Tab: {visible(words)}" if words and not self.editor.offers_inline else ""
        _entitle(self.editor, Content(f"Target: {visible(typed)}{codes}{hint}"))

    def show_sections(self) -> None:
        """Show the panes that there is room for."""
        self._show_section_title()
        view = self.view
        if view is None:
            self.detail.show(())
            return
        chosen = self._section_shown()
        if not self.is_wide:
            self.detail.show(view.sections[chosen])
            return
        brief = () if self._section == "scores" else ("scores",)
        self.detail.show(self._all_sections(view, brief=brief), keep_place=True)

    def all_sections(self) -> list[Paragraph]:
        """Every pane below the other, for a screen that has no room for them."""
        if self.view is None or self._unit is None or self.view.unit_id != self._unit.id:
            return [Paragraph("checking…", style="dim")]
        return self._all_sections(self.view)

    def _all_sections(self, view: UnitView, *, brief: tuple[str, ...] = ()) -> list[Paragraph]:
        """Every pane under its title; of those in `brief` the first two paragraphs."""
        paragraphs: list[Paragraph] = []
        for name in SECTIONS:
            gap = [Paragraph("")] if paragraphs else []
            count = "" if view.counts[name] == "none" else view.counts[name]
            title = f"{name.capitalize()}  {count}".rstrip()
            self._heads[name] = len(paragraphs) + len(gap)
            shown = view.sections[name][:2] if name in brief else view.sections[name]
            paragraphs += [*gap, Paragraph(title, style="accent"), *shown]
        return paragraphs

    def _section_shown(self) -> str:
        if self._section is not None:
            return self._section
        if self.view is not None and self.view.first:
            return self.view.first
        if self.is_wide or self.view is None or self.view.counts["issues"] != "none":
            return "issues"
        if not self.view.text.strip() and self.view.counts["matches"] not in ("", "none"):
            return "matches"
        return "terms" if self.view.counts["terms"] != "none" else "draft"

    def _show_section_title(self) -> None:
        mark = Content("~ " if self._is_stale else "")
        if self.is_wide:
            _entitle(self.detail, mark + Content("About this unit"))
            return
        now = self._section_shown()
        title = mark
        for name in SECTIONS:
            count = self.view.counts[name] if self.view is not None else ""
            text = f"{name.capitalize()} {count}".strip()
            title += Content.styled(f"[{text}]", "bold") if name == now else Content(f" {text} ")
        _entitle(self.detail, title)

    def _clear(self) -> None:
        self._clearing = None
        if self.view is not None and self._unit is not None and self.view.unit_id != self._unit.id:
            self.view = None
            self._show_section_title()
            self.detail.show([Paragraph("checking…", style="dim")])


def _entitle(widget: Widget, title: Content) -> None:
    """Give a widget its title; a title set anew repaints all of the widget, even where it is the same."""
    if widget.border_title != title.markup:
        widget.border_title = title
