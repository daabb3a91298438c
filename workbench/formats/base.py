"""What a file format is: a name, extensions, and functions from bytes to Content and back.

How to add a format:
 1. Write `workbench/formats/NAME.py` with one value `FORMAT = Format(...)` (heavy libraries: inside functions).
 2. `read(data, name, options)` returns Content; it gets the file's bytes (already unpacked when they were gzipped).
    Use `workbench.formats.encoding.decode` for text and `workbench.xmlsafe` for XML. Whatever is wrong with the file
    raises FormatError with `file=name` and the line. What a user should know but need not mend goes to `options.warn`.
 3. `write(content, options)` yields pieces of bytes. Raise UsageError for content that the format cannot hold.
    What the workbench does not know is in `unit.extra`, as (key, JSON text): write it back.
 4. `detect(head)` tells the format from the start of a file, for input without a name; say False when in doubt.
 5. `keeps` names the fields of TranslationUnit that come back exactly as they were after write and read.
 6. Add FORMAT to the tuple in `workbench/formats/__init__.py`: its order is the order that users see.
 7. Describe it in docs/formats.md, and add `tests/test_formats_NAME.py`: cases with visible bytes, and every malformed
    input with its exact line of complaint. The contract tests in tests/test_formats.py find it by themselves.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, BinaryIO

from workbench.errors import FormatError, UsageError
from workbench.model import Content, Document, Draft, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from workbench.model import TranslationUnit


def silent(warning: str) -> None:
    """Drop a warning: what `ReadOptions.warn` does unless told otherwise."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read. Languages are "" where the file decides; `warn` is given one line a time, fit for a user.

    `line_ids` names units that have no id of their own by the line they begin on; else their id is "".
    `unique_ids` refuses a file in which two units of a document have one id; else it is a warning.
    `wrapped` means that only a blank line parts paragraphs. `encoding` overrides detection. Into `seen`, if given, go
    those of "state" and "notes" that the file speaks of at all; into `lines` the line on which each unit begins.
    """

    source_lang: str = ""
    target_lang: str = ""
    encoding: str = ""
    wrapped: bool = False
    line_ids: bool = False
    unique_ids: bool = False
    warn: Callable[[str], None] = silent
    seen: set[str] | None = None
    lines: list[int | None] | None = None


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """How to write. `excel` puts a BOM before CSV and TSV; `side` is what a text file gets; `written_at` dates TMX."""

    excel: bool = False
    side: str = "target"
    written_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Format:
    """A file format. `stream`, where there is one, reads units one by one and needs no more memory for more of them."""

    name: str
    title: str
    extensions: tuple[str, ...]
    read: Callable[[bytes, str, ReadOptions], Content]
    write: Callable[[Content, WriteOptions], Iterator[bytes]]
    detect: Callable[[bytes], bool]
    bilingual: bool = True
    keeps: frozenset[str] = frozenset()
    stream: Callable[[BinaryIO, str, ReadOptions], tuple[Document, Iterator[TranslationUnit]]] | None = None


def require_units(content: Content, format_name: str) -> None:
    """Raise UsageError where the content is monolingual and the format wants both sides."""
    if content.blocks and not content.units:
        raise UsageError(
            f"{content.document.name} has one language only, and {format_name} holds pairs: align it with its "
            "translation first"
        )


_STATES = {state.value: state for state in State} | {
    "": State.INITIAL,
    "new": State.INITIAL,
    "draft": State.INITIAL,
    "untranslated": State.INITIAL,
    "needs-translation": State.INITIAL,
    "confirmed": State.TRANSLATED,
    "approved": State.REVIEWED,
    "signed-off": State.FINAL,
}


def state_of(text: str, *, name: str, line: int | None) -> State:
    """The state that a file's word means, in any case. Raises FormatError for a word that means none."""
    state = _STATES.get(text.strip().lower().replace(" ", "-").replace("_", "-"))
    if state is None:
        known = ", ".join(State)
        raise FormatError(f"the state {text.strip()!r} is none of {known}", file=name, line=line)
    return state


def dump_value(value: object) -> str:
    """The JSON text of an extra value. Raises ValueError for what JSON cannot hold."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def load_value(text: str) -> object:
    """The value of an extra's JSON text; the text itself where it is no JSON."""
    try:
        value: object = json.loads(text)
    except ValueError:
        return text
    return value


DRAFT_KEYS = ("id", "text", "engine", "match", "repaired_from")


def dump_drafts(drafts: Iterable[Draft]) -> str:
    """Drafts as a JSON list of objects, for formats that have a place for one draft only."""
    return dump_value(
        [
            {key: value for key in DRAFT_KEYS if (value := getattr(one, key)) not in ("", None)}
            for one in drafts
        ]
    )


def load_drafts(text: str, unit_id: str) -> tuple[Draft, ...]:
    """The further drafts of a unit, the inverse of `dump_drafts`; none for "". Raises ValueError for anything else."""
    if not text.strip():
        return ()
    try:
        loaded = json.loads(text)
    except RecursionError:
        raise ValueError("nested too deep") from None
    if not isinstance(loaded, list) or not all(isinstance(one, dict) for one in loaded):
        raise ValueError("no list of drafts")
    drafts = []
    for number, one in enumerate(loaded, 1):
        match, repaired = one.get("match"), one.get("repaired_from")
        drafts.append(
            Draft(
                str(one.get("id") or f"{unit_id}/{number}"),
                str(one.get("text", "")),
                str(one.get("engine", "")),
                None if match is None else float(str(match)),
                None if repaired is None else str(repaired),
            )
        )
    return tuple(drafts)


def document_of(unit: TranslationUnit, document: Document) -> str:
    """The name of the unit's own document: an extra "document", where content joins several, else the content's."""
    for key, value in unit.extra:
        if key == "document":
            return str(load_value(value))
    return document.name


def with_documents(
    document: Document, units: Iterable[TranslationUnit], names: Iterable[str]
) -> tuple[Document, tuple[TranslationUnit, ...]]:
    """The units with the names of their documents put where they belong: one name for all becomes the document's."""
    units, names = tuple(units), tuple(names)
    distinct = set(names) - {""}
    if len(distinct) == 1 and "" not in names:
        return replace(document, name=distinct.pop()), units
    if not distinct:
        return document, units
    return document, tuple(with_document(unit, own) for unit, own in zip(units, names, strict=True))


def with_document(unit: TranslationUnit, own: str) -> TranslationUnit:
    """The unit with the name of its own document as its first extra, if it has one."""
    return replace(unit, extra=(("document", dump_value(own)), *unit.extra)) if own else unit


def note_seen(options: ReadOptions, names: Iterable[str]) -> None:
    """Tell who reads which fields the file speaks of."""
    if options.seen is not None:
        options.seen.update(names)


class IdWatch:
    """Watches the ids of one file, so that no unit can silently stand for another."""

    def __init__(self, name: str, options: ReadOptions) -> None:
        self._name = name
        self._options = options
        self._seen: dict[tuple[str, str], int] = {}

    def check(self, unit_id: str, line: int | None, *, document: str = "") -> None:
        """Note the id and line of a unit. Raises FormatError, or warns, where the document has the id already."""
        if self._options.lines is not None:
            self._options.lines.append(line)
        if not unit_id:
            return
        first = self._seen.setdefault((document, unit_id), line or 0)
        if first == (line or 0):
            return
        complaint = FormatError(f"the id {unit_id!r} stands on line {first} too", file=self._name, line=line)
        if self._options.unique_ids:
            raise complaint
        self._options.warn(str(complaint))
