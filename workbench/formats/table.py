"""Writing tables of units for spreadsheets: the columns, and cells made safe and taken back exactly."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from workbench.formats.base import WriteOptions, document_of, dump_drafts, load_value, require_units

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workbench.model import Content, TranslationUnit

COLUMNS = ("id", "document", "position", "source", "draft", "target", "state", "notes")
MORE_COLUMNS = ("bead_score", "origin", "engine", "match", "drafts", "changed_at", "changed_by", "version")
KEEPS = frozenset(
    (
        "id",
        "position",
        "source",
        "target",
        "state",
        "bead_score",
        "origin",
        "notes",
        "version",
        "changed_at",
        "changed_by",
    )
)
# A spreadsheet runs a cell that begins so, in East Asian locales the full-width forms too. A cell begins at the text's
# start, and after any delimiter or newline where a spreadsheet expects another delimiter than the file has.
_FORMULA = "=+\\-@＝＋－＠"
_STARTS = f"(?:\\A(?=['\"]*[{_FORMULA}\t\r\n])|(?<=[,;\t\r\n])(?=['\"]*[{_FORMULA}]))"
_UNGUARDED = re.compile(_STARTS)
_GUARDED = re.compile(_STARTS + "'")
_QUOTED = re.compile('["\\n\\r,;\t]|\\A\\s|\\s\\Z')
_FIELDS = frozenset(name.replace("_", " ") for name in (*COLUMNS, *MORE_COLUMNS))
NEWLINE = re.compile("\r\n|\n|\r")


def guard(cell: str) -> str:
    """The cell with an apostrophe wherever a spreadsheet would begin to run it, or `unguard` would take one away."""
    return _UNGUARDED.sub("'", cell)


def unguard(cell: str) -> str:
    """The exact inverse of `guard`."""
    return _GUARDED.sub("", cell)


def fold_notes(notes: Sequence[str]) -> str:
    """The notes in one cell: a line each; a JSON list where lines could not be told apart again."""
    plain = "\n".join(notes)
    if all(notes) and tuple(_lines(plain)) == tuple(notes) and _json_notes(plain) is None:
        return plain
    return json.dumps(list(notes), ensure_ascii=False) if notes else ""


def unfold_notes(cell: str) -> tuple[str, ...]:
    """The notes of a cell; the exact inverse of `fold_notes`, and for other cells a note a line."""
    found = _json_notes(cell)
    return found if found is not None else tuple(line for line in _lines(cell) if line)


def _lines(text: str) -> list[str]:
    return NEWLINE.split(text) if text else []


def _json_notes(cell: str) -> tuple[str, ...] | None:
    if not cell.startswith("["):
        return None
    try:
        value = json.loads(cell)
    except (ValueError, RecursionError):
        return None
    return tuple(value) if isinstance(value, list) and all(isinstance(one, str) for one in value) else None


def write(content: Content, options: WriteOptions, *, delimiter: str, format_name: str) -> Iterator[bytes]:
    """A header and a record a unit, CRLF at the ends; columns beyond the first eight only where they say something."""
    require_units(content, format_name)
    rows = [_row(unit, document_of(unit, content.document)) for unit in content.units]
    extras = list(dict.fromkeys(key for row in rows for key in row if key not in (*COLUMNS, *MORE_COLUMNS)))
    names = [*COLUMNS, *(one for one in MORE_COLUMNS if any(row.get(one) for row in rows)), *extras]
    if options.excel:
        yield b"\xef\xbb\xbf"
    yield _record(names, delimiter)
    for row in rows:
        yield _record([row.get(name, "") for name in names], delimiter)


def _record(cells: Sequence[str], delimiter: str) -> bytes:
    quoted = []
    for cell in cells:
        safe = guard(cell.replace("\x00", ""))
        quoted.append('"' + safe.replace('"', '""') + '"' if _QUOTED.search(safe) else safe)
    return (delimiter.join(quoted) + "\r\n").encode("utf-8", "replace")


def _row(unit: TranslationUnit, document: str) -> dict[str, str]:
    row = {
        "id": unit.id,
        "document": document,
        "position": str(unit.position),
        "source": unit.source,
        "draft": unit.draft,
        "target": unit.target,
        "state": str(unit.state),
        "notes": fold_notes(unit.notes),
        "bead_score": "" if unit.bead_score == 1.0 and not unit.origin else repr(unit.bead_score),
        "origin": unit.origin,
        "engine": unit.drafts[0].engine if unit.drafts else "",
        "match": repr(match) if unit.drafts and (match := unit.drafts[0].match) is not None else "",
        "drafts": dump_drafts(unit.drafts[1:]) if len(unit.drafts) > 1 else "",
        "changed_at": unit.changed_at.isoformat() if unit.changed_at else "",
        "changed_by": unit.changed_by,
        "version": str(unit.version) if unit.version else "",
    }
    for key, value in unit.extra:
        if key != "document":
            plain = load_value(value)
            row[_column_of(key)] = plain if isinstance(plain, str) else value
    return row


def _column_of(key: str) -> str:
    """The header cell of an extra: its key, marked where the reader would take it for something else."""
    plain = key.strip() == key and not key.startswith("extra:") and folded(key) not in _FIELDS
    return key if key and plain else f"extra:{key}"


def key_of(cell: str, position: int) -> str:
    """The inverse of `_column_of`; a column without a name is called by its place."""
    return cell[6:] if cell.startswith("extra:") else cell.strip() or f"column {position + 1}"


def folded(name: str) -> str:
    return name.strip().lower().replace("_", " ")
