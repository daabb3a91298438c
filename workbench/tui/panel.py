"""The focused unit on screen: its source, its editor, and the panes about it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.containers import Container
from textual.content import Content

from workbench.report.visible import visible
from workbench.tui.editor import Editor
from workbench.tui.pane import PaneView
from workbench.tui.panes import BY_NAME, PANES
from workbench.tui.sheet import Paragraph, Sheet
from workbench.tui.source_pane import SourcePane
from workbench.tui.unit_view import alignment_words, source_paragraphs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual.app import ComposeResult
    from textual.timer import Timer
    from textual.widget import Widget

    from workbench.model import TranslationUnit
    from workbench.review.session import ReviewSession
    from workbench.tui.background import Background
    from workbench.tui.layout import Layout, Part
    from workbench.tui.unit_view import UnitView

CLEAR_SECONDS = 0.15
"""What was known of the unit before is shown so long; then it goes until the new results are there."""
UNKNOWN = PaneView("", (Paragraph("looking…", style="dim"),))
CHECKING = (Paragraph("checking…", style="dim"),)


class UnitPanel(Container):
    """Source, editor and panes of one unit. In a wide screen each pane has a place of its own, else one shows."""

    SCOPED_CSS = False  # the classes that tell of room are the screen's
    DEFAULT_CSS = """
    UnitPanel { height: auto; }
    UnitPanel #source { height: auto; min-height: 2; max-height: 6; border-top: solid $rule; padding: 0 0 0 1; }
    UnitPanel Editor { height: auto; min-height: 3; max-height: 6; border: none; border-top: solid $rule; padding: 0 1;
        background: $background; color: $foreground; }
    UnitPanel Editor { scrollbar-size-vertical: 1; }
    UnitPanel #source:focus { border-top: solid $primary; border-title-color: $primary; }
    UnitPanel Editor:focus { border: none; border-top: solid $primary; border-title-color: $primary; }
    UnitPanel #detail { height: 5; }
    UnitPanel #detail, .pane { border-top: solid $rule; padding: 0 0 0 1; }
    .pane { height: 3fr; min-height: 2; }
    UnitPanel #source, UnitPanel #detail, UnitPanel Editor, .pane {
        border-title-color: $dim; border-title-style: none; }
    .pane.-current { border-title-color: $primary; }
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
    .-wide UnitPanel { width: 1fr; height: 100%; border-left: solid $rule; }
    .-wide UnitPanel #source, .-wide UnitPanel Editor { max-height: 100%; }
    .-wide UnitPanel #detail { display: block; }
    """

    def __init__(self) -> None:
        super().__init__(id="panel")
        self.source = SourcePane()
        self.editor = Editor()
        self.detail = Sheet(id="detail")
        self.view: UnitView | None = None
        self.placed: dict[str, Sheet] = {}
        """The panes that have a place of their own, by name."""
        self.names: tuple[str, ...] = ("issues",)
        """The panes that F6 goes through."""
        self.tabs: tuple[str, ...] = self.names
        """Those among them that share the place `detail`."""
        self.hits: Callable[[str, str], Sequence[tuple[int, int]]] | None = None
        """Where in a side of the next unit that is loaded something is that is to be in view."""
        self._unit: TranslationUnit | None = None
        self._found: dict[str, PaneView] = {}
        self._section: str | None = None
        self._clearing: Timer | None = None
        self._is_stale = False

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield self.source
        yield self.editor
        yield self.detail

    def load(self, unit: TranslationUnit | None, *, typed: str | None = None) -> None:
        """Show a unit, with `typed` in the editor where text was kept for it; the panes follow with `show`."""
        self._unit = unit
        if unit is None:
            self.editor.load("", "")
            self.editor.read_only = True
            self.source.show(())
            self._found.clear()
            self.show(None)
        else:
            self.editor.read_only = False
            text = unit.target if typed is None else typed
            self.editor.load(unit.id, text, base=unit.target, lines="\n" in unit.source)
            if self.view is None or self.view.unit_id != unit.id or self.view.source[0].text != unit.source:
                self.source.show(source_paragraphs(unit))
                for sheet in self._sheets():
                    sheet.scroll_to(y=0, animate=False, immediate=True)
            if self._clearing is None:
                self._clearing = self.set_timer(CLEAR_SECONDS, self._clear)
            self._show_hits(unit)
        self.show_titles()

    def _show_hits(self, unit: TranslationUnit) -> None:
        """Scroll to the first hit of each side; the caret stands before that of the target."""
        hits, self.hits = self.hits, None
        if hits is not None:
            if spans := hits(self.editor.value, "target"):
                self.editor.place_caret(spans[0][0])
            if spans := hits(unit.source, "source"):
                self.source.call_after_refresh(self.source.reveal, spans[0][0])

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
        self.view = view
        self._is_stale = False
        if view is not None:
            self.source.show(view.source, keep_place=True)
            self._show_phrases()
            if self.editor.value == view.text:
                self.editor.mark(view.marks)
        self.show_sections()

    def show_pane(self, name: str, found: PaneView) -> None:
        """Show what one pane found of a unit."""
        self._found[name] = found
        self._show_phrases()
        self._show_placed((name,))
        self._show_tab()

    def _show_phrases(self) -> None:
        """Let the editor complete what the view and the panes have of its unit."""
        unit_id = self._unit.id if self._unit is not None else ""
        view = self.view.phrases if self.view is not None and self.view.unit_id == unit_id else ()
        panes = (found.phrases for found in self._found.values() if found.unit_id == unit_id)
        self.editor.phrases = (*view, *(phrase for some in panes for phrase in some))

    def mark_stale(self) -> None:
        """Say that what the panes show is of an older text."""
        self._is_stale = True
        self._entitle_panes()

    def on_completing_offered(self) -> None:
        """Say in the title what is offered where there is no room behind the caret."""
        self.show_titles()

    # The panes

    def take_layout(self, layout: Layout, *, placed: Mapping[str, Sheet]) -> None:
        """Show these panes: in places of their own where there are such, else as tabs of one place."""
        self.names = layout.panes
        self.placed = dict(placed)
        self.tabs = tuple(name for name in self.names if name not in placed)
        if self._section not in self.names:
            self._section = None
        self.source.display = layout.part("source") is not None
        self.show_sections()

    def look(self, session: ReviewSession, unit: TranslationUnit | None, worker: Background) -> None:
        """Have the panes that are shown find out what they show of the unit, behind the screen."""
        for pane in PANES:
            if pane.look is None:
                continue
            if unit is None or pane.name not in self.names:
                worker.drop(f"pane {pane.name}")
            else:
                worker.ask(f"pane {pane.name}", partial(pane.look, session, unit))

    @property
    def current(self) -> str:
        """The pane that F6, scrolling and F1 are about, "" where none is shown."""
        if not self.names:
            return ""
        return self._section if self._section is not None else self._first()

    def choose(self, name: str) -> None:
        """Make a pane the current one."""
        if name in self.names:
            self._section = name
            self.show_sections()

    def next_section(self) -> None:
        """Show the next of the panes that share a place, or make the next one the current one."""
        if self.names:
            self.choose(self.names[(self.names.index(self.current) + 1) % len(self.names)])

    def sheet_of(self, part: str) -> Sheet:
        """Where a part of the unit is shown: the source, or the current pane."""
        return self.source if part == "source" else self.placed.get(self.current, self.detail)

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
        self._show_placed(tuple(self.placed))
        self._show_tab()

    def paragraphs(self, name: str) -> Sequence[Paragraph]:
        """What a pane shows now."""
        if BY_NAME[name].look is None and self.view is not None:
            return self.view.sections[name]
        if self.view is None:
            return ()
        return self._held(name).paragraphs

    def count(self, name: str) -> str:
        """What stands beside a pane's title."""
        if BY_NAME[name].look is not None:
            return self._held(name).count
        return self.view.counts[name] if self.view is not None else ""

    @property
    def text(self) -> str:
        """All that the panes show."""
        return "\n".join(
            sheet.text for sheet in (*self.placed.values(), *([self.detail] if self.tabs else []))
        )

    def all_sections(self) -> list[Paragraph]:
        """Every pane below the other, for a screen that has no room for them."""
        if self.view is None or self._unit is None or self.view.unit_id != self._unit.id:
            return list(CHECKING)
        result: list[Paragraph] = []
        for name in self.names:
            gap = [Paragraph("")] if result else []
            result += [*gap, Paragraph(self._title(name), style="accent"), *self.paragraphs(name)]
        return result

    def _held(self, name: str) -> PaneView:
        """What was found for a pane, as long as it is of the unit that is shown."""
        held = self._found.get(name, UNKNOWN)
        return held if self.view is not None and held.unit_id == self.view.unit_id else UNKNOWN

    def _sheets(self) -> list[Sheet]:
        return [*self.placed.values(), self.detail]

    def _title(self, name: str) -> str:
        count = self.count(name)
        return f"{BY_NAME[name].title}  {'' if count == 'none' else count}".rstrip()

    def _show_placed(self, names: Sequence[str]) -> None:
        for name in names:
            sheet = self.placed.get(name)
            if sheet is None:
                continue
            self._fill(sheet, name, keep_place=True)
            sheet.set_class(name == self.current, "-current")
            self._entitle_placed(name, sheet)

    def _show_tab(self) -> None:
        self._entitle_tabs()
        if self.tabs:
            self._fill(self.detail, self._tab)

    def _fill(self, sheet: Sheet, name: str, *, keep_place: bool = False) -> None:
        sheet.show(self.paragraphs(name), keep_place=keep_place)
        focus = self._held(name).focus if BY_NAME[name].look is not None else None
        if focus is not None and self.paragraphs(name):
            sheet.keep_in_view(focus)

    @property
    def _tab(self) -> str:
        """The tab that is shown."""
        return self.current if self.current in self.tabs else self.tabs[0]

    def _first(self) -> str:
        """The pane to show where none was chosen."""
        view, shown = self.view, self.names
        wanted = "issues"
        if view is not None and "issues" in self.tabs and view.counts["issues"] == "none":
            if not view.text.strip() and self.count("matches") not in ("", "none"):
                wanted = "matches"
            else:
                wanted = "terms" if view.counts["terms"] != "none" else "draft"
        if view is not None and view.first:
            wanted = view.first
        return wanted if wanted in shown else shown[0]

    def _entitle_panes(self) -> None:
        for name, sheet in self.placed.items():
            self._entitle_placed(name, sheet)
        self._entitle_tabs()

    def tab_titles(self) -> list[tuple[str, str]]:
        """The tabs and how they are entitled, in their order; one without a name may stand in front."""
        titles = [("", "~ ")] if self._is_stale else []
        for name in self.tabs:
            text = f"{BY_NAME[name].title} {self.count(name)}".strip()
            titles.append((name, f"[{text}]" if name == self._tab else f" {text} "))
        return titles

    def _entitle_tabs(self) -> None:
        title = Content("")
        for name, text in self.tab_titles():
            title += Content.styled(text, "bold") if name and name == self._tab else Content(text)
        _entitle(self.detail, title)

    def _entitle_placed(self, name: str, sheet: Sheet) -> None:
        stale = "~ " if self._is_stale and BY_NAME[name].look is None else ""
        _entitle(sheet, Content.styled(f"{stale}{self._title(name)}", "bold" if name == self.current else ""))

    def _clear(self) -> None:
        self._clearing = None
        if self.view is not None and self._unit is not None and self.view.unit_id != self._unit.id:
            self.view = None
            self._entitle_panes()
            for sheet in self._sheets():
                sheet.show(CHECKING)


def place_for(part: Part, number: int) -> Sheet:
    """A place for a pane; the number keeps it apart from the place that it had before."""
    sheet = Sheet(id=f"pane-{part.name}-{number}")
    sheet.add_class("pane")
    sheet.styles.height = f"{part.size}fr"
    return sheet


def _entitle(widget: Widget, title: Content) -> None:
    """Give a widget its title; a title set anew repaints all of the widget, even where it is the same."""
    if widget.border_title != title.markup:
        widget.border_title = title
