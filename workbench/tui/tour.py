"""The tour: one box above the bottom line that asks for one real key after the other; nothing is hidden by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.message import Message

from workbench.tui.keys import key_words, split_keys
from workbench.tui.painted import Painted
from workbench.tui.wrap import lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events
    from textual.geometry import Size
    from textual.strip import Strip

    from workbench.review.commands import Command
    from workbench.tui.painted import Piece


@dataclass(frozen=True, slots=True)
class Step:
    """What is said, and the command whose key leads on; `keys` where it is pressed by another than its own."""

    command: str
    text: str
    keys: str = ""


STEPS: tuple[Step, ...] = (
    Step("next", "The list shows every unit: its state, what the checks found, both texts. Go down one.", "Down"),
    Step("next_issue", "✗ ! ~ and a number are issues; the pane says what is wrong. Go to the next unit with one."),
    Step("type", "Now into the target: there you type, with an input method too. Nothing is saved by Enter."),
    Step("confirm", "Type if you like. This saves, marks the unit as done and goes to the next one that needs work."),
    Step("undo", "Every decision can be taken back, after a restart too. Take back this one."),
    Step("list", "Back to the list: there letters and arrows only move."),
    Step("layout", "Panes are shown, hidden and sized by letters and arrows in a bar, which Esc closes. Open it."),
    Step("help", "This explains where you are, then all keys; Ctrl+P finds any command by its name. Press it to end."),
)  # fmt: skip


class TourBar(Painted):
    """One step at a time; it takes no keys itself."""

    DEFAULT_CSS = """
    TourBar { height: auto; border-top: solid $primary; border-title-color: $primary; background: $background;
        overflow-y: hidden; padding: 0 1; }
    TourBar:ansi { background: ansi_default; }
    """

    class Ended(Message):
        """All steps were made, or the tour was left."""

    def __init__(self, known: Mapping[str, Command]) -> None:
        super().__init__(id="tour")
        self._known = known
        self.index = 0
        self._show_title()

    @property
    def step(self) -> Step:
        """The step that is asked for."""
        return STEPS[self.index]

    @property
    def words(self) -> str:
        """What is said now."""
        step = self.step
        key = step.keys or key_words(split_keys(self._known[step.command].keys)[0])
        return f"{step.text}  Press {key}."

    def saw(self, command: str) -> None:
        """A command was given: go on where it is the one that was asked for."""
        if command != self.step.command:
            return
        if self.index + 1 == len(STEPS):
            self.post_message(self.Ended())
            return
        self.index += 1
        self._show_title()
        self.refresh(layout=True)

    def _show_title(self) -> None:
        leave = key_words(split_keys(self._known["tour"].keys)[0])
        self.border_title = f"Tour {self.index + 1} of {len(STEPS)}   {leave} or a click ends it"

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the words take."""
        del container, viewport
        return max(1, len(list(lines(self.words, max(8, width)))))

    def render_line(self, y: int) -> Strip:
        """One line; the key to press is marked."""
        width = self.size.width
        words = self.words
        found = list(lines(words, max(8, width)))
        if y >= len(found):
            return self.strip_of([], width)
        start, end = found[y]
        mark = words.rindex("Press ") + len("Press ")
        cut = max(start, min(end, mark))
        pieces: list[Piece] = [(words[start:cut], ""), (words[cut:end], "key")]
        return self.strip_of([piece for piece in pieces if cell_len(piece[0])], width)

    def on_click(self, event: events.Click) -> None:
        """Leave the tour."""
        event.stop()
        self.post_message(self.Ended())


def is_sample(names: set[str]) -> bool:
    """Whether these documents are those of the sample project."""
    from workbench.pipeline.starting import sample_root

    folder = sample_root() / "segments"
    sample = {one.name.partition(".")[0] for one in folder.iterdir() if one.name.endswith(".txt")}
    return bool(names) and names <= sample
