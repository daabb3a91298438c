"""JSON Lines: a unit a line, everything the workbench knows of it, and what it does not know kept."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NoReturn

from workbench.errors import FormatError
from workbench.formats.base import (
    Format,
    IdWatch,
    ReadOptions,
    WriteOptions,
    document_of,
    dump_value,
    load_value,
    note_seen,
    require_units,
    state_of,
    with_documents,
)
from workbench.formats.encoding import decode
from workbench.model import Content, Document, Draft, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

_KNOWN = frozenset(
    (
        "id",
        "source",
        "draft",
        "target",
        "state",
        "notes",
        "position",
        "document",
        "origin",
        "bead_score",
        "source_segments",
        "draft_segments",
        "drafts",
        "version",
        "changed_at",
        "changed_by",
    )
)
_DRAFT_KEYS = ("id", "text", "engine", "match", "repaired_from")


def read(data: bytes, name: str, options: ReadOptions) -> Content:
    """The units of an object a line. Raises FormatError with the line at fault."""
    text, encoding = decode(data, name=name, encoding=options.encoding)
    if encoding != "utf-8":
        options.warn(f"{name}: read as {encoding}")
    watch = IdWatch(name, options)
    units: list[TranslationUnit] = []
    names: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        fields = _parse(line, name, number)
        note_seen(options, (key for key in ("state", "notes") if key in fields))
        record = _Record(fields, name, number)
        unit = record.unit(len(units), line_id=options.line_ids)
        names.append(record.text("document"))
        watch.check(unit.id, number, document=names[-1])
        units.append(unit)
    if not units:
        raise FormatError("empty file: there is no unit in it", file=name)
    document = Document(
        PurePath(name).stem, FORMAT.name, options.source_lang or "en", options.target_lang or "zh"
    )
    document, found = with_documents(document, units, names)
    return Content(document, units=found)


def _refuse_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is no JSON value")


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)
_TOO_LARGE = "a number that is too large for JSON"


def _parse(line: str, name: str, number: int) -> dict[str, Any]:
    """The object of a line, of JSON that can be written again."""

    def refuse(reason: str) -> NoReturn:
        raise FormatError(reason, file=name, line=number)

    try:
        value = _DECODER.decode(line)
    except json.JSONDecodeError as error:
        if line.strip() in ("[", "{"):
            refuse("JSON over several lines: a unit stands on one line")
        refuse(f"not JSON: {error.msg} at column {error.colno}")
    except RecursionError:
        refuse("JSON that is nested too deep")
    except ValueError as error:
        refuse(_TOO_LARGE if "digits" in str(error) else str(error))
    if not isinstance(value, dict):
        kind = "an array" if isinstance(value, list) else "a bare value"
        refuse(f"{kind}, where an object with source and target is wanted")
    if "\\u" in line:
        try:
            dump_value(value).encode()
        except (UnicodeEncodeError, ValueError):
            refuse("half of a surrogate pair, which is no character")
    return value


class _Record:
    """One line's object, with its place for errors."""

    def __init__(self, fields: dict[str, Any], name: str, line: int) -> None:
        self._fields = fields
        self._name = name
        self._line = line

    def _wrong(self, reason: str) -> FormatError:
        return FormatError(reason, file=self._name, line=self._line)

    def text(self, key: str, *, required: bool = False) -> str:
        """A string, "" for null; numbers are taken as they are written."""
        if required and key not in self._fields:
            raise self._wrong(f'the unit has no "{key}"')
        value = self._fields.get(key)
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        if isinstance(value, (int, float)) and not isinstance(value, bool) and not required:
            return str(value)
        raise self._wrong(f'"{key}" is no text')

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings; a bare string is a list of one, "" and null are none."""
        value = self._fields.get(key)
        if value is None or value == "":
            return ()
        if isinstance(value, str):
            return (value,)
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(value)
        raise self._wrong(f'"{key}" is no list of texts')

    def whole(self, key: str, default: int) -> int:
        """A whole number of 0 or more."""
        value = self._fields.get(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        raise self._wrong(f'"{key}" is no whole number')

    def share(self, key: str) -> float:
        """A number in 0..1, 1 when absent."""
        value = self._fields.get(key, 1.0)
        if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 1:
            return float(value)
        raise self._wrong(f'"{key}" is no number from 0 to 1')

    def time(self, key: str) -> datetime | None:
        """An ISO 8601 time, in UTC unless it says otherwise."""
        value = self.text(key)
        if not value:
            return None
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            raise self._wrong(f'"{key}" is no ISO 8601 time') from None
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment

    def drafts(self, unit_id: str) -> tuple[Draft, ...]:
        """The drafts in full where the line has them, else the one text."""
        full = self._fields.get("drafts")
        if full is None:
            return (
                (Draft(f"{unit_id}/0", self.text("draft")),) if self._fields.get("draft") is not None else ()
            )
        if not isinstance(full, list) or not all(isinstance(one, dict) for one in full):
            raise self._wrong('"drafts" is no list of objects')
        drafts = []
        for position, one in enumerate(full):
            record = _Record(one, self._name, self._line)
            match = one.get("match")
            if match is not None and (isinstance(match, bool) or not isinstance(match, (int, float))):
                raise self._wrong('"match" is no number')
            repaired = one.get("repaired_from")
            drafts.append(
                Draft(
                    record.text("id") or f"{unit_id}/{position}",
                    record.text("text"),
                    record.text("engine"),
                    None if match is None else float(match),
                    None if repaired is None else str(repaired),
                )
            )
        return tuple(drafts)

    def unit(self, position: int, *, line_id: bool) -> TranslationUnit:
        """The unit of the line."""
        unit_id = self.text("id") or (str(self._line) if line_id else "")
        try:
            extra = tuple(
                (key.removeprefix("extra:"), dump_value(value))
                for key, value in self._fields.items()
                if key not in _KNOWN
            )
        except ValueError:
            raise self._wrong(_TOO_LARGE) from None
        return TranslationUnit(
            unit_id,
            self.whole("position", position),
            self.text("source", required=True),
            self.text("target", required=True),
            state_of(self.text("state"), name=self._name, line=self._line),
            self.drafts(unit_id),
            self.share("bead_score"),
            self.texts("source_segments"),
            self.texts("draft_segments"),
            self.text("origin"),
            self.texts("notes"),
            self.whole("version", 0),
            self.time("changed_at"),
            self.text("changed_by"),
            extra,
        )


def write(content: Content, _options: WriteOptions) -> Iterator[bytes]:
    """A line a unit: id, source, draft, target, state, notes, then what else is not as by default."""
    require_units(content, FORMAT.name)
    for position, unit in enumerate(content.units):
        record = _record(unit, position, document_of(unit, content.document))
        yield json.dumps(record, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _record(unit: TranslationUnit, position: int, document: str) -> dict[str, Any]:
    record: dict[str, Any] = {"id": unit.id, "source": unit.source}
    if unit.drafts:
        record["draft"] = unit.draft
    record |= {"target": unit.target, "state": str(unit.state), "notes": list(unit.notes)}
    if unit.position != position:
        record["position"] = unit.position
    if document:
        record["document"] = document
    if unit.drafts and unit.drafts != (Draft(f"{unit.id}/0", unit.draft),):
        record["drafts"] = [
            {key: value for key in _DRAFT_KEYS if (value := getattr(draft, key)) not in ("", None)}
            for draft in unit.drafts
        ]
    if unit.bead_score != 1.0:
        record["bead_score"] = unit.bead_score
    optional: dict[str, Any] = {
        "origin": unit.origin,
        "source_segments": list(unit.source_segments),
        "draft_segments": list(unit.draft_segments),
        "version": unit.version,
        "changed_at": unit.changed_at.isoformat() if unit.changed_at else "",
        "changed_by": unit.changed_by,
    }
    record |= {key: value for key, value in optional.items() if value}
    for key, value in unit.extra:
        if key != "document":
            record[f"extra:{key}" if key in _KNOWN or key.startswith("extra:") else key] = load_value(value)
    return record


def detect(head: bytes) -> bool:
    """Whether the first line opens an object."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


FORMAT = Format(
    name="jsonl",
    title="JSON Lines, a unit a line",
    extensions=(".jsonl", ".ndjson"),
    read=read,
    write=write,
    detect=detect,
    keeps=frozenset(
        (
            "id",
            "position",
            "source",
            "target",
            "state",
            "drafts",
            "bead_score",
            "source_segments",
            "draft_segments",
            "origin",
            "notes",
            "version",
            "changed_at",
            "changed_by",
            "extra",
        )
    ),
)
