"""Finding on the screen: the menu of letters, replacing with a preview, concordance, look-up, views, marked hits."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Container

from workbench import diff
from workbench.errors import CommandError, WorkbenchError
from workbench.report.visible import visible
from workbench.tui import keys
from workbench.tui.background import on_thread
from workbench.tui.hit_counter import HitCounter
from workbench.tui.modals import BACK, Picker, Prompt, Reading
from workbench.tui.once import Dialog, Hint
from workbench.tui.search_bar import ALL, HOW, SAY_SECONDS, SearchBar, Switches
from workbench.tui.search_list import UnitList, excerpt
from workbench.tui.sheet import Paragraph, Sheet
from workbench.tui.turning import save_or_keep
from workbench.tui.unit_view import differences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from textual.app import ComposeResult
    from textual.events import Key

    from workbench.review.commands import Command
    from workbench.review.concordance import Hit
    from workbench.review.replacing import Replacement, Replacements
    from workbench.review.searching_count import HitCount
    from workbench.review.searching_patterns import Query
    from workbench.review.session import ReviewSession
    from workbench.tui.relay import Relay
    from workbench.tui.unit_view import UnitView

KEY = "ctrl+f"
FIND = "find"
SHOWN_AT_MOST = 2000
AT_ONCE = 200
"""More changes than these are stored behind the screen."""
HINT = '"…" or /…/ and flags: c case, w width, t simplified = traditional   target:… source:… note:…'


class FindMenu(Dialog[str | None]):
    """The commands that find, a letter each: the name of the one chosen."""

    HINTS: ClassVar[tuple[Hint, ...]] = (*BACK, ("a letter", "does it", ""))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("ctrl+c", "app.interrupt", show=False),
    ]
    DEFAULT_CSS = """
    FindMenu { align: center bottom; background: $background 0%; }
    FindMenu > Container { width: 100%; height: auto; background: $bar; border-top: solid $primary;
        border-title-color: $primary; padding: 0 1; }
    FindMenu Sheet { height: auto; background: $bar; }
    FindMenu:ansi > Container, FindMenu:ansi Sheet { background: ansi_default; }
    """

    def __init__(self, letters: dict[str, Command]) -> None:
        super().__init__()
        self._letters = letters

    def compose(self) -> ComposeResult:
        """The letters, with what each does."""
        with Container() as box:
            box.border_title = "Find"
            yield Sheet(id="find")

    def on_mount(self) -> None:
        """Show the letters."""
        lines = [""]
        for letter, command in self._letters.items():
            cell = f"{letter} {command.title}"
            if lines[-1] and len(lines[-1]) + len(cell) + 3 > self.size.width - 4:
                lines.append("")
            lines[-1] += ("   " if lines[-1] else "") + cell
        shown = []
        for line in lines:
            starts = [0, *(at + 3 for at in range(len(line)) if line.startswith("   ", at))]
            shown.append(Paragraph(line, spans=tuple((at, at + 1, "key strong") for at in starts)))
        self.query_one(Sheet).show(shown)

    def on_key(self, event: Key) -> None:
        """Take the command of the letter."""
        command = self._letters.get(event.character or "")
        if command is not None:
            event.stop()
            self.dismiss(command.name)


class FindCommands:
    """What the screen does by itself about finding; the session holds the rules."""

    def __init__(self, relay: Relay) -> None:
        self._relay = relay
        self._desk = relay.desk
        self._last: dict[str, str] = {}
        self._switches, self._replace_switches = Switches(), Switches()
        self.counter = HitCounter(self._desk)
        self.commands: dict[str, Callable[[], Any]] = {
            FIND: self.find,
            "search": lambda: self._run(self._search()),
            "replace": lambda: self._run(self._replace("replace")),
            "project_replace": lambda: self._run(self._replace("project_replace")),
            "concordance": lambda: self._run(self._concordance()),
            "lookup": lambda: self._run(self._lookup()),
            "view": lambda: self._run(self._view()),
        }

    def find(self) -> None:
        """Show the letters of the commands that find."""
        letters = {
            key.partition(" ")[2]: command
            for command in self._relay.commands.values()
            for key in keys.split_keys(command.keys)
            if key.startswith(f"{keys.split_keys(self._relay.commands[FIND].keys)[0]} ")
        }

        def chosen(name: str | None) -> None:
            if name is not None:
                self._relay.start(name)

        self._desk.app.push_screen(FindMenu(letters), chosen)

    # Within

    @property
    def _session(self) -> ReviewSession:
        return self._relay.session

    def _run(self, work: Any) -> None:
        async def guarded() -> None:
            try:
                if self._relay.save():
                    await work
                else:
                    work.close()
            except WorkbenchError as error:
                self._desk.flash(str(error), kind="error")
            finally:
                self._relay.is_about_to_ask = False

        # The keys behind this one are for the question.
        self._relay.is_about_to_ask = True
        self._desk.run_worker(guarded(), exclusive=True, group="relay")

    async def _line(self, question: str, name: str, text: str = "") -> str:
        answer = await self._desk.app.push_screen_wait(
            Prompt(question, text=text or self._last.get(name, ""))
        )
        if answer is not None:
            self._last[name] = answer
        return answer or ""

    async def _query(self, question: str, name: str, *, text: str = "", scopes: bool = True) -> str:
        """What is searched for, as a query's words; "" where the bar was left."""
        session = self._session
        names = ALL if scopes else HOW
        switches = self._switches if scopes else self._replace_switches

        def counting(count: HitCount) -> Iterator[int]:
            if not scopes:
                count.query = replace(count.query, fields=("target",))
            return session.counting(count, everywhere=switches.project if scopes else name != "replace")

        bar = SearchBar(
            question, switches, text=text or self._last.get(name, ""), names=names, counting=counting
        )
        answer = await self._desk.app.push_screen_wait(bar)
        if answer is not None:
            self._last[name] = bar.typed
        return answer or ""

    async def _search(self) -> None:
        words = await self._query("Search", "search", text=self._selected())
        if words and self._switches.project:
            await self._search_project(words)
        elif words and await self._looked("search", words):
            self._relay.carry_out(self._relay.commands["search"], (words,))

    async def _looked(self, name: str, words: str) -> bool:
        # The keys that come while it looks are for the screen.
        self._relay.is_about_to_ask = False
        return await self._relay.looked(self._relay.commands[name], (words,))

    async def _search_project(self, words: str) -> None:
        """The units of all documents that hold it, to choose one; its hits are marked there."""
        query = self._session.parse_query(words)
        if (chosen := await self._chosen_of(query)) is not None:
            await self._go_to(chosen)
            self._session.query = query
            self._desk.at_hit()
            self._desk.load_unit()

    def _selected(self) -> str:
        return " ".join(self._desk.selected_text.split())

    async def _replace(self, name: str) -> None:
        from workbench.review.replacing import parse_replace

        where = "in all documents" if name == "project_replace" else "in the units shown"
        what = await self._query(f"Replace {where}: what?", name, text=self._selected(), scopes=False)
        if not what:
            return
        question = f"Replace {visible(what)} with? $1 = the first group; empty: nothing"
        answer: str | None = ""
        while answer is not None:
            answer = await self._desk.app.push_screen_wait(
                Prompt(question, text=self._last.get(f"{name} with", ""), allow_empty=True)
            )
            if answer is None:
                return
            self._last[f"{name} with"] = answer
            words = f'{what} => "{answer}"'
            try:
                parse_replace(words)
            except CommandError as error:
                question = f"✗ {visible(str(error))}"
                continue
            if await self._looked(name, words):
                await self._preview(name, words)
            return

    async def _preview(self, name: str, words: str) -> None:
        from workbench.review.replacing import parse_replace

        session = self._session
        made = session.replacements(parse_replace(words, everywhere=name == "project_replace"))
        if not made.found:
            session.apply_replacements(made)  # says why there is nothing
        shown = made.found[:SHOWN_AT_MOST]
        rest = len(made.found) - len(shown)
        more = f", and {rest:,} more that are not shown" if rest else ""
        units = await on_thread(lambda: [_change_shown(one, session.document.id) for one in shown])
        screen = UnitList(f"Replace {made}{more}", units, ticked=True)
        if await self._desk.app.push_screen_wait(screen) is None:
            return
        but = {
            (one.document, one.unit.id) for one, is_in in zip(shown, screen.ticks, strict=True) if not is_in
        }
        if len(made.found) - len(but) > AT_ONCE:
            await self._write(made, but)
        command = self._relay.commands[name]
        save_or_keep(self._relay)
        self._relay._guarded(
            lambda: self._relay._answered(command, session.apply_replacements(made, but=but))
        )

    async def _write(self, made: Replacements, but: set[tuple[str, str]]) -> None:
        """Store many changes behind the screen; Esc leaves all as it was. Raises CommandError where that was done."""
        session, total = self._session, len(made.found) - len(but)
        stop = threading.Event()
        written = 0

        def report(count: int) -> None:
            nonlocal written
            written = count
            if stop.is_set():
                raise CommandError("stopped: nothing was replaced")

        self._relay.is_about_to_ask = False
        self._relay.stoppable(stop)
        work = asyncio.ensure_future(
            on_thread(lambda: session.write_replacements(made, but=but, report=report))
        )
        try:
            while not (await asyncio.wait({work}, timeout=SAY_SECONDS))[0]:
                self._desk.show_work(f"replacing… {written:,} of {total:,} (Esc stops)")
            work.result()
        finally:
            self._relay.stoppable(None)
            self._desk.clear_flash()

    async def _concordance(self) -> None:
        from workbench.review.concordance import hit_query

        words = self._selected() or await self._line(f"Concordance of? {HINT}", "concordance")
        if not words:
            return
        query = hit_query(words if not self._selected() else f'"{words}"' if '"' not in words else words)
        if (chosen := await self._chosen_of(query)) is not None:
            await self._go_to(chosen)

    async def _chosen_of(self, query: Query) -> Hit | None:
        """The unit chosen among those of the project that hold it, None where none was."""
        from workbench.review.concordance import MOST

        hits = await self._hits(query)
        if hits is None:
            return None
        if not hits:
            raise CommandError(f"no unit of the project holds {query.in_words}")
        units = [_hit_shown(hit, self._session.document.id) for hit in hits]
        first = "the first " if len(hits) == MOST else ""
        title = f"{query.in_words} in {first}{len(hits)} unit{'' if len(hits) == 1 else 's'}"
        chosen = await self._desk.app.push_screen_wait(UnitList(title, units))
        return hits[chosen] if chosen is not None else None

    async def _hits(self, query: Any) -> list[Hit] | None:
        """The hits, read behind the screen; None where that was stopped."""
        from workbench.review.concordance import find_hits

        hits: list[Hit] = []
        stop = threading.Event()
        self._relay.is_about_to_ask = False

        def read() -> None:
            for _count, some in find_hits(self._session, query):
                hits.extend(some)
                if stop.is_set():
                    return

        self._relay.stoppable(stop)
        self._desk.show_work("looking through the project… (Esc stops)")
        try:
            await on_thread(read)
        finally:
            self._relay.stoppable(None)
            self._desk.clear_flash()
        return hits if hits or not stop.is_set() else None

    async def _go_to(self, hit: Hit) -> None:
        if not self._relay.save():
            return
        if hit.document == self._session.document.id:
            self._session.stand_at(hit.unit_id)
            self._desk.show_move()
            return
        await self._relay.open_document(hit.document)
        self._session.stand_at(hit.unit_id)
        self._desk.show_all()

    async def _lookup(self) -> None:
        from workbench.review.concordance import concepts_with, said_of

        words = self._selected() or await self._line("Look up in the glossary", "lookup")
        if not words:
            return
        found = concepts_with(self._session, words)
        if not found:
            raise CommandError(f"no term of the glossary holds {words!r}")
        paragraphs = [Paragraph(said_of(one), lead="· ", lead_style="accent") for one in found]
        self._desk.app.push_screen(Reading(f"Glossary: {visible(words)}", paragraphs))

    async def _view(self) -> None:
        views = self._session.views()
        if not views:
            raise CommandError("no view was saved: set a filter, then save it as a view")
        choices = [(view.name, f"{view.filter}  ({view.author})") for view in views]
        index = await self._desk.app.push_screen_wait(Picker("Views", choices))
        command = self._relay.commands["view"]
        if index is not None and await self._looked("view", views[index].name):
            self._relay.carry_out(command, (views[index].name,))


