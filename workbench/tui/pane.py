"""What a pane is: its name and letter, what is said of it, and how what it shows is found.

To add one: (1) a module that finds out what it shows, `look(session, unit)`, and ends in `PANE = Pane(...)`;
(2) its line in `panes.PANES`; (3) a test. `look` runs behind the screen, after every decision and every move; a result
that comes late is dropped. A paragraph with a key is clicked: "fix 2" runs that command with that number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbench.model import TranslationUnit
    from workbench.review.session import ReviewSession
    from workbench.tui.completion import Phrase
    from workbench.tui.sheet import Paragraph


@dataclass(frozen=True, slots=True)
class PaneView:
    """What a pane shows of a unit, the words beside its title, the paragraph in view, what the editor completes."""

    unit_id: str
    paragraphs: tuple[Paragraph, ...]
    count: str = ""
    focus: int | None = None
    phrases: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Pane:
    """One pane. `letter` shows and hides it in the bar of the layout; `commands` are those that F1 names with it.

    `look` finds what it shows, on a thread; None = it is shown of the text as it is typed (`unit_view.view_of`).
    """

    name: str
    letter: str
    about: str
    commands: tuple[str, ...] = ()
    look: Callable[[ReviewSession, TranslationUnit], PaneView] | None = None
    called: str = ""

    @property
    def words(self) -> str:
        """What it is called in a sentence."""
        return self.called or self.name

    @property
    def title(self) -> str:
        """What stands above it."""
        return self.words.capitalize()
