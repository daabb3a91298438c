"""New targets put into a file's own text, so that everything else in it stays as it is, byte for byte."""

from __future__ import annotations

import codecs
import html
import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from workbench import formats
from workbench.errors import InputError, UsageError
from workbench.formats.files import gunzip
from workbench.formats.xliff_patch import patch
from workbench.pipeline.fix import patch_jsonl, with_targets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workbench.model import Content
    from workbench.pipeline.fix import FixedDocument

_DELIMITERS = (",", ";", "\t", "|")
_TU = re.compile(r"<tu[\s>].*?</tu>", re.DOTALL)
_SEG = re.compile(r"(<seg(?:\s[^>]*)?>)(.*?)(</seg>)", re.DOTALL)


def patched(
    data: bytes, content: Content, changed: FixedDocument, lines: Sequence[int | None], *, name: str
) -> bytes:
    """The bytes of a file with the new targets; `content` and `lines` are what was read from it.

    What comes out is read again and compared. Raises UsageError where it cannot be done without writing the file anew.
    """
    kind = content.document.format
    if kind in ("xliff", "xliff12"):
        whole = patch(gunzip(data, name=name), with_targets(content, changed))
        if whole is None:
            raise _refused(name, "its targets cannot be told apart in its text")
        return whole
    text, encoding = formats.decode(gunzip(data, name=name), name=name)
    if encoding.lower().replace("_", "-") not in ("utf-8", "utf-8-sig", "ascii"):
        raise _refused(name, f"it is {encoding}")
    bom = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    if kind == "jsonl":
        return bom + patch_jsonl(text, changed, lines).encode("utf-8", "surrogatepass")
    new = {one.index: one.target for one in changed.units}
    wanted = [(unit.source, new.get(index, unit.target)) for index, unit in enumerate(content.units)]
    made = (
        _tables(text, content, new, lines) if kind in ("csv", "tsv") else _memory(text, content, new, lines)
    )
    for candidate in made:
        raw = bom + candidate.encode("utf-8", "surrogatepass")
        if _read(raw, content, name) == wanted:
            return raw
    raise _refused(name, "its targets cannot be told apart in its text")


def _refused(name: str, reason: str) -> UsageError:
    return UsageError(f"{name} is not fixed in place ({reason}): -o OUT writes a new file")


def _read(raw: bytes, content: Content, name: str) -> list[tuple[str, str]]:
    document = content.document
    options = formats.ReadOptions(source_lang=document.source_lang, target_lang=document.target_lang)
    try:
        again = formats.read_bytes(raw, name=name, format=document.format, options=options)
    except InputError:
        return []
    return [(unit.source, unit.target) for unit in again.units]


def _tables(text: str, content: Content, new: dict[int, str], lines: Sequence[int | None]) -> Iterator[str]:
    """The table with new cells, for every delimiter and column that could be that of the targets."""
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
                yield _spliced(text, pieces)


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


def _memory(text: str, content: Content, new: dict[int, str], lines: Sequence[int | None]) -> Iterator[str]:
    """The memory with new segments: first where one segment of a unit holds the target, then where the last does."""
    starts = [match.start() for match in re.finditer("\n", text)]
    held: dict[int, list[re.Match[str]]] = {}
    at = line = 0
    for match in _TU.finditer(text):
        while at < len(starts) and starts[at] < match.start():
            at, line = at + 1, line + 1
        held.setdefault(line + 1, []).append(match)
    waiting = {number: iter(matches) for number, matches in held.items()}
    pieces = []
    for index, unit in enumerate(content.units):
        found = next(waiting.get(lines[index] or 0, iter(())), None)
        if index not in new:
            continue
        if found is None:
            return
        fitting = [
            seg.span(2)
            for seg in _SEG.finditer(text, found.start(), found.end())
            if html.unescape(seg[2]) == unit.target
        ]
        if not fitting:
            return
        pieces.append((fitting[-1], escape(new[index])))
    yield _spliced(text, pieces)


def _spliced(text: str, pieces: Sequence[tuple[tuple[int, int], str]]) -> str:
    """The text with some places replaced."""
    ordered = sorted(pieces)
    ends = [0, *(end for (_start, end), _new in ordered)]
    starts = [*(start for (start, _end), _new in ordered), len(text)]
    kept = [text[first:last] for first, last in zip(ends, starts, strict=True)]
    return kept[0] + "".join(new + rest for (_place, new), rest in zip(ordered, kept[1:], strict=True))
