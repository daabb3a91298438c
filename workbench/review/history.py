"""The history of a unit: what it was, by whom and when, each text beside the one before, and going back to one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.errors import CommandError
from workbench.model import PostEdit, State
from workbench.review.commenting import Commenting
from workbench.review.following import retold
from workbench.store.records import Change

if TYPE_CHECKING:
    from datetime import datetime

    from workbench.model import TranslationUnit
    from workbench.store.records import HistoryEntry


@dataclass(frozen=True, slots=True)
class Version:
    """One text that a unit had; number 0 is its draft. `before` is the text that it replaced, as far as one counts.

    `at` is UTC; the draft has no author and no time.
    """

    number: int
    text: str
    before: str = ""
    decision: str = "draft"
    author: str = ""
    at: datetime | None = None
    seconds: float = 0.0
    undone: bool = False
    is_now: bool = False
    """Whether the target is this text, and this is the last one that is."""

    @property
    def local_at(self) -> str:
        """When it was saved, in the time of this place."""
        return "" if self.at is None else f"{self.at.astimezone():%Y-%m-%d %H:%M:%S}"


def versions_of(unit: TranslationUnit, entries: list[HistoryEntry]) -> list[Version]:
    """Draft and saved texts of a unit, oldest first; a text is compared with the last one that was not undone."""
    found = [Version(0, unit.draft)] if unit.drafts else []
    before = unit.draft
    for number, entry in enumerate(entries, 1):
        edit = entry.post_edit
        found.append(
            Version(
                number,
                edit.text,
                before,
                entry.decision,
                edit.author,
                edit.saved_at,
                edit.seconds,
                entry.undone,
            )
        )
        if not entry.undone:
            before = edit.text
    for index in reversed(range(len(found))):
        if not found[index].undone and found[index].text == unit.target:
            found[index] = replace(found[index], is_now=True)
            break
    return found


class History(Commenting):
    """The commands that look back."""

    def versions(self) -> list[Version]:
        """The draft of the current unit as number 0, then every saved text, oldest first."""
        return versions_of(self.unit, self.history())

    def revert(self, number: int, *, seconds: float = 0.0, keystrokes: int = 0) -> str:
        """Put back the text of a version as `versions` numbers it; the unit is open again."""
        unit = self.unit
        versions = {one.number: one for one in self.versions()}
        if not versions:
            raise CommandError("the unit has no earlier text")
        if number not in versions:
            raise CommandError(
                f"there is no version {number}: the unit has {min(versions)} to {max(versions)}"
            )
        text = versions[number].text
        if text == unit.target:
            raise CommandError(f"version {number} is the text as it is")
        stays = unit.state is State.TRANSLATED and self.role == "reviewer"
        changed = replace(retold(unit, text), state=State.TRANSLATED if stays else State.INITIAL)
        edit = PostEdit(unit.id, text, self.author, self._clock(), seconds, keystrokes)
        self._decide("revert", Change(changed, post_edit=edit))
        what = "the draft" if number == 0 else f"version {number} of {versions[number].author}"
        return f"unit {unit.position + 1}: back to {what}"
