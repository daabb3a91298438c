"""What a command needs and a person has to say: numbers, reasons, filters, kinds of errors, cuts, documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.cells import cell_len

from workbench.errors import CommandError
from workbench.report.visible import visible
from workbench.review.commands import arguments
from workbench.store.records import FILTERS
from workbench.tui import comments_asking
from workbench.tui.background import on_thread
from workbench.tui.modals import Picker, Prompt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.review.commands import Command
    from workbench.review.parts import Side
    from workbench.review.session import ReviewSession
    from workbench.tui import ProjectLike
    from workbench.tui.desk import Desk

FILTER_WORDS = {
    "all": "every unit",
    "open": "units that need work",
    "reviewed": "units that are done",
    "issues": "units in which the checks found something",
    "doubt": "units whose alignment is doubtful",
    "notes": "units with comments or notes",
    "unresolved": "units with an open comment",
    "rejected": "units that were sent back",
}
TERM_STATUSES = {
    "preferred": "the rendering to use",
    "admitted": "accepted too",
    "deprecated": "no longer to be used",
    "forbidden": "never to be used",
}
QUESTIONS = {
    "goto": "Go to unit number",
    "search": "Search source, target and notes",
    "reject": "Reject: why?",
    "note": "Note",
    "rate": "How good is it? 0 = says nothing of the source, 100 = perfect",
}


_BEFORE_CELLS = 30


class LeftError(Exception):
    """The person left a question without an answer."""


class Asking:
    """Asks on the screen of a desk. Every question can be left: LeftError."""

    def __init__(self, desk: Desk, project: ProjectLike) -> None:
        self._desk = desk
        self._project = project
        self._last_search = ""

    @property
    def _session(self) -> ReviewSession:
        session = self._desk.session
        assert session is not None
        return session

    async def arguments_of(self, command: Command) -> tuple[Any, ...]:
        """What the command's method takes, asked for where there is a choice. Raises CommandError, LeftError."""
        if command.argument in comments_asking.ASKED_HERE:
            return await comments_asking.arguments_of(self, command)
        match command.argument:
            case None:
                return ()
            case "issue" if command.name == "unwaive":
                return (
                    await self._issue(
                        "Let which issue count again?", self._session.waived_issues(), "waived issue"
                    ),
                )
            case "issue":
                return (await self._fixable(),)
            case "issue and reason":
                number = await self._issue("Waive which issue?", self._session.issues(), "issue")
                return (number, await self._line("Why is it no error? (may be left empty)", allow_empty=True))
            case "filter":
                return (await self._filter(),)
            case "match":
                return (await self._match(),)
            case "offsets":
                return await self._offsets()
            case "term":
                return await self._term()
            case "kind":
                return (await self._kind(),)
            case "number":
                words = await self._line(QUESTIONS.get(command.name, command.help), number=True)
                return arguments(command, words)
            case _:
                text = await self._line(
                    QUESTIONS.get(command.name, command.help),
                    text=self._last_search if command.name == "search" else "",
                )
                if command.name == "search":
                    self._last_search = text
                return (text,)

    async def document(self) -> str:
        """The name of a document of the project."""
        records = self._project.documents()
        current = self._session.document.id
        choices = [(record.name, f"{record.done_count}/{record.unit_count} done") for record in records]
        names = [record.id for record in records]
        index = await self._choice(
            "Documents", choices, current=names.index(current) if current in names else 0
        )
        return names[index]

    async def _line(
        self, question: str, *, text: str = "", number: bool = False, allow_empty: bool = False
    ) -> str:
        answer = await self._desk.app.push_screen_wait(
            Prompt(question, text=text, number=number, allow_empty=allow_empty)
        )
        if answer is None:
            raise LeftError
        return answer

    async def _choice(self, title: str, choices: Sequence[tuple[str, str]], *, current: int = 0) -> int:
        index = await self._desk.app.push_screen_wait(Picker(title, choices, current=current))
        if index is None:
            raise LeftError
        return index

    async def _issue(self, title: str, issues: Sequence[Any], what: str) -> int:
        from workbench import checks

        if not issues:
            raise CommandError(f"the unit has no {what}")
        if len(issues) == 1:
            return 1
        return 1 + await self._choice(title, [(checks.message(issue), issue.check) for issue in issues])

    async def _fixable(self) -> int:
        from workbench import checks

        issues = self._session.issues()
        numbers = [number for number, issue in enumerate(issues, 1) if issue.fix is not None]
        if not numbers:
            raise CommandError("no issue of this unit has a sure fix")
        if len(numbers) == 1:
            return numbers[0]
        choices = []
        for number in numbers:
            issue = issues[number - 1]
            assert issue.fix is not None
            choices.append((checks.message(issue), f"“{issue.fix.text}”"))
        return numbers[await self._choice("Fix which issue?", choices)]

    async def _match(self) -> int:
        session, unit = self._session, self._session.unit
        matches = await on_thread(lambda: session.matches_of(unit))
        if not matches:
            raise CommandError("no reviewed unit resembles this one")
        if len(matches) == 1:
            return 1
        choices = [
            (f"{number} {match.percent:.0f}% {match.target}", match.document)
            for number, match in enumerate(matches, 1)
        ]
        return 1 + await self._choice("Put in which match?", choices)

    async def _filter(self) -> str:
        choices = [(name, FILTER_WORDS.get(name, "")) for name in FILTERS]
        choices += [
            ("sample…", "every 10, edited 20, doubtful 5%, random 50"),
            ("text…", "units that hold a text"),
            ("words…", "several at once: open issues text: 亿"),
        ]
        now = str(self._session.filter)
        index = await self._choice(
            "Show only", choices, current=FILTERS.index(now) if now in FILTERS else len(FILTERS) + 1
        )
        if index < len(FILTERS):
            return FILTERS[index]
        if index == len(FILTERS):
            sample = "Show a sample: every 10, edited 20, doubtful 5%, random 50"
            return await self._filter_words(sample, begins="sample:")
        if index == len(FILTERS) + 1:
            return await self._filter_words("Show only units that hold", begins="text: ")
        return await self._filter_words("Show only", text="" if now == "all" else now)

    async def _filter_words(self, question: str, *, begins: str = "", text: str = "") -> str:
        """The words of a filter; asked again, with what was typed, where they are none."""
        while True:
            text = await self._line(question, text=text)
            try:
                self._session.parse_filter(begins + text)
            except CommandError as error:
                question = f"✗ {visible(str(error))}"
            else:
                return begins + text

    async def _term(self) -> tuple[str, str, str, str]:
        """A term, its rendering, its status and a note; what is selected in source and target is offered."""
        editor = self._desk.editor
        here = editor is not None and editor.unit_id == self._session.unit.id
        chosen = " ".join(editor.selected_text.split()) if editor is not None and here else ""
        panel = self._desk.panel
        selected = " ".join(panel.source.selected_text.split()) if panel is not None and here else ""
        offered = selected or self._session.likely_term()
        source = await self._line("Term in the source", text=offered)
        question = f"Rendering of “{visible(source)}” (empty: it is not translated)"
        target = await self._line(question, text=chosen, allow_empty=True)
        status = "keep"
        if target:
            index = await self._choice(f"{visible(target)} is", list(TERM_STATUSES.items()))
            status = list(TERM_STATUSES)[index]
        return source, target, status, await self._line("Note (may be left empty)", allow_empty=True)

    async def _kind(self) -> str:
        """The check whose fixes are made in the whole document, after these were shown."""
        from workbench.tui.help import repair_paragraphs
        from workbench.tui.modals import Preview

        kinds = self._session.kinds()
        if not kinds:
            raise CommandError("no open unit has an issue with a sure fix")
        while True:
            choices = [(kind.check, str(kind)) for kind in kinds]
            kind = kinds[await self._choice("Fix all of which kind?", choices)]
            preview = Preview(f"{kind.check}: {kind}", repair_paragraphs(kind.repairs))
            if await self._desk.app.push_screen_wait(preview):
                return kind.check

    async def _offsets(self) -> tuple[int, int]:
        """Where both sides are cut: the target at the caret where that stands inside it, else at a chosen place.

        Either side may stay whole where the other one is cut, so that what was left out or added can be parted.
        """
        session, editor = self._session, self._desk.editor
        unit = session.unit
        source, target = unit.source, unit.target
        if not target.strip():
            return await self._cut("source", source), 0
        target_at = editor.caret if editor is not None and editor.unit_id == unit.id else 0
        if not source.strip():
            return 0, target_at if 0 < target_at < len(target) else await self._cut("target", target)
        if not 0 < target_at < len(target):
            target_at = await self._cut("target", target, or_whole=True)
        places = session.cut_places("source")
        likeliest = 0
        if places:
            likeliest = await on_thread(lambda: session.likeliest_cut("source", target_at, places))
        # A part without any text is none.
        whole = [at for at in (len(source), 0) if (at, target_at) not in ((len(source), len(target)), (0, 0))]
        return await self._place("source", source, [*places, *whole], likeliest), target_at

    async def _cut(self, side: Side, text: str, *, or_whole: bool = False) -> int:
        places = self._session.cut_places(side)
        if not places and not or_whole:
            raise CommandError(f"the {side} has no place to cut it at")
        if any(not text[at - 1].isalnum() for at in places) or not or_whole:
            current = min(range(len(places)), key=lambda index: abs(places[index] - len(text) / 2))
        else:
            # No mark says where: it is rather one sentence, to which one of the source's belongs.
            current = len(places)
        return await self._place(side, text, [*places, *((len(text), 0) if or_whole else ())], current)

    async def _place(self, side: Side, text: str, places: Sequence[int], current: int) -> int:
        """One of the places, shown with what stands on both sides of the cut."""
        whole = {
            len(text): f"all of the {side} stays in the first unit",
            0: f"all of the {side} goes to the second",
        }
        choices = [(whole.get(at, _shown_cut(text, at)), "") for at in places]
        return places[await self._choice(f"Cut the {side} at", choices, current=current)]


def _shown_cut(text: str, at: int) -> str:
    """What stands on both sides of a cut, in a line: the end of the one, the start of the other."""
    before = visible(text[:at])
    while cell_len(before) > _BEFORE_CELLS:
        before = before[max(1, (cell_len(before) - _BEFORE_CELLS) // 2) :]
    return f"{'' if before == visible(text[:at]) else '…'}{before}│{visible(text[at : at + 90])}"
