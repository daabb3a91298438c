"""New targets and states put into a file's own text, so that everything else in it stays as it is, byte for byte."""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypedDict

from workbench import formats
from workbench.errors import InputError, UsageError
from workbench.formats.files import gunzip
from workbench.formats.xliff_patch import patch
from workbench.model import State
from workbench.pipeline import patching_tmx
from workbench.pipeline.fix import with_targets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from workbench.model import Content, TranslationUnit
    from workbench.pipeline.fix import FixedDocument

_DELIMITERS = (",", ";", "\t", "|")
_STATE_COLUMNS = ("state", "status", "状态")


def patched(
    data: bytes, content: Content, changed: FixedDocument, lines: Sequence[int | None], *, name: str
) -> bytes:
    """The bytes of a file with the new targets; `content` and `lines` are what was read from it.

    What comes out is read again and compared. Raises UsageError where it cannot be done without writing the file anew.
    """
    try:
        return with_units(data, content, with_targets(content, changed).units, lines, name=name)
    except UnpatchedError as error:
        raise UsageError(f"{name} is not fixed in place ({error}): -o OUT writes a new file") from None


class _JsonStyle(TypedDict):
    ensure_ascii: bool
    separators: tuple[str, str]


class UnpatchedError(Exception):
    """Why a file cannot be changed in its place."""


def with_units(
    data: bytes,
    content: Content,
    units: Sequence[TranslationUnit],
    lines: Sequence[int | None],
    *,
    name: str,
) -> bytes:
    """The bytes of a file with the targets and states of `units`; `content` and `lines` are what was read from it.

    A state goes where the file has a place for states: a property of a memory's unit, a field of a record, the column
    of that name. What comes out is read again and compared. Raises UnpatchedError.
    """
    kind = content.document.format
    if kind in ("xliff", "xliff12"):
        whole = patch(gunzip(data, name=name), replace(content, units=tuple(units)))
        if whole is None:
            raise UnpatchedError("its targets cannot be told apart in its text")
        return whole
    raw_text = gunzip(data, name=name)
    text, encoding = formats.decode(raw_text, name=name)
    changed = {
        index: unit
        for index, (old, unit) in enumerate(zip(content.units, units, strict=True))
        if (old.target, old.state) != (unit.target, unit.state)
    }
    made: Iterator[str | None]
    if kind == "jsonl":
        made = iter([_records_json(text, changed, lines)])
    elif kind in ("csv", "tsv"):
        made = _tables(text, content, changed, lines)
    else:
        pieces = patching_tmx.pieces(text, content, changed, lines)
        made = iter([None if pieces is None else _spliced(text, pieces)])
    wanted = [(unit.source, unit.target) for unit in units]
    for candidate in made:
        raw = None if candidate is None else _encoded(candidate, encoding, raw_text)
        if raw is not None and _read(raw, content, name) == wanted:
            return raw
    raise UnpatchedError("its targets cannot be told apart in its text")


def _encoded(text: str, encoding: str, old: bytes) -> bytes | None:
    """The text in the encoding of the file, with its byte order mark; None where that cannot hold it exactly."""
    kind = encoding.lower().replace("_", "-")
    if kind in ("utf-8", "utf-8-sig", "ascii"):
        return (codecs.BOM_UTF8 if old.startswith(codecs.BOM_UTF8) else b"") + text.encode(
            "utf-8", "surrogatepass"
        )
    for mark, exact in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if old.startswith(mark):
            encoding = exact
            break
    else:
        mark = b""
    try:
        bare = old.removeprefix(mark)
        return mark + text.encode(encoding) if bare.decode(encoding).encode(encoding) == bare else None
    except (UnicodeError, LookupError):
        return None


def _records_json(text: str, changed: Mapping[int, TranslationUnit], lines: Sequence[int | None]) -> str:
    """JSON Lines with new targets and states; every other line stays as it is, byte for byte."""
    rows = text.split("\n")
    for index, unit in changed.items():
        line = lines[index]
        assert line is not None
        record = json.loads(rows[line - 1])
        was = record.get("state")
        record["target"] = unit.target
        if was is not None or unit.state is not State.INITIAL:
            record["state"] = str(unit.state)
        end = "\r" if rows[line - 1].endswith("\r") else ""
        rows[line - 1] = json.dumps(record, **_json_style(rows[line - 1])) + end
    return "\n".join(rows)


