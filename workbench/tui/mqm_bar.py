"""The bar of letters by which an error is noted: what kind, how grave, with a comment or without."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Container

from workbench.metrics import mqm
from workbench.model import Severity
from workbench.report.visible import visible
from workbench.review.annotating import COMMON, SEVERITY_LETTERS, letters_of
from workbench.tui.modals import _LEAVE, BACK
from workbench.tui.once import Dialog, Hint
from workbench.tui.sheet import Paragraph, Sheet

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Key

_TOP = letters_of(tuple(mqm.CATEGORIES))
_NO_ERROR = "0"
_COMMENT = ","
REMOVE, GRADE, IN_SOURCE = "x", "g", "tab"
_SHORT = {name: name.partition("/")[2] for name in COMMON}


@dataclass(frozen=True, slots=True)
class Noted:
    """What was chosen in the bar: an error to note, or `action`: "remove" or "grade" one that is noted."""

    category: str = ""
    severity: Severity = Severity.NEUTRAL
    wants_comment: bool = False
    in_source: bool = False
    action: str = ""


class MqmBar(Dialog[Noted | None]):
    """Takes a letter for the category, one more for its kind, one for the severity; the arrows and Enter do too.

    None where it was left. Keys that come before it is painted count as well.
    """

    BINDINGS: ClassVar[list[BindingType]] = _LEAVE
    DEFAULT_CSS = """
    MqmBar { align: center bottom; background: $background 0%; }
    MqmBar > Container { width: 100%; height: auto; max-height: 10; background: $bar; border-top: solid $primary;
        border-title-color: $primary; padding: 0 1; }
    MqmBar Sheet { height: auto; background: $bar; }
    MqmBar:ansi > Container, MqmBar:ansi Sheet { background: ansi_default; }
    """

    def __init__(self, words: str, *, noted: int = 0, can_choose_source: bool = True) -> None:
        super().__init__()
        self._words = words
        self._noted = noted
        self._can_choose_source = can_choose_source
        self.category = ""
        self.wants_comment = False
        self.in_source = False
        self.chosen = 0
        self._is_done = False

    def compose(self) -> ComposeResult:
        """One sheet of choices."""
        with Container():
            yield Sheet(id="mqm")

    def on_mount(self) -> None:
        """Show the choices."""
        self._show()

    def choices(self) -> list[tuple[str, str]]:
        """Key and word of all that can be chosen now, in the order of the bar."""
        grades = [(letter, str(grade)) for letter, grade in SEVERITY_LETTERS.items()]
        if not self.category:
            common = [(str(number), _SHORT[name]) for number, name in enumerate(COMMON, 1)]
            more = [(REMOVE, "remove one"), (GRADE, "severity of one")] if self._noted else []
            return [*_TOP.items(), *common, (_NO_ERROR, "no error"), *more]
        if "/" in self.category:
            return grades
        return [*grades, *letters_of(mqm.CATEGORIES[self.category]).items()]

    def on_key(self, event: Key) -> None:
        """Take a letter; what comes after the last one is not for the bar."""
        if self._is_done:
            return
        known = self.choices()
        if event.key in ("left", "right", "up", "down"):
            self.chosen = (self.chosen + (1 if event.key in ("right", "down") else -1)) % len(known)
        elif event.key == "enter":
            self._take(known[self.chosen][0])
        elif event.key == "backspace":
            self.category, self.chosen = self.category.partition("/")[0] if "/" in self.category else "", 0
        elif event.key == IN_SOURCE and self._can_choose_source:
            self.in_source = not self.in_source
        elif event.character == _COMMENT:
            self.wants_comment = not self.wants_comment
        elif event.character in dict(known):
            self._take(event.character or "")
        else:
            return
        event.stop()
        event.prevent_default()
        self._show()

    def _take(self, letter: str) -> None:
        """Go one level down, or leave with what is chosen."""
        self.chosen = 0
        if not self.category and letter in (REMOVE, GRADE) and self._noted:
            self._leave(Noted(action="remove" if letter == REMOVE else "grade"))
        elif not self.category and letter == _NO_ERROR:
            self._leave(Noted(mqm.NO_ERROR))
        elif not self.category:
            self.category = COMMON[int(letter) - 1] if letter.isdigit() else _TOP[letter]
        elif letter in SEVERITY_LETTERS:
            self._leave(Noted(self.category, SEVERITY_LETTERS[letter], self.wants_comment, self.in_source))
        else:
            self.category += f"/{letters_of(mqm.CATEGORIES[self.category])[letter]}"

    def _leave(self, noted: Noted) -> None:
        """End with what was chosen, once the bar is on the screen."""
        self._is_done = True
        if self.app.screen is self:
            self.dismiss(noted)
        else:
            self.call_later(self._leave, noted)

    def _show(self) -> None:
        if not self.query(Sheet):
            # Keys came before the bar is there.
            return
        self.query_one(Container).border_title = self._title()
        text, spans = "", []
        for index, (letter, word) in enumerate(self.choices()):
            start = len(text)
            text += f"{letter} {word}".replace(" ", "\N{NO-BREAK SPACE}")
            spans.append((start, start + len(letter), "key"))
            if index == self.chosen:
                spans.append((start, len(text), "cursor"))
            text += "   "
        self.query_one(Sheet).show([Paragraph(text, tuple(spans))])
        self.show_hints()

    def hints(self) -> tuple[Hint, ...]:
        """The keys beside the letters."""
        comment = "no comment" if self.wants_comment else "with a comment"
        side = (("Tab", "in the target" if self.in_source else "in the source", "tab"),)
        return (
            *BACK,
            (_COMMENT, comment, "comma"),
            *(side if self._can_choose_source else ()),
            *((("Backspace", "one back", "backspace"),) if self.category else ()),
            ("arrows Enter", "choose", ""),
        )

    def _title(self) -> str:
        where = "the source" if self.in_source else visible(self._words) or "the unit"
        said = f"{self.category}: how grave?" if self.category else "what kind of error?"
        return f"Error in {where}: {said}{' (a comment follows)' if self.wants_comment else ''}"
