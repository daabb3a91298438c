"""The commands of comments and notes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.errors import CommandError
from workbench.review.commenting_threads import (
    Thread,
    from_plain,
    message_of,
    note_of,
    one_line,
    threads_of,
)
from workbench.review.drafting import Drafting
from workbench.store.records import Change

if TYPE_CHECKING:
    from workbench.model import Span
    from workbench.review.parts import Side


class Commenting(Drafting):
    """The commands of comments and notes; each is one decision."""

    def threads(self) -> tuple[Thread, ...]:
        """The comments and notes of the current unit; commands count them from 1."""
        return threads_of(self.unit)

    def note(self, text: str) -> str:
        """Add a note to the unit."""
        unit = self.unit
        if not text.strip():
            raise CommandError("the note is empty")
        self._decide("note", Change(replace(unit, notes=(*unit.notes, text.strip()))))
        return f"unit {unit.position + 1}: note added"

    def comment(self, text: str, span: Span | None = None, side: Side = "target") -> str:
        """Begin a thread about the unit, or about the words at a span of one side."""
        unit = self.unit
        if not one_line(text):
            raise CommandError("the comment is empty")
        words = unit.source if side == "source" else unit.target
        if span is not None and not (len(span) and span.end <= len(words)):
            raise CommandError(f"the {side} has no characters {span.start}-{span.end}: it has {len(words)}")
        quote = span.of(words).replace("\n", " ") if span is not None else ""
        said = message_of(text, self.author, self._clock())
        thread = Thread((said,), "open", side=side if span is not None else None, span=span, quote=quote)
        self._decide("comment", Change(replace(unit, notes=(*unit.notes, note_of(thread)))))
        about = f" on “{quote}”" if quote else ""
        return f"unit {unit.position + 1}: comment {len(unit.notes) + 1}{about}"

    def reply(self, number: int, text: str) -> str:
        """Answer a comment; one that was resolved is open again."""
        if not one_line(text):
            raise CommandError("the reply is empty")
        thread = self._thread(number)
        said = message_of(text, self.author, self._clock())
        first = thread if thread.status else from_plain(thread)
        self._rewrite("reply", number, replace(first, status="open", messages=(*first.messages, said)))
        return f"unit {self.number}: reply to comment {number}"

    def resolve(self, number: int = 1) -> str:
        """Say that a comment is settled."""
        thread = self._thread(number)
        if thread.status == "resolved":
            raise CommandError(f"comment {number} is resolved already")
        self._rewrite(
            "resolve", number, replace(thread if thread.status else from_plain(thread), status="resolved")
        )
        return f"unit {self.number}: comment {number} resolved"

    def reopen(self, number: int = 1) -> str:
        """Open a comment again that was resolved."""
        thread = self._thread(number)
        if thread.status != "resolved":
            raise CommandError(f"comment {number} is not resolved")
        self._rewrite("reopen", number, replace(thread, status="open"))
        return f"unit {self.number}: comment {number} is open again"

    def uncomment(self, number: int = 1) -> str:
        """Take a comment or a note away."""
        self._thread(number)
        unit = self.unit
        kept = (*unit.notes[: number - 1], *unit.notes[number:])
        self._decide("uncomment", Change(replace(unit, notes=kept)))
        return f"unit {unit.position + 1}: comment {number} removed"

    def next_comment(self) -> str:
        """Go to the next unit of the queue with comments or notes."""
        return self._seek("notes", forward=True)

    def previous_comment(self) -> str:
        """Go to the previous unit of the queue with comments or notes."""
        return self._seek("notes", forward=False)

    # Within

    def _thread(self, number: int) -> Thread:
        threads = self.threads()
        if not threads:
            raise CommandError("the unit has no comment")
        if not 1 <= number <= len(threads):
            raise CommandError(f"there is no comment {number}: the unit has {len(threads)}")
        return threads[number - 1]

    def _rewrite(self, name: str, number: int, thread: Thread) -> None:
        unit = self.unit
        notes = (*unit.notes[: number - 1], note_of(thread), *unit.notes[number:])
        self._decide(name, Change(replace(unit, notes=notes)))