def _json_style(row: str) -> _JsonStyle:
    """How a line of JSON was written: with spaces or without, in ASCII or not."""
    record = json.loads(row)
    styles: list[_JsonStyle] = [
        {"ensure_ascii": ascii_only, "separators": separators}
        for separators in ((", ", ": "), (",", ":"))
        for ascii_only in (False, True)
    ]
    return next((style for style in styles if json.dumps(record, **style) == row.strip()), styles[0])


def _read(raw: bytes, content: Content, name: str) -> list[tuple[str, str]]:
    document = content.document
    options = formats.ReadOptions(source_lang=document.source_lang, target_lang=document.target_lang)
    try:
        again = formats.read_bytes(raw, name=name, format=document.format, options=options)
    except InputError:
        return []
    return [(unit.source, unit.target) for unit in again.units]


def _tables(
    text: str, content: Content, changed: Mapping[int, TranslationUnit], lines: Sequence[int | None]
) -> Iterator[str]:
    """The table with new cells, for every delimiter and column that could be that of the targets."""
    new = {
        index: unit.target for index, unit in changed.items() if unit.target != content.units[index].target
    }
    for delimiter in _DELIMITERS:
        records = dict(_records(text, delimiter))
        rows = [records.get(line) if line is not None else None for line in lines]
        if not rows or any(row is None for row in rows):
            continue
        for column in range(min(len(row) for row in rows if row is not None)):
            places = [row[column] for row in rows if row is not None]
            cells = [_values(text[start:end]) for start, end in places]
            if all(unit.target.strip() in cell for cell, unit in zip(cells, content.units, strict=True)):
                pieces = [
                    (places[at], _cell(target, text[slice(*places[at])], delimiter))
                    for at, target in new.items()
                ]
                yield _spliced(text, [*pieces, *_states(text, records, content, changed, rows, delimiter)])


def _states(
    text: str,
    records: Mapping[int, list[tuple[int, int]]],
    content: Content,
    changed: Mapping[int, TranslationUnit],
    rows: Sequence[list[tuple[int, int]] | None],
    delimiter: str,
) -> Iterator[patching_tmx.Piece]:
    """The new cells of the column of states, where the table has one."""
    for header in records.values():
        names = [_values(text[start:end])[0].casefold() for start, end in header]
        at = next((at for at, name in enumerate(names) if name in _STATE_COLUMNS), None)
        if at is None:
            # A line "sep=," may stand above the header.
            if len(header) > 1 and any(names):
                return
            continue
        for index, unit in changed.items():
            row = rows[index]
            if unit.state != content.units[index].state and row is not None and at < len(row):
                yield row[at], _cell(str(unit.state), text[slice(*row[at])], delimiter)
        return


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Each record's first line and where its cells stand, quotation marks included (RFC 4180)."""
    token = re.compile(rf'"(?:[^"]|"")*"|[^{re.escape(delimiter)}\r\n]*')
    at, line = 0, 1
    while at < len(text):
        begun, cells = line, []
        while True:
            cell = token.match(text, at)
            assert cell is not None
            cells.append(cell.span())
            at = cell.end()
            line += len(re.findall(r"\r\n|\n|\r", cell.group()))
            if text[at : at + 1] != delimiter:
                break
            at += 1
        yield begun, cells
        ending = re.compile(r"\r\n|\n|\r").match(text, at)
        if ending is None:
            return
        at, line = ending.end(), line + 1


def _values(cell: str) -> tuple[str, str]:
    """What a cell holds, and that without the apostrophe that keeps spreadsheets from running it."""
    bare = cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell
    return bare.strip(), bare.strip().removeprefix("'")


def _cell(target: str, old: str, delimiter: str) -> str:
    if old.startswith('"') or any(sign in target for sign in (delimiter, '"', "\n", "\r")):
        return '"' + target.replace('"', '""') + '"'
    return target


def _spliced(text: str, pieces: Sequence[tuple[tuple[int, int], str]]) -> str:
    """The text with some places replaced."""
    ordered = sorted(pieces)
    ends = [0, *(end for (_start, end), _new in ordered)]
    starts = [*(start for (start, _end), _new in ordered), len(text)]
    kept = [text[first:last] for first, last in zip(ends, starts, strict=True)]
    return kept[0] + "".join(new + rest for (_place, new), rest in zip(ordered, kept[1:], strict=True))
