"""Reading tables of units: whose header, delimiter and language columns may be anybody's."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING

from workbench import langs
from workbench.errors import FormatError, InputError, UsageError
from workbench.formats.base import (
    IdWatch,
    ReadOptions,
    dump_value,
    load_drafts,
    note_seen,
    state_of,
    with_documents,
)
from workbench.formats.encoding import decode
from workbench.formats.table import COLUMNS, MORE_COLUMNS, NEWLINE, folded, key_of, unfold_notes, unguard
from workbench.model import Content, Document, Draft, State, TranslationUnit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_OWN = frozenset(("id", "source", "target", "state"))
_ALIASES = {
    "source": ("source text", "source segment", "src", "original", "原文", "源文", "源语", "源文本"),
    "target": ("target text", "target segment", "tgt", "translation", "译文", "目标", "目标语", "翻译"),
    "draft": ("mt", "machine translation", "mt draft", "机器翻译", "机翻", "初稿"),
    "id": ("unit id", "segment id", "tuid", "key", "编号"),
    "state": ("status", "状态"),
    "notes": ("note", "comment", "comments", "备注", "注释", "批注"),
    "document": ("file", "filename", "文件", "文档"),
}
_LANGUAGES = {
    "english": "en",
    "英文": "en",
    "英语": "en",
    "chinese": "zh",
    "中文": "zh",
    "汉语": "zh",
    "简体中文": "zh-CN",
}
_SEPARATOR = re.compile("sep=([,;\t])(?:\r\n|\n|\r)")


@dataclass(frozen=True, slots=True)
class _Header:
    """Which cell is which field; `own` tells a table that this module wrote, whose cells are guarded.

    A record has `width` cells; one of an own table may have `least`, since spreadsheets leave off empty last cells.
    """

    places: dict[str, int]
    extras: dict[str, int]
    own: bool
    width: int
    least: int
    source_lang: str = ""
    target_lang: str = ""


def read(data: bytes, name: str, options: ReadOptions, *, delimiter: str, format_name: str) -> Content:
    """The units of a table with a header. `delimiter` is what to take where the header leaves it open."""
    text, encoding = decode(data, name=name, encoding=options.encoding)
    if encoding != "utf-8":
        options.warn(f"{name}: read as {encoding}")
    text = text.replace("\x00", "")
    separator = _SEPARATOR.match(text)
    records = _records(text, separator[1] if separator else _delimiter(text, delimiter, options), name)
    if separator:
        next(records)
    first = next(records, None)
    if first is None:
        raise FormatError("empty file: there is no table in it", file=name)
    header = _header(first[1], name, first[0], options)
    note_seen(options, (key for key in ("state", "notes") if key in header.places))
    watch = IdWatch(name, options)
    units: list[TranslationUnit] = []
    names: list[str] = []
    for line, cells in records:
        row = _Row(header, cells, name, line, options)
        unit = row.unit(len(units))
        names.append(row.cell("document"))
        watch.check(unit.id, line, document=names[-1])
        units.append(unit)
    if not units:
        raise FormatError("empty file: there is no unit below the header", file=name)
    document = Document(
        PurePath(name).stem,
        format_name,
        header.source_lang or options.source_lang or "en",
        header.target_lang or options.target_lang or "zh",
    )
    document, found = with_documents(document, units, names)
    return Content(document, units=found)


def _records(text: str, delimiter: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """The line each record starts on and its cells; blank lines are passed over."""
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            reason = str(error)
            if "unexpected end" in reason:
                reason = "a cell that opens with a quotation mark here is never closed"
            elif "expected after" in reason:
                reason = "text after the closing quotation mark of a cell"
            raise FormatError(reason, file=name, line=line) from None
        if any(cells):
            yield line, cells
        line = reader.line_num + 1


def _delimiter(text: str, usual: str, options: ReadOptions) -> str:
    """The delimiter under which the header names most columns that are known; then the one that makes most of them."""

    def merit(delimiter: str) -> tuple[int, int, bool]:
        try:
            cells = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), [])
        except csv.Error:
            return 0, 0, False
        return len(_places(cells, options)[0]), len(cells), delimiter == usual

    return max((usual, ",", ";", "\t"), key=merit)


def detect(head: bytes, delimiters: Sequence[str], options: ReadOptions) -> bool:
    """Whether the first line is a header that names source and target, with one of the delimiters between."""
    try:
        text, _ = decode(head, name="")
    except InputError:
        return False
    line = NEWLINE.split(text, maxsplit=1)[0]
    for delimiter in delimiters:
        try:
            cells = next(csv.reader([line], delimiter=delimiter, strict=True), [])
        except csv.Error:
            continue
        if {"source", "target"} <= _places(cells, options)[0].keys():
            return True
    return False


def _places(cells: Sequence[str], options: ReadOptions) -> tuple[dict[str, int], dict[str, str]]:
    """Which fields the header cells name, and the languages that name the source and target columns."""
    places: dict[str, int] = {}
    languages: dict[str, str] = {}
    names = [folded(cell) for cell in cells]
    for field in (*COLUMNS, *MORE_COLUMNS):
        for wanted in (field.replace("_", " "), *_ALIASES.get(field, ())):
            if wanted in names:
                places[field] = names.index(wanted)
                break
    tags = {
        position: tag
        for position, cell in enumerate(cells)
        if position not in places.values() and (tag := _language(cell.strip()))
    }
    wanted_source = langs.primary(options.source_lang or "en")
    if "source" not in places:
        position = next((at for at, tag in tags.items() if langs.primary(tag) == wanted_source), None)
        if position is not None and (len(tags) > 1 or "target" in places):
            places["source"], languages["source"] = position, tags.pop(position)
    if "target" not in places and "source" in places:
        wanted = langs.primary(options.target_lang) if options.target_lang else ""
        fitting = [at for at, tag in tags.items() if not wanted or langs.primary(tag) == wanted]
        if fitting:
            places["target"], languages["target"] = fitting[0], tags.pop(fitting[0])
    return places, languages


def _language(cell: str) -> str:
    """The language tag that a header cell is, "" where it is none."""
    named = _LANGUAGES.get(cell.lower())
    if named:
        return named
    if not re.fullmatch(r"[A-Za-z]{2}(?:[-_][A-Za-z]{2,4})*", cell) or cell.lower() == "id":
        return ""
    try:
        return langs.normalize(cell)
    except UsageError:
        return ""


def _header(cells: Sequence[str], name: str, line: int, options: ReadOptions) -> _Header:
    """What the header says. Raises FormatError where it names no source or no target."""
    own = {cell.strip() for cell in cells} >= _OWN
    if own:
        cells = [unguard(cell) for cell in cells]
    places, languages = _places(cells, options)
    for field in ("source", "target"):
        if field not in places:
            found = ", ".join(repr(cell[:30]) for cell in cells[:8])
            raise FormatError(
                f"no column is named {field} (the first line has {found})", file=name, line=line
            )
    extras: dict[str, int] = {}
    for position, cell in enumerate(cells):
        if position not in places.values():
            key = key_of(cell, position)
            extras[key if key not in extras else f"{key} ({position + 1})"] = position
    least = 1 + max(places[field] for field in _OWN) if own else len(cells)
    return _Header(
        places, extras, own, len(cells), least, languages.get("source", ""), languages.get("target", "")
    )


class _Row:
    """One record with its header and its place for errors."""

    def __init__(self, header: _Header, cells: list[str], name: str, line: int, options: ReadOptions) -> None:
        if not header.least <= len(cells) or any(cells[header.width :]):
            raise FormatError(
                f"{len(cells)} cells, where the header has {header.width}", file=name, line=line
            )
        self._header = header
        cells = [*cells, *[""] * (header.width - len(cells))]
        self._cells = [unguard(cell) for cell in cells] if header.own else cells
        self._name = name
        self._line = line
        self._options = options

    def cell(self, field: str) -> str:
        """The field's text, "" where the table has no such column."""
        place = self._header.places.get(field)
        return "" if place is None else self._cells[place]

    def _whole(self, field: str, default: int) -> int:
        text = self.cell(field).strip()
        if not text:
            return default
        if text.isascii() and text.isdigit():
            return int(text)
        if not self._header.own:
            return default
        raise FormatError(f"the {field} {text!r} is no whole number", file=self._name, line=self._line)

    def _number(self, field: str, limit: float) -> float | None:
        text = self.cell(field).strip()
        if not text:
            return None
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            value = -1.0
        if not 0 <= value <= limit:
            raise FormatError(
                f"the {field} {text!r} is no number from 0 to {limit:g}", file=self._name, line=self._line
            )
        return value

    def _time(self) -> datetime | None:
        text = self.cell("changed_at").strip()
        if not text:
            return None
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            place = f"{self._name}:{self._line}"
            self._options.warn(f"{place}: the time {text!r} is not ISO 8601 and was left out")
            return None
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment

    def _drafts(self, unit_id: str) -> tuple[Draft, ...]:
        text, engine, match = self.cell("draft"), self.cell("engine"), self._number("match", 100)
        if not (text or engine or match is not None):
            return ()
        first = Draft(f"{unit_id}/0", text, engine, match)
        further = self.cell("drafts")
        try:
            return (first, *load_drafts(further, unit_id))
        except ValueError:
            reason = f"the further drafts {further[:40]!r} are no list of drafts"
            raise FormatError(reason, file=self._name, line=self._line) from None

    def unit(self, position: int) -> TranslationUnit:
        """The unit of the record."""
        unit_id = self.cell("id") or (str(self._line) if self._options.line_ids else "")
        score = self._number("bead_score", 1)
        return TranslationUnit(
            unit_id,
            self._whole("position", position),
            self.cell("source"),
            self.cell("target"),
            self._state(),
            self._drafts(unit_id),
            1.0 if score is None else score,
            origin=self.cell("origin"),
            notes=unfold_notes(self.cell("notes")),
            version=self._whole("version", 0),
            changed_at=self._time(),
            changed_by=self.cell("changed_by"),
            extra=tuple(
                (key, dump_value(self._cells[place]))
                for key, place in self._header.extras.items()
                if self._cells[place]
            ),
        )

    def _state(self) -> State:
        return state_of(self.cell("state"), name=self._name, line=self._line)
