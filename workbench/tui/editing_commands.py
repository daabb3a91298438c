"""What keys do to the text being typed, beyond TextArea: complete, the right value, tidy, codes opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.errors import CommandError
from workbench.model import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from workbench.tui.desk import Desk
    from workbench.tui.editing_values import Replacement
    from workbench.tui.editor import Editor


@dataclass(frozen=True, slots=True)
class _Shown:
    """The replacement made last: the same key puts the next one in its place."""

    choices: tuple[Replacement, ...]
    index: int
    before: str
    after: str


class EditingCommands:
    """Changes the editor's text, never the store; Ctrl+Z takes each back."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._shown: _Shown | None = None

    @property
    def commands(self) -> Mapping[str, Callable[[], None]]:
        """The commands by name."""
        return {
            "complete": self.complete,
            "next_completion": self.next_completion,
            "value": self.value,
            "tidy": self.tidy,
            "codes": self.codes,
        }

    def _editor(self) -> Editor:
        """The editor, with the keys. Raises CommandError where there is nothing to type in."""
        desk = self._desk
        desk.settle()
        if desk.editor is None or desk.unit is None or desk.session is None:
            raise CommandError("there is no unit to type in")
        if not desk.editor.has_focus:
            desk.set_focus(desk.editor)
        return desk.editor

    def complete(self) -> None:
        """Put in what is offered; where nothing is, offer what there is."""
        if not self._editor().complete():
            raise CommandError("nothing to complete here: no term, name or word of the draft begins so")

    def next_completion(self) -> None:
        """Offer something else."""
        if not self._editor().next_offer():
            raise CommandError("nothing to complete here: no term, name or word of the draft begins so")

    def value(self) -> None:
        """Put the right number or term at the caret; again: the next one instead."""
        from workbench.tui.editing_values import right_here

        editor, session, unit = self._editor(), self._desk.session, self._desk.unit
        assert session is not None
        assert unit is not None
        text = editor.value
        shown = self._shown
        if shown is not None and shown.after == text and len(shown.choices) > 1:
            shown = _Shown(shown.choices, (shown.index + 1) % len(shown.choices), shown.before, text)
            editor.undo()
        else:
            choices = right_here(
                unit.source,
                text,
                editor.caret,
                session.termbase,
                source_lang=session.document.source_lang,
                target_lang=session.document.target_lang,
            )
            if not choices:
                raise CommandError("no number and no term of the source is missing or wrong here")
            shown = _Shown(choices, 0, text, text)
        choice = shown.choices[shown.index]
        editor.history.checkpoint()
        editor.replace_text(choice.text, choice.span)
        self._shown = _Shown(shown.choices, shown.index, shown.before, editor.value)
        count = (
            f" ({shown.index + 1} of {len(shown.choices)}, again for the next)" if shown.choices[1:] else ""
        )
        self._desk.flash(f"{choice.text} for “{choice.asked}”{count}")

    def tidy(self) -> None:
        """Mend widths, quotes, spaces and their like in the selection, or in the whole text."""
        editor, session, unit = self._editor(), self._desk.session, self._desk.unit
        assert session is not None
        assert unit is not None
        text, span = editor.value, editor.selected_span
        better, count = session.tidied(unit, text, span)
        if not count:
            raise CommandError(
                "the form of the text is as it should be" if span is None else "nothing to mend there"
            )
        caret = editor.caret
        start, end, put = _changed(text, better)
        editor.history.checkpoint()
        editor.replace_text(put, Span(start, end))
        if span is None:
            # The caret stays at what it stood behind.
            moved = caret if caret <= start else max(start, caret + len(better) - len(text))
            editor.place_caret(moved)
        self._desk.flash("1 place mended" if count == 1 else f"{count} places mended", kind="good")

    def codes(self) -> None:
        """Open tags and placeholders for typing, or close them."""
        editor = self._editor()
        editor.codes_open = not editor.codes_open
        if self._desk.panel is not None:
            self._desk.panel.show_titles()
        self._desk.flash(
            "tags and placeholders can be typed into now"
            if editor.codes_open
            else "tags and placeholders are whole again"
        )


def _changed(text: str, better: str) -> tuple[int, int, str]:
    """The part of a text that another differs in: its start and end, and what stands there in the other."""
    start = 0
    while start < min(len(text), len(better)) and text[start] == better[start]:
        start += 1
    tail = 0
    while tail < min(len(text), len(better)) - start and text[-1 - tail] == better[-1 - tail]:
        tail += 1
    return start, len(text) - tail, better[start : len(better) - tail]
