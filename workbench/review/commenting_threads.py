"""Threads of comments as the notes of a unit hold them, and where they belong in its text.

A note is a comment that nobody answered. A thread is written as one line, so that every format that has notes carries
it and a person can read it there:

    [open, on target 3-5 “52亿”] ann, 2026-11-22T10:02:05Z: Is it so? » bob, 2026-11-22T11:00:00Z: Yes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

from workbench.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.model import TranslationUnit
    from workbench.review.parts import Side

Status: TypeAlias = Literal["", "open", "resolved"]

_STAMP = r"[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z"
_HEAD = re.compile(
    r"\[(?P<status>open|resolved)(?P<rejected>, rejected)?"
    r"(?:, on (?P<side>source|target) (?P<start>[0-9]{1,9})-(?P<end>[0-9]{1,9}) “)?"
)
_SIGNED = re.compile(rf"(?P<author>[^»]+?), (?P<at>{_STAMP}): ")
_NEXT = re.compile(rf" » (?=[^»]+?, {_STAMP}: )")
_NO_WORDS = re.compile(r"[\s»]+")


@dataclass(frozen=True, slots=True)
class Message:
    """What one person said at a time; neither is known of a plain note."""

    text: str
    author: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment and the replies to it. A plain note has no status; a rejected unit's reason is one of its threads.

    `span` is where `quote` stood on one `side` when the comment was made.
    """

    messages: tuple[Message, ...]
    status: Status = ""
    is_rejection: bool = False
    side: Side | None = None
    span: Span | None = None
    quote: str = ""

    @property
    def is_open(self) -> bool:
        """Whether somebody is still to answer it or to settle it."""
        return self.status == "open"


def thread_of(note: str) -> Thread:
    """The thread that a note is; any text that is not written as one is a plain note."""
    plain = Thread((Message(note),))
    head = _HEAD.match(note)
    if head is None:
        return plain
    at, side, span, quote = head.end(), head["side"], None, ""
    if side:
        start, end = int(head["start"]), int(head["end"])
        quote, at = note[at : at + end - start], at + end - start
        if end <= start or note[at : at + 1] != "”":
            return plain
        span, at = Span(start, end), at + 1
    if not note.startswith("] ", at):
        return plain
    messages = tuple(_message(part) for part in _NEXT.split(note[at + 2 :]))
    status: Status = "open" if head["status"] == "open" else "resolved"
    return Thread(messages, status, bool(head["rejected"]), side, span, quote)  # type: ignore[arg-type]


def _message(part: str) -> Message:
    signed = _SIGNED.match(part)
    if signed is None:
        return Message(part)
    try:
        at = datetime.strptime(signed["at"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:  # such as the 39th of a month
        return Message(part)
    return Message(part[signed.end() :], signed["author"], at)


def note_of(thread: Thread) -> str:
    """The note that holds the thread; the inverse of `thread_of` for threads that commands made."""
    if not thread.status:
        return thread.messages[0].text
    head = f"[{thread.status}" + (", rejected" if thread.is_rejection else "")
    if thread.span is not None:
        head += f", on {thread.side} {thread.span.start}-{thread.span.end} “{thread.quote}”"
    return f"{head}] " + " » ".join(map(_signed, thread.messages))


def _signed(message: Message) -> str:
    if message.at is None:
        return message.text
    return f"{message.author}, {message.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}: {message.text}"


def message_of(text: str, author: str, at: datetime) -> Message:
    """A message as it can be written in one line: white space and what parts messages become spaces."""
    return Message(one_line(text), one_line(author), at.astimezone(UTC).replace(microsecond=0))


def one_line(text: str) -> str:
    """The text without line breaks and without the mark that parts messages."""
    return _NO_WORDS.sub(" ", text).strip()


def threads_of(unit: TranslationUnit) -> tuple[Thread, ...]:
    """The threads of a unit; commands count them from 1."""
    return tuple(map(thread_of, unit.notes))


def found_again(quote: str, start: int, text: str) -> Span | None:
    """Where the quote stands in a text now: at its old place or the one nearest to it; None where it is gone."""
    if not quote:
        return None
    places = [match.start() for match in re.finditer(f"(?={re.escape(quote)})", text)]
    if not places:
        return None
    nearest = min(places, key=lambda at: abs(at - start))
    return Span(nearest, nearest + len(quote))


def place_of(thread: Thread, source: str, target: str) -> Span | None:
    """Where what the thread is about stands now, on its own side; None for the whole unit, or where it is gone."""
    if thread.span is None:
        return None
    text = source if thread.side == "source" else target
    return found_again(thread.quote, thread.span.start, text.replace("\n", " "))


def settled(notes: Sequence[str]) -> tuple[str, ...]:
    """The notes with the reasons of rejections resolved: somebody has worked on the unit and confirmed it."""
    threads = map(thread_of, notes)
    return tuple(
        note_of(replace(thread, status="resolved")) if thread.is_rejection and thread.is_open else note
        for note, thread in zip(notes, threads, strict=True)
    )


def from_plain(thread: Thread) -> Thread:
    """A plain note as the beginning of a thread: nobody knows who wrote it, or when."""
    return replace(thread, messages=(Message(one_line(thread.messages[0].text)),))