def with_hits(view: UnitView, session: ReviewSession) -> UnitView:
    """The panes of a unit with the hits of the search marked in source and target."""
    from workbench.model import Span

    if session.marked_query is None or not view.source:
        return view
    first, *notes = view.source
    spans = tuple((start, end, "hit") for start, end in session.hits_in(first.text, "source"))
    notes = [
        replace(note, spans=(*note.spans, *((s, e, "hit") for s, e in session.hits_in(note.text, "note"))))
        for note in notes
    ]
    marks = tuple(Span(start, end) for start, end in session.hits_in(view.text, "target"))
    source = (replace(first, spans=(*first.spans, *spans)), *notes)
    return replace(view, source=source, marks=(*view.marks, *marks))


def _hit_shown(hit: Hit, here: str) -> Sequence[Paragraph]:
    where = f"{hit.number}" if hit.document == here else f"{visible(hit.document)}:{hit.number}"
    source = tuple((start, end, "hit") for start, end in hit.source_spans)
    target = tuple((start, end, "hit") for start, end in hit.target_spans)
    return (
        excerpt(Paragraph(hit.source, spans=source, style="dim", lead=f"{where} {hit.state}  ")),
        excerpt(Paragraph(hit.target, spans=target, lead="  ")),
    )


def _change_shown(one: Replacement, here: str) -> Sequence[Paragraph]:
    number = one.unit.position + 1
    where = f"{number}" if one.document == here else f"{visible(one.document)}:{number}"
    edits = diff.edits(one.unit.target, one.target)
    return (excerpt(replace(differences(one.unit.target, one.target, edits), lead=f"{where} ")),)
